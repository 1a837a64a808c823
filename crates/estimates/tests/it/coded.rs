//! The coded file and the way back.

use estimates::{Error, Query, Respondent, Study, read_coded, write_coded};
use survey::Survey;

use crate::toy::{Seed, person, recipe, survey};

fn crowd() -> Vec<Respondent> {
    let seed = &mut Seed(7);
    let one = |seed: &mut Seed| {
        let place = ["north", "south", "east", "prefer_not"][seed.draw(&[50, 40, 8, 12])];
        let needs = ["home", "work", "home work", "none", "no_answer"][seed.draw(&[40, 20, 20, 6, 5])];
        let views =
            ["kind=1 quick=5", "kind=3", "kind=dont_know quick=4", "not_asked"][seed.draw(&[4, 3, 2, 1])];
        let ranked = ["home", "work school", "not_asked"][seed.draw(&[1, 1, 1])];
        let people = (1 + seed.below(6)).to_string();
        let said =
            [("place", place), ("needs", needs), ("views", views), ("ranked", ranked), ("people", &people)];
        let mut person = person(&[&said[..], &[("came", "2019"), ("wish", "My name is Secret")]].concat());
        person.answers.specified.insert(("colour".into(), "other".into()), "a \"deep\", dark tone".into());
        person.synthetic = seed.below(10) == 0;
        person
    };
    (0..300).map(|_| one(seed)).collect()
}

fn study(survey: &Survey, people: Vec<Respondent>) -> Study {
    Study::new(survey.clone(), recipe(survey), people, None).unwrap()
}

fn export(survey: &Survey, people: Vec<Respondent>) -> estimates::Coded {
    write_coded(survey, &people, Some(&study(survey, people.clone())))
}

#[test]
fn a_file_gives_exactly_the_same_numbers_as_the_store() {
    let survey = survey();
    let direct = study(&survey, crowd());
    let file = write_coded(&survey, &crowd(), Some(&direct));
    let back = read_coded(&file.responses, &survey).unwrap();
    let again = study(&survey, back.clone());
    assert_eq!(direct.weights(), again.weights());
    for (of, by) in [("needs", None), ("views", Some("place")), ("ranked", None), ("people", Some("place"))] {
        assert_eq!(direct.estimates(of, by).unwrap(), again.estimates(of, by).unwrap(), "{of}");
    }
    let queries = [Query::Shares { question: "needs".into(), by: Some("place".into()) }];
    assert_eq!(direct.release(&queries).unwrap(), again.release(&queries).unwrap());
    assert_eq!(
        write_coded(&survey, &back, Some(&again)).responses,
        file.responses,
        "and the same file again"
    );
}

#[test]
fn the_file_says_nothing_of_order_and_holds_no_words() {
    let survey = survey();
    let file = export(&survey, crowd());
    let mut reversed = crowd();
    reversed.reverse();
    assert_eq!(export(&survey, reversed), file);
    assert!(!file.responses.contains("Secret") && !file.responses.contains("tone"));
    assert!(file.words.contains("question,code,words\n") && file.words.contains("\nwish,,My name is Secret"));
    assert!(file.words.contains("colour,other,\"a \"\"deep\"\", dark tone\""));
    let head = file.responses.lines().next().unwrap();
    assert!(head.starts_with("row,language,form,state,synthetic,agree,here,place,"), "{head}");
    assert!(head.contains("needs_home,needs_work,needs_school,needs_none,views_kind,views_quick"), "{head}");
    assert!(head.contains("ranked_1,ranked_2,people,came,hurt") && head.ends_with(",weight"), "{head}");
    assert!(!write_coded(&survey, &crowd(), None).responses.contains("weight"));
}

#[test]
fn weights_stand_beside_those_who_count() {
    let survey = survey();
    let file = export(&survey, crowd());
    let mut reader = csv::Reader::from_reader(file.responses.as_bytes());
    let head = reader.headers().unwrap().clone();
    let at = |name: &str| head.iter().position(|each| each == name).unwrap();
    let (synthetic, weight) = (at("synthetic"), at("weight"));
    let (mut sum, mut counted) = (0.0, 0.0);
    for record in reader.records() {
        let record = record.unwrap();
        assert_eq!(
            &record[synthetic] == "1",
            record[weight].is_empty(),
            "made-up answers have no weight here"
        );
        if let Ok(weight) = record[weight].parse::<f64>() {
            (sum, counted) = (sum + weight, counted + 1.0);
        }
    }
    assert!((sum - counted).abs() < 1e-9, "the mean weight is 1");
}

#[test]
fn the_codebook_knows_every_column_and_missing_code() {
    let survey = survey();
    let file = export(&survey, crowd());
    for column in file.responses.lines().next().unwrap().split(',') {
        assert!(file.codebook.contains(&format!("\nresponses.csv,{column},")), "{column}");
    }
    assert!(file.codebook.contains("place,place,one,profile,prefer_not,-904,Prefer not to answer\n"));
    assert!(file.codebook.contains("place,place,one,profile,north,,North\n"));
    for column in file.words.lines().next().unwrap().split(',') {
        assert!(file.codebook.contains(&format!("\nwords.csv,{column},")), "{column}");
    }
    assert!(file.codebook.contains("\nwords.csv,words,wish,text,quote,,,What do you wish?\n"));
    assert!(file.codebook.contains("\nwords.csv,words,colour,one,outcome,other,,Which colour? | Another\n"));
    assert!(file.codebook.contains("views_kind,views,grid,outcome,not_asked,-901,"));
}

const NEEDS: &str = "needs_home,needs_work,needs_school,needs_none";

#[test]
fn slips_in_a_file_are_named_by_row_and_column() {
    let survey = survey();
    let says = |text: &str| match read_coded(text, &survey).unwrap_err() {
        Error::Responses { row, column, says } => format!("{row} {column}: {says}"),
        other => panic!("{other}"),
    };
    assert_eq!(says("row,plaec\n"), "1 plaec: no column of the survey has this name: did you mean `place`?");
    assert_eq!(says("place,place\n"), "1 place: the column stands twice: keep one");
    assert_eq!(
        says("place\nnorth\nnroth\n"),
        "3 place: `nroth` is not a choice of `place`: did you mean `north`?"
    );
    let needs = |cells: &str| says(&format!("{NEEDS}\n{cells}\n"));
    assert!(needs("2,0,0,0").starts_with("2 needs_home: `2` is neither 0 nor 1"));
    assert!(needs("1,prefer_not,0,0").starts_with("2 needs_work: `prefer_not` is neither"));
    assert!(needs("0,0,0,0").starts_with("2 needs_home: no choice is 1"));
    assert_eq!(says("people\nmany\n"), "2 people: `many` is not a number");
    assert_eq!(says("came\n19x\n"), "2 came: `19x` is not a year");
    assert!(says("state\ndone\n").starts_with("2 state: `done` is not one of begun, saved"));
    assert_eq!(says("language,place\nxx,north\n"), "2 language: `xx` is not a language we know");
    assert!(matches!(read_coded("place,here\nnorth\n", &survey).unwrap_err(), Error::NotCsv(_)));
}

#[test]
fn a_byte_order_mark_and_absent_columns_are_taken() {
    let survey = survey();
    let text = format!("\u{feff}place,{NEEDS}\nnorth,1,0,0,0\nprefer_not,,,,\n");
    let people = read_coded(&text, &survey).unwrap();
    assert_eq!(people[0], person(&[("place", "north"), ("needs", "home")]));
    assert_eq!(people[1], person(&[("place", "prefer_not")]));
}

#[test]
fn a_file_that_lost_something_says_what() {
    let survey = survey();
    let says = |text: &str| read_coded(text, &survey).unwrap_err().to_string();
    assert!(says(" \n").starts_with("the file is empty"), "{}", says(" \n"));
    assert_eq!(
        says("row,place\n7,north\n8,\"south\n9,north\n"),
        "row 3, column `place`: a quotation mark opens this cell and none closes it: write `\"` behind its last word"
    );
    assert!(
        read_coded("row,place\n7,\"north\"\n8,\"sou\"\"th\"\n", &survey).is_err(),
        "closed, and no place"
    );
    assert_eq!(
        says("row,place\n7,north\n8,south\n7,east\n"),
        "row 4, column `row`: `7` stands in row 2 already: keep each response once"
    );
    assert_eq!(
        says("place,needs_home,needs_none\n"),
        "row 1, column `needs_home`: other columns of `needs` are missing: `needs_work`, `needs_school`"
    );
}

#[test]
fn a_question_without_columns_is_not_a_table_of_nothing() {
    let survey = survey();
    let rows = format!("place\n{}", ["north\n", "south\n"].concat().repeat(40));
    let study = study(&survey, read_coded(&rows, &survey).unwrap());
    assert_eq!(
        study.estimates("needs", None).unwrap_err().to_string(),
        "the answers hold nothing of `needs`: a file needs the columns `needs_home`, `needs_work`, `needs_school`, \
         `needs_none`"
    );
    let by = study.estimates("place", Some("age")).unwrap_err().to_string();
    assert_eq!(by, "the answers hold nothing of `age`: a file needs the column `age`");
    let unweighable = read_coded("colour\nred\n", &survey).unwrap();
    let error = Study::new(survey.clone(), recipe(&survey), unweighable, None).unwrap_err();
    assert!(matches!(error, Error::NoColumns { .. }), "no margin without its question: {error}");
}

/// The toy with a short form, and people of whom a third answered it.
fn two_forms() -> (Survey, Vec<Respondent>) {
    let mut survey = survey();
    survey.forms = vec![survey::Form {
        id: "short".into(),
        title: survey::Words::new("form.short", "Short form"),
        keeps: ["place", "age"].map(Into::into).into(),
        languages: Vec::new(),
    }];
    let mut people = crowd();
    let today = survey::Date::constant(2027, 3, 9);
    for (number, each) in people.iter_mut().enumerate() {
        each.form = if number % 3 == 0 { "short".into() } else { survey::FormId::full() };
        each.answers = survey.settle(&each.form, &each.answers, today);
    }
    (survey, people)
}

#[test]
fn the_form_is_a_column_and_comes_back() {
    let (survey, people) = two_forms();
    let file = write_coded(&survey, &people, None);
    assert!(file.codebook.contains("\nresponses.csv,form,,code,,short,,Short form\n"), "{}", file.codebook);
    assert!(file.codebook.contains("needs_home,needs,many,outcome,not_in_form,-902,Not in this form\n"));
    assert!(!file.codebook.contains("place,place,one,profile,not_in_form"), "every form asks it");
    let back = read_coded(&file.responses, &survey).unwrap();
    let short = |people: &[Respondent]| people.iter().filter(|each| each.form.as_str() == "short").count();
    assert_eq!((short(&back), short(&people)), (100, 100));
    let wrong = file.responses.replacen(",short,", ",tiny,", 1);
    let says = read_coded(&wrong, &survey).unwrap_err().to_string();
    assert!(says.contains("`tiny` is not one of full, short"), "{says}");
}

#[test]
fn what_a_form_lacks_is_outside_the_base_and_the_methods_say_how_many() {
    let (survey, people) = two_forms();
    let real = people.iter().filter(|each| !each.synthetic);
    let asked = real
        .clone()
        .filter(|each| each.form.as_str() == "full" && !each.answers.given["needs"].codes().is_empty());
    let (asked, short) = (asked.count(), real.filter(|each| each.form.as_str() == "short").count());
    let study = study(&survey, people);
    let rows = study.estimates("needs", None).unwrap();
    let base = rows[0].numbers.unwrap().respondents;
    assert!(base.abs_diff(asked) <= 2 && asked + short <= study.people().len(), "{base} of {asked}");
    let forms = study.release(&[]).unwrap().fieldwork.forms;
    let told = |people: usize| Some(estimates::Count::told(people, 5, 5));
    assert_eq!(forms[1], ("short".into(), told(short)));
    assert_eq!(forms[0].0, survey::FormId::full());
}

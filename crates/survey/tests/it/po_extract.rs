//! PO files brought up to the survey of today, and how far a language is.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop where it stands")]

use survey::po::{Po, Text, read, write};
use survey::translation::{State, extract, phrases, status};
use survey::{Kind, Language, Survey, read_source};

const TEXT: &str = "\
survey tiny
title Tiny
version 2027.1
source en
langs fr
host Us
contact us@example.org
list scale  ordered
  - 1  Bad
  - 2  Good
page main  Main
consent agree
  ? Shall we?
  - yes  Yes
  - no  No  [end bye]
page home  Your home
one street  of scale
  ? How is your street?
  hint The one you sleep in.
  short Street
one house  of scale
  ? How is your house?
end bye  Bye
";

fn survey(text: &str) -> Survey {
    let (survey, findings) = read_source(&[("tiny.survey".to_owned(), text.to_owned())].into());
    assert!(survey.is_some(), "{findings:?}");
    survey.unwrap()
}

fn french() -> Language {
    Language::of_tag("fr").unwrap()
}

fn file(text: &str) -> Po<'_> {
    let (po, findings) = read("fr.po", text);
    assert_eq!(findings, []);
    po
}

/// A file with a French word for everything.
fn complete(survey: &Survey) -> String {
    let mut po = extract(survey, &french(), None);
    for entry in po.entries.iter_mut().filter(|entry| !entry.is_header()) {
        entry.msgstrs[0].text = format!("« {} »", entry.english()).into();
    }
    write(&po)
}

fn extracted(survey: &Survey, text: &str) -> String {
    let once = write(&extract(survey, &french(), Some(&file(text))));
    assert_eq!(write(&extract(survey, &french(), Some(&file(&once)))), once, "twice is once");
    once
}

#[test]
fn a_new_file_asks_for_every_text_once_in_the_survey_s_order() {
    let survey = survey(TEXT);
    let text = write(&extract(&survey, &french(), None));
    let order: Vec<usize> = phrases(&survey, &french())
        .iter()
        .map(|phrase| {
            let line = format!("msgctxt \"{}\"\n", phrase.words.path);
            assert_eq!(text.matches(&line).count(), 1, "{line}");
            text.find(&line).unwrap()
        })
        .collect();
    assert!(order.is_sorted());
    assert!(
        text.contains("#. choice of \"How is your street?\" and 1 more\nmsgctxt \"list.scale.1\"\n"),
        "{text}"
    );
    assert!(text.contains("#. smaller, below \"How is your street?\"\nmsgctxt \"street:hint\"\n"));
    super::po_write::accepted(&text);
}

#[test]
fn what_fits_is_kept_word_for_word() {
    let survey = survey(TEXT);
    let text = complete(&survey).replace("msgctxt \"street\"", "# mine\n#, no-wrap\nmsgctxt \"street\"");
    let text = extracted(&survey, &text);
    assert_eq!(extracted(&survey, &text), text);
    assert!(
        text.contains("# mine\n#. question on the page \"Your home\"\n#, no-wrap\nmsgctxt \"street\"\n"),
        "{text}"
    );
}

#[test]
fn changed_english_makes_exactly_its_translations_stale() {
    let before = survey(TEXT);
    let after = survey(&TEXT.replace("How is your street?", "Do you like your street?"));
    let old = complete(&before);
    let text = extracted(&after, &old);
    let expected = "#, fuzzy\n#| msgid \"How is your street?\"\nmsgctxt \"street\"\n\
        msgid \"Do you like your street?\"\nmsgstr \"« How is your street? »\"\n";
    assert!(text.contains(expected), "{text}");
    for file in [&old, &text] {
        let coverage = status(&after, &french(), Some(&read("fr.po", file).0));
        assert_eq!(coverage.paths[&State::Stale], ["street"]);
        assert_eq!(coverage.count(State::Missing) + coverage.count(State::Retired), 0);
    }
    super::po_write::accepted(&text);
}

#[test]
fn the_oldest_english_stays_behind_a_second_change() {
    let old = complete(&survey(TEXT));
    let second = extracted(&survey(&TEXT.replace("your street?", "the street?")), &old);
    let third = extracted(&survey(&TEXT.replace("your street?", "this street?")), &second);
    assert!(
        third.contains(
            "#| msgid \"How is your street?\"\nmsgctxt \"street\"\nmsgid \"How is this street?\"\n"
        )
    );
}

#[test]
fn a_path_that_is_gone_is_retired_and_comes_back_whole() {
    let whole = survey(TEXT);
    let less = survey(&TEXT.replace("  hint The one you sleep in.\n", ""));
    let old = extracted(&whole, &complete(&whole));
    let text = extracted(&less, &old);
    let retired = "#~ msgctxt \"street:hint\"\n#~ msgid \"The one you sleep in.\"\n#~ msgstr \"« The one you sleep in. »\"\n";
    assert!(text.ends_with(retired), "{text}");
    assert_eq!(status(&less, &french(), Some(&file(&text))).paths[&State::Retired], ["street:hint"]);
    super::po_write::accepted(&text);
    assert_eq!(extracted(&whole, &text), old);
}

#[test]
fn no_text_of_an_old_file_is_ever_lost() {
    let mut texts = TEXT.to_owned();
    for (from, to) in
        [("Shall we?", "Shall we begin?"), ("  short Street\n", ""), ("  - 1  Bad", "  - 1  Poor")]
    {
        texts = texts.replace(from, to);
    }
    let old = complete(&survey(TEXT))
        + "\n#~ msgctxt \"older\"\n#~ msgid \"Older\"\n#~ msgstr \"Plus vieux\"\n\n# the end\n";
    let text = extracted(&survey(&texts), &old);
    for line in old.lines().filter(|line| line.contains("msgstr") || line.starts_with("# ")) {
        assert!(text.contains(line), "{line}");
    }
}

#[test]
fn a_reviewed_text_is_ok_until_somebody_edits_it() {
    let survey = survey(TEXT);
    let text = complete(&survey);
    let mut po = file(&text);
    let all = phrases(&survey, &french()).len();
    assert_eq!(status(&survey, &french(), Some(&po)).count(State::Unreviewed), all);
    po.entries[3].review("Amal");
    let coverage = status(&survey, &french(), Some(&po));
    assert_eq!((coverage.count(State::Ok), coverage.count(State::Unreviewed)), (1, all - 1));
    po.entries[3].msgstrs[0].text.to_mut().push('!');
    assert_eq!(status(&survey, &french(), Some(&po)).count(State::Ok), 0);
    assert_eq!(status(&survey, &french(), None).count(State::Missing), all);
}

#[test]
fn an_earlier_name_carries_its_translations() {
    let old = complete(&survey(TEXT));
    let mut renamed = survey(&TEXT.replace("one street", "one road"));
    renamed.pages[1].questions[0].was = vec!["street".into()];
    let text = extracted(&renamed, &old);
    let carried =
        "msgctxt \"road:hint\"\nmsgid \"The one you sleep in.\"\nmsgstr \"« The one you sleep in. »\"\n";
    assert!(text.contains(carried) && !text.contains("#~"), "{text}");
    let mut recoded = survey(&TEXT.replace("- yes  Yes", "- sure  Yes"));
    let Kind::Consent { choices } = &mut recoded.pages[0].questions[0].kind else { unreachable!() };
    choices[0].was = Some("yes".into());
    let text = extracted(&recoded, &old);
    assert!(text.contains("msgctxt \"agree.sure\"\nmsgid \"Yes\"\nmsgstr \"« Yes »\"\n"), "{text}");
    assert!(!text.contains("#~"), "{text}");
}

/// A survey that says how many were chosen.
fn counting() -> String {
    let more = "many needs\n  ? What did you need?\n  - home  A home\n  - work  A job\n\
        rank top  from needs  top 1\n  ?1 Is it the one thing?\n  ? Which of the {count(needs)} is it?\n  when answered(needs)\n";
    TEXT.replace("\nend bye", &format!("\n{more}end bye"))
}

#[test]
fn a_text_said_of_a_number_gets_every_form_of_the_language() {
    let text = counting();
    let survey = survey(&text);
    let of = |tag: &str| write(&extract(&survey, &Language::of_tag(tag).unwrap(), None));
    let english = "msgctxt \"top\"\nmsgid \"Is it the one thing?\"\nmsgid_plural \"Which of the {count(needs)} is it?\"\n";
    for (tag, forms) in [("zh-Hans", 1), ("fr", 2), ("uk", 3), ("ar", 6)] {
        let empty: String = (0..forms).map(|form| format!("msgstr[{form}] \"\"\n")).collect();
        let text = of(tag);
        assert!(text.contains(&format!("{english}{empty}\n")), "{text}");
        super::po_write::accepted(&text);
        let (po, _) = read("a.po", &text);
        assert!(
            status(&survey, &Language::of_tag(tag).unwrap(), Some(&po)).paths[&State::Missing]
                .contains(&"top".to_owned())
        );
    }
}

#[test]
fn a_text_that_is_now_said_of_a_number_keeps_its_translation_as_the_first_form() {
    let before = counting()
        .replace("  ?1 Is it the one thing?\n  ? Which of the {count(needs)} is it?", "  ? Which is it?");
    let (before, after) = (survey(&before), survey(&counting()));
    let text = extracted(&after, &complete(&before));
    let expected = "#, fuzzy\n#| msgid \"Which is it?\"\nmsgctxt \"top\"\nmsgid \"Is it the one thing?\"\n\
        msgid_plural \"Which of the {count(needs)} is it?\"\nmsgstr[0] \"« Which is it? »\"\nmsgstr[1] \"\"\n";
    assert!(text.contains(expected), "{text}");
    super::po_write::accepted(&text);
}

#[test]
fn a_text_that_is_no_longer_said_of_a_number_keeps_its_last_form_and_loses_none() {
    let before = survey(&counting());
    let mut po = extract(&before, &french(), None);
    let entry = po.entries.iter_mut().find(|entry| entry.path() == Some("top")).unwrap();
    entry.msgstrs = vec![Text::new("Est-ce la seule?"), Text::new("Laquelle des {count(needs)}?")];
    let old = write(&po);
    let after = survey(
        &counting()
            .replace("  ?1 Is it the one thing?\n  ? Which of the {count(needs)} is it?", "  ? Which is it?"),
    );
    let text = extracted(&after, &old);
    assert!(text.contains("msgid \"Which is it?\"\nmsgstr \"Laquelle des {count(needs)}?\"\n"), "{text}");
    assert!(text.contains("#~ msgstr[0] \"Est-ce la seule?\"\n"), "{text}");
    super::po_write::accepted(&text);
}

#[test]
fn plural_forms_reach_the_survey_with_the_rule_of_the_file() {
    let survey = survey(&counting());
    let mut po = extract(&survey, &Language::of_tag("ar").unwrap(), None);
    for entry in po.entries.iter_mut().filter(|entry| entry.path() == Some("top")) {
        entry
            .msgstrs
            .iter_mut()
            .enumerate()
            .for_each(|(form, text)| text.text = format!("{form} من {{count(needs)}}").into());
    }
    let mut spoken = survey.clone();
    let arabic = Language::of_tag("ar").unwrap();
    survey::translate(&mut spoken, &arabic, &po, &Default::default());
    let asks = spoken.question("top").unwrap().asks.as_ref().unwrap();
    let (plurals, forms) = &asks.plural.as_ref().unwrap().forms[&arabic];
    assert_eq!((plurals.count(), forms.len()), (6, 6));
    assert_eq!(asks.text(&arabic), "5 من {count(needs)}");
}

//! The whole page: one file, whole in itself, the same each time.

use report::{Fonts, compose, html};

use crate::sample;

fn page(tag: &str) -> String {
    html(&crate::figures::document(tag), &Fonts::new())
}

#[test]
fn a_page_fetches_nothing_and_runs_nothing() {
    for tag in ["en", "fr"] {
        let page = page(tag);
        let plain = page.replace("http://www.w3.org/2000/svg", "");
        for part in ["http://", "https://", "<script", "<img", "<link", "@import", "url(//"] {
            assert!(!plain.contains(part), "{tag}: {part}");
        }
        assert!(page.len() < 300_000, "{} bytes", page.len());
    }
}

#[test]
fn a_page_says_what_it_is_made_of() {
    let page = page("en").replace('\u{a0}', " ");
    for words in [
        "These answers are synthetic: a rehearsal, not people.",
        "(n = 407)",
        "Begun: 600. Finished: 431. Left unfinished and not used: 158. Declined: 1,012.",
        "English (290), French (75) and Arabic (40)",
        "Rounds until the weights settled: 9",
        "From 0.48 to 2.31",
        "design effect is 1.42",
        "287 people counted equally",
        "they do not cover selection",
        "Statistics Canada, Census of Population 2021",
        "May 11, 2021",
        "fewer than 30 people answered",
    ] {
        assert!(page.contains(words), "`{words}` is missing");
    }
    for claim in ["margin of error", "significant", "representative", "confidence interval"] {
        assert!(!page.to_lowercase().contains(claim), "`{claim}` is claimed");
    }
}

#[test]
fn a_page_of_unweighted_answers_claims_no_weights() {
    let survey = sample::survey();
    let report = sample::report(&survey);
    let mut release = sample::release(&survey, &report.queries());
    release.fieldwork.margins.clear();
    let fonts = Fonts::new();
    for (tag, says, claims) in [
        (
            "en",
            "The answers are not weighted: every person counts the same.",
            ["Weighted share", "figure-profile", "the weights", "weighting model", "As answered"],
        ),
        (
            "fr",
            "Les réponses ne sont pas pondérées",
            [
                "Part pondérée",
                "figure-profile",
                "selon la pondération",
                "modèle de pondération",
                "Telle que répondue",
            ],
        ),
    ] {
        let page = html(&compose(&report, &release, &survey, &sample::language(tag)).0, &fonts);
        assert!(page.contains(says), "{tag}");
        for claim in claims {
            assert!(!page.contains(claim), "{tag}: {claim}");
        }
    }
}

#[test]
fn what_clearly_leads_stands_before_what_has_no_clear_order() {
    let survey = sample::survey();
    let report = sample::report(&survey);
    let mut release = sample::release(&survey, &report.queries());
    for table in release.tables.values_mut().filter(|table| table.query.question().as_str() == "svc_need") {
        let housing = table.rows.iter_mut().find(|row| row.choice.as_str() == "housing").unwrap();
        housing.cells[0] = sample::shown(90, 3);
    }
    let (document, _) = compose(&report, &release, &survey, &sample::language("en"));
    let page = html(&document, &Fonts::new());
    assert!(page.contains("Needed most: housing, then finding work and health care (no clear order)"));
}

#[test]
fn french_pages_speak_french() {
    let page = page("fr");
    assert!(page.contains("lang=\"fr\"") && page.contains("Ces réponses sont synthétiques"));
    assert!(page.contains("61\u{a0}%") && page.contains("«\u{a0}") && page.contains("1\u{a0}012"));
    assert!(!page.contains("61%"));
    for claim in ["marge d’erreur", "significati", "représentati", "intervalle de confiance"] {
        assert!(!page.contains(claim), "`{claim}` is claimed");
    }
}

#[test]
fn every_chart_has_its_table_and_headings_skip_no_level() {
    let page = page("en");
    assert_eq!(page.matches("<details>").count(), 4);
    assert_eq!(page.matches("<figure ").count(), 5);
    assert_eq!(page.matches("<h1").count(), 1);
    assert!(page.contains("<th scope=\"row\"") && page.contains("<caption>"));
}

#[test]
fn ids_are_unique() {
    let page = page("fr");
    let mut ids: Vec<&str> = page.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all);
}

#[test]
fn the_same_release_gives_the_same_bytes() {
    assert!(page("fr") == page("fr"));
}

#[test]
fn the_author_is_told_when_a_number_is_withheld() {
    let survey = sample::survey();
    let report = sample::report(&survey);
    let mut release = sample::release(&survey, &report.queries());
    for row in release.tables.values_mut().flat_map(|table| &mut table.rows) {
        row.cells.fill(estimates::Cell::Withheld(estimates::Why::Confidential));
        row.unweighted.fill(None);
    }
    let (document, findings) = compose(&report, &release, &survey, &sample::language("en"));
    assert!(findings.iter().all(|finding| finding.code == "R050") && !findings.is_empty());
    assert!(findings.iter().all(|finding| finding.says.starts_with("this gives way")));
    let (_, french) = compose(&report, &release, &survey, &sample::language("fr"));
    assert!(french.iter().all(|finding| finding.says.starts_with("in French, this gives way")));
    let page = html(&document, &Fonts::new());
    assert!(page.contains("Too few people answered to say how many found that housing cost too much."));
    assert!(page.contains("Help needed"), "a title that cannot be said falls back to the label");
}

#[test]
fn figures_of_too_few_people_are_one_sentence_and_explain_no_marks() {
    let survey = sample::survey();
    let report = sample::report(&survey);
    let mut release = sample::release(&survey, &report.queries());
    for table in release.tables.values_mut() {
        table.base = estimates::Count::Fewer(10);
        table.family = 0;
        for row in &mut table.rows {
            row.cells.fill(estimates::Cell::Withheld(estimates::Why::Confidential));
            row.unweighted.fill(None);
        }
        for net in &mut table.nets {
            net.low_end = estimates::Cell::Withheld(estimates::Why::Confidential);
            net.high_end = net.low_end;
        }
    }
    release.fieldwork.margins.clear();
    for tag in ["en", "fr"] {
        let (document, _) = compose(&report, &release, &survey, &sample::language(tag));
        let page = html(&document, &Fonts::new());
        assert_eq!(page.matches("class=\"instead\"").count(), 3, "{tag}");
        assert!(!page.contains("<svg") && !page.contains("<details>"), "{tag}");
        assert!(page.contains("n\u{a0}<\u{a0}10") || page.contains("n\u{a0}&lt;\u{a0}10"), "{tag}");
        for mark in ["Stronger blue", "at once", "Bleu plus soutenu", "à la fois", "n = fewer", ": ."] {
            assert!(!page.contains(mark), "{tag}: {mark}");
        }
    }
}

#[test]
fn the_methods_say_how_many_answered_which_form() {
    let mut survey = sample::survey();
    survey.forms = vec![survey::Form {
        id: "short".into(),
        title: survey::Words::new("form.short", "Short form"),
        keeps: Default::default(),
        languages: Vec::new(),
    }];
    let report = sample::report(&survey);
    let mut release = sample::release(&survey, &report.queries());
    let of = |form: &str, people| (form.into(), Some(estimates::Count::Rounded(people)));
    release.fieldwork.forms = vec![of("full", 290), of("short", 115)];
    let (document, _) = compose(&report, &release, &survey, &sample::language("en"));
    let page = html(&document, &Fonts::new());
    let says =
        "all questions (290) and “Short form” (115). The base of a question that a form lacks holds only";
    assert!(page.replace('\u{a0}', " ").contains(says), "{page}");
    assert!(!self::page("en").contains("that a form lacks"), "nothing is said where there is one form");
}

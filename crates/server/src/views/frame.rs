//! What stands round every page: head, languages, notices, footer.

use maud::{DOCTYPE, Markup, PreEscaped, html};
use survey::{Date, Language};

use crate::{days::Field, screen::Place, views::Voice};

/// The frame of one page.
pub(crate) struct Frame<'f> {
    /// The title of the page, unique in the survey.
    pub(crate) title: &'f str,
    /// Whether the title says that something was refused.
    pub(crate) refused: bool,
    /// How the language is switched.
    pub(crate) switch: Switch<'f>,
    /// The form the page is, if it is one.
    pub(crate) form: Option<Form<'f>>,
    /// How far the visitor has come.
    pub(crate) place: Option<Place>,
    /// Whether it is about something hard, so that a way to leave quickly stays in sight.
    pub(crate) leave: bool,
}

/// How the language of a page is switched.
pub(crate) enum Switch<'f> {
    /// By a link: what comes before the tag, and after it.
    Link {
        /// The path up to the tag.
        before: &'f str,
        /// What is kept of the query.
        after: &'f str,
    },
    /// By a button of the page's form, so that what was typed is kept.
    Button,
    /// Not at all: the page answers a form, and cannot be asked for again.
    Not,
}

/// The one form of a page.
pub(crate) struct Form<'f> {
    /// Where it is sent.
    pub(crate) action: &'f str,
    /// Its hidden fields.
    pub(crate) hidden: &'f [(&'f str, &'f str)],
    /// What Enter means.
    pub(crate) enter: &'f str,
}

/// A whole page.
pub(crate) fn frame(voice: &Voice<'_>, frame: &Frame<'_>, main: &Markup) -> Markup {
    let inside = html! {
        @if frame.leave { (leave(voice)) }
        (header(voice, frame))
        main id="main" { (notices(voice, frame)) (main) }
        (footer(voice))
    };
    html! {
        (DOCTYPE)
        html lang=(voice.wanted) dir=(voice.wanted.direction().as_str()) {
            (head(voice, frame))
            body {
                a.skip href="#main" { (voice.say("skip")) }
                @match &frame.form {
                    Some(form) => (whole_form(voice, form, &inside)),
                    None => (inside),
                }
            }
        }
    }
}

fn head(voice: &Voice<'_>, frame: &Frame<'_>) -> Markup {
    let survey = voice.plain_words(&voice.app.survey.title);
    html! {
        head {
            meta charset="utf-8";
            meta name="viewport" content="width=device-width, initial-scale=1";
            meta name="color-scheme" content="light dark";
            title {
                @if frame.refused { (voice.plain("error")) " " }
                (frame.title)
                @if frame.title != survey { " – " (survey) }
            }
            link rel="icon" href="data:,";
            style { (PreEscaped(&voice.app.style)) }
        }
    }
}

/// The form holds the whole page, so that the language buttons of its header send what was typed. The first submit
/// button of a form is what Enter presses: it must be the one that goes on.
fn whole_form(voice: &Voice<'_>, form: &Form<'_>, inside: &Markup) -> Markup {
    html! {
        form method="post" action=(form.action) novalidate autocomplete="off" {
            @for (name, value) in form.hidden {
                input type="hidden" name=(name) value=(value);
            }
            button.hidden name="_go" value=(form.enter) tabindex="-1" aria-hidden="true" { (voice.say("continue")) }
            (inside)
        }
    }
}

fn header(voice: &Voice<'_>, frame: &Frame<'_>) -> Markup {
    html! {
        header {
            (languages(voice, &frame.switch))
            p.survey { (voice.words(&voice.app.survey.title)) }
            @if let Some(place) = frame.place { (progress(voice, place)) }
        }
    }
}

/// Where nothing is asked yet the languages stand open; beside questions they fold away under the one in use.
fn languages(voice: &Voice<'_>, switch: &Switch<'_>) -> Markup {
    let offered: Vec<&Language> = voice.languages().collect();
    let list = html! {
        ul.languages {
            @for language in &offered { li { (one_language(voice, switch, language)) } }
        }
    };
    html! {
        @if offered.len() > 1 && !matches!(switch, Switch::Not) {
            nav aria-label=(voice.plain("languages")) {
                @match switch {
                    Switch::Not => {}
                    Switch::Link { .. } => (list),
                    Switch::Button => { details { (summary(voice, &offered)) (list) } },
                }
            }
        }
    }
}

/// The language in use, and a few others by the names their speakers look for.
fn summary(voice: &Voice<'_>, offered: &[&Language]) -> Markup {
    let others = offered.iter().filter(|language| **language != voice.wanted).take(3);
    html! {
        summary {
            (voice.say("languages_are")) " " strong { (voice.wanted.endonym()) }
            @for other in others {
                " · " span lang=(other) dir=(other.direction().as_str()) { (other.endonym()) }
            }
            @if offered.len() > 4 { " …" }
        }
    }
}

fn one_language(voice: &Voice<'_>, switch: &Switch<'_>, language: &Language) -> Markup {
    let (direction, endonym) = (language.direction().as_str(), language.endonym());
    let current = (language == voice.wanted).then_some("true");
    html! {
        @match switch {
            Switch::Not => {}
            Switch::Link { before, after } => {
                a href={ (before) (language) (after) } lang=(language) dir=(direction) hreflang=(language)
                    aria-current=[current] { (endonym) }
            }
            Switch::Button => {
                button name="_go" value={ "lang:" (language) } lang=(language) dir=(direction)
                    aria-current=[current] { (endonym) }
            }
        }
    }
}

/// The quick way out. What it is for is said to those who only hear it.
fn leave(voice: &Voice<'_>) -> Markup {
    html! {
        nav.leave aria-label=(voice.plain("exit")) {
            a href={ "/exit?lang=" (voice.wanted) } rel="nofollow" {
                span.hidden { (voice.say("exit.emergency")) " " }
                (voice.say("exit"))
            }
        }
    }
}

fn progress(voice: &Voice<'_>, place: Place) -> Markup {
    html! {
        p.place { (voice.say_with("place", &[("number", &place.number), ("of", &place.of)])) }
        progress max=(place.of) value=(place.number) aria-hidden="true" {}
    }
}

fn notices(voice: &Voice<'_>, frame: &Frame<'_>) -> Markup {
    let is_draft = voice.app.languages().any(|offered| offered.draft && offered.language == *voice.wanted);
    html! {
        @if voice.app.demonstration { p.notice.demonstration { (voice.say("demonstration")) } }
        @if let Some(errors) = voice.app.preview { (preview(voice, errors)) }
        (dates(voice, frame))
        @if is_draft { p.notice { (voice.say("draft")) } }
    }
}

/// That nothing is kept, and whether the working copy is shown as it stands.
fn preview(voice: &Voice<'_>, errors: usize) -> Markup {
    html! {
        p.notice.demonstration {
            (voice.say("preview"))
            @if errors > 0 { " " (voice.say_with("preview.errors", &[("errors", &errors)])) }
        }
    }
}

/// That nothing counts yet, or that whoever is still answering may finish.
fn dates(voice: &Voice<'_>, frame: &Frame<'_>) -> Markup {
    let notice = |path: &str, day: Date| html! { p.notice { (voice.say_with(path, &[("day", &day)])) } };
    match voice.app.field() {
        Field::Before(first) => notice("field.before", first),
        Field::Over(last) if frame.place.is_some() => notice("field.late", last),
        Field::Open | Field::Over(_) => html! {},
    }
}

fn footer(voice: &Voice<'_>) -> Markup {
    let app = voice.app;
    html! {
        footer {
            p { (voice.say("contact")) " " (voice.words(&app.survey.contact)) }
            ul {
                li { a href={ (app.path("/help?lang=")) (voice.wanted) } { (voice.say("help")) } }
                li { a href={ (app.path("/privacy?lang=")) (voice.wanted) } { (voice.say("privacy.link")) } }
                li { a href={ (app.path("/withdraw?lang=")) (voice.wanted) } { (voice.say("withdraw.link")) } }
            }
        }
    }
}

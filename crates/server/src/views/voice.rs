//! Speaking to a visitor: every run of words carries the language it really is in.

use maud::{Markup, PreEscaped, Render, html};
use survey::{Answers, Date, Direction, FormId, Language, Question, Words};

use crate::{app::App, screen::Screen};

/// The words of a page, in the language the visitor chose as far as it reaches.
#[derive(Clone, Copy)]
pub(crate) struct Voice<'a> {
    /// Everything behind the page.
    pub(crate) app: &'a App,
    /// The language wanted.
    pub(crate) wanted: &'a Language,
    /// The language the enclosing element declares.
    here: &'a Language,
    /// Who listens, once she has begun.
    listener: Option<Listener<'a>>,
}

/// Who listens: what was chosen and said so far.
#[derive(Clone, Copy)]
pub(crate) struct Listener<'a> {
    /// The form she answers.
    pub(crate) form: &'a FormId,
    /// Her answers, as they count on her way.
    pub(crate) answers: &'a Answers,
}

impl<'a> Voice<'a> {
    /// The voice of a page in one language, to whoever reads it.
    pub(crate) fn new(app: &'a App, wanted: &'a Language) -> Voice<'a> {
        Voice { app, wanted, here: wanted, listener: None }
    }

    /// The voice of a page to someone who answers.
    pub(crate) fn to(app: &'a App, wanted: &'a Language, listener: Listener<'a>) -> Voice<'a> {
        Voice { app, wanted, here: wanted, listener: Some(listener) }
    }

    /// The languages she may choose.
    pub(crate) fn languages(&self) -> impl Iterator<Item = &'a Language> {
        let form = self.listener.map(|listener| listener.form);
        self.app.languages_of(form).map(|offered| &offered.language)
    }

    /// The screens of her form, or of the whole survey.
    pub(crate) fn screens(&self) -> &'a [Screen] {
        self.app.screens(self.listener.map_or(&FormId::full(), |listener| listener.form))
    }

    /// The voice for one question: all of it in one language, the source where any part is not translated.
    pub(crate) fn of_question(&self, question: &Question) -> Voice<'a> {
        let survey = &self.app.survey;
        let spoken = survey.language_of(question, self.wanted);
        let spoken = if spoken == self.wanted { self.wanted } else { &survey.source };
        Voice { wanted: spoken, here: spoken, ..*self }
    }

    /// The visitor's own language inside an element that declares another.
    pub(crate) fn inside(&self, outer: &Voice<'a>) -> Voice<'a> {
        Voice { wanted: outer.wanted, ..*self }
    }

    /// The server's own words.
    pub(crate) fn say(&self, path: &str) -> Markup {
        self.say_with(path, &[])
    }

    /// The server's own words with something put in the places named in braces, each isolated from the direction of
    /// the words around it.
    pub(crate) fn say_with(&self, path: &str, put: &[(&str, &dyn Render)]) -> Markup {
        let (words, language) = self.app.own.get(path, self.wanted);
        self.run(language, &filled_in(words, put))
    }

    /// The server's own words where no markup can stand.
    pub(crate) fn plain(&self, path: &str) -> &'a str {
        self.app.own.get(path, self.wanted).0
    }

    /// Words of the survey.
    pub(crate) fn words(&self, words: &Words) -> Markup {
        let spoken = words.in_language(self.wanted);
        let language = spoken.language.unwrap_or(&self.app.survey.source);
        self.run(language, &isolated(spoken.text, language))
    }

    /// Whether the survey says these words in the language wanted.
    pub(crate) fn speaks(&self, words: &Words) -> bool {
        *self.wanted == self.app.survey.source || words.speaks(self.wanted)
    }

    /// A label before words, where no markup can stand.
    pub(crate) fn plain_labelled(&self, label: &str, words: &str) -> String {
        self.plain("labelled").replace("{words}", words).replace("{label}", label)
    }

    /// Words of the survey where no markup can stand.
    pub(crate) fn plain_words<'w>(&self, words: &'w Words) -> &'w str {
        words.text(self.wanted)
    }

    /// A day with the name of its month.
    pub(crate) fn day(&self, day: Date) -> Markup {
        let month = self.plain(&format!("month.{}", day.month()));
        let (form, language) = self.app.own.get("date", self.wanted);
        let text = form
            .replace("{day}", &day.day().to_string())
            .replace("{month}", month)
            .replace("{year}", &day.year().to_string());
        html! { time datetime=(day) { (self.run(language, &html! { (text) })) } }
    }

    fn run(&self, language: &Language, words: &Markup) -> Markup {
        if language == self.here {
            return words.clone();
        }
        html! { span lang=(language) dir=(language.direction().as_str()) { (words) } }
    }
}

/// In words that run from right to left, numbers joined by hyphens (telephones, files) would be read backwards: each
/// is isolated.
fn isolated(words: &str, language: &Language) -> Markup {
    if language.direction() == Direction::Ltr {
        return html! { (words) };
    }
    let is_part = |each: char| each.is_ascii_digit() || matches!(each, '-' | '+' | '.' | '(' | ')');
    let mut markup = String::new();
    let mut rest = words;
    while let Some(start) = rest.find(|each: char| each.is_ascii_digit() || each == '+') {
        let (before, from) = rest.split_at(start);
        let run = &from[..from.find(|each: char| !is_part(each)).unwrap_or(from.len())];
        let run = run.trim_end_matches(|each: char| !each.is_ascii_digit());
        let run = if run.is_empty() { &from[..1] } else { run };
        before.render_to(&mut markup);
        if run.contains('-') {
            html! { bdi dir="ltr" { (run) } }.render_to(&mut markup);
        } else {
            run.render_to(&mut markup);
        }
        rest = &from[run.len()..];
    }
    rest.render_to(&mut markup);
    PreEscaped(markup)
}

fn filled_in(words: &str, put: &[(&str, &dyn Render)]) -> Markup {
    let mut markup = String::new();
    let mut rest = words;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        before.render_to(&mut markup);
        if let Some((_, value)) = put.iter().find(|(each, _)| *each == name) {
            markup.push_str(&html! { bdi { (value) } }.into_string());
        }
        rest = after;
    }
    rest.render_to(&mut markup);
    PreEscaped(markup)
}

#[cfg(test)]
mod tests {
    use super::isolated;
    use survey::Language;

    fn in_language(tag: &str, words: &str) -> String {
        isolated(words, &Language::of_tag(tag).expect("a known tag")).into_string()
    }

    #[test]
    fn a_telephone_number_keeps_its_order_among_arabic_words() {
        let isolated = in_language("ar", "الهاتف: 902-555-0100، ملف 7 <+>");
        assert_eq!(isolated, "الهاتف: <bdi dir=\"ltr\">902-555-0100</bdi>، ملف 7 &lt;+&gt;");
        assert_eq!(in_language("fr", "tél. 902-555-0100"), "tél. 902-555-0100");
    }
}

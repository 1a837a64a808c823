//! Speaking to a visitor: every run of words carries the language it really is in.

use std::borrow::Cow;

use maud::{Markup, PreEscaped, Render, html};
use survey::{Answer, Answers, Direction, FormId, Language, Part, Question, QuestionId, Words};

use crate::{
    app::App,
    screen::Screen,
    views::{
        insert::{can_be_said, said},
        put::Put,
    },
};

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

    /// The voice for one question: all of it in one language, the source where any part is not translated, be it of an
    /// answer that its words repeat.
    pub(crate) fn of_question(&self, question: &Question) -> Voice<'a> {
        let survey = &self.app.survey;
        let speaks = survey.language_of(question, self.wanted) == self.wanted;
        let answers = self.listener.map(|listener| listener.answers);
        let repeats = answers.is_none_or(|answers| {
            question.inserts().all(|insert| can_be_said(survey, insert, self.wanted, answers))
        });
        let spoken = if speaks && repeats { self.wanted } else { &survey.source };
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
    pub(crate) fn say_with(&self, path: &str, put: &[(&str, &dyn Put)]) -> Markup {
        let (words, language) = self.app.own.get(path, self.wanted);
        self.run(language, &filled_in(words, put, language))
    }

    /// The server's own words where no markup can stand.
    pub(crate) fn plain(&self, path: &str) -> &'a str {
        self.app.own.get(path, self.wanted).0
    }

    /// Words of the survey, with what she answered where they repeat it: each answer isolated from the direction of
    /// the words around it.
    pub(crate) fn words(&self, words: &Words) -> Markup {
        let (parts, language) = self.parts(words);
        let markup = html! {
            @for part in &parts {
                @match part {
                    Part::Text(text) => (isolated(text, language)),
                    Part::Insert(insert) => {
                        @let said = said(self, insert, language);
                        bdi lang=[said.lang(language)] { (said.text) }
                    }
                }
            }
        };
        self.run(language, &markup)
    }

    fn parts<'w>(&self, words: &'w Words) -> (Vec<Part<'w>>, &'w Language)
    where
        'a: 'w,
    {
        let nothing = Answers::default();
        let answers = self.listener.map_or(&nothing, |listener| listener.answers);
        let (parts, language) = words.parts(self.wanted, answers);
        (parts, language.unwrap_or(&self.app.survey.source))
    }

    /// What she answered so far; nothing before she begins.
    pub(crate) fn answer(&self, question: &QuestionId) -> Option<&'a Answer> {
        self.listener?.answers.get(question)
    }

    /// Whether the survey says these words in the language wanted.
    pub(crate) fn speaks(&self, words: &Words) -> bool {
        *self.wanted == self.app.survey.source || words.speaks(self.wanted)
    }

    /// A label before words, where no markup can stand.
    pub(crate) fn plain_labelled(&self, label: &str, words: &str) -> String {
        self.plain("labelled").replace("{words}", words).replace("{label}", label)
    }

    /// Words of the survey where no markup can stand: an answer they repeat is isolated by characters.
    pub(crate) fn plain_words<'w>(&self, words: &'w Words) -> Cow<'w, str>
    where
        'a: 'w,
    {
        let (parts, language) = self.parts(words);
        if let [Part::Text(text)] = parts.as_slice() {
            return Cow::Borrowed(text);
        }
        let text = |part: Part<'_>| match part {
            Part::Text(text) => text.to_owned(),
            Part::Insert(insert) => format!("\u{2068}{}\u{2069}", said(self, insert, language).text),
        };
        Cow::Owned(parts.into_iter().map(text).collect())
    }

    fn run(&self, language: &Language, words: &Markup) -> Markup {
        if language == self.here {
            return words.clone();
        }
        html! { span lang=(language) dir=(language.direction().as_str()) { (words) } }
    }
}

/// In words that run from right to left, numbers joined by hyphens (telephones, files) would be read backwards: each
/// is isolated. A telephone number is, in every language, since it is not to be broken at the end of a line.
fn isolated(words: &str, language: &Language) -> Markup {
    let is_backwards = language.direction() == Direction::Rtl;
    let is_whole = |run: &str| {
        let digits = run.chars().filter(char::is_ascii_digit).count();
        run.contains('-') && (is_backwards || digits >= TELEPHONE)
    };
    let is_part = |each: char| each.is_ascii_digit() || matches!(each, '-' | '+' | '.' | '(' | ')');
    let mut markup = String::new();
    let mut rest = words;
    while let Some(start) = rest.find(|each: char| each.is_ascii_digit() || each == '+') {
        let (before, from) = rest.split_at(start);
        let run = &from[..from.find(|each: char| !is_part(each)).unwrap_or(from.len())];
        let run = run.trim_end_matches(|each: char| !each.is_ascii_digit());
        let run = if run.is_empty() { &from[..1] } else { run };
        before.render_to(&mut markup);
        if is_whole(run) {
            html! { bdi dir="ltr" { (run) } }.render_to(&mut markup);
        } else {
            run.render_to(&mut markup);
        }
        rest = &from[run.len()..];
    }
    rest.render_to(&mut markup);
    PreEscaped(markup)
}

/// So many digits joined by hyphens are a telephone number.
const TELEPHONE: usize = 7;

fn filled_in(words: &str, put: &[(&str, &dyn Put)], language: &Language) -> Markup {
    let mut markup = String::new();
    let mut rest = words;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        before.render_to(&mut markup);
        if let Some((_, value)) = put.iter().find(|(each, _)| *each == name) {
            markup.push_str(&html! { bdi { (value.put(language)) } }.into_string());
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
    fn a_telephone_number_keeps_its_order_and_is_not_broken() {
        let isolated = in_language("ar", "الهاتف: 902-555-0100، ملف 7 <+>");
        assert_eq!(isolated, "الهاتف: <bdi dir=\"ltr\">902-555-0100</bdi>، ملف 7 &lt;+&gt;");
        assert_eq!(
            in_language("fr", "dossier 27-1, tél. 902-555-0100"),
            "dossier 27-1, tél. <bdi dir=\"ltr\">902-555-0100</bdi>"
        );
    }
}

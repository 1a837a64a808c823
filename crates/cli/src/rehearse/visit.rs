//! One visit: from the first page to the number, with what people do on the way.

use anyhow::{Context, Result, bail};
use survey::{Language, Survey};

use super::{
    html::{Form, Takes},
    person::Person,
    phone::{Arrived, Phone},
    reply::{Fields, fill},
    tendency::Tendencies,
};

/// How a visit ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Outcome {
    /// The answers were sent.
    Finished,
    /// They were sent, and taken back with the number.
    Withdrawn,
    /// The phone was put away half way.
    Stopped,
    /// No consent.
    Declined,
    /// Not among those the survey asks.
    Ended,
}

/// What happened in a visit.
pub(crate) struct Visited {
    /// How it ended.
    pub(crate) outcome: Outcome,
    /// The language it was begun in.
    pub(crate) language: String,
    /// The form that was taken.
    pub(crate) form: String,
    /// Requests sent.
    pub(crate) requests: u64,
    /// One line per acknowledged page: visit, screen, fields.
    pub(crate) journal: Vec<String>,
}

/// More screens than any questionnaire has.
const MOST_SCREENS: usize = 400;

/// Let this person answer the survey on this phone.
pub(crate) fn visit(
    survey: &Survey,
    phone: &mut Phone,
    person: Person,
    tendencies: &Tendencies,
) -> Result<Visited> {
    let (language, form) = (person.language.clone(), person.form.to_string());
    let mut visit = Visit { survey, phone, person, tendencies, journal: Vec::new() };
    let outcome = visit.walk()?;
    Ok(Visited { outcome, language, form, requests: visit.phone.requests, journal: visit.journal })
}

struct Visit<'v> {
    survey: &'v Survey,
    phone: &'v mut Phone,
    person: Person,
    tendencies: &'v Tendencies,
    journal: Vec<String>,
}

impl Visit<'_> {
    fn walk(&mut self) -> Result<Outcome> {
        let mut screen = self.begin()?;
        for place in 1..MOST_SCREENS {
            if screen.path.contains("/stopped") {
                return Ok(if place == 1 { Outcome::Declined } else { Outcome::Ended });
            }
            if screen.html.number.is_some() {
                return self.close(&screen);
            }
            if self.person.habits.stop_at == Some(place) {
                return Ok(Outcome::Stopped);
            }
            screen = self.turn(screen, place)?;
        }
        bail!("the survey has no end: still at `{}`", screen.path)
    }

    fn begin(&mut self) -> Result<Arrived> {
        self.phone.open("/")?;
        let welcome = self.phone.open(&format!("/{}/{}", self.survey.name, self.person.language))?;
        let form = welcome.html.form_with("next").context("the first page has no button to begin")?.clone();
        let fields = fill(self.survey, &form, &mut self.person, self.tendencies);
        self.send(&form, &fields, &welcome)
    }

    /// One screen: perhaps back first, perhaps another language, perhaps a double tap.
    fn turn(&mut self, screen: Arrived, place: usize) -> Result<Arrived> {
        if screen.path == format!("/{}/review", self.survey.name) {
            let form = screen.html.form_with("finish").context("the review has no button to finish")?.clone();
            return self.phone.press(&form, &form.standing(), "finish");
        }
        let screen = self.wander(screen, place)?;
        let form = screen
            .html
            .form_with("next")
            .with_context(|| format!("`{}` has no way on", screen.path))?
            .clone();
        let fields = fill(self.survey, &form, &mut self.person, self.tendencies);
        if self.person.habits.twice_at == Some(place) {
            let first = self.phone.press(&form, &fields, "next")?;
            // What ended here is over: the cookie is gone, and there is no form to press again.
            if first.path.contains("/stopped") {
                return Ok(first);
            }
        }
        self.send(&form, &fields, &screen)
    }

    fn wander(&mut self, mut screen: Arrived, place: usize) -> Result<Arrived> {
        if self.person.habits.back_at == Some(place)
            && let Some(form) = screen.html.form_with("back").cloned()
        {
            screen = self.phone.press(&form, &form.standing(), "back")?;
        }
        if self.person.habits.switch_at == Some(place) {
            let other = self.other_language(&screen);
            if let Some(form) = screen.html.form_with(&other).cloned() {
                screen = self.phone.press(&form, &form.standing(), &other)?;
            }
        }
        Ok(screen)
    }

    fn other_language(&mut self, screen: &Arrived) -> String {
        let here = screen.html.lang.as_str();
        let offers = |language: &&Language| self.survey.offers(&self.person.form, language);
        let tags = self.survey.all_languages().into_iter().filter(offers).map(Language::tag);
        let others: Vec<&str> = tags.filter(|tag| *tag != here).collect();
        if others.is_empty() {
            return String::new();
        }
        format!("lang:{}", others[self.person.chance.below(others.len())])
    }

    fn send(&mut self, form: &Form, fields: &Fields, from: &Arrived) -> Result<Arrived> {
        let arrived = self.phone.press(form, fields, "next")?;
        if arrived.status == 200 {
            // Whom the survey is not for leaves nothing behind, and is promised nothing.
            if arrived.path.contains("/stopped") {
                self.journal.clear();
            } else {
                self.note(from, fields);
            }
            return Ok(arrived);
        }
        if arrived.status != 422 {
            bail!("`{}` answered {}", form.action, arrived.status);
        }
        self.mend(arrived, from)
    }

    /// A refusal is mended by answering the same screen once more, with everything filled in.
    fn mend(&mut self, refused: Arrived, from: &Arrived) -> Result<Arrived> {
        let form = refused.html.form_with("next").context("a refusal has no way on")?.clone();
        let mut fields = fill(self.survey, &form, &mut self.person, self.tendencies);
        fields.retain(|(name, _)| !name.ends_with(".words"));
        let arrived = self.phone.press(&form, &fields, "next")?;
        if arrived.status != 200 {
            bail!("`{}` refused {fields:?} twice ({})", form.action, arrived.status);
        }
        self.note(from, &fields);
        Ok(arrived)
    }

    fn note(&mut self, from: &Arrived, fields: &Fields) {
        let said: Vec<String> = fields
            .iter()
            .filter(|(name, _)| !name.starts_with('_'))
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let visit = self.phone.visit().unwrap_or("-");
        self.journal.push(format!("{visit} {} {}", from.path, said.join("&")));
    }

    fn close(&mut self, thanks: &Arrived) -> Result<Outcome> {
        if !self.person.habits.withdraws {
            return Ok(Outcome::Finished);
        }
        let number = thanks.html.number.clone().context("the last page shows no number")?;
        let path = format!("/{}/withdraw", self.survey.name);
        let asked = self.phone.open(&path)?;
        let form = withdrawal(&asked, "next").context("the withdrawal page has no form")?;
        let mut fields = form.standing();
        fields.retain(|(name, _)| name != "number");
        fields.push(("number".to_owned(), number));
        let shown = self.phone.press(&form, &fields, "next")?;
        let form = withdrawal(&shown, "erase").context("the withdrawal asks for no confirmation")?;
        let done = self.phone.press(&form, &form.standing(), "erase")?;
        if done.status != 200 {
            bail!("the withdrawal answered {}", done.status);
        }
        Ok(Outcome::Withdrawn)
    }
}

fn withdrawal(page: &Arrived, button: &str) -> Option<Form> {
    let form = page.html.form_with(button)?;
    let typed = form.fields.iter().any(|field| matches!(field.takes, Takes::Hidden(_) | Takes::Words(_)));
    typed.then(|| form.clone())
}

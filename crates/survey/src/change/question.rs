//! What is asked, and how it is answered.

use super::{Change, Class, Compared, Weight, base::is_same};
use crate::{Condition, Kind, Question, Role, Rule, canonical};

impl Compared<'_> {
    /// Compare a question with what it was; `pages` are the conditions of the two pages.
    pub(super) fn question(&mut self, old: &Question, new: &Question, pages: [Option<&Condition>; 2]) {
        if old.id != new.id {
            self.say(Class::Safe, new.id.as_str(), format!("was `{}`", old.id));
        } else if old.was != new.was {
            self.say(Class::Safe, format!("{}:was", new.id), "other earlier names");
        }
        self.own_words(old, new);
        let (before, now) = (type_of(&old.kind), type_of(&new.kind));
        if before != now {
            let remedy = format!("ask it under another name, and keep `{}` as it was", new.id);
            self.breaks(new.id.as_str(), format!("was a `{before}`, is a `{now}`"), remedy);
        } else {
            self.choices(old, new);
            self.rows(old, new);
            self.range(old, new);
            self.limits(old, new);
        }
        self.base(old, new, pages);
        self.rules(old, new);
        self.purpose(old, new);
    }

    fn own_words(&mut self, old: &Question, new: &Question) {
        let weight = weight(new);
        let label = if weight == Weight::Consent { Weight::Consent } else { Weight::Nothing };
        self.words(old.asks.as_ref(), new.asks.as_ref(), weight);
        self.words(old.hint.as_ref(), new.hint.as_ref(), label);
        self.words(old.short.as_ref(), new.short.as_ref(), Weight::Nothing);
        if let (Kind::Number { unit, .. }, Kind::Number { unit: now, .. }) = (&old.kind, &new.kind) {
            self.words(unit.as_ref(), now.as_ref(), Weight::Meaning);
        }
    }

    /// `max`, `top`, and what a question takes its choices from.
    fn limits(&mut self, old: &Question, new: &Question) {
        let id = new.id.as_str();
        let limit = |kind: &Kind| match kind {
            Kind::Many { most, .. } => *most,
            Kind::Rank { top, .. } => Some(*top),
            Kind::Text { most } => Some(*most),
            _ => None,
        };
        if limit(&old.kind) != limit(&new.kind) {
            self.say(Class::Note, id, "another number of answers or letters is taken");
        }
        if old.from().map(|from| self.names.question(from)) != new.from() {
            self.say(Class::Note, id, "its choices come from another question");
        }
        if let (Kind::Grid { best, .. }, Kind::Grid { best: now, .. }) = (&old.kind, &new.kind)
            && best != now
        {
            self.say(Class::Safe, id, "another end of the scale is the good one");
        }
        if let (Kind::Computed { value }, Kind::Computed { value: now }) = (&old.kind, &new.kind)
            && canonical::value(&value.renamed(&self.names)) != canonical::value(now)
        {
            self.computed(new, id, "computed in another way");
        }
    }

    /// A calc that weights rest on must be the same calc.
    pub(super) fn computed(&mut self, question: &Question, path: &str, says: &str) -> Option<&mut Change> {
        match question.margin.is_some() {
            true => self.breaks(path, says, "weights rest on it: keep it as it was, or begin a new wave"),
            false => self.say(Class::Note, path, says),
        }
    }

    fn rules(&mut self, old: &Question, new: &Question) {
        for (line, before, now) in [("check", &old.check, &new.check), ("warn", &old.warn, &new.warn)] {
            let words = |rule: &Option<Rule>| rule.as_ref().map(|rule| rule.words.clone());
            self.words(words(before).as_ref(), words(now).as_ref(), Weight::Meaning);
            let holds = before.as_ref().map(|rule| rule.holds.renamed(&self.names));
            if !is_same(holds.as_ref(), now.as_ref().map(|rule| &rule.holds)) {
                self.say(Class::Note, format!("{}:{line}", new.id), "another rule for the answer");
            }
        }
        if old.allow != new.allow {
            self.say(Class::Note, format!("{}:allow", new.id), "other missing answers are offered");
        }
        if old.shuffled != new.shuffled {
            self.say(Class::Note, format!("{}:order", new.id), "another order of the choices");
        }
    }

    fn purpose(&mut self, old: &Question, new: &Question) {
        let at = |line: &str| format!("{}:{line}", new.id);
        let said = |role: Option<Role>| role.map_or("none", Role::as_str);
        if old.role != new.role {
            let says = format!("was `{}`, is `{}`", said(old.role), said(new.role));
            self.say(Class::Note, at("role"), says);
        }
        if old.margin != new.margin {
            self.breaks(at("margin"), "weighted to another table", "keep the table, or begin a new wave");
        }
        if old.concept != new.concept {
            self.say(Class::Note, at("concept"), "another shared item");
        }
        if old.sensitive != new.sensitive {
            self.say(Class::Note, at("sensitive"), "its small numbers are protected in another way");
        }
        if old.audio != new.audio {
            self.say(Class::Safe, at("audio"), "other recordings");
        }
        self.suppress(at("suppress"), old.suppress.unwrap_or(0), new.suppress.unwrap_or(0));
    }

    /// A threshold that people were promised.
    pub(super) fn suppress(&mut self, path: String, old: u32, new: u32) {
        if new < old {
            let remedy = format!("people were promised `below {old}`: keep it, or begin a new wave");
            self.breaks(path, format!("numbers below {old} were withheld, now those below {new}"), remedy);
        } else if new > old {
            self.say(
                Class::Note,
                path,
                format!("numbers below {new} are withheld, not only those below {old}"),
            );
        }
    }
}

/// Any word of consent counts.
pub(super) fn weight(question: &Question) -> Weight {
    if matches!(question.kind, Kind::Consent { .. }) { Weight::Consent } else { Weight::Meaning }
}

/// What an answer is, in the author's words.
fn type_of(kind: &Kind) -> &'static str {
    match kind {
        Kind::Consent { .. } => "consent",
        Kind::One { ordered: false, .. } => "one",
        Kind::One { ordered: true, .. } => "one … ordered",
        Kind::Many { .. } => "many",
        Kind::Rank { .. } => "rank",
        Kind::Grid { .. } => "grid",
        Kind::Number { .. } => "number",
        Kind::Year { .. } => "year",
        Kind::Fsa => "fsa",
        Kind::Text { .. } => "text",
        Kind::Note => "note",
        Kind::Calc { .. } => "calc",
        Kind::Computed { .. } => "calc … =",
        Kind::Language { .. } => "language",
        Kind::Date { to_day: true, .. } => "date … to day",
        Kind::Date { to_day: false, .. } => "date … to month",
    }
}

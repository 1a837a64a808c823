//! Rules about what answers can come about: every combination is tried.
//!
//! S012 a choice never offered, S040 an insert that may be empty, S050 unreachable or always true, S051 a calc with gaps,
//! S053 the wording for one.

use notation::{Finding, Place};

use crate::{
    Answer, Answers, Comparison, Condition, Insert, Kind, QuestionId, Truth, Value, Words,
    reach::Ground,
    read::{Asked, Draft, Drafted, Notes},
};

/// Check every page and question of a draft.
pub(super) fn reach(draft: &Draft<'_>, notes: &mut Notes) {
    let pages = |asked: &Asked<'_>| draft.pages.get(asked.page).and_then(|titled| titled.page.when.as_ref());
    let asked = draft.questions.iter().map(|asked| (pages(asked), &asked.question));
    let unread = draft.questions.iter().filter(|asked| !is_read(asked, draft) || !is_computed_as_read(asked));
    let unread = unread.map(|asked| &asked.question.id).collect();
    let ground = Ground::new(asked, draft.settings.version.wave).without(unread);
    let mut rules = Rules { ground: &ground, notes };
    for titled in &draft.pages {
        if let (Some(when), Some(written)) = (&titled.page.when, &titled.when) {
            rules.condition(&[], when, written.place());
        }
    }
    for asked in draft.questions.iter().filter(|asked| is_read(asked, draft)) {
        let page: Vec<&Condition> = pages(asked).into_iter().collect();
        if page.is_empty() || ground.can_hold(&page) == Some(true) {
            rules.question(asked, &page);
        }
    }
}

/// Whether every condition about a question could be read: one that could not counts as guarding all it may guard.
fn is_read(asked: &Asked<'_>, draft: &Draft<'_>) -> bool {
    let page = draft.pages.get(asked.page);
    let page_is_read =
        page.is_none_or(|titled| titled.when.is_some() == titled.page.when.is_some() && !titled.spoiled);
    page_is_read && !asked.spoiled && asked.lines.contains_key("when") == asked.question.when.is_some()
}

/// Whether every row and number of a calc could be read.
fn is_computed_as_read(asked: &Asked<'_>) -> bool {
    let rows = asked.question.choices().iter().zip(&asked.choices);
    let number = asked
        .lines
        .get("=")
        .is_none_or(|_| !matches!(asked.question.kind, Kind::Computed { value: Value::Literal(_) }));
    number && rows.into_iter().all(|(choice, drafted)| choice.when.is_some() == drafted.when.is_some())
}

struct Rules<'r, 'q> {
    ground: &'r Ground<'q>,
    notes: &'r mut Notes,
}

impl Rules<'_, '_> {
    /// S050; whether anybody can be asked.
    fn condition(&mut self, guards: &[&Condition], when: &Condition, at: Place) -> bool {
        let all: Vec<&Condition> = guards.iter().copied().chain([when]).collect();
        let Some(variables) = self.ground.variables(&all) else { return true };
        let holds = |answers: &Answers| self.ground.all_hold(&all, answers);
        if self.ground.try_out(&variables, None, holds) == Some(None) {
            let finding = Finding::error("S050", at, "no answers make this true");
            let remedy = "mend the condition, or delete what nobody can be asked";
            self.notes.say(finding.remedy(remedy));
            return false;
        }
        let fails = |answers: &Answers| {
            self.ground.all_hold(guards, answers) && self.ground.says(when, answers) != Truth::Yes
        };
        if self.ground.try_out(&variables, None, fails) == Some(None) {
            let finding = Finding::warning("S050", at, "this is always true");
            self.notes.say(finding.remedy("delete the condition, or mend it"));
        }
        true
    }

    fn question(&mut self, asked: &Asked<'_>, page: &[&Condition]) {
        let question = &asked.question;
        let guards: Vec<&Condition> = page.iter().copied().chain(&question.when).collect();
        if let (Some(when), Some(line)) = (&question.when, asked.lines.get("when"))
            && !self.condition(page, when, line.rest.place())
        {
            return;
        }
        self.rules(asked, &guards);
        match &question.kind {
            Kind::Calc { choices } => {
                let whens: Vec<_> = choices.iter().map(|choice| choice.when.as_ref()).collect();
                self.calc(asked, &whens);
            }
            _ => self.offers(asked, &guards),
        }
        self.inserts(asked, &guards);
        self.plural(asked, &guards);
    }

    /// S050 of `check` and `warn`.
    fn rules(&mut self, asked: &Asked<'_>, guards: &[&Condition]) {
        let question = &asked.question;
        for (word, rule) in [("check", &question.check), ("warn", &question.warn)] {
            let Some(rule) = rule else { continue };
            let all: Vec<&Condition> = guards.iter().copied().chain([&rule.holds]).collect();
            let says = |truth: Truth| {
                let given = |answers: &Answers| {
                    self.ground.all_hold(guards, answers) && self.ground.says(&rule.holds, answers) == truth
                };
                self.ground.find(&all, Some(&question.id), given).map(|found| found.is_some())
            };
            let at = asked.lines.get(word).map_or_else(|| asked.at.clone(), |line| line.rest.place());
            let finding = match (says(Truth::No), says(Truth::Yes)) {
                (Some(false), _) => Finding::warning("S050", at, "every answer passes this")
                    .remedy("delete the line, or mend its condition"),
                (_, Some(false)) => Finding::error("S050", at, "no answer passes this")
                    .remedy("mend the condition: nobody could go on"),
                _ => continue,
            };
            self.notes.say(finding);
        }
    }

    /// S012: a choice or row that is never offered.
    fn offers(&mut self, asked: &Asked<'_>, guards: &[&Condition]) {
        let question = &asked.question;
        let choices = question.choices().iter().map(|choice| (choice.id.as_str(), &choice.when));
        let choices: Vec<_> = choices.zip(&asked.choices).collect();
        let rows = question.rows().iter().map(|row| (row.id.as_str(), &row.when));
        let rows: Vec<_> = rows.zip(&asked.rows).collect();
        for ((code, when), drafted) in choices.into_iter().chain(rows) {
            let Some(when) = when else { continue };
            let all: Vec<&Condition> = guards.iter().copied().chain([when]).collect();
            if self.ground.can_hold(&all) == Some(false) {
                let says = format!("`{code}` has a `[when]` that never holds");
                let finding = Finding::warning("S012", place_of(drafted), says);
                self.notes.say(finding.remedy("mend the condition, or delete the line"));
            }
        }
    }

    /// S051: answers that match no row, and rows that no answers reach.
    fn calc(&mut self, asked: &Asked<'_>, whens: &[Option<&Condition>]) {
        if !is_computed_as_read(asked) || asked.doubled {
            return;
        }
        let all: Vec<&Condition> = whens.iter().copied().flatten().collect();
        let holds = |when: &Option<&Condition>, answers: &Answers| {
            when.is_none_or(|when| self.ground.says(when, answers) == Truth::Yes)
        };
        for (place, drafted) in asked.choices.iter().enumerate() {
            let is_first = |answers: &Answers| {
                holds(&whens[place], answers) && !whens[..place].iter().any(|when| holds(when, answers))
            };
            if self.ground.find(&all, None, is_first) == Some(None) {
                let says = format!("no answers reach `{}`", drafted.choice.id);
                let remedy = "mend its condition, or those of the rows above it: the first that holds counts";
                self.notes.say(Finding::warning("S051", place_of(drafted), says).remedy(remedy));
            }
        }
        let operands: Vec<&QuestionId> = all.iter().flat_map(|when| when.looks_at()).collect();
        let left_out = |answers: &Answers| {
            operands.iter().all(|id| answers.is_answered(id))
                && !whens.iter().any(|when| holds(when, answers))
        };
        if let Some(Some(answers)) = self.ground.find(&all, None, left_out) {
            let says = format!("{} matches no row", said(&operands, &answers));
            let finding = Finding::warning("S051", asked.at.clone(), says);
            self.notes.say(finding.remedy("add a row, or widen one"));
        }
    }

    /// S040: an answer that is put into words where it may be missing.
    fn inserts(&mut self, asked: &Asked<'_>, guards: &[&Condition]) {
        let choices = asked.question.choices().iter().map(|choice| (&choice.words, choice.when.as_ref()));
        let rows = asked.question.rows().iter().map(|row| (&row.words, row.when.as_ref()));
        let own = asked.question.words().into_iter().map(|words| (words, None));
        let mut said: Vec<&str> = Vec::new();
        for (words, when) in choices.chain(rows).chain(own) {
            if words.inserts.is_empty() || said.contains(&words.path.as_str()) {
                continue;
            }
            said.push(&words.path);
            let guards: Vec<&Condition> = guards.iter().copied().chain(when).collect();
            for insert in &words.inserts {
                self.insert(words, insert, &guards);
            }
        }
    }

    fn insert(&mut self, words: &Words, insert: &Insert, guards: &[&Condition]) {
        let question = &insert.question;
        let missing = Condition::Not(Box::new(Condition::Answered(question.clone())));
        let all: Vec<&Condition> = guards.iter().copied().chain([&missing]).collect();
        if self.ground.can_hold(&all) != Some(true) {
            return;
        }
        let lines = [words.path.clone(), format!("{}:one", words.path)];
        let mut pending = lines.iter().filter_map(|path| self.notes.inserts.get(path)).flatten();
        let Some(at) = pending.find(|each| each.written == insert.written).map(|each| each.at.clone()) else {
            return;
        };
        let remedy = match guards.is_empty() {
            true => format!("add `when answered({question})`"),
            false => format!("add `and answered({question})` to the condition"),
        };
        let says = format!("`{question}` may be missing here");
        self.notes.say(Finding::error("S040", at, says).remedy(remedy));
    }

    /// S053: a wording for one where one can come about, and only there.
    fn plural(&mut self, asked: &Asked<'_>, guards: &[&Condition]) {
        let asks = asked.question.asks.as_ref();
        let Some(plural) = asks.and_then(|asks| asks.plural.as_ref()) else {
            if let Some(line) = asked.lines.get("?1") {
                let finding = Finding::warning("S053", line.word_place(), "`?` prints no number");
                self.notes.say(finding.remedy("delete the line, or put a number into `?`"));
            }
            return;
        };
        let Some(insert) = asks.and_then(|asks| asks.inserts.get(plural.pivot)) else { return };
        let id = insert.question.clone();
        let left = if insert.count { Value::Count(id) } else { Value::Of(id) };
        let one = Condition::Number { left, how: Comparison::Equal, right: Value::Literal(1.0) };
        let all: Vec<&Condition> = guards.iter().copied().chain([&one]).collect();
        let finding = match (self.ground.can_hold(&all), asked.lines.get("?1")) {
            (Some(true), None) => {
                let says = format!("`{}` can be 1, and the words are for more", insert.written);
                Finding::warning("S053", asked.line_place("?"), says)
                    .remedy("add `?1` and the wording for one")
            }
            (Some(false), Some(line)) => {
                let says = format!("`{}` is never 1 here", insert.written);
                Finding::warning("S053", line.word_place(), says).remedy("delete the line")
            }
            _ => return,
        };
        self.notes.say(finding);
    }
}

/// Where the condition of a choice or row stands.
fn place_of(drafted: &Drafted<'_>) -> Place {
    drafted.when.as_ref().map_or_else(|| drafted.at.clone(), |when| when.place())
}

/// Answers in words, for the author: `` `arrival_year` 2022 ``.
fn said(operands: &[&QuestionId], answers: &Answers) -> String {
    let mut said: Vec<String> = Vec::new();
    for id in operands {
        let value = match answers.get(id) {
            Some(Answer::Number(number)) => number.to_string(),
            Some(Answer::Year(year)) => year.to_string(),
            Some(Answer::Date(day)) => day.to_string(),
            Some(Answer::Area(area)) => area.clone(),
            Some(answer) => {
                let codes: Vec<&str> = answer.codes().into_iter().map(|code| code.as_str()).collect();
                codes.join(" ")
            }
            None => continue,
        };
        let each = format!("`{id}` {value}").trim_end().to_owned();
        if !said.contains(&each) {
            said.push(each);
        }
    }
    said.join(" with ")
}

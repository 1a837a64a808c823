//! The canonical JSON of a survey: what its fingerprint is made of.

use serde_json::{Map, Value as Json, json};

use crate::{
    Best, Choice, CodeOf, Comparison, Condition, Fingerprint, Form, Kind, Language, Moment, Page, Question,
    Role, Row, Survey, Until, Value, Words,
};

/// The JSON Schema (draft 2020-12) of [`Survey::canonical`].
pub const SCHEMA: &str = include_str!("../schema/survey.schema.json");

impl Survey {
    /// The survey as canonical JSON: everything that is asked and said, in every language, in one fixed order.
    ///
    /// Comments and layout are not in it, nor are the population tables, which change no question.
    pub fn canonical(&self) -> String {
        self.tree().to_string()
    }

    /// The tree that [`Survey::canonical`] is the text of; [`SCHEMA`] describes it.
    pub fn tree(&self) -> Json {
        let languages: Vec<_> = self
            .languages
            .iter()
            .map(|offered| json!({ "tag": offered.language.tag(), "draft": offered.draft }))
            .collect();
        let missing: Map<String, Json> =
            self.missing.iter().map(|(missing, said)| (missing.code().to_owned(), words(said))).collect();
        let ends: Vec<_> = self
            .ends
            .iter()
            .map(|end| {
                json!({
                    "end": end.id.as_str(),
                    "title": words(&end.title),
                    "says": optional(&end.says),
                    "support": optional(&end.support),
                })
            })
            .collect();
        let mut json = json!({
            "survey": self.name,
            "title": words(&self.title),
            "version": self.version.to_string(),
            "source": self.source.tag(),
            "languages": languages,
            "host": words(&self.host),
            "eligible": optional(&self.eligible),
            "contact": words(&self.contact),
            "ethics": optional(&self.ethics),
            "field": self.field.map(|(first, last)| format!("{first}..{last}")),
            "withdraw": self.withdraw.map(|day| day.to_string()),
            "draw": optional(&self.draw),
            "suppress": self.suppress,
            "missing": missing,
            "pages": self.pages.iter().map(page).collect::<Vec<_>>(),
            "ends": ends,
        });
        self.put_rest(&mut json);
        json
    }

    /// What many surveys do without stands in the text of those that have it only, so that a new part of the
    /// language changes no fingerprint.
    fn put_rest(&self, json: &mut Json) {
        if !self.forms.is_empty() {
            json["forms"] = self.forms.iter().map(form).collect();
        }
        for (name, said) in &self.sets {
            json["sets"][name.as_str()] = words(said);
        }
    }

    /// The fingerprint of the survey as it stands, in every language.
    pub fn fingerprint(&self) -> Fingerprint {
        Fingerprint::of(&self.canonical())
    }
}

fn form(form: &Form) -> Json {
    let tags: Vec<_> = form.languages.iter().map(|offered| offered.language.tag()).collect();
    let keeps: Vec<_> = form.keeps.iter().map(|id| id.as_str()).collect();
    json!({ "form": form.id.as_str(), "title": words(&form.title), "keeps": keeps, "languages": tags })
}

fn words(words: &Words) -> Json {
    let translations: Map<String, Json> = words
        .translations
        .iter()
        .map(|(language, text)| (language.tag().to_owned(), Json::from(text.as_str())))
        .collect();
    let mut json = json!({ "path": words.path, "source": words.source, "translations": translations });
    if let Some(plural) = &words.plural {
        if let Some(one) = &plural.one {
            json["one"] = json!(one);
        }
        for (language, (_, forms)) in &plural.forms {
            json["forms"][language.tag()] = json!(forms);
        }
    }
    json
}

fn optional(of: &Option<Words>) -> Json {
    of.as_ref().map_or(Json::Null, words)
}

fn page(page: &Page) -> Json {
    json!({
        "page": page.id.as_str(),
        "title": words(&page.title),
        "when": when(&page.when),
        "sensitive": optional(&page.sensitive),
        "support": optional(&page.support),
        "questions": page.questions.iter().map(question).collect::<Vec<_>>(),
    })
}

fn question(question: &Question) -> Json {
    let allow: Vec<_> = question.allow.iter().map(|missing| missing.code()).collect();
    let mut json = json!({
        "question": question.id.as_str(),
        "kind": kind(&question.kind),
        "choices": question.worded_choices().iter().map(choice).collect::<Vec<_>>(),
        "rows": question.rows().iter().map(row).collect::<Vec<_>>(),
        "asks": optional(&question.asks),
        "hint": optional(&question.hint),
        "short": optional(&question.short),
        "when": when(&question.when),
        "allow": allow,
        "sensitive": question.sensitive,
        "role": question.role.map(Role::as_str),
        "margin": question.margin,
        "suppress": question.suppress,
        "concept": question.concept.as_ref().map(ToString::to_string),
    });
    for (name, of) in [("check", &question.check), ("warn", &question.warn)] {
        if let Some(rule) = of {
            json[name] = json!({ "holds": condition(&rule.holds), "words": words(&rule.words) });
        }
    }
    if !question.audio.is_empty() {
        json["audio"] = question.audio.iter().map(Language::tag).collect();
    }
    if !question.was.is_empty() {
        json["was"] = question.was.iter().map(|was| was.as_str()).collect();
    }
    if question.shuffled {
        json["order"] = json!("random");
    }
    json
}

fn kind(kind: &Kind) -> Json {
    match kind {
        Kind::Consent { .. } => json!({ "type": "consent" }),
        Kind::One { ordered, .. } => json!({ "type": "one", "ordered": ordered }),
        Kind::Many { from, most, .. } => {
            json!({ "type": "many", "from": from.as_ref().map(|from| from.as_str()), "max": most })
        }
        Kind::Rank { from, top, .. } => {
            json!({ "type": "rank", "from": from.as_ref().map(|from| from.as_str()), "top": top })
        }
        Kind::Grid { best, .. } => json!({ "type": "grid", "best": best.map(Best::as_str) }),
        Kind::Number { low, high, decimals, unit } => {
            json!({ "type": "number", "low": low, "high": high, "decimals": decimals, "unit": optional(unit) })
        }
        Kind::Year { first, last } => json!({ "type": "year", "first": first, "last": last }),
        Kind::Fsa => json!({ "type": "fsa" }),
        Kind::Text { most } => json!({ "type": "text", "max": most }),
        Kind::Note => json!({ "type": "note" }),
        Kind::Calc { .. } => json!({ "type": "calc" }),
        Kind::Computed { value: of } => json!({ "type": "calc", "value": value(of) }),
        Kind::Language { choices } => {
            let tags: Vec<_> = choices.iter().map(|choice| choice.id.as_str()).collect();
            json!({ "type": "language", "tags": tags })
        }
        Kind::Date { first, last, to_day } => {
            let last = last.map(|last| match last {
                Until::Day(day) => day.to_string(),
                Until::Now => "now".to_owned(),
            });
            json!({ "type": "date", "first": first.map(|day| day.to_string()), "last": last, "to_day": to_day })
        }
    }
}

fn choice(choice: &Choice) -> Json {
    let mut json = json!({
        "code": choice.id.as_str(),
        "words": words(&choice.words),
        "short": optional(&choice.short),
        "when": when(&choice.when),
        "specify": choice.specify,
        "only": choice.only,
        "last": choice.last,
        "end": choice.end.as_ref().map(|end| end.as_str()),
    });
    if let Some(was) = &choice.was {
        json["was"] = json!(was.as_str());
    }
    json
}

fn row(row: &Row) -> Json {
    let mut json = json!({
        "code": row.id.as_str(),
        "words": words(&row.words),
        "short": optional(&row.short),
        "when": when(&row.when),
    });
    if let Some(was) = &row.was {
        json["was"] = json!(was.as_str());
    }
    json
}

fn when(when: &Option<Condition>) -> Json {
    when.as_ref().map_or(Json::Null, condition)
}

pub(crate) fn condition(condition: &Condition) -> Json {
    let all = |parts: &[Condition]| parts.iter().map(self::condition).collect::<Vec<_>>();
    let codes =
        |codes: &[crate::ChoiceId]| codes.iter().map(|code| code.as_str().to_owned()).collect::<Vec<_>>();
    match condition {
        Condition::And(parts) => json!({ "and": all(parts) }),
        Condition::Or(parts) => json!({ "or": all(parts) }),
        Condition::Not(inner) => json!({ "not": self::condition(inner) }),
        Condition::Code { of, how, code, .. } => {
            json!({ "code": [code_of(of), how.as_str(), code.as_str()] })
        }
        Condition::CodeIn { of, codes: among } => json!({ "code": [code_of(of), "in", codes(among)] }),
        Condition::AreaIn { question, areas } => json!({ "area": [question.as_str(), "in", areas] }),
        Condition::Number { left, how, right } => {
            json!({ "number": [value(left), how.as_str(), value(right)] })
        }
        Condition::NumberIn { of, spans } => {
            let spans: Vec<_> = spans.iter().map(|(low, high)| json!([value(low), value(high)])).collect();
            json!({ "number": [value(of), "in", spans] })
        }
        Condition::Has { question, all, codes: among } => {
            json!({ "has": [question.as_str(), if *all { "all" } else { "any" }, codes(among)] })
        }
        Condition::AnyRow { grid, every, how, code, .. } => {
            json!({ "row": [if *every { "every" } else { "any" }, grid.as_str(), how.as_str(), code.as_str()] })
        }
        Condition::Date { left, how, right } => {
            json!({ "date": [moment(left), how.as_str(), moment(right)] })
        }
        Condition::DateIn { of, spans } => {
            let spans: Vec<_> = spans.iter().map(|(low, high)| json!([moment(low), moment(high)])).collect();
            json!({ "date": [moment(of), "in", spans] })
        }
        Condition::Is(question, missing) => json!({ "is": [question.as_str(), missing.code()] }),
        Condition::Answered(question) => json!({ "answered": question.as_str() }),
    }
}

fn code_of(of: &CodeOf) -> Json {
    match of {
        CodeOf::Question(question) => json!(question.as_str()),
        CodeOf::Row(grid, row) => json!([grid.as_str(), row.as_str()]),
        CodeOf::First(rank) => json!({ "first": rank.as_str() }),
    }
}

fn moment(of: &Moment) -> Json {
    match of {
        Moment::Day(day) => json!(day.to_string()),
        Moment::Month(first) => json!(format!("{:04}-{:02}", first.year(), first.month())),
        Moment::Of { question, .. } => json!({ "of": question.as_str() }),
    }
}

pub(crate) fn value(of: &Value) -> Json {
    match of {
        Value::Literal(number) => json!(number),
        Value::Now => json!("now"),
        Value::Of(question) => json!({ "of": question.as_str() }),
        Value::Count(question) => json!({ "count": question.as_str() }),
        Value::Sum(left, how, right) => json!([value(left), format!("{how:?}").to_lowercase(), value(right)]),
    }
}

impl Comparison {
    /// The sign as authors write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Comparison::Equal => "=",
            Comparison::NotEqual => "!=",
            Comparison::Less => "<",
            Comparison::AtMost => "<=",
            Comparison::More => ">",
            Comparison::AtLeast => ">=",
        }
    }
}

impl Role {
    /// The word as authors write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Role::Profile => "profile",
            Role::Outcome => "outcome",
            Role::Geography => "geography",
            Role::Quote => "quote",
            Role::Weight => "weight",
            Role::Design => "design",
        }
    }
}

impl Best {
    /// The word as authors write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Best::First => "first",
            Best::Last => "last",
        }
    }
}

//! From what a form posts to an answer, or to a refusal that keeps what was typed.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::{Answer, Answers, Choice, ChoiceId, Kind, Missing, Question, QuestionId, RowId, Rule, Truth};

/// The fields of a form as posted, in order: name and value.
///
/// A question `housing` posts `housing`; a grid row `community.welcome`; a place of a ranking `priorities.1`; the
/// box of a `[specify]` choice `pathway.other.words`.
#[derive(Clone, Copy, Debug)]
pub struct Raw<'r>(pub &'r [(String, String)]);

/// An answer together with the words typed into its boxes.
#[derive(Clone, Debug, PartialEq)]
pub struct Given {
    /// The answer.
    pub answer: Answer,
    /// The words of `[specify]` choices that were chosen.
    pub specified: BTreeMap<ChoiceId, String>,
}

/// An answer that cannot be taken: data only, worded by the server in the visitor's language.
#[derive(Clone, Debug, PartialEq)]
pub struct Refusal {
    /// Which question.
    pub question: QuestionId,
    /// The field to point at.
    pub field: String,
    /// Why.
    pub why: Why,
}

/// Why an answer cannot be taken.
#[derive(Clone, Debug, PartialEq)]
pub enum Why {
    /// It cannot be left empty.
    Needed,
    /// A code that was not offered.
    NotOffered,
    /// Too many were chosen.
    TooMany {
        /// At most so many.
        most: usize,
    },
    /// This choice excludes the others.
    OnlyAlone {
        /// The excluding choice.
        choice: ChoiceId,
    },
    /// The same choice stands at two places.
    RankedTwice {
        /// The choice.
        choice: ChoiceId,
    },
    /// Not a number, or with more decimals than are taken.
    NotANumber {
        /// Digits after the point that are taken.
        decimals: u8,
    },
    /// Outside the range.
    OutOfRange {
        /// The lowest taken.
        low: f64,
        /// The highest taken.
        high: f64,
    },
    /// Not a month of a year, or not a day.
    NotADate {
        /// Whether a day is asked, or a month.
        to_day: bool,
    },
    /// Before the first or after the last day taken.
    DateOutOfRange {
        /// The first taken, if there is one.
        first: Option<Date>,
        /// The last taken, if there is one.
        last: Option<Date>,
    },
    /// A `check` of the question objects.
    Check {
        /// The path of its words.
        path: String,
    },
    /// A `warn` of the question objects: said once, and the answer may be kept.
    Warn {
        /// The path of its words.
        path: String,
    },
    /// Not the beginning of a Canadian postal code.
    NotAnArea,
    /// Too many characters.
    TooLong {
        /// At most so many.
        most: usize,
    },
}

/// Longest text of a `[specify]` box, in characters.
pub const SPECIFY_LONGEST: usize = 120;

impl<'r> Raw<'r> {
    /// Every value of a field that is not blank, trimmed.
    pub fn all(self, field: &str) -> Vec<&'r str> {
        let values = self.0.iter().filter(|(name, _)| name == field);
        values.map(|(_, value)| value.trim()).filter(|value| !value.is_empty()).collect()
    }

    /// The first value of a field that is not blank, trimmed.
    pub fn one(self, field: &str) -> Option<&'r str> {
        self.all(field).into_iter().next()
    }
}

impl Question {
    /// Take what a form posted for this question.
    ///
    /// `before` are the answers that decide what was offered, calcs included; `today` bounds a year.
    ///
    /// # Errors
    /// A [`Refusal`] naming the field and the reason.
    pub fn accept(&self, raw: Raw<'_>, before: &Answers, today: Date) -> Result<Given, Refusal> {
        let answer = match &self.kind {
            Kind::Note | Kind::Calc { .. } | Kind::Computed { .. } => Answer::Missing(Missing::NotAsked),
            Kind::Grid { .. } => self.accept_rows(raw, before, today)?,
            Kind::Rank { top, .. } => self.accept_rank(raw, *top, before, today)?,
            Kind::Many { most, .. } => self.accept_many(raw, *most, before, today)?,
            _ => self.accept_value(raw, before, today)?,
        };
        if answer == Answer::Missing(Missing::NoAnswer) && self.is_needed() {
            return Err(self.refuse(self.id.as_str(), Why::Needed));
        }
        if let Some(rule) = self.objects(self.check.as_ref(), &answer, before, today) {
            return Err(self.refuse(self.id.as_str(), Why::Check { path: rule.words.path.clone() }));
        }
        let specified = self.accept_specified(raw, &answer)?;
        Ok(Given { answer, specified })
    }

    /// What a person should be asked once about an answer that can be taken; as a refusal, so that it is shown like
    /// one. The answer may be kept.
    pub fn warned(&self, answer: &Answer, before: &Answers, today: Date) -> Option<Refusal> {
        let rule = self.objects(self.warn.as_ref(), answer, before, today)?;
        Some(self.refuse(self.id.as_str(), Why::Warn { path: rule.words.path.clone() }))
    }

    /// A rule that does not hold for an answer; one that is unknown does not object.
    fn objects<'q>(
        &self,
        rule: Option<&'q Rule>,
        answer: &Answer,
        before: &Answers,
        today: Date,
    ) -> Option<&'q Rule> {
        let rule = rule?;
        let mut all = before.clone();
        all.given.insert(self.id.clone(), answer.clone());
        (rule.holds.holds(&all, today) == Truth::No).then_some(rule)
    }

    fn accept_value(&self, raw: Raw<'_>, before: &Answers, today: Date) -> Result<Answer, Refusal> {
        let field = self.id.as_str();
        let (said, values) = self.part(raw);
        let refuse = |why| self.refuse(field, why);
        let value = match (said, &values[..]) {
            (Some(missing), []) => return Ok(Answer::Missing(missing)),
            (Some(missing), _) => return Err(refuse(Why::OnlyAlone { choice: missing.code().into() })),
            (None, []) => return Ok(Answer::Missing(Missing::NoAnswer)),
            (None, [value]) => *value,
            (None, _) => return Err(refuse(Why::TooMany { most: 1 })),
        };
        let taken = match &self.kind {
            Kind::Number { low, high, decimals, .. } => {
                number(value, *low, *high, *decimals).map(Answer::Number)
            }
            Kind::Year { first, last } => year(value, *first, last.unwrap_or(today.year())).map(Answer::Year),
            Kind::Date { first, last, to_day } => {
                let last = last.map(|last| last.on(today));
                date(value, *first, last, *to_day).map(Answer::Date)
            }
            Kind::Fsa => area(value).map(Answer::Area),
            Kind::Text { most } => text(value, *most).map(Answer::Words),
            _ => offered(value, &self.offered(before, today)).map(Answer::One),
        };
        taken.map_err(refuse)
    }

    /// The missing answer said in the field of the question, and its other values, each once.
    fn part<'r>(&self, raw: Raw<'r>) -> (Option<Missing>, Vec<&'r str>) {
        let mut said = None;
        let mut values = Vec::new();
        for value in raw.all(self.id.as_str()) {
            match self.said_missing(Some(value)) {
                Some(missing) => said = said.or(Some(missing)),
                None if values.contains(&value) => {}
                None => values.push(value),
            }
        }
        (said, values)
    }

    fn accept_many(
        &self,
        raw: Raw<'_>,
        most: Option<usize>,
        before: &Answers,
        today: Date,
    ) -> Result<Answer, Refusal> {
        let refuse = |why| self.refuse(self.id.as_str(), why);
        let (said, values) = self.part(raw);
        let choices = self.offered(before, today);
        let codes: Result<BTreeSet<ChoiceId>, Why> =
            values.iter().map(|value| offered(value, &choices)).collect();
        let codes = codes.map_err(refuse)?;
        if let (Some(missing), false) = (said, codes.is_empty()) {
            return Err(refuse(Why::OnlyAlone { choice: missing.code().into() }));
        }
        if let Some(only) = choices.iter().find(|choice| choice.only && codes.contains(&choice.id))
            && codes.len() > 1
        {
            return Err(refuse(Why::OnlyAlone { choice: only.id.clone() }));
        }
        match most {
            Some(most) if codes.len() > most => Err(refuse(Why::TooMany { most })),
            _ if codes.is_empty() => Ok(Answer::Missing(said.unwrap_or(Missing::NoAnswer))),
            _ => Ok(Answer::Many(codes)),
        }
    }

    fn accept_rank(
        &self,
        raw: Raw<'_>,
        top: usize,
        before: &Answers,
        today: Date,
    ) -> Result<Answer, Refusal> {
        let choices = self.offered(before, today);
        let mut said = self.said_missing(raw.one(self.id.as_str()));
        let mut ranked: Vec<ChoiceId> = Vec::new();
        for place in 1..=top {
            let field = format!("{}.{place}", self.id);
            let Some(value) = raw.one(&field) else { continue };
            if let Some(missing) = self.said_missing(Some(value)) {
                said = said.or(Some(missing));
                continue;
            }
            let code = offered(value, &choices).map_err(|why| self.refuse(&field, why))?;
            if ranked.contains(&code) {
                return Err(self.refuse(&field, Why::RankedTwice { choice: code }));
            }
            ranked.push(code);
        }
        match (ranked.is_empty(), said) {
            (true, said) => Ok(Answer::Missing(said.unwrap_or(Missing::NoAnswer))),
            (false, None) => Ok(Answer::Ranked(ranked)),
            (false, Some(missing)) => {
                Err(self.refuse(self.id.as_str(), Why::OnlyAlone { choice: missing.code().into() }))
            }
        }
    }

    fn accept_rows(&self, raw: Raw<'_>, before: &Answers, today: Date) -> Result<Answer, Refusal> {
        let choices = self.offered(before, today);
        let mut rows: BTreeMap<RowId, Answer> = BTreeMap::new();
        for row in self.offered_rows(before, today) {
            let field = format!("{}.{}", self.id, row.id);
            let answer = match raw.one(&field) {
                None => Answer::Missing(Missing::NoAnswer),
                Some(value) => match self.said_missing(Some(value)) {
                    Some(missing) => Answer::Missing(missing),
                    None => Answer::One(offered(value, &choices).map_err(|why| self.refuse(&field, why))?),
                },
            };
            rows.insert(row.id.clone(), answer);
        }
        let blank = rows.values().all(|answer| *answer == Answer::Missing(Missing::NoAnswer));
        Ok(if blank { Answer::Missing(Missing::NoAnswer) } else { Answer::Rows(rows) })
    }

    fn accept_specified(&self, raw: Raw<'_>, answer: &Answer) -> Result<BTreeMap<ChoiceId, String>, Refusal> {
        let mut specified = BTreeMap::new();
        for code in answer.codes() {
            let field = format!("{}.{code}.words", self.id);
            let boxed = self.choice(code.as_str()).is_some_and(|choice| choice.specify);
            if let (true, Some(words)) = (boxed, raw.one(&field)) {
                let words = text(words, SPECIFY_LONGEST).map_err(|why| self.refuse(&field, why))?;
                specified.insert(code.clone(), words);
            }
        }
        Ok(specified)
    }

    fn said_missing(&self, value: Option<&str>) -> Option<Missing> {
        value.and_then(Missing::of_code).filter(|missing| self.allow.contains(missing))
    }

    fn refuse(&self, field: &str, why: Why) -> Refusal {
        Refusal { question: self.id.clone(), field: field.to_owned(), why }
    }
}

fn offered(value: &str, choices: &[&Choice]) -> Result<ChoiceId, Why> {
    choices
        .iter()
        .find(|choice| choice.id.as_str() == value)
        .map(|choice| choice.id.clone())
        .ok_or(Why::NotOffered)
}

fn number(value: &str, low: f64, high: f64, decimals: u8) -> Result<f64, Why> {
    // The Arabic marks are unmistakable: one parts thousands, the other is a decimal point.
    let folded = fold_digits(value).replace('\u{66c}', "").replace(['\u{66b}', ','], ".");
    let after_point = folded.split_once('.').map_or(0, |(_, after)| after.len());
    let plain = folded.chars().all(|each| each.is_ascii_digit() || matches!(each, '.' | '-'));
    let number = folded.parse::<f64>().ok().filter(|_| plain && after_point <= usize::from(decimals));
    let number = number.ok_or(Why::NotANumber { decimals })?;
    // Adding 0 turns the -0 somebody may type into 0.
    if (low..=high).contains(&number) { Ok(number + 0.0) } else { Err(Why::OutOfRange { low, high }) }
}

fn year(value: &str, first: i16, last: i16) -> Result<i16, Why> {
    let year: i64 = fold_digits(value).parse().map_err(|_| Why::NotANumber { decimals: 0 })?;
    i16::try_from(year)
        .ok()
        .filter(|year| (first..=last).contains(year))
        .ok_or(Why::OutOfRange { low: f64::from(first), high: f64::from(last) })
}

/// A day or a month, year first, its parts parted by `-`, `/`, `.` or a blank.
fn date(value: &str, first: Option<Date>, last: Option<Date>, to_day: bool) -> Result<Date, Why> {
    let folded = fold_digits(value);
    let parts: Vec<&str> = folded.split(['-', '/', '.', ' ']).filter(|part| !part.is_empty()).collect();
    let number = |part: &str| part.parse::<i8>().ok().filter(|_| part.len() <= 2);
    let read = || {
        let (year, month, day) = match parts[..] {
            [year, month, day] if to_day => (year, number(month)?, number(day)?),
            // The field may hold the first day of the month, as it is kept.
            [year, month] | [year, month, "01"] if !to_day => (year, number(month)?, 1),
            _ => return None,
        };
        let year = year.parse().ok().filter(|_| year.len() == 4)?;
        Date::new(year, month, day).ok()
    };
    let date = read().ok_or(Why::NotADate { to_day })?;
    // A month is taken if any day of it is.
    let ends = if to_day { date } else { date.last_of_month() };
    let fits = first.is_none_or(|first| ends >= first) && last.is_none_or(|last| date <= last);
    if fits { Ok(date) } else { Err(Why::DateOutOfRange { first, last }) }
}

/// Letters that stand in Canadian postal codes but never first, and letters that stand in none.
const NEVER_FIRST: &str = "WZ";
const NEVER: &str = "DFIOQU";

fn area(value: &str) -> Result<String, Why> {
    let apart = |each: &char| !each.is_whitespace() && *each != '-';
    let typed = fold_digits(value).to_ascii_uppercase();
    let typed: Vec<char> = typed.chars().filter(apart).collect();
    let fits = match typed[..] {
        [_, _, _] => is_area(&typed),
        [.., four, five, six] if typed.len() == 6 => {
            is_area(&typed[..3]) && four.is_ascii_digit() && is_letter(five) && six.is_ascii_digit()
        }
        _ => false,
    };
    if fits { Ok(typed.into_iter().take(3).collect()) } else { Err(Why::NotAnArea) }
}

fn is_area(typed: &[char]) -> bool {
    matches!(typed, [first, digit, last]
        if is_letter(*first) && !NEVER_FIRST.contains(*first) && digit.is_ascii_digit() && is_letter(*last))
}

fn is_letter(each: char) -> bool {
    each.is_ascii_uppercase() && !NEVER.contains(each)
}

/// Browsers count a new line as one character and send it as two.
fn text(value: &str, most: usize) -> Result<String, Why> {
    let text = value.replace("\r\n", "\n");
    if text.chars().count() > most { Err(Why::TooLong { most }) } else { Ok(text) }
}

/// Decimal digits of other scripts, where a zero begins a run of ten.
const ZEROS: &[char] =
    &['٠', '۰', '߀', '०', '০', '੦', '૦', '୦', '௦', '౦', '೦', '൦', '๐', '໐', '༠', '၀', '០', '０'];

/// Any decimal digit of the scripts our languages use, as an ASCII digit.
fn fold_digits(value: &str) -> String {
    value.chars().map(folded).collect()
}

/// A decimal digit as an ASCII digit; any other character as it is.
pub(crate) fn folded(each: char) -> char {
    match each.is_ascii() {
        true => each,
        false => ZEROS.iter().find_map(|zero| digit(each, *zero)).unwrap_or(each),
    }
}

fn digit(each: char, zero: char) -> Option<char> {
    let above = (each as u32).checked_sub(zero as u32)?;
    char::from_digit(above, 10)
}

//! What stands in the fields of a screen: what was typed, or what was answered before.

use std::collections::BTreeMap;

use survey::{Answer, Answers, Question, Row};

/// The name and value of fields, as a form posts them.
pub(crate) type Pairs = Vec<(String, String)>;

/// What stands in each field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Filled(BTreeMap<String, Vec<String>>);

impl Filled {
    /// What was typed into the fields of these questions; blanks and control fields left out.
    pub(crate) fn of_pairs(pairs: &[(String, String)], questions: &[&Question]) -> Filled {
        let mut filled = Filled::default();
        for (name, value) in pairs {
            let owner = name.split('.').next().unwrap_or_default();
            let is_ours = questions.iter().any(|question| question.id.as_str() == owner);
            if is_ours && !value.trim().is_empty() {
                filled.put(name.clone(), value.clone());
            }
        }
        filled
    }

    /// What was answered before.
    pub(crate) fn of_answers(answers: &Answers, questions: &[&Question]) -> Filled {
        let mut filled = Filled::default();
        for question in questions {
            if let Some(answer) = answers.get(&question.id) {
                filled.put_answer(question.id.as_str(), answer);
            }
            for ((_, code), words) in answers.specified.iter().filter(|((of, _), _)| *of == question.id) {
                filled.put(format!("{}.{code}.words", question.id), words.clone());
            }
        }
        filled
    }

    /// The pairs a form with these fields would post.
    pub(crate) fn pairs(&self) -> Pairs {
        let each = |(name, values): (&String, &Vec<String>)| {
            values.iter().map(|value| (name.clone(), value.clone())).collect::<Vec<_>>()
        };
        self.0.iter().flat_map(each).collect()
    }

    /// The value of a field, empty where nothing stands.
    pub(crate) fn value(&self, field: &str) -> &str {
        self.0.get(field).and_then(|values| values.first()).map_or("", String::as_str)
    }

    /// Whether a field holds this code.
    pub(crate) fn holds(&self, field: &str, code: &str) -> bool {
        self.0.get(field).is_some_and(|values| values.iter().any(|value| value == code))
    }

    /// Whether anything stands in a field of this question.
    pub(crate) fn touches(&self, question: &Question) -> bool {
        self.0.keys().any(|name| belongs(name, question))
    }

    /// These fields, and those of `other` for questions left wholly blank here.
    pub(crate) fn or_else(mut self, other: &Filled, questions: &[&Question]) -> Filled {
        for question in questions {
            if !self.touches(question) {
                let theirs = other.0.iter().filter(|(name, _)| belongs(name, question));
                self.0.extend(theirs.map(|(name, values)| (name.clone(), values.clone())));
            }
        }
        self
    }

    /// These fields without those of some questions.
    pub(crate) fn without(mut self, of: impl Fn(&Question) -> bool, questions: &[&Question]) -> Filled {
        for question in questions.iter().filter(|question| of(question)) {
            self.0.retain(|name, _| !belongs(name, question));
        }
        self
    }

    /// Whether the fields of a question differ.
    pub(crate) fn differs(&self, other: &Filled, question: &Question) -> bool {
        let fields = |filled: &Filled| -> BTreeMap<String, std::collections::BTreeSet<String>> {
            let ours = filled.0.iter().filter(|(name, _)| belongs(name, question));
            ours.map(|(name, values)| (name.clone(), values.iter().cloned().collect())).collect()
        };
        fields(self) != fields(other)
    }

    fn put(&mut self, field: String, value: String) {
        self.0.entry(field).or_default().push(value);
    }

    fn put_answer(&mut self, field: &str, answer: &Answer) {
        match answer {
            Answer::One(code) => self.put(field.to_owned(), code.to_string()),
            Answer::Many(codes) => codes.iter().for_each(|code| self.put(field.to_owned(), code.to_string())),
            Answer::Ranked(codes) => {
                for (place, code) in codes.iter().enumerate() {
                    self.put(format!("{field}.{}", place + 1), code.to_string());
                }
            }
            Answer::Rows(rows) => {
                for (row, answer) in rows {
                    self.put_answer(&format!("{field}.{row}"), answer);
                }
            }
            Answer::Number(number) => self.put(field.to_owned(), number.to_string()),
            Answer::Year(year) => self.put(field.to_owned(), year.to_string()),
            Answer::Date(day) => self.put(field.to_owned(), day.to_string()),
            Answer::Words(words) | Answer::Area(words) => self.put(field.to_owned(), words.clone()),
            Answer::Missing(missing) if missing.can_be_said() => {
                self.put(field.to_owned(), missing.code().to_owned());
            }
            Answer::Missing(_) => {}
        }
    }
}

/// The field of a row of a grid.
pub(crate) fn row_field(question: &Question, row: &Row) -> String {
    format!("{}.{}", question.id, row.id)
}

fn belongs(field: &str, question: &Question) -> bool {
    field.split('.').next() == Some(question.id.as_str())
}

//! Prose with its inserts spoken, or the sentence that stands in for it.

use estimates::{Cell, Contrast, Number, Shown, Verdict};
use notation::Finding;
use survey::{ChoiceId, QuestionId};

use super::Composer;
use crate::{
    definition::{Counted, Measure, Prose, Share, Span},
    insert::{Insert, Verb},
    tongue::capital,
};

/// What became of a paragraph.
pub(crate) enum Said {
    /// Every insert had its number.
    All(String),
    /// A number is withheld: a whole sentence instead, and a finding for the author.
    Withheld(String, Option<Finding>),
}

impl Composer<'_> {
    /// Speak a paragraph; `markdown` says whether what is put in must be kept from being read as Markdown.
    pub(crate) fn speak(&self, prose: &Prose, markdown: bool) -> Said {
        let mut out = String::new();
        for span in prose.spans(&self.tongue.language) {
            match span {
                Span::Words(words) => out.push_str(words),
                Span::Insert(insert) => match self.insert(insert).or_else(|| insert.otherwise.clone()) {
                    Some(words) => {
                        let words = if begins_sentence(&out) { capital(&words) } else { words };
                        out.push_str(&if markdown { plain(&words) } else { words });
                    }
                    None => return self.gives_way(prose, insert),
                },
            }
        }
        Said::All(out)
    }

    fn gives_way(&self, prose: &Prose, insert: &Insert) -> Said {
        let language = &self.tongue.language;
        let place = if *language == self.survey.source {
            String::new()
        } else {
            format!("in {}, ", language.english_name())
        };
        let says = format!("{place}this gives way: `{{{}}}` is withheld", insert.written);
        let finding = Finding::warning("R050", prose.at.clone(), says);
        let finding =
            finding.remedy("give the text a condition and an `else`, or the insert words after `|`");
        Said::Withheld(self.instead(insert), Some(finding))
    }

    /// The built-in sentence.
    fn instead(&self, insert: &Insert) -> String {
        match &insert.verb {
            Verb::Percent(measure) | Verb::Range(measure) | Verb::About(measure) => self.no_figure(measure),
            Verb::Compare { share, by, .. } => {
                let label = self.tongue.quoted(&self.share_label(share));
                let group = self.tongue.running(&self.label_of(by));
                self.tongue.fill("withheld.compare", &[("label", &label), ("group", &group)])
            }
            _ => self.tongue.say("withheld.any").to_owned(),
        }
    }

    /// The words of an insert; `None` where its number is withheld.
    fn insert(&self, insert: &Insert) -> Option<String> {
        match &insert.verb {
            Verb::Percent(measure) => Some(self.percent(self.cell(measure)?.shown()?)),
            Verb::Range(measure) => {
                let shown = self.cell(measure)?.shown()?;
                Some(format!("{} {}", self.range_name(), self.tongue.range(shown.low, shown.high)))
            }
            Verb::Respondents(question) => Some(self.tongue.base(self.shares(question, None)?.base)),
            Verb::About(measure) => self.about(measure, insert),
            Verb::Compare { share, by, pair } => self.compare(share, by, pair.as_ref()),
            Verb::Rank { question, from, to } => self.rank(question, *from, *to),
            Verb::Label(share) => Some(self.share_label(share)),
            Verb::Figure(name) => {
                let number = self.figures.iter().position(|figure| figure == name)? + 1;
                Some(self.tongue.fill("page.figure_running", &[("n", &number.to_string())]))
            }
            Verb::People => Some(self.report.people.text(&self.tongue.language).to_owned()),
        }
    }

    /// `16% (E)`.
    fn percent(&self, shown: &Shown) -> String {
        let words = self.tongue.share(shown.value);
        match shown.letter {
            Some(letter) => format!("{words} ({letter})"),
            None => words,
        }
    }

    /// `about six in ten newcomers`.
    fn about(&self, measure: &Measure, insert: &Insert) -> Option<String> {
        let shown = self.cell(measure)?.shown()?;
        let (one, many) = insert.noun.as_ref()?;
        let words = match fraction(shown.value, one.is_some() || self.tongue.language.tag() == "en") {
            Some((5, 10)) => self.tongue.fill("about.half", &[("noun", many)]),
            Some((1, out_of)) => {
                let noun = one.as_deref().unwrap_or(many);
                self.tongue.fill("about.one", &[("out_of", self.count_word(out_of)), ("noun", noun)])
            }
            Some((parts, out_of)) => {
                let (parts, out_of) = (self.count_word(parts), self.count_word(out_of));
                self.tongue.fill("about.some", &[("parts", parts), ("out_of", out_of), ("noun", many)])
            }
            None => self
                .tongue
                .fill("about.percent", &[("share", &self.tongue.share(shown.value)), ("noun", many)]),
        };
        Some(match shown.letter {
            Some(letter) => format!("{words} ({letter})"),
            None => words,
        })
    }

    fn count_word(&self, count: i64) -> &'static str {
        self.tongue.say(&format!("count.{count}"))
    }

    /// The choices named most often, from one place to another; those whose ranges meet stand together, and that their
    /// order is not clear is said.
    fn rank(&self, question: &QuestionId, from: usize, to: usize) -> Option<String> {
        let table = self.shares(question, None)?;
        let rows = self.by_size(table, question);
        let shown: Vec<_> = rows.iter().filter_map(|row| Some((row, row.cells.first()?.shown()?))).collect();
        shown.get(from - 1..to)?;
        let overlap = |place: usize| {
            let next = shown.get(place + 1);
            next.is_some_and(|next| next.1.high.value() >= shown[place].1.low.value())
        };
        let mut ranks = Vec::new();
        let mut start = from - 1;
        for place in from - 1..to {
            if !overlap(place) || place + 1 == to {
                let labels = shown[start..=place]
                    .iter()
                    .map(|(row, _)| self.tongue.running(&self.choice_label(question, &row.choice)));
                let list = self.tongue.list(&labels.collect::<Vec<_>>());
                let unclear = place > start || overlap(place);
                ranks.push(if unclear {
                    format!("{list} {}", self.tongue.say("rank.unclear"))
                } else {
                    list
                });
                start = place + 1;
            }
        }
        Some(ranks.join(self.tongue.say("rank.then")))
    }

    /// What may be said of two groups.
    fn compare(&self, share: &Share, by: &QuestionId, pair: Option<&(ChoiceId, ChoiceId)>) -> Option<String> {
        let Counted::Choice(choice) = &share.of else { return None };
        let table = self.shares(&share.question, Some(by))?;
        let here = |each: &&Contrast| each.row == share.row && each.choice == *choice;
        let wanted = |each: &&Contrast| pair.is_none_or(|pair| is_between(each, pair));
        let tested = table.contrasts.iter().filter(here).filter(wanted);
        let (contrast, shown) = tested
            .filter_map(|each| Some((each, each.difference.shown()?)))
            .filter(|(each, _)| each.verdict != Verdict::NotTestable)
            .max_by(|one, other| strength(one).total_cmp(&strength(other)))?;
        let group = |code: &ChoiceId| self.tongue.quoted(&self.choice_label(by, code));
        let value = |code: &ChoiceId| {
            let row = share.row.as_ref().map(survey::RowId::as_str);
            table
                .cell(row, choice.as_str(), Some(code.as_str()))
                .and_then(Cell::shown)
                .map(|shown| self.lettered(shown))
        };
        let (high, low) = match contrast.verdict {
            Verdict::Higher => (&contrast.a, &contrast.b),
            Verdict::Lower => (&contrast.b, &contrast.a),
            _ => return Some(self.not_clear(by, contrast, shown)),
        };
        let (points, from, to) = distance(shown);
        Some(self.tongue.fill(
            "compare.clear",
            &[
                ("high", &group(high)),
                ("high_share", &value(high)?),
                ("low", &group(low)),
                ("low_share", &value(low)?),
                ("points", &self.tongue.bare(points)),
                ("from", &self.tongue.bare(from)),
                ("to", &self.tongue.bare(to)),
            ],
        ))
    }

    fn not_clear(&self, by: &QuestionId, contrast: &Contrast, shown: &Shown) -> String {
        let label = |code: &ChoiceId| self.tongue.quoted(&self.choice_label(by, code));
        self.tongue.fill(
            "compare.unclear",
            &[
                ("group", &self.tongue.running(&self.label_of(by))),
                ("a", &label(&contrast.a)),
                ("b", &label(&contrast.b)),
                ("low", &self.side(shown.low)),
                ("high", &self.side(shown.high)),
            ],
        )
    }

    /// `4 points lower`.
    fn side(&self, difference: Number) -> String {
        let path = if difference.units < 0 { "compare.lower" } else { "compare.higher" };
        let size = Number { units: difference.units.abs(), ..difference };
        self.tongue.fill(path, &[("points", &self.tongue.bare(size))])
    }
}

/// A clear difference before one that is not, then the larger.
fn strength((contrast, shown): &(&Contrast, &Shown)) -> f64 {
    let clear = matches!(contrast.verdict, Verdict::Higher | Verdict::Lower);
    shown.value.value().abs() + if clear { 10.0 } else { 0.0 }
}

fn is_between(contrast: &Contrast, (one, other): &(ChoiceId, ChoiceId)) -> bool {
    (contrast.a == *one && contrast.b == *other) || (contrast.a == *other && contrast.b == *one)
}

/// A difference and its range without their sign.
pub(crate) fn distance(shown: &Shown) -> (Number, Number, Number) {
    let size = |number: Number| Number { units: number.units.abs(), ..number };
    if shown.value.units < 0 {
        (size(shown.value), size(shown.high), size(shown.low))
    } else {
        (shown.value, shown.low, shown.high)
    }
}

/// The fraction within 3 points of a share: a tenth first, then sixths, fifths, quarters and thirds where nearer.
///
/// Fractions of one part want a noun for one, which not every language makes from the noun for many.
fn fraction(share: Number, singular: bool) -> Option<(i64, i64)> {
    const KNOWN: [(i64, i64); 13] = [
        (1, 10),
        (1, 5),
        (3, 10),
        (4, 10),
        (5, 10),
        (6, 10),
        (7, 10),
        (8, 10),
        (9, 10),
        (1, 6),
        (1, 4),
        (1, 3),
        (2, 3),
    ];
    let percent = share.value() * 100.0;
    let away = |(parts, out_of): (i64, i64)| {
        let hundred = Number { units: parts * 10_000 / out_of, places: 2 };
        (percent - hundred.value()).abs()
    };
    let quarter = [(3, 4)];
    KNOWN
        .into_iter()
        .chain(quarter)
        .filter(|(parts, _)| *parts > 1 || singular)
        .filter(|known| away(*known) <= 3.0)
        .min_by(|one, other| away(*one).total_cmp(&away(*other)))
}

/// Whether what follows begins a sentence.
fn begins_sentence(before: &str) -> bool {
    let before = before.trim_end_matches([' ', '*', '(', '\n']);
    before.is_empty() || before.ends_with(['.', '!', '?', ':']) && !before.ends_with(':')
}

/// Kept from being read as Markdown.
fn plain(words: &str) -> String {
    words.chars().fold(String::new(), |mut out, letter| {
        if matches!(letter, '*' | '_' | '`' | '[' | ']' | '<' | '\\') {
            out.push('\\');
        }
        out.push(letter);
        out
    })
}

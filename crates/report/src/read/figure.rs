//! `figure NAME KIND ..` and its lines.

use notation::{Finding, Item as Lines, Line};
use survey::{Kind as Asked, Question};

use super::{Reader, place_in};
use crate::{
    definition::{FigureWish, Item, Kind, Order},
    scope::{Token, tokens},
};

const KINDS: [&str; 5] = ["ranked", "likert", "dumbbell", "profile", "table"];
const LINES: [&str; 6] = ["title", "note", "top", "order", "layout", "when"];

impl Reader<'_> {
    pub(super) fn figure(&mut self, item: &Lines<'_>) {
        let (written, at) = (item.head.rest.written(), place_in(&item.head.rest));
        let words = tokens(&written);
        let [name, kind, rest @ ..] = &words[..] else {
            return self.shape(&item.head, "figure NAME  KIND QUESTION");
        };
        if !self.is_new("figure", name.text, at(name.range.clone())) {
            return;
        }
        let Some(kind) = self.kind(&item.head, kind, rest) else { return };
        let mut wish = FigureWish {
            name: name.text.to_owned(),
            at: at(name.range.clone()),
            order: if matches!(kind, Kind::Likert(_) | Kind::Profile(_)) { Order::Form } else { Order::Size },
            kind,
            title: None,
            note: None,
            top: None,
            when: None,
        };
        for line in &item.body {
            self.figure_line(&mut wish, line);
        }
        self.put(&item.head, Item::Figure(Box::new(wish)));
    }

    fn figure_line(&mut self, wish: &mut FigureWish, line: &Line<'_>) {
        let path = format!("figure.{}", wish.name);
        let text = line.rest.text();
        match line.word {
            "title" => {
                if length(&text) > 90 {
                    let finding =
                        Finding::warning("R060", line.rest.place(), "this title is over 90 characters");
                    self.findings.push(finding.remedy("say the one thing the figure shows"));
                }
                wish.title = Some(self.prose(&format!("{path}.title"), &line.rest));
            }
            "note" => wish.note = Some(self.prose(&format!("{path}.note"), &line.rest)),
            "when" => wish.when = self.condition(&line.written),
            "top" => match text.parse() {
                Ok(top) if top > 0 => wish.top = Some(top),
                _ => self.value(line, "a number of rows"),
            },
            "order" => match text.as_str() {
                "size" => wish.order = Order::Size,
                "form" => wish.order = Order::Form,
                _ => self.value(line, "`size` or `form`"),
            },
            "layout" if text == "stacked" => {}
            "layout" => self.value(line, "`stacked`"),
            other => self.unknown(line, other, &LINES),
        }
    }

    fn value(&mut self, line: &Line<'_>, wanted: &str) {
        let says = format!("`{}` takes {wanted}", line.word);
        self.findings.push(Finding::error("R008", line.rest.place(), says));
    }

    fn kind(&mut self, head: &Line<'_>, kind: &Token<'_>, rest: &[Token<'_>]) -> Option<Kind> {
        let at = place_in(&head.rest);
        if !KINDS.contains(&kind.text) {
            let near = notation::near(kind.text, KINDS);
            let finding = Finding::error(
                "R009",
                at(kind.range.clone()),
                format!("`{}` is not a kind of figure", kind.text),
            );
            let remedy = format!("the kinds are {}", KINDS.join(", "));
            self.findings.push(if near.is_some() { finding.perhaps(near) } else { finding.remedy(remedy) });
            return None;
        }
        let Some(first) = rest.first() else {
            self.shape(head, &format!("figure NAME  {} QUESTION", kind.text));
            return None;
        };
        match kind.text {
            "profile" => return self.profile(head, rest),
            "dumbbell" => return self.dumbbell(head, rest),
            _ => {}
        }
        let question = self.scope.question(first, &at, &mut self.findings)?;
        if question.choices().is_empty() {
            let says = format!("`{}` has no choices to count", question.id);
            self.findings.push(Finding::error("R013", at(first.range.clone()), says));
            return None;
        }
        let id = question.id.clone();
        match kind.text {
            "likert" => {
                let whole = is_scale(question) || self.unordered(question, at(first.range.clone()));
                whole.then_some(Kind::Likert(id))
            }
            "table" => {
                let by = match rest.get(1..) {
                    Some([by, group, ..]) if by.text == "by" => {
                        Some(self.scope.groups(group, &at, &mut self.findings)?)
                    }
                    _ => None,
                };
                Some(Kind::Table { question: id, by })
            }
            _ => Some(Kind::Ranked(id)),
        }
    }

    fn unordered(&mut self, question: &Question, place: notation::Place) -> bool {
        let says = format!("the choices of `{}` are no scale", question.id);
        let finding = Finding::error("R026", place, says);
        self.findings.push(finding.remedy("say `ordered` where they are asked, or draw it `ranked`"));
        false
    }

    fn profile(&mut self, head: &Line<'_>, rest: &[Token<'_>]) -> Option<Kind> {
        let at = place_in(&head.rest);
        let mut questions = Vec::new();
        for token in rest.iter().filter(|token| token.text != ",") {
            let question = self.scope.question(token, &at, &mut self.findings)?;
            if question.margin.is_none() {
                let says = format!("`{}` has no population table", question.id);
                let finding = Finding::error("R025", at(token.range.clone()), says);
                self.findings.push(finding.remedy("give the question a `margin`, or use `table`"));
                return None;
            }
            questions.push(question.id.clone());
        }
        Some(Kind::Profile(questions))
    }

    fn dumbbell(&mut self, head: &Line<'_>, rest: &[Token<'_>]) -> Option<Kind> {
        let at = place_in(&head.rest);
        let [question, by, group, pair @ ..] = rest else {
            self.shape(head, "figure NAME  dumbbell QUESTION by GROUP (one, other)");
            return None;
        };
        let question = self.scope.question(question, &at, &mut self.findings)?.id.clone();
        if by.text != "by" {
            self.shape(head, "figure NAME  dumbbell QUESTION by GROUP (one, other)");
            return None;
        }
        let by = self.scope.groups(group, &at, &mut self.findings)?;
        let (pair, _) = self.scope.pair(pair, &by, &at, &mut self.findings);
        Some(Kind::Dumbbell { question, by, pair: pair? })
    }
}

/// A grid, or a question whose choices have an order.
fn is_scale(question: &Question) -> bool {
    match &question.kind {
        Asked::Grid { .. } => true,
        Asked::One { ordered, .. } => *ordered,
        _ => false,
    }
}

/// The letters of a title, an insert counted as a number and a few words.
fn length(title: &str) -> usize {
    let mut within = false;
    title.chars().fold(0, |letters, each| {
        within = each == '{' || within && each != '}';
        letters + if each == '{' { 12 } else { usize::from(!within && each != '}') }
    })
}

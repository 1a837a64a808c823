//! What everybody's weight rests on before margins: the design, base weights, classes of who did not finish, bounds.

use notation::{Piece, Place};
use survey::{Kind, Question};

use super::{Base, Frame, ResponseClass, check, line::Reader};

impl Reader<'_> {
    pub(super) fn design(&mut self, design: Piece<'_>, rest: &[Piece<'_>]) {
        match (self.word(design, &["nonprobability", "probability"]), rest) {
            (Some("probability"), [frame, name, selection, how, response, rate])
                if [frame.text, selection.text, response.text] == ["frame", "selection", "response"] =>
            {
                let Some(rate_number) = self.number(*rate) else { return };
                if !(1..=100).contains(&rate_number) {
                    let says = "a response rate is between 1 and 100 per cent";
                    return self.error(
                        "E012",
                        rate.place(&self.file),
                        says,
                        "count who was drawn and who answered",
                    );
                }
                let (name, selection) = (name.text.to_owned(), how.text.to_owned());
                self.recipe.frame = Some(Frame { name, selection, response: rate_number });
                self.recipe.policy.nonprobability = false;
            }
            (Some("probability"), _) => {
                let says = "a margin of error is for people drawn from a list with a known chance: a probability \
                            design names its frame, selection and response rate";
                let remedy = "write `design nonprobability` where people chose to answer, or `design probability  frame \
                              LIST  selection random  response 31`";
                self.error("E008", design.place(&self.file), says, remedy);
            }
            (Some(_), []) | (None, _) => {}
            (Some(_), [more, ..]) => {
                let says = "nothing follows `design nonprobability`";
                self.error("E003", more.place(&self.file), says, "write `design nonprobability` alone");
            }
        }
    }

    pub(super) fn base(&mut self, kind: Piece<'_>, rest: &[Piece<'_>], place: Place) {
        let known = ["equal", "quota", "visits", "referral"];
        let Some(kind) = self.word(kind, &known) else { return };
        self.recipe.base = match (kind, rest) {
            ("equal", []) => Base::Equal,
            ("quota", [question]) => {
                let Some(found) = self.question(*question) else { return };
                if check::margin(self.survey, &found.id).is_none() {
                    let says = format!(
                        "`{}` has no `margin`, so nobody knows how many each quota stands for",
                        found.id
                    );
                    let remedy = "give it a line `margin PATH`, or write `base equal`";
                    return self.error("E015", question.place(&self.file), says, remedy);
                }
                Base::Quota(found.id.clone())
            }
            ("visits", [often, venue, place]) if venue.text == "venue" => {
                let Some(often) = self.counted(*often) else { return };
                let Some(venue) = self.grouped(*place) else { return };
                Base::Visits { often, venue }
            }
            ("referral", [degree]) => {
                let Some(degree) = self.counted(*degree) else { return };
                Base::Referral(degree)
            }
            _ => {
                let says = "this `base` line is not complete";
                let remedy = "write `base equal`, `base quota QUESTION`, `base visits QUESTION  venue QUESTION`, or `base \
                              referral QUESTION`";
                return self.error("E003", place, says, remedy);
            }
        };
    }

    pub(super) fn nonresponse(&mut self, class: Piece<'_>) {
        self.recipe.nonresponse = match class.text {
            "language" => Some(ResponseClass::Language),
            "form" => Some(ResponseClass::Form),
            _ => self.grouped(class).map(ResponseClass::Question),
        };
    }

    pub(super) fn bounds(&mut self, range: Piece<'_>) {
        let says = "raking changes each weight by a factor, and its bounds lie on both sides of 1";
        self.recipe.bounds = self.around_one(range, says);
    }

    /// A question whose answer is a number.
    fn counted(&mut self, piece: Piece<'_>) -> Option<survey::QuestionId> {
        let is_number =
            |question: &Question| matches!(question.kind, Kind::Number { .. } | Kind::Computed { .. });
        self.of_kind(piece, is_number, "is no number", "name a `number` that says how often, or how many")
    }

    /// A question of one choice each.
    fn grouped(&mut self, piece: Piece<'_>) -> Option<survey::QuestionId> {
        let is_one = |question: &Question| matches!(question.kind, Kind::One { .. } | Kind::Calc { .. });
        self.of_kind(piece, is_one, "is not one choice each", "name a question of one choice each")
    }

    fn of_kind(
        &mut self,
        piece: Piece<'_>,
        fits: fn(&Question) -> bool,
        says: &str,
        remedy: &str,
    ) -> Option<survey::QuestionId> {
        let found = self.question(piece)?;
        if fits(found) {
            return Some(found.id.clone());
        }
        self.error("E015", piece.place(&self.file), format!("`{}` {says}", found.id), remedy);
        None
    }
}

/// E016: what cannot be done together, or has nothing to do.
pub(super) fn check(reader: &mut Reader<'_>) {
    let recipe = &reader.recipe;
    let (word, says) = if recipe.nonresponse.is_some() && recipe.bootstrap.is_some() {
        let says = "a bootstrap would have to draw those who did not finish too, and nothing is known of most of them";
        ("bootstrap", says)
    } else if recipe.frame.is_some() && matches!(recipe.base, Base::Referral(_) | Base::Quota(_)) {
        ("base", "people found by quota or by each other were not drawn from a list")
    } else {
        return;
    };
    if let Some(at) = reader.line_of(word) {
        reader.error("E016", at, says, "leave one of the two lines out");
    }
}

//! Grids: one markup, a list of groups on a phone and a table where there is room.

use maud::{Markup, html};
use survey::{Choice, Missing, Row};

use crate::{
    filled::row_field,
    views::{
        choices::offered_missing,
        question::{Asked, before_fields, wording},
        refusal::{described_by, field_id, missing_words},
    },
};

/// A grid. The roles are written out because a browser forgets them when the table is laid out as a list.
pub(crate) fn grid(asked: &Asked<'_>) -> Markup {
    let question = asked.question;
    let columns = columns(asked);
    html! {
        fieldset aria-describedby=[described_by(question, asked.drawn.refusals)] {
            legend { (wording(asked)) }
            (before_fields(asked))
            table role="table" {
                thead role="rowgroup" {
                    tr role="row" {
                        td role="cell" {}
                        @for column in &columns {
                            th role="columnheader" scope="col" id={ (question.id) "-" (column.code) }
                                class=[column.apart] { (column.words) }
                        }
                    }
                }
                tbody role="rowgroup" {
                    @for row in question.offered_rows(asked.drawn.answers, asked.drawn.today) {
                        (one_row(asked, row, &columns))
                    }
                }
            }
        }
    }
}

struct Column {
    code: String,
    words: Markup,
    /// Whether a rule sets it apart from the scale.
    apart: Option<&'static str>,
}

fn columns(asked: &Asked<'_>) -> Vec<Column> {
    let of_choice = |choice: &&Choice| Column {
        code: choice.id.to_string(),
        words: asked.voice.words(&choice.words),
        apart: None,
    };
    let of_missing = |missing: Missing| Column {
        code: missing.code().to_owned(),
        words: missing_words(&asked.voice, missing),
        apart: Some("apart"),
    };
    let offered = asked.question.offered(asked.drawn.answers, asked.drawn.today);
    let said = offered_missing(asked.question);
    offered.iter().map(of_choice).chain(said.into_iter().map(of_missing)).collect()
}

fn one_row(asked: &Asked<'_>, row: &Row, columns: &[Column]) -> Markup {
    let name = row_field(asked.question, row);
    html! {
        tr role="row" {
            th role="rowheader" scope="row" id={ (name) "-row" } { (asked.voice.words(&row.words)) }
            @for (place, column) in columns.iter().enumerate() {
                td role="cell" class=[column.apart] {
                    label.choice {
                        input type="radio" id=[(place == 0).then(|| field_id(&name))] name=(name)
                            value=(column.code) checked[asked.drawn.filled.holds(&name, &column.code)]
                            aria-labelledby={ (name) "-row " (asked.question.id) "-" (column.code) };
                        span { (column.words) }
                    }
                }
            }
        }
    }
}

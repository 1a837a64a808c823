//! The gaps for other programs to read; a withheld cell carries no number.

use serde_json::{Map, Value, json};

use super::{Coordination, GapRow, GapTable};
use crate::{Cell, Count};

/// The table with the pairs of services, as one object.
pub fn gaps_json(table: &GapTable, pairs: &[Coordination]) -> String {
    let pair = |pair: &Coordination| json!({ "need": pair.need, "services": [pair.one, pair.other] });
    let object = json!({
        "by": table.by.as_ref().map(ToString::to_string),
        "services": table.services,
        "barriers": table.barriers.iter().map(|(code, shown)| json!({ "barrier": code.as_str(), "share": cell(shown) })).collect::<Vec<_>>(),
        "rows": table.rows.iter().map(row).collect::<Vec<_>>(),
        "worth_a_conversation": pairs.iter().map(pair).collect::<Vec<_>>(),
    });
    format!("{object:#}\n")
}

fn row(row: &GapRow) -> Value {
    let classes: Map<String, Value> =
        row.classes.iter().map(|(class, shown)| (class.code().to_owned(), cell(shown))).collect();
    json!({
        "need": row.need,
        "words": row.words,
        "group": row.group.as_ref().map(ToString::to_string),
        "respondents": count(row.respondents),
        "needed": row.needed.as_ref().map(cell),
        "classes": classes,
        "providers": row.providers,
        "levels": row.levels.iter().map(|level| level.code()).collect::<Vec<_>>(),
    })
}

fn cell(cell: &Cell) -> Value {
    match cell {
        Cell::Shown(shown) => json!({
            "value": shown.value.value(),
            "low": shown.low.value(),
            "high": shown.high.value(),
            "quality": shown.letter.map(|letter| letter.to_string()),
        }),
        Cell::Withheld(why) => json!({ "withheld": why.to_string() }),
    }
}

fn count(count: Count) -> Value {
    match count {
        Count::Exactly(n) => json!({ "exactly": n }),
        Count::Rounded(n) => json!({ "about": n }),
        Count::Fewer(n) => json!({ "fewer_than": n }),
        Count::Withheld => json!({ "withheld": "x" }),
    }
}

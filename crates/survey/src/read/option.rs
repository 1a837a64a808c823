//! What stands on the head of a question behind its name: `ordered`, `of LIST`, `1..20`, `max 6`.

use jiff::civil::Date;
use notation::{Finding, Line, Piece, Place, near};

use super::{Written, notes::Notes};
use crate::Until;

/// The options of a question, as far as they could be read.
#[derive(Default)]
pub(super) struct Options<'t> {
    pub(super) ordered: bool,
    pub(super) list: Option<Piece<'t>>,
    pub(super) from: Option<Piece<'t>>,
    pub(super) most: Option<(usize, Place)>,
    pub(super) top: Option<(usize, Place)>,
    pub(super) decimals: u8,
    pub(super) range: Option<(Piece<'t>, f64, Option<f64>)>,
    pub(super) dates: (Option<Date>, Option<Until>),
    pub(super) to_day: bool,
}

/// Each option with the types it belongs to; a range is written without a word.
const OPTIONS: &[(&str, &[&str])] = &[
    ("ordered", &["one"]),
    ("of", &["one", "many", "rank", "grid"]),
    ("from", &["many", "rank"]),
    ("max", &["many", "text"]),
    ("top", &["rank"]),
    ("decimals", &["number"]),
    ("to", &["date"]),
];

/// The largest number a range may name; more digits than this are not kept exactly.
const LARGEST: f64 = 1e15;

/// Read the options of a question of this type.
pub(super) fn read_options<'t>(head: &Line<'t>, written: &Written<'t>, notes: &mut Notes) -> Options<'t> {
    let mut options = Options::default();
    let mut tokens = written.tokens().into_iter();
    while let Some(token) = tokens.next() {
        let at = written.place_of(token);
        if token.text.contains("..") && head.word == "date" {
            options.dates = read_dates(token, at, notes);
            continue;
        }
        if token.text.contains("..") {
            read_range(token, at, head.word, &mut options, notes);
            continue;
        }
        let Some((option, types)) = OPTIONS.iter().find(|(option, _)| *option == token.text) else {
            notes.say(unknown(token, at, head.word));
            return options;
        };
        let argument = if *option == "ordered" { None } else { tokens.next() };
        if !types.contains(&head.word) {
            notes.say(misplaced(option, types, at, argument, written));
        } else if *option != "ordered" && argument.is_none() {
            let says = format!("`{option}` says nothing more");
            notes.say(Finding::error("S010", at, says).remedy(format!("write {}", example(option))));
        } else {
            take(option, argument, written, &mut options, notes);
        }
    }
    options
}

fn unknown(token: Piece<'_>, at: Place, kind: &str) -> Finding {
    let finding = Finding::error("S009", at, format!("`{}` is not an option of `{kind}`", token.text));
    let mine = || OPTIONS.iter().filter(|(_, types)| types.contains(&kind)).map(|(option, _)| *option);
    match near(token.text, mine()) {
        Some(near) => finding.perhaps(Some(near)),
        None => {
            let known: Vec<_> = mine().map(|option| format!("`{option}`")).collect();
            finding.remedy(match (kind, known.len()) {
                ("year" | "number", _) => "write a range, as `1..20`".to_owned(),
                ("date", _) => "write a range, as `2020-01..now`, or `to day`".to_owned(),
                (_, 0) => format!("`{kind}` has no options: delete it"),
                _ => format!("the options of `{kind}` are {}", known.join(", ")),
            })
        }
    }
}

fn misplaced(
    option: &str,
    types: &[&str],
    at: Place,
    argument: Option<Piece<'_>>,
    written: &Written<'_>,
) -> Finding {
    let end = argument.map_or(at.end, |piece| written.place_of(piece).end);
    let types: Vec<_> = types.iter().map(|kind| format!("`{kind}`")).collect();
    let says = format!("`{option}` belongs to {}", types.join(" and "));
    Finding::error("S009", Place { end, ..at }, says).remedy("delete it")
}

fn example(option: &str) -> &str {
    match option {
        "of" => "`of` and the name of a list",
        "from" => "`from` and the name of an earlier `many`",
        "max" => "`max 6`",
        "top" => "`top 3`",
        "to" => "`to month` or `to day`",
        _ => "`decimals 1`",
    }
}

fn take<'t>(
    option: &str,
    argument: Option<Piece<'t>>,
    written: &Written<'t>,
    options: &mut Options<'t>,
    notes: &mut Notes,
) {
    let Some(argument) = argument else {
        options.ordered = true;
        return;
    };
    let at = written.place_of(argument);
    let number = || argument.text.parse::<usize>().ok().filter(|number| *number > 0);
    match option {
        "of" => options.list = Some(argument),
        "from" => options.from = Some(argument),
        "to" => options.to_day = argument.text == "day",
        "max" => options.most = number().zip(Some(at.clone())),
        "top" => options.top = number().zip(Some(at.clone())),
        _ => options.decimals = argument.text.parse().ok().filter(|digits| *digits <= 6).unwrap_or(0),
    }
    let is_number = match option {
        "of" | "from" => true,
        "to" => matches!(argument.text, "month" | "day"),
        "decimals" => argument.text.parse::<u8>().is_ok_and(|digits| digits <= 6),
        _ => number().is_some(),
    };
    if !is_number {
        let what = if option == "to" { "a precision" } else { "a number that fits here" };
        let says = format!("`{}` is not {what}", argument.text);
        notes.say(Finding::error("S010", at, says).remedy(format!("write {}", example(option))));
    }
}

/// The first and last day of a range; a month is all its days.
fn read_dates(token: Piece<'_>, at: Place, notes: &mut Notes) -> (Option<Date>, Option<Until>) {
    let (low, high) = token.text.split_once("..").unwrap_or((token.text, ""));
    let first = date(low).map(|(first, _)| first);
    let last = match high {
        "now" => Some(Until::Now),
        _ => date(high).map(|(_, last)| Until::Day(last)),
    };
    let empty = matches!((first, last), (Some(first), Some(Until::Day(last))) if last < first);
    if first.is_none() || last.is_none() || empty {
        let says =
            if empty { "the range is empty".to_owned() } else { format!("`{}` is not a range", token.text) };
        let remedy = if empty {
            "write the earlier day first"
        } else {
            "write `2020-01..now` or `2020-01-15..2026-05-31`"
        };
        notes.say(Finding::error("S010", at, says).remedy(remedy));
        return (None, None);
    }
    (first, last)
}

/// The first and last day of `2026-05` or `2026-05-31`.
pub(crate) fn date(text: &str) -> Option<(Date, Date)> {
    match text.len() {
        7 => {
            let first: Date = format!("{text}-01").parse().ok()?;
            Some((first, first.last_of_month()))
        }
        10 => text.parse().ok().map(|day| (day, day)),
        _ => None,
    }
}

fn read_range<'t>(token: Piece<'t>, at: Place, kind: &str, options: &mut Options<'t>, notes: &mut Notes) {
    if !matches!(kind, "number" | "year") {
        let says = "a range belongs to `number`, `year` and `date`";
        return notes.say(Finding::error("S009", at, says).remedy("delete it"));
    }
    let (low, high) = token.text.split_once("..").unwrap_or((token.text, ""));
    let now = high == "now" && kind == "year";
    let bound = |text: &str| text.parse::<f64>().ok().filter(|number| number.abs() <= LARGEST);
    let (Some(low), true) = (bound(low), now || bound(high).is_some()) else {
        let remedy = if kind == "year" { "write `1950..2027` or `1950..now`" } else { "write `1..20`" };
        let says = format!("`{}` is not a range", token.text);
        options.range = Some((token, 0.0, Some(0.0)));
        return notes.say(Finding::error("S010", at, says).remedy(remedy));
    };
    let high = bound(high);
    let years = |year: f64| (1000.0..=9999.0).contains(&year) && year.fract() == 0.0;
    if kind == "year" && !(years(low) && high.is_none_or(years)) {
        let says = "these are not years";
        notes.say(Finding::error("S010", at, says).remedy("write years in four digits, as `1950..now`"));
    } else if let Some(high) = high.filter(|high| *high < low) {
        let mut finding = Finding::error("S010", at, "the range is empty");
        finding.fix = Some(format!("{high}..{low}"));
        notes.say(finding.remedy(format!("write `{high}..{low}`")));
    }
    options.range = Some((token, low, high));
}

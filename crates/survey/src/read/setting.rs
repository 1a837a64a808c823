//! The settings above the first page.

use std::collections::BTreeMap;

use jiff::civil::Date;
use notation::{Finding, Line, Piece, near};

use super::{Written, name, notes::Notes};
use crate::{Language, Missing, Offered, Version, Words};

/// Every setting, in the order authors write them.
pub(super) const SETTINGS: &[&str] = &[
    "survey", "title", "version", "source", "langs", "official", "fallback", "host", "eligible", "contact",
    "ethics", "field", "withdraw", "draw", "suppress", "allow",
];

/// Tags people write for languages we know under others.
const TAGS: &[(&str, &str)] = &[
    ("tl", "write `fil`"),
    ("prs", "write `fa-AF`"),
    ("zh", "write `zh-Hans` or `zh-Hant`"),
    ("iw", "there is no data for Hebrew yet"),
];

/// The settings of a survey, as far as they could be read.
pub(crate) struct Settings<'t> {
    /// Setting to line.
    pub(crate) lines: BTreeMap<&'static str, Line<'t>>,
    /// The name on the first line.
    pub(crate) name: String,
    /// Wave and edition.
    pub(crate) version: Version,
    /// The source language first.
    pub(crate) languages: Vec<Offered>,
    /// The opening days.
    pub(crate) field: Option<(Date, Date)>,
    /// The last day to take an answer back.
    pub(crate) withdraw: Option<Date>,
    /// The words of the draw.
    pub(crate) draw: Option<Words>,
    /// Counts below this are withheld.
    pub(crate) suppress: u32,
    /// Languages that must be complete before a version opens.
    pub(crate) official: Vec<Language>,
    /// Per cent of its questions another language may show in the source language.
    pub(crate) fallback: u8,
    /// The missing answers every question allows.
    pub(crate) allow: Vec<(Missing, notation::Place)>,
}

/// Read the settings from their lines.
pub(super) fn read_settings<'t>(lines: BTreeMap<&'static str, Line<'t>>, notes: &mut Notes) -> Settings<'t> {
    let of = |word: &str| lines.get(word).map(|line: &Line<'t>| &line.rest);
    let name = of("survey").and_then(|rest| read_name(rest, notes)).unwrap_or_default();
    let version = of("version").and_then(|rest| read_version(rest, notes));
    let languages = read_languages(of("source"), of("langs"), notes);
    let official = read_official(of("official"), &languages, notes);
    let wanted = "a percentage from 0 to 100, as `fallback 10`";
    let fallback = of("fallback").and_then(|rest| whole(rest, wanted, 100, notes)).unwrap_or(0) as u8;
    let field = of("field").and_then(|rest| read_field(rest, notes));
    let withdraw = of("withdraw").and_then(|rest| date(&rest.written(), rest, notes));
    let draw = of("draw").and_then(|rest| read_draw(rest, notes));
    let suppress = of("suppress").and_then(|rest| below(rest, notes)).unwrap_or(10);
    let allow = of("allow").map(|rest| allowed(rest, notes)).unwrap_or_default();
    let version = version.unwrap_or(Version { wave: 0, edition: 1 });
    Settings { lines, name, version, languages, field, withdraw, draw, suppress, official, fallback, allow }
}

/// The languages that must be complete: those named, else English and French where they are offered.
fn read_official(rest: Option<&Written<'_>>, offered: &[Offered], notes: &mut Notes) -> Vec<Language> {
    let Some(rest) = rest else {
        let all = offered.iter().map(|each| each.language.clone());
        return all.filter(|each| matches!(each.tag(), "en" | "fr")).collect();
    };
    rest.tokens().into_iter().filter_map(|piece| language(piece, rest, notes)).collect()
}

fn read_name(rest: &Written<'_>, notes: &mut Notes) -> Option<String> {
    let (Some(piece), after) = rest.first() else {
        notes.say(nothing(rest, "the survey has no name", "write the name of the file, without its ending"));
        return None;
    };
    if !after.is_empty() {
        let says = "only a name follows `survey`";
        notes.say(Finding::error("S010", after.place(), says).remedy("write the words after `title`"));
    }
    let file = rest.file.rsplit('/').next().unwrap_or_default();
    let stem = file.strip_suffix(".survey").unwrap_or(file);
    let at = rest.place_of(piece);
    if let Some(finding) = name::check_survey_name(piece.text, at.clone()) {
        notes.say(finding);
    } else if piece.text != stem {
        let says = format!("the survey is named `{}`, its file `{stem}.survey`", piece.text);
        let mut finding = Finding::error("S008", at, says).remedy("give both the same name");
        finding.fix = Some(stem.to_owned());
        notes.say(finding);
    }
    Some(piece.text.to_owned())
}

fn nothing(rest: &Written<'_>, says: &str, remedy: &str) -> Finding {
    Finding::error("S010", rest.place(), says).remedy(remedy)
}

fn read_version(rest: &Written<'_>, notes: &mut Notes) -> Option<Version> {
    let version = Version::of_label(&rest.written());
    if version.is_none() {
        notes.say(nothing(
            rest,
            "this is not a version",
            "write wave and edition, as `2027.1` for the first edition of wave 2027",
        ));
    }
    version
}

fn read_languages(
    source: Option<&Written<'_>>,
    langs: Option<&Written<'_>>,
    notes: &mut Notes,
) -> Vec<Offered> {
    let mut offered: Vec<Offered> = Vec::new();
    for (rest, is_source) in
        source.map(|rest| (rest, true)).into_iter().chain(langs.map(|rest| (rest, false)))
    {
        let tokens = rest.tokens();
        if tokens.is_empty() || (is_source && tokens.len() > 1) {
            let remedy = "write tags, as `source en` and `langs fr ar`";
            notes.say(nothing(rest, "one language is the source, and others may follow `langs`", remedy));
        }
        for piece in tokens {
            let Some(language) = language(piece, rest, notes) else { continue };
            if offered.iter().any(|each| each.language == language) {
                let says = format!("`{language}` is named twice");
                notes.say(Finding::error("S005", rest.place_of(piece), says).remedy("delete it"));
            } else {
                offered.push(Offered { language, draft: false });
            }
        }
    }
    offered
}

/// The language of a tag (S087).
pub(super) fn language(piece: Piece<'_>, rest: &Written<'_>, notes: &mut Notes) -> Option<Language> {
    let language = Language::of_tag(piece.text).filter(|language| !language.is_pseudo());
    if language.is_none() {
        let says = format!("no data under the tag `{}`", piece.text);
        let finding = Finding::error("S087", rest.place_of(piece), says);
        let known = TAGS.iter().find(|(tag, _)| *tag == piece.text);
        let nearest = near(piece.text, Language::tags());
        notes.say(match (known, nearest) {
            (Some((_, remedy)), _) => finding.remedy(*remedy),
            (None, Some(_)) => finding.perhaps(nearest),
            (None, None) => finding.remedy("write a BCP 47 tag, as `fr` or `zh-Hans`"),
        });
    }
    language
}

fn read_field(rest: &Written<'_>, notes: &mut Notes) -> Option<(Date, Date)> {
    let written = rest.written();
    let Some((first, last)) = written.split_once("..") else {
        notes.say(nothing(rest, "the field is two days", "write `2027-02-01..2027-03-15`"));
        return None;
    };
    let (first, last) = (date(first, rest, notes)?, date(last, rest, notes)?);
    if last < first {
        notes.say(nothing(rest, "the field ends before it begins", "write the earlier day first"));
        return None;
    }
    Some((first, last))
}

fn date(written: &str, rest: &Written<'_>, notes: &mut Notes) -> Option<Date> {
    let read = written.trim().parse().ok();
    if read.is_none() {
        notes.say(nothing(rest, &format!("`{}` is not a day", written.trim()), "write it as `2027-02-01`"));
    }
    read
}

fn read_draw(rest: &Written<'_>, notes: &mut Notes) -> Option<Words> {
    let (answer, words) = rest.first();
    match answer.map(|piece| piece.text) {
        Some("no") if words.is_empty() => None,
        Some("yes") if !words.is_empty() => Some(notes.words("survey:draw", &words)),
        Some("yes") => {
            let remedy = "name the prize, the odds and how to enter without answering";
            notes.say(Finding::error("S011", rest.place(), "a draw without its words").remedy(remedy));
            None
        }
        _ => {
            notes.say(nothing(rest, "a draw is held or not", "write `draw no` or `draw yes` with its words"));
            None
        }
    }
}

/// The number of `suppress below N`.
pub(super) fn below(rest: &Written<'_>, notes: &mut Notes) -> Option<u32> {
    let (word, number) = rest.first();
    if word.is_some_and(|piece| piece.text == "below") {
        return whole(&number, "`suppress below` and a whole number", u32::MAX, notes);
    }
    notes.say(nothing(rest, "`suppress` says below which count", "write `suppress below 10`"));
    None
}

/// A whole number, at most so much.
pub(super) fn whole(rest: &Written<'_>, wanted: &str, most: u32, notes: &mut Notes) -> Option<u32> {
    let number = rest.written().parse().ok().filter(|number| *number <= most);
    if number.is_none() {
        notes.say(nothing(rest, "this is not a whole number that fits", &format!("write {wanted}")));
    }
    number
}

/// The missing answers of an `allow` line (S007).
pub(super) fn allowed(rest: &Written<'_>, notes: &mut Notes) -> Vec<(Missing, notation::Place)> {
    let tokens = rest.tokens();
    if tokens.is_empty() {
        notes.say(nothing(
            rest,
            "nothing is allowed here",
            "write `allow prefer_not dont_know` or `allow none`",
        ));
    }
    if let [piece] = tokens[..]
        && piece.text == "none"
    {
        return Vec::new();
    }
    tokens.into_iter().filter_map(|piece| said(piece, rest, notes).zip(Some(rest.place_of(piece)))).collect()
}

/// The missing answer of a code that people can choose (S007).
pub(super) fn said(piece: Piece<'_>, rest: &Written<'_>, notes: &mut Notes) -> Option<Missing> {
    let missing = Missing::of_code(piece.text).filter(|missing| missing.can_be_said());
    if missing.is_none() {
        let says = format!("`{}` is not a missing answer that people can choose", piece.text);
        let finding = Finding::error("S007", rest.place_of(piece), says);
        let nearest = near(piece.text, ["prefer_not", "dont_know"]);
        notes.say(match nearest {
            Some(_) => finding.perhaps(nearest),
            None => finding.remedy("these are `prefer_not` and `dont_know`"),
        });
    }
    missing
}

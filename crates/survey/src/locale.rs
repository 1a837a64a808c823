//! Numbers, lists and dates as each language writes them: CLDR's data, always in the Gregorian calendar.

use std::fmt;

use icu_calendar::{Date as Day, Gregorian};
use icu_datetime::{
    FixedCalendarDateTimeFormatter,
    fieldsets::{YM, YMD},
};
use icu_decimal::{
    DecimalFormatter,
    input::Decimal,
    options::{DecimalFormatterOptions, GroupingStrategy},
};
use icu_list::{
    ListFormatter,
    options::{ListFormatterOptions, ListLength},
    parts,
};
use icu_locale_core::Locale;
use jiff::civil::Date;
use writeable::{Part, PartsWrite, Writeable};

use crate::Language;

/// A piece of a list in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Listed {
    /// The item of this place, from 0.
    Item(usize),
    /// What stands between items, or round them.
    Between(String),
}

/// Whose formats a language borrows or takes where its own tag has none, or leaves the region open.
const FORMATS: &[(&str, &str)] = &[
    ("ar-XB", "ar"),
    ("en", "en-CA"),
    ("en-XA", "en-CA"),
    ("fr", "fr-CA"),
    ("ht", "fr-CA"),
    ("pa-Arab", "ur"),
    ("sr", "sr-Cyrl"),
];

/// Languages whose readers keep the years of another calendar.
const OTHER_CALENDAR: &[&str] = &["am", "fa", "fa-AF", "ps", "ti"];

impl Language {
    /// A number in the digits of the language, with as many decimals.
    pub fn number(&self, value: f64, decimals: u8) -> String {
        self.decimal(value, decimals, GroupingStrategy::Auto)
    }

    /// A Gregorian year in the digits of the language.
    pub fn year(&self, year: i16) -> String {
        self.decimal(f64::from(year), 0, GroupingStrategy::Never)
    }

    fn decimal(&self, value: f64, decimals: u8, grouping: GroupingStrategy) -> String {
        let plain = format!("{:.*}", usize::from(decimals), value + 0.0);
        let mut options = DecimalFormatterOptions::default();
        options.grouping_strategy = Some(grouping);
        match (Decimal::try_from_str(&plain), DecimalFormatter::try_new(self.locale().into(), options)) {
            (Ok(decimal), Ok(formatter)) => formatter.format(&decimal).to_string(),
            // Neither infinite nor without a value is anything people are told.
            _ => plain,
        }
    }

    /// Things one after another as the language lists them: `a, b and c`. The items stand where the language puts
    /// them; what is between two may depend on how they begin.
    pub fn list(&self, items: &[String]) -> Vec<Listed> {
        let options = ListFormatterOptions::default().with_length(ListLength::Wide);
        let mut pieces = Pieces::default();
        match ListFormatter::try_new_and(self.locale().into(), options) {
            // Pieces take whatever is written to them, so nothing is left out.
            Ok(formatter) => drop(formatter.format(items.iter()).write_to_parts(&mut pieces)),
            Err(_) => pieces.done.extend((0..items.len()).map(Listed::Item)),
        }
        pieces.done
    }

    /// A day in words, in the Gregorian calendar whichever the language's own is.
    pub fn day(&self, day: Date) -> String {
        let formatter =
            FixedCalendarDateTimeFormatter::<Gregorian, _>::try_new(self.locale().into(), YMD::long());
        formatter.map_or_else(|_| day.to_string(), |formatter| formatter.format(&gregorian(day)).to_string())
    }

    /// The month of a day in words, with its year.
    pub fn month(&self, day: Date) -> String {
        // icu_datetime 2.4.0 loads no digits for the long pattern of Portuguese.
        let fields = if self.tag() == "pt" { YM::medium() } else { YM::long() };
        let formatter = FixedCalendarDateTimeFormatter::<Gregorian, _>::try_new(self.locale().into(), fields);
        formatter.map_or_else(
            |_| day.strftime("%Y-%m").to_string(),
            |formatter| formatter.format(&gregorian(day)).to_string(),
        )
    }

    /// Whether its readers keep the years of another calendar: a year seven behind, or six hundred, looks like any.
    pub fn keeps_another_calendar(&self) -> bool {
        OTHER_CALENDAR.contains(&self.tag())
    }

    fn locale(&self) -> Locale {
        let borrowed = FORMATS.iter().find(|row| row.0 == self.tag()).map_or(self.tag(), |row| row.1);
        Locale::try_from_str(borrowed).unwrap_or(Locale::UNKNOWN)
    }
}

fn gregorian(day: Date) -> Day<Gregorian> {
    let (year, month, day) = (day.year(), day.month().unsigned_abs(), day.day().unsigned_abs());
    Day::try_new_gregorian(i32::from(year), month, day)
        .expect("a civil date is a day of the Gregorian calendar")
}

/// Takes a list apart as it is written.
#[derive(Default)]
struct Pieces {
    done: Vec<Listed>,
    items: usize,
    /// Whether an item is being written, whose words the caller has already.
    in_item: bool,
}

impl fmt::Write for Pieces {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        if !self.in_item {
            match self.done.last_mut() {
                Some(Listed::Between(before)) => before.push_str(text),
                _ => self.done.push(Listed::Between(text.to_owned())),
            }
        }
        Ok(())
    }
}

impl PartsWrite for Pieces {
    type SubPartsWrite = Pieces;

    fn with_part(&mut self, part: Part, mut write: impl FnMut(&mut Pieces) -> fmt::Result) -> fmt::Result {
        if part == parts::ELEMENT {
            self.done.push(Listed::Item(self.items));
            self.items += 1;
            self.in_item = true;
        }
        let written = write(self);
        self.in_item = false;
        written
    }
}

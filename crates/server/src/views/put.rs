//! What is put into the server's own words: written as the language of those words writes it.

use maud::{Markup, Render, html};
use survey::{Date, Language};

/// Something that can stand in a place of the server's own words.
pub(crate) trait Put {
    /// As this language writes it.
    fn put(&self, language: &Language) -> Markup;
}

/// A Gregorian year.
pub(crate) struct Year(pub(crate) i16);

impl Put for Markup {
    fn put(&self, _: &Language) -> Markup {
        self.clone()
    }
}

impl Put for String {
    fn put(&self, _: &Language) -> Markup {
        self.as_str().render()
    }
}

impl Put for usize {
    fn put(&self, language: &Language) -> Markup {
        number(*self as f64, language).render()
    }
}

impl Put for u32 {
    fn put(&self, language: &Language) -> Markup {
        number(f64::from(*self), language).render()
    }
}

impl Put for f64 {
    fn put(&self, language: &Language) -> Markup {
        number(*self, language).render()
    }
}

impl Put for Year {
    fn put(&self, language: &Language) -> Markup {
        language.year(self.0).render()
    }
}

impl Put for Date {
    fn put(&self, language: &Language) -> Markup {
        html! { time datetime=(self) { (language.day(*self)) } }
    }
}

/// A number with the decimals it has.
pub(crate) fn number(value: f64, language: &Language) -> String {
    let plain = value.to_string();
    let decimals = plain.split_once('.').map_or(0, |(_, after)| after.len());
    language.number(value, u8::try_from(decimals).unwrap_or(u8::MAX))
}

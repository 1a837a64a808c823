//! The header of a PO file that does not exist yet.

use crate::po::{Entry, Text};
use crate::{Language, Survey};

/// The plural rule of gettext for each language; those not named here tell one from more.
const PLURALS: &[(&[&str], &str)] = &[
    (&["am", "fa", "fa-AF", "fil", "fr", "hi", "pa", "pt", "ti"], "nplurals=2; plural=(n > 1);"),
    (&["ko", "vi", "zh-Hans", "zh-Hant"], "nplurals=1; plural=0;"),
    (
        &["sr", "uk"],
        "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);",
    ),
    (
        &["ar"],
        "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);",
    ),
];

/// The plural rule of gettext for a language.
pub(super) fn rule(language: &Language) -> &'static str {
    let named = PLURALS.iter().find(|(tags, _)| tags.contains(&language.tag()));
    named.map_or("nplurals=2; plural=(n != 1);", |(_, rule)| rule)
}

/// The header of a new file: a draft until somebody says otherwise.
pub(super) fn header(survey: &Survey, language: &Language) -> Entry<'static> {
    let plurals = rule(language);
    let name = language.english_name();
    let fields = format!(
        "Project-Id-Version: {} {}\n\
         Language: {language}\n\
         PO-Revision-Date: YEAR-MO-DA HO:MI+ZONE\n\
         Last-Translator: none yet\n\
         Language-Team: {name}\n\
         MIME-Version: 1.0\n\
         Content-Type: text/plain; charset=UTF-8\n\
         Content-Transfer-Encoding: 8bit\n\
         Plural-Forms: {plurals}\n\
         X-Soundings-State: draft\n",
        survey.name, survey.version
    );
    Entry {
        comments: vec![format!("{name} words of {}.", survey.name).into()],
        msgid: Some(Text::new("")),
        msgstrs: vec![Text::new(fields)],
        ..Entry::default()
    }
}

#[cfg(test)]
mod tests;

//! A published version as a text: what was asked, in which languages, and every file it was read from.

use jiff::civil::Date;
use notation::Sources;
use serde_json::{Map, Value as Json, json};

use crate::{Fingerprint, Language, Offered, Survey, Version, read::read_anyway};

/// Where published versions stand, beside the survey.
const FOLDER: &str = "published/";

/// A version that people answer. Its file is written once and never changed.
#[derive(Clone, Debug, PartialEq)]
pub struct Published {
    /// The survey's name.
    pub survey: String,
    /// Wave and edition.
    pub version: Version,
    /// The day it was published.
    pub published_on: Date,
    /// The fingerprint of `definition`.
    pub fingerprint: Fingerprint,
    /// The languages it is offered in, those of single forms included; the source first.
    pub languages: Vec<Offered>,
    /// Its canonical JSON.
    pub definition: String,
    /// Every file that is needed to read it again.
    pub sources: Sources,
}

impl Published {
    /// The survey as it is offered, with the files it was read from.
    pub fn of(survey: &Survey, sources: &Sources, today: Date) -> Published {
        let definition = survey.canonical();
        let languages: Vec<Offered> = survey.all_offered().into_iter().cloned().collect();
        let needed = sources.iter().filter(|(name, _)| is_needed(name, &languages));
        Published {
            survey: survey.name.clone(),
            version: survey.version,
            published_on: today,
            fingerprint: Fingerprint::of(&definition),
            sources: needed.map(|(name, text)| (name.clone(), text.clone())).collect(),
            languages,
            definition,
        }
    }

    /// The path of a version's file inside the survey's folder: `published/2027.1.json`.
    pub fn path(version: Version) -> String {
        format!("{FOLDER}{version}.json")
    }

    /// The text of its file: JSON with each part on a line of its own.
    pub fn write(&self) -> String {
        let languages: Vec<Json> = self.languages.iter().map(|offered| self.language(offered)).collect();
        let sources: Map<String, Json> =
            self.sources.iter().map(|(name, text)| (name.clone(), Json::from(text.as_str()))).collect();
        let parts = [
            ("survey", json!(self.survey)),
            ("version", json!(self.version.to_string())),
            ("published_on", json!(self.published_on.to_string())),
            ("fingerprint", json!(self.fingerprint.digits())),
            ("languages", json!(languages)),
        ];
        let mut text = "{\n".to_owned();
        for (name, value) in parts {
            text += &format!("\"{name}\": {value},\n");
        }
        text + &format!("\"definition\": {},\n\"sources\": {}\n}}\n", self.definition, json!(sources))
    }

    fn language(&self, offered: &Offered) -> Json {
        let is_source = self.languages.first() == Some(offered);
        let state = match offered.draft {
            _ if is_source => "source",
            true => "draft",
            false => "reviewed",
        };
        json!({ "tag": offered.language.tag(), "state": state })
    }

    /// A published version from the text of its file; `None` if it is not one, or not as it was written.
    pub fn read(text: &str) -> Option<Published> {
        let json: Json = serde_json::from_str(text).ok()?;
        let said = |name: &str| json.get(name)?.as_str();
        let definition = json.get("definition")?.to_string();
        let fingerprint = Fingerprint::of(&definition);
        let offered = |each: &Json| {
            let language = Language::of_tag(each.get("tag")?.as_str()?)?;
            Some(Offered { language, draft: each.get("state")?.as_str()? == "draft" })
        };
        let source = |(name, text): (&String, &Json)| Some((name.clone(), text.as_str()?.to_owned()));
        let published = Published {
            survey: said("survey")?.to_owned(),
            version: Version::of_label(said("version")?)?,
            published_on: said("published_on")?.parse().ok()?,
            languages: json.get("languages")?.as_array()?.iter().map(offered).collect::<Option<_>>()?,
            sources: json.get("sources")?.as_object()?.iter().map(source).collect::<Option<_>>()?,
            fingerprint,
            definition,
        };
        (said("fingerprint")? == fingerprint.digits()).then_some(published)
    }

    /// Every published version among the files of a folder, the newest last; those that cannot be read are not here.
    pub fn all(sources: &Sources) -> Vec<Published> {
        let mut all: Vec<Published> = files(sources).filter_map(|(_, text)| Published::read(text)).collect();
        all.sort_by_key(|published| published.version);
        all
    }

    /// The survey as it was offered, read again from its files.
    ///
    /// Rules made since then cannot undo what was found whole when it was published, so none of them is applied.
    pub fn edition(&self) -> Option<Survey> {
        Some(read_anyway(&self.sources)?.offering(&self.languages))
    }
}

/// The files of published versions, readable or not.
pub(crate) fn files(sources: &Sources) -> impl Iterator<Item = (&String, &String)> {
    sources.iter().filter(|(name, _)| name.starts_with(FOLDER) && name.ends_with(".json"))
}

/// Whether the reader needs a file: the survey, its tables, and the words of the languages on offer.
fn is_needed(name: &str, offered: &[Offered]) -> bool {
    if name.starts_with(FOLDER) {
        return false;
    }
    let file = name.rsplit('/').next().unwrap_or(name);
    let words_of =
        file.strip_suffix(".po").is_some_and(|tag| offered.iter().any(|each| each.language.tag() == tag));
    words_of || name.ends_with(".survey") || name.starts_with("margins/")
}

impl Survey {
    /// The survey in these of its languages only, each a draft or not as it says here.
    #[must_use]
    pub fn offering(mut self, languages: &[Offered]) -> Survey {
        let wanted = |language: &Language| languages.iter().find(|each| each.language == *language);
        for offered in
            std::iter::once(&mut self.languages).chain(self.forms.iter_mut().map(|form| &mut form.languages))
        {
            offered.retain_mut(|each| {
                each.draft = wanted(&each.language).map_or(each.draft, |wanted| wanted.draft);
                wanted(&each.language).is_some()
            });
        }
        for words in self.words_mut() {
            words.translations.retain(|language, _| wanted(language).is_some());
            if let Some(plural) = &mut words.plural {
                plural.forms.retain(|language, _| wanted(language).is_some());
            }
        }
        self
    }
}

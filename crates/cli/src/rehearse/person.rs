//! A made-up person: who they are, which decides what they tend to answer.

use std::collections::BTreeMap;

use survey::{FormId, Language, Survey};

use super::chance::Chance;

/// Who somebody is, as far as their answers depend on it.
pub(crate) struct Person {
    /// Their chance, from which every later draw comes.
    pub(crate) chance: Chance,
    /// How lately they came: about -1 (decades ago) to 1 (this year).
    pub(crate) recent: f64,
    /// 1 for people on a permit, else 0.
    pub(crate) temporary: f64,
    /// How hard their life is, about standard normal.
    pub(crate) hardship: f64,
    /// How rooted they are here, about standard normal.
    pub(crate) roots: f64,
    /// What is simply so: question to code.
    pub(crate) facts: BTreeMap<&'static str, String>,
    /// The tag of the language they begin in.
    pub(crate) language: String,
    /// The form they take, where there is a choice.
    pub(crate) form: FormId,
    /// What they do besides answering.
    pub(crate) habits: Habits,
}

/// What a person does besides answering; a screen number says when.
#[derive(Debug, Default)]
pub(crate) struct Habits {
    /// Goes back once.
    pub(crate) back_at: Option<usize>,
    /// Switches to another language.
    pub(crate) switch_at: Option<usize>,
    /// Puts the phone away.
    pub(crate) stop_at: Option<usize>,
    /// Presses Continue twice.
    pub(crate) twice_at: Option<usize>,
    /// Takes the answers back with the number.
    pub(crate) withdraws: bool,
    /// Is no person: fills every field, and says the same each time.
    pub(crate) is_bot: bool,
}

/// Regions of birth, how common they are among those who answer, and how likely people from there are to begin in
/// the second and third language of the picker (French, Arabic).
const REGIONS: &[(&str, f64, f64, f64)] = &[
    ("africa", 0.22, 0.42, 0.14),
    ("americas", 0.11, 0.18, 0.0),
    ("asia_east", 0.18, 0.01, 0.0),
    ("asia_south", 0.23, 0.0, 0.0),
    ("asia_west", 0.16, 0.03, 0.70),
    ("europe", 0.09, 0.20, 0.0),
    ("oceania", 0.01, 0.0, 0.0),
];

/// First languages by region, each as likely as the others of its region.
const TONGUES: &[(&str, &[&str])] = &[
    ("africa", &["english", "french", "arabic", "other", "other"]),
    ("americas", &["spanish", "spanish", "english", "french", "other"]),
    ("asia_east", &["tagalog", "tagalog", "mandarin", "mandarin", "korean", "other"]),
    ("asia_south", &["punjabi", "hindi", "malayalam", "gujarati", "bengali", "nepali"]),
    ("asia_west", &["arabic", "arabic", "persian", "other"]),
    ("europe", &["english", "ukrainian", "ukrainian", "french", "other"]),
    ("oceania", &["english", "other"]),
];

/// Groups of the census by first language, or else by region.
const GROUPS: &[(&str, &str)] = &[
    ("arabic", "arab"),
    ("korean", "korean"),
    ("mandarin", "chinese"),
    ("persian", "west_asian"),
    ("spanish", "latin"),
    ("tagalog", "filipino"),
    ("africa", "black"),
    ("americas", "black"),
    ("asia_east", "se_asian"),
    ("asia_south", "south_asian"),
    ("asia_west", "west_asian"),
    ("europe", "white"),
    ("oceania", "white"),
];

/// Codes of the time lived in the area, and from how many years on each is right.
const TENURES: &[(&str, i32)] =
    &[("gt10", 11), ("y6_10", 6), ("y3_5", 3), ("y1_2", 1), ("m6_12", 0), ("lt6m", 0)];

/// The year the rehearsal plays in.
const THIS_YEAR: i32 = 2027;

/// A number no person comes by.
const BOT: u64 = u64::MAX;

impl Person {
    /// The person of this number under this seed; the same for every server and every machine.
    pub(crate) fn new(survey: &Survey, seed: u64, number: u64) -> Person {
        let mut chance = Chance::new(seed, number);
        let kind = ["permanent", "temporary", "other"][chance.place(&[0.60, 0.37, 0.03])];
        let year = year_of_arrival(kind, &mut chance);
        let region = REGIONS[chance.place(&REGIONS.map_weights())];
        let recent = 1.0 - f64::from(THIS_YEAR - year).min(20.0) / 10.0;
        let language = language(survey, &region, &mut chance);
        let tongue = tongue(region.0, &mut chance);
        let facts = BTreeMap::from([
            ("stay_kind", kind.to_owned()),
            ("arrival_year", year.to_string()),
            ("region_birth", region.0.to_owned()),
            ("pop_group", group(region.0, &tongue)),
            ("mother_tongue", tongue),
            ("local_tenure", tenure(THIS_YEAR - year, &mut chance)),
        ]);
        let hardship = 0.25 * recent + chance.normal();
        let roots = -0.4 * recent + 0.9 * chance.normal();
        let temporary = f64::from(u8::from(kind == "temporary"));
        let habits = habits(&mut chance);
        let form = form(survey, &language, &mut chance);
        Person { form, chance, recent, temporary, hardship, roots, facts, language, habits }
    }

    /// The one program of this seed: it has made up somebody, and sends her again and again.
    pub(crate) fn bot(survey: &Survey, seed: u64) -> Person {
        let mut made_up = Person::new(survey, seed, BOT);
        made_up.habits = Habits { is_bot: true, ..Habits::default() };
        made_up
    }
}

/// A plain name for taking the weights out of a table.
trait Weights {
    fn map_weights(&self) -> Vec<f64>;
}

impl Weights for [(&str, f64, f64, f64)] {
    fn map_weights(&self) -> Vec<f64> {
        self.iter().map(|row| row.1).collect()
    }
}

/// Partnerships reach those who came lately far better than those long settled; the census knows both.
fn year_of_arrival(kind: &str, chance: &mut Chance) -> i32 {
    let spans: &[(i32, i32, f64)] = match kind {
        "temporary" => &[(2016, 2021, 0.12), (2022, THIS_YEAR, 0.88)],
        _ => &[(1975, 2005, 0.12), (2006, 2015, 0.17), (2016, 2021, 0.44), (2022, THIS_YEAR, 0.27)],
    };
    let weights: Vec<f64> = spans.iter().map(|span| span.2).collect();
    let (first, last, _) = spans[chance.place(&weights)];
    first + chance.below((last - first + 1) as usize) as i32
}

fn language(survey: &Survey, region: &(&str, f64, f64, f64), chance: &mut Chance) -> String {
    let likely = |tag: &str| match tag {
        "fr" => region.2,
        "ar" => region.3,
        tag if tag == survey.source.tag() => 1.0 - region.2 - region.3,
        _ => 0.05,
    };
    let can_agree = |language: &&Language| **language == survey.source || survey.consent().speaks(language);
    let tags: Vec<&str> = survey.all_languages().into_iter().filter(can_agree).map(Language::tag).collect();
    let weights: Vec<f64> = tags.iter().map(|tag| likely(tag)).collect();
    tags[chance.place(&weights)].to_owned()
}

/// One in four takes a form that is not the whole. Nothing is drawn where there is nothing to choose.
fn form(survey: &Survey, language: &str, chance: &mut Chance) -> FormId {
    let language = Language::of_tag(language).unwrap_or_else(|| survey.source.clone());
    let offered = survey.forms_in(&language);
    if let [only] = offered.as_slice() {
        return only.clone();
    }
    let weight = |form: &FormId| if *form == FormId::full() { 0.75 } else { 0.25 };
    offered[chance.place(&offered.iter().map(weight).collect::<Vec<_>>())].clone()
}

fn tongue(region: &str, chance: &mut Chance) -> String {
    let tongues = TONGUES.iter().find(|row| row.0 == region).map_or(&["other"][..], |row| row.1);
    tongues[chance.below(tongues.len())].to_owned()
}

fn group(region: &str, tongue: &str) -> String {
    let found = [tongue, region].into_iter().find_map(|key| GROUPS.iter().find(|row| row.0 == key));
    found.map_or("other", |row| row.1).to_owned()
}

/// Most people have lived here as long as in Canada; some came later from elsewhere in the country.
fn tenure(years: i32, chance: &mut Chance) -> String {
    let (came_later, part) = (chance.happens(0.3), chance.share());
    let here = if came_later { (f64::from(years) * part) as i32 } else { years };
    let place = TENURES.iter().position(|row| here >= row.1).unwrap_or(TENURES.len() - 1);
    // Whoever came within the year has been here for one half of it or the other.
    let place = if TENURES[place].1 == 0 && part < 0.5 { TENURES.len() - 1 } else { place };
    TENURES[place].0.to_owned()
}

fn habits(chance: &mut Chance) -> Habits {
    let mut sometimes = |probability: f64| {
        let happens = chance.happens(probability);
        let screen = 1 + chance.below(10);
        happens.then_some(screen)
    };
    Habits {
        back_at: sometimes(0.10),
        switch_at: sometimes(0.08),
        stop_at: sometimes(0.06),
        twice_at: sometimes(0.06),
        withdraws: sometimes(0.02).is_some(),
        is_bot: false,
    }
}

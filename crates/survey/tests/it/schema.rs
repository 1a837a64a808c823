//! The JSON Schemas are held to the types: what is printed fits them, and they describe nothing that is never printed.

use std::{collections::BTreeSet, fs, path::Path};

use notation::FINDING_SCHEMA;
use serde_json::{Map, Value};
use survey::{
    Form, Kind, Language, Offered, Plural, SCHEMA, Sources, Survey, Words, json, po::Plurals, read,
};

use crate::cases;

mod walk;

use walk::Schema;

/// Keys that only some surveys have.
const OPTIONAL: &[&str] = &["forms", "sets", "check", "warn", "order", "value", "one", "audio", "was"];

/// Objects whose keys are the author's.
const OPEN: &[&str] = &["missing", "sets", "translations", "forms"];

/// The surveys that come with the program.
fn shipped() -> Vec<Sources> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).expect("two folders up");
    let folders = fs::read_dir(root.join("surveys")).expect("the surveys stand in the root");
    folders.map(|folder| sources(&folder.expect("it can be listed").path())).collect()
}

fn sources(folder: &Path) -> Sources {
    let mut sources = Sources::new();
    let mut waiting = vec![folder.to_path_buf()];
    while let Some(path) = waiting.pop() {
        if path.is_dir() {
            waiting.extend(fs::read_dir(&path).expect("it is a folder").flatten().map(|entry| entry.path()));
        } else if path.extension().is_some_and(|end| ["survey", "po", "csv"].iter().any(|kind| end == *kind))
        {
            let name = path.strip_prefix(folder).expect("it stands inside").to_string_lossy().into_owned();
            sources.insert(name, fs::read_to_string(&path).expect("it is text"));
        }
    }
    sources
}

fn trees() -> Vec<Value> {
    let all = cases::all().into_iter().chain(shipped());
    let surveys = all.filter_map(|sources| read(&sources).0);
    surveys.chain([rarities()]).map(|survey| survey.tree()).collect()
}

/// A survey with what no case has.
fn rarities() -> Survey {
    let mut survey = read(&cases::sources("ok/every_kind")).0.expect("the case is whole");
    let language = Language::of_tag("so").expect("it is a tag");
    let plurals = Plurals::read("nplurals=1; plural=0;").expect("it is a rule");
    let title = Words::new("form.short", "Short");
    let languages = vec![Offered { language: language.clone(), draft: true }];
    survey.forms.push(Form { id: "short".into(), title, keeps: BTreeSet::new(), languages });
    let forms = [(language.clone(), (plurals, vec!["Waa immisa?".to_owned()]))].into();
    for question in survey.pages.iter_mut().flat_map(|page| &mut page.questions) {
        question.audio.push(language.clone());
        if let Some(asks) = &mut question.asks {
            asks.plural = Some(Plural { forms, ..Plural::default() });
            break;
        }
    }
    let kinds =
        survey.pages.iter_mut().flat_map(|page| &mut page.questions).map(|question| &mut question.kind);
    for kind in kinds {
        if let Kind::Grid { rows, .. } = kind {
            rows[0].was = Some("before".into());
        }
    }
    survey
}

#[test]
fn every_survey_fits_the_schema_and_nothing_of_the_schema_is_unused() {
    let schema = Schema::new(SCHEMA);
    let mut used = BTreeSet::new();
    let trees = trees();
    assert!(trees.len() > 10);
    for tree in &trees {
        schema.fits(tree, &mut used).unwrap_or_else(|why| panic!("{}: {why}", tree["survey"]));
    }
    let unused: Vec<String> = schema.parts().into_iter().filter(|part| !used.contains(part)).collect();
    assert_eq!(unused, Vec::<String>::new(), "no case prints these: add one, or take them out");
}

#[test]
fn every_finding_fits_the_schema() {
    let schema = Schema::new(FINDING_SCHEMA);
    let mut used = BTreeSet::new();
    let mut count = 0;
    for sources in cases::all() {
        for line in json(&read(&sources).1, &sources).lines() {
            let finding: Value = serde_json::from_str(line).expect("it is JSON");
            schema.fits(&finding, &mut used).unwrap_or_else(|why| panic!("{line}: {why}"));
            count += 1;
            if count % 20 == 0 {
                changed(&finding, &schema);
            }
        }
    }
    assert!(count >= 60, "{count}");
    let unused: Vec<String> = schema.parts().into_iter().filter(|part| !used.contains(part)).collect();
    assert_eq!(unused, Vec::<String>::new());
}

#[test]
fn a_key_more_or_less_does_not_fit() {
    let schema = Schema::new(SCHEMA);
    for name in ["ok/every_kind", "ok/every_condition", "ok/forms_and_dates", "ok/words_filled_in"] {
        let tree = read(&cases::sources(name)).0.expect("the case is whole").tree();
        assert!(changed(&tree, &schema) > 100, "{name}");
    }
}

/// Take every key away and add one to every object that differs in its keys, each by itself; how many changes there
/// were, none of which may fit.
fn changed(whole: &Value, schema: &Schema) -> usize {
    let mut places = Vec::new();
    objects(whole, String::new(), &mut places);
    let mut seen = BTreeSet::new();
    places.retain(|place| seen.insert(shape(whole, place)));
    let mut changes = 0;
    let mut refuse = |changed: Value, what: String| {
        assert!(schema.fits(&changed, &mut BTreeSet::new()).is_err(), "{what} went unnoticed");
        changes += 1;
    };
    for place in places {
        let with = |change: &dyn Fn(&mut Map<String, Value>)| {
            let mut changed = whole.clone();
            let object = changed.pointer_mut(&place).and_then(Value::as_object_mut);
            change(object.expect("an object stands there"));
            changed
        };
        refuse(with(&|object| drop(object.insert("more".to_owned(), Value::Null))), format!("{place}/more"));
        let object = whole.pointer(&place).and_then(Value::as_object).expect("an object stands there");
        for key in object.keys().filter(|key| !OPTIONAL.contains(&key.as_str())) {
            refuse(with(&|object| drop(object.shift_remove(key))), format!("{place} without {key}"));
        }
    }
    changes
}

/// Where an object stands, in which list no matter, and the keys it has.
fn shape(whole: &Value, place: &str) -> (Vec<String>, Vec<String>) {
    let names = place.split('/').filter(|name| name.parse::<usize>().is_err()).map(str::to_owned).collect();
    let object = whole.pointer(place).and_then(Value::as_object).expect("an object stands there");
    (names, object.keys().cloned().collect())
}

/// The JSON pointers of every object whose keys are not the author's.
fn objects(value: &Value, at: String, found: &mut Vec<String>) {
    match value {
        Value::Object(object) => {
            let name = at.rsplit('/').next().unwrap_or_default();
            if !OPEN.contains(&name) {
                found.push(at.clone());
            }
            object.iter().for_each(|(key, value)| objects(value, format!("{at}/{key}"), found));
        }
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(place, item)| objects(item, format!("{at}/{place}"), found));
        }
        _ => {}
    }
}

//! The part of JSON Schema 2020-12 our schemas are written in. A keyword that is not understood here is a panic, so
//! that nothing is passed over.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

/// Keywords that check nothing.
const SAID: &[&str] = &["$schema", "$id", "$defs", "title", "description"];

pub(crate) struct Schema(Value);

type Fits = Result<(), String>;

impl Schema {
    pub(crate) fn new(text: &str) -> Schema {
        Schema(serde_json::from_str(text).expect("a schema is JSON"))
    }

    /// Whether a value fits, or where and why not; `used` collects the pointers of the parts that served.
    pub(crate) fn fits(&self, value: &Value, used: &mut BTreeSet<String>) -> Fits {
        self.part_fits("", value, used)
    }

    /// The pointers of every part that a value can be held to.
    pub(crate) fn parts(&self) -> Vec<String> {
        let mut found = Vec::new();
        collect(&self.0, "", &mut found);
        found
    }

    fn part_fits(&self, at: &str, value: &Value, used: &mut BTreeSet<String>) -> Fits {
        let part = self.0.pointer(at).unwrap_or_else(|| panic!("no part `{at}`"));
        if let Some(allowed) = part.as_bool() {
            return if allowed { Ok(()) } else { Err(format!("{at}: {value} is too much")) };
        }
        let rules = part.as_object().unwrap_or_else(|| panic!("`{at}` is no schema"));
        let mut served = BTreeSet::from([at.to_owned()]);
        for (keyword, rule) in rules.iter().filter(|(keyword, _)| !SAID.contains(&keyword.as_str())) {
            let here = format!("{at}/{keyword}");
            let fits = match keyword.as_str() {
                "properties" | "additionalProperties" => {
                    self.keys_fit(at, rules, keyword, value, &mut served)
                }
                "prefixItems" | "items" => self.items_fit(at, rules, keyword, value, &mut served),
                "oneOf" | "anyOf" => self.branches_fit(&here, rule, keyword == "oneOf", value, &mut served),
                "$ref" => {
                    let to = rule.as_str().and_then(|to| to.strip_prefix('#')).expect("refs are our own");
                    self.part_fits(to, value, &mut served)
                }
                _ if simple(keyword, rule, value) => Ok(()),
                _ => Err(format!("{value} is not {keyword} {rule}")),
            };
            fits.map_err(|why| format!("{at}: {why}"))?;
        }
        used.extend(served);
        Ok(())
    }

    fn keys_fit(
        &self,
        at: &str,
        rules: &Map<String, Value>,
        keyword: &str,
        value: &Value,
        used: &mut BTreeSet<String>,
    ) -> Fits {
        let Some(object) = value.as_object() else { return Ok(()) };
        let named = rules.get("properties").and_then(Value::as_object);
        for (key, value) in object {
            let is_named = named.is_some_and(|named| named.contains_key(key));
            match (keyword, is_named) {
                ("properties", true) => self.part_fits(&format!("{at}/properties/{key}"), value, used)?,
                ("additionalProperties", false) => {
                    self.part_fits(&format!("{at}/additionalProperties"), value, used)
                        .map_err(|why| format!("`{key}`: {why}"))?;
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn items_fit(
        &self,
        at: &str,
        rules: &Map<String, Value>,
        keyword: &str,
        value: &Value,
        used: &mut BTreeSet<String>,
    ) -> Fits {
        let Some(items) = value.as_array() else { return Ok(()) };
        let first = rules.get("prefixItems").and_then(Value::as_array).map_or(0, Vec::len);
        for (place, item) in items.iter().enumerate() {
            match (keyword, place < first) {
                ("prefixItems", true) => self.part_fits(&format!("{at}/prefixItems/{place}"), item, used)?,
                ("items", false) => self.part_fits(&format!("{at}/items"), item, used)?,
                _ => {}
            }
        }
        Ok(())
    }

    fn branches_fit(
        &self,
        at: &str,
        branches: &Value,
        exactly_one: bool,
        value: &Value,
        used: &mut BTreeSet<String>,
    ) -> Fits {
        let count = branches.as_array().map_or(0, Vec::len);
        let mut tried: Vec<Fits> = Vec::new();
        for place in 0..count {
            tried.push(self.part_fits(&format!("{at}/{place}"), value, used));
        }
        let fitting = tried.iter().filter(|fits| fits.is_ok()).count();
        if fitting == 0 || (exactly_one && fitting > 1) {
            let whys: Vec<String> = tried.into_iter().filter_map(Fits::err).collect();
            return Err(format!("{fitting} of {count} fit {value}: {}", whys.join("; ")));
        }
        Ok(())
    }
}

fn simple(keyword: &str, rule: &Value, value: &Value) -> bool {
    let all_of = |rule: &Value, test: &dyn Fn(&str) -> bool| {
        rule.as_array().is_some_and(|names| names.iter().all(|name| name.as_str().is_some_and(test)))
    };
    let at_least = |length: Option<usize>| length.is_none_or(|length| Some(length as u64) >= rule.as_u64());
    let keys = value.as_object().map(Map::len);
    match keyword {
        "type" => match rule {
            Value::String(name) => is_a(value, name),
            _ => rule
                .as_array()
                .is_some_and(|names| names.iter().any(|name| is_a(value, name.as_str().unwrap_or_default()))),
        },
        "const" => value == rule,
        "enum" => rule.as_array().is_some_and(|values| values.contains(value)),
        "required" => value.as_object().is_none_or(|object| all_of(rule, &|name| object.contains_key(name))),
        "minimum" => value.as_f64().zip(rule.as_f64()).is_none_or(|(value, least)| value >= least),
        "minItems" => at_least(value.as_array().map(Vec::len)),
        "minProperties" => at_least(keys),
        "maxProperties" => keys.is_none_or(|keys| Some(keys as u64) <= rule.as_u64()),
        _ => panic!("the keyword `{keyword}` is not understood"),
    }
}

fn is_a(value: &Value, name: &str) -> bool {
    match name {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        "number" => value.is_number(),
        "integer" => value.is_i64() || value.is_u64(),
        _ => panic!("the type `{name}` is not understood"),
    }
}

/// Every schema below one, itself included; `false` serves nobody.
fn collect(part: &Value, at: &str, found: &mut Vec<String>) {
    let Some(rules) = part.as_object() else { return };
    found.push(at.to_owned());
    for (keyword, rule) in rules {
        let here = format!("{at}/{keyword}");
        match (keyword.as_str(), rule) {
            ("properties" | "$defs", Value::Object(named)) => {
                named.iter().for_each(|(name, part)| collect(part, &format!("{here}/{name}"), found));
            }
            ("prefixItems" | "oneOf" | "anyOf", Value::Array(parts)) => {
                parts
                    .iter()
                    .enumerate()
                    .for_each(|(place, part)| collect(part, &format!("{here}/{place}"), found));
            }
            ("items" | "additionalProperties", part) => collect(part, &here, found),
            _ => {}
        }
    }
}

//! A JSON object that remembers which of its fields were read, so that none is ignored by accident.

use std::cell::RefCell;
use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::Failure;

/// Text for the reader, and how hard the reference iterated.
const INFORMATION: [&str; 4] = ["note", "epsilon", "maxit", "scope"];

pub(crate) struct Fields<'a> {
    what: &'static str,
    object: &'a Map<String, Value>,
    read: RefCell<BTreeSet<String>>,
}

impl<'a> Fields<'a> {
    pub(crate) fn new(what: &'static str, value: &'a Value) -> Result<Fields<'a>, Failure> {
        let object =
            value.as_object().ok_or_else(|| Failure::Broken(format!("`{what}` is not an object")))?;
        Ok(Fields { what, object, read: RefCell::default() })
    }

    /// The field, when it is there and not null.
    pub(crate) fn get(&self, key: &str) -> Option<&'a Value> {
        self.read.borrow_mut().insert(key.to_string());
        self.object.get(key).filter(|value| !value.is_null())
    }

    pub(crate) fn need(&self, key: &str) -> Result<&'a Value, Failure> {
        self.get(key).ok_or_else(|| Failure::Broken(format!("`{}` lacks `{key}`", self.what)))
    }

    pub(crate) fn text(&self, key: &str) -> Result<Option<&'a str>, Failure> {
        self.typed(key, Value::as_str)
    }

    pub(crate) fn need_text(&self, key: &str) -> Result<&'a str, Failure> {
        self.need(key)?.as_str().ok_or_else(|| self.wrong(key))
    }

    pub(crate) fn number(&self, key: &str) -> Result<Option<f64>, Failure> {
        self.typed(key, Value::as_f64)
    }

    pub(crate) fn flag(&self, key: &str) -> Result<bool, Failure> {
        Ok(self.typed(key, Value::as_bool)?.unwrap_or(false))
    }

    /// A list of texts, or one text.
    pub(crate) fn texts(&self, key: &str) -> Result<Option<Vec<&'a str>>, Failure> {
        let Some(value) = self.get(key) else { return Ok(None) };
        if let Some(one) = value.as_str() {
            return Ok(Some(vec![one]));
        }
        let list = value.as_array().ok_or_else(|| self.wrong(key))?;
        list.iter()
            .map(|item| item.as_str().ok_or_else(|| self.wrong(key)))
            .collect::<Result<_, _>>()
            .map(Some)
    }

    pub(crate) fn need_texts(&self, key: &str) -> Result<Vec<&'a str>, Failure> {
        self.texts(key)?.ok_or_else(|| Failure::Broken(format!("`{}` lacks `{key}`", self.what)))
    }

    pub(crate) fn numbers(&self, key: &str) -> Result<Option<Vec<f64>>, Failure> {
        let Some(value) = self.get(key) else { return Ok(None) };
        let list = value.as_array().ok_or_else(|| self.wrong(key))?;
        list.iter()
            .map(|item| item.as_f64().ok_or_else(|| self.wrong(key)))
            .collect::<Result<_, _>>()
            .map(Some)
    }

    pub(crate) fn object(&self, key: &str) -> Result<Option<&'a Map<String, Value>>, Failure> {
        self.typed(key, Value::as_object)
    }

    /// A field with an unknown value.
    pub(crate) fn unknown(&self, key: &str, value: &str) -> Failure {
        Failure::Unknown(format!("`{}.{key}` = `{value}`", self.what))
    }

    /// Every field was read or is information.
    pub(crate) fn finish(&self) -> Result<(), Failure> {
        let read = self.read.borrow();
        match self.object.keys().find(|key| !read.contains(*key) && !INFORMATION.contains(&key.as_str())) {
            Some(key) => Err(Failure::Unknown(format!("`{}.{key}`", self.what))),
            None => Ok(()),
        }
    }

    fn typed<T>(&self, key: &str, read: impl Fn(&'a Value) -> Option<T>) -> Result<Option<T>, Failure> {
        self.get(key).map(|value| read(value).ok_or_else(|| self.wrong(key))).transpose()
    }

    fn wrong(&self, key: &str) -> Failure {
        Failure::Broken(format!("`{}.{key}` has another type", self.what))
    }
}

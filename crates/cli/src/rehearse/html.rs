//! What a simple phone sees of a page: its forms, their fields, and the number it is asked to keep.

use std::collections::BTreeMap;

use html5gum::{Token, Tokenizer};

/// A page as a browser without scripts understands it.
#[derive(Debug, Default)]
pub(crate) struct Html {
    /// Its forms, in order.
    pub(crate) forms: Vec<Form>,
    /// Where its links lead, in order.
    pub(crate) links: Vec<String>,
    /// The withdrawal number, where one is shown.
    pub(crate) number: Option<String>,
    /// `lang` of the page.
    pub(crate) lang: String,
}

/// A form: where it goes and what it asks.
#[derive(Debug, Default, Clone)]
pub(crate) struct Form {
    /// Where it is sent.
    pub(crate) action: String,
    /// Its fields in order.
    pub(crate) fields: Vec<Field>,
}

/// One control of a form.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Field {
    /// Its name.
    pub(crate) name: String,
    /// What it takes, or what it sends.
    pub(crate) takes: Takes,
}

/// What a control takes.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Takes {
    /// Sent as it is.
    Hidden(String),
    /// One radio button or checkbox: its value, and whether it is set.
    Choice(String, bool),
    /// A list to pick from: the values, and the selected one.
    List(Vec<String>, Option<String>),
    /// Typed words, with what stands there already.
    Words(String),
    /// A button.
    Button(String),
}

impl Html {
    /// Read a page.
    pub(crate) fn read(text: &str) -> Html {
        let mut reader = Reader::default();
        for token in Tokenizer::new(text) {
            match token {
                Ok(Token::StartTag(tag)) => {
                    let attributes = tag
                        .attributes
                        .iter()
                        .map(|(name, value)| (words(name.as_slice()), words(value.as_slice())))
                        .collect();
                    reader.open(&words(&tag.name), &attributes);
                }
                Ok(Token::EndTag(tag)) => reader.close(&words(&tag.name)),
                Ok(Token::String(text)) => reader.text(&words(&text)),
                _ => {}
            }
        }
        reader.page
    }

    /// The form that carries this button, so that a phone can press it.
    pub(crate) fn form_with(&self, button: &str) -> Option<&Form> {
        self.forms.iter().find(|form| form.buttons().any(|value| value == button))
    }
}

impl Form {
    /// The values of its buttons.
    pub(crate) fn buttons(&self) -> impl Iterator<Item = &str> {
        self.fields.iter().filter_map(|field| match &field.takes {
            Takes::Button(value) => Some(value.as_str()),
            _ => None,
        })
    }

    /// What stands in it already: what a browser sends when nothing is touched.
    pub(crate) fn standing(&self) -> Vec<(String, String)> {
        let value = |field: &Field| match &field.takes {
            Takes::Hidden(value) | Takes::Choice(value, true) | Takes::Words(value) => Some(value.clone()),
            Takes::List(_, selected) => selected.clone(),
            _ => None,
        };
        self.fields.iter().filter_map(|field| Some((field.name.clone(), value(field)?))).collect()
    }

    /// The values that a field offers, over all its controls.
    pub(crate) fn offers(&self, name: &str) -> Vec<&str> {
        let of_name = self.fields.iter().filter(|field| field.name == name);
        of_name
            .flat_map(|field| match &field.takes {
                Takes::Choice(value, _) => vec![value.as_str()],
                Takes::List(values, _) => values.iter().map(String::as_str).collect(),
                _ => Vec::new(),
            })
            .collect()
    }

    /// Whether the field is there at all.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.fields.iter().any(|field| field.name == name)
    }
}

fn words(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

type Attributes = BTreeMap<String, String>;

/// The state of reading: an open form, list, option, box or number.
#[derive(Default)]
struct Reader {
    page: Html,
    form: Option<Form>,
    list: Option<Field>,
    option: Option<(Option<String>, bool)>,
    open_box: Option<Field>,
    in_number: bool,
}

impl Reader {
    fn open(&mut self, tag: &str, attributes: &Attributes) {
        let get = |name: &str| attributes.get(name).cloned().unwrap_or_default();
        match tag {
            "html" => self.page.lang = get("lang"),
            "a" => self.page.links.push(get("href")),
            "form" => self.form = Some(Form { action: get("action"), fields: Vec::new() }),
            "output" if get("id") == "number" => self.in_number = true,
            "select" => self.list = Some(Field { name: get("name"), takes: Takes::List(Vec::new(), None) }),
            "option" => {
                self.option = Some((attributes.get("value").cloned(), attributes.contains_key("selected")));
            }
            "textarea" => {
                self.open_box = Some(Field { name: get("name"), takes: Takes::Words(String::new()) })
            }
            "button" => self.field(get("name"), Takes::Button(get("value"))),
            "input" => self.field(get("name"), input(&get("type"), get("value"), attributes)),
            _ => {}
        }
    }

    /// An option without a value of its own sends its words.
    fn option(&mut self, value: String, is_selected: bool) {
        let Some(Field { takes: Takes::List(values, selected), .. }) = &mut self.list else { return };
        // A browser selects the first option where none is marked.
        if is_selected || values.is_empty() {
            *selected = Some(value.clone());
        }
        values.push(value);
    }

    fn field(&mut self, name: String, takes: Takes) {
        if let (Some(form), false) = (&mut self.form, name.is_empty()) {
            form.fields.push(Field { name, takes });
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(Field { takes: Takes::Words(words), .. }) = &mut self.open_box {
            words.push_str(text);
        }
        if let Some((None, is_selected)) = self.option {
            self.option = Some((Some(text.trim().to_owned()), is_selected));
        }
        if self.in_number {
            self.page.number.get_or_insert_default().push_str(text);
        }
    }

    fn close(&mut self, tag: &str) {
        match tag {
            "form" => self.page.forms.extend(self.form.take()),
            "output" => self.in_number = false,
            "option" => {
                if let Some((value, is_selected)) = self.option.take() {
                    self.option(value.unwrap_or_default(), is_selected);
                }
            }
            "select" => {
                if let Some(Field { name, takes }) = self.list.take() {
                    self.field(name, takes);
                }
            }
            "textarea" => {
                if let Some(Field { name, takes }) = self.open_box.take() {
                    self.field(name, takes);
                }
            }
            _ => {}
        }
    }
}

fn input(kind: &str, value: String, attributes: &Attributes) -> Takes {
    match kind {
        "hidden" => Takes::Hidden(value),
        "radio" | "checkbox" => Takes::Choice(value, attributes.contains_key("checked")),
        "submit" => Takes::Button(value),
        _ => Takes::Words(value),
    }
}

//! How a made-up person fills in the questions of a screen.

use survey::{Kind, Missing, Question, Survey};

use super::{html::Form, person::Person, tendency::Tendencies};

/// Fields as a browser sends them.
pub(crate) type Fields = Vec<(String, String)>;

/// The field by which the first page lets people choose among forms.
const FORM: &str = "_form";

/// The field that people do not see.
const TRAP: &str = "_rest";

/// What nobody is asked for leaves to be typed.
const WISHES: &[&str] = &[
    "[synthetic] Homes that a family with one pay can rent.",
    "[synthetic] Buses in the evening, when my shift ends.",
    "[synthetic] Let our diplomas count.",
    "[synthetic] A family doctor.",
    "[synthetic] Des cours de langue le soir.",
    "[synthetic] Plus d'occasions de rencontrer des gens d'ici.",
    "[synthetic] سكن مناسب للعائلات الكبيرة.",
];

/// The fields this person sends for every question of the survey that stands on the form.
pub(crate) fn fill(survey: &Survey, form: &Form, person: &mut Person, tendencies: &Tendencies) -> Fields {
    let hidden = form.fields.iter().filter_map(|field| match &field.takes {
        super::html::Takes::Hidden(value) => Some((field.name.clone(), value.clone())),
        _ => None,
    });
    let mut fields: Fields = hidden.collect();
    if form.offers(FORM).contains(&person.form.as_str()) {
        fields.push((FORM.to_owned(), person.form.to_string()));
    }
    if person.habits.is_bot && form.has(TRAP) {
        fields.push((TRAP.to_owned(), "https://synthetic.example".to_owned()));
    }
    for (_, question) in survey.questions() {
        fields.extend(reply(question, form, person, tendencies));
    }
    fields
}

fn reply(question: &Question, form: &Form, person: &mut Person, tendencies: &Tendencies) -> Fields {
    let name = question.id.as_str();
    if !stands_on(question, form) {
        return Vec::new();
    }
    if let Some(missing) = passes_over(question, form, person) {
        return missing;
    }
    match &question.kind {
        Kind::Many { .. } => several(question, form, person, tendencies),
        Kind::Rank { top, .. } => ranked(question, *top, form, person, tendencies),
        Kind::Grid { .. } => rows(question, form, person, tendencies),
        Kind::Number { low, high, .. } => {
            let number = number(name, *low, *high, person, tendencies);
            vec![(name.to_owned(), number)]
        }
        Kind::Date { to_day, .. } => {
            let month = 1 + person.chance.below(12);
            let day = if *to_day { "-15" } else { "" };
            vec![(name.to_owned(), format!("2026-{month:02}{day}"))]
        }
        Kind::Fsa => vec![(name.to_owned(), ["B3H", "B3M", "B2W"][person.chance.below(3)].to_owned())],
        Kind::Text { most } => wish(name, *most, person),
        _ => single(question, form, person, tendencies),
    }
}

/// A place on a scale of numbers where the table knows the question, else a small number.
fn number(name: &str, low: f64, high: f64, person: &mut Person, tendencies: &Tendencies) -> String {
    let leaning = tendencies.of(name, "", person);
    let scale: Vec<String> = (low as i64..=high as i64).map(|number| number.to_string()).collect();
    let known = if leaning == 0.0 { None } else { step_on_scale(&scale, leaning, person) };
    known.unwrap_or_else(|| format!("{}", (low + (high - low).min(8.0) * person.chance.share()).round()))
}

fn stands_on(question: &Question, form: &Form) -> bool {
    let name = question.id.as_str();
    let dotted = format!("{name}.");
    form.has(name) || form.fields.iter().any(|field| field.name.starts_with(&dotted))
}

/// Leaves it empty, or says so where that is offered.
fn passes_over(question: &Question, form: &Form, person: &mut Person) -> Option<Fields> {
    let (empty, said) = (person.chance.share(), person.chance.share());
    if question.is_needed() || person.facts.contains_key(question.id.as_str()) && said > 0.03 {
        return None;
    }
    let offered = form.offers(question.id.as_str());
    let prefer_not = Missing::PreferNot.code();
    let likely = if question.sensitive { 0.05 } else { 0.015 };
    if said < likely && offered.contains(&prefer_not) {
        return Some(vec![(question.id.to_string(), prefer_not.to_owned())]);
    }
    (empty < 0.02).then(Vec::new)
}

fn single(question: &Question, form: &Form, person: &mut Person, tendencies: &Tendencies) -> Fields {
    let name = question.id.as_str();
    let offered: Vec<String> = real(question, form.offers(name));
    let known = person.facts.get(name).filter(|code| offered.contains(code)).cloned();
    let Some(code) = known.or_else(|| draw(question, &offered, person, tendencies)) else {
        return Vec::new();
    };
    let mut fields = vec![(name.to_owned(), code.clone())];
    let boxed = format!("{name}.{code}.words");
    if form.has(&boxed) && person.chance.happens(0.5) {
        fields.push((boxed, "[synthetic]".to_owned()));
    }
    fields
}

/// Codes that are answers: what is offered, without blanks and missing answers, in the order of the survey. Where a
/// list is shuffled it stands elsewhere on every visit, and the same person must still draw the same answer.
fn real(question: &Question, offered: Vec<&str>) -> Vec<String> {
    let codes = offered.into_iter().filter(|code| !code.is_empty() && Missing::of_code(code).is_none());
    let mut codes: Vec<String> = codes.map(str::to_owned).collect();
    codes.sort_by_key(|code| question.choices().iter().position(|choice| choice.id.as_str() == code));
    codes
}

fn draw(
    question: &Question,
    offered: &[String],
    person: &mut Person,
    tendencies: &Tendencies,
) -> Option<String> {
    let scale = tendencies.of(question.id.as_str(), "", person);
    if scale != 0.0 {
        return step_on_scale(offered, scale, person);
    }
    let weight = |code: &String| tendencies.of(question.id.as_str(), code, person).exp();
    let weights: Vec<f64> = offered.iter().map(weight).collect();
    (!offered.is_empty()).then(|| offered[person.chance.place(&weights)].clone())
}

/// A place on an ordered scale: a latent leaning with logistic noise, cut into even steps of 1.2.
fn step_on_scale(offered: &[String], leaning: f64, person: &mut Person) -> Option<String> {
    let latent = leaning + 0.8 * person.chance.logistic();
    let middle = (offered.len() as f64 - 1.0) / 2.0;
    let place = (middle + latent / 1.2).round().clamp(0.0, offered.len() as f64 - 1.0);
    offered.get(place as usize).cloned()
}

fn several(question: &Question, form: &Form, person: &mut Person, tendencies: &Tendencies) -> Fields {
    let name = question.id.as_str();
    let offered = real(question, form.offers(name));
    let is_only = |code: &str| question.choice(code).is_some_and(|choice| choice.only);
    let (only, plain): (Vec<String>, Vec<String>) = offered.into_iter().partition(|code| is_only(code));
    let known = person.facts.get(name).filter(|code| plain.contains(code)).cloned();
    let drawn_from = if known.is_some() { Vec::new() } else { plain };
    let mut chosen: Vec<String> = known.into_iter().collect();
    for code in drawn_from {
        let leaning = tendencies.of(name, &code, person);
        if person.chance.happens(1.0 / (1.0 + (-leaning).exp())) {
            chosen.push(code);
        }
    }
    if let Kind::Many { most: Some(most), .. } = question.kind {
        chosen.truncate(most);
    }
    if chosen.is_empty() {
        chosen.extend(only.into_iter().next());
    }
    chosen.into_iter().map(|code| (name.to_owned(), code)).collect()
}

fn ranked(
    question: &Question,
    top: usize,
    form: &Form,
    person: &mut Person,
    tendencies: &Tendencies,
) -> Fields {
    let name = question.id.as_str();
    let mut left = real(question, form.offers(&format!("{name}.1")));
    let mut fields = Vec::new();
    for place in 1..=top {
        let Some(code) = draw(question, &left, person, tendencies) else { break };
        left.retain(|other| *other != code);
        fields.push((format!("{name}.{place}"), code));
    }
    fields
}

fn rows(question: &Question, form: &Form, person: &mut Person, tendencies: &Tendencies) -> Fields {
    let mut fields = Vec::new();
    for row in question.rows() {
        let name = format!("{}.{}", question.id, row.id);
        let offered = real(question, form.offers(&name));
        if offered.is_empty() || person.chance.happens(0.015) {
            continue;
        }
        let own = tendencies.of(&name, "", person);
        let leaning = if own == 0.0 { tendencies.of(question.id.as_str(), "", person) } else { own };
        fields.extend(step_on_scale(&offered, leaning, person).map(|code| (name, code)));
    }
    fields
}

fn wish(name: &str, most: usize, person: &mut Person) -> Fields {
    if person.habits.is_bot {
        let advert = "[synthetic] Buy followers cheaply, we deliver to every country within an hour.";
        return vec![(name.to_owned(), advert.chars().take(most).collect())];
    }
    if person.chance.happens(0.75) {
        return Vec::new();
    }
    let wish = WISHES[person.chance.below(WISHES.len())];
    vec![(name.to_owned(), wish.chars().take(most).collect())]
}

//! Whether what came out is what was expected.

use serde_json::Value;

/// Every value of `expected` is in `got`, numbers within `|got - expected| <= rtol max(..) + 1e-10`.
pub(crate) fn compare(expected: &Value, got: &Value, rtol: f64) -> Result<(), String> {
    at("result", expected, got, rtol)
}

fn at(path: &str, expected: &Value, got: &Value, rtol: f64) -> Result<(), String> {
    match (expected, got) {
        (Value::Object(wanted), _) => {
            for (key, value) in wanted.iter().filter(|(key, _)| *key != "note") {
                let inner = format!("{path}.{key}");
                let got =
                    got.get(key).ok_or_else(|| format!("{inner}: expected {}, got nothing", short(value)))?;
                at(&inner, value, got, rtol)?;
            }
            Ok(())
        }
        (Value::Array(wanted), Value::Array(list)) if wanted.len() == list.len() => {
            wanted.iter().zip(list).enumerate().try_for_each(|(position, (wanted, got))| {
                at(&format!("{path}[{position}]"), wanted, got, rtol)
            })
        }
        // A vector of length 1 may stand for a scalar and the other way round.
        (Value::Array(wanted), scalar) if wanted.len() == 1 && !scalar.is_array() => {
            at(path, &wanted[0], scalar, rtol)
        }
        (scalar, Value::Array(list)) if list.len() == 1 && !scalar.is_array() => {
            at(path, scalar, &list[0], rtol)
        }
        (Value::Number(_), Value::Number(_)) if close(expected, got, rtol) => Ok(()),
        (Value::String(_) | Value::Bool(_) | Value::Null, _) if expected == got => Ok(()),
        _ => Err(format!("{path}: expected {}, got {}", short(expected), short(got))),
    }
}

fn close(expected: &Value, got: &Value, rtol: f64) -> bool {
    match (expected.as_f64(), got.as_f64()) {
        (Some(expected), Some(got)) => (got - expected).abs() <= rtol * expected.abs().max(got.abs()) + 1e-10,
        _ => false,
    }
}

fn short(value: &Value) -> String {
    let text = value.to_string();
    if text.chars().count() <= 80 { text } else { text.chars().take(77).chain("...".chars()).collect() }
}

//! A document as one page: no script, no request, readable by ear and on a phone, fit to print.

mod page;

use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::{document::Document, fonts::Fonts, palette};

const SHEET: &str = include_str!("../assets/report.css");
/// How the parts of a picture look.
pub(crate) const PICTURE: &str = include_str!("../assets/picture.css");

/// The whole page.
pub fn html(document: &Document, fonts: &Fonts) -> String {
    let language = &document.language;
    let page: Markup = html! {
        (DOCTYPE)
        html lang=(language.tag()) dir=(language.direction().as_str()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta http-equiv="Content-Security-Policy"
                    content="default-src 'none'; style-src 'unsafe-inline'; font-src data:; base-uri 'none'; form-action 'none'";
                title { (document.title) }
                style { (PreEscaped(sheet())) }
            }
            body {
                a.skip href="#report" { (document.words.skip) }
                (page::head(document))
                (page::contents(document))
                main #report tabindex="-1" {
                    (page::numbers(document))
                    @for part in &document.sections { (page::part(document, part, fonts)) }
                }
                footer { p { (document.words.made) } }
            }
        }
    };
    page.into_string()
}

/// The style sheet with the fonts and the palette in it.
fn sheet() -> String {
    let light = palette::properties(false);
    let dark = palette::properties(true);
    format!(
        "{}{}:root{{color-scheme:light dark;{light}}}@media(prefers-color-scheme:dark){{:root{{{dark}}}}}\
         @media print{{:root{{color-scheme:light;{light}}}}}{PICTURE}{SHEET}",
        face(400, crate::fonts::REGULAR_WOFF2),
        face(700, crate::fonts::BOLD_WOFF2),
    )
}

fn face(weight: u32, bytes: &[u8]) -> String {
    format!(
        "@font-face{{font-family:\"Report Sans\";font-weight:{weight};font-display:block;\
         src:url(data:font/woff2;base64,{}) format(\"woff2\")}}",
        base64(bytes)
    )
}

/// Bytes as base64 (RFC 4648, section 4).
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let at = |place: usize| u32::from(three.get(place).copied().unwrap_or(0));
        let joined = at(0) << 16 | at(1) << 8 | at(2);
        for place in 0..4 {
            let letter = LETTERS[(joined >> (18 - 6 * place) & 63) as usize];
            out.push(if place <= three.len() { char::from(letter) } else { '=' });
        }
    }
    out
}

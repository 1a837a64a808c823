//! The choice among the forms of a survey, on its first page.

use maud::{Markup, html};
use survey::FormId;

use crate::views::Voice;

/// The control field that names the form.
pub(crate) const FORM: &str = "_form";

/// The forms offered in this language, with the one that is chosen or else the first; nothing where a survey has only
/// its whole.
pub(crate) fn forms(voice: &Voice<'_>, chosen: Option<&FormId>) -> Markup {
    let offered = voice.app.survey.forms_in(voice.wanted);
    let chosen = chosen.or(offered.first());
    html! {
        @match offered.as_slice() {
            [] => {}
            [only] if *only == FormId::full() => {}
            [only] => {
                p { (voice.say("form.only")) " " strong { (title(voice, only)) } " " (pages(voice, only)) }
            }
            several => {
                fieldset {
                    legend { (voice.say("form")) }
                    @for form in several {
                        label.choice {
                            input type="radio" name=(FORM) value=(form) checked[Some(form) == chosen];
                            span { (title(voice, form)) " " (pages(voice, form)) }
                        }
                    }
                }
            }
        }
    }
}

fn title(voice: &Voice<'_>, form: &FormId) -> Markup {
    voice.app.survey.form(form).map_or_else(|| voice.say("form.full"), |form| voice.words(&form.title))
}

/// About how many pages there will be.
fn pages(voice: &Voice<'_>, form: &FormId) -> Markup {
    html! { small { (voice.say_with("form.pages", &[("of", &voice.app.pages_of(form))])) } }
}

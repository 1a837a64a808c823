//! `soundings poster`: a page to print for each channel and language, with the code a phone reads.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail, ensure};
use qrcode::{Color, EcLevel, QrCode};
use responses::Channel;
use survey::{FormId, Language, Offered, Survey, Words};

use crate::{
    kept::Kept,
    say::{count, line},
    serve,
};

/// Write a poster for each channel and language: a page to print, and the code as a picture.
///
/// The pages say only what the survey says: its title, who asks, how many minutes, its languages, and the address. They
/// fit Letter and A4.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The folder of the survey, as `surveys/newcomer-needs`
    survey_folder: PathBuf,
    #[command(flatten)]
    kept: Kept,
    /// Where people reach the server, as `https://collect.example.ca`
    #[arg(long)]
    url: String,
    /// One channel by its code, instead of all that count
    #[arg(long)]
    channel: Option<String>,
    /// Where the posters are written
    #[arg(long)]
    out: PathBuf,
}

/// Run the verb.
pub(crate) fn run(args: &Args) -> Result<()> {
    ensure!(
        args.url.starts_with("https://") || args.url.starts_with("http://"),
        "`{}` is not an address people can open: give one like https://collect.example.ca",
        args.url
    );
    let survey = serve::edition(&args.survey_folder, None)?;
    let mut channels = args.kept.open_to_read()?.channels(&survey.name)?;
    channels.retain(|each| args.channel.as_ref().map_or(!each.revoked, |code| each.code == *code));
    if channels.is_empty() {
        bail!("there is no such channel: make one first (soundings channel add)");
    }
    fs::create_dir_all(&args.out).with_context(|| format!("`{}` cannot be made", args.out.display()))?;
    let mut pages = 0;
    for channel in &channels {
        for offered in survey.all_offered() {
            write(args, &survey, channel, offered)?;
            pages += 1;
        }
    }
    line(format_args!("{} written to {}", count(pages, "poster"), args.out.display()));
    Ok(())
}

fn write(args: &Args, survey: &Survey, channel: &Channel, offered: &Offered) -> Result<()> {
    let (language, code) = (&offered.language, &channel.code);
    let host = args.url.trim_end_matches('/');
    let link = format!("{host}/{}/{language}?c={code}", survey.name);
    let picture = picture(&link)?;
    let page = page(survey, offered, &link, &picture);
    for (name, text) in
        [(format!("{code}-{language}.html"), page), (format!("{code}-{language}.svg"), picture)]
    {
        put(&args.out.join(name), &text)?;
    }
    Ok(())
}

fn put(path: &Path, text: &str) -> Result<()> {
    fs::write(path, text).with_context(|| format!("`{}` cannot be written", path.display()))
}

/// The code as a picture: one path of black squares, with the quiet border readers ask for.
fn picture(link: &str) -> Result<String> {
    let code = QrCode::with_error_correction_level(link, EcLevel::Q)
        .context("the address is too long for a code")?;
    let (width, colors) = (code.width(), code.to_colors());
    let mut path = String::new();
    for (place, _) in colors.iter().enumerate().filter(|(_, color)| **color == Color::Dark) {
        path.push_str(&format!("M{} {}h1v1h-1z", place % width + BORDER, place / width + BORDER));
    }
    let whole = width + 2 * BORDER;
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {whole} {whole}\" role=\"img\" \
         aria-label=\"{}\" shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h{whole}v{whole}H0z\"/>\
         <path d=\"{path}\"/></svg>",
        escaped(link)
    ))
}

/// Light squares round a code.
const BORDER: usize = 4;

const STYLE: &str = "@page{margin:18mm}*{box-sizing:border-box}body{font:20pt/1.4 system-ui,'Noto Sans','Noto Sans \
    Arabic',sans-serif;color:#16191d;text-align:center;margin:0 auto;max-width:180mm;padding:8mm 0}h1{font-size:40pt;\
    line-height:1.2;margin:0 0 8mm}svg{width:95mm;height:95mm;display:block;margin:6mm auto}.address{font-size:17pt;\
    font-weight:600;overflow-wrap:anywhere}.languages{margin-top:8mm;font-size:18pt}.quiet{font-size:13pt;color:#4f5761}\
    .minutes{font-weight:600}";

fn page(survey: &Survey, offered: &Offered, link: &str, picture: &str) -> String {
    let language = &offered.language;
    let words = |words: &Words| escaped(words.translations.get(language).unwrap_or(&words.source));
    let languages: Vec<String> = survey.all_offered().iter().map(|each| named(&each.language)).collect();
    let shown = link.split_once("://").map_or(link, |(_, rest)| rest);
    let title = words(&survey.title);
    let draft = if offered.draft { " · draft" } else { "" };
    format!(
        "<!DOCTYPE html><html lang=\"{language}\" dir=\"{}\"><head><meta charset=\"utf-8\"><title>{title}</title>\
         <style>{STYLE}</style></head><body><h1>{title}</h1><p class=\"minutes\"><bdi>{}</bdi></p>{picture}\
         <p class=\"address\"><bdi dir=\"ltr\">{}</bdi></p><p class=\"languages\">{}</p>\
         <p class=\"quiet\">{}{draft}</p></body></html>\n",
        language.direction().as_str(),
        minutes(survey, language),
        escaped(shown),
        languages.join(" · "),
        words(&survey.host),
    )
}

fn named(language: &Language) -> String {
    let direction = language.direction().as_str();
    format!("<span lang=\"{language}\" dir=\"{direction}\">{}</span>", escaped(language.endonym()))
}

/// How long the forms take that are offered in this language, in a sign everybody reads.
fn minutes(survey: &Survey, language: &Language) -> String {
    let forms = std::iter::once(FormId::full()).chain(survey.forms.iter().map(|form| form.id.clone()));
    let offered = forms.filter(|form| survey.offers(form, language));
    let mut minutes: Vec<u32> = offered.map(|form| survey.minutes(&form).usual).collect();
    minutes.sort_unstable();
    match (minutes.first(), minutes.last()) {
        (Some(least), Some(most)) if least < most => format!("{least}–{most} min"),
        (Some(only), _) => format!("{only} min"),
        _ => String::new(),
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::picture;

    #[test]
    fn a_code_has_three_corners_and_a_border() {
        let svg = picture("https://collect.example.ca/newcomer-needs/ar?c=abc234").expect("it fits");
        // The top left square of the finder pattern, behind four light ones.
        assert!(svg.contains("M4 4h1v1h-1z") && !svg.contains("M3 4h1v1h-1z"));
        assert!(picture(&"x".repeat(5_000)).is_err());
    }
}

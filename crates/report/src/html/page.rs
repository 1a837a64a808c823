//! The parts of the page.

use maud::{Markup, PreEscaped, html};
use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use crate::{
    document::{Block, Document, Part},
    draw::svg,
    figure::{DataTable, Figure},
    fonts::Fonts,
    layout::{Width, layout},
};

pub(super) fn head(document: &Document) -> Markup {
    html! {
        header {
            @if document.languages.len() > 1 {
                nav.languages aria-label=(document.words.languages) {
                    @for language in &document.languages {
                        @if *language == document.language {
                            span aria-current="page" lang=(language.tag()) { (language.endonym()) }
                        } @else {
                            a href={ "../" (language.tag()) "/index.html" } lang=(language.tag())
                                hreflang=(language.tag()) { (language.endonym()) }
                        }
                    }
                }
            }
            h1 { (document.title) }
            p.about { (document.about) }
            @for notice in &document.notices { p.notice role="note" { strong { (notice) } } }
        }
    }
}

pub(super) fn contents(document: &Document) -> Markup {
    html! {
        nav.contents aria-labelledby="contents" {
            h2 #contents { (document.words.contents) }
            ol { @for part in &document.sections { li { a href={ "#" (part.id) } { (part.title) } } } }
        }
    }
}

pub(super) fn numbers(document: &Document) -> Markup {
    html! {
        @if !document.numbers.is_empty() {
            ul.numbers {
                @for number in &document.numbers {
                    li {
                        @if let Some(value) = &number.value { b { (value) } " " }
                        span.label { (number.label) }
                        @if !number.range.is_empty() { " " span.range { (number.range) } }
                    }
                }
            }
        }
    }
}

pub(super) fn part(document: &Document, part: &Part, fonts: &Fonts) -> Markup {
    html! {
        section aria-labelledby=(part.id) {
            h2 id=(part.id) { (part.title) }
            @for block in &part.blocks {
                @match block {
                    Block::Prose(markdown) => (prose(markdown)),
                    Block::Figure(figure) => (draw(document, figure, fonts)),
                    Block::Facts(facts) => dl.facts {
                        @for (term, says) in facts { div { dt { (term) } dd { (says) } } }
                    },
                    Block::Table(data) => (table(data, "")),
                    Block::Source { language, lines } => p.source lang=(language.tag()) {
                        @for (place, line) in lines.iter().enumerate() { @if place > 0 { br; } (line) }
                    },
                }
            }
        }
    }
}

fn draw(document: &Document, figure: &Figure, fonts: &Fonts) -> Markup {
    let id = format!("figure-{}", figure.id);
    let number = document.words.figure.replace("{n}", &figure.number.to_string());
    html! {
        figure id=(id) aria-labelledby={ (id) "-caption" } {
            figcaption {
                h3 #{ (id) "-caption" } { span.number { (number) } " " (figure.title) }
                p.subtitle { (figure.subtitle) }
            }
            @match &figure.chart {
                _ if figure.instead.is_some() => {
                    @if let Some(instead) = &figure.instead { p.instead { (instead) } }
                    (notes(figure))
                }
                Some(chart) => {
                    @for (width, class) in [(Width::Wide, "wide"), (Width::Narrow, "narrow")] {
                        div.chart.(class) {
                            (PreEscaped(svg(
                                &layout(chart, width, fonts),
                                &format!("{id}-{class}"),
                                &figure.title,
                                &figure.alt,
                                document.language.tag(),
                            )))
                        }
                    }
                    (notes(figure))
                    @if let Some(data) = &figure.table {
                        details { summary { (document.words.table) } (table(data, &id)) }
                    }
                }
                None => {
                    @if let Some(data) = &figure.table { (table(data, &id)) }
                    (notes(figure))
                }
            }
        }
    }
}

fn notes(figure: &Figure) -> Markup {
    html! { p.notes { (figure.notes.join(" ")) } }
}

/// A wide table scrolls within itself, and can be reached with the keyboard to do so.
fn table(data: &DataTable, id: &str) -> Markup {
    let name = if id.is_empty() { String::new() } else { format!("{id}-table") };
    html! {
        div.scroll tabindex="0" role="region" aria-label=(data.caption) {
            table id=[(!name.is_empty()).then_some(name)] {
                caption { (data.caption) }
                thead { tr { @for head in &data.heads { th scope="col" { (head) } } } }
                tbody {
                    @for row in &data.rows {
                        @if row.heading {
                            tr.group { th scope="colgroup" colspan=(data.heads.len()) { (row.label) } }
                        } @else {
                            tr { th scope="row" { (row.label) } @for cell in &row.cells { td { (cell) } } }
                        }
                    }
                }
            }
        }
    }
}

/// Markdown as HTML; markup typed by hand stays text, and pictures from elsewhere are left out.
fn prose(markdown: &str) -> Markup {
    let events = Parser::new(markdown).filter_map(|event| match event {
        Event::Html(text) | Event::InlineHtml(text) => Some(Event::Text(text)),
        Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => None,
        other => Some(other),
    });
    let mut out = String::new();
    pulldown_cmark::html::push_html(&mut out, events);
    html! { (PreEscaped(out)) }
}

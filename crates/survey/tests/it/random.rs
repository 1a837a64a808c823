//! Random surveys without an error: every kind of question, conditions over what came before, odd characters.

use std::fmt::Write as _;

use survey::{Sources, read_source, translation};

/// Numbers from a seed (SplitMix64).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let of = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let of = (of ^ (of >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        of ^ (of >> 31)
    }

    fn below(&mut self, most: usize) -> usize {
        (self.next() % most as u64) as usize
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }

    /// True once in so many times.
    fn seldom(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }
}

/// A question that conditions may look at.
struct Asked {
    id: String,
    kind: &'static str,
}

struct Writer {
    chance: Chance,
    text: String,
    asked: Vec<Asked>,
}

const KINDS: &[&str] = &[
    "one",
    "one",
    "one_ordered",
    "one_list",
    "many",
    "many",
    "many_list",
    "many_from",
    "rank",
    "rank_from",
    "grid",
    "number",
    "year",
    "date",
    "fsa",
    "text",
    "note",
    "calc",
    "computed",
    "language",
];

const WORDS: &[&str] = &[
    "home",
    "a job",
    "école",
    "50 %",
    "\\[sic\\]",
    "\\{brace}",
    "back\\\\slash",
    "\\#1",
    "and",
    "why?",
    "ሰላም",
    "so — yes",
    "a: b",
    "or; not",
    "= 5",
    "a,b",
    "(PR)",
];

/// The files of a survey in English and Spanish; the same seed gives the same files.
pub(crate) fn survey(seed: u64) -> Sources {
    let mut writer = Writer { chance: Chance(seed), text: String::new(), asked: Vec::new() };
    writer.settings();
    writer.questions();
    writer.text +=
        "end declined  Thank you\n  ? Nothing was kept in {region}.\n  support Call 211.\nend done  Done\n";
    let mut sources = Sources::from([("case.survey".to_owned(), writer.text)]);
    sources.insert(
        "../sister/sister.survey".to_owned(),
        "survey sister\nlist shared\n  - left  Left\n  - right  Right  [short R]\n".to_owned(),
    );
    translate(&mut sources, seed);
    sources
}

/// A Spanish file with words for everything but some hints, and for the lists of the sister.
fn translate(sources: &mut Sources, seed: u64) {
    let (survey, findings) = read_source(sources);
    let survey = survey.unwrap_or_else(|| panic!("seed {seed}: {}", survey::draw(&findings, sources, false)));
    let spanish = survey::Language::of_tag("es").expect("we have data for it");
    let mut po = translation::extract(&survey, &spanish, None);
    for (place, entry) in po.entries.iter_mut().enumerate().filter(|(_, entry)| !entry.is_header()) {
        let path = entry.path().unwrap_or_default().to_owned();
        if path.ends_with(":hint") && place % 3 == 0 {
            continue;
        }
        let (one, more) =
            (entry.english().to_owned(), entry.msgid_plural.as_ref().map(|more| more.text.to_string()));
        for (form, text) in entry.msgstrs.iter_mut().enumerate() {
            let english = if form == 0 { &one } else { more.as_ref().unwrap_or(&one) };
            text.text = format!("¿{place} {english}?").into();
        }
    }
    sources.insert("es.po".to_owned(), survey::po::write(&po));
    let entry = |path: &str, english: &str| {
        format!("msgctxt \"list.shared.{path}\"\nmsgid \"{english}\"\nmsgstr \"La {english}\"\n\n")
    };
    sources.insert(
        "../sister/es.po".to_owned(),
        [entry("left", "Left"), entry("right", "Right"), entry("right:short", "R")].concat(),
    );
}

impl Writer {
    fn line(&mut self, line: &str) {
        let _ = writeln!(self.text, "{line}");
    }

    /// Some words that begin with a letter, so that two choices never read alike.
    fn words(&mut self) -> String {
        let mut words = vec![format!("W{}", self.chance.below(1_000_000))];
        for _ in 0..self.chance.below(4) {
            words.push(self.chance.one(WORDS).to_owned());
        }
        words.join(" ")
    }

    fn settings(&mut self) {
        self.line(
            "survey case\ntitle A case in {region}\nversion 2027.1\nsource en\nlangs es\nhost Somebody",
        );
        self.line("contact Coordinator, 555-0100\nsuppress below 5\nset region  Halifax \\[NS\\]\nuse sister  shared");
        if self.chance.seldom(2) {
            self.line("field 2027-02-01..2027-03-15\nwithdraw 2027-03-31\ndraw yes One of 100 wins");
        }
        self.line("missing prefer_not  Prefer not to say\nmissing dont_know  I do not know");
        self.line("list ease  ordered  best last\n  - 1  Hard\n  - 2  Neither\n  - 3  Easy  [short E]");
        self.line("list plain\n  - red  Red\n  - blue  Blue  [specify]\n  - old  Old  [last] [was older]");
        self.line("page start  Before you begin\nconsent agree\n  ? Shall we begin?\n  - yes  Yes\n  - no  No  [end declined]");
    }

    fn questions(&mut self) {
        let count = 6 + self.chance.below(14);
        // Of a list that no question uses, a survey knows nothing.
        self.line("one shared_one  of shared\n  ? Which?\n  role outcome");
        let form = self.text.len();
        let mut kept = Vec::new();
        for place in 0..count {
            if place % 5 == 0 {
                self.page(place);
            }
            let before = self.asked.len();
            let looks = self.question(place);
            if !looks && self.asked.len() > before {
                kept.push(self.asked[before].id.clone());
            }
        }
        if !kept.is_empty() {
            let item = format!("form short  The short form\n  keeps {}\n", kept.join(" "));
            self.text.insert_str(form, &item);
        }
        // The item of the consent must stay whole: the form stands above the page.
        let start = self.text.find("page start").expect("it was written");
        if let Some(at) = self.text.find("form short") {
            let end = self.text[at..].find("page ").map_or(self.text.len(), |length| at + length);
            let item: String = self.text.drain(at..end).collect();
            self.text.insert_str(start, &item);
        }
    }

    fn page(&mut self, place: usize) {
        let words = self.words();
        self.line(&format!("page part{place}  {words}"));
        if self.chance.seldom(3) {
            self.line("  sensitive You can skip this.\n  support Call 211.");
        }
    }

    /// Write a question; whether it looks at another.
    fn question(&mut self, place: usize) -> bool {
        let kind = self.chance.one(KINDS);
        let id = format!("q{place}");
        let lists: Vec<usize> =
            (0..self.asked.len()).filter(|index| self.asked[*index].kind == "many").collect();
        let from = lists.first().map(|index| self.asked[*index].id.clone());
        match (kind, from) {
            ("many_from", Some(from)) => self.many_from(&id, &from),
            ("rank_from", Some(from)) => self.rank_from(&id, &from),
            ("calc" | "computed" | "many_from" | "rank_from", _) => self.calc(&id),
            (kind, _) => self.plain(kind, &id),
        }
    }

    fn many_from(&mut self, id: &str, from: &str) -> bool {
        self.line(&format!(
            "many {id}  from {from}\n  ? Which again?\n  - {id}_no  None of them  [only]\n  role outcome"
        ));
        true
    }

    fn rank_from(&mut self, id: &str, from: &str) -> bool {
        self.line(&format!("rank {id}  from {from}  top 2\n  ?1 Of one in {{region}}, is it?\n  ? Of the {{count({from})}}, which?"));
        self.line(&format!("  when answered({from})\n  role outcome"));
        true
    }

    fn calc(&mut self, id: &str) -> bool {
        let number = self.asked.iter().find(|asked| asked.kind == "number").map(|asked| asked.id.clone());
        match number {
            Some(number) if self.chance.seldom(2) => {
                self.line(&format!("calc {id}\n  = ({number} + 2) * 3 - {number} / 4\n  role profile"));
            }
            Some(number) => {
                self.line(&format!("calc {id}\n  - low  Low  [when {number} < 5] [short L]"));
                self.line(&format!("  - high  High  [when {number} >= 5]\n  role profile"));
            }
            None => return self.plain("number", id),
        }
        true
    }

    fn plain(&mut self, kind: &'static str, id: &str) -> bool {
        let asks = self.words();
        let (head, kind, codes) = self.head(kind, id);
        self.line(&head);
        self.line(&format!("  ? {asks}?"));
        let when = (!self.asked.is_empty() && self.chance.seldom(2)).then(|| self.condition());
        if let Some(when) = &when {
            self.line(&format!("  when {when}"));
        }
        self.lines(kind, id);
        for code in codes.iter().filter(|_| !matches!(kind, "listed" | "grid" | "language")) {
            let words = self.words();
            let mark = match code.as_str() {
                "none" => "  [only]".to_owned(),
                "other" => "  [specify] [last]".to_owned(),
                "b" => "  [short Bee] [was bee]".to_owned(),
                _ => String::new(),
            };
            self.line(&format!("  - {code}  {words}{mark}"));
        }
        if kind == "grid" {
            self.line("  | home  At home  [short Home]\n  | work  At work  [was job]");
        }
        if kind != "note" {
            self.asked.push(Asked { id: id.to_owned(), kind });
        }
        when.is_some()
    }

    fn head(&mut self, kind: &'static str, id: &str) -> (String, &'static str, Vec<String>) {
        let codes = |codes: &[&str]| codes.iter().map(|code| (*code).to_owned()).collect::<Vec<_>>();
        match kind {
            "one" => (format!("one {id}"), "one", codes(&["a", "b", "other"])),
            "one_ordered" => (format!("one {id}  ordered"), "ordered", codes(&["a", "b", "c"])),
            "one_list" => {
                let list = self.chance.one(&["ease", "plain", "shared"]);
                (format!("one {id}  of {list}"), "listed", Vec::new())
            }
            "many" => (format!("many {id}  max 3"), "many", codes(&["a", "b", "c", "none"])),
            "many_list" => {
                (format!("many {id}  of plain\n  - {id}_no  None of them  [only]"), "listed", Vec::new())
            }
            "rank" => (format!("rank {id}  top 2"), "rank", codes(&["a", "b", "c"])),
            "grid" => (format!("grid {id}  of ease"), "grid", codes(&["1", "2", "3"])),
            "number" => (format!("number {id}  1..20"), "number", Vec::new()),
            "year" => (format!("year {id}  1950..now"), "year", Vec::new()),
            "date" => (format!("date {id}  2000-01..now"), "date", Vec::new()),
            "fsa" => (format!("fsa {id}"), "fsa", Vec::new()),
            "note" => (format!("note {id}"), "note", Vec::new()),
            "language" => (format!("language {id}"), "language", codes(&["en", "es", "ti"])),
            _ => (format!("text {id}  max 300"), "text", Vec::new()),
        }
    }

    fn lines(&mut self, kind: &str, id: &str) {
        if self.chance.seldom(3) {
            let words = self.words();
            self.line(&format!("  hint {words}"));
        }
        if kind == "note" {
            return;
        }
        let (short, role) = (self.words(), if kind == "text" { "quote" } else { "outcome" });
        self.line(&format!("  short {short}\n  role {role}"));
        if self.chance.seldom(3) {
            self.line("  allow prefer_not dont_know\n  suppress below 20");
        }
        if self.chance.seldom(4) {
            self.line(&format!("  was old_{id} older_{id}\n  concept css/{id}@2"));
        }
        match kind {
            "number" => {
                self.line("  unit people in {region}");
                self.line(&format!(
                    "  check {id} < 19 else Too many, \\[really\\].\n  warn {id} < 12 else Sure?"
                ));
            }
            "many" | "rank" | "one" if self.chance.seldom(2) => self.line("  order random"),
            _ => {}
        }
    }

    /// A condition over one or two earlier questions, which some answers make true.
    fn condition(&mut self) -> String {
        let index = self.chance.below(self.asked.len());
        let one = self.test(index);
        match self.chance.below(4) {
            0 => format!("not ({one} and not answered(agree))"),
            1 => format!("({one} or answered(agree)) and answered({})", self.asked[index].id),
            _ => one,
        }
    }

    fn test(&mut self, index: usize) -> String {
        let Asked { id, kind } = &self.asked[index];
        let (id, kind) = (id.clone(), *kind);
        match kind {
            "one" => self.chance.one(&["ID = a", "ID != b", "ID in (a, other)", "answered(ID)"]),
            "ordered" => self.chance.one(&["ID >= b", "ID < c", "ID = a"]),
            "many" => self.chance.one(&[
                "ID has a",
                "ID has any (a, b)",
                "ID has all (a, b)",
                "count(ID) > 1",
                "not ID has none",
            ]),
            "rank" => self.chance.one(&["first(ID) = a", "ID has b", "count(ID) = 2"]),
            "grid" => self.chance.one(&["ID.home >= 2", "any row of ID = 3", "every row of ID < 3"]),
            "number" => self.chance.one(&["ID > 3", "ID in (1..4, 9)", "ID * 2 + 1 <= 30", "20 / ID > 2"]),
            "year" => self.chance.one(&["ID > 2015", "now - ID > 5", "ID in (2000..2010, 2020)"]),
            "date" => {
                self.chance.one(&["ID >= 2020-05", "ID < 2021-03-15", "ID in (2019-01..2020-12, 2022-02)"])
            }
            "fsa" => self.chance.one(&["ID = B3H", "ID in (B3H, N2G)"]),
            "language" => self.chance.one(&["ID = ti", "ID in (en, es)"]),
            _ => "answered(ID)",
        }
        .replace("ID", &id)
    }
}

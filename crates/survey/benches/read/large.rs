//! A large survey and its translations, as `translate extract` writes them.

use std::fmt::Write as _;

use survey::po::write;
use survey::{Language, Sources, Survey, translation};

/// The eleven languages beside English, and a few phrases in each; what they mean does not matter here.
pub(crate) const LANGUAGES: &[(&str, [&str; 6])] = &[
    (
        "fr",
        [
            "Trouver un logement pour la famille",
            "Chercher un emploi",
            "L’école des enfants",
            "Aucune de ces réponses",
            "De quoi aviez-vous besoin cette année-là?",
            "Cochez tout ce qui s’applique à vous.",
        ],
    ),
    (
        "ar",
        [
            "إيجاد منزل للعائلة",
            "البحث عن عمل",
            "مدرسة الأطفال",
            "لا شيء مما سبق",
            "ما الذي احتجتم إليه خلال هذه السنة؟",
            "اختاروا كل ما ينطبق عليكم.",
        ],
    ),
    (
        "fa",
        [
            "پیدا کردن خانه برای خانواده",
            "پیدا کردن کار",
            "مدرسهٔ بچه‌ها",
            "هیچ‌کدام از اینها",
            "در این سال به چه چیزهایی نیاز داشتید؟",
            "همهٔ موارد درست را انتخاب کنید.",
        ],
    ),
    (
        "uk",
        [
            "Пошук житла для родини",
            "Пошук роботи",
            "Школа для дітей",
            "Нічого з цього",
            "Що вам було потрібно протягом цього року?",
            "Позначте все, що вас стосується.",
        ],
    ),
    (
        "ti",
        [
            "ንስድራቤት ገዛ ምርካብ",
            "ስራሕ ምርካብ",
            "ቤት ትምህርቲ ቆልዑ",
            "ካብዚኦም ዋላ ሓደ",
            "ኣብዚ ዓመት እዚ እንታይ የድልየኩም ነይሩ?",
            "ንዓኹም ዝምልከት ኩሉ ምረጹ።",
        ],
    ),
    (
        "zh-Hans",
        [
            "为家人找住房",
            "找工作",
            "孩子的学校",
            "以上都不是",
            "这一年里您需要什么?",
            "请选择所有符合的选项。",
        ],
    ),
    (
        "zh-Hant",
        [
            "為家人找住房",
            "找工作",
            "孩子的學校",
            "以上都不是",
            "這一年裡您需要什麼?",
            "請選擇所有符合的選項。",
        ],
    ),
    (
        "pa",
        [
            "ਪਰਿਵਾਰ ਲਈ ਘਰ ਲੱਭਣਾ",
            "ਕੰਮ ਲੱਭਣਾ",
            "ਬੱਚਿਆਂ ਦਾ ਸਕੂਲ",
            "ਇਹਨਾਂ ਵਿੱਚੋਂ ਕੋਈ ਨਹੀਂ",
            "ਇਸ ਸਾਲ ਤੁਹਾਨੂੰ ਕੀ ਚਾਹੀਦਾ ਸੀ?",
            "ਜੋ ਵੀ ਲਾਗੂ ਹੋਵੇ ਚੁਣੋ।",
        ],
    ),
    (
        "fil",
        [
            "Paghahanap ng bahay",
            "Paghahanap ng trabaho",
            "Paaralan ng mga bata",
            "Wala sa mga ito",
            "Ano ang kinailangan ninyo sa taong ito?",
            "Piliin ang lahat ng totoo sa inyo.",
        ],
    ),
    (
        "es",
        [
            "Encontrar una vivienda",
            "Encontrar trabajo",
            "La escuela de los niños",
            "Ninguna de estas respuestas",
            "¿Qué necesitó durante este año?",
            "Marque todo lo que corresponda.",
        ],
    ),
    (
        "so",
        [
            "Guri u helidda qoyska",
            "Shaqo raadin",
            "Dugsiga carruurta",
            "Midna kuwan ma aha",
            "Maxaad u baahnayd sannadkan?",
            "Dooro dhammaan waxa ku khuseeya.",
        ],
    ),
];

/// A survey of so many questions beside consent, with every word of it in these languages.
pub(crate) fn large(questions: usize, languages: &[(&str, [&str; 6])]) -> Sources {
    let mut sources: Sources = [("large.survey".to_owned(), text(questions, languages))].into();
    let (survey, _) = survey::read_source(&sources);
    let survey = survey.expect("in one language it is whole");
    for (tag, phrases) in languages {
        sources.insert(format!("{tag}.po"), translated(&survey, tag, phrases));
    }
    assert_eq!(survey::draw(&survey::read(&sources).1, &sources, false), "");
    sources
}

fn text(questions: usize, languages: &[(&str, [&str; 6])]) -> String {
    let mut text = "survey large\ntitle A large survey\nversion 2027.1\nsource en\n".to_owned();
    if !languages.is_empty() {
        let tags: Vec<&str> = languages.iter().map(|(tag, _)| *tag).collect();
        let _ = writeln!(text, "langs {}", tags.join(" "));
    }
    text += "host Somebody\ncontact Coordinator, 555-0100\nsuppress below 10\n\npage start  Before you begin\n\
        consent agree\n  ? Shall we begin?\n  - yes  Yes\n  - no  No  [end declined]\n\n";
    (0..questions).for_each(|index| question(&mut text, index));
    text + "end declined  Thank you\n"
}

fn question(text: &mut String, index: usize) {
    if index.is_multiple_of(5) {
        let _ = write!(text, "page part{index}  Part {index}\n\n");
    }
    let _ = write!(text, "many question{index}\n  ? What did you need in part {index} of the year?\n");
    if index > 0 {
        let _ = writeln!(text, "  when question{} has any (housing, work) and agree = yes", index - 1);
    }
    for (code, words) in [("housing", "A home"), ("work", "A job"), ("school", "A school"), ("none", "None")]
    {
        let only = if code == "none" { "  [only]" } else { "" };
        let _ = writeln!(text, "  - {code}  {words} in part {index}{only}");
    }
    text.push_str("  hint Choose all that are true for you.\n  role outcome\n\n");
}

/// The file of a language: a phrase of it for every text, with the numbers of the English.
fn translated(survey: &Survey, tag: &str, phrases: &[&str; 6]) -> String {
    let language = Language::of_tag(tag).expect("we have data for it");
    let mut po = translation::extract(survey, &language, None);
    let entries = po.entries.iter_mut().filter(|entry| entry.msgctxt.is_some());
    for (entry, phrase) in entries.zip(phrases.iter().cycle()) {
        let numbers: String =
            entry.english().chars().filter(|each| each.is_ascii_digit() || *each == '-').collect();
        entry.msgstrs[0].text = format!("{phrase} {numbers}").trim().to_owned().into();
    }
    write(&po)
}

//! Screens: a page of the survey cut into pieces that fit a phone, a pure function of the survey.

use std::{collections::BTreeSet, ops::Range};

use survey::{Answers, FormId, Kind, Page, Question, QuestionId, Survey, Walk};

/// At most so many questions share a screen, every row of a grid counted as one.
const MOST: usize = 5;

/// One screen of the survey.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Screen {
    /// Its name in addresses and in the store: the page's, with a suffix no page can have.
    pub(crate) id: String,
    /// What it shows of its page.
    pub(crate) part: Part,
    page: usize,
    /// The questions whose being asked brings it up.
    occasions: BTreeSet<QuestionId>,
}

/// What a screen shows of its page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// The words before a hard part, which can be skipped here.
    Warning,
    /// These of the page's questions.
    Questions(Range<usize>),
    /// The support lines after a part.
    Support,
}

/// Every screen of a form in order; the consent stands on the first page, before them all.
pub(crate) fn screens(survey: &Survey, form: &FormId) -> Vec<Screen> {
    let pages = survey.pages.iter().enumerate();
    pages.flat_map(|(place, page)| screens_of(&Cut { survey, form }, place, page)).collect()
}

/// A survey, cut for those who answer one of its forms.
struct Cut<'s> {
    survey: &'s Survey,
    form: &'s FormId,
}

impl Cut<'_> {
    /// Whether people who answer the form may see the question.
    fn shows(&self, question: &Question) -> bool {
        question.is_shown() && self.survey.keeps(self.form, question)
    }
}

fn screens_of(cut: &Cut<'_>, place: usize, page: &Page) -> Vec<Screen> {
    let screen = |suffix: &str, part: Part| {
        let questions = match &part {
            Part::Questions(group) => &page.questions[group.clone()],
            Part::Warning | Part::Support => &page.questions,
        };
        let occasions = questions.iter().filter(|question| cut.shows(question));
        let occasions = occasions.map(|question| question.id.clone()).collect();
        Screen { id: format!("{}{suffix}", page.id), part, page: place, occasions }
    };
    let groups = groups(cut, page);
    let mut screens = Vec::new();
    if groups.is_empty() {
        return screens;
    }
    if page.sensitive.is_some() {
        screens.push(screen("-before", Part::Warning));
    }
    for (number, group) in groups.into_iter().enumerate() {
        let suffix = if number == 0 { String::new() } else { format!("-{}", number + 1) };
        screens.push(screen(&suffix, Part::Questions(group)));
    }
    if page.support.is_some() {
        screens.push(screen("-after", Part::Support));
    }
    screens
}

/// The questions of a page in groups: a new one begins where a question looks at one of its own group, and when
/// the group is full.
fn groups(cut: &Cut<'_>, page: &Page) -> Vec<Range<usize>> {
    let is_consent = |question: &Question| matches!(question.kind, Kind::Consent { .. });
    let first = page.questions.iter().position(is_consent).map_or(0, |place| place + 1);
    let mut groups = Vec::new();
    let mut start = first;
    for place in first..page.questions.len() {
        let group = &page.questions[start..place];
        let question = &page.questions[place];
        let work: usize = group.iter().map(|question| cut.work(question)).sum();
        if work > 0 && (work + cut.work(question) > MOST || cut.depends(question, group)) {
            groups.push(start..place);
            start = place;
        }
    }
    groups.push(start..page.questions.len());
    groups.retain(|group| page.questions[group.clone()].iter().any(|question| cut.shows(question)));
    groups
}

impl Cut<'_> {
    /// How many questions a question feels like.
    fn work(&self, question: &Question) -> usize {
        if self.shows(question) { question.rows().len().max(1) } else { 0 }
    }

    fn depends(&self, question: &Question, group: &[Question]) -> bool {
        if !self.shows(question) {
            return false;
        }
        let roots = roots(self.survey, question);
        group.iter().any(|earlier| roots.contains(&earlier.id))
    }
}

/// The questions a person answers that decide about this one, through every calc between.
fn roots<'s>(survey: &'s Survey, question: &'s Question) -> BTreeSet<&'s QuestionId> {
    let mut waiting: Vec<&QuestionId> = question.looks_at().into_iter().collect();
    let mut roots = BTreeSet::new();
    while let Some(id) = waiting.pop() {
        match survey.question(id.as_str()) {
            Some(calc) if !calc.is_shown() => waiting.extend(calc.looks_at()),
            _ => {
                roots.insert(id);
            }
        }
    }
    roots
}

impl Screen {
    /// The page it shows a part of.
    pub(crate) fn page<'s>(&self, survey: &'s Survey) -> &'s Page {
        &survey.pages[self.page]
    }

    /// The questions it can show: none on a warning or a support screen.
    pub(crate) fn questions<'s>(&self, survey: &'s Survey) -> &'s [Question] {
        match &self.part {
            Part::Questions(group) => &self.page(survey).questions[group.clone()],
            Part::Warning | Part::Support => &[],
        }
    }

    /// The questions whose being asked brings the screen up.
    fn occasions<'s>(&'s self, survey: &'s Survey) -> impl Iterator<Item = &'s Question> {
        self.page(survey).questions.iter().filter(|question| self.occasions.contains(&question.id))
    }

    /// Whether there is anything on it for someone who walks so.
    pub(crate) fn is_shown(&self, survey: &Survey, walk: &Walk<'_>) -> bool {
        self.occasions(survey).any(|question| is_asked(question, walk))
    }

    /// Whether an answer still to come may bring it up.
    fn may_come(&self, survey: &Survey, answers: &Answers) -> bool {
        let is_open = |question: &Question| {
            let page = self.page(survey).when.iter().flat_map(survey::Condition::looks_at);
            roots(survey, question).into_iter().chain(page).any(|root| answers.get(root).is_none())
        };
        self.occasions(survey).any(is_open)
    }
}

/// Whether a question is asked on this walk.
pub(crate) fn is_asked(question: &Question, walk: &Walk<'_>) -> bool {
    walk.asked.iter().any(|asked| asked.id == question.id)
}

/// Where a screen stands among those shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// Its number, from 1.
    pub(crate) number: usize,
    /// About how many there will be, the review included.
    pub(crate) of: usize,
}

/// The place of the screen at `index`; what may still come is counted, so that the end does not run away.
pub(crate) fn place(survey: &Survey, screens: &[Screen], index: usize, walk: &Walk<'_>) -> Place {
    let is_shown = |screen: &&Screen| screen.is_shown(survey, walk);
    let number = screens[..index].iter().filter(is_shown).count() + 1;
    let later = &screens[screens.len().min(index + 1)..];
    let to_come =
        later.iter().filter(|screen| is_shown(screen) || screen.may_come(survey, &walk.answers)).count();
    Place { number, of: number + to_come + usize::from(index < screens.len()) }
}

/// The first screen shown from `index` on.
pub(crate) fn shown_from(
    survey: &Survey,
    screens: &[Screen],
    index: usize,
    walk: &Walk<'_>,
) -> Option<usize> {
    (index..screens.len()).find(|index| screens[*index].is_shown(survey, walk))
}

/// The last screen shown before `index`.
pub(crate) fn shown_before(
    survey: &Survey,
    screens: &[Screen],
    index: usize,
    walk: &Walk<'_>,
) -> Option<usize> {
    (0..index).rev().find(|index| screens[*index].is_shown(survey, walk))
}

/// The first screen that asks something never answered nor left empty; past the last one if there is none.
pub(crate) fn first_unseen(survey: &Survey, screens: &[Screen], walk: &Walk<'_>) -> usize {
    let is_unseen = |question: &Question| {
        question.is_answered() && is_asked(question, walk) && walk.answers.get(&question.id).is_none()
    };
    let found = screens.iter().position(|screen| screen.questions(survey).iter().any(is_unseen));
    found.unwrap_or(screens.len())
}

#[cfg(test)]
mod tests;

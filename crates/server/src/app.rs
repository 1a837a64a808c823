//! What every page needs: the survey, the store, the day, and the words of the program.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
    thread,
    time::Duration,
};

use responses::{Draw, Held, Invitations, Job, Receipt, ResponseId, State, Store, StudyKey, Weights};
use sha2::{Digest, Sha256};
use survey::{Answers, Date, Fingerprint, FormId, Language, Offered, Survey, Walk};
use tokio::sync::oneshot;

use crate::{
    Clock, Error, Logo,
    metrics::Counts,
    opened::Opened,
    own_words::OwnWords,
    screen::{Screen, place, screens},
    seal::{self, Sealer},
    signals::Bursts,
    taken::Asking,
    throttle::Throttle,
};

/// What the collection box is started with.
pub struct Setup {
    /// The survey it asks.
    pub survey: Survey,
    /// Published editions of before, in which people may be half way: they go on in the words they saw.
    pub earlier: Vec<Survey>,
    /// Where answers are kept.
    pub store: Store,
    /// What day it is.
    pub clock: Clock,
    /// Whether every page says that its data are synthetic and that real answers are not wanted.
    pub demonstration: bool,
    /// Whether browsers reach it over HTTPS, through a proxy on the same machine.
    pub behind_https: bool,
    /// What lies apart from the answers; without it there are no invitations and no draw.
    pub apart: Option<Apart>,
    /// How much each sign weighs that a response may not come from a person who took part once.
    pub weights: Weights,
    /// The host's mark on the first page.
    pub logo: Option<Logo>,
}

/// Invitations and draw entries, which lead to no answers.
pub struct Apart {
    /// Single-use codes.
    pub invitations: Invitations,
    /// Entries in the draw, and people to ask again.
    pub draw: Draw,
    /// What contacts are sealed to; without it nobody is asked for one.
    pub key: Option<StudyKey>,
    /// Whether only an invitation opens the survey.
    pub invited_only: bool,
}

/// Longest wait for the disk before the visitor gets her answers back.
const PATIENCE: Duration = Duration::from_secs(5);

/// The state behind every page.
pub(crate) struct App {
    pub(crate) survey: Survey,
    screens: BTreeMap<FormId, Vec<Screen>>,
    /// About how many pages each form has: the first page says so, and is drawn most often of all.
    pages: BTreeMap<FormId, usize>,
    pub(crate) store: Store,
    pub(crate) version: Fingerprint,
    pub(crate) own: OwnWords,
    pub(crate) style: String,
    pub(crate) policy: String,
    pub(crate) demonstration: bool,
    /// On show, with so many errors in the working copy that are not shown.
    pub(crate) preview: Option<usize>,
    pub(crate) behind_https: bool,
    pub(crate) apart: Option<Arc<Apart>>,
    pub(crate) tries: Arc<Mutex<crate::pages::withdraw::Tries>>,
    pub(crate) throttle: Arc<Throttle>,
    pub(crate) counts: Arc<Counts>,
    pub(crate) opened: Arc<Opened>,
    pub(crate) bursts: Arc<Bursts>,
    pub(crate) weights: Weights,
    pub(crate) logo: Option<Logo>,
    pub(crate) clock: Clock,
}

impl App {
    /// Publish the survey and make everything ready; the earlier editions that anybody may be half way in are made
    /// ready beside it.
    pub(crate) fn open(setup: Setup) -> Result<(App, Vec<App>), Error> {
        let earlier = setup.earlier.clone();
        let compiled = setup.survey.canonical();
        let (name, label) = (setup.survey.name.clone(), setup.survey.version.to_string());
        setup.store.publish(&name, &label, Fingerprint::of(&compiled), &compiled, setup.clock.today())?;
        let known = match earlier.is_empty() {
            true => BTreeMap::new(),
            // On a thread of its own: a store in PostgreSQL cannot be read on one that drives a runtime.
            false => thread::scope(|scope| scope.spawn(|| setup.store.versions(&name)).join())
                .map_err(|_| Error::Interrupted)??,
        };
        let newest = App::of(setup)?;
        let others = earlier.into_iter().filter(|survey| survey.fingerprint() != newest.version);
        let others = others.filter(|survey| known.contains_key(&survey.fingerprint()));
        let others = others.map(|survey| newest.beside(survey)).collect::<Result<_, _>>()?;
        Ok((newest, others))
    }

    fn of(setup: Setup) -> Result<App, Error> {
        let Setup { survey, earlier: _, store, clock, demonstration, behind_https, apart, weights, logo } =
            setup;
        let mut own = OwnWords::read()?;
        let pseudo = survey.languages.iter().map(|offered| &offered.language);
        pseudo.filter(|language| language.is_pseudo()).for_each(|language| own.speak_pseudo(language));
        let screens = screens_of_forms(&survey);
        let pages = pages_of_forms(&survey, &screens, clock.today());
        let style = pressed(include_str!("../assets/style.css"));
        Ok(App {
            version: survey.fingerprint(),
            screens,
            pages,
            policy: policy(&style),
            own,
            tries: Arc::default(),
            throttle: Arc::default(),
            counts: Arc::default(),
            opened: Arc::default(),
            bursts: Arc::default(),
            weights,
            logo,
            survey,
            store,
            style,
            demonstration,
            preview: None,
            behind_https,
            apart: apart.map(Arc::new),
            clock,
        })
    }

    /// The same box for another edition: one store, one memory.
    fn beside(&self, survey: Survey) -> Result<App, Error> {
        let setup = Setup {
            survey,
            earlier: Vec::new(),
            store: self.store.clone(),
            clock: self.clock,
            demonstration: self.demonstration,
            behind_https: self.behind_https,
            apart: None,
            weights: self.weights.clone(),
            logo: self.logo.clone(),
        };
        Ok(App {
            tries: self.tries.clone(),
            throttle: self.throttle.clone(),
            counts: self.counts.clone(),
            opened: self.opened.clone(),
            bursts: self.bursts.clone(),
            apart: self.apart.clone(),
            ..App::of(setup)?
        })
    }

    /// The languages people may choose: those in which consent can be given, since consent never falls back.
    pub(crate) fn languages(&self) -> impl Iterator<Item = &Offered> {
        let consent = self.survey.consent();
        let source = &self.survey.source;
        let all = self.survey.all_offered().into_iter();
        all.filter(move |offered| offered.language == *source || consent.speaks(&offered.language))
    }

    /// The languages people may choose who answer this form, or every one before a form is chosen.
    pub(crate) fn languages_of(&self, form: Option<&FormId>) -> impl Iterator<Item = &Offered> {
        let offers = move |offered: &&Offered| match form {
            Some(form) => self.survey.offers(&self.form(form), &offered.language),
            None => true,
        };
        self.languages().filter(offers)
    }

    /// The form of this name as the survey has it: one it no longer has is answered whole.
    pub(crate) fn form(&self, form: &FormId) -> FormId {
        self.survey.form(form).map_or_else(FormId::full, |form| form.id.clone())
    }

    /// The screens of a form.
    pub(crate) fn screens(&self, form: &FormId) -> &[Screen] {
        &self.screens[&self.form(form)]
    }

    /// About how many pages a form has, the review included.
    pub(crate) fn pages_of(&self, form: &FormId) -> usize {
        self.pages[&self.form(form)]
    }

    /// The names of the forms, the whole survey among them.
    pub(crate) fn forms(&self) -> impl Iterator<Item = &FormId> {
        self.screens.keys()
    }

    /// What is asked of who answers a form, today.
    pub(crate) fn asking<'a>(&'a self, form: &'a FormId) -> Asking<'a> {
        Asking { survey: &self.survey, form, today: self.today() }
    }

    /// Whether some form has a screen of this name.
    pub(crate) fn has_screen(&self, name: &str) -> bool {
        self.screens.values().flatten().any(|screen| screen.id == name)
    }

    /// The way of these answers through a form, today.
    pub(crate) fn walk(&self, form: &FormId, answers: &Answers) -> Walk<'_> {
        self.survey.walk(form, answers, self.today())
    }

    /// The language of this tag, if who answers this form may choose it.
    pub(crate) fn language_of(&self, form: &FormId, tag: &str) -> Option<&Language> {
        let mut languages = self.languages_of(Some(form)).map(|offered| &offered.language);
        languages.find(|language| language.tag() == tag)
    }

    /// The language of this tag, if people may choose it.
    pub(crate) fn language(&self, tag: &str) -> Option<&Language> {
        self.languages().map(|offered| &offered.language).find(|language| language.tag() == tag)
    }

    /// The language of this tag, or else the source.
    pub(crate) fn language_or_source(&self, tag: Option<&str>) -> &Language {
        tag.and_then(|tag| self.language(tag)).unwrap_or(&self.survey.source)
    }

    /// What seals forms and cookies today.
    pub(crate) fn sealer(&self) -> Sealer<'_> {
        Sealer::on(self.store.keys(), self.today())
    }

    /// Where a page of the survey lives.
    pub(crate) fn path(&self, rest: &str) -> String {
        format!("/{}{rest}", self.survey.name)
    }

    /// The response as it is held, if it can still be answered.
    pub(crate) async fn held(&self, id: ResponseId) -> Result<Held, Error> {
        let held = self.held_in_any_state(id).await?;
        match held.state {
            State::Begun | State::Saved => Ok(held),
            State::Withdrawn => Err(Error::Withdrawn),
            _ => Err(Error::AlreadySent),
        }
    }

    /// The response as it is held.
    pub(crate) async fn held_in_any_state(&self, id: ResponseId) -> Result<Held, Error> {
        let store = self.store.clone();
        let held = tokio::task::spawn_blocking(move || store.held(&id)).await;
        held.map_err(|_| Error::Interrupted)??.ok_or(Error::NoVisitor)
    }

    /// The response that this copy of the first page began.
    pub(crate) async fn begun(&self, nonce: &[u8; 16]) -> Result<Option<ResponseId>, Error> {
        let (store, survey, nonce) = (self.store.clone(), self.survey.name.clone(), *nonce);
        let begun = tokio::task::spawn_blocking(move || store.begun(&survey, &nonce)).await;
        Ok(begun.map_err(|_| Error::Interrupted)??)
    }

    /// Hand a job to the writer and wait until the disk has it.
    pub(crate) async fn record(&self, job: Job) -> Result<Receipt, Error> {
        let (reply, receipt) = oneshot::channel();
        self.store.submit(job, move |outcome| {
            // Nobody waits any more when the visitor hung up; the answers are safe all the same.
            let _ = reply.send(outcome);
        });
        match tokio::time::timeout(PATIENCE, receipt).await {
            Ok(Ok(outcome)) => Ok(outcome?),
            Ok(Err(_)) => Err(Error::Interrupted),
            Err(_) => Err(Error::Slow),
        }
    }
}

fn screens_of_forms(survey: &Survey) -> BTreeMap<FormId, Vec<Screen>> {
    let forms = survey.forms.iter().map(|form| form.id.clone());
    let forms = std::iter::once(FormId::full()).chain(forms);
    forms.map(|form| (form.clone(), screens(survey, &form))).collect()
}

fn pages_of_forms(
    survey: &Survey,
    screens: &BTreeMap<FormId, Vec<Screen>>,
    today: Date,
) -> BTreeMap<FormId, usize> {
    let pages = |form: &FormId, screens: &[Screen]| {
        place(survey, screens, 0, &survey.walk(form, &Answers::default(), today)).of
    };
    screens.iter().map(|(form, screens)| (form.clone(), pages(form, screens))).collect()
}

/// The style sheet without what only its authors need.
fn pressed(style: &str) -> String {
    style.lines().map(str::trim).filter(|line| !line.starts_with("/*")).collect()
}

fn policy(style: &str) -> String {
    let hash = seal::base64(&Sha256::digest(style.as_bytes()));
    format!(
        "default-src 'none'; style-src 'sha256-{hash}'; img-src 'self' data:; form-action 'self'; \
         base-uri 'none'; frame-ancestors 'none'"
    )
}

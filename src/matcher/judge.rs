//! What each occurrence means: occurrences in, mentions out, each counted or refused by a rule that has a name.
//!
//! A mask hides what it covers. A form counts by the policy of the gazetteer, unless a context rule or the shape of the text around it decides
//! otherwise. A person in office counts for the person and for the state. What nothing decides is settled by the document: see `settle`.

mod towns;

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use super::Matcher;
use super::cues::{Hit, Says};
use super::lexicon::What;
use super::page::Page;
use super::scan::{Found, Search};
use super::shape::Shape;
use super::tokens::{BEGINS_CAPITAL, IS_ARABIC};
use super::verdict::{Sure, Verdict};
use crate::model::entity::{EntityClass, EntityIndex, Form, Mask, Policy, WordClass};
use crate::model::mention::{Kind, Mention};

/// How near to a name a cue must be to outweigh a person of that name in the same document, in tokens.
const NEAR: usize = 2;

/// The names of the rules that are not in the gazetteer.
#[derive(Debug)]
pub(super) struct OwnRules {
    /// The policy of the gazetteer.
    pub(super) form: Arc<str>,
    /// A dated office.
    pub(super) office: Arc<str>,
    /// The credit of an agency.
    pub(super) agency: Arc<str>,
    /// A person's name.
    pub(super) person: Arc<str>,
    /// A town in the US.
    pub(super) place: Arc<str>,
    /// A language.
    pub(super) language: Arc<str>,
    /// A word in a line of capitals.
    pub(super) capitals: Arc<str>,
    /// A list of countries.
    pub(super) list: Arc<str>,
    /// A verb.
    pub(super) verb: Arc<str>,
    /// A company or society.
    pub(super) company: Arc<str>,
    /// A sum of money.
    pub(super) money: Arc<str>,
    /// The rest of the document.
    pub(super) document: Arc<str>,
}

impl Default for OwnRules {
    fn default() -> Self {
        Self {
            form: "form".into(),
            office: "office".into(),
            agency: "agency".into(),
            person: "person".into(),
            place: "place".into(),
            language: "language".into(),
            capitals: "capitals".into(),
            list: "list".into(),
            verb: "verb".into(),
            company: "company".into(),
            money: "money".into(),
            document: "document".into(),
        }
    }
}

/// A form and its place in the gazetteer.
#[derive(Clone, Copy)]
struct Named<'g> {
    /// Its place.
    place: u32,
    /// The form.
    form: &'g Form,
}

/// A decision on one form of one occurrence.
struct Decided<'g> {
    /// The form.
    form: &'g Form,
    /// The decision.
    verdict: Verdict,
}

/// A mention that waits for the rest of its document.
struct Waiting {
    /// Its tokens.
    places: Range<usize>,
    /// Whether a proclitic stands before it.
    proclitic: bool,
    /// How sure its verdict is.
    sure: Sure,
    /// Whether it follows a preposition of place.
    located: bool,
    /// The mention.
    mention: Mention,
}

/// Decides the occurrences of one document.
pub(super) struct Judge<'m, 's> {
    /// The gazetteer and its rules.
    matcher: &'m Matcher<'m>,
    /// The search, which looks into masks once more.
    search: Search<'s>,
    /// The cues of the document, once they were needed.
    hits: &'s mut Vec<Hit>,
    /// Whether they were.
    cues_found: bool,
    /// What was decided.
    out: Vec<Waiting>,
}

impl<'m, 's> Judge<'m, 's> {
    /// A judge for the document of `search`.
    pub(super) fn new(matcher: &'m Matcher<'m>, search: Search<'s>, hits: &'s mut Vec<Hit>) -> Self {
        Self {
            matcher,
            search,
            hits,
            cues_found: false,
            out: Vec::new(),
        }
    }

    /// The document.
    fn page(&self) -> Page<'s> {
        self.search.page
    }

    /// Decides all occurrences.
    pub(super) fn judge(mut self, found: &[Found]) -> Vec<Mention> {
        for one in found {
            match one.mask {
                Some(mask) => self.masked(one, mask),
                None => self.open(one),
            }
        }
        self.settle();
        self.out.into_iter().map(|waiting| waiting.mention).collect()
    }

    /// An occurrence that no mask hides.
    fn open(&mut self, found: &Found) {
        let mut decided = self.decide(found);
        self.keep_nearest(&mut decided, found);
        for one in decided {
            self.push(found, one.form, one.form.kind, one.verdict);
        }
    }

    /// An occurrence of a mask: what lies inside is refused, and the whole may count for somebody.
    fn masked(&mut self, found: &Found, number: u32) {
        let gazetteer = self.matcher.gazetteer;
        let mask = &gazetteer.masks[number as usize];
        let mut inside = Vec::new();
        self.search
            .run(found.places.clone(), found.language, false, &mut inside);
        let rule: Arc<str> = format!("mask:{}", mask.reason).into();
        let mut kind = None;
        for one in inside {
            if mask.only.is_some()
                && self
                    .forms(&one)
                    .iter()
                    .all(|named| Some(named.form.entity) != mask.only)
            {
                self.open(&one);
                continue;
            }
            for Named { form, .. } in self.one_form_each(&one) {
                if Some(form.entity) == mask.counts_as {
                    kind = kind.or(Some(form.kind));
                } else {
                    let reason = Cow::Owned(self.page().original(found.places.clone()).to_owned());
                    self.push(&one, form, form.kind, Verdict::refused(&rule, reason));
                }
            }
        }
        if let Some(entity) = mask.counts_as {
            self.put(found, entity, masked_kind(mask, kind), Verdict::counts(&rule));
        }
    }

    /// The forms of an occurrence. Where its vowel signs tell a form from others with the same letters, it is that form alone.
    fn forms(&self, found: &Found) -> Vec<Named<'m>> {
        let forms = &self.matcher.gazetteer.forms;
        let picked = &self.search.picked[found.picked.clone()];
        let patterns = &self.matcher.lexicon.patterns;
        let vowelled = picked.iter().any(|&pattern| patterns[pattern as usize].vowelled);
        let place = |&pattern: &u32| match patterns[pattern as usize].what {
            What::Form(place) if patterns[pattern as usize].vowelled == vowelled => Some(place),
            What::Form(_) | What::Mask(_) => None,
        };
        picked
            .iter()
            .filter_map(place)
            .map(|place| Named {
                place,
                form: &forms[place as usize],
            })
            .collect()
    }

    /// The forms of an occurrence, one for each entity: a name before an adjective, a person's noun where the capital or the ending says so.
    fn one_form_each(&self, found: &Found) -> Vec<Named<'m>> {
        let mut forms = self.forms(found);
        let noun = self.looks_like_people(found);
        let rank = |form: &Form| match form.kind {
            Kind::Demonym => {
                if noun {
                    1
                } else {
                    3
                }
            }
            Kind::Adjective => 2,
            Kind::Name => 0,
            other => 4 + other as usize,
        };
        forms.sort_by_key(|named| (named.form.entity, rank(named.form), named.form.policy));
        forms.dedup_by_key(|named| named.form.entity);
        forms
    }

    /// Whether a word that is adjective and noun looks like the noun: a capital in a language that writes adjectives small, a plural of persons in Arabic.
    fn looks_like_people(&self, found: &Found) -> bool {
        let page = self.page();
        let place = found.places.start;
        if page.is(place, IS_ARABIC) {
            let word = page.folded(place);
            return word.ends_with("ون".as_bytes()) || word.ends_with("ين".as_bytes());
        }
        page.is(place, BEGINS_CAPITAL) && matches!(page.text.language.as_str(), "fr" | "de" | "nl")
    }

    /// What is decided of each entity that an occurrence may name.
    fn decide(&mut self, found: &Found) -> Vec<Decided<'m>> {
        let forms = self.one_form_each(found);
        forms
            .into_iter()
            .map(|named| Decided {
                form: named.form,
                verdict: self.verdict(named, found),
            })
            .collect()
    }

    /// What is decided of one form.
    fn verdict(&mut self, named: Named<'m>, found: &Found) -> Verdict {
        let form = named.form;
        let own = &self.matcher.own;
        if form.kind == Kind::Agency {
            return Verdict::refused(&own.agency, "");
        }
        if form.policy == Policy::Never {
            return Verdict::refused(&own.form, Cow::Owned(format!("never counted: {}", form.note)));
        }
        if let Some(verdict) = self.by_shape(form, found) {
            return verdict;
        }
        if let Some(verdict) = self.by_rules(named, found) {
            return verdict;
        }
        if form.policy == Policy::Count {
            return Verdict::counts(&own.form);
        }
        Verdict::undecided(&own.form, "ambiguous, and no rule decides")
    }

    /// What the text right beside the form says. Persons and organisations are not taken for other persons, towns or languages.
    fn by_shape(&self, form: &Form, found: &Found) -> Option<Verdict> {
        let matcher = self.matcher;
        let own = &matcher.own;
        let shape = Shape {
            page: self.page(),
            words: &matcher.words,
            found,
        };
        if let Some(pronoun) = shape.pronoun_in_capitals(form) {
            return Some(Verdict::refused(&own.capitals, pronoun));
        }
        if shape.word_in_capitals(form) {
            return Some(Verdict::undecided(&own.capitals, "a word in a line of capitals"));
        }
        if matcher.gazetteer.entity(form.entity).class != EntityClass::Country {
            return None;
        }
        if let Some(name) = shape.person(form) {
            return Some(Verdict::refused(&own.person, name));
        }
        if let Some(town) = shape.us_town(form) {
            return Some(Verdict::refused(&own.place, town));
        }
        if let Some(street) = shape.street(form) {
            return Some(Verdict::refused(&own.place, street));
        }
        if let Some(money) = shape.money(form) {
            return Some(Verdict::refused(&own.money, money));
        }
        if let Some(company) = shape.company(form) {
            return Some(Verdict::refused(&own.company, company));
        }
        if let Some(verb) = shape.verb_before() {
            return Some(Verdict {
                reason: Cow::Owned(verb),
                sure: Sure::Shape,
                ..Verdict::counts(&own.verb)
            });
        }
        shape
            .language_sense(form)
            .map(|words| Verdict::refused(&own.language, words))
    }

    /// What the context rules say, where any knows the form.
    fn by_rules(&mut self, named: Named<'m>, found: &Found) -> Option<Verdict> {
        let matcher = self.matcher;
        let mut said = None;
        for &number in &matcher.form_rules[named.place as usize] {
            let rule = &matcher.rules.list[usize::from(number)];
            if rule.languages & found.language == 0 {
                continue;
            }
            let verdict = match self.ask(number, found) {
                Says::Yes(None) => Verdict {
                    sure: Sure::Policy,
                    ..Verdict::counts(&rule.id)
                },
                Says::Yes(Some((cue, distance))) => Verdict {
                    counted: true,
                    rule: Arc::clone(&rule.id),
                    reason: self.cue("cue", cue),
                    sure: Sure::Cue(distance),
                },
                Says::No(cue) => Verdict::refused(&rule.id, self.cue("cue against", cue)),
                Says::Nothing => Verdict::undecided(&rule.id, "no cue"),
            };
            if verdict.counted {
                return Some(verdict);
            }
            said = said.or(Some(verdict));
        }
        said
    }

    /// Asks a context rule.
    fn ask(&mut self, rule: u16, found: &Found) -> Says {
        let page = self.page();
        if !self.cues_found {
            self.matcher.rules.find_cues(&page, self.hits);
            self.cues_found = true;
        }
        let proclitic = has_proclitic(&page, found);
        self.matcher.rules.ask(rule, &page, &found.places, proclitic, self.hits)
    }

    /// The words of a cue, for the evidence.
    fn cue(&self, what: &str, places: Range<usize>) -> Cow<'static, str> {
        Cow::Owned(format!("{what}: {}", self.page().original(places)))
    }

    /// Where cues decided for several entities at once, the nearest cue wins.
    fn keep_nearest(&self, decided: &mut [Decided], found: &Found) {
        let counted = || decided.iter().filter(|one| one.verdict.counted);
        if counted().count() < 2 || !counted().any(|one| matches!(one.verdict.sure, Sure::Cue(_))) {
            return;
        }
        let distance = |one: &Decided| match one.verdict.sure {
            Sure::Cue(distance) => distance,
            _ => usize::MAX,
        };
        let Some(best) = counted().min_by_key(|one| distance(one)).map(|one| one.form.entity) else {
            return;
        };
        let winner = self.matcher.gazetteer.entity(best).id.clone();
        for one in decided
            .iter_mut()
            .filter(|one| one.verdict.counted && one.form.entity != best)
        {
            debug_assert!(!found.places.is_empty());
            one.verdict = Verdict::refused(&one.verdict.rule, Cow::Owned(format!("nearer cue for {winner}")));
        }
    }

    /// Adds a mention, and those of the offices that a person holds.
    fn push(&mut self, found: &Found, form: &Form, kind: Kind, verdict: Verdict) {
        let counted = verdict.counted;
        self.put(found, form.entity, kind, verdict);
        let entity = self.matcher.gazetteer.entity(form.entity);
        if !counted || entity.class != EntityClass::Person {
            return;
        }
        let day = self.page().text.document.date;
        let mut seen: Vec<EntityIndex> = Vec::new();
        for office in &entity.offices {
            let held =
                day.is_none_or(|day| office.from.is_none_or(|from| from <= day) && office.to.is_none_or(|to| day < to));
            if !held || seen.contains(&office.entity) {
                continue;
            }
            seen.push(office.entity);
            let own = &self.matcher.own;
            let verdict = match day {
                Some(_) => Verdict {
                    reason: Cow::Owned(office.office.clone()),
                    ..Verdict::counts(&own.office)
                },
                None => Verdict::refused(&own.office, "the document has no date"),
            };
            self.put(found, office.entity, Kind::Leader, verdict);
        }
    }

    /// Adds a mention.
    fn put(&mut self, found: &Found, entity: EntityIndex, kind: Kind, verdict: Verdict) {
        let page = self.page();
        let mention = Mention {
            field: page.field(found.places.start),
            start: found.start,
            end: found.end,
            sentence: page.sentence(found.places.start),
            entity,
            kind,
            rule: verdict.rule,
            counted: verdict.counted,
            reason: verdict.reason,
        };
        let shape = Shape {
            page,
            words: &self.matcher.words,
            found,
        };
        self.out.push(Waiting {
            places: found.places.clone(),
            proclitic: has_proclitic(&page, found),
            sure: verdict.sure,
            located: shape.is_located(),
            mention,
        });
    }

    /// Settles by the rest of the document what nothing near a form decided.
    fn settle(&mut self) {
        self.settle_persons();
        self.settle_towns();
        self.settle_lists();
        self.settle_undecided();
    }

    /// A name that is joined to the name of another country is a country's too: `بين مالي والمغرب`, `Chad, Niger`.
    fn settle_lists(&mut self) {
        let last = self.out.len();
        for place in (0..last).chain((0..last).rev()) {
            let own = &self.out[place];
            if own.sure != Sure::Undecided || own.mention.counted || own.mention.kind != Kind::Name {
                continue;
            }
            let near = place.saturating_sub(4)..(place + 5).min(last);
            if let Some(other) = near.into_iter().find(|&other| self.are_joined(place, other)) {
                let reason = format!("joined to {}", self.page().original(self.out[other].places.clone()));
                self.decide_late(place, &Arc::clone(&self.matcher.own.list), reason);
            }
        }
    }

    /// Whether two mentions stand in one list, and the other is a country's name that counts.
    fn are_joined(&self, place: usize, other: usize) -> bool {
        let (own, other) = (&self.out[place], &self.out[other]);
        let sure =
            other.mention.counted && other.mention.kind == Kind::Name && other.mention.entity != own.mention.entity;
        let country = || self.matcher.gazetteer.entity(other.mention.entity).class == EntityClass::Country;
        if !sure || !country() || own.mention.field != other.mention.field {
            return false;
        }
        let (first, second) = if own.places.start < other.places.start {
            (own, other)
        } else {
            (other, own)
        };
        let between = first.places.end..second.places.start;
        let page = self.page();
        let language = self.matcher.lexicon.languages.bit(page.text.language);
        let joined = second.proclitic && page.folded(second.places.start).starts_with("و".as_bytes());
        let all_join = between
            .clone()
            .all(|place| self.matcher.words.is(&page, place, WordClass::Joins, language));
        first.places.end <= second.places.start && between.len() <= 2 && all_join && (joined || !between.is_empty())
    }

    /// Counts what waits at `place` after all.
    fn decide_late(&mut self, place: usize, rule: &Arc<str>, reason: impl Into<Cow<'static, str>>) {
        let waiting = &mut self.out[place];
        waiting.mention.counted = true;
        waiting.mention.rule = Arc::clone(rule);
        waiting.mention.reason = reason.into();
        waiting.sure = Sure::Shape;
    }

    /// Where a form is a person's name in one place of the document, and nothing in the document speaks for the country, it is the person's everywhere.
    fn settle_persons(&mut self) {
        let rule = Arc::clone(&self.matcher.own.person);
        let is_person = |place: &usize| {
            let own = &self.out[*place].mention;
            let country = || self.matcher.gazetteer.entity(own.entity).class == EntityClass::Country;
            own.rule == rule
                || (&*own.rule == "mask:person_name" && matches!(own.kind, Kind::Name | Kind::Demonym) && country())
        };
        let persons: Vec<usize> = (0..self.out.len()).filter(is_person).collect();
        for person in persons {
            let (entity, hash) = (self.out[person].mention.entity, self.hash(person));
            let name = self.out[person].mention.reason.clone();
            let spoken_for = self.out.iter().enumerate().any(|(place, other)| {
                let counted = other.mention.counted && other.mention.entity == entity;
                let cue = matches!(other.sure, Sure::Cue(distance) if distance <= NEAR);
                counted && (other.located || cue || self.hash(place) != hash)
            });
            if spoken_for {
                continue;
            }
            for place in 0..self.out.len() {
                if self.out[place].mention.counted
                    && self.out[place].mention.entity == entity
                    && self.hash(place) == hash
                {
                    let mention = &mut self.out[place].mention;
                    mention.counted = false;
                    mention.rule = Arc::clone(&rule);
                    mention.reason.clone_from(&name);
                }
            }
        }
    }

    /// The hash of the first token of what waits at `place`.
    fn hash(&self, place: usize) -> u64 {
        self.page()
            .token(self.out[place].places.start)
            .map_or(0, |token| token.hash)
    }

    /// What nothing decided counts where the document speaks of the entity elsewhere, and no cue spoke against it anywhere.
    fn settle_undecided(&mut self) {
        let open = |waiting: &Waiting| waiting.sure == Sure::Undecided && !waiting.mention.counted;
        let undecided: Vec<usize> = (0..self.out.len()).filter(|&place| open(&self.out[place])).collect();
        for place in undecided {
            let entity = self.out[place].mention.entity;
            let rules = &self.matcher.rules.list;
            let same = || {
                self.out
                    .iter()
                    .filter(|other| other.mention.entity == entity && other.sure != Sure::Undecided)
            };
            let speaks = same().any(|other| other.mention.counted && other.mention.kind != Kind::Leader);
            let against =
                same().any(|other| !other.mention.counted && rules.iter().any(|rule| rule.id == other.mention.rule));
            let own = &self.out[place];
            let hash = self.hash(place);
            let written = (0..self.out.len()).any(|other| {
                self.out[other].mention.counted && self.out[other].mention.entity == entity && self.hash(other) == hash
            });
            if speaks && !against && (own.mention.rule != self.matcher.own.capitals || written) {
                self.decide_late(
                    place,
                    &Arc::clone(&self.matcher.own.document),
                    "the document speaks of it elsewhere",
                );
            }
        }
    }
}

/// Whether a proclitic stands before an occurrence.
fn has_proclitic(page: &Page, found: &Found) -> bool {
    page.token(found.places.start)
        .is_some_and(|token| token.start != found.start)
}

/// What sort of mention a mask makes that counts for somebody.
fn masked_kind(mask: &Mask, inside: Option<Kind>) -> Kind {
    match mask.reason.as_str() {
        "organisation_counts" => Kind::Institution,
        "other_place" => Kind::Capital,
        _ => inside.unwrap_or(Kind::Name),
    }
}

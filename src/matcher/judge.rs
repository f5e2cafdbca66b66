//! What each occurrence means: occurrences in, mentions out, each counted or refused by a rule that has a name.
//!
//! A mask hides what it covers. A form counts by the policy of the gazetteer, unless a context rule or the shape of the text around it decides
//! otherwise. A person in office counts for the person and for the state. What nothing decides is settled by the document: see `settle`.

mod arabic;
mod kingdoms;
mod offices;
mod settle;
mod surnames;
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
use super::tongue;
use super::verdict::{Sure, Verdict};
use crate::model::entity::{EntityClass, EntityIndex, Form, Mask, Policy};
use crate::model::mention::{IN_CAPITALS, Kind, Mention, NO_CUE, NO_RULE};

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
    /// What the rest of the document made of it.
    fate: Fate,
    /// The mention.
    mention: Mention,
}

/// What the rest of a document makes of a mention.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    /// Nothing.
    Open,
    /// It counts after all.
    Late,
    /// It is a surname that nobody in the document bears.
    Nobody,
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
        self.out.reserve(found.len());
        for one in found {
            match one.mask {
                Some(mask) => self.masked(one, mask),
                None => self.open(one),
            }
        }
        self.settle();
        self.close()
    }

    /// An occurrence that no mask hides.
    fn open(&mut self, found: &Found) {
        let mut decided = self.decide(found);
        self.keep_nearest(&mut decided);
        for one in decided {
            self.push(found, one.form, one.form.kind, one.verdict);
        }
    }

    /// An occurrence of a mask: what lies inside is refused, and the whole may count for somebody.
    fn masked(&mut self, found: &Found, number: u32) {
        let gazetteer = self.matcher.gazetteer;
        let mask = &gazetteer.masks[number as usize];
        let mut inside = Vec::new();
        self.search.within(found.places.clone(), found.language, &mut inside);
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
        Verdict::undecided(&own.form, NO_RULE)
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
            return Some(Verdict::undecided(&own.capitals, IN_CAPITALS));
        }
        let country = matcher.gazetteer.entity(form.entity).class == EntityClass::Country;
        let ends_in_ya = shape.ends_in_ya((!country).then_some(false));
        if ends_in_ya == Some(false) {
            return Some(Verdict::refused(
                &own.spelling,
                "ends in ى, and the document writes ي with dots",
            ));
        }
        if !country {
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
        if let Some(name) = shape.apposition(form) {
            return Some(Verdict {
                reason: Cow::Owned(name),
                sure: Sure::Shape,
                ..Verdict::counts(&own.apposition)
            });
        }
        if ends_in_ya == Some(true) && form.policy == Policy::Context {
            let reason = Cow::Borrowed("ends in ي, and the document writes ى without dots");
            return Some(Verdict {
                reason,
                sure: Sure::Shape,
                ..Verdict::counts(&own.spelling)
            });
        }
        if let Some(verb) = shape.verb_before() {
            return Some(Verdict {
                reason: Cow::Owned(verb),
                sure: Sure::Shape,
                ..Verdict::counts(&own.verb)
            });
        }
        let tongue = tongue::may_be(form).then(|| shape.language_sense(form).or_else(|| tongue::sense(&shape, form)));
        tongue.flatten().map(|words| Verdict::refused(&own.language, words))
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
                Says::No(cue) => return Some(Verdict::refused(&rule.id, self.cue("cue against", cue))),
                Says::Nothing => Verdict::undecided(&rule.id, NO_CUE),
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
    fn keep_nearest(&self, decided: &mut [Decided]) {
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
            one.verdict = Verdict::refused(&one.verdict.rule, Cow::Owned(format!("nearer cue for {winner}")));
        }
    }

    /// Adds a mention, and those of the offices that a person holds.
    fn push(&mut self, found: &Found, form: &Form, kind: Kind, verdict: Verdict) {
        let counted = verdict.counted;
        self.put(found, form.entity, kind, verdict);
        if counted {
            for (office, verdict) in self.offices(form.entity) {
                self.put(found, office, Kind::Leader, verdict);
            }
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
            fate: Fate::Open,
            mention,
        });
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

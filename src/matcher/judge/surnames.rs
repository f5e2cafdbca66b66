//! Surnames: whom a person's shorter name means, told by the fuller names of the document.
//!
//! A fuller name makes its bearer known from there on. A bare surname that waits for a decision is the nearest bearer's before it, and where none
//! stands before it, as in a headline, the only bearer's of the document. A rank or office before it names who held that office on the day. Another
//! given name before it makes another person known, who has the surname from there on.

use std::ops::Range;
use std::sync::Arc;

use super::{Fate, Judge, Waiting};
use crate::matcher::tokens::{BEGINS_CAPITAL, IS_ARABIC, IS_HYPHEN, IS_WORD, NEW_BLOCK, SPACED};
use crate::matcher::verdict::Sure;
use crate::model::entity::{EntityClass, EntityIndex, WordClass};
use crate::model::mention::{Field, Kind, SEVERAL};

/// Somebody of a surname who was named in full.
struct Bearer {
    /// The person; of one whom the gazetteer does not know, a person with the same surname whom it does.
    entity: EntityIndex,
    /// Whether the gazetteer knows the person.
    known: bool,
    /// The name in full.
    name: String,
}

/// What stands at one place where a person may be named: rows of the judge with the same tokens.
enum Named {
    /// A person in full.
    Fully(EntityIndex),
    /// Another person of the surname, by these words.
    Other(String),
    /// Something that only begins or ends with the surname.
    Longer(String),
    /// The row of the holder of the office before it, and the words for it.
    Holder(usize, String),
    /// A surname alone.
    Bare,
    /// No person, or one that another rule refused.
    Nobody,
}

impl Judge<'_, '_> {
    /// Settles surnames, those that wait for a decision and those that count by themselves.
    pub(super) fn settle_surnames(&mut self) {
        let mut bearers = Vec::new();
        let mut bare = Vec::new();
        let mut first = 0;
        while first < self.out.len() {
            let mut last = first + 1;
            while last < self.out.len() && self.out[last].places == self.out[first].places {
                last += 1;
            }
            let rows = first..last;
            first = last;
            let known = |entity, name| Bearer {
                entity,
                known: true,
                name,
            };
            match self.named(&rows) {
                Named::Fully(entity) => bearers.push(known(entity, self.words_of(&rows))),
                Named::Other(name) => {
                    let entity = self.out[rows.start].mention.entity;
                    self.refuse(&rows, &name);
                    bearers.push(Bearer {
                        entity,
                        known: false,
                        name,
                    });
                }
                Named::Longer(name) => self.refuse(&rows, &name),
                Named::Holder(row, name) => {
                    let entity = self.out[row].mention.entity;
                    self.give(&rows, entity, &name);
                    bearers.push(known(entity, name));
                }
                Named::Bare => bare.push((rows, bearers.len())),
                Named::Nobody => {}
            }
        }
        for (rows, before) in bare {
            self.settle_bare(rows, &bearers, before);
        }
    }

    /// A surname alone, with the first `before` bearers before it.
    fn settle_bare(&mut self, rows: Range<usize>, bearers: &[Bearer], before: usize) {
        let owners: Vec<EntityIndex> = self.persons(&rows).map(|(_, own)| own.mention.entity).collect();
        let fits = |bearer: &&Bearer| {
            owners.contains(&bearer.entity) && (bearer.known || Some(&bearer.entity) == owners.first())
        };
        let mut all = bearers.iter().filter(fits);
        let Some(any) = all.next() else {
            if let [_] = owners[..] {
                for waiting in &mut self.out[rows] {
                    if waiting.mention.rule == self.matcher.own.form {
                        waiting.fate = Fate::Nobody;
                    }
                }
            }
            return;
        };
        if self.persons(&rows).any(|(_, own)| own.mention.counted) {
            let others: Vec<&Bearer> = bearers.iter().filter(fits).collect();
            if others.iter().all(|bearer| !bearer.known) {
                self.refuse(&rows, &any.name);
            }
            return;
        }
        let nearest = bearers[..before].iter().rfind(fits);
        let alone = all.all(|other| other.known && any.known && other.entity == any.entity);
        match nearest.or(alone.then_some(any)) {
            Some(bearer) if bearer.known => self.give(&rows, bearer.entity, &bearer.name),
            Some(bearer) => self.refuse(&rows, &bearer.name),
            None => {
                for row in rows {
                    let mention = &mut self.out[row].mention;
                    mention.rule = Arc::clone(&self.matcher.own.surname);
                    mention.reason = SEVERAL.into();
                }
            }
        }
    }

    /// The rows among `rows` that name a person, with their places.
    fn persons(&self, rows: &Range<usize>) -> impl Iterator<Item = (usize, &Waiting)> {
        rows.clone().map(|row| (row, &self.out[row])).filter(|(_, own)| {
            let person = self.matcher.gazetteer.entity(own.mention.entity).class == EntityClass::Person;
            person && own.mention.kind == Kind::Name
        })
    }

    /// The text of the rows.
    fn words_of(&self, rows: &Range<usize>) -> String {
        self.page().original(self.out[rows.start].places.clone()).to_owned()
    }

    /// What stands at `rows`.
    fn named(&self, rows: &Range<usize>) -> Named {
        let page = self.page();
        let Some((_, first)) = self.persons(rows).next() else {
            return Named::Nobody;
        };
        let places = first.places.clone();
        let words = places.clone().filter(|&place| page.is(place, IS_WORD)).count();
        let waits = self
            .persons(rows)
            .all(|(_, own)| own.sure == Sure::Undecided && !own.mention.counted);
        let counts = self
            .persons(rows)
            .find(|(_, own)| own.mention.counted)
            .map(|(_, own)| own.mention.entity);
        match counts {
            Some(entity) if words > 1 => return Named::Fully(entity),
            None if !waits => return Named::Nobody,
            _ => {}
        }
        if first.proclitic {
            return Named::Bare;
        }
        if let Some(before) = self.given_name_before(rows) {
            return Named::Other(page.original(before..places.end).to_owned());
        }
        if let Some((row, office)) = self.holder(rows).filter(|_| waits) {
            return Named::Holder(row, page.original(office..places.end).to_owned());
        }
        if waits && let Some(longer) = self.longer_name(&places) {
            return longer;
        }
        Named::Bare
    }

    /// The word right before the token at `place`, in the same block.
    fn word_before(&self, place: usize) -> Option<usize> {
        let page = self.page();
        let before = place.checked_sub(1)?;
        let beside = page.is(before, IS_WORD) && page.is(place, SPACED) && !page.is(place, NEW_BLOCK);
        beside.then_some(before)
    }

    /// A given name before a surname that is none of those who are known by it.
    fn given_name_before(&self, rows: &Range<usize>) -> Option<usize> {
        let before = self.word_before(self.out[rows.start].places.start)?;
        let hash = self.page().hash(before)?;
        let named = self.is_word(before, WordClass::GivenName)
            && (self.page().is(before, BEGINS_CAPITAL) || self.page().is(before, IS_ARABIC));
        let own = || {
            self.persons(rows)
                .any(|(_, own)| self.matcher.bears(own.mention.entity, hash))
        };
        (named && !own()).then_some(before)
    }

    /// The row of the one who held the office before a surname on the day of the document, and the place of that office: `President Traoré`,
    /// `le président tchadien Déby`. A former office tells nothing.
    fn holder(&self, rows: &Range<usize>) -> Option<(usize, usize)> {
        let start = self.out[rows.start].places.start;
        let day = self.page().text.document.date?;
        let adjective = self.out[..rows.start]
            .iter()
            .rev()
            .take_while(|other| other.places.end == start)
            .find(|other| other.mention.counted && other.mention.kind == Kind::Adjective);
        let state = adjective.map(|other| other.mention.entity);
        let office = self.word_before(adjective.map_or(start, |other| other.places.start))?;
        if !self.is_word(office, WordClass::Office) {
            return None;
        }
        let mut earlier = office;
        while let Some(before) = self.word_before(earlier)
            && earlier + 3 > office
        {
            if self.is_word(before, WordClass::Former) {
                return None;
            }
            earlier = before;
        }
        let mut holders = self.persons(rows).filter(|(_, own)| {
            let offices = &self.matcher.gazetteer.entity(own.mention.entity).offices;
            offices.iter().any(|office| {
                let held = office.from.is_none_or(|from| from <= day) && office.to.is_none_or(|to| day < to);
                held && state.is_none_or(|state| state == office.entity)
            })
        });
        let (row, _) = holders.next()?;
        holders.next().is_none().then_some((row, office))
    }

    /// What is more than the surname at `places`: another capitalised word before it within a sentence, or one after it. Headlines and German write too
    /// many capitals to tell.
    fn longer_name(&self, places: &Range<usize>) -> Option<Named> {
        let page = self.page();
        let tells = page.field(places.start) == Field::Body && page.text.language.as_str() != "de";
        if !tells || page.is(places.start, IS_ARABIC) {
            return None;
        }
        let joined = places
            .start
            .checked_sub(1)
            .is_some_and(|before| page.is(before, IS_HYPHEN) && !page.is(before, SPACED));
        let after = page.token(places.end)?;
        let glued = after.is(IS_HYPHEN) && !after.is(SPACED);
        let capital = after.is(IS_WORD | SPACED | BEGINS_CAPITAL) && !after.is(NEW_BLOCK);
        if joined || glued || capital {
            let from = places.start - usize::from(joined);
            return Some(Named::Longer(page.original(from..places.end + 1).to_owned()));
        }
        let before = self.word_before(places.start)?;
        let other = page.is(before, BEGINS_CAPITAL)
            && page.sentence_tokens(before).start != before
            && !self.is_word(before, WordClass::Title)
            && !self.is_word(before, WordClass::Office);
        other.then(|| Named::Other(page.original(before..places.end).to_owned()))
    }

    /// Counts the row of `entity` among `rows` by the surname, and refuses the others.
    fn give(&mut self, rows: &Range<usize>, entity: EntityIndex, name: &str) {
        let rule = Arc::clone(&self.matcher.own.surname);
        for row in rows.clone() {
            if self.out[row].mention.entity == entity {
                self.decide_late(row, Arc::clone(&rule), name.to_owned());
            } else {
                self.refuse(&(row..row + 1), name);
            }
        }
    }

    /// Refuses rows, since the name is that of `name`.
    fn refuse(&mut self, rows: &Range<usize>, name: &str) {
        for waiting in &mut self.out[rows.clone()] {
            waiting.mention.counted = false;
            waiting.mention.rule = Arc::clone(&self.matcher.own.surname);
            waiting.mention.reason = name.to_owned().into();
            waiting.sure = Sure::Shape;
        }
    }
}

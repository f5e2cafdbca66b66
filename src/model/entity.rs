//! Whom we know: entities, their surface forms, masks, context rules, groups and events.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::language::Language;
use super::mention::Kind;

/// Place of an entity in [`Gazetteer::entities`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityIndex(pub u32);

/// All that the matcher and the report know of the world: the built-in data with the watchlists merged in.
///
/// Entities are sorted by id, forms by (language, text, entity), so equal data give equal bytes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Gazetteer {
    /// Every entity, sorted by id.
    pub entities: Vec<Entity>,
    /// Every surface form.
    pub forms: Vec<Form>,
    /// Strings that hide the forms inside them.
    pub masks: Vec<Mask>,
    /// Rules that decide ambiguous forms by what stands around them.
    pub rules: Vec<ContextRule>,
    /// Words that tell by standing beside a form what it is: given names, titles, states of the US, verbs of speaking.
    pub words: Vec<ContextWord>,
    /// Groups of entities with dated members.
    pub groups: Vec<Group>,
    /// Dated events that charts may draw.
    pub events: Vec<Event>,
    /// Outlets: how their names are written and which are agencies.
    pub sources: Vec<SourceEntry>,
    /// The entities that this run reports, in watchlist order.
    pub watched: Vec<EntityIndex>,
    /// The entities that the watchlist wants on its charts, in order; empty lets the figures choose.
    pub featured: Vec<EntityIndex>,
    /// The day up to which offices and names were checked.
    pub as_of: Option<NaiveDate>,
    /// Hash of everything that decides what the matcher finds (not of groups, events, colours or `watched`), hexadecimal.
    pub hash: String,
}

impl Gazetteer {
    /// The entity at `index`.
    #[must_use]
    pub fn entity(&self, index: EntityIndex) -> &Entity {
        &self.entities[index.0 as usize]
    }

    /// The entity with this kebab-case id.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<EntityIndex> {
        let place = self
            .entities
            .binary_search_by(|entity| entity.id.as_str().cmp(id))
            .ok()?;
        u32::try_from(place).ok().map(EntityIndex)
    }
}

/// One country, organisation, armed group or person.
#[derive(Clone, Debug, PartialEq)]
pub struct Entity {
    /// Kebab-case id, such as `united-states`.
    pub id: String,
    /// What it is.
    pub class: EntityClass,
    /// ISO 3166-1 alpha-3; empty for what is no country.
    pub iso3: String,
    /// ISO 3166-1 alpha-2; empty for what is no country.
    pub iso2: String,
    /// How it is called in headings.
    pub names: Names,
    /// A fixed colour of its line, `#rrggbb`, where the watchlist gives one.
    pub colour: Option<String>,
    /// Offices held; only persons have any.
    pub offices: Vec<Office>,
}

/// What an entity is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EntityClass {
    /// A state or territory with an ISO code.
    Country,
    /// A union, alliance, agency, court, party, mission or operation.
    Organisation,
    /// An armed group or military company.
    ArmedGroup,
    /// A person.
    Person,
    /// A region or people that is no country (`sahel`, `tuareg`).
    Other,
}

impl EntityClass {
    /// The word used in tables and watchlists.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Country => "country",
            Self::Organisation => "organisation",
            Self::ArmedGroup => "armed-group",
            Self::Person => "person",
            Self::Other => "other",
        }
    }
}

/// How an entity is called in headings, with the grammar that a sentence about it needs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Names {
    /// English: `United States`.
    pub en: String,
    /// Whether English prose puts `the` before it.
    pub en_article: bool,
    /// French, without article: `États-Unis`.
    pub fr: String,
    /// The French definite article: `le`, `la`, `l'`, `les`, or empty (`Cuba`, `Israël`).
    pub fr_article: String,
    /// Whether French verbs and participles agree in the feminine.
    pub fr_feminine: bool,
    /// Arabic: `الولايات المتحدة`.
    pub ar: String,
    /// Whether Arabic verbs agree in the feminine (most states, all organisations named by a feminine head).
    pub ar_feminine: bool,
}

impl Names {
    /// The name in `language`; English where the language is none of the three or its name is missing.
    #[must_use]
    pub fn in_language(&self, language: Language) -> &str {
        let name = match language {
            Language::AR => &self.ar,
            Language::FR => &self.fr,
            _ => &self.en,
        };
        if name.is_empty() { &self.en } else { name }
    }
}

/// An office that a person held for a state or organisation, from a day up to, not including, another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Office {
    /// The state or organisation, an entity id.
    pub entity: EntityIndex,
    /// `head of state`, `head of government`, …
    pub office: String,
    /// First day; `None` where it is not known.
    pub from: Option<NaiveDate>,
    /// First day out of office; `None` is not known to have ended.
    pub to: Option<NaiveDate>,
}

/// One spelling of one entity in one language.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Form {
    /// The language whose texts it is looked for in; `None` is every language.
    pub language: Option<Language>,
    /// The spelling, NFC with straight apostrophes. A trailing `-` marks a combining prefix (`Franco-`).
    pub text: String,
    /// Whom it names.
    pub entity: EntityIndex,
    /// What sort of form it is.
    pub kind: Kind,
    /// Whether it is an abbreviation, which texts of every language share.
    pub abbreviation: bool,
    /// How its capitals are compared.
    pub case: Case,
    /// What happens where no rule decides.
    pub policy: Policy,
    /// A remark, such as what it may be confused with.
    pub note: String,
}

/// How the capitals of a form are compared with the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Case {
    /// Not at all.
    Ignore,
    /// Each token that starts with a capital in the form must start with one in the text; all capitals pass.
    Initial,
    /// Exact characters.
    Exact,
}

/// What happens to a form where no rule decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Policy {
    /// It counts.
    Count,
    /// It counts only where a context rule says so.
    Context,
    /// It never counts; listed so that it is seen and refused.
    Never,
}

/// A string that hides the forms inside it: `Washington Post`, `Niger Delta`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mask {
    /// The language whose texts it is looked for in; `None` is every language.
    pub language: Option<Language>,
    /// The string, folded as forms are.
    pub text: String,
    /// Why: `company_or_media`, `subnational`, …
    pub reason: String,
    /// Whom the whole string counts for instead.
    pub counts_as: Option<EntityIndex>,
    /// Only forms of this entity are hidden; `None` hides all.
    pub only: Option<EntityIndex>,
}

/// A rule that decides an ambiguous form by the words around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContextRule {
    /// Its id, shown in the evidence: `ar-mali`.
    pub id: String,
    /// The language of the text; `None` is every language.
    pub language: Option<Language>,
    /// The forms that it decides.
    pub forms: Vec<String>,
    /// The entity whose reading it decides; `None` is any.
    pub entity: Option<EntityIndex>,
    /// How far around the form its cues are looked for.
    pub window: Window,
    /// Words that speak for the entity. A trailing `*` matches any ending.
    pub positive: Vec<String>,
    /// Words that speak against it.
    pub negative: Vec<String>,
    /// What is done where no cue is in the window.
    pub default: RuleDefault,
}

/// How far around a form the cues of a rule are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Window {
    /// The form itself.
    Token,
    /// Two tokens on each side.
    Adjacent,
    /// Its sentence.
    Sentence,
    /// Its line.
    Line,
    /// Title and body.
    Document,
}

/// What a context rule does where no cue is in the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RuleDefault {
    /// Counts, unless a negative cue stands without a positive one.
    Count,
    /// Does not count, unless a positive cue stands.
    Skip,
    /// Never counts.
    Never,
}

/// A word that tells by standing beside a form what it is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ContextWord {
    /// What it tells.
    pub class: WordClass,
    /// The language of the text; `None` is every language.
    pub language: Option<Language>,
    /// The word, or several.
    pub text: String,
}

/// What a context word tells of the form beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WordClass {
    /// A given name: what follows is a family name.
    GivenName,
    /// Part of an Arabic name: `عبد`, `أبو`, `بن`.
    NamePart,
    /// A title before a family name.
    Title,
    /// A country's name that persons bear as a given name: `Jordan`, `Chad`.
    BorneFirst,
    /// A country's name or adjective that persons bear as a family name: `Holland`, `French`.
    BorneLast,
    /// No family name, though it follows a country's name with a capital: `Valley`, `Police`.
    NoSurname,
    /// A man of a country, whose word is also a given name: `Finn`.
    ManOf,
    /// A verb before the pronoun `us`: `tell`, `help`.
    BeforePronoun,
    /// A word that follows a country's name only in a company's: `Airlines`, `Telecom`.
    Company,
    /// What a company's name ends with: `Inc`, `Ltd`.
    CompanyEnd,
    /// A society before `of America`: `Scouts`, `Corporation`.
    Society,
    /// A part of a town or a county, after the name it bears: `Street`, `Road`, `County`.
    Street,
    /// A country's name that towns of the US bear.
    UsTown,
    /// An inhabitant of a town, after its name: `a Lebanon woman`.
    Townsman,
    /// A preposition after which a name is a place.
    Locative,
    /// A state or province that follows a town: `Lebanon, Tennessee`.
    UsState,
    /// Makes the adjective after it a language: `speaks`.
    BeforeLanguage,
    /// Makes the adjective before it a language: `language`, `lessons`.
    AfterLanguage,
    /// Makes an adjective a language where no noun follows: `in French`.
    InLanguage,
    /// A state's name that is also a common word; a feminine verb before it decides for the state.
    TakesVerb,
    /// An Arabic word that ends in ي where it names a country or person, and in ى where it is another word: `اليمنى`.
    EndsInYa,
    /// What has a right and a left side: `يد`, `جهة`.
    HasSides,
    /// An adjective that is a common word far more often, so that the rest of a document does not decide for it: `مالية`.
    CommonWord,
    /// A word for a relative: the name after it is a person's.
    Kin,
    /// The adjective of a continent or of the Arab world, which a combining prefix may stand before: `franco-africain`.
    Continental,
    /// Joins the members of a list: `and`, a comma.
    Joins,
    /// A common word that looks like an abbreviation where a line is in capitals: `US`, `WHO`.
    WordInCapitals,
    /// A word for an office or a rank before a surname: `President`, `capitaine`.
    Office,
    /// Says that an office is over: `former`, `ancien`.
    Former,
    /// Says how well a language is spoken, between the verb and the language: `spoke only French`.
    HowWell,
    /// A small word that begins another phrase, so that what stands before it has no noun: `in French before`.
    NewPhrase,
    /// A saint's title: `St. Louis`.
    Saint,
}

/// Entities that are reported together, with dated members. An article that names three members counts once.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// Kebab-case id.
    pub id: String,
    /// How it is called in headings.
    pub names: Names,
    /// Its members.
    pub members: Vec<Member>,
}

/// One member of a group, from a day up to, not including, another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Who.
    pub entity: EntityIndex,
    /// First day; `None` is always.
    pub from: Option<NaiveDate>,
    /// First day out; `None` is still.
    pub to: Option<NaiveDate>,
}

/// A dated event that charts may draw beside the lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Its day.
    pub date: NaiveDate,
    /// Kebab-case id.
    pub id: String,
    /// The entities concerned.
    pub entities: Vec<EntityIndex>,
    /// The label by language (`en`, `fr`, `ar`).
    pub label: BTreeMap<Language, String>,
}

/// An outlet of the corpus.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceEntry {
    /// Kebab-case id.
    pub id: String,
    /// Strings that name it in the source field, or hosts of its addresses.
    pub matches: Vec<String>,
    /// The name that tables show.
    pub name: String,
    /// ISO 3166-1 alpha-3 of its seat; empty where it is not known.
    pub country: String,
    /// Whether it is a news agency.
    pub agency: bool,
}

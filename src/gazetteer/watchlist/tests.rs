//! Watchlists as users write them: what is merged, and every mistake with its place.

use std::io::Write;

use super::*;
use crate::gazetteer::builtin::builtin;
use crate::gazetteer::load_gazetteer;
use crate::model::entity::{Case, Gazetteer, Policy, RuleDefault, Window};
use crate::model::language::Language;
use crate::settings::GazetteerSettings;

/// The gazetteer of one watchlist file with this text.
fn load(text: &str) -> Result<Gazetteer, String> {
    let mut file = tempfile::Builder::new().suffix(".toml").tempfile().unwrap();
    file.write_all(text.as_bytes()).unwrap();
    let path = file.path().to_string_lossy().into_owned();
    let settings = GazetteerSettings {
        watchlists: vec![path.clone()],
        entities: Vec::new(),
    };
    load_gazetteer(&settings).map_err(|error| error.to_string().replace(&path, "mine.toml"))
}

/// The mistakes of one watchlist file with this text.
fn mistakes(text: &str) -> Vec<String> {
    load(text)
        .expect_err("the text has mistakes")
        .lines()
        .map(str::to_owned)
        .collect()
}

/// The ids of the watched.
fn watched(gazetteer: &Gazetteer) -> Vec<&str> {
    gazetteer
        .watched
        .iter()
        .map(|index| gazetteer.entity(*index).id.as_str())
        .collect()
}

const MINE: &str = r##"
as_of = 2026-02-01
[[entity]]
id = "blue-river"; type = "armed-group"; colour = "#7A5195"
names = { en = "Blue River Company", fr = "compagnie Rivière bleue", ar = "شركة النهر الأزرق" }
forms = { en = ["Blue River", "BRC"], fr = ["Rivière bleue"], ar = "النهر الأزرق", all = ["BlueRiv"] }
masks = { en = ["Blue River Bank"] }
requires = [{ form = "BRC", any = ["mercenar*", "Blue River"], window = "sentence" }]
case_sensitive = ["BRC"]

[[entity]]
id = "ann-example"; type = "person"
names = { en = "Ann Example" }
roles = [
  { entity = "MLI", office = "envoy", from = 2025-03-01, to = 2025-09-01 },
  { entity = "Blue River Company", office = "leader", from = 2025-09-01 },
]

[[entity]]
id = "NER"
names = { fr = "République du Niger" }
forms = { en = ["Land of the Niger"] }

[[group]]
id = "river-people"
names = { en = "River people", fr = "Gens du fleuve" }
members = ["ann-example", { id = "Mali", from = 2020-01-01 }]

[[event]]
date = 2025-09-01; id = "river-changes-hands"; entities = ["blue-river", "Niger"]
label = { en = "The river changes hands" }

[[source]]
id = "rfi"; match = ["rfi.example"]; agency = false
[[source]]
id = "river-post"; match = ["river.example"]; name = "River Post"; country = "Mali"
"##;

/// `MINE` in true TOML, which has no `;`.
fn mine() -> String {
    MINE.replace("; ", "\n")
}

#[test]
fn what_a_watchlist_adds_is_there() {
    let gazetteer = load(&mine()).unwrap();
    let river = gazetteer.find("blue-river").unwrap();
    assert_eq!(gazetteer.entity(river).colour.as_deref(), Some("#7a5195"));
    let form = |text: &str| gazetteer.forms.iter().find(|form| form.text == text).unwrap();
    assert_eq!((form("BlueRiv").language, form("BlueRiv").case), (None, Case::Initial));
    assert_eq!((form("BRC").case, form("BRC").policy), (Case::Exact, Policy::Context));
    assert_eq!(
        form("شركة النهر الأزرق").entity,
        river,
        "headings of a new entity are forms"
    );
    assert_eq!(
        (form("النهر الأزرق").language, form("النهر الأزرق").case),
        (Some(Language::AR), Case::Ignore)
    );
    let mask = gazetteer
        .masks
        .iter()
        .find(|mask| mask.text == "Blue River Bank")
        .unwrap();
    assert_eq!((mask.only, mask.counts_as), (Some(river), None));
    let rule = gazetteer
        .rules
        .iter()
        .find(|rule| rule.id == "watchlist-blue-river-1")
        .unwrap();
    assert_eq!(
        (rule.window, rule.default, rule.entity),
        (Window::Sentence, RuleDefault::Skip, Some(river))
    );
    assert_eq!((rule.forms.len(), rule.positive.len()), (1, 2));
}

#[test]
fn persons_get_their_offices_and_borrow_missing_headings() {
    let gazetteer = load(&mine()).unwrap();
    let ann = gazetteer.entity(gazetteer.find("ann-example").unwrap());
    assert_eq!(ann.names.ar, "Ann Example");
    let held: Vec<&str> = ann
        .offices
        .iter()
        .map(|office| gazetteer.entity(office.entity).id.as_str())
        .collect();
    assert_eq!(held, ["mali", "blue-river"]);
    assert_eq!(ann.offices[0].to, ann.offices[1].from);
}

#[test]
fn a_known_entity_keeps_what_is_not_given() {
    let gazetteer = load(&mine()).unwrap();
    let niger = gazetteer.entity(gazetteer.find("niger").unwrap());
    assert_eq!(
        (niger.names.fr.as_str(), niger.names.en.as_str(), niger.iso3.as_str()),
        ("République du Niger", "Niger", "NER")
    );
    assert_eq!(niger.names.fr_article, "", "the grammar of the old heading is gone");
    let forms = gazetteer
        .forms
        .iter()
        .filter(|form| gazetteer.entity(form.entity).id == "niger");
    assert!(forms.clone().any(|form| form.text == "Land of the Niger") && forms.count() > 50);
}

#[test]
fn groups_events_and_sources_are_merged() {
    let gazetteer = load(&mine()).unwrap();
    let group = gazetteer
        .groups
        .iter()
        .find(|group| group.id == "river-people")
        .unwrap();
    assert_eq!((group.members.len(), group.names.ar.as_str()), (2, "River people"));
    let event = gazetteer
        .events
        .iter()
        .find(|event| event.id == "river-changes-hands")
        .unwrap();
    assert_eq!((event.entities.len(), event.label.len()), (2, 1));
    let rfi = gazetteer.sources.iter().find(|source| source.id == "rfi").unwrap();
    assert!(
        rfi.name == "RFI"
            && rfi.matches.contains(&"rfi.fr".to_owned())
            && rfi.matches.contains(&"rfi.example".to_owned())
    );
    let post = gazetteer
        .sources
        .iter()
        .find(|source| source.id == "river-post")
        .unwrap();
    assert_eq!((post.country.as_str(), post.agency), ("MLI", false));
}

#[test]
fn entries_and_members_are_watched_in_order() {
    let gazetteer = load(&mine()).unwrap();
    assert_eq!(watched(&gazetteer), ["blue-river", "ann-example", "niger", "mali"]);
    assert_eq!(gazetteer.as_of.unwrap().to_string(), "2026-02-01");
}

#[test]
fn only_what_decides_matches_changes_the_hash() {
    let plain = builtin().unwrap().finish().hash;
    let same = "watch = [\"mali\"]\nfeatured = [\"mali\"]\n[[entity]]\nid = \"mali\"\ncolour = \"#112233\"\n\
                [[event]]\nid = \"x\"\ndate = 2025-01-01\nlabel = { en = \"X\" }\n";
    assert_eq!(load(same).unwrap().hash, plain);
    for more in [
        "[[entity]]\nid = \"mali\"\nforms = { en = [\"Malian land\"] }",
        "[[entity]]\nid = \"mali\"\nmasks = { en = [\"Mali Tea\"] }",
        "[[entity]]\nid = \"mali\"\nrequires = [{ form = \"Mali\", any = [\"Bamako\"] }]",
        "[[entity]]\nid = \"goita\"\nroles = [{ entity = \"mali\", office = \"colonel\" }]",
        "[[entity]]\nid = \"usa\"\ncase_sensitive = [\"America\"]",
    ] {
        assert_ne!(load(more).unwrap().hash, plain, "{more}");
    }
}

#[test]
fn a_list_can_start_from_a_built_in_one_and_replace_its_charts() {
    let gazetteer = load("include = [\"sahel\"]\nwatch = [\"Japan\"]\nfeatured = [\"FR\", \"japan\"]\n").unwrap();
    let all = watched(&gazetteer);
    assert!(all.contains(&"goita") && all.contains(&"japan"));
    let featured: Vec<&str> = gazetteer
        .featured
        .iter()
        .map(|index| gazetteer.entity(*index).id.as_str())
        .collect();
    assert_eq!(featured, ["france", "japan"]);
    assert_eq!(load("include = [\"sahel\"]").unwrap().featured.len(), 6);
}

#[test]
fn a_list_that_chooses_nobody_leaves_the_world_watched() {
    let gazetteer =
        load("as_of = 2026-01-01\n[[event]]\nid = \"x\"\ndate = 2025-01-01\nlabel = { en = \"X\" }\n").unwrap();
    assert!(gazetteer.watched.len() > 300);
    assert_eq!(gazetteer.as_of.unwrap().to_string(), "2026-01-01");
}

#[test]
fn a_requirement_of_the_user_takes_the_place_of_built_in_rules() {
    let gazetteer =
        load("[[entity]]\nid = \"wagner\"\nrequires = [{ form = \"Wagner\", any = [\"Bamako\"] }]").unwrap();
    let deciding: Vec<&str> = (gazetteer.rules.iter())
        .filter(|rule| rule.forms.iter().any(|form| form == "Wagner"))
        .map(|rule| rule.id.as_str())
        .collect();
    assert_eq!(deciding, ["watchlist-wagner-1"]);
}

#[test]
fn a_form_that_was_never_counted_counts_when_the_user_lists_it() {
    let never = |gazetteer: &Gazetteer| {
        let aruba = gazetteer.find("aruba");
        let form = gazetteer
            .forms
            .iter()
            .find(|form| form.text == "أروبي" && Some(form.entity) == aruba);
        form.unwrap().policy
    };
    assert_eq!(never(&builtin().unwrap().finish()), Policy::Never);
    let told = load("[[entity]]\nid = \"aruba\"\nforms = { ar = [\"أروبي\"] }").unwrap();
    assert_eq!(never(&told), Policy::Count);
}

#[test]
fn every_mistake_is_told_at_once_with_its_place() {
    let text = r#"
as_off = 2025-01-01
include = ["sahell"]
[[entity]]
names = { en = "Nobody" }
[[entity]]
id = "mali"
type = "person"
color = "red"
[[entity]]
id = "My Group"
type = "organization"
colour = "blue"
names = { en = "My Group", es = "Mi grupo" }
forms = { en = ["24"], english = ["x"] }
"#;
    assert_eq!(
        mistakes(text),
        [
            "mine.toml:2:1: a watchlist has no `as_off`: did you mean `as_of`?",
            "mine.toml:3:12: no built-in watchlist `sahell` (there are world, sahel): did you mean `sahel`?",
            "mine.toml:4:1: an entity needs `id`",
            "mine.toml:8:8: `mali` is of type country, not person",
            "mine.toml:9:1: an entity has no `color`: did you mean `colour`?",
            "mine.toml:11:6: `My Group` is no id: an id is small letters and digits with hyphens between",
            "mine.toml:12:8: no type `organization` (types are country, organisation, armed-group, person, other): did you mean `organisation`?",
            "mine.toml:13:10: `blue` is no colour (expected one like #7a5195)",
            "mine.toml:14:28: names has no `es`",
            "mine.toml:15:17: `24` has no letter, so it names nobody",
            "mine.toml:15:24: `english` is no language tag (expected one like `ar`, `fr`, `en`), or `all`",
        ]
    );
}

#[test]
fn references_that_mean_nobody_are_told_with_what_is_near() {
    let text = r#"
watch = ["Burkinna Faso", "Congo"]
[[entity]]
id = "goita"
roles = [{ entity = "gambbia", office = "x" }]
[[group]]
id = "g"
names = { en = "G" }
members = ["ruxia", { id = "france", from = 2025-01-02, to = 2025-01-02 }]
[[event]]
id = "e"
date = "2025-13-01"
label = { en = "E" }
[[event]]
id = "e"
date = 2025-01-01
entities = ["gabonn"]
label = { en = "E" }
[[event]]
id = "e"
date = 2025-01-01
label = { en = "E" }
[[source]]
id = "s"
country = "nato"
"#;
    assert_eq!(
        mistakes(text),
        [
            "mine.toml:2:10: no entity `Burkinna Faso`: did you mean `burkina-faso`?",
            "mine.toml:2:27: `Congo` may be `dr-congo` or `republic-of-the-congo`: say which",
            "mine.toml:5:21: no entity `gambbia`: did you mean `gambia`?",
            "mine.toml:9:12: no entity `ruxia`: did you mean `russia`?",
            "mine.toml:9:62: `to` (2025-01-02) is not later than `from` (2025-01-02); it is the first day after",
            "mine.toml:12:8: `date` should be a day such as 2025-12-31",
            "mine.toml:17:13: no entity `gabonn`: did you mean `gabon`?",
            "mine.toml:20:6: line 15 has `e` already",
            "mine.toml:24:6: the new source `s` needs `match`, what its name or address is",
            "mine.toml:25:11: `nato` is no country",
        ]
    );
}

#[test]
fn one_form_for_two_entities_of_a_file_is_a_mistake() {
    let text = r#"
[[entity]]
id = "one"
type = "other"
names = { en = "One" }
forms = { en = ["Blue Ríver"], fr = ["Fleuve"] }
[[entity]]
id = "two"
type = "other"
names = { en = "Two" }
forms = { all = ["blue river"], ar = ["Fleuve"] }
[[entity]]
id = "one"
type = "other"
names = { en = "Again" }
"#;
    assert_eq!(
        mistakes(text),
        [
            "mine.toml:11:18: `blue river` is also a form of `one` (line 6)",
            "mine.toml:13:6: `one` is `one`, which line 2 has already",
        ]
    );
}

#[test]
fn requirements_and_exact_forms_must_be_forms() {
    let text = r#"
[[entity]]
id = "one"
type = "other"
names = { en = "Onerous" }
requires = [{ form = "Onerus", any = ["x"] }, { form = "Onerous" }, { form = "Onerous", any = ["x"], window = "page" }]
case_sensitive = ["ONE"]
roles = [{ entity = "mali", office = "x" }]
"#;
    assert_eq!(
        mistakes(text),
        [
            "mine.toml:6:22: `Onerus` is no form of `one`: did you mean `Onerous`?",
            "mine.toml:6:47: a requirement needs `any`, the words that must be near",
            "mine.toml:6:111: no window `page` (windows are token, adjacent, sentence, line, document)",
            "mine.toml:7:19: `ONE` is no form of `one`",
            "mine.toml:8:21: `one` is of type other: only persons hold offices",
        ]
    );
}

#[test]
fn two_terms_in_one_office_may_meet_but_not_overlap() {
    let role = |from: &str, to: &str| {
        let terms = format!(
            "{{ entity = \"mali\", office = \"envoy\", from = 2025-01-01, to = 2025-03-01 }},\
             {{ entity = \"mali\", office = \"envoy\", from = {from}, to = {to} }}"
        );
        load(&format!(
            "[[entity]]\nid = \"ann\"\ntype = \"person\"\nnames = {{ en = \"Ann\" }}\nroles = [{terms}]"
        ))
    };
    assert!(role("2025-03-01", "2025-04-01").is_ok());
    assert!(
        role("2025-02-28", "2025-04-01")
            .unwrap_err()
            .contains("twice at a time")
    );
}

#[test]
fn an_entity_that_is_neither_known_nor_described_is_a_mistake() {
    let told = mistakes("[[entity]]\nid = \"burkina-fasso\"\n[[entity]]\nid = \"zebra\"\nnames = { en = \"Zebra\" }\n");
    assert_eq!(
        told,
        [
            "mine.toml:2:6: no entity `burkina-fasso`: did you mean `burkina-faso`? A new entity needs `type` and `names`.",
            "mine.toml:3:1: the new entity `zebra` needs `type`",
        ]
    );
}

#[test]
fn every_mistake_of_the_toml_is_told() {
    let told = mistakes("as_of = 2025-01-01\nwatch = [\"mali\"\nfeatured = = 3\n");
    assert!(told[0].starts_with("mine.toml:") && !told.is_empty(), "{told:?}");
    let told = mistakes("watch = 3\nentity = 4\n[[group]]\nid = 5\n");
    assert_eq!(
        told,
        [
            "mine.toml:1:9: `watch` should be a string, not an integer",
            "mine.toml:2:10: `entity` should be a list, not an integer",
            "mine.toml:4:6: `id` should be a string, not an integer",
        ]
    );
}

#[test]
fn an_unknown_list_names_the_built_in_ones() {
    let told = |list: &str| text_of(list).unwrap_err();
    assert_eq!(
        told("sahell"),
        "no watchlist `sahell`: built in are `world` and `sahel`, and there is no such file: did you mean `sahel`?"
    );
    assert_eq!(
        told("no/such.toml"),
        "no/such.toml: there is no such file (built in are `world` and `sahel`)"
    );
    assert!(told(".").contains("is a folder"));
}

#[test]
fn mistakes_of_several_lists_are_told_together() {
    let settings = GazetteerSettings {
        watchlists: vec!["nowhere.toml".to_owned(), "wrld".to_owned()],
        entities: vec![],
    };
    let error = load_gazetteer(&settings).unwrap_err().to_string();
    assert_eq!(error.lines().count(), 2, "{error}");
}

#[test]
fn the_starter_and_its_suggestions_are_understood() {
    let plain = load(starter_watchlist()).unwrap();
    assert_eq!(watched(&plain)[0], "mali");
    let code = |line: &str| line.contains(" = ") || line.starts_with("[[");
    let suggested: String = starter_watchlist()
        .lines()
        .map(|line| {
            line.strip_prefix("# ")
                .filter(|rest| code(rest))
                .unwrap_or(line)
                .to_owned()
                + "\n"
        })
        .collect();
    let all = load(&suggested).unwrap();
    assert!(all.find("lithium-corp").is_some() && all.find("jane-doe").is_some());
    assert_eq!(all.featured.len(), 3);
    assert_ne!(all.hash, plain.hash);
}

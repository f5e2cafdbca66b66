//! In French.

use super::SetWords;
use crate::model::entity::Names;
use crate::model::language::Language;
use crate::render::charts::tiles::Region;
use crate::render::charts::words::fr::French;
use crate::render::format::{self, Forms, NBSP, NNBSP, plural, upper};
use crate::render::summary::fr::{both_cited, the};

/// The language of this file.
const FR: Language = Language::FR;

impl SetWords for French {
    fn pairs(&self, span: &str) -> String {
        format!("Qui est cité avec qui, {span}")
    }

    fn together(&self, first: &Names, second: &Names, times: &str) -> String {
        let cited = both_cited(first, second);
        let (first, second) = (upper(&the(first)), the(second));
        format!(
            "{first} et {second} sont {cited} ensemble dans {times}\u{a0}fois plus d’articles que le hasard n’en donnerait"
        )
    }

    fn pairs_measure(&self) -> String {
        format!(
            "Articles citant les deux, en multiple de ce que donnerait le hasard{NBSP}; dessous, l’intervalle à 95{NNBSP}%"
        )
    }

    fn pairs_marks(&self, hatched: bool) -> Vec<String> {
        let mut all = vec![
            format!(
                "Hasard{NBSP}: les deux cités indépendamment l’un de l’autre dans l’ensemble des articles. Par nombre d’articles décroissant."
            ),
            format!(
                "En couleur{NBSP}: au-delà du hasard (test exact, q de 5{NNBSP}% au plus sur toutes les paires). En gris{NBSP}: peut tenir au hasard."
            ),
        ];
        if hatched {
            all.push(format!("Hachures{NBSP}: moins de cinq articles, comptés et attendus."));
        }
        all
    }

    fn as_by_chance(&self) -> &'static str {
        "comme au hasard"
    }

    fn pairs_alt(&self, title: &str, pairs: &[String]) -> String {
        let most = if pairs.is_empty() {
            "Aucune paire ne se distingue du hasard.".to_owned()
        } else {
            format!("Les plus loin du hasard{NBSP}: {}.", pairs.join(&format!("{NBSP}; ")))
        };
        format!("Tableau triangulaire en couleurs, une case par paire d’acteurs{NBSP}: {title}. {most}")
    }

    fn words_of_period(&self, when: &str) -> String {
        format!("Les mots plus fréquents {when} qu’en d’autres temps")
    }

    fn words_of_entity(&self, names: Option<&Names>) -> String {
        let whom = names.map_or_else(|| "l’acteur principal".to_owned(), the);
        format!("Les mots plus fréquents dans les articles citant {whom} que dans les autres")
    }

    fn words_measure(&self) -> String {
        format!("Fréquence rapportée à celle de tous les autres articles de la langue{NBSP}; nombre d’occurrences")
    }

    fn words_marks(&self, unwritten: bool, absent: bool) -> Vec<String> {
        let mut all = vec![format!(
            "Les mots de plus forte log-vraisemblance, barre la plus longue d’abord{NBSP}; q de 5{NNBSP}% au plus sur tous les mots testés, cinq \
             occurrences au moins."
        )];
        if absent {
            all.push("0 ailleurs est compté pour ½.".to_owned());
        }
        if unwritten {
            all.push("Les mots d’autres écritures ne sont que dans le fichier CSV.".to_owned());
        }
        all
    }

    fn words_heads(&self) -> [&'static str; 2] {
        ["ici", "ailleurs"]
    }

    fn of_words(&self, n: u64) -> String {
        plural(FR, n, &Forms::two("{} mot en tout", "{} mots en tout"))
    }

    fn words_alt(&self, title: &str, panels: &[String]) -> String {
        format!(
            "Barres, une par mot{NBSP}: {title}. {}.",
            panels.join(&format!("{NBSP}; "))
        )
    }

    fn map(&self, region: Region, span: &str) -> String {
        let place = match region {
            Region::Sahel => "chaque pays d’Afrique de l’Ouest et du Sahel",
            Region::Mena => "chaque pays du Moyen-Orient et d’Afrique du Nord",
            Region::Africa => "chaque pays d’Afrique",
            Region::World => "chaque pays du monde",
        };
        format!("Articles citant {place}, {span}")
    }

    fn map_measure(&self) -> String {
        "Articles citant le pays, en % de tous les articles".to_owned()
    }

    fn map_marks(&self, unwatched: bool, elsewhere: &[String]) -> Vec<String> {
        let mut all = vec![format!(
            "Une tuile par pays{NBSP}: les tuiles ne sont pas des surfaces, leur place est approchée et ne dit rien des frontières."
        )];
        if unwatched {
            all.push(format!("En pointillé{NBSP}: non recherché."));
        }
        if !elsewhere.is_empty() {
            all.push(format!(
                "Cités, mais hors de cette carte{NBSP}: {}.",
                format::list(FR, elsewhere)
            ));
        }
        all
    }

    fn unwatched(&self) -> &'static str {
        "non recherché"
    }

    fn more_countries(&self, n: u64) -> String {
        plural(FR, n, &Forms::two("{} autre", "{} autres"))
    }

    fn map_alt(&self, title: &str, countries: &[String]) -> String {
        format!(
            "Carte de tuiles égales, une par pays{NBSP}: {title}. Les plus cités{NBSP}: {}.",
            countries.join(", ")
        )
    }
}

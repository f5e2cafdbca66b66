//! The words of charts in French: long because every sentence of every chart is here, and none is anywhere else.

use super::{Actors, Change, Ends, Mark, Measure, Words, pair};
use crate::model::entity::Names;
use crate::model::findings::Stretch;
use crate::model::language::Language;
use crate::model::period::Granularity;
use crate::render::format::plural::{ARTICLES, DAYS, MENTIONS, SOURCES};
use crate::render::format::{self, Forms, NBSP, NNBSP, plural, upper};
use crate::render::summary::fr::{complete_periods, is_plural, the, units};

/// The language of this file.
const FR: Language = Language::FR;

/// French.
pub(super) struct French;

/// `pays` or `acteur`.
const fn actor(actors: Actors) -> &'static str {
    match actors {
        Actors::Countries => "pays",
        Actors::Mixed => "acteur",
    }
}

/// `par semaine`.
const fn by(unit: Granularity) -> &'static str {
    match unit {
        Granularity::Day => "par jour",
        Granularity::Week => "par semaine",
        Granularity::Month => "par mois",
        Granularity::Quarter => "par trimestre",
        Granularity::Year => "par an",
    }
}

/// `5 semaines`.
fn periods(unit: Granularity, n: u64) -> String {
    let forms = match unit {
        Granularity::Day => Forms::two("{} jour", "{} jours"),
        Granularity::Week => Forms::two("{} semaine", "{} semaines"),
        Granularity::Month => Forms::two("{} mois", "{} mois"),
        Granularity::Quarter => Forms::two("{} trimestre", "{} trimestres"),
        Granularity::Year => Forms::two("{} an", "{} ans"),
    };
    plural(FR, n, &forms)
}

/// Names of those who moved one way: at most three, then how many others.
fn named(changes: &[&Change<'_>]) -> String {
    let mut names: Vec<String> = changes.iter().take(3).map(|change| the(change.names)).collect();
    if changes.len() > 3 {
        names.push(French.others((changes.len() - 3) as u64));
    }
    format::list(FR, &names)
}

/// `progresse` or `recule`.
const fn goes(up: bool) -> &'static str {
    if up { "progresse" } else { "recule" }
}

impl Words for French {
    fn trend(&self, first: Change<'_>, second: Option<Change<'_>>, stretch: Stretch) -> String {
        let (from, to) = match stretch {
            Stretch::Years => ("la première\u{a0}année", "la\u{a0}dernière"),
            Stretch::Halves => ("dans la première moitié de la période", "dans la seconde"),
        };
        let second = second.map_or_else(String::new, |change| {
            let (from, to) = pair(FR, change.from, change.to);
            format!("{NBSP}; pour {}, elle passe de {from} à {to}", the(change.names))
        });
        let (was, is) = pair(FR, first.from, first.to);
        format!(
            "La part des articles citant {} passe de {was} {from} à {is} {to}{second}",
            the(first.names)
        )
    }

    fn leads(&self, names: &Names, led: u64, of: u64, unit: Granularity) -> String {
        let have = if is_plural(names) { "ont" } else { "a" };
        let (led, of) = (complete_periods(unit, led), format::count(FR, of));
        format!(
            "De tous les acteurs montrés, {} {have} le plus d’articles dans {led} sur {of}",
            the(names)
        )
    }

    fn moved(&self, changes: &[Change<'_>], when: &str) -> String {
        if let [change] = changes {
            let (from, to) = pair(FR, change.from, change.to);
            let verb = goes(change.rose());
            return format!(
                "La part des articles citant {} {verb} de {from} à {to} {when}",
                the(change.names)
            );
        }
        let (up, down): (Vec<&Change<'_>>, Vec<&Change<'_>>) = changes.iter().partition(|change| change.rose());
        match (up.is_empty(), down.is_empty()) {
            (false, false) => format!(
                "Les articles citant {} progressent {when}{NBSP}; ceux citant {} reculent",
                named(&up),
                named(&down)
            ),
            (false, true) => format!("Les articles citant {} progressent {when}", named(&up)),
            _ => format!("Les articles citant {} reculent {when}", named(&down)),
        }
    }

    fn lines(&self, actors: Actors, span: &str) -> String {
        format!("Articles citant chaque {}, {span}", actor(actors))
    }

    fn voice(&self, shares: bool, span: &str) -> String {
        let what = if shares {
            "La part de chaque acteur dans les mentions"
        } else {
            "Mentions de chaque acteur"
        };
        format!("{what}, {span}")
    }

    fn movers(&self, period: &str, baseline: u64, unit: Granularity) -> String {
        format!(
            "{}, face à une référence de {}",
            upper(period),
            complete_periods(unit, baseline)
        )
    }

    fn coverage(&self, articles: u64, periods: u64, empty: u64, unit: Granularity) -> String {
        let articles = ARTICLES.counted(FR, articles);
        if periods == 0 {
            return articles;
        }
        let empty = match empty {
            0 => String::new(),
            1 => format!("{NBSP}; {} n’en a aucun", self::periods(unit, 1)),
            _ => format!("{NBSP}; {} n’en ont aucun", self::periods(unit, empty)),
        };
        format!("{articles} en {}{empty}", complete_periods(unit, periods))
    }

    fn heatmap(&self, actors: Actors, span: &str) -> String {
        format!("Qui cite quel {}, source par source, {span}", actor(actors))
    }

    fn calendar(&self, actors: Actors, span: &str) -> String {
        format!("Quand chaque {} a été cité, {span}", actor(actors))
    }

    fn bump(&self, actors: Actors, span: &str) -> String {
        format!("Quel {} est le plus cité, tour à tour, {span}", actor(actors))
    }

    fn lines_measure(&self, actors: Actors, measure: Measure, unit: Granularity) -> String {
        let actor = actor(actors);
        let band = format!("{NBSP}; zone claire{NBSP}: intervalle à 95{NNBSP}%");
        match measure {
            Measure::Count => format!("Articles citant chaque {actor}, nombre {}", by(unit)),
            Measure::Once => format!(
                "Articles citant chaque {actor}, en % de tous les articles{NBSP}; traits{NBSP}: intervalle à 95{NNBSP}%"
            ),
            Measure::Share(1) => {
                format!(
                    "Articles citant chaque {actor}, en % de tous les articles, {}{band}",
                    by(unit)
                )
            }
            Measure::Share(window) => format!(
                "Articles citant chaque {actor}, en % de tous les articles, part glissante sur {}{band}",
                periods(unit, window as u64)
            ),
        }
    }

    fn voice_measure(&self, actors: u64, shares: bool, unit: Granularity) -> String {
        let by = by(unit);
        if shares {
            let actors = plural(FR, actors, &Forms::two("d’un acteur", "des {} acteurs"));
            format!("Mentions de chaque acteur, en % des mentions {actors}, {by}")
        } else {
            let actors = plural(FR, actors, &Forms::two("d’un acteur", "de {} acteurs"));
            format!("Mentions {actors}, nombre {by}")
        }
    }

    fn movers_measure(&self, actors: Actors, now: u64, before: u64, shares: bool) -> String {
        let what = if shares {
            "en % de tous les articles"
        } else {
            "en nombre"
        };
        format!(
            "Articles citant chaque {}, {what} (n{NBSP}={NBSP}{}{NBSP}; référence, n{NBSP}={NBSP}{})",
            actor(actors),
            format::count(FR, now),
            format::count(FR, before)
        )
    }

    fn coverage_measure(&self, unit: Granularity) -> String {
        format!("Articles collectés, nombre {}", by(unit))
    }

    fn multiples_measure(&self, actors: Actors, unit: Granularity) -> String {
        let (actor, by) = (actor(actors), by(unit));
        format!(
            "Articles citant chaque {actor}, en % de tous les articles, {by}{NBSP}; même échelle{NBSP}; zone claire{NBSP}: intervalle à \
             95{NNBSP}%"
        )
    }

    fn heatmap_measure(&self, actors: Actors) -> String {
        format!(
            "Articles citant chaque {}, en % des articles de la source",
            actor(actors)
        )
    }

    fn calendar_measure(&self, actors: Actors, unit: Granularity) -> String {
        format!(
            "Articles citant chaque {}, en % de tous les articles, {}",
            actor(actors),
            by(unit)
        )
    }

    fn bump_measure(&self, actors: Actors, n: u64, unit: Granularity) -> String {
        let all = match actors {
            Actors::Countries => plural(FR, n, &Forms::two("{} pays", "{} pays")),
            Actors::Mixed => plural(FR, n, &Forms::two("{} acteur", "{} acteurs")),
        };
        format!("Rang parmi {all} selon la part des articles, {}", by(unit))
    }

    fn source(&self, corpus: &str, articles: u64, sources: u64, range: &str) -> String {
        let corpus = if corpus.is_empty() {
            String::new()
        } else {
            format!("Source{NBSP}: {corpus} · ")
        };
        let sources = if sources == 1 {
            "d’une source".to_owned()
        } else {
            format!("de {}", SOURCES.counted(FR, sources))
        };
        format!("{corpus}{} {sources} · {range}", ARTICLES.counted(FR, articles))
    }

    fn band(&self) -> &'static str {
        "Intervalles de Wilson."
    }

    fn hatched(&self, thin: bool, gaps: &str) -> String {
        let gaps = if gaps.is_empty() {
            String::new()
        } else {
            format!(", {gaps}")
        };
        if thin {
            format!("Hachures{NBSP}: aucun article collecté{gaps}, ou moins de 30.")
        } else {
            format!("Hachures{NBSP}: aucun article collecté{gaps} (ce n’est pas une attention nulle).")
        }
    }

    fn incomplete(&self, mark: Mark, ends: Ends, unit: Granularity, covered: u64, of: u64) -> String {
        let mark = match mark {
            Mark::Dashed => "Tireté, point creux",
            Mark::Unmarked => "Hors du dessin",
            Mark::Hollow => "Point creux",
            Mark::Outlined => "Barre creuse",
            Mark::Striped => "Colonne rayée",
        };
        let (name, feminine) = match unit {
            Granularity::Day => ("jour", false),
            Granularity::Week => ("semaine", true),
            Granularity::Month => ("mois", false),
            Granularity::Quarter => ("trimestre", false),
            Granularity::Year => ("année", true),
        };
        let [first, last, incomplete, counted] = if feminine {
            ["première", "dernière", "incomplète", "non comptée"]
        } else {
            ["premier", "dernier", "incomplet", "non compté"]
        };
        let days = format!("{} sur {of}", DAYS.counted(FR, covered));
        match ends {
            Ends::First => format!("{mark}{NBSP}: {first} {name} {incomplete} ({days})."),
            Ends::Last => format!("{mark}{NBSP}: {last} {name} {incomplete} ({days}), {counted}."),
            Ends::Both => format!("{mark}{NBSP}: {first} et {last} {name} {incomplete}s ({last}{NBSP}: {days})."),
        }
    }

    fn pooled(&self, unit: Granularity) -> String {
        let inside = match unit {
            Granularity::Quarter => "le trimestre",
            Granularity::Year => "l’année",
            _ => "le mois",
        };
        format!("Chaque semaine compte dans {inside} de son jour médian.")
    }

    fn too_few(&self, unit: Granularity) -> String {
        format!(
            "Trop peu d’articles {} pour des parts{NBSP}: ce sont des nombres.",
            by(unit)
        )
    }

    fn mentions_total(&self, mentions: u64, whole: bool) -> String {
        let mentions = MENTIONS.counted(FR, mentions);
        if whole {
            format!("{mentions} dans les colonnes complètes.")
        } else {
            format!("{mentions}.")
        }
    }

    fn simultaneous(&self, comparisons: u64) -> String {
        let all = plural(FR, comparisons, &Forms::two("{} comparaison", "{} comparaisons"));
        format!(
            "Intervalles de Newcombe, simultanés à 95{NNBSP}% ({all}, Bonferroni). En couleur{NBSP}: le test le confirme aussi. \
             En gris{NBSP}: l’écart peut tenir au hasard."
        )
    }

    fn untested(&self) -> &'static str {
        "Trop peu d’articles ou de périodes complètes pour un test\u{a0}: tout écart peut tenir au hasard. Attendus\u{a0}: articles au taux \
         de la référence."
    }

    fn busiest(&self, period: &str, articles: u64, unit: Granularity) -> String {
        let (many, feminine) = units(unit);
        let complete = if feminine { "complètes" } else { "complets" };
        format!(
            "Maximum{NBSP}: {period} ({}). Ligne{NBSP}: médiane des {many} {complete}.",
            ARTICLES.counted(FR, articles)
        )
    }

    fn bump_marks(&self) -> &'static str {
        "Point creux\u{a0}: l’intervalle de Wilson à 95\u{202f}% recouvre celui du rang voisin, l’ordre peut tenir au hasard."
    }

    fn in_grey(&self) -> &'static str {
        "En gris\u{a0}: les autres acteurs. Chiffre\u{a0}: dernière colonne complète. Intervalles de Wilson."
    }

    fn breaks(&self, thin: bool) -> &'static str {
        if thin {
            "Les courbes s’interrompent sans article, ou avec moins de 30."
        } else {
            "Les courbes s’interrompent sans article."
        }
    }

    fn heatmap_marks(&self, hatched: bool) -> String {
        let hatched = if hatched {
            format!(" Hachures{NBSP}: moins de 30 articles, pas de part.")
        } else {
            String::new()
        };
        format!(
            "Triangle{NBSP}: la part de toutes les sources est hors de l’intervalle de Wilson à 95{NNBSP}% de la case{NBSP}; le hasard en \
             donnerait une sur vingt.{hatched}"
        )
    }

    fn all_sources(&self) -> &'static str {
        "Ensemble"
    }

    fn unnamed(&self) -> &'static str {
        "(autre écriture)"
    }

    fn unknown(&self) -> &'static str {
        "(sans nom)"
    }

    fn others(&self, n: u64) -> String {
        plural(FR, n, &Forms::two("{} autre", "{} autres"))
    }

    fn before(&self, periods: u64, unit: Granularity) -> String {
        format!("{} d’avant", self::periods(unit, periods))
    }

    fn expected(&self) -> &'static str {
        "attendus"
    }

    fn difference(&self) -> String {
        format!("Écart, points (95{NNBSP}%)")
    }

    fn numbers(&self) -> &'static str {
        "Articles, attendus"
    }

    fn median(&self) -> &'static str {
        "médiane"
    }

    fn no_articles(&self, range: &str) -> String {
        format!("Aucun article, {range}")
    }

    fn lines_alt(&self, names: &str, measure: Measure, span: &str, values: &[String], gaps: &str) -> String {
        let what = if measure == Measure::Count {
            "nombre d’articles"
        } else {
            "part des articles"
        };
        let mut all = vec![format!("Graphique en courbes{NBSP}: {what} citant {names}, {span}.")];
        if !values.is_empty() {
            all.push(format!("{}.", values.join("\u{a0}; ")));
        }
        if !gaps.is_empty() {
            all.push(format!("Aucun article{NBSP}: {gaps}."));
        }
        all.join(" ")
    }

    fn became(&self, name: &str, from: &str, to: &str) -> String {
        format!("{name} de {from} à {to}")
    }

    fn voice_alt(&self, span: &str, unit: Granularity, values: &[String]) -> String {
        let last = match unit {
            Granularity::Day => "Dernier jour complet",
            Granularity::Week => "Dernière semaine complète",
            Granularity::Month => "Dernier mois complet",
            Granularity::Quarter => "Dernier trimestre complet",
            Granularity::Year => "Dernière année complète",
        };
        format!(
            "Colonnes empilées{NBSP}: mentions {}, {span}. {last}{NBSP}: {}.",
            by(unit),
            values.join(", ")
        )
    }

    fn movers_alt(&self, title: &str, values: &[String]) -> String {
        format!(
            "Graphique à points, une ligne par acteur{NBSP}: {title}. {}.",
            values.join("\u{a0}; ")
        )
    }

    fn multiples_alt(&self, names: &str, span: &str, values: &[String]) -> String {
        let values = values.join(", ");
        format!(
            "Petits graphiques en courbes, un par acteur{NBSP}: part des articles citant {names}, {span}. Pour finir{NBSP}: {values}."
        )
    }

    fn heatmap_alt(&self, title: &str, values: &[String]) -> String {
        format!(
            "Tableau en couleurs, acteurs et sources{NBSP}: {title}. Toutes sources{NBSP}: {}.",
            values.join(", ")
        )
    }

    fn calendar_alt(&self, title: &str, peaks: &[String]) -> String {
        format!(
            "Lignes de cases en couleurs, une par acteur{NBSP}: {title}. Maximums{NBSP}: {}.",
            peaks.join("\u{a0}; ")
        )
    }

    fn bump_alt(&self, title: &str, order: &[String]) -> String {
        format!(
            "Courbes de rangs{NBSP}: {title}. Dernier ordre{NBSP}: {}.",
            order.join(", ")
        )
    }

    fn coverage_alt(&self, title: &str, span: &str, median: &str, gaps: &str) -> String {
        let gaps = if gaps.is_empty() {
            String::new()
        } else {
            format!(" Aucun article{NBSP}: {gaps}.")
        };
        format!("Graphique en barres{NBSP}: articles dans le temps, {span}. {title}. Médiane{NBSP}: {median}.{gaps}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::charts::words::sets::SetWords;

    #[test]
    fn nouns_of_charts_agree_with_every_sort_of_number() {
        let units = [
            (Granularity::Day, "jour", "jours"),
            (Granularity::Week, "semaine", "semaines"),
            (Granularity::Month, "mois", "mois"),
            (Granularity::Quarter, "trimestre", "trimestres"),
            (Granularity::Year, "an", "ans"),
        ];
        for n in [0, 1, 2, 3, 10, 11, 99, 100, 102, 103, 1000] {
            let (shown, ending) = (format::count(FR, n), if n < 2 { "" } else { "s" });
            for (unit, one, many) in units {
                let noun = if n < 2 { one } else { many };
                assert_eq!(periods(unit, n), format!("{shown} {noun}"));
                assert_eq!(French.before(n, unit), format!("{shown} {noun} d’avant"));
            }
            assert_eq!(French.others(n), format!("{shown} autre{ending}"));
            assert_eq!(French.more_countries(n), format!("{shown} autre{ending}"));
            assert_eq!(French.of_words(n), format!("{shown} mot{ending} en tout"));
        }
    }
}

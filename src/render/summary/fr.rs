//! The sentences in French: articles, contractions and participles follow the names' own grammar.

use super::{Still, Tongue, cut, days_of, foreign, names, parts_left_out, percent, ratio, times};
use crate::model::entity::Names;
use crate::model::findings::{Caveat, ChangeRow, Findings, PeriodFacts, Share, Stretch};
use crate::model::language::Language;
use crate::model::period::Granularity;
use crate::render::format::plural::{ARTICLES, DAYS, MENTIONS, SOURCES};
use crate::render::format::{self, Forms, NBSP, plural, upper};

/// The language of this file.
const FR: Language = Language::FR;

/// French.
pub(super) struct French;

/// `la Russie`, `l’Algérie`, `les États-Unis`, `Cuba`.
pub(in crate::render) fn the(names: &Names) -> String {
    let name = names.in_language(FR);
    match names.fr_article.as_str() {
        "" => name.to_owned(),
        "l'" | "l’" => format!("l’{name}"),
        article => format!("{article} {name}"),
    }
}

/// Whether verbs stand in the plural.
pub(in crate::render) fn is_plural(names: &Names) -> bool {
    names.fr_article == "les"
}

/// `a été citée`, `ont été cités`: the verb with its participle.
fn was_cited(names: &Names) -> &'static str {
    match (is_plural(names), names.fr_feminine) {
        (false, false) => "a été cité",
        (false, true) => "a été citée",
        (true, false) => "ont été cités",
        (true, true) => "ont été citées",
    }
}

/// The participle of two: `cités`, and `citées` where both are feminine.
pub(in crate::render) const fn both_cited(first: &Names, second: &Names) -> &'static str {
    if first.fr_feminine && second.fr_feminine {
        "citées"
    } else {
        "cités"
    }
}

/// A counted noun; French counts 0 and 1 alike.
fn counted(n: u64, one: &'static str, other: &'static str) -> String {
    plural(FR, n, &Forms::two(one, other))
}

/// So many periods: `3 semaines complètes`.
pub(in crate::render) fn complete_periods(granularity: Granularity, n: u64) -> String {
    match granularity {
        Granularity::Day => counted(n, "{} jour complet", "{} jours complets"),
        Granularity::Week => counted(n, "{} semaine complète", "{} semaines complètes"),
        Granularity::Month => counted(n, "{} mois complet", "{} mois complets"),
        Granularity::Quarter => counted(n, "{} trimestre complet", "{} trimestres complets"),
        Granularity::Year => counted(n, "{} année complète", "{} années complètes"),
    }
}

/// In so many complete periods before another: `dans les 8 semaines complètes d’avant`, `dans la semaine complète d’avant`.
fn in_those_before(granularity: Granularity, n: u64) -> String {
    if n != 1 {
        return format!("dans les {} d’avant", complete_periods(granularity, n));
    }
    let one = match granularity {
        Granularity::Day => "le jour complet",
        Granularity::Week => "la semaine complète",
        Granularity::Month => "le mois complet",
        Granularity::Quarter => "le trimestre complet",
        Granularity::Year => "l’année complète",
    };
    format!("dans {one} d’avant")
}

/// A length of time, in the plural, and whether it is feminine.
pub(in crate::render) const fn units(granularity: Granularity) -> (&'static str, bool) {
    match granularity {
        Granularity::Day => ("jours", false),
        Granularity::Week => ("semaines", true),
        Granularity::Month => ("mois", false),
        Granularity::Quarter => ("trimestres", false),
        Granularity::Year => ("années", true),
    }
}

/// The first or last period of its kind: `La dernière semaine est couverte`, `Le dernier mois est couvert`.
const fn covered(granularity: Granularity, first: bool) -> &'static str {
    match (granularity, first) {
        (Granularity::Day, true) => "Le premier jour n’est couvert qu’en partie",
        (Granularity::Week, true) => "La première semaine n’est couverte qu’en partie",
        (Granularity::Month, true) => "Le premier mois n’est couvert qu’en partie",
        (Granularity::Quarter, true) => "Le premier trimestre n’est couvert qu’en partie",
        (Granularity::Year, true) => "La première année n’est couverte qu’en partie",
        (Granularity::Day, false) => "Le dernier jour n’est couvert qu’en partie",
        (Granularity::Week, false) => "La dernière semaine n’est couverte qu’en partie",
        (Granularity::Month, false) => "Le dernier mois n’est couvert qu’en partie",
        (Granularity::Quarter, false) => "Le dernier trimestre n’est couvert qu’en partie",
        (Granularity::Year, false) => "La dernière année n’est couverte qu’en partie",
    }
}

/// The first and the last stretch of a trend.
const fn stretches(stretch: Stretch, granularity: Granularity) -> (&'static str, &'static str) {
    match (stretch, granularity) {
        (Stretch::Halves, _) => ("dans la première moitié des périodes complètes", "dans la seconde"),
        (_, Granularity::Day) => ("dans les 365 premiers jours complets", "dans les 365 derniers"),
        (_, Granularity::Week) => ("dans les 52 premières semaines complètes", "dans les 52 dernières"),
        (_, Granularity::Month) => ("dans les 12 premiers mois complets", "dans les 12 derniers"),
        (_, Granularity::Quarter) => ("dans les 4 premiers trimestres complets", "dans les 4 derniers"),
        (_, Granularity::Year) => ("dans la première année complète", "dans la dernière"),
    }
}

/// `points`, or `point` below two.
fn points(difference: f64) -> &'static str {
    if difference.abs() * 100.0 < 1.95 {
        "point"
    } else {
        "points"
    }
}

impl Tongue for French {
    fn extent(&self, findings: &Findings) -> String {
        let corpus = &findings.corpus;
        let Some((first, last)) = corpus.range else {
            let documents = counted(corpus.documents, "{} document lu", "{} documents lus");
            return format!("{documents}{NBSP}; aucun ne porte de date fiable.");
        };
        format!(
            "{} de {}, {}. On y trouve {} et {} de {}.",
            ARTICLES.counted(FR, corpus.articles),
            SOURCES.counted(FR, corpus.sources),
            format::date_range(FR, first, last),
            counted(corpus.stories, "{} texte distinct", "{} textes distincts"),
            MENTIONS.counted(FR, corpus.mentions),
            counted(findings.entities.len() as u64, "{} acteur", "{} acteurs"),
        )
    }

    fn left_out(&self, findings: &Findings) -> String {
        let words = [
            ["{} sans date", "{} sans date"],
            ["{} illisible", "{} illisibles"],
            ["{} répété par la même source", "{} répétés par la même source"],
            ["{} hors des filtres", "{} hors des filtres"],
        ];
        let parts = parts_left_out(&findings.corpus, words, |count, [one, other]| {
            counted(count, one, other)
        });
        if parts.is_empty() {
            return "Rien n’a été écarté.".to_owned();
        }
        format!("Écartés des chiffres{NBSP}: {}.", parts.join(", "))
    }

    fn last_period(&self, findings: &Findings) -> String {
        let (units, feminine) = units(cut(findings));
        match findings.last_complete.map(|place| &findings.periods[place]) {
            None if findings.periods.is_empty() => "Rien ne peut être montré dans le temps.".to_owned(),
            None => {
                let none = if feminine {
                    "aucune n’est couverte"
                } else {
                    "aucun n’est couvert"
                };
                format!("Le temps est découpé en {units}, et {none} en entier.")
            }
            Some(period) => {
                let last = if feminine {
                    "la dernière complète"
                } else {
                    "le dernier complet"
                };
                let the = match cut(findings) {
                    Granularity::Week => "la ",
                    Granularity::Day | Granularity::Quarter => "le ",
                    Granularity::Month | Granularity::Year => "",
                };
                let name = format::period_name(FR, &period.period, cut(findings));
                let articles = ARTICLES.counted(FR, period.articles);
                format!("Le temps est découpé en {units}{NBSP}; {last} est {the}{name}, avec {articles}.")
            }
        }
    }

    fn moved(&self, findings: &Findings, row: &ChangeRow, up: bool) -> String {
        let actor = names(findings, row.entity);
        let difference = row.difference.map_or_else(String::new, |found| {
            format!(
                ", soit {} {} (intervalle à 95\u{202f}%{NBSP}: {})",
                format::points(FR, found.value, 1),
                points(found.value),
                format::points_range(FR, found.lo, found.hi, 1)
            )
        });
        format!(
            "{}, {} {} {} souvent{NBSP}: {} sur {} ({}), contre {} sur {} ({}) {}{difference}.",
            upper(&French.during(findings, &findings.periods[row.period])),
            the(actor),
            was_cited(actor),
            if up { "plus" } else { "moins" },
            ARTICLES.counted(FR, row.articles),
            format::count(FR, row.articles_total),
            ratio(FR, row.articles, row.articles_total),
            format::count(FR, row.baseline_articles),
            format::count(FR, row.baseline_total),
            ratio(FR, row.baseline_articles, row.baseline_total),
            in_those_before(cut(findings), row.baseline_periods),
        )
    }

    fn trend(&self, findings: &Findings, entity: usize, (from, to): (f64, f64), stretch: Stretch) -> String {
        let (first, last) = stretches(stretch, cut(findings));
        format!(
            "La part des articles qui citent {} {}, de {} {first} à {} {last} (corpus entier{NBSP}: {} sur {}).",
            the(names(findings, entity)),
            if to > from { "a augmenté" } else { "a baissé" },
            percent(FR, from),
            percent(FR, to),
            ARTICLES.counted(FR, findings.entities[entity].articles),
            format::count(FR, findings.corpus.articles),
        )
    }

    fn leads(&self, findings: &Findings, entity: usize, (led, of): (u64, u64)) -> String {
        let actor = names(findings, entity);
        format!(
            "Parmi les acteurs des graphiques, {} {} en tête du nombre d’articles dans {} sur {}.",
            the(actor),
            if is_plural(actor) { "arrivent" } else { "arrive" },
            complete_periods(cut(findings), led),
            format::count(FR, of),
        )
    }

    fn together(&self, both: [&Names; 2], articles: u64, lift: Share) -> String {
        let [first, second] = both;
        format!(
            "{} et {} sont {} ensemble dans {}, {} fois le nombre attendu par hasard (intervalle à 95\u{202f}%{NBSP}: {} à {}).",
            upper(&the(first)),
            the(second),
            both_cited(first, second),
            ARTICLES.counted(FR, articles),
            times(FR, lift.value),
            times(FR, lift.lo),
            times(FR, lift.hi),
        )
    }

    fn certainty(&self, tested: u64) -> String {
        format!(
            "{}{NBSP}; parmi les changements dits au-delà du hasard, un sur vingt au plus devrait tout de même lui être dû.",
            counted(tested, "{} acteur a été testé", "{} acteurs ont été testés")
        )
    }

    fn nothing_moved(&self, findings: &Findings, why: &Still<'_>) -> String {
        match why {
            Still::NoPeriod => "Aucune période n’est couverte en entier\u{a0}: rien n’a été comparé.".to_owned(),
            Still::TooFew => "Trop peu d’articles ou de périodes complètes pour tester ce qui a bougé.".to_owned(),
            Still::WithinChance(row) => format!(
                "Aucun acteur n’a bougé au-delà de ce que le hasard explique {} ({} contre {} {}).",
                self.during(findings, &findings.periods[row.period]),
                ARTICLES.counted(FR, row.articles_total),
                format::count(FR, row.baseline_total),
                in_those_before(cut(findings), row.baseline_periods),
            ),
        }
    }

    fn caveat(&self, findings: &Findings, caveat: &Caveat) -> String {
        let days = |place: usize| {
            let facts = &findings.periods[place];
            format!(
                "{} sur {}",
                DAYS.counted(FR, facts.days_covered.into()),
                facts.period.days()
            )
        };
        match caveat {
            Caveat::NothingDated => {
                "Aucun document ne porte de date fiable\u{a0}: rien ne peut être montré dans le temps.".to_owned()
            }
            Caveat::PartialLastPeriod { period } => format!(
                "{} ({}){NBSP}: les graphiques le signalent, et rien n’y est testé.",
                covered(cut(findings), false),
                days(*period)
            ),
            Caveat::PartialFirstPeriod { period } => format!("{} ({}).", covered(cut(findings), true), days(*period)),
            Caveat::Gap { from, to } => {
                let range = days_of(FR, findings, *from, *to);
                format!(
                    "Aucun article n’a été collecté ({range}){NBSP}: ce n’est pas une attention nulle, et les courbes s’y interrompent."
                )
            }
            Caveat::ManyUndated { undated, documents } => format!(
                "{} sur {} sans date fiable{NBSP}: hors de toute période.",
                counted(*undated, "{} document", "{} documents"),
                format::count(FR, *documents)
            ),
            Caveat::Skipped { skipped } => counted(
                *skipped,
                "{} enregistrement ou fichier n’a pas pu être lu\u{a0}; quality/skipped.csv dit lequel et pourquoi.",
                "{} enregistrements ou fichiers n’ont pas pu être lus\u{a0}; quality/skipped.csv dit lesquels et pourquoi.",
            ),
            Caveat::SilentSource { source, period } => format!(
                "{} n’a aucun article {}{NBSP}; ce dont cette source parle d’habitude peut sembler reculer.",
                foreign(FR, source),
                self.during(findings, &findings.periods[*period])
            ),
            Caveat::DatelessSource {
                source,
                undated,
                documents,
                elsewhere,
            } => format!(
                "{}{NBSP}: {} sur {} sans date fiable, contre {} ailleurs{NBSP}; le poids de cette source est sous-estimé dans chaque période.",
                foreign(FR, source),
                counted(*undated, "{} document", "{} documents"),
                format::count(FR, *documents),
                percent(FR, *elsewhere)
            ),
            Caveat::DominantSource { source, share } => format!(
                "{} fournit {} des articles{NBSP}: les chiffres sont surtout les siens.",
                foreign(FR, source),
                percent(FR, *share)
            ),
            Caveat::FloodingSource {
                source,
                period,
                share,
                before,
                periods,
            } => format!(
                "{} fournit {} des articles {}, contre {} {}{NBSP}: ce dont cette source parle peut sembler progresser.",
                foreign(FR, source),
                percent(FR, *share),
                self.during(findings, &findings.periods[*period]),
                percent(FR, *before),
                in_those_before(cut(findings), *periods)
            ),
            Caveat::ThinPanel {
                sources: 0, periods, ..
            } => format!(
                "Aucune source n’est présente dans chacune des périodes comparées ({}){NBSP}: il n’y a pas de parts équilibrées.",
                complete_periods(cut(findings), *periods)
            ),
            Caveat::ThinPanel {
                sources,
                periods,
                share,
            } => format!(
                "{} dans chacune des périodes comparées ({}), avec {} des articles{NBSP}: les parts équilibrées ne reposent que sur cette part.",
                counted(*sources, "{} source est présente", "{} sources sont présentes"),
                complete_periods(cut(findings), *periods),
                percent(FR, *share)
            ),
            Caveat::StaleWatchlist { as_of } => format!(
                "Fonctions et noms ont été vérifiés jusqu’au {}{NBSP}; le corpus va au-delà.",
                format::date(FR, *as_of)
            ),
            Caveat::FewArticles { median } => {
                let (units, feminine) = units(cut(findings));
                let complete = if feminine { "complètes" } else { "complets" };
                let few = ARTICLES.counted(FR, *median);
                format!(
                    "La moitié des {units} {complete} comptent au plus {few}{NBSP}: les parts y sautent par hasard."
                )
            }
        }
    }

    fn during(&self, findings: &Findings, period: &PeriodFacts) -> String {
        let name = format::period_name(FR, &period.period, cut(findings));
        match cut(findings) {
            Granularity::Day => format!("le {name}"),
            Granularity::Week => format!("dans la {name}"),
            Granularity::Quarter => format!("au {name}"),
            Granularity::Month | Granularity::Year => format!("en {name}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_agree_with_every_sort_of_number() {
        let periods = [
            (
                Granularity::Day,
                "jour complet",
                "jours complets",
                "dans le jour complet d’avant",
            ),
            (
                Granularity::Week,
                "semaine complète",
                "semaines complètes",
                "dans la semaine complète d’avant",
            ),
            (
                Granularity::Month,
                "mois complet",
                "mois complets",
                "dans le mois complet d’avant",
            ),
            (
                Granularity::Quarter,
                "trimestre complet",
                "trimestres complets",
                "dans le trimestre complet d’avant",
            ),
            (
                Granularity::Year,
                "année complète",
                "années complètes",
                "dans l’année complète d’avant",
            ),
        ];
        for (granularity, one, many, before) in periods {
            for n in [0, 1, 2, 3, 10, 11, 99, 100, 102, 103, 1000] {
                let expected = format!("{} {}", format::count(FR, n), if n < 2 { one } else { many });
                assert_eq!(complete_periods(granularity, n), expected);
                let expected = if n == 1 {
                    before.to_owned()
                } else {
                    format!("dans les {expected} d’avant")
                };
                assert_eq!(in_those_before(granularity, n), expected);
            }
        }
        assert_eq!(
            [0.014, 0.0194, 0.0195, -0.02].map(points),
            ["point", "point", "points", "points"]
        );
    }
}

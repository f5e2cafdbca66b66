//! The sentences in Arabic: verbs agree with the names' own grammar, and names stand as subjects, so that none has to be declined.

use super::{Still, Tongue, cut, days_of, foreign, names, parts_left_out, percent, ratio, times};
use crate::model::entity::Names;
use crate::model::findings::{Caveat, ChangeRow, Findings, PeriodFacts, Share, Stretch};
use crate::model::language::Language;
use crate::model::period::Granularity;
use crate::render::format::plural::{ARTICLES, DAYS, SOURCES};
use crate::render::format::{self, Forms, plural};

/// The language of this file.
const AR: Language = Language::AR;

/// Arabic.
pub(super) struct Arabic;

/// Actors after a preposition.
const ACTORS: Forms = Forms::six(
    "0\u{a0}طرف",
    "طرف واحد",
    "طرفين",
    "{}\u{a0}أطراف",
    "{}\u{a0}طرفًا",
    "{}\u{a0}طرف",
);

/// `ذُكر` or `ذُكرت`.
pub(in crate::render) const fn was_mentioned(names: &Names) -> &'static str {
    if names.ar_feminine { "ذُكرت" } else { "ذُكر" }
}

/// So many complete periods after a preposition: `8 أسابيع كاملة`.
pub(in crate::render) fn complete_periods(granularity: Granularity, n: u64) -> String {
    let forms = match granularity {
        Granularity::Day => Forms::six(
            "0\u{a0}يوم كامل",
            "يوم كامل واحد",
            "يومين كاملين",
            "{}\u{a0}أيام كاملة",
            "{}\u{a0}يومًا كاملًا",
            "{}\u{a0}يوم كامل",
        ),
        Granularity::Week => Forms::six(
            "0\u{a0}أسبوع كامل",
            "أسبوع كامل واحد",
            "أسبوعين كاملين",
            "{}\u{a0}أسابيع كاملة",
            "{}\u{a0}أسبوعًا كاملًا",
            "{}\u{a0}أسبوع كامل",
        ),
        Granularity::Month => Forms::six(
            "0\u{a0}شهر كامل",
            "شهر كامل واحد",
            "شهرين كاملين",
            "{}\u{a0}أشهر كاملة",
            "{}\u{a0}شهرًا كاملًا",
            "{}\u{a0}شهر كامل",
        ),
        Granularity::Quarter => Forms::six(
            "0\u{a0}ربع كامل",
            "ربع كامل واحد",
            "ربعين كاملين",
            "{}\u{a0}أرباع كاملة",
            "{}\u{a0}ربعًا كاملًا",
            "{}\u{a0}ربع كامل",
        ),
        Granularity::Year => Forms::six(
            "0\u{a0}سنة كاملة",
            "سنة كاملة واحدة",
            "سنتين كاملتين",
            "{}\u{a0}سنوات كاملة",
            "{}\u{a0}سنة كاملة",
            "{}\u{a0}سنة كاملة",
        ),
    };
    plural(AR, n, &forms)
}

/// Lengths of time: many, many with the article, one with the article; and whether one is feminine.
const fn units(granularity: Granularity) -> (&'static str, &'static str, &'static str, bool) {
    match granularity {
        Granularity::Day => ("أيام", "الأيام", "اليوم", false),
        Granularity::Week => ("أسابيع", "الأسابيع", "الأسبوع", false),
        Granularity::Month => ("أشهر", "الأشهر", "الشهر", false),
        Granularity::Quarter => ("أرباع سنوية", "الأرباع السنوية", "الربع", false),
        Granularity::Year => ("سنوات", "السنوات", "السنة", true),
    }
}

/// The first and the last stretch of a trend.
const fn stretches(stretch: Stretch, granularity: Granularity) -> (&'static str, &'static str) {
    match (stretch, granularity) {
        (Stretch::Halves, _) => ("في النصف الأول من الفترات الكاملة", "في النصف الثاني"),
        (_, Granularity::Day) => ("في أول 365 يومًا كاملًا", "في آخر 365 يومًا"),
        (_, Granularity::Week) => ("في أول 52 أسبوعًا كاملًا", "في آخر 52 أسبوعًا"),
        (_, Granularity::Month) => ("في أول 12 شهرًا كاملًا", "في آخر 12 شهرًا"),
        (_, Granularity::Quarter) => ("في أول 4 أرباع كاملة", "في آخر 4 أرباع"),
        (_, Granularity::Year) => ("في السنة الكاملة الأولى", "في السنة الأخيرة"),
    }
}

impl Tongue for Arabic {
    fn extent(&self, findings: &Findings) -> String {
        let corpus = &findings.corpus;
        let Some((first, last)) = corpus.range else {
            let documents = format::count(AR, corpus.documents);
            return format!("عدد الوثائق المقروءة: {documents}، ولا تحمل أي منها تاريخًا موثوقًا.");
        };
        format!(
            "تقوم الأرقام على {} من {} ({}). عدد النصوص المختلفة: {}، وعدد الإشارات: {} إلى {}.",
            ARTICLES.counted(AR, corpus.articles),
            SOURCES.counted(AR, corpus.sources),
            format::date_range(AR, first, last),
            format::count(AR, corpus.stories),
            format::count(AR, corpus.mentions),
            plural(AR, findings.entities.len() as u64, &ACTORS),
        )
    }

    fn left_out(&self, findings: &Findings) -> String {
        let words = ["بلا تاريخ", "تعذرت القراءة", "مكرر من المصدر نفسه", "خارج المرشحات"];
        let parts = parts_left_out(&findings.corpus, words, |count, what| {
            format!("{what}: {}", format::count(AR, count))
        });
        if parts.is_empty() {
            return "لم يُستبعد شيء.".to_owned();
        }
        format!("ما استُبعد من الأرقام — {}.", parts.join("، "))
    }

    fn last_period(&self, findings: &Findings) -> String {
        let (units, ..) = units(cut(findings));
        match findings.last_complete.map(|place| &findings.periods[place]) {
            None if findings.periods.is_empty() => "لا يمكن عرض شيء عبر الزمن.".to_owned(),
            None => format!("يُقسَّم الزمن إلى {units}، ولا توجد فترة مغطاة بالكامل."),
            Some(period) => {
                let name = format::period_name(AR, &period.period, cut(findings));
                let articles = format::count(AR, period.articles);
                format!("يُقسَّم الزمن إلى {units}. آخر فترة كاملة: {name}، وعدد مقالاتها {articles}.")
            }
        }
    }

    fn moved(&self, findings: &Findings, row: &ChangeRow, up: bool) -> String {
        let actor = names(findings, row.entity);
        let usual = if up {
            "أكثر من المعتاد"
        } else {
            "أقل من المعتاد"
        };
        let difference = row.difference.map_or_else(String::new, |found| {
            format!(
                "؛ الفارق بالنقاط المئوية: {} (فترة الثقة {}: من {})",
                format::points(AR, found.value, 1),
                format::percent(AR, 0.95, 0),
                format::points_range(AR, found.lo, found.hi, 1)
            )
        });
        format!(
            "{} {} {usual} {}: في {} من أصل {} ({})، مقابل {} من أصل {} ({}) في {} قبله{difference}.",
            was_mentioned(actor),
            actor.in_language(AR),
            Arabic.during(findings, &findings.periods[row.period]),
            ARTICLES.counted(AR, row.articles),
            format::count(AR, row.articles_total),
            ratio(AR, row.articles, row.articles_total),
            format::count(AR, row.baseline_articles),
            format::count(AR, row.baseline_total),
            ratio(AR, row.baseline_articles, row.baseline_total),
            complete_periods(cut(findings), row.baseline_periods),
        )
    }

    fn trend(&self, findings: &Findings, entity: usize, (from, to): (f64, f64), stretch: Stretch) -> String {
        let actor = names(findings, entity);
        let (first, last) = stretches(stretch, cut(findings));
        format!(
            "{} نسبة المقالات التي {} فيها {} من {} {first} إلى {} {last} (في المدوّنة كلها: {} من أصل {}).",
            if to > from { "ارتفعت" } else { "تراجعت" },
            was_mentioned(actor),
            actor.in_language(AR),
            percent(AR, from),
            percent(AR, to),
            format::count(AR, findings.entities[entity].articles),
            format::count(AR, findings.corpus.articles),
        )
    }

    fn leads(&self, findings: &Findings, entity: usize, (led, of): (u64, u64)) -> String {
        let actor = names(findings, entity);
        format!(
            "{} {} أطراف الرسوم بعدد المقالات في {} من أصل {}.",
            if actor.ar_feminine {
                "تصدّرت"
            } else {
                "تصدّر"
            },
            actor.in_language(AR),
            complete_periods(cut(findings), led),
            format::count(AR, of),
        )
    }

    fn together(&self, both: [&Names; 2], articles: u64, lift: Share) -> String {
        format!(
            "يجتمع ذكر {} في {}، أي أكثر مما تفسره الصدفة؛ نسبة العدد إلى المتوقع: {} (فترة الثقة {}: من {} إلى {}).",
            format::list(AR, &both.map(|names| names.in_language(AR).to_owned())),
            ARTICLES.counted(AR, articles),
            times(AR, lift.value),
            percent(AR, 0.95),
            times(AR, lift.lo),
            times(AR, lift.hi),
        )
    }

    fn certainty(&self, tested: u64) -> String {
        format!(
            "عدد الأطراف المختبرة: {}. ومن بين التغيرات الموصوفة بأنها تتجاوز الصدفة، يُتوقع أن يكون واحد من كل عشرين، على الأكثر، وليد الصدفة.",
            format::count(AR, tested)
        )
    }

    fn nothing_moved(&self, findings: &Findings, why: &Still<'_>) -> String {
        match why {
            Still::NoPeriod => "لا توجد فترة مغطاة بالكامل، فلم تُجرَ أي مقارنة.".to_owned(),
            Still::TooFew => "المقالات أو الفترات الكاملة أقل من أن يُختبر بها أي تغيّر.".to_owned(),
            Still::WithinChance(row) => format!(
                "لم يتغيّر حضور أي طرف {} بما يتجاوز ما تفسره الصدفة (عدد المقالات: {} مقابل {} في {} قبله).",
                self.during(findings, &findings.periods[row.period]),
                format::count(AR, row.articles_total),
                format::count(AR, row.baseline_total),
                complete_periods(cut(findings), row.baseline_periods),
            ),
        }
    }

    fn caveat(&self, findings: &Findings, caveat: &Caveat) -> String {
        let (_, the_many, the, feminine) = units(cut(findings));
        let days = |place: usize| {
            let facts = &findings.periods[place];
            let all = DAYS.counted(AR, facts.period.days().unsigned_abs());
            format!("{} من أصل {all}", format::count(AR, facts.days_covered.into()))
        };
        let covered = if feminine { "مغطاة" } else { "مغطى" };
        match caveat {
            Caveat::NothingDated => "لا تحمل أي وثيقة تاريخًا موثوقًا، فلا يمكن عرض شيء عبر الزمن.".to_owned(),
            Caveat::PartialLastPeriod { period } => {
                let (last, drawn) = if feminine {
                    ("الأخيرة", "فهي مميَّزة في الرسوم ولا تُختبر")
                } else {
                    ("الأخير", "فهو مميَّز في الرسوم ولا يُختبر")
                };
                format!("{the} {last} {covered} جزئيًا ({})، {drawn}.", days(*period))
            }
            Caveat::PartialFirstPeriod { period } => {
                let first = if feminine { "الأولى" } else { "الأول" };
                format!("{the} {first} {covered} جزئيًا ({}).", days(*period))
            }
            Caveat::Gap { from, to } => {
                let range = days_of(AR, findings, *from, *to);
                format!("لم يُجمع أي مقال ({range}): لا يعني ذلك انعدام الاهتمام، والخطوط تنقطع هناك.")
            }
            Caveat::ManyUndated { undated, documents } => format!(
                "وثائق بلا تاريخ موثوق ولا تقع في أي فترة: {} من أصل {}.",
                format::count(AR, *undated),
                format::count(AR, *documents)
            ),
            Caveat::Skipped { skipped } => format!(
                "سجلات أو ملفات تعذرت قراءتها: {}. يبيّنها ملف quality/skipped.csv مع السبب.",
                format::count(AR, *skipped)
            ),
            Caveat::SilentSource { source, period } => format!(
                "لا مقال من المصدر {} {}، وقد يبدو أن ما يكتب عنه عادةً قد تراجع.",
                foreign(AR, source),
                self.during(findings, &findings.periods[*period])
            ),
            Caveat::DatelessSource {
                source,
                undated,
                documents,
                elsewhere,
            } => format!(
                "وثائق المصدر {} التي لا تحمل تاريخًا موثوقًا: {} من أصل {}، مقابل {} في سائر المصادر، فحصته في كل فترة أقل من حقيقتها.",
                foreign(AR, source),
                format::count(AR, *undated),
                format::count(AR, *documents),
                percent(AR, *elsewhere)
            ),
            Caveat::DominantSource { source, share } => format!(
                "ينفرد المصدر {} بنسبة {} من جميع المقالات: الأرقام أرقامه في معظمها.",
                foreign(AR, source),
                percent(AR, *share)
            ),
            Caveat::FloodingSource {
                source,
                period,
                share,
                before,
                periods,
            } => format!(
                "بلغت نسبة المصدر {} من المقالات {} {}، مقابل {} في {} قبله، وقد يبدو أن ما يكتب عنه قد ازداد.",
                foreign(AR, source),
                percent(AR, *share),
                self.during(findings, &findings.periods[*period]),
                percent(AR, *before),
                complete_periods(cut(findings), *periods)
            ),
            Caveat::ThinPanel {
                sources: 0, periods, ..
            } => format!(
                "لا يوجد مصدر حاضر في كل الفترات المقارنة ({})، فلا حصص متوازنة.",
                complete_periods(cut(findings), *periods)
            ),
            Caveat::ThinPanel {
                sources,
                periods,
                share,
            } => format!(
                "عدد المصادر الحاضرة في كل الفترات المقارنة ({}): {}، ونسبتها من المقالات {}: لا تقوم الحصص المتوازنة إلا عليها.",
                complete_periods(cut(findings), *periods),
                format::count(AR, *sources),
                percent(AR, *share)
            ),
            Caveat::StaleWatchlist { as_of } => format!(
                "جرى التحقق من المناصب والأسماء حتى {}، والمدوّنة تمتد إلى ما بعد ذلك.",
                format::date(AR, *as_of)
            ),
            Caveat::FewArticles { median } => {
                let few = format::count(AR, *median);
                format!("عدد المقالات في نصف {the_many} الكاملة لا يتجاوز {few}: تتقلب الحصص بالصدفة.")
            }
        }
    }

    fn during(&self, findings: &Findings, period: &PeriodFacts) -> String {
        let name = format::period_name(AR, &period.period, cut(findings));
        if cut(findings) == Granularity::Year {
            format!("في عام {name}")
        } else {
            format!("في {name}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every way in which a number governs its noun.
    const NUMBERS: [u64; 11] = [0, 1, 2, 3, 10, 11, 99, 100, 102, 103, 1000];

    #[test]
    fn periods_and_actors_agree_with_every_sort_of_number() {
        let periods = [
            (
                Granularity::Day,
                "0 يوم كامل|يوم كامل واحد|يومين كاملين|3 أيام كاملة|10 أيام كاملة|11 يومًا كاملًا|99 يومًا كاملًا|100 يوم كامل|102 يوم كامل|\
                 103 أيام كاملة|1,000 يوم كامل",
            ),
            (
                Granularity::Week,
                "0 أسبوع كامل|أسبوع كامل واحد|أسبوعين كاملين|3 أسابيع كاملة|10 أسابيع كاملة|11 أسبوعًا كاملًا|99 أسبوعًا كاملًا|\
                 100 أسبوع كامل|102 أسبوع كامل|103 أسابيع كاملة|1,000 أسبوع كامل",
            ),
            (
                Granularity::Month,
                "0 شهر كامل|شهر كامل واحد|شهرين كاملين|3 أشهر كاملة|10 أشهر كاملة|11 شهرًا كاملًا|99 شهرًا كاملًا|100 شهر كامل|\
                 102 شهر كامل|103 أشهر كاملة|1,000 شهر كامل",
            ),
            (
                Granularity::Quarter,
                "0 ربع كامل|ربع كامل واحد|ربعين كاملين|3 أرباع كاملة|10 أرباع كاملة|11 ربعًا كاملًا|99 ربعًا كاملًا|100 ربع كامل|\
                 102 ربع كامل|103 أرباع كاملة|1,000 ربع كامل",
            ),
            (
                Granularity::Year,
                "0 سنة كاملة|سنة كاملة واحدة|سنتين كاملتين|3 سنوات كاملة|10 سنوات كاملة|11 سنة كاملة|99 سنة كاملة|100 سنة كاملة|\
                 102 سنة كاملة|103 سنوات كاملة|1,000 سنة كاملة",
            ),
        ];
        for (granularity, expected) in periods {
            let forms = NUMBERS.map(|n| complete_periods(granularity, n).replace('\u{a0}', " "));
            assert_eq!(forms.join("|"), expected);
        }
        let actors = NUMBERS.map(|n| plural(AR, n, &ACTORS).replace('\u{a0}', " "));
        assert_eq!(
            actors.join("|"),
            "0 طرف|طرف واحد|طرفين|3 أطراف|10 أطراف|11 طرفًا|99 طرفًا|100 طرف|102 طرف|103 أطراف|1,000 طرف"
        );
    }
}

//! The words of charts in Arabic: verbs come before what they tell of, so that names need not be declined. The file is long because every
//! sentence of every chart is here, and none is anywhere else.

use super::{Actors, Change, Ends, Mark, Measure, Words, pair};
use crate::model::entity::Names;
use crate::model::findings::Stretch;
use crate::model::language::Language;
use crate::model::period::Granularity;
use crate::render::format::plural::{ARTICLES, DAYS, SOURCES};
use crate::render::format::{self, Forms, isolate_ltr, plural};
use crate::render::summary::ar::complete_periods;
use crate::render::summary::percent;

/// The language of this file.
const AR: Language = Language::AR;

/// Arabic.
pub(super) struct Arabic;

/// `كل دولة` or `كل طرف`.
const fn each(actors: Actors) -> &'static str {
    match actors {
        Actors::Countries => "كل دولة",
        Actors::Mixed => "كل طرف",
    }
}

/// `أسبوعيًا`.
const fn by(unit: Granularity) -> &'static str {
    match unit {
        Granularity::Day => "يوميًا",
        Granularity::Week => "أسبوعيًا",
        Granularity::Month => "شهريًا",
        Granularity::Quarter => "كل ربع سنة",
        Granularity::Year => "سنويًا",
    }
}

/// So many periods after a preposition: `5 أسابيع`.
fn periods(unit: Granularity, n: u64) -> String {
    let forms = match unit {
        Granularity::Day => Forms::six(
            "0\u{a0}يوم",
            "يوم واحد",
            "يومين",
            "{}\u{a0}أيام",
            "{}\u{a0}يومًا",
            "{}\u{a0}يوم",
        ),
        Granularity::Week => Forms::six(
            "0\u{a0}أسبوع",
            "أسبوع واحد",
            "أسبوعين",
            "{}\u{a0}أسابيع",
            "{}\u{a0}أسبوعًا",
            "{}\u{a0}أسبوع",
        ),
        Granularity::Month => Forms::six(
            "0\u{a0}شهر",
            "شهر واحد",
            "شهرين",
            "{}\u{a0}أشهر",
            "{}\u{a0}شهرًا",
            "{}\u{a0}شهر",
        ),
        Granularity::Quarter => Forms::six(
            "0\u{a0}ربع سنوي",
            "ربع سنوي واحد",
            "ربعين سنويين",
            "{}\u{a0}أرباع سنوية",
            "{}\u{a0}ربعًا سنويًا",
            "{}\u{a0}ربع سنوي",
        ),
        Granularity::Year => Forms::six(
            "0\u{a0}سنة",
            "سنة واحدة",
            "سنتين",
            "{}\u{a0}سنوات",
            "{}\u{a0}سنة",
            "{}\u{a0}سنة",
        ),
    };
    plural(AR, n, &forms)
}

/// One with its article, and whether it is feminine.
const fn the(unit: Granularity) -> (&'static str, bool) {
    match unit {
        Granularity::Day => ("اليوم", false),
        Granularity::Week => ("الأسبوع", false),
        Granularity::Month => ("الشهر", false),
        Granularity::Quarter => ("الربع", false),
        Granularity::Year => ("السنة", true),
    }
}

/// So many others as the object of a verb.
fn others_mentioned(n: u64) -> String {
    let forms = Forms::six(
        "0\u{a0}طرف آخر",
        "طرفًا آخر",
        "طرفين آخرين",
        "{}\u{a0}أطراف أخرى",
        "{}\u{a0}طرفًا آخر",
        "{}\u{a0}طرف آخر",
    );
    plural(AR, n, &forms)
}

/// So many articles where nothing governs them: two are in the nominative.
fn articles(n: u64) -> String {
    if n == 2 {
        "مقالان".to_owned()
    } else {
        ARTICLES.counted(AR, n)
    }
}

/// Names of those who moved one way: at most three, then how many others.
fn named(changes: &[&Change<'_>]) -> String {
    let mut names: Vec<String> = changes
        .iter()
        .take(3)
        .map(|change| change.names.in_language(AR).to_owned())
        .collect();
    if changes.len() > 3 {
        names.push(others_mentioned((changes.len() - 3) as u64));
    }
    format::list(AR, &names)
}

/// `ارتفعت` or `تراجعت`.
const fn went(up: bool) -> &'static str {
    if up { "ارتفعت" } else { "تراجعت" }
}

impl Words for Arabic {
    fn trend(&self, first: Change<'_>, second: Option<Change<'_>>, stretch: Stretch) -> String {
        let (from, to) = match stretch {
            Stretch::Years => ("في السنة\u{a0}الأولى", "في\u{a0}الأخيرة"),
            Stretch::Halves => ("في النصف الأول من المدة", "في النصف الثاني"),
        };
        let second = second.map_or_else(String::new, |change| {
            let name = change.names.in_language(AR);
            let (from, to) = pair(AR, change.from, change.to);
            format!("، و{} حصة {name} من {from} إلى {to}", went(change.rose()))
        });
        let (was, is) = pair(AR, first.from, first.to);
        let name = first.names.in_language(AR);
        format!(
            "{} حصة {name} من المقالات من {was} {from} إلى {is} {to}{second}",
            went(first.rose())
        )
    }

    fn leads(&self, names: &Names, led: u64, of: u64, unit: Granularity) -> String {
        format!(
            "{} {} الأطراف المعروضة بعدد المقالات في {} من أصل {}",
            if names.ar_feminine {
                "تصدّرت"
            } else {
                "تصدّر"
            },
            names.in_language(AR),
            complete_periods(unit, led),
            format::count(AR, of)
        )
    }

    fn moved(&self, changes: &[Change<'_>], when: &str) -> String {
        if let [change] = changes {
            let (from, to) = pair(AR, change.from, change.to);
            let name = change.names.in_language(AR);
            return format!(
                "{} حصة المقالات التي تذكر {name} من {from} إلى {to} {when}",
                went(change.rose())
            );
        }
        let (up, down): (Vec<&Change<'_>>, Vec<&Change<'_>>) = changes.iter().partition(|change| change.rose());
        let one = |up: bool, changes: &[&Change<'_>]| format!("{} حصة المقالات التي تذكر {}", went(up), named(changes));
        match (up.is_empty(), down.is_empty()) {
            (false, false) => format!("{} {when}، و{}", one(true, &up), one(false, &down)),
            (false, true) => format!("{} {when}", one(true, &up)),
            _ => format!("{} {when}", one(false, &down)),
        }
    }

    fn lines(&self, actors: Actors, span: &str) -> String {
        format!("المقالات التي تذكر {}، {span}", each(actors))
    }

    fn voice(&self, shares: bool, span: &str) -> String {
        let what = if shares {
            "حصة كل طرف من مجموع الإشارات"
        } else {
            "الإشارات إلى كل طرف"
        };
        format!("{what}، {span}")
    }

    fn movers(&self, period: &str, baseline: u64, unit: Granularity) -> String {
        let year = if unit == Granularity::Year { "عام " } else { "" };
        format!("{year}{period} مقابل {} قبله", complete_periods(unit, baseline))
    }

    fn coverage(&self, articles: u64, periods: u64, empty: u64, unit: Granularity) -> String {
        let articles = ARTICLES.counted(AR, articles);
        if periods == 0 {
            return format!("تتألف المدوّنة من {articles}");
        }
        let empty = if empty == 0 {
            String::new()
        } else {
            format!("، ولا مقالات في {}", self::periods(unit, empty))
        };
        format!(
            "تتألف المدوّنة من {articles} في {}{empty}",
            complete_periods(unit, periods)
        )
    }

    fn heatmap(&self, actors: Actors, span: &str) -> String {
        let what = match actors {
            Actors::Countries => "أي دولة",
            Actors::Mixed => "أي طرف",
        };
        format!("مَن يذكر {what}، مصدرًا مصدرًا، {span}")
    }

    fn calendar(&self, actors: Actors, span: &str) -> String {
        let what = match actors {
            Actors::Countries => "ذُكرت كل دولة",
            Actors::Mixed => "ذُكر كل طرف",
        };
        format!("متى {what}، {span}")
    }

    fn bump(&self, actors: Actors, span: &str) -> String {
        let what = match actors {
            Actors::Countries => "أكثر الدول ذكرًا",
            Actors::Mixed => "أكثر الأطراف ذكرًا",
        };
        format!("{what} بالتناوب، {span}")
    }

    fn lines_measure(&self, actors: Actors, measure: Measure, unit: Granularity) -> String {
        let each = each(actors);
        let band = format!("؛ التظليل: فترة الثقة {}", percent(AR, 0.95));
        match measure {
            Measure::Count => format!("المقالات التي تذكر {each}، العدد {}", by(unit)),
            Measure::Once => {
                format!(
                    "المقالات التي تذكر {each}، % من جميع المقالات؛ الخطوط: فترة الثقة {}",
                    percent(AR, 0.95)
                )
            }
            Measure::Share(1) => format!("المقالات التي تذكر {each}، % من جميع المقالات، {}{band}", by(unit)),
            Measure::Share(window) => format!(
                "المقالات التي تذكر {each}، % من جميع المقالات، حصة متحركة على {}{band}",
                periods(unit, window as u64)
            ),
        }
    }

    fn voice_measure(&self, actors: u64, shares: bool, unit: Granularity) -> String {
        let (actors, by) = (format::count(AR, actors), by(unit));
        if shares {
            format!("الإشارات إلى كل طرف من مجموع الإشارات إلى الأطراف المرصودة ({actors})، %، {by}")
        } else {
            format!("الإشارات إلى الأطراف المرصودة ({actors})، العدد {by}")
        }
    }

    fn movers_measure(&self, actors: Actors, now: u64, before: u64, shares: bool) -> String {
        let what = if shares {
            "% من جميع المقالات"
        } else {
            "العدد"
        };
        let n = |count: u64| isolate_ltr(&format!("n\u{a0}=\u{a0}{}", format::count(AR, count)));
        format!(
            "المقالات التي تذكر {}، {what} ({}، وللمقارنة {})",
            each(actors),
            n(now),
            n(before)
        )
    }

    fn coverage_measure(&self, unit: Granularity) -> String {
        format!("المقالات المجموعة، العدد {}", by(unit))
    }

    fn multiples_measure(&self, actors: Actors, unit: Granularity) -> String {
        let (each, by) = (each(actors), by(unit));
        format!(
            "المقالات التي تذكر {each}، % من جميع المقالات، {by}؛ المقياس واحد؛ التظليل: فترة الثقة {}",
            percent(AR, 0.95)
        )
    }

    fn heatmap_measure(&self, actors: Actors) -> String {
        format!("المقالات التي تذكر {}، % من مقالات المصدر", each(actors))
    }

    fn calendar_measure(&self, actors: Actors, unit: Granularity) -> String {
        format!("المقالات التي تذكر {}، % من جميع المقالات، {}", each(actors), by(unit))
    }

    fn bump_measure(&self, actors: Actors, n: u64, unit: Granularity) -> String {
        let what = match actors {
            Actors::Countries => "الدول المعروضة",
            Actors::Mixed => "الأطراف المعروضة",
        };
        format!(
            "الترتيب بين {what} ({}) بحسب حصة المقالات، {}",
            format::count(AR, n),
            by(unit)
        )
    }

    fn source(&self, corpus: &str, articles: u64, sources: u64, range: &str) -> String {
        let corpus = if corpus.is_empty() {
            String::new()
        } else {
            format!("المصدر: {corpus} · ")
        };
        format!(
            "{corpus}{} من {} · {range}",
            self::articles(articles),
            SOURCES.counted(AR, sources)
        )
    }

    fn band(&self) -> &'static str {
        "فترات ثقة بطريقة ويلسون."
    }

    fn hatched(&self, thin: bool, gaps: &str) -> String {
        let gaps = if gaps.is_empty() {
            String::new()
        } else {
            format!("، {gaps}")
        };
        if thin {
            format!("المساحات المخططة: لم يُجمع أي مقال{gaps}، أو جُمع أقل من 30 مقالًا.")
        } else {
            format!("المساحات المخططة: لم يُجمع أي مقال{gaps} (ولا يعني ذلك انعدام الاهتمام).")
        }
    }

    fn incomplete(&self, mark: Mark, ends: Ends, unit: Granularity, covered: u64, of: u64) -> String {
        let mark = match mark {
            Mark::Dashed => "الخط المتقطع والنقطة المفرغة",
            Mark::Unmarked => "خارج الرسم",
            Mark::Hollow => "النقطة المفرغة",
            Mark::Outlined => "العمود المفرغ",
            Mark::Striped => "العمود المخطط",
        };
        let (period, feminine) = the(unit);
        let [first, last, incomplete, counted] = if feminine {
            ["الأولى", "الأخيرة", "غير مكتملة", "غير محتسبة"]
        } else {
            ["الأول", "الأخير", "غير مكتمل", "غير محتسب"]
        };
        let days = format!("{covered} من أصل {}", DAYS.counted(AR, of));
        match ends {
            Ends::First => format!("{mark}: {period} {first} {incomplete} ({days})."),
            Ends::Last => format!("{mark}: {period} {last} {incomplete} ({days})، {counted}."),
            Ends::Both => {
                let both = if feminine { "وكلتاهما" } else { "وكلاهما" };
                format!("{mark}: {period} {first} و{period} {last} ({last}: {days})، {both} {incomplete}.")
            }
        }
    }

    fn pooled(&self, unit: Granularity) -> String {
        let inside = match unit {
            Granularity::Quarter => "الربع الذي",
            Granularity::Year => "السنة التي",
            _ => "الشهر الذي",
        };
        let falls = if unit == Granularity::Year {
            "يقع فيها"
        } else {
            "يقع فيه"
        };
        format!("يُحتسب كل أسبوع في {inside} {falls} أوسط أيامه.")
    }

    fn too_few(&self, unit: Granularity) -> String {
        format!("المقالات {} أقل من أن تُحسب منها حصص، فالأرقام أعداد.", by(unit))
    }

    fn mentions_total(&self, mentions: u64, whole: bool) -> String {
        let which = if whole {
            " في الأعمدة المكتملة"
        } else {
            ""
        };
        format!("عدد الإشارات{which}: {}.", format::count(AR, mentions))
    }

    fn simultaneous(&self, comparisons: u64) -> String {
        format!(
            "فترات ثقة متزامنة {} بطريقة نيوكومب (عدد المقارنات {}، بونفيروني). بالألوان: فارق يؤكده الاختبار أيضًا. بالرمادي: قد يكون الفارق صدفة.",
            percent(AR, 0.95),
            format::count(AR, comparisons)
        )
    }

    fn untested(&self) -> &'static str {
        "المقالات أو الفترات الكاملة أقل من أن يُختبر بها شيء: قد يكون كل فارق صدفة. المتوقع: عدد المقالات بمعدل فترات المقارنة."
    }

    fn busiest(&self, period: &str, articles: u64, unit: Granularity) -> String {
        let the_many = match unit {
            Granularity::Day => "الأيام",
            Granularity::Week => "الأسابيع",
            Granularity::Month => "الأشهر",
            Granularity::Quarter => "الأرباع",
            Granularity::Year => "السنوات",
        };
        format!(
            "الأكثر: {period} ({}). الخط: وسيط {the_many} الكاملة.",
            self::articles(articles)
        )
    }

    fn bump_marks(&self) -> &'static str {
        "النقطة المفرغة: فترة ثقة ويلسون \u{2066}95%\u{2069} تتداخل مع فترة المرتبة المجاورة، وقد يكون الترتيب صدفة."
    }

    fn in_grey(&self) -> &'static str {
        "بالرمادي: الأطراف الأخرى. الرقم: آخر عمود مكتمل. فترات ثقة بطريقة ويلسون."
    }

    fn breaks(&self, thin: bool) -> &'static str {
        if thin {
            "ينقطع الخط حيث لم يُجمع أي مقال أو جُمع أقل من 30 مقالًا."
        } else {
            "ينقطع الخط حيث لم يُجمع أي مقال."
        }
    }

    fn heatmap_marks(&self, hatched: bool) -> String {
        let hatched = if hatched {
            " الخانات المخططة: أقل من 30 مقالًا، فلا حصة."
        } else {
            ""
        };
        format!(
            "المثلث: حصة جميع المصادر تقع خارج فترة ثقة ويلسون {} للخانة، والصدفة وحدها تعطي خانة من كل عشرين.{hatched}",
            percent(AR, 0.95)
        )
    }

    fn all_sources(&self) -> &'static str {
        "كل المصادر"
    }

    fn unnamed(&self) -> &'static str {
        "(بكتابة أخرى)"
    }

    fn unknown(&self) -> &'static str {
        "(بلا اسم)"
    }

    fn others(&self, n: u64) -> String {
        let forms = Forms::six(
            "0\u{a0}طرف آخر",
            "طرف آخر",
            "طرفان آخران",
            "{}\u{a0}أطراف أخرى",
            "{}\u{a0}طرفًا آخر",
            "{}\u{a0}طرف آخر",
        );
        plural(AR, n, &forms)
    }

    fn before(&self, periods: u64, unit: Granularity) -> String {
        // Nothing governs them, so two are in the nominative.
        let two = match unit {
            Granularity::Day => "يومان",
            Granularity::Week => "أسبوعان",
            Granularity::Month => "شهران",
            Granularity::Quarter => "ربعان سنويان",
            Granularity::Year => "سنتان",
        };
        let periods = if periods == 2 {
            two.to_owned()
        } else {
            self::periods(unit, periods)
        };
        format!("المقارنة: {periods}")
    }

    fn expected(&self) -> &'static str {
        "المتوقع"
    }

    fn difference(&self) -> String {
        format!("الفارق بالنقاط ({})", percent(AR, 0.95))
    }

    fn numbers(&self) -> &'static str {
        "المقالات والمتوقع"
    }

    fn median(&self) -> &'static str {
        "الوسيط"
    }

    fn no_articles(&self, range: &str) -> String {
        format!("لا مقالات، {range}")
    }

    fn lines_alt(&self, names: &str, measure: Measure, span: &str, values: &[String], gaps: &str) -> String {
        let what = if measure == Measure::Count {
            "عدد المقالات التي تذكر"
        } else {
            "حصة المقالات التي تذكر"
        };
        let mut all = vec![format!("رسم خطي: {what} {names}، {span}.")];
        if !values.is_empty() {
            all.push(format!("{}.", values.join("؛ ")));
        }
        if !gaps.is_empty() {
            all.push(format!("لا مقالات: {gaps}."));
        }
        all.join(" ")
    }

    fn became(&self, name: &str, from: &str, to: &str) -> String {
        format!("{name} من {from} إلى {to}")
    }

    fn voice_alt(&self, span: &str, unit: Granularity, values: &[String]) -> String {
        let (period, feminine) = the(unit);
        let last = if feminine {
            "الكاملة الأخيرة"
        } else {
            "الكامل الأخير"
        };
        format!(
            "أعمدة مكدّسة: الإشارات {}، {span}. {period} {last}: {}.",
            by(unit),
            values.join("، ")
        )
    }

    fn movers_alt(&self, title: &str, values: &[String]) -> String {
        format!("رسم بالنقاط، صف لكل طرف: {title}. {}.", values.join("؛ "))
    }

    fn multiples_alt(&self, names: &str, span: &str, values: &[String]) -> String {
        format!(
            "رسوم خطية صغيرة، رسم لكل طرف: حصة المقالات التي تذكر {names}، {span}. آخر القيم: {}.",
            values.join("، ")
        )
    }

    fn heatmap_alt(&self, title: &str, values: &[String]) -> String {
        format!(
            "جدول ملوّن، الأطراف في المصادر: {title}. كل المصادر: {}.",
            values.join("، ")
        )
    }

    fn calendar_alt(&self, title: &str, peaks: &[String]) -> String {
        format!(
            "صفوف من الخانات الملوّنة، صف لكل طرف: {title}. أعلى القيم: {}.",
            peaks.join("؛ ")
        )
    }

    fn bump_alt(&self, title: &str, order: &[String]) -> String {
        format!("خطوط المراتب: {title}. آخر ترتيب: {}.", order.join("، "))
    }

    fn coverage_alt(&self, title: &str, span: &str, median: &str, gaps: &str) -> String {
        let gaps = if gaps.is_empty() {
            String::new()
        } else {
            format!(" لا مقالات: {gaps}.")
        };
        format!("رسم بالأعمدة: المقالات عبر الزمن، {span}. {title}. الوسيط: {median}.{gaps}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::charts::words::sets::SetWords;

    /// Every way in which a number governs its noun.
    const NUMBERS: [u64; 11] = [0, 1, 2, 3, 10, 11, 99, 100, 102, 103, 1000];

    /// The forms with ordinary spaces, so that they can be read.
    fn forms(of: impl Fn(u64) -> String) -> String {
        NUMBERS.map(|n| of(n).replace('\u{a0}', " ")).join("|")
    }

    #[test]
    fn periods_agree_with_every_sort_of_number() {
        let periods = [
            (
                Granularity::Day,
                "0 يوم|يوم واحد|يومين|3 أيام|10 أيام|11 يومًا|99 يومًا|100 يوم|102 يوم|103 أيام|1,000 يوم",
                "يومان",
            ),
            (
                Granularity::Week,
                "0 أسبوع|أسبوع واحد|أسبوعين|3 أسابيع|10 أسابيع|11 أسبوعًا|99 أسبوعًا|100 أسبوع|102 أسبوع|103 أسابيع|1,000 أسبوع",
                "أسبوعان",
            ),
            (
                Granularity::Month,
                "0 شهر|شهر واحد|شهرين|3 أشهر|10 أشهر|11 شهرًا|99 شهرًا|100 شهر|102 شهر|103 أشهر|1,000 شهر",
                "شهران",
            ),
            (
                Granularity::Quarter,
                "0 ربع سنوي|ربع سنوي واحد|ربعين سنويين|3 أرباع سنوية|10 أرباع سنوية|11 ربعًا سنويًا|99 ربعًا سنويًا|100 ربع سنوي|\
                 102 ربع سنوي|103 أرباع سنوية|1,000 ربع سنوي",
                "ربعان سنويان",
            ),
            (
                Granularity::Year,
                "0 سنة|سنة واحدة|سنتين|3 سنوات|10 سنوات|11 سنة|99 سنة|100 سنة|102 سنة|103 سنوات|1,000 سنة",
                "سنتان",
            ),
        ];
        for (unit, expected, two) in periods {
            assert_eq!(forms(|n| self::periods(unit, n)), expected);
            assert_eq!(Arabic.before(2, unit), format!("المقارنة: {two}"));
            assert_eq!(Arabic.before(3, unit), format!("المقارنة: {}", self::periods(unit, 3)));
        }
    }

    #[test]
    fn nouns_of_charts_agree_with_every_sort_of_number() {
        assert_eq!(
            forms(|n| Arabic.others(n)),
            "0 طرف آخر|طرف آخر|طرفان آخران|3 أطراف أخرى|10 أطراف أخرى|11 طرفًا آخر|99 طرفًا آخر|100 طرف آخر|102 طرف آخر|103 أطراف أخرى|\
             1,000 طرف آخر"
        );
        assert_eq!(
            forms(others_mentioned),
            "0 طرف آخر|طرفًا آخر|طرفين آخرين|3 أطراف أخرى|10 أطراف أخرى|11 طرفًا آخر|99 طرفًا آخر|100 طرف آخر|102 طرف آخر|103 أطراف أخرى|\
             1,000 طرف آخر"
        );
        assert_eq!(
            forms(articles),
            "0 مقال|مقال واحد|مقالان|3 مقالات|10 مقالات|11 مقالًا|99 مقالًا|100 مقال|102 مقال|103 مقالات|1,000 مقال"
        );
        assert_eq!(
            forms(|n| Arabic.of_words(n)),
            "0 كلمة إجمالًا|كلمة واحدة إجمالًا|كلمتان إجمالًا|3 كلمات إجمالًا|10 كلمات إجمالًا|11 كلمة إجمالًا|99 كلمة إجمالًا|\
             100 كلمة إجمالًا|102 كلمة إجمالًا|103 كلمات إجمالًا|1,000 كلمة إجمالًا"
        );
        assert_eq!(
            forms(|n| Arabic.more_countries(n)),
            "0 دولة أخرى|دولة أخرى|دولتان أخريان|3 دول أخرى|10 دول أخرى|11 دولة أخرى|99 دولة أخرى|100 دولة أخرى|102 دولة أخرى|103 دول أخرى|\
             1,000 دولة أخرى"
        );
    }

    #[test]
    fn a_year_is_named_as_one() {
        let title = Arabic.movers("2024", 3, Granularity::Year);
        assert_eq!(title.replace('\u{a0}', " "), "عام 2024 مقابل 3 سنوات كاملة قبله");
    }
}

//! In Arabic.

use super::SetWords;
use crate::model::entity::Names;
use crate::model::language::Language;
use crate::render::charts::tiles::Region;
use crate::render::charts::words::ar::Arabic;
use crate::render::format::{self, Forms, isolate_ltr, plural};
use crate::render::summary::percent;

/// The language of this file.
const AR: Language = Language::AR;

impl SetWords for Arabic {
    fn pairs(&self, span: &str) -> String {
        format!("مَن يُذكر مع مَن، {span}")
    }

    fn together(&self, first: &Names, second: &Names, times: &str) -> String {
        let both = [first, second].map(|names| names.in_language(AR).to_owned());
        let times = isolate_ltr(&format!("×{times}"));
        format!(
            "يجتمع ذكر {} في المقالات أكثر مما تفسره الصدفة ({times})",
            format::list(AR, &both)
        )
    }

    fn pairs_measure(&self) -> String {
        format!(
            "عدد المقالات التي تذكر الطرفين معًا مقسومًا على ما تعطيه الصدفة، وتحته فترة الثقة {}",
            percent(AR, 0.95)
        )
    }

    fn pairs_marks(&self, hatched: bool) -> Vec<String> {
        let mut all = vec![
            "الصدفة: أن يُذكر كل طرف في المقالات كلها مستقلًا عن الآخر. الترتيب بحسب عدد المقالات تنازليًا.".to_owned(),
            format!(
                "بالألوان: ما يتجاوز الصدفة (اختبار تام، قيمة q لا تتعدى {} بين جميع الأزواج). بالرمادي: قد يكون صدفة.",
                format::percent(AR, 0.05, 0)
            ),
        ];
        if hatched {
            all.push("الخانات المخططة: أقل من خمسة مقالات، عدًّا وتوقعًا.".to_owned());
        }
        all
    }

    fn as_by_chance(&self) -> &'static str {
        "كما بالصدفة"
    }

    fn pairs_alt(&self, title: &str, pairs: &[String]) -> String {
        let most = if pairs.is_empty() {
            "لا يتميز أي زوج عن الصدفة.".to_owned()
        } else {
            format!("الأبعد عن الصدفة: {}.", pairs.join("؛ "))
        };
        format!("جدول مثلث ملوّن، خانة لكل طرفين: {title}. {most}")
    }

    fn words_of_period(&self, when: &str) -> String {
        format!("كلمات ترد {when} أكثر مما ترد في سائر الأوقات")
    }

    fn words_of_entity(&self, names: Option<&Names>) -> String {
        let whom = names.map_or("الطرف الأول", |names| names.in_language(AR));
        format!("كلمات ترد في المقالات التي تذكر {whom} أكثر مما ترد في غيرها")
    }

    fn words_measure(&self) -> String {
        "تكرار الكلمة مقارنةً بتكرارها في سائر المقالات المكتوبة باللغة نفسها، وعدد مرات ورودها".to_owned()
    }

    fn words_marks(&self, unwritten: bool, absent: bool) -> Vec<String> {
        let mut all = vec![format!(
            "الكلمات الأعلى في لوغاريتم الإمكان، أطولها شريطًا أولًا؛ قيمة q لا تتعدى {} بين جميع الكلمات المختبرة، وخمس مرات على الأقل.",
            format::percent(AR, 0.05, 0)
        )];
        if absent {
            all.push("الصفر في غيرها محسوب نصفًا.".to_owned());
        }
        if unwritten {
            all.push("الكلمات المكتوبة بأبجديات أخرى في ملف CSV وحده.".to_owned());
        }
        all
    }

    fn words_heads(&self) -> [&'static str; 2] {
        ["هنا", "في غيرها"]
    }

    fn of_words(&self, n: u64) -> String {
        let forms = Forms::six(
            "0\u{a0}كلمة",
            "كلمة واحدة",
            "كلمتان",
            "{}\u{a0}كلمات",
            "{}\u{a0}كلمة",
            "{}\u{a0}كلمة",
        );
        format!("{} إجمالًا", plural(AR, n, &forms))
    }

    fn words_alt(&self, title: &str, panels: &[String]) -> String {
        format!("رسم بالأشرطة للكلمات: {title}. {}.", panels.join("؛ "))
    }

    fn map(&self, region: Region, span: &str) -> String {
        let place = match region {
            Region::Sahel => "كل دولة في غرب أفريقيا والساحل",
            Region::Mena => "كل دولة في الشرق الأوسط وشمال أفريقيا",
            Region::Africa => "كل دولة أفريقية",
            Region::World => "كل دولة في العالم",
        };
        format!("المقالات التي تذكر {place}، {span}")
    }

    fn map_measure(&self) -> String {
        "المقالات التي تذكر الدولة، % من جميع المقالات".to_owned()
    }

    fn map_marks(&self, unwatched: bool, elsewhere: &[String]) -> Vec<String> {
        let mut all = vec!["خانة لكل دولة: الخانات لا تمثل المساحات، ومواضعها تقريبية ولا تدل على الحدود.".to_owned()];
        if unwatched {
            all.push("الخانة ذات الإطار المنقط: دولة لم يُبحث عنها.".to_owned());
        }
        if !elsewhere.is_empty() {
            all.push(format!("دول مذكورة خارج هذه الخريطة: {}.", format::list(AR, elsewhere)));
        }
        all
    }

    fn unwatched(&self) -> &'static str {
        "لم يُبحث عنها"
    }

    fn more_countries(&self, n: u64) -> String {
        let forms = Forms::six(
            "0\u{a0}دولة أخرى",
            "دولة أخرى",
            "دولتان أخريان",
            "{}\u{a0}دول أخرى",
            "{}\u{a0}دولة أخرى",
            "{}\u{a0}دولة أخرى",
        );
        plural(AR, n, &forms)
    }

    fn map_alt(&self, title: &str, countries: &[String]) -> String {
        format!(
            "خريطة من خانات متساوية، خانة لكل دولة: {title}. الأكثر ذكرًا: {}.",
            countries.join("، ")
        )
    }
}

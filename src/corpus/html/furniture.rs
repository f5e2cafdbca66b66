//! Which elements of a page are its furniture: menus, forms, notices, related links, share bars, tag lists, signatures.
//!
//! One element in, a judgement by its tag, role, class and id out. Whether the judgement is carried out also depends on what the element
//! holds; that is decided in [`super::text`].

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::LazyLock;

use scraper::node::Element;

use super::flat::attr;

/// How an element is judged by its own tag and attributes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Judgement {
    /// It may hold the article.
    Open,
    /// It never holds text of the article.
    Never,
    /// Furniture, unless it holds the headline or the marked body of the article.
    Furniture,
    /// Furniture, unless it holds most of the page's text as well.
    Doubtful,
    /// A line beside the headline: author, day, place.
    Byline,
}

/// Kinds of words in `data/furniture.txt`.
static WORDS: LazyLock<HashMap<&'static str, Vec<&'static str>>> = LazyLock::new(|| {
    let mut words: HashMap<_, Vec<_>> = HashMap::new();
    for line in include_str!("../data/furniture.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
    {
        if let Some((kind, all)) = line.split_once(':') {
            all.split_whitespace()
                .for_each(|word| words.entry(word).or_default().push(kind));
        }
    }
    words
});

/// Elements that never hold text of an article.
static ELEMENTS: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| WORDS.keys().copied().filter(|word| is("element", word)).collect());

/// How many judged classes are remembered: those of some sites.
const REMEMBERED: usize = 4096;

thread_local! {
    /// How classes and ids were judged, since the pages of a site share theirs.
    static JUDGED: RefCell<HashMap<Box<str>, Judgement>> = RefCell::default();
}

/// Whether the list has this word as one of this kind.
fn is(kind: &str, word: &str) -> bool {
    WORDS.get(word).is_some_and(|kinds| kinds.contains(&kind))
}

/// Judges one element.
pub(crate) fn judge(element: &Element) -> Judgement {
    let name = element.name();
    if ELEMENTS.contains(&name) {
        return Judgement::Never;
    }
    if attr(element, "hidden").is_some()
        || attr(element, "aria-hidden") == Some("true")
        || hides(attr(element, "style").unwrap_or(""))
    {
        return Judgement::Furniture;
    }
    match attr(element, "role").unwrap_or("") {
        "navigation" | "banner" | "complementary" | "contentinfo" | "search" | "dialog" | "alertdialog" | "menu"
        | "menubar" | "toolbar" | "form" => return Judgement::Furniture,
        _ => {}
    }
    match name {
        "nav" | "aside" | "footer" | "menu" | "dialog" => return Judgement::Furniture,
        "form" => return Judgement::Doubtful,
        "html" | "body" | "main" | "h1" => return Judgement::Open,
        _ => {}
    }
    let classes = attr(element, "class").unwrap_or("").split_ascii_whitespace();
    let judgements = classes.chain(attr(element, "id")).map(remembered);
    judgements
        .max_by_key(|judgement| gravity(*judgement))
        .unwrap_or(Judgement::Open)
}

/// Whether an element is marked as what an article begins with: standfirst, lead, `chapô`.
pub(crate) fn is_lead(element: &Element) -> bool {
    let classes = attr(element, "class").unwrap_or("").split_ascii_whitespace();
    let words = [
        "chapo",
        "chapeau",
        "standfirst",
        "lede",
        "dek",
        "sapo",
        "standfirst",
        "subheadline",
        "accroche",
    ];
    classes.flat_map(words_of).any(|word| words.contains(&word.as_str()))
}

/// Which of several judgements of one element holds.
fn gravity(judgement: Judgement) -> u8 {
    match judgement {
        Judgement::Open => 0,
        Judgement::Byline => 1,
        Judgement::Doubtful => 2,
        Judgement::Furniture => 3,
        Judgement::Never => 4,
    }
}

/// Judges one class or id, or remembers how it was judged.
fn remembered(class: &str) -> Judgement {
    JUDGED.with_borrow_mut(|judged| {
        if let Some(judgement) = judged.get(class) {
            return *judgement;
        }
        let judgement = judge_class(class);
        if judged.len() >= REMEMBERED {
            judged.clear();
        }
        judged.insert(class.into(), judgement);
        judgement
    })
}

/// Judges one class or id.
fn judge_class(class: &str) -> Judgement {
    let lower = class.to_ascii_lowercase();
    if is("whole", &lower.replace('_', "-")) {
        return Judgement::Furniture;
    }
    let words = words_of(class);
    if words.first().is_some_and(|first| is("with", first)) {
        return Judgement::Open;
    }
    // The lists of a content system say what an article is about: `tag-russia`, `category-comment`.
    if words.len() > 1 && matches!(words[0].as_str(), "tag" | "category" | "cat" | "type" | "status") {
        return Judgement::Open;
    }
    let any = |kind: &str| words.iter().any(|word| is(kind, word));
    if any("furniture") {
        Judgement::Furniture
    } else if any("doubtful") {
        Judgement::Doubtful
    } else if any("byline") {
        Judgement::Byline
    } else {
        Judgement::Open
    }
}

/// The words of a class: cut at hyphens, underscores and inner capitals.
fn words_of(class: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut low = false;
    for c in class.chars() {
        let cut = !c.is_alphanumeric();
        if cut || (low && c.is_uppercase()) {
            words.push(String::new());
        }
        low = c.is_lowercase();
        if !cut && let Some(word) = words.last_mut() {
            word.extend(c.to_lowercase());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Whether an inline style hides its element.
pub(super) fn hides(style: &str) -> bool {
    let style: String = style
        .chars()
        .filter(|c| !c.is_whitespace())
        .flat_map(char::to_lowercase)
        .collect();
    style.contains("display:none") || style.contains("visibility:hidden")
}

#[cfg(test)]
mod tests {
    use scraper::Html;

    use super::super::flat::Flat;
    use super::*;

    fn judged(tag: &str) -> Judgement {
        let page = Html::parse_document(&format!("<body>{tag}x"));
        let flat = Flat::new(&page);
        let (_, element) = flat
            .elements()
            .find(|(_, element)| !matches!(element.name(), "html" | "head" | "body"))
            .unwrap();
        judge(element)
    }

    #[test]
    fn furniture_is_known_by_tag_role_class_and_id() {
        for tag in [
            "<nav>",
            "<div role=navigation>",
            "<div class='cookie-notice'>",
            "<section id=comments>",
            "<div class=relatedArticles>",
            "<div style='display: none'>",
            "<p class=read-more>",
        ] {
            assert_eq!(judged(tag), Judgement::Furniture, "{tag}");
        }
        assert_eq!(judged("<p class=byline>"), Judgement::Byline);
        assert_eq!(judged("<ul class='post share_buttons'>"), Judgement::Doubtful);
        assert_eq!(judged("<div class=widget>"), Judgement::Doubtful);
        assert_eq!(judged("<form>"), Judgement::Doubtful);
        assert_eq!(judged("<textarea>"), Judgement::Never);
    }

    #[test]
    fn classes_that_only_go_with_something_are_open() {
        for tag in [
            "<div class='content has-sidebar'>",
            "<article class='post tag-russia category-comments'>",
            "<div class='no-related'>",
            "<div class='sharepoint'>",
            "<div class='commentary'>",
            "<main class=navigation>",
        ] {
            assert_eq!(judged(tag), Judgement::Open, "{tag}");
        }
    }

    #[test]
    fn words_are_cut_at_hyphens_and_capitals() {
        assert_eq!(words_of("Article-bodyText_2"), ["article", "body", "text", "2"]);
    }
}

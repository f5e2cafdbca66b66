//! Tests of [`super::text`](super) over whole pages of our own writing.

use scraper::Html;

use super::super::flat::Flat;
use super::super::meta;
use super::*;

fn found(page: &str) -> Article {
    let page = Html::parse_document(page);
    let flat = Flat::new(&page);
    let meta = meta::read(&flat);
    article(&flat, &meta)
}

const ONE: &str = "Le convoi est parti lundi de la capitale et il est attendu jeudi à la frontière du nord.";
const TWO: &str = "Les chauffeurs disent que la route est longue, que le sable la couvre et que nul ne la balaie.";

#[test]
fn a_page_with_everything_gives_its_paragraphs() {
    let page = format!(
        "<html><head><title>Le convoi | Site</title></head><body><div class=cookie-bar><p>Nous utilisons des cookies pour vous suivre.</p></div>\
         <header><nav><a href=/>Accueil</a></nav><p>Le site de la vallée, fondé hier</p></header>\
         <main><article><h1>Le convoi</h1><p class=chapo>Ce qu'il faut savoir du départ.</p><p class=byline>Par A. B., <time datetime=2024-05-01>1er mai</time></p>\
         <p>{ONE}</p><figure><img><figcaption>Photo d'un camion bleu sur la route</figcaption></figure><h2>La route</h2>\
         <p>{TWO} <a href=/x>Voir la carte</a></p><p><strong>Lire aussi :</strong> <a href=/y>Un autre convoi, une autre route</a></p>\
         <h3>À lire aussi</h3><ul><li><a href=/z>Élections au Tchad</a></li></ul><div class=post-tags>Tags : <a>Niger</a></div></article>\
         <section class=related><h3>Ailleurs</h3><article class=card><h4><a href=/1>Séisme au Japon</a></h4><p>Un séisme a frappé le Japon cette nuit, selon les autorités.</p></article></section>\
         <section id=comments><h3>Commentaires</h3><p>Moi je pense que le Mexique a raison et que tout le monde le sait bien.</p></section></main>\
         <footer><p>© Site, tous droits réservés</p></footer></body></html>"
    );
    let article = found(&page);
    assert_eq!(
        article.body,
        format!("Ce qu'il faut savoir du départ.\n{ONE}\nLa route\n{TWO} Voir la carte")
    );
    assert_eq!(article.times, ["2024-05-01"]);
}

#[test]
fn a_page_without_a_telling_class_gives_its_paragraphs_too() {
    let page = format!(
        "<body><table><tr><td><a href=1>Accueil</a><br><a href=2>Mali</a><br><a href=3>Niger</a></td><td><h1>Le convoi</h1>\
         {ONE}<br><br>{TWO}<br><br><font size=1><a href=4>Un autre titre</a></font></td></tr></table><div>© 2004 Site</div></body>"
    );
    assert_eq!(found(&page).body, format!("{ONE}\n{TWO}"));
}

#[test]
fn a_page_inside_a_form_is_still_a_page() {
    let page = format!(
        "<body><form id=aspnetForm><div id=content><h1>Le convoi</h1><p>{ONE}</p><p>{TWO}</p></div></form></body>"
    );
    assert_eq!(found(&page).body, format!("{ONE}\n{TWO}"));
}

#[test]
fn the_marked_body_wins_and_the_standfirst_above_it_stays() {
    let page = format!(
        "<body><div><h1>Le convoi</h1><div class=standfirst>Un départ très attendu par tous.</div><div class=block><p>Abonnez-vous à la lettre de la vallée, elle est gratuite.</p></div>\
         <div itemprop=articleBody><p>{ONE}</p><p>{TWO}</p></div><div class=block><p>Le site est hébergé par des amis de la maison.</p></div></div></body>"
    );
    assert_eq!(
        found(&page).body,
        format!("Un départ très attendu par tous.\n{ONE}\n{TWO}")
    );
}

#[test]
fn comments_longer_than_the_article_are_no_article() {
    let comment =
        "<p>Je ne suis pas d'accord avec vous et je le dis depuis longtemps à qui veut l'entendre.</p>".repeat(20);
    let page = format!(
        "<body><div><h1>Le convoi</h1><div class=text><p>{ONE}</p></div><div id=comments>{comment}</div></div></body>"
    );
    assert_eq!(found(&page).body, ONE);
}

#[test]
fn a_page_of_menus_has_no_text() {
    let page = "<body><nav><a href=1>Accueil</a></nav><main><article><h1>Accueil</h1></article><aside>Ailleurs dans le monde, rien de neuf</aside>\
                <form><p>Pays : Mali, Niger, Tchad, Soudan</p></form></main><footer>© Site de la vallée</footer></body>";
    assert_eq!(found(page).body, "");
}

#[test]
fn links_inside_sentences_and_lists_of_the_article_stay() {
    let page = format!(
        "<article><h1>T</h1><p>{ONE}</p><ul><li>Le <a href=x>premier</a> camion porte du riz.</li><li>Le second porte du mil.</li></ul><p>Fin.</p></article>"
    );
    assert_eq!(
        found(&page).body,
        format!("{ONE}\nLe premier camion porte du riz.\nLe second porte du mil.\nFin.")
    );
}

#[test]
fn lines_beside_the_headline_are_kept_for_their_day() {
    let page =
        format!("<article><h1>T</h1><div class=post-meta>نشر في 12 أوت 2017</div><p>{ONE}</p><p>{TWO}</p></article>");
    let article = found(&page);
    assert_eq!(article.beside, "نشر في 12 أوت 2017\n");
    assert_eq!(article.body, format!("{ONE}\n{TWO}"));
}

#[test]
fn a_class_that_sounds_like_furniture_does_not_cost_the_article() {
    let page = format!("<body><h1>Le convoi</h1><div class='row sidebar-right'><p>{ONE}</p><p>{TWO}</p></div></body>");
    assert_eq!(found(&page).body, format!("{ONE}\n{TWO}"));
}

#[test]
fn labels_of_advertisements_and_bare_addresses_go() {
    let page = format!(
        "<article><h1>T</h1><p>{ONE}</p><div class=x>Publicité</div><p>{TWO}</p><div>https://e.org/?p=1</div></article>"
    );
    assert_eq!(found(&page).body, format!("{ONE}\n{TWO}"));
}

#!/usr/bin/env python3
"""Writes docs/accuracy.md from the figures of a scorer.

    python3 docs/accuracy.py SCORES.json PEERS.json NAMES.json SUCCESSORS.json > docs/accuracy.md

SCORES.json  for each set: {"docs": n, "doc": {"p", "r", "f1"}, "mention": {"tp", "fp", "fn", "p", "r", "f1"} or null};
             for the traps {"right": n, "rows": n}
NAMES.json, SUCCESSORS.json
             the same as SCORES.json, for names alone, and with the Soviet Union taken for Russia and East Germany for Germany
PEERS.json   for each set: {"peers": {NAME: {"doc": {"f1"}, "mention": {"f1"} or null}}}
"""
import json
import sys

LANGUAGES = {
    "ar": "Arabic", "bm": "Bambara", "de": "German", "en": "English", "es": "Spanish", "fr": "French", "ha": "Hausa",
    "pt": "Portuguese", "ru": "Russian", "sw": "Swahili", "tr": "Turkish", "wo": "Wolof",
}

SETS = {
    "aida_dev_en": "AIDA-YAGO2 (Reuters 1996)",
    "anercorp_dev_ar": "ANERcorp",
    "conll2002_es": "CoNLL-2002 (EFE 2000)",
    "geovirus_en": "GeoVirus (WikiNews)",
    "geowebnews_en": "GeoWebNews",
    "germeval_dev_de": "GermEval 2014",
    "harem2_pt": "Second HAREM",
    "hipe2020_fr": "HIPE 2020 (old newspapers, OCR)",
    "lgl_en": "LGL (US local papers)",
    "masakhaner2_bm": "MasakhaNER 2.0",
    "masakhaner2_ha": "MasakhaNER 2.0",
    "masakhaner2_sw": "MasakhaNER 2.0",
    "masakhaner2_wo": "MasakhaNER 2.0",
    "msnbc_en": "MSNBC (2007)",
    "nerel_dev_ru": "NEREL (WikiNews)",
    "newsfair_en": "News-Fair",
    "padt_dev_ar": "Prague Arabic Dependency Treebank",
}

HEAD = """\
# Accuracy

How often marsad is right, measured against texts in which people marked the countries, with the built-in names and nothing else. Written by
`docs/accuracy.py` from the scorer's figures; the texts belong to their publishers and are not part of this project.

**Precision**: the part of marsad's mentions that the annotators marked with the same country at the same place. **Recall**: the part of the
annotators' mentions that marsad found. **F1**: their harmonic mean. Names, adjectives and inhabitants are scored; where annotators did not mark
adjectives, those of marsad are left out. Capitals, teams, places and other readings are neither right nor wrong. The rules were developed while looking at
these sets, so expect somewhat less on others; one to three in a hundred labels are noise.
"""

NOTES = """
**F1, successors**: the same run, with mentions of the Soviet Union taken for Russia and of East Germany for Germany, as the annotators did. marsad keeps
former states apart, with their codes of ISO 3166-3.

**MSNBC** has adjectives marked in a few of its twenty articles only, so most of marsad's adjectives are false alarms there. With names alone: {}."""

TAIL = """
## What the errors are

Reading the misses set by set, most of them are one of these:

- **Labels that the text does not bear out.** Plain names that nobody marked (about nine in ten of the false alarms in MSNBC, most of those in LGL and the
  treebanks), Grenada for the Spanish city in CoNLL-2002, one Congo for the other in GeoVirus.
- **Rulings.** The Soviet Union is an entity of its own here and Russia there: half of the misses in NEREL. `United Russia` is a party, not the state,
  in most languages; in Russian, where annotators do not agree, the name still counts. England is a region, off by default. A company,
  airline or newspaper is no mention of its state.
- **Persons.** A family name that is also a country's (`Brown and Jordan shot …`), without a given name or title anywhere in the document.
- **Towns.** `Lebanon`, `Peru`, `Jordan` in the United States, where no state, street or inhabitant stands beside them.
- **Short texts.** مالي, عمان, بنين without a cue in a cut sentence: they are left undecided, listed, and not counted.

## What marsad does not try

- To count pronouns, irony, or a country that is meant and not named.
- To take a capital for its government: `Moscow` is recorded and counted only with `--count …,capital`.
- To know whose a surname is without the document: `Traoré` alone is nobody; behind a full name or an office of the day it counts.
- To tell `the kingdom` of two kingdoms by what is said of it: outlet and nearest name decide, else it is left open.
- To join words that a line break cuts (`Nige-` / `ria`) or that were printed without a space.
- To tell an actress from a team of her name in one sentence (`Holland Taylor … as Holland drew`).
- To guess where nothing decides: an undecided form is a row of the evidence with its reason, and no number.

Measure it on your own corpus: `marsad audit REPORT --by language > sample.csv`, mark each row right or wrong, `marsad audit --read sample.csv`.
"""


def cell(value):
    return f"{value:.3f}" if value is not None else ""


def peers(known, what):
    """The best peer's F1 with its name."""
    found = [(figures[what]["f1"], name) for name, figures in known.items() if figures.get(what)]
    return "{:.2f} ({})".format(*max(found)) if found else ""


def main():
    scores, known, names, successors = (json.load(open(path, encoding="utf-8")) for path in sys.argv[1:5])
    print(HEAD)
    print("## Mentions\n")
    print("| set | language | documents | mentions | precision | recall | F1 | F1, successors | best peer's F1 |\n|---|---|--:|--:|--:|--:|--:|--:|--:|")
    for name, score in scores.items():
        mention = score.get("mention")
        if mention:
            language = LANGUAGES[name.rsplit("_", 1)[1]]
            best = peers(known.get(name, {}).get("peers", {}), "mention")
            total = mention["tp"] + mention["fn"]
            figures = " | ".join(cell(mention[key]) for key in ("p", "r", "f1"))
            mapped = cell(successors[name]["mention"]["f1"])
            print(f"| {SETS.get(name, name)} | {language} | {score['docs']:,} | {total:,} | {figures} | {mapped} | {best} |")
    figures = ", ".join(f"{what} {names['msnbc_en']['mention'][key]:.3f}" for key, what in (("p", "precision"), ("r", "recall"), ("f1", "F1")))
    print(NOTES.replace("{}", figures))
    print("\n## Documents\n\nWhich countries a document mentions, each once. PUD: the same thousand sentences in eight languages.\n")
    print("| set | language | documents | precision | recall | F1 | best peer's F1 |\n|---|---|--:|--:|--:|--:|--:|")
    for name, score in scores.items():
        if name.startswith("pud_"):
            figures = " | ".join(cell(score["doc"][key]) for key in ("p", "r", "f1"))
            best = peers(known.get(name, {}).get("peers", {}), "doc")
            print(f"| PUD | {LANGUAGES[name[4:]]} | {score['docs']:,} | {figures} | {best} |")
    for name, score in scores.items():
        if "right" in score:
            print(f"\n## Traps\n\nShort contexts of ambiguous words (مالي, عمان, Georgia, Jordan …), right as a whole: {score['right']} of {score['rows']}.")
    print("\nPeers: cldr (the names of Unicode CLDR in the set's language, longest match), flashgeotext 0.5.5, country_ner 1.0.2, geotext 0.4.0; the last three know English only.")
    print(TAIL, end="")


if __name__ == "__main__":
    main()

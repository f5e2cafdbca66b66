#!/usr/bin/env python3
"""marsad beside other ways of finding names, on the same articles and with the same forms.

    cargo build --release
    python3 benches/peers/compare.py articles.jsonl            # one JSON object a line: id, title, text

The Python peers of requirements.txt are installed into target/peers the first time. GNU grep, ripgrep and R's quanteda are
run where they are on the path, and named as not tried where they are not.

Two tables come out, in Markdown:

1. Rates. marsad's is that of a whole `marsad scan` on one thread: reading, JSON, cleaning, languages, matching, context rules and
   the ledger on disk, start-up included, over the bytes of the file. A peer's is that of its search loop alone, over the UTF-8
   bytes of titles and texts that lie in memory already: neither start-up nor the making of its patterns counts. So the ratio
   flatters the peers. A slow peer is stopped after --seconds; its rate is that of what it had read by then. Each is run --runs times, and the
   fastest run counts.
2. Errors. Short sentences of our own, each about one thing; what is expected is who is mentioned, and how often.

Every peer gets every form that marsad counts without a look at the context, in all languages.
"""

import argparse
import collections
import csv
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "src" / "gazetteer" / "data"
HOME = ROOT / "target" / "peers"

# What a case is about, its language, its text, and who is mentioned how often.
CASES = [
    ("folding", "en", "Talks in Cote d'Ivoire and in COTE D’IVOIRE ended.", {"cote-d-ivoire": 2}),
    ("folding", "fr", "LE SENEGAL ET LE BENIN SIGNENT UN ACCORD.", {"senegal": 1, "benin": 1}),
    ("folding", "fr", "Un soldat nigerien a été blessé.", {"niger": 1}),
    ("folding", "ar", "وصل الوفد إلى الامارات ثم إلى ألمانيا.", {"united-arab-emirates": 1, "germany": 1}),
    ("folding", "ar", "زار الوزير فَرَنْسا واليابان.", {"france": 1, "japan": 1}),
    ("clitics", "ar", "اجتمع وفدا تشاد والنيجر.", {"chad": 1, "niger": 1}),
    ("clitics", "ar", "قدمت الحكومة ردها للولايات المتحدة.", {"united-states": 1}),
    ("clitics", "ar", "وبفرنسا كما بإسبانيا ارتفعت الأسعار.", {"france": 1, "spain": 1}),
    ("clitics", "fr", "L'Algérie et l’Espagne négocient avec d'Angola venus.", {"algeria": 1, "spain": 1, "angola": 1}),
    ("whole words", "en", "Floods reached Indiana and Indianapolis.", {}),
    ("whole words", "fr", "Le festival de Pérouse, en italien Perugia, est reporté.", {}),
    ("whole words", "ar", "أزال المصرف العراقيل كلها.", {}),
    ("longer names", "en", "Papua New Guinea and Equatorial Guinea sent teams.", {"papua-new-guinea": 1, "equatorial-guinea": 1}),
    ("longer names", "en", "South Sudan thanked Guinea-Bissau.", {"south-sudan": 1, "guinea-bissau": 1}),
    ("longer names", "fr", "La République démocratique du Congo reste neutre.", {"dr-congo": 1}),
    ("nobody", "en", "Oil was spilled again in the Niger Delta.", {}),
    ("nobody", "en", "He flew to Atlanta, Georgia, on Friday.", {}),
    ("nobody", "en", "Michael Jordan scored forty points.", {}),
    ("nobody", "ar", "نشرت صحيفة واشنطن بوست تقريرا.", {}),
    ("nobody", "ar", "أعلنت وزارة المالية عن الميزانية.", {}),
]


def forms():
    """(form, entity), every form that is counted wherever it stands; the first owner of a form keeps it."""
    owner = {}
    for name in ("forms.csv", "actor-forms.csv", "people-forms.csv"):
        with open(DATA / name, encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                if row["policy"] == "count" and row["kind"] != "capital":
                    owner.setdefault(row["form"], row["entity"])
    return owner


# --- what is timed: each takes (form → entity) and gives a function from a text to its entities, one for each mention ---


def flashtext(owner):
    from flashtext import KeywordProcessor

    processor = KeywordProcessor()
    for form, entity in owner.items():
        processor.add_keyword(form, entity)
    return processor.extract_keywords


def flashgeotext(_owner):
    """Its own names, English only: it takes no others without giving up what makes it geotext."""
    from flashgeotext.geotext import GeoText
    from loguru import logger

    logger.remove()
    geotext = GeoText()
    ids = {}
    with open(DATA / "countries.csv", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            ids[row["en"]] = row["id"]

    def find(text):
        found = []
        for name, facts in geotext.extract(text)["countries"].items():
            found.extend([ids.get(name, name)] * facts["count"])
        return found

    return find


def pyahocorasick(owner):
    import ahocorasick

    automaton = ahocorasick.Automaton()
    for form, entity in owner.items():
        automaton.add_word(form, entity)
    automaton.make_automaton()
    return lambda text: [entity for _, entity in automaton.iter_long(text)]


def ahocorasick_rs(owner, implementation=None):
    from ahocorasick_rs import AhoCorasick, MatchKind

    patterns = list(owner)
    automaton = AhoCorasick(patterns, matchkind=MatchKind.LeftmostLongest, implementation=implementation)
    return lambda text: [owner[patterns[pattern]] for pattern, _, _ in automaton.find_matches_as_indexes(text)]


def ahocorasick_rs_dfa(owner):
    from ahocorasick_rs import Implementation

    return ahocorasick_rs(owner, Implementation.DFA)


def spacy(owner):
    from spacy.lang.xx import MultiLanguage
    from spacy.matcher import PhraseMatcher
    from spacy.util import filter_spans

    language = MultiLanguage()
    matcher = PhraseMatcher(language.vocab, attr="LOWER")
    grouped = collections.defaultdict(list)
    for form, entity in owner.items():
        grouped[entity].append(language.make_doc(form))
    for entity, docs in grouped.items():
        matcher.add(entity, docs)

    def find(text):
        return [span.label_ for span in filter_spans(matcher(language.make_doc(text), as_spans=True))]

    return find


PEERS = [
    ("ahocorasick_rs", ahocorasick_rs),
    ("ahocorasick_rs, told to make a DFA", ahocorasick_rs_dfa),
    ("pyahocorasick", pyahocorasick),
    ("flashtext", flashtext),
    ("flashgeotext", flashgeotext),
    ("spaCy PhraseMatcher", spacy),
]

# grep and ripgrep say what they found, and not whose it is; the case of a letter is theirs to fold or not.
COMMANDS = [
    ("GNU grep -owF", ["grep", "-a", "-o", "-w", "-F", "-f"]),
    ("ripgrep -owFi", ["rg", "--no-filename", "-a", "-o", "-w", "-i", "-F", "-f"]),
]


def command(arguments, owner):
    """Like a peer: from a text to its entities, by one run of a program."""
    lower = {form.lower(): entity for form, entity in owner.items()}
    HOME.mkdir(parents=True, exist_ok=True)
    patterns = HOME / "forms.txt"
    patterns.write_text("\n".join(owner) + "\n", encoding="utf-8")

    def find(text):
        with tempfile.NamedTemporaryFile(dir=HOME) as file:
            file.write(text.encode())
            file.flush()
            environment = {**os.environ, "LC_ALL": "C.UTF-8"}
            ran = subprocess.run([*arguments, patterns, file.name], capture_output=True, env=environment)
            if ran.returncode > 1:
                raise RuntimeError(ran.stderr.decode())
        return [lower[line.lower()] for line in ran.stdout.decode().splitlines() if line.lower() in lower]

    return find


def texts_of(path):
    """Titles and texts of a JSONL file, one string an article."""
    with open(path, encoding="utf-8") as file:
        for line in file:
            if line.strip():
                record = json.loads(line)
                yield f"{record.get('title') or ''}\n{record.get('text') or record.get('body') or ''}"


def rate_in_loop(find, texts, seconds):
    """(bytes a second, mentions, bytes read) of a search that stops after `seconds`."""
    size = mentions = 0
    begin = time.process_time()
    for text in texts:
        mentions += len(find(text))
        size += len(text.encode())
        if time.process_time() - begin > seconds:
            break
    return size / (time.process_time() - begin), mentions, size


def rate_of_program(find, texts, seconds):
    """The same of a program that is started once for everything: what it takes for no text is taken off."""

    def timed(text):
        before = os.times()
        found = find(text)
        after = os.times()
        return after.children_user + after.children_system - before.children_user - before.children_system, found

    start_up = timed("")[0]
    size = 1 << 16
    joined = "\n".join(texts)
    while True:
        part = joined[:size]
        spent, found = timed(part)
        read = len(part.encode())
        # Grow until the run is long enough to be measured, or all is read.
        if spent - start_up > max(1.0, seconds / 10) or len(part) == len(joined):
            return read / max(spent - start_up, 1e-3), len(found), read
        size *= 4


def rate_of_marsad(binary, corpus):
    """(bytes a second of processor time, mentions) of a whole scan on one thread."""
    with tempfile.TemporaryDirectory() as folder:
        before = os.times()
        subprocess.run(
            [binary, "scan", "-q", "--threads", "1", "--ledger", f"{folder}/ledger", corpus], check=True, stdout=subprocess.DEVNULL
        )
        after = os.times()
        spent = after.children_user + after.children_system - before.children_user - before.children_system
        ledger = json.loads(Path(folder, "ledger", "ledger.json").read_text(encoding="utf-8"))
    return Path(corpus).stat().st_size / spent, sum(part["mentions"] for part in ledger["parts"])


def marsad_on_cases(binary):
    """Who marsad counts in each case."""
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder, "cases.jsonl")
        with open(corpus, "w", encoding="utf-8") as file:
            for place, (_, language, text, _) in enumerate(CASES):
                record = {"id": f"case-{place}", "date": "2024-01-15", "language": language, "text": text}
                file.write(json.dumps(record, ensure_ascii=False) + "\n")
        out = Path(folder, "report")
        subprocess.run([binary, "report", "-q", "-o", out, "--ledger", f"{folder}/ledger", corpus], check=True, stdout=subprocess.DEVNULL)
        found = [[] for _ in CASES]
        with open(out / "evidence" / "mentions.csv", encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                if row["counted"] == "1":
                    found[int(row["doc_id"].removeprefix("case-"))].append(row["entity"])
    return found


def faults(found):
    """(cases right, {kind: cases wrong}) of what was found in each case."""
    wrong = collections.Counter()
    for (kind, _, _, expected), entities in zip(CASES, found):
        if collections.Counter(entities) != collections.Counter(expected):
            wrong[kind] += 1
    return len(CASES) - sum(wrong.values()), wrong


def environment():
    """Runs this script again with the Python peers at hand."""
    if os.environ.get("MARSAD_PEERS"):
        return
    python = HOME / "venv" / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", HOME / "venv"], check=True)
    requirements = Path(__file__).with_name("requirements.txt")
    subprocess.run([python, "-m", "pip", "install", "-q", "--disable-pip-version-check", "-r", requirements], check=True)
    os.execve(python, [python, *sys.argv], {**os.environ, "MARSAD_PEERS": "1"})


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", help="articles, one JSON object a line")
    parser.add_argument("--marsad", default=ROOT / "target" / "release" / "marsad", help="the program (default: target/release/marsad)")
    parser.add_argument("--seconds", type=float, default=10, help="longest run of a peer")
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    environment()

    owner = forms()
    texts = list(texts_of(options.corpus))
    print(f"{len(texts)} articles, {Path(options.corpus).stat().st_size / 1e6:.1f} MB, {len(owner)} forms\n", flush=True)
    ours, mentions = max(rate_of_marsad(options.marsad, options.corpus) for _ in range(options.runs))
    rows = [("marsad scan", ours, mentions, Path(options.corpus).stat().st_size, marsad_on_cases(options.marsad))]
    missing = []
    for name, make in PEERS:
        try:
            find = make(owner)
        except ImportError as error:
            missing.append(f"{name} ({error})")
            continue
        best = max(rate_in_loop(find, texts, options.seconds) for _ in range(options.runs))
        rows.append((name, *best, [find(text) for _, _, text, _ in CASES]))
        print(f"  {name}: {best[0] / 1e6:.2f} MB/s", file=sys.stderr, flush=True)
    for name, arguments in COMMANDS:
        if not shutil.which(arguments[0]):
            missing.append(f"{name} (not on the path)")
            continue
        find = command(arguments, owner)
        best = max(rate_of_program(find, texts, options.seconds) for _ in range(options.runs))
        rows.append((name, *best, [find(text) for _, _, text, _ in CASES]))
        print(f"  {name}: {best[0] / 1e6:.2f} MB/s", file=sys.stderr, flush=True)
    if not shutil.which("Rscript"):
        missing.append("quanteda's tokens_lookup (no R)")

    print("| | MB/s of one core | marsad is faster by | mentions in 1 MB |")
    print("|---|---:|---:|---:|")
    for name, rate, count, size, _ in rows:
        ratio = "" if name == "marsad scan" else f"{ours / rate:.1f} ×"
        print(f"| {name} | {rate / 1e6:.2f} | {ratio} | {count / (size / 1e6):.0f} |")
    kinds = list(dict.fromkeys(kind for kind, *_ in CASES))
    print(f"\n| wrong of | {' | '.join(f'{kind} ({sum(case[0] == kind for case in CASES)})' for kind in kinds)} | right of {len(CASES)} |")
    print("|---|" + "---:|" * (len(kinds) + 1))
    for name, *_, found in rows:
        right, wrong = faults(found)
        print(f"| {name} | {' | '.join(str(wrong[kind]) for kind in kinds)} | {right} |")
    if missing:
        print("\nNot tried: " + "; ".join(missing) + ".")


if __name__ == "__main__":
    main()

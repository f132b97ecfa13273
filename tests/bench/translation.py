"""Speed, memory and quality of Dragoman beside Argos Translate and bare CTranslate2, in one run.

    python tests/bench/translation.py [--repeat N] [--article FILE] [--set PREFIX]… [FILE…]

needs the extra `bench`. All three translate the same text with the same package, the same beam and all cores:

(a) Argos Translate's own API, given an article's text, a paragraph a line. Its usual sentence splitter (MiniSBD) wants
    to download a model; here it uses spaCy's rule-based sentencizer, another of those that it supports.
(b) CTranslate2 alone on the sentences that Dragoman decodes, already cut, tokenised and sorted by length, in batches of
    1,024 tokens, two of them at a time: the ceiling.
(c) Dragoman: reading, cutting, decoding, the ladder, localisation, writing.

"Whole process" counts from the start of the interpreter to its end; "warm" is translating again in the same process.
Of N repetitions the fastest counts: everything else on the machine only adds time. Memory is the peak resident set.

With --set, BLEU and chrF (sacrebleu) of (b) and (c) on PREFIX.fr and PREFIX.en; for (c) both before localisation (as
references keep straight quotation marks) and after it.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
BEAM = 4


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("files", nargs="*")
    parser.add_argument("--set", dest="sets", action="append", default=[], metavar="PREFIX")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--article", help="the article that is also translated alone")
    parser.add_argument("--worker", choices=("argos", "raw", "dragoman"), help=argparse.SUPPRESS)
    parser.add_argument("--work", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.worker:
        work(options.worker, Path(options.work), options.repeat)
        return
    files = options.files or [str(path) for path in sorted((ROOT / "examples").glob("*.fr.*"))]
    article = options.article or str(ROOT / "examples" / "business-ai.fr.txt")
    start_up()
    compare("all articles", files, options.repeat)
    compare("one article", [article], options.repeat)
    sets = options.sets
    if not sets and SHARED.is_dir():
        sets = [str(SHARED / "eval" / "translation" / name) for name in ("newstest2012", "flores-dev")]
    if sets:
        quality(sets)


def start_up() -> None:
    def fastest(*command: str) -> float:
        times = []
        for _ in range(5):
            begin = time.perf_counter()
            subprocess.run([sys.executable, *command], check=True, stdout=subprocess.DEVNULL)
            times.append(time.perf_counter() - begin)
        return min(times)

    help_, bare = fastest("-m", "dragoman", "--help"), fastest("-c", "import typer, rich.console")
    print(f"dragoman --help: {help_:.2f} s; importing typer and rich alone: {bare:.2f} s; ratio {help_ / bare:.2f}\n")


def compare(title: str, files: list[str], repeat: int) -> None:
    from dragoman.article.read import read
    from dragoman.engine import packages
    from dragoman.engine.ladder import _prepared
    from dragoman.engine.model import Model
    from dragoman.pipeline import identity, translate

    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        articles = [read(file) for file in files]
        cut = translate(articles, identity, None)
        sentences = [s.source for t in cut for s in t.segments if s.origin == "model"]
        model = Model(packages.bundled())
        tokens = sorted((model.encode(_prepared(s, ())[0]) for s in sentences), key=len, reverse=True)
        texts = ["\n".join(block.text for block in a.blocks if not block.boilerplate) for a in articles]
        words = sum(len(text.split()) for text in texts)
        (place / "input.json").write_text(json.dumps({"files": files, "texts": texts, "tokens": tokens}))
        with zipfile.ZipFile(packages.bundled().path) as archive:
            archive.extractall(place / "packages")
        print(f"{title}: {len(files)} files, {words} words, {len(sentences)} sentences")
        print(f"{'':22}{'whole process':>14}{'warm':>9}{'words/s':>9}{'memory':>9}")
        results = {}
        for name, label in (
            ("argos", "(a) Argos Translate"),
            ("raw", "(b) CTranslate2 alone"),
            ("dragoman", "(c) Dragoman"),
        ):
            results[name] = run(name, place, repeat)
            whole, warm, memory, _ = results[name]
            print(f"{label:22}{whole:12.2f} s{warm:7.2f} s{words / warm:9.0f}{memory:6.0f} MB")
        (whole_a, warm_a, _, _), (_, warm_b, _, cold_b), (whole_c, warm_c, _, _) = results.values()
        print(f"(a) : (c) = {warm_a / warm_c:.2f} warm, {whole_a / whole_c:.2f} whole process")
        print(f"(b) : (c) = {warm_b / warm_c:.2f} warm (share of the ceiling's speed)")
        print(f"(c) whole process : (b) loading and decoding once = {whole_c / cold_b:.2f}\n")


def run(name: str, place: Path, repeat: int) -> tuple[float, float, float, float]:
    """Return seconds for the whole process, warm, peak memory in MB, and seconds to load and translate once."""
    environment = {
        **os.environ,
        "ARGOS_PACKAGES_DIR": str(place / "packages"),
        "ARGOS_CHUNK_TYPE": "SPACY",
        "XDG_CACHE_HOME": str(place / "cache"),
        "XDG_DATA_HOME": str(place / "data"),
        "XDG_CONFIG_HOME": str(place / "config"),
    }
    command = [sys.executable, __file__, "--worker", name, "--work", str(place), "--repeat"]
    whole = []
    for _ in range(repeat):
        begin = time.perf_counter()
        if name == "dragoman":
            files = json.loads((place / "input.json").read_text())["files"]
            cli = [sys.executable, "-m", "dragoman", "translate", "--model", "bundled", "--beam", str(BEAM), "--format"]
            subprocess.run([*cli, "json", *files], check=True, env=environment, stdout=subprocess.DEVNULL)
        else:
            subprocess.run([*command, "0"], check=True, env=environment, stdout=subprocess.PIPE)
        whole.append(time.perf_counter() - begin)
    answer = subprocess.run([*command, str(repeat)], check=True, env=environment, stdout=subprocess.PIPE)
    warm, memory, cold = json.loads(answer.stdout.splitlines()[-1])
    return min(whole), warm, memory, cold


def work(name: str, place: Path, repeat: int) -> None:
    """In a process of its own: load, translate once, then `repeat` times more; print what it took as JSON."""
    given = json.loads((place / "input.json").read_text())
    begin = time.perf_counter()
    translate = {"argos": argos, "raw": raw, "dragoman": dragoman}[name](place, given)
    load = time.perf_counter() - begin
    times = []
    for _ in range(repeat + 1):
        begin = time.perf_counter()
        translate()
        times.append(time.perf_counter() - begin)
    print(json.dumps([min(times), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, load + times[0]]))


def argos(place, given):
    import spacy

    # Where Argos Translate expects the spaCy pipeline that it would download; it adds the sentencizer itself.
    pipeline = place / "cache" / "argos-translate" / "spacy"
    if not pipeline.exists():
        pipeline.mkdir(parents=True)
        spacy.blank("fr").to_disk(pipeline)
        (pipeline / "senter").mkdir()
        (pipeline / "senter" / "model").touch()
    from argostranslate import translate

    translation = translate.get_translation_from_codes("fr", "en")
    # What it keeps of the call before would make the next one free.
    underlying = getattr(translation, "underlying", translation)
    underlying.translate("Bonjour.")
    return lambda: [underlying.translate(text) for text in given["texts"]]


def raw(place, given):
    import ctranslate2

    path = next((place / "packages").iterdir()) / "model"
    threads = len(os.sched_getaffinity(0))
    translator = ctranslate2.Translator(str(path), inter_threads=threads, intra_threads=1)
    return partial(
        translator.translate_batch, given["tokens"], beam_size=BEAM, max_batch_size=1024, batch_type="tokens"
    )


def dragoman(_place, given):
    from dragoman.article.read import read
    from dragoman.engine import ladder, packages
    from dragoman.engine.model import Model
    from dragoman.pipeline import check_language, translate
    from dragoman.report import json as report

    model = Model(packages.bundled(), beam=BEAM)

    def run() -> None:
        articles = [read(file) for file in given["files"]]
        for article in articles:
            check_language(article)
        report.report(translate(articles, partial(ladder.translate, model), "en-US"), model, "en-US")

    return run


def quality(sets: list[str]) -> None:
    import sacrebleu

    from dragoman.article.model import Article, Format, Kind, TextMap
    from dragoman.engine import ladder, packages
    from dragoman.engine.model import Model
    from dragoman.pipeline import translate

    model = Model(packages.bundled(), beam=BEAM)
    bleu, chrf = sacrebleu.BLEU(), sacrebleu.CHRF()
    for prefix in sets:
        source = Path(f"{prefix}.fr").read_text(encoding="utf-8").removesuffix("\n").split("\n")
        reference = Path(f"{prefix}.en").read_text(encoding="utf-8").removesuffix("\n").split("\n")
        blocks = []
        at = 0
        for line in source:
            text = TextMap()
            text.add(line, at)
            blocks.append(text.block(Kind.PARAGRAPH, at, at + len(line)))
            at += len(line) + 1
        article = Article(prefix, Format.TEXT, "\n".join(source), tuple(blocks))
        outputs = {"(b) CTranslate2 alone": [h[0].text for h in model.translate([model.encode(s) for s in source])]}
        for label, locale in (("(c) Dragoman, no locale", None), ("(c) Dragoman, en-US", "en-US")):
            lines = [[] for _ in source]
            for segment in translate([article], partial(ladder.translate, model), locale)[0].segments:
                lines[segment.block].append(segment.translation)
            outputs[label] = [" ".join(parts) for parts in lines]
        for label, output in outputs.items():
            scores = bleu.corpus_score(output, [reference]).score, chrf.corpus_score(output, [reference]).score
            print(f"{Path(prefix).name:14} {label:24} BLEU {scores[0]:.1f}  chrF {scores[1]:.1f}", flush=True)
    print(f"BLEU {bleu.get_signature()}\nchrF {chrf.get_signature()}")


if __name__ == "__main__":
    main()

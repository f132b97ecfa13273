"""Speed, memory and quality of Dragoman beside Argos Translate and bare CTranslate2, in one run.

    python tests/bench/translation.py [--repeat N] [--article FILE] [--set PREFIX]… [FILE…]

needs the extra `bench`. All three translate the same text with the same package, the same beam and all cores:

(a) Argos Translate's own API, given an article's text, a paragraph a line. Its usual sentence splitter (MiniSBD) wants
    to download a model; here it uses spaCy's rule-based sentencizer, another of those that it supports.
(b) CTranslate2 alone on the sentences that Dragoman decodes, already cut, tokenised and sorted by length, in batches
    of 1,024 tokens, two of them at a time: the ceiling.
(c) Dragoman: reading, cutting, decoding, the ladder, localisation, writing; without glossaries, as the others have
    none.

"Whole process" counts from the start of the interpreter to its end; "warm" is translating again in the same process.
The three take turns, and of N repetitions the fastest counts: everything else on the machine only adds time. Memory is
the peak resident set.

With --set, BLEU and chrF (sacrebleu) of (b) and (c) on PREFIX.fr and PREFIX.en; for (c) both before localisation (as
references keep straight quotation marks) and after it.
"""

from __future__ import annotations

import argparse
import json
import os
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
LABELS = {"argos": "(a) Argos Translate", "raw": "(b) CTranslate2 alone", "dragoman": "(c) Dragoman"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("files", nargs="*")
    parser.add_argument("--set", dest="sets", action="append", default=[], metavar="PREFIX")
    parser.add_argument("--speed", action="store_true", help="leave the scores out")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--article", help="the article that is also translated alone")
    parser.add_argument("--worker", choices=("argos", "raw", "dragoman", "all"), help=argparse.SUPPRESS)
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
    if sets and not options.speed:
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
        whole, memory = whole_processes(place, files, repeat)
        warm, cold = in_one_process(place, repeat)
        print(f"{'':22}{'whole process':>14}{'warm':>9}{'words/s':>9}{'memory':>9}")
        for name, label in LABELS.items():
            speed = words / warm[name]
            print(f"{label:22}{whole[name]:12.2f} s{warm[name]:7.2f} s{speed:9.0f}{memory[name]:6.0f} MB")
        a_to_c = warm["argos"] / warm["dragoman"], whole["argos"] / whole["dragoman"]
        print(f"(a) : (c) = {a_to_c[0]:.2f} warm, {a_to_c[1]:.2f} whole process")
        print(f"(b) : (c) = {warm['raw'] / warm['dragoman']:.2f} warm (share of the ceiling's speed)")
        print(
            f"(c) whole process : (b) loading and decoding once = {whole['dragoman'] / cold['raw']:.2f}\n", flush=True
        )


def whole_processes(place: Path, files: list[str], repeat: int) -> tuple[dict[str, float], dict[str, float]]:
    """Return the fastest seconds and the peak memory in MB of each; they take turns, so that no one has a fast hour."""
    seconds = dict.fromkeys(LABELS, float("inf"))
    memory = dict.fromkeys(LABELS, 0.0)
    cli = [
        "-m",
        "dragoman",
        "translate",
        "--model",
        "bundled",
        "--beam",
        str(BEAM),
        "--no-glossary",
        "--format",
        "json",
    ]
    for _ in range(repeat):
        for name in LABELS:
            arguments = [*cli, *files] if name == "dragoman" else [__file__, "--worker", name, "--work", str(place)]
            begin = time.perf_counter()
            process = subprocess.Popen(
                [sys.executable, *arguments],
                env=environment(place),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            _, status, usage = os.wait4(process.pid, 0)
            assert status == 0, arguments
            seconds[name] = min(seconds[name], time.perf_counter() - begin)
            memory[name] = max(memory[name], usage.ru_maxrss / 1024)
    return seconds, memory


def in_one_process(place: Path, repeat: int) -> tuple[dict[str, float], dict[str, float]]:
    """Return the fastest seconds of each when warm, and the seconds to load and translate once."""
    command = [sys.executable, __file__, "--worker", "all", "--work", str(place), "--repeat", str(repeat)]
    answer = subprocess.run(command, check=True, env=environment(place), stdout=subprocess.PIPE)
    warm, cold = json.loads(answer.stdout.splitlines()[-1])
    return warm, cold


def environment(place: Path) -> dict[str, str]:
    return {
        **os.environ,
        "ARGOS_PACKAGES_DIR": str(place / "packages"),
        "ARGOS_CHUNK_TYPE": "SPACY",
        "XDG_CACHE_HOME": str(place / "cache"),
        "XDG_DATA_HOME": str(place / "data"),
        "XDG_CONFIG_HOME": str(place / "config"),
    }


def work(name: str, place: Path, repeat: int) -> None:
    """In a process of its own: load and translate once, or all three in turns."""
    given = json.loads((place / "input.json").read_text())
    ways = {"argos": argos, "raw": raw, "dragoman": dragoman}
    if name != "all":
        ways[name](place, given)()
        return
    ready, cold, warm = {}, {}, dict.fromkeys(ways, float("inf"))
    for way, load in ways.items():
        begin = time.perf_counter()
        ready[way] = load(place, given)
        ready[way]()
        cold[way] = time.perf_counter() - begin
    for _ in range(repeat):
        for way, translate in ready.items():
            begin = time.perf_counter()
            translate()
            warm[way] = min(warm[way], time.perf_counter() - begin)
    print(json.dumps([warm, cold]))


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
        report.report(translate(articles, partial(ladder.stream, model), "en-US"), model, "en-US")

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
            for segment in translate([article], partial(ladder.stream, model), locale)[0].segments:
                lines[segment.block].append(segment.translation)
            outputs[label] = [" ".join(parts) for parts in lines]
        for label, output in outputs.items():
            scores = bleu.corpus_score(output, [reference]).score, chrf.corpus_score(output, [reference]).score
            print(f"{Path(prefix).name:14} {label:24} BLEU {scores[0]:.1f}  chrF {scores[1]:.1f}", flush=True)
    print(f"BLEU {bleu.get_signature()}\nchrF {chrf.get_signature()}")


if __name__ == "__main__":
    main()

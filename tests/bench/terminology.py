"""Terminology accuracy beside BLEU and chrF, with the rungs of the ladder switched on one after the other.

    python tests/bench/terminology.py [--limit N] [PREFIX…]

needs the extra `bench`. PREFIX.fr and PREFIX.en are parallel text, a sentence a line; the built-in glossaries are the
term list. A term of the source counts where its entry can be right at all: where the human reference has one of its
forms (as in the WMT shared tasks on terminology, which draw their terms from aligned pairs; Semenov et al., WMT 2023).
The accuracy is the share of those terms that have one of their forms in the output, each occurrence counted once. It
is also given for all terms that the glossaries find, whatever the reference says.

The generic path leaves the package's declared constraints and placeholders unused, as with Argos Translate's packages.
Scores are before localisation, as references keep straight quotation marks.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import replace
from functools import partial
from pathlib import Path

import sacrebleu

from dragoman.article.model import Article, Format, Kind, TextMap
from dragoman.engine import ladder, packages
from dragoman.engine.ladder import Rung
from dragoman.engine.model import Model
from dragoman.glossary.match import compile as compiled
from dragoman.glossary.resolve import resolve
from dragoman.pipeline import translate
from dragoman.protect.span import SpanKind, missing

SHARED = Path(__file__).resolve().parents[3] / "shared" / "eval" / "translation"
STEPS = (Rung.PLAIN, Rung.STEERED, Rung.CHOSEN, Rung.MASKED, Rung.MENDED)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("prefixes", nargs="*", default=[str(SHARED / "newstest2012")])
    parser.add_argument("--limit", type=int, help="only the first N sentences that have a term")
    options = parser.parse_args()
    matcher = compiled(resolve([]).entries)
    model = Model(packages.bundled())
    declared = model.package
    for prefix in options.prefixes:
        source = Path(f"{prefix}.fr").read_text(encoding="utf-8").removesuffix("\n").split("\n")
        reference = Path(f"{prefix}.en").read_text(encoding="utf-8").removesuffix("\n").split("\n")
        pairs = [(s, r) for s, r in zip(source, reference, strict=True) if matcher.find(s)][: options.limit]
        print(f"{Path(prefix).name}: {len(pairs)} of {len(source)} sentences have a term")
        print(f"{'':34}{'accuracy':>9}{'all terms':>10}{'BLEU':>7}{'chrF':>7}{'seconds':>9}  rungs")
        run(pairs, model, None, frozenset(Rung), "no glossary", matcher)
        for label, package in (
            ("declared", declared),
            ("generic", replace(declared, constraint_token=None, placeholders=())),
        ):
            model.package = package
            for count in range(1, len(STEPS) + 1):
                if label == "generic" and STEPS[count - 1] is Rung.STEERED:
                    continue
                rungs = frozenset(STEPS[:count])
                run(pairs, model, matcher, rungs, f"{label}, up to {STEPS[count - 1]}", matcher)
        model.package = declared


def run(pairs, model, matcher, rungs, label, terms):
    blocks, at = [], 0
    for line, _ in pairs:
        text = TextMap()
        text.add(line, at)
        blocks.append(text.block(Kind.PARAGRAPH, at, at + len(line)))
        at += len(line) + 1
    article = Article("set", Format.TEXT, "\n".join(line for line, _ in pairs), tuple(blocks))
    # First mentions are a matter of articles; here each sentence stands alone.
    begin = time.perf_counter()
    engine = partial(ladder.translate, model, rungs=rungs)
    done = translate([article], plainly(engine), None, matchers=[matcher])[0]
    seconds = time.perf_counter() - begin
    lines = [[] for _ in pairs]
    used: dict[str, int] = {}
    for segment in done.segments:
        lines[segment.block].append(segment.translation)
        used[segment.result.rung] = used.get(segment.result.rung, 0) + 1
    output = [" ".join(parts) for parts in lines]
    right = [0, 0]
    found = [0, 0]
    reached = translate([article], plainly(engine_of_nothing), None, matchers=[terms])[0]
    spans: list[list] = [[] for _ in pairs]
    for segment in reached.segments:
        spans[segment.block] += [span for span in segment.spans if span.kind is SpanKind.TERM]
    for (_, reference), line, terms_here in zip(pairs, output, spans, strict=True):
        lost = missing(terms_here, line)
        beyond = missing(terms_here, reference)
        found[1] += len(terms_here)
        right[1] += len(terms_here) - len(lost)
        sure = [span for span in terms_here if span not in beyond]
        found[0] += len(sure)
        right[0] += sum(span not in lost for span in sure)
    references = [[reference for _, reference in pairs]]
    bleu = sacrebleu.corpus_bleu(output, references).score
    chrf = sacrebleu.corpus_chrf(output, references).score
    shares = [f"{100 * r / f:.2f}%" for r, f in zip(right, found, strict=True)]
    steps = ", ".join(f"{rung} {count}" for rung, count in sorted(used.items()))
    print(f"{label:34}{shares[0]:>9}{shares[1]:>10}{bleu:7.2f}{chrf:7.2f}{seconds:9.1f}  {steps}", flush=True)


def plainly(engine):
    """Drop the forms for first mentions, which no sentence of a test set is the first to make."""
    return lambda requests: engine([replace(r, spans=tuple(replace(s, first="") for s in r.spans)) for r in requests])


def engine_of_nothing(requests):
    return [ladder.Result(r.text, None, Rung.PLAIN) for r in requests]


if __name__ == "__main__":
    main()

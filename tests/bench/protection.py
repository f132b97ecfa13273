"""What survives translation: codes, terms, names, figures and quotations, with the rungs of the ladder one by one.

    python tests/bench/protection.py [--limit N] [PREFIX…]

needs the extra `bench`. PREFIX.fr and PREFIX.en are parallel text, a sentence a line. For each kind of span, the table
has the share of the spans in the source whose required form is in the output, each occurrence counted once; a figure
counts by its value. "Quotations" is the share of the segments with quotation marks that open and close in the output as
in the source. Scores are before localisation, as the references keep straight quotation marks.

"unprotected" is the model alone, which knows of no span. The generic path leaves the package's declared constraints
and placeholders unused, as with Argos Translate's own packages. Beside all sentences, the scores are also given for
those in which protection changed the translation.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from dataclasses import replace
from functools import partial
from pathlib import Path

import sacrebleu

from dragoman.article.model import Article, Format, Kind, TextMap
from dragoman.engine import ladder, packages
from dragoman.engine.ladder import Rung
from dragoman.engine.model import Model
from dragoman.engine.quoting import fit
from dragoman.glossary.match import compile as compiled
from dragoman.glossary.resolve import resolve
from dragoman.pipeline import Origin, translate
from dragoman.protect.span import SpanKind, missing

SHARED = Path(__file__).resolve().parents[3] / "shared" / "eval" / "translation"
STEPS = (Rung.PLAIN, Rung.STEERED, Rung.CHOSEN, Rung.MASKED, Rung.MENDED)
KINDS = (SpanKind.CODE, SpanKind.TERM, SpanKind.ENTITY, SpanKind.FIGURE)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("prefixes", nargs="*", default=[str(SHARED / "newstest2012"), str(SHARED / "flores-dev")])
    parser.add_argument("--limit", type=int, help="only the first N sentences")
    parser.add_argument("--lost", action="store_true", help="list the spans that the full ladder loses")
    options = parser.parse_args()
    matcher = compiled(resolve([]).entries)
    model = Model(packages.bundled())
    declared = model.package
    for prefix in options.prefixes:
        source = Path(f"{prefix}.fr").read_text(encoding="utf-8").removesuffix("\n").split("\n")[: options.limit]
        reference = Path(f"{prefix}.en").read_text(encoding="utf-8").removesuffix("\n").split("\n")[: options.limit]
        print(f"{Path(prefix).name}: {len(source)} sentences")
        kinds = "".join(f"{kind:>10}" for kind in (*KINDS, "quotations"))
        print(f"{'':30}{kinds}{'BLEU':>7}{'chrF':>7}{'BLEU*':>7}{'seconds':>9}  rungs (*: changed sentences)")
        first = run(source, reference, matcher, partial(bare, model), "unprotected", None)
        for label, package in (
            ("declared", declared),
            ("generic", replace(declared, constraint_token=None, placeholders=())),
        ):
            model.package = package
            for count in range(1, len(STEPS) + 1):
                if (label == "generic" and count < len(STEPS)) or STEPS[count - 1] is Rung.PLAIN:
                    continue
                rungs = frozenset(STEPS[:count])
                engine = plainly(partial(ladder.translate, model, rungs=rungs))
                lost = options.lost and count == len(STEPS)
                run(source, reference, matcher, engine, f"{label}, up to {STEPS[count - 1]}", first, lost=lost)
        model.package = declared


def run(source, reference, matcher, engine, label, first, *, lost=False):
    articles = []
    for line in source:
        text = TextMap()
        text.add(line, 0)
        articles.append(Article("line", Format.TEXT, line, (text.block(Kind.PARAGRAPH, 0, len(line)),)))
    begin = time.perf_counter()
    done = translate(articles, engine, None, matchers=[matcher] * len(articles))
    seconds = time.perf_counter() - begin
    output, used = [], Counter()
    found, kept = Counter(), Counter()
    for translation in done:
        output.append(" ".join(segment.translation for segment in translation.segments))
        for segment in translation.segments:
            if segment.origin is not Origin.MODEL:  # a name or a figure alone: without a locale it is copied
                continue
            used[segment.result.rung] += 1
            gone = missing(segment.spans, segment.translation)
            found.update(span.kind for span in segment.spans)
            kept.update(span.kind for span in segment.spans)
            kept.subtract(span.kind for span in gone)
            if segment.quotes:
                found["quotations"] += 1
                fits = fit(segment.source, segment.quotes, (), segment.translation)
                kept["quotations"] += fits
                if lost and not fits:
                    print(f"  quotation: {segment.source} → {segment.translation}")
            if lost:
                for span in gone:
                    print(f"  {span.kind}: {span.render} in {segment.source} → {segment.translation}")
    shares = "".join(
        f"{100 * kept[kind] / found[kind]:9.2f}%" if found[kind] else f"{'–':>10}" for kind in (*KINDS, "quotations")
    )
    bleu = sacrebleu.corpus_bleu(output, [reference]).score
    chrf = sacrebleu.corpus_chrf(output, [reference]).score
    changed = [n for n, line in enumerate(output) if first and line != first[n]]
    gain = ""
    if changed:
        theirs = [[reference[n] for n in changed]]
        before = sacrebleu.corpus_bleu([first[n] for n in changed], theirs).score
        gain = f"{sacrebleu.corpus_bleu([output[n] for n in changed], theirs).score - before:+.2f}"
    steps = ", ".join(f"{rung} {count}" for rung, count in sorted(used.items()))
    print(f"{label:30}{shares}{bleu:7.2f}{chrf:7.2f}{gain:>7}{seconds:9.1f}  {steps}", flush=True)
    if first is None:
        print(f"{'':30}" + "".join(f"{found[kind]:10}" for kind in (*KINDS, "quotations")))
    return output


def bare(model, requests):
    return ladder.translate(model, [replace(r, spans=(), marks=None) for r in requests], rungs={Rung.PLAIN})


def plainly(engine):
    """Drop the forms for first mentions, which no sentence of a test set is the first to make."""
    return lambda requests: engine([replace(r, spans=tuple(replace(s, first="") for s in r.spans)) for r in requests])


if __name__ == "__main__":
    main()

"""Writes what `dragoman compare` found about two systems: for people, as JSON, and as an HTML page."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from dragoman import __version__
from dragoman.report import page as pages
from dragoman.report.escape import for_html, for_terminal
from dragoman.report.word_diff import differences

if TYPE_CHECKING:
    from rich.console import Console

    from dragoman.check.finding import Finding
    from dragoman.regress.compare_systems import Difference, Side, SideBySide


def text(found: SideBySide, count: int, width: int) -> str:
    """Return plain text: the figures of both systems, and that many of the sentences that differ most.

    The words that differ are marked as Git marks them: [-of A-], {+of B+}.
    """
    from dragoman.report.layout import printed

    return printed(lambda console: print_text(found, count, console), width)


def print_text(found: SideBySide, count: int, console: Console) -> None:
    """Print the same to a terminal, where colours do instead of marks."""
    from rich.text import Text

    from dragoman.report.layout import print_sentence, print_table

    for letter, side in (("A", found.a), ("B", found.b)):
        console.print(Text(for_terminal(f"{letter}  {_name(side)}"), style="bold"))
        console.print(Text(for_terminal(f"   {_details(side)}"), style="dim"))
    console.print()
    print_table(console, ("", "A", "B", "B − A", ""), list(_figures(found)))
    console.print()
    console.print(_summary(found))
    for difference in found.most_different(count):
        console.print()
        print_sentence(
            console,
            place=f"{difference.article}:{difference.line}",
            label=_label(difference),
            colour={"better": "green", "worse": "red"}.get(_verdict(difference), "yellow"),
            texts=[("source", difference.source)],
            names=("A", "B"),
            sentences=(difference.a, difference.b),
            behind=[("reference", difference.reference)] if difference.reference else [],
            why=_why(difference),
        )


def as_json(found: SideBySide) -> str:
    """Return everything as JSON; the sentences that differ are all there, the best for B first.

    `lead` is how much better B is (see `Difference`), `p` the probability that a difference in score is chance, and
    null is what is not known. Lines count from 1.
    """
    document = {
        "dragoman": __version__,
        "a": asdict(found.a),
        "b": asdict(found.b),
        "articles": list(found.articles),
        "sentences": {"compared": found.sentences, "different": len(found.differences), "left_out": found.missing},
        "metrics": [
            {
                "name": metric.name,
                "a": metric.old,
                "b": metric.new,
                "p": metric.p,
                "significant": metric.significant,
                "signature": metric.signature,
            }
            for metric in found.metrics
        ],
        "accuracy": [
            {
                "what": accuracy.what,
                "a": {"kept": accuracy.a[0], "all": accuracy.a[1]},
                "b": {"kept": accuracy.b[0], "all": accuracy.b[1]},
            }
            for accuracy in found.accuracies
        ],
        "differences": [_record(difference) for difference in found.differences],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _record(difference: Difference) -> dict[str, Any]:
    return {
        "file": difference.article,
        "line": difference.line,
        "lead": round(difference.lead, 2),
        "chrf": None if difference.chrf is None else round(difference.chrf, 2),
        "distance": round(difference.distance, 4),
        "source": difference.source,
        "a": difference.a,
        "b": difference.b,
        "reference": difference.reference,
        "findings_a": [_finding(finding) for finding in difference.findings_a],
        "findings_b": [_finding(finding) for finding in difference.findings_b],
    }


def _finding(finding: Finding) -> dict[str, str]:
    return {"check": finding.check, "severity": finding.severity, "message": finding.message}


def html(found: SideBySide, count: int) -> str:
    """Return a page that needs no other file and no network; that many sentences are on it."""
    shown = found.most_different(count)
    title = f"A: {_name(found.a)} – B: {_name(found.b)}"
    body = ["<h1>Two systems on the same articles</h1>\n"]
    for letter, side in (("A", found.a), ("B", found.b)):
        body.append(
            f'<p><b>{letter}</b> {for_html(_name(side))}<br><span class="dim">{for_html(_details(side))}</span></p>\n'
        )
    rows = [[for_html(cell) for cell in row] for row in _figures(found)]
    body.append(pages.table(("", "A", "B", "B − A", ""), rows))
    body.append(f"<p>{for_html(_summary(found))}</p>\n")
    verdicts = {name: sum(_verdict(d) == name for d in shown) for name in ("better", "even", "worse")}
    body.append(pages.filters({name: n for name, n in verdicts.items() if n}, sorted({d.article for d in shown})))
    body.append(f"<section>\n{''.join(map(_case, shown))}</section>\n")
    return pages.page(title, "".join(body), verdicts)


def _case(difference: Difference) -> str:
    one, other = differences(difference.a, difference.b)
    texts = [("Source", "fr", for_html(difference.source), True)]
    texts += [("A", "en", pages.marked(one, "del"), False), ("B", "en", pages.marked(other, "ins"), False)]
    if difference.reference:
        texts.append(("Reference", "en", for_html(difference.reference), True))
    place = f"{difference.article}:{difference.line}"
    return pages.case(_verdict(difference), _label(difference), difference.article, place, _why(difference), texts)


def _name(side: Side) -> str:
    system = side.system
    return " + ".join([f"{system.model} {system.version}", *system.glossaries])


def _details(side: Side) -> str:
    system = side.system
    parts = [f"dragoman {system.dragoman}", *([f"beam {system.beam}"] if system.beam else []), system.checksum[:19]]
    return ", ".join(parts)


def _figures(found: SideBySide) -> Iterator[tuple[str, ...]]:
    """Yield the rows of the table: what, of A, of B, difference, and what is to be said about it."""
    for metric in found.metrics:
        remark = f"{'worse' if metric.loss > 0 else 'better'}, p = {metric.p:.3f}"
        if not metric.significant:
            remark = "the same" if metric.old == metric.new else f"may be chance, p = {metric.p:.3f}"
        yield metric.name, f"{metric.old:.1f}", f"{metric.new:.1f}", f"{metric.new - metric.old:+.1f}", remark
    for accuracy in found.accuracies:
        (kept_a, all_a), (kept_b, all_b) = accuracy.a, accuracy.b
        if all_a and all_b:
            share_a, share_b = 100 * kept_a / all_a, 100 * kept_b / all_b
            counts = f"{kept_a}/{all_a}, {kept_b}/{all_b}"
            yield accuracy.what, f"{share_a:.1f} %", f"{share_b:.1f} %", f"{share_b - share_a:+.1f}", counts
    for what, left, right in (
        ("errors", found.a.errors, found.b.errors),
        ("warnings", found.a.warnings, found.b.warnings),
    ):
        yield what, str(left), str(right), f"{right - left:+d}", ""
    one, other = found.a.words_per_second, found.b.words_per_second
    if one or other:
        ratio = f"× {other / one:.2f}" if one and other else ""
        yield "words a second", *("–" if speed is None else f"{speed:.0f}" for speed in (one, other)), ratio, ""


def _summary(found: SideBySide) -> str:
    differ = len(found.differences)
    better = sum(_verdict(d) == "better" for d in found.differences)
    worse = sum(_verdict(d) == "worse" for d in found.differences)
    left_out = f"; {found.missing} not compared" if found.missing else ""
    return f"{differ} of {found.sentences} sentences differ: B is better in {better}, worse in {worse}{left_out}"


def _verdict(difference: Difference) -> str:
    return "better" if difference.lead > 0 else "worse" if difference.lead < 0 else "even"


def _label(difference: Difference) -> str:
    verdict = {"better": "B is better", "worse": "A is better", "even": "different"}[_verdict(difference)]
    return f"{verdict} (chrF {difference.chrf:+.1f})" if difference.chrf else verdict


def _why(difference: Difference) -> list[str]:
    """Return what the checks found in one of the translations and not in the other."""

    def of(letter: str, ours: Sequence[Finding], theirs: Sequence[Finding]) -> list[str]:
        known = {(finding.check, finding.source) for finding in theirs}
        return [f"{letter}: {f.message} [{f.check}]" for f in ours if (f.check, f.source) not in known]

    return of("A", difference.findings_a, difference.findings_b) + of("B", difference.findings_b, difference.findings_a)

"""Writes what `dragoman regress` found as an HTML page: one file, to be opened from a CI artefact."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.regress.compare import Comparison, SegmentComparison, Verdict
from dragoman.report import page as pages
from dragoman.report import regress as reports
from dragoman.report.escape import for_html

if TYPE_CHECKING:
    from dragoman.regress.run import Outcome


def html(outcome: Outcome) -> str:
    """Return the page: the result, a table, and every sentence that is not the same, in the order of the articles."""
    first, *rest = reports.conclusion(outcome)
    verdicts = reports.verdicts_of(outcome)
    changed = [comparison for comparison in outcome.comparisons if reports.different(comparison)]
    result = "passed" if outcome.passed else "failed"
    body = [f'<h1 class="{result}">{for_html(first)}</h1>\n']
    if rest:
        body.append(f"<ul>{''.join(f'<li>{for_html(line)}</li>' for line in rest)}</ul>\n")
    body.append(_signature(outcome))
    anchors = {id(comparison): f"article-{number}" for number, comparison in enumerate(changed)}
    rows = [
        [_linked(label, anchors.get(id(comparison))), *(str(count or "·") for count in counts)]
        for label, comparison, counts in reports.table(outcome)
    ]
    body.append(pages.table(("article", *verdicts), rows))
    if outcome.metrics:
        cells = [[for_html(cell) for cell in reports.metric_row(metric)] for metric in outcome.metrics]
        body.append(pages.table(("metric", "before", "now", "change", ""), cells))
    boxes = {verdict.value: outcome.count(verdict) for verdict in verdicts if verdict is not Verdict.SAME}
    if changed:
        body.append(pages.filters(boxes, [comparison.article for comparison in changed]))
    for comparison in changed:
        body.append(f'<section id="{anchors[id(comparison)]}">\n<h2>{for_html(reports.name(comparison))}</h2>\n')
        body += [_case(comparison, segment) for segment in reports.different(comparison)]
        body.append("</section>\n")
    return pages.page(first, "".join(body), boxes)


def _signature(outcome: Outcome) -> str:
    """Return what the translations were made with now."""
    new = next((comparison.new for comparison in outcome.comparisons if comparison.new), None)
    if new is None:
        return ""
    signature = new.signature
    model = signature.model
    glossaries = ", ".join(f"{glossary.name} ({glossary.terms})" for glossary in signature.glossaries)
    facts = (
        f"dragoman {signature.dragoman}, model {model.name} {model.version} (sha256:{model.checksum[:12]}), "
        f"beam {signature.beam}, {signature.locale}, quotes: {signature.quotes}; glossaries: {glossaries or 'none'}"
    )
    return f'<p class="dim">{for_html(facts)}</p>\n'


def _linked(label: str, anchor: str | None) -> str:
    return f'<a href="#{anchor}">{for_html(label)}</a>' if anchor else for_html(label)


def _case(comparison: Comparison, segment: SegmentComparison) -> str:
    before, now = reports.parts_of(segment)
    texts = [(label.capitalize(), "fr", for_html(source), True) for label, source in reports.sources(segment)]
    alone = not (before and now)
    if before:
        texts.append(("Old", "en", pages.marked(before, "del"), alone))
    if now:
        texts.append(("New", "en", pages.marked(now, "ins"), alone))
    if segment.reference:
        texts.append(("Reference", "en", for_html(segment.reference), True))
    place = f"line {segment.line}" if segment.line else ""
    return pages.case(segment.verdict, segment.verdict, comparison.article, place, reports.reasons(segment), texts)

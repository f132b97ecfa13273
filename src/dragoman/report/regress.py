"""Writes what `dragoman regress` found: for people, as JSON, for CI as JUnit, GitHub annotations and a job summary.

Any text from an article is escaped. The HTML page is in `dragoman.report.regress_html`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from dragoman import __version__
from dragoman.check.finding import Severity
from dragoman.regress.compare import Comparison, SegmentComparison, Verdict
from dragoman.report import findings as lines_of
from dragoman.report.escape import for_markdown, for_terminal, for_xml
from dragoman.report.word_diff import Part, differences, marked, shown

if TYPE_CHECKING:
    from rich.console import Console

    from dragoman.regress.metrics import Score
    from dragoman.regress.run import Outcome
    from dragoman.regress.state import SegmentState

# Verdicts in the order in which an editor wants to see them.
ORDER = (
    Verdict.BROKEN,
    Verdict.CHANGED,
    Verdict.IMPROVED,
    Verdict.TYPOGRAPHY,
    Verdict.ADDED,
    Verdict.REMOVED,
    Verdict.SAME,
)
# Those of which a terminal, or a job summary, shows the sentences; it shows others only where they exceed a limit.
_SHOWN = (Verdict.BROKEN, Verdict.CHANGED, Verdict.IMPROVED)
_COLOURS = {Verdict.BROKEN: "red", Verdict.CHANGED: "yellow", Verdict.IMPROVED: "green"}
# Sentences in a terminal: who has more of them to read wants the HTML page.
_MOST_PRINTED = 100
_MOST_ANNOTATIONS = 50
# GitHub refuses a job summary of more than 1 MiB:
# https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions#step-isolation-and-limits
_MOST_SUMMARY = 900_000  # bytes
_MORE = "the HTML report has them: --format html"


def text(outcome: Outcome, width: int = 100) -> str:
    """Return plain text of a width for a pipe or a file; words that differ are marked as Git does: [-was-], {+is+}."""
    from dragoman.report.layout import printed

    return printed(lambda console: print_text(outcome, console), width)


def print_text(outcome: Outcome, console: Console) -> None:
    """Print the same to a terminal, where colours do instead of marks: a table, the sentences, and the result."""
    from rich.text import Text

    from dragoman.report.layout import print_sentence, print_table

    rows = [(label, *(str(count or "·") for count in counts)) for label, _, counts in table(outcome)]
    print_table(console, ("article", *verdicts_of(outcome)), rows)
    if outcome.metrics:
        console.print()
        print_table(console, ("metric", "before", "now", "change", ""), [metric_row(m) for m in outcome.metrics])
    wanted = list(_sentences(outcome, {*_SHOWN, *exceeding(outcome)}))
    for comparison, segment in wanted[:_MOST_PRINTED]:
        console.print()
        print_sentence(
            console,
            place=place(comparison, segment),
            label=segment.verdict,
            colour=_COLOURS.get(segment.verdict, "cyan"),
            texts=sources(segment),
            names=("old", "new"),
            sentences=translations(segment),
            behind=[("reference", segment.reference)] if segment.reference else [],
            why=reasons(segment),
        )
    if len(wanted) > _MOST_PRINTED:
        console.print(f"\n… and {len(wanted) - _MOST_PRINTED} more sentences; {_MORE}")
    console.print()
    for number, line in enumerate(conclusion(outcome)):
        style = ("bold green" if outcome.passed else "bold red") if number == 0 else ""
        console.print(Text(line, style=style))


def as_json(outcome: Outcome) -> str:
    """Return everything but the sentences that are the same, as JSON.

    `line` counts from 1 in the article; null where the sentence is there no more. `old` or `new` is null where there is
    none. `p` is the probability that the difference of a metric is chance.
    """
    document = {
        "dragoman": __version__,
        "suite": str(outcome.suite.folder),
        "passed": outcome.passed,
        "exceeded": list(outcome.exceeded),
        "causes": list(outcome.causes),
        "limits": asdict(outcome.suite.fail),
        "verdicts": {verdict: outcome.count(verdict) for verdict in ORDER},
        "metrics": [{**asdict(m), "loss": round(m.loss, 2), "significant": m.significant} for m in outcome.metrics],
        "articles": [
            {
                "article": comparison.article,
                "renamed_from": comparison.renamed_from or None,
                "causes": list(comparison.causes),
                "verdicts": {verdict: comparison.count(verdict) for verdict in ORDER},
                "segments": [_record(segment) for segment in different(comparison)],
            }
            for comparison in outcome.comparisons
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _record(segment: SegmentComparison) -> dict[str, Any]:
    return {
        "verdict": segment.verdict,
        "line": segment.line or None,
        "failures": [asdict(failure) for failure in segment.failures],
        "resolved": [asdict(failure) for failure in segment.resolved],
        "notes": list(segment.notes),
        "old": _state(segment.old),
        "new": _state(segment.new),
        "reference": segment.reference or None,
    }


def _state(state: SegmentState | None) -> dict[str, Any] | None:
    if state is None:
        return None
    return {
        "source": state.source,
        "translation": state.translation,
        "rung": state.rung,
        "findings": [asdict(finding) for finding in state.findings],
    }


def junit(outcome: Outcome) -> str:
    """Return a JUnit report: a suite for each article, a test for each of its sentences that is not the same.

    A test fails if there are more of its verdict than the project file allows; what became of the others is in their
    output. An article of which all is the same has one test, and one that was lost has one more, which fails. If limits
    of metrics are set, they are a suite, too.
    """
    failing = exceeding(outcome)
    root = ET.Element("testsuites", name="dragoman regress")
    for comparison in outcome.comparisons:
        suite = ET.SubElement(root, "testsuite", name=for_xml(comparison.article))
        segments = different(comparison)
        names: dict[str, int] = {}
        if comparison.lost:
            case = _case(suite, comparison.article, "baseline", 0)
            ET.SubElement(case, "failure", message=for_xml(comparison.lost), type="lost")
        for segment in segments:
            words = for_xml(_short(segment.source, 80))
            names[words] = names.get(words, 0) + 1
            again = f" ({names[words]})" if names[words] > 1 else ""
            case = _case(suite, comparison.article, f"{segment.verdict}: {words}{again}", segment.line)
            told = for_xml("\n".join([f"{place(comparison, segment)}: {segment.verdict}", *_told(segment)]) + "\n")
            if segment.verdict in failing:
                message = for_xml("; ".join(reasons(segment)) or segment.verdict)
                ET.SubElement(case, "failure", message=message, type=segment.verdict).text = told
            else:
                ET.SubElement(case, "system-out").text = told
        if not segments:
            _case(suite, comparison.article, "nothing changed", 0)
    limited = [(metric, limit) for metric in outcome.metrics if (limit := _limit(outcome, metric)) is not None]
    if limited:
        suite = ET.SubElement(root, "testsuite", name="metrics")
        for metric, limit in limited:
            case = _case(suite, "metrics", metric.name, 0)
            told = " ".join(metric_row(metric)) + f"\n{metric.signature}\n"
            if metric.significant and metric.loss > limit:
                message = f"a loss of {metric.loss:.2f}, and {limit:g} is allowed"
                ET.SubElement(case, "failure", message=message, type=metric.name).text = told
            else:
                ET.SubElement(case, "system-out").text = told
    for element in (*root, root):
        element.set("tests", str(len(element.findall(".//testcase"))))
        element.set("failures", str(len(element.findall(".//failure"))))
        element.set("errors", "0")
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _case(suite: ET.Element, article: str, name: str, line: int) -> ET.Element:
    case = ET.SubElement(suite, "testcase", classname=for_xml(article), name=name, time="0")
    if line:
        case.set("file", for_xml(article))
        case.set("line", str(line))
    return case


@dataclass(frozen=True, slots=True)
class _Annotation:
    """A note beside a line of an article, as `findings.github` takes it."""

    check: str
    severity: Severity
    message: str
    file: str
    line: int
    column: int = 0


def github(outcome: Outcome) -> str:
    """Return workflow commands: an annotation for each sentence that fails, or that is broken, changed or gone.

    Those that fail come first, and there are no more than the first fifty: GitHub shows ten errors and ten warnings of
    a step. Paths are relative to the working directory, as GitHub needs them, where the suite is below it.
    """
    failing = exceeding(outcome)
    folder = outcome.suite.folder.resolve()
    here = Path.cwd()
    sentences = list(_sentences(outcome, {*failing, Verdict.BROKEN, Verdict.CHANGED, Verdict.REMOVED}))
    sentences.sort(key=lambda found: found[1].verdict not in failing)
    notes = [_Annotation("Translations", Severity.ERROR, line, "", 0) for line in outcome.exceeded]
    for comparison, segment in sentences[:_MOST_ANNOTATIONS]:
        path = folder / comparison.article
        file = path.relative_to(here).as_posix() if path.is_relative_to(here) else str(path)
        severity = Severity.ERROR if segment.verdict in failing else Severity.WARNING
        notes.append(
            _Annotation(f"Translation {segment.verdict}", severity, "\n".join(_told(segment)), file, segment.line)
        )
    if len(sentences) > _MOST_ANNOTATIONS:
        more = f"… and {len(sentences) - _MOST_ANNOTATIONS} more sentences; {_MORE}"
        notes.append(_Annotation("Translations", Severity.WARNING, more, "", 0))
    return lines_of.github(notes)


def summary(outcome: Outcome) -> str:
    """Return Markdown for a job summary of GitHub: the result, tables, and the sentences behind details to open."""
    verdicts = verdicts_of(outcome)
    first, *rest = conclusion(outcome)
    lines = [f"### {for_markdown(first)}", ""]
    if rest:
        lines += [*(f"- {for_markdown(line)}" for line in rest), ""]
    head = ["article", *verdicts]
    lines += [_row(head), _row(["---", *["--:"] * len(verdicts)])]
    lines += [_row([for_markdown(called), *(str(n or "") for n in counts)]) for called, _, counts in table(outcome)]
    lines.append("")
    if outcome.metrics:
        lines += [_row(["metric", "before", "now", "change", ""]), _row(["---", "--:", "--:", "--:", "---"])]
        lines += [_row([for_markdown(cell) for cell in metric_row(metric)]) for metric in outcome.metrics]
        lines.append("")
    return "\n".join([*lines, *_details(outcome, _MOST_SUMMARY - _size(lines))])


def _details(outcome: Outcome, room: int) -> list[str]:
    """Return the sentences of each verdict as Markdown behind details to open, as many as there is room (bytes) for."""
    failing = exceeding(outcome)
    lines: list[str] = []
    left = 0
    for verdict, group in groupby(_sentences(outcome, {*_SHOWN, *failing}), lambda found: found[1].verdict):
        opened = False
        for comparison, segment in group:
            block = _markdown(comparison, segment)
            room -= _size(block)
            if room < 0:
                left += 1
                continue
            if not opened:
                is_open = " open" if verdict in failing else ""
                lines += [f"<details{is_open}><summary>{verdict} ({outcome.count(verdict)})</summary>", ""]
                opened = True
            lines += block
        if opened:
            lines += ["</details>", ""]
    return [*lines, f"… and {left} more sentences; {_MORE}", ""] if left else lines


def _size(lines: Sequence[str]) -> int:
    return sum(len(line.encode()) + 1 for line in lines)


def _markdown(comparison: Comparison, segment: SegmentComparison) -> list[str]:
    """Return the lines of a sentence: a list item, so that nothing in it can end the details that it is in."""
    lines = [f"**{for_markdown(place(comparison, segment))}**", ""]
    lines += [f"- {for_markdown(reason)}" for reason in reasons(segment)]
    lines += [f"- {label}: {for_markdown(source)}" for label, source in sources(segment)]
    for label, parts, tag in zip(("old", "new"), parts_of(segment), ("del", "ins"), strict=True):
        if parts:
            words = "".join(
                f"<{tag}>{for_markdown(shown(part))}</{tag}>" if part.changed else for_markdown(part.text)
                for part in parts
            )
            lines.append(f"- {label}: {words}")
    if segment.reference:
        lines.append(f"- reference: {for_markdown(segment.reference)}")
    return [*lines, ""]


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def html(outcome: Outcome) -> str:
    """Return a page that needs no other file and no network."""
    from dragoman.report import regress_html

    return regress_html.html(outcome)


# What the reports have in common.


def conclusion(outcome: Outcome) -> list[str]:
    """Return the result in a line, the limits that are exceeded, and what is likely to be the cause."""
    counts = [f"{outcome.count(v)} {v}" for v in ORDER if v is not Verdict.SAME and outcome.count(v)]
    result = "passed" if outcome.passed else "failed"
    lines = [f"Translations {result}: {', '.join(counts) or 'nothing changed'}"]
    lines += outcome.exceeded
    if new := [comparison.article for comparison in outcome.comparisons if comparison.old is None]:
        lines.append(f"without a baseline: {', '.join(new)}; make it with dragoman regress update")
    if outcome.causes and counts:
        lines.append(f"likely cause: {'; '.join(outcome.causes)}")
    return [for_terminal(line) for line in lines]


def table(outcome: Outcome) -> list[tuple[str, Comparison | None, list[int]]]:
    """Return how many segments have each of the verdicts that occur: label, article, numbers.

    There is a row for each article in which something is not the same, one for all others, and the sum.
    """
    verdicts = verdicts_of(outcome)
    changed = [comparison for comparison in outcome.comparisons if different(comparison)]
    rows: list[tuple[str, Comparison | None, list[int]]] = [
        (name(comparison), comparison, [comparison.count(verdict) for verdict in verdicts]) for comparison in changed
    ]
    others = [comparison for comparison in outcome.comparisons if not different(comparison)]
    if others:
        label = f"{len(others)} article{'s' * (len(others) != 1)} unchanged"
        rows.append((label, None, [sum(c.count(verdict) for c in others) for verdict in verdicts]))
    if len(rows) > 1:
        rows.append(("together", None, [outcome.count(verdict) for verdict in verdicts]))
    return rows


def verdicts_of(outcome: Outcome) -> list[Verdict]:
    """Return the verdicts that occur, and `same` in any case."""
    return [verdict for verdict in ORDER if verdict is Verdict.SAME or outcome.count(verdict)]


def exceeding(outcome: Outcome) -> set[Verdict]:
    """Return the verdicts of which there are more segments than the project file allows."""
    limits = asdict(outcome.suite.fail)
    return {
        verdict
        for verdict in Verdict
        if (limit := limits.get(verdict.value)) is not None and outcome.count(verdict) > limit
    }


def different(comparison: Comparison) -> list[SegmentComparison]:
    """Return the segments of an article that are not the same, in the order of the article."""
    return [segment for segment in comparison.segments if segment.verdict is not Verdict.SAME]


def reasons(segment: SegmentComparison) -> list[str]:
    """Return why a segment has its verdict, a line each: what fails now, what holds now, and what else is known."""
    failures = [f"{failure.what}: {failure.message}" for failure in segment.failures]
    resolved = [f"no longer: {failure.what}: {failure.message}" for failure in segment.resolved]
    return failures + resolved + list(segment.notes)


def translations(segment: SegmentComparison) -> tuple[str, str]:
    """Return the old and the new translation; "" where there is none."""
    return (segment.old.translation if segment.old else "", segment.new.translation if segment.new else "")


def parts_of(segment: SegmentComparison) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    """Return the old and the new translation in parts; one that stands alone is not marked."""
    old, new = translations(segment)
    if segment.old is None or segment.new is None:
        return tuple((Part(side, False),) if side else () for side in (old, new))  # type: ignore[return-value]
    return differences(old, new)


def place(comparison: Comparison, segment: SegmentComparison) -> str:
    """Return FILE:LINE, or the file alone for what is no more in it."""
    return f"{comparison.article}:{segment.line}" if segment.line else comparison.article


def name(comparison: Comparison) -> str:
    """Return what an article is called in a table."""
    article = comparison.article
    if comparison.new is None:
        return f"{article} (gone)"
    if comparison.old is None:
        return f"{article} (new)"
    return f"{article} (was {comparison.renamed_from})" if comparison.renamed_from else article


def _sentences(outcome: Outcome, verdicts: set[Verdict]) -> Iterator[tuple[Comparison, SegmentComparison]]:
    """Yield the segments with one of some verdicts, all of one verdict together."""
    for verdict in ORDER:
        if verdict in verdicts:
            for comparison in outcome.comparisons:
                for segment in comparison.segments:
                    if segment.verdict is verdict:
                        yield comparison, segment


def sources(segment: SegmentComparison) -> list[tuple[str, str]]:
    """Return the French, with its name; before and now, where it was edited."""
    if segment.old and segment.new and segment.old.source != segment.new.source:
        return [("source", segment.new.source), ("was", segment.old.source)]
    return [("source", segment.source)]


def _told(segment: SegmentComparison) -> list[str]:
    """Return a sentence as lines of plain text: why, the French, the old and the new translation."""
    lines = reasons(segment)
    lines += [f"{label}: {source}" for label, source in sources(segment)]
    for label, parts, marks in zip(("old", "new"), parts_of(segment), (("[-", "-]"), ("{+", "+}")), strict=True):
        if parts:
            lines.append(f"{label}: {marked(parts, *marks)}")
    return lines


def metric_row(metric: Score) -> tuple[str, str, str, str, str]:
    """Return a metric as cells of a table: name, before, now, change, and what that means."""
    if metric.old == metric.new:
        remark = "the same"
    elif metric.significant:
        remark = f"{'worse' if metric.loss > 0 else 'better'} (p = {metric.p:.3f})"
    else:
        remark = f"may be chance (p = {metric.p:.3f})"
    return metric.name, f"{metric.old:.2f}", f"{metric.new:.2f}", f"{metric.new - metric.old:+.2f}", remark


def _limit(outcome: Outcome, metric: Score) -> float | None:
    """Return the largest loss of a metric that the project file allows; None: it says nothing."""
    fail = outcome.suite.fail
    called = metric.name.lower()
    return fail.bleu if called.startswith("bleu") else fail.chrf if called.startswith("chrf") else fail.ter


def _short(sentence: str, width: int) -> str:
    return sentence if len(sentence) <= width else sentence[: width - 1].rstrip() + "…"

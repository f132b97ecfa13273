"""Writes findings in files for programs and for CI: lines, GitHub annotations, JUnit.

Whatever has a check, a severity, a message and a place can be written: what `dragoman check` finds in a translation,
and what `dragoman glossary lint` finds in a glossary.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Protocol
from xml.etree import ElementTree as ET

from dragoman.check.finding import Severity


class Placed(Protocol):
    """A finding and its place: line and column from 1, in characters; 0 is unknown."""

    @property
    def check(self) -> str:
        """The id of the check."""

    @property
    def severity(self) -> Severity:
        """How bad it is."""

    @property
    def message(self) -> str:
        """One line for an editor."""

    @property
    def file(self) -> str:
        """The path as it was given."""

    @property
    def line(self) -> int:
        """The line."""

    @property
    def column(self) -> int:
        """The column."""


def place(finding: Placed) -> str:
    """Return FILE:LINE:COLUMN, without what is unknown."""
    return ":".join([finding.file, *(str(number) for number in (finding.line, finding.column) if number)])


def text(findings: Iterable[Placed]) -> str:
    """Return a line for each: FILE:LINE:COLUMN: severity: message [check]."""
    return "".join(f"{place(f)}: {f.severity}: {f.message} [{f.check}]\n" for f in findings)


def counts(findings: Sequence[Placed]) -> dict[str, int]:
    """Return how many findings there are of each severity: errors, warnings."""
    return {f"{severity}s": sum(finding.severity is severity for finding in findings) for severity in Severity}


def github(findings: Iterable[Placed]) -> str:
    """Return workflow commands, which GitHub shows as annotations in the files.

    https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
    """

    def escape(value: object, more: Collection[str] = ()) -> str:
        return "".join(f"%{ord(char):02X}" if char in ("%", "\r", "\n", *more) else char for char in str(value))

    lines = []
    for finding in findings:
        properties = {"file": finding.file, "line": finding.line, "col": finding.column, "title": finding.check}
        places = ",".join(f"{key}={escape(value, (':', ','))}" for key, value in properties.items() if value)
        lines.append(f"::{finding.severity} {places}::{escape(finding.message)}\n")
    return "".join(lines)


def junit(
    name: str,
    findings: Sequence[Placed],
    files: Sequence[str],
    checks: Sequence[str],
    failing: Collection[Severity],
) -> str:
    """Return a JUnit report: a suite for each file, with a test for each check.

    Args:
        name: That of the report.
        findings: What was found.
        files: All files that were looked at.
        checks: The ids of all checks that were run.
        failing: The severities that make a test fail; what doesn't fail is in the output of the test.

    """
    root = ET.Element("testsuites", name=name)
    for file in files:
        suite = ET.SubElement(root, "testsuite", name=file, tests=str(len(checks)), errors="0")
        failures = 0
        for check in checks:
            case = ET.SubElement(suite, "testcase", classname=file, name=check)
            found = [finding for finding in findings if finding.file == file and finding.check == check]
            bad = [finding for finding in found if finding.severity in failing]
            if bad:
                failures += 1
                failure = ET.SubElement(case, "failure", message=f"{len(found)} found", type=bad[0].severity)
                failure.text = _xml(text(found))
            elif found:
                ET.SubElement(case, "system-out").text = _xml(text(found))
        suite.set("failures", str(failures))
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _xml(value: str) -> str:
    """Return a text without the control characters that XML 1.0 can't hold."""
    return "".join(char if char in "\t\n\r" or char >= " " else "\ufffd" for char in value)

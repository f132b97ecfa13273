"""Writes what `lint` found: for people, for programs, and for CI."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from xml.etree import ElementTree as ET

from dragoman.check.finding import Severity
from dragoman.glossary.lint import CHECKS, Finding


def text(findings: Sequence[Finding]) -> str:
    """Return a line for each: FILE:LINE:COLUMN: severity: message [check]."""
    return "".join(f"{_place(f)}: {f.severity}: {f.message} [{f.check}]\n" for f in findings)


def as_json(findings: Sequence[Finding]) -> str:
    """Return them as JSON, with how many there are of each severity."""
    counts = {f"{severity}s": sum(f.severity is severity for f in findings) for severity in Severity}
    rows = [
        {
            "check": finding.check,
            "severity": finding.severity,
            "message": finding.message,
            "file": finding.file,
            "line": finding.line,
            "column": finding.column,
        }
        for finding in findings
    ]
    return json.dumps({**counts, "findings": rows}, ensure_ascii=False, indent=2) + "\n"


def github(findings: Sequence[Finding]) -> str:
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


def junit(findings: Sequence[Finding], files: Sequence[str], failing: Collection[Severity]) -> str:
    """Return a JUnit report: a suite for each file, with a test for each check; what doesn't fail is in its output."""
    root = ET.Element("testsuites", name="dragoman glossary lint")
    for file in files:
        suite = ET.SubElement(root, "testsuite", name=file, tests=str(len(CHECKS)), errors="0")
        failures = 0
        for check in CHECKS:
            case = ET.SubElement(suite, "testcase", classname=file, name=check.id)
            found = [finding for finding in findings if finding.file == file and finding.check == check.id]
            if found and check.severity in failing:
                failures += 1
                failure = ET.SubElement(case, "failure", message=f"{len(found)} found", type=check.severity)
                failure.text = text(found)
            elif found:
                ET.SubElement(case, "system-out").text = text(found)
        suite.set("failures", str(failures))
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _place(finding: Finding) -> str:
    return ":".join([finding.file, *(str(number) for number in (finding.line, finding.column) if number)])

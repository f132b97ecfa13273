"""Writes what `lint` found: for people, for programs, and for CI."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence

from dragoman.check.finding import Severity
from dragoman.glossary.lint import CHECKS, Finding
from dragoman.report import findings as reports
from dragoman.report.findings import github, text

__all__ = ["as_json", "github", "junit", "text"]


def as_json(findings: Sequence[Finding]) -> str:
    """Return them as JSON, with how many there are of each severity."""
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
    return json.dumps({**reports.counts(findings), "findings": rows}, ensure_ascii=False, indent=2) + "\n"


def junit(findings: Sequence[Finding], files: Sequence[str], failing: Collection[Severity]) -> str:
    """Return a JUnit report: a suite for each file, with a test for each check; what doesn't fail is in its output."""
    return reports.junit("dragoman glossary lint", findings, files, [check.id for check in CHECKS], failing)

"""The JSON report: every block and segment of the articles of a call, and the model that translated them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from dragoman import __version__
from dragoman.engine.model import Model
from dragoman.pipeline import Segment, Translation
from dragoman.report.ledger import ledger, record


def report(translations: Sequence[Translation], model: Model, locale: str) -> str:
    """Return the report as indented JSON, with a line end at the end.

    Offsets count characters (code points) from 0, and ranges are half-open: a block's in the decoded file, a segment's
    in the text of its block, a finding's in that of its segment and of its translation. `score` is the mean
    log-probability of a target token (≤ 0), null where no model was used.
    """
    package = model.package
    document = {
        "dragoman": __version__,
        "model": {
            "name": package.name,
            "version": package.version,
            "origin": package.origin,
            "checksum": f"sha256:{model.checksum}",
            "beam": model.beam,
        },
        "source_language": "fr",
        "target_locale": locale,
        "articles": [_article(translation) for translation in translations],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _article(translation: Translation) -> dict[str, Any]:
    article = translation.article
    segments: dict[int, list[Segment]] = {}
    for segment in translation.segments:
        segments.setdefault(segment.block, []).append(segment)
    return {
        "file": article.name,
        "format": article.format,
        "encoding": article.encoding,
        "notes": list(article.notes),
        "quotations": [
            record(entry) for entry in ledger(article, translation.annotation.quotations, translation.quoted)
        ],
        "blocks": [
            {
                "kind": block.kind,
                "level": block.level,
                "start": block.start,
                "end": block.end,
                "boilerplate": block.boilerplate or None,
                "source": block.text,
                "segments": [_segment(segment) for segment in segments.get(index, ())],
            }
            for index, block in enumerate(article.blocks)
        ],
    }


def _segment(segment: Segment) -> dict[str, Any]:
    result = segment.result
    return {
        "start": segment.start,
        "end": segment.end,
        "source": segment.source,
        "translation": segment.translation,
        "origin": segment.origin,
        "rung": result.rung if segment.origin == "model" else None,
        "score": result.score,
        "alternatives": [{"text": text, "score": score} for text, score in result.alternatives],
        "spans": [
            {"start": span.start, "end": span.end, "kind": span.kind, "render": list(span.render)}
            for span in segment.spans
        ],
        "findings": [
            {
                "check": finding.check,
                "severity": finding.severity,
                "message": finding.message,
                "source": finding.source,
                "target": finding.target,
            }
            for finding in segment.findings
        ],
    }

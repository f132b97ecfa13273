"""What must survive does: a sentence of each row of the tables goes through the whole pipeline, with the bundled model.

The tables tests/data/cases_*.tsv are for everybody: a row is the phenomenon, a French sentence, what the English must
contain (all that ` ; ` separates, one of what ` | ` separates), and what it must not contain. White space, and the
difference between straight and curly apostrophes, does not count.
"""

import csv
import re
from functools import partial
from pathlib import Path

import pytest

from dragoman.article.read import parse
from dragoman.engine import ladder
from dragoman.glossary.match import compile as compiled
from dragoman.glossary.resolve import resolve
from dragoman.pipeline import translate

TABLES = sorted((Path(__file__).parent / "data").glob("cases_*.tsv"))
CASES = [
    (table.stem.removeprefix("cases_"), row)
    for table in TABLES
    for row in csv.DictReader(table.read_text(encoding="utf-8").splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
]


@pytest.fixture(scope="module")
def translations(model):
    articles = [parse(row["source"].replace("\\n", "\n\n").encode(), "case.txt") for _, row in CASES]
    matcher = compiled(resolve([]).entries)
    done = translate(articles, partial(ladder.translate, model), "en-US", matchers=[matcher] * len(articles))
    return [translation.text(keep_boilerplate=True) for translation in done]


@pytest.mark.parametrize(
    "number", range(len(CASES)), ids=[f"{table}: {row['phenomenon']}: {row['source'][:40]}" for table, row in CASES]
)
def test_it_survives(translations, number):
    _, row = CASES[number]
    text = plain(translations[number])
    for wanted in filter(None, (row["contains"] or "").split(" ; ")):
        assert any(plain(form) in text for form in wanted.split(" | ")), f"no {wanted} in: {text}"
    for unwanted in filter(None, (row["absent"] or "").split(" ; ")):
        assert not any(stands(plain(form), text) for form in unwanted.split(" | ")), f"{unwanted} in: {text}"


def stands(form, text):
    """Tell whether a form is there, and not as a part of a word: no Damas in Damascus."""
    left, right = (r"\b" if char.isalnum() else "" for char in (form[0], form[-1]))
    return re.search(left + re.escape(form) + right, text)


def plain(text):
    return re.sub(r"\s+", " ", text.replace("’", "'"))

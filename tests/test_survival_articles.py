"""Whole articles come through: marks, figures, names, tags and the quote ledger, with the bundled model.

The articles are in tests/data/articles/. Two tables beside them are for everybody: `expected.tsv` says what the English
of an article must contain and must not contain, in a locale (as tests/data/cases_*.tsv do); `ledger.tsv` says who spoke
the words that begin so. White space, and the difference between straight and curly apostrophes, does not count.
"""

import csv
import re
from functools import partial
from html.parser import HTMLParser
from pathlib import Path

import pytest

from dragoman.article.model import Format
from dragoman.article.read import read
from dragoman.engine import ladder
from dragoman.glossary.match import compile as compiled
from dragoman.glossary.resolve import resolve
from dragoman.pipeline import translate
from dragoman.protect.annotate import QuotePolicy
from dragoman.report.ledger import ledger

FOLDER = Path(__file__).parent / "data" / "articles"
PATHS = sorted(FOLDER.glob("*.fr.*"))
LOCALES = ("en-US", "en-GB")


def rows(name):
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


EXPECTED, LEDGER = rows("expected.tsv"), rows("ledger.tsv")


@pytest.fixture(scope="module")
def translations(model):
    """Give the translations of all articles, by locale, policy and name; each pair is made once."""
    matcher = compiled(resolve([]).entries)
    done = {}

    def of(locale, policy=QuotePolicy.TRANSLATE):
        if (locale, policy) not in done:
            articles = [read(str(path)) for path in PATHS]
            found = translate(
                articles,
                partial(ladder.translate, model),
                locale,
                matchers=[matcher] * len(articles),
                quotes=policy,
            )
            done[locale, policy] = {path.name.split(".")[0]: t for path, t in zip(PATHS, found, strict=True)}
        return done[locale, policy]

    return of


def whole(translation):
    return translation.text(keep_boilerplate=True)


def prose(translation):
    """Return the text without tags and emphasis, and without what Markdown links and tables have."""
    text = re.sub(r"<[^<>]+>|\*", "", whole(translation))
    return re.sub(r"(?m)^[|:\s-]+$|\]\([^)]*\)", "", text)


def plain(text):
    return re.sub(r"\s+", " ", text.replace("’", "'"))


@pytest.mark.parametrize("row", EXPECTED, ids=lambda row: f"{row['article']} {row['locale']} {row['contains'][:40]}")
def test_what_an_article_must_contain(translations, row):
    for locale in row["locale"].split():
        text = plain(prose(translations(locale)[row["article"]]))
        for wanted in filter(None, (row["contains"] or "").split(" ; ")):
            assert any(plain(form) in text for form in wanted.split(" | ")), f"no {wanted} in: {text}"
        for unwanted in filter(None, (row["absent"] or "").split(" ; ")):
            assert not any(plain(form) in text for form in unwanted.split(" | ")), f"{unwanted} in: {text}"


@pytest.mark.parametrize("row", LEDGER, ids=lambda row: f"{row['article']}: {row['original'][:40]}")
def test_who_speaks(translations, row):
    translation = translations("en-US")[row["article"]]
    entries = ledger(translation.article, translation.annotation.quotations, translation.quoted)
    found = [entry for entry in entries if plain(entry.original).startswith(row["original"])]
    assert [entry.speaker for entry in found] == [row["speaker"] or ""]


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("name", [path.name.split(".")[0] for path in PATHS])
def test_marks_and_spaces_are_english(translations, name, locale):
    text = prose(translations(locale)[name])
    assert not re.search("[«»\u00a0\u202f\u2009]", text)
    assert not re.search(r"(?m)(?<=\w) [,.;:!?%](?:\s|$)|(?<=\S)  +(?=\S)|[(\[] | [)\]]", text)
    assert not re.search(r"[!?][”’]?,[”’]|[”’],[”’]|,,|[“‘] | ,", text)
    outer = "“”" if locale == "en-US" else "‘"
    for line in text.splitlines():
        opened = line.count(outer[0])
        assert not outer[1:] or line.count("”") in (opened, opened - 1), line  # a paragraph may leave it open
    if locale == "en-US":
        assert not re.search(r"[”’][,.](?:\s|$)", text)
        assert not re.search(r"\b(?:Mr|Mrs|Ms|Dr) [A-Z]", text)
    else:
        assert not re.search(r"\b(?:Mr|Mrs|Ms|Dr)\. [A-Z]", text)


@pytest.mark.parametrize("locale", LOCALES)
def test_the_ledger_has_the_words_of_every_quotation(translations, locale):
    for translation in translations(locale).values():
        entries = ledger(translation.article, translation.annotation.quotations, translation.quoted)
        assert len(entries) == len(translation.annotation.quotations)
        for entry in entries:
            assert entry.original
            assert entry.translation
            assert "«" not in entry.translation
            assert not re.search("^[“”]|[“]$", entry.translation), entry


@pytest.mark.parametrize("locale", LOCALES)
def test_kept_quotations_stay_in_french(translations, locale):
    for translation in translations(locale, QuotePolicy.KEEP).values():
        text = letters(prose(translation))
        for quotation in translation.annotation.quotations:
            if quotation.depth or quotation.kind not in ("speech", "pull quote", "dialogue"):
                continue
            for piece in quotation.pieces:
                starts = [piece.inner_start, *(end for _, end in piece.incises)]
                ends = [*(start for start, _ in piece.incises), piece.inner_end]
                for start, end in zip(starts, ends, strict=True):
                    words = translation.article.blocks[piece.block].text[start:end]
                    assert letters(words) in text, words


def letters(text):
    """Return the letters and digits of a text: its marks may have become English ones."""
    return "".join(char for char in text if char.isalnum())


@pytest.mark.parametrize("locale", LOCALES)
def test_both_gives_the_original_in_brackets(translations, locale):
    for translation in translations(locale, QuotePolicy.BOTH).values():
        text = prose(translation)
        for index, block in enumerate(translation.article.blocks):
            for piece in translation.annotation.pieces(index):
                original = plain(block.text[piece.start : piece.end])
                assert plain(text).count(f"[{original}]") == 1, original


class _Tags(HTMLParser):
    """Reads a document, and fails where a tag closes what is not open."""

    def __init__(self):
        super().__init__()
        self.path, self.seen = [], []

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, tuple(attrs)))
        if tag not in ("meta", "br", "img"):
            self.path.append(tag)

    def handle_endtag(self, tag):
        assert self.path.pop() == tag


@pytest.mark.parametrize("locale", LOCALES)
def test_tags_are_nested_and_none_is_lost(translations, locale):
    for translation in translations(locale).values():
        if translation.article.format is Format.HTML:
            before, after = _Tags(), _Tags()
            before.feed(translation.article.source)
            after.feed(whole(translation))
            assert not after.path
            tags = [sorted(tag for tag, _ in of.seen if tag != "sup") for of in (before, after)]
            assert tags[0] == tags[1]

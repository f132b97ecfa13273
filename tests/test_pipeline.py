"""The way of an article: what reading and writing alone do to a file, and what the model's part leaves untouched."""

import re
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.article.model import Format
from dragoman.article.read import parse, read
from dragoman.engine import ladder
from dragoman.engine.ladder import Result, Rung
from dragoman.glossary.match import compile as compile_entries
from dragoman.glossary.resolve import resolve
from dragoman.pipeline import identity, translate
from dragoman.protect.span import missing

EXAMPLES = sorted((Path(__file__).parents[1] / "examples").glob("*.fr.*"))
SHARED = Path(__file__).parents[2] / "shared" / "articles"


def unchanged(article):
    return translate([article], identity, None, keep_boilerplate=True)[0].text(keep_boilerplate=True)


def shouted(requests):
    """An engine whose English is the French in capitals, with the codes where they were."""
    return [Result(r.text.upper(), -1.0, Rung.PLAIN, tuple((c.at, c) for c in r.codes)) for r in requests]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_an_identity_engine_gives_back_every_example_byte_for_byte(path):
    assert unchanged(read(str(path))).encode("utf-8") == path.read_bytes()


def test_there_are_examples_of_every_format():
    assert {read(str(path)).format for path in EXAMPLES} == set(Format)
    assert len(EXAMPLES) >= 6


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared articles are not beside the repository")
def test_an_identity_engine_gives_back_real_pages():
    for path in sorted(SHARED.rglob("*.txt")) + sorted(SHARED.rglob("*.html")):
        article = read(str(path))
        assert unchanged(article).encode(article.encoding) == path.read_bytes(), path.name


_PROSE = st.sampled_from(
    [
        "Le maire",
        "a dit",
        "«\u00a0Oui\u00a0»",
        "M. Petit",
        "l'an 2024.",
        "Fin !",
        "…",
        "3,5 %",
        "été",
        "<",
        "&",
        "*",
        "_",
        "#",
        "|",
    ]
)
_SPACE = st.sampled_from([" ", "\n", "\n\n", "  \n", "\r\n", "\t", "\u00a0", ". "])
_TAGS = [
    "<p>",
    "</p>",
    "<b>",
    "</b>",
    "<a href='x'>",
    "</a>",
    "<br>",
    "<!-- wp:x -->",
    "&eacute;",
    "<li>",
    "<td>",
    "</td>",
]
_MARKS = ["**", "*", "`", "[", "](x)", "# ", "- ", "> ", "```\n", "| ", "1. ", "---\n", "<b>", "[^1]"]


def documents(*marks):
    return st.lists(st.one_of(_PROSE, _SPACE, *([st.sampled_from(marks)] if marks else [])), max_size=40).map("".join)


@pytest.mark.parametrize(
    ("form", "texts"),
    [(Format.TEXT, documents()), (Format.MARKDOWN, documents(*_MARKS)), (Format.HTML, documents(*_TAGS))],
    ids=["text", "markdown", "html"],
)
def test_an_identity_engine_gives_back_any_text(form, texts):
    @given(texts | st.text(max_size=200))
    @settings(max_examples=150, deadline=None)
    def check(source):
        source = source.encode("utf-8", "replace").decode().lstrip("\ufeff").replace("\x00", "")
        if source.startswith(("%PDF", "PK\x03\x04", "{\\rtf")):
            return
        article = parse(source.encode(), "generated", form)
        assert unchanged(article) == source
        for block in article.blocks:
            assert article.source[block.start : block.end]

    check()


def test_only_the_words_of_an_html_fragment_change():
    path = next(path for path in EXAMPLES if path.name == "science-fragment.fr.html")
    article = read(str(path))
    (done,) = translate([article], shouted, None)
    tags = re.compile(r"<!--.*?-->|<[^>]*>", re.DOTALL)
    names = [re.match(r"</?[\w:-]+|<!--.*", tag, re.DOTALL)[0] for tag in tags.findall(article.source)]
    names = [name for name in names if not name.endswith("sup")]  # cm<sup>3</sup> is cm³
    assert [re.match(r"</?[\w:-]+|<!--.*", tag, re.DOTALL)[0] for tag in tags.findall(done.text())] == names


def test_the_example_articles_come_out_whole(model):
    articles = [read(str(path)) for path in EXAMPLES]
    for article, done in zip(articles, translate(articles, partial(ladder.translate, model), "en-US"), strict=True):
        kept = [index for index, block in enumerate(article.blocks) if not block.boilerplate]
        assert sorted({segment.block for segment in done.segments}) == kept
        assert all(segment.translation for segment in done.segments)
        text = done.text()
        assert "«" not in re.sub(r"<!--.*?-->|\"[^\"\n]*\"", "", text, flags=re.DOTALL)
        for segment in done.segments:
            assert not missing(segment.spans, segment.translation), (article.name, segment.source)


def test_figures_alone_are_written_as_the_locale_does():
    article = parse("| Prix | Part |\n| --- | --- |\n| 7,50 € | 30 % |\n".encode(), "x.md")
    text = translate([article], shouted, "en-US")[0].text()
    assert "€7.50" in text
    assert "30%" in text


def test_the_minute_of_a_match_is_not_translated():
    article = parse("45'+2 Entrée de Bard.\n\n96'Fin du match.\n\n14' : But de Wissa.\n".encode(), "x.txt")
    text = translate([article], shouted, "en-US")[0].text()
    assert text == "45'+2 ENTRÉE DE BARD.\n\n96'FIN DU MATCH.\n\n14': BUT DE WISSA.\n"


def said(*english):
    """An engine that says these sentences."""
    return lambda requests: [Result(text, -1.0, Rung.PLAIN) for text, _ in zip(english, requests, strict=True)]


def translated(french, english, locale, *glossaries):
    """Return what becomes of a translation by an engine, with the built-in glossaries behind others."""
    matcher = compile_entries(resolve(glossaries).entries)
    return translate([parse(french.encode(), "x.txt")], said(english), locale, matchers=[matcher])[0].text()


@pytest.mark.parametrize(
    ("locale", "expected"),
    [
        ("en-GB", "The Labour Ministry looks at the labour market and data centres."),
        ("en-US", "The Labor Ministry looks at the labor market and data centers."),
    ],
)
def test_built_in_terms_are_spelled_as_the_locale_does(locale, expected):
    french = "Le ministère du Travail examine le marché du travail et les centres de données."
    for english in (
        "The Labor Ministry looks at the labor market and data centers.",
        "The Labour Ministry looks at the labour market and data centres.",
    ):
        assert translated(french, english, locale) == expected


def test_first_mentions_are_spelled_as_the_locale_does():
    french, english = "La CGT et l'OMS protestent.", "The CGT and the WHO protest."
    assert translated(french, english, "en-GB") == (
        "The General Confederation of Labour (CGT) and the World Health Organization (WHO) protest."
    )


def test_a_glossary_of_the_user_keeps_its_spelling(tmp_path):
    house = tmp_path / "house.csv"
    house.write_text("source,target\nmarché du travail,labor market\n", "utf-8")
    french, english = "Le marché du travail et le code du travail.", "The labor market and the labor code."
    assert translated(french, english, "en-GB", house) == "The labor market and the labour code."


@pytest.mark.parametrize(
    ("french", "english", "expected"),
    [
        ("GENÈVE, 5 mai (ATS) – Ils négocient.", "Geneva, May 5 (ATS) – They talk.", ("GENEVA",)),
        ("Ils vont dans la rue de Vienne.", "They go to rue de Vienne.", ("rue de Vienne", "Rue de Vienne")),
        ("Ils vont à Vienne.", "They go to Vienna.", ("Vienna", "Vienne", "Viennese")),
        ("Ils vont dans la Vienne.", "They go to Vienne.", ("Vienne",)),
        ("Le sénateur de la Manche part.", "He leaves.", ("Manche",)),
        ("Ils voient Albert Londres.", "They see him.", ("Albert Londres",)),
        ("Il va à Vienne, vient de Vienne, part pour Vienne.", "He goes.", ("Vienna", "Vienne", "Viennese")),
        ("Jean Vienne va à Vienne.", "He goes to Vienna.", ("Vienna", "Vienne")),
        ("Ils voient Mme Londres.", "They see her.", ("Londres",)),
    ],
)
def test_places_that_stay_or_have_capitals(french, english, expected):
    matcher = compile_entries(resolve([]).entries)
    done = translate([parse(french.encode(), "x.txt")], said(english), "en-US", matchers=[matcher])[0]
    assert expected in [span.render for span in done.segments[0].spans]


def test_a_street_that_begins_a_sentence_has_a_capital():
    french = "L'incendie de la rue Myrha est éteint. Il a duré rue Myrha."
    english = ("rue Myrha’s fire is out.", "It lasted in rue Myrha.")
    text = translate([parse(french.encode(), "x.txt")], said(*english), "en-US")[0].text()
    assert text == "Rue Myrha’s fire is out. It lasted in rue Myrha."


def test_titles_are_those_of_the_source():
    text = translate([parse(b"Mme Renard part.", "x.txt")], said("Mr. Renard leaves."), "en-US")[0].text()
    assert text == "Mrs. Renard leaves."


def test_names_have_the_apostrophes_of_the_text_beside_them():
    french, english = "Sean O'Brien quitte les Côtes-d'Armor.", "Sean O'Brien isn't in Côtes-d'Armor."
    text = translate([parse(french.encode(), "x.txt")], said(english), "en-US")[0].text()
    assert text == "Sean O’Brien isn’t in Côtes-d’Armor."


def test_a_reply_keeps_its_dash():
    article = parse("– Vous partez ?\n\n– Oui, demain.\n".encode(), "x.txt")
    assert translate([article], shouted, "en-US")[0].text() == "– VOUS PARTEZ?\n\n– OUI, DEMAIN.\n"

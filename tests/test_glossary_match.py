"""Finding terms: a table of cases that anybody can extend, and what holds for any text and any glossary."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from dragoman.glossary.entry import Entry, EntryKind, fold
from dragoman.glossary.inflect import Tense, WordClass, _irregular_stems, forms, stem
from dragoman.glossary.match import Match
from dragoman.glossary.match import compile as compile_entries

CASES = Path(__file__).parent / "data" / "glossary_match_cases.tsv"
NUMBERS = {"singular": False, "plural": True, "?": None}
TERMS = (
    "conseil d'administration",
    "président du conseil",
    "conseil",
    "directeur général",
    "chef-d'œuvre",
    "état d'urgence",
    "mise en examen",
    "start-up",
    "IA",
    "prix",
    "main-d'œuvre",
    "banque centrale européenne",
    "banque",
)
ENTRIES = [Entry(term, "x", case="exact" if term.isupper() else "") for term in TERMS]
MATCHER = compile_entries(ENTRIES)

# Texts that are full of terms, of parts of terms and of what stands between words.
PIECES = st.sampled_from(
    [word for term in TERMS for word in (term, term.replace("'", "’"), term.replace(" ", "\u00a0"))]
    + [word for term in TERMS for word in term.split()]
    + ["conseils", "directrices générales", "CHEFS-D'OEUVRE", "l'", "qu’", "d'", "Saint-", "-là", "ex-", ".", ",", "«"]
)
TEXTS = st.lists(st.tuples(PIECES, st.sampled_from([" ", " ", "", "-", "\u202f", "\n"]))).map(
    lambda parts: "".join(piece + gap for piece, gap in parts)
)


def cases() -> list[object]:
    rows = [line.split("\t") for line in CASES.read_text("utf-8").splitlines() if not line.startswith("#")][1:]
    params = []
    for number, row in enumerate(rows, 1):
        term, kind, sentence, found, expected, limit = (*row, *[""] * (6 - len(row)))
        marks = [pytest.mark.xfail(reason=limit, strict=True)] if limit else []
        params.append(pytest.param(term, kind, sentence, found, expected, id=f"{number}-{term}", marks=marks))
    return params


def find(term: str, text: str, **columns: str) -> list[Match]:
    return compile_entries([Entry(term, "x", **columns)]).find(text)


@pytest.mark.parametrize(("term", "kind", "sentence", "found", "number"), cases())
def test_table(term: str, kind: str, sentence: str, found: str, number: str) -> None:
    words = kind.split()
    pos = next((word for word in words if word != "exact"), "")
    matches = find(term, sentence, pos=pos, case="exact" if "exact" in words else "")
    assert [sentence[m.start : m.end] for m in matches] == ([] if found == "-" else found.split(" + "))
    if number:
        assert {m.plural for m in matches} == {NUMBERS[number]}


def test_table_has_as_many_cases_as_were_asked_for() -> None:
    assert len(cases()) >= 300


def test_the_longest_term_wins_and_then_the_leftmost() -> None:
    text = "Le président du conseil d'administration et le conseil de la banque centrale européenne"
    assert [text[m.start : m.end] for m in MATCHER.find(text)] == [
        "conseil d'administration",
        "conseil",
        "banque centrale européenne",
    ]


def test_a_shorter_term_is_found_where_the_longer_one_fails() -> None:
    text = "La banque centrale tchèque est une banque."
    assert [m.start for m in MATCHER.find(text)] == [3, 35]


def test_nothing_is_looked_for_in_ranges_that_are_taken() -> None:
    text = "conseil d'administration"
    assert MATCHER.find(text, [(8, 10)])[0].end == 7
    assert MATCHER.find(text, [(0, 3)]) == []


def test_all_rows_of_a_source_are_one_match() -> None:
    rows = [
        Entry("audience", "hearing"),
        Entry("Audience", "audience", EntryKind.FORBIDDEN),
        Entry("audience", "session", EntryKind.ADMITTED),
    ]
    (match,) = compile_entries(rows).find("L’audience reprend.")
    assert match.entries == tuple(rows)


def test_case_counts_if_one_row_of_the_source_says_so() -> None:
    matcher = compile_entries([Entry("IA", "AI"), Entry("IA", "IA", EntryKind.FORBIDDEN, case="exact")])
    assert len(matcher.find("L'IA et ia")) == 1


def test_the_nearer_dictionary_form_wins_in_one_place() -> None:
    matcher = compile_entries([Entry("directeur", "manager"), Entry("directrice", "manageress")])
    assert matcher.find("La directrice")[0].entries[0].target == "manageress"
    assert matcher.find("Le directeur")[0].entries[0].target == "manager"
    both = compile_entries([Entry("mis en examen", "charged"), Entry("mise en examen", "indictment")])
    assert both.find("Deux mises en examen")[0].entries[0].target == "indictment"


def test_terms_that_differ_in_an_accent_are_two() -> None:
    matcher = compile_entries([Entry("marche", "walk"), Entry("marché", "market")])
    assert [m.entries[0].target for m in matcher.find("La marche puis le marché")] == ["walk", "market"]


def test_the_tense_of_a_verb() -> None:
    text = "Ils déposaient le bilan, elle dépose le bilan, ils ont déposé le bilan, déposant le bilan, déposer le bilan"
    matches = find("déposer le bilan", text, pos="verb")
    assert [m.tense for m in matches] == [Tense.PAST, Tense.PRESENT, Tense.PARTICIPLE, Tense.GERUND, Tense.BASE]


def test_the_feminine() -> None:
    assert [m.feminine for m in find("directeur général", "directrice générale, directeurs généraux")] == [True, False]


def test_no_entries_find_nothing() -> None:
    assert compile_entries([]).find("Un texte.") == []
    assert compile_entries([Entry("", "x")]).find("Un texte.") == []


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_matches_are_in_order_do_not_overlap_and_begin_and_end_with_words(text: str) -> None:
    end = 0
    for match in MATCHER.find(text):
        assert end <= match.start < match.end <= len(text)
        assert not text[match.start - 1 : match.start].isalnum()
        assert not text[match.end : match.end + 1].isalnum()
        assert fold(text[match.start])[0] == fold(match.entries[0].source)[0]
        end = match.end


@given(TEXTS, st.sampled_from(["NFC", "NFD", "curly", "straight", "soft hyphens"]))
@settings(max_examples=300, deadline=None)
def test_how_a_text_is_encoded_makes_no_difference(text: str, variant: str) -> None:
    match variant:
        case "curly":
            other = text.replace("'", "’")
        case "straight":
            other = text.replace("’", "'")
        case "soft hyphens":
            other = re.sub(r"([^\W\d_])(?=[^\W\d_])", "\\1\u00ad", text)
        case _:
            other = unicodedata.normalize(variant, text)

    def plain(found: str) -> str:
        return unicodedata.normalize("NFC", found).replace("’", "'").replace("\u00ad", "")

    ours, theirs = MATCHER.find(text), MATCHER.find(other)
    assert [m.entries for m in ours] == [m.entries for m in theirs]
    assert [plain(text[m.start : m.end]) for m in ours] == [plain(other[m.start : m.end]) for m in theirs]


@given(st.lists(st.text("abcdeéèlmnoœrstx' -", min_size=1, max_size=12), max_size=8), st.text(max_size=40))
@settings(max_examples=200, deadline=None)
def test_any_glossary_compiles_and_any_text_is_read(sources: list[str], text: str) -> None:
    matcher = compile_entries([Entry(source, "x") for source in sources])
    for match in matcher.find(" ".join([text, *sources])):
        assert match.start < match.end


SYLLABLES = "ba ci dé fo gran lu mon né pla qui ra sur tri vo ceau ail cha gné"
ENDINGS = (
    "al ail an ant aud c ch e é eau eil el en ent er et eur eux f g gu i ien ier if il in ique is iste man on ot ou oux"
    " s sse teur th tion u um x y"
)


@given(
    st.lists(st.sampled_from(SYLLABLES.split()), min_size=1, max_size=3).map("".join),
    st.sampled_from(ENDINGS.split()),
)
@settings(max_examples=500, deadline=None)
def test_all_forms_of_a_word_have_its_stem(start: str, ending: str) -> None:
    word = start + ending
    for word_class in (WordClass.NUMBER, WordClass.NOUN, WordClass.ADJECTIVE):
        assume(not any(fold(form.text) in _irregular_stems() for form in forms(word, word_class)))
        assert {stem(fold(form.text)) for form in forms(word, word_class)} == {stem(fold(word))}


@pytest.mark.parametrize(
    ("word", "word_class", "expected"),
    [
        ("oeil", WordClass.NOUN, {"yeux"}),
        ("général", WordClass.ADJECTIVE, {"généraux", "générale", "générales"}),
        ("directeur", WordClass.NOUN, {"directeurs", "directrice", "directrices"}),
        ("voix", WordClass.NOUN, set()),
        ("conseil", WordClass.NOUN, {"conseils"}),
        ("fou", WordClass.ADJECTIVE, {"fous", "folle", "folles"}),
        (
            "mettre",
            WordClass.VERB,
            {"met", "mettent", "mettait", "mis", "mise", "mettra", "mettrait", "mirent", "mettant"},
        ),
        ("finir", WordClass.VERB, {"finit", "finissent", "finissait", "finira", "fini", "finissant"}),
        ("lever", WordClass.VERB, {"lève", "levons", "lèvera", "levé", "levait"}),
    ],
)
def test_forms(word: str, word_class: WordClass, expected: set[str]) -> None:
    found = {form.text for form in forms(word, word_class)}
    assert found >= expected | {word}
    if word_class in (WordClass.NOUN, WordClass.ADJECTIVE) and not word.endswith("eur"):
        assert found == expected | {word}

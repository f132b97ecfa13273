"""Sentences of French news text, with the table of cases in data/segmentation_cases.txt."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.segment import sentences

FILE = Path(__file__).parent / "data" / "segmentation_cases.txt"


def read_cases() -> list[tuple[int, list[str], str]]:
    """Return (line number, sentences, text) for each case of the file; the file's head explains its format."""
    cases: list[tuple[int, list[str], str]] = []
    wanted: list[str] = []
    text = ""
    for number, line in enumerate([*FILE.read_text(encoding="utf-8").splitlines(), ""], 1):
        if line.startswith("#") and not wanted:
            continue
        if line:
            glued = line.startswith("+")
            sentence = line.removeprefix("+").replace("~", "\u00a0").replace("_", "\u202f")
            text += ("" if glued or not text else " ") + sentence
            wanted.append(sentence)
        elif wanted:
            cases.append((number - len(wanted), wanted, text))
            wanted, text = [], ""
    return cases


CASES = read_cases()


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(("wanted", "text"), [case[1:] for case in CASES], ids=[f"line {case[0]}" for case in CASES])
def test_cases(wanted: list[str], text: str):
    assert split(text) == wanted


def test_the_file_of_cases_is_read_whole():
    assert len(CASES) >= 150
    assert len({text for _, _, text in CASES}) == len(CASES)


def check(text: str) -> None:
    """Assert what holds for every text: order, no empty sentence, white space in the gaps and nowhere else."""
    at = 0
    for start, end in sentences(text):
        assert at <= start < end
        assert not text[at:start].strip()
        assert text[start:end] == text[start:end].strip()
        at = end
    assert not text[at:].strip()


# What segmentation depends on, so that a few pieces in a row are enough to reach every rule.
PIECES = [
    *" .!?…;:,-–—•«»“”\"'’()[]\u00a0\u202f\n",
    *["...", ". ", ".. ", " ? ", "!", "[1]", "¹", "(…)", "🎉", "\xad", "#", "@"],
    *["M. ", "MM.", "etc.", "p. ", "art. ", "J.-C.", "S.N.C.F.", "n° ", "1.", "12 ", "1) ", "a) ", "XIV.", "h "],
    *["Le ", "la ", "L'", "Il ", "est ", "fini", "Macron ", "à ", "plan B", "Titre ", "Booking.com", "x@y.fr", "://"],
    *["• ", "- Un ", "« Nous ", "» « ", "Selon ", "Paris, ", "GRÈVE DES ", "», a-t-il dit", " se tient "],
]


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_pieces_of_text_keep_the_invariants(text: str):
    check(text)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=80))
def test_any_text_keeps_the_invariants(text: str):
    check(text)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(CASES), st.sampled_from(CASES))
def test_a_paragraph_is_cut_like_its_parts(one: tuple[int, list[str], str], other: tuple[int, list[str], str]):
    if one[1][-1][-1] in ".!?…»" and other[2][0].isupper():
        assert split(f"{one[2]} {other[2]}") == one[1] + other[1]


@pytest.mark.parametrize("wanted", [case[1] for case in CASES], ids=[f"line {case[0]}" for case in CASES])
def test_a_sentence_by_itself_is_one_sentence(wanted: list[str]):
    assert [split(sentence) for sentence in wanted] == [[sentence] for sentence in wanted]


@pytest.mark.parametrize("text", ["", " ", "\u00a0", "\u202f \n"])
def test_white_space_holds_no_sentence(text: str):
    assert sentences(text) == []


@pytest.mark.parametrize("text", [".", "…", "?!", "«", '"', "- ", "()", "[1]", "¹", "🎉", "; ; ;", ". . .", "» . «"])
def test_marks_alone_are_one_sentence(text: str):
    assert split(text) == [text.strip()]


@pytest.mark.parametrize(
    "unit",
    [
        "a",
        ".",
        ". ",
        "?",
        "… ",
        "🎉",
        "!🎉",
        "(",
        "()",
        "(a. ",
        ").",
        '"',
        '". ',
        "« ",
        "a.",
        "A.B",
        "/a.Le",
        ".¹",
        "[1]",
    ],
)
def test_endless_repetition_comes_back(unit: str):
    check(unit * (100_000 // len(unit)))


@pytest.mark.parametrize(
    "unit",
    [
        "Il est là. ",
        "; – A",
        "mot.Le ",
        "Titre Le mot est dit ",
        "x ? – y ",
        "a • b ",
        "« A b c d » ",
        "a « B c d e",
        "DE LA VILLE ",
    ],
)
def test_long_paragraphs_come_back(unit: str):
    check(unit * (60_000 // len(unit)) + "Fin.")


def test_sequoia():
    """Sentences of UD French-Sequoia, five to a paragraph: no wrong cut, and hardly one missed at a mark."""
    path = Path(__file__).parents[1].parent / "shared" / "eval" / "segmentation" / "sequoia-dev.txt"
    if not path.is_file():
        pytest.skip("the sentences of Sequoia are not beside the repository")
    lines = path.read_text(encoding="utf-8").split("\n")[:-1]
    found = extra = missed = 0
    for at in range(0, len(lines), 5):
        run = lines[at : at + 5]
        ends = {end for _, end in sentences(" ".join(run))}
        gold = [sum(map(len, run[: n + 1])) + n for n in range(len(run) - 1)]
        found += len(ends.intersection(gold))
        extra += len(ends) - 1 - len(ends.intersection(gold))
        missed += sum(end not in ends for end, line in zip(gold, run, strict=False) if line.endswith((".", "!", "?")))
    assert found / (found + extra) > 0.99
    assert found / (found + missed) > 0.98

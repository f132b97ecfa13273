"""Quotations of an article and their speakers, with the cases in data/quotation_cases.txt."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dragoman.article.model import Block, Kind
from dragoman.article.text import read_text
from dragoman.protect.quotations import Flag, Quotation, QuotationKind, depth_at, marks, quotations

FILE = Path(__file__).parent / "data" / "quotation_cases.txt"
KINDS = {"> ": Kind.QUOTE, "--": Kind.ATTRIBUTION, "##": Kind.HEADING}
FLAGS = {"english": Flag.ORIGINAL_LIKELY_ENGLISH} | {flag.value: flag for flag in Flag}


def block(text: str, kind: Kind = Kind.PARAGRAPH, boilerplate: str = "") -> Block:
    size = len(text)
    return Block(kind, 0, size, text, tuple(range(size)), tuple(range(1, size + 1)), boilerplate=boilerplate)


Row = tuple[int, str, str, str, frozenset[Flag]]


def read_cases() -> list[tuple[int, list[Block], list[Row]]]:
    """Return (line number, blocks, wanted rows) for each case of the file; the file's head explains its format."""
    cases = []
    blocks: list[Block] = []
    rows: list[Row] = []
    first = 0
    for number, line in enumerate([*FILE.read_text(encoding="utf-8").splitlines(), ""], 1):
        line = line.replace("~", "\u00a0")
        if not line:
            if blocks:
                cases.append((first, blocks, rows))
            blocks, rows = [], []
        elif line.startswith("="):
            signs, _, rest = line.partition(" ")
            kind, words, speaker, flags = [*(cell.strip() for cell in rest.split("|")), "", ""][:4]
            wanted = frozenset(FLAGS[flag] for flag in flags.split())
            rows.append((len(signs) - 1, kind, words, speaker, wanted))
        elif line.startswith("##") or not line.startswith("#"):
            first = number if not blocks else first
            kind = KINDS.get(line[:2], Kind.PARAGRAPH)
            blocks.append(block(line if kind is Kind.PARAGRAPH else line[2:].lstrip(), kind))
    return cases


CASES = read_cases()


def row(blocks: Sequence[Block], found: Sequence[Quotation], number: int) -> Row:
    quotation = found[number]
    words = " // ".join(blocks[p.block].text[p.inner_start : p.inner_end].rstrip() for p in quotation.pieces)
    level, parent = 0, quotation.parent
    while parent is not None and found[parent].marked:
        level, parent = level + 1, found[parent].parent
    assert level == quotation.depth
    speaker = quotation.speaker.name if quotation.speaker else ""
    return quotation.depth, quotation.kind.value, words, speaker, quotation.flags


@pytest.mark.parametrize(("blocks", "wanted"), [case[1:] for case in CASES], ids=[f"line {case[0]}" for case in CASES])
def test_cases(blocks: list[Block], wanted: list[Row]):
    found = quotations(blocks)
    assert [row(blocks, found, number) for number in range(len(found))] == wanted


def test_the_file_of_cases_is_read_whole():
    assert len(CASES) >= 120
    texts = [tuple(block.text for block in blocks) for _, blocks, _ in CASES]
    assert len(set(texts)) == len(texts)


@pytest.mark.parametrize(
    ("items", "replies"),
    [
        (["Vous la connaissiez ? demande la juge.", "Non, jamais.", "Vous mentez."], 3),
        (["La cantine sera gratuite, a promis la maire.", "Le parc ouvrira en mai."], 0),
        (["Vous avez un bail ?", "Appelez la mairie."], 0),
        (["Une réforme, dit-elle", "Je la défends"], 0),
        (["« Je viens », dit-elle.", "« Moi aussi », dit-il."], 0),
    ],
)
def test_replies_behind_hyphens_are_no_list(items: list[str], replies: int):
    found = quotations([block("La scène se passe au tribunal."), *(block(item, Kind.BULLET) for item in items)])
    assert sum(quotation.kind is QuotationKind.DIALOGUE for quotation in found) == replies
    source = "La scène se passe mardi matin au tribunal de la ville.\n\n" + "\n\n".join(f"- {item}" for item in items)
    assert sum(block.text.startswith("- ") for block in read_text(source)) == replies


def test_boilerplate_holds_no_quotation_and_ends_none():
    blocks = [
        block("« La digue date de 1930."),
        block("Lire aussi : « Nos plages »", boilerplate="related links"),
        block("« Elle fuit », a dit Jeanne Roussel."),
    ]
    (found,) = quotations(blocks)
    assert [piece.block for piece in found.pieces] == [0, 2]
    assert [piece.repeated for piece in found.pieces] == [False, True]


def test_marks_of_a_code_are_none():
    text = 'La page "accueil" contient [bouton titre="Accueil"] et rien d\'autre.'
    (found,) = quotations([block(text)])
    assert text[found.pieces[0].start : found.pieces[0].end] == '"accueil"'


def test_pieces_hold_their_marks_and_the_spaces_inside():
    text = "Il dit : « Oui », puis s'en va."
    (found,) = quotations([block(text)])
    (piece,) = found.pieces
    assert text[piece.start : piece.end] == "« Oui »"
    assert text[piece.inner_start : piece.inner_end] == "Oui"
    assert (piece.opened, piece.closed, piece.repeated) == (True, True, False)


@pytest.mark.parametrize(
    ("text", "incises"),
    [
        ("« Nous sommes prêts, a répondu la ministre, mais prudents. »", ["a répondu la ministre"]),
        ("« C'est trop, dit-elle. Il faut partir, a-t-elle ajouté lundi. »", ["dit-elle", "a-t-elle ajouté lundi"]),
        ("« Absurde, tranche Léa Morin, 32 ans, juriste. Cela tiendra. »", ["tranche Léa Morin, 32 ans, juriste"]),
        ("« Que pense-t-il, demande-t-on, de cela ? »", []),
        ("« Elle nettoie la rue, assure la sécurité et s'en va. »", []),
    ],
)
def test_incises_inside_the_marks_are_not_the_speakers_words(text: str, incises: list[str]):
    (found,) = quotations([block(text)])
    assert [text[start:end] for start, end in found.pieces[0].incises] == incises


def test_marks_of_a_segment():
    text = "Il dit : « Elle a crié “non” hier. Elle est partie. »"
    found = quotations([block(text)])
    start = text.index("Elle est")
    seen = [(m.role, m.depth, text[m.start : m.end]) for m in marks(found, 0, 0, start - 1)]
    assert seen == [("open", 0, "« "), ("open", 1, "“"), ("close", 1, "”")]
    (last,) = marks(found, 0, start, len(text))
    assert (last.role, last.quotation, text[start:][last.start : last.end]) == ("close", 0, " »")


def test_marks_of_an_interrupted_quotation_are_of_one():
    found = quotations([block("« Oui », dit-elle, « mais plus tard. »")])
    seen = marks(found, 0, 0, 100)
    assert [mark.role for mark in seen] == ["open", "close", "open", "close"]
    assert {mark.quotation for mark in seen} == {0}


def test_depth_at():
    text = "Il dit : « Elle a crié “non” hier. » Voilà."
    found = quotations([block(text)])
    depths = {text[at:][:4]: depth_at(found, 0, at) for at in range(len(text))}
    assert [depths[word] for word in ("« El", "Elle", "non”", "hier", "Voil")] == [0, 1, 2, 1, 0]


def test_depth_at_the_start_of_a_paragraph_inside_a_quotation():
    found = quotations([block("« Un. Deux."), block("Trois. »")])
    assert depth_at(found, 0, len("« Un. Deux.")) == 1
    assert depth_at(found, 1, 0) == 1
    assert depth_at(found, 1, len("Trois. »")) == 0


def test_a_pull_quote_without_marks_has_no_depth():
    found = quotations([block("Le mot « digue » fait rire.", Kind.QUOTE)])
    assert [quotation.kind for quotation in found] == [QuotationKind.PULL_QUOTE, QuotationKind.WORDS]
    assert found[1].parent == 0
    assert found[1].depth == 0
    assert [mark.quotation for mark in marks(found, 0, 0, 100)] == [1, 1]


TEXT = st.text(alphabet="«»“”„\"'’‘‹› ,.:!–abLd\u00a0[]", min_size=1, max_size=60).filter(lambda text: text.strip())


@settings(max_examples=400)
@given(
    st.lists(st.tuples(TEXT, st.sampled_from([Kind.PARAGRAPH, Kind.QUOTE, Kind.HEADING, Kind.ATTRIBUTION])), max_size=5)
)
@example([('""LL\'', Kind.PARAGRAPH)])
def test_pieces_are_in_the_text_and_nest(parts: list[tuple[str, Kind]]):
    blocks = [block(text, kind) for text, kind in parts]
    found = quotations(blocks)
    for number, quotation in enumerate(found):
        assert quotation.pieces
        if quotation.parent is not None:
            assert quotation.parent < number
            outer = found[quotation.parent].pieces
            first = quotation.pieces[0]
            assert any(p.block == first.block and p.start <= first.start and first.end <= p.end for p in outer)
        for piece in quotation.pieces:
            text = blocks[piece.block].text
            assert 0 <= piece.start <= piece.inner_start <= piece.inner_end <= piece.end <= len(text)
            assert piece.start < piece.end
            assert piece.opened or piece.start == piece.inner_start or quotation.kind is QuotationKind.DIALOGUE
            assert piece.closed or piece.end == piece.inner_end
            for start, end in piece.incises:
                assert piece.inner_start <= start < end <= piece.inner_end
        for before, behind in pairwise(quotation.pieces):
            assert (before.block, before.end) <= (behind.block, behind.start)
        if quotation.speaker:
            assert 0 <= quotation.speaker.start < quotation.speaker.end <= len(blocks[quotation.speaker.block].text)
    spans = [(p.block, p.start, p.end) for q in found for p in q.pieces]
    for a, b in pairwise(sorted(spans, key=lambda span: (span[0], span[1], -span[2]))):
        assert a[0] != b[0] or b[1] >= a[2] or b[2] <= a[2]


@given(TEXT)
def test_depth_agrees_with_the_marks(text: str):
    found = quotations([block(text)])
    seen = marks(found, 0, 0, len(text))
    closed = all(p.opened and p.closed for q in found if q.marked for p in q.pieces)
    if closed:
        for at in range(len(text) + 1):
            opened = sum(mark.start < at for mark in seen if mark.role == "open")
            assert depth_at(found, 0, at) == opened - sum(mark.end <= at for mark in seen if mark.role == "close")


@pytest.mark.parametrize("sign", ["«", "»", '"', "” ", "'", " 'a", "“a” ", "« a, "])
def test_ten_thousand_marks_are_read(sign: str):
    text = "Il a dit " + sign * 10_000 + " et puis rien."
    for quotation in quotations([block(text)]):
        assert quotation.pieces[-1].end <= len(text)

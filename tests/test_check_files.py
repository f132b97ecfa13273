"""Alignment of a translation with its source, reading of bilingual files, and findings in their places."""

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dragoman.article.read import parse, read
from dragoman.check.align import Sentence, align
from dragoman.check.bilingual import read_bilingual
from dragoman.check.files import Bitext, Text, aligned, check_bitext
from dragoman.check.finding import Severity
from dragoman.check.settings import Settings
from dragoman.errors import DragomanError

DATA = Path(__file__).parent / "data" / "check"

WORDS = (
    "maire mayor pont bridge 2024 12 Nantes Rennes budget musée museum election le the vote 3,5 3.5 OTAN NATO".split()
)
SENTENCES = st.builds(
    lambda words, block, kind, free: Sentence(" ".join(words), block, kind, free),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=12),
    st.integers(0, 3),
    st.sampled_from(["", "heading"]),
    st.booleans(),
)
TEXTS = st.lists(SENTENCES, max_size=12)


def bitext(french, english, name="a.txt", name_en="b.txt"):
    return Bitext(Text(parse(french.encode(), name)), Text(parse(english.encode(), name_en)))


def texts(pair):
    """Return the sentences of each side that were aligned, as the texts have them."""
    sides = (pair.source.article.blocks, pair.target.article.blocks)
    return [
        tuple([sides[n][p.block].text[p.start : p.end] for p in parts] for n, parts in enumerate((a.source, a.target)))
        for a in aligned(pair)
    ]


def found(pair, **options):
    return [(f.check, f.file, f.line, f.column) for f in check_bitext(pair, **options)]


# ---- Alignment -----------------------------------------------------------------------------------------------------


@given(TEXTS, TEXTS)
def test_every_sentence_is_aligned_once(source, target):
    beads = align(source, target)
    assert sorted(n for bead in beads for n in range(*bead.source)) == list(range(len(source)))
    assert [n for bead in beads for n in range(*bead.target)] == list(range(len(target)))


@given(st.lists(st.builds(Sentence, st.text(min_size=1, max_size=60), st.integers(0, 3)), max_size=12))
@example([Sentence("00;0;1A", 0)] * 2)
@example([Sentence("²0¹", 0)] * 2)
def test_a_text_is_aligned_with_itself_sentence_by_sentence(text):
    assert [(bead.source, bead.target) for bead in align(text, text)] == [((n, n + 1),) * 2 for n in range(len(text))]


@settings(max_examples=20, deadline=None)
@given(st.integers(100, 200), st.integers(0, 90), st.integers(0, 20))
def test_a_long_text_is_aligned_across_what_was_dropped(size, first, count):
    """Where only the neighbourhood of a line is looked at."""
    source = [Sentence(f"Le vote {n * 7919} a eu lieu à Nantes, selon le document {n}.", n // 4) for n in range(size)]
    target = [Sentence(f"The vote {n * 7919} took place in Nantes, says document {n}.", n // 4) for n in range(size)]
    del target[first : first + count]
    beads = [bead for bead in align(source, target) if bead.target[0] < bead.target[1]]
    kept = [n for n in range(size) if not first <= n < first + count]
    assert [bead.source for bead in beads] == [(n, n + 1) for n in kept]


FERRY = [
    "Le bac a repris ses traversées entre Duclair et Berville lundi matin.",
    "Les 45 salariés avaient cessé le travail pendant trois semaines.",
    "La direction de la compagnie Normandie Passages a promis une prime de 600 euros.",
    "Un nouveau navire doit arriver au port de Rouen en 2027.",
    "Les automobilistes, eux, ont dû passer par le pont de Brotonne.",
]
FERRY_EN = [
    "The ferry resumed its crossings between Duclair and Berville on Monday morning.",
    "The 45 employees had stopped work for three weeks.",
    "The management of the Normandie Passages company promised a bonus of 600 euros.",
    "A new vessel is due to arrive in the port of Rouen in 2027.",
    "Drivers, for their part, had to use the Brotonne bridge.",
]


def paragraphs(sentences, cuts):
    """Join sentences into paragraphs that end after those numbers."""
    return "".join(s + ("\n\n" if n in cuts else " ") for n, s in enumerate(sentences)).strip() + "\n"


@pytest.mark.parametrize("cuts", [(), (0,), (1, 3), (0, 1, 2, 3), (2,)])
@pytest.mark.parametrize("cuts_en", [(), (0,), (1, 3), (0, 1, 2, 3), (2,)])
def test_paragraphs_may_be_merged_and_split(cuts, cuts_en):
    pair = bitext(paragraphs(FERRY, cuts), paragraphs(FERRY_EN, cuts_en))
    assert texts(pair) == [([f], [e]) for f, e in zip(FERRY, FERRY_EN, strict=True)]
    assert found(pair) == []


def test_sentences_may_be_merged():
    merged = [FERRY_EN[0], f"{FERRY_EN[1].rstrip('.')}, but {FERRY_EN[2][0].lower()}{FERRY_EN[2][1:]}", *FERRY_EN[3:]]
    pair = bitext(paragraphs(FERRY, (0,)), paragraphs(merged, (0,)))
    assert texts(pair)[1] == (FERRY[1:3], merged[1:2])
    assert found(pair) == []


def test_sentences_may_be_split():
    split = [*FERRY_EN[:2], "The management of the Normandie Passages company made a promise.", "It is 600 euros."]
    pair = bitext(paragraphs(FERRY, (1,)), paragraphs([*split, *FERRY_EN[3:]], (1,)))
    assert texts(pair)[2] == (FERRY[2:3], split[2:])


@pytest.mark.parametrize("order", [[4, 0, 1, 2, 3], [1, 2, 3, 4, 0], [0, 3, 1, 2, 4]])
def test_paragraphs_may_be_moved(order):
    pair = bitext(paragraphs(FERRY, range(4)), paragraphs([FERRY_EN[n] for n in order], range(4)))
    assert texts(pair) == [([FERRY[n]], [FERRY_EN[n]]) for n in order]
    assert found(pair) == []


@pytest.mark.parametrize("lost", range(5))
def test_a_lost_paragraph_is_an_omission_at_its_place_in_the_source(lost):
    english = [sentence for n, sentence in enumerate(FERRY_EN) if n != lost]
    pair = bitext(paragraphs(FERRY, range(4)), paragraphs(english, range(4)))
    assert found(pair) == [("omission", "a.txt", 2 * lost + 1, 1)]


def test_a_lost_sentence_is_an_omission():
    pair = bitext(paragraphs(FERRY, (1,)), paragraphs([*FERRY_EN[:2], *FERRY_EN[3:]], (1,)))
    (finding,) = check_bitext(pair)
    assert (finding.check, finding.severity, finding.line, finding.column) == ("omission", Severity.ERROR, 3, 1)
    assert finding.message == "this sentence is not in the translation"
    assert finding.source.text == FERRY[2]
    assert finding.target is None


def test_an_added_paragraph_is_an_addition_at_its_place_in_the_translation():
    added = "Subscribers can read our interview with the chief engineer in Thursday's supplement."
    pair = bitext(paragraphs(FERRY, range(4)), paragraphs([*FERRY_EN[:3], added, *FERRY_EN[3:]], range(5)))
    assert found(pair) == [("addition", "b.txt", 7, 1)]


def test_a_lost_byline_is_a_warning():
    pair = bitext(f"Une traversée\n\nPar Maud Leroy\n\n{FERRY[0]}\n", f"A crossing\n\n{FERRY_EN[0]}\n")
    assert [(f.check, f.severity, f.line) for f in check_bitext(pair)] == [("omission", Severity.WARNING, 3)]


def test_what_was_said_in_the_next_sentence_is_not_missing():
    pair = bitext(
        "Le chantier a duré huit mois. Il a coûté 12 millions d'euros à la région.",
        "The work, which cost 12 million euros, took eight months. The region paid for it.",
    )
    assert found(pair) == []


def test_a_settled_severity_and_a_disabled_check():
    pair = bitext(paragraphs(FERRY, range(4)), paragraphs(FERRY_EN[:4], range(4)))
    strict = Settings(severities={"omission": Severity.WARNING})
    assert [f.severity for f in check_bitext(pair, settings=strict)] == [Severity.WARNING]
    assert check_bitext(pair, settings=Settings(disabled=frozenset({"omission"}))) == []


# ---- Places --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("french", "english", "name", "place"),
    [
        ("Un vote a eu lieu le 4 mai.", "A vote was held on May 5.", "txt", (1, 20)),
        ("Un titre\r\n\r\nUn vote a eu lieu le 4 mai.", "A title\r\n\r\nA vote was held on May 5.", "txt", (3, 20)),
        ("# Titre\n\n*Un* vote a eu lieu\nle 4 mai.", "# Title\n\n*A* vote was\nheld on May 5.", "md", (4, 9)),
        ("<p>Un vote a eu lieu le 4&nbsp;mai.</p>", "<h2></h2>\n<p>A &quot;vote&quot; on May 5.</p>", "html", (2, 26)),
    ],
)
def test_a_finding_stands_at_its_line_and_column(french, english, name, place):
    pair = bitext(french, english, f"a.{name}", f"b.{name}")
    (figure,) = (f for f in check_bitext(pair) if f.check == "figures")
    assert (figure.line, figure.column) == place
    assert figure.target.text[slice(*figure.target.marked)].endswith("5")
    start, end = figure.target.marked
    assert (figure.target.end_line, figure.target.end_column) == (place[0], place[1] + end - start)


def test_a_finding_in_merged_sentences_stands_in_its_own_line():
    pair = bitext(
        "La gare de Vierzon fermera en juin.\n\nElle avait accueilli 18 000 voyageurs en 2023.\n",
        "Vierzon station, which had welcomed 13,000 passengers in 2023, will close in June.\n",
    )
    figure = next(f for f in check_bitext(pair) if f.check == "figures")
    assert (figure.source.line, figure.source.column) == (3, 22)
    assert figure.source.text[slice(*figure.source.marked)] == "18 000"


# ---- Formats -------------------------------------------------------------------------------------------------------

CLEAN = [
    ("ferry.fr.txt", "ferry.en.txt"),
    ("ferry.fr.txt", "ferry-merged.en.txt"),
    ("library.fr.md", "library.en.md"),
    ("harbour.fr.html", "harbour.en.html"),
    ("harbour.fr.html", "harbour.en.txt"),
]


@pytest.mark.parametrize(("french", "english"), CLEAN)
def test_a_right_translation_has_no_findings(french, english):
    """Also where the page has menus and share buttons that the translation lacks, or has others."""
    pair = Bitext(*(Text(read(str(DATA / name))) for name in (french, english)))
    assert [(f.check, f.message) for f in check_bitext(pair)] == []


def test_links_that_were_lost():
    pair = bitext(
        "Le détail est [sur le site](https://a.example/x) de la mairie.",
        "Details are on the website of the town hall.",
        "a.md",
        "b.md",
    )
    (finding,) = check_bitext(pair)
    assert (finding.check, finding.severity) == ("markup", Severity.WARNING)
    assert finding.message == "links: 1 in the source, 0 in the translation"


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ("notices.xlf", [("figures", 11), ("markup", 15), ("omission", 18)]),
        ("notices2.xlf", []),
        ("memory.tmx", [("figures", 11)]),
        ("app.po", [("figures", 11), ("codes", 16), ("omission", 21)]),
    ],
)
def test_bilingual_files(file, expected):
    findings = check_bitext(read_bilingual(str(DATA / file)))
    assert [(f.check, f.line) for f in findings] == expected
    assert {f.severity for f in findings} <= {Severity.ERROR}
    assert {f.column for f in findings} <= {0}


XLIFF = '<xliff version="1.2"><file source-language="{}" target-language="{}"><body>{}</body></file></xliff>'
UNIT = "<trans-unit id='1'><source>Le pont.</source><target>The bridge.</target></trans-unit>"


@pytest.mark.parametrize(
    ("name", "text", "what"),
    [
        ("a.xlf", "<xliff", "line 1: is not well-formed XML"),
        ("a.xlf", "<tmx/>", "is XML, but not XLIFF (its root is tmx)"),
        ("a.xlf", XLIFF.format("fr", "de", UNIT), "translates into de"),
        ("a.xlf", XLIFF.format("en", "fr", UNIT), "translates from en"),
        ("a.xlf", XLIFF.format("fr", "en", ""), "has no units"),
        ("a.xlf", '<!DOCTYPE x [<!ENTITY e "f">]>' + XLIFF.format("fr", "en", "&e;"), "XML entities of its own"),
        ("a.tmx", "<xliff/>", "is XML, but not TMX (its root is xliff)"),
        ("a.tmx", "<tmx version='1.4'><header srclang='fr'/><body></body></tmx>", "has no units"),
        ("a.po", 'msgid ""\nmsgstr "Language: de\\n"\n\nmsgid "Le pont"\nmsgstr "Die Brücke"\n', "translates into de"),
        ("a.po", 'msgid "Le pont\nmsgstr "The bridge"\n', "a.po: "),
        ("a.po", "", "has no units"),
    ],
)
def test_a_bilingual_file_that_cannot_be_checked(tmp_path, name, text, what):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DragomanError) as error:
        read_bilingual(str(path))
    assert what in str(error.value)
    assert "\n" not in str(error.value)

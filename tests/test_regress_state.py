"""Baselines: what is recorded of a translated article, and the file that it is written to."""

from dataclasses import replace

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from dragoman.article.read import parse
from dragoman.engine.ladder import Result, Rung
from dragoman.errors import DragomanError
from dragoman.glossary.entry import Entry
from dragoman.glossary.match import compile as compiled
from dragoman.pipeline import translate
from dragoman.regress.state import (
    FindingState,
    GlossarySignature,
    Kept,
    ModelSignature,
    SegmentState,
    Signature,
    State,
    as_data,
    dump,
    dump_glossaries,
    load,
    load_glossaries,
    represent,
    state_of,
)

SIGNATURE = Signature(
    dragoman="0.1.0",
    model=ModelSignature("translate-fr_en", "1.9", "ab" * 32),
    glossaries=(GlossarySignature("house", 2, "0123456789ab", (("non", "no"), ("oui", "yes; kind admitted"))),),
    locale="en-US",
    beam=4,
    quotes="translate",
)
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
KEPT = st.builds(Kept, TEXT, st.none() | TEXT)
GROUP = st.lists(KEPT, max_size=2).map(tuple)
SEGMENT = st.builds(
    SegmentState,
    source=TEXT,
    translation=TEXT,
    kind=st.sampled_from(["paragraph", "title"]),
    continues=st.booleans(),
    terms=GROUP,
    entities=GROUP,
    figures=GROUP,
    quotations=GROUP,
    findings=st.lists(st.builds(FindingState, TEXT, TEXT, TEXT, TEXT), max_size=2).map(tuple),
    rung=st.sampled_from(["plain", "rule"]),
)
STATE = st.builds(
    State,
    TEXT,
    st.sampled_from([SIGNATURE, replace(SIGNATURE, checks=("spacing off",))]),
    st.lists(SEGMENT, max_size=3).map(tuple),
)
SENTENCE = SegmentState(
    source="« Oui : c'est fini », a dit à 15 heures la ministre de la Transition écologique, visiblement très émue.",
    translation="“Yes: it’s over,” the minister for the ecological transition, visibly very moved, said at 3 p.m.",
    kind="paragraph",
    figures=(Kept("15 heures", "3 p.m."),),
    rung="plain",
)


@given(STATE)
def test_a_file_holds_the_whole_state(state):
    assert load(dump(state), "a.yml") == state


@given(STATE)
def test_pytest_regressions_would_write_the_same_bytes(state):
    dumpers = pytest.importorskip("pytest_regressions.data_regression")

    class Dumper(dumpers.RegressionYamlDumper):
        """Of its own, so that the test leaves that of the plugin as it is."""

    represent(Dumper)
    written = yaml.dump_all(
        [as_data(state)], Dumper=Dumper, default_flow_style=False, allow_unicode=True, indent=2, encoding="utf-8"
    )
    assert written == dump(state)


def test_texts_stand_on_one_line_and_in_the_order_in_which_one_reads():
    lines = dump(State("a.txt", SIGNATURE, (SENTENCE,))).decode().splitlines()
    at = lines.index("segments:")
    assert lines[at + 1 :] == [
        "- source: |-",
        f"    {SENTENCE.source}",
        "  translation: |-",
        f"    {SENTENCE.translation}",
        "  kind: paragraph",
        "  figures:",
        "  - 15 heures: 3 p.m.",
        "  rung: plain",
    ]


def test_a_change_of_one_word_is_a_change_of_one_line():
    other = replace(SENTENCE, translation=SENTENCE.translation.replace("moved", "touched"))
    files = [dump(State("a.txt", SIGNATURE, (segment,))).decode().splitlines() for segment in (SENTENCE, other)]
    assert sum(a != b for a, b in zip(*files, strict=True)) == 1


def test_the_entries_of_the_glossaries_are_kept_beside_the_baselines():
    assert load_glossaries(dump_glossaries(SIGNATURE), "signature.yml").glossaries[0].entries == (
        ("non", "no"),
        ("oui", "yes; kind admitted"),
    )
    assert b"entries" not in dump(State("a.txt", SIGNATURE, ()))


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "a.yml: is no baseline"),
        (b"- 1\n", "a.yml: is no baseline"),
        (b"article: a\n", "a.yml: is no baseline ('signature' is missing)"),
        (b"article: [\n", "a.yml:2: is not YAML"),
        (b"\xff\xfe\xff", "a.yml: is not YAML"),
        (b"article: !!python/object/apply:os.system [ls]\n", "is not YAML"),
    ],
)
def test_what_is_no_baseline_is_named(data, message):
    with pytest.raises(DragomanError, match="regress update") as error:
        load(data, "a.yml")
    assert message in str(error.value)
    assert "\n" not in str(error.value)


def said(texts):
    """Return an engine that says these things, one for each segment that it is asked for."""
    waiting = iter(texts)
    return lambda requests: [Result(next(waiting), -0.5, Rung.PLAIN) for _ in requests]


def recorded(french, *english, entries=()):
    article = parse(french.encode(), "a.txt")
    (done,) = translate([article], said(english), "en-US", matchers=[compiled(entries)])
    return state_of(done, SIGNATURE).segments


def test_what_is_kept_is_recorded_with_its_translation():
    (segment,) = recorded(
        "Le conseil d'administration de Vinci, réuni à Londres, a voté 12 % de hausse.",
        "The board of directors of Vinci, meeting in London, voted a 12% rise.",
        entries=[Entry("conseil d'administration", "board of directors")],
    )
    assert segment.terms == (Kept("conseil d'administration", "board of directors"),)
    assert segment.entities == (Kept("Vinci", "Vinci"), Kept("Londres", "London"))
    assert segment.figures == (Kept("12 %", "12%"),)
    assert not segment.findings


def test_what_is_lost_is_recorded_as_lost():
    (segment,) = recorded("À Londres, Vinci a voté 12 % de hausse.", "In Rome, Vinci voted a 15% rise.")
    assert segment.entities == (Kept("Londres", None), Kept("Vinci", "Vinci"))
    assert segment.figures == (Kept("12 %", None),)
    assert {(f.check, f.source) for f in segment.findings} == {("entities", "Londres"), ("figures", "12 %")}


def test_quotations_are_recorded_with_their_marks():
    (segment,) = recorded(
        "« Nous irons à Lyon », a dit Claire Vasseur, « et nous gagnerons. »",
        "“We will go to Lyon,” said Claire Vasseur, “and we will win.”",
    )
    assert [kept.translation for kept in segment.quotations] == ["“We will go to Lyon,”", "“and we will win.”"]


def test_the_form_of_a_first_mention_is_recorded_where_it_stands():
    entry = Entry("AGI", "AGI", case="exact", first="artificial general intelligence (AGI)")
    first, second = recorded(
        "Cette AGI fait peur.\n\nLa même AGI fait rêver.",
        "This AGI is frightening.",
        "The same AGI makes people dream.",
        entries=[entry],
    )
    assert first.terms == (Kept("AGI", "artificial general intelligence (AGI)"),)
    assert second.terms == (Kept("AGI", "AGI"),)


def test_segments_know_their_block_and_their_line():
    segments = recorded(
        "Le maire part.\n\nIl pleut. Il vente.",
        "The mayor is leaving.",
        "It rains.",
        "It blows.",
    )
    assert [segment.continues for segment in segments] == [False, False, True]
    assert [segment.line for segment in segments] == [1, 3, 3]


def test_lines_are_no_part_of_a_state():
    assert replace(SENTENCE, line=7) == SENTENCE
    assert dump(State("a", SIGNATURE, (replace(SENTENCE, line=7),))) == dump(State("a", SIGNATURE, (SENTENCE,)))

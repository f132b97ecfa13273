import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.localise import apply, localise, open_at_end
from dragoman.localise.quotes import quotation_marks
from dragoman.localise.style import style

LOCALES = ("en-US", "en-GB")
CASES = Path(__file__).parent / "data" / "typography_cases.tsv"


def _cases():
    lines = CASES.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines, 1):
        if line and not line.startswith(("#", "phenomenon\t")):
            about, locale, inside, source, target, wanted = line.replace("⍽", "\u00a0").split("\t")
            depth, _, opens = inside.partition(" ")
            yield pytest.param(
                source,
                target,
                locale,
                {"inside": int(depth), "opens": opens == "opens"},
                target if wanted == "=" else wanted,
                id=f"{number}: {about}, {locale}",
            )


def _localised(source, target, locale, **state):
    return apply(target, localise(source, target, locale, **state))[0]


@pytest.mark.parametrize(("source", "target", "locale", "state", "wanted"), list(_cases()))
def test_quotations(source, target, locale, state, wanted):
    assert _localised(source, target, locale, **state) == wanted
    assert localise(source, wanted, locale, **state) == []


def test_each_case_is_for_both_locales():
    ids = [case.id.split(": ", 1)[1].rsplit(", ", 1) for case in _cases()]
    assert {about for about, locale in ids if locale == "en-US"} == {
        about for about, locale in ids if locale == "en-GB"
    }


def test_protected_text_is_not_punctuated():
    target = '`"b" he said` twice, "no" he added.'
    edits = localise("`b` deux fois, « non », a-t-il ajouté.", target, "en-US", [(0, target.rindex("`") + 1)])
    assert apply(target, edits)[0] == '`"b" he said` twice, “no,” he added.'


@pytest.mark.parametrize(
    ("text", "locale", "inside", "opens", "at_end"),
    [
        ("“We will stay.", "en-US", 0, False, 1),
        ("We will stay.", "en-US", 1, False, 1),
        ("We will stay,” the mayor said.", "en-US", 1, False, 0),
        ("We will stay’, the mayor said.", "en-GB", 1, False, 0),
        ("“We will stay.”", "en-US", 1, True, 0),
        ("“We will stay.", "en-US", 1, True, 1),
        ("“We say ‘stay", "en-US", 0, False, 2),
        ("The workers’ rights.", "en-US", 0, False, 0),
    ],
)
def test_open_at_end(text, locale, inside, opens, at_end):
    assert open_at_end(text, locale, inside=inside, opens=opens) == at_end


@pytest.mark.parametrize(
    ("first", "second", "locale", "wanted"),
    [
        (
            ("« Nous resterons, a promis le maire.", "“We will stay, the mayor promised."),
            ("La ville a besoin de nous. »", "The city needs us. »"),
            "en-US",
            "“We will stay,” the mayor promised. “The city needs us.”",
        ),
        (
            ("« Nous resterons, a promis le maire.", "“We will stay, the mayor promised."),
            ("La ville a besoin de nous. »", "The city needs us. »"),
            "en-GB",
            "‘We will stay’, the mayor promised. ‘The city needs us.’",
        ),
        (
            ("« Nous resterons.", "“We will stay."),
            ("La ville a besoin de nous, a-t-il dit. »", "The city needs us, he said.”"),
            "en-US",
            "“We will stay. The city needs us,” he said.",
        ),
    ],
)
def test_sentences_of_one_speech(first, second, locale, wanted):
    start = _localised(*first, locale, reopens=True)
    opens = open_at_end(start, locale) < 1
    assert f"{start} {_localised(*second, locale, inside=1, opens=opens)}" == wanted


def test_a_speech_that_no_sentence_opens_again_stays_open():
    target = "“We will stay, the mayor promised."
    assert localise("« Nous resterons, a promis le maire.", target, "en-US") == []


def test_roles_of_marks():
    text = "He said: “The workers’ 'plan' is 5'10\" long.” She left.”"
    found = [(text[mark.start : mark.end], mark.role) for mark in quotation_marks(text, 1)]
    assert found == [("“", "open"), ("'", "open"), ("'", "close"), ("”", "close"), ("”", "close")]
    assert [m.role for m in quotation_marks("We will stay.’ She left.", 1)] == ["close"]
    assert quotation_marks("It is the workers’ plan.", 1) == []
    assert [m.role for m in quotation_marks("We will stay’, she said.", 1, style("en-GB"))] == ["close"]


def test_import_compiles_no_verbs():
    code = (
        "import sys, dragoman.localise.reporting as r, dragoman.localise.verbs as v;"
        "sys.exit(v.french_says.cache_info().currsize + r._french_clause.cache_info().currsize)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


# Properties

FRENCH = [
    *("« Nous partons », a dit le maire", ", « mais pas demain. »", "Il a crié : « Non ! »", "« Il parle de “crise” »"),
    *(", a-t-il ajouté, ", ", explique Lucie. ", "un « ami »", "Le maire reste", " », dit-elle", "« Crise"),
]
ENGLISH = [
    *("“We are leaving,” the mayor said", " “But not tomorrow.”", "He shouted: “No!”", "“He speaks of ‘crisis’”"),
    *(", he added, ", ", explains Lucie. ", "a “friend”", "The mayor stays", "” she said", "“Crisis", "said "),
    *(".”", "”,", "’s", "workers’ ", "the ", "But ", "we ", " and ", "“‘", "’”", "'90s ", "5'10\" "),
]
MARKS = list("«»“”„\"‘’'.,:;!?… ()[]–-")
SPACES = [" ", "\u00a0", "\u202f"]


def _texts(pieces):
    return st.lists(st.sampled_from([*pieces, *MARKS, *SPACES]), max_size=14).map("".join)


STATES = st.fixed_dictionaries({"inside": st.integers(0, 3), "opens": st.booleans(), "reopens": st.booleans()})


@settings(deadline=None, max_examples=300)
@given(_texts(FRENCH), _texts(ENGLISH), st.sampled_from(LOCALES), STATES)
def test_localising_again_changes_nothing(source, target, locale, state):
    once = _localised(source, target, locale, **state)
    assert localise(source, once, locale, **state) == []


@settings(deadline=None, max_examples=300)
@given(_texts(FRENCH), _texts(ENGLISH), st.sampled_from(LOCALES), STATES)
def test_only_marks_spaces_stops_and_capitals_change(source, target, locale, state):
    target = re.sub(r"\d", "", target)
    result = _localised(source, target, locale, **state)
    assert [c.lower() for c in result if c.isalnum()] == [c.lower() for c in target if c.isalnum()]
    kept = re.compile(r"[;()\[\]]")
    assert kept.findall(result) == kept.findall(target)
    # A quotation gets back a ! or ? of the source, but loses none.
    for mark in "!?":
        assert target.count(mark) <= result.count(mark) <= target.count(mark) + source.count(mark)
    # A letter changes its case only behind an opening mark.
    changed = [
        index
        for index, (new, old) in enumerate(
            zip((c for c in result if c.isalnum()), (c for c in target if c.isalnum()), strict=True)
        )
        if new != old
    ]
    letters = [index for index, c in enumerate(result) if c.isalnum()]
    assert all(result[letters[index] - 1] in "“‘" for index in changed)


@settings(deadline=None, max_examples=300)
@given(_texts(ENGLISH), st.sampled_from(LOCALES))
def test_without_a_source_no_mark_comes_or_goes(target, locale):
    mark = re.compile("[«»“”„\"‘’']")
    assert len(mark.findall(_localised("", target, locale))) == len(mark.findall(target))


@pytest.mark.parametrize(
    "piece",
    [
        *("« ", "» ", "“", "” ", "‘", "’ ", '" a', "' a", ".”", "”,", "“A ", "‘A “B "),
        *(
            "« a », dit-il, ",
            "“a,” he said, ",
            "said: “A. ",
            ", a dit le maire, ",
            "« a, a dit le maire, b » ",
            "said ",
        ),
    ],
)
def test_long_texts_end(piece):
    text = (piece * 10_000)[:10_000]
    for state in ({}, {"inside": 3, "opens": True}):
        localise(text, text, "en-GB", **state)

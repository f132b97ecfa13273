import subprocess
import sys
from datetime import date, time
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from babel.dates import format_date
from babel.numbers import format_decimal
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.errors import DragomanError
from dragoman.localise import Date, Edit, Kind, Time, apply, date_line, figures, localise, render
from dragoman.localise.edit import compose
from dragoman.localise.figures import numerals

LOCALES = ("en-US", "en-GB")
CASES = Path(__file__).parent / "data" / "localise_cases.tsv"


def _cases():
    for number, line in enumerate(CASES.read_text(encoding="utf-8").splitlines(), 1):
        if line and not line.startswith("#"):
            about, locale, source, target, wanted = line.replace("⍽", "\u00a0").split("\t")
            yield pytest.param(
                locale, source, target, target if wanted == "=" else wanted, id=f"{number}: {about}, {locale}"
            )


def _localised(source: str, target: str, locale: str) -> str:
    return apply(target, localise(source, target, locale))[0]


@pytest.mark.parametrize(("locale", "source", "target", "wanted"), list(_cases()))
def test_localise(locale, source, target, wanted):
    assert _localised(source, target, locale) == wanted
    assert localise(source, wanted, locale) == []


def test_protected_text_stays():
    target = 'Type `3,5 % "x"` : 3,5 % "x"'
    start, end = target.index("`"), target.rindex("`") + 1
    edits = localise('Tapez `3,5 % "x"` : 3,5 % « x »', target, "en-US", [(start, end)])
    assert apply(target, edits)[0] == 'Type `3,5 % "x"`: 3.5% “x”'


@pytest.mark.parametrize("call", [lambda: localise("a", "a", "en-AU"), lambda: date_line("3 mai 2024", "fr")])
def test_unknown_locale(call):
    with pytest.raises(DragomanError, match="en-US or en-GB"):
        call()


def test_import_is_light():
    code = "import sys, dragoman.localise; sys.exit('babel' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


# Figures


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("le vendredi 3 janvier 2025", [Date(2025, 1, 3, 4)]),
        ("du 3 au 5 mai", [Date(None, 5, 3, None, 5)]),
        ("octobre 18, 2024 et octobre 2024", [Date(2024, 10, 18), Date(2024, 10)]),
        ("18/10/2024, 2024-10-18, 18 oct. 2024", [Date(2024, 10, 18)] * 3),
        ("à 18 h 30, 18h30, 18h et 14:30", [Time(18, 30), Time(18, 30), Time(18, 0), Time(14, 30)]),
        ("1 234 567, 1.234.567 ou 12,5", [Decimal(1234567), Decimal(1234567), Decimal("12.5")]),
        ("1\u202f234\u202f567 et 1\u00a0000", [Decimal(1234567), Decimal(1000)]),
        ("1,3 million, 2 milliards, 3 billions", [Decimal(1300000), Decimal(2 * 10**9), Decimal(3 * 10**12)]),
        ("3,5 %, 3,5% ou 12 pour cent", [Decimal("3.5"), Decimal("3.5"), Decimal(12)]),
        ("3,50 €, 20 M€, 2 Md€, 1,3 milliard d'euros", [Decimal("3.5"), 20 * 10**6, 2 * 10**9, 13 * 10**8]),
        ("midi et minuit", []),
        ("n° 2024-42, GPT-3, A320, 24/7, 3-0, 2024-2025", []),
        ("01 23 45 67 89, +33 1 23 45 67 89, 0 800 123 456 789", [0]),
        ("https://exemple.fr/3,5/12 000, v1.2.3, 192.168.1.10", []),
        ("552 120 222 00013", []),
    ],
)
def test_french_values(text, values):
    assert [figure.value for figure in numerals(text, "fr")] == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("October 18, 2024, the 18th of October, Oct. 18", [Date(2024, 10, 18), *[Date(None, 10, 18)] * 2]),
        ("at 2:30 p.m., 6pm and noon", [Time(14, 30), Time(18, 0), Time(12, 0)]),
        ("1,234,567 and 12.5 and 1.3 billion", [Decimal(1234567), Decimal("12.5"), Decimal(13 * 10**8)]),
        ("$20m, €1.3 billion, a 300-million-dollar loan", [20 * 10**6, 13 * 10**8, 300 * 10**6]),
        ("3.5% or 3.5 percent", [Decimal("3.5")] * 2),
    ],
)
def test_english_values(text, values):
    assert [figure.value for figure in numerals(text, "en")] == values


def test_currencies():
    found = numerals("100 dollars, 10 £, 3 €, 5 dollars canadiens", "fr")
    assert [(figure.kind, figure.currency) for figure in found] == [
        (Kind.MONEY, "USD"),
        (Kind.MONEY, "GBP"),
        (Kind.MONEY, "EUR"),
        (Kind.NUMBER, ""),
    ]


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        ("à 2h30", [True]),
        ("un vol de 2h30", [False]),
        ("à 2h30 de Paris", [False]),
        ("de 9h à 12h", [True, True]),
        ("le train de 18h30", [True]),
        ("le 3 mai, 9h", [True, True]),
        ("la loi de 2000", [False]),
        ("2 000 lois", [True]),
        ("12000 lois", [True]),
        ("12000 Arles", [False]),
    ],
)
def test_forms_that_may_be_something_else(text, sure):
    assert [figure.sure for figure in numerals(text, "fr")] == sure


# Date lines


@pytest.mark.parametrize(
    ("line", "american", "british"),
    [
        ("octobre 18, 2024", "October 18, 2024", "18 October 2024"),
        ("18/10/2024", "October 18, 2024", "18 October 2024"),
        ("Le 1er mai 2024", "May 1, 2024", "1 May 2024"),
        ("vendredi 3 mai 2024", "Friday, May 3, 2024", "Friday 3 May 2024"),
        (
            "Publié le 18 octobre 2024 à 14h30",
            "Published October 18, 2024, at 2:30 p.m.",
            "Published 18 October 2024 at 2:30pm",
        ),
        ("Mis à jour le 3 mai 2024 à 9 h 05", "Updated May 3, 2024, at 9:05 a.m.", "Updated 3 May 2024 at 9:05am"),
        ("Dernière mise à jour : 3 mai 2024", "Last updated May 3, 2024", "Last updated 3 May 2024"),
        (
            "Publié le 3 mai 2024 à 14h30, mis à jour à 15h20",
            "Published May 3, 2024, at 2:30 p.m., updated at 3:20 p.m.",
            "Published 3 May 2024 at 2:30pm, updated at 3:20pm",
        ),
        (
            "3 mai 2024 | 14:30 (mis à jour le 4 mai 2024)",
            "May 3, 2024 | 2:30 p.m. (updated May 4, 2024)",
            "3 May 2024 | 2:30pm (updated 4 May 2024)",
        ),
        ("Lyon, le 3 mai 2024", "Lyon, May 3, 2024", "Lyon, 3 May 2024"),
        ("Londres, le 3 mai 2024", "London, May 3, 2024", "London, 3 May 2024"),
        ("Publié le 3 mai 2024 à 14h30.", "Published May 3, 2024, at 2:30 p.m.", "Published 3 May 2024 at 2:30pm."),
        (
            "Publié le 3 mai 2024 à 14h30 Lecture : 3 min",
            "Published May 3, 2024, at 2:30 p.m. Reading time: 3 min",
            "Published 3 May 2024 at 2:30pm Reading time: 3 min",
        ),
        ("3 mai 2024 · 4 min de lecture", "May 3, 2024 · 4 min read", "3 May 2024 · 4 min read"),
        ("Temps de lecture : 5 minutes", None, None),
        ("Par Jeanne Martin, le 3 mai 2024", None, None),
        ("Le 3 mai 2024, la banque a fermé", None, None),
        ("Publié le 3 mai 2024 par la rédaction", None, None),
        ("(3 mai 2024", None, None),
        ("14h30", None, None),
        ("Publié récemment", None, None),
        ("", None, None),
    ],
)
def test_date_line(line, american, british):
    assert _dated(line, "en-US") == american
    assert _dated(line, "en-GB") == british


def _dated(line: str, locale: str) -> str | None:
    edits = date_line(line, locale)
    return None if edits is None else apply(line, edits)[0]


def test_tags_stay_around_their_dates():
    line = "Publié le 25 mars 2025 à 18 h 42, mis à jour à 20 h 05"
    edits = date_line(line, "en-US")
    marks = [line.index("25"), line.index(","), line.index("20 h"), len(line)]
    text, (start, end, later, last) = apply(line, edits, marks)
    assert text[start:end] == "March 25, 2025, at 6:42 p.m."
    assert text[later:last] == "8:05 p.m."


# Edits


def test_positions_follow():
    #          0123456789
    edits = [Edit(2, 4, "XYZ"), Edit(6, 6, "+"), Edit(8, 9, "")]
    text, places = apply("ab12cd34ef", edits, (0, 2, 3, 4, 6, 8, 9, 10))
    assert text == "abXYZcd+34f"
    assert [text[:place] for place in places] == [
        "",
        "ab",
        "abXYZ",
        "abXYZ",
        "abXYZcd",
        "abXYZcd+34",
        "abXYZcd+34",
        "abXYZcd+34f",
    ]


def test_positions_inside_a_replaced_range_stay_beside_their_words():
    text, places = apply("le 3 million euros, dit", [Edit(3, 18, "€3 million")], (4, 5, 12, 13, 18))
    assert [text[:place] for place in places] == ["le €3", "le €3 ", *["le €3 million"] * 3]
    text, places = apply("“oui”.", [Edit(4, 6, ".”")], (4, 5, 6))
    assert [text[:place] for place in places] == ["“oui", "“oui.”", "“oui.”"]


@st.composite
def _edits(draw, text):
    ends = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8)))
    spans = list(zip(ends[::2], ends[1::2], strict=False))
    kept = [
        span for index, span in enumerate(spans) if index == 0 or span[0] > spans[index - 1][1]
    ]  # two insertions at one place have no order
    return [Edit(start, end, draw(st.text("xyz", max_size=3))) for start, end in kept]


@settings(deadline=None, max_examples=200)
@given(st.data())
def test_compose(data):
    text = data.draw(st.text("abc", max_size=12))
    first = data.draw(_edits(text))
    between = apply(text, first)[0]
    second = data.draw(_edits(between))
    composed = compose(text, first, second)
    assert apply(text, composed)[0] == apply(between, second)[0]
    _assert_in_order(composed, text)


@settings(deadline=None, max_examples=200)
@given(st.data())
def test_positions_keep_their_order(data):
    text = data.draw(st.text("abc", max_size=12))
    new, places = apply(text, data.draw(_edits(text)), range(len(text) + 1))
    assert list(places) == sorted(places)
    assert places[0] == 0 or not text
    assert all(0 <= place <= len(new) for place in places)


def _assert_in_order(edits, text):
    end = 0
    for edit in edits:
        assert end <= edit.start <= edit.end <= len(text)
        assert text[edit.start : edit.end] != edit.text
        end = edit.end


# Properties

AMOUNTS = st.one_of(
    st.decimals(0, 999_999, places=2), st.decimals(0, 99_999, places=1), st.integers(0, 10**9).map(Decimal)
)
SCALES = st.sampled_from([(0, "", ""), (6, " million", " million"), (9, " milliard", " billion")])
DATES = st.dates(date(1000, 1, 1), date(2999, 12, 31))


def _french(amount: Decimal) -> str:
    places = -amount.as_tuple().exponent
    return str(format_decimal(amount, "#,##0" + "." * bool(places) + "0" * places, locale="fr"))


@settings(deadline=None, max_examples=150)
@given(AMOUNTS, SCALES, st.sampled_from([("", ""), (" %", ""), (" €", "EUR"), ("\u00a0$", "USD")]))
def test_numbers_keep_their_value(amount, scale, unit):
    power, french_scale, _ = scale
    french_unit, currency = unit
    if french_unit == " %":
        power, french_scale = 0, ""
    (figure,) = figures(f"Soit {_french(amount)}{french_scale}{french_unit} en tout", "fr")
    assert figure.value == amount * 10**power
    assert figure.currency == currency
    for locale in LOCALES:
        (again,) = figures(f"That is {render(figure, locale)} in all", "en")
        assert (again.kind, again.value, again.currency) == (figure.kind, figure.value, currency)


@settings(deadline=None, max_examples=100)
@given(DATES, st.sampled_from(["full", "long", "medium", "dd/MM/y", "y-MM-dd", "MMMM d, y"]))
def test_dates_keep_their_value(day, form):
    (figure,) = figures(f"Depuis le {format_date(day, form, locale='fr')}, rien", "fr")
    assert figure.value[:3] == (day.year, day.month, day.day)
    assert figure.value.weekday == (day.weekday() if form == "full" else None)
    for locale in LOCALES:
        (again,) = figures(f"Nothing since {render(figure, locale)}, then", "en")
        assert again.value == figure.value


@settings(deadline=None, max_examples=100)
@given(st.times(), st.sampled_from(["{0.hour} h {0.minute:02}", "{0.hour}h{0.minute:02}", "{0:%H:%M}"]))
def test_times_keep_their_value(clock: time, form):
    (figure,) = figures(f"Rendez-vous à {form.format(clock)}, demain", "fr")
    assert figure.value == Time(clock.hour, clock.minute)
    assert figure.sure
    for locale in LOCALES:
        (again,) = figures(f"Meet at {render(figure, locale)} sharp", "en")
        assert again.value == figure.value


@settings(deadline=None, max_examples=200)
@given(
    AMOUNTS.flatmap(lambda amount: st.tuples(st.just(amount), st.one_of(st.just(amount), AMOUNTS))),
    SCALES,
    st.sampled_from(LOCALES),
    st.booleans(),
)
def test_localising_never_changes_a_value(amounts, scale, locale, copied):
    ours, theirs = amounts
    power, french_scale, english_scale = scale
    form = _french(theirs) if copied else f"{theirs:,}"
    target = f"It takes {form}{english_scale} this year."
    result = _localised(f"Il en faut {_french(ours)}{french_scale} cette année.", target, locale)
    if ours.as_tuple() == theirs.as_tuple():
        (figure,) = figures(result, "en")
        assert figure.value == ours * 10**power
    elif ours != theirs:
        assert result == target.replace("\u202f", " ")


PIECES = st.sampled_from(
    [
        *"aBs.,:;!?-–—'\"«»“”‘’()%€$…",
        *(
            " ",
            "\u00a0",
            " the ",
            " mot",
            "3",
            "12 000",
            "1,5",
            "14h30",
            "2:30 p.m.",
            "3 mai 2024",
            "May 3",
            " à ",
            "%",
        ),
        *(
            "l'",
            "workers' ",
            "'90s",
            "1er",
            " and ",
            " million",
            " euros",
            "...",
            "https://a.fr/1,5",
            "12/10/2024",
            " – ",
        ),
    ]
)
TEXTS = st.one_of(st.lists(PIECES, max_size=25).map("".join), st.text(max_size=30))


@settings(deadline=None, max_examples=400)
@given(TEXTS, TEXTS, st.booleans(), st.sampled_from(LOCALES))
def test_any_text(source, other, same, locale):
    target = source if same else other
    edits = localise(source, target, locale)
    _assert_in_order(edits, target)
    assert localise(source, apply(target, edits)[0], locale) == []
    date_line(source, locale)
    for language in ("fr", "en"):
        found = figures(target, language)
        assert all(figure.end <= following.start for figure, following in pairwise(found))


@pytest.mark.parametrize(
    "piece", ["1 ", "1", "12 000 ", " ", "\u00a0", "« ", "' ", "»", "a", "a.", "a@", "1,", "mai ", "– ", "‘a “"]
)
def test_long_texts_end(piece):
    text = (piece * 20_000)[:20_000] + "x 3 mai"
    localise(text, text, "en-US")
    date_line(text, "en-GB")

"""Figures of every kind: what is read in both languages, what is compared, and what is written."""

import re
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.localise.figures import figures
from dragoman.localise.values import Date, Kind, Pair, Time
from dragoman.localise.verify import compare, forms, places
from dragoman.localise.write import in_words, ordinal_in_words

LOCALES = ("en-US", "en-GB")
PAIRS = Path(__file__).parent / "data" / "figure_pairs.tsv"


def number(value):
    return Decimal(str(value))


def pair(first, second):
    return Pair(number(first), number(second))


def read(text, language):
    """Return what was read: the characters, the kind, the value and the unit or currency."""
    return [(text[f.start : f.end], f.kind, f.value, f.unit or f.currency) for f in figures(text, language)]


# French


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("deux", 2),
        ("dix-sept", 17),
        ("vingt et un", 21),
        ("vingt-et-un", 21),
        ("vingt et une", 21),
        ("vingt-trois", 23),
        ("soixante et onze", 71),
        ("soixante-dix-sept", 77),
        ("septante-deux", 72),
        ("quatre-vingts", 80),
        ("quatre-vingt-un", 81),
        ("quatre-vingt-douze", 92),
        ("quatre-vingt-dix-neuf", 99),
        ("huitante", 80),
        ("nonante-neuf", 99),
        ("cent", 100),
        ("cent un", 101),
        ("cent vingt", 120),
        ("deux cents", 200),
        ("deux cent quatre-vingt-dix-sept", 297),
        ("mille", 1000),
        ("mille deux cents", 1200),
        ("dix mille", 10_000),
        ("trois mille cinq cents", 3500),
        ("deux cent mille", 200_000),
        ("un million", 1_000_000),
        ("deux millions et demi", 2_500_000),
        ("trois millions deux cent mille", 3_200_000),
        ("un milliard", 10**9),
        ("un billion", 10**12),
        ("un demi-million", 500_000),
        ("1,3 milliard", 1_300_000_000),
        ("3 500", 3500),
        ("3\u202f500", 3500),
        ("12,5", "12.5"),
        ("300 mille", 300_000),
        ("6 mille 500", 6500),
    ],
)
def test_french_numbers(text, value):
    (figure,) = figures(f"Il en a {text}, paraît-il.", "fr")
    assert (figure.start, figure.end) == (8, 8 + len(text))
    assert (figure.kind, figure.value) == (Kind.NUMBER, number(value))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("au XXIe siècle", [("XXIe siècle", Kind.CENTURY, number(21), "")]),
        ("du Ve siècle", [("Ve siècle", Kind.CENTURY, number(5), "")]),
        ("au dix-neuvième siècle", [("dix-neuvième siècle", Kind.CENTURY, number(19), "")]),
        (
            "aux XVIIIe et XIXe siècles",
            [("XVIIIe", Kind.ORDINAL, number(18), "century"), ("XIXe siècles", Kind.CENTURY, number(19), "centuries")],
        ),
        ("les années 1980", [("années 1980", Kind.DECADE, number(1980), "")]),
        ("les années 80", [("années 80", Kind.DECADE, number(80), "")]),
        ("les années soixante-dix", [("années soixante-dix", Kind.DECADE, number(70), "")]),
        ("les années 2023 et suivantes", [("2023", Kind.NUMBER, number(2023), "")]),
        ("mardi dernier", [("mardi", Kind.WEEKDAY, number(1), "")]),
        ("les samedis", [("samedis", Kind.WEEKDAY, number(5), "")]),
        ("en mars", [("mars", Kind.MONTH, number(3), "")]),
        ("la planète Mars", []),
        ("le 1er mai 2024", [("1er mai 2024", Kind.DATE, Date(2024, 5, 1), "")]),
        ("10-12 %", [("10-12 %", Kind.PERCENTAGE, pair(10, 12), "")]),
        ("vingt pour cent", [("vingt pour cent", Kind.PERCENTAGE, number(20), "")]),
        ("3 points de pourcentage", [("3 points de pourcentage", Kind.MEASURE, number(3), "percentage-point")]),
        ("3€50", [("3€50", Kind.MONEY, number("3.50"), "EUR")]),
        ("2 euros 50", [("2 euros 50", Kind.MONEY, number("2.50"), "EUR")]),
        ("20 M€", [("20 M€", Kind.MONEY, number(20_000_000), "EUR")]),
        ("1,5 Md€", [("1,5 Md€", Kind.MONEY, number(1_500_000_000), "EUR")]),
        ("15 k€", [("15 k€", Kind.MONEY, number(15_000), "EUR")]),
        ("cinq mille euros", [("cinq mille euros", Kind.MONEY, number(5000), "EUR")]),
        ("2 millions de francs CFA", [("2 millions de francs CFA", Kind.MONEY, number(2_000_000), "XOF")]),
        ("80 dollars canadiens", [("80 dollars canadiens", Kind.MONEY, number(80), "CAD")]),
        ("30 °C", [("30 °C", Kind.MEASURE, number(30), "celsius")]),
        ("120 km/h", [("120 km/h", Kind.MEASURE, number(120), "kilometer-per-hour")]),
        ("40 m²", [("40 m²", Kind.MEASURE, number(40), "square-meter")]),
        ("trois jours et demi", [("trois jours et demi", Kind.MEASURE, number("3.5"), "day")]),
        ("un homme de 30 ans", [("de 30 ans", Kind.AGE, number(30), "")]),
        ("âgée de 45 ans", [("âgée de 45 ans", Kind.AGE, number(45), "")]),
        ("Paul, 45 ans, part", [("45 ans", Kind.AGE, number(45), "")]),
        ("12 ans de prison", [("12 ans", Kind.MEASURE, number(12), "year")]),
        ("3-1", [("3-1", Kind.PAIR, pair(3, 1), "")]),
        ("6-4 7-5", [("6-4", Kind.PAIR, pair(6, 4), ""), ("7-5", Kind.PAIR, pair(7, 5), "")]),
        ("XVIe arrondissement", [("XVIe", Kind.ORDINAL, number(16), "")]),
        ("vingt et unième", [("vingt et unième", Kind.ORDINAL, number(21), "")]),
        ("la 3ème place", [("3ème", Kind.ORDINAL, number(3), "")]),
        ("deux tiers", [("deux tiers", Kind.FRACTION, pair(2, 3), "")]),
        ("la moitié", [("la moitié", Kind.FRACTION, pair(1, 2), "")]),
        ("2/3", [("2/3", Kind.FRACTION, pair(2, 3), "")]),
        ("article 49.3", [("49.3", Kind.REFERENCE, "49.3", "")]),
        ("loi n° 2024-42", [("2024-42", Kind.REFERENCE, "2024-42", "")]),
        ("01 23 45 67 89", [("01 23 45 67 89", Kind.PHONE, "01 23 45 67 89", "")]),
        ("à 9 heures du soir", [("9 heures du soir", Kind.TIME, Time(21, 0), "")]),
        ("en 2007 l'indice", [("2007", Kind.NUMBER, number(2007), "")]),
        ("les 20 dernières années", [("20", Kind.NUMBER, number(20), "year")]),
        ("Covid-19, l'A380, la 5G, GPT-4", []),
        ("un homme et une femme", []),
        ("des centaines de milliers de personnes", []),
        ("https://exemple.fr/2024/12 et p.12@exemple.fr", []),
    ],
)
def test_french_figures(text, found):
    assert read(text, "fr") == found


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("de 10 à 20 millions d'euros", [(number(10_000_000), "EUR"), (number(20_000_000), "EUR")]),
        ("entre 3 et 5 %", [(number(3), ""), (number(5), "")]),
        ("de 3 à 5 km", [(number(3), "kilometer"), (number(5), "kilometer")]),
        ("en 2015, 20 euros", [(number(2015), ""), (number(20), "EUR")]),
        ("de 1500 à 2000 euros", [(number(1500), "EUR"), (number(2000), "EUR")]),
    ],
)
def test_numbers_that_share_a_unit(text, values):
    found = figures(text, "fr")
    assert [(figure.value, figure.unit or figure.currency) for figure in found] == values
    assert len({figure.kind for figure in found}) == 1 or text.startswith("en")


@pytest.mark.parametrize(
    ("text", "free"),
    [
        ("les deux hommes", True),
        ("deux hommes", False),
        ("une douzaine", True),
        ("le premier ministre", True),
        ("la troisième fois", False),
        ("neuf morts", False),
        ("un immeuble neuf", True),
        ("à midi", True),
        ("une heure", True),
        ("un an et demi", False),
        ("partir de zéro", True),
    ],
)
def test_what_translators_are_free_to_say_otherwise(text, free):
    assert [figure.free for figure in figures(text, "fr")] == [free]


# English


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("twenty-three", [(Kind.NUMBER, number(23), "")]),
        ("twenty three", [(Kind.NUMBER, number(23), "")]),
        ("one hundred and five", [(Kind.NUMBER, number(105), "")]),
        ("fifteen hundred", [(Kind.NUMBER, number(1500), "")]),
        ("two hundred thousand", [(Kind.NUMBER, number(200_000), "")]),
        ("two and a half million", [(Kind.NUMBER, number(2_500_000), "")]),
        ("half a million", [(Kind.NUMBER, number(500_000), "")]),
        ("a quarter of a million", [(Kind.NUMBER, number(250_000), "")]),
        ("3.5 million", [(Kind.NUMBER, number(3_500_000), "")]),
        ("$6.6bn", [(Kind.MONEY, number(6_600_000_000), "USD")]),
        ("US$5", [(Kind.MONEY, number(5), "USD")]),
        ("C$5", [(Kind.MONEY, number(5), "CAD")]),
        ("XOF 5 billion", [(Kind.MONEY, number(5_000_000_000), "XOF")]),
        ("6.6 billion dollars", [(Kind.MONEY, number(6_600_000_000), "USD")]),
        ("a 300-million-dollar loan", [(Kind.MONEY, number(300_000_000), "USD")]),
        ("a third", [(Kind.FRACTION, pair(1, 3), "")]),
        ("two-thirds", [(Kind.FRACTION, pair(2, 3), "")]),
        ("the 1980s", [(Kind.DECADE, number(1980), "")]),
        ("the '80s", [(Kind.DECADE, number(80), "")]),
        ("the twenty-first century", [(Kind.CENTURY, number(21), "")]),
        ("the 21st century", [(Kind.CENTURY, number(21), "")]),
        ("a 30-year-old man", [(Kind.MEASURE, number(30), "year")]),
        ("a two-and-a-half-hour film", [(Kind.MEASURE, number("2.5"), "hour")]),
        ("a year and a half", [(Kind.MEASURE, number("1.5"), "year")]),
        ("5 1/2 hours", [(Kind.MEASURE, number("5.5"), "hour")]),
        ("3–1", [(Kind.PAIR, pair(3, 1), "")]),
        ("10-12%", [(Kind.PERCENTAGE, pair(10, 12), "")]),
        ("30C", [(Kind.MEASURE, number(30), "celsius")]),
        ("Tuesday", [(Kind.WEEKDAY, number(1), "")]),
        ("in May", [(Kind.MONTH, number(5), "")]),
        ("it may be", []),
        ("the A380 and COVID-19", []),
        ("thousands of people", []),
    ],
)
def test_english_figures(text, found):
    assert [item[1:] for item in read(text, "en")] == found


# Comparison


def _pairs():
    for row, line in enumerate(PAIRS.read_text(encoding="utf-8").splitlines(), 1):
        if line and not line.startswith("#"):
            source, target, verdict = line.split("\t")
            yield pytest.param(source, target, verdict, id=f"{row}: {target[:50]}")


@pytest.mark.parametrize(("source", "target", "verdict"), list(_pairs()))
def test_pairs(source, target, verdict):
    found = compare(source, target)
    assert (not found.missing and not found.invented) == (verdict == "right"), found


def test_a_changed_figure_is_missing_and_invented():
    source, target = "Le prix passe à 12 euros mardi.", "The price goes up to 13 euros on Tuesday."
    found = compare(source, target)
    assert [source[figure.start : figure.end] for figure in found.missing] == ["12 euros"]
    assert [target[figure.start : figure.end] for figure in found.invented] == ["13 euros"]


def test_what_belongs_to_a_name_is_not_compared():
    source, target = "Le groupe des 27 se réunit.", "The EU meets with 30 states."
    assert compare(source, target).missing
    at = source.index("27")
    found = compare(source, target, [(at, at + 2)], [(target.index("30"), target.index("30") + 2)])
    assert not found.missing
    assert not found.invented


@pytest.mark.parametrize(
    ("source", "target", "said"),
    [
        ("2,5 millions d'euros", "It paid €2.5m, or 2.5 million euros.", ["€2.5m", "2.5 million euros"]),
        ("30 ans", "The 30-year-old and another man, 30, fled.", ["30-year-old", "30"]),
        ("du 3 au 5 mai", "From 3 to 5 May, rain.", ["3 to 5 May"]),
        ("le 18 octobre 2024", "On Oct. 18, 2024, and October 2024.", ["Oct. 18, 2024"]),
        ("3-1", "Lens won by three goals to one, or 3-1.", ["3-1"]),
        ("3-1", "Lens won by 3 goals to 1.", ["3 goals to 1"]),
        ("2-2", "Both teams scored 2.", []),
        ("10.500 foyers", "Some 10.500 homes.", ["10.500"]),
        ("7 %", "7 of them.", []),
        ("3 km", "Nothing.", []),
    ],
)
def test_places(source, target, said):
    figure = figures(source, "fr")[0]
    assert [target[start:end] for start, end in places(figure, target)] == said


# Forms


@pytest.mark.parametrize(
    ("french", "american", "british"),
    [
        ("le 18 octobre 2024", "October 18, 2024", "18 October 2024"),
        ("à 14h30", "2:30 p.m.", "2:30pm"),
        ("3 h 10 du matin", "3:10 a.m.", "3:10am"),
        ("midi moins le quart", "11:45 a.m.", "11:45am"),
        ("dure 1 h 15", "1 hour 15 minutes", "1 hour 15 minutes"),
        ("41 min 7 s", "41 minutes 7 seconds", "41 minutes 7 seconds"),
        ("en 1'45\"32", "1:45.32", "1:45.32"),
        ("en 3’02’’5", "3:02.5", "3:02.5"),
        ("en 3'12\"", "3:12", "3:12"),
        ("en 9 s 81", "9.81 seconds", "9.81 seconds"),
        ("en 2 h 03'09\"", "2:03:09", "2:03:09"),
        ("en 1:45.32", "1:45.32", "1:45.32"),
        ("gagner 1:0", "1-0", "1-0"),
        ("entre le 3 et le 5 mai", "May 3 and 5", "3 and 5 May"),
        ("les années 60-70", "1960s and 1970s", "1960s and 1970s"),
        ("de 300-350 M€", "€300 million to €350 million", "€300 million to €350 million"),
        ("2 milliards 300 millions d'euros", "€2.3 billion", "€2.3 billion"),
        ("l'alinéa 3 de l'article", "3", "3"),
        ("le TER 17642 de la nuit", "17642", "17642"),
        ("en 1 min 43 s 02 devant", "1:43.02", "1:43.02"),
        ("mardi", "Tuesday", "Tuesday"),
        ("en mars", "March", "March"),
        ("au XXIe siècle", "21st century", "21st century"),
        ("au IIIe siècle av. J.-C. déjà", "third century BC", "third century BC"),
        ("un temple du Ier siècle de notre ère", "first century CE", "first century CE"),
        ("en 52 av. J.-C.", "52 BC", "52 BC"),
        ("vers 1200 avant notre ère", "1200 BCE", "1200 BCE"),
        ("vers 120 apr. J.-C.", "AD 120", "AD 120"),
        ("il fait −5 °C", "minus 5 degrees Celsius", "-5 degrees Celsius"),
        ("il fait moins cinq degrés", "minus five degrees", "minus five degrees"),
        ("soit - 3,2 %", "3.2%", "3.2%"),  # or a parenthesis
        ("une évolution de - 3,2 %", "-3.2%", "-3.2%"),
        ("à –12 points", "-12 points", "-12 points"),
        ("un solde de -12 M€", "-€12 million", "-€12 million"),
        ("au Ve siècle", "fifth century", "fifth century"),
        ("les années 1980", "1980s", "1980s"),
        ("les années 80", "1980s", "1980s"),
        ("12 500 habitants", "12,500", "12,500"),
        ("trois élus", "three", "three"),
        ("vingt-trois élus", "23", "23"),
        ("deux millions et demi de dollars", "$2.5 million", "$2.5 million"),
        ("1,3 milliard d'euros", "€1.3 billion", "€1.3 billion"),
        ("2 billions de yens", "2 trillion yen", "2 trillion yen"),
        ("80 dollars canadiens", "80 Canadian dollars", "80 Canadian dollars"),
        ("12 milliards de roubles", "12 billion rubles", "12 billion roubles"),
        ("3,5 %", "3.5%", "3.5%"),
        ("10-12 %", "10%-12%", "10-12%"),
        ("3 points de pourcentage", "3 percentage points", "3 percentage points"),
        ("12 km", "12 kilometers", "12 kilometres"),
        ("1 tonne", "1 metric ton", "1 tonne"),
        ("30 °C", "30 degrees Celsius", "30 degrees Celsius"),
        ("trois jours", "three days", "three days"),
        ("un homme de 30 ans", "aged 30", "aged 30"),
        ("Paul, 45 ans, part", "45", "45"),
        ("3-1", "3-1", "3-1"),
        ("XVIe arrondissement", "16th", "16th"),
        ("le troisième", "third", "third"),
        ("deux tiers", "two-thirds", "two-thirds"),
        ("un tiers", "a third", "a third"),
        ("la moitié", "half", "half"),
        ("article 49.3", "49.3", "49.3"),
        ("01 23 45 67 89", "01 23 45 67 89", "01 23 45 67 89"),
        ("2024", "2024", "2024"),
    ],
)
def test_forms(french, american, british):
    (figure,) = figures(french, "fr")
    assert forms(figure, "en-US")[0] == american
    assert forms(figure, "en-GB")[0] == british


FRENCH = st.sampled_from(
    [
        *(
            "trois",
            "vingt et un",
            "deux cent mille",
            "12 500",
            "1,5",
            "3,2 millions",
            "un demi-million",
            "quatre-vingts",
        ),
        *("12 %", "2,5 %", "10-12 %", "3,50 €", "20 M€", "6 milliards de dollars", "80 francs suisses", "40 roubles"),
        *("12 km", "45 m²", "30 °C", "800 tonnes", "120 km/h", "trois jours", "18 mois", "3 points", "1 hectare"),
        *("XXIe siècle", "années 1980", "années 60", "XVIe", "22e", "troisième", "deux tiers", "la moitié", "2/3"),
        *("3-1", "2023-2024", "article 49.3", "01 23 45 67 89", "mardi", "âgé de 45 ans", "3 mai 2024", "14h30"),
        *("2 h 40", "3 h 10 du matin", "durée : 1 h", "41 min 7 s", "2 h 4 min 3 s", "midi et quart", "5 h moins dix"),
    ]
)


@settings(deadline=None)
@given(FRENCH, st.sampled_from(LOCALES))
def test_every_form_says_its_figure(french, locale):
    for figure in figures(f"Voici {french}.", "fr"):
        for form in forms(figure, locale):
            assert places(figure, f"Here is {form} again."), form


@settings(deadline=None)
@given(st.lists(FRENCH, max_size=4), st.sampled_from(LOCALES))
def test_a_sentence_of_forms_is_right(pieces, locale):
    source = "; ".join(pieces)
    target = source
    for figure in reversed(figures(source, "fr")):
        target = target[: figure.start] + forms(figure, locale)[0] + target[figure.end :]
    found = compare(source, target)
    assert not found.missing, target
    assert not found.invented, target


@settings(deadline=None)
@given(st.integers(20, 999_999), st.integers(20, 999_999))
def test_another_number_is_never_said(ours, theirs):
    found = compare(f"On a compté {ours} cas.", f"There were {theirs:,} cases.")
    assert bool(found.missing and found.invented) == (ours != theirs)


@settings(deadline=None)
@given(st.integers(2, 99))
def test_numbers_in_words_are_read(value):
    assert [figure.value for figure in figures(f"with {in_words(value)} more", "en")] == [value]
    assert figures(f"the {ordinal_in_words(value)} one", "en")[0].value == value


PIECES = st.sampled_from(
    [
        *(
            "un ",
            "deux ",
            "vingt",
            "-",
            " et ",
            "mille ",
            "millions ",
            "de ",
            "d'",
            "euros",
            "%",
            " ans",
            "3",
            "12 000",
        ),
        *("1,5", "/", "XXIe ", "siècle", "années ", "80", "mardi", " à ", "heures", "$", "€", "two ", "half ", "a "),
        *(
            "hundred ",
            "and ",
            "million",
            "1980s",
            "third",
            ".",
            ",",
            ":",
            "+33 6",
            "°",
            "C",
            "demi",
            "\u00a0",
            "½",
            "²",
        ),
    ]
)


@settings(deadline=None, max_examples=400)
@given(st.one_of(st.lists(PIECES, max_size=20).map("".join), st.text(max_size=30)))
def test_any_text_is_read(text):
    for language in ("fr", "en"):
        found = figures(text, language)
        assert all(figure.start < figure.end <= len(text) for figure in found)
        assert all(figure.end <= following.start for figure, following in pairwise(found))
    compare(text, text)
    for figure in figures(text, "fr"):
        places(figure, text)
        for locale in LOCALES:
            assert all(forms(figure, locale))


@pytest.mark.parametrize(
    "piece", ["1", "1 ", "deux ", "vingt-", "un ", "million ", "1-", "€", "a half ", "XX", "0 1", "1h "]
)
def test_long_texts_are_read(piece):
    text = (piece * 20_000)[:20_000]
    figures(text, "fr")
    figures(text, "en")
    compare(text, text)


def test_many_measures_in_other_units_are_compared():
    french = "".join(f"{number} km, " for number in range(2000))
    found = compare(french, "".join(f"{number} miles, " for number in range(5000, 7000)))
    assert (len(found.missing), len(found.invented)) == (2000, 2000)


def test_the_file_of_pairs_is_read_whole():
    rows = [line for line in PAIRS.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    assert all(re.fullmatch(r"[^\t]+\t[^\t]+\t(?:right|wrong)", row) for row in rows)

"""The words in which French and English say figures: numbers, ordinals, units and currencies."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from dragoman.localise.grammar import grammar


def _numbered(words: str, start: int, step: int = 1) -> dict[str, int]:
    return {word: start + step * index for index, word in enumerate(words.split())}


# Below a hundred. The adjectives are what stands between the tens and the units of the languages' compounds.
FRENCH_NUMBERS: Mapping[str, int] = {
    **_numbered("zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize", 0),
    **_numbered("vingt trente quarante cinquante soixante septante", 20, 10),
    "une": 1,
    "vingts": 20,
    "huitante": 80,
    "octante": 80,
    "nonante": 90,
}
FRENCH_SCALES: Mapping[str, int] = {
    "mille": 3,
    "million": 6,
    "millions": 6,
    "milliard": 9,
    "milliards": 9,
    "billion": 12,
    "billions": 12,
    "md": 9,
    "mds": 9,
    "mrd": 9,
    "mrds": 9,
}
ENGLISH_NUMBERS: Mapping[str, int] = {
    **_numbered(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen",
        0,
    ),
    **_numbered("twenty thirty forty fifty sixty seventy eighty ninety", 20, 10),
}
ENGLISH_SCALES: Mapping[str, int] = {
    "thousand": 3,
    "million": 6,
    "billion": 9,
    "trillion": 12,
    "thousands": 3,
    "millions": 6,
    "billions": 9,
    "trillions": 12,
    "bn": 9,
    "mn": 6,
    "mln": 6,
    "bln": 9,
    "tn": 12,
    "trn": 12,
}
# Short for a power of ten, stuck to the digits or to the sign of a currency: 20 M€, $20m.
FRENCH_SHORT: Mapping[str, int] = {"k": 3, "m": 6, "md": 9, "mds": 9, "mrd": 9, "mrds": 9}
ENGLISH_SHORT: Mapping[str, int] = {
    "md": 9,
    "mds": 9,
    "k": 3,
    "m": 6,
    "mn": 6,
    "mln": 6,
    "b": 9,
    "bn": 9,
    "bln": 9,
    "tn": 12,
    "trn": 12,
}

# About so many: translators say it in many ways.
FRENCH_ABOUT: Mapping[str, int] = {
    "huitaine": 8,
    "dizaine": 10,
    "dizaines": 10,
    "douzaine": 12,
    "douzaines": 12,
    "quinzaine": 15,
    "vingtaine": 20,
    "trentaine": 30,
    "quarantaine": 40,
    "cinquantaine": 50,
    "soixantaine": 60,
    "centaine": 100,
    "centaines": 100,
    "millier": 1000,
    "milliers": 1000,
}
# Words that may stand for a number of the source, without being the way to say it.
ENGLISH_FREE: Mapping[str, int] = {
    "both": 2,
    "twice": 2,
    "pair": 2,
    "pairs": 2,
    "couple": 2,
    "double": 2,
    "doubled": 2,
    "twofold": 2,
    "twin": 2,
    "duo": 2,
    "dual": 2,
    "twins": 2,
    "doubles": 2,
    "doubling": 2,
    "thrice": 3,
    "triple": 3,
    "tripled": 3,
    "threefold": 3,
    "trio": 3,
    "triad": 3,
    "triples": 3,
    "tripling": 3,
    "treble": 3,
    "fourfold": 4,
    "quadruple": 4,
    "quadrupled": 4,
    "quartet": 4,
    "fivefold": 5,
    "quintet": 5,
    "tenfold": 10,
    "one": 1,
    "once": 1,
    "single": 1,
    "fortnight": 15,
    "decade": 10,
    "decades": 10,
    "hundredfold": 100,
}

_FRENCH_ORDINAL_STEMS = (
    "deux trois quatr cinqu six sept huit neuv dix onz douz treiz quatorz quinz seiz dix-sept dix-huit dix-neuv vingt"
)
FRENCH_ORDINALS: Mapping[str, int] = {
    **{stem + "ième": 2 + index for index, stem in enumerate(_FRENCH_ORDINAL_STEMS.split())},
    "trentième": 30,
    "quarantième": 40,
    "cinquantième": 50,
    "soixantième": 60,
    "centième": 100,
    "millième": 1000,
    "unième": 1,
    "premier": 1,
    "première": 1,
    "premiers": 1,
    "premières": 1,
    "second": 2,
    "seconde": 2,
}
ENGLISH_ORDINALS: Mapping[str, int] = {
    **_numbered(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
        "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth",
        1,
    ),
    **_numbered("thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth hundredth", 30, 10),
}
FRENCH_PARTS: Mapping[str, int] = {
    "demi": 2,
    "demie": 2,
    "tiers": 3,
    "quart": 4,
    "quarts": 4,
    **{word: number for word, number in FRENCH_ORDINALS.items() if number > 4 and word.endswith("ième")},
    **{word + "s": number for word, number in FRENCH_ORDINALS.items() if number > 4 and word.endswith("ième")},
}
ENGLISH_PARTS: Mapping[str, int] = {
    "half": 2,
    "halves": 2,
    "quarter": 4,
    "quarters": 4,
    **{word: number for word, number in ENGLISH_ORDINALS.items() if number > 2},
    **{word + "s": number for word, number in ENGLISH_ORDINALS.items() if number > 2},
}
ENGLISH_DECADES: Mapping[str, int] = _numbered(
    "twenties thirties forties fifties sixties seventies eighties nineties", 20, 10
)


def _units(table: str) -> dict[str, str]:
    """Return the names of units by what they are called, from lines of "name: what they are called, …"."""
    units: dict[str, str] = {}
    name = ""
    for line in table.strip().splitlines():
        first, colon, words = line.rpartition(":")
        name = first if colon else name  # a line without a name goes on with the one before
        units |= {word.strip(): name.strip() for word in words.split(",")}
    return units


# The names on the left are CLDR's where it has the unit. What is called: in tokens, with a space between each.
FRENCH_UNITS: Mapping[str, str] = _units("""
percent: %, ° %, pour cent, pourcent, pourcents, pct
percentage-point: points de pourcentage, point de pourcentage, points de %, point de %
basis-point: points de base, point de base
point: points, point, pts, pt
kilometer: km, kilomètre, kilomètres, kms, bornes
meter: m, mètre, mètres
centimeter: cm, centimètre, centimètres
millimeter: mm, millimètre, millimètres
mile: miles, mile
foot: pieds, ft
inch: pouces, pouce
square-kilometer: km², km2, km 2, kilomètre carré, kilomètres carrés, km carrés, km carré
square-meter: m², m2, m 2, mètre carré, mètres carrés
cubic-meter: m³, m3, m 3, mètre cube, mètres cubes
cubic-foot: pieds cubes
square-foot: pieds carrés
square-mile: miles carrés, mille carré
ounce: once, onces
gallon: gallon, gallons
yard: yard, yards, verges
mile-per-hour: mph, miles / h, miles par heure, miles à l ' heure, miles à l ’ heure, milles par heure
hectare: ha, hectare, hectares
acre: acres, acre
celsius: ° c, degré celsius, degrés celsius
degree: °, degré, degrés
fahrenheit: ° f, degrés fahrenheit
kilogram: kg, kilo, kilos, kilogramme, kilogrammes
gram: g, gramme, grammes
milligram: mg, milligrammes
tonne: t, tonne, tonnes
pound: livres, livre
liter: l, litre, litres
milliliter: ml, millilitres
hectoliter: hl, hectolitres
barrel: baril, barils
kilometer-per-hour: km / h, kmh
    kilomètres à l ' heure, kilomètres à l ’ heure, km à l ' heure, km à l ’ heure
    kilomètres heure, kilomètres par heure, kilomètres / heure, kilomètre heure
meter-per-second: m / s, mètres par seconde, mètres seconde, mètres / seconde
kilowatt-hour: kwh, kilowattheure, kilowattheures
megawatt-hour: mwh, mégawattheure, mégawattheures
gigawatt-hour: gwh, gigawattheure, gigawattheures
terawatt-hour: twh, térawattheure, térawattheures
knot: nœuds, nœud, noeuds
hectopascal: hpa, hectopascals
decibel: db, décibels
megawatt: mw, mégawatt, mégawatts
gigawatt: gw, gigawatt, gigawatts
kilowatt: kw
watt: w, watts
megahertz: mhz
gigahertz: ghz
byte: octet, octets
kilobyte: ko, kilooctets, kilo - octets
megabyte: mo, mégaoctets
gigabyte: go, gigaoctets
terabyte: to, téraoctets
second: seconde, secondes
minute: min, mn, minute, minutes
hour: h, heure, heures
day: j, jour, jours, journée, journées
week: semaine, semaines
month: mois
year: an, ans, année, années
century: siècle, siècles
decade: décennie, décennies
time: fois
""")
ENGLISH_UNITS: Mapping[str, str] = _units("""
percent: %, percent, per cent, pct, pc
percentage-point: percentage points, percentage point, percent points, ppt
basis-point: basis points, basis point, bps
point: points, point, pts, pt
kilometer: km, kilometer, kilometers, kilometre, kilometres, kms
meter: m, meter, meters, metre, metres
centimeter: cm, centimeter, centimeters, centimetre, centimetres
millimeter: mm, millimeter, millimeters, millimetre, millimetres
mile: mile, miles, mi, nautical miles, nautical mile
foot: feet, foot, ft
inch: inch, inches
square-kilometer: km², km2, km 2
    square kilometer, square kilometers, square kilometre, square kilometres, sq km, square km
square-meter: m², m2, m 2, square meter, square meters, square metre, square metres, sq m
cubic-meter: m³, m3, m 3, cubic meter, cubic meters, cubic metre, cubic metres
cubic-foot: cubic feet, cubic foot
square-foot: square feet, square foot, sq ft
square-mile: square miles, square mile, sq mi
ounce: ounce, ounces, oz
gallon: gallon, gallons
yard: yard, yards
mile-per-hour: mph, miles per hour, miles an hour
hectare: ha, hectare, hectares
acre: acre, acres
celsius: ° c, degrees celsius, degree celsius, degrees c, degrees centigrade
degree: °, degree, degrees
fahrenheit: ° f, degrees fahrenheit, degrees f
kilogram: kg, kgs, kilo, kilos, kilogram, kilograms, kilogramme, kilogrammes
gram: g, gram, grams, gramme, grammes
milligram: mg, milligrams
tonne: t, ton, tons, tonne, tonnes, metric tons, metric ton
pound: lb, lbs, pounds
liter: l, liter, liters, litre, litres
milliliter: ml, milliliters, millilitres
hectoliter: hl, hectoliters, hectolitres
barrel: barrel, barrels
kilometer-per-hour: km / h, kmh, kph, km / hr
    kilometers per hour, kilometres per hour, kilometers an hour, kilometres an hour, km per hour, km an hour
meter-per-second: m / s, meters per second, metres per second
kilowatt-hour: kwh, kilowatt hours, kilowatt hour
megawatt-hour: mwh, megawatt hours, megawatt hour
gigawatt-hour: gwh, gigawatt hours, gigawatt hour
terawatt-hour: twh, terawatt hours, terawatt hour
knot: knots, knot
hectopascal: hpa, hectopascals
decibel: db, decibels
megawatt: mw, megawatt, megawatts
gigawatt: gw, gigawatt, gigawatts
kilowatt: kw, kilowatts
watt: w, watts, watt
megahertz: mhz
gigahertz: ghz
byte: byte, bytes
kilobyte: kb, kilobytes, kilobyte
megabyte: mb, megabytes, megabyte
gigabyte: gb, gigabytes, gigabyte
terabyte: tb, terabytes, terabyte
second: sec, secs, second, seconds
minute: min, mins, minute, minutes
hour: h, hr, hrs, hour, hours, o ' clock, o ’ clock
day: day, days
week: week, weeks
month: month, months
year: year, years, yr, yrs
century: century, centuries
decade: decade, decades
time: times
""")

# By ISO 4217. "centime" and "cent" are a hundredth of whatever is the currency there.
FRENCH_CURRENCIES: Mapping[str, str] = _units("""
EUR: €, euro, euros, eur
USD: $, $ us, us $, usd, dollar, dollars, dollars américains, dollars us, dollar américain, billets verts
GBP: £, gbp, livres sterling, livre sterling
CAD: $ ca, cad, dollars canadiens, dollar canadien, $ canadiens
AUD: $ au, aud, dollars australiens, dollar australien
NZD: nzd, dollars néo - zélandais
HKD: hkd, dollars de hong kong, dollars hongkongais
SGD: sgd, dollars de singapour, dollars singapouriens
CHF: chf, francs suisses, franc suisse
XOF: xof, fcfa, f cfa, francs cfa, franc cfa
XPF: xpf, francs cfp, francs pacifique
FRF: francs, franc, francs français
BEF: francs belges
JPY: ¥, jpy, yen, yens
CNY: cny, yuan, yuans, rmb
RUB: rub, rouble, roubles
INR: inr, roupie, roupies
TRY: livres turques, livre turque
ILS: shekel, shekels
BRL: brl, real, reals, reais
MAD: mad, dirham, dirhams
TND: tnd, dinar, dinars
PLN: pln, zloty, zlotys
CZK: czk, couronnes tchèques, kč, kc
SEK: couronnes suédoises, sek
NOK: couronnes norvégiennes, nok
DKK: couronnes danoises, dkk
XXC: couronnes, couronne
HUF: forint, forints
KRW: won, wons
ZAR: zar, rand, rands
NGN: naira, nairas
UAH: hryvnia, hryvnias
MXN: peso, pesos
DEM: marks, deutschemarks
ITL: lires
cent: centime, centimes, cent, cents
""")
ENGLISH_CURRENCIES: Mapping[str, str] = _units("""
EUR: €, euro, euros, eur
USD: $, us $, usd, dollar, dollars, us dollars, us dollar, american dollars, u . s . dollars, greenbacks, bucks
GBP: £, gbp, pound sterling, pounds sterling, sterling, pound, pounds, british pounds, quid
CAD: c $, ca $, can $, cad, canadian dollars, canadian dollar, $ ca
AUD: a $, au $, aud, australian dollars, australian dollar
NZD: nz $, nzd, new zealand dollars
HKD: hk $, hkd, hong kong dollars
SGD: s $, sgd, singapore dollars, singaporean dollars
CHF: chf, swiss francs, swiss franc
XOF: xof, fcfa, cfa francs, cfa franc, francs cfa, f cfa
XPF: xpf, cfp francs, pacific francs
FRF: francs, franc, french francs
BEF: belgian francs
JPY: ¥, jpy, yen, yens
CNY: cny, yuan, yuans, rmb, renminbi, renminbis
RUB: rub, ruble, rubles, rouble, roubles
INR: inr, rupee, rupees
TRY: turkish lira, turkish liras, turkish pounds
ILS: shekel, shekels
BRL: r $, brl, real, reals, reais
MAD: mad, dirham, dirhams
TND: tnd, dinar, dinars
PLN: pln, zloty, zlotys
CZK: czk, czech crowns, czech korunas, czech koruna, korunas, koruna, kč, kc
SEK: swedish kronor, swedish kronas, swedish crowns, sek, kronor, kronas, krona
NOK: norwegian kroner, norwegian crowns, nok
DKK: danish kroner, danish crowns, dkk
XXC: crowns, crown, kroner, krone
HUF: forint, forints
KRW: won
ZAR: zar, rand, rands
NGN: naira, nairas
UAH: hryvnia, hryvnias
MXN: peso, pesos
DEM: marks, deutschmarks
ITL: lire, liras
cent: cent, cents
""")


# Abbreviations of English months, which have a capital.
ENGLISH_MONTHS: Mapping[str, int] = {
    **_numbered("jan feb mar apr", 1),
    **_numbered("jun jul aug sep oct nov dec", 6),
    "sept": 9,
}
_SHORT_MONTHS = frozenset("mars mai juin août aout may june july".split())
_CURRENCY_SIGNS = frozenset("€£¥") | {"rmb", "kč", "kc"}  # those of ISO 4217 and those with a $ stand before sums, too


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What a language says figures with: the values of its words, all in lower case."""

    numbers: Mapping[str, int]
    scales: Mapping[str, int]
    short: Mapping[str, int]
    ordinals: Mapping[str, int]
    parts: Mapping[str, int]
    units: Mapping[str, str]
    currencies: Mapping[str, str]
    weekdays: Mapping[str, int]
    months: Mapping[str, int]
    begin: frozenset[str]  # what a figure may begin with
    signals: frozenset[str]  # a text without one of these, a digit or a Roman numeral has no figures
    signs: frozenset[str]  # what stands before a sum of money
    heads: frozenset[str]  # the first tokens of the names of units and currencies
    longest: int  # tokens in the longest of these names


@functools.cache
def vocabulary(language: Literal["fr", "en"]) -> Vocabulary:
    """Return the vocabulary of a language."""
    words = grammar(language)
    # Without abbreviations that are other words as well: mar, sat, sun.
    weekdays = {name: number for name, number in words.weekdays.items() if len(name) > 4}
    weekdays |= {name + "s": number for name, number in weekdays.items()}  # les samedis, on Mondays
    months = {name: number for name, number in words.months.items() if len(name) > 4 or name in _SHORT_MONTHS}
    if language == "fr":
        numbers, scales, short, ordinals, parts = (
            *(FRENCH_NUMBERS, FRENCH_SCALES, FRENCH_SHORT),
            *(FRENCH_ORDINALS, FRENCH_PARTS),
        )
        units, currencies = FRENCH_UNITS, FRENCH_CURRENCIES
        more = {*FRENCH_ABOUT, *"cent cents mille midi minuit moitié demi demie années".split()}
        common = frozenset(
            {"un", "une"}
        )  # what is in every text, and begins a figure with one of these behind it only:
        behind = {"million", "milliard", "billion", "heure", "an", "jour", "semaine", "mois"}
    else:
        numbers, scales, short, ordinals, parts = (
            *(ENGLISH_NUMBERS, ENGLISH_SCALES, ENGLISH_SHORT),
            *(ENGLISH_ORDINALS, ENGLISH_PARTS),
        )
        units, currencies = ENGLISH_UNITS, ENGLISH_CURRENCIES
        months |= ENGLISH_MONTHS
        more = {*ENGLISH_FREE, *ENGLISH_DECADES, *"a an hundred thousand million dozen half quarter".split()}
        common = frozenset({"a", "an", "one"})
        behind = {"percent", "billion", "trillion"}
    begin = frozenset({*numbers, *ordinals, *parts, *more, *weekdays, *months})
    signs = {
        name for name, code in currencies.items() if name == code.lower() or "$" in name or name in _CURRENCY_SIGNS
    }
    return Vocabulary(
        *(numbers, scales, short, ordinals, parts, units, currencies, weekdays, months),
        begin=begin,
        signals=begin - common | behind,
        signs=frozenset(signs),
        heads=frozenset(name.partition(" ")[0] for name in (*units, *currencies)),
        longest=max(name.count(" ") + 1 for name in (*units, *currencies)),
    )

"""Checks of the English itself: marks, spaces, brackets, capitals, a and an, spelling."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from dragoman.article.model import Kind
from dragoman.check.check import ArticleCheck, Check
from dragoman.check.finding import Finding
from dragoman.check.pair import Pair
from dragoman.check.quotations import typed_apostrophes
from dragoman.check.settings import Settings
from dragoman.check.words import ENGLISH, inside
from dragoman.glossary import english
from dragoman.glossary.spelling import Spelling, varieties
from dragoman.protect.codes import code_spans

_SPACE = " \u00a0\u202f\u2009"


def _in_code(pair: Pair, at: int) -> bool:
    """Tell whether an offset in the translation is in a code, or in words that are left in French on purpose."""
    return inside(pair.kept, at) or inside(_codes(pair.target), at)


@lru_cache(maxsize=16)
def _codes(text: str) -> tuple[tuple[int, int], ...]:
    return tuple((code.start, code.end) for code in code_spans(text))


class DoubledWords(Check):
    """A word stands twice in a row.

    Fires on a word that is written twice with nothing but a space between, the second time in lower case, and on two
    articles in a row. What the source doubles as well, and what English may double (had had, that that), is right.

    Wrong: the the minister; he spoke of of it; a the meeting
    Right: He had had enough; « très, très grand » – very very large

    Remove one.
    """

    id = "doubled-words"

    def findings(self, pair: Pair, settings: Settings) -> Iterator[Finding]:
        """Yield what is wrong with one pair."""
        emphatic = any(
            found[1].casefold() not in ("nous", "vous") for found in _DOUBLED_IN_SOURCE.finditer(pair.source)
        )
        for found in _DOUBLED.finditer(pair.target):
            if not emphatic and found[1].casefold() not in _MAY_DOUBLE and found[2][0].islower():
                yield self.finding(settings, f"“{found[0]}”", target=found.span())
        for found in _TWO_ARTICLES.finditer(pair.target):
            if found[0].split()[0] == found[0].split()[-1]:
                continue  # the the: found above
            yield self.finding(settings, f"“{found[0]}”", target=found.span())


_DOUBLED = re.compile(rf"(?<![\w'’.-])([^\W\d_]+)[{_SPACE}]+(\1)(?![\w'’-])", re.IGNORECASE)
_DOUBLED_IN_SOURCE = re.compile(rf"(?<![\w'’-])([^\W\d_]+),?[{_SPACE}]+\1(?![\w'’-])", re.IGNORECASE)
_MAY_DOUBLE = frozenset("had that is was do in on who her bye ha no".split())
_TWO_ARTICLES = re.compile(
    rf"(?<![\w'’.-])(?:an?|the)[{_SPACE}](?:the|an?(?! (?:cappella|la|priori|posteriori|fortiori)\b))(?![\w'’.-])"
)


class Punctuation(Check):
    """The final mark is not that of the source, or marks stand that English does not write.

    Fires when a question has lost its question mark or a statement has got one, when the final mark is missing or a
    heading has got a full stop, on two marks in a row (.. ,, ,.), on a quotation mark that was typed for an apostrophe,
    and on « and ».

    Wrong: « Qui paiera ? » – Who will pay.
    Right: « Quelle victoire ! » – What a victory.

    Set the mark right.
    """

    id = "punctuation"

    def findings(self, pair: Pair, settings: Settings) -> Iterator[Finding]:
        """Yield what is wrong with one pair."""
        if pair.whole:
            message = _final_mark(pair.source, pair.target, headline=pair.kind in (Kind.TITLE, Kind.HEADING))
            if message:
                end = len(pair.target.rstrip())
                yield self.finding(settings, message, target=(max(0, end - 1), end))
        for found in _TWO_MARKS.finditer(pair.target):
            if found[0] not in pair.source and not _in_code(pair, found.start()):
                yield self.finding(settings, f"“{found[0]}”: two marks", target=found.span())
        for at in typed_apostrophes(pair):
            yield self.finding(settings, "a quotation mark stands for an apostrophe", target=(at - 1, at + 1))
        guillemet = re.search("[«»]", pair.target)
        if guillemet and not inside(pair.kept, guillemet.start()):
            yield self.finding(settings, "French quotation marks", target=guillemet.span())


_TWO_MARKS = re.compile(r"(?<!\.)\.\.(?!\.)|,,|;;|,\.(?!\d)|(?<=[a-z]{4})\.,|[;:]\.(?!\d)|\?\.(?!\.)|!\.(?!\.)|,;|;,")
_FINAL = re.compile(r"(?P<mark>[.?!…:;]+)[\s»”’\"')\]*_]*$")


_QUESTION = re.compile(r"\b(?:est-ce|qui|que|quoi|quels?|quelles?|comment|pourquoi|combien|où|si)\b", re.IGNORECASE)


def _final_mark(source: str, target: str, *, headline: bool) -> str:
    """Return what is wrong with the final mark of a translation, or ""."""
    expected, found = (_FINAL.search(text) for text in (source, target))
    wanted = expected["mark"] if expected else ""
    given = found["mark"] if found else ""
    if "?" in wanted and "?" not in target:
        return "the question mark is missing"
    if "?" in given and "?" not in source and not _QUESTION.search(source):
        return "the source is no question"
    if wanted and wanted[-1] in ".?!…" and not given:
        return "the final mark is missing"
    if headline and not wanted and given == "." and not _ABBREVIATION.search(target):
        return "a headline has no full stop"
    return ""


_ABBREVIATION = re.compile(
    r"(?:(?<!\w)\w|\.\w|\b(?:Inc|Co|Corp|Ltd|Jr|Sr|St|Dr|Mr|Mrs|Ms|No|etc|al|a\.m|p\.m))\.[\s”’\"')]*$"
)


class Brackets(Check):
    """A bracket is not closed, or not opened.

    Fires when the brackets of the translation are not in pairs, and those of the source are. The bracket of a
    numbering, a) or 1), needs no partner.

    Wrong: « L'ONU (Organisation des Nations unies) » – The UN (United Nations
    Right: « a) la santé » – a) health

    Add the one that is missing.
    """

    id = "brackets"

    def findings(self, pair: Pair, settings: Settings) -> Iterator[Finding]:
        """Yield what is wrong with one pair."""
        alone = _unpaired_brackets(pair.target)
        if alone and not _unpaired_brackets(pair.source):
            for at in alone:
                yield self.finding(settings, f"“{pair.target[at]}” has no partner", target=(at, at + 1))


_NO_BRACKET = re.compile(r"[:;]-?[()\[\]]|(?<!\w)\w{1,2}\)")


def _unpaired_brackets(text: str) -> list[int]:
    """Return where brackets without a partner stand."""
    waiting: list[int] = []
    alone: list[int] = []
    for found in re.finditer(r"[()\[\]{}]", text):
        char, at = found[0], found.start()
        if char in "([{":
            waiting.append(at)
        elif waiting and text[waiting[-1]] + char in ("()", "[]", "{}"):
            waiting.pop()
        elif not any(other.end() == at + 1 for other in _NO_BRACKET.finditer(text, max(0, at - 3), at + 1)):
            alone.append(at)
    return sorted(alone + waiting)


class Spacing(Check):
    """A space is missing, or is too much.

    Fires on spaces before , . ; : ! ? and inside brackets and quotation marks, on two spaces in a row, and where no
    space follows a mark. Addresses and other codes are left alone, and so is what the source has as well.

    Wrong: Who will pay ? ; yes,but ; ( later )
    Right: Who will pay?; 3,000; 2:30 p.m.

    Set the spaces right.
    """

    id = "spacing"

    def findings(self, pair: Pair, settings: Settings) -> Iterator[Finding]:
        """Yield what is wrong with one pair."""
        for found in _WRONG_SPACE.finditer(pair.target):
            start, end = found.span()
            if (found.lastgroup in ("double", "missing") and _context(found) in pair.source) or _in_code(pair, start):
                continue
            yield self.finding(
                settings, _SPACE_MESSAGES[found.lastgroup or ""], target=_visible(pair.target, start, end)
            )


_WRONG_SPACE = re.compile(
    rf"""
    (?P<before> (?<=[\w”’"')\]]) [{_SPACE}]+ (?= [,;:!?]+(?:[\s”’"')\]]|$) | \.(?:[\s”’"')\]]|$) ) )
  | (?P<inside> (?<=[(\[“]) [{_SPACE}]+ (?=\w) | (?<=[\w.,!?]) [{_SPACE}]+ (?=[)\]”]) )
  | (?P<double> (?<=\S) [{_SPACE}]{{2,}} (?=\S) )
  | (?P<missing> (?<=[a-z]) [,;] (?=[A-Za-z]) | (?<=[a-z]{{2}}) [.:!?] (?=[A-Z][a-z]) | (?<=\w) (?=“) | ” (?=[^\W\d_]) )
    """,
    re.VERBOSE,
)
_SPACE_MESSAGES = {
    "before": "a space before a mark",
    "inside": "a space inside brackets or quotation marks",
    "double": "two spaces in a row",
    "missing": "a space is missing",
}


def _context(found: re.Match[str]) -> str:
    """Return a match with the characters around it."""
    return found.string[max(0, found.start() - 2) : found.end() + 2]


def _visible(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a range with the characters around it, so that something is to be seen."""
    return max(0, start - 1), min(len(text), end + 1)


class Capitalisation(Check):
    """A capital is missing.

    Fires when a sentence begins with a small letter; on days, months, peoples and languages in lower case, which French
    writes so; on "i"; and when all is in capitals, but not in the source. Names that the source writes like this
    (iPhone) are right.

    Wrong: on monday, the french government
    Right: On Monday, the French government

    Write the capital.
    """

    id = "capitalisation"

    def findings(self, pair: Pair, settings: Settings) -> Iterator[Finding]:
        """Yield what is wrong with one pair."""
        source, target = pair.source, pair.target
        first = re.match(r"[\s\"“‘'«(\[*_]*([^\W\d_][\w'’-]*)", target)
        named = first and first[1] not in ENGLISH and re.search(rf"(?<!\w){re.escape(first[1])}(?!\w)", source)
        begins = re.match(r"[\s\"“‘'«(\[*_]*([^\W\d_])", source)
        if pair.whole and first and first[1].islower() and begins and begins[1].isupper() and not named:
            yield self.finding(settings, "the sentence begins with a small letter", target=first.span(1))
        if _shouted(target) and not _shouted(source):
            yield self.finding(settings, "all is in capitals", target=(0, len(target)))
        for found in _NEEDS_CAPITAL.finditer(target):
            if not _in_code(pair, found.start()):
                yield self.finding(settings, f"“{found[0]}” needs a capital", target=found.span())
        for found in _SENTENCE_IN_LOWER_CASE.finditer(target):
            before = _LAST_WORD.search(target, max(0, found.start() - 40), found.start() + 1)
            known = before and (before[1] in _ABBREVIATIONS or before[0] in source)
            if not known and not _in_code(pair, found.start()):
                yield self.finding(settings, "a sentence begins with a small letter", target=found.span("word"))


_NEEDS_CAPITAL = re.compile(
    r"(?<![\w'’.@#/_-])(?:"
    r"monday|tuesday|wednesday|thursday|friday|saturday|sunday"
    r"|january|february|april|june|july|august(?= \d)|september|october|november|december"
    r"|american|english|british|german|spanish|italian|european|african|asian|chinese|japanese|russian|canadian|belgian|swedish"
    r"|norwegian|finnish|portuguese|greek|israeli|palestinian|iranian|iraqi|syrian|egyptian|algerian|moroccan|tunisian"
    r"|indian|mexican|brazilian|korean|ukrainian|romanian|hungarian|austrian|australian|irish|scottish|parisian|lebanese"
    r"|french(?! (?:fries|fry|toast|door|doors|window|windows|press|kiss|kissing|horn|horns|bread)\b)"
    r")s?(?![\w@])(?!\.\w)"
    r"|(?<=[a-z,] )i(?= [a-z])|(?<![\w(.'’])i(?=['’](?:m|ve|ll|d)\b)"
)
_SENTENCE_IN_LOWER_CASE = re.compile(rf"(?<=[a-z]{{3}})[.!?][{_SPACE}](?P<word>[a-z]+)(?![\w.@/])")
_LAST_WORD = re.compile(r"([a-z]+)[.!?]$")  # of a part of a text
_ABBREVIATIONS = frozenset("etc approx vol cit art est cent dept min max incl excl resp prof gen tel fig pct".split())


def _shouted(text: str) -> bool:
    """Tell whether a text has several words, and all in capitals."""
    found = re.findall(r"[^\W\d_]{2,}", text)
    return len(found) > 2 and all(map(str.isupper, found))


class Article(Check):
    """a stands before a vowel, or an before a consonant.

    The sound counts, not the letter: an hour, a university, an MP, an 8-year-old. Before an unstressed h, both are
    right: a historic, an historic.

    Wrong: a agreement, an minister, a hour
    Right: an agreement, a minister, an hour

    Write the other one.
    """

    id = "article"

    def findings(self, pair: Pair, settings: Settings) -> Iterator[Finding]:
        """Yield what is wrong with one pair."""
        for start, end, wanted in english.wrong_articles(pair.target):
            found = _WITH_NEXT_WORD.match(pair.target, start)
            if found:
                given, word = pair.target[start:end], found["word"]
                message = f"“{given} {word}”: write “{wanted} {word}”"
                yield self.finding(settings, message, target=found.span())


_WITH_NEXT_WORD = re.compile(rf"\w+[{_SPACE}]+[\"“‘(]?(?P<word>\w[\w'’.-]*)")


class MixedSpelling(ArticleCheck):
    """American and British spelling are mixed.

    With a locale, words of the other one are found; without, those of the variety that is rarer in the article. British
    texts may have -ize (Oxford spelling) if they have it throughout. Names keep their spelling, and words with a
    capital are taken for names.

    Wrong: the color of the theatre; with en-GB: center
    Right: the colour of the theatre; the Department of Labor

    Spell the word as the rest of the text.
    """

    id = "spelling"

    def article_findings(self, pairs: Sequence[Pair], settings: Settings) -> Iterator[tuple[int, Finding]]:
        """Yield what is wrong with an article, each finding with the index of the pair that it is about."""
        found = [(i, *each) for i, pair in enumerate(pairs) for each in varieties(pair.target)]
        if not found:
            return
        locale = next((pair.locale for pair in pairs if pair.locale), settings.locale)
        oxford = not any(_ise(word, other) for _, _, word, variety, other in found if variety is Spelling.GB)
        if locale is None:
            found = (
                [f for f in found if not (oxford and f[3] is Spelling.US and _ise(f[2], f[4]))]
                if any(variety is Spelling.GB for *_, variety, _ in found)
                else found
            )
            british = sum(variety is Spelling.GB for *_, variety, _ in found)
            locale = Spelling.GB if 2 * british > len(found) else Spelling.US
            if british in (0, len(found)):
                return
        for index, at, word, variety, other in found:
            if variety != locale:
                name = "British" if variety is Spelling.GB else "American"
                yield index, self.finding(settings, f"“{word}” is {name}; write “{other}”", target=(at, at + len(word)))


def _ise(word: str, other: str) -> bool:
    """Tell whether two spellings differ in -ise and -ize."""
    return word != other and word.replace("z", "s") == other.replace("z", "s")

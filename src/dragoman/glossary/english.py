"""English forms of a term: plural, forms of a verb, and the article that goes before it.

The rules are those of *The Cambridge Grammar of the English Language* (Huddleston and Pullum, 2002). The lists
hold what news terms need beyond them; a glossary's column `plural` is there for the rest.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from dragoman.glossary.inflect import Tense

# What follows one of these is not the head of a phrase: board of directors, work in progress.
_AFTER_HEAD = "of in for to on at by with from without under against between into over as cast abroad".split()
_PREPOSITION = re.compile(rf"(?<=\w) (?:{'|'.join(_AFTER_HEAD)}) ")
# A first mention: World Health Organization (WHO).
EXPANDED = re.compile(r"(?P<words>.+) \((?P<acronym>[^()]+)\)$")
_JOINED = re.compile(r"(?P<head>\w+)(?P<rest>-(?:in|of|at)-\w+|-(?:up|by|elect|designate|general|president))$")
# Adjectives behind their noun: attorneys general, ministers delegate.
_AFTER_NOUN = re.compile(
    r"(?P<head>(?:.* )?(?:attorney|secretary|governor|inspector|solicitor|director|consul|advocate|comptroller|auditor"
    r"|surgeon|postmaster|minister|court|notary|heir|professor|president|poet|chargé|letter)s?)"
    r"(?P<rest> (?:general|delegate|martial|public|apparent|emeritus|elect|laureate|rogatory|d'affaires))$",
    re.IGNORECASE,
)

_IRREGULAR_PLURALS = {
    "child": "children",
    "foot": "feet",
    "goose": "geese",
    "index": "indexes",
    "corpus": "corpora",
    "man": "men",
    "matrix": "matrices",
    "medium": "media",
    "mouse": "mice",
    "ox": "oxen",
    "penny": "pence",
    "person": "people",
    "tooth": "teeth",
    "woman": "women",
    "bacterium": "bacteria",
    "criterion": "criteria",
    "curriculum": "curricula",
    "phenomenon": "phenomena",
    "alumnus": "alumni",
    "fungus": "fungi",
    "nucleus": "nuclei",
    "stimulus": "stimuli",
    "quiz": "quizzes",
}
_PERSON = re.compile(r"(?P<before>spokes|chair|business|sales|lay|lands?|congress|sports|crafts|trades)person$")
_NOT_MEN = re.compile(r"(?:hu|ro|ger|nor|sha|otto|musul|talis|cay)man$")
# Words that are the same in the plural, or have none. A plural of theirs would not be English.
_UNCHANGED = frozenset(
    "advice aid aircraft assistance awareness baggage broadcasting bullying cannon cattle clothing corps"
    " counterterrorism crossroads cybercrime cybersecurity damage data debris deer delinquency driving education"
    " embezzlement employment encryption engineering equipment evidence expertise fish fraud funding furniture"
    " gendarmerie gold hacking harassment hardware headquarters help homework housing imprisonment inflation"
    " information infrastructure intelligence labor labour laundering legislation literature loitering luggage"
    " machinery mail malware means media merchandise money music news offspring overcrowding police policing"
    " poverty privacy proceeds procurement profiling progress racism ransomware research retail salmon series"
    " sheep software spacecraft spam species spending spying spyware staff streaming surveillance swine terrorism"
    " trading traffic trafficking training transportation trespassing trout unemployment vandalism violence"
    " warfare water wealth weather welfare wheat wrongdoing".split()
)
_ALREADY_PLURAL = ("men", "people", "children")
_SINGULAR_IN_MEN = frozenset("abdomen acumen omen regimen specimen".split())
_SINGULAR_IN_S = frozenset(
    "alias atlas bias bus campus canvas chaos christmas cosmos ethos gas lens pancreas texas".split()
)
_F_TO_VES = ("leaf", "loaf", "half", "calf", "self", "wolf", "thief", "shelf", "knife", "life", "wife")
_OES = frozenset("cargo echo embargo hero mosquito potato tomato tornado torpedo veto volcano".split())
_HARD_CH = re.compile(r"(?:stoma|monar|patriar|matriar|epo|lo|te|eunu|oligar|hierar)ch$")


@functools.lru_cache(maxsize=4096)
def plural(phrase: str) -> str:
    """Return the plural of a noun phrase, or the phrase itself if it is in the plural already or has none."""
    if expanded := EXPANDED.match(phrase):  # artificial general intelligence (AGI)
        return f"{plural(expanded['words'])} ({plural(expanded['acronym'])})"
    if found := _AFTER_NOUN.match(phrase) or _JOINED.search(phrase):
        return phrase[: found.end("head")].removesuffix(found["head"]) + plural(found["head"]) + found["rest"]
    if preposition := _PREPOSITION.search(phrase):
        return plural(phrase[: preposition.start()]) + phrase[preposition.start() :]
    word = re.split(r"[ \-/]", phrase)[-1]
    return phrase[: len(phrase) - len(word)] + _plural_word(word)


def _plural_word(word: str) -> str:
    lower = word.lower()
    if len(word) > 1 and (word[1:] != word[1:].lower() or any(char.isdigit() for char in word)):
        return word if word.endswith("s") else word + "s"  # MPs, SMEs
    if not word.isalpha() or lower in _UNCHANGED or lower.endswith(("ware", "ese", "craft")):
        return word
    if lower in _IRREGULAR_PLURALS.values() or (lower.endswith(_ALREADY_PLURAL) and lower not in _SINGULAR_IN_MEN):
        return word
    if lower in _IRREGULAR_PLURALS:
        return _like(word, _IRREGULAR_PLURALS[lower])
    if person := _PERSON.match(word):
        return person["before"] + "people"
    if lower.endswith("man") and len(word) > 3 and not _NOT_MEN.search(lower):
        return word[:-2] + "en"
    if lower.endswith("child"):
        return word + "ren"
    if lower.endswith(("sis", "xis")):
        return word[:-2] + "es"
    if lower.endswith("s") and not lower.endswith(("ss", "us", "is")) and lower not in _SINGULAR_IN_S:
        return word  # rights, duties
    if lower.endswith(_F_TO_VES):
        return re.sub("fe?$", "ves", word)
    if lower.endswith(("s", "x", "z", "sh")) or (lower.endswith("ch") and not _HARD_CH.search(lower)) or lower in _OES:
        return word + "es"
    if lower.endswith("y") and lower[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    return word + "s"


def _like(word: str, form: str) -> str:
    return form.capitalize() if word[0].isupper() else form


# Sounds that the first letter hides: a silent h, and vowels that are said as in "you" or "one".
_SILENT_H = re.compile(r"(?:heir|honest|honor|honour|hour)", re.IGNORECASE)
_CONSONANT_SOUND = re.compile(
    r"(?:eu|ewe|once|one(?:\b|self|ness|time)|ouija|uefa|unesco|unanim|ufo\b"
    r"|u(?:[bkt]i|k[elr]|gan|ni(?!n[a-z]|m[a-z]|d|ss)|r[aeiou]|s[aeiu]|t[ae]|topi))",
    re.IGNORECASE,
)
_SPELLED_WITH_VOWEL = frozenset("AEFHILMNORSX")
# Acronyms of four letters and more that can be said are said as words (NATO, UNESCO); the others are spelled out.
_VOWEL = "[AEIOUY]"
_SAID = re.compile(
    rf"(?:[BCDFGHJKLMNPRSTVWZ]|[BCDFGKPST][LR]|S[CKMNPT]|QU|CH|SH|TH)?{_VOWEL}{{1,2}}"
    rf"(?:(?:[BCDFGHJKLMNPRSTVWXZ]|[LMNRS][BCDFGKLMPRST]|[BCDFGPT][LR]|CT|SS|LL|TT|NN|CH){_VOWEL}{{1,2}})*"
    rf"(?:[BCDFGKLMNPRSTXZ]|[LMNR][BCDFGKPSTV]|ST|CT|FF|CH|SH|NK)?$"
)


def article(phrase: str) -> str:
    """Return "a" or "an", by the sound with which a phrase begins."""
    word = re.match(r"[^\w]*([\w.]+)", phrase)
    if not word:
        return "a"
    first = word[1].rstrip(".")
    number = re.match(r"\d+", phrase)
    if number:
        digits = number[0]
        thousands = bool(re.match(r"(?:,\d{3})*(?!\d|,\d)", phrase[len(digits) :]))
        eleven = digits in ("11", "18") and thousands
        year = len(digits) == 4 and digits[:2] in ("11", "18")
        return "an" if digits[0] == "8" or eleven or year else "a"
    letters = re.sub(r"\d.*", "", first.replace(".", ""))
    if letters.isupper() and len(letters) > 1 and letters.isalpha():
        if len(letters) > 3 and "." not in first and _SAID.match(letters):
            return "a" if _CONSONANT_SOUND.match(letters) or letters[0] not in "AEIOU" else "an"
        return "an" if letters[0] in _SPELLED_WITH_VOWEL else "a"
    if len(letters) == 1 and letters.isupper() and phrase[1:2] != "'":  # an X-ray, a U-turn
        return "an" if letters.upper() in _SPELLED_WITH_VOWEL else "a"
    if _SILENT_H.match(first):
        return "an"
    if _CONSONANT_SOUND.match(phrase.lstrip()):
        return "a"
    return "an" if first[0].lower() in "aeiouéèêàâôîæœ" else "a"


_INDEFINITE = re.compile(
    r"(?P<article>(?<![\w'’.&/-])an?|(?:^|(?<=[.!?:] )|(?<=[\"“‘]))An?)[ \u00a0\u202f\u2009]+"
    r"[\"“‘(]?(?P<phrase>\w[\w'’.-]*)"
)
# An unstressed h; and acronyms that some spell out and others say as a word: SIM, HUD.
_EITHER = re.compile(r"(?i:h(?:abit|allucin|ero|eredi|ilar|ist|orrif|otel|yp|yster))|[FHLMNRSX][AEIOUY][A-Z]+(?![a-z])")


def wrong_articles(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield where a stands for an or the other way round, text[start:end], and the right one with the same capital.

    A capital A inside a sentence is a name (Livret A), not an article.
    """
    for found in _INDEFINITE.finditer(text):
        given, phrase = found["article"], text[found.start("phrase") :][:40]
        wanted = article(phrase)
        if given.lower() != wanted and not _EITHER.match(phrase):
            yield *found.span("article"), wanted.capitalize() if given[0].isupper() else wanted


_IRREGULAR_VERBS = {
    row.split()[0]: (row.split()[1], row.split()[2])
    for row in (
        "arise arose arisen,bear bore borne,beat beat beaten,become became become,begin began begun,bet bet bet,"
        "bid bid bid,bind bound bound,break broke broken,bring brought brought,broadcast broadcast broadcast,"
        "build built built,buy bought bought,cast cast cast,catch caught caught,choose chose chosen,come came come,"
        "cost cost cost,cut cut cut,deal dealt dealt,do did done,draw drew drawn,drive drove driven,fall fell fallen,"
        "feed fed fed,feel felt felt,fight fought fought,find found found,flee fled fled,fly flew flown,"
        "forbid forbade forbidden,forecast forecast forecast,get got got,give gave given,go went gone,grow grew grown,"
        "hang hung hung,have had had,hear heard heard,hide hid hidden,hit hit hit,hold held held,hurt hurt hurt,"
        "keep kept kept,know knew known,lay laid laid,lead led led,leave left left,lend lent lent,let let let,"
        "lose lost lost,make made made,mean meant meant,meet met met,pay paid paid,plead pleaded pleaded,put put put,"
        "quit quit quit,read read read,rise rose risen,run ran run,say said said,see saw seen,seek sought sought,"
        "sell sold sold,send sent sent,set set set,shoot shot shot,shut shut shut,sit sat sat,speak spoke spoken,"
        "spend spent spent,split split split,spread spread spread,stand stood stood,steal stole stolen,"
        "strike struck struck,swear swore sworn,take took taken,teach taught taught,tell told told,"
        "think thought thought,throw threw thrown,understand understood understood,win won won,"
        "withdraw withdrew withdrawn,withhold withheld withheld,write wrote written"
    ).split(",")
}
# Verbs that double their last consonant: ban, banned; submit, submitted. The others' last syllable has no stress.
_DOUBLED = re.compile(r"(?:[^aeiou]*[aeiou][bdgmnpt]|.+(?:mit|fer|trol|pel|cur))$")


def verb_forms(phrase: str) -> dict[Tense, tuple[str, ...]]:
    """Return the forms of a verb phrase, given with its bare infinitive, whose verb is its first word."""
    verb, space, rest = phrase.partition(" ")
    if verb == "be":
        forms: dict[Tense, tuple[str, ...]] = {
            Tense.BASE: ("be", "are", "am"),
            Tense.PRESENT: ("is",),
            Tense.PAST: ("was", "were"),
            Tense.PARTICIPLE: ("been",),
            Tense.GERUND: ("being",),
        }
    else:
        past, participle = _IRREGULAR_VERBS.get(verb, (_with_ending(verb, "ed"),) * 2)
        present = {"have": "has", "do": "does", "go": "goes"}.get(verb) or _plural_word(verb)
        forms = {
            Tense.BASE: (verb,),
            Tense.PRESENT: (present,),
            Tense.PAST: (past,),
            Tense.PARTICIPLE: (participle,),
            Tense.GERUND: (_with_ending(verb, "ing"),),
        }
    return {tense: tuple(form + space + rest for form in each) for tense, each in forms.items()}


def _with_ending(verb: str, ending: str) -> str:
    if verb.endswith("ie") and ending == "ing":
        return verb[:-2] + "ying"
    if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")):
        return verb[:-1] + ending
    if verb.endswith("ee") and ending == "ed":
        return verb + "d"
    if verb.endswith("y") and verb[-2:-1] not in "aeiou" and ending == "ed":
        return verb[:-1] + "ied"
    return verb + verb[-1] + ending if _DOUBLED.match(verb) else verb + ending

"""Says whose words a quotation holds, and whether they were likely said in English.

The speaker is looked for where French news names one: in a clause with the verb before its subject, inside the marks
or behind them (« …, a déclaré la ministre »); before the marks (X affirme que « … », X : « … », selon X, « … »); in the
line below a pull quote; before a reply. A pronoun stands for the last person named whose gender fits, and a surname
for the fullest form of the name in the article.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from dragoman.article.model import Block, Kind
from dragoman.protect.reporting import (
    describes,
    finite_forms,
    incise,
    infinitives,
    is_description,
    is_person,
    participles,
    plain,
)

if TYPE_CHECKING:
    from dragoman.protect.quotations import Quotation


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who said it: the name in its fullest form in the article, or what the speaker is called where none is given.

    `start` to `end` is where the speaker is named for this quotation, in the text of block number `block`: a name, a
    description, or the pronoun that stands for one (characters, half-open).
    """

    name: str
    start: int
    end: int
    block: int


# ---- Names ---------------------------------------------------------------------------------------------------------

_WORD_OF_NAME = r"(?:(?!M\. [A-ZÀ-ÖØ-Þ][^.])[A-Z]\.(?:-?[A-Z]\.)*|[A-ZÀ-ÖØ-Þ][\w·]*(?:[-'][\w·]+)*)"
_PARTICLE = r"(?:de la |de l'|de |du |des |d'|la |le |van |von |der |den |ben |bin |al |el |di |da |dos )"
_NAME = re.compile(rf"(?<![\w-]){_WORD_OF_NAME}(?: {_PARTICLE}{{0,2}}{_WORD_OF_NAME}){{0,5}}")
_HONORIFIC_BEFORE = re.compile(r"(?<!\w)(MM?|Mmes?|Mlles?|Dr|Pr|Mgr|[Mm]onsieur|[Mm]adame|Me)\.? $")
# Words with a capital that begin a sentence, not a name.
_STARTERS = frozenset(
    """
    le la les l un une des du de d ce cet cette ces c il elle ils elles on nous vous je tu j selon pour mais et ou or
    donc car ni si s en dans à au aux avec sans sous sur par contre chez vers depuis dès pendant durant avant après
    entre malgré parmi sauf hier aujourd aujourd'hui demain ainsi aussi alors puis ensuite enfin toutefois cependant
    pourtant lors lorsque quand comme plus moins très tout toute tous toutes plusieurs certains aucun chaque deux trois
    quatre cinq six sept huit neuf dix parce puisque ne pas non oui voici voilà est y quant désormais déjà encore
    interrogé interrogée interrogés invité invitée joint jointe contacté contactée face outre afin étant son sa ses
    notre nos votre leur leurs mon ma mes qui que qu quoi quel quelle où comment pourquoi combien même seul seule
    mardi lundi mercredi jeudi vendredi samedi dimanche monsieur madame mademoiselle ancien ancienne président
    présidente ministre premier première porte-parole maire directeur directrice grâce suite d'après d'abord quelques
    pas bref reste résultat faute jusqu jusqu'à autre autres bien beaucoup c'est l'un l'une dixit d'autres notamment
    surtout certes tel telle tels telles là ici ça celui celle ceux celles lui eux moi toi quelqu'un rien personne
    mme m mlle accusé accusée pdg dg
    """.split()
)
_BEHIND_PREPOSITION = re.compile(
    r"(?:^|(?<=[^\w]))(?:d'|(?:de|du|des|à|au|aux|en|par|avec|chez|sur|dans|pour|contre|vers|entre|sous) "
    r"(?:la |le |les |l'|son |sa |ses |leur |un |une )?)(?:l')?$"
)
_GENDER_OF_HONORIFIC = {"m": "m", "monsieur": "m", "mgr": "m", "mme": "f", "mlle": "f", "madame": "f"}


def _behind_preposition(text: str) -> bool:
    """Tell whether a name behind the text belongs to a noun before it: le maire de …, de la région …, and so on."""
    if _BEHIND_PREPOSITION.search(text):
        return True
    last = re.search(r"([\w-]+) $", text[-_LONGEST_NOUN:])
    if last is None or last[1][0].isupper() or last[1] in _STARTERS or is_person(last[1]):
        return False
    return _BEHIND_PREPOSITION.search(text[: len(text) - len(last[0])]) is not None


_LONGEST_NOUN = 24  # characters

# Given names that tell the gender; those that both bear (Camille, Dominique, Claude, Alex, Lou, Sasha) aren't here.
_FEMALE = frozenset(
    """
    adèle agathe agnès aïcha alexandra alice aline alison amandine amélie amina anaïs andréa angela angèle anna anne
    annie antoinette ariane arlette astrid audrey aurélie aurore axelle barbara béatrice bernadette bérénice brigitte
    capucine carine carla carole caroline cécile céline chantal charlène charlotte chloé christelle christiane
    christine clara claire clarisse claudine clémence clémentine clotilde colette coline corinne cynthia danièle
    danielle daphné delphine denise diane djamila dorothée édith elena éléonore éliane élisabeth elizabeth élise élodie
    éloïse elsa emily emma émilie emmanuelle estelle esther eugénie eva ève évelyne fabienne fanny fatima fatou fiona
    flavie flore florence françoise frédérique gabrielle gaëlle geneviève georgette geraldine géraldine germaine
    ghislaine gisèle giorgia gwenaëlle hélène héloïse henriette hillary huguette inès ingrid irène isabelle jacqueline
    jade janine jeanne jennifer jessica joanna joëlle josette josiane judith julia julie juliette justine kamala karen
    karine kate katia khadija laetitia laëtitia laura laure laurence léa leïla lena léna léonie léopoldine liliane
    lina linda lise lisa lola louise lucia lucie lucile lucienne ludivine lydia lydie madeleine maëlle maeva magali
    maggie manon margaret margaux margot marguerite maria mariam mariama marianne marie marielle marilyne marina marine
    marion marlène marthe martine maryse mary mathilde maud mélanie mélissa mélina michèle michelle mireille monique
    morgane muriel myriam nadège nadia nadine nancy naomi natacha nathalie nawal nicole nina nivine noémie nora
    océane odette odile olga olivia ophélie oriane pamela pascale patricia paula paulette pauline pénélope perrine
    rachel rachida rebecca régine renée romane rosa rosalie rose roselyne roxane ruth sabine sabrina salomé samia
    samira sandra sandrine sara sarah ségolène séverine simone solange solène sonia sophia sophie stella stéphanie
    suzanne sybille sylvie tamara tania tatiana theresa thérèse tiphaine ursula valentine valérie vanessa vera
    véronique victoire victoria violaine violette virginie viviane wendy yasmina yasmine yolande yvette yvonne zineb
    zoé zohra
    """.split()
)
_MALE = frozenset(
    """
    aaron abdel abdou abdoulaye achille adam adrien ahmed alain alan albert aldo alexandre alexis alfred ali alphonse
    amadou amir andré andrew anthony antoine antony antonio armand arnaud arthur aubin auguste augustin aurélien
    aymeric ayoub baptiste barack bart bastien benjamin benoît bernard bertrand bilal bill boris brice bruno bryan
    carlos cédric césar charles christian christophe clément cédrik colin corentin cyprien cyril cyrille damien daniel
    david denis didier dimitri donald dylan eddy édouard edmond éloi elon émile emmanuel enzo éric eric erwan étienne
    eugène fabien fabrice farid félix ferdinand fernand florent florian francis franck françois frank fred frédéric
    gabin gabriel gaël gaëtan gaston gauthier geoffroy georges george gérald gérard germain ghislain gilbert gilles
    gonzague grégoire grégory guillaume gustave guy hakim hamid hamza harry hassan hector henri henry hervé hubert
    hugo hugues ibrahim igor ismaël ivan jacques jacob jamal james jason jean jeff jérémie jérémy jérôme jim joachim
    joe joël john johnny jonathan jordan jordy joseph joshua josé juan jules julien justin karim keir kevin kévin
    khalid kylian lambert larry laurent léo léon léonard léopold lionel loïc louis luc luca lucas ludovic luis maël
    mamadou manuel marc marcel marco mario marius mark martial martin marvin mathias mathieu matthieu matteo maurice
    maxence maxime maximilien mehdi michael michaël michel mickaël mike mohamed mohammed mourad moussa mustapha
    nabil nathan nicolas noah noé noël norbert octave olivier omar oscar oumar owen pablo pascal patrice patrick paul
    pedro peter philippe pierre quentin rachid raoul raphaël rayan raymond régis rémi rémy renaud rené ricardo richard
    rishi robert robin rodolphe rodrigue roger roland romain roméo ronald sam sami samir samuel satya sébastien serge
    sergueï simon sofiane souleymane stanislas stéphane steve steven sylvain tarek théo théodore theo thibault thibaut
    thierry thomas tim timothée titouan tom tony tristan ulysse valentin vianney victor vincent vladimir volodymyr
    walid walter wilfried william willy xavier yacine yanis yann yannick yassine yohan yoann youssef yves yvan
    zacharie zinédine
    """.split()
)
_GIVEN = _FEMALE | _MALE
_FEMALE_ENDING = re.compile(r"(?:trice|euse|ienne|ière|esse|ante|ente|enne|eure)$")
_ARTICLE_GENDER = {"le": "m", "un": "m", "ce": "m", "cet": "m", "la": "f", "une": "f", "cette": "f", "sa": "f"}


@dataclass(frozen=True, slots=True)
class _Mention:
    """A name in the text, without honorific: blocks[block].text[start:end]."""

    block: int
    start: int
    end: int
    name: str
    gender: str  # "f", "m" or ""
    person: bool  # sure to be a person: a known given name, an honorific, an age or a function beside it
    speaker: bool = False  # and said what a quotation holds


def _mentions(block: int, text: str) -> Iterator[_Mention]:
    """Yield the names in the plain text of a block, in order."""
    for match in _NAME.finditer(text):
        start, end = match.span()
        # Words that only begin a sentence are no part of the name; names in all capitals are names.
        while True:
            word = _FIRST_WORD.match(text, start, end)
            if word is None or word[0].rstrip("' .").lower() not in _STARTERS:
                break
            inside = text[max(0, start - 2) : start - 1].islower()
            if word[0] in ("Le ", "La ", "Les ") and (inside or text[end : end + 2].lstrip()[:1] == ":"):
                break  # selon Le Monde; Le Monde :
            start = word.end()
        elided = _ELIDED.match(text, start, end)
        if elided:
            start = elided.end()
        while start < end and not text[start].isupper():
            particle = text.find(" ", start, end)
            start = end if particle < 0 else particle + 1
        if end - start < 2 or not text[start].isupper():
            continue
        words = text[start:end].split(" ")
        citizen = _DEMONYM.match(text, start, end)
        if citizen and _ARTICLE.search(text, max(0, start - 5), start):  # l'Américain John Hale
            start = citizen.end()
            words = words[1:]
        known = next((n for n in range(2, len(words)) if words[n].split("-")[0].lower() in _GIVEN), 0)
        if known and len(words) > known + 1 and words[0].lower() not in _GIVEN and words[known - 1] in ("de", "du"):
            start += len(" ".join(words[:known])) + 1  # Mort de Jeanne Aubrac
            words = words[known:]
        if len(words) > 2 and words[0].lower() not in _GIVEN and _behind_preposition(text[max(0, start - 12) : start]):
            # la ministre des Sports Léa Morin
            given = next((n for n in range(1, len(words) - 1) if words[n].split("-")[0].lower() in _GIVEN), 0)
            if given:
                cut = start + len(" ".join(words[:given])) + 1
                yield _mention(block, text, start, cut - 1)
                start = cut
        yield _mention(block, text, start, end)


_ARTICLE = re.compile(r"(?<!\w)(?:l'|l[ae] |une? |cet |cette )$")
_DEMONYM = re.compile(
    r"[A-ZÀ-ÖØ-Þ][\w-]*(?:[ea]in|ais|[ée]en|ien|ois|and|ol|ard|ec|ite|ique)n?e? (?=[A-ZÀ-ÖØ-Þ][\w-]+ [A-ZÀ-ÖØ-Þ])"
)
_FIRST_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*(?:' ?| |$)\.? ?")
_ELIDED = re.compile(r"[LDSCNJMT]'(?=[A-ZÀ-ÖØ-Þ])")


def _mention(block: int, text: str, start: int, end: int) -> _Mention:
    name = text[start:end]
    honorific = _HONORIFIC_BEFORE.search(text[max(0, start - 12) : start])
    first = name.split()[0].split("-")[0].lower()
    gender = "f" if first in _FEMALE else "m" if first in _MALE else ""
    if honorific:
        gender = _GENDER_OF_HONORIFIC.get(honorific[1].lower(), gender)
    comma = _COMMA.match(text, end)
    described = comma is not None and describes(text, comma.end(), min(len(text), comma.end() + 60))
    before = text[max(0, start - 60) : start].split()
    role = bool(before) and is_person(before[-1])
    if not gender and role:
        gender = _gender_of_description(" ".join(before[-3:]))
    again = _ANAPHORA.match(text, end)  # … Naïma. Ce jeune ingénieur est …
    if again and is_person(again["noun"]):
        role, gender = True, gender or _gender_of_description(again[0].lstrip(". "))
    return _Mention(block, start, end, name, gender, bool(gender or honorific or described or role))


_ANAPHORA = re.compile(r"\. (?:Cet|Ce|Cette) (?:[\w-]+ )??(?P<noun>[\w-]+)(?= de \d| est | a )")


_COMMA = re.compile(r"\*? ?[,(] ?")


def _gender_of_description(words: str) -> str:
    """Return the gender that an article or the ending of the noun tells, "" if neither does."""
    found = [word.strip("'").lower() for word in re.findall(r"\w+(?:-\w+)*'?", words)]
    for number, word in enumerate(found):
        if is_person(word):
            told = next((_ARTICLE_GENDER[w] for w in reversed(found[:number]) if _ARTICLE_GENDER.get(w)), "")
            return told or ("f" if word in _WOMEN or _FEMALE_ENDING.search(word) else "")
    return _ARTICLE_GENDER.get(found[0], "") if found else ""


_WOMEN = frozenset("femme fille mère sœur soeur épouse veuve tante amie voisine reine actrice élue adjointe".split())


# ---- The article's people ------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Cast:
    """Who is named in the article: all names, and those outside quotations and of speakers, in order."""

    texts: Sequence[str]
    named: dict[str, list[_Mention]]  # by the whole name
    spelling: dict[str, str]  # by the plain name: as the article writes it
    outside: list[_Mention]  # sorted by place; persons named by the author, and speakers found so far
    full: dict[str, list[_Mention]]  # by each word of a name of several: its mentions

    def fullest(self, mention: _Mention) -> str:
        """Return the fullest form of a name: Bayrou, François Bayrou."""
        if _INITIAL.fullmatch(mention.name):
            text = self.texts[mention.block]
            honorific = _HONORIFIC_BEFORE.search(text, max(0, mention.start - _LONGEST_HONORIFIC), mention.start)
            return honorific[0] + mention.name if honorific else mention.name  # Mme X.
        if _INITIALS.fullmatch(mention.name):
            letters = re.findall(r"\w", mention.name)
            return next((m.name for m in self.outside if [w[0] for w in m.name.split()] == letters), mention.name)
        if " " in mention.name:
            return _longest(mention.name, self.full.get(mention.name.split()[-1], ()))
        candidates = self.full.get(mention.name, [])
        names = {other.name for other in candidates if not mention.gender or other.gender in ("", mention.gender)}
        if len(names) > 1:
            # Two people of one name: the one who was named last.
            at = bisect_left(candidates, (mention.block, mention.start), key=lambda m: (m.block, m.start))
            before = [other for other in candidates[:at] if other.name in names] or candidates[:1]
            return before[-1].name
        return names.pop() if names else mention.name

    def add(self, mention: _Mention) -> None:
        place = bisect_left(self.outside, (mention.block, mention.start), key=lambda m: (m.block, m.start))
        self.outside.insert(place, mention)

    def last_named(self, block: int, at: int, pronoun: str) -> _Mention | None:
        """Return the last person named before `at` whom the pronoun can stand for."""
        wanted = "f" if pronoun == "elle" else "m"
        place = bisect_left(self.outside, (block, at), key=lambda m: (m.block, m.start))
        last: _Mention | None = None
        for mention in reversed(self.outside[max(0, place - _FARTHEST_BACK) : place]):
            if mention.block < (last or mention).block or mention.block + _BLOCKS_BACK < block:
                break
            if not mention.person or mention.gender not in ("", wanted):
                continue
            if last is None:
                last = mention
            elif mention.speaker and not _SENTENCE.search(self.texts[last.block], mention.end, last.start):
                return mention  # « … », tranche Léa Morin, qui a travaillé avec Paule Roy. Elle ajoute
        return last

    def of_function(self, block: int, at: int, noun: str) -> _Mention | None:
        """Return the last person named before `at` with the function `noun` beside the name: la toxicologue."""
        place = bisect_left(self.outside, (block, at), key=lambda m: (m.block, m.start))
        for mention in reversed(self.outside[max(0, place - _FARTHEST_BACK) : place]):
            if (
                mention.person
                and mention.name[0].isupper()
                and noun in _around(self.texts[mention.block], mention).split()
            ):
                return mention
        return None


_LONGEST_HONORIFIC = 12  # characters
_INITIAL = re.compile(r"[A-ZÀ-ÖØ-Þ]\.?")
_INITIALS = re.compile(r"(?:[A-ZÀ-ÖØ-Þ]\.[ -]?){2,3}")
_FARTHEST_BACK = 40  # mentions
_BLOCKS_BACK = 2


def _longest(name: str, others: Sequence[_Mention]) -> str:
    words = set(name.split())
    return max((m.name for m in others if words <= set(m.name.split())), key=len, default=name)


def _cast(blocks: Sequence[Block], texts: Sequence[str], found: Sequence[Quotation]) -> _Cast:
    quoted: dict[int, list[tuple[int, int]]] = {}
    for quotation in found:
        for piece in quotation.pieces:
            if quotation.parent is None and quotation.kind != "pull quote":
                quoted.setdefault(piece.block, []).append((piece.start, piece.end))
    mentions: list[_Mention] = []
    outside: list[_Mention] = []
    for index, block in enumerate(blocks):
        if block.boilerplate or block.kind is Kind.ATTRIBUTE:
            continue
        spans = sorted(quoted.get(index, ()))
        ends = [end for _, end in spans]
        for mention in _mentions(index, texts[index]):
            mentions.append(mention)
            place = bisect_left(ends, mention.end)
            if block.kind is not Kind.BYLINE and not (place < len(spans) and spans[place][0] <= mention.start):
                outside.append(mention)
    full: dict[str, list[_Mention]] = {}
    for mention in mentions:
        words = mention.name.split()
        if len(words) > 1:
            for word in {words[0], words[-1], " ".join(words[1:])}:
                full.setdefault(word, []).append(mention)
    persons = {m.name for m in mentions if m.person}
    known = persons | {m.name.split()[-1] for m in mentions if m.person and " " in m.name}
    genders = {m.name.split()[-1]: m.gender for m in mentions if m.gender and m.person}
    outside = [
        replace(m, person=m.person or m.name in known, gender=m.gender or genders.get(m.name.split()[-1], ""))
        for m in outside
    ]
    named: dict[str, list[_Mention]] = {}
    spelling: dict[str, str] = {}
    for mention in mentions:
        named.setdefault(mention.name, []).append(mention)
        spelling.setdefault(mention.name, blocks[mention.block].text[mention.start : mention.end])
    return _Cast(texts, named, spelling, outside, full)


# ---- Attribution ---------------------------------------------------------------------------------------------------


def attribute(blocks: Sequence[Block], found: Sequence[Quotation]) -> list[tuple[Speaker | None, bool]]:
    """Return for each quotation its speaker, and whether the original is likely English.

    Args:
        blocks: The blocks of the article.
        found: Its quotations in order, without speakers.

    """
    texts = [plain(block.text) for block in blocks]
    cast = _cast(blocks, texts, found)
    speakers: list[Speaker | None] = []
    english: list[bool] = []
    last_in_block: dict[tuple[int, int | None], int] = {}
    for number, quotation in enumerate(found):
        first = quotation.pieces[0]
        before = last_in_block.get((first.block, quotation.parent))
        previous = found[before] if before is not None else None
        outer = found[quotation.parent] if quotation.parent is not None else None
        place = _subject(blocks, texts, quotation, previous, outer if outer and outer.marked else None)
        if place and outer and outer.marked and _is_pronoun(texts[place[0]], place):
            place = None  # « Il a crié “au feu” »: somebody whom the outer speaker knows
        speaker = _speaker(texts[place[0]], *place, cast) if place else None
        if speaker is not None and place is not None:
            english.append(_likely_english(speaker, place, texts, cast))
        elif before is not None and _goes_on(texts[first.block], found[before], quotation):
            speaker = speakers[before]
            english.append(english[before])
        else:
            english.append(False)
        speakers.append(speaker)
        last_in_block[first.block, quotation.parent] = number
    spelled = [
        s and replace(s, name=cast.spelling.get(s.name) or _as_written(s, texts[s.block], blocks[s.block].text))
        for s in speakers
    ]
    return list(zip(spelled, english, strict=True))


def _as_written(speaker: Speaker, text: str, original: str) -> str:
    """Return a description with the spaces and apostrophes of the article, if it is the one that stands there."""
    start, end = speaker.start, speaker.end
    return original[start:end] if text[start:end] == speaker.name else speaker.name


_Place = tuple[int, int, int]  # block, start, end

_LONGEST = 200  # characters of a clause behind the marks
_LONGEST_BEFORE_WORDS = 60  # characters from the verb to a quoted word or two
_WINDOW = 400  # characters before the marks in which the clause is looked for
_SENTENCE = re.compile(r"(?<!\bM)(?<!\bMM)(?<!\bMme)(?<!\bDr)(?<!\bMe)(?<!\b[A-Z])[.!?…][»”\")]?\*? +(?=[^a-zà-ÿ ]|$)")
_SIGNED = re.compile(r" ?(?:[–—―-]|--) ?(?=[A-ZÀ-Þ@])")


def _subject(
    blocks: Sequence[Block],
    texts: Sequence[str],
    quotation: Quotation,
    previous: Quotation | None,
    outer: Quotation | None,
) -> _Place | None:
    """Return where the speaker of a quotation is named, by whatever words; for one inside another, inside it."""
    last = quotation.pieces[-1]
    first_block, low = quotation.pieces[0].block, 0
    limit = len(texts[last.block])
    for piece in outer.pieces if outer else ():
        limit = piece.inner_end if piece.block == last.block and piece.end >= last.end else limit
        if piece.block == first_block and piece.start <= quotation.pieces[0].start:
            low = piece.inner_start
    for piece in quotation.pieces:
        for start, end in piece.incises:
            if (found := incise(texts[piece.block], start, end)) is not None:
                return piece.block, found.subject, found.subject_end
    for one, two in pairwise(quotation.pieces):
        if one.block == two.block and (found := incise(texts[one.block], one.end, two.start)) is not None:
            return one.block, found.subject, found.subject_end
    text = texts[last.block]
    if quotation.kind != "pull quote":
        found = incise(text, last.end, min(limit, last.end + _LONGEST))
        if found is not None and (found.person or found.verb) and text[last.end :][:2].strip()[:1] not in (".", ""):
            return last.block, found.subject, found.subject_end
    signed = _SIGNED.match(text, last.end)
    if signed and last.closed and outer is None and len(text) - signed.end() <= _LONGEST:
        return last.block, signed.end(), len(text)
    below = last.block + 1
    if quotation.parent is None and below < len(blocks) and blocks[below].kind is Kind.ATTRIBUTION:
        lead = _SIGNED.match(texts[below])
        return below, lead.end() if lead else 0, len(texts[below])
    return _before(texts[first_block], low, quotation, previous)


def _is_pronoun(text: str, place: _Place) -> bool:
    return re.match(r"(?:ils?|elles?|lui|eux)(?!\w)", text[place[1] : place[2]], re.IGNORECASE) is not None


def _before(text: str, low: int, quotation: Quotation, previous: Quotation | None) -> _Place | None:
    """Return where the clause before the marks names the speaker."""
    first = quotation.pieces[0]
    end = first.start
    low = max(low, end - _WINDOW)
    if previous is not None and previous.kind not in ("words", "title", "name"):
        low = max(low, previous.pieces[-1].end)
    for match in _SENTENCE.finditer(text, low, end):
        low = match.end()
    clause = text[low:end]
    reach = _LONGEST_BEFORE_WORDS if quotation.kind == "words" else _WINDOW
    found = (
        _by_verb(clause, reach)
        or _according(clause)
        or (_label(clause) if clause.rstrip().endswith(":") or quotation.kind == "dialogue" else None)
    )
    return (first.block, found[0] + low, found[1] + low) if found else None


_WORDS = re.compile(r"[^\W_]+(?:-(?!t-|ils?\b|elles?\b|on\b)[^\W_]+)*")
_AUXILIARIES = frozenset("a ont avait avaient aura aurait est sont était étaient".split())


def _by_verb(clause: str, reach: int) -> tuple[int, int] | None:
    """Return the subject of the last reporting verb of a clause that is no farther than `reach` from its end."""
    words = list(_WORDS.finditer(clause))
    finite = finite_forms()
    past = participles()
    for number in range(len(words) - 1, -1, -1):
        word = words[number]
        form = word[0].lower()
        at = None
        if len(clause) - word.end() > reach:
            break
        if word[0][0].isupper():
            continue
        if form in past:
            for back in range(number - 1, max(-1, number - 6), -1):
                if words[back][0].lower() in _AUXILIARIES:
                    at = words[back].start()
                    break
        if at is None and form in finite and form not in _AUXILIARIES and form not in _WEAK:
            at = word.start()
        if at is None and form in infinitives() and number and words[number - 1][0].lower() in ("d", "de", "pour", "à"):
            continue  # avant d'ajouter: the verb before it has the subject
        if at is None or _is_noun(words, number, at):
            continue
        subject = _left_of(clause, at)
        if subject is None:
            object_pronouns = _OBJECTS.search(clause, 0, at)
            if not _INVERTS.search(clause, 0, object_pronouns.start() if object_pronouns else at):
                continue
            behind = incise(clause, object_pronouns.start() if object_pronouns else at, len(clause))
            if behind is not None and behind.verb and behind.person:
                subject = behind.subject, behind.subject_end
        if subject is not None:
            return subject
    return None


_DETERMINERS = frozenset(
    """le la les l un une des du de d ce cet cette ces son sa ses leur leurs mon ma notre votre au aux en par sans
    chaque toute tout aucun aucune à nouvelle nouveau grande bonne première dernière seule même quelle quel
    pour""".split()
)


def _is_noun(words: Sequence[re.Match[str]], number: int, at: int) -> bool:
    """Tell whether a form of a reporting verb is a noun here: le titre, une annonce; not: il la critique."""
    if words[number].start() != at or not number or words[number - 1][0].lower() not in _DETERMINERS:
        return False
    return number < 2 or words[number - 2][0].lower() not in _BEFORE_CLITIC


_BEFORE_CLITIC = frozenset("il elle on qui ne se comme que qu où".split())

# Verbs that report words behind them, but seldom before them.
_WEAK = frozenset(
    """illustre illustrent éclaire écarte écartent encourage encouragent oppose opposent livre livrent développe
    développent complète complètent dicte évalue évaluent relève lance lancent glisse glissent coupe témoigne témoignent
    salue saluent menace menacent imagine rassure attaque attaquent voit entend titre""".split()
)

_CLITICS = re.compile(
    r"(?:(?<![\w'])(?:ne|n'|se|s'|lui|leur|l'|le|la|les|nous|vous|me|m'|y|en|qui|qu'|que|a|tout|bien) ?)+$"
)
_INVERTS = re.compile(r"(?:^[ ,]*|\b(?:que|comme|ainsi que|où) |qu')$", re.IGNORECASE)
_OBJECTS = re.compile(r"(?<![\w'])(?:s'|se |l'|le |la |les |lui |leur )$")
_CONJUNCTION = re.compile(
    r" *(?:(?:et|mais|or|car|puis|alors|quand|lorsque|que|si|tandis que|alors que|dont|où|ainsi que|comme|ce que"
    r"|pendant que|parce que|puisque) |qu')+"
)
_PERSONAL = re.compile(r"(?<![\w'-])(ils?|elles?|on|je|j'|nous|vous|tu)$", re.IGNORECASE)
_NOUN_PHRASE = re.compile(
    r"(?<![\w'])(?:l'|(?:les?|la|une?|des|son|sa|ses|leurs?|notre|nos|mon|ma|mes|votre|vos|ce|cet|cette|deux|trois"
    r"|plusieurs|certains) )(?:l')?(?=\w)",
    re.IGNORECASE,
)
_CHUNK = re.compile(r"[,()–—;:]")


def _left_of(clause: str, at: int) -> tuple[int, int] | None:
    """Return the subject that ends before the verb at `at`, appositions between commas passed over."""
    clitics = _CLITICS.search(clause, 0, at)
    end = clitics.start() if clitics else at
    first = True
    while True:
        cut = max((m.end() for m in _CHUNK.finditer(clause, 0, end)), default=0)
        chunk = clause[cut:end].rstrip()
        if chunk.strip():
            conjunction = _CONJUNCTION.match(clause, cut, end)
            begin = conjunction.end() if conjunction else cut + len(chunk) - len(chunk.lstrip())
            pronoun = _PERSONAL.search(clause[begin : cut + len(chunk)])
            if pronoun and first:
                told = pronoun[1].lower() in ("il", "elle")
                return (begin + pronoun.start(1), begin + pronoun.end(1)) if told else None
            names = [
                m
                for m in _mentions(0, clause[begin : cut + len(chunk)])
                if not _behind_preposition(clause[begin : begin + m.start])
            ]
            if names:
                return begin + names[-1].start, begin + names[-1].end
            for phrase in _NOUN_PHRASE.finditer(clause, begin, cut + len(chunk)):
                behind = _behind_preposition(clause[begin : phrase.start()])
                if not behind and is_description(clause, phrase.start(), cut + len(chunk)):
                    return phrase.start(), cut + len(chunk)
            if first:
                return None
            first = False
        elif not first:
            return None
        if not cut:
            return None
        first = False
        end = cut - 1


_ACCORDING = re.compile(r"(?:^|[ ,])(?:selon|d'après|pour|aux yeux de|d'après) (?=\S)", re.IGNORECASE)


def _according(clause: str) -> tuple[int, int] | None:
    """Return whom « selon X », « pour X » at the start of a clause or just before the marks names."""
    for match in _ACCORDING.finditer(clause):
        found = incise(clause, match.start() + (clause[match.start()] in " ,"), len(clause))
        if found is not None and not found.verb and found.person:
            return found.subject, found.subject_end
    return None


# What a live report has before a paragraph: 21 h 05 –
_TIME_OF_DAY = re.compile(r" ?\d{1,2} ?(?:h|:) ?(?:\d\d)? ?[–—:-] ")


def _label(clause: str) -> tuple[int, int] | None:
    """Return the name of « François Bayrou, Premier ministre : », or the person described in « Le maire : »."""
    text = clause.rstrip(" :–—")
    time = _TIME_OF_DAY.match(text)
    if time:
        text = " " * time.end() + text[time.end() :]
    names = list(_mentions(0, text))
    start = len(text) - len(text.lstrip())
    if text.strip(" .") in ("Q", "R"):
        return None
    if names and names[0].start == start and names[0].person:
        return names[0].start, names[0].end  # Léa Morin est claire :
    if names and names[0].start <= start + 5 and (names[0].end == len(text) or text[names[0].end] in ",("):
        return names[0].start, names[0].end
    if not clause.rstrip().endswith(":") or not is_description(text, start, len(text)):
        return None
    comma = text.find(",", start)
    if comma > 0 and names and names[-1].end == len(text) and names[-1].start == comma + 2:
        return names[-1].start, names[-1].end  # Le maire, Luc Fontan :
    end = comma if comma > 0 else len(text)
    noun = next((m for m in _WORDS.finditer(text, start, end) if is_person(m[0])), None)
    return (start, end) if noun and _COMPLEMENT.fullmatch(text, noun.end(), end) else None


_COMPLEMENT = re.compile(r"(?: (?:de|du|des|d'|à|au)(?:(?: |(?<='))(?:l'|la |le )?[\w'-]+){1,4})?")


def _goes_on(text: str, previous: Quotation, quotation: Quotation) -> bool:
    """Tell whether a quotation goes on with the words of the one before.

    It does if nothing but the reporting clause, and what else ends its sentence, stands between.
    """
    last, first = previous.pieces[-1], quotation.pieces[0]
    if last.block != first.block or quotation.kind not in ("speech", "dialogue") or previous.kind == "dialogue":
        return False
    between = text[last.end : first.start]
    found = incise(text, last.end, first.start)
    if found is None or first.start - found.end > _LONGEST_REST:
        return not between.strip(" .,;")
    rest = text[found.end : first.start].strip(" .,;")
    return not rest or (text[found.end] == "," and between.rstrip().endswith(".") and _ENDS.search(rest) is None)


_LONGEST_REST = 80  # characters
_ENDS = re.compile(r"[.!?…;:«“]")


def _speaker(text: str, block: int, start: int, end: int, cast: _Cast) -> Speaker | None:
    """Return the speaker that text[start:end] names."""
    phrase = text[start:end]
    pronoun = phrase.split(" ")[0].split("-")[0].split(",")[0].lower()
    if pronoun in ("il", "elle", "lui"):
        named = cast.last_named(block, start, pronoun)
        return Speaker(cast.fullest(named), start, start + len(pronoun), block) if named else None
    if pronoun in ("ils", "elles", "eux", "on"):
        return None
    for mention in _mentions(block, phrase):
        behind = text[start : start + mention.start]
        if _behind_preposition(behind):
            continue
        whole = _mention(block, text, start + mention.start, start + mention.end)
        name = cast.fullest(whole)
        cast.add(replace(whole, person=True, speaker=True, name=name, gender=whole.gender or _gender_of_name(name)))
        return Speaker(name, whole.start, whole.end, block)
    stop = re.search(r" ?[,(;:]| (?:qui|que|dont|où|(?:pour|avec|par|sur|dans) l(?:e|a|es)quel(?:le)?s?)\b|$", phrase)
    end = start + (stop.start() if stop else len(phrase))
    if not is_description(text, start, end) and not _NOUN_PHRASE.match(text, start, end):
        return None
    description = text[start:end]
    if not description.strip():
        return None
    again = _SAME_PERSON.fullmatch(description)
    if again:
        pronoun = "elle" if _gender_of_description(description) == "f" else "il"
        named = cast.last_named(block, start, pronoun)
        return Speaker(cast.fullest(named) if named else description, start, end, block)
    function = _FUNCTION.fullmatch(description)
    if function and (named := cast.of_function(block, start, function[1])):
        return Speaker(cast.fullest(named), start, end, block)
    cast.add(_Mention(block, start, end, description, _gender_of_description(description), person=True, speaker=True))
    return Speaker(description, start, end, block)


# Descriptions that say nothing but who of the persons named it is.
_SAME_PERSON = re.compile(
    r"(?:la jeune femme|le jeune homme|la jeune fille|l'intéressée?|ce dernier|cette dernière|celui-ci|celle-ci"
    r"|l[ea] (?:jeune )?(?:trentenaire|quadragénaire|quinquagénaire|sexagénaire|septuagénaire|octogénaire))",
    re.IGNORECASE,
)
_FUNCTION = re.compile(r"(?:l'|le |la )([\w-]+)", re.IGNORECASE)


def _gender_of_name(name: str) -> str:
    first = name.split()[0].split("-")[0].lower()
    return "f" if first in _FEMALE else "m" if first in _MALE else ""


# ---- Back-translation ----------------------------------------------------------------------------------------------

# Each rule is evidence that the speaker speaks English in public; a given name alone is none.
_PEOPLE = frozenset(
    (
        "Donald Trump|Joe Biden|Barack Obama|Michelle Obama|Kamala Harris|Hillary Clinton|Bill Clinton|"
        "George Bush|George W. Bush|J. D. Vance|JD Vance|Marco Rubio|Antony Blinken|Bernie Sanders|"
        "Nancy Pelosi|Mike Pence|Pete Hegseth|Jerome Powell|Janet Yellen|John Kerry|Ronald Reagan|"
        "John F. Kennedy|Abraham Lincoln|Martin Luther King|Alexandria Ocasio-Cortez|Elizabeth Warren|"
        "Robert Kennedy|Karoline Leavitt|Steve Bannon|Rudy Giuliani|Mitt Romney|Sarah Palin|Colin Powell|"
        "Condoleezza Rice|Ben Bernanke|Alan Greenspan|Keir Starmer|Rishi Sunak|Liz Truss|Boris Johnson|"
        "Theresa May|David Cameron|Tony Blair|Gordon Brown|Margaret Thatcher|Winston Churchill|Nigel Farage|"
        "Jeremy Corbyn|Sadiq Khan|Elizabeth II|Charles III|Jacinda Ardern|Scott Morrison|Anthony Albanese|"
        "Sam Altman|Elon Musk|Mark Zuckerberg|Jeff Bezos|Bill Gates|Tim Cook|Satya Nadella|Sundar Pichai|"
        "Steve Jobs|Jensen Huang|Larry Page|Sheryl Sandberg|Warren Buffett|Jamie Dimon|Greta Gerwig|"
        "Quentin Tarantino|Martin Scorsese|Steven Spielberg|Woody Allen|Clint Eastwood|George Clooney|"
        "Tom Hanks|Tom Cruise|Meryl Streep|Taylor Swift|Beyoncé|Bob Dylan|Paul McCartney|Mick Jagger|"
        "David Beckham|LeBron James|Serena Williams|Venus Williams|Lewis Hamilton|Michael Jordan|Stephen King|"
        "J. K. Rowling|Salman Rushdie|Edward Snowden|Noam Chomsky"
    ).split("|")
)
_BODIES = frozenset(
    (
        "Maison Blanche|Maison-Blanche|Pentagone|Downing Street|Fed|FBI|CIA|NASA|Nasa|Wall Street Journal|"
        "New York Times|Washington Post|Financial Times|Guardian|BBC|CNN|Fox News|OpenAI|Microsoft|Google|"
        "Apple|Meta|Amazon|Tesla|SpaceX|Nvidia|Anthropic|Boeing|Buckingham Palace|Foreign Office|Goldman Sachs|"
        "JPMorgan|Morgan Stanley|The Economist|Human Rights Watch|Scotland Yard|The Guardian|"
        "The New York Times|The Washington Post|IBM|Intel|Facebook|Twitter"
    ).split("|")
)
_NATIONALITY = (
    r"(?:américaine?|britannique|australienne?|anglaise?|écossaise?|néo-zélandaise?|nord-irlandaise?|galloise?"
    r"|états-unienne?|étatsunienne?|new-yorkaise?|londonienne?|californienne?|texane?)s?"
)
_OF_A_BODY = re.compile(
    r"(?:PDG|DG|[Pp]atron(?:ne)?|[Pp]résidente?|[Dd]irect(?:eur|rice)|(?:[Cc]of|[Ff])ondat(?:eur|rice)|[Cc]hef(?:fe)?"
    r"|boss|[Pp]orte-parole|[Dd]irigeante?|[Rr]esponsable|[Aa]nalyste|[Ii]ngénieure?|[Ss]ecrétaire|numéro un"
    r"|[Gg]ouverneure?)(?: (?:exécutif|exécutive|général|générale|actuel|américain|presse))* "
    r"(?:de la |de l'|de |d'|du |chez |des )(?P<body>[A-Z][\w-]*(?: [A-Z][\w-]*)*)"
    r"(?P<rest> (?:France|Europe|Canada|Belgique))?"
)
_CITIZEN = re.compile(
    rf"(?<![\w'])(?:[Ll]'|[Ll]e |[Ll]a |[Uu]n |[Uu]ne |[Cc]et |[Cc]ette )(?i:{_NATIONALITY})(?=[ ,]|$)"
)
_PROFESSION = re.compile(
    r"(?P<noun>[\w-]+)(?: (?:d'[ÉE]tat|de la Défense|des Affaires étrangères|ministre|générale?|adjointe?|et [\w-]+))? "
    rf"{_NATIONALITY}(?![\w-])"
)
_OF_A_COUNTRY = re.compile(
    r"(?:[Pp]résidente?|[Mm]inistre|[Gg]ouverneure?|[Mm]aire|[Rr]eine?|[Rr]oi) (?:des États-Unis|du Royaume-Uni"
    r"|d'Australie|d'Angleterre|de Nouvelle-Zélande|de New York|de Londres|de Californie|du Texas|de Floride"
    r"|de Chicago)"
)


def _likely_english(speaker: Speaker, place: _Place, texts: Sequence[str], cast: _Cast) -> bool:
    """Tell whether the speaker most likely said it in English: by name, by body, by nationality or by function."""
    if speaker.name in _PEOPLE or _without_article(speaker.name) in _BODIES:
        return True
    block, start, end = place
    if _tells_english(texts[block][max(0, start - 4) : end]):
        return True
    if speaker.name[:1].islower():
        return False
    surname = speaker.name.split()[-1]
    mentions = cast.full.get(surname, []) if " " in speaker.name else cast.named.get(speaker.name, [])
    return any(_tells_english(_around(texts[m.block], m)) for m in mentions[:_MOST_MENTIONS])


_MOST_MENTIONS = 20


def _without_article(name: str) -> str:
    return re.sub(r"^(?:[Ll]e |[Ll]a |[Ll]es |[Ll]')", "", name)


def _around(text: str, mention: _Mention) -> str:
    """Return the words that describe a name: the noun phrase before it, and the apposition behind its comma."""
    before = text[max(0, mention.start - 70) : mention.start]
    before = re.split(r"[.,;:!?()«»\"]", before)[-1]
    starts = [m.start() for m in _NOUN_PHRASE.finditer(before)]
    comma = _COMMA.match(text, mention.end)
    behind = ""
    if comma and describes(text, comma.end(), len(text)):
        behind = re.split(r"[.,;:!?()«»\"]", text[comma.end() : comma.end() + 90])[0]
    if not finite_forms().isdisjoint(behind.split()) or not _AUXILIARIES.isdisjoint(behind.split()):
        behind = ""  # a clause of its own: Interrogée par Luc Morel, la préfète a répondu
    return (before[starts[0] :] if starts else "") + mention.name + " , " + behind


def _tells_english(words: str) -> bool:
    for match in _OF_A_BODY.finditer(words):
        if match["body"] in _BODIES and not match["rest"]:
            return True
    if _OF_A_COUNTRY.search(words) or _CITIZEN.search(words):
        return True
    return any(is_person(match["noun"]) or "ministre" in match[0].split() for match in _PROFESSION.finditer(words))

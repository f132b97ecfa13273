"""Cuts the text of a block into sentences: the segments that are translated.

One pass over the marks that can end a sentence (. ! ? …) decides on each by what stands before and behind it:
abbreviations, initials, numbers, brackets and quotation marks, and the first word that follows. No model is loaded and
no library is used: `tests/bench/segmentation.py` compares these rules with the segmenters that exist.

Whether a capital behind an abbreviation or initials starts a sentence is decided by the frequent sentence starters, as
Kiss and Strunk do (Unsupervised Multilingual Sentence Boundary Detection, Computational Linguistics 32, 2006); in
French they are closed classes (articles, pronouns, prepositions…), so they are listed here instead of learnt.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

# ---- Abbreviations. Those in small letters are known with a capital as well, those with a capital only as written. -

# Never the last word of a sentence: what follows belongs to them.
_BINDING = frozenset(
    """
    M MM Mr Mrs Ms Mme Mmes Mlle Mlles Mgr Mgrs Me Mes Dr dr Drs Dre Pr pr Prs Pre St Ste Sts Stes Vve Hon hon Rév
    Sén Gov Cdt cdt Cne Cpt Capt Lt lt Lieut Gal Gén gén Sgt Brig Insp Ets Éts Sté Mt Ft Gd Gde Bd bd Blvd Boul boul
    Rte Aff aff cf vs c v av apr c.-à-d c-à-d c.à.d càd i.e e.g p.ex N.B N.-B op loc n.d.l.r n.d.t n.d.a
    """.split()
)

# Bound to a number behind them, the second also to a Roman one; before anything else they are words like others
# (« le marché de l'art. Le musée… »).
_BEFORE_DIGITS = frozenset(
    """
    approx env h max min mn moy s sec tel tél fax
    janv jan févr fév avr juill juil sept oct nov déc lun mar mer jeu ven sam dim
    """.split()
)
_BEFORE_NUMBER = frozenset(
    """
    al apt art bât bp ca ch chap col éd ed ét ex f fig fol l liv lot ms n no nos num n° nᵒ nº op ord p para par pl pp
    réf ref rubr sect t tab vol §
    """.split()
)

# May end a sentence, or stand before a name: before a capital they end one if that word is a sentence starter.
_DOUBTFUL = frozenset(
    """
    Jr Sr Inc Ltd Corp Co Cie Bros Plc LLC al ibid id cit sq sqq suiv hab dép dept dpt arr gouv prof col adj com éd
    ed dir coll trad préf introd rééd univ chap acad min max a.m p.m
    """.split()
)

# Abbreviations that are words or ends of sentences before a capital, but not before a small letter.
_BEFORE_SMALL = frozenset(
    """
    etc adv angl anc ann anon app auj bibl bull cap cat circ compl concl coord corr dem dest dim doc dupl écon élém
    équiv esp étym excl fam fém hist imm imp impr incl ind inf ital jur lat lég litt masc math méd mod mus néol obs
    occ paragr part pers pharm phot plur pol prép prés pron prov publ rad rédac rel rép resp sing subst suppl syn
    tech temp théol transp trim var zool
    """.split()
)

# A letter behind one of these is a label, not the initial of a name (« le plan B. Emmanuel Macron… »).
_LABELLED = frozenset(
    """
    annexe bâtiment bloc bras catégorie classe division équipe facteur génération groupe hall hépatite ligne lettre
    option plan point porte poule rayons scénario section série terminal type vitamine vitamines volet zone
    """.split()
)

# ---- Sentence starters. The articles start names too (Le Pen, La Fontaine, De Gaulle). -----------------------------

_ARTICLES = frozenset("a d de des du l la le".split())
_STARTERS = _ARTICLES | frozenset(
    """
    les un une ce cet cette ces c ça cela ceci celui celle ceux celles il elle ils elles on je j tu nous vous lui
    eux moi mon ma mes ton ta tes son sa ses notre nos votre vos leur leurs qui que qu quoi quel quelle quels
    quelles où quand comment pourquoi combien si s et ou mais or donc car ni dans en à au aux avec sans sous sur par
    pour contre chez vers depuis dès pendant durant avant après entre selon malgré parmi hormis sauf hier aujourd
    demain ainsi aussi alors puis ensuite enfin toutefois cependant pourtant néanmoins lors lorsque lorsqu bien même
    plus moins très trop tout toute tous toutes plusieurs certains certaines chaque aucun aucune nul nulle autre
    autres deux trois quatre cinq six sept huit neuf dix vingt cent mille parce puisque puisqu comme quoique quoiqu
    n ne pas non oui voici voilà est y quant désormais déjà encore souvent parfois jamais seul seule seuls seules
    ici là jusqu rien personne tel telle tels telles faute grâce face outre afin étant ayant était étaient sont ont
    peut faut reste autant beaucoup peu surtout notamment soit certes mme mmes mlle mm actuellement également
    finalement heureusement malheureusement récemment seulement quelques autrefois tandis suite jadis environ
    """.split()
)

# ---- Headings that were run together with the text below them ------------------------------------------------------

# With a small letter behind it, a capitalised word of these starts a sentence although no mark stands before it.
_SUBJECTS = frozenset("il elle ils elles on nous vous je j c cela ça".split())
_PREPOSITIONS = frozenset("des en pour sur sous dans avec et au aux chez entre vers à".split())
_OPENERS = _STARTERS - frozenset(
    """
    a d de du est et ici là lui ma même mlle mm mme mmes moi mon moins ne ni non nul nulle ou oui par pas personne
    plus que qui rien seul seule seuls seules soit son sont ton trop très tu y
    """.split()
)

# Titles start with these most of all: Les choses humaines.
_TITLED = frozenset("le la les l un une des".split())

# Titles and names hardly ever start with these.
_UNTITLED = frozenset(
    """
    actuellement afin ainsi autrefois cela celle celles celui cependant certaines certains ceux désormais également
    ensuite finalement hier lors lorsqu lorsque malgré néanmoins notamment parmi plusieurs pourtant puisqu puisque
    quant quelques récemment selon seulement suite tandis toutefois
    """.split()
)

# Before a capital, these start a sentence too: « Selon Anne Roche, … », « Mais Paris hésite. »
_BEFORE_NAMES = frozenset("a à après avant avec chez dans depuis dès en malgré pour selon sous".split())
_LINKING = frozenset("car cependant lorsque mais or pourtant quand tandis toutefois".split())

# Capitalised words that stand behind an article as words do, seldom as part of a name.
_PROPER = frozenset(
    """
    Allemagne Angleterre Argentine Assemblée Australie Autriche Belgique Brésil Canada Chine Commission Congrès Égypte
    Élysée Espagne État États Etat Etats Europe Europe Européens Allemands Américains Britanniques Chinois Français
    Russes Grèce Inde Iran Irak Italie Japon Kremlin Maroc Mexique ONU Parlement Pologne Portugal Premier Québec
    Royaume Russie Sénat Suède Suisse Syrie Tunisie Turquie Ukraine Union
    """.split()
)

# Not the last word of a heading.
_INNER = frozenset(
    """
    de d du des à au aux en dans par pour sur sous avec sans et ou ni que qu qui où le la les l un une son sa ses
    mon ma mes notre nos votre vos leur leurs ce cet cette ces est sont dit vers chez contre après avant depuis
    selon comme car mais si très plus tous toutes surtout notamment encore aussi il elle on ils elles nous vous je
    se ne voir lire consultez intitulé intitulée titré baptisé baptisée appelé appelée nommé nommée the of and
    """.split()
)

# After these a capital starts a title, a party or an institution that stands without quotation marks.
_NAMED = re.compile(
    r"""
    \b(?:album|article|association|auteure?|blog|café|campagne|candidate?|chaîne|chanson|chronique|collectif|collection
    |comédie|conférence|député|députée|documentaire|élue?|émission|essai|exposition|expo|expression|festival|film|fondation
    |formule|groupe|hebdomadaire|hôtel|journal|journaux|liste|livre|magazine|manifeste|mensuel|militante?|mot|mouvement
    |nouvelle|opération|ouvrage|page|parti|pièce|podcast|poème|programme|quotidien|réalisateur|réalisatrice|recueil
    |restaurant|revue|rubrique|saga|section|sénateur|sénatrice|série|site|slogan|spectacle|tableau|table|théâtre
    |titre|tribune|vidéo|enseigne|marque|boutique|tube|morceau|comédien|chanteuse?|roman|opéra|jeu|appli|application
    |start-up)(?:s|x)?\b
    """,
    re.IGNORECASE | re.VERBOSE,
)

# A verb that is easily told: a frequent form, or an ending that hardly any noun has.
_VERB = re.compile(
    r"""
    \b(?:est|sont|a|ont|fut|va|vont|peut|peuvent|doit|doivent|fait|font|veut|veulent|faut|dit|disent|met|vient|viennent
    |tient|tiennent|prend|prennent|restent?|existent?|semblent?|permet|permettent|concernent?|représentent?|devient
    |deviennent|sait|savent|voit|voient|croit|reçoit|prévoit|prévoient|connaît|reconnaît|perd|perdent|rend|obtient
    |affirment?|estiment?|expliquent?|déclarent?|précisent?|indiquent?|soulignent?|rappellent?|considèrent?|dénoncent?
    |proposent?|souhaitent?|espèrent|craint|craignent|refusent?|accusent?|appellent?|remportent?|ouvrent?|commencent?
    |(?!fr|trait|lait|portrait|retrait|extrait|souhait|parfait|bienfait|distrait)[^\W\d_]{2,}(?:ait|aient|èrent|ront|era)
    |(?!chez|assez)[^\W\d_]{2,}ez)\b
    |(?<!\bde)(?<!\bà)(?<!\bpour)(?<!\bsans)\s(?:se\s|ne\s|n['’]|s['’](?!ils?\b))[^\W\d_]+
    """,
    re.VERBOSE,
)
_SUBORDINATE = re.compile(r"[,;:(«\"]|\b(?:qui|que|qu|dont|où)\b")
_CONJUNCTION = re.compile(r"\b(?:que|qu|si|comme|quand|lorsque)\b", re.IGNORECASE)
_OBJECT_NEXT = re.compile(r"\b(?:ai|a|ont|avait|avaient|aura|avoir|ayant)\s[^\W\d_]+\Z")  # a lu | Les choses humaines
_HEADING = 150  # characters
_SENTENCE = 12  # words that need no verb to be taken for a sentence

# What a name with a full stop ends with (« Booking.Com »).
_SUFFIXES = frozenset("ai app be ca ch co com css de es eu fr gouv html io it js net org pdf py tv txt uk".split())

# ---- Patterns ------------------------------------------------------------------------------------------------------

# Letters that have a case; `re` has no classes for them.
_CASED = [char for char in map(chr, range(0x530)) if char.lower() != char.upper()]
_UPPER = "".join(filter(str.isupper, _CASED))
_LOWER = "".join(filter(str.islower, _CASED))
_REACH = 48  # characters; no decision looks farther back or ahead, so that time stays linear in the text
_ASIDE = 300  # characters; a bracket opened inside a sentence and closed within that reach is not cut

_MARK = re.compile(r"(?:\.(?:\s\.){2,}+|[.!?…‥])++(?:\s?[!?]++)*+|;")
_CONTENT = re.compile(r"[^\s.!?…‥;«»“”„\"'‘’‹›()\[\]{}–—-]")
_BRACKET = re.compile(r"[()\[\]{}]")
_PAIRS = {")": "(", "]": "[", "}": "{"}
_ITEM_MARKS = ("-", "–", "—", "•", "·")
_DASH = re.compile(r"(?<=\s)[–—](?=\s)")

_TOKEN = re.compile(r"[\w.°§&·\xad\u2010\u2011-]*\s?\Z")
_PLAIN = str.maketrans({"\u2010": "-", "\u2011": "-", "\xad": None})  # hyphens; soft hyphens go
_INITIAL = rf"(?:[{_UPPER}]|Ch|Cl|Ph|Th)"
_INITIALS = re.compile(rf"(?:{_INITIAL}(?:\.-?|-))*{_INITIAL}")
_ENUMERATOR = re.compile(r"\d{1,2}(?:\.\d{1,2})*|\w|[ivxIVX]{1,4}")
_ROMAN = re.compile(r"(?:[IVX]|[IVXLC]{2,})(?:er|re|e)?")
_CODE_ARTICLE = re.compile(r"\.\s[A-Z]\.?\s?(?:\*\s?)?\d")
_DETERMINER = re.compile(r"(?:\b(?:les?|la|du|des|aux?)\s|\b[ld]['’])\Z", re.IGNORECASE)
_ERA = re.compile(r"\b(?:av\.|avant|apr\.|après)\s\Z")
_LOST_SPACE = re.compile(rf"[{_LOWER}]MM?\Z")  # « deM. Lambert », a no-break space lost
_FOR_EXAMPLE = re.compile(r"\b(?:p\.|par)\s?\Z")
_LAST_WORD = re.compile(r"([^\W\d_]+)\s\Z")

_REFERENCE = re.compile(r"\s\([^().!?]{1,40}\)\s?(?:[.!?]|\Z)")  # (AFP), after the full stop
_NOTE_CALL = re.compile(r"[¹²³⁰⁴-⁹]+|\s?\[(?:note\s)?\d{1,3}\]|(?<=[a-zéèê]{4}\.)\d{1,2}(?=\s[A-ZÀÉ])")
_AHEAD = re.compile(
    r"""
    (?P<lead>(?:[^\w,;:.!?…‥)\]}»”›/%&=+]|(?:\.{2,}|[…‥])[)\]]?)*+)  # spaces, dashes, opening marks, symbols, ellipses
    (?:
        (?P<item>(?:\d{1,2}|[a-z]|[ivx]{1,4})\))
      | (?P<number>\d[\d.,]*)
      | (?P<word>[^\W\d_][^\W\d_]*)(?P<elision>['’])?
    )?
    """,
    re.VERBOSE,
)
_UNMARKED = re.compile(
    rf"""
    (?<=\S)\s(?P<bullet>(?=[•▪■●◦‣►▶]\s[«“"(]?\w))
    | (?<=[{_LOWER}{_UPPER}\d%)\]»”":])\s(?P<dash>[–—-])(?=\s[{_UPPER}][{_LOWER}]*['’\s][{_LOWER}])
    | (?<=[{_LOWER}{_UPPER}\d%)\]»”"])\s
      (?: (?P<quotation>(?=[«“"]\s?[{_UPPER}]))
        | (?P<word>[{_UPPER}][{_LOWER}]*)(?=(?P<behind>['’]|,?\s)(?P<next>[{_LOWER}{_UPPER}\d])) )
    """,
    re.VERBOSE,
)  # places where a sentence may start with no mark before it
_PHRASE = re.compile(
    r"""
    (?:A\s(?:la|les|ce|cette|ces|son|sa|leur|quel|quelle|partir|cause|côté|propos|noter|lire|défaut|force|travers|peine)
      |(?:Plus|Moins|Près)\sde|De\s(?:plus|son|sa|leur|fait|même|nombreux|nombreuses|nouveaux|nouvelles)
      |Du\s(?:côté|coup|moins|reste))\b
    |(?:A\sl|(?:Plus|Moins|Près)\sd)['’]
    |D['’](?:après|autres?|ici|abord|ailleurs|où|un|une)\b
    """,
    re.VERBOSE,
)  # sentences start with these, although their first word alone does not tell
_IN_PLACE = re.compile(
    rf"\b(?:à\s|en\s|aux?\s|dans\s(?:les?\s|la\s|l['’])|près\sde\s)(?-i:[{_UPPER}])[^\s,]+\Z", re.IGNORECASE
)
_QUOTED = re.compile(r"[«“\"]([^«»“”\"]{1,300})")
_REPORTED = re.compile(
    rf"[»”\"]\s?(?:,\s(?:a|ont|avait|avaient|s['’]est|s['’]exclame|affirme|ajoute|assure|confie|déclare|déplore|dit|estime"
    rf"|explique|indique|lance|précise|raconte|regrette|résume|souligne|témoigne)|,?\s[{_LOWER}-]+-(?:ils?|elles?|on))\b"
)  # a reporting clause behind a quotation
_BYLINE = re.compile(rf"\s[{_UPPER}][\w-]+\s[{_UPPER}]")
_GLUED_LEFT = re.compile(rf"(?:\A|[\s'’«“\"(-])([{_UPPER}{_LOWER}][{_LOWER}]*)\Z")


@dataclass(frozen=True, slots=True)
class _Text:
    """A text with what has to be known of it as a whole before a mark in it can be judged."""

    text: str
    closing: frozenset[int]  # straight quotation marks that close
    asides: tuple[tuple[int, int], ...]  # brackets that stand inside a sentence, outermost only
    dashes: tuple[int, ...]  # dashes with spaces around them


@dataclass(frozen=True, slots=True)
class _Ahead:
    """What follows a mark."""

    kind: str  # "capital", "small", "number", "item" (1), a)) or "other" (symbols, an ellipsis)
    word: str = ""
    lead: str = ""  # what stands before the word, white space included
    starter: bool = False  # a word that starts sentences more often than names
    article: bool = False  # the same, but a capital comes next, so that it may start a name

    @property
    def listed(self) -> bool:
        """Whether a list mark or a dash stands before it."""
        return self.lead.strip() in _ITEM_MARKS


def sentences(text: str) -> list[tuple[int, int]]:
    """Return the sentences of a block's text as half-open ranges of characters.

    The ranges are sorted and do not overlap, none is empty, no sentence starts or ends with white space, and all that
    lies between them is white space. A quotation of several sentences is cut at each of them: the closing mark stays
    with the last one, and so does a reporting clause behind it (« … », a déclaré la ministre). Text without a mark at
    its end (a heading) is a sentence; headings, captions and items of lists that ran together with what follows are
    cut off where that is safe. A colon ends a sentence only before a dash and an item, a semicolon only an item of a
    list. Time is linear in the length of the text.

    Args:
        text: The text of one block; no-break and thin spaces are white space like others.

    """
    begin, end = len(text) - len(text.lstrip()), len(text.rstrip())
    if begin >= end:
        return []
    known = _Text(text, _closing_quotes(text), _asides(text), tuple(m.start() for m in _DASH.finditer(text)))
    last = next((at for at in range(end - 1, begin, -1) if text[at].isalnum()), begin)
    first = _first_content(text, begin)
    found = []
    for mark in _MARK.finditer(text, begin, end):
        after = _closed(known, mark)
        if after > last:
            break  # what is left is marks and symbols
        if first < mark.start() and _ends(known, begin, first, mark, after):
            found += _without_headings(known, begin, after)
            begin = _skip_space(text, after)
            first = _first_content(text, begin)
    return found + _without_headings(known, begin, end)


def _skip_space(text: str, at: int) -> int:
    """Return where the next character stands that is no white space."""
    while text[at].isspace():
        at += 1
    return at


def _first_content(text: str, begin: int) -> int:
    """Return where the first character stands that is no white space, opening mark or dash."""
    content = _CONTENT.search(text, begin)
    return content.start() if content else len(text)


def _closing_quotes(text: str) -> frozenset[int]:
    """Return which straight quotation marks close: by the spaces around them, else in turn."""
    closing = set()
    is_open = False
    for match in re.finditer('"', text):
        at = match.start()
        before, behind = text[at - 1 : at], text[at + 1 : at + 2]
        outer_left = not before or before.isspace() or before in "([{«“'’‘/"
        outer_right = not behind or behind.isspace() or behind in ",;:.!?…)]}»”"
        closes = is_open if outer_left == outer_right else outer_right
        if closes:
            closing.add(at)
        is_open = not closes
    return frozenset(closing)


def _asides(text: str) -> tuple[tuple[int, int], ...]:
    """Return the brackets that are opened after the first word of a sentence, outermost only."""
    found: list[tuple[int, int]] = []
    opened: list[int] = []
    for match in _BRACKET.finditer(text):
        at = match.start()
        if match[0] in _PAIRS.values():
            opened.append(at)
        elif opened and text[opened[-1]] == _PAIRS[match[0]]:
            begin = opened.pop()
            before = text[max(0, begin - _REACH) : begin].rstrip(" \xa0\u202f«“„\"'‘’»”)]–—-•")
            if at - begin <= _ASIDE and before and before[-1] not in ".!?…‥":
                while found and found[-1][0] > begin:
                    found.pop()
                found.append((begin, at))
    return tuple(found)


def _closed(known: _Text, mark: re.Match[str]) -> int:
    """Return where the closing quotation marks, brackets and note calls behind a mark end."""
    text, at = known.text, mark.end()
    if mark[0] == ";":
        return at
    while at < len(text):
        space = text[at].isspace()
        closer = at + 1 if space else at
        char = text[closer : closer + 1]
        note = _NOTE_CALL.match(text, at)
        if note:
            at = note.end()
        elif char and (char in "»”›)]}" or closer in known.closing):
            at = closer + 1
        elif not space and char in "'’" and not text[at + 1 : at + 2].isalnum():
            at += 1
        else:
            break
    return at


def _look(text: str, at: int) -> _Ahead | None:
    """Return what follows at that place, or None if it is punctuation that goes on with the sentence."""
    match = _AHEAD.match(text, at, at + _REACH)
    assert match is not None  # every part of the pattern is optional
    lead, word = match["lead"], match["word"]
    if match["item"]:
        return _Ahead("item", match["item"], lead)
    if match["number"]:
        return _Ahead("number", match["number"], lead)
    if not word:
        return None if text[match.end() : match.end() + 1] in tuple(",;:.!?)]}»”›/%&=+") else _Ahead("other", "", lead)
    behind = text[match.end() : match.end() + 4].lstrip(" \xa0\u202f«“\"'’(")
    if word[0].islower() and word.islower() and not lead.endswith(("#", "@")):
        return _Ahead("small", word, lead)
    known = word.lower() in _STARTERS and not (behind.startswith(".") and len(word) < 3)
    article = known and word.lower() in _ARTICLES and behind[:1].isupper()
    return _Ahead("capital", word, lead, known and not article, article)


def _ends(known: _Text, begin: int, first: int, mark: re.Match[str], after: int) -> bool:
    """Return whether the mark ends the sentence that begins at `begin` and whose first word is at `first`."""
    text, (start, stop) = known.text, mark.span()
    ahead = _look(text, after)
    if ahead is None or (ahead.kind == "small" and ahead.lead.strip() == "("):
        return False
    if _REFERENCE.match(text, after):
        return False
    ellipsis = mark[0] != "." and mark[0][-1] in ".…‥"
    if ellipsis and _leads(known, start):
        return False
    if text[start - 1] in "([" and text[stop : stop + 1] in (")", "]"):  # (!), […]
        return ellipsis and ahead.starter
    aside = bisect_right(known.asides, (start, len(text))) - 1
    if aside >= 0 and start < known.asides[aside][1]:
        return False
    if mark[0] == ";":
        return _item_ends(ahead)
    if not text[after].isspace() and after == stop and text[after] not in "«“—":
        return _glued(text, start, stop, ahead)
    if ahead.kind == "small" and set(text[stop:after]) & set("»”’'\"") and not set(ahead.lead) & set('«“"'):
        return False  # a reporting clause
    if mark[0] == ".":
        return _stop_ends(text, first, start, ahead)
    if ahead.kind == "small" or (ellipsis and ahead.kind == "number" and not ahead.listed):
        return False
    return not _closes_dash(known, begin, first, after, ahead)


def _leads(known: _Text, at: int) -> bool:
    """Return whether an ellipsis stands at the start of a quotation (« Il répond : « … mais prudents » »)."""
    at -= 1
    while at > 0 and (known.text[at].isspace() or known.text[at] in "(["):
        at -= 1
    return known.text[at] in "«“:" or (known.text[at] == '"' and at not in known.closing)


def _item_ends(ahead: _Ahead) -> bool:
    """Return whether a semicolon ends an item of a list that was run together into one paragraph."""
    return ahead.kind == "capital" and (ahead.starter or ahead.listed)


def _closes_dash(known: _Text, begin: int, first: int, after: int, ahead: _Ahead) -> bool:
    """Return whether a dash follows that closes one opened in the sentence (« – qui l’eût cru ? – »)."""
    if ahead.lead.strip()[:1] not in ("–", "—"):
        return False
    return (bisect_left(known.dashes, after) - bisect_left(known.dashes, max(begin + 1, first))) % 2 == 1


def _glued(text: str, start: int, stop: int, ahead: _Ahead) -> bool:
    """Return whether a mark with a capital right behind it ends a sentence (« fini.Le »), and is not part of a name."""
    left = text[max(0, start - _REACH) : start]
    right = text[stop : stop + _REACH]
    chunk = re.split(r"\s", left)[-1] + re.split(r"\s", right)[0]
    word = _GLUED_LEFT.search(left)
    if ahead.kind != "capital" or ahead.lead or re.search(r"[/@_\\]|www", chunk) or not word or word[1] in _BINDING:
        return False
    behind = right[len(ahead.word) : len(ahead.word) + 1]
    if ahead.starter or ahead.article:
        return len(word[1]) > 1 and (behind.isspace() or behind in ("'", "’"))
    plain = word[1].islower() and len(word[1]) > 2 and ahead.word[1:].islower() and len(ahead.word) > 1
    return plain and behind.isspace() and ahead.word.lower() not in _SUFFIXES


def _stop_ends(text: str, first: int, dot: int, ahead: _Ahead) -> bool:
    """Return whether a full stop ends a sentence, by the word before it and what follows."""
    window = text[max(0, dot - _REACH) : dot]
    match = _TOKEN.search(window)
    assert match is not None  # it matches the empty string at the end
    before = window[: match.start()]
    token = match[0].strip().translate(_PLAIN).strip(".-·")
    names = {token} if len(token) < 2 else {token, token[0].lower() + token[1:]}
    if token.isupper() and len(token) > 1 and ahead.kind == "number":
        names.add(token.lower())  # 5 DÉC. 2019
    if dot - first <= len(token) + 1 and (_ENUMERATOR.fullmatch(token) or _INITIALS.fullmatch(token)):
        return False
    if names & _BINDING or _LOST_SPACE.search(token) or (token == "ex" and _FOR_EXAMPLE.search(before)):
        return False
    if _INITIALS.fullmatch(token):
        return _initials_end(token, before, ahead)
    if names & _BEFORE_DIGITS and ahead.kind == "number":
        return False
    if names & _BEFORE_NUMBER and _is_number(text, dot, ahead):
        return False
    if names & _DOUBTFUL:
        return ahead.kind in ("capital", "item") and (ahead.starter or ahead.kind == "item")
    if token[:1].isdigit() and token[-1:].isdigit():
        grouped = ahead.kind == "number" and (ahead.word.endswith(".") or len(token) <= 3 == len(ahead.word))
        return ahead.kind != "small" and not grouped  # 1. 000. 000
    if ahead.kind == "small":
        whole = not token or (token.isalpha() and (len(token) > 3 or (ahead.listed and token.islower())))
        return whole and not names & (_BEFORE_DIGITS | _BEFORE_NUMBER | _BEFORE_SMALL)
    return True


def _initials_end(token: str, before: str, ahead: _Ahead) -> bool:
    """Return whether a full stop behind initials, an acronym with full stops or a single letter ends a sentence."""
    label = _LAST_WORD.search(before)
    if len(token) == 1 and label and label[1].lower() in _LABELLED:
        return ahead.kind != "small"
    if ahead.kind != "capital":
        return False
    if token == "J.-C" and _ERA.search(before):
        return True
    return ahead.starter or (ahead.article and len(token) > 1 and bool(_DETERMINER.search(before)))


def _is_number(text: str, dot: int, ahead: _Ahead) -> bool:
    """Return whether a number follows: in digits, Roman, or that of a French code (art. L. 123-4)."""
    if ahead.kind == "number" or _ROMAN.fullmatch(ahead.word):
        return True
    return _CODE_ARTICLE.match(text, dot) is not None


def _without_headings(known: _Text, begin: int, end: int) -> list[tuple[int, int]]:
    """Return the sentence, and before it the headings that were run together with it.

    A line break between a heading and the text below it is folded to a space where a file has no empty line there. A
    capitalised word that starts sentences, with no mark before it, stands after a heading, or starts a title without
    quotation marks (« Il a lu Les choses humaines »). `_is_heading` must not cut the latter: the wrong cut spoils a
    sentence, the missed one only leaves a heading in front of it.
    """
    text, found = known.text, []
    marked = text[end - 1] in '.!?…;:»"”)]'
    for match in _UNMARKED.finditer(text, begin, end):
        at = match.start()
        if match["bullet"] is not None:
            cut = True
        elif match["dash"]:  # the item of a list, behind a colon or another item
            cut = text[at - 1] == ":" or (text[begin] == match["dash"] and text[begin + 1].isspace())
        elif at - begin > 2 * _HEADING:
            cut = False
        elif match["quotation"] is not None:
            cut = _starts_quotation(known, begin, at)
        else:
            cut = marked and _starts_sentence(text[begin:at], match)
        if cut:
            found.append((begin, at))
            begin = at + 1
    return [*found, (begin, end)]


def _starts_quotation(known: _Text, begin: int, at: int) -> bool:
    """Return whether the quotation behind the white space at `at` starts a sentence.

    It does where another quotation ends right before it, both longer than a name or a title, and where a reporting
    clause follows it (« Un plan contesté « Nous irons en justice », a prévenu le maire »).
    """
    text = known.text
    quoted = _QUOTED.match(text, at + 1)
    if quoted is None or at + 1 in known.closing or len(quoted[1].split()) < 4:
        return False
    before = text[begin:at]
    if text[at - 1] in "»”" or at - 1 in known.closing:
        inner = re.split('[«“"]', before[:-1])[-1]
        return len(inner.split()) >= 4
    if not _is_closed(before) or before.split()[-1].lower() in _INNER or _NAMED.search(before[-60:]):
        return False
    return len(before.split()) > 2 and _REPORTED.match(text, quoted.end()) is not None


def _starts_sentence(heading: str, opener: re.Match[str]) -> bool:
    """Return whether the text before a capitalised word is a heading, and the word starts a sentence."""
    rest = opener.string[opener.end("behind") : min(opener.endpos, opener.end("behind") + _HEADING)]
    if heading.isupper():  # DES EMPLOIS MENACÉS
        return len(heading.split()) > 2 and len(opener["word"]) > 1 and len(rest.split()) > 4
    return len(heading) <= _HEADING and _opens(opener, rest) and _is_heading(heading, opener, rest)


def _opens(opener: re.Match[str], rest: str) -> bool:
    """Return whether a capitalised word with no mark before it can start a sentence that goes on with `rest`."""
    word, behind = opener["word"].lower(), opener["behind"]
    phrase = _PHRASE.match(opener.string, opener.start("word")) is not None
    adverb = behind[0] == ","  # Ensuite, le vote…
    if adverb and (word in _SUBJECTS or word in _ARTICLES):
        return False  # a name: Cung Le, …
    if word in _SUBJECTS and rest.split(maxsplit=1)[:1] in (["et"], ["ou"], ["deux"], ["tous"], ["toutes"]):
        return False  # Nous deux
    unaccented = word == "a" and opener["next"].isupper()  # A Brest, …
    if len(word) == 1 and behind not in "'’" and word != "à" and not unaccented:
        return phrase  # else a letter
    if word == "par":
        return _BYLINE.match(opener.string, opener.end("word")) is not None
    if not opener["next"].isupper() or adverb:
        return word in _OPENERS or phrase
    if word in _LINKING:
        return _has_verb(rest)
    if word in _BEFORE_NAMES:
        complement, _, clause = rest.partition(", ")
        whole = len(complement) <= _REACH and clause
        return bool(whole) and (_VERB.search(clause) is not None or len(rest.split()) >= _SENTENCE)
    if word not in ("le", "la", "les", "l"):
        return False
    name = re.split(r"\W", rest, maxsplit=1)[0]
    return (name in _PROPER or (name.isupper() and len(name) > 1)) and _has_verb(rest)


def _has_verb(clause: str) -> bool:
    """Return whether a verb stands in the main clause that `clause` starts with."""
    return _VERB.search(_SUBORDINATE.split(clause, maxsplit=1)[0]) is not None


def _is_closed(heading: str) -> bool:
    """Return whether each bracket and quotation mark in the heading has its partner."""
    pairs = (("«", "»"), ("(", ")"), ("“", "”"), ("[", "]"))
    return all(heading.count(a) == heading.count(b) for a, b in pairs) and heading.count('"') % 2 == 0


def _is_heading(heading: str, opener: re.Match[str], rest: str) -> bool:
    """Return whether `heading` is one, and a sentence starts with the opener and goes on with `rest`."""
    word = opener["word"].lower()
    parts = re.findall(r"[^\W_]+", heading)
    words = [part for part in parts if part.isalpha()]
    if not any(len(part) > 2 for part in words) or parts[-1].lower() in _INNER:
        return False
    if word not in _OPENERS and word != "par" and (parts[-1].lower() in _LABELLED or parts[-1][0].isupper()):
        return False  # la ligne A, Canal Plus
    if word in _TITLED:
        if _OBJECT_NEXT.search(heading):
            return False
        clause = words[0].lower() in _SUBJECTS or re.search(r"[,;:]\s", heading)
        if clause and (_CONJUNCTION.search(heading) or not _has_verb(rest)):
            return False
    bare = len(words) <= 3 and words[0].lower() in _ARTICLES and not _INNER.intersection(words[1:])
    if bare and word not in _UNTITLED and not _has_verb(rest):
        return False  # Le public aime Quand la mer monte
    capital = len(words) > 1 and parts[-1][0].isupper() and not parts[-1].isupper()
    if capital and word == "il" and words[-2][0].isupper():
        return False  # Kim Jong Il
    if capital and word in _PREPOSITIONS:  # Agir Pour l'environnement
        complement, comma, _ = rest.partition(", ")
        if not (comma and len(complement) <= _REACH and _IN_PLACE.search(heading)):
            return False
    if not _is_closed(heading) or (word not in _UNTITLED and _NAMED.search(heading[-60:])):
        return False
    size = len(rest.split())
    short = size < _SENTENCE and _VERB.search(rest) is None
    return size > 2 and (not short or word in _SUBJECTS or opener["behind"][0] == ",")

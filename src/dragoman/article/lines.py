"""What one line of a French news article is by its looks: running text, a byline, a date line, a caption...

Everything here judges a line alone. Where the line stands decides as well: see `dragoman.article.text`.
"""

from __future__ import annotations

import functools
import re
import unicodedata

_STRAIGHT = {ord("’"): "'", ord("‘"): "'", ord("ʼ"): "'", ord("‑"): "-", 0xAD: None, 0x200B: None, 0xFEFF: None}
_WORD = re.compile(r"[^\W\d_]+")
_SENTENCE_END = re.compile(r"[.!?…][\s\"'»”’)\]*¹²³]*$")

# The closed classes, and the commonest forms of être, avoir, aller, faire, pouvoir, devoir.
_FUNCTION_WORDS = frozenset(
    """a ai aient ainsi ait alors apres au aucun aucune aujourd aupres aussi autre autres aux avaient avait avant
    avec avoir ayant bien c ce ceci cela celle celles celui cependant ces cet cette ceux chaque chez comme
    comment contre d dans de deja depuis derriere des dont doit doivent donc du elle elles en encore enfin
    entre est et etaient etait etant ete etre eu eux fait faire font hors hui ici il ils j jamais je jusqu
    jusque l la le les leur leurs lors lorsqu lorsque lui m ma mais malgre me meme memes mes moi moins mon n
    ne ni non nos notre nous on ont or ou par parce parmi pas pendant peu peut peuvent plus plusieurs plutot
    pour pourquoi pourtant puis puisque qu quand que quel quelle quelles quelque quelques quels qui quoi s
    sa sans se selon sera seront ses si soi soit son sont sous souvent sur t ta tandis tant te tel telle
    telles tes toi ton toujours tous tout toute toutes tres trop tu un une va vers vos votre vous vont y""".split()
)


@functools.lru_cache(maxsize=4096)  # every line is looked at from many sides
def fold(text: str) -> str:
    """Return the text in lower case, without accents, with straight quotes and single spaces, for comparison."""
    text = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "oe").translate(_STRAIGHT))
    return " ".join("".join(c for c in text if not unicodedata.combining(c)).casefold().split())


def words(text: str) -> list[str]:
    """Return the words of the text, folded; l'eau is two words."""
    return _WORD.findall(fold(text))


def ends_sentence(text: str) -> bool:
    """Return whether the text ends as a sentence does, a closing quotation mark or a footnote mark aside."""
    return bool(_SENTENCE_END.search(text))


def french_share(found: list[str]) -> float:
    """Return the share of French function words among the words, from 0 to 1."""
    return sum(word in _FUNCTION_WORDS for word in found) / max(len(found), 1)


def is_prose(text: str) -> bool:
    """Return whether the text is running French text: a sentence of some length, dense in function words.

    jusText (Pomikálek 2011) takes text as good from a share of 0.30 on. Here elided articles are words as well, and
    0.25 leaves room for names.
    """
    found = words(text)
    return len(found) >= 8 and french_share(found) >= 0.25 and (len(found) >= 25 or ends_sentence(text))


_MONTH = (
    r"(?:janvier|janv|fevrier|fevr?|mars|avril|avr|mai|juin|juillet|juil|aout|septembre|sept?|octobre|oct|novembre|nov"
    r"|decembre|dec)\b\.?"
)
_DAY = r"(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lun|mar|mer|jeu|ven|sam|dim)\b\.?"
_CLOCK = r"\d{1,2} ?(?:h|heures?|:) ?(?:\d{2})?(?::\d{2})?(?: ?(?:am|pm|min))?"
_DATE = re.compile(
    rf"(?:{_DAY},? ?)?\d{{1,2}}(?:er)? ?{_MONTH},?(?: ?\d{{4}}\b)?"
    rf"|{_MONTH} \d{{1,2}}(?:er)?,? \d{{4}}\b"
    rf"|(?:{_DAY},? )?\b\d{{1,2}} ?[/.-] ?\d{{1,2}} ?[/.-] ?(?:\d{{4}}|\d{{2}})\b"
    rf"|\b\d{{4}}-\d{{2}}-\d{{2}}(?:t[\d:.+z-]+)?"
    rf"|\bil y a (?:\d+|un|une|quelques) (?:minute|heure|jour|semaine|mois|an)s?"
    rf"|\b{_MONTH} \d{{4}}\b|\b(?:aujourd'hui|hier)(?: a)? {_CLOCK}"
)
_AROUND_A_DATE = re.compile(
    rf"{_CLOCK}|\b{_DAY}|\b\d{{1,2}} ?(?:mn|min|minutes)\b|\b(?:publiee?|postee?|mise? en ligne|mise? a jour|maj"
    r"|modifiee?|actualisee?|creee?|ecrite?|paru|derniere (?:modification|mise a jour)|modification|date|edition|le|la"
    r"|a|du|de|et|par|depuis|temps|lecture|heure de paris|heure|dans|posted on|on|updated|afp|reuters)\b"
)
_PLACE_BEFORE_DATE = re.compile(
    r"^[A-ZÀ-Ý][\w’'.-]*(?: (?:[A-ZÀ-Ý][\w’'.-]*|de|du|la|le|les|sur|en|et))*(?: \([^)]{2,30}\))?,? "
)


def is_dateline(text: str) -> bool:
    """Return whether the line says when the article appeared, and nothing else.

    "octobre 12, 2023"; "Publié le 3 mai 2024 à 18h30 – Mis à jour le 4 mai"; "Lyon, le 3 mai"; "12/10/2023".
    """
    if len(text) > 120:
        return False
    for line in (text, _PLACE_BEFORE_DATE.sub("", text)):
        rest, dates = _DATE.subn(" ", fold(line))
        if dates and not re.search(r"[^\W_]", _AROUND_A_DATE.sub(" ", rest)):
            return True
    return False


_NAME = r"(?:[A-ZÀ-Ý][\w’'.·-]*|[dl][’'][A-ZÀ-Ý][\w’'-]*|Mc[A-Z]\w+)"
_PARTICLE = r"(?:de|du|des|d’|d'|la|le|les|van|von|der|den|ben|bin|al|el|di|da|dos)"
_FULL_NAME = rf"{_NAME}(?: (?:{_PARTICLE} )?(?:{_NAME}))*"
_IS_NAME = re.compile(rf"{_NAME}(?: (?:{_PARTICLE} ){{0,2}}{_NAME}){{1,3}}")
AGENCY = (
    r"(?:AFP|Reuters|AP|Belga|ATS|Keystone-ATS|La Presse canadienne|PC|dpa|DPA|EFE|APS|MAP|ANSA|Xinhua|TASS|UPI"
    r"|Bloomberg)"
)
_NEWSROOM = re.compile(
    rf"(?:[Ll]a |LA )?(?:[Rr]édaction|RÉDACTION|REDACTION)(?: (?:de|du|d’|d'|avec|et|web|numérique) ?.{{0,40}})?"
    rf"|(?:(?:[Aa]vec|[Ss]ource ?:?|Par|par) )?(?:l[’'])?{AGENCY}(?: (?:et|avec|/|,) .{{1,30}})?"
    rf"|[^.!?]{{1,50}} (?:avec|et|/|,|-) (?:l[’'])?{AGENCY}(?: et {AGENCY})*"
)
_BY = re.compile(
    r"(?:(?:[ÉE]crit|Publié|Rédigé|Posté|Proposé|Réalisé|Recueilli|Traduit|Signé|Mis en ligne)s?(?: de l[’']\w+)? par"
    r"|[Pp]ar(?! (?:notre|nos) )|PAR|By|Propos (?:recueillis|traduits|recueillis et traduits) par"
    r"|(?:Entretien|Interview) (?:(?:réalisée?|menée?|conduite?) par|avec)"
    r"|Auteure?s? ?:|Autrices? ?:|Texte(?:s| et photos)? ?:|[ÉE]dition ?:|Rédaction ?:|Journaliste ?:|Réalisation ?:"
    r"|Une? (?:documentaire|reportage|article|enquête|chronique|tribune|texte|émission|entretien|interview|podcast) "
    r"(?:de|d’|d'|par)|(?:De|Avec|Par) (?:notre|nos) (?:envoyée?s?|correspondante?s?)(?: spéciale?s?| permanente?s?)*"
    r"(?: (?:à|en|au|aux|dans|de) [^,]{2,30})?,?)\s*"
)
_IN_A_BYLINE = re.compile(
    rf"\b(?:{_FULL_NAME}|{_PARTICLE}|et|avec|a|en|au|aux|[Ll]e)(?!\w)|[&,|/•·–—.-]|\([^)]{{1,60}}\)|@\w+"
    r"|\b(?:(?:notre|nos) )?(?:envoyee?s?|correspondante?s?|journalistes?|chroniqueu(?:r|se)s?|editorialiste"
    r"|photographe|redac(?:teur|trice)|politologue|historien(?:ne)?|economiste|sociologue|ecrivaine?|philosophe)"
    r"(?: speciale?s?| permanente?s?| en chef)*\b"
)


def is_byline(text: str) -> bool:
    """Return whether the line names who wrote the article: "Par Jeanne Martin, à Lyon", "La rédaction avec AFP".

    A name and nothing else is no byline by its looks (see `is_name`).
    """
    if len(text) > 160:
        return False
    text = " ".join(text.split())
    if _NEWSROOM.fullmatch(text):
        return True
    plain = _without_accents(text)
    date = re.match(
        rf"(?:[Pp]ublie )?(?:[Ll]e )?(?:{_DATE.pattern})(?: a {_CLOCK})?[ ,|·•–—-]*(?=[Pp]ar )", plain, re.IGNORECASE
    )
    text = text[date.end() :] if date and len(plain) == len(text) else text
    lead = _BY.match(text)
    if not lead:
        return False
    rest = re.sub(_DATE.pattern, " ", _without_accents(text[lead.end() :]), flags=re.IGNORECASE)
    rest = re.sub(rf"\b(?:[Pp]ublie|[Mm]is a jour|[Mm]odifie)\b|{_CLOCK}", " ", rest).strip(" .")
    if not re.match(r"[A-Z@]", rest) and not lead.group().startswith(("De ", "Avec ", "Par n")):
        return False
    return not _IN_A_BYLINE.sub(" ", rest).strip() if rest else lead.group().startswith(("De ", "Avec ", "Par n"))


def _without_accents(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text.translate(_STRAIGHT)) if not unicodedata.combining(c))


def is_name(text: str) -> bool:
    """Return whether the line is a person's name and nothing else: "Léa MORIN", "Anne de la Tour"."""
    text = " ".join(text.split())
    return len(text) <= 40 and bool(_IS_NAME.fullmatch(text)) and not _ARTICLE.match(text)


_ARTICLE = re.compile(r"(?:[LDC][’']|(?:Les?|La|Une?|Des|Ce|Cette|Nos|Vos|En|Au|Aux|Du)\b)")


_CREDIT = r"(?:©|\([cC]\)|℗)"
_CAPTION = re.compile(
    rf"^(?:{_CREDIT} ?\S|(?:Photo|Photographie|Cr[ée]dits?(?:[ -]?(?:photo|image|vidéo|illustration)s?)?|Image"
    r"|Illustration|Légende|Visuel|Photomontage|Capture d[’']écran)"
    r"(?: (?:d[’'](?:illustration|archives?)|illustrative|de une|à la une|principale|prétexte))?"
    r"(?: ?[:©/|]| de [A-ZÀ-Ý]| \S+/)"
    r"|(?:Cr[ée]dits?|CR[ÉE]DITS?) (?:photo|PHOTO|image)s? )"
    rf"|(?:[/•|,–—-] ?|(?<=\s))(?:{_CREDIT} ?[A-ZÀ-Ý@][^.!?]{{1,60}}|Cr[ée]dits?(?: photo)? ?: ?[^.!?]{{2,60}})$"
    r"|/ ?(?:AFP|Reuters|REUTERS|Getty(?: Images)?|SIPA|Sipa|EPA|MAXPPP|Maxppp|AP|Abaca|Belga|Keystone|DR|D\.R\.)"
    r"[^.!?]{0,30}\)?\.?$"
    r"|\((?:Photo|Ph|Crédit|Image)s?\b[^)]{2,60}\)\.?$"
)


def is_caption(text: str) -> bool:
    """Return whether the line belongs to a picture: it begins or ends with a credit ("Photo :", "© AFP")."""
    text = " ".join(text.split())
    return 2 < len(text) <= 500 and bool(_CAPTION.search(text))


_ATTRIBUTION = re.compile(r"(?:[–—―]|--?) ?(?P<name>[A-ZÀ-Ý@][^.!?:;,(]*)[^!?:;]{0,120}(?<![.])")
_WORD_OF_A_NAME = re.compile(rf"{_NAME}|{_PARTICLE}|[@#]\w+|&|et")


def is_attribution(text: str) -> bool:
    """Return whether the line can name whom the quotation above it is from: "– Léa Morin, maire de Vannes"."""
    text = " ".join(text.split())
    match = _ATTRIBUTION.fullmatch(text) if len(text) <= 160 else None
    return match is not None and all(_WORD_OF_A_NAME.fullmatch(word) for word in match["name"].split())

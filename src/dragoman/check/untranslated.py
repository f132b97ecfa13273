"""Check for French words that were left in a translation."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from functools import cache
from itertools import pairwise

from dragoman.check.check import Check
from dragoman.check.finding import Finding
from dragoman.check.language import copied
from dragoman.check.pair import Pair
from dragoman.check.settings import Settings
from dragoman.check.words import ARTICLES, FRENCH, Word, inside, plain, words


class Untranslated(Check):
    """French words were left in the translation.

    Fires on runs of words in lower case that stand in the source as well and have a function word of French among
    them, on elisions (l'accord), and on words with French accents that English does not use. Names, quotations that
    are kept on purpose and loan words (fiancé, coup d'État, déjà vu) are none.

    Wrong: « une prise de conscience tardive » – a late prise de conscience
    Right: « le coup d'État de 1973 » – the 1973 coup d'état

    Translate the words, or set them in quotation marks or italics if they are to stay.
    """

    id = "untranslated"

    def findings(self, pair: Pair, settings: Settings) -> Iterator[Finding]:
        """Yield what is wrong with one pair."""
        if copied(pair):
            return
        french = list(_french(pair.source, pair.target))
        kept = list(_kept(pair)) if french else []
        for start, end in french:
            if not any(a < end and start < b for a, b in kept):
                yield self.finding(settings, f"“{pair.target[start:end]}” is French", target=(start, end))


def _kept(pair: Pair) -> Iterator[tuple[int, int]]:
    """Yield where a translation has words as they are: what is left in French, names, terms, codes."""
    from dragoman.protect.span import SpanKind, places

    yield from pair.kept
    for span in pair.spans:
        if span.kind is not SpanKind.FIGURE:
            yield from places(span, pair.target)


def _french(source: str, target: str) -> Iterator[tuple[int, int]]:
    """Yield the runs of French words in a translation, half-open."""
    given = words(source)
    follows = {(a.key, b.key) for a, b in pairwise(given)}
    known = {word.key for word in given}
    found = [run for run in _runs(target, follows, known) if _is_french(run)]
    loans = [loan.span() for loan in _loan_phrases().finditer(plain(target))] if found else []
    for run in found:
        rest = [word for word in run if not inside(loans, word.start)]
        if rest and _is_french(rest) and not _inside_name(rest, target, known):
            yield rest[0].start, rest[-1].end


def _runs(target: str, follows: Container[tuple[str, str]], known: Container[str]) -> Iterator[list[Word]]:
    """Yield the longest runs of words in lower case that follow each other in the source as well."""
    run: list[Word] = []
    for word in words(target):
        kept = word.key in known and word.text[0].islower()
        if kept and run and (run[-1].key, word.key) in follows and target[run[-1].end : word.start].isspace():
            run.append(word)
            continue
        if run:
            yield run
        run = [word] if kept else []
    if run:
        yield run


def _is_french(run: list[Word]) -> bool:
    """Tell whether words that stand in the source like this are French, and not words of both languages or loans."""
    keys = [word.key for word in run]
    if any(_ELISION.fullmatch(key) or (_ACCENTED.search(key) and key not in _LOANS) for key in keys):
        return True
    small = [key for key in keys if key in FRENCH or key in ARTICLES]
    if len(small) == len(keys):
        return len(keys) > 2
    return (len(keys) > 2 and bool(small)) or (len(keys) > 1 and any(key in FRENCH for key in small))


_ACCENTED = re.compile("[àâçèéêëîïôùûœ]")
_ELISION = re.compile(r"(?:[ldjn]|qu|jusqu|lorsqu|puisqu)'(?=[a-zàâéèêîôœ])[\w'-]+")


def _inside_name(run: list[Word], text: str, known: Container[str]) -> bool:
    """Tell whether words in lower case are part of a name of the source: Médecins sans frontières, Tour de France."""
    before = _CAPITALISED.search(text, max(0, run[0].start - 40), run[0].start)
    after = text[run[-1].end :][:2]
    name = before is not None and plain(before[1]).casefold() in known and before[1].casefold() not in ARTICLES
    return name or (after[:1] == " " and after[1:].isupper())


_CAPITALISED = re.compile(r"(?<!\w)([A-ZÀ-Ý][\w'’-]*) $")

# French words with accents that English dictionaries have.
_LOANS = frozenset(
    "à adiós appliqué après-ski attaché bébé blasé café cafés canapé canapés chargé château châteaux cliché clichéd"
    " clichés communiqué communiqués confrère consommé cortège coulée coupé croûton croûtons crudités crèche crèches"
    " crème crêpe crêpes débris débutante début débuts débâcle déclassé décolleté décor découpage déjà démarche"
    " dénouement détente divorcé divorcée doña éclair éclairs éclat élan élite élites élève élèves émigré émigrée"
    " émigrés entrée entrées étude études exposé façade façades façon fiancé fiancée fiancés flambé flâneur frappé"
    " frisée fête fêtes gâteau gâteaux habitué habitués ingénue jalapeño jeté macramé matinée matinées maître mañana"
    " ménage mélange mêlée métier métiers naïf naïve naïveté née négligée outré papier-mâché passé pied-à-terre piñata"
    " pièce première premières procès protégé protégée protégés précis purée pâté raisonné recherché retroussé risqué"
    " roué roués rosé rôle rôles résumé résumés sauté señor señora séance sobriqué soigné soirée soirées soufflé"
    " soufflés soupçon suède sûreté table-d'hôte touché tête-à-tête vis-à-vis voilà".split()
)


@cache
def _loan_phrases() -> re.Pattern[str]:
    """Return a pattern for French phrases that English dictionaries have, in text with straight apostrophes."""
    phrases = (
        "agents? provocateurs?|art nouveau|au (?:contraire|courant|fait|pair|revoir)|avant la lettre|bon appétit"
        "|bon vivant|bon voyage|bric-à-brac|carte blanche|cause célèbre|chargés? d'affaires|comme ci,? comme ça"
        "|cordon bleu|coup de (?:foudre|grâce|main|théâtre)|coups? d'(?:etat|état|oeil|œil)|cri de (?:coeur|cœur)"
        "|crème (?:anglaise|brûlée|de la crème|fraîche)|de (?:facto|jure|rigueur|trop)|déjà vu|éminence grise"
        "|en (?:bloc|masse|passant|route|suite|vogue)|enfants? terribles?|esprit de corps|faits? accomplis?"
        "|femmes? fatales?|films? noirs?|fin de siècle|folie à deux|force majeure|grandes? dames?|haute couture"
        "|hors d'(?:oeuvre|œuvre)s?|idées? fixes?|je ne sais quoi|joie de vivre|l'art pour l'art"
        "|laissez-(?:faire|passer)|mise en (?:abyme|place|scène)|maître d'(?:hôtel)?|mots? justes?|ménage à trois"
        "|noblesse oblige|noms? de (?:guerre|plume)|nouveaux? riches?|objets? d'art|par excellence"
        "|pièces? de résistance"
        "|plus ça change|prêt-à-porter|raisons? d'(?:etat|état|être)|romans? à clef|sang-froid|sans-culottes?"
        r"|sans serif|savoir[- ](?:faire|vivre)|sine die|tours? de force|trompe l'(?:oeil|œil)|vin de pays|à la \w+"
    )
    return re.compile(rf"(?<!\w)(?:{phrases})(?!\w)", re.IGNORECASE)

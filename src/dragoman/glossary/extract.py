"""Finds candidate terms in French articles, ranked by C-value.

There is no tagger: a noun phrase is what stands between function words, verbs and punctuation, held together by the
prepositions that most terms are made with (de, à, en, and with an article). Verbs are told by closed lists,
by endings that only verbs have, and by the words before them: what the articles themselves use as a verb (il annonce,
qui portent) more often than as a noun (l'annonce) is one.

Termhood is C-value (Frantzi, Ananiadou and Mima, *Automatic recognition of multi-word terms: the C-value/NC-value
method*, 2000). Single words, which have none there (log2 1 is 0), are let in by log2(|a| + 1) in place of log2 |a|, as
by Lossio-Ventura et al. (*Yet another ranking function for automatic multiword term extraction*, 2014); that they need
such a constant was shown by Barrón-Cedeño et al. (*An improved automatic term recognition method for Spanish*, 2009).
"""

from __future__ import annotations

import functools
import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from dragoman.article.model import Article
from dragoman.article.read import read
from dragoman.errors import DragomanError
from dragoman.glossary.entry import Entry, fold, normal
from dragoman.glossary.inflect import FUNCTION_WORDS, PREPOSITIONS, WordClass, forms, plurals, stem
from dragoman.glossary.match import Matcher, Token, tokens_of
from dragoman.language import other_language
from dragoman.protect.codes import code_spans
from dragoman.segment import sentences

CONTEXTS = 3
# What a term may be long, in words; few in terminologies are longer.
_LONGEST = 6
_ARTICLE_FILES = (".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml")

# What holds the words of a term together, as written in small letters, by what it counts as in the key of a term. After
# the first two an article may follow (directeur de la banque), which makes the third and fourth of them.
_JOINERS = {"de": "de", "d'": "de", "à": "à", "du": "du", "des": "du", "au": "au", "aux": "au", "en": "en"}
_WITH_ARTICLE = {"de": "du", "à": "au"}
# What a noun follows. All lists from here on are keys: without accents.
_DETERMINERS = frozenset(
    "au aucun aucune autre autres aux ce cent certain certaine certaines certains ces cet cette chaque cinq dernier"
    " derniere dernieres derniers des deux dix du huit l' la le les leur leurs ma meme memes mes mille mon neuf nos"
    " notre plusieurs prochain prochaine prochaines prochains quatre quel quelle quelles quelque quelques quels sa"
    " sept ses six son ta tes ton tous tout toute toutes trois un une vos votre".split()
)
# What a verb follows, and what may stand between.
_BEFORE_VERB = frozenset("je j' tu il elle on nous vous ils elles qui ne n' se s' me m' te t' y".split())
_CLITICS = frozenset("ne n' se s' me m' te t' y en lui leur le la les l' nous vous".split())
_INVERTED = frozenset("je tu il elle on nous vous ils elles ce ci la y moi toi le les lui leur".split())
_AUXILIARIES = frozenset(
    "a ai as avons avez ont avait avaient avais aura auront aurait auraient ayant avoir eu est sont ete etait etaient"
    " sera seront serait seraient fut furent etre etant soit soient ait aient".split()
)
_PARTICIPLE = re.compile(r"(?:ée?s?|[iu]e?s?|it|ite|ert|erte)$")
_NOT_IN_TERMS = frozenset(
    "abord ainsi alors an annee annees ans aout apres assez aujourd'hui auparavant aupres auquel aussi aussitot"
    " autant autour autre autrement autres avant avril beaucoup bien bientot bref ca car cas ceci cela celle celles"
    " celui cent centaine centaines cependant certain certaine certaines certains ceux chacun chacune chaque chose"
    " choses ci cinq cinquante combien comme comment contraire cote davantage debut decembre deja dela depuis dernier"
    " derniere dernieres derniers derriere desormais desquelles desquels dessous dessus deux devant dimanche divers"
    " diverses dix dizaine dizaines dollar dollars donc dont douze duquel durant encore enfin ensemble ensuite environ"
    " etc euro euros excepte face facon fait fevrier fois gens grace guere heure heures hier hui huit ici jadis jamais"
    " janvier jeudi jour jours juillet juin jusqu' jusque kilometre kilometres km laquelle lendemain lequel lesquelles"
    " lesquels loin lors lorsqu' lorsque lundi m mai maintenant mais malgre mardi mars matin meme memes mercredi metre"
    " metres mieux mille milliard milliards millier milliers million millions minute minutes mlle mm mme moins mois"
    " moment mr neuf nombre nombreuses nombreux notamment novembre octobre onze or ou outre parce parfois"
    " parmi part partout pendant peu peut-etre plupart plus plusieurs plutot pourquoi pourtant pres presque prochain"
    " prochaine prochaines prochains puis puisqu' puisque quand quant quarante quatre quel quelle quelles quelqu'un"
    " quelque quelques quels quinze quoi quoiqu' quoique rien samedi selon semaine semaines sept septembre sera seul"
    " seule seulement seules seuls si sinon sitot six soir soit soixante soudain souvent surtout tandis tant tard tel"
    " telle tellement telles tels temps tot toujours tour tous tout toute toutefois toutes travers trente trois trop"
    " veille vendredi via vingt vis voici voila voire vraiment".split()
)
# Adjectives before their noun: they may begin a term (grande école), are none alone, and don't end one.
_PRENOMINAL = frozenset(
    stem(key)
    for key in "ancien beau bon double faux futur grand gros haut jeune long mauvais meilleur nouveau petit vieux vrai"
    " simple propre principal important premier deuxieme troisieme quatrieme second".split()
)
# Verbs that news is full of. Their forms are no nouns, except those in the next list.
_VERBS = (
    "être avoir faire dire pouvoir devoir vouloir aller savoir venir voir prendre mettre falloir devenir revenir tenir"
    " obtenir donner permettre passer rester trouver laisser parler demander déclarer annoncer affirmer assurer"
    " expliquer estimer indiquer préciser souligner ajouter rappeler confirmer croire connaître reconnaître paraître"
    " sembler penser porter arriver commencer continuer entrer rendre suivre vivre perdre attendre entendre répondre"
    " recevoir montrer présenter proposer créer utiliser appeler jouer gagner compter représenter considérer apporter"
    " éviter aider atteindre concerner viser lancer ouvrir offrir conduire produire réduire construire décider réaliser"
    " toucher poursuivre dépasser craindre évoquer dénoncer réclamer exiger refuser accuser subir partir sortir servir"
    " sentir souhaiter espérer tenter essayer empêcher"
).split()
_NOUNS_TOO = frozenset(
    "aide aides appel arrivee arrivees attente avoirs compte comptes conduite connu crainte demande demandes"
    " devoir dit donnee donnees entree entrees faits jeu lance mise mises montre offert offre offres ouverte parti"
    " partie parties partis passage passe passes permis perte porte portes pouvoir prise prises produit produits"
    " reponse reste revenu revenus savoir service sortie sorties suite suites tenue touche venue viande vie vivres vue"
    " vues".split()
)
# Forms that the rules of `inflect` don't make, and that no ending tells.
_IRREGULAR = frozenset(
    "es etes faudra faut font peut peuvent peux pourra pouvons pu sera sommes sont suis vas vais vaut valent veulent"
    " veut veux voudra voulons voulu".split()
)
# Endings of infinitives, finite verbs and adverbs, and the nouns and adjectives that have them.
_ENDING = re.compile(
    r"(?:[^i]er|fier|ait|aient|erent|eront|iront|[ae]mment|ivement|ellement|alement|iquement|[ai]blement|eusement"
    r"|airement|idement|ierement|ievement|ainement)$"
)
_NOUNS_IN_THESE = frozenset(
    "abstrait adherent amer amoncellement archer attrait berger bienfait booster boucher boulanger broker cancer"
    " charter cher clocher cluster coherent computer container cutter danger dealer designer distrait docker ecuyer"
    " enfer ether etranger extrait fait fer forfait foyer hacker hiver horloger hyper imparfait inherent"
    " joker lait laser leader leger loyer manager master menager mer messager morcellement nivellement noyer parfait"
    " passager plancher poker portrait potager ravalement renouvellement reporter retrait rocher rocker ruissellement"
    " signalement souhait super tanker trader trait ver verger viager".split()
)


# A text, and the ranges of it (characters, half-open) that are no language: code, addresses.
Sentence = tuple[str, Sequence[tuple[int, int]]]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase at text[start:end] of a sentence, in characters, half-open; all forms of a term have one key."""

    start: int
    end: int
    key: tuple[str, ...]


@dataclass(slots=True)
class _Seen:
    """What was seen of one candidate."""

    frequency: int = 0
    forms: Counter[str] = field(default_factory=Counter)
    capitals: int = 0  # occurrences with capitals on all words, not at the start of a sentence
    inside: int = 0  # occurrences not at the start of a sentence
    contexts: dict[str, list[str]] = field(default_factory=dict)  # sentences, by the text that they come from


@dataclass(frozen=True, slots=True)
class Candidate:
    """A candidate term, in its dictionary form as far as it was seen; `texts` is the number of texts that have it."""

    term: str
    key: tuple[str, ...]
    frequency: int
    c_value: float
    texts: int
    contexts: tuple[str, ...]
    name: bool  # written with capitals: perhaps the name of a person, a place, a company

    @property
    def acronym(self) -> bool:
        """Whether it is a word in capitals."""
        return _is_acronym(self.term)

    @property
    def words(self) -> int:
        """The number of its words, prepositions left out."""
        return sum(part not in _JOINERS.values() for part in self.key)

    @property
    def opaque(self) -> bool:
        """Whether it says too little to be translated by itself: an acronym, or names only (Jeanne Martin)."""
        return self.acronym or (self.name and 1 < self.words == len(self.key))


def read_articles(paths: Sequence[Path]) -> list[Article]:
    """Return the articles in files, and in folders with all that is below them; there, what is not French is left out.

    Raises:
        DragomanError: One can't be read, is named and not French, or a folder has none.

    """
    articles = []
    for path in paths:
        if not path.is_dir():
            article = read(str(path))
            if language := _other_language(article):
                raise DragomanError(f"{path}: the text is in {language}, not in French")
            articles.append(article)
            continue
        files = sorted(file for file in path.rglob("*") if file.suffix.lower() in _ARTICLE_FILES and file.is_file())
        found = [article for file in files if not _other_language(article := read(str(file)))]
        if not found:
            raise DragomanError(f"{path}: there is no French article in this folder ({', '.join(_ARTICLE_FILES)})")
        articles += found
    return articles


def _other_language(article: Article) -> str | None:
    return other_language("\n".join(block.text for block in article.blocks if not block.boilerplate))


def sentences_of(article: Article) -> Iterator[Sentence]:
    """Yield the sentences of an article, without boilerplate."""
    for block in article.blocks:
        if block.boilerplate:
            continue
        for start, end in sentences(block.text):
            text = block.text[start:end]
            code = [(max(a, start) - start, min(b, end) - start) for a, b in block.protected if a < end and start < b]
            yield sentence(text, code)


def sentence(text: str, code: Sequence[tuple[int, int]] = ()) -> Sentence:
    """Return a sentence with the ranges in it that hold codes and addresses, besides those given."""
    return text, [(span.start, span.end) for span in code_spans(text, code)]


def extract(
    texts: Iterable[tuple[str, Iterable[Sentence]]], covered: Matcher, *, min_frequency: int = 2
) -> list[Candidate]:
    """Return the candidate terms of texts, the highest C-value first.

    Args:
        texts: Each a name and its sentences.
        covered: The terms that need no candidate; what stands inside one is left out, too.
        min_frequency: How often a candidate occurs at least.

    """
    return rank(noun_phrases(texts, covered), min_frequency)


def noun_phrases(
    texts: Iterable[tuple[str, Iterable[Sentence]]], covered: Matcher
) -> list[tuple[str, str, list[Phrase]]]:
    """Return for each sentence the name of its text, the sentence, and the noun phrases in it that are not covered."""
    lines = [(name, text, code, tokens_of(text)) for name, of_text in texts for text, code in of_text]
    verbs = _verbs_in(tokens for _, _, _, tokens in lines)
    found = []
    for name, text, code, tokens in lines:
        taken = [*code, *((match.start, match.end) for match in covered.find(text, code))]
        phrases = [
            phrase
            for phrase in _phrases(tokens, verbs)
            if not any(start <= phrase.start and phrase.end <= end for start, end in taken)
        ]
        found.append((name, text, phrases))
    return found


def rank(found: Sequence[tuple[str, str, Sequence[Phrase]]], min_frequency: int) -> list[Candidate]:
    """Return what `noun_phrases` found as candidates: frequent enough, and with a C-value above 0; the highest first.

    A phrase that only ever occurs inside one longer candidate has a C-value of 0.
    """
    frequencies = Counter(phrase.key for _, _, phrases in found for phrase in phrases)
    seen: dict[tuple[str, ...], _Seen] = defaultdict(_Seen)
    for name, text, phrases in found:
        for phrase in phrases:
            if frequencies[phrase.key] >= min_frequency:
                _note(seen[phrase.key], name, text, phrase)
    longer: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for key, of_key in seen.items():
        for part in _parts(key):
            if part in seen:
                longer[part].append(of_key.frequency)
    candidates = []
    for key, of_key in seen.items():
        nested = longer[key]
        weight = of_key.frequency - (sum(nested) / len(nested) if nested else 0)
        if weight > 0:
            candidates.append(_candidate(key, of_key, math.log2(len(key) + 1) * weight))
    return sorted(candidates, key=lambda c: (-c.c_value, -c.frequency, fold(c.term), c.term))


def entries(candidates: Iterable[Candidate], targets: Mapping[str, str]) -> list[Entry]:
    """Return the candidates as entries for review; `targets` are the suggested ones, by the term."""
    return [
        Entry(
            candidate.term,
            targets.get(candidate.term, ""),
            pos="abbreviation" if candidate.acronym else "noun",
            case="exact" if candidate.acronym else "",
            status="proposed",
            extra=(
                ("c-value", f"{candidate.c_value:.2f}"),
                ("frequency", str(candidate.frequency)),
                ("articles", str(candidate.texts)),
                ("name", "yes" if candidate.name else ""),
                *context_columns(candidate.contexts),
            ),
        )
        for candidate in candidates
    ]


def context_columns(contexts: Sequence[str], title: str = "context") -> list[tuple[str, str]]:
    """Return the columns for sentences in which a candidate occurs; all of them, so that all rows have the same."""
    texts = [*contexts, *[""] * CONTEXTS][:CONTEXTS]
    return [(f"{title} {number}", text) for number, text in enumerate(texts, 1)]


def _is_acronym(term: str) -> bool:
    return term.isupper() and " " not in term


def _note(seen: _Seen, name: str, text: str, phrase: Phrase) -> None:
    """Count one occurrence of a candidate."""
    form = normal(text[phrase.start : phrase.end])
    words = [token.text for token in tokens_of(form) if token.key not in _NEVER]
    seen.frequency += 1
    first = not any(char.isalnum() for char in text[: phrase.start])
    if not first:
        seen.inside += 1
        seen.capitals += all(word[0].isupper() for word in words)
    elif not words[0].isupper() and not (words[1:] and all(word[0].isupper() for word in words[1:])):
        form = form[0].lower() + form[1:]
    seen.forms[form] += 1 if first else 2
    contexts = seen.contexts.setdefault(name, [])
    if len(contexts) < CONTEXTS and text not in contexts:
        contexts.append(text)


def _candidate(key: tuple[str, ...], seen: _Seen, c_value: float) -> Candidate:
    rounds = (
        contexts[index] for index in range(CONTEXTS) for contexts in seen.contexts.values() if index < len(contexts)
    )
    term = _form(seen.forms)
    return Candidate(
        term,
        key,
        seen.frequency,
        c_value,
        len(seen.contexts),
        tuple(dict.fromkeys(rounds))[:CONTEXTS],
        seen.capitals * 2 > seen.inside and not _is_acronym(term),
    )


def _form(counts: Counter[str]) -> str:
    """Return the most frequent form; of the singular ones if one was seen, and in the capitals that are usual."""
    heads = {form: _head(form) for form in counts}
    plural = {text for head in heads.values() for text in plurals(head) if text != head}
    singular = [form for form in counts if heads[form] not in plural]
    return max(singular or counts, key=lambda form: (counts[form], form))


def _head(form: str) -> str:
    words = [token.text.lower() for token in tokens_of(form)]
    return next((word for word in words if stem(fold(word)) not in _PRENOMINAL), words[0])


def _parts(key: tuple[str, ...]) -> set[tuple[str, ...]]:
    """Return the shorter sequences inside a key."""
    size = len(key)
    return {key[a:b] for a in range(size) for b in range(a + 1, size + 1) if b - a < size}


@functools.cache
def _verb_keys() -> frozenset[str]:
    keys = {fold(form.text) for verb in _VERBS for form in forms(verb, WordClass.VERB)}
    return frozenset(keys - _NOUNS_TOO).union(_IRREGULAR)


_NEVER = _NOT_IN_TERMS | _DETERMINERS | frozenset(map(fold, FUNCTION_WORDS))
_NOUN_FOLLOWS = (
    _DETERMINERS
    | frozenset(map(fold, PREPOSITIONS))
    | frozenset("apres avant depuis derriere devant durant lors malgre parmi pendant selon via".split())
)


@functools.lru_cache(maxsize=1 << 16)
def _barred(key: str) -> bool:
    """Tell whether a word is in no term, whatever stands around it: a function word, a verb, an adverb."""
    if key in _NEVER or key in _verb_keys() or key.endswith("'") or len(key) < 2:
        return True
    return key not in _NOUNS_IN_THESE and _ENDING.search(key) is not None


def _verbs_in(lines: Iterable[Sequence[Token]]) -> frozenset[str]:
    """Return the words that these sentences use as a verb more often than as a noun, by what stands before them."""
    balance: Counter[str] = Counter()
    for tokens in lines:
        verbal = noun = False
        for token in tokens:
            if verbal and token.key in _CLITICS:
                continue
            balance[token.key] += verbal - noun
            verbal, noun = token.key in _BEFORE_VERB, token.key in _DETERMINERS
    return frozenset(key for key, count in balance.items() if count > 0)


@dataclass(frozen=True, slots=True)
class _Item:
    """A word of a sentence, a compound, or what joins words; `key` is empty for what is in no term.

    `begins` tells that a noun phrase may begin here, `noun` that a word by itself surely is a noun.
    """

    start: int
    end: int
    key: str
    joins: bool = False
    begins: bool = False
    noun: bool = False
    prenominal: bool = False


def _phrases(tokens: Sequence[Token], verbs: Collection[str]) -> Iterator[Phrase]:
    """Yield the noun phrases of a sentence, also those inside others."""
    items = _items(tokens, verbs)
    for first, item in enumerate(items):
        if not item.begins:
            continue
        for last in range(first, min(first + _LONGEST, len(items))):
            end = items[last]
            if not end.key or (end.joins and items[last - 1].joins):
                break
            if end.joins or end.prenominal or (first == last and not item.noun):
                continue
            yield Phrase(item.start, end.end, tuple(each.key for each in items[first : last + 1]))


def _items(tokens: Sequence[Token], verbs: Collection[str]) -> list[_Item]:
    """Return what a sentence consists of, compounds (porte-parole) and prepositions with their article as one item."""
    items: list[_Item] = []
    verbal = participle = False  # whether a verb, or a participle, is to follow
    before = ""
    at = 0
    while at < len(tokens):
        size = 1
        while at + size < len(tokens) and tokens[at + size].joined:
            size += 1
        words = tokens[at : at + size]
        at += size
        first, last = words[0], words[-1]
        begins = noun = False
        if verbal and size == 1 and first.key in _CLITICS:
            items.append(_Item(first.start, last.end, ""))
            continue
        joiner = _JOINERS.get(first.text.lower(), "") if size == 1 else ""
        if joiner:
            following = tokens[at].key if at < len(tokens) else ""
            if joiner in _WITH_ARTICLE and following in ("la", "l'"):
                joiner, last = _WITH_ARTICLE[joiner], tokens[at]
                at += 1
            items.append(_Item(first.start, last.end, joiner, joins=True))
        elif _in_term(words, verbs) and not verbal and not (participle and _PARTICIPLE.search(first.text)):
            previous = items[-1] if items else None
            prenominal = previous is not None and previous.prenominal
            noun = before in _NOUN_FOLLOWS or prenominal
            after_word = previous is not None and bool(previous.key)
            begins = noun or (not after_word and (first.text[0].isupper() or _opens(before)))
            key = "-".join(stem(word.key) for word in words)
            items.append(_Item(first.start, last.end, key, False, begins, noun, size == 1 and key in _PRENOMINAL))
        else:
            items.append(_Item(first.start, last.end, ""))
        auxiliary = first.key in _AUXILIARIES and first.text.lower() != "à"
        participle = auxiliary or (participle and not items[-1].key and first.word and first.key not in _NOUN_FOLLOWS)
        verbal = size == 1 and first.key in _BEFORE_VERB
        before = last.key
    return items


def _opens(before: str) -> bool:
    """Tell whether a noun phrase of several words may follow: at the start, behind a mark, after "et" and "ou"."""
    return not before or before in ("et", "ou") or not before[-1].isalnum()


def _in_term(words: Sequence[Token], verbs: Collection[str]) -> bool:
    if not all(word.word and any(map(str.isalpha, word.text)) for word in words):
        return False
    if len(words) > 1:  # porte-parole, but not: dit-il, lui-même, peut-être
        keys = [word.key for word in words]
        return keys[-1] not in _INVERTED and not _NEVER.issuperset(keys) and "-".join(keys) not in _NEVER
    return not _barred(words[0].key) and words[0].key not in verbs

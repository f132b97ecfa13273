"""Reporting clauses of French news: « …, a déclaré la ministre », « a-t-il ajouté », « selon lui ».

The clauses are found word by word from a closed list of verbs, of which the forms are made that newspapers use: third
persons and participles. On the inversion of the subject in such clauses: Grevisse and Goosse, Le bon usage
(16th ed., 2016), § 384.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, replace

from dragoman.protect.quote_marks import SPACE

# Verbs in -er that report words, or that stand for one that does (s'emporte-t-il). What names no speech act alone
# (aller, donner, passer) isn't here.
_ER = """
    abonder accorder accuser acquiescer affirmer ajouter alerter alléguer analyser annoncer apprécier approuver
    argumenter arguer articuler asséner assener assurer attaquer attester avancer avouer balayer blaguer bougonner
    certifier chuchoter clamer clarifier commenter compléter concéder confesser confier confirmer conseiller considérer
    constater contester corriger critiquer crier déclamer déclarer décréter demander dénoncer déplorer détailler
    développer deviner diagnostiquer dicter douter écarter éclairer enchaîner encourager énoncer énumérer enrager
    espérer estimer évaluer évoquer exhorter expliquer expliciter exploser exiger exprimer exulter féliciter fulminer
    glisser grincer grogner hasarder hésiter hurler illustrer imaginer implorer indiquer informer insinuer insister
    interpeller interroger invectiver ironiser jubiler juger jurer justifier lâcher lancer lancer lamenter livrer
    marteler marmonner mentionner minimiser modérer murmurer narrer nier noter notifier nuancer objecter observer
    opiner opposer ordonner persifler penser pester philosopher plaider plaisanter pointer pontifier préciser préconiser
    présager présumer prier proclamer pronostiquer proposer protester questionner raconter railler rapporter rassurer
    réaffirmer récapituler réclamer recommander reconnaître réfuter regretter réitérer rejeter relater relativiser
    relever remarquer remercier répéter répliquer reprocher résumer rétorquer révéler revendiquer rigoler riposter
    rappeler râler rêver saluer sermonner signaler signifier souffler souhaiter souligner soupirer spécifier suggérer
    supplier supposer susurrer tacler tempérer tempêter témoigner tonner trancher tweeter vanter vitupérer vociférer
    alarmer amuser agacer élever emporter étonner exclamer excuser enflammer enthousiasmer impatienter indigner
    inquiéter insurger offusquer écrier récrier désoler étrangler esclaffer résigner targuer interjeter ricaner
    renchérir argüer avertir bégayer bredouiller balbutier broder scander théoriser synthétiser schématiser
    décocher plastronner grommeler ronchonner pleurer sangloter implorer menacer conjurer titrer
""".split()

# Other verbs: present, imperfect, past historic, and the participle behind |.
_OTHER = """
    dit disent disait disaient dirent dira diraient dirait redit|dit
    répond répondent répondait répondaient répondit répondirent répondra|répondu
    reprend reprennent reprenait reprit|repris   poursuit poursuivent poursuivait poursuivit|poursuivi
    conclut concluent concluait conclurent|conclu   prévient préviennent prévenait prévint|prévenu
    reconnaît reconnait reconnaissent reconnaissait reconnaissaient reconnut|reconnu
    soutient soutiennent soutenait soutint|soutenu   maintient maintiennent maintenait maintint|maintenu
    admet admettent admettait admit|admis   promet promettent promettait promit|promis
    prédit prédisent prédisait|prédit   avertit avertissent avertissait|averti   réagit réagissent réagissait|réagi
    renchérit renchérissent renchérissait|renchéri   surenchérit|surenchéri   gémit gémissait|gémi   rugit|rugi
    écrit écrivent écrivait écrivirent écrivit|écrit   décrit décrivent décrivait|décrit
    réjouit réjouissent réjouissait|réjoui   plaint plaignent plaignait|plaint   souvient souviennent souvenait|souvenu
    sourit sourient souriait|souri   craint craignent craignait|craint   croit croient croyait|cru
    défend défendent défendait|défendu   convient conviennent convenait|convenu   interrompt|interrompu
    définit|défini   garantit garantissent|garanti   dément démentent démentait|démenti   rit|ri
    déduit|déduit   résout|résolu   répand|répandu   abonde|abondé
""".split()

_AUXILIARIES = frozenset("a ont avait avaient aura aurait auraient est sont était étaient eut eurent".split())
# Not subjects of a reporting verb behind which they stand: what follows is an object, or another clause.
_NO_SUBJECT = frozenset("que qu de d à pas plus ne n".split())
_WITH_REFLEXIVE = frozenset("est sont était étaient".split())  # s'est exclamé; not est accusé


_ALIKE = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "\n": " "} | dict.fromkeys(SPACE, " "))


def plain(text: str) -> str:
    """Return the text with ordinary spaces and straight apostrophes, character for character: all offsets hold."""
    return text.translate(_ALIKE)


@functools.cache
def finite_forms() -> frozenset[str]:
    """Return the third persons of the reporting verbs."""
    forms = {form for group in _OTHER for form in group.split("|")[:1]}
    for verb in _ER:
        if verb.endswith("er"):
            stem = verb[:-2]
            mute = _before_mute(stem)
            soft = stem[:-1] + "ç" if stem.endswith("c") else stem + "e" if stem.endswith("g") else stem
            forms |= {mute + "e", mute + "ent", soft + "ait", soft + "aient", soft + "a", stem + "èrent"}
            forms |= {mute + "era", stem + "era", mute + "eront"}
    return frozenset(forms)


@functools.cache
def participles() -> frozenset[str]:
    """Return the past participles of the reporting verbs, in all genders and numbers."""
    stems = {group.split("|")[1] for group in _OTHER if "|" in group} | {v[:-2] + "é" for v in _ER if v.endswith("er")}
    return frozenset(stem + end for stem in stems for end in ("", "e", "s", "es"))


@functools.cache
def infinitives() -> frozenset[str]:
    """Return the infinitives of the reporting verbs."""
    irregular = """dire répondre reprendre poursuivre conclure prévenir reconnaître soutenir maintenir admettre
        promettre prédire avertir réagir renchérir écrire décrire réjouir sourire défendre redire"""
    return frozenset({verb for verb in _ER if verb.endswith("er")} | set(irregular.split()))


def _before_mute(stem: str) -> str:
    """Return the stem as it is before a mute e: répèt-, rappell-, rejett-, soulèv-, bala(y)-."""
    if stem.endswith(("appel", "jet")):
        return stem + stem[-1]
    found = re.search(r"[eé]([^aeéèiouyê]{1,2})$", stem)
    if found and not re.search(r"e([^aeéèiouy])\1$|e[rs][^aeiouy]$", stem):
        return stem[: found.start()] + "è" + found[1]
    return stem


@dataclass(frozen=True, slots=True)
class Incise:
    """A reporting clause: text[start:end], from its first word to its last; its subject is text[subject:subject_end].

    `pronoun` is its subject where that is a personal pronoun, in small letters. `verb` is false for « selon elle ».
    """

    start: int
    end: int
    subject: int
    subject_end: int
    pronoun: str
    verb: bool
    person: bool  # the subject is a pronoun, a name or a word for a person, to judge by its first words


_WORD = re.compile(r"[^\W_]+(?:'(?=\w))?")
_SEPARATOR = re.compile(rf"[{SPACE}]*[,–—―-]?[{SPACE}]*")
_ACCORDING = re.compile(r"(?:selon|d'après|pour|aux yeux de|dixit|de l'avis de) +", re.IGNORECASE)
_READ = re.compile(
    r"(?:peut-on (?:lire|entendre)|pouvait-on (?:lire|entendre)|lit-on|lisait-on|apprend-on|entend-on|(?:dit|explique-t"
    r"|indique-t|précise-t|assure-t|fait-on savoir|souligne-t|confie-t|affirme-t)-on) (?:\w+ )??"
    r"(?:dans|sur|chez|du côté de|auprès de|à|au) (?=l'|\w)"
)
_CLITIC = re.compile(r"-(?:t-|t')?(?P<pronoun>ils?|elles?|on)\b", re.IGNORECASE)
_QUE = re.compile(r" qu(?:e\b|')")
_OBJECT = re.compile(r"(?:(?:s|m|l|t|n|y)'|(?:se|me|le|la|les|lui|leur|nous|vous|en|te) +)", re.IGNORECASE)
_LONGEST = 200  # characters: what is longer is no incise
_BEFORE_PARTICIPLE = 8  # words between the auxiliary and the participle, at most


def incise(text: str, at: int, limit: int) -> Incise | None:
    """Return the reporting clause with its subject behind it that begins at `at`, or None.

    Spaces, and one comma or dash, may stand before it. It ends before the next mark of punctuation that isn't part of
    the description of the speaker, before a quotation mark, or at `limit`.

    Offsets, here and in the result, are in `text`.
    """
    limit = min(limit, at + _LONGEST)
    found = _clause(plain(text[at:limit]))
    if found is None:
        return None
    return replace(
        found,
        start=found.start + at,
        end=found.end + at,
        subject=found.subject + at,
        subject_end=found.subject_end + at,
    )


def _clause(text: str) -> Incise | None:
    limit = len(text)
    separator = _SEPARATOR.match(text)
    start = separator.end() if separator else 0
    read = _READ.match(text, start, limit)
    if read:
        end = _subject_end(text, read.end(), limit)
        return Incise(start, end, read.end(), end, "", verb=True, person=True) if end > read.end() else None
    according = _ACCORDING.match(text, start, limit)
    if according:
        end = _subject_end(text, according.end(), limit)
        pronoun = _pronoun(text, according.end(), end)
        if end <= according.end() or (according[0][:4].lower() == "pour" and not _person(text, according.end(), end)):
            return None
        person = _person(text, according.end(), end)
        return Incise(start, end, according.end(), end, pronoun, verb=False, person=person)
    place = start
    for _ in range(2):
        clitic = _OBJECT.match(text, place, limit)
        place = clitic.end() if clitic else place
    verb = _WORD.match(text, place, limit)
    if not verb:
        return None
    form = verb[0].lower()
    behind = verb.end()
    inverted = _CLITIC.match(text, behind, limit)
    if form in _AUXILIARIES:
        if form in _WITH_REFLEXIVE and text[start : start + 1].lower() != "s":
            return None
        place = inverted.end() if inverted else behind
        participle = _participle(text, place, limit)
        if participle is None:
            return None
        behind = participle
    elif form not in finite_forms():
        return None
    if inverted:
        end = behind if form in _AUXILIARIES else inverted.end()
        if _QUE.match(text, end, limit):
            return None
        subject, subject_end = inverted.span("pronoun")
        pronoun = inverted["pronoun"].lower()
        return Incise(start, _tail_end(text, end, limit), subject, subject_end, pronoun, verb=True, person=True)
    subject = behind + len(text[behind:limit]) - len(text[behind:limit].lstrip(SPACE))
    end = _subject_end(text, subject, limit)
    first = _WORD.match(text, subject, end)
    if end <= subject or first is None or subject == behind or first[0].lower().strip("'") in _NO_SUBJECT:
        return None
    person = _person(text, subject, end)
    return Incise(start, end, subject, end, _pronoun(text, subject, end), verb=True, person=person)


def incises(text: str, start: int, end: int) -> list[Incise]:
    """Return the reporting clauses inside quoted words, `text[start:end]`, in order and without overlap.

    More is asked of them than of what follows a closing mark, since a verb of the list may be the speaker's own
    (« elle nettoie la rue, assure la sécurité »): the subject must be a pronoun, a name or a word for a person.
    """
    found: list[Incise] = []
    at = start
    while (boundary := _BOUNDARY.search(text, at, end)) is not None:
        at = boundary.end()
        clause = incise(text, boundary.start() + (text[boundary.start()] in "!?…"), end)
        if clause is None or not clause.verb or clause.pronoun == "on" or not text[clause.start].islower():
            continue
        if not clause.person:
            continue
        behind = text[clause.end : min(end, clause.end + 3)].strip(SPACE)[:1]
        if behind not in ("", ",", ".", ";", ":", "!", "–", "—", "…", "-"):
            continue
        found.append(clause)
        at = max(at, clause.end)
    return found


_BOUNDARY = re.compile(rf"[,!?…–—](?=[{SPACE}])")
_STOP = re.compile(r"[,;:!?…«»“”\"()\n]|[.](?=\s|$|[»”\"])|\s[–—-](?=\s)|(?<=\w)[–—](?=\s)")
_ABBREVIATED = re.compile(r"(?:^|[\W_])(?:M|MM|Mme|Mmes|Mlle|Dr|Pr|Me|Mgr|St|Ste|Jr|[A-ZÀ-Ý])$")


def _phrase_end(text: str, at: int, limit: int) -> int:
    """Return where the phrase that begins at `at` ends: before the next mark of punctuation, abbreviations aside."""
    place = at
    while (stop := _STOP.search(text, place, limit)) is not None:
        if stop[0] == "." and _ABBREVIATED.search(text[max(at, stop.start() - 5) : stop.start()]):
            place = stop.end()
            continue
        return _back(text, at, stop.start())
    return _back(text, at, limit)


def _back(text: str, start: int, at: int) -> int:
    while at > start and text[at - 1] in SPACE:
        at -= 1
    return at


def _subject_end(text: str, at: int, limit: int) -> int:
    """Return where a subject ends, with what describes it behind commas: « Léa Morin, 32 ans, maire de Vannes »."""
    return _with_descriptions(text, _phrase_end(text, at, limit), limit)


def _tail_end(text: str, at: int, limit: int) -> int:
    return _with_descriptions(text, _phrase_end(text, at, limit), limit)


def _with_descriptions(text: str, end: int, limit: int) -> int:
    while (comma := _COMMA.match(text, end, limit)) is not None:
        if not describes(text, comma.end(), limit) and not _NAME_ALONE.match(text, comma.end(), limit):
            break
        end = _phrase_end(text, comma.end(), limit)
    return end


# The name behind the function: a dit la préfète, Anne Lacaze.
_NAME_ALONE = re.compile(r"(?:[A-ZÀ-ÖØ-Þ][\w'-]+ (?:d[eu] |d'|l[ea] )?){1,3}[A-ZÀ-ÖØ-Þ][\w'-]+(?= ?(?:[,.;:!?»”\"]|$))")


_COMMA = re.compile(rf"[{SPACE}]*,[{SPACE}]*")
_DESCRIPTION = re.compile(
    r"""(?:
        (?:âgée?[ ]de[ ])?\d{1,3}[ ]ans
      | ancien(?:ne)?s?[ ](?:de[ ]|d'|du[ ]|des[ ])
      | (?:qui|dont|lui-même|elle-même|alias|surnommée?|originaire|interrogée?|citée?|contactée?|jointe?|sollicitée?
          |rencontrée?|invitée?|entouré?e|visiblement|non[ ]sans)\b
      | (?:dans|lors|devant|au[ ]micro|à[ ]l'(?:issue|antenne|AFP)|à[ ]la[ ](?:sortie|tribune)|sur|auprès|en[ ]marge)
        [ ](?:[\w'-]+[ ]){0,3}?(?:communiqué|entretien|interview|tribune|message|tweets?|post|colonnes|micro|antenne
          |conférence|vidéo|lettre|discours|presse|plateau|réseau|réseaux|X|Twitter|Facebook|AFP|journalistes|réunion
          |députés|télévision|radio|de|du|des|d')
    )""",
    re.VERBOSE,
)
_DETERMINER = re.compile(
    r"(?:l'|d'|(?:les?|la|une?|des|du|de|son|sa|ses|leurs?|notre|nos|ce|cet|cette|ces|l'un|l'une|plusieurs"
    r"|certains|deux|trois|quatre|au|aux|tout|tous|un[ ]des|une[ ]des|mon|ma|mes|nos|votre|vos)[  ])*(?:[dl]')?",
    re.IGNORECASE,
)
_PREPOSED = frozenset(
    """
    ancien ancienne anciens anciennes ex vice vice- jeune jeunes vieux vieille petit petite grand grande premier
    première futur future nouveau nouvel nouvelle autre autres même propre haut haute simple ex- principal principale
    seconde second troisième deuxième célèbre fameux tout très actuel actuelle feu sous
    """.split()
)
_PEOPLE = frozenset(
    """
    président présidente présidents ministre ministres maire maires député députée députés sénateur sénatrice sénateurs
    préfet préfète secrétaire porte-parole patron patronne patrons pdg dg dirigeant dirigeante dirigeants chef cheffe
    chefs responsable responsables professeur professeure professeurs prof profs enseignant enseignante enseignants
    médecin médecins infirmier infirmière infirmiers avocat avocate avocats juge juges magistrat magistrate magistrats
    procureur procureure policier policière policiers gendarme gendarmes pompier pompiers militaire soldat général
    colonel capitaine lieutenant commandant amiral roi reine prince princesse pape évêque curé père mère fils fille
    frère sœur soeur mari femme épouse époux compagne compagnon veuve oncle tante cousin cousine ami amie amis voisin
    voisine voisins voisines homme hommes dame monsieur garçon enfant étudiant étudiante étudiants étudiantes lycéen
    lycéenne élève élèves habitant habitante habitants riverain riveraine riverains témoin témoins victime victimes
    salarié salariée salariés employé employée employés ouvrier ouvrière ouvriers agriculteur agricultrice paysan
    paysanne éleveur éleveuse vigneron vigneronne boulanger boulangère commerçant commerçante restaurateur artisan
    chercheur chercheuse chercheurs chercheuses expert experte experts spécialiste scientifique scientifiques docteur
    docteure ingénieur ingénieure écrivain écrivaine auteur auteure autrice poète romancier romancière philosophe
    peintre comédien comédienne acteur actrice chanteur chanteuse musicien musicienne chorégraphe danseur danseuse
    réalisateur réalisatrice metteur metteuse entraîneur entraîneuse sélectionneur joueur joueuse capitaine gardien
    attaquant défenseur milieu ailier arbitre champion championne athlète cycliste coureur nageur nageuse
    délégué déléguée élu élue élus adjoint adjointe conseiller conseillère candidat candidate militant militante
    militants manifestant manifestante manifestants opposant opposante leader membre membres cadre cadres
    fondateur fondatrice cofondateur cofondatrice gérant gérante propriétaire locataire bénévole bénévoles
    associé associée directeur directrice directeurs coordinateur coordinatrice animateur animatrice éducateur
    éducatrice psychologue psychiatre économiste sociologue historien historienne politologue juriste géographe
    anthropologue climatologue biologiste généticien épidémiologiste chirurgien chirurgienne pharmacien pharmacienne
    pilote chauffeur conducteur conductrice passager passagère voyageur touriste client cliente clients
    chancelier chancelière gouverneur gouverneure ambassadeur ambassadrice diplomate diplomates émissaire
    quadragénaire trentenaire quinquagénaire sexagénaire septuagénaire octogénaire adolescent adolescente retraité
    retraitée mannequin styliste créateur créatrice designer architecte urbaniste syndicaliste commissaire
    inspecteur inspectrice brigadier rapporteur rapporteure eurodéputé eurodéputée parlementaire parlementaires
    communiqué source sources groupe ministère gouvernement parti syndicat association collectif entreprise société
    compagnie agence institut organisation ong onu commission parquet tribunal mairie préfecture direction journal
    quotidien intéressé intéressée celui celle ceux celles celui-ci celle-ci ceux-ci dernier dernière un une uns unes
    cinéaste photographe dessinateur dessinatrice journaliste journalistes éditorialiste chroniqueur rédacteur
    rédactrice présentateur présentatrice mécène collectionneur conservateur conservatrice doyen doyenne recteur
    rectrice proviseur proviseure principal aîné aînée cadet cadette benjamin benjamine
    fermier maraîcher cuisinier cuisinière chef-cuisinier garde marin pêcheur pêcheurs skipper alpiniste guide
    collègue collègues confrère consœur parent parents papa maman grand-mère grand-père grands-parents belle-mère
    beau-père petite-fille petit-fils patient patiente patients copain copine camarade camarades rectorat couple
    prévenu prévenue suspect suspecte plaignant plaignante
    interprète traducteur traductrice éditeur éditrice libraire bibliothécaire analyste analystes consultant
    consultante courtier banquier trader investisseur investisseurs actionnaire entrepreneur entrepreneuse
    """.split()
)
_PERSON_ENDING = re.compile(r"(?:logues?|istes?|[tc]iens?|[tc]iennes?|ateurs?|atrices?|iatres?|crates?|graphes?)$")
_HYPHENED = re.compile(r"[\w]+(?:['-][\w]+)*")


def is_person(word: str) -> bool:
    """Return whether a common noun is a word for a person, or for a body that speaks (a ministry, a union)."""
    low = word.lower().replace("’", "'")
    if low.startswith(("ex-", "vice-", "co-", "sous-")):
        low = low.split("-", 1)[1]
    return low in _PEOPLE or _PERSON_ENDING.search(low) is not None


def describes(text: str, at: int, limit: int) -> bool:
    """Return whether the phrase at `at` says more of a speaker: an age, a function, where it was said."""
    if _DESCRIPTION.match(text, at, limit):
        return True
    first = _HYPHENED.match(text, at, limit)
    return first is not None and not first[0][0].isupper() and is_description(text, at, limit)


def is_description(text: str, at: int, limit: int) -> bool:
    """Return whether the phrase at `at` is a person described: « l'ancien maire », « plusieurs riverains »."""
    determiner = _DETERMINER.match(text, at, limit)
    place = determiner.end() if determiner else at
    for _ in range(3):
        word = _HYPHENED.match(text, place, limit)
        if word is None:
            return False
        if is_person(word[0]) and word[0].lower() not in _PREPOSED:
            return True
        if word[0].lower() not in _PREPOSED:
            return False
        place = word.end() + 1
    return False


def _person(text: str, at: int, end: int) -> bool:
    """Return whether a subject is a name, a pronoun, or a word for a person."""
    if _pronoun(text, at, end):
        return True
    first = text[at : at + 1]
    if first.isupper() and not _DETERMINER.fullmatch(text[at : at + 3].rstrip() + " "):
        return True
    if is_description(text, at, end):
        return True
    # La France insoumise, l’Insee, les Verts: a determiner and a name.
    determiner = _DETERMINER.match(text, at, end)
    return determiner is not None and at < determiner.end() < end and text[determiner.end()].isupper()


_STRESSED = re.compile(r"(?:lui|elle|elles|eux|il|ils)(?:-mêmes?)?(?=[\W]|$)", re.IGNORECASE)


def _pronoun(text: str, at: int, end: int) -> str:
    found = _STRESSED.match(text, at, end)
    return found[0].lower().split("-")[0] if found else ""


def _participle(text: str, at: int, limit: int) -> int | None:
    """Return the end of the participle that the auxiliary before `at` belongs to: a, pour sa part, déclaré."""
    place = at
    for _ in range(_BEFORE_PARTICIPLE):
        word = _NEXT_WORD.match(text, place, limit)
        if word is None:
            return None
        if word["word"].lower() in participles():
            return word.end()
        if word["word"].lower() in _NOT_BETWEEN or word["word"][0].isupper():
            return None
        place = word.end()
    return None


_NEXT_WORD = re.compile(rf"[{SPACE},]*(?P<word>[^\W_]+)['-]?")
_NOT_BETWEEN = frozenset("que qu qui le les un une des et mais où été".split())

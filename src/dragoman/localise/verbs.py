"""Verbs with which the press reports a quotation, in the forms that stand in a reporting clause.

French ones stand before their subject (a déclaré la ministre, explique-t-elle), English ones on either side of it
(said the minister, the minister said).
"""

from __future__ import annotations

import functools

_FRENCH_ER = """
accuser acquiescer affirmer ajouter alerter analyser annoncer arguer argumenter articuler assurer asséner attester
avancer avouer balancer balayer bougonner clamer commenter confesser confier confirmer constater contester continuer
crier critiquer demander déclamer déclarer démarrer dénoncer déplorer détailler dévoiler enchaîner encourager espérer
esquiver estimer exclamer excuser exhorter expliquer exploser fulminer féliciter glisser grogner grommeler gronder
hurler implorer indigner indiquer informer inquiéter insister interpeller interroger ironiser jubiler juger jurer
lamenter lancer lâcher marmonner marteler menacer murmurer narrer noter nuancer objecter observer opiner ordonner
pester plaider plaisanter pleurer pointer proclamer pronostiquer protester préciser préconiser prôner questionner
raconter railler rappeler rapporter rassurer recommander regretter relater relativiser relever remarquer remercier
ricaner rigoler réaffirmer réclamer réitérer répliquer répéter résumer rétorquer révéler saluer scander signaler
souffler souhaiter souligner soupirer suggérer susurrer tacler temporiser tempérer tonner trancher tweeter témoigner
vanter vitupérer étonner évoquer
""".split()

# Participle, and the forms of the third person.
_FRENCH_OTHER = """
dit: dit, disent, disait, disaient
redit: redit, redisent
prédit: prédit, prédisent
écrit: écrit, écrivent, écrivait, écrivit
répondu: répond, répondent, répondait, répondit
défendu: défend, défendent
reconnu: reconnaît, reconnait, reconnaissent, reconnaissait
admis: admet, admettent, admettait
promis: promet, promettent
averti: avertit, avertissent
prévenu: prévient, préviennent, prévenait
soutenu: soutient, soutiennent, soutenait
souvenu: souvient, souviennent
conclu: conclut, concluent, concluait
repris: reprend, reprennent, reprit
poursuivi: poursuit, poursuivent, poursuivait, poursuivit
renchéri: renchérit, renchérissent
surenchéri: surenchérit, surenchérissent
réagi: réagit, réagissent
réjoui: réjouit, réjouissent
rugi: rugit, rugissent
souri: sourit, sourient
plaint: plaint, plaignent
fait valoir: fait valoir, font valoir, faisait valoir
fait savoir: fait savoir, font savoir, faisait savoir
fait remarquer: fait remarquer, font remarquer, faisait remarquer
"""

_ENGLISH_REGULAR = """
accuse acknowledge add admit admonish affirm agree allege announce answer argue ask assert assure believe boast
caution claim clarify comment complain concede conclude confess confide confirm continue counter cry declare demand
denounce deplore detail emphasise emphasize enthuse estimate exclaim explain fume hammer hope indicate insist
interject joke judge lament lash laugh marvel mention murmur mutter note notice object observe opine plead pledge
point proclaim promise protest quip recall reckon recount regret rejoice relate remark remember repeat reply report
respond retort reveal shout sigh smile specify state stress suggest summarise summarize tweet underline urge vow warn
whisper wonder worry
""".split()
_ENGLISH_OTHER = """
say says said tell tells told think thinks thought write writes wrote swear swears swore feel feels felt find finds
found went goes began sums summed
""".split()


@functools.cache
def french_participles() -> tuple[str, ...]:
    """Return the past participles (masculine singular): a déclaré."""
    other = tuple(line.split(":")[0] for line in _FRENCH_OTHER.split("\n") if line)
    return (*(verb[:-2] + "é" for verb in _FRENCH_ER), *other)


@functools.cache
def french_says() -> tuple[str, ...]:
    """Return the forms of the third person: explique, expliquent, expliquait, expliqua."""
    forms: list[str] = []
    for line in _FRENCH_OTHER.split("\n"):
        forms += filter(None, line.partition(":")[2].strip().split(", "))
    for verb in _FRENCH_ER:
        stem = verb[:-2]
        stressed = stem
        if stem.endswith("appel"):
            stressed = stem + "l"
        elif stem[-2:-1] in ("é", "e") and not stem.endswith(("ell", "ett")):  # répète, martèle
            stressed = stem[:-2] + "è" + stem[-1]
        hard = stem[:-1] + "ç" if stem.endswith("c") else stem + "e" if stem.endswith("g") else stem
        forms += [stressed + "e", stressed + "ent", hard + "ait", hard + "aient", hard + "a", stem + "èrent"]
    return tuple(forms)


@functools.cache
def english_said() -> tuple[str, ...]:
    """Return the forms of the third person, present and past: says, said."""
    forms = list(_ENGLISH_OTHER)
    for verb in _ENGLISH_REGULAR:
        if verb.endswith("e"):
            forms += [verb + "s", verb + "d"]
        elif verb.endswith("y") and verb[-2] not in "aeiou":
            forms += [verb[:-1] + "ies", verb[:-1] + "ied"]
        elif verb.endswith(("sh", "ch", "ss")):
            forms += [verb + "es", verb + "ed"]
        elif verb in ("regret", "admit", "quip"):
            forms += [verb + "s", verb + verb[-1] + "ed"]
        else:
            forms += [verb + "s", verb + "ed"]
    return tuple(forms)

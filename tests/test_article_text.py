"""Reading plain-text articles: blocks, their kinds and their places in the source."""

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dragoman.article.model import Article, Format, Kind, Target
from dragoman.article.read import parse
from dragoman.article.text import read_text
from dragoman.article.write import write
from dragoman.segment import sentences

SHARED = Path(__file__).resolve().parents[1].parent / "shared" / "articles"
INVISIBLE = "\u00ad\u200b\u2060\ufeff"


def kinds_and_texts(source):
    return [(block.kind, block.text) for block in read_text(source) if not block.boilerplate]


def kept(source):
    return [block.text for block in read_text(source) if not block.boilerplate]


def left_out(source):
    return {block.text: block.boilerplate for block in read_text(source) if block.boilerplate}


ARTICLE = """\
La criée de Port-Vieux change de mains

Par Jeanne Martin, à Port-Vieux
Publié le 3 mai 2024 à 18h30 – Mis à jour le 4 mai 2024 à 9h

La criée, qui perdait de l'argent depuis six ans, a été vendue mardi à une coopérative de pêcheurs.

Photo : Luc Bernard / AFP

Un pari sur le bar de ligne

La coopérative annonce trois mesures :

  • un quai réservé aux ligneurs ;
  • une halle neuve en 2026 ;
      - quarante étals
      - deux chambres froides
  • la fin de la vente à la voix.

On ne sauvera pas tout le monde, mais on sauvera le port.

– Yves Kerbrat, président de la coopérative

Le conseil municipal se prononcera le 21 juin.

Jeanne Martin
"""


def test_an_article_in_its_parts():
    assert kinds_and_texts(ARTICLE) == [
        (Kind.TITLE, "La criée de Port-Vieux change de mains"),
        (Kind.BYLINE, "Par Jeanne Martin, à Port-Vieux"),
        (Kind.DATELINE, "Publié le 3 mai 2024 à 18h30 – Mis à jour le 4 mai 2024 à 9h"),
        (
            Kind.PARAGRAPH,
            "La criée, qui perdait de l'argent depuis six ans, a été vendue mardi à une coopérative de pêcheurs.",
        ),
        (Kind.CAPTION, "Photo : Luc Bernard / AFP"),
        (Kind.HEADING, "Un pari sur le bar de ligne"),
        (Kind.PARAGRAPH, "La coopérative annonce trois mesures :"),
        (Kind.BULLET, "un quai réservé aux ligneurs ;"),
        (Kind.BULLET, "une halle neuve en 2026 ;"),
        (Kind.BULLET, "quarante étals"),
        (Kind.BULLET, "deux chambres froides"),
        (Kind.BULLET, "la fin de la vente à la voix."),
        (Kind.QUOTE, "On ne sauvera pas tout le monde, mais on sauvera le port."),
        (Kind.ATTRIBUTION, "– Yves Kerbrat, président de la coopérative"),
        (Kind.PARAGRAPH, "Le conseil municipal se prononcera le 21 juin."),
        (Kind.BYLINE, "Jeanne Martin"),
    ]


def test_bullets_know_their_depth():
    bullets = [(b.level, b.ordered) for b in read_text(ARTICLE) if b.kind is Kind.BULLET]
    assert bullets == [(1, False), (1, False), (2, False), (2, False), (1, False)]
    ordered = read_text("Trois étapes :\n\n1. Laver\n2. Couper\n   a) en dés\n   b) en lamelles\n3. Cuire\n")
    assert [(b.level, b.ordered) for b in ordered if b.kind is Kind.BULLET] == [
        (1, True),
        (1, True),
        (2, True),
        (2, True),
        (1, True),
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_do_not_matter(end):
    source = ARTICLE.replace("\n", end)
    assert kinds_and_texts(source) == kinds_and_texts(ARTICLE)
    assert all(
        source[block.start : block.end].strip(end) == source[block.start : block.end] for block in read_text(source)
    )


def test_wrapped_lines_are_one_paragraph():
    source = (
        "     Grève des dockers : le trafic reprend jeudi au\n"
        "     Havre\n\n"
        "     Le trafic a repris jeudi matin dans le port du\n"
        "     Havre, après quatre jours d'une grève que tous\n"
        "     les quais ont suivie. Les dockers l'ont voté à\n"
        "     une large majorité.\n\n"
        "       - les salaires augmentent de 2 % au premier\n"
        "         janvier ;\n"
        "       - les effectifs sont maintenus jusqu'à la\n"
        "         fin de l'année.\n"
    )
    assert kept(source) == [
        "Grève des dockers : le trafic reprend jeudi au Havre",
        "Le trafic a repris jeudi matin dans le port du Havre, après quatre jours d'une grève que tous les quais ont"
        " suivie. Les dockers l'ont voté à une large majorité.",
        "les salaires augmentent de 2 % au premier janvier ;",
        "les effectifs sont maintenus jusqu'à la fin de l'année.",
    ]


def test_paragraphs_without_blank_lines_between_them():
    source = (
        "Le pont sera fermé tout l'été, a annoncé la mairie, et les bus feront le tour par la rocade nord.\n"
        "Les commerçants protestent. Ils demandent une navette gratuite pour leurs clients du centre-ville.\n"
        "Une réunion en juin\n"
        "La mairie recevra leurs représentants le 12 juin, avec le département et les transporteurs de la vallée.\n"
    )
    assert [kind for kind, _ in kinds_and_texts(source)] == [
        Kind.PARAGRAPH,
        Kind.PARAGRAPH,
        Kind.HEADING,
        Kind.PARAGRAPH,
    ]


def test_soft_hyphens_are_not_read_but_stay_in_their_place():
    source = "En réac\u00adtion à la can\u00addi\u00adda\u00adture du ministre, deux mille personnes ont signé."
    (block,) = read_text(source)
    assert block.text == "En réaction à la candidature du ministre, deux mille personnes ont signé."
    assert source[block.begins[0] : block.ends[-1]] == source


CLEAN = {
    "a sentence": "Le maire a démissionné mardi soir.",
    "a headline": "Le maire démissionne",
    "a brief": "Séisme au large de Nice\n\nNice, le 3 mai\n\nLa terre a tremblé vendredi. Aucun blessé.\n",
    "paragraphs": "Le maire a démissionné.\n\nSon adjoint assurera l'intérim.\n\nL'opposition veut un vote.\n",
    "a poem": (
        "Chanson d'octobre\n\nLes feuilles tombent sur le quai,\nle vent les pousse vers la rive,\n"
        "un batelier chante, fatigué,\net rien ne part, et rien n'arrive.\n\nLes feuilles tombent sur le quai,\n"
        "la nuit descend, la lampe fume,\non ne sait plus qui l'on était,\non s'efface dans la brume.\n"
    ),
    "an interview": (
        "« Nous avons manqué de lits tout l'hiver »\n\nPropos recueillis par Sophie Arnaud\n\n"
        "Comment s'est passée la saison ?\n\nMal. Nous avons fermé huit lits.\n\nAviez-vous alerté la direction ?\n\n"
        "Oui.\n\nQu'a-t-elle répondu ?\n\nRien.\n\nAllez-vous partir ?\n\nNon.\n"
    ),
    "a match told live": (
        "Brest - Lens : le film du match\n\n90'\nC'est fini ! Brest s'impose 2-1.\n\n88'\nSortie de Dubreuil.\n\n"
        "74'\nBut !\n\n60'\nCorner pour Lens.\n\n12'\nFrappe de Le Gall, à côté.\n"
    ),
    "a list": "Six idées pour un week-end\n\n• Le château\n• Le musée\n• La plage\n• Le marché\n• L'opéra\n• Le port\n",
    "a dialogue": "Au comptoir\n\n– Vous avez vu le prix du café ?\n– Oui. Deux euros dix.\n– On va où, là ?\n",
    "an article about cookies": (
        "Cookies : la Cnil durcit le ton\n\nLe gendarme des données a annoncé jeudi une série de contrôles.\n\n"
        "Nous utilisons des cookies depuis quinze ans sans que personne s'en soucie, résume une juriste.\n\n"
        "Newsletters\n\nRecevoir une newsletter par e-mail suppose aussi un accord, rappelle la Cnil.\n\n"
        "Facebook\n\nLe réseau n'a pas souhaité répondre aux questions que nous lui avions envoyées.\n\n"
        "À suivre\n\nLe sujet sera débattu au Parlement à l'automne. D'ici là, les contrôles continuent.\n"
    ),
    "rules between the parts": "Un premier paragraphe.\n\n* * *\n\nUn second paragraphe.\n\n----\n\nUn troisième.\n",
    "sections": (
        "Culture\n\nUn été de festivals\n\nMusique\n\nLe festival revient avec quarante concerts en avril.\n\n"
        "Théâtre\n\nLa programmation sera connue en mars, a dit son directeur.\n\nContact : 03 80 00 00 00\n"
    ),
}


@pytest.mark.parametrize("source", CLEAN.values(), ids=CLEAN)
def test_a_text_without_clutter_is_kept_whole(source):
    assert left_out(source) == {}
    words = [word for line in source.splitlines() if any(map(str.isalnum, line)) for word in line.lstrip("•– ").split()]
    assert " ".join(kept(source)).split() == words


def test_an_interview_has_questions_not_headings():
    kinds = {text: kind for kind, text in kinds_and_texts(CLEAN["an interview"])}
    assert kinds["« Nous avons manqué de lits tout l'hiver »"] is Kind.TITLE
    assert kinds["Propos recueillis par Sophie Arnaud"] is Kind.BYLINE
    assert all(kind is Kind.PARAGRAPH for text, kind in kinds.items() if text.endswith("?"))


def test_a_section_is_no_author():
    source = "Brest au bout du froid\n\nFootball\n\nSamedi 17 janvier 2026\n\nBrestinfo\n\nBrest a gagné samedi soir.\n"
    assert [kind for kind, _ in kinds_and_texts(source)] == [
        *(Kind.TITLE, Kind.PARAGRAPH, Kind.DATELINE, Kind.BYLINE, Kind.PARAGRAPH),
    ]


def test_titles_said_again_and_paths_are_left_out():
    source = (
        "La mer monte à Saint-Clair\n\nAccueil > Société > Littoral > La mer monte à Saint-Clair\n"
        "La mer monte à Saint-Clair   Lelittoral\n3 mai 2024\n\nLa mer monte à Saint-Clair\n\n"
        "La mer a gagné dix mètres en cinquante ans, selon une étude publiée mardi.\n"
    )
    assert kinds_and_texts(source) == [
        (Kind.TITLE, "La mer monte à Saint-Clair"),
        (Kind.DATELINE, "3 mai 2024"),
        (Kind.PARAGRAPH, "La mer a gagné dix mètres en cinquante ans, selon une étude publiée mardi."),
    ]
    reasons = [block.boilerplate for block in read_text(source) if block.boilerplate]
    assert reasons == ["breadcrumb", "repeated title", "repeated title"]


def test_a_signed_quotation_needs_no_dash():
    source = (
        "La phrase du jour\n\n« Je ne serai pas candidate. Je l'ai dit, et je ne le dirai plus. »\n\n"
        "Claire Morel, maire de Tours\n\nLa maire a coupé court mercredi aux rumeurs qui couraient dans son parti.\n"
    )
    assert [kind for kind, _ in kinds_and_texts(source)] == [
        Kind.TITLE,
        Kind.QUOTE,
        Kind.ATTRIBUTION,
        Kind.PARAGRAPH,
    ]


def test_a_list_of_one_is_no_attribution():
    source = "Il manque une chose :\n\n- Du pain\n\nLe reste est arrivé hier soir, avec deux jours de retard.\n"
    assert (Kind.BULLET, "Du pain") in kinds_and_texts(source)


text_with_structure = st.lists(
    st.one_of(
        st.text(max_size=40),
        st.sampled_from(
            [
                "\n", "\n\n", "\r\n", "\f", "\t", "    ", "• ", "- ", "1. ", "* ", "–", "\u00ad", "\u00a0",
                "Partager", "À lire aussi", "Le maire a dit que le pont sera fermé pour les travaux de la semaine.",
                "Accueil", "3 mai 2024", "Par Jeanne Martin", "– Sam Petit, maire", "« Oui. »", "Commentaires (3)",
            ]
        ),
    ),
    max_size=30,
).map("".join)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(text_with_structure)
@example("\ufeffTitre\n\u00ad\n•\n* \n")
@example("• \u00ad\n\u00a0\n\x1c\x85x\x85")
@example("0" * 40 + "\r\u00ad\ta")
def test_blocks_map_to_the_source_whatever_it_is(source):
    blocks = read_text(source)
    at = 0
    for block in blocks:
        assert at <= block.start <= block.begins[0]
        assert block.ends[-1] <= block.end <= len(source)
        at = block.end
        for char, begin, end in zip(block.text, block.begins, block.ends, strict=True):
            place = source[begin:end]
            if char not in INVISIBLE:
                place = "".join(c for c in place if c not in INVISIBLE)  # in a line break as well
            assert place == char or (char == " " and place.isspace())
        assert all(end <= begin for end, begin in zip(block.ends, block.begins[1:], strict=False))
    article = Article("essai.txt", Format.TEXT, source, blocks)
    assert write(article, {}, keep_boilerplate=True) == source
    left = "".join(block.text for block in blocks)
    assert all(char in left for char in source if char.isalpha())


@pytest.mark.parametrize(
    "source",
    [
        "a" * 20_000,
        "😀" * 10_000,
        "x" + "\n" * 50_000 + "y",
        "le " * 20_000,
        "Facebook " * 3_000,
        "\t" * 20_000,
        "«" * 9_000,
    ],
    ids=["long word", "emoji", "blank lines", "words", "labels", "tabs", "quotes"],
)
def test_degenerate_texts(source):
    article = Article("essai.txt", Format.TEXT, source, read_text(source))
    assert write(article, {}, keep_boilerplate=True) == source


@pytest.mark.skipif(not SHARED.is_dir(), reason="needs the shared articles beside the repository")
def test_the_shared_article():
    blocks = read_text((SHARED / "openai-microsoft.fr.txt").read_text(encoding="utf-8"))
    parts = [block.kind for block in blocks if not block.boilerplate]
    assert parts == [
        *(Kind.TITLE, Kind.DATELINE, Kind.PARAGRAPH),
        *(Kind.HEADING, Kind.PARAGRAPH, Kind.PARAGRAPH, Kind.QUOTE, Kind.ATTRIBUTION),
        *(Kind.HEADING, Kind.PARAGRAPH, Kind.BULLET, Kind.BULLET, Kind.BULLET, Kind.PARAGRAPH),
        *(Kind.HEADING, Kind.PARAGRAPH, Kind.PARAGRAPH),
    ]
    text = " ".join(block.text for block in blocks if not block.boilerplate)
    for clutter in (
        "Partager",
        "Commentaire",
        "Chercher",
        "Étiquettes",
        "fintech",
        "influencer",
        "Alienum",
        "Follow",
        "M+",
    ):
        assert clutter not in text


def test_hard_wrapped_text_is_wrapped_anew() -> None:
    wrapped = (
        "Le conseil municipal a voté lundi soir la réfection complète du\r\n"
        "gymnase de la rue Basse, fermé depuis l'hiver dernier. Les travaux\r\n"
        "commenceront en juin et dureront huit mois, selon l'adjointe aux\r\n"
        "sports. Une salle provisoire sera montée sur le parking.\r\n"
    )
    article = parse(wrapped.encode(), "x.txt")
    (block,) = article.blocks
    targets = {0: [Target(a, b, block.text[a:b].upper() + " Encore !") for a, b in sentences(block.text)]}
    lines = write(article, targets).splitlines()
    assert len(lines) == 5
    assert all(50 < len(line) <= max(map(len, wrapped.splitlines())) for line in lines[:-1])
    assert write(article, targets).count("\r\n") == len(lines)
    expected = " ".join(f"{block.text[a:b].upper()} Encore !" for a, b in sentences(block.text))
    assert " ".join(lines) == expected


def test_what_is_left_out_leaves_the_widest_gap_of_those_around_it() -> None:
    page = (
        "Le gymnase rouvre\n\nPublié le 3 mars 2025\nPartager :\n\nLe gymnase de la rue Basse a rouvert ses portes "
        "lundi, après huit mois de travaux.\n\nLes clubs y reprennent leurs entraînements cette semaine.\n\n"
        "Partager sur Facebook\nAjouter un commentaire\n"
    )
    article = parse(page.encode(), "x.txt")
    assert next(block.text for block in article.blocks if block.boilerplate) == "Partager :"
    assert write(article, {}) == (
        "Le gymnase rouvre\n\nPublié le 3 mars 2025\n\nLe gymnase de la rue Basse a rouvert ses portes "
        "lundi, après huit mois de travaux.\n\nLes clubs y reprennent leurs entraînements cette semaine.\n"
    )

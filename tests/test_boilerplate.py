"""Telling articles from what surrounds them, in text as copied from a browser and in HTML pages."""

import json
import sys
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dragoman.article.boilerplate import is_menu, opens, widget
from dragoman.article.html import read_html
from dragoman.article.lines import is_attribution, is_byline, is_caption, is_dateline, is_name, is_prose
from dragoman.article.main_content import is_page, mark_main_content
from dragoman.article.model import Kind
from dragoman.article.text import read_text

SHARED = Path(__file__).resolve().parents[1].parent / "shared" / "articles" / "pages"

# Pages as a text browser writes them: + is the article, - is not, ~ may go either way.
DAILY = """\
-Aller au contenu
-    * Le Quotidien du Sud
-    * Accueil
-    * En continu
-    * Économie
-        + Emploi
-        + Immobilier
-    * Sports
-    Se connecter
-    S’abonner dès 1 €
-    Rechercher
-      Publicité
~      Économie
+      La scierie de Labastide reprend des couleurs
-      Réservé aux abonnés
+      Placée en redressement en janvier, l’entreprise a trouvé un repreneur. Vingt-deux emplois sont sauvés.
~      Par Hélène Costes
~      Publié le 12 mars 2023 à 06h45, mis à jour le 12 mars 2023 à 11h02
-      Temps de lecture : 3 min.
-      * Partager
-      * Facebook
-      * Envoyer par e-mail
-      * Copier le lien
~        La scierie emploie vingt-deux personnes. © Hélène Costes
+        Le bruit des scies est revenu. Lundi matin, à Labastide, les vingt-deux salariés ont repris le travail après \
onze semaines de chômage technique, et personne ne cachait son soulagement.
+        « On n’y croyait plus », souffle Bernard, trente ans de maison.
-        À lire aussi
-          Forêt : le prix du chêne s’envole
-          Dans les Landes, les pins plantés après la tempête
+        Le tribunal de commerce a retenu l’offre du groupe Dufau, qui exploite déjà deux sites dans le Tarn. Le \
nouveau patron promet trois millions d’euros d’investissements en cinq ans.
+        Des commandes jusqu’à l’été
+        Le carnet de commandes est plein jusqu’en juillet. Les charpentiers de la région attendent leurs poutres, et \
les prix ont monté de 15 %.
-        Inscrivez-vous à notre newsletter économique
-        Votre e-mail
-        OK
+        Reste la question du transport. La ligne de fret a fermé en 2019, et la route est limitée à dix-neuf tonnes \
depuis l’automne.
+        Elle doit rouvrir en mai.
-      Sur le même sujet
-        Bois
-        Tarn
-      Les plus lus
-        * 1
-          Un conducteur contrôlé à 212 km/h
-        * 2
-          Où voir les perséides cet été ? La carte des meilleurs endroits de la région, du plateau au causse, avec \
les horaires et les conseils d’un astronome amateur qui les observe depuis trente ans.
-      Commentaires (4)
-        jp81
-        12 mars 2023 à 07:12
-        Bonne nouvelle pour la vallée, mais il faudra bien que quelqu’un répare cette route un jour, parce que les \
camions passent déjà dans le village et personne ne dit rien.
-        Répondre
-        Mireille
-        12 mars 2023 à 08:40
-        Et la ligne de chemin de fer ? On nous la promet depuis dix ans.
-        Répondre
-    * Contacts
-    * Mentions légales
-    * Gestion des cookies
-    © Le Quotidien du Sud 2023
"""

BRIEF = """\
-Menu
-  Radio Plateau
-  * Direct
-  * Podcasts
-  * Programmes
-  * Newsletters
-  1. Accueil
-  2. Info
-  3. Faits divers
+  Un randonneur secouru dans le Vercors
~  mercredi 6 juillet 2022 à 18:20
~  Par Louis Barret
+      Un homme de 54 ans a été hélitreuillé mercredi. Ses jours ne sont pas en danger.
-  Mots-clés :
-      * Montagne
-      * Isère
-  À la une
-      Canicule : six départements en vigilance orange
-      Il y a 2 heures
-      Pourquoi les marmottes descendent dans la vallée
-      hier
-  Votre radio en direct et en podcast, où que vous soyez : téléchargez gratuitement l'application Radio Plateau.
-  Suivez-nous
-      * Facebook
-      * Instagram
-  Mentions légales
-  Contact
-  Règlement des jeux
"""

INTERVIEW = """\
-Revue Confluences
-Accueil
-Qui sommes-nous ?
-Numéros
-S'abonner
-
~Entretien
-
+« Traduire, c'est renoncer avec méthode »
-
~22 novembre 2021
-
+Traductrice du turc et de l'arabe, Nadia Kerrouche publie un essai sur son métier.
-
+Vous commencez par un aveu d'échec.
-
+Oui. Toute traduction perd quelque chose. La question est de savoir quoi, et de le choisir.
-
+Qu'avez-vous perdu cette fois ?
-
+Un jeu de mots sur trois. J'en ai ajouté un, ailleurs, pour rester honnête.
-
+L'éditeur le sait ?
-
+Maintenant, oui.
-
-Partager cet article
-Facebook Twitter LinkedIn
-
-Vous aimerez aussi
-
-La langue des autres
-
-Un hiver à Trébizonde
-
-Newsletter
-
-Recevez chaque mois le sommaire de la revue.
-
-Je m'inscris
-
-Mentions légales - Contact - Plan du site
-© 2021 Revue Confluences. Tous droits réservés.
"""

BLOG = """\
-Ce site utilise des cookies pour mesurer son audience. En poursuivant votre navigation, vous acceptez leur utilisation.
-    J'accepte
-    L'Écho de la baie
-    * Actualités
-    * Mer
-    * Agenda
-    * Nous écrire
-              Accueil » Mer » Ostréiculture
+                Les huîtres triploïdes divisent le bassin
~                  20 décembre 2018 | Yann Le Bris | 5 commentaires
+                  Depuis vingt ans, des huîtres à trois jeux de chromosomes poussent à côté des autres. Elles \
grandissent plus vite, se vendent toute l'année et ne se reproduisent pas.
+                  Les ostréiculteurs « traditionnels » demandent un étiquetage.
+                  • Les écloseries vendent 90 % du naissain.
+                  • Le reste est capté en mer.
+                  « C'est au client de choisir, encore faut-il qu'il sache »
+                  – Annick Corre, ostréicultrice à Cancale
+                  L'Ifremer n'a pas relevé d'effet sur les bancs sauvages. Ses chercheurs poursuivent leur suivi.
-                  Tags : huîtres, Cancale, Ifremer
-                  Share this:
-                  * Tweet
-                  * WhatsApp
-                  ← Article précédent : Le phare de la Jument s'éteint
-                Articles similaires
-                  Coquillages : la carte des zones fermées
-                  3 janvier 2019
-                5 réflexions sur « Les huîtres triploïdes divisent le bassin »
-                  Paulo dit :
-                  21 décembre 2018 à 9 h 14 min
-                  On devrait au moins le savoir quand on achète, c'est tout ce qu'on demande depuis des années et \
personne ne bouge à Paris.
-                  Répondre
-                Laisser un commentaire
-                  Votre adresse e-mail ne sera pas publiée. Les champs obligatoires sont indiqués avec *
-                  Nom *
-    Fièrement propulsé par WordPress
"""

MATCH = """\
-* Football
-    * Rugby
-    * Tennis
-    * Résultats
-    Se connecter
~      Brest - Lens en direct
~      Brest 2 - 1 Lens
~        Compositions
~        * J. Bernard
~        * T. Le Roux
~        * M. Petit
+        90'
+        C'est fini ! Brest s'impose au bout du temps additionnel et prend la deuxième place du championnat.
+        88'
+        Sortie de Dubreuil
+        88'
+        Entrée de Marchal
+        79'
+        But !
+        79'
+        Sur un centre venu de la gauche, Le Gall devance son défenseur et trompe le gardien lensois de la tête.
+        60'
+        Le corner ne donne rien.
+        45'
+        Mi-temps
+        12'
+        Première frappe cadrée de la rencontre, elle est pour les Bretons, qui pressent très haut depuis le début.
-      Tous les sports
-        * Football
-        * Basket
-        * Handball
-        18:30 Le capitaine est forfait pour un mois
-        18:19 Un transfert à trente millions
-        17:53 La retraite n'est pas pour demain
-      * Mentions légales
-      * Contactez-nous
"""
PAGES = {"daily": DAILY, "brief": BRIEF, "interview": INTERVIEW, "blog": BLOG, "match": MATCH}


def labelled(page):
    """Return the page, and for the offset of each of its lines +, - or ~."""
    labels, rows, at = {}, [], 0
    for line in page.splitlines():
        labels[at] = line[0]
        rows.append(line[1:])
        at += len(line)
    return "\n".join(rows), labels


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_an_article_is_told_from_its_page(page):
    source, labels = labelled(page)
    for block in read_text(source):
        if labels[block.start] == "+":
            assert not block.boilerplate, block.text
        elif labels[block.start] == "-":
            assert block.boilerplate, block.text


@pytest.mark.parametrize("name", ["daily", "brief", "interview", "blog"])
def test_indents_help_but_are_not_needed(name):
    page = "\n".join(line[0] + line[1:].lstrip() for line in PAGES[name].splitlines())
    source, labels = labelled(page)
    for block in read_text(source):
        if labels[block.start] == "+":
            assert not block.boilerplate, block.text
        elif labels[block.start] == "-":
            assert block.boilerplate, block.text


def test_a_page_has_one_title_a_byline_and_a_date():
    blocks = [block for block in read_text(labelled(DAILY)[0]) if not block.boilerplate]
    assert [block.text for block in blocks if block.kind is Kind.TITLE] == [
        "La scierie de Labastide reprend des couleurs"
    ]
    assert [block.text for block in blocks if block.kind is Kind.BYLINE] == ["Par Hélène Costes"]
    assert [block.text for block in blocks if block.kind is Kind.HEADING] == ["Des commandes jusqu’à l’été"]
    assert sum(block.kind is Kind.DATELINE for block in blocks) == 1


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Partager sur Facebook", "share widget"),
        ("Partager Partager", "share widget"),
        ("Partager Tweeter Envoyer Imprimer", "share widget"),
        ("Facebook, Twitter, WhatsApp", "share widget"),
        ("Partager : Facebook X WhatsApp Courriel", "share widget"),
        ("X", ""),
        ("12’16 Écouter Partager", "share widget"),
        ("4,6M+", "social counter"),
        ("Youtube Subscribers", "social counter"),
        ("La suite après cette publicité", "reading aid"),
        ("Retour à l’accueil", "navigation"),
        ("Déjà abonné ? Se connecter", "account and subscription"),
        ("TOUT ACCEPTER", "cookie notice"),
        ("Nous utilisons des cookies pour améliorer votre expérience.", "cookie notice"),
        ("Votre adresse e-mail ne sera pas publiée.", "newsletter"),
        ("12 commentaires", "comments"),
        ("© 2024 Le Courrier. Tous droits réservés.", "footer"),
        ("Mots-clés : eau, sécheresse", "tags"),
        (">> Lire aussi : Le barrage fuit", "related articles"),
    ],
)
def test_widgets(line, kind):
    assert widget(line) == kind


@pytest.mark.parametrize(
    "line",
    [
        "Partager les richesses, dit-elle, n'a jamais appauvri personne.",
        "Facebook a racheté la société en 2012.",
        "La publicité ne paie plus.",
        "Lire, c'est voyager.",
        "Votre adresse a changé",
        "La reproduction des tortues",
        "« Oui. »",
        "Politique",
    ],
)
def test_the_text_of_an_article_is_no_widget(line):
    assert widget(line) == ""


def test_headings_of_clutter():
    assert opens("À LIRE AUSSI :", page=False) == "related articles"
    assert opens("Laisser un commentaire", page=False) == "comments"
    assert opens("Étiquettes", page=False) == "tags"
    assert opens("En ce moment", page=False) == ""
    assert opens("En ce moment", page=True) == "related articles"
    assert opens("Cela pourrait changer", page=True) == ""


def test_menu_words_count_in_company():
    assert is_menu("Politique")
    assert is_menu("Accueil | Sports | Culture")
    assert not is_menu("Politique de la ville")


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("octobre 12, 2023", True),
        ("Publié le 3 mai 2024 à 18h30 – Mis à jour le 4 mai 2024", True),
        ("Lyon, le 3 mai", True),
        ("12/10/2023", True),
        ("Il y a 3 heures", True),
        ("Le 3 mai, il pleut", False),
        ("Le 3 mai 2024 restera dans les mémoires", False),
    ],
)
def test_datelines(line, wanted):
    assert is_dateline(line) is wanted


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("Par Jeanne Martin", True),
        ("Par Jeanne Martin et Paul d’Estienne, à Lyon", True),
        ("Par Étienne Élan, le 3 mai 2024 à 18h30", True),
        ("jeudi 13 juin 2019, par Anne Petit", True),
        ("Propos recueillis par Sophie Arnaud", True),
        ("De notre correspondant à Londres", True),
        ("La rédaction avec AFP", True),
        ("Par ailleurs, le maire démissionne", False),
        ("Par chance, Lyon gagne", False),
        ("De Paris à Lyon", False),
    ],
)
def test_bylines(line, wanted):
    assert is_byline(line) is wanted


def test_names_captions_and_attributions():
    assert is_name("Léa MORIN")
    assert not is_name("La Ville de Lyon")
    assert is_caption("Le ministre à son arrivée. (Photo Jean Martin/AFP)")
    assert is_caption("La halle en 1920 © Archives municipales")
    assert not is_caption("Images de la violence : un débat")
    assert is_attribution("— Voltaire")
    assert not is_attribution("– Bonjour, dit-il.")
    assert not is_attribution("- Un deuxième point")


def test_prose_is_dense_in_function_words():
    assert is_prose("Le maire a dit que le pont sera fermé pour les travaux.")
    assert not is_prose(
        "emploi agriculture mobilité vélo budget logement étudiants climat énergie forêt littoral tourisme école"
    )
    assert not is_prose("Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt.")


# ------------------------------------------------------------------------------------------------------------- HTML

PAGE = """<!DOCTYPE html>
<html lang="fr"><head><title>Le pont de bois ferme | La Vallée</title>
<meta property="og:title" content="Le pont de bois ferme">
<link rel="alternate" title="La Vallée : flux" href="/rss"><script>let a = 1;</script></head>
<body><header><nav><ul><li><a href="/">Accueil</a></li><li><a href="/t">Travaux</a></li><li><a href="/s">Sports</a></li>
</ul></nav><form><input name="q"><button>Rechercher</button></form></header>
<main><article><h1>Le pont de bois ferme</h1><p class="author">Par Jeanne Martin</p><p>3 mai 2024</p>
<p>Le pont de bois sera fermé tout l'été pour des travaux, a annoncé mardi la mairie de Saint-Aubin aux commerçants.</p>
<ul class="share"><li>Partager sur Facebook</li><li>Twitter</li></ul>
<h2>Travaux</h2>
<p>Les poutres datent de 1931. Elles seront remplacées une à une, de nuit, pour que les piétons passent le jour.</p>
<figure><img src="p.jpg" alt="Le pont"><figcaption>Le pont en 1950, avant la crue.</figcaption></figure>
<p><a href="/x">À lire aussi : La rocade sature</a></p>
<p>Les bus feront le tour par la rocade. Une navette gratuite est prévue du 1er juin au 31 août.</p>
</article><aside><h2>Les plus lus</h2><ul><li><a href="/1">Un loup filmé au col</a></li>
<li><a href="/2">Le gel a détruit la récolte</a></li></ul></aside></main>
<footer><p>Mentions légales</p><p>© 2024 La Vallée. Tous droits réservés.</p></footer></body></html>"""


def marked(source):
    return mark_main_content(source, read_html(source))


def test_the_main_content_of_a_page():
    assert is_page(PAGE)
    kept = [(b.kind, b.text) for b in marked(PAGE) if not b.boilerplate and b.kind is not Kind.ATTRIBUTE]
    assert kept == [
        (Kind.TITLE, "Le pont de bois ferme"),
        (Kind.BYLINE, "Par Jeanne Martin"),
        (Kind.DATELINE, "3 mai 2024"),
        (
            Kind.PARAGRAPH,
            "Le pont de bois sera fermé tout l'été pour des travaux, a annoncé mardi la mairie de Saint-Aubin aux"
            " commerçants.",
        ),
        (Kind.HEADING, "Travaux"),
        (
            Kind.PARAGRAPH,
            "Les poutres datent de 1931. Elles seront remplacées une à une, de nuit, pour que les piétons passent le"
            " jour.",
        ),
        (Kind.CAPTION, "Le pont en 1950, avant la crue."),
        (
            Kind.PARAGRAPH,
            "Les bus feront le tour par la rocade. Une navette gratuite est prévue du 1er juin au 31 août.",
        ),
    ]


def test_attributes_go_with_the_text_around_them():
    kept = {b.text for b in marked(PAGE) if not b.boilerplate and b.kind is Kind.ATTRIBUTE}
    assert {"Le pont de bois ferme | La Vallée", "Le pont"} <= kept
    assert "La Vallée : flux" not in kept


def test_a_page_is_found_without_trafilatura_too(monkeypatch):
    import trafilatura

    def fail(*_args, **_options):
        raise RecursionError

    with_it = [(b.text, bool(b.boilerplate)) for b in marked(PAGE)]
    monkeypatch.setattr(trafilatura, "extract", fail)
    assert [(b.text, bool(b.boilerplate)) for b in marked(PAGE)] == with_it


def test_a_short_text_is_matched_where_the_article_has_it(monkeypatch):
    import trafilatura

    monkeypatch.setattr(
        trafilatura, "extract", lambda *_args, **_options: "Le pont ferme.\nTravaux\nIl rouvrira en juin."
    )
    source = (
        "<html><body><p>Travaux</p><p>Le pont ferme.</p><p>Travaux</p><p>Il rouvrira en juin.</p><p>Travaux</p></body>"
    )
    kept = [b.start for b in marked(source) if not b.boilerplate]
    assert kept == [b.start for b in read_html(source)][1:4]


@pytest.mark.parametrize(
    "source",
    [
        "<p>Un fragment.</p>",
        "<h1>Le titre</h1><p>Le texte d'un article exporté.</p>",
        "<!doctype html><html><head><meta charset=utf-8></head><body><h1>Le titre</h1><p>Le texte.</p></body></html>",
        "Du texte.",
        "",
    ],
)
def test_fragments_and_exports_are_no_pages(source):
    assert not is_page(source)


html_pieces = st.lists(
    st.one_of(
        st.text(max_size=12),
        st.sampled_from(
            [
                *("<html>", "<body>", "<nav>", "</nav>", "<p>", "</p>", "<div>", "</div>", "<ul><li>", "</ul>"),
                *("<h1>", "<", "<!--", "<table><tr><td>", "<script>", "&nbsp;", "<br>", "<title>", '<img alt="x">'),
                *("Accueil", "À lire aussi", "Partager"),
                "<p>Le maire a dit que le pont sera fermé pour les travaux de la semaine.</p>",
            ]
        ),
    ),
    max_size=25,
).map("".join)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(html_pieces)
@example("<html><body></body></html>")
@example("\x00<html>\x0c<title>")
def test_marking_never_fails_and_changes_no_text(source):
    blocks = read_html(source)
    after = mark_main_content(source, blocks)
    assert [(b.text, b.start, b.end, b.codes) for b in after] == [(b.text, b.start, b.end, b.codes) for b in blocks]
    assert sum(b.kind is Kind.TITLE for b in after if not b.boilerplate) <= 1 + source.count("<title>")


@pytest.mark.skipif(not SHARED.is_dir(), reason="needs the shared pages beside the repository")
def test_the_shared_pages(monkeypatch):
    monkeypatch.syspath_prepend(str(Path(__file__).parent / "bench"))
    extraction = pytest.importorskip("extraction")
    pages = json.loads((SHARED / "pages.json").read_text(encoding="utf-8"))
    for method, keep, leave in (("text", 0.95, 0.85), ("HTML", 0.97, 0.94)):
        suffix, extract = extraction.METHODS[method]
        sources = {name: (SHARED / f"{name}.{suffix}").read_text(encoding="utf-8") for name in pages}
        score = extraction.total(extraction.score(extract(sources[name]), pages[name], 0.0) for name in pages)
        assert score.kept >= keep * score.wanted, score.misses
        assert score.left_out >= leave * score.unwanted, score.misses
    sys.modules.pop("extraction")

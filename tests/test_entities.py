import csv
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.glossary import match
from dragoman.glossary.apply import term_spans
from dragoman.glossary.resolve import resolve
from dragoman.localise.edit import apply
from dragoman.protect.entities import Entity, EntityKind, entities, places, respell, said
from dragoman.protect.names_spelling import titles
from dragoman.protect.span import Span, SpanKind


def found(*texts: str) -> list[list[str]]:
    return [[text[e.start : e.end] for e in names] for text, names in zip(texts, entities(texts), strict=True)]


def kinds(text: str) -> dict[str, EntityKind]:
    return {text[e.start : e.end]: e.kind for e in entities([text])[0]}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        # Persons, whole; honorifics and functions are outside.
        ("Marine Le Pen et Jean Petit ont voté.", ["Marine Le Pen", "Jean Petit"]),
        ("Le président Charles de Gaulle et M. Rose.", ["Charles de Gaulle", "Rose"]),
        ("Valéry Giscard d’Estaing a reçu Ursula von der Leyen.", ["Valéry Giscard d’Estaing", "Ursula von der Leyen"]),
        ("La ministre Ngozi Okonjo-Iweala et Mme Delaunay.", ["Ngozi Okonjo-Iweala", "Delaunay"]),
        ("Un livre de George W. Bush et J. K. Rowling.", ["George W. Bush", "J. K. Rowling"]),
        ("Le roi François Ier et le pape Léon XIII.", ["François Ier", "Léon XIII"]),
        ("Il a écouté Thomas de Paris à Lyon.", ["Thomas", "Paris", "Lyon"]),
        # Elision and articles are outside, unless they are written as a part of the name.
        ("L’enquête d’OpenAI et de l'Inria.", ["OpenAI", "Inria"]),
        ("Qu'Airbus et lorsqu’Alstom livrent.", ["Airbus", "Alstom"]),
        ("Il lit Le Figaro et achète L'Équipe à La Rochelle.", ["Le Figaro", "L'Équipe", "La Rochelle"]),
        ("N'Djamena et Kylian M'Bappé.", ["N'Djamena", "Kylian M'Bappé"]),
        ("On se bat en L'Ukraine et vit à L'Île-Rousse.", ["Ukraine", "L'Île-Rousse"]),
        # An initial is no Monsieur.
        ("Un essai de John M. Keynes. Hier, M. Dupont l'a cité.", ["John M. Keynes", "Dupont"]),
        ("Les anti-Macron et l'ex-Yougoslavie.", ["Macron", "Yougoslavie"]),
        # A capital that a sentence, a quotation or an institution gives is none of a name.
        ("L'État et la Cour suprême. Le Parlement, Noël, le Moyen Âge.", []),
        ("Le Premier ministre et le Vice-Président de la République.", []),
        ("« Nous sommes prêts. » Souvent, hier, on partait. Étudiants, levez-vous.", []),
        ("Au XVIIIe siècle, 44 av. J.-C., sous Louis XIV.", ["Louis XIV"]),
        ("La commission des Finances et le ministère de la Justice.", []),
        ("Les Américains et les Rwandais, un Parisien, des Maoris.", []),
        ("Dans ces îles, Groenlandais et Montréalais cohabitent.", []),
        ("Peut-être viendra-t-il dans le Sud-Ouest. Est-ce vrai ?", []),
        # Places.
        ("La Suisse, un Suisse, les Suisses.", ["Suisse"]),
        ("Les Pays-Bas et l’Arabie Saoudite.", ["Pays-Bas", "Arabie Saoudite"]),
        ("La réunion a duré. Tours de magie à Tours.", ["Tours"]),
        ("Paris Match et Air France à Saint-Denis.", ["Paris Match", "Air France", "Saint-Denis"]),
        # Organisations, products, works, acronyms.
        ("L'opérateur Orange et Procter & Gamble.", ["Orange", "Procter & Gamble"]),
        ("Un iPhone et un Airbus A380, GPT-4.", ["iPhone", "Airbus A380", "GPT-4"]),
        ("Il a vu « House of Cards » puis « Lord of the Rings ».", ["House of Cards", "Lord of the Rings"]),
        ("La CGT, AT&T et le G20.", ["CGT", "AT&T", "G20"]),
        # Acronyms that English has other words for belong to the glossary.
        ("Le PIB et l'ONU.", []),
        # Date lines in capitals; not the label of an article.
        ("TOURS (Reuters) — Une usine ferme.", ["TOURS", "Reuters"]),
        ("LA ROCHE, 3 mars (AFP) – Une usine ferme.", ["LA ROCHE", "AFP"]),
        ("NANCY — Le tribunal a tranché.", ["NANCY"]),
        ("FOURNEAUX (Savoie), 3 mai - Le four est éteint.", ["FOURNEAUX", "Savoie"]),
        ("ANALYSE – Le vote a surpris.", []),
        ("PARIS – LES MAIRES VOTENT, 3 mars", []),
        ("DIRECT, 3 mars – La grève continue.", []),
        ("L'élu Jean DUPONT et Marie-Claire PETIT.", ["Jean DUPONT", "Marie-Claire PETIT"]),
        # Streets and squares; a place may be a rank, and what a verb does.
        ("Ils vont place de la République et sur la place d'Italie.", ["place de la République", "place d'Italie"]),
        ("Place Vendôme, au 12, place du Général-Leclerc.", ["Place Vendôme", "place du Général-Leclerc"]),
        ("La place Bellecour et la place du 8-Mai-1945.", ["place Bellecour", "place du 8-Mai-1945"]),
        ("L'esplanade des Invalides, 3 place Jean-Jaurès.", ["esplanade des Invalides", "place Jean-Jaurès"]),
        ("La place de la France dans le monde, celle de l'État.", ["France"]),
        ("La place de la République dans le débat.", []),
        ("M. de Villepin et le général d'Ornano.", ["de Villepin", "d'Ornano"]),
        ("Le général de Brigade et le maréchal de France.", ["France"]),
        ("Charles de Gaulle part. De Gaulle reviendra.", ["Charles de Gaulle", "De Gaulle"]),
        ("Le vent du Nord, dans le Nord.", []),
        ("Mercato : le club cherche un gardien.", []),
        ("Il vit au 14, place du Marché, place du Châtelet.", ["place du Marché", "place du Châtelet"]),
        ("Le sondage place Zalfor en tête.", ["Zalfor"]),
        # Capitals that say nothing.
        ("LE PRÉSIDENT SARKOZY PARLE AUX MAIRES DE FRANCE", []),
        ("Comment Choisir Son Vélo Pour Aller Au Travail", []),
        ("", []),
    ],
)
def test_names_in_a_text(text: str, names: list[str]) -> None:
    assert found(text) == [names]


@pytest.mark.parametrize(
    ("texts", "names"),
    [
        # A surname from the full name, with and without ordinary words.
        (
            ["Ursula von der Leyen arrive.", "Selon von der Leyen, oui."],
            [["Ursula von der Leyen"], ["von der Leyen"]],
        ),
        (
            ["Jean Petit gagne. Un petit tour.", "On a vu Petit courir. Petit à petit, le Petit poste avance."],
            [["Jean Petit"], ["Petit"]],
        ),
        # An ordinary word that one place shows to be a name.
        (
            [
                "L'opérateur Orange grandit.",
                "Les clients d'Orange attendent, l'Orange bleue aussi. Orange dort.",
            ],
            [["Orange"], ["Orange"]],
        ),
        # … and one that only its use shows.
        (
            ["Les cahiers de Total se vendent. Fabriqués par Total, ils plaisent."],
            [["Total", "Total"]],
        ),
        (["Les cahiers de Total se vendent, total : dix. Fabriqués par Total."], [[]]),
        # A word that no list has, but that the article has without a capital as well.
        (["Zoutards et compagnie.", "Les zoutards arrivent."], [[], []]),
        (["Zoutard a dit oui.", "Il connaît Zoutard."], [["Zoutard"], ["Zoutard"]]),
        # An acronym of common nouns is translated.
        (
            ["La résonance magnétique nucléaire (RMN) sert.", "La RMN coûte cher. Le Syndicat des gardiens (SG)."],
            [[], ["SG"]],
        ),
        # Before a verb it is a name where a sentence begins, too.
        (["L'opérateur Orange grandit. Orange a signé.", "Orange amère."], [["Orange", "Orange"], []]),
        # A headline in capitals has the names that the text has.
        (["Comment Dupontel Voit Son Métier De Cinéaste", "Le film de Dupontel sort."], [["Dupontel"], ["Dupontel"]]),
    ],
)
def test_one_article_one_decision(texts: list[str], names: list[list[str]]) -> None:
    assert found(*texts) == names


ARTICLES = (Path(__file__).parent / "data" / "articles_names.txt").read_text("utf-8").split("\n\n")[1:]


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.split("\n")[0])
def test_names_in_an_article(article: str) -> None:
    marked = article.strip().split("\n")
    names = [re.findall(r"\[(.*?)\]", paragraph) for paragraph in marked]
    assert found(*(re.sub(r"[\[\]]", "", paragraph) for paragraph in marked)) == names


def test_the_kind_is_the_same_everywhere() -> None:
    texts = ["La société Zalfor recrute.", "Selon Zalfor, c'est fini.", "Zalfor n'a pas répondu."]
    assert [e.kind for names in entities(texts) for e in names] == [EntityKind.ORGANISATION] * 3


def test_kinds() -> None:
    text = "Angela Merkel, le groupe Bolloré, un Airbus A380 à Varsovie, « Breaking Bad », la CGT et Zalfor."
    assert kinds(text) == {
        "Angela Merkel": EntityKind.PERSON,
        "Bolloré": EntityKind.ORGANISATION,
        "Airbus A380": EntityKind.PRODUCT,
        "Varsovie": EntityKind.PLACE,
        "Breaking Bad": EntityKind.WORK,
        "CGT": EntityKind.ACRONYM,
        "Zalfor": EntityKind.NAME,
    }


@pytest.mark.parametrize(
    ("text", "name", "first", "others"),
    [
        ("Il vit à Londres.", "Londres", "London", {"Londoner"}),
        ("Il vit aux Pays-Bas.", "Pays-Bas", "Netherlands", {"Dutch", "Holland"}),
        ("Il vit en Turquie.", "Turquie", "Turkey", {"Türkiye", "Turkish"}),
        ("Il vit aux Etats-Unis.", "Etats-Unis", "United States", {"U.S.", "American"}),
        ("Il vit en Bosnie.", "Bosnie", "Bosnia-Herzegovina", {"Bosnian"}),
        ("Il a vu Poutine.", "Poutine", "Putin", set()),
        ("Il a vu Lioudmila Poutine.", "Lioudmila Poutine", "Lioudmila Putin", {"Lioudmila Poutine"}),
        ("Il a vu Mouammar Kadhafi.", "Mouammar Kadhafi", "Moammar Gadhafi", {"Muammar Gaddafi"}),
        ("Il a vu Sergueï Sobianine.", "Sergueï Sobianine", "Sergueï Sobianine", {"Sergei Sobianin"}),
        ("Il a vu Henri IV.", "Henri IV", "Henry IV", {"Henri IV"}),
        ("Il a vu François Ier.", "François Ier", "Francis I", {"François I"}),
        ("Il a vu Édith Piaf.", "Édith Piaf", "Édith Piaf", set()),
        ("Il a vu l’avocat d’Édith d’Estaing.", "Édith d’Estaing", "Édith d'Estaing", set()),
        ("Il a vu le Stade Suisse.", "Suisse", "Suisse", {"Switzerland", "Swiss"}),
        ("VIENNE, 12 juin (Reuters) - Un accord.", "VIENNE", "VIENNA", set()),
        ("LA HAYE (AFP) – Un avis.", "LA HAYE", "THE HAGUE", set()),
        ("Il vit boulevard Riverside.", "boulevard Riverside", "boulevard Riverside", {"Riverside Boulevard"}),
        ("Il vit dans la Vienne.", "Vienne", "Vienne", set()),
        ("Il aime la Vienne impériale.", "Vienne", "Vienna", {"Vienne"}),
        ("Il vit à Poitiers (Vienne).", "Vienne", "Vienne", set()),
        ("Il vit à Lille (Nord) avec elle.", "Nord", "Nord", set()),
        ("Le préfet du Nord attend.", "Nord", "Nord", set()),
        ("Il vit à la Grenade.", "Grenade", "Grenada", set()),
        ("Il vit à Grenade.", "Grenade", "Granada", {"Grenada"}),
        ("Il voit Mme Vienne.", "Vienne", "Vienne", set()),
        ("Il remonte l'avenue Foch.", "avenue Foch", "avenue Foch", {"Avenue Foch"}),
    ],
)
def test_forms(text: str, name: str, first: str, others: set[str]) -> None:
    (entity,) = [e for e in entities([text])[0] if text[e.start : e.end] == name]
    assert entity.render[0] == first
    assert others <= set(entity.render)


def entity(*forms: str) -> Entity:
    return Entity(0, 1, EntityKind.NAME, forms)


@pytest.mark.parametrize(
    ("forms", "target", "there"),
    [
        (["Valéry Giscard d'Estaing"], "So Valéry Giscard d’Estaing's car", ["Valéry Giscard d’Estaing"]),
        (["Jean Petit"], "Jean\u00a0Petit and Jean Petits", ["Jean\u00a0Petit"]),
        (["United States", "US"], "the US and the United States", ["United States", "US"]),
        (["OpenAI"], "OpenAIs, openai, MyOpenAI", []),
        (["U.S."], "the U.S. Senate", ["U.S."]),
    ],
)
def test_places_are_exact(forms: list[str], target: str, there: list[str]) -> None:
    assert [target[a:b] for a, b in places(entity(*forms), target)] == there


@pytest.mark.parametrize(
    ("forms", "target"),
    [
        (["Angela Merkel"], "Merkel's party lost."),
        (["François Bayrou"], "Francois Bayrou spoke."),
        (["Charles de Gaulle"], "Charles De Gaulle"),
        (["Jean-Luc Godard"], "Jean Luc Godard"),
        (["OpenAI"], "Open AI said no."),
        (["Clio"], "two Clios"),
        (["Ioulia Timochenko"], "Yulia Tymoshenko"),
        (["London", "Londoner"], "most Londoners"),
        (["Elysée"], "the Élysée’s answer"),
        (["Wi-Fi"], "a wifi network"),
        (["Maoris"], "a group of Maori"),
        (["Judea"], "the Judean hills"),
    ],
)
def test_said(forms: list[str], target: str) -> None:
    assert said(entity(*forms), target)


@pytest.mark.parametrize(
    ("forms", "target"),
    [
        (["Angela Merkel"], "The chancellor's party lost."),
        (["Bayrou"], "Bayron spoke."),
        (["Charles de Gaulle"], "the way of the world"),
        (["Clio"], "the clinic"),
        (["Le Pen"], "the pencil"),
        (["IBM"], "a big company"),
    ],
)
def test_not_said(forms: list[str], target: str) -> None:
    assert not said(entity(*forms), target)


@pytest.mark.parametrize(
    ("source", "target", "right"),
    [
        # Accents, case, spaces and hyphens.
        ("L'avenir de Kévin Élyséon.", "Kevin Elyseon's future.", "Kévin Élyséon's future."),
        ("Le patron d'OpenAI parle.", "The boss of Openai talks.", "The boss of OpenAI talks."),
        ("Le patron d'OpenAI parle.", "Open AI’s boss talks.", "OpenAI’s boss talks."),
        ("Il a vu Jean-Luc Zalfor.", "He saw Jean Luc Zalfor.", "He saw Jean-Luc Zalfor."),
        ("Un mot de Charles de Gaulle.", "A word of Charles De Gaulle.", "A word of Charles de Gaulle."),
        # A letter or two of a long name.
        ("François Bayrou a parlé.", "François Bayron spoke.", "François Bayrou spoke."),
        ("Selon Bayrou, oui.", "According to Bayron, yes.", "According to Bayrou, yes."),
        ("Selon Kosciusko-Morizet, oui.", "Kosciuszko-Morizet says so.", "Kosciusko-Morizet says so."),
        ("Me Karim Belaïd a plaidé.", "Karim Belaid pleaded.", "Karim Belaïd pleaded."),
        # What is right, or is another word, stays.
        ("Selon Bayrou, oui.", "Bayrou agrees with Bayron.", "Bayrou agrees with Bayron."),
        ("Bayrou et Bayrol se parlent.", "Bayrol talks.", "Bayrol talks."),
        ("Il vit à Londres.", "He lives in London.", "He lives in London."),
        ("Il vit à Rome.", "He lives at home.", "He lives at home."),
        ("Merkel a dit non.", "The chancellor said no.", "The chancellor said no."),
        ("Zalfor et Zalfora signent.", "Zalfora signs.", "Zalfora signs."),
    ],
)
def test_respell(source: str, target: str, right: str) -> None:
    edits = respell(entities([source])[0], source, target)
    assert apply(target, edits)[0] == right
    assert respell(entities([source])[0], source, right) == []


WORDS = st.sampled_from(
    "Le La L' l'État Jean Petit petit Marine Le Pen de d'OpenAI M. Mme Rose rose Orange chez l'opérateur Londres Suisse"
    " Crédit un les Rwandais « » : . , ! (RMN) RMN résonance magnétique nucléaire iPhone 15 von der Leyen Ursula & H&M"
    " François Ier XIV Saint-Denis anti-Macron Poutine House of the PARIS – J.-C. \u00a0 ’ ' N'Golo Élysée".split(" ")
)
TEXTS = st.lists(st.lists(WORDS, max_size=14).map(" ".join), max_size=4)


@given(TEXTS | st.lists(st.text(max_size=60), max_size=3))
def test_entities_are_ordered_words_of_their_texts(texts: list[str]) -> None:
    for text, names in zip(texts, entities(texts), strict=True):
        end = 0
        for name in names:
            assert end <= name.start < name.end <= len(text)
            assert text[name.start : name.end].strip() == text[name.start : name.end]
            assert name.render
            assert all(name.render)
            end = name.end


@given(TEXTS)
def test_repeating_an_article_changes_nothing(texts: list[str]) -> None:
    assert entities([*texts, *texts]) == entities(texts) * 2


@given(TEXTS, st.text(max_size=60))
def test_respell_makes_what_it_mends_right(texts: list[str], target: str) -> None:
    for text, names in zip(texts, entities(texts), strict=True):
        mended = apply(target, respell(names, text, target))[0]
        assert sum(bool(places(name, mended)) for name in names) >= sum(bool(places(name, target)) for name in names)
        for name in names:
            assert not places(name, mended) or said(name, mended)


@pytest.mark.parametrize(
    "text",
    ["a" * 20_000, "A" * 20_000, "«" * 10_000 + ",x", "L'" * 5_000, "A-" * 5_000, "(AB) " * 2_000, "A. " * 5000],
)
def test_long_runs_are_read(text: str) -> None:
    assert len(entities([text])) == 1


CASES = Path(__file__).parent / "data" / "cases_names.tsv"


@pytest.fixture(scope="module")
def matcher() -> match.Matcher:
    return match.compile(resolve([]).entries)


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(row, id=row["phenomenon"])
        for row in csv.DictReader(CASES.open(encoding="utf-8"), delimiter="\t", quoting=csv.QUOTE_NONE)
    ],
)
def test_short_cases(case: dict[str, str], matcher: match.Matcher) -> None:
    """What a case wants is the preferred form of an entity, or of a term of the built-in glossaries."""
    source = case["source"]
    forms = [name.render[0] for name in entities([source])[0]]
    forms += [span.render[0] for span in term_spans(source, matcher)]
    for wanted in filter(None, case["contains"].split(" ; ")):
        assert any(form in preferred for form in wanted.split(" | ") for preferred in forms)


@pytest.mark.parametrize(
    ("source", "target", "right"),
    [
        ("Mme Renard part.", "Mr. Renard leaves.", "Mrs Renard leaves."),
        ("Mme Renard part.", "Ms. Renard leaves.", "Ms. Renard leaves."),
        ("M. Renard part.", "M. Renard leaves with Mrs. Blanc.", "Mr Renard leaves with Mrs. Blanc."),
        ("Me Éric Renard plaide.", "Me Éric Renard pleads.", "Éric Renard pleads."),
        ("Mme Renard voit M. Renard.", "Mr. Renard sees Mrs. Renard.", "Mr. Renard sees Mrs. Renard."),
        ("M. et Mme Renard partent.", "Mr. and Mr. Renard leave.", "Mr. and Mr. Renard leave."),
        ("Le docteur Renard part.", "Mr. Renard leaves.", "Mr. Renard leaves."),
    ],
)
def test_titles(source: str, target: str, right: str) -> None:
    spans = [Span(e.start, e.end, SpanKind.ENTITY, e.render) for e in entities([source])[0]]
    assert apply(target, titles(spans, source, target))[0] == right


@pytest.mark.parametrize("text", ["L'avenue Foch.", "La rue de la Paix.", "Le quai Jean-Moulin.", "La rue Saint-Jean."])
def test_french_streets_have_no_english_type(text: str) -> None:
    (street,) = entities([text])[0]
    assert {form.casefold() for form in street.render} == {text[street.start : street.end].casefold()}


def test_a_square_that_may_be_a_park_abroad_is_left_alone() -> None:
    assert found("Ils campent sur la place Zalfor.") == [["Zalfor"]]

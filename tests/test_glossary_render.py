"""What terms become in English: forms, capitals, first mentions, and the words around them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.glossary import english
from dragoman.glossary.apply import article_edits, expand, term_spans
from dragoman.glossary.entry import Entry, EntryKind
from dragoman.glossary.inflect import Tense
from dragoman.glossary.match import Match, Matcher
from dragoman.glossary.match import compile as compile_entries
from dragoman.glossary.render import forbidden, render, respell
from dragoman.localise.edit import apply
from dragoman.protect.span import Span, SpanKind, missing, places

BOARD = Entry("conseil d'administration", "board of directors", plural="boards of directors")
WHO = Entry("OMS", "WHO", pos="abbreviation", case="exact", first="World Health Organization (WHO)")
SME = Entry("PME", "SME", pos="abbreviation", case="exact", first="small and medium-sized enterprise (SME)")


def found(text: str, *entries: Entry) -> Match:
    (match,) = compile_entries(entries).find(text)
    return match


def forms(text: str, *entries: Entry) -> tuple[str, ...]:
    return render(found(text, *entries), text)


def term(*forms: str, first: str = "") -> Span:
    return Span(0, 1, SpanKind.TERM, forms, first)


@pytest.mark.parametrize(
    ("singular", "plural"),
    [
        ("interest rate", "interest rates"),
        ("board of directors", "boards of directors"),
        ("attorney general", "attorneys general"),
        ("minister delegate", "ministers delegate"),
        ("editor-in-chief", "editors-in-chief"),
        ("by-election", "by-elections"),
        ("policy", "policies"),
        ("survey", "surveys"),
        ("tax break", "tax breaks"),
        ("tax", "taxes"),
        ("witness", "witnesses"),
        ("monarch", "monarchs"),
        ("branch", "branches"),
        ("analysis", "analyses"),
        ("spokesperson", "spokespeople"),
        ("spokeswoman", "spokeswomen"),
        ("businessman", "businessmen"),
        ("human", "humans"),
        ("stepchild", "stepchildren"),
        ("chief", "chiefs"),
        ("life sentence", "life sentences"),
        ("shelf", "shelves"),
        ("veto", "vetoes"),
        ("video", "videos"),
        ("criterion", "criteria"),
        ("campus", "campuses"),
        ("MP", "MPs"),
        ("CEO", "CEOs"),
        ("customs duties", "customs duties"),
        ("human rights", "human rights"),
        ("TV series", "TV series"),
        ("headquarters", "headquarters"),
        ("information", "information"),
        ("malware", "malware"),
        ("artificial general intelligence (AGI)", "artificial general intelligence (AGIs)"),
        ("small and medium-sized enterprise (SME)", "small and medium-sized enterprises (SMEs)"),
    ],
)
def test_plural(singular: str, plural: str) -> None:
    assert english.plural(singular) == plural
    assert english.plural(plural) == plural


@pytest.mark.parametrize(
    ("words", "article"),
    [(word, "an") for word in ("hour", "honest deal", "heir", "MBA", "SNCF chief", "AI tool", "EU law", "OECD report")]
    + [(word, "an") for word in ("8% rise", "80-year-old", "11th case", "18,000-ton ship", "1848 law", "X-ray", "F-16")]
    + [(word, "an") for word in ("umbrella", "unidentified man", "uninsured driver", "Élysée aide", "H1N1 case", "NGO")]
    + [(word, "a") for word in ("university", "European law", "one-off", "U-turn", "unanimous vote", "Ukrainian", "UN")]
    + [(word, "a") for word in ("NATO ally", "UNESCO site", "SMIC rise", "1,800-euro fine", "110-page note", "5G mast")]
    + [(word, "a") for word in ("user", "house", "CEO", "“historic” day")],
)
def test_article(words: str, article: str) -> None:
    assert english.article(words) == article


@pytest.mark.parametrize(
    ("verb", "expected"),
    [
        ("resign", "resigns resigned resigned resigning"),
        ("file for bankruptcy", "files filed filed filing"),
        ("levy", "levies levied levied levying"),
        ("submit", "submits submitted submitted submitting"),
        ("ban", "bans banned banned banning"),
        ("enter into force", "enters entered entered entering"),
        ("go public", "goes went gone going"),
        ("withdraw", "withdraws withdrew withdrawn withdrawing"),
        ("free", "frees freed freed freeing"),
        ("repeal", "repeals repealed repealed repealing"),
    ],
)
def test_verb_forms(verb: str, expected: str) -> None:
    tenses = (Tense.PRESENT, Tense.PAST, Tense.PARTICIPLE, Tense.GERUND)
    rest = verb.partition(" ")[2]
    made = [english.verb_forms(verb)[tense][0] for tense in tenses]
    assert made == [f"{form} {rest}".strip() for form in expected.split()]


def test_number_follows_the_french_and_the_other_is_accepted() -> None:
    assert forms("Le conseil d'administration", BOARD) == ("board of directors", "boards of directors")
    assert forms("Les conseils d'administration", BOARD) == ("boards of directors", "board of directors")
    assert forms("Trois PME", SME)[0] == "SMEs"


def test_admitted_forms_come_after_preferred_ones_whatever_the_order_of_the_rows() -> None:
    rows = (Entry("droit de douane", "customs duty", EntryKind.ADMITTED), Entry("droit de douane", "tariff"))
    assert forms("les droits de douane", *rows) == ("tariffs", "tariff", "customs duties", "customs duty")


def test_names_have_no_plural() -> None:
    assert forms("l'Assemblée nationale", Entry("Assemblée nationale", "National Assembly", pos="name")) == (
        "National Assembly",
    )


def test_what_is_kept_may_have_its_french_plural() -> None:
    assert forms("deux communes", Entry("commune", "commune", EntryKind.KEEP)) == ("communes", "commune")
    keep = Entry("procès-verbal", "procès-verbal", EntryKind.KEEP, pos="phrase")
    assert forms("Des procès-verbaux", keep) == ("procès-verbal", "procès-verbaux")


def test_the_tense_of_a_verb_comes_first() -> None:
    entry = Entry("déposer le bilan", "file for bankruptcy", pos="verb")
    assert forms("Le groupe a déposé le bilan", entry)[0] == "filed for bankruptcy"
    assert forms("Le groupe dépose le bilan", entry)[0] == "files for bankruptcy"
    assert "filing for bankruptcy" in forms("Le groupe dépose le bilan", entry)


def test_entries_that_only_forbid_make_no_span() -> None:
    matcher = compile_entries([Entry("audience", "audience", EntryKind.FORBIDDEN)])
    assert term_spans("L'audience", matcher) == ()


def test_forbidden_forms() -> None:
    rows = (
        Entry("audience", "hearing"),
        Entry("audience", "audience", EntryKind.FORBIDDEN),
        Entry("audience", "audience session", EntryKind.ADMITTED),
    )
    match = found("L'audience", *rows)
    assert [(start, end) for start, end, _ in forbidden(match, "The audience and Audiences")] == [(4, 12), (17, 26)]
    assert forbidden(match, "The hearing, an audience session, an audiencemeter") == []
    assert forbidden(match, "An audience")[0][2] is rows[1]


@pytest.mark.parametrize(
    ("form", "text", "there"),
    [
        ("board of directors", "OpenAI's board of directors met", True),
        ("board of directors", "Board of directors meets", True),
        ("board of directors", "Board of Directors Meets", True),
        ("board of directors", "BOARD OF DIRECTORS MEETS", True),
        ("board of directors", "the boards of directors", False),
        ("interest rate", "an interest-rate rise", True),
        ("interest rate", "the interest\u00a0rate’s fall", True),
        ("National Assembly", "the national assembly", False),
        ("prosecutor's office", "the prosecutor’s office", True),
        ("AI", "an AI's answer", True),
        ("AI", "an Ai answer", False),
        ("AI", "the AIDS crisis", False),
        ("AI", "Albania (AI)", True),
        ("R&D", "R&D spending", True),
    ],
)
def test_where_a_form_counts_as_written(form: str, text: str, there: bool) -> None:
    assert bool(places(term(form), text)) is there
    assert bool(missing([term(form)], text)) is not there


def test_codes_must_be_there_as_they_are() -> None:
    code = Span(0, 4, SpanKind.CODE, ("#mot",))
    assert places(code, "#Mot") == []
    assert places(code, "#mot") == [(0, 4)]


@pytest.mark.parametrize(
    ("form", "text", "expected"),
    [
        ("National Assembly", "The national assembly voted.", "The National Assembly voted."),
        ("NATO", "Nato and the U.S.", "NATO and the U.S."),
        ("UN", "The U.N. chief", "The UN chief"),
        ("Council of State", "Council of state rules", "Council of State rules"),
        ("WHO", "the man who left", "the man who left"),
        ("IT", "It is", "It is"),
    ],
)
def test_respelling(form: str, text: str, expected: str) -> None:
    assert apply(text, respell([term(form)], text))[0] == expected


def test_a_place_that_serves_another_span_is_not_respelled() -> None:
    spans = [term("state council"), term("State Council")]
    assert respell(spans, "the state council") == []


def expanded(french: str, english_text: str, *entries: Entry, mentioned: set[str] | None = None) -> str:
    spans = term_spans(french, compile_entries(entries), set() if mentioned is None else mentioned)
    return apply(english_text, expand(spans, english_text))[0]


@pytest.mark.parametrize(
    ("french", "text", "expected"),
    [
        ("L'OMS alerte.", "The WHO warns.", "The World Health Organization (WHO) warns."),
        ("L'OMS alerte.", "WHO warns.", "The World Health Organization (WHO) warns."),
        ("Selon l'OMS", "according to WHO", "according to the World Health Organization (WHO)"),
        ("OMS : l'alerte", "WHO: the warning", "World Health Organization (WHO): the warning"),
        ("Un cadre de l'OMS", "A WHO official", "A World Health Organization (WHO) official"),
        ("Le chef de l'OMS", "the WHO's head", "the World Health Organization's (WHO) head"),
        ("L'OMS et l'OMS", "The WHO and the WHO", "The World Health Organization (WHO) and the WHO"),
        ("L'OMS alerte.", "The World Health Organization warns.", "The World Health Organization (WHO) warns."),
        ("L'OMS alerte.", "The World Health Organization (WHO) warns.", "The World Health Organization (WHO) warns."),
        ("L'Organisation mondiale de la santé (OMS)", "World Health body (WHO)", "World Health body (WHO)"),
        ("L'OMS (Organisation mondiale de la santé)", "The WHO (world body)", "The WHO (world body)"),
        ("« L'OMS ment », dit-il.", "“The WHO is lying,” he said.", "“The WHO is lying,” he said."),
        (
            "L'OMS, ou ...",
            "The World Health Organization, or WHO, warns.",
            "The World Health Organization, or WHO, warns.",
        ),
        ("L'agence OMS", "The WHO organization warns.", "The World Health Organization (WHO) warns."),
        ("L'OMS alerte.", "The World Health WHO warns.", "The World Health Organization (WHO) warns."),
        ("Un texte de l'OMS", "a WHO-backed text", "a WHO-backed text"),
        ("L'OMS (Genève) alerte.", "The WHO warns.", "The World Health Organization (WHO) warns."),
    ],
)
def test_first_mention(french: str, text: str, expected: str) -> None:
    assert expanded(french, text, WHO) == expected


def test_first_mention_in_the_plural() -> None:
    assert expanded("Les PME", "SMEs suffer", SME) == "Small and medium-sized enterprises (SMEs) suffer"


def test_a_or_an_follows_what_is_spelled_out() -> None:
    entry = Entry("IA", "AI", case="exact", first="artificial intelligence (AI)")
    fund = Entry("FMI", "IMF", case="exact", first="International Monetary Fund (IMF)")
    gmo = Entry("OGM", "GMO", pos="noun", case="exact", first="modified organism (GMO)")
    assert expanded("une IA", "an AI", entry) == "an artificial intelligence (AI)"
    assert expanded("un plan FMI", "an IMF plan", fund) == "an International Monetary Fund (IMF) plan"
    assert expanded("un OGM", "An GMO", gmo) == "A modified organism (GMO)"


def test_only_the_first_mention_in_an_article_is_spelled_out() -> None:
    matcher = compile_entries([WHO])
    mentioned: set[str] = set()
    assert term_spans("« L'OMS »", matcher, mentioned)[0].first == ""  # in a quotation, nothing is added
    assert term_spans("L'OMS", matcher, mentioned)[0].first == "the World Health Organization (WHO)"
    assert term_spans("L'OMS", matcher, mentioned)[0].first == ""
    assert term_spans("L'OMS", matcher)[0].first == ""  # a headline


def test_spelled_out_once_counts_as_mentioned() -> None:
    matcher, mentioned = compile_entries([WHO]), set[str]()
    term_spans("L'Organisation mondiale de la santé (OMS)", matcher, mentioned)
    assert term_spans("L'OMS", matcher, mentioned)[0].first == ""


def test_term_spans() -> None:
    text = "L’IA, le conseil d’administration."
    spans = term_spans(text, compile_entries([BOARD, Entry("IA", "AI", case="exact")]), set(), [(0, 4)])
    assert [(text[s.start : s.end], s.kind, s.render[0]) for s in spans] == [
        ("conseil d’administration", SpanKind.TERM, "board of directors")
    ]


@pytest.mark.parametrize(
    ("before", "form", "after", "expected"),
    [
        ("a ", "AI tool", " works", "an AI tool works"),
        ("An ", "board", "", "A board"),
        ("with an ", "“honest”", "", "with an “honest”"),
        ("the National ", "National Assembly", " voted", "the National Assembly voted"),
        ("the ", "board of directors", " of directors met", "the board of directors met"),
        ("the ", "National Assembly", " assembly", "the National Assembly"),
        ("a ", "NATO", " ally", "a NATO ally"),
        ("Livret A ", "account", "", "Livret A account"),
        ("the states ", "state", " statement", "the states state statement"),
        ("", "board", "", "board"),
        ("the board the ", "board of directors", " met", "the board of directors met"),
        ("the Ministry of ", "Labor Ministry", " said", "the Labor Ministry said"),
        ("a report of the ", "annual report", "", "a report of the annual report"),
        ("rights of ", "voting rights", "", "rights of voting rights"),
        ("with the ", "Pope Francis", " in Rome", "with Pope Francis in Rome"),
        ("with the ", "Pope", " in Rome", "with the Pope in Rome"),
    ],
)
def test_the_words_around_a_form(before: str, form: str, after: str, expected: str) -> None:
    text = before + form + after
    edits = article_edits(text, len(before), len(before) + len(form))
    assert apply(text, edits)[0] == expected


@given(
    st.sampled_from(["", "a ", "an ", "the ", "A ", "national ", "the national "]),
    st.sampled_from(["national assembly", "AI", "hour", "board of directors"]),
    st.sampled_from(["", " assembly", " of directors", " said", "'s"]),
)
@settings(deadline=None)
def test_mending_twice_changes_no_more(before: str, form: str, after: str) -> None:
    text = before + form + after
    mended, (start, end) = apply(
        text, article_edits(text, len(before), len(before) + len(form)), (len(before), len(before) + len(form))
    )
    assert mended[start:end] == form
    assert article_edits(mended, start, end) == []


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return compile_entries([BOARD, WHO, SME, Entry("grève", "strike")])


@given(
    st.lists(st.sampled_from(["conseil d’administration", "L'OMS", "PME", "grèves", "le", "(", ")", "."]), max_size=9)
)
@settings(max_examples=200, deadline=None)
def test_the_preferred_forms_satisfy_their_spans(matcher: Matcher, words: list[str]) -> None:
    spans = term_spans(" ".join(words), matcher, set())
    target = " ".join(span.render[0] for span in spans)
    assert missing(spans, target) == ()
    edited = apply(target, expand(spans, target))[0]
    assert missing(spans, edited) == ()

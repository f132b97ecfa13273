"""What became of each segment of an article, and why."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.regress.compare import Verdict, as_written, causes, compare
from dragoman.regress.state import (
    FindingState,
    GlossarySignature,
    Kept,
    ModelSignature,
    SegmentState,
    Signature,
    State,
)

HOUSE = GlossarySignature("house", 2, "aaaa", (("budget", "budget"), ("grève", "strike")))
SIGNATURE = Signature("0.1.0", ModelSignature("translate-fr_en", "0.1", "ab" * 32), (HOUSE,), "en-US", 4, "translate")


def segment(source, translation, **more):
    return SegmentState(source, translation, "paragraph", **more)


def state(*segments, signature=SIGNATURE, article="articles/a.txt"):
    return State(article, signature, segments)


def finding(check, source="", severity="error", message="it is wrong"):
    return FindingState(check, severity, message, source)


FRENCH = "Mardi, Vinci a perdu 12 % en Bourse à Londres."
ENGLISH = "On Tuesday, Vinci lost 12% on the London Stock Exchange."
GOOD = segment(
    FRENCH,
    ENGLISH,
    entities=(Kept("Vinci", "Vinci"), Kept("Londres", "London")),
    figures=(Kept("Mardi", "Tuesday"), Kept("12 %", "12%")),
    terms=(Kept("Bourse", "Stock Exchange"),),
)
SPOKEN = segment(
    "« Nous irons jusqu'au bout », a dit la ministre.",
    "“We will go to the end,” the minister said.",
    quotations=(Kept("« Nous irons jusqu'au bout »", "“We will go to the end,”"),),
)


def now(old, translation=None, **changes):
    return replace(old, translation=translation or old.translation, **changes)


JUDGED = {
    "nothing": (GOOD, GOOD, Verdict.SAME, ()),
    "another rung": (GOOD, now(GOOD, rung="masked"), Verdict.SAME, ()),
    "other words": (GOOD, now(GOOD, ENGLISH.replace("lost", "fell by")), Verdict.CHANGED, ()),
    "a check fails": (
        GOOD,
        now(GOOD, ENGLISH.replace("lost", "lost lost"), findings=(finding("doubled-words"),)),
        Verdict.BROKEN,
        ("doubled-words",),
    ),
    "a check fails on the same words": (
        GOOD,
        now(GOOD, findings=(finding("forbidden-terms", "Bourse"),)),
        Verdict.BROKEN,
        ("term",),
    ),
    "a check no longer fails": (
        now(GOOD, ENGLISH.replace("lost", "lost lost"), findings=(finding("doubled-words"),)),
        GOOD,
        Verdict.IMPROVED,
        (),
    ),
    "a check fails as before": (
        now(GOOD, findings=(finding("length"),)),
        now(GOOD, ENGLISH.replace("lost", "fell by"), findings=(finding("length", message="it is longer still"),)),
        Verdict.CHANGED,
        (),
    ),
    "a check fails on other words": (
        now(GOOD, findings=(finding("entities", "Vinci"),)),
        now(GOOD, ENGLISH.replace("London", "Paris"), findings=(finding("entities", "Londres"),)),
        Verdict.BROKEN,
        ("name",),
    ),
    "a check fails twice now": (
        now(GOOD, findings=(finding("spacing"),)),
        now(GOOD, findings=(finding("spacing"), finding("spacing"))),
        Verdict.BROKEN,
        ("spacing",),
    ),
    "a name is lost": (
        GOOD,
        now(
            GOOD,
            ENGLISH.replace("Vinci", "it"),
            entities=(Kept("Vinci", None), Kept("Londres", "London")),
            findings=(finding("entities", "Vinci"),),
        ),
        Verdict.BROKEN,
        ("name",),
    ),
    "a name is lost that no check reports": (
        GOOD,
        now(GOOD, ENGLISH.replace("Vinci", "it"), entities=(Kept("Vinci", None), Kept("Londres", "London"))),
        Verdict.BROKEN,
        ("name",),
    ),
    "a name is lost that is not looked for any more": (
        GOOD,
        now(GOOD, ENGLISH.replace("Vinci", "it"), entities=(Kept("Londres", "London"),)),
        Verdict.BROKEN,
        ("name",),
    ),
    "a name is there that is not looked for any more": (
        GOOD,
        now(GOOD, ENGLISH.replace("lost", "fell by"), entities=(Kept("Londres", "London"),)),
        Verdict.CHANGED,
        (),
    ),
    "a name is a term now": (
        GOOD,
        now(
            GOOD,
            ENGLISH.replace("Vinci", "The builder"),
            entities=(Kept("Londres", "London"),),
            terms=(*GOOD.terms, Kept("Vinci", "The builder")),
        ),
        Verdict.CHANGED,
        (),
    ),
    "a text was changed in a file": (GOOD, now(GOOD, ENGLISH.replace("12%", "15%")), Verdict.BROKEN, ("figure",)),
    "a quotation is not closed": (
        SPOKEN,
        now(SPOKEN, SPOKEN.translation.replace("”", "")),
        Verdict.BROKEN,
        ("quotation",),
    ),
    "a first name is misspelt, which checks leave": (
        segment(
            "Claire Vasseur est partie.",
            "Claire Vasseur has left.",
            entities=(Kept("Claire Vasseur", "Claire Vasseur"),),
        ),
        segment("Claire Vasseur est partie.", "Clairx Vasseur has left.", entities=(Kept("Claire Vasseur", ""),)),
        Verdict.BROKEN,
        ("name",),
    ),
    "a first name is left out, which checks leave": (
        segment(
            "Claire Vasseur est partie.",
            "Claire Vasseur has left.",
            entities=(Kept("Claire Vasseur", "Claire Vasseur"),),
        ),
        segment("Claire Vasseur est partie.", "Vasseur has left.", entities=(Kept("Claire Vasseur", ""),)),
        Verdict.CHANGED,
        (),
    ),
    "the end is missing": (
        segment("Il pleut depuis trois jours dans la vallée.", "It has been raining in the valley for days."),
        segment("Il pleut depuis trois jours dans la vallée.", "It has been raining."),
        Verdict.BROKEN,
        ("translation",),
    ),
    "British quotation marks, spelling and figures": (
        segment("« La couleur », dit-elle le 3 mai 2024, « compte. »", "“Color,” she said on May 3, 2024, “counts.”"),
        segment("« La couleur », dit-elle le 3 mai 2024, « compte. »", "‘Colour’, she said on 3 May 2024, ‘counts.’"),
        Verdict.TYPOGRAPHY,
        (),
    ),
}


@pytest.mark.parametrize(("old", "new", "verdict", "what"), JUDGED.values(), ids=JUDGED)
def test_the_verdict_on_a_segment(old, new, verdict, what):
    (found,) = compare(state(old), state(new)).segments
    assert found.verdict is verdict
    assert tuple(failure.what for failure in found.failures) == what


def paragraphs(*texts):
    """Return segments: sentences are parted by |."""
    return tuple(
        segment(f"Phrase {sentence} du texte.", f"Sentence {sentence} of the text.", continues=bool(index))
        for text in texts
        for index, sentence in enumerate(text.split("|"))
    )


def verdicts(old, new):
    found = compare(state(*old), state(*new)).segments
    return "".join(each.verdict[0] for each in found)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (["A|B", "C"], ["C", "A|B"], "sss"),  # paragraphs changed places
        (["A|B|C"], ["A", "B|C"], "sss"),  # a paragraph was split
        (["A", "B|C"], ["A|B|C"], "sss"),  # two were joined
        (["A|B|C"], ["A|C|B"], "ssc"),  # sentences changed places
        (["A|B|C"], ["C|A|B"], "scc"),
        (["A|A|B", "A"], ["A", "A|A|B"], "ssss"),  # repeated sentences
        (["A|A"], ["A|A|A"], "ssa"),
    ],
)
def test_the_order_of_paragraphs_is_no_change_and_that_of_sentences_is(old, new, expected):
    assert verdicts(paragraphs(*old), paragraphs(*new)) == expected


def test_sentences_that_come_and_go_stand_where_they_are_or_were():
    old = [
        segment(f"{word} ne dit pas un mot.", f"{word} is silent.") for word in ("Marie", "Le chat noir", "Personne")
    ]
    new = [old[0], segment("Tous les voisins sont venus voir.", "All the neighbors came."), old[2]]
    found = compare(state(*old), state(*new)).segments
    assert [each.verdict.value for each in found] == ["same", "removed", "added", "same"]


def test_an_edited_sentence_is_compared_with_what_it_was():
    old = segment("Le maire a promis 12 arbres aux habitants du quartier.", "The mayor promised 12 trees.")
    new = segment("Le maire a promis 40 arbres aux habitants du quartier.", "The mayor promised 40 trees.")
    (found,) = compare(state(old), state(new)).segments
    assert (found.verdict, found.old, found.notes[0]) == (Verdict.CHANGED, old, "the source was edited")


def test_an_edited_sentence_that_lost_something_is_broken():
    old = segment("Le maire a promis 12 arbres aux habitants du quartier.", "The mayor promised 12 trees.")
    new = segment(
        "Le maire a promis 40 arbres aux habitants du quartier.",
        "The mayor promised trees.",
        findings=(finding("figures", "40 arbres"),),
    )
    (found,) = compare(state(old), state(new)).segments
    assert found.verdict is Verdict.BROKEN


def test_typographic_changes_of_a_source_are_no_edits():
    old = segment("« C'est l'été », dit-il.", "“It’s summer,” he says.")
    new = segment("“C’est l’été”, dit-il.", "“It’s summer,” he says.")
    assert verdicts([old], [new]) == "s"


def test_sentences_with_each_other_s_translation_are_broken():
    a, b = (
        segment("Il a plu toute la nuit.", "It rained all night."),
        segment("Le vent est tombé.", "The wind has died down."),
    )
    found = compare(state(a, b), state(now(a, b.translation), now(b, a.translation))).segments
    assert [each.verdict.value for each in found] == ["broken", "broken"]
    assert "Le vent est tombé." in found[0].failures[0].message


def test_two_sentences_may_come_to_have_the_same_translation():
    a, b = (
        segment("Il est parti hier soir.", "He left yesterday evening."),
        segment("Il est parti hier au soir.", "He left last night."),
    )
    assert verdicts([a, b], [a, now(b, a.translation)]) == "sc"


def test_a_first_mention_that_moves_with_its_paragraph_is_no_change():
    def mention(source, form):
        return segment(source, f"Everybody talks about {form} now.", terms=(Kept("AGI", form),))

    spelled = "artificial general intelligence (AGI)"
    old = mention("Tous parlent d'AGI.", spelled), mention("On parle d'AGI.", "AGI")
    moved = mention("On parle d'AGI.", spelled), mention("Tous parlent d'AGI.", "AGI")
    assert verdicts(old, moved) == "ss"
    assert verdicts(old, (mention("Tous parlent d'AGI.", "AGI"), old[1])) == "cs"


def test_typography_is_told_where_the_article_grew():
    plain = now(GOOD, ENGLISH.replace("London", "“London”"))
    straight = replace(plain, translation=plain.translation.replace("“", '"').replace("”", '"'))
    another = replace(GOOD, source="Le soleil brille.", translation="The sun shines.")
    assert verdicts((plain,), (another, straight)) == "at"


def test_a_term_that_has_another_form_is_named():
    new = now(GOOD, ENGLISH.replace("Stock Exchange", "bourse"), terms=(Kept("Bourse", "bourse"),))
    (found,) = compare(state(GOOD), state(new)).segments
    assert found.notes == ("Bourse: Stock Exchange → bourse",)


def test_a_term_may_go_when_its_entry_has_gone_and_not_otherwise():
    new = now(GOOD, ENGLISH.replace("Stock Exchange", "bourse"), terms=())
    glossaries = replace(SIGNATURE, glossaries=(replace(HOUSE, checksum="bbbb"),))
    assert compare(state(GOOD), state(new, signature=glossaries)).count(Verdict.CHANGED) == 1
    assert compare(state(GOOD), state(new)).count(Verdict.BROKEN) == 1


def test_an_article_without_a_baseline_is_added_and_one_without_a_file_removed():
    assert compare(None, state(GOOD)).count(Verdict.ADDED) == 1
    assert compare(state(GOOD), None).count(Verdict.REMOVED) == 1


def test_a_renamed_article_says_what_it_was_called():
    assert compare(state(GOOD), state(GOOD, article="b.txt")).renamed_from == "articles/a.txt"


def _model(**changes):
    return replace(SIGNATURE, model=replace(SIGNATURE.model, **changes))


def _house(*entries, name="house"):
    return replace(SIGNATURE, glossaries=(GlossarySignature(name, len(entries), "bbbb", entries),))


BUDGET, STRIKE, MAYOR = ("budget", "budget"), ("grève", "strike"), ("maire", "mayor")


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        (SIGNATURE, ()),
        (replace(SIGNATURE, dragoman="0.2.0"), ("dragoman 0.1.0 → 0.2.0",)),
        (_model(version="0.2", checksum="cd" * 32), ("model 0.1 → 0.2",)),
        (_model(name="opus", version="1.9", checksum="cd" * 32), ("model translate-fr_en 0.1 → opus 1.9",)),
        (_model(checksum="cd" * 32), ("model translate-fr_en 0.1: other files of the same version",)),
        (replace(SIGNATURE, beam=1), ("beam 4 → 1",)),
        (replace(SIGNATURE, locale="en-GB"), ("locale en-US → en-GB",)),
        (replace(SIGNATURE, quotes="keep"), ("quotes translate → keep",)),
        (replace(SIGNATURE, checks=("spacing off",)), ("checks: spacing off",)),
        (_house(BUDGET, STRIKE, MAYOR), ("glossary house: 1 term added",)),
        (_house(BUDGET), ("glossary house: 1 term removed",)),
        (_house(BUDGET, ("grève", "walkout")), ("glossary house: 1 term changed",)),
        (
            _house(("grève", "walkout"), MAYOR, ("ville", "town")),
            ("glossary house: 2 terms added, 1 removed, 1 changed",),
        ),
        (_house(name="other"), ("glossary house removed", "glossary other added")),
        (replace(_model(version="0.2"), beam=1), ("model 0.1 → 0.2", "beam 4 → 1")),
    ],
)
def test_the_causes_are_said_in_words(new, expected):
    assert causes(SIGNATURE, new) == expected


def test_a_glossary_whose_entries_are_not_known_is_counted():
    new = replace(SIGNATURE, glossaries=(GlossarySignature("house", 5, "bbbb"),))
    assert causes(SIGNATURE, new) == ("glossary house: 2 → 5 terms",)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("He left.", "He  left."),
        ("“Yes,” he said.", '"Yes," he said.'),
        ("“Yes,” he said.", "‘Yes’, he said."),
        ("He said, “Yes.”", "He said, ‘Yes’."),
        ("It’s over.", "It's over."),
        ("The plan—a bold one—failed.", "The plan – a bold one – failed."),
        ("And then…", "And then..."),
        ("the color of labor", "the colour of labour"),
        ("They organized it.", "They organised it."),
        ("On May 3, 2024, it rained.", "On 3 May 2024 it rained."),
        ("at 2:30 p.m. in London", "at 2:30pm in London"),
        ("12 percent of them", "12% of them"),
        ("€1.3 billion in cash", "1.3 billion euros in cash"),
        ("Mr. Weil and Dr. Roux", "Mr Weil and Dr Roux"),
    ],
)
def test_what_is_typography(one, other):
    assert as_written(one) == as_written(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("He left.", "He leaves."),
        ("12% of them", "15% of them"),
        ("€3 million", "€3 billion"),
        ("€3 million", "$3 million"),
        ("On May 3, 2024", "On May 3, 2025"),
        ("“Yes,” he said.", "Yes, he said."),
        ("its end", "it's end"),
        ("a man eating shark", "a man-eating shark"),
        ("Let’s eat, Hugo", "Let’s eat Hugo"),
        ("Is it over?", "Is it over."),
        ("The plan—a bold one—failed.", "The plan a bold one failed."),
        ("US troops", "us troops"),
    ],
)
def test_what_is_more_than_typography(one, other):
    assert as_written(one) != as_written(other)


SENTENCES = st.lists(st.sampled_from("ABCDE"), min_size=1, max_size=4).map("|".join)


@given(st.lists(SENTENCES, max_size=4).flatmap(lambda texts: st.tuples(st.just(texts), st.permutations(texts))))
def test_no_order_of_paragraphs_is_a_change(orders):
    old, new = orders
    assert set(verdicts(paragraphs(*old), paragraphs(*new))) <= {"s"}


@given(st.lists(SENTENCES, max_size=4), st.lists(SENTENCES, max_size=4))
def test_every_segment_is_judged_once(before, after):
    old, new = paragraphs(*before), paragraphs(*after)
    found = compare(state(*old), state(*new)).segments
    assert [each.new for each in found if each.new] == list(new)
    assert sorted(each.old.source for each in found if each.old) == sorted(each.source for each in old)


@given(st.text(max_size=80))
def test_any_text_is_written_as_itself(text):
    assert as_written(text) == as_written(f" {text} ".replace(" ", "  "))

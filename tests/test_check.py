"""The checks: a table of cases that anybody can extend, their manuals, and what a project file says about them."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.article.model import Block, Kind
from dragoman.check.check import Check
from dragoman.check.finding import Severity
from dragoman.check.pair import Pair
from dragoman.check.registry import CHECKS, check, check_article
from dragoman.check.repetition import loops
from dragoman.check.settings import Settings, read_settings
from dragoman.errors import DragomanError
from dragoman.glossary import match
from dragoman.glossary.apply import term_spans
from dragoman.glossary.entry import Entry, EntryKind
from dragoman.glossary.resolve import builtins
from dragoman.protect.annotate import annotate

CASES = Path(__file__).parent / "data" / "check_cases.tsv"
MATCHER = match.compile(
    [
        Entry("conseil d'administration", "board of directors", pos="noun"),
        Entry("chiffre d'affaires", "revenue", pos="noun"),
        Entry("chiffre d'affaires", "business figure", EntryKind.FORBIDDEN, pos="noun"),
        Entry("OIT", "ILO", case="exact", first="International Labor Organization (ILO)"),
        Entry("éventuellement", "eventually", EntryKind.FORBIDDEN),
    ]
)


def _pair(source: str, target: str, context: str = "") -> Pair:
    """Return a pair with what an article of only this sentence tells; `context` is "kind=heading locale=en-GB"."""
    given = dict(item.split("=") for item in context.split())
    kind = Kind(given.get("kind", "paragraph"))
    size = len(source)
    block = Block(kind, 0, size, source, tuple(range(size)), tuple(range(1, size + 1)))
    marks = annotate([block]).segment(0, 0, size, MATCHER, "en-US")
    return Pair(
        source,
        target,
        given.get("locale"),
        marks.spans,
        marks.quotes,
        int(given.get("inside", marks.inside)),
        tuple(MATCHER.find(source)),
        kind,
    )


def _cases():
    for number, line in enumerate(CASES.read_text(encoding="utf-8").splitlines()[1:], 2):
        name, fires, source, target, context = line.split("\t")
        yield pytest.param(name, fires, _pair(source, target, context), id=f"{number}: {name}")


@pytest.mark.parametrize(("name", "fires", "pair"), list(_cases()))
def test_cases(name, fires, pair):
    found = [finding for finding in check(pair) if finding.check == name]
    assert bool(found) == (fires != "no"), found
    if fires in [*Severity]:
        assert max(found, key=lambda finding: finding.severity is Severity.ERROR).severity == fires, found
    for finding in found:
        for text, place in ((pair.source, finding.source), (pair.target, finding.target)):
            assert place is None or 0 <= place[0] < place[1] <= len(text)
        assert "\n" not in finding.message


def test_table_has_both_sides_of_every_check():
    rows = [line.split("\t")[:2] for line in CASES.read_text(encoding="utf-8").splitlines()[1:]]
    for name in CHECKS:
        assert sum(row[0] == name and row[1] != "no" for row in rows) >= 5, name
        assert rows.count([name, "no"]) >= 5, name
    assert {name for name, _ in rows} == {*CHECKS}


@pytest.mark.parametrize("each", CHECKS.values(), ids=CHECKS)
def test_manual(each: Check):
    first, blank, *rest = each.manual().split("\n")
    assert first.endswith(".")
    assert not blank
    assert rest
    assert each.summary() == first[:-1]
    assert len(first) <= 100


# Findings of an article


def test_findings_are_in_the_order_of_the_checks():
    bad = Pair("Le vote a eu lieu hier, dit le maire.", "the the vote took place yesterday , the mayor says")
    order = [finding.check for finding in check(bad)]
    assert order == sorted(order, key=list(CHECKS).index)
    assert {"doubled-words", "capitalisation", "punctuation", "spacing"} <= {*order}


def test_spelling_is_that_of_the_article():
    pairs = [Pair("La couleur", "The colour"), Pair("Le théâtre", "The theatre"), Pair("Le centre", "The center")]
    found = check_article(pairs)
    assert [[finding.message for finding in each] for each in found] == [
        [],
        [],
        ["“center” is American; write “centre”"],
    ]


def test_quotation_over_two_sentences_stays_open():
    first = _pair("« Nous irons jusqu'au bout. ", "“We will see it through.”")
    second = _pair("C'est promis », dit-elle.", "That is a promise,” she says.", "inside=1")
    assert [finding.check for finding in check_article([first, second])[0]] == ["quotations"]
    right = _pair("« Nous irons jusqu'au bout. ", "“We will see it through.")
    assert check_article([right, second])[0] == ()


def test_sentence_by_itself_may_end_inside_a_quotation():
    loose = Pair("« Nous irons jusqu'au bout », dit-elle.", "“We will see it through, she says.")
    article = _pair(loose.source, loose.target)
    assert [finding.severity for finding in check(loose) if finding.check == "quotations"] == [Severity.WARNING]
    assert [finding.severity for finding in check(article) if finding.check == "quotations"] == [Severity.ERROR]


def test_quotation_may_end_some_sentences_later():
    first = _pair("« Nous irons jusqu'au bout », dit-elle.", "“We will see it through, she says.")
    second = _pair("« C'est promis. »", "That is a promise.”")
    found = [finding for each in check_article([first, second]) for finding in each if finding.check == "quotations"]
    assert [finding.severity for finding in found] == [Severity.WARNING, Severity.WARNING]


def test_severity_of_a_project_holds_for_every_finding():
    pair = _pair("Le TGV s'arrête ici mardi.", "The train stops here.")
    assert {finding.severity for finding in check(pair)} == {Severity.WARNING}
    settings = Settings(severities={"entities": Severity.ERROR, "figures": Severity.ERROR})
    assert {finding.severity for finding in check(pair, settings)} == {Severity.ERROR}


def test_word_doubled_is_found_once():
    found = check(Pair("La ministre a répondu.", "The minister met the the press."))
    assert [finding.message for finding in found if finding.check == "doubled-words"] == ["“the the”"]


@pytest.mark.parametrize("name", ["terms", "forbidden-terms"])
def test_built_in_glossary_only_warns(name):
    own = [
        Entry("marché public", "public contract", pos="noun"),
        Entry("marché public", "public market", EntryKind.FORBIDDEN, pos="noun"),
    ]
    built_in = [replace(entry, file=str(builtins()["business-and-finance"]), line=9) for entry in own]
    source, target = "La ville attribue un marché public.", "The town awards a public market."
    severities = []
    for entries in (own, built_in, [own[0], built_in[1]]):
        matcher = match.compile(entries)
        pair = Pair(source, target, spans=term_spans(source, matcher), matches=tuple(matcher.find(source)))
        severities.append([finding.severity for finding in check(pair) if finding.check == name])
    own_word = Severity.ERROR if name == "terms" else Severity.WARNING
    assert severities == [[Severity.ERROR], [Severity.WARNING], [own_word]]


@pytest.mark.parametrize(("english", "terms"), [("Nato met.", 0), ("NATO met.", 0), ("The nato met.", 1)])
def test_an_acronym_may_be_written_as_a_word(english, terms):
    entry = Entry("OTAN", "NATO", case="exact", file=str(builtins()["acronyms"]), line=9)
    matcher = match.compile([entry])
    source = "L'OTAN s'est réunie."
    pair = Pair(source, english, spans=term_spans(source, matcher), matches=tuple(matcher.find(source)))
    assert len([finding for finding in check(pair) if finding.check == "terms"]) == terms


def test_kept_words_are_not_untranslated():
    source, target = "Il parle d'une prise de conscience.", "He speaks of a prise de conscience."
    assert [finding.check for finding in check(Pair(source, target))] == ["untranslated"]
    start = target.index("prise")
    assert check(Pair(source, target, kept=((start, start + len("prise de conscience")),))) == ()


def test_part_of_a_sentence_has_no_start_and_no_end():
    assert check(Pair("Et le maire.", "and the mayor", whole=False)) == ()


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("très très bien", "very very good", False),
        ("Il a tout dit", "He said said it all", True),
        ("Il avait eu", "He had had", False),
        ("Oui", "Yes yes yes", True),
        ("Oui", " ".join(f"word{n}" for n in range(20)), True),
    ],
)
def test_loops(source, target, expected):
    assert loops(source, target) is expected


_TEXT = st.text(st.sampled_from("aéT .,?!«»“”\"'’()[]1,%\u00a0\u202f*_`<b>&;:@#{}-"), max_size=60)


@given(_TEXT, _TEXT)
def test_any_text_can_be_checked(source, target):
    for finding in check(Pair(source, target)):
        for text, place in ((source, finding.source), (target, finding.target)):
            assert place is None or 0 <= place[0] <= place[1] <= len(text)


_PIECES = ["« ", "(", "a", "“x” ", "l'", "1 000 ", "*x ", "<b>", "the ", "[", "`", "é, ", "a ,b", "x.\n", "[a] « b » "]


@pytest.mark.parametrize("piece", _PIECES)
def test_long_texts_are_no_trap(piece):
    text = piece * (20_000 // len(piece))
    assert isinstance(check(Pair(text, text)), tuple)


# Settings


def _settings(tmp_path: Path, text: str) -> Settings:
    path = tmp_path / "dragoman.toml"
    path.write_text(text, encoding="utf-8")
    return read_settings(path)


def test_settings(tmp_path):
    settings = _settings(
        tmp_path,
        '[check]\nlocale = "en-GB"\ndisable = ["doubled-words"]\n'
        '[check.severity]\nspacing = "error"\n[check.length]\ndeviations = 1\n',
    )
    pair = Pair("Le vote a eu lieu , dit-il.", "The the vote took place , he says.")
    assert [(f.check, f.severity) for f in check(pair, settings) if f.check in ("doubled-words", "spacing")] == [
        ("spacing", Severity.ERROR)
    ]
    short = Pair("Le maire de la commune est parti ce matin.", "The mayor left this morning.")
    assert check(short) == ()
    assert [finding.check for finding in check(short, settings)] == ["length"]
    assert [f.check for f in check(Pair("Le centre", "The center"), settings)] == ["spelling"]


def test_no_table(tmp_path):
    assert _settings(tmp_path, "") == Settings()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("check = 1", "check is not a table; write [check]"),
        ('[check]\ndisable = ["speling"]', "disable names no check: 'speling'; did you mean spelling"),
        ('[check]\ndisable = "spelling"', "disable is not a list"),
        ('[check.severity]\nspacng = "error"', "names no check: 'spacng'; did you mean spacing?"),
        ('[check.severity]\nspacing = "info"', 'spacing is neither "error" nor "warning"'),
        ("[check]\nseverity = 1", "check.severity is not a table"),
        ("[check.length]\nshortest = 1", "[check.length] has no threshold 'shortest'; there are: deviations"),
        ('[check.length]\ndeviations = "3"', "deviations is not a number; write deviations = 3.2"),
        ("[check]\nlength = 3", "check.length is not a table"),
        ("[check.spacing]\nx = 1", "the check spacing has no thresholds"),
        ("[check]\ndisabel = []", "[check] has no setting 'disabel'; did you mean disable?"),
        ('[check]\nlocale = "fr"', "locale is neither en-US nor en-GB"),
        ("[check", "Expected"),
    ],
)
def test_wrong_settings(tmp_path, text, message):
    with pytest.raises(DragomanError) as error:
        _settings(tmp_path, text)
    assert message in str(error.value)
    assert str(tmp_path) in str(error.value)
    assert "\n" not in str(error.value)


def test_settings_that_cannot_be_read(tmp_path):
    with pytest.raises(DragomanError, match="cannot be read"):
        read_settings(tmp_path / "none.toml")
    path = tmp_path / "dragoman.toml"
    path.write_bytes(b"\xff")
    with pytest.raises(DragomanError, match="save it as UTF-8"):
        read_settings(path)

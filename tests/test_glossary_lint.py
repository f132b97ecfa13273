import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.check.finding import Severity
from dragoman.glossary import findings as reports
from dragoman.glossary import lint as linter
from dragoman.glossary import table as tables
from dragoman.glossary.spelling import Spelling, varieties, variety
from glossary_entries import entries


def parse(*rows, header="source,target,kind,pos,plural", name="g.csv"):
    return tables.parse("\n".join([header, *rows, ""]).encode(), name)


def found(*glossaries):
    return [(f.check, f.file, f.line, f.column) for f in linter.lint(glossaries)]


# Rows with one thing wrong, by check: where it is, as line and column.
WRONG = [
    ("row", ["eau,,,,"], (2, 5)),
    ("row", ["eau,water,keeep,,"], (2, 11)),
    ("spaces", ["eau ,water,,,"], (2, 1)),
    ("spaces", ["eau,tap  water,,,"], (2, 5)),
    ("spaces", ["eau\u00a0douce,fresh water,,,"], (2, 1)),
    ("characters", ["prise d’otage,hostage-taking,,,"], (2, 1)),
    ("characters", ["e\u0301tat,state,,,"], (2, 1)),
    ("capitals", ["eau,water,,Noun,"], (2, 12)),
    ("pos", ["eau,water,,substantive,"], (2, 12)),
    ("duplicate", ["eau,water,,,", '"eau","water",,,'], (3, 1)),
    ("duplicate", ["chiffre d'affaires,revenue,,,", "Chiffre d'affaires,revenue,admitted,,"], (3, 1)),
    ("conflict", ["audience,hearing,,,", "audience,session,,,"], (3, 10)),
    ("conflict", ["audience,hearing,,,", "audience,hearing,forbidden,,"], (3, 10)),
    ("conflict", ["Élysée,Élysée,keep,,", "Élysée,presidential palace,,,"], (3, 8)),
    ("admitted", ["audience,session,admitted,,"], (2, 18)),
    ("never-found", ["« parquet »,prosecutors,,,"], (2, 1)),
    ("never-found", ["parquet :,prosecutors,,,"], (2, 1)),
    ("shadowed", ["Maison Blanche,White House,,,", "Maison-Blanche,White House,,,"], (3, 1)),
    ("article", ["le parquet,prosecutors,,,"], (2, 1)),
    ("article", ["l'enquête,inquiry,,noun,"], (2, 1)),
    ("spelling", ["a1,labor,,,", "b2,color,,,", "c3,defence budget,,,"], (4, 4)),
    ("identical", ["surveillance,surveillance,,,"], (2, 14)),
    ("reversed", ["board of directors,conseil d'administration,,phrase,"], (2, 1)),
    ("reversed", ["hearing,procès,,,"], (2, 1)),
    ("reversed", ["rule of law,Rechtsstaat,,,"], (2, 1)),
    ("length", ["rebond,a rise of prices that follows a fall and lasts for a short time only,,,"], (2, 8)),
    ("plural", ["coup d'État,coup d'état,,,"], (2, 13)),
    ("plural", ["coût par clic,cost per click,,noun,"], (2, 15)),
]

RIGHT = [
    "conseil d'administration,board of directors,,noun,",
    "procureur général,attorney general,,noun,",
    "général de division,major general,,noun,",
    "coup d'État,coup d'état,,noun,coups d'état",
    "surveillance,surveillance,,noun,surveillance",
    "Élysée,Élysée,keep,name,",
    "Le Monde,Le Monde,keep,name,",
    "La Rochelle,La Rochelle,keep,name,",
    "le cas échéant,if need be,,phrase,",
    "audience,hearing,,noun,\naudience,session,admitted,noun,\naudience,audience,forbidden,noun,",
    "SMIC,minimum wage,,abbreviation,",
    "motion de censure,no-confidence motion,,noun,",
    "5G,5G,keep,,",
    "start-up,startup,,noun,",
    "Conseil d'État,Council of State,,name,",
    "garde à vue,police custody,,noun,police custody",
    "Organisation mondiale de la santé,World Health Organization,,name,",
    "parti travailliste,Labour Party,,name,\ncouleur,color,,noun,",
    "bruit,noise,,noun,\nconseil,advice,,noun,\ncouleur,color,,noun,\nprix,prize,,noun,",
    "Graubünden,Grisons,,name,",
    "médecin légiste,coroner,,noun,",
    "conseil,council,,noun,\nconseils,advice,,noun,",
    "à huis clos,behind closed doors,,adverb,",
    "chaîne d'information en continu,news channel,,noun,",
]


@pytest.mark.parametrize(("check", "rows", "place"), WRONG)
def test_what_is_wrong_is_found_in_its_place(check, rows, place):
    assert (check, "g.csv", *place) in found(parse(*rows))


@pytest.mark.parametrize(("check", "rows"), [(check, rows) for check, rows, _ in WRONG])
def test_nothing_else_is_found_there(check, rows):
    assert {other for other, *_ in found(parse(*rows))} == {check}


@pytest.mark.parametrize("rows", RIGHT)
def test_what_is_right_is_let_pass(rows):
    assert found(parse(rows)) == []


def test_every_check_has_a_case():
    values = {"value", "example"}  # below
    assert {check.id for check in linter.CHECKS} == {check for check, _, _ in WRONG} | values


@pytest.mark.parametrize(
    ("column", "text"),
    [("case", "strict"), ("status", "ok"), ("added", "24/11/2026"), ("added", "2026-02-30"), ("added", "20261124")],
)
def test_values_that_mean_nothing(column, text):
    assert found(parse(f"eau,water,{text}", header=f"source,target,{column}")) == [("value", "g.csv", 2, 11)]


def test_an_example_has_the_term_in_any_form():
    header = "source,target,example"
    assert found(parse("conseil,council,Les conseils se sont réunis lundi.", header=header)) == []
    assert found(parse("conseil,council,La réunion a eu lieu lundi.", header=header)) == [("example", "g.csv", 2, 17)]
    glossary = parse("conseil,council,Le conseil régional vote.", "conseil régional,regional council,", header=header)
    (finding,) = linter.lint([glossary])
    assert (finding.check, finding.line) == ("example", 2)
    assert "'conseil régional', of g.csv:3" in finding.message


def test_files_are_compared_with_each_other():
    a = parse("audience,hearing,,noun,", "parquet,prosecutors,,noun,", name="a.csv")
    b = parse("audience,session,,noun,", "parquet,prosecutors,,noun,", name="b.csv")
    assert found(a) == found(b) == []
    assert found(a, b) == [("conflict", "b.csv", 2, 10), ("duplicate", "b.csv", 3, 1)]


def test_acronyms_differ_from_words_by_their_case():
    header = "source,target,case"
    assert found(parse("SIDA,AIDS,exact", "Sida,AIDS,exact", header=header)) == []
    assert ("duplicate", "g.csv", 3, 1) in found(parse("sida,AIDS,", "Sida,AIDS,", header=header))


def test_proposals_do_not_contradict_what_is_in_force():
    rows = ["audience,hearing,approved", "audience,session,proposed", "parquet,,proposed"]
    assert found(parse(*rows, header="source,target,status")) == []


def test_fix_corrects_what_is_safe_and_nothing_else():
    glossary = parse(
        'prise d’otage , hostage-taking,, Noun,"a  b\n c "',
        '"eau","water",,,',
        'eau,water,,,""',
        "audience,,,,",
        "motion,motion  ,Keep,,",
        header="source,target,kind,pos,note",
    )
    assert tables.serialise(linter.fix(glossary)).decode() == (
        "source,target,kind,pos,note\n"
        'prise d\'otage,hostage-taking,,noun,"a b\n c"\n'
        '"eau","water",,,\n'
        "audience,,,,\n"
        "motion,motion,keep,,\n"
    )


@given(st.lists(entries(), max_size=6))
@settings(max_examples=40, deadline=None)
def test_fix_needs_no_second_round(given_entries):
    fixed = linter.fix(tables.of_entries(given_entries, "g.csv"))
    again = tables.parse(tables.serialise(fixed), "g.csv")
    assert linter.fix(again) == again
    ids = {check.id for check in linter.CHECKS if isinstance(check, linter.CellCheck)}
    assert not {check for check, *_ in found(again)} & ids


@given(st.lists(entries(), max_size=6))
@settings(max_examples=40, deadline=None)
def test_lint_never_fails(given_entries):
    for finding in linter.lint([tables.of_entries(given_entries, "g.csv")]):
        assert "\n" not in finding.message


def test_manuals_are_the_docstrings():
    for check in linter.CHECKS:
        first, _, rest = linter.manual(check).partition("\n\n")
        assert "\n" not in first
        assert first.endswith(".")
        assert len(rest) > 40


FINDINGS = [
    linter.Finding("conflict", Severity.ERROR, "50 %: 'a,b'", "dir,1/g.csv", 3, 10),
    linter.Finding("spaces", Severity.WARNING, "<spaces>", "h.csv", 2, 1),
]


def test_text_has_places_that_editors_understand():
    assert reports.text(FINDINGS).splitlines()[0] == "dir,1/g.csv:3:10: error: 50 %: 'a,b' [conflict]"


def test_github_annotations_are_escaped():
    assert reports.github(FINDINGS) == (
        "::error file=dir%2C1/g.csv,line=3,col=10,title=conflict::50 %25: 'a,b'\n"
        "::warning file=h.csv,line=2,col=1,title=spaces::<spaces>\n"
    )


def test_json_counts_and_lists():
    data = json.loads(reports.as_json(FINDINGS))
    assert (data["errors"], data["warnings"]) == (1, 1)
    assert data["findings"][1] == {
        "check": "spaces",
        "severity": "warning",
        "message": "<spaces>",
        "file": "h.csv",
        "line": 2,
        "column": 1,
    }


@pytest.mark.parametrize(("failing", "failures"), [({Severity.ERROR}, [1, 0, 0]), (set(Severity), [1, 1, 0])])
def test_junit_has_a_test_for_each_check_and_file(failing, failures):
    root = ET.fromstring(reports.junit(FINDINGS, ["dir,1/g.csv", "h.csv", "i.csv"], failing))
    assert [int(suite.get("failures")) for suite in root] == failures
    assert {int(suite.get("tests")) for suite in root} == {len(linter.CHECKS)} == {len(suite) for suite in root}
    assert "h.csv:2:1: warning: <spaces> [spaces]" in "".join(root[1].itertext())


@pytest.mark.parametrize(
    ("british", "american"),
    [
        tuple(pair.split("/"))
        for pair in (
            "colour/color neighbourhoods/neighborhoods behavioural/behavioral favourite/favorite centre/center"
            " fibre/fiber centred/centered theatregoers/theatergoers organise/organize privatisation/privatization"
            " analysed/analyzed catalogue/catalog defence/defense travelled/traveled counsellor/counselor"
            " fulfil/fulfill enrolment/enrollment skilful/skillful anaesthetist/anesthetist leukaemia/leukemia"
            " haemorrhage/hemorrhage paediatric/pediatric gynaecologist/gynecologist foetal/fetal oestrogen/estrogen"
            " manoeuvred/maneuvered aluminium/aluminum grey/gray ageing/aging cosy/cozy plough/plow sceptical/skeptical"
            " mould/mold kilometres/kilometers"
        ).split()
    ],
)
def test_spellings_in_pairs(british, american):
    assert variety(british) == (Spelling.GB, american)
    assert variety(american) == (Spelling.US, british)


@pytest.mark.parametrize(
    "word",
    (
        "advertise unsupervised promised enterprise expertise rise raise noise otherwise sunrise exercise televised"
        " size prize seized downsizing citizen analyses hour tour four contour honorary humorous laboratory coloration"
        " actor error meter center-left literal paper number program license practice tire check curb"
        " model install dialogue pedestrian fetish series police premises franchise precise revised"
    ).split(),
)
def test_words_that_are_spelled_alike(word):
    assert variety(word) is None


@pytest.mark.parametrize(
    ("word", "american"),
    [
        ("programme", "program"),
        ("licence", "license"),
        ("practised", "practiced"),
        ("cheques", "checks"),
        ("tyre", "tire"),
    ],
)
def test_words_that_are_british_only(word, american):
    assert variety(word) == (Spelling.GB, american)


def test_names_keep_their_spelling():
    assert [word for _, word, _, _ in varieties("Labour Party's labour policy, a Centre for defense")] == [
        "labour",
        "defense",
    ]


def test_the_first_word_of_a_sentence_is_no_name():
    text = "Travelers wait. “Neighbors saw it.” Labor wins. Organized Crime, a novel. By Travelers"
    assert [(at, word, other) for at, word, _, other in varieties(text)] == [
        (0, "Travelers", "Travellers"),
        (17, "Neighbors", "Neighbours"),
    ]


def test_the_built_in_glossaries_are_without_errors():
    from dragoman.glossary.resolve import builtins

    glossaries = [tables.read(path) for path in builtins().values()]
    assert glossaries
    assert [f for f in linter.lint(glossaries) if f.severity is Severity.ERROR] == []
    for table in glossaries:
        assert tables.serialise(tables.formatted(table)) == Path(table.name).read_bytes()

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dragoman.glossary import table as tables
from dragoman.glossary.entry import Entry, EntryKind
from dragoman.glossary.merge import Side, diff, merge
from glossary_entries import entries

AUDIENCE = Entry("audience", "hearing", domain="justice", status="approved", added="2026-11-24")


def table(*given_entries):
    return tables.of_entries(given_entries, "ours.csv")


@given(st.lists(entries(), max_size=6), st.randoms())
@settings(max_examples=40, deadline=None)
def test_a_glossary_differs_from_itself_in_nothing(given_entries, random):
    shuffled = list(given_entries)
    random.shuffle(shuffled)
    assert diff(given_entries, given_entries) == []
    # Entries that are the same but for their texts may be paired otherwise; none is lost or invented.
    assert all(change.old and change.new for change in diff(given_entries, shuffled))


@given(st.lists(entries(), max_size=6), st.lists(entries(), max_size=6))
@settings(max_examples=40, deadline=None)
def test_a_diff_accounts_for_every_entry(old, new):
    changes = diff(old, new)
    gone = [change.old for change in changes if change.old]
    come = [change.new for change in changes if change.new]
    kept = list(old)
    for entry in gone:
        kept.remove(entry)
    assert sorted(map(hash, [*kept, *come])) == sorted(map(hash, new))


def test_a_diff_tells_what_changed():
    old = [AUDIENCE, Entry("parquet", "floor"), Entry("SMIC", "minimum wage")]
    new = [
        Entry("audience", "hearing", domain="justice", status="approved", added="2026-11-24", note="court"),
        Entry("parquet", "prosecutors"),
        Entry("magistrat", "magistrate"),
    ]
    changes = [(c.old and c.old.target, c.new and c.new.target, c.columns) for c in diff(old, new)]
    assert changes == [
        ("hearing", "hearing", ["note"]),
        (None, "magistrate", []),
        ("floor", "prosecutors", ["target"]),
        ("minimum wage", None, []),
    ]


def test_a_merge_adds_and_completes():
    theirs = [
        Entry("audience", "hearing", note="court", status="approved", added="2025-01-31", extra=(("owner", "Ana"),)),
        Entry("audience", "session", EntryKind.ADMITTED),
        Entry("audience", "audience", EntryKind.FORBIDDEN),
        Entry("parquet", "prosecutors"),
    ]
    merged = merge(table(AUDIENCE, Entry("zone", "area")), theirs)
    assert merged.conflicts == ()
    assert (merged.added, merged.completed) == (3, 1)
    assert merged.table.entries == [
        Entry(
            "audience",
            "hearing",
            domain="justice",
            note="court",
            status="approved",
            added="2025-01-31",
            extra=(("owner", "Ana"),),
        ),
        *theirs[1:],
        Entry("zone", "area"),
    ]


@pytest.mark.parametrize(
    ("theirs", "column"),
    [
        (Entry("audience", "session", domain="media"), "target"),
        (Entry("audience", "audience", EntryKind.KEEP), "target"),
        (Entry("audience", "hearing", EntryKind.FORBIDDEN), "kind"),
        (Entry("audience", "hearing", domain="media"), "domain"),
        (Entry("audience", "hearing", status="rejected"), "status"),
        (Entry("audience", "hearing", case="exact"), "case"),
    ],
)
def test_contradictions_are_conflicts_that_a_side_decides(theirs, column):
    ours = table(AUDIENCE)
    merged = merge(ours, [theirs])
    assert [(c.ours, c.theirs, c.column) for c in merged.conflicts] == [(AUDIENCE, theirs, column)]
    assert merge(ours, [theirs], Side.OURS).table.entries == [AUDIENCE]
    (entry,) = merge(ours, [theirs], Side.THEIRS).table.entries
    assert entry.cell(column) == theirs.cell(column)
    assert entry.added == AUDIENCE.added


def test_a_plural_goes_with_its_target():
    ours = Entry("conseil", "board of directors", plural="boards of directors", note="in firms")
    merged = merge(table(ours), [Entry("conseil", "council")], Side.THEIRS)
    assert merged.table.entries == [Entry("conseil", "council", note="in firms")]


def test_a_proposal_gives_way():
    proposal = Entry("audience", "hearing", domain="justice", status="proposed")
    assert merge(table(AUDIENCE), [proposal]).table.entries == [AUDIENCE]
    assert merge(table(proposal), [AUDIENCE]).table.entries == [AUDIENCE]
    other = Entry("audience", "session", status="proposed")
    merged = merge(table(AUDIENCE), [other])
    assert merged.conflicts == ()
    assert merged.table.entries == [AUDIENCE, other]


def test_acronyms_that_differ_in_case_are_two_entries():
    ours = [Entry("SIDA", "AIDS", case="exact"), Entry("Sida", "AIDS", case="exact")]
    assert merge(table(*ours), ours).table.entries == ours
    assert merge(table(ours[0]), [ours[1]]).table.entries == ours


@given(st.lists(entries(), max_size=6), st.lists(entries(), max_size=6))
@example([Entry("audience", "0"), Entry("audience", "0", added="2026-11-24")], [])
@settings(max_examples=40, deadline=None)
def test_no_pair_is_lost_in_a_merge(ours, theirs):
    merged = merge(table(*ours), theirs)
    lost = {(c.theirs.source, c.theirs.target) for c in merged.conflicts}
    pairs = {(normal_pair(e.source), normal_pair(e.target)) for e in merged.table.entries}
    for entry in [*ours, *theirs]:
        if (entry.source, entry.target) not in lost:
            assert (normal_pair(entry.source), normal_pair(entry.target)) in pairs
    assert [row.cells for row in merge(merged.table, merged.table.entries).table.rows] == [
        row.cells for row in merged.table.rows
    ]


def normal_pair(text):
    from dragoman.glossary.entry import normal

    return normal(text).casefold()

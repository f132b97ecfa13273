"""Hypothesis strategies for the entries of glossaries."""

from hypothesis import strategies as st

from dragoman.glossary.entry import Entry, EntryKind

# What breaks careless readers: separators, quotation marks, line breaks, formulas, accents, no-break spaces, markup.
_CHARACTERS = st.sampled_from("abeéÉœz 'ʼ’\u00a0,;\t\n\"=+-@#<>&]%\\/()0.“«\u202f👍")
texts = st.text(_CHARACTERS, max_size=12)
words = texts.filter(str.strip)
lines = st.text(_CHARACTERS.filter(lambda char: char not in "\t\n"), max_size=12)


@st.composite
def entries(draw, words=words, texts=texts):
    # Few sources, so that some entries have the same one.
    source = draw(st.sampled_from(["audience", "mise en examen", "=IA", "l'été, fin"]) | words)
    status = draw(st.sampled_from(["", "approved", "proposed", "rejected", "draft"]))
    target = draw(words if status in ("", "approved", "draft") else texts)
    columns = draw(st.dictionaries(st.sampled_from(["owner", "ticket no.", "Büro"]), texts.filter(bool), max_size=2))
    return Entry(
        source=source,
        target=target,
        kind=draw(st.sampled_from(list(EntryKind))),
        pos=draw(st.sampled_from(["", "noun", "name", "phrase", "abbreviation", "properNoun", "other"]) | texts),
        domain=draw(st.sampled_from(["", "justice"]) | texts),
        case=draw(st.sampled_from(["", "exact"])),
        plural=draw(texts),
        first=draw(texts),
        note=draw(texts),
        example=draw(texts),
        status=status,
        added=draw(st.sampled_from(["", "2026-11-24", "last year"])),
        extra=tuple(sorted(columns.items())),
    )

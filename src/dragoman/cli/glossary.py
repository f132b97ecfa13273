"""`dragoman glossary`: make, change, check, compare and convert glossaries, and find terms for them."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dragoman.cli.options import TargetLocale, Threads, say
from dragoman.errors import DragomanError
from dragoman.glossary.entry import (
    COLUMNS,
    PARTS_OF_SPEECH,
    STATUSES,
    Entry,
    EntryKind,
    entry_of,
    exact_sources,
    fold,
    normal,
    source_key,
)
from dragoman.glossary.formats import Form
from dragoman.glossary.merge import Side

if TYPE_CHECKING:
    from dragoman.glossary.match import Matcher
    from dragoman.glossary.merge import Conflict, Merged
    from dragoman.glossary.table import Table

app = typer.Typer(
    rich_markup_mode=None,
    help="Make, change, check, compare and convert glossaries, and find terms for them.",
    no_args_is_help=True,
)


class CoverageFormat(StrEnum):
    """What `coverage --format` takes."""

    TEXT = "text"
    JSON = "json"


class ReportFormat(StrEnum):
    """What `lint --format` takes."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"
    JUNIT = "junit"


_File = Annotated[Path, typer.Argument(metavar="GLOSSARY", help="A CSV or TSV file.")]
_Files = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[GLOSSARY]...",
        help="Files, or names of built-in glossaries; if none is given, those that apply in this folder.",
    ),
]
_Source = Annotated[str, typer.Argument(metavar="SOURCE", help="The French term.")]
_Target = Annotated[
    str | None, typer.Argument(metavar="[TARGET]", help="Its English form, if there are several entries.")
]
_Json = Annotated[bool, typer.Option("--json", help="Write JSON.")]
_Prefer = Annotated[
    Side | None,
    typer.Option("--prefer", help="Whose text to take where they contradict; else a conflict stops the command."),
]

_Articles = Annotated[
    list[Path], typer.Argument(metavar="FILE-OR-FOLDER...", help="French articles, and folders of them.")
]
_Glossaries = Annotated[
    list[str] | None,
    typer.Option(
        "--glossary",
        "-g",
        metavar="GLOSSARY",
        help="A file, or the name of a built-in glossary; may be repeated. If none is given, those that apply in this "
        "folder.",
    ),
]
_NoGlossary = Annotated[bool, typer.Option("--no-glossary", help="Leave out no term as known already.")]
_Review = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="FILE", help="A CSV or TSV file to make; standard output if not given."),
]
_Force = Annotated[bool, typer.Option("--force", help="Overwrite the output file if it is there.")]
_Model = Annotated[
    str,
    typer.Option("--model", metavar="MODEL", help="auto, bundled, the version of an installed package, or a path."),
]

_Kind = Annotated[EntryKind | None, typer.Option("--kind", help="What the entry says about the English form.")]
_Pos = Annotated[str | None, typer.Option("--pos", metavar="WORD", help=f"One of {', '.join(PARTS_OF_SPEECH)}.")]
_Domain = Annotated[str | None, typer.Option("--domain", metavar="WORD", help="The field: justice, finance.")]
_Case = Annotated[
    str | None, typer.Option("--case", metavar="exact", help="exact: the term is found in these capitals only.")
]
_Plural = Annotated[str | None, typer.Option("--plural", metavar="TEXT", help="The English plural, if irregular.")]
_First = Annotated[
    str | None, typer.Option("--first", metavar="TEXT", help="What to write at the first mention in an article.")
]
_Note = Annotated[str | None, typer.Option("--note", metavar="TEXT", help="Usage, or where the form comes from.")]
_Example = Annotated[str | None, typer.Option("--example", metavar="TEXT", help="A French sentence with the term.")]
_Status = Annotated[str | None, typer.Option("--status", metavar="WORD", help=f"One of {', '.join(STATUSES)}.")]
_Added = Annotated[str | None, typer.Option("--added", metavar="DATE", help="YYYY-MM-DD; of a new entry, today.")]
_Set = Annotated[
    list[str] | None, typer.Option("--set", metavar="COLUMN=TEXT", help="The text of any column, your own included.")
]


@app.command()
def new(
    file: _File,
    bom: Annotated[
        bool, typer.Option("--bom", help="Begin with a byte order mark, by which Excel knows that it is UTF-8.")
    ] = False,
) -> None:
    """Make an empty glossary, with all columns."""
    from dataclasses import replace

    from dragoman.glossary import table as tables

    if file.exists():
        raise DragomanError(f"{file}: is there already; name another file")
    tables.save(replace(_empty(file), bom=bom), file)
    typer.echo(f"made {file}")


@app.command()
def add(
    file: _File,
    source: _Source,
    target: Annotated[str, typer.Argument(metavar="TARGET", help="The English form.")],
    kind: _Kind = None,
    pos: _Pos = None,
    domain: _Domain = None,
    case: _Case = None,
    plural: _Plural = None,
    first: _First = None,
    note: _Note = None,
    example: _Example = None,
    status: _Status = None,
    added: _Added = None,
    more: _Set = None,
) -> None:
    """Add an entry: at its place if the glossary is sorted, else at the end.

    An entry that is there already, or contradicts one in the file, is refused. Those of other glossaries that it
    overrides are reported.
    """
    from datetime import UTC, datetime

    from dragoman.glossary import table as tables

    table = tables.read(file)
    texts = _texts(kind, pos, domain, case, plural, first, note, example, status, added, more)
    if added is None and "added" in table.columns:
        texts["added"] = datetime.now(UTC).astimezone().date().isoformat()
    entry = entry_of({"source": source, "target": target, **texts}, str(file))
    changed = tables.insert(table, [entry])
    _check(table, changed)
    tables.save(changed, file)
    typer.echo(f"added {_arrow(entry)}")
    _report_overridden(entry, file)


@app.command()
def edit(
    file: _File,
    source: _Source,
    target: _Target = None,
    new_source: Annotated[str | None, typer.Option("--source", metavar="TEXT", help="Another French term.")] = None,
    new_target: Annotated[str | None, typer.Option("--target", metavar="TEXT", help="Another English form.")] = None,
    kind: _Kind = None,
    pos: _Pos = None,
    domain: _Domain = None,
    case: _Case = None,
    plural: _Plural = None,
    first: _First = None,
    note: _Note = None,
    example: _Example = None,
    status: _Status = None,
    added: _Added = None,
    more: _Set = None,
) -> None:
    """Change an entry; an empty text empties the cell. The row stays where it is."""
    from dragoman.glossary import table as tables

    table = tables.read(file)
    texts = _texts(kind, pos, domain, case, plural, first, note, example, status, added, more)
    texts |= {c: text for c, text in (("source", new_source), ("target", new_target)) if text is not None}
    if not texts:
        raise DragomanError(f"{file}: nothing to change; give the columns: dragoman glossary edit --help")
    changed = tables.change(table, {_row(table, source, target): texts})
    _check(table, changed)
    tables.save(changed, file)
    typer.echo(f"changed {source}: {', '.join(texts)}" if changed != table else f"{source} is so already")


@app.command()
def remove(file: _File, source: _Source, target: _Target = None) -> None:
    """Remove an entry."""
    from dragoman.glossary import table as tables

    table = tables.read(file)
    index = _row(table, source, target)
    cells = dict(zip(table.columns, table.rows[index].cells, strict=False))
    tables.save(tables.remove(table, {index}), file)
    typer.echo(f"removed {cells['source']} → {cells['target']}")


@app.command()
def search(
    text: Annotated[str, typer.Argument(help="What to look for, in any column; accents and case don't matter.")],
    files: _Files = None,
    as_json: _Json = False,
) -> None:
    """List the entries in which a text occurs. Exit code 1: there are none."""
    wanted = fold(text)
    found = [
        entry
        for entries in _load(files).values()
        for entry in entries
        if any(wanted in fold(cell) for cell in entry.cells().values())
    ]
    _print_entries(found, as_json=as_json)
    if not found:
        say(f"{text!r} is in no glossary")
        raise typer.Exit(1)


@app.command()
def show(source: _Source, files: _Files = None, as_json: _Json = False) -> None:
    """Show all that the glossaries say about a term, the nearest first, and which of it is in force.

    Exit code 1: nothing.
    """
    from dragoman.glossary.resolve import combine

    glossaries = list(_load(files).values())
    key = normal(source).casefold()
    found = [entry for entries in glossaries for entry in entries if normal(entry.source).casefold() == key]
    in_force = set(map(id, combine(glossaries).entries))
    if as_json:
        typer.echo(
            json.dumps([_as_data(e) | {"in force": id(e) in in_force} for e in found], ensure_ascii=False, indent=2)
        )
    else:
        for number, entry in enumerate(found):
            typer.echo("\n" * bool(number) + f"{entry.place}{'' if id(entry) in in_force else ' (not in force)'}")
            for column, text in ({"source": "", "target": "", "kind": entry.kind.value} | entry.cells()).items():
                indented = text.replace("\n", "\n" + " " * 11)
                typer.echo(f"  {column + ':':<8} {indented}")
    if not found:
        say(f"{source!r} is in no glossary; look for a part of it with: dragoman glossary search")
        raise typer.Exit(1)


@app.command("list")
def list_(
    files: _Files = None,
    kind: _Kind = None,
    pos: _Pos = None,
    domain: _Domain = None,
    status: _Status = None,
    as_json: _Json = False,
) -> None:
    """List the entries, all or some of them. In a pipe the columns are separated by tabs."""
    wanted = _texts(kind, pos, domain, status=status)
    found = [
        entry
        for entries in _load(files).values()
        for entry in entries
        if all(entry.cell(column) == text for column, text in wanted.items())
    ]
    _print_entries(found, as_json=as_json)


@app.command()
def lint(
    files: Annotated[
        list[str] | None, typer.Argument(metavar="[GLOSSARY]...", help="Files, or names of built-in glossaries.")
    ] = None,
    fix: Annotated[bool, typer.Option("--fix", help="Correct what can be corrected safely.")] = False,
    report: Annotated[ReportFormat, typer.Option("--format", help="How to write the findings.")] = ReportFormat.TEXT,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 1 on warnings, too.")] = False,
    list_checks: Annotated[bool, typer.Option("--list", help="List the checks.")] = False,
    explain: Annotated[
        str | None, typer.Option("--explain", metavar="CHECK", help="Print the manual of a check.")
    ] = None,
) -> None:
    """Check glossaries, all of them together. Exit code 1: there are errors."""
    from dragoman.check.finding import Severity
    from dragoman.glossary import findings as reports
    from dragoman.glossary import lint as linter
    from dragoman.glossary import table as tables

    if list_checks or explain is not None:
        _print_checks(explain)
        return
    if not files:
        raise DragomanError("lint: no glossary is named; name files, or built-in ones")
    # What is corrected must be named by its path: the built-in glossaries are not the user's.
    glossaries = [tables.read(path) for path in (map(Path, files) if fix else _paths(files))]
    if fix:
        for number, table in enumerate(glossaries):
            fixed = linter.fix(table)
            if tables.serialise(fixed) != tables.serialise(table):
                tables.save(fixed, Path(table.name))
                say(f"corrected {table.name}")
                glossaries[number] = tables.read(Path(table.name))
    findings = linter.lint(glossaries)
    failing = set(Severity) if strict else {Severity.ERROR}
    names = [table.name for table in glossaries]
    written = {
        ReportFormat.TEXT: lambda: reports.text(findings),
        ReportFormat.JSON: lambda: reports.as_json(findings),
        ReportFormat.GITHUB: lambda: reports.github(findings),
        ReportFormat.JUNIT: lambda: reports.junit(findings, names, failing),
    }
    typer.echo(written[report](), nl=False)
    if any(finding.severity in failing for finding in findings):
        raise typer.Exit(1)


@app.command("format")
def format_(
    files: Annotated[list[Path], typer.Argument(metavar="GLOSSARY...", help="CSV or TSV files.")],
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit with 1 if a file is not in this form.")
    ] = False,
) -> None:
    """Bring glossaries into their canonical form.

    Sorted by source without regard to accents and case, preferred forms first; known columns before your own;
    separated by commas (.tsv: tabs); quoted where it must be; line ends LF. The texts stay as they are.
    """
    from dragoman.glossary import table as tables

    changed = []
    for file in files:
        table = tables.read(file)
        formatted = tables.formatted(table)
        if tables.serialise(formatted) != tables.serialise(table):
            changed.append(file)
            if not check:
                tables.save(formatted, file)
            typer.echo(f"{'to be formatted' if check else 'formatted'}: {file}")
    if check and changed:
        raise typer.Exit(1)


@app.command()
def diff(
    old: Annotated[Path, typer.Argument(metavar="A", help="The one glossary, in any format.")],
    new: Annotated[Path, typer.Argument(metavar="B", help="The other one.")],
    as_json: _Json = False,
) -> None:
    """Say which entries were added (+), removed (-) and changed (~) from A to B. Exit code 1: there are some."""
    from dragoman.glossary import formats
    from dragoman.glossary import merge as merging

    changes = merging.diff(*(formats.read(_path(path))[0].entries for path in (old, new)))
    if as_json:
        data = [
            {"old": c.old and _as_data(c.old), "new": c.new and _as_data(c.new), "columns": c.columns} for c in changes
        ]
        typer.echo(json.dumps(data, ensure_ascii=False, indent=2))
    else:
        for change in changes:
            if change.old and change.new:
                typer.echo(f"~ {_arrow(change.old)}")
                for column in change.columns:
                    typer.echo(f"    {column}: {change.old.cell(column)!r} → {change.new.cell(column)!r}")
            elif entry := change.old or change.new:
                typer.echo(f"{'-' if change.old else '+'} {_arrow(entry)}")
    if changes:
        raise typer.Exit(1)


@app.command()
def merge(
    ours: Annotated[Path, typer.Argument(metavar="OURS", help="The glossary that the others are put into.")],
    theirs: Annotated[list[Path], typer.Argument(metavar="THEIRS...", help="The others.")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write here instead of to standard output.")
    ] = None,
    prefer: _Prefer = None,
) -> None:
    """Put glossaries together: all entries of all of them, and all columns.

    An entry that several have gets the texts of all of them. Where two contradict each other nothing is written, and
    the exit code is 1, unless --prefer says whose text is right.
    """
    from dragoman.glossary import formats
    from dragoman.glossary import table as tables

    table = tables.read(ours)
    tables.refuse_faults(table)
    merged = _merged(table, [entry for path in theirs for entry in formats.read(_path(path))[0].entries], prefer)
    if output is None:
        sys.stdout.buffer.write(tables.serialise(merged.table))
    else:
        tables.save(merged.table, output)


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="TBX, XLSX, CSV, TSV, or of OmegaT or DeepL.")],
    glossary: Annotated[Path, typer.Argument(metavar="GLOSSARY", help="A CSV or TSV file; made if it isn't there.")],
    form: Annotated[Form | None, typer.Option("--format", help="Format of FILE, if its name doesn't tell.")] = None,
    prefer: _Prefer = None,
) -> None:
    """Put the entries of another program's file into a glossary, as `merge` does.

    Files named .utf8, .tab and .txt are taken for OmegaT's; for DeepL's give --format deepl. TBX and XLSX need the
    extra "formats": pip install 'dragoman[formats]'.
    """
    from dragoman.glossary import formats
    from dragoman.glossary import table as tables

    imported, notes = formats.read(file, form)
    for note in notes:
        say(f"{file}: {note}")
    table = tables.read(glossary) if glossary.exists() else _empty(glossary)
    tables.refuse_faults(table)
    tables.save(_merged(table, imported.entries, prefer).table, glossary)


@app.command()
def export(
    files: Annotated[list[str], typer.Argument(metavar="GLOSSARY...", help="Files, or names of built-in glossaries.")],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="Where to write.")],
    form: Annotated[Form | None, typer.Option("--format", help="Format of FILE, if its name doesn't tell.")] = None,
) -> None:
    """Write glossaries for another program: TBX, XLSX, CSV, TSV, or for OmegaT or DeepL.

    CSV, TSV, XLSX and TBX hold everything. OmegaT's form holds source, target and note, DeepL's source and target;
    what is left out is listed on standard error.
    """
    from dragoman.glossary import formats

    chosen = form or formats.form_of(output)
    entries = [entry for glossary in _load(files).values() for entry in glossary]
    formats.write(entries, output, chosen)
    for loss in formats.losses(entries, chosen):
        say(loss)
    typer.echo(f"wrote {output}")


@app.command()
def stats(files: _Files = None, as_json: _Json = False) -> None:
    """Count the entries by file, kind, part of speech, domain and status."""
    from collections import Counter

    glossaries = _load(files)
    entries = [entry for glossary in glossaries.values() for entry in glossary]
    counts: dict[str, Mapping[str, int]] = {
        "total": {"entries": len(entries), "sources": len({normal(entry.source) for entry in entries})},
        "file": {str(path): len(glossary) for path, glossary in glossaries.items()},
        "kind": dict(Counter(entry.kind.value for entry in entries).most_common()),
    }
    for column in ("pos", "domain", "status"):
        counts[column] = dict(Counter(entry.cell(column) or "(none)" for entry in entries).most_common())
    counts["with"] = {column: sum(1 for e in entries if e.cell(column)) for column in ("example", "note", "first")}
    if as_json:
        typer.echo(json.dumps(counts, ensure_ascii=False, indent=2))
        return
    rows = [(what, value, str(count)) for what, values in counts.items() for value, count in values.items()]
    _print_table(("what", "value", "entries"), rows)


@app.command("test")
def try_examples(
    files: _Files = None,
    model: _Model = "auto",
    to: Annotated[TargetLocale, typer.Option("--to", help="English to write.")] = TargetLocale.US,
    threads: Threads = 0,
    as_json: _Json = False,
) -> None:
    """Translate the examples of the entries, and say which terms don't come out. Exit code 1: there are some.

    The glossaries that are named apply together, and no others.
    """
    from functools import partial

    from dragoman.engine import ladder, packages
    from dragoman.engine.model import Model
    from dragoman.glossary import examples
    from dragoman.glossary.match import compile as compiled
    from dragoman.glossary.resolve import combine
    from dragoman.pipeline import translate

    entries = combine(list(_load(files).values())).entries
    tried = examples.articles(entries)
    if not tried:
        raise DragomanError("test: no entry has an example; add some: dragoman glossary edit --example")
    matcher = compiled(entries)
    engine = partial(ladder.translate, Model(packages.choose(model), threads=threads))
    if sys.stderr.isatty():
        say(f"translating {len(tried)} examples")
    done = translate([article for _, article in tried], engine, to, matchers=[matcher] * len(tried))
    outcomes = [
        examples.outcome(entry, matcher, article.blocks[0].text, translation.text())
        for (entry, article), translation in zip(tried, done, strict=True)
    ]
    wrong = [outcome for outcome in outcomes if outcome.fault]
    if as_json:
        rows = [{**_as_data(o.entry), "translation": o.translation, "fault": o.fault} for o in outcomes]
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        for outcome in wrong:
            typer.echo(f"{outcome.entry.place}: {_arrow(outcome.entry)}: {outcome.fault}: {outcome.translation}")
    say(f"examples: {len(tried)}, terms that come out: {len(tried) - len(wrong)} ({1 - len(wrong) / len(tried):.1%})")
    if wrong:
        raise typer.Exit(1)


@app.command()
def extract(
    files: _Articles,
    output: _Review = None,
    min_frequency: Annotated[
        int, typer.Option("--min-frequency", min=1, metavar="N", help="How often a term must occur.")
    ] = 2,
    top: Annotated[int | None, typer.Option("--top", min=1, metavar="N", help="Keep the best N only.")] = None,
    multiword: Annotated[bool, typer.Option("--multiword", help="Leave out single words, but for acronyms.")] = False,
    glossaries: _Glossaries = None,
    no_glossary: _NoGlossary = False,
    no_translate: Annotated[bool, typer.Option("--no-translate", help="Suggest no English forms.")] = False,
    model: _Model = "auto",
    threads: Threads = 0,
    force: _Force = False,
) -> None:
    """List candidate terms of French articles for review, the highest C-value first.

    What the glossaries have already is left out. The candidates have the status "proposed": review them, change it to
    "approved", and put them into a glossary with `dragoman glossary merge`. The column "name" marks what is written
    with capitals. Acronyms, and names of several words, get no suggestion.
    """
    from dragoman.engine import ladder, packages
    from dragoman.engine.model import Model
    from dragoman.glossary import extract as extracting

    _refuse_overwriting(output, force=force)
    covered = _covered(glossaries, no_glossary=no_glossary)
    articles = extracting.read_articles(files)
    texts = [(article.name, extracting.sentences_of(article)) for article in articles]
    found = extracting.extract(texts, covered, min_frequency=min_frequency)
    if multiword:
        found = [candidate for candidate in found if len(candidate.key) > 1 or candidate.acronym]
    found = found[:top]
    requests = [ladder.Request(candidate.term) for candidate in found if not candidate.opaque]
    targets = {}
    if requests and not no_translate:
        results = ladder.translate(Model(packages.choose(model), threads=threads), requests)
        targets = {request.text: result.text for request, result in zip(requests, results, strict=True)}
    _write_review(extracting.entries(found, targets), output)
    say(f"articles: {len(articles)}, candidates: {len(found)}")


@app.command()
def learn(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE...",
            help="TMX, XLIFF, TSV (French, tab, English), or text files with a sentence in each line: FRENCH ENGLISH.",
        ),
    ],
    output: _Review = None,
    min_together: Annotated[
        int, typer.Option("--min-cooccurrence", min=1, metavar="N", help="In how many sentence pairs both must be.")
    ] = 3,
    top: Annotated[int | None, typer.Option("--top", min=1, metavar="N", help="Keep the best N only.")] = None,
    multiword: Annotated[bool, typer.Option("--multiword", help="Leave out single words, but for acronyms.")] = False,
    glossaries: _Glossaries = None,
    no_glossary: _NoGlossary = False,
    force: _Force = False,
) -> None:
    """List candidate terms with their English forms from a bilingual corpus for review, the strongest pair first.

    The strength is the log-likelihood ratio of occurring in the same sentence pairs. TMX and XLIFF need the extra
    "formats": pip install 'dragoman[formats]'.
    """
    from dragoman.glossary import learn as learning

    _refuse_overwriting(output, force=force)
    covered = _covered(glossaries, no_glossary=no_glossary)
    pairs = learning.read_corpus(files)
    found = learning.learn(pairs, covered, min_together=min_together)
    if multiword:
        found = [pair for pair in found if len(pair.candidate.key) > 1 or pair.candidate.acronym]
    found = found[:top]
    _write_review(learning.entries(found), output)
    say(f"sentence pairs: {len(pairs)}, candidates: {len(found)}")


@app.command()
def coverage(
    files: _Articles,
    glossaries: _Glossaries = None,
    report: Annotated[CoverageFormat, typer.Option("--format", help="How to write the report.")] = CoverageFormat.TEXT,
) -> None:
    """Tell which entries occur in French articles, how often and where, and which never do."""
    from dragoman.glossary import coverage as covering
    from dragoman.glossary import extract as extracting
    from dragoman.glossary.resolve import combine

    entries = combine(list(_load(glossaries).values())).entries
    articles = extracting.read_articles(files)
    found = sorted(covering.coverage(entries, articles), key=lambda coverage: -coverage.total)
    used = sum(1 for coverage in found if coverage.total)
    if report is CoverageFormat.JSON:
        data = {
            "articles": len(articles),
            "entries": len(found),
            "used": used,
            "coverage": [{**_as_data(c.entry), "occurrences": c.total, "articles": c.counts} for c in found],
        }
        typer.echo(json.dumps(data, ensure_ascii=False, indent=2))
        return
    rows = [
        (
            c.entry.source,
            c.entry.target,
            str(c.total),
            ", ".join(f"{name} {count}" for name, count in c.counts.items()),
            f"{Path(c.entry.file).name}:{c.entry.line}",
        )
        for c in found
    ]
    _print_table(("source", "target", "occurrences", "articles", "place"), rows)
    share = f" ({used / len(found):.1%})" if found else ""
    say(f"articles: {len(articles)}, entries: {len(found)}, of which occur: {used}{share}")


def _covered(glossaries: Sequence[str] | None, *, no_glossary: bool) -> Matcher:
    """Return the terms that need no candidate: all of the glossaries, those that were rejected too."""
    from dragoman.glossary.match import compile as compiled

    if no_glossary:
        return compiled(())
    return compiled([entry for glossary in _load(glossaries).values() for entry in glossary])


def _refuse_overwriting(output: Path | None, *, force: bool) -> None:
    if output is None:
        return
    if output.suffix.lower() not in (".csv", ".tsv"):
        raise DragomanError(f"{output}: candidates are written as CSV or TSV; end the name in .csv or .tsv")
    if output.exists() and not force:
        raise DragomanError(f"{output}: is there already; name another file, or give --force")


def _write_review(entries: Sequence[Entry], output: Path | None) -> None:
    """Write candidates as a glossary file, in their order, to a file of its own or to standard output."""
    from dataclasses import replace

    from dragoman.glossary import table as tables

    table = tables.of_entries(entries, str(output))
    if output is None:
        sys.stdout.buffer.write(tables.serialise(table))
    else:
        tables.save(replace(table, delimiter="\t") if output.suffix.lower() == ".tsv" else table, output)


def _texts(
    kind: EntryKind | None = None,
    pos: str | None = None,
    domain: str | None = None,
    case: str | None = None,
    plural: str | None = None,
    first: str | None = None,
    note: str | None = None,
    example: str | None = None,
    status: str | None = None,
    added: str | None = None,
    more: Sequence[str] | None = None,
) -> dict[str, str]:
    """Return the texts that the options give, by column."""
    values = (kind, pos, domain, case, plural, first, note, example, status, added)
    texts = {column: str(text) for column, text in zip(COLUMNS[2:], values, strict=True) if text is not None}
    if kind is EntryKind.PREFERRED:
        texts["kind"] = ""
    for item in more or ():
        column, sign, text = item.partition("=")
        if not sign or not column.strip():
            raise DragomanError(f"--set {item}: is not COLUMN=TEXT")
        name = column.strip()
        texts[name.lower() if name.lower() in COLUMNS else name] = text
    return texts


def _empty(file: Path) -> Table:
    from dragoman.glossary import table as tables

    if file.suffix.lower() not in (".csv", ".tsv"):
        raise DragomanError(f"{file}: glossaries are CSV or TSV; end the name in .csv or .tsv")
    return tables.formatted(tables.of_entries([], str(file)))


def _path(path: Path) -> Path:
    from dragoman.glossary.resolve import locate

    return locate(str(path))


def _paths(files: Sequence[str] | None) -> list[Path]:
    """Return the glossaries that are named; if none is, those that apply in this folder, the nearest first."""
    from dragoman.glossary import resolve

    if files:
        return [resolve.locate(file) for file in files]
    path = resolve.find_project(Path.cwd())
    return resolve.paths((), resolve.read_project(path) if path else None)


def _load(files: Sequence[str] | None) -> dict[Path, list[Entry]]:
    from dragoman.glossary import table as tables

    return {path: tables.load(path) for path in _paths(files)}


def _row(table: Table, source: str, target: str | None) -> int:
    """Return the index of the row that has that source, and that target if one is given.

    Raises:
        DragomanError: There is none, or there are several.

    """
    from difflib import get_close_matches

    def same(cell: str, text: str) -> bool:
        return normal(cell).casefold() == normal(text).casefold()

    rows = [(i, dict(zip(table.columns, row.cells, strict=False))) for i, row in enumerate(table.rows) if not row.blank]
    found = [(i, cells) for i, cells in rows if same(cells["source"], source)]
    found = [(i, cells) for i, cells in found if normal(cells["source"]) == normal(source)] or found
    if not found:
        near = get_close_matches(source, {cells["source"] for _, cells in rows}, 3)
        raise DragomanError(
            f"{table.name}: no entry for {source!r}" + (f"; there are: {', '.join(near)}" if near else "")
        )
    if target is not None:
        found = [(i, cells) for i, cells in found if cells["target"] == target] or [
            (i, cells) for i, cells in found if same(cells["target"], target)
        ]
        if not found:
            raise DragomanError(f"{table.name}: {source!r} has no entry with {target!r}; see: dragoman glossary show")
    if len(found) > 1:
        targets = ", ".join(repr(cells["target"]) for _, cells in found)
        raise DragomanError(f"{table.name}: {source!r} has several entries; add the target: {targets}")
    return found[0][0]


def _check(before: Table, after: Table) -> None:
    """Refuse a change that makes a duplicate or a contradiction.

    Raises:
        DragomanError: It makes one.

    """
    from dragoman.glossary.resolve import combine

    def pairs(table: Table) -> dict[tuple[str, str], list[Entry]]:
        exact = exact_sources(table.entries)
        found: dict[tuple[str, str], list[Entry]] = {}
        for entry in table.entries:
            found.setdefault((source_key(entry, exact), normal(entry.target)), []).append(entry)
        return found

    known = pairs(before)
    for pair, entries in pairs(after).items():
        if len(entries) > max(1, len(known.get(pair, ()))):
            there = max(entries, key=lambda entry: entry.line)  # a new one has no line
            raise DragomanError(
                f"{there.place}: {_arrow(there)} is there already; change it with: dragoman glossary edit"
            )
    conflicts = combine([before.entries]).conflicts
    for conflict in combine([after.entries]).conflicts:
        if conflict not in conflicts:
            a, b = sorted((conflict.winner, conflict.loser), key=lambda entry: entry.line == 0)
            raise DragomanError(
                f"{a.place}: {_arrow(a)} contradicts {_arrow(b)}; edit or remove it, or make one of them admitted"
            )


def _report_overridden(entry: Entry, file: Path) -> None:
    """Tell which entries of other glossaries that apply beside a file contradict a new entry of it."""
    from dragoman.glossary import resolve
    from dragoman.glossary import table as tables

    try:
        project = resolve.find_project(file.parent)
        others = resolve.paths((), resolve.read_project(project) if project else None)
        loaded = [tables.load(path) for path in others if path.resolve() != file.resolve()]
    except DragomanError as error:
        say(f"not compared with the other glossaries: {error}")
        return
    for conflict in resolve.combine([[entry], *loaded]).conflicts:
        if conflict.winner == entry:
            say(f"where {file} is the nearer glossary it overrides {conflict.loser.place}: {_arrow(conflict.loser)}")


def _merged(table: Table, theirs: Sequence[Entry], prefer: Side | None) -> Merged:
    """Return the merged glossary, and report what happened; conflicts that nobody decides end the command."""
    from dragoman.glossary import merge as merging

    merged = merging.merge(table, theirs, prefer)
    for conflict in merged.conflicts:
        say(f"{_described(conflict)}{f'; took {prefer}' if prefer else ''}")
    if merged.conflicts and prefer is None:
        say(f"conflicts: {len(merged.conflicts)}; nothing was written; decide with --prefer ours or --prefer theirs")
        raise typer.Exit(1)
    say(f"new entries: {merged.added}, completed: {merged.completed}")
    return merged


def _described(conflict: Conflict) -> str:
    ours, theirs, column = conflict.ours, conflict.theirs, conflict.column
    a, b = (str(entry.kind) if column == "kind" else repr(entry.cell(column)) for entry in (ours, theirs))
    return f"{theirs.place}: {theirs.source}: {column} {b}, but {a} in {ours.place}"


def _print_checks(wanted: str | None) -> None:
    from dragoman.glossary import lint as linter

    checks = {check.id: check for check in linter.CHECKS}
    if wanted is None:
        rows = [(check.id, check.severity, linter.manual(check).splitlines()[0]) for check in linter.CHECKS]
        _print_table(("check", "severity", "fires when"), rows)
    elif wanted in checks:
        corrected = ", corrected by --fix" if isinstance(checks[wanted], linter.CellCheck) else ""
        typer.echo(f"{wanted} ({checks[wanted].severity}){corrected}\n\n{linter.manual(checks[wanted])}")
    else:
        raise DragomanError(f"--explain {wanted}: there is no such check; there are: {', '.join(checks)}")


def _arrow(entry: Entry) -> str:
    return f"{entry.source} → {entry.target}{f' ({entry.kind})' if entry.cell('kind') else ''}"


def _as_data(entry: Entry) -> dict[str, Any]:
    return {
        "file": entry.file,
        "line": entry.line,
        **{column: entry.cell(column) for column in COLUMNS},
        **dict(entry.extra),
    }


def _print_entries(entries: Sequence[Entry], *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps([_as_data(entry) for entry in entries], ensure_ascii=False, indent=2))
        return
    rows = [(e.source, e.target, e.cell("kind"), e.domain, f"{Path(e.file).name}:{e.line}") for e in entries]
    _print_table(("source", "target", "kind", "domain", "place"), rows)


def _print_table(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a table for people; in a pipe, a line for each row with tabs between the cells."""
    rows = [[" ".join(cell.split()) for cell in row] for row in rows]
    if not sys.stdout.isatty():
        for row in [titles, *rows]:
            typer.echo("\t".join(row))
        return
    from rich.console import Console
    from rich.table import Table as RichTable

    table = RichTable(box=None, pad_edge=False, header_style="bold")
    for title in titles:
        table.add_column(title, overflow="fold")
    for row in rows:
        table.add_row(*row)
    Console(markup=False, highlight=False).print(table)

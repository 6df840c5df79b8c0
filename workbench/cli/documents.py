"""Bringing documents in, listing, reading and searching them."""

import datetime as dt
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from workbench.cli.calls import REFUSED, Call, at_database, at_study, command
from workbench.cli.output import one_line, say, write_json, write_table

if TYPE_CHECKING:
    from workbench.services.importing import ImportResult
    from workbench.services.searching import Hit


def add_to(app: typer.Typer) -> None:
    command(app, "import")(import_files)
    command(app, "documents")(list_documents)
    command(app, "text", of_study=False)(text)
    command(app, "search")(search)


def import_files(
    call: Call,
    paths: Annotated[list[Path], typer.Argument(metavar="PATH", help="Files, folders and zips.")],
    source: Annotated[str, typer.Option(help="Label of the data source they belong to.")],
    kind: Annotated[
        str,
        typer.Option(
            help="Its kind: meeting report, interview, focus group, survey, register, publication, …"
        ),
    ],
    language: Annotated[
        str | None,
        typer.Option(help="en, nl, fr or another code of two letters; else guessed from the text."),
    ] = None,
    date: Annotated[
        dt.datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Date of all of them; else from the file or its name."),
    ] = None,
    text_column: Annotated[str | None, typer.Option(help="Tables: the column with the texts.")] = None,
    title_column: Annotated[str | None, typer.Option(help="Tables: the column with the titles.")] = None,
    changes: Annotated[
        Literal["accepted", "original"],
        typer.Option(help="Word: tracked changes as accepted, or the text as it was before them."),
    ] = "accepted",
    ocr: Annotated[
        bool, typer.Option("--ocr", help="PDF: let tesseract read pages that are pictures.")
    ] = False,
    also_withdrawn: Annotated[
        bool,
        typer.Option("--also-withdrawn", help="The lead: also texts that were withdrawn from the study."),
    ] = False,
    engine: Annotated[
        str | None,
        typer.Option(
            help="Where files are read: pool (all processors of this machine), or the address of a Dask "
            "cluster that you trust, tcp://… or tls://…; else one after the other."
        ),
    ] = None,
) -> None:
    """Read files, folders and zips into a data source.

    Each result is written when the document is safe on disk. What can't be read is refused with its
    reason, and the rest goes on; the exit status is then 3.
    """
    from workbench.services.importing import Wishes, import_paths

    day = None if date is None else date.date()
    wishes = Wishes(language, day, text_column, title_column, changes, ocr, also_withdrawn)
    counts: Counter[str] = Counter()
    with at_study(call) as (database, actor):
        for result in import_paths(
            database, actor, paths, source=source, kind=kind, wishes=wishes, at=engine, told=_tell_ready
        ):
            counts[result.status] += 1
            write_json(_result(result)) if call.json else _tell(result)
    say(", ".join(f"{counts[status]:,} {status}" for status in ("imported", "duplicate", "refused")))
    if counts["refused"]:
        raise typer.Exit(REFUSED)


def list_documents(call: Call) -> None:
    """List the documents of the study, by source and date."""
    from workbench.services import documents

    with at_study(call) as (engine, actor):
        listed = documents.list_documents(engine, actor)
    if call.json:
        write_json(
            [
                {
                    "document": d.id,
                    "title": d.title,
                    "source": d.source,
                    "kind": d.kind,
                    "date": d.date,
                    "language": d.language,
                    "characters": d.characters,
                    "sha256": d.sha256,
                    "words": d.words,
                    "version": d.version_id,
                }
                for d in listed
            ]
        )
        return
    write_table(
        ("document", "title", "source", "kind", "date", "language", "characters"),
        [(d.id, d.title, d.source, d.kind, d.date, d.language, d.characters) for d in listed],
    )
    say(f"{len(listed):,} documents")


def text(call: Call, document: Annotated[str, typer.Argument(help="Its id, or its title.")]) -> None:
    """Write the stored text of a document's current version, exactly as it is."""
    from workbench.services.documents import document_text

    with at_database(call) as engine:
        stored = document_text(engine, document)
    if call.json:
        write_json({"text": stored})
    else:
        # Past the text layer, which would turn line ends into those of the system.
        typer.echo(stored.encode(), nl=False)


def search(
    call: Call,
    query: Annotated[
        str, typer.Argument(help='Words, "phrases", begin*, lemma:, NEAR/5, OR, -not, speaker:, /pattern/, …')
    ],
    lemma: Annotated[bool, typer.Option("--lemma", help="Every word in all its forms.")] = False,
    source: Annotated[list[str] | None, typer.Option(help="Only this data source; may be repeated.")] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="At most so many places; else all.")] = None,
    relevance: Annotated[
        bool, typer.Option("--relevance", help="Documents that say most of it first, not by date.")
    ] = False,
) -> None:
    """Search all texts of the study, whatever their case and accents."""
    from workbench.services.searching import search_texts

    with at_study(call) as (engine, actor):
        found = search_texts(
            engine,
            actor,
            query,
            lemma=lemma,
            sources=source or (),
            order="relevance" if relevance else "date",
            number=limit,
        )
    if call.json:
        write_json([_hit(hit) for hit in found.hits])
        return
    for hit in found.hits:
        match = hit.match
        words = one_line(f"{match.left}[{match.quote}]{match.right}".strip())
        typer.echo(f"{one_line(hit.document.title)}, {match.start_char}: {words}")
    if found.total is None or found.total > len(found.hits):
        say(f"The first {len(found.hits):,} places")
    else:
        say(f"{found.total:,} places in {found.documents:,} of {found.of_documents:,} documents")


def _hit(hit: "Hit") -> dict[str, Any]:
    return {
        "document": hit.document.id,
        "title": hit.document.title,
        "source": hit.document.source,
        "date": hit.document.date,
        "speaker": hit.speaker,
        "start_char": hit.match.start_char,
        "end_char": hit.match.end_char,
        "quote": hit.match.quote,
        "left": hit.match.left,
        "right": hit.match.right,
    }


def _result(result: "ImportResult") -> dict[str, Any]:
    return {
        "path": result.path,
        "status": result.status,
        "document": result.document,
        "title": result.title,
        "characters": result.characters,
        "sections": result.sections,
        "turns": result.turns,
        "speakers": result.speakers,
        "date": result.date,
        "language": result.language,
        "warnings": result.warnings,
        "reason": result.reason,
    }


def _tell_ready(ready: int, of: int) -> None:
    if ready % 1_000 == 0 or ready == of:
        say(f"{ready:,} of {of:,} texts are ready to be searched")


def _tell(result: "ImportResult") -> None:
    told = [f"{result.status:<9}  {one_line(result.path)}"]
    if result.status == "imported":
        told.append(f"'{one_line(result.title)}', {result.characters:,} characters")
    told += [one_line(note) for note in (*result.warnings, result.reason or "") if note]
    typer.echo("; ".join(told))

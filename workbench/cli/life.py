"""The life of a document: its text corrected, approved, appraised, and withdrawn."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from corpus.errors import UserFacingError
from workbench.cli.calls import Call, InputFile, Out, at_study, command, make_group
from workbench.cli.leaving import leaving
from workbench.cli.output import one_line, say, write_json, write_table

if TYPE_CHECKING:
    from workbench.services.versions import Corrected
    from workbench.services.withdrawing import Consequence

DocumentName = Annotated[str, typer.Argument(help="Its id, or its title.")]
Reason = Annotated[str, typer.Option(help="Why; it stands in the log.")]


def add_to(app: typer.Typer) -> None:
    command(app, "correct")(correct)
    command(app, "versions")(list_versions)
    command(app, "withdraw")(withdraw)
    approvals = make_group(app, "Whether those who were there find a text right.", name="approvals")
    command(approvals, "list")(list_approvals)
    command(approvals, "add")(add_approval)
    appraisals = make_group(app, "What documents are worth as sources.", name="appraisals")
    command(appraisals, "write")(write_appraisal)
    command(appraisals, "export")(export_appraisals)


def correct(
    call: Call,
    document: DocumentName,
    file: InputFile,
    reason: Reason,
    look: Annotated[bool, typer.Option("--look", help="Tell what would change; store nothing.")] = False,
) -> None:
    """Store a corrected text as a new version of a document. Codings move along or are listed."""
    from workbench.services import versions
    from workbench.services.documents import document_named, list_documents

    new = versions.text_at(file)
    with at_study(call) as (engine, actor):
        found = document_named(list_documents(engine, actor), document)
        if look:
            done = versions.preview_correction(engine, actor, found.id, new)
        else:
            done = versions.correct_text(engine, actor, found.id, new, reason=reason)
    if call.json:
        write_json(_corrected(done))
        return
    for lost in done.unplaced:
        typer.echo(f"no place: '{one_line(lost.quote)}' ({lost.code}, {lost.coder}): {lost.why}")
    what = "would change" if look else "changed"
    say(
        f"Version {done.number} of '{done.title}': {done.n_edits:,} places {what}, {done.moved:,} codings "
        f"go along, {len(done.unplaced):,} have no place, {done.found_again:,} are found again."
    )


def list_versions(call: Call, document: DocumentName) -> None:
    """The versions of a document's text, and the codings that have no place in the present one."""
    from workbench.services import versions
    from workbench.services.documents import document_named, list_documents

    with at_study(call) as (engine, actor):
        found = document_named(list_documents(engine, actor), document)
        listed = versions.versions_of(engine, actor, found.id)
        waiting = versions.unplaced_of(engine, actor, found.id)
    if call.json:
        write_json(
            {
                "versions": [asdict(version) for version in listed],
                "unplaced": [
                    {
                        "id": line.coding.id,
                        "coder": line.coding.coder,
                        "code": line.code,
                        "quote": line.coding.quote,
                        "memo": line.coding.memo,
                        "why": line.why,
                        "number": line.coding.number,
                        "at": line.at,
                    }
                    for line in waiting
                ],
            }
        )
        return
    write_table(
        ("version", "how", "when", "by", "words", "reason"),
        [(v.number, v.kind, v.at[:16].replace("T", " "), v.by, v.words, v.reason) for v in listed],
    )
    for line in waiting:
        typer.echo(
            f"no place: '{one_line(line.coding.quote)}' ({line.code}, {line.coding.coder}): {line.why}"
        )


def withdraw(
    call: Call,
    reason: Reason,
    document: Annotated[str | None, typer.Option(help="Id or title of a document.")] = None,
    speaker: Annotated[
        str | None, typer.Option(help="Who is withdrawn, as named in the text; with --document only there.")
    ] = None,
    look: Annotated[bool, typer.Option("--look", help="Tell what would go; change nothing.")] = False,
) -> None:
    """Take out a document, or all that a person said; the words are blanked everywhere, for good."""
    from workbench.services import withdrawing

    with at_study(call) as (engine, actor):
        if look:
            told = withdrawing.preview_withdrawal(engine, actor, document=document, speaker=speaker)
        else:
            told = withdrawing.withdraw(engine, actor, document=document, speaker=speaker, reason=reason)
    if call.json:
        write_json(_consequence(told))
        return
    for title in told.titles:
        typer.echo(one_line(title))
    if told.counts:
        write_table(("loses its words", "rows"), told.counts.items())
    for copy in told.backups:
        say(f"A backup of {copy.date.isoformat()} holds the words: {copy.path}")
    for package in told.packages:
        say(f"The package for {package.coder} of {package.at[:10]} holds the words.")
    for one in told.waiting:
        files = "Files" if one.files is None else f"{one.files:,} files"
        say(
            f"{files} of {one.begun_by}'s import into {one.source} still wait and may hold the words: resume "
            "it, or give it up."
        )
    for table, n in told.words_left.items():
        say(f"{n} texts that people wrote themselves repeat the words: {table}")
    if told.not_cleared:
        say(told.not_cleared)
    say("Nothing was changed: leave out --look." if look else "Withdrawn. Exported files are not known here.")


def list_approvals(call: Call) -> None:
    """The register of approvals, by source and document."""
    from workbench.services.approvals import approvals_of

    with at_study(call) as (engine, actor):
        register = approvals_of(engine, actor)
    if call.json:
        write_json(
            [
                {
                    "source": source.source,
                    "kind": source.kind,
                    "approved": source.approved,
                    "total": source.total,
                    "documents": [asdict(document) for document in source.documents],
                }
                for source in register
            ]
        )
        return
    write_table(
        ("source", "approved", "document", "state", "answers"),
        [
            (
                source.source,
                f"{source.approved} of {source.total}",
                document.title,
                document.state,
                "; ".join(f"{a.person}: {a.answer}" for a in document.answers),
            )
            for source in register
            for document in source.documents
        ],
    )


def add_approval(
    call: Call,
    document: DocumentName,
    who: Annotated[str, typer.Option("--person", help="Who answered: a name, pseudonym or function.")],
    answer: Annotated[str, typer.Option(help="approved, comments or refused.")] = "approved",
    text: Annotated[str, typer.Option(help="What they said of the text.")] = "",
) -> None:
    """Note what somebody answers on the present text of a document."""
    from workbench.services import approvals
    from workbench.services.documents import document_named, list_documents

    with at_study(call) as (engine, actor):
        found = document_named(list_documents(engine, actor), document)
        approvals.note_approval(engine, actor, found.id, person=who, answer=answer, text=text)
        told = approvals.approval_of(engine, actor, found.id)
    if call.json:
        write_json(asdict(told))
    else:
        say(f"'{told.title}': {told.state}.")


def write_appraisal(
    call: Call,
    document: DocumentName,
    authenticity: Annotated[str | None, typer.Option(help="Whole, of undoubted origin?")] = None,
    credibility: Annotated[str | None, typer.Option(help="Free of error and distortion?")] = None,
    representativeness: Annotated[str | None, typer.Option(help="Typical of its kind?")] = None,
    meaning: Annotated[str | None, typer.Option(help="Clear, literally and to its readers?")] = None,
) -> None:
    """Write notes on a document as a source (Scott 1990); those not given stay, empty ones are taken away."""
    from workbench.services import appraisals
    from workbench.services.documents import document_named, list_documents

    given = {
        "authenticity": authenticity,
        "credibility": credibility,
        "representativeness": representativeness,
        "meaning": meaning,
    }
    notes = {name: text for name, text in given.items() if text is not None}
    if not notes:
        raise UserFacingError(f"Give a note: --{', --'.join(given)}.")
    with at_study(call) as (engine, actor):
        found = document_named(list_documents(engine, actor), document)
        appraisals.appraise(engine, actor, found.id, notes)
        line = next(d for d in appraisals.appraisals_of(engine, actor) if d.document_id == found.id)
    if call.json:
        write_json({"document": line.document_id, "title": line.title, "notes": dict(line.notes)})
    else:
        say(f"'{line.title}': {len(line.notes)} of {len(given)} notes.")


def export_appraisals(call: Call, out: Out) -> None:
    """Write the notes on all documents to a CSV file."""
    from workbench.services import appraisals

    with at_study(call) as (engine, actor), leaving(call, engine, actor, "appraisals", out) as path:
        written = appraisals.export_appraisals(engine, actor, path)
    if call.json:
        write_json({"path": out, "appraised": written})
    else:
        say(f"{written:,} documents with notes written to {out}")


def _corrected(done: "Corrected") -> dict[str, Any]:
    return {
        "document": done.document_id,
        "title": done.title,
        "version": done.version_id,
        "number": done.number,
        "edits": done.n_edits,
        "words_before": done.words_before,
        "words_after": done.words_after,
        "moved": done.moved,
        "found_again": done.found_again,
        "unplaced": [asdict(lost) for lost in done.unplaced],
    }


def _consequence(told: "Consequence") -> dict[str, Any]:
    return {
        "documents": told.document_ids,
        "titles": told.titles,
        "speakers": told.speakers,
        "passages": told.passages,
        "counts": None
        if told.counts is None
        else [{"what": what, "rows": n} for what, n in told.counts.items()],
        "backups": [asdict(copy) for copy in told.backups],
        "packages": [asdict(package) for package in told.packages],
        "words_left": [{"what": what, "rows": n} for what, n in told.words_left.items()],
        "waiting": [asdict(one) for one in told.waiting],
        "not_cleared": told.not_cleared,
    }

"""``trigpoint codebook``: loading, extending and exporting the codebooks of a study."""

from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from workbench.cli.calls import Call, Out, at_study, command, make_group, taking
from workbench.cli.leaving import leaving
from workbench.cli.output import say, write_json

if TYPE_CHECKING:
    from codebook.models import Codebook


def add_to(app: typer.Typer) -> None:
    codebook = make_group(app, "The codebooks of the study.", name="codebook")
    command(codebook, "load")(load)
    command(codebook, "export")(export)
    command(codebook, "add-code")(add_code)
    command(codebook, "rename-code")(rename_code)


def load(
    call: Call,
    file_or_scheme: Annotated[
        str,
        typer.Argument(metavar="FILE-or-SCHEME", help="A YAML, CSV or XLSX file, or grol-wensing, or ccm."),
    ],
    question: Annotated[str, typer.Option(help="The research question that it is for.")] = "",
) -> None:
    """Load a codebook that ships with Trigpoint, or one from a file; a study may have several."""
    from codebook.errors import CodebookError
    from workbench.services.codebooks import load_codebook

    # A scheme of an unknown name is a mistyped call; a file that is no codebook is refused input.
    from_file = taking(CodebookError) if Path(file_or_scheme).suffix else nullcontext()
    with at_study(call) as (engine, actor), from_file:
        loaded = load_codebook(engine, actor, file_or_scheme, question=question).codebook
    _tell(call, loaded, f"Loaded '{loaded.name}'")


def export(
    call: Call,
    format: Annotated[
        Literal["yaml", "csv", "xlsx", "docx"], typer.Option(help="All but docx can be loaded again.")
    ],
    out: Out,
    codebook: Annotated[
        str | None, typer.Option(help="Its name, where the study has several; else the first.")
    ] = None,
) -> None:
    """Write the current version of a codebook to a file."""
    from workbench.services.codebooks import codebook_named, export_codebook

    with at_study(call) as (engine, actor), leaving(call, engine, actor, "codebook", out) as path:
        named = None if codebook is None else codebook_named(engine, actor, codebook).id
        written = export_codebook(engine, actor, path, format, codebook_id=named)
    _tell(call, written, f"Wrote {out}", path=str(out))


def add_code(
    call: Call,
    label: Annotated[str, typer.Option(help="Its name.")],
    parent: Annotated[str | None, typer.Option(help="The code above it; none for a new level.")] = None,
    key: Annotated[str | None, typer.Option(help="Its id; else made from the label.")] = None,
    definition: Annotated[str, typer.Option(help="What it means.")] = "",
    include: Annotated[str, typer.Option(help="What belongs to it.")] = "",
    exclude: Annotated[str, typer.Option(help="What does not.")] = "",
    language: Annotated[str, typer.Option(help="Language of the label.")] = "en",
    reason: Annotated[str, typer.Option(help="Why; it will stand in the log.")] = "",
) -> None:
    """Add a code. The codebook gets a new version; codings keep theirs."""
    from workbench.services import codebook_editing, codebooks

    with at_study(call) as (engine, actor):
        before = codebooks.codes_now(engine, actor)
        changed = codebook_editing.add_code(
            engine,
            actor,
            label=label,
            parent=parent,
            key=key,
            definition=definition,
            include=include,
            exclude=exclude,
            language=language,
            reason=reason,
        ).codebook
    known = {code.key for code in before.codes}
    added = next(code.key for code in changed.codes if code.key not in known)
    _tell(call, changed, f"Added {added}", code=added)


def rename_code(
    call: Call,
    code: Annotated[str, typer.Argument(help="Its id, or its label where that is unique.")],
    label: Annotated[str, typer.Option(help="Its new name.")],
    language: Annotated[str, typer.Option(help="Language of the name.")] = "en",
    reason: Annotated[str, typer.Option(help="Why; it will stand in the log.")] = "",
) -> None:
    """Rename a code. The codebook gets a new version; codings keep the code."""
    from codebook.hierarchy import resolve
    from workbench.services import codebook_editing

    with at_study(call) as (engine, actor):
        changed = codebook_editing.rename_code(
            engine, actor, code, label={language: label}, reason=reason
        ).codebook
    key = resolve(changed, label if code not in {c.key for c in changed.codes} else code).key
    _tell(call, changed, f"Renamed {key}", code=key)


def _tell(call: Call, codebook: "Codebook", done: str, **more: str) -> None:
    levels = [code for code in codebook.codes if code.parent is None]
    themes = {code.key for code in codebook.codes} - {code.parent for code in codebook.codes}
    if call.json:
        counts = {"codes": len(codebook.codes), "levels": len(levels), "version": codebook.version}
        write_json({**counts, "themes": len(themes), "name": codebook.name, **more})
    else:
        say(
            f"{done}: version {codebook.version}, {len(codebook.codes)} codes, "
            f"{len(levels)} of them levels and {len(themes)} without codes below."
        )

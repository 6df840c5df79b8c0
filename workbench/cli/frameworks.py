"""``trigpoint framework``: framework matrices, made and written to files."""

from typing import Annotated, Literal

import typer

from workbench.cli.calls import Call, Out, at_study, command, make_group, names_in
from workbench.cli.leaving import leaving
from workbench.cli.output import say, write_json


def add_to(app: typer.Typer) -> None:
    framework = make_group(app, "Framework matrices: documents or cases against themes.", name="framework")
    command(framework, "create")(create)
    command(framework, "export")(export)


def create(
    call: Call,
    name: Annotated[str, typer.Argument(help="What it is called.")],
    themes: Annotated[str, typer.Option("--themes", help="Codes or labels, separated by commas.")],
    rows: Annotated[
        str,
        typer.Option(
            "--rows",
            metavar="ROWS",
            help="documents, speakers, or an attribute of documents, whose values are the rows.",
        ),
    ] = "documents",
) -> None:
    """Make a framework with themes of the codebook as its columns."""
    from workbench.services.framework_rows import rows_called
    from workbench.services.frameworks import add_framework

    listed = names_in(themes)
    with at_study(call) as (engine, actor):
        made = add_framework(engine, actor, name, themes=listed, rows=rows_called(rows))
    if call.json:
        write_json({"framework": made, "themes": len(listed), "rows": rows})
    else:
        say(f"Made the framework {made}")


def export(
    call: Call,
    name: Annotated[str, typer.Argument(help="The framework.")],
    out: Out,
    format: Annotated[
        Literal["xlsx", "docx"], typer.Option("--format", help="A workbook or a Word file.")
    ] = "xlsx",
) -> None:
    """Write a framework, as far as you may read it, to a file."""
    from workbench.services.framework_files import write_framework

    with at_study(call) as (engine, actor), leaving(call, engine, actor, "framework", out) as path:
        number = write_framework(engine, actor, name, path, format=format)
    if call.json:
        write_json({"path": str(out), "cells": number})
    else:
        say(f"Wrote {number:,} summaries to {out}")

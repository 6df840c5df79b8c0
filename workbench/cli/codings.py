"""``trigpoint codings``: codings from and to CSV files."""

from collections.abc import Mapping, Sequence
from typing import Any

import typer

from workbench.cli.calls import REFUSED, Call, InputFile, Out, at_study, command, make_group
from workbench.cli.leaving import leaving
from workbench.cli.output import say, write_json, write_table


def add_to(app: typer.Typer) -> None:
    codings = make_group(app, "Codings from and to CSV files.", name="codings")
    command(codings, "import")(import_codings)
    command(codings, "export")(export)


def import_codings(call: Call, file: InputFile) -> None:
    """Read codings, each into its coder's own layer; the lead may import for others.

    Columns: document, start_char and end_char or quote, code; and coder, valence, memo. Rows that
    can't be taken are listed with their reasons, and the exit status is then 3.
    """
    from workbench.services import coding

    with at_study(call) as (engine, actor):
        taken = coding.import_codings(engine, actor, file)
    lists = {"not_found": taken.not_found, "ambiguous": taken.ambiguous, "refused": taken.refused}
    if call.json:
        write_json({"imported": taken.imported, "duplicates": taken.duplicates, **lists})
    else:
        _tell(lists)
        say(f"{taken.imported:,} imported, {taken.duplicates:,} duplicates")
    if any(lists.values()):
        raise typer.Exit(REFUSED)


def export(call: Call, out: Out) -> None:
    """Write the codings that you may see to a file."""
    from workbench.services.coding import export_codings

    with at_study(call) as (engine, actor), leaving(call, engine, actor, "codings", out) as path:
        number = export_codings(engine, actor, path)
    if call.json:
        write_json({"path": str(out), "codings": number})
    else:
        say(f"Wrote {number:,} codings to {out}")


def _tell(lists: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
    rows = [
        (name.replace("_", " "), entry["row"], entry["document"], entry["reason"])
        for name, entries in lists.items()
        for entry in entries
    ]
    if rows:
        write_table(("why", "row", "document", "reason"), rows)

"""``trigpoint memos``: research memos to a CSV file."""

import typer

from workbench.cli.calls import Call, Out, at_study, command, make_group
from workbench.cli.leaving import leaving
from workbench.cli.output import say, write_json


def add_to(app: typer.Typer) -> None:
    memos = make_group(app, "Research memos.", name="memos")
    command(memos, "export")(export)


def export(call: Call, out: Out) -> None:
    """Write the memos that you may read to a CSV file: yours, shared ones, and those of codings."""
    from workbench.services.memos import export_memos

    with at_study(call) as (engine, actor), leaving(call, engine, actor, "memos", out) as path:
        number = export_memos(engine, actor, path)
    if call.json:
        write_json({"path": str(out), "memos": number})
    else:
        say(f"Wrote {number:,} memos to {out}")

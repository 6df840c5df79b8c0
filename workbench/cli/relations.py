"""Relations between findings: ``trigpoint relations``."""

from typing import Annotated, Literal

import typer

from workbench.cli.calls import Call, InputFile, Out, at_study, command, make_group
from workbench.cli.leaving import leaving
from workbench.cli.output import say, write_json
from workbench.cli.refusals import end_with_refusals


def add_to(app: typer.Typer) -> None:
    relations = make_group(app, "How findings bear on each other.", name="relations")
    command(relations, "import")(import_relations)
    command(relations, "export")(export_relations)


def import_relations(call: Call, file: InputFile) -> None:
    """Read relations from a CSV file; their quotes are looked up in the documents."""
    from workbench.services import relations

    with at_study(call) as (engine, actor):
        taken = relations.import_relations(engine, actor, file)
    if call.json:
        write_json(
            {
                "imported": taken.imported,
                "refused": [{"row": one.row, "reason": one.reason} for one in taken.refused],
            }
        )
    else:
        say(f"{taken.imported:,} relations taken")
    end_with_refusals(call, taken.refused)


def export_relations(
    call: Call,
    out: Out,
    format: Annotated[
        Literal["csv", "mermaid", "graphml"], typer.Option(help="A table, or the map for another program.")
    ] = "csv",
) -> None:
    """Write the relations that you may see, as a table or as a map."""
    from workbench.services import relations

    with at_study(call) as (engine, actor), leaving(call, engine, actor, "relations", out) as path:
        number = len(relations.relations_of(engine, actor))
        path.write_bytes(relations.relations_file(engine, actor, format))
    write_json({"path": str(out), "relations": number}) if call.json else say(
        f"{number:,} relations in {out}"
    )

"""The programme in time: ``trigpoint events`` and ``trigpoint registers``."""

import typer

from workbench.cli.calls import Call, InputFile, Out, at_study, command, make_group
from workbench.cli.leaving import leaving
from workbench.cli.output import say, write_json
from workbench.cli.refusals import end_with_refusals


def add_to(app: typer.Typer) -> None:
    events = make_group(app, "What happened in the programme.", name="events")
    command(events, "import")(import_events)
    command(events, "export")(export_events)
    registers = make_group(app, "What registers counted.", name="registers")
    command(registers, "import")(import_figures)
    command(registers, "export")(export_figures)


def import_events(call: Call, file: InputFile) -> None:
    """Read events of the programme from a CSV file."""
    _import(call, file, "events")


def import_figures(call: Call, file: InputFile) -> None:
    """Read figures of registers from a CSV file."""
    _import(call, file, "figures")


def export_events(call: Call, out: Out) -> None:
    """Write the events of the programme as a CSV file."""
    _export(call, out, "events")


def export_figures(call: Call, out: Out) -> None:
    """Write the figures of the registers as a CSV file."""
    _export(call, out, "figures")


def _import(call: Call, file: InputFile, what: str) -> None:
    from workbench.services import chronicle

    read = chronicle.import_events if what == "events" else chronicle.import_figures
    with at_study(call) as (engine, actor):
        taken = read(engine, actor, file)
    if call.json:
        write_json(
            {
                "imported": taken.imported,
                "duplicates": taken.duplicates,
                "refused": [{"row": one.row, "reason": one.reason} for one in taken.refused],
            }
        )
    else:
        say(f"{taken.imported:,} {what} taken, {taken.duplicates:,} were there already")
    end_with_refusals(call, taken.refused)


def _export(call: Call, out: Out, what: str) -> None:
    from workbench.services import chronicle

    write = chronicle.export_events if what == "events" else chronicle.export_figures
    with at_study(call) as (engine, actor), leaving(call, engine, actor, what, out) as path:
        number = write(engine, actor, path)
    write_json({"path": str(out), what: number}) if call.json else say(f"{number:,} {what} in {out}")

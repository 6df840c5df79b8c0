"""Step 1 of the protocol: ``trigpoint sorting``."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from workbench.cli.calls import Call, at_study, command, make_group
from workbench.cli.output import say, write_json, write_table

if TYPE_CHECKING:
    from triangulation.models import Row
    from workbench.services.sorting import LogLine


def add_to(app: typer.Typer) -> None:
    sorting = make_group(app, "What each researcher sorts, and what is done to rows.", name="sorting")
    command(sorting, "lock")(lock)
    command(sorting, "reopen")(reopen)
    command(sorting, "log")(log)


def lock(call: Call) -> None:
    """Lock what you sorted alone. From then on you may read the lists of others who have locked theirs."""
    from workbench.services.sorting import lock_sorting

    with at_study(call) as (engine, actor):
        lock_sorting(engine, actor)
    if call.json:
        write_json({"researcher": actor.name, "state": "locked"})
    else:
        say(f"What {actor.name} sorted is locked.")


def reopen(
    call: Call,
    researcher: Annotated[str, typer.Option(help="Whose sorting.")],
    reason: Annotated[str, typer.Option(help="Why; it will stand in the log.")],
) -> None:
    """Let a researcher go on sorting; the lead does this."""
    from workbench.services.sorting import reopen_sorting

    with at_study(call) as (engine, actor):
        reopen_sorting(engine, actor, researcher, reason=reason)
    if call.json:
        write_json({"researcher": researcher, "state": "open"})
    else:
        say(f"{researcher} can sort again.")


def log(call: Call) -> None:
    """List what was done to rows (added, renamed, merged, matched, undone), and who locked and reopened."""
    from workbench.services.sorting import sorting_log

    with at_study(call) as (engine, actor):
        lines = sorting_log(engine, actor)
    if call.json:
        write_json([_line(line) for line in lines])
        return
    write_table(
        ("at", "person", "what", "row", "into", "researcher", "reason"),
        [
            (
                line.at[:16],
                line.person,
                line.what,
                _words(line.row),
                _words(line.into),
                line.researcher,
                line.reason,
            )
            for line in lines
        ],
    )


def _line(line: "LogLine") -> dict[str, Any]:
    return {
        "at": line.at,
        "person": line.person,
        "what": line.what,
        "row": _row(line.row),
        "into": _row(line.into),
        "researcher": line.researcher or None,
        "reason": line.reason,
    }


def _row(row: "Row | None") -> dict[str, str] | None:
    return None if row is None else {"theme": row.theme, "row": row.statement}


def _words(row: "Row | None") -> str:
    return "" if row is None else f"{row.theme} {row.statement}".strip()

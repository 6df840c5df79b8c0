"""Keeping what is stored: backup, restore, checks, migration and the log."""

from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from corpus.errors import UserFacingError
from workbench import settings
from workbench.cli.calls import (
    FAULT,
    Call,
    Fault,
    at_study,
    at_unprepared_database,
    command,
    database_file,
)
from workbench.cli.output import say, write_json, write_table

if TYPE_CHECKING:
    from store.backup import Verification
    from workbench.services.doctor import Checkup


def add_to(app: typer.Typer) -> None:
    command(app, "backup", of_study=False)(backup)
    command(app, "restore", of_study=False)(restore)
    command(app, "verify", of_study=False)(verify)
    command(app, "migrate", of_study=False)(migrate)
    command(app, "log")(log)
    command(app, "doctor", of_study=False)(doctor)


def backup(
    call: Call, path: Annotated[Path, typer.Argument(help="The file to write; it must not be there yet.")]
) -> None:
    """Write a consistent copy of the database, checked before it takes its name. Work can go on meanwhile."""
    from workbench.services import keeping

    with at_unprepared_database(call) as engine:
        _refuse_existing(path, "Give the backup another name.")
        kept = keeping.back_up(engine, path)
    _tell(call, kept, f"Backup written to {path}", path=str(path))


def restore(
    call: Call,
    path: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A backup.")],
) -> None:
    """Put a backup at the place of the database, where none may be. The backup itself stays."""
    from workbench.services import keeping

    target = database_file(settings.database_url(call.database))
    if target is None:
        raise UserFacingError(
            "A backup is restored to a SQLite file. For PostgreSQL use its own tools: pg_restore."
        )
    _refuse_existing(target, "Nothing is overwritten: move it away, or give --database another path.")
    try:
        kept = keeping.restore(path, target)
    except UserFacingError as error:
        # What is left to go wrong lies in the backup: damaged, or not what was stored.
        raise Fault(str(error)) from error
    _tell(call, kept, f"Restored to {target}", path=str(target))


def verify(call: Call) -> None:
    """Recompute every hash of every study. The exit status is 1 when something is not as it was stored."""
    from workbench.services import keeping

    with at_unprepared_database(call) as engine:
        found = keeping.verify(engine)
    _tell(call, found, "Checked")
    if found.problems:
        raise typer.Exit(FAULT)


def migrate(call: Call) -> None:
    """Bring the database to the schema of this version; a SQLite file is brought there by itself."""
    from store.migrate import migrate, schema_revision

    with at_unprepared_database(call, create=True) as engine:
        before = schema_revision(engine)
        migrate(engine)
        now = schema_revision(engine)
    if call.json:
        write_json({"before": before, "schema": now})
    else:
        say(f"Schema {now}: nothing to do." if before == now else f"Schema {now}, before {before or 'none'}.")


def log(
    call: Call,
    last: Annotated[int | None, typer.Option(min=1, help="Only so many, the newest.")] = None,
) -> None:
    """The events of the study, oldest first, as far as you may know them.

    While a blind round hides events of others, numbers are withheld: their gaps would count them.
    """
    from workbench.services.keeping import log_of

    with at_study(call) as (engine, actor):
        lines = log_of(engine, actor, limit=last)
    if call.json:
        write_json([asdict(line) for line in lines])
    else:
        write_table(
            ("seq", "at", "actor", "action", "entity", "id", "reason"),
            [
                (
                    line.seq,
                    line.at[:19].replace("T", " "),
                    line.actor,
                    line.action,
                    line.entity,
                    line.id,
                    line.reason,
                )
                for line in lines
            ],
        )


def doctor(call: Call) -> None:
    """What is installed and in use, and what is lost without what is not. Nothing is changed or fetched."""
    checkup = _check(call)
    if call.json:
        write_json(asdict(checkup))
        return
    write_table(("database", ""), checkup.database.items())
    typer.echo()
    write_table(("package", "version"), checkup.versions.items())
    typer.echo()
    write_table(
        ("language", "pipeline", "lost without"),
        [
            (name, used.pipeline and f"{used.pipeline} {used.version}", used.lost)
            for name, used in checkup.languages.items()
        ],
    )
    typer.echo()
    write_table(
        ("part", "version", "lost without"),
        [(name, part.version, part.lost) for name, part in checkup.parts.items()],
    )
    for used in checkup.languages.values():
        if used.remark:
            say(used.remark)
    for remark in checkup.remarks:
        say(remark)


def _check(call: Call) -> "Checkup":
    from workbench.services.doctor import check

    url = settings.database_url(call.database)
    file = database_file(url)
    if file is None or file.exists():
        with at_unprepared_database(call) as engine:
            return check(engine, tried=True)
    # Connecting would begin the file; a look must leave nothing behind.
    with at_unprepared_database(replace(call, database="sqlite:///:memory:"), create=True) as engine:
        found = check(engine, tried=True)
    return replace(found, database={**found.database, "address": url, "schema": "no database yet"})


def _refuse_existing(path: Path, remedy: str) -> None:
    if path.exists():
        raise UserFacingError(f"{path} exists already. {remedy}")


def _tell(call: Call, found: "Verification", done: str, **more: Any) -> None:
    if call.json:
        write_json(
            {
                **more,
                "events": found.events,
                "chain": found.chain,
                "tables": found.tables,
                "problems": found.problems,
                "heads": found.heads,
                "reason": found.reason,
            }
        )
        return
    if found.tables is not None:
        write_table(("table", "rows"), found.tables.items())
        typer.echo()
        write_table(("study", "hash of its last event"), found.heads.items())
    events = f"numbers withheld ({found.reason})" if found.events is None else f"{found.events:,} events"
    say(f"{done}: {events}, chain {found.chain}, {len(found.problems)} problems.")
    for problem in found.problems:
        say(problem)

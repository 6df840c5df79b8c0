"""Guards in the database itself: facts cannot be edited or deleted, only retired once.

Installed anew after every migration, since SQLite drops triggers with a rebuilt table.
"""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import Connection, Table

from store import tables

#: What may be blanked one day by an erasure, or moves with every event, has no guard.
_FREE = (tables.head, tables.event_reason)

GUARDED: tuple[Table, ...] = tuple(t for t in tables.metadata.sorted_tables if t not in _FREE)


def install_guards(connection: Connection) -> None:
    """Put the guards in place; doing it twice is doing it once."""
    if connection.dialect.name == "sqlite":
        for table in GUARDED:
            _guard_on_sqlite(connection, table)
    else:
        _guard_on_postgresql(connection)


def guard_names(connection: Connection) -> set[str]:
    """The names of the guards that stand in this database."""
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.dialect.name == "sqlite"
        else "SELECT tgname || '_' || tgrelid::regclass FROM pg_trigger WHERE NOT tgisinternal"
    )
    return {row[0] for row in connection.exec_driver_sql(query)}


def _guard_on_sqlite(connection: Connection, table: Table) -> None:
    name = table.name
    fixed = ", ".join(f'"{c.name}"' for c in table.c if c.name != "retired_event")
    statements = {
        f"keep_{name}": f"BEFORE DELETE ON {name}",
        f"fix_{name}": f"BEFORE UPDATE OF {fixed} ON {name}",
    }
    if "retired_event" in table.c:
        statements[f"retire_once_{name}"] = (
            f"BEFORE UPDATE OF retired_event ON {name} "
            "WHEN OLD.retired_event IS NOT NULL OR NEW.retired_event IS NULL"
        )
    for guard, when in statements.items():
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {guard}")
        connection.exec_driver_sql(
            f"CREATE TRIGGER {guard} {when} BEGIN SELECT RAISE(ABORT, '{name} is kept as it was stored'); END"
        )


def _guard_on_postgresql(connection: Connection) -> None:
    connection.execute(
        sa.text("""
        CREATE OR REPLACE FUNCTION trigpoint_keep() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'UPDATE'
               AND to_jsonb(OLD) ->> 'retired_event' IS NULL
               AND to_jsonb(NEW) ->> 'retired_event' IS NOT NULL
               AND to_jsonb(OLD) - 'retired_event' = to_jsonb(NEW) - 'retired_event' THEN
                RETURN NEW;
            END IF;
            RAISE EXCEPTION '% is kept as it was stored', TG_TABLE_NAME;
        END $$""")
    )
    for table in GUARDED:
        connection.exec_driver_sql(
            f"CREATE OR REPLACE TRIGGER keep BEFORE UPDATE OR DELETE ON {table.name} "
            "FOR EACH ROW EXECUTE FUNCTION trigpoint_keep()"
        )
        connection.exec_driver_sql(
            f"CREATE OR REPLACE TRIGGER keep_all BEFORE TRUNCATE ON {table.name} "
            "FOR EACH STATEMENT EXECUTE FUNCTION trigpoint_keep()"
        )

"""Guards in the database itself: facts cannot be edited or deleted, only retired once.

One edit is let through: a row that a stored withdrawal names (`store.tables.blanked`) may be blanked,
in the columns that hold words (`store.blanking`). Installed anew after every migration, since SQLite
drops triggers with a rebuilt table.
"""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import Connection, Table

from store import tables
from store.blanking import BLANK_VALUES, BLANKABLE

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
    unless = f" WHEN NOT ({_is_blanking(table)})" if table in BLANKABLE else ""
    statements = {
        f"keep_{name}": f"BEFORE DELETE ON {name}",
        f"fix_{name}": f"BEFORE UPDATE OF {fixed} ON {name}{unless}",
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


def _is_blanking(table: Table) -> str:
    """Whether an update blanks a row that a withdrawal names, and changes nothing else; SQL of SQLite."""
    may = BLANKABLE[table]
    key = " || '/' || ".join(f'OLD."{column.name}"' for column in table.primary_key.columns)
    same = [c.name for c in table.c if c.name not in (*may.words, *may.derived, "retired_event")]
    blank = ", ".join(f"'{value}'" for value in BLANK_VALUES)
    conditions = [
        f"EXISTS (SELECT 1 FROM blanked WHERE table_name = '{table.name}' AND row_key = {key})",
        *(f'NEW."{name}" IS OLD."{name}"' for name in same),
        *(
            f'(coalesce(NEW."{name}", \'\') IN ({blank}) OR NEW."{name}" IS OLD."{name}")'
            for name in may.words
        ),
    ]
    return " AND ".join(conditions)


def _guard_on_postgresql(connection: Connection) -> None:
    connection.execute(
        sa.text(
            """
        CREATE OR REPLACE FUNCTION trigpoint_keep() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE
            old_row jsonb; new_row jsonb; name text; value text; key text;
        BEGIN
            IF TG_OP = 'UPDATE' THEN
                old_row := to_jsonb(OLD);
                new_row := to_jsonb(NEW);
                IF old_row ->> 'retired_event' IS NULL
                   AND new_row ->> 'retired_event' IS NOT NULL
                   AND old_row - 'retired_event' = new_row - 'retired_event' THEN
                    RETURN NEW;
                END IF;
                IF TG_NARGS = 3 THEN
                    FOREACH name IN ARRAY string_to_array(TG_ARGV[0], ',') LOOP
                        value := old_row ->> name;
                        IF value ~ '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$' THEN
                            value := replace(value, '-', '');
                        END IF;
                        key := concat_ws('/', key, value);
                    END LOOP;
                    IF EXISTS (SELECT 1 FROM blanked WHERE table_name = TG_TABLE_NAME AND row_key = key)
                       AND old_row - string_to_array(TG_ARGV[1], ',') - string_to_array(TG_ARGV[2], ',')
                         = new_row - string_to_array(TG_ARGV[1], ',') - string_to_array(TG_ARGV[2], ',')
                       AND NOT EXISTS (
                           SELECT 1 FROM unnest(string_to_array(TG_ARGV[1], ',')) AS word
                           WHERE coalesce(new_row ->> word, '') NOT IN (:BLANK_VALUES:)
                             AND new_row -> word IS DISTINCT FROM old_row -> word
                       ) THEN
                        RETURN NEW;
                    END IF;
                END IF;
            END IF;
            RAISE EXCEPTION '% is kept as it was stored', TG_TABLE_NAME;
        END $$""".replace(":BLANK_VALUES:", ", ".join(f"'{value}'" for value in BLANK_VALUES))
        )
    )
    for table in GUARDED:
        connection.exec_driver_sql(
            f"CREATE OR REPLACE TRIGGER keep BEFORE UPDATE OR DELETE ON {table.name} "
            f"FOR EACH ROW EXECUTE FUNCTION trigpoint_keep({_what_may_be_blanked(table)})"
        )
        connection.exec_driver_sql(
            f"CREATE OR REPLACE TRIGGER keep_all BEFORE TRUNCATE ON {table.name} "
            "FOR EACH STATEMENT EXECUTE FUNCTION trigpoint_keep()"
        )


def _what_may_be_blanked(table: Table) -> str:
    """What the guard of PostgreSQL is told of a table: its key, and its columns that may be blanked."""
    if table not in BLANKABLE:
        return ""
    may = BLANKABLE[table]
    key = [column.name for column in table.primary_key.columns]
    return ", ".join(f"'{','.join(names)}'" for names in (key, may.words, may.derived))

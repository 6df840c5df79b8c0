"""What the definitions of all tables share: one metadata, and the columns that they have alike."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy import Column, ForeignKey, Index, Integer, Table

from store.types import Words

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def own_id() -> Column[Any]:
    """The key of a row."""
    return Column("id", sa.Uuid, primary_key=True)


def to(target: str, *, name: str | None = None, nullable: bool = False, key: bool = False) -> Column[Any]:
    """A column that points to another table's id."""
    return Column(
        name or f"{target}_id", sa.Uuid, ForeignKey(f"{target}.id"), nullable=nullable, primary_key=key
    )


def made() -> Column[Any]:
    """The event that brought the row."""
    return Column("created_event", Integer, nullable=False)


def retired() -> Column[Any]:
    """The event with which the row ceased to hold."""
    return Column("retired_event", Integer)


def words_or_none(name: str) -> Column[Any]:
    """Words that may be absent: an empty string, never NULL."""
    return Column(name, Words, nullable=False, server_default="")


def index_live_rows(*of: Table) -> None:
    """An index over the rows of a study that hold now."""
    for table in of:
        Index(
            f"ix_{table.name}_live",
            table.c.study_id,
            sqlite_where=table.c.retired_event.is_(None),
            postgresql_where=table.c.retired_event.is_(None),
        )

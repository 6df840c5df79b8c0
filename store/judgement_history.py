"""What was judged of a pair of sources on a row, and later replaced: judgements are never overwritten."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import sqlalchemy as sa
from sqlalchemy import Connection

from codebook.models import Code
from store import tables
from store.rows import rows_now
from store.studies import Member
from store.visibility import readable_researchers
from triangulation.models import ConvergenceCode, Judgement, Meaning, Part, Row


def judgements_ever(
    connection: Connection, viewer: Member, *, row: Row, theme: Code, pair: tuple[str, str]
) -> Iterator[tuple[dt.datetime, bool, Judgement]]:
    """When each judgement of a pair was made, whether it holds now, and the judgement; first ones first.

    Those that were made on a row which goes on under this one are among them.

    Only judgements of researchers whose judgements the viewer may read.
    """
    judgement, event, member = tables.judgement, tables.event, tables.member
    one, other = tables.source.alias(), tables.source.alias()
    first, second = sorted(pair)
    now = rows_now(connection, viewer.study_id, viewer=viewer)
    here = [row_id for row_id, stands in now.items() if stands == Row(theme.key, row.statement)]
    rows = connection.execute(
        sa.select(judgement, event.c.at, member.c.name)
        .join(one, one.c.id == judgement.c.source_a_id)
        .join(other, other.c.id == judgement.c.source_b_id)
        .join(member, member.c.id == judgement.c.researcher_id)
        .join(event, (event.c.study_id == judgement.c.study_id) & (event.c.seq == judgement.c.created_event))
        .where(
            judgement.c.study_id == viewer.study_id,
            judgement.c.researcher_id.in_(readable_researchers(viewer)),
            judgement.c.matrix_row_id.in_(here),
            one.c.label == first,
            other.c.label == second,
        )
        .order_by(judgement.c.created_event)
    )
    for found in rows:
        yield (
            dt.datetime.fromisoformat(found.at),
            found.retired_event is None,
            Judgement(
                row=row,
                source_a=first,
                source_b=second,
                researcher=found.name,
                meaning=Meaning(found.meaning) if found.meaning else None,
                prominence=_part(found.prominence),
                coverage=_part(found.coverage),
                examples=_part(found.examples),
                assigned=ConvergenceCode(found.assigned) if found.assigned else None,
                silence=found.silence,
                expected=found.expected,
                reason=found.reason,
            ),
        )


def _part(value: str | None) -> Part | None:
    return Part(value) if value else None

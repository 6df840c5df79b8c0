"""Codings by the date of their documents, and the passages of each period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from sqlalchemy import Engine

from codebook.columns import NONE, VALENCES, Choice, members, only
from codebook.crosstab import Period, period_of
from codebook.models import Valence
from codebook.retrieval import Scope
from codebook.timeline import Timeline, timeline
from store.studies import Member
from workbench.services.asking import Asked, asking
from workbench.services.retrieval import Found, found_at
from workbench.services.table_files import Format, Table, table_bytes


def over_time(
    engine: Engine, actor: Member, codes: Sequence[str], period: Period, scope: Scope | None = None
) -> Timeline:
    """Codings of some codes (none named: of all) by the date of their documents."""
    asked = asking(engine, actor, scope)
    return timeline(asked.columns, _chosen(asked, codes), period=period)


def passages_of_period(
    engine: Engine,
    actor: Member,
    codes: Sequence[str],
    period: Period,
    label: str,
    valence: Valence | None,
    scope: Scope | None = None,
    *,
    begin: int = 0,
    number: int | None = None,
) -> Found:
    """The codings of a period that have a valence; None: that have none."""
    asked = asking(engine, actor, scope)
    dates = [document.date for document in asked.columns.texts.documents]
    there = np.array([date is not None and period_of(date, period) == label for date in dates], np.bool_)
    asked = replace(asked, columns=only(asked.columns, documents=there))
    wanted = NONE if valence is None else VALENCES.index(valence)
    here = _chosen(asked, codes) & (asked.columns.valence == wanted)
    return found_at(asked, np.flatnonzero(here), begin, number)


def _chosen(asked: Asked, codes: Sequence[str]) -> Choice:
    if not codes:
        return np.ones(len(asked.columns), dtype=np.bool_)
    return members(asked.columns, asked.seen.families, codes)


def time_rows(found: Timeline) -> Table:
    """Periods with documents, coded documents and codings by valence; None where there are no documents."""
    kinds: tuple[Valence | None, ...] = (*VALENCES, None)
    return (
        ("period", "documents", "coded", "codings", *(v.value if v else "none_given" for v in kinds)),
        [
            (m.label, m.documents, m.coded, m.codings, *(m.by_valence.get(v, (None, None))[1] for v in kinds))
            for m in found.moments
        ],
    )


def time_file(found: Timeline, format: Format) -> bytes:
    """`time_rows` as a file."""
    return table_bytes(format, "Time", *time_rows(found))

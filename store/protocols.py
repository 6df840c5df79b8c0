"""The protocol page, with every earlier version: what was planned, when it was fixed, what changed why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy import Connection

from store import tables
from store.codebooks import code_keys
from store.events import NewRow, record
from store.facts import live_rows, replace_fact, retire_fact
from store.rows import rows_now, rows_written
from store.studies import Member
from store.visibility import hidden_rows, readable_researchers
from triangulation.models import ConvergenceCode, Row
from triangulation.opportunity import Opportunity, SaidOpportunity
from triangulation.protocol import (
    ChangedLine,
    CodeName,
    CodeSet,
    Dependence,
    Guide,
    ProtocolChange,
    ProtocolPage,
    SourceDetail,
    Written,
)

#: What counts as a judgement when it is asked whether the protocol was fixed before.
_JUDGED = (tables.existence, tables.judgement, tables.source_rating, tables.row_importance)


@dataclass(frozen=True)
class NewOpportunity:
    """What is to be said of a theme, or of one row of it; a state of None takes back what was said."""

    source_id: UUID
    code_id: UUID
    row_id: UUID | None
    state: Opportunity | None
    note: str = ""


# --- the page


def page_of(connection: Connection, study_id: UUID) -> ProtocolPage:
    """The page that holds now; its defaults where none was written."""
    row = next(iter(live_rows(connection, tables.protocol_page, study_id)), None)
    return ProtocolPage() if row is None else _page(connection, row, _labels(connection, study_id))


def last_written(connection: Connection, study_id: UUID) -> Written | None:
    """When the page or its rule was last written, and by whom; None where neither was."""
    rows = [
        row
        for table in (tables.protocol_page, tables.protocol)
        for row in live_rows(connection, table, study_id)
    ]
    if not rows:
        return None
    return _written(connection, study_id, max(row.created_event for row in rows))


def write_page(
    connection: Connection,
    page: ProtocolPage,
    *,
    index_id: UUID | None,
    judge_ids: Sequence[UUID],
    actor: Member,
    reason: str,
) -> None:
    """Store a page in the place of the one that held; the same again is no change."""
    old = next(iter(live_rows(connection, tables.protocol_page, actor.study_id)), None)
    if old is not None and _page(connection, old, _labels(connection, actor.study_id)) == page:
        return
    page_id = uuid4()
    columns = {
        "id": page_id,
        "questions": "\n".join(page.questions),
        "compare": page.compare,
        "index_source_id": index_id,
        "sorting": page.sorting,
        "settling": page.settling,
    }
    named = page.codes.codes if page.codes else {}
    record(
        connection,
        study_id=actor.study_id,
        actor_id=actor.id,
        action="protocol.write",
        entity=tables.protocol_page,
        entity_id=page_id,
        add=[
            (tables.protocol_page, columns),
            *((tables.protocol_judge, {"protocol_page_id": page_id, "member_id": i}) for i in judge_ids),
            *(
                (
                    tables.protocol_code,
                    {
                        "protocol_page_id": page_id,
                        "code": code.value,
                        "name": said.name,
                        "explanation": said.explanation,
                    },
                )
                for code, said in named.items()
            ),
        ],
        retire=[] if old is None else [(tables.protocol_page, old.id)],
        detail={"compare": page.compare, "sorting": page.sorting, "judges": len(judge_ids)},
        reason=reason,
    )


def fix(connection: Connection, *, actor: Member) -> None:
    """From here on the sources are compared."""
    row_id = uuid4()
    record(
        connection,
        study_id=actor.study_id,
        actor_id=actor.id,
        action="protocol.fix",
        entity=tables.protocol_fixed,
        entity_id=row_id,
        add=[(tables.protocol_fixed, {"id": row_id})],
    )


def fixed(connection: Connection, study_id: UUID) -> Written | None:
    """When the protocol was fixed, and by whom; None: not yet."""
    seq = _fixed_at(connection, study_id)
    return None if seq is None else _written(connection, study_id, seq)


def fixed_before_judging(connection: Connection, viewer: Member) -> bool | None:
    """Whether the protocol was fixed before the first judgement that the viewer may know of.

    None where there is no such judgement.
    """
    first = _first_judgement(connection, viewer.study_id, of=readable_researchers(viewer))
    if first is None:
        return None
    seq = _fixed_at(connection, viewer.study_id)
    return seq is not None and seq < first


def is_judged(connection: Connection, study_id: UUID) -> bool:
    """Whether anyone has judged anything yet, taken back or not."""
    return _first_judgement(connection, study_id) is not None


# --- sources


def details_of(connection: Connection, study_id: UUID) -> dict[UUID, SourceDetail]:
    """What the protocol says of sources, by id of the source."""
    rows = live_rows(connection, tables.source_detail, study_id)
    roles = _roles(connection, study_id)
    return {row.source_id: _detail(row, roles.get(row.id, {})) for row in rows}


def write_detail(
    connection: Connection, source_id: UUID, detail: SourceDetail, *, actor: Member, reason: str
) -> None:
    """Store what the protocol says of a source in the place of what it said."""
    table = tables.source_detail
    old = next((r for r in live_rows(connection, table, actor.study_id) if r.source_id == source_id), None)
    if old is not None and details_of(connection, actor.study_id)[source_id] == detail:
        return
    row_id = uuid4()
    columns = {
        "id": row_id,
        "source_id": source_id,
        "participants": detail.participants,
        "period": detail.period,
        "weight": detail.weight,
        "scale": detail.scale,
        "note": detail.note,
    }
    people = {"collected": detail.collected, "coded": detail.coded, "steered": detail.steered}
    record(
        connection,
        study_id=actor.study_id,
        actor_id=actor.id,
        action="source.describe",
        entity=table,
        entity_id=row_id,
        add=[
            (table, columns),
            *(
                (tables.source_role, {"source_detail_id": row_id, "role": role, "name": name})
                for role, names in people.items()
                for name in names
            ),
        ],
        retire=[] if old is None else [(table, old.id)],
        detail={"source": source_id.hex, "weight": detail.weight},
        reason=reason,
    )


def guides_of(connection: Connection, study_id: UUID) -> list[Guide]:
    """The guides that hold now, in the order in which they came."""
    labels = _labels(connection, study_id)
    rows = live_rows(connection, tables.source_guide, study_id)
    return [Guide(row.id, labels[row.source_id], row.title, row.text) for row in rows]


def add_guide(
    connection: Connection, source_id: UUID, *, title: str, text: str, actor: Member, reason: str
) -> UUID:
    """Store what was asked in a source; returns the guide's id."""
    guide_id = uuid4()
    columns = {"id": guide_id, "source_id": source_id, "title": title, "text": text}
    record(
        connection,
        study_id=actor.study_id,
        actor_id=actor.id,
        action="guide.add",
        entity=tables.source_guide,
        entity_id=guide_id,
        add=[(tables.source_guide, columns)],
        detail={"source": source_id.hex},
        reason=reason,
    )
    return guide_id


def retire_guide(connection: Connection, guide_id: UUID, *, actor: Member, reason: str) -> None:
    """Take a guide back; it stays in the history."""
    retire_fact(connection, tables.source_guide, guide_id, actor=actor, action="guide.retire", reason=reason)


# --- dependence


def dependences_of(connection: Connection, study_id: UUID) -> list[Dependence]:
    """The pairs of sources that do not speak independently, each in sorted order of names."""
    labels = _labels(connection, study_id)
    return [
        Dependence(labels[row.source_a_id], labels[row.source_b_id], row.kind, row.note)
        for row in live_rows(connection, tables.source_dependence, study_id)
    ]


def set_dependence(
    connection: Connection, pair: tuple[UUID, UUID], *, kind: str, note: str, actor: Member, reason: str
) -> None:
    """Store that two sources depend on each other, in the place of what was said of them."""
    replace_fact(
        connection,
        tables.source_dependence,
        {"source_a_id": pair[0], "source_b_id": pair[1]},
        {"kind": kind, "note": note},
        actor=actor,
        action="dependence.set",
        reason=reason,
    )


def retire_dependence(connection: Connection, pair: tuple[UUID, UUID], *, actor: Member, reason: str) -> bool:
    """Take back that two sources depend on each other; False where nobody said so."""
    for row in live_rows(connection, tables.source_dependence, actor.study_id):
        if (row.source_a_id, row.source_b_id) == pair:
            retire_fact(
                connection,
                tables.source_dependence,
                row.id,
                actor=actor,
                action="dependence.retire",
                reason=reason,
            )
            return True
    return False


# --- the opportunity map


def opportunities_of(connection: Connection, viewer: Member) -> list[SaidOpportunity]:
    """What the map says, by theme, row and source; of rows that the viewer may see."""
    names = _Names(connection, viewer)
    rows = live_rows(connection, tables.opportunity, viewer.study_id)
    said = {}
    for row in sorted(
        rows, key=names.stands_itself
    ):  # what is said of a row wins over one that went on under it
        place = names.row(row)
        if place is not None:
            source = names.labels[row.source_id]
            said[place, source] = SaidOpportunity(place, source, Opportunity(row.state), row.note)
    return sorted(said.values(), key=lambda entry: (entry.row, entry.source))


def set_opportunities(
    connection: Connection, entries: Iterable[NewOpportunity], *, actor: Member, reason: str
) -> int:
    """Write some places of the map in one change; returns how many it altered."""
    table = tables.opportunity
    held = {
        (row.source_id, row.code_id, row.matrix_row_id): row
        for row in live_rows(connection, table, actor.study_id)
    }
    add: list[NewRow] = []
    retire = []
    for entry in entries:
        old = held.pop((entry.source_id, entry.code_id, entry.row_id), None)
        if old is not None and (old.state, old.note) == (entry.state, entry.note):
            continue
        if old is not None:
            retire.append((table, old.id))
        if entry.state is not None:
            add.append((table, _opportunity_columns(entry)))
    if not add and not retire:
        return 0
    record(
        connection,
        study_id=actor.study_id,
        actor_id=actor.id,
        action="opportunity.set",
        entity=table,
        entity_id=add[0][1]["id"] if add else retire[0][1],
        add=add,
        retire=retire,
        detail={"places": max(len(add), len(retire))},
        reason=reason,
    )
    return max(len(add), len(retire))


def _opportunity_columns(entry: NewOpportunity) -> dict[str, Any]:
    return {
        "id": uuid4(),
        "source_id": entry.source_id,
        "code_id": entry.code_id,
        "matrix_row_id": entry.row_id,
        "state": entry.state,
        "note": entry.note,
    }


# --- the history


@dataclass(frozen=True)
class _Version:
    """A row of any of the tables, as words: where it stands, and what it says there."""

    part: str
    place: object
    of: str
    fields: Mapping[str, str]
    created: int
    retired: int | None


def changes_of(connection: Connection, viewer: Member) -> list[ProtocolChange]:
    """Every change of the protocol with its reason, newest first."""
    versions = list(_versions(connection, viewer))
    came: dict[tuple[int, str], dict[object, _Version]] = {}
    went: dict[tuple[int, str], dict[object, _Version]] = {}
    for version in versions:
        came.setdefault((version.created, version.part), {})[version.place] = version
        if version.retired is not None:
            went.setdefault((version.retired, version.part), {})[version.place] = version
    fixed_at = _fixed_at(connection, viewer.study_id)
    events = _events(connection, viewer.study_id, {seq for seq, _ in (*came, *went)} | {fixed_at or 0})
    changes = [
        (
            seq,
            ProtocolChange(
                events[seq].at,
                events[seq].name,
                events[seq].text or "",
                part,
                tuple(_lines(went.get((seq, part), {}), came.get((seq, part), {}))),
                fixed_at is not None and seq > fixed_at,
            ),
        )
        for seq, part in {*came, *went}
    ]
    if fixed_at is not None:
        event = events[fixed_at]
        changes.append((fixed_at, ProtocolChange(event.at, event.name, "", "fixed", (), False)))
    return [change for _, change in sorted(changes, key=lambda one: -one[0])]


def _lines(before: Mapping[object, _Version], after: Mapping[object, _Version]) -> Iterator[ChangedLine]:
    for place in {**before, **after}:
        old, new = before.get(place), after.get(place)
        version = new or old
        assert version is not None
        for field in version.fields:
            was, is_now = (v.fields[field] if v else "" for v in (old, new))
            if was != is_now:
                yield ChangedLine(version.of, field, was, is_now)


def _versions(connection: Connection, viewer: Member) -> Iterator[_Version]:
    study_id = viewer.study_id
    names = _Names(connection, viewer)
    labels = names.labels

    def version(part: str, place: object, of: str, row: Any, fields: Mapping[str, str]) -> _Version:
        return _Version(part, place, of, fields, row.created_event, row.retired_event)

    for row in _all_rows(connection, tables.protocol, study_id):
        yield version("rule", None, "", row, {"rule": row.rule})
    for row in _all_rows(connection, tables.protocol_page, study_id):
        yield version("page", None, "", row, _page_fields(_page(connection, row, labels)))
    roles = _roles(connection, study_id)
    for row in _all_rows(connection, tables.source_detail, study_id):
        fields = _detail_fields(_detail(row, roles.get(row.id, {})))
        yield version("source", row.source_id, labels[row.source_id], row, fields)
    for row in _all_rows(connection, tables.source_guide, study_id):
        yield version("guide", row.id, labels[row.source_id], row, {"guide": row.title})
    for row in _all_rows(connection, tables.source_dependence, study_id):
        of = " × ".join(sorted((labels[row.source_a_id], labels[row.source_b_id])))
        place = (row.source_a_id, row.source_b_id)
        yield version("dependence", place, of, row, {"dependence": row.kind, "note": row.note})
    for row in _all_rows(connection, tables.opportunity, study_id):
        where = names.row(row)
        if where is not None:
            of = f"{where.statement or where.theme} × {labels[row.source_id]}"
            spot = (row.source_id, row.code_id, row.matrix_row_id)
            yield version("opportunity", spot, of, row, {"opportunity": row.state, "note": row.note})


def _page_fields(page: ProtocolPage) -> dict[str, str]:
    named = page.codes.codes if page.codes else {}
    return {
        "questions": "\n".join(page.questions),
        "compare": page.compare,
        "index": page.index or "",
        "sorting": page.sorting,
        "judges": ", ".join(page.judges),
        "settling": page.settling,
        "codes": "\n".join(f"{code}: {said.name}. {said.explanation}" for code, said in named.items()),
    }


def _detail_fields(detail: SourceDetail) -> dict[str, str]:
    return {
        "participants": detail.participants,
        "period": detail.period,
        "weight": detail.weight,
        "scale": detail.scale or "",
        "note": detail.note,
        "collected": ", ".join(detail.collected),
        "coded": ", ".join(detail.coded),
        "steered": ", ".join(detail.steered),
    }


# --- rows as values


class _Names:
    """How sources, themes and rows are called, for a viewer who may not see every row."""

    def __init__(self, connection: Connection, viewer: Member) -> None:
        self.labels = _labels(connection, viewer.study_id)
        self._themes = code_keys(connection, viewer.study_id)
        self._written = rows_written(connection, viewer.study_id)
        self._rows = rows_now(connection, viewer.study_id, viewer=viewer)
        self._hidden = hidden_rows(connection, viewer)

    def stands_itself(self, said: Any) -> bool:
        """Whether it was said of a theme, or of a row that goes on under no other."""
        row_id = said.matrix_row_id
        return row_id is None or self._rows[row_id] == self._written[row_id]

    def row(self, said: Any) -> Row | None:
        """Where in the map something was said; None where the viewer may not see the row."""
        if said.matrix_row_id is None:
            return Row(self._themes[said.code_id])
        return None if said.matrix_row_id in self._hidden else self._rows[said.matrix_row_id]


def _page(connection: Connection, row: Any, labels: Mapping[UUID, str]) -> ProtocolPage:
    judge, code = tables.protocol_judge, tables.protocol_code
    judges = connection.execute(
        sa.select(tables.member.c.name)
        .join(judge, judge.c.member_id == tables.member.c.id)
        .where(judge.c.protocol_page_id == row.id)
    ).scalars()
    named = connection.execute(sa.select(code).where(code.c.protocol_page_id == row.id)).all()
    said = {ConvergenceCode(one.code): CodeName(one.name, one.explanation) for one in named}
    in_order = {key: said[key] for key in ConvergenceCode if key in said}
    return ProtocolPage(
        questions=tuple(row.questions.splitlines()),
        compare=row.compare,
        index=None if row.index_source_id is None else labels[row.index_source_id],
        sorting=row.sorting,
        settling=row.settling,
        judges=tuple(sorted(judges)),
        codes=CodeSet(in_order) if in_order else None,
    )


def _detail(row: Any, people: Mapping[str, Sequence[str]]) -> SourceDetail:
    return SourceDetail(
        participants=row.participants,
        period=row.period,
        weight=row.weight,
        scale=row.scale,
        note=row.note,
        **{role: tuple(sorted(people.get(role, ()))) for role in ("collected", "coded", "steered")},
    )


def _roles(connection: Connection, study_id: UUID) -> dict[UUID, dict[str, list[str]]]:
    """Names by what the protocol says of a source, and by role."""
    role, detail = tables.source_role, tables.source_detail
    rows = connection.execute(
        sa.select(role)
        .join(detail, detail.c.id == role.c.source_detail_id)
        .where(detail.c.study_id == study_id)
    )
    found: dict[UUID, dict[str, list[str]]] = {}
    for row in rows:
        found.setdefault(row.source_detail_id, {}).setdefault(row.role, []).append(row.name)
    return found


def _labels(connection: Connection, study_id: UUID) -> dict[UUID, str]:
    table = tables.source
    rows = connection.execute(sa.select(table.c.id, table.c.label).where(table.c.study_id == study_id))
    return {row.id: row.label for row in rows}


def _all_rows(connection: Connection, table: sa.Table, study_id: UUID) -> Sequence[Any]:
    query = sa.select(table).where(table.c.study_id == study_id).order_by(table.c.created_event)
    return connection.execute(query).all()


def _fixed_at(connection: Connection, study_id: UUID) -> int | None:
    table = tables.protocol_fixed
    found: int | None = connection.execute(
        sa.select(table.c.created_event).where(table.c.study_id == study_id)
    ).scalar()
    return found


def _first_judgement(
    connection: Connection, study_id: UUID, *, of: sa.Select[Any] | None = None
) -> int | None:
    """The event of the first judgement there ever was, of some researchers or of all."""
    firsts = []
    for table in _JUDGED:
        query = sa.select(sa.func.min(table.c.created_event)).where(table.c.study_id == study_id)
        if of is not None:
            query = query.where(table.c.researcher_id.in_(of))
        firsts.append(connection.execute(query).scalar())
    return min((first for first in firsts if first is not None), default=None)


def _written(connection: Connection, study_id: UUID, seq: int) -> Written:
    event = _events(connection, study_id, {seq})[seq]
    return Written(event.at, event.name)


def _events(connection: Connection, study_id: UUID, numbers: set[int]) -> dict[int, Any]:
    """Time, person and reason of some events."""
    event, member, why = tables.event, tables.member, tables.event_reason
    rows = connection.execute(
        sa.select(event.c.seq, event.c.at, member.c.name, why.c.text)
        .join(member, member.c.id == event.c.actor_id)
        .outerjoin(why, (why.c.study_id == event.c.study_id) & (why.c.seq == event.c.seq))
        .where(event.c.study_id == study_id, event.c.seq.in_(numbers))
    )
    return {row.seq: row for row in rows}

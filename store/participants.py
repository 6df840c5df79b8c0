"""Participants: persons and sites across documents, the labels under which they speak, what is said of them.

A participant is a row that never changes. What people change of it afterwards - its name, role, group,
a note, any other attribute - are attributes, of which the newest holds, so that whatever points to it goes
on pointing to it. What people change of a document are `document_value` rows beside the attributes that
came with its import.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy import Connection, Row

from corpus.errors import UserFacingError
from store import tables
from store.documents import AS_WRITTEN, labels_in
from store.events import NewRow, record
from store.facts import live_rows
from store.studies import Member

Kind = Literal["person", "site"]

#: What the table of a participant says of it; in files and tables they stand among the attributes.
FIELDS = ("name", "role", "group", "note")

#: The tables in which a change of people, cases and attributes is made, owners first.
PEOPLE = (
    tables.participant,
    tables.speaker_alias,
    tables.document_case,
    tables.participant_attribute,
    tables.document_value,
)


@dataclass(frozen=True)
class Participant:
    """A person or site; role, group and note are empty where nobody said."""

    id: UUID
    name: str
    kind: Kind
    role: str = ""
    group: str = ""
    note: str = ""


@dataclass(frozen=True)
class Alias:
    """A label under which a participant speaks; ``document_id`` is None where it is so in all documents."""

    id: UUID
    participant_id: UUID
    document_id: UUID | None
    label: str


@dataclass(frozen=True)
class Case:
    """A document that is about, or from, a participant."""

    id: UUID
    document_id: UUID
    participant_id: UUID


# --- reading ----------------------------------------------------------------------------------


def participants(connection: Connection, study_id: UUID) -> list[Participant]:
    """The participants of a study as they are now, in the order in which they came."""
    said = _attribute_rows(connection, study_id)
    return [_as_now(row, said.get(row.id, {})) for row in live_rows(connection, tables.participant, study_id)]


def aliases(connection: Connection, study_id: UUID) -> list[Alias]:
    """Every label that is assigned now."""
    rows = live_rows(connection, tables.speaker_alias, study_id)
    return [Alias(row.id, row.participant_id, row.document_id, row.label) for row in rows]


def cases(connection: Connection, study_id: UUID) -> list[Case]:
    """Every link of a document to a participant."""
    rows = live_rows(connection, tables.document_case, study_id)
    return [Case(row.id, row.document_id, row.participant_id) for row in rows]


def attributes_of_participants(connection: Connection, study_id: UUID) -> dict[UUID, dict[str, str]]:
    """What is said of each participant beside its fields; an empty value was taken away."""
    return {
        participant_id: {name: row.value for name, row in said.items() if name not in FIELDS and row.value}
        for participant_id, said in _attribute_rows(connection, study_id).items()
    }


def said_in_fields(person: Participant) -> dict[str, str]:
    """Name, role, group and note of a participant, as far as somebody said them."""
    return {name: getattr(person, name) for name in FIELDS if getattr(person, name)}


def speaker_names(connection: Connection, study_id: UUID) -> dict[tuple[UUID, str], str]:
    """The name of who speaks under each label of each document: of the participant, else the label itself.

    A label that is assigned in one document is so there; elsewhere it is as it was assigned in all
    documents. A label that nobody was assigned to and that is the name of a participant is not taken
    for them: it is named as `AS_WRITTEN`.

    Returns
    -------
    dict
        (document id, label as written) → name, for every label of a current text.
    """
    return names_of_labels(
        participants(connection, study_id),
        aliases(connection, study_id),
        labels_in(connection, study_id),
    )


def names_of_labels(
    people: Iterable[Participant], assigned: Iterable[Alias], labels: Iterable[tuple[UUID, str]]
) -> dict[tuple[UUID, str], str]:
    """`speaker_names` of what was read.

    Examples
    --------
    >>> anna, one, two = UUID(int=1), UUID(int=2), UUID(int=3)
    >>> names = names_of_labels(
    ...     [Participant(anna, "Anna", "person")],
    ...     [Alias(UUID(int=4), anna, one, "GP 1")],
    ...     [(one, "GP 1"), (two, "GP 1"), (two, "Anna")],
    ... )
    >>> [names[place] for place in ((one, "GP 1"), (two, "GP 1"), (two, "Anna"))]
    ['Anna', 'GP 1', 'Anna (as written)']
    """
    name_of = {person.id: person.name for person in people}
    holder = {(alias.document_id, alias.label): alias.participant_id for alias in assigned}
    taken = set(name_of.values())
    found: dict[tuple[UUID, str], str] = {}
    for document_id, label in labels:
        participant_id = holder.get((document_id, label)) or holder.get((None, label))
        name = None if participant_id is None else name_of.get(participant_id)
        if name is None:
            name = f"{label}{AS_WRITTEN}" if label in taken else label
        found[document_id, label] = name
    return found


def labels_of_participants(
    connection: Connection, study_id: UUID
) -> dict[tuple[UUID | None, str], Participant]:
    """Who speaks under the labels that were assigned.

    Returns
    -------
    dict
        (document id, None for all of them, and label as written) → participant.
    """
    people = {person.id: person for person in participants(connection, study_id)}
    return {
        (alias.document_id, alias.label): people[alias.participant_id]
        for alias in aliases(connection, study_id)
        if alias.participant_id in people
    }


def earlier_identities(connection: Connection, study_id: UUID, participant_id: UUID) -> set[UUID]:
    """The participant and all that were merged into it, or that it was restored from: rows with its names."""
    came_from = _came_from(connection, study_id)
    found, ahead = {participant_id}, [participant_id]
    while ahead:
        for earlier in came_from.get(ahead.pop(), ()):
            if earlier not in found:
                found.add(earlier)
                ahead.append(earlier)
    return found


def _attribute_rows(connection: Connection, study_id: UUID) -> dict[UUID, dict[str, Row[Any]]]:
    found: dict[UUID, dict[str, Row[Any]]] = {}
    for row in live_rows(connection, tables.participant_attribute, study_id):
        found.setdefault(row.participant_id, {})[row.name] = row
    return found


def _as_now(row: Row[Any], said: Mapping[str, Row[Any]]) -> Participant:
    values = {"name": row.name, "role": row.role or "", "group": row.participant_group or ""}
    values |= {name: said[name].value for name in FIELDS if name in said}
    return Participant(row.id, kind=row.kind, **values)


def _came_from(connection: Connection, study_id: UUID) -> dict[UUID, set[UUID]]:
    event = tables.event
    rows = connection.execute(
        sa.select(event.c.operation_id, event.c.action, event.c.entity_id, event.c.detail)
        .where(event.c.study_id == study_id, event.c.action.in_(("participant.merge", "people.undo")))
        .order_by(event.c.seq)
    ).all()
    undone = {row.detail.get("undid") for row in rows}
    found: dict[UUID, set[UUID]] = defaultdict(set)
    for row in rows:
        if row.action == "participant.merge" and row.operation_id.hex not in undone:
            found[row.entity_id].update(UUID(gone) for gone in row.detail["merged"])
        for new, old in (row.detail.get("restored") or {}).items():
            found[UUID(new)].add(UUID(old))
    return found


# --- writing ----------------------------------------------------------------------------------


def add_participant(
    connection: Connection, *, actor: Member, name: str, kind: Kind, role: str = "", group: str = ""
) -> UUID:
    """A new person or site."""
    made = uuid4()
    columns = {"id": made, "name": name, "kind": kind, "role": role, "participant_group": group}
    _record(
        connection, actor, "participant.add", tables.participant, made, add=[(tables.participant, columns)]
    )
    return made


def retire_participant(connection: Connection, participant_id: UUID, *, actor: Member) -> None:
    """Take a participant back with its labels, links and attributes."""
    retire = [(tables.participant, participant_id)]
    for table in PEOPLE[1:-1]:
        retire += [(table, row.id) for row in _of(connection, table, {participant_id}, actor)]
    _record(connection, actor, "participant.retire", tables.participant, participant_id, retire=retire)


def assign(
    connection: Connection,
    participant_id: UUID,
    labels: Iterable[str],
    *,
    actor: Member,
    document_ids: Iterable[UUID | None] = (None,),
) -> None:
    """Say who speaks under some labels, in some documents, or in all where None is among them."""
    places = [(document_id, label) for document_id in document_ids for label in labels]
    there = {
        (row.document_id, row.label): row
        for row in live_rows(connection, tables.speaker_alias, actor.study_id)
    }
    fresh = [p for p in places if p not in there or there[p].participant_id != participant_id]
    if not fresh:
        return
    rows = [
        {"id": uuid4(), "participant_id": participant_id, "document_id": document_id, "label": label}
        for document_id, label in fresh
    ]
    _record(
        connection,
        actor,
        "speaker.assign",
        tables.participant,
        participant_id,
        add=[(tables.speaker_alias, row) for row in rows],
        retire=[(tables.speaker_alias, there[place].id) for place in fresh if place in there],
        detail={"labels": len(fresh)},
    )


def unassign(connection: Connection, alias_ids: Iterable[UUID], *, actor: Member) -> None:
    """Let labels stand for themselves again."""
    gone = [(tables.speaker_alias, alias_id) for alias_id in alias_ids]
    if gone:
        _record(connection, actor, "speaker.unassign", *gone[0], retire=gone)


def merge(connection: Connection, into: UUID, others: Iterable[UUID], *, actor: Member) -> None:
    """Several participants are one: labels and links go over; what is said of the one that stays wins."""
    gone = set(others) - {into}
    if not gone:
        return
    add: list[NewRow] = []
    retire: list[tuple[sa.Table, UUID]] = [(tables.participant, participant_id) for participant_id in gone]
    kept = {row.name for row in _of(connection, tables.participant_attribute, {into}, actor)}
    linked = {row.document_id for row in _of(connection, tables.document_case, {into}, actor)}
    for table in (tables.speaker_alias, tables.document_case, tables.participant_attribute):
        for row in _of(connection, table, gone, actor):
            retire.append((table, row.id))
            columns = _copied(table, row) | {"participant_id": into}
            if table is tables.participant_attribute:
                if row.name in kept or row.name in FIELDS:
                    continue
                kept.add(row.name)
            if table is tables.document_case:
                if row.document_id in linked:
                    continue
                linked.add(row.document_id)
            add.append((table, columns))
    _record(
        connection,
        actor,
        "participant.merge",
        tables.participant,
        into,
        add=add,
        retire=retire,
        detail={"merged": sorted(participant_id.hex for participant_id in gone)},
    )


def link_documents(
    connection: Connection, document_ids: Iterable[UUID], participant_id: UUID, *, actor: Member
) -> int:
    """Say that documents are about, or from, a participant, as one change; returns how many were not yet."""
    known = live_rows(connection, tables.document_case, actor.study_id)
    linked = {row.document_id for row in known if row.participant_id == participant_id}
    rows: list[NewRow] = [
        (
            tables.document_case,
            {"id": uuid4(), "document_id": document_id, "participant_id": participant_id},
        )
        for document_id in dict.fromkeys(document_ids)
        if document_id not in linked
    ]
    if rows:
        _record(connection, actor, "case.link", tables.document_case, rows[0][1]["id"], add=rows)
    return len(rows)


def unlink_document(connection: Connection, case_id: UUID, *, actor: Member) -> None:
    """Take a link of a document to a participant back."""
    gone = [(tables.document_case, case_id)]
    _record(connection, actor, "case.unlink", tables.document_case, case_id, retire=gone)


def set_values(
    connection: Connection,
    *,
    actor: Member,
    documents: Mapping[tuple[UUID, str], str] | None = None,
    people: Mapping[tuple[UUID, str], str] | None = None,
    operation_id: UUID | None = None,
) -> int:
    """Say attributes of documents and participants anew, as one change; returns how many.

    Parameters
    ----------
    documents, people : mapping
        (id, name of the attribute) → value; the empty string takes it away.
    """
    add: list[NewRow] = []
    retire: list[tuple[sa.Table, UUID]] = []
    for table, column, values in (
        (tables.document_value, "document_id", documents or {}),
        (tables.participant_attribute, "participant_id", people or {}),
    ):
        there = {
            (row._mapping[column], row.name): row for row in live_rows(connection, table, actor.study_id)
        }
        for (owner, name), value in values.items():
            before = there.get((owner, name))
            if before is not None:
                retire.append((table, before.id))
            add.append((table, {"id": uuid4(), column: owner, "name": name, "value": value}))
    if add:
        table, row = add[0]
        _record(
            connection,
            actor,
            "attribute.set",
            table,
            row["id"],
            add=add,
            retire=retire,
            detail={"values": len(add)},
            operation_id=operation_id,
        )
    return len(add)


def undo(connection: Connection, operation_id: UUID, *, actor: Member) -> None:
    """Take a change of people, cases or attributes back: what it ended holds again, what it made ends.

    Raises
    ------
    UserFacingError
        If something that it made was changed since.
    """
    event = tables.event
    seq = connection.execute(
        sa.select(event.c.seq).where(event.c.study_id == actor.study_id, event.c.operation_id == operation_id)
    ).scalar()
    add: list[NewRow] = []
    retire: list[tuple[sa.Table, UUID]] = []
    restored: dict[UUID, UUID] = {}
    for table in PEOPLE:
        of_study = table.c.study_id == actor.study_id
        for row in connection.execute(sa.select(table).where(of_study, table.c.created_event == seq)):
            if row.retired_event is not None:
                raise UserFacingError(
                    "What this change made was changed again since. Take the later change back first."
                )
            retire.append((table, row.id))
        for row in connection.execute(sa.select(table).where(of_study, table.c.retired_event == seq)):
            columns = _copied(table, row)
            if table is tables.participant:
                restored[row.id] = columns["id"]
            elif "participant_id" in columns:
                columns["participant_id"] = restored.get(row.participant_id, row.participant_id)
            add.append((table, columns))
    entity = retire[0] if retire else (add[0][0], add[0][1]["id"]) if add else None
    if seq is None or entity is None:
        raise UserFacingError("There is no such change of people or attributes in this study.")
    _record(
        connection,
        actor,
        "people.undo",
        *entity,
        add=add,
        retire=retire,
        detail={
            "undid": operation_id.hex,
            "restored": {new.hex: old.hex for old, new in restored.items()},
        },
    )


def _of(connection: Connection, table: sa.Table, participant_ids: set[UUID], actor: Member) -> list[Row[Any]]:
    rows = live_rows(connection, table, actor.study_id)
    return [row for row in rows if row.participant_id in participant_ids]


def _copied(table: sa.Table, row: Row[Any]) -> dict[str, Any]:
    """A row to insert again, under an id of its own."""
    kept = {column.name: row._mapping[column.name] for column in table.columns}
    for name in ("study_id", "created_event", "retired_event"):
        del kept[name]
    return kept | {"id": uuid4()}


def _record(
    connection: Connection,
    actor: Member,
    action: str,
    entity: sa.Table,
    entity_id: UUID,
    *,
    add: Iterable[NewRow] = (),
    retire: Iterable[tuple[sa.Table, UUID]] = (),
    detail: Mapping[str, Any] | None = None,
    operation_id: UUID | None = None,
) -> None:
    record(
        connection,
        study_id=actor.study_id,
        actor_id=actor.id,
        action=action,
        entity=entity,
        entity_id=entity_id,
        operation_id=operation_id,
        add=list(add),
        retire=list(retire),
        detail=detail,
    )

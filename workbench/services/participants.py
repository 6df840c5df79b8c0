"""People and cases: who speaks under which label, which documents are about whom, and what is said of them.

All of it is said by people about documents, not about codes: every member of a study may say it, everybody
sees it and who said it. Labels that nobody was assigned to stay what they are: "Interviewer" in two
documents is one person only where somebody says so.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from corpus.cleaning import clean_text
from corpus.errors import UnreadableFile, UserFacingError
from corpus.speakers import as_it_looks
from corpus.spreadsheets import bound, read_rows
from store import participants as kept
from store import tables
from store.columns import stored_texts
from store.documents import LINKED_CASE, StoredDocument, documents, labels_in
from store.engine import reading, writing
from store.participants import Alias, Kind, Participant, said_in_fields
from store.speakers import turns_of
from store.studies import Member, member_names
from workbench.services.documents import document_named
from workbench.services.errors import NotThere

KINDS: tuple[Kind, ...] = ("person", "site")

LONGEST_NAME = 200
LONGEST_VALUE = 2_000

#: Before a label there may be a time; beside it an office or a party.
_LONGEST_BEFORE, _LONGEST_BESIDE = 80, 160

#: The columns of `attributes_file`.
ATTRIBUTE_COLUMNS = ("document", "participant", "name", "value")

#: What changes people, cases and attributes, as the log calls it.
CHANGES = (
    "participant.add",
    "participant.merge",
    "participant.retire",
    "speaker.assign",
    "speaker.unassign",
    "case.link",
    "case.unlink",
    "attribute.set",
    "people.undo",
)


@dataclass(frozen=True)
class Spoken:
    """What is said under a label in one document; ``participant`` is None where nobody was assigned."""

    document_id: UUID
    title: str
    turns: int
    words: int
    participant: str | None


@dataclass(frozen=True)
class Label:
    """A label as the texts have it, with all that is said under it.

    ``looks_like`` are other labels that look the same but are written otherwise.
    """

    label: str
    documents: tuple[Spoken, ...]
    looks_like: tuple[str, ...] = ()

    @property
    def turns(self) -> int:
        return sum(spoken.turns for spoken in self.documents)

    @property
    def words(self) -> int:
        return sum(spoken.words for spoken in self.documents)

    @property
    def participants(self) -> tuple[str, ...]:
        """Who speaks under it, each once; empty where nobody was assigned."""
        return tuple(dict.fromkeys(s.participant for s in self.documents if s.participant is not None))


@dataclass(frozen=True)
class CaseLine:
    """A participant with its labels, its documents, what it says there, and what is said of it.

    ``documents`` are those that it is linked to or speaks in.
    """

    participant: Participant
    labels: tuple[Alias, ...]
    documents: tuple[StoredDocument, ...]
    linked: frozenset[UUID]
    turns: int
    words: int
    attributes: Mapping[str, str]


@dataclass(frozen=True)
class People:
    """All labels and participants of a study."""

    labels: tuple[Label, ...]
    cases: tuple[CaseLine, ...]

    @property
    def not_assigned(self) -> int:
        """Labels of which some turns are nobody's yet."""
        return sum(any(s.participant is None for s in label.documents) for label in self.labels)


@dataclass(frozen=True)
class Said:
    """What was said of an attribute at a time; ``value`` is empty where it was taken away."""

    value: str
    by: str
    at: dt.datetime | None
    holds: bool


@dataclass(frozen=True)
class Change:
    """A change of people, cases or attributes; ``id`` is what `undo_change` takes."""

    id: UUID
    what: str
    by: str
    at: dt.datetime
    mine: bool


@dataclass(frozen=True)
class TakenIn:
    """What became of a file of attributes: values that were set, that were so already, refused rows."""

    set: int
    same: int
    refused: tuple[str, ...]


# --- telling ------------------------------------------------------------------------------------


def people_of(engine: Engine, actor: Member) -> People:
    """Who is named as speaking, with how much is said, and the participants with their documents."""
    with reading(engine) as connection:
        listed = documents(connection, actor.study_id)
        people = kept.participants(connection, actor.study_id)
        assigned = kept.aliases(connection, actor.study_id)
        linked = kept.cases(connection, actor.study_id)
        said = kept.attributes_of_participants(connection, actor.study_id)
        counts = _counts(connection, listed)
    holder = {(alias.document_id, alias.label): alias.participant_id for alias in assigned}
    names = {person.id: person.name for person in people}

    def who(document_id: UUID, label: str) -> UUID | None:
        found = holder.get((document_id, label)) or holder.get((None, label))
        return found if found in names else None

    spoken: dict[str, list[Spoken]] = defaultdict(list)
    theirs: dict[UUID, list[Spoken]] = defaultdict(list)
    for document in listed:
        for label, (turns, words) in counts.get(document.version_id, {}).items():
            person = who(document.id, label)
            name = None if person is None else names[person]
            one = Spoken(document.id, document.title, turns, words, name)
            spoken[label].append(one)
            if person is not None:
                theirs[person].append(one)
    links: dict[UUID, set[UUID]] = defaultdict(set)
    for case in linked:
        links[case.participant_id].add(case.document_id)
    return People(
        tuple(_labels(spoken)),
        tuple(
            CaseLine(
                person,
                tuple(alias for alias in assigned if alias.participant_id == person.id),
                _of_case(listed, links[person.id], theirs[person.id]),
                frozenset(links[person.id]),
                sum(one.turns for one in theirs[person.id]),
                sum(one.words for one in theirs[person.id]),
                said.get(person.id, {}),
            )
            for person in people
        ),
    )


def voices_in(engine: Engine, actor: Member, document_id: UUID) -> dict[str, str]:
    """Who speaks under each label of a document, with role and group; labels of nobody are left out."""
    with reading(engine) as connection:
        if document_id not in {document.id for document in documents(connection, actor.study_id)}:
            raise NotThere("This document is not in the study.")
        people = {person.id: person for person in kept.participants(connection, actor.study_id)}
        assigned = kept.aliases(connection, actor.study_id)
    found: dict[str, str] = {}
    for alias in sorted(assigned, key=lambda alias: alias.document_id is not None):  # of this document last
        if alias.document_id in (None, document_id) and alias.participant_id in people:
            person = people[alias.participant_id]
            more = ", ".join(filter(None, (person.role, person.group)))
            found[alias.label] = f"{person.name} ({more})" if more else person.name
    return found


def attribute_history(
    engine: Engine, actor: Member, of: Literal["document", "participant"], owner: UUID, name: str
) -> list[Said]:
    """All that was said of one attribute, newest first; what came with the import has no ``at``."""
    table, column = (
        (tables.document_value, "document_id")
        if of == "document"
        else (tables.participant_attribute, "participant_id")
    )
    event = tables.event
    with reading(engine) as connection:
        who = dict(member_names(connection, actor.study_id))
        rows = connection.execute(
            sa.select(table, event.c.actor_id, event.c.at)
            .join(event, (event.c.study_id == table.c.study_id) & (event.c.seq == table.c.created_event))
            .where(table.c.study_id == actor.study_id, table.c[column] == owner, table.c.name == name)
            .order_by(table.c.created_event.desc())
        )
        told = [
            Said(
                row.value or "",
                who.get(row.actor_id, ""),
                dt.datetime.fromisoformat(row.at),
                row.retired_event is None,
            )
            for row in rows
        ]
        if of == "document":
            told += _imported(connection, actor, owner, name, holds=not any(said.holds for said in told))
    return told


def changes_of_people(engine: Engine, actor: Member, *, limit: int = 20) -> list[Change]:
    """The last changes of people, cases and attributes that can still be taken back, newest first."""
    event = tables.event
    with reading(engine) as connection:
        who = dict(member_names(connection, actor.study_id))
        rows = connection.execute(
            sa.select(event)
            .where(event.c.study_id == actor.study_id, event.c.action.in_(CHANGES))
            .order_by(event.c.seq.desc())
            .limit(10 * limit)
        ).all()
    undone = {row.detail.get("undid") for row in rows}
    told = [
        Change(
            row.operation_id,
            row.action,
            who.get(row.actor_id, ""),
            dt.datetime.fromisoformat(row.at),
            row.actor_id == actor.id,
        )
        for row in rows
        if row.operation_id.hex not in undone
    ]
    return told[:limit]


def attributes_file(engine: Engine, actor: Member) -> bytes:
    """Attributes of documents and participants as CSV, one a row, as `import_attributes` reads them."""
    with reading(engine) as connection:
        listed = documents(connection, actor.study_id)
        people = kept.participants(connection, actor.study_id)
        said = kept.attributes_of_participants(connection, actor.study_id)
    once = {title for title in (d.title for d in listed) if sum(d.title == title for d in listed) == 1}
    rows = [
        (document.title if document.title in once else str(document.id), "", name, value)
        for document in listed
        for name, value in document.attributes.items()
        if name != LINKED_CASE
    ]
    rows += [
        ("", person.name, name, value)
        for person in people
        for name, value in ({"kind": person.kind} | said_in_fields(person) | said.get(person.id, {})).items()
        if value
    ]
    told = io.StringIO(newline="")
    table = csv.writer(told)
    table.writerow(ATTRIBUTE_COLUMNS)
    table.writerows([bound(cell) for cell in row] for row in rows)
    return told.getvalue().encode("utf-8-sig")


# --- changing -----------------------------------------------------------------------------------


def add_participant(
    engine: Engine, actor: Member, name: str, *, kind: str = "person", role: str = "", group: str = ""
) -> UUID:
    """A new person or site.

    Raises
    ------
    UserFacingError
        If there is no name, it is another's, or the kind is not known.
    """
    with writing(engine) as connection:
        return _added(connection, actor, name, kind=kind, role=role, group=group)


def assign_labels(
    engine: Engine,
    actor: Member,
    labels: Collection[str],
    to: str,
    *,
    document_ids: Collection[UUID] | None = None,
    kind: str = "person",
) -> UUID:
    """Say who speaks under some labels; returns the participant, who is added where the name is new.

    Parameters
    ----------
    to : str
        Name or id of a participant.
    document_ids : collection of UUID, optional
        The documents in which it is so; in all of them where it is None.

    Raises
    ------
    NotThere
        If a label stands in no text, or in one of the documents it does not.
    """
    if not labels:
        raise UserFacingError("Select the labels first.")
    with writing(engine) as connection:
        there = labels_in(connection, actor.study_id)
        places: Iterable[UUID | None] = [None] if document_ids is None else list(dict.fromkeys(document_ids))
        for label in labels:
            spoken = {document_id for document_id, known in there if known == label}
            missing = not spoken if document_ids is None else set(document_ids) - spoken
            if missing:
                raise NotThere(
                    f"Nobody speaks under the label '{label}' there. 'trigpoint participants list' and the "
                    "page People and cases list the labels."
                )
        found = _named(kept.participants(connection, actor.study_id), to)
        participant_id = found.id if found else _added(connection, actor, to, kind=kind)
        kept.assign(connection, participant_id, list(labels), actor=actor, document_ids=places)
        return participant_id


def unassign_labels(engine: Engine, actor: Member, alias_ids: Collection[UUID]) -> None:
    """Let labels stand for themselves again."""
    with writing(engine) as connection:
        known = {alias.id for alias in kept.aliases(connection, actor.study_id)}
        if not set(alias_ids) <= known:
            raise NotThere("A label was assigned otherwise meanwhile. Reload the page.")
        kept.unassign(connection, alias_ids, actor=actor)


def merge_participants(engine: Engine, actor: Member, into: UUID, others: Collection[UUID]) -> None:
    """Several participants are one; what is said of the one that stays wins."""
    with writing(engine) as connection:
        people = {person.id: person for person in kept.participants(connection, actor.study_id)}
        wanted = {into, *others}
        if not wanted <= set(people):
            raise NotThere("One of these participants is not there any more. Reload the page.")
        if len({people[participant_id].kind for participant_id in wanted}) > 1:
            raise UserFacingError("A person and a site cannot be one. Merge persons with persons.")
        kept.merge(connection, into, others, actor=actor)


def retire_participant(engine: Engine, actor: Member, participant_id: UUID) -> None:
    """Take a participant back; its labels stand for themselves again."""
    with writing(engine) as connection:
        _there(connection, actor, participant_id)
        kept.retire_participant(connection, participant_id, actor=actor)


def link_documents(
    engine: Engine, actor: Member, document_ids: Collection[UUID], participant_id: UUID
) -> int:
    """Say that documents are about, or from, a participant, as one change; returns how many were not yet."""
    if not document_ids:
        raise UserFacingError("Choose the documents first.")
    with writing(engine) as connection:
        _there(connection, actor, participant_id)
        if not set(document_ids) <= {document.id for document in documents(connection, actor.study_id)}:
            raise NotThere("A document is not in the study any more. Reload the page.")
        return kept.link_documents(connection, document_ids, participant_id, actor=actor)


def unlink_document(engine: Engine, actor: Member, document_id: UUID, participant_id: UUID) -> None:
    """Take a link of a document to a participant back."""
    with writing(engine) as connection:
        for case in kept.cases(connection, actor.study_id):
            if (case.document_id, case.participant_id) == (document_id, participant_id):
                kept.unlink_document(connection, case.id, actor=actor)
                return
        raise NotThere("This document is not linked to this participant.")


def set_attributes(
    engine: Engine,
    actor: Member,
    *,
    documents: Mapping[tuple[UUID, str], str | None] | None = None,
    participants: Mapping[tuple[UUID, str], str | None] | None = None,
) -> int:
    """Say attributes anew, by owner and name, as one change; None or nothing takes a value away.

    What came with the import stays as it was; the newer value wins. Name, role, group and note of a
    participant are set so too. Returns how many values changed.

    Raises
    ------
    UserFacingError
        If an owner is not there, a name is empty or kept for the program, or a participant would be
        without a name or bear another's.
    """
    with writing(engine) as connection:
        return _set(connection, actor, documents or {}, participants or {})


def undo_change(engine: Engine, actor: Member, change_id: UUID) -> None:
    """Take a change back that nothing later rests on; undoing an undo does it again."""
    with writing(engine) as connection:
        kept.undo(connection, change_id, actor=actor)


def import_attributes(engine: Engine, actor: Member, path: Path) -> TakenIn:
    """Set attributes from a CSV file with the columns document or participant, name and value.

    A participant that is not there is added. Rows that cannot be taken are refused, each with its
    reason, and the others count.

    Raises
    ------
    UnreadableFile
        If the file is no such table.
    """
    rows = read_rows(path, needed=("name", "value"))
    if rows and not {"document", "participant"} & set(rows[0][1]):
        raise UnreadableFile(
            f"{path.name} has no column document and no column participant. Name whom a value is of."
        )
    with writing(engine) as connection:
        listed = documents(connection, actor.study_id)
        of_documents: dict[tuple[UUID, str], str | None] = {}
        of_people: dict[tuple[UUID, str], str | None] = {}
        refused = []
        for number, row in rows:
            try:
                _take_row(connection, actor, listed, row, of_documents, of_people)
            except UserFacingError as error:
                refused.append(f"{path.name}, row {number}: {error}")
        changed = _set(connection, actor, of_documents, of_people)
        return TakenIn(changed, len(of_documents) + len(of_people) - changed, tuple(refused))


# --- how ----------------------------------------------------------------------------------------


def _counts(
    connection: Connection, listed: Sequence[StoredDocument]
) -> dict[UUID, dict[str, tuple[int, int]]]:
    """Turns and words under each label, by version; the label itself is none of the words."""
    versions = [document.version_id for document in listed]
    turns: dict[UUID, list[tuple[int, int, str]]] = {}
    for begin in range(0, len(versions), 500):
        turns |= turns_of(connection, versions[begin : begin + 500])
    texts = stored_texts(connection, turns)
    found: dict[UUID, dict[str, tuple[int, int]]] = {}
    for version_id, spoken in turns.items():
        counts = found.setdefault(version_id, {})
        for start, end, label in spoken:
            before = counts.get(label, (0, 0))
            words = len(_without_label(texts[version_id][start:end], label).split())
            counts[label] = (before[0] + 1, before[1] + words)
    return found


def _without_label(turn: str, label: str) -> str:
    """What is said in a turn, without who says it, where that stands before it."""
    at = turn.find(label, 0, _LONGEST_BEFORE)
    colon = turn.find(":", at + len(label), at + len(label) + _LONGEST_BESIDE) if at >= 0 else -1
    return turn if colon < 0 else turn[colon + 1 :]


def _labels(spoken: Mapping[str, list[Spoken]]) -> list[Label]:
    alike: dict[str, list[str]] = defaultdict(list)
    for label in spoken:
        alike[as_it_looks(label)].append(label)
    told = [
        Label(label, tuple(found), tuple(other for other in alike[as_it_looks(label)] if other != label))
        for label, found in spoken.items()
    ]
    return sorted(told, key=lambda label: (-label.turns, label.label.casefold()))


def _of_case(
    listed: Sequence[StoredDocument], linked: set[UUID], spoken: Iterable[Spoken]
) -> tuple[StoredDocument, ...]:
    wanted = linked | {one.document_id for one in spoken}
    return tuple(document for document in listed if document.id in wanted)


def _imported(connection: Connection, actor: Member, owner: UUID, name: str, *, holds: bool) -> list[Said]:
    table = tables.document_attribute
    rows = connection.execute(
        sa.select(table.c.value)
        .join(tables.document, tables.document.c.id == table.c.document_id)
        .where(
            tables.document.c.study_id == actor.study_id, table.c.document_id == owner, table.c.name == name
        )
    )
    return [Said(row.value, "", None, holds) for row in rows]


def _named(people: Iterable[Participant], wanted: str) -> Participant | None:
    name = _one_line(wanted)
    return next(
        (p for p in people if str(p.id) == wanted.strip() or p.name.casefold() == name.casefold()), None
    )


def _added(
    connection: Connection, actor: Member, name: str, *, kind: str = "person", role: str = "", group: str = ""
) -> UUID:
    name = _name(name)
    if kind not in KINDS:
        raise UserFacingError(f"A participant is a person or a site, not '{kind}'.")
    if _named(kept.participants(connection, actor.study_id), name):
        raise UserFacingError(f"There is a participant '{name}' already. Take another name.")
    return kept.add_participant(
        connection,
        actor=actor,
        name=name,
        kind=kind,
        role=_one_line(role),
        group=_one_line(group),
    )


def _there(connection: Connection, actor: Member, participant_id: UUID) -> Participant:
    people = kept.participants(connection, actor.study_id)
    found = next((person for person in people if person.id == participant_id), None)
    if found is None:
        raise NotThere("This participant is not there any more. Reload the page.")
    return found


def _set(
    connection: Connection,
    actor: Member,
    of_documents: Mapping[tuple[UUID, str], str | None],
    of_people: Mapping[tuple[UUID, str], str | None],
) -> int:
    """Store the values that differ from what holds now."""
    held = {document.id: document.attributes for document in documents(connection, actor.study_id)}
    people = {person.id: person for person in kept.participants(connection, actor.study_id)}
    said = kept.attributes_of_participants(connection, actor.study_id)
    now = {person.id: said_in_fields(person) | said.get(person.id, {}) for person in people.values()}
    fresh_documents = _differing(of_documents, held, "document")
    fresh_people = _differing(of_people, now, "participant")
    _refuse_names(people, {owner: value for (owner, name), value in fresh_people.items() if name == "name"})
    return kept.set_values(
        connection, actor=actor, documents=fresh_documents, people=fresh_people, operation_id=uuid4()
    )


def _differing(
    wanted: Mapping[tuple[UUID, str], str | None], held: Mapping[UUID, Mapping[str, str]], what: str
) -> dict[tuple[UUID, str], str]:
    fresh: dict[tuple[UUID, str], str] = {}
    for (owner, name), value in wanted.items():
        if owner not in held:
            raise NotThere(f"A {what} is not in the study any more. Reload the page.")
        name, value = _one_line(name), clean_text(value or "").strip()
        if not name or len(name) > LONGEST_NAME or (what == "document" and name == LINKED_CASE):
            raise UserFacingError(
                f"An attribute cannot be called '{name[:40]}'. Give it a short name of its own."
            )
        if len(value) > LONGEST_VALUE:
            raise UserFacingError(f"The value of '{name}' is longer than {LONGEST_VALUE} characters.")
        if value != held[owner].get(name, ""):
            fresh[owner, name] = value
    return fresh


def _refuse_names(people: Mapping[UUID, Participant], renamed: Mapping[UUID, str]) -> None:
    after = {person.id: renamed.get(person.id, person.name) for person in people.values()}
    for participant_id, name in renamed.items():
        _name(name)
        others = (other.casefold() for key, other in after.items() if key != participant_id)
        if name.casefold() in others:
            raise UserFacingError(f"There is a participant '{name}' already. Merge them if they are one.")


def _take_row(
    connection: Connection,
    actor: Member,
    listed: Sequence[StoredDocument],
    row: Mapping[str, str],
    of_documents: dict[tuple[UUID, str], str | None],
    of_people: dict[tuple[UUID, str], str | None],
) -> None:
    document, participant = row.get("document", ""), row.get("participant", "")
    name, value = _one_line(row.get("name", "")), row.get("value", "")
    if bool(document) == bool(participant):
        raise UserFacingError("Name a document or a participant, one of them.")
    if not name:
        raise UserFacingError("The attribute has no name.")
    if document:
        owner = document_named(listed, document).id
        places: dict[tuple[UUID, str], Any] = of_documents
        if name == LINKED_CASE:
            raise UserFacingError(f"'{LINKED_CASE}' is made from links. Link the document to a participant.")
    else:
        found = _named(kept.participants(connection, actor.study_id), participant)
        if name == "kind":
            if value not in KINDS:
                raise UserFacingError(f"A participant is a person or a site, not '{value}'.")
            if found is None:
                _added(connection, actor, participant, kind=value)
            elif found.kind != value:
                raise UserFacingError(f"'{participant}' is a {found.kind} already.")
            return
        if name == "name":
            if found is None:
                _added(connection, actor, participant)
            elif value != found.name:
                raise UserFacingError("A participant is renamed on the page People and cases.")
            return
        owner = found.id if found else _added(connection, actor, participant)
        places = of_people
    if len(value) > LONGEST_VALUE or len(name) > LONGEST_NAME:
        raise UserFacingError("The name or value is too long.")
    if places.get((owner, name), value) != value:
        raise UserFacingError(f"'{name}' has another value in a row above.")
    places[owner, name] = value


def _name(name: str) -> str:
    name = _one_line(name)
    if not name:
        raise UserFacingError("A participant needs a name. A pseudonym is enough.")
    if len(name) > LONGEST_NAME:
        raise UserFacingError(f"The name is longer than {LONGEST_NAME} characters.")
    return name


def _one_line(text: str) -> str:
    return " ".join(clean_text(text).split())

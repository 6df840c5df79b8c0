"""Taking out what participants said: their words are blanked in every row, the log stays whole.

What is blanked in which table stands in `store.blanking`. Rows keep their places, codes and authors,
so that figures counted earlier can still be counted; only the words go. Before its words go, each row
is named in `blanked` with the digest that the log knows.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy import Connection, Engine, Table

from corpus.anchoring import CONTEXT
from store import search_index, tables
from store.blanking import BLANKABLE, MARK, row_key
from store.documents import forget_sections
from store.engine import outside_transactions
from store.events import log_key, record, row_digest
from store.participants import earlier_identities
from store.portions import portions
from store.studies import Member
from store.types import Words
from store.withdrawn_texts import bytes_withdrawn

Span = tuple[int, int]

#: Rows that point to a place in a text, with their words.
_QUOTING = (
    tables.coding,
    tables.consensus_coding,
    tables.code_example,
    tables.finding_excerpt,
    tables.framework_excerpt,
    tables.framework_case_excerpt,
    tables.relation_excerpt,
    tables.thread_excerpt,
)

#: What hangs on the lineage of a coding.
_ON_CODINGS = (tables.memo, tables.coding_detail, tables.coding_origin)

#: What people keep of a document beside its text, and ends with it.
_OF_DOCUMENTS = (
    tables.document_value,
    tables.meeting,
    tables.appraisal,
    tables.framework_cell,
    tables.speaker_alias,
)


@dataclass(frozen=True)
class Withdrawn:
    """What is to be taken out.

    ``documents`` go as a whole. ``spans`` are places by version in documents that stay; ``speakers``
    are the names under which the person speaks there, ``participant`` is who that is where it is known.
    """

    documents: frozenset[UUID] = frozenset()
    spans: Mapping[UUID, tuple[Span, ...]] = field(default_factory=dict)
    speakers: frozenset[str] = frozenset()
    participant: UUID | None = None


@dataclass(frozen=True)
class BlankRow:
    """A row that loses its words: as it is, what its columns become, and whether it ceases to hold."""

    table: Table
    row: Mapping[str, Any]
    becomes: Mapping[str, Any]
    ends: bool

    @property
    def key(self) -> tuple[str, str]:
        return self.table.name, row_key(self.table, self.row)


def rows_to_blank(connection: Connection, study_id: UUID, what: Withdrawn) -> list[BlankRow]:
    """Every row of the study that holds words of what is withdrawn, or words on it, each once."""
    found = _Search(connection, study_id, what).rows()
    return list({each.key: each for each in found}.values())


def withdraw(connection: Connection, *, actor: Member, what: Withdrawn, reason: str) -> Counter[str]:
    """Blank all that is withdrawn, as one event; returns how many rows of each table lost their words.

    It cannot be undone: no row, and not the log, holds the words any more. `purge` takes them out of
    the file itself.
    """
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA secure_delete=ON")
    rows = rows_to_blank(connection, actor.study_id, what)
    key = log_key(connection, actor.study_id)
    known = _digests_of_earlier_withdrawals(connection, actor.study_id)
    withdrawal_id = uuid4()
    counts = Counter(each.table.name for each in rows)
    reasons = _reasons(connection, actor.study_id, what, rows)
    entity = {
        "id": withdrawal_id,
        "document_id": next(iter(what.documents), None),
        "participant_id": what.participant,
    }
    named = [
        {
            "withdrawal_id": withdrawal_id,
            "table_name": each.key[0],
            "row_key": each.key[1],
            "digest": known.get(each.key) or row_digest(each.table, each.row, key),
            "blank_digest": row_digest(each.table, {**each.row, **each.becomes}, key),
        }
        for each in rows
    ]
    record(
        connection,
        study_id=actor.study_id,
        actor_id=actor.id,
        action="document.withdraw" if what.documents else "speaker.withdraw",
        entity=tables.withdrawal,
        entity_id=withdrawal_id,
        add=[(tables.withdrawal, entity), *((tables.blanked, row) for row in named)],
        retire=_ending(connection, rows, what),
        detail={"blanked": dict(counts), "reasons": reasons},
        reason=reason,
    )
    for each in rows:
        _blank(connection, each)
    if reasons:
        why = tables.event_reason
        connection.execute(
            why.update().where(why.c.study_id == actor.study_id, why.c.seq.in_(reasons)).values(text=MARK)
        )
    if search_index.is_there(connection):
        search_index.create(connection)  # empty: it is made again of what is left
    forget_sections()
    return counts


def purge(engine: Engine, changed: Iterable[str]) -> None:
    """Take blanked words out of the database's own file: rows that were overwritten leave traces there.

    Raises
    ------
    NotStored
        If another program holds the database. The words are gone from every answer all the same.
    """
    with outside_transactions(engine) as raw:
        if engine.dialect.name == "sqlite":
            raw.execute("VACUUM")
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return
        raw.autocommit = True
        try:
            for name in sorted({*changed, "event_reason"}):
                raw.execute(f"VACUUM (FULL) {name}")
        finally:
            raw.autocommit = False


def speakers_in_spans(
    connection: Connection, study_id: UUID, labels: Collection[str], document_ids: Collection[UUID] | None
) -> dict[UUID, tuple[Span, ...]]:
    """Where these names speak, by version, in some documents or in all that are not withdrawn."""
    section, version, document = tables.section, tables.document_version, tables.document
    query = (
        sa.select(section.c.document_version_id, section.c.start_char, section.c.end_char)
        .join(version, version.c.id == section.c.document_version_id)
        .join(document, document.c.id == version.c.document_id)
        .where(
            version.c.study_id == study_id,
            document.c.retired_event.is_(None),
            section.c.speaker.in_(list(labels)),
        )
        .order_by(section.c.document_version_id, section.c.start_char)
    )
    if document_ids is not None:
        query = query.where(version.c.document_id.in_(list(document_ids)))
    found: dict[UUID, list[Span]] = {}
    for row in connection.execute(query):
        found.setdefault(row.document_version_id, []).append((row.start_char, row.end_char))
    return {version_id: tuple(spans) for version_id, spans in found.items()}


def without(text: str, spans: Iterable[Span]) -> str:
    """A text in which some places are blank; all other offsets stay as they are.

    >>> without("GP 1: Yes, there is money.", [(6, 26)])
    'GP 1: [withdrawn]         '
    """
    for start, end in spans:
        length = end - start
        text = text[:start] + MARK[:length].ljust(length) + text[end:]
    return text


def _blank(connection: Connection, each: BlankRow) -> None:
    table = each.table
    here = [column == each.row[column.name] for column in table.primary_key.columns]
    done = connection.execute(table.update().where(*here).values(**each.becomes))
    if done.rowcount != 1:
        raise LookupError(f"{table.name} {each.key[1]} is not there to be blanked")


def _ending(connection: Connection, rows: Iterable[BlankRow], what: Withdrawn) -> list[tuple[Table, UUID]]:
    """The rows that cease to hold: those that rest on withdrawn words, and what only points there."""
    ending = [
        (each.table, each.row["id"])
        for each in rows
        if each.ends and "retired_event" in each.table.c and each.row["retired_event"] is None
    ]
    codings = [row_id for table, row_id in ending if table is tables.coding]
    codings += [each.row["id"] for each in rows if each.table is tables.coding and each.ends]
    for table, column, ids in (
        (tables.unplaced_coding, tables.unplaced_coding.c.coding_id, codings),
        (tables.document_case, tables.document_case.c.document_id, list(what.documents)),
        (tables.document_case, tables.document_case.c.participant_id, [what.participant]),
    ):
        wanted = {found for found in ids if found is not None}
        for some in portions(wanted):
            query = sa.select(table.c.id).where(column.in_(some), table.c.retired_event.is_(None))
            ending += [(table, found) for found in connection.scalars(query)]
    return list(dict.fromkeys(ending))


def _digests_of_earlier_withdrawals(connection: Connection, study_id: UUID) -> dict[tuple[str, str], str]:
    blanked, withdrawal = tables.blanked, tables.withdrawal
    rows = connection.execute(
        sa.select(blanked.c.table_name, blanked.c.row_key, blanked.c.digest)
        .join(withdrawal, withdrawal.c.id == blanked.c.withdrawal_id)
        .where(withdrawal.c.study_id == study_id)
    )
    return {(row.table_name, row.row_key): row.digest for row in rows}


def _reasons(connection: Connection, study_id: UUID, what: Withdrawn, rows: Iterable[BlankRow]) -> list[int]:
    """The events on these documents and their versions that have a reason: it may quote what is corrected."""
    log, why = tables.event, tables.event_reason
    about = set(what.documents) | {
        each.row["id"] for each in rows if each.table in (tables.document_version, tables.document)
    }
    return [
        seq
        for some in portions(about)
        for seq in connection.scalars(
            sa.select(log.c.seq)
            .join(why, (why.c.study_id == log.c.study_id) & (why.c.seq == log.c.seq))
            .where(log.c.study_id == study_id, log.c.entity_id.in_(some))
        )
    ]


class _Search:
    """All rows that hold what is withdrawn."""

    def __init__(self, connection: Connection, study_id: UUID, what: Withdrawn) -> None:
        self._connection = connection
        self._study_id = study_id
        self._what = what
        self._key = log_key(connection, study_id)
        version = tables.document_version
        rows = self._rows(version, version.c.study_id == study_id)
        wanted = [r for r in rows if r["document_id"] in what.documents or r["id"] in what.spans]
        self._versions = {row["id"]: row for row in wanted}
        self._spans = {
            row["id"]: ((0, len(row["text"])),)
            if row["document_id"] in what.documents
            else tuple(what.spans[row["id"]])
            for row in wanted
        }
        self._whole = {row["id"] for row in wanted if row["document_id"] in what.documents}
        self._lineages: set[UUID] = set()

    def rows(self) -> Iterator[BlankRow]:
        yield from self._texts()
        yield from self._quotes()
        yield from self._on_codings()
        yield from self._settled()
        yield from self._of_documents()
        yield from self._of_the_person()

    # -- texts and what stands in them

    def _texts(self) -> Iterator[BlankRow]:
        for version_id, row in self._versions.items():
            text = without(row["text"], self._spans[version_id])
            digest = hashlib.sha256(text.encode()).hexdigest()
            changed = {"text": text, "text_sha256": digest, "words": len(text.split())}
            yield BlankRow(tables.document_version, row, changed, ends=False)
        for row in self._of_versions(tables.section):
            if row["speaker"] is not None and self._touches(row):
                yield BlankRow(tables.section, row, {"speaker": MARK}, ends=False)
        for row in self._of_versions(tables.file_comment):
            if self._touches(row):
                yield self._emptied(tables.file_comment, row)
        for table in (tables.page, tables.set_aside):
            for row in self._of_versions(table):
                if row["document_version_id"] in self._whole:
                    yield self._emptied(table, row)

    def _quotes(self) -> Iterator[BlankRow]:
        live: set[UUID] = set()
        for table in _QUOTING:
            for row in self._of_versions(table):
                if self._touches(row):
                    yield self._emptied(table, row)
                    if table is tables.coding:
                        self._lineages.add(row["lineage_id"])
                elif "prefix" in row and self._touches(row, around=CONTEXT):
                    yield BlankRow(table, row, {"prefix": "", "suffix": ""}, ends=False)
                if table is tables.coding and row["retired_event"] is None and not self._touches(row):
                    live.add(row["lineage_id"])
        # What is written of a coding stays while the coding itself holds at other words.
        self._lineages -= live
        yield from self._quotes_without_place()

    def _quotes_without_place(self) -> Iterator[BlankRow]:
        """Excerpts whose words were given by hand, where they are words of what is withdrawn."""
        said = [
            " ".join(row["text"][start:end].split())
            for version_id, row in self._versions.items()
            for start, end in self._spans[version_id]
        ]
        for table in (tables.finding_excerpt, tables.relation_excerpt, tables.thread_excerpt):
            column, owner = tables.OWNERS[table]
            of_study = column.in_(sa.select(owner.c.id).where(owner.c.study_id == self._study_id))
            for row in self._rows(table, of_study, table.c.document_version_id.is_(None)):
                words = " ".join(row["quote"].split())
                if words and words != MARK and any(words in each for each in said):
                    yield self._emptied(table, row)

    def _on_codings(self) -> Iterator[BlankRow]:
        for some in portions(self._lineages):
            for table in _ON_CODINGS:
                for row in self._rows(table, table.c.lineage_id.in_(some)):
                    yield self._emptied(table, row)
        memo = tables.research_memo
        about = {"coding": self._lineages, "document": self._what.documents}
        for row in self._rows(memo, memo.c.study_id == self._study_id):
            if row["about_id"] in about.get(row["about"], ()):
                yield self._emptied(memo, row)

    def _settled(self) -> Iterator[BlankRow]:
        """What was written of disagreements at these places, or at places that nothing was decided on."""
        decided: set[UUID] = set()
        touched: set[UUID] = set()
        for row in self._of_versions(tables.settlement):
            decided.add(row["place"])
            if self._touches(row):
                touched.add(row["place"])
                yield self._emptied(tables.settlement, row, ends=False)
        for table in (tables.settling_reason, tables.outside_question):
            for row in self._of_versions(table):
                if row["place"] in touched or row["place"] not in decided:
                    yield self._emptied(table, row, ends=False)

    # -- documents and people

    def _of_documents(self) -> Iterator[BlankRow]:
        for some in portions(self._what.documents):
            titles = []
            for row in self._rows(tables.document, tables.document.c.id.in_(some)):
                titles.append(row["title"])
                known_by = bytes_withdrawn(row["id"], row["raw_sha256"], self._key)
                changed = {"title": MARK, "date": None, "raw_sha256": known_by}
                yield BlankRow(tables.document, row, changed, ends=True)
            for table in (tables.document_attribute, *_OF_DOCUMENTS):
                for row in self._rows(table, table.c.document_id.in_(some)):
                    yield self._emptied(table, row)
            yield from self._of_imports(some, titles)
        yield from self._of_meetings()
        approval = tables.approval
        for row in self._of_versions(approval):
            if row["document_version_id"] in self._whole or row["person"] in self._names():
                yield self._emptied(approval, row)

    def _of_meetings(self) -> Iterator[BlankRow]:
        """Items of withdrawn documents, at withdrawn places, or that name somebody who is withdrawn.

        A person who is withdrawn from some documents alone is named by the minutes of others still.
        """
        item, meeting = tables.meeting_item, tables.meeting
        at: dict[UUID, list[UUID]] = {}
        for version_id, version in self._versions.items():
            at.setdefault(version["document_id"], []).append(version_id)
        here = _naming(self._what.speakers | self._own_names())
        everywhere = _naming((self._what.speakers & self._names()) | self._own_names())
        document_of = {row["id"]: row["document_id"] for row in self._rows(meeting, self._of_study(meeting))}
        own = sa.select(meeting.c.id).where(self._of_study(meeting))
        for row in self._rows(item, item.c.meeting_id.in_(own)):
            document_id = document_of[row["meeting_id"]]
            spoken = at.get(document_id, [])
            if (
                document_id in self._what.documents
                or (here if spoken else everywhere).search(row["text"])
                or (
                    row["start_char"] is not None
                    and any(self._touches({**row, "document_version_id": each}) for each in spoken)
                )
            ):
                yield self._emptied(item, row)

    def _own_names(self) -> frozenset[str]:
        """The names that the study keeps of the participant, beside those under which they speak."""
        if self._what.participant is None:
            return frozenset()
        person = tables.participant
        ids = earlier_identities(self._connection, self._study_id, self._what.participant)
        return frozenset(row["name"] for row in self._rows(person, person.c.id.in_(ids))) - {MARK}

    def _of_study(self, table: Table) -> sa.ColumnElement[bool]:
        return table.c.study_id == self._study_id

    def _of_imports(self, document_ids: Sequence[UUID], titles: Sequence[str]) -> Iterator[BlankRow]:
        item = tables.import_item
        for row in self._rows(item, item.c.study_id == self._study_id):
            if row["document_id"] in document_ids:
                yield self._emptied(item, row)
            elif any(title in warning for title in titles for warning in row["warnings"]):
                yield BlankRow(item, row, {"warnings": []}, ends=False)

    def _of_the_person(self) -> Iterator[BlankRow]:
        participant_id = self._what.participant
        names = set(self._names())
        if participant_id is not None:
            ids = earlier_identities(self._connection, self._study_id, participant_id)
            for table, column in (
                (tables.participant, tables.participant.c.id),
                (tables.participant_attribute, tables.participant_attribute.c.participant_id),
                (tables.speaker_alias, tables.speaker_alias.c.participant_id),
            ):
                for row in self._rows(table, column.in_(ids)):
                    if table is tables.participant:
                        names.add(row["name"])
                    elif table is tables.participant_attribute and row["name"] == "name":
                        names.add(row["value"])
                    yield self._emptied(table, row)
        cell, rows = tables.framework_case_cell, tables.framework_rows
        of_speakers = sa.select(rows.c.framework_id).where(rows.c.kind == "speaker")
        wanted = self._rows(cell, cell.c.study_id == self._study_id, cell.c.framework_id.in_(of_speakers))
        for row in wanted:
            if row["case_name"] in names:
                yield self._emptied(cell, row)

    def _names(self) -> frozenset[str]:
        """The names under which those speak who speak nowhere else any more."""
        section, version = tables.section, tables.document_version
        gone: set[str] = set(self._what.speakers)
        elsewhere: set[str] = set()
        rows = self._connection.execute(
            sa.select(section)
            .join(version, version.c.id == section.c.document_version_id)
            .where(version.c.study_id == self._study_id, section.c.speaker.is_not(None))
        ).mappings()
        for row in map(dict, rows):
            is_gone = row["document_version_id"] in self._versions and self._touches(row)
            (gone if is_gone else elsewhere).add(row["speaker"])
        return frozenset(gone - elsewhere - {MARK})

    # -- reading

    def _rows(self, table: Table, *conditions: sa.ColumnElement[bool]) -> list[dict[str, Any]]:
        found = self._connection.execute(sa.select(table).where(*conditions)).mappings()
        return [dict(row) for row in found]

    def _of_versions(self, table: Table) -> Iterator[dict[str, Any]]:
        for some in portions(self._versions):
            yield from self._rows(table, table.c.document_version_id.in_(some))

    def _touches(self, row: Mapping[str, Any], *, around: int = 0) -> bool:
        version_id = row["document_version_id"]
        if version_id in self._whole:
            return True
        start, end = row["start_char"] - around, row["end_char"] + around
        return any(low < end and start < high for low, high in self._spans[version_id])

    @staticmethod
    def _emptied(table: Table, row: dict[str, Any], *, ends: bool = True) -> BlankRow:
        becomes = {name: "" if name in _CONTEXT else _blank_of(row[name]) for name in BLANKABLE[table].words}
        return BlankRow(table, row, becomes, ends)


_CONTEXT = ("prefix", "suffix")


def _naming(names: Collection[str]) -> re.Pattern[str]:
    """A pattern that finds any of these names as whole words; nothing where there are none."""
    either = "|".join(re.escape(name) for name in names if name.strip())
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)" if either else r"(?!)", re.IGNORECASE)


def _blank_of(value: Any) -> Any:
    if isinstance(value, list):
        return []
    if value in (None, "") or not isinstance(value, str):
        return value if value == "" else None
    return MARK


def words_left(
    connection: Connection, study_id: UUID, what: Withdrawn, *, hidden: Collection[UUID] = ()
) -> Counter[str]:
    """What people wrote in their own rows that repeats withdrawn words: how many rows, by table.

    Counted are five words in a row, in rows that the withdrawal does not blank. ``hidden`` are rows
    that the person may not know of; what hangs on them is not counted either.
    """
    search = _Search(connection, study_id, what)
    said: set[tuple[str, ...]] = set()
    for version_id, row in search._versions.items():
        for start, end in search._spans[version_id]:
            said |= _runs(row["text"][start:end])
    blanked = {each.key for each in search.rows()} if said else set()
    found: Counter[str] = Counter()
    for table in tables.FACTS:
        columns = [column for column in table.c if isinstance(column.type, Words)]
        if not said or not columns or table is tables.study:
            continue
        query = sa.select(table)
        if "study_id" in table.c:
            query = query.where(table.c.study_id == study_id)
        elif table in tables.OWNERS:
            column, owner = tables.OWNERS[table]
            query = query.where(column.in_(sa.select(owner.c.id).where(owner.c.study_id == study_id)))
        for told in map(dict, connection.execute(query).mappings()):
            if (table.name, row_key(table, told)) in blanked:
                continue
            if any(value in hidden for value in told.values() if isinstance(value, UUID)):
                continue
            if any(_runs(told[column.name] or "") & said for column in columns):
                found[table.name] += 1
    return found


_RUN = 5


def _runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    return {tuple(words[n : n + _RUN]) for n in range(len(words) - _RUN + 1)}


@dataclass(frozen=True)
class HandedOut:
    """A package for a coder elsewhere that holds the texts; ``at`` is when it was made."""

    at: str
    coder: str


def packages_with(connection: Connection, study_id: UUID, version_ids: Collection[UUID]) -> list[HandedOut]:
    """The packages that were made with some texts, the oldest first: they lie on other machines."""
    made, log, member = tables.package_made, tables.event, tables.member
    of_round, version = tables.round_document, tables.document_version
    rows = connection.execute(
        sa.select(made.c.coding_round_id, made.c.created_event, log.c.at, member.c.name)
        .join(log, (log.c.study_id == made.c.study_id) & (log.c.seq == made.c.created_event))
        .join(member, member.c.id == made.c.member_id)
        .where(made.c.study_id == study_id)
        .order_by(made.c.created_event)
    ).all()
    came = {
        row.id: row.created_event
        for row in connection.execute(
            sa.select(version.c.id, version.c.created_event).where(version.c.study_id == study_id)
        )
        if row.id in version_ids
    }
    found = []
    for row in rows:
        if row.coding_round_id is None:
            has_it = any(event < row.created_event for event in came.values())
        else:
            query = sa.select(of_round.c.document_version_id).where(
                of_round.c.coding_round_id == row.coding_round_id
            )
            has_it = bool(set(connection.scalars(query)) & set(came))
        if has_it:
            found.append(HandedOut(row.at, row.name))
    return found


@dataclass(frozen=True)
class Withdrawal:
    """A withdrawal that was made: ``rows`` counts those that lost their words, by table."""

    at: str
    by: str
    is_document: bool
    rows: Mapping[str, int]
    reason: str


def withdrawals(connection: Connection, study_id: UUID) -> list[Withdrawal]:
    """What was withdrawn from a study, the newest first."""
    log, why, member = tables.event, tables.event_reason, tables.member
    rows = connection.execute(
        sa.select(log, why.c.text, member.c.name)
        .outerjoin(why, (why.c.study_id == log.c.study_id) & (why.c.seq == log.c.seq))
        .outerjoin(member, member.c.id == log.c.actor_id)
        .where(log.c.study_id == study_id, log.c.entity == tables.withdrawal.name)
        .order_by(log.c.seq.desc())
    )
    return [
        Withdrawal(
            row.at, row.name or "", row.action == "document.withdraw", row.detail["blanked"], row.text or ""
        )
        for row in rows
    ]


def participant_named(
    connection: Connection, study_id: UUID, label: str
) -> tuple[UUID, list[tuple[str, UUID | None]]] | None:
    """The participant who speaks under a label or bears it as a name, with all labels and where they hold."""
    alias, person = tables.speaker_alias, tables.participant
    found = connection.execute(
        sa.select(person.c.id)
        .outerjoin(alias, (alias.c.participant_id == person.c.id) & alias.c.retired_event.is_(None))
        .where(
            person.c.study_id == study_id,
            person.c.retired_event.is_(None),
            (person.c.name == label) | (alias.c.label == label),
        )
    ).scalars()
    ids = set(found)
    if len(ids) != 1:
        return None
    participant_id = ids.pop()
    labels = connection.execute(
        sa.select(alias.c.label, alias.c.document_id).where(
            alias.c.participant_id == participant_id, alias.c.retired_event.is_(None)
        )
    )
    return participant_id, [(row.label, row.document_id) for row in labels]

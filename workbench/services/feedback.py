"""Feedback: packets for groups of stakeholders, their answers, and what changed because of them.

Only those who may read the results may see or make any of this.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import tempfile
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from uuid import UUID

from sqlalchemy import Connection, Engine

from codebook.columns import Texts
from codebook.errors import UnknownCode
from codebook.hierarchy import level_of, resolve
from codebook.models import Codebook
from corpus.errors import UserFacingError
from corpus.models import Source
from store import feedback as kept
from store import tables
from store.documents import documents, load_document, sources, texts
from store.engine import reading, writing
from store.feedback import FeedbackGroup, PacketMade
from store.participants import speaker_names
from store.rows import rows_now
from store.studies import Member, studies
from store.visibility import blind_documents, has_open_judges, may_read_results
from triangulation.completeness import Presence
from triangulation.feedback import (
    Answer,
    Change,
    FeedbackRegister,
    Invited,
    Packet,
    PacketItem,
    PacketLevel,
    Quote,
    Response,
    Voice,
    codes_to_tell,
    convergence_words,
    feedback_as_text,
    is_small,
    response_register,
    support_words,
)
from triangulation.feedback_files import read_responses, write_form, write_responses
from triangulation.models import ConvergenceCode, Excerpt, Row
from triangulation.people import PeopleOfSource, people_of_sources
from triangulation.report.as_packet import packet_html
from triangulation.report.packet_docx import packet_docx
from triangulation.sorting import sort_findings
from triangulation.tables import RefusedRow
from workbench.services.codebooks import codes_ever, codes_known
from workbench.services.errors import NotAllowed, NotThere
from workbench.services.importing import ImportResult, import_paths
from workbench.services.matrix_rows import by_row, one_line, row_ids, theme_named
from workbench.services.snapshot import snapshot_of
from workbench.services.table_files import file_bytes
from workbench.services.triangulation import Triangulation, triangulate

#: The kind of the source that comments become.
FEEDBACK_KIND = "feedback"

#: A page for screen and paper, or a file for Word.
PacketFormat = Literal["html", "docx"]

#: Kinds of sources in which people speak for themselves, so that a few of them could be recognised.
_OF_PEOPLE = ("interview", "focus group", "survey")

_QUOTES = 2  # of one statement: a packet is read in an evening


@dataclass(frozen=True)
class GroupFeedback:
    """A group with whom it has, what it was handed, what it answered."""

    group: FeedbackGroup
    packets: tuple[PacketMade, ...]
    register: FeedbackRegister
    responses: tuple[Response, ...]


@dataclass(frozen=True)
class PacketFile:
    """A packet as it is handed over, with the hash that is kept of it."""

    data: bytes
    sha256: str
    statements: int


@dataclass(frozen=True)
class ResponsesImported:
    """What a file of answers brought in; ``empty`` rows of a form were not filled in."""

    imported: int
    empty: int
    refused: tuple[RefusedRow, ...]


# --- groups and people --------------------------------------------------------------------------------


def groups_of(engine: Engine, actor: Member) -> list[FeedbackGroup]:
    """The groups of stakeholders that are asked, by name."""
    with _reading(engine, actor) as connection:
        return kept.feedback_groups(connection, actor.study_id)


def keep_group(
    engine: Engine,
    actor: Member,
    name: str,
    *,
    note: str = "",
    with_quotes: bool = False,
    with_roles: bool = False,
    smallest: int = 5,
) -> None:
    """Make a group, or change the settings of the one of that name.

    Parameters
    ----------
    with_quotes, with_roles : bool
        Whether the packet shows quotes, and says in which role they were spoken. Neither is shown
        unless chosen.
    smallest : int
        Sources of fewer people than this are not named in the packet, and not quoted.
    """
    name = one_line(name)
    if not name:
        raise UserFacingError("The group needs a name: who is asked?")
    if smallest < 1:
        raise UserFacingError("The smallest number of people is 1 or more.")
    values = {
        "note": note.strip(),
        "with_quotes": with_quotes,
        "with_roles": with_roles,
        "smallest": smallest,
    }
    with _writing(engine, actor) as connection:
        kept.keep_group(connection, name, values, actor=actor)


def retire_group(engine: Engine, actor: Member, name: str) -> None:
    """Take a group out of the list; its people and answers come back when it is made again."""
    with _writing(engine, actor) as connection:
        group = _group(connection, actor, name)
        kept.retire(connection, tables.feedback_group, group.id, actor=actor)


def invite(engine: Engine, actor: Member, group: str, name: str, *, role: str = "") -> None:
    """Note that a person is asked; the same name again corrects the role."""
    name = one_line(name)
    if not name:
        raise UserFacingError("Who is invited? A name or a pseudonym is enough.")
    with _writing(engine, actor) as connection:
        found = _group(connection, actor, group)
        kept.keep_invited(connection, found, name=name, role=one_line(role), actor=actor)


def withdraw_invitation(engine: Engine, actor: Member, group: str, name: str) -> None:
    """Take a person off the list of a group; what they answered stays."""
    with _writing(engine, actor) as connection:
        found = _group(connection, actor, group)
        person = _person(connection, actor, found, name)
        kept.retire(connection, tables.feedback_invited, person.id, actor=actor)


# --- the packet ---------------------------------------------------------------------------------------


def packet_of(engine: Engine, actor: Member, group: str, rows: Sequence[Row] | None = None) -> Packet:
    """What a group would read: the rows named, or all on which a source speaks."""
    told = snapshot_of(engine, actor).columns.texts
    with _reading(engine, actor) as connection:
        chosen = _group(connection, actor, group)
        study = next(study.name for study in studies(connection) if study.id == actor.study_id)
        questions = kept.study_questions(connection, actor.study_id)
        people = _people(connection, actor, told)
        roles = _Roles(told, speaker_names(connection, actor.study_id), chosen.smallest)
    found = triangulate(engine, actor)
    book = codes_known(engine, actor)
    speaking = {row: sources for row, sources in speakers(found).items() if rows is None or row in rows}
    items = [
        PacketItem(
            number=number,
            row=row,
            statement=row.statement or _name(book, row.theme),
            support=support_words([people[source] for source in sources], smallest=chosen.smallest),
            convergence=convergence_words(_team_codes(found, row), len(sources)),
            quotes=_quotes(engine, found, row, people, chosen, roles),
        )
        for number, (row, sources) in enumerate(speaking.items(), start=1)
    ]
    levels: dict[str, list[PacketItem]] = {}
    for item in items:
        levels.setdefault(_level(book, item.row.theme), []).append(item)
    return Packet(
        study=study,
        group=chosen.name,
        questions=questions,
        levels=tuple(PacketLevel(name, tuple(listed)) for name, listed in levels.items()),
        date=f"{dt.date.today():%d %B %Y}",
    )


def packet_page(engine: Engine, actor: Member, group: str, rows: Sequence[Row] | None = None) -> str:
    """The packet as a page, to look at before it is made."""
    return packet_html(packet_of(engine, actor, group, rows))


def packet_form(engine: Engine, actor: Member, group: str, rows: Sequence[Row] | None = None) -> bytes:
    """A table of the packet's statements to fill in, in the columns that answers are read from."""
    packet = packet_of(engine, actor, group, rows)
    return file_bytes(lambda path: write_form(path, packet))


def make_packet(
    engine: Engine,
    actor: Member,
    group: str,
    rows: Sequence[Row] | None = None,
    *,
    format: PacketFormat = "html",
) -> PacketFile:
    """The packet as a file to hand over; who made it, when, with which rows and bytes, is kept."""
    packet = packet_of(engine, actor, group, rows)
    if not packet.items:
        raise UserFacingError("The packet has no statement yet. Choose rows on which a source speaks.")
    data = _file_of(packet, format)
    digest = hashlib.sha256(data).hexdigest()
    with _writing(engine, actor) as connection:
        ids = row_ids(connection, actor)
        kept.keep_packet(
            connection,
            _group(connection, actor, group),
            sha256=digest,
            row_ids=[ids[item.row] for item in packet.items if item.row in ids],
            actor=actor,
        )
    return PacketFile(data, digest, len(packet.items))


def packet_bytes(
    engine: Engine,
    actor: Member,
    group: str,
    rows: Sequence[Row] | None = None,
    *,
    format: PacketFormat = "html",
) -> bytes:
    """The file that `make_packet` would make, to look through before it is made."""
    return _file_of(packet_of(engine, actor, group, rows), format)


def _file_of(packet: Packet, format: PacketFormat) -> bytes:
    return packet_docx(packet) if format == "docx" else packet_html(packet).encode("utf-8")


def speakers(found: Triangulation) -> dict[Row, list[str]]:
    """The sources that speak on each row, over findings and researchers together; no row without one."""
    sorting = sort_findings(found.findings, rows=found.matrix.rows)
    there = (Presence.PRESENT, Presence.UNIQUE)
    speaking = {
        row: [
            source
            for source in found.matrix.sources
            if sorting.findings(row, source) or found.completeness.presence.get((row, source)) in there
        ]
        for row in found.matrix.rows
    }
    return {row: sources for row, sources in speaking.items() if sources}


def _team_codes(found: Triangulation, row: Row) -> tuple[ConvergenceCode | None, ...]:
    return () if found.team is None else codes_to_tell(found.team.matrix, found.researchers, row)


def _people(connection: Connection, actor: Member, texts: Texts) -> dict[str, Voice]:
    """Each source with the number of people who speak in it, where it is made of people."""
    told = kept.participants_in_words(connection, actor.study_id)
    listed = Counter(document.source_id for document in documents(connection, actor.study_id))
    known = people_of_sources(texts)
    return {
        source.label: Voice(
            source.label,
            _number_of(source, told.get(source.id, ""), listed[source.id], known.get(source.label)),
        )
        for source in sources(connection, actor.study_id)
    }


def _number_of(source: Source, told: str, documents_of: int, known: PeopleOfSource | None) -> int | None:
    # A focus group without a number counts as its documents: too few rather than too many.
    if source.kind not in _OF_PEOPLE:
        return None
    number = re.search(r"\d+", told)
    if number:
        return int(number[0])
    is_complete = known is not None and known.participants > 0 and known.labels == 0
    return known.participants if known is not None and is_complete else documents_of


@dataclass(frozen=True)
class _Roles:
    """The roles of participants, as far as enough people of a source have them."""

    texts: Texts
    names: Mapping[tuple[UUID, str], str]
    smallest: int

    def of(self, document_id: UUID, label: str, source: str) -> str | None:
        """The role of who speaks, the source where too few have it; None: nobody said a role."""
        person = self.texts.people.get(self.names.get((document_id, label), label))
        role = "" if person is None else person.said.get("role", "")
        if not role:
            return None
        with_it = people_of_sources(self.texts)[source].roles.get(role, 0)
        return _with_source(role, source) if with_it >= self.smallest else source


def _with_source(role: str, source: str) -> str:
    return role if role.casefold() in source.casefold() else f"{role}, {source}"


def _quotes(
    engine: Engine,
    found: Triangulation,
    row: Row,
    people: Mapping[str, Voice],
    group: FeedbackGroup,
    roles: _Roles,
) -> tuple[Quote, ...]:
    if not group.with_quotes:
        return ()
    sorting = sort_findings(found.findings, rows=found.matrix.rows)
    chosen: list[Quote] = []
    for source in found.matrix.sources:
        if is_small(people[source], group.smallest):
            continue
        quoted = [excerpt for finding in sorting.findings(row, source) for excerpt in finding.excerpts]
        if quoted:
            said_by = _role(engine, quoted[0], source, roles) if group.with_roles else ""
            chosen.append(Quote(quoted[0].quote, said_by))
    return tuple(chosen[:_QUOTES])


def _role(engine: Engine, excerpt: Excerpt, source: str, roles: _Roles) -> str:
    """Who spoke, without the number by which they could be followed through the quotes.

    That is the role of the participant, where it is told and enough of them have it. A label without a
    number may be a name: then only the source is told.
    """
    if excerpt.document_id is None or excerpt.start_char is None:
        return source
    with reading(engine) as connection:
        loaded = load_document(connection, excerpt.document_id)
    if loaded is None:
        return source
    speaker = next(
        (
            section.speaker
            for section in loaded[1].sections
            if section.speaker and section.start_char <= excerpt.start_char < section.end_char
        ),
        "",
    )
    known = roles.of(excerpt.document_id, speaker or "", source)
    if known is not None:
        return known
    numbered = re.fullmatch(r"(.*?)[\s\d]*\d", (speaker or "").strip())
    if numbered is None or not numbered[1]:
        return source
    return _with_source(numbered[1], source)


def _name(book: Codebook, theme: str) -> str:
    try:
        return resolve(book, theme).name()
    except UnknownCode:
        return theme


def _level(book: Codebook, theme: str) -> str:
    try:
        level = level_of(book, resolve(book, theme).key)
    except UnknownCode:
        return "Other themes"
    return "Other themes" if level is None else level.name()


# --- what they answer ---------------------------------------------------------------------------------


def feedback_of(engine: Engine, actor: Member, group: str) -> GroupFeedback:
    """A group with its packets, its answers row by row, who has not answered, what lacks a consequence."""
    with _reading(engine, actor) as connection:
        found = _group(connection, actor, group)
        packets = kept.packets(connection, actor.study_id, found)
        given = _responses(connection, actor, found)
        fed_back = {row_id for packet in packets for row_id in packet.row_ids}
        register = response_register(
            kept.invited(connection, actor.study_id, found),
            given,
            _rows_of(connection, actor, fed_back),
        )
    return GroupFeedback(found, tuple(packets), register, tuple(given))


def _rows_of(connection: Connection, actor: Member, ids: Collection[UUID]) -> list[Row]:
    """The rows under which these stand now, without those that the person may not see yet."""
    seen = row_ids(connection, actor)
    now = rows_now(connection, actor.study_id, viewer=actor)
    return list(dict.fromkeys(row for row_id, row in now.items() if row_id in ids and row in seen))


def respond(
    engine: Engine,
    actor: Member,
    group: str,
    *,
    answer: Answer | str,
    person: str | None = None,
    row: Row | None = None,
    text: str = "",
) -> UUID:
    """Write down an answer: of an invited person, or (None) of the group together; on a row, or on the whole.

    A second answer of the same person on the same row takes the place of the first, which is kept.
    """
    with _writing(engine, actor) as connection:
        return _respond(connection, actor, group, person=person, row=row, answer=answer, text=text)


def _respond(
    connection: Connection,
    actor: Member,
    group: str,
    *,
    person: str | None,
    row: Row | None,
    answer: Answer | str,
    text: str,
) -> UUID:
    if answer not in set(Answer):
        raise UserFacingError(f"'{answer}' is no answer. There are: {', '.join(Answer)}.")
    answer, text = Answer(answer), text.strip()
    if answer is Answer.COMMENT and not text:
        raise UserFacingError("A comment needs its words.")
    found = _group(connection, actor, group)
    return kept.keep_response(
        connection,
        found,
        person=None if person is None else _person(connection, actor, found, person),
        row_id=None if row is None else _row_id(connection, actor, row),
        answer=answer,
        text=text,
        actor=actor,
    )


def retire_response(engine: Engine, actor: Member, group: str, response_id: UUID) -> None:
    """Take an answer back that was written down by mistake; it stays in the history."""
    with _writing(engine, actor) as connection:
        _response(connection, actor, group, response_id)
        kept.retire(connection, tables.feedback_response, response_id, actor=actor)


def write_change(engine: Engine, actor: Member, group: str, response_id: UUID, text: str) -> UUID:
    """Write what changed because of an answer, or why nothing did."""
    if not text.strip():
        raise UserFacingError("What changed because of it? If nothing did, say why.")
    with _writing(engine, actor) as connection:
        _response(connection, actor, group, response_id)
        return kept.add_change(connection, response_id, text.strip(), actor=actor)


def retire_change(engine: Engine, actor: Member, group: str, change_id: UUID) -> None:
    """Take back what was said to have changed; it stays in the history."""
    with _writing(engine, actor) as connection:
        changes: list[Change] = [
            change
            for said in _responses(connection, actor, _group(connection, actor, group))
            for change in said.changes
        ]
        if change_id not in {change.id for change in changes}:
            raise NotThere("This change was taken back already.")
        kept.retire(connection, tables.feedback_change, change_id, actor=actor)


def import_responses(engine: Engine, actor: Member, path: Path) -> ResponsesImported:
    """Read answers from a CSV file; groups and people have to be there, bad rows are refused one by one."""
    with _writing(engine, actor) as connection:
        book = codes_ever(connection, actor)
        rows, refused, empty = read_responses(path, resolve_theme=lambda name: theme_named(book, name))
        taken, late = 0, list(refused)
        for said in rows:
            try:
                with connection.begin_nested():
                    _respond(
                        connection,
                        actor,
                        said.group,
                        person=said.name or None,
                        row=said.row,
                        answer=said.answer,
                        text=said.text,
                    )
                taken += 1
            except UserFacingError as error:
                late.append(RefusedRow(said.number, str(error)))
    return ResponsesImported(taken, empty, by_row(late))


def export_responses(engine: Engine, actor: Member, path: Path) -> int:
    """Write all answers of all groups; returns how many."""
    with _reading(engine, actor) as connection:
        given = [
            (group.name, said)
            for group in kept.feedback_groups(connection, actor.study_id)
            for said in _responses(connection, actor, group)
        ]
    return write_responses(path, given)


def responses_file(engine: Engine, actor: Member) -> bytes:
    """`export_responses` as the content of a file."""
    return file_bytes(lambda path: export_responses(engine, actor, path))


def comments_as_document(engine: Engine, actor: Member, group: str) -> ImportResult:
    """Make a document of what a group wrote, in a source of its own, so that it can be coded.

    Answers that stand in an earlier document of that source are left out.

    Raises
    ------
    NotAllowed
        If somebody who judges has not locked, or a blind round is open: all could read the document.
    """
    with _reading(engine, actor) as connection:
        if has_open_judges(connection, actor) or blind_documents(connection, actor):
            raise NotAllowed(
                "Comments tell of the results, and everyone can read a document. They can become one once "
                "all who judge have locked their judgements and no blind round is open."
            )
        found = _group(connection, actor, group)
        label = f"Feedback of {found.name}"
        names = {row: row.statement for row in row_ids(connection, actor)}
        whole = feedback_as_text(found.name, _responses(connection, actor, found), names)
        of_source = {d.id for d in documents(connection, actor.study_id) if d.source == label}
        before = [text for document, _, text in texts(connection, actor.study_id) if document in of_source]
    new = [said for said in whole.split("\n\n") if said and not any(said in text for text in before)]
    if not new:
        raise UserFacingError(
            "There is no comment that is not in a document yet. Write down what the group said first."
        )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{_as_file_name(label)} {dt.date.today():%Y-%m-%d} {len(before) + 1}.txt"
        path.write_text("\n\n".join(new) + "\n", encoding="utf-8")
        (result,) = import_paths(engine, actor, [path], source=label, kind=FEEDBACK_KIND)
    return result


def _as_file_name(label: str) -> str:
    kept_signs = "".join(sign if sign.isalnum() or sign in " -_" else " " for sign in label)
    return " ".join(kept_signs.split())[:100]


# --- who may ------------------------------------------------------------------------------------------


@contextmanager
def _reading(engine: Engine, actor: Member) -> Iterator[Connection]:
    with reading(engine) as connection:
        _refuse_before_results(connection, actor)
        yield connection


@contextmanager
def _writing(engine: Engine, actor: Member) -> Iterator[Connection]:
    with writing(engine) as connection:
        _refuse_before_results(connection, actor)
        yield connection


def _refuse_before_results(connection: Connection, actor: Member) -> None:
    if not may_read_results(connection, actor):
        raise NotAllowed(
            "Feedback tells of the results. You can read and write it once you have locked your judgements, "
            "or, if you judge nothing, once all who judge have locked theirs."
        )


def _group(connection: Connection, actor: Member, name: str) -> FeedbackGroup:
    listed = kept.feedback_groups(connection, actor.study_id)
    for group in listed:
        if group.name == one_line(name):
            return group
    names = ", ".join(f"'{group.name}'" for group in listed) or "none yet"
    raise NotThere(f"There is no group '{name}'. There are: {names}.")


def _person(connection: Connection, actor: Member, group: FeedbackGroup, name: str) -> Invited:
    listed = kept.invited(connection, actor.study_id, group)
    for person in listed:
        if person.name == one_line(name):
            return person
    names = ", ".join(person.name for person in listed) or "nobody yet"
    raise NotThere(f"'{name}' is not invited into {group.name}. Invited: {names}.")


def _responses(connection: Connection, actor: Member, group: FeedbackGroup) -> list[Response]:
    """The answers of a group, without those on rows that the person may not see yet."""
    rows = row_ids(connection, actor)
    given = kept.responses(connection, actor, group)
    return [said for said in given if said.row is None or said.row in rows]


def _response(connection: Connection, actor: Member, group: str, response_id: UUID) -> Response:
    found = _group(connection, actor, group)
    for said in _responses(connection, actor, found):
        if said.id == response_id:
            return said
    raise NotThere("This answer was taken back or changed. Look at the register again.")


def _row_id(connection: Connection, actor: Member, row: Row) -> UUID:
    ids = row_ids(connection, actor)
    if row not in ids:
        raise NotThere(f"There is no row '{row.statement or row.theme}' under {row.theme} in the matrix.")
    return ids[row]

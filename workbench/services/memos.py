"""Research memos: written, shared, found and taken away; private until their author shares them."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4, uuid5

import sqlalchemy as sa
from sqlalchemy import Connection, Engine, Row

from codebook.models import Code
from corpus.errors import UserFacingError
from corpus.search import search
from corpus.spreadsheets import write_rows
from store import memos as kept
from store.codebooks import current_codebook
from store.documents import FileComment, documents, file_comments
from store.engine import reading, writing
from store.events import is_done
from store.memos import ResearchMemo
from store.studies import Member, studies
from store.tables import coding, event, memo
from store.visibility import visible_codings
from workbench.services.codebooks import codes_ever
from workbench.services.errors import NotThere

#: What a memo is for. Reflexive: on the researcher's own part; theoretical: on what it may mean;
#: methodological: on how it is done; codebook: on codes and their boundaries.
KINDS = ("reflexive", "theoretical", "methodological", "codebook")

#: The kind of a remark that somebody wrote beside the text in the file: it is read here, and never changed.
IN_THE_FILE = "comment"

#: What a memo can be about.
ABOUT = ("study", "document", "code", "coding")

EXPORT_COLUMNS = (
    "written_at",
    "author",
    "kind",
    "about",
    "place",
    "document",
    "start_char",
    "shared",
    "memo",
)


@dataclass(frozen=True)
class Wanted:
    """Which memos to list; what is empty does not narrow. ``text`` is plain words or a phrase."""

    text: str = ""
    kinds: Collection[str] = ()
    about: Collection[str] = ()
    authors: Collection[str] = ()


@dataclass(frozen=True)
class MemoLine:
    """A memo in the list, with the place that it is about.

    ``kind`` and ``shared`` are None for a memo that was written in the reader with its coding: it is
    changed there, and is seen by whoever sees the coding. A remark that came with a file has the kind
    `IN_THE_FILE`, the author and time that the file gives (else the time of the import), and is seen by
    everyone. ``place`` is the study's name, a title, a
    label or a quote, empty where a coding was taken back. ``document_id`` and ``at`` say where it can
    be opened, None where it stands in no text.
    """

    id: UUID
    kind: str | None
    about: str
    place: str
    document_id: UUID | None
    document: str
    at: int | None
    author: str
    text: str
    shared: bool | None
    mine: bool
    written_at: dt.datetime


def memos_of(engine: Engine, actor: Member, wanted: Wanted | None = None) -> list[MemoLine]:
    """The memos that a person may read, newest first.

    Their own, shared ones, those of codings, and the remarks that came with files.
    """
    with reading(engine) as connection:
        places = _Places(connection, actor)
        lines = [places.line(found) for found in kept.memos(connection, actor)]
        lines += [places.coding_line(row) for row in connection.execute(_coding_memos(actor))]
        lines += [places.file_line(found) for found in file_comments(connection, actor.study_id)]
    lines.sort(key=lambda line: line.written_at, reverse=True)
    return narrowed(lines, wanted or Wanted())


def narrowed(lines: Sequence[MemoLine], wanted: Wanted) -> list[MemoLine]:
    """Those of the memos that are wanted, in the same order."""
    return [line for line in lines if _passes(line, wanted)]


def write_memo(
    engine: Engine,
    actor: Member,
    *,
    kind: str,
    about: str,
    about_id: UUID,
    text: str,
    shared: bool = False,
    operation_id: UUID | None = None,
) -> UUID:
    """Store a new memo, private unless ``shared``; returns its id.

    Parameters
    ----------
    about_id : UUID
        The id of the study, document, code or coding that it is about.

    Raises
    ------
    UserFacingError
        If it has no words, or what it is about is not in the study or not to be seen.
    """
    operation_id = operation_id or uuid4()
    with writing(engine) as connection:
        if is_done(connection, operation_id):
            return operation_id
        return kept.add_memo(
            connection,
            actor=actor,
            kind=_one_of(KINDS, kind),
            about=_one_of(ABOUT, about),
            about_id=_subject(connection, actor, about, about_id),
            text=_words(text),
            shared=shared,
            operation_id=operation_id,
        )


def change_memo(engine: Engine, actor: Member, memo_id: UUID, *, kind: str, text: str) -> UUID:
    """Give one's own memo other words or another kind; returns the id of its new state.

    Raises
    ------
    NotThere
        If the memo has changed since it was read (in another window), or is not the person's own.
    """
    return _change(engine, actor, memo_id, {"kind": _one_of(KINDS, kind), "text": _words(text)}, "change")


def share_memo(engine: Engine, actor: Member, memo_id: UUID) -> UUID:
    """Let everyone in the study read one's own memo; in a blind round not before the reveal."""
    return _change(engine, actor, memo_id, {"shared": True}, "share")


def unshare_memo(engine: Engine, actor: Member, memo_id: UUID) -> UUID:
    """Make one's own memo private again. What others have read, they have read."""
    return _change(engine, actor, memo_id, {"shared": False}, "unshare")


def retire_memo(engine: Engine, actor: Member, memo_id: UUID) -> None:
    """Take one's own memo away."""
    with writing(engine) as connection:
        found = _own(connection, actor, memo_id)
        kept.retire_memo(connection, found, actor=actor, operation_id=uuid4())


def memo_change_to_undo(engine: Engine, actor: Member) -> str | None:
    """What `undo_memo_change` would take back, as the log names it; None where there is nothing."""
    with reading(engine) as connection:
        change = kept.last_change(connection, actor)
    return None if change is None else change[1]


def undo_memo_change(engine: Engine, actor: Member) -> None:
    """Take back the person's last change to their memos.

    Raises
    ------
    UserFacingError
        If there is none.
    """
    with writing(engine) as connection:
        if not kept.undo_memo_change(connection, actor=actor, operation_id=uuid4()):
            raise UserFacingError("There is no change of yours to a memo that could be undone.")


def export_memos(engine: Engine, actor: Member, path: Path, wanted: Wanted | None = None) -> int:
    """Write the memos that a person may read to a CSV file; returns how many."""
    lines = memos_of(engine, actor, wanted)
    return write_rows(path, EXPORT_COLUMNS, map(_cells, lines))


def memos_file(engine: Engine, actor: Member, wanted: Wanted | None = None) -> bytes:
    """The memos that a person may read as the bytes of a CSV file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "memos.csv"
        export_memos(engine, actor, path, wanted)
        return path.read_bytes()


class _Places:
    """What memos are about, in words: read once for a whole list."""

    def __init__(self, connection: Connection, actor: Member) -> None:
        self._actor = actor
        self._studies = {study.id: study.name for study in studies(connection)}
        self._titles = {document.id: document.title for document in documents(connection, actor.study_id)}
        self._codes = {code.id: code.name() for code in _codes(connection, actor)}
        self._codings = {row.lineage_id: row for row in connection.execute(visible_codings(actor))}

    def line(self, found: ResearchMemo) -> MemoLine:
        place, document_id, at = _FINDERS[found.about](self, found.about_id)
        return MemoLine(
            found.id,
            found.kind,
            found.about,
            place,
            document_id,
            "" if document_id is None else self._titles.get(document_id, ""),
            at,
            found.author,
            found.text,
            found.shared,
            found.author_id == self._actor.id,
            dt.datetime.fromisoformat(found.written_at),
        )

    def coding_line(self, row: Row[Any]) -> MemoLine:
        return MemoLine(
            row.memo_id,
            None,
            "coding",
            row.quote,
            row.document_id,
            self._titles.get(row.document_id, ""),
            row.start_char,
            row.coder,
            row.memo,
            None,
            row.coder_id == self._actor.id,
            dt.datetime.fromisoformat(row.written_at),
        )

    def file_line(self, found: FileComment) -> MemoLine:
        comment = found.comment
        return MemoLine(
            uuid5(found.document_id, f"comment {found.position}"),
            IN_THE_FILE,
            "document",
            found.quote or self._titles.get(found.document_id, ""),
            found.document_id,
            self._titles.get(found.document_id, ""),
            comment.start_char,
            comment.author,
            comment.text,
            True,
            False,
            _moment(comment.at) or dt.datetime.fromisoformat(found.imported_at),
        )

    def of_study(self, study_id: UUID) -> tuple[str, None, None]:
        return self._studies.get(study_id, ""), None, None

    def of_document(self, document_id: UUID) -> tuple[str, UUID, None]:
        return self._titles.get(document_id, ""), document_id, None

    def of_code(self, code_id: UUID) -> tuple[str, None, None]:
        return self._codes.get(code_id, ""), None, None

    def of_coding(self, lineage_id: UUID) -> tuple[str, UUID | None, int | None]:
        row = self._codings.get(lineage_id)
        return ("", None, None) if row is None else (row.quote, row.document_id, row.start_char)


_FINDERS: Mapping[str, Callable[[_Places, UUID], tuple[str, UUID | None, int | None]]] = {
    "study": _Places.of_study,
    "document": _Places.of_document,
    "code": _Places.of_code,
    "coding": _Places.of_coding,
}


def _moment(written: str) -> dt.datetime | None:
    """A date or time as a file has it; None where it has none that can be read."""
    try:
        moment = dt.datetime.fromisoformat(written)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)


def _coding_memos(actor: Member) -> sa.Select[Any]:
    """Visible codings that have a memo of the reader, with its id and time."""
    seen = visible_codings(actor).order_by(None).subquery()
    return (
        sa.select(seen, memo.c.id.label("memo_id"), event.c.at.label("written_at"))
        .join(memo, (memo.c.lineage_id == seen.c.lineage_id) & memo.c.retired_event.is_(None))
        .join(event, (event.c.study_id == memo.c.study_id) & (event.c.seq == memo.c.created_event))
    )


def _passes(line: MemoLine, wanted: Wanted) -> bool:
    return (
        (not wanted.kinds or line.kind in wanted.kinds)
        and (not wanted.about or line.about in wanted.about)
        and (not wanted.authors or line.author in wanted.authors)
        and (not wanted.text.strip() or any(search(line.text, wanted.text)))
    )


def _change(engine: Engine, actor: Member, memo_id: UUID, changes: Mapping[str, Any], act: str) -> UUID:
    with writing(engine) as connection:
        found = _own(connection, actor, memo_id)
        if all(getattr(found, name) == value for name, value in changes.items()):
            return found.id  # nothing to change is no change
        return kept.change_memo(
            connection, found, changes, actor=actor, action=f"memo.{act}", operation_id=uuid4()
        )


def _own(connection: Connection, actor: Member, memo_id: UUID) -> ResearchMemo:
    found = kept.own_memo(connection, actor, memo_id)
    if found is None:
        raise NotThere(
            "This memo was changed or taken away in another window, or is not yours. Reload the page; "
            "only its author can change a memo."
        )
    return found


def _subject(connection: Connection, actor: Member, about: str, about_id: UUID) -> UUID:
    """The id that a memo about this carries: of a coding its lineage; else refused."""
    if about == "coding":
        seen = visible_codings(actor).where((coding.c.id == about_id) | (coding.c.lineage_id == about_id))
        row = connection.execute(seen).first()
        found: UUID | None = None if row is None else row.lineage_id
    else:
        known: Mapping[str, Collection[UUID]] = {
            "study": (actor.study_id,),
            "document": {document.id for document in documents(connection, actor.study_id)},
            "code": {code.id for code in _codes(connection, actor)},
        }
        found = about_id if about_id in known[about] else None
    if found is None:
        raise NotThere(f"The {about} that this memo is about is not in the study. Reload the page.")
    return found


def _codes(connection: Connection, actor: Member) -> Collection[Code]:
    """The codes that memos can be about; none while the study has no codebook."""
    if current_codebook(connection, actor.study_id) is None:
        return ()
    return codes_ever(connection, actor).codes


def _one_of(known: Collection[str], value: str) -> str:
    if value not in known:
        raise UserFacingError(f"'{value}' is not one of {', '.join(known)}. Choose one of these.")
    return value


def _words(text: str) -> str:
    words = text.replace("\x00", "").strip()
    if not words:
        raise UserFacingError("The memo has no words yet. Write it, or take the memo away.")
    return words


def _cells(line: MemoLine) -> tuple[str | None, ...]:
    shared = None if line.shared is None else "yes" if line.shared else "no"
    return (
        line.written_at.isoformat(timespec="seconds"),
        line.author,
        line.kind,
        line.about,
        line.place,
        line.document,
        None if line.at is None else str(line.at),
        shared,
        line.text,
    )

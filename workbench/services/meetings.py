"""Meeting data: proposed from the text of minutes, confirmed, changed or taken back by a person."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Connection, Engine

from corpus.cleaning import clean_text
from corpus.errors import UserFacingError
from corpus.meetings import ItemKind, Meeting, MeetingItem, propose_meeting
from corpus.models import SourceKind
from corpus.spreadsheets import bound
from store import meetings as kept
from store.documents import StoredDocument, documents, load_document
from store.engine import reading, writing
from store.studies import Member, member_names
from workbench.services.documents import listed_document
from workbench.services.errors import NotThere

#: The columns of `meetings_file`.
MEETING_COLUMNS = ("document", "title", "held_on", "kind", "text", "start_char", "end_char", "confirmed_by")

_LONGEST = 2_000
_MOST = 500


@dataclass(frozen=True)
class MeetingOfDocument:
    """What is said of the meeting that a document tells of.

    ``proposed`` is read from the text each time. ``confirmed`` is what a person said, None where
    nobody did yet; ``by`` and ``at`` tell who and when. ``was`` is what was confirmed before it was
    taken back.
    """

    document: StoredDocument
    proposed: Meeting
    confirmed: Meeting | None
    by: str = ""
    at: dt.datetime | None = None
    was: Meeting | None = None


@dataclass(frozen=True)
class MeetingLine:
    """A meeting in the table of all: ``meeting`` is None where nobody has confirmed it yet."""

    document: StoredDocument
    meeting: Meeting | None
    by: str = ""


def meeting_of(engine: Engine, actor: Member, document_id: UUID) -> MeetingOfDocument:
    """What the text of a document proposes of its meeting, and what was confirmed."""
    with reading(engine) as connection:
        document = listed_document(connection, actor, document_id)
        loaded = load_document(connection, document_id)
        if loaded is None:
            raise NotThere("This document is not in the study. Choose one on the page Documents.")
        _, text = loaded
        proposed = propose_meeting(text.text, text.sections, date=text.date)
        found = next(
            (m for m in kept.meetings(connection, actor.study_id) if m.document_id == document_id), None
        )
        if found is None:
            was = kept.last_of(connection, actor.study_id, document_id)
            return MeetingOfDocument(document, proposed, None, was=was)
        names = dict(member_names(connection, actor.study_id))
        return MeetingOfDocument(
            document, proposed, found.meeting, names.get(found.by, ""), dt.datetime.fromisoformat(found.at)
        )


def meetings_of(engine: Engine, actor: Member) -> list[MeetingLine]:
    """All meetings: documents of meeting reports, and others of which somebody confirmed a meeting."""
    with reading(engine) as connection:
        listed = documents(connection, actor.study_id)
        found = {one.document_id: one for one in kept.meetings(connection, actor.study_id)}
        names = dict(member_names(connection, actor.study_id))
    return [
        MeetingLine(document, one.meeting, names.get(one.by, "")) if one else MeetingLine(document, None)
        for document in listed
        for one in [found.get(document.id)]
        if one is not None or document.kind == SourceKind.MEETING_REPORT
    ]


def meetings_file(engine: Engine, actor: Member) -> bytes:
    """All that is confirmed of meetings as CSV: a row an item, and one for a meeting without items."""
    told = io.StringIO(newline="")
    table = csv.writer(told)
    table.writerow(MEETING_COLUMNS)
    for line in meetings_of(engine, actor):
        if line.meeting is None:
            continue
        held_on = line.meeting.held_on.isoformat() if line.meeting.held_on else ""
        first = [str(line.document.id), bound(line.document.title), held_on]
        for item in line.meeting.items or (None,):
            said = ["", "", "", ""] if item is None else _cells(item)
            table.writerow([*first, *said, bound(line.by)])
    return told.getvalue().encode("utf-8-sig")


def confirm_meeting(
    engine: Engine,
    actor: Member,
    document_id: UUID,
    *,
    held_on: dt.date | None,
    items: Mapping[ItemKind, Iterable[str]],
) -> UUID:
    """Say what a meeting was, in place of what was said before.

    Parameters
    ----------
    items : mapping of ItemKind to texts
        What holds of each kind, in order. A text that the document proposes keeps its place in the
        text, and so does one that was confirmed before; others have none. Empty texts are left out.

    Raises
    ------
    UserFacingError
        If there are too many items, or one is too long.
    """
    with writing(engine) as connection:
        listed_document(connection, actor, document_id)
        places = _places(connection, actor, document_id)
        meeting = Meeting(held_on, tuple(_items(items, places)))
        return kept.confirm(connection, document_id, meeting, actor=actor)


def take_back_meeting(engine: Engine, actor: Member, document_id: UUID) -> None:
    """Take what was confirmed of a document's meeting back; confirming again brings it back."""
    with writing(engine) as connection:
        for one in kept.meetings(connection, actor.study_id):
            if one.document_id == document_id:
                kept.take_back(connection, one.id, actor=actor)
                return
        raise NotThere("Nothing is confirmed of this meeting.")


def bring_back_meeting(engine: Engine, actor: Member, document_id: UUID) -> UUID:
    """Undo taking a meeting back, or changing it: what was confirmed before holds again."""
    with writing(engine) as connection:
        listed_document(connection, actor, document_id)
        was = kept.last_of(connection, actor.study_id, document_id)
        if was is None:
            raise NotThere("Nothing else was confirmed of this meeting before.")
        return kept.confirm(connection, document_id, was, actor=actor)


def _places(connection: Connection, actor: Member, document_id: UUID) -> list[MeetingItem]:
    """Items with a place in the text of a document: of now, and as confirmed before."""
    found = [
        item
        for one in kept.meetings(connection, actor.study_id)
        if one.document_id == document_id
        for item in one.meeting.items
    ]
    loaded = load_document(connection, document_id)
    if loaded is not None:
        _, text = loaded
        found += propose_meeting(text.text, text.sections, date=text.date).items
    return [item for item in found if item.start_char is not None]


def _items(items: Mapping[ItemKind, Iterable[str]], places: list[MeetingItem]) -> list[MeetingItem]:
    told: list[MeetingItem] = []
    left = list(places)
    for kind in ItemKind:
        for text in items.get(kind, ()):
            words = " ".join(clean_text(text).split())
            if not words:
                continue
            if len(words) > _LONGEST:
                raise UserFacingError(f"'{words[:40]}…' is longer than {_LONGEST} characters. Shorten it.")
            known = next((i for i in left if i.kind == kind and " ".join(i.text.split()) == words), None)
            if known is not None:
                left.remove(known)
            told.append(
                MeetingItem(kind, words)
                if known is None
                else MeetingItem(kind, words, known.start_char, known.end_char)
            )
    if len(told) > _MOST:
        raise UserFacingError(f"A meeting holds at most {_MOST} items.")
    return told


def _cells(item: MeetingItem) -> list[str]:
    places = ["" if place is None else str(place) for place in (item.start_char, item.end_char)]
    return [item.kind.value, bound(item.text), *places]

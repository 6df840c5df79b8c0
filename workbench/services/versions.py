"""Correcting the text of a document: looked at before it is stored; codings move along or are listed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID

from sqlalchemy import Connection, Engine

from corpus.anchoring import find_quote, make_segment
from corpus.documents import make_document
from corpus.errors import UnreadableFile, UserFacingError
from corpus.models import Comment, Document, Furniture, Page, RawText, Refused, Segment, Source
from corpus.readers.apart import ReadingApart
from corpus.revising import edited_text
from corpus.versions import Edit, Lost, Moved, OffsetMap, compare_texts, edits, likely_places, move
from store import documents as documents_kept
from store import versions as kept
from store.blanking import MARK
from store.codebooks import code_keys
from store.engine import reading, writing
from store.rounds import rounds
from store.studies import Member, member_names
from store.versions import Placed, Unplaced, Version
from workbench.services.documents import loaded_document
from workbench.services.errors import NotAllowed, NotThere
from workbench.services.rounds import refuse_if_finished

#: Why a coding has no place in a corrected text.
WHY_LOST: Mapping[Lost, str] = {
    Lost.CHANGED: "its words were changed",
    Lost.SEVERAL: "its words stand in several places, or not in the same surroundings any more",
}

#: Characters that are shown around a proposed place.
AROUND = 80

#: Edits that a preview shows one by one.
MOST_EDITS = 200


@dataclass(frozen=True)
class Corrected:
    """What a correction does, or did: how many codings move, and which have no place.

    ``found_again`` counts codings that had no place in the text before and have one now. ``replaces``
    is the version that was looked at; ``version_id`` and ``number`` are of the new one, None and the
    number that it would get in a preview. ``edits`` are the first ones, ``n_edits`` all.
    """

    document_id: UUID
    title: str
    replaces: UUID
    version_id: UUID | None
    number: int
    edits: tuple[Edit, ...]
    n_edits: int
    words_before: int
    words_after: int
    moved: int
    unplaced: tuple[LostCoding, ...]
    found_again: int


@dataclass(frozen=True)
class LostCoding:
    """A coding that has no place in the corrected text, as a preview names it."""

    coder: str
    code: str
    quote: str
    why: str


@dataclass(frozen=True)
class UnplacedLine:
    """A coding without a place, as it is listed; ``mine`` says whether the person may place it.

    ``at`` is where to look in the present text.
    """

    coding: Unplaced
    code: str
    why: str
    at: int
    mine: bool


@dataclass(frozen=True)
class ProposedPlace:
    """A place of the present text at which a coding without one may belong, with the words around it."""

    start_char: int
    end_char: int
    before: str
    quote: str
    after: str


@dataclass(frozen=True)
class DocumentParts:
    """What came with the file of a document's present text."""

    version_id: UUID
    pages: tuple[Page, ...]
    comments: tuple[Comment, ...]
    furniture: tuple[Furniture, ...]


@dataclass(frozen=True)
class PlaceNow:
    """A place of an earlier version in the present text: ``at`` is there or nearest to it.

    ``number`` is the earlier version's, None where the place is in the present text. ``is_same`` says
    whether its words stayed as they were.
    """

    at: int
    number: int | None = None
    is_same: bool = True


def text_of_file(name: str, data: bytes) -> RawText:
    """What stands in a file that is to be the corrected text of a document.

    Raises
    ------
    UnreadableFile
        If it cannot be read, or holds no text or several.
    """
    with ReadingApart() as apart:
        found = list(apart.read(name, data))
    texts = [item for item in found if isinstance(item, RawText)]
    if len(texts) != 1:
        several = f"{name}: holds {len(texts)} texts. Give a file with the whole corrected text."
        refused = next((item.reason for item in found if isinstance(item, Refused)), several)
        raise UnreadableFile(refused)
    return texts[0]


def text_at(path: Path) -> RawText:
    """`text_of_file` of a file on this machine."""
    return text_of_file(path.name, path.read_bytes())


def preview_correction(engine: Engine, actor: Member, document_id: UUID, new: str | RawText) -> Corrected:
    """What storing a corrected text would do; nothing is stored.

    Raises
    ------
    UserFacingError
        As `correct_text`.
    """
    with reading(engine) as connection:
        return _Correction(connection, actor, document_id, new).told()


def correct_text(
    engine: Engine,
    actor: Member,
    document_id: UUID,
    new: str | RawText,
    *,
    reason: str,
    replaces: UUID | None = None,
) -> Corrected:
    """Store a corrected text as a new version of a document; every coding moves along or is listed.

    Parameters
    ----------
    new : str or RawText
        The whole corrected text: as a person edited it, or as `text_of_file` read it.
    replaces : UUID, optional
        The version that the person looked at: where another correction came in between, this one is
        refused.

    Raises
    ------
    NotAllowed
        If the person does not lead the study, or a round that holds the document is not revealed.
    UserFacingError
        If there is no reason, no text, or nothing that differs.
    """
    if not reason.strip():
        raise UserFacingError("A correction needs a reason: what was wrong, and who said so.")
    with writing(engine) as connection:
        correction = _Correction(connection, actor, document_id, new)
        if replaces not in (None, correction.version_id):
            raise UserFacingError(
                "The text was corrected by somebody else meanwhile. Look at the present text and correct it."
            )
        return correction.store(reason.strip())


def versions_of(engine: Engine, actor: Member, document_id: UUID) -> list[Version]:
    """The versions of a document's text, the first one first."""
    with reading(engine) as connection:
        loaded_document(connection, actor, document_id)
        return kept.versions_of(connection, document_id)


def text_of_version(engine: Engine, actor: Member, document_id: UUID, version_id: UUID) -> str:
    """The text of an earlier version, to be read or brought back by another correction."""
    with reading(engine) as connection:
        loaded_document(connection, actor, document_id)
        text = documents_kept.version_text(connection, version_id, document_id=document_id)
    if text is None:
        raise NotThere("This version is not one of the document. Choose one in the list of its versions.")
    return text


def document_as_of(
    engine: Engine, actor: Member, document_id: UUID, version_id: UUID
) -> tuple[Document, int | None]:
    """A document with the text of one of its versions; its number where that is not the present one."""
    with reading(engine) as connection:
        current, _ = loaded_document(connection, actor, document_id)
        found = documents_kept.load_document(connection, document_id, version_id)
        if found is None:
            raise NotThere("This version is not one of the document. Choose one in the list of its versions.")
        numbers = {v.id: v.number for v in kept.versions_of(connection, document_id)}
        return found[1], None if version_id == current else numbers[version_id]


def parts_of(engine: Engine, actor: Member, document_id: UUID) -> DocumentParts:
    """Pages, comments and what was set aside, as they came with the file of the present text."""
    with reading(engine) as connection:
        version_id, _ = loaded_document(connection, actor, document_id)
        return DocumentParts(version_id, *documents_kept.beside(connection, version_id))


def speakers_of(engine: Engine, actor: Member, document_id: UUID) -> list[str]:
    """Who speaks in the present text, in the order in which they first do."""
    with reading(engine) as connection:
        _, document = loaded_document(connection, actor, document_id)
    return list(dict.fromkeys(s.speaker for s in document.sections if s.speaker not in (None, MARK)))


def place_now(engine: Engine, actor: Member, document_id: UUID, version_id: UUID | None, at: int) -> PlaceNow:
    """Where a place of a version is in the present text, for links from findings and consensus codings."""
    with reading(engine) as connection:
        current, _ = loaded_document(connection, actor, document_id)
        if version_id in (None, current):
            return PlaceNow(at)
        assert version_id is not None
        numbers = {v.id: v.number for v in kept.versions_of(connection, document_id)}
        if version_id not in numbers:
            return PlaceNow(at)
        is_same = True
        for offsets in kept.offsets_after(connection, version_id):
            span = offsets.span(at, at + 1)
            is_same = is_same and span is not None
            at = offsets.near(at) if span is None else span[0]
        return PlaceNow(at, numbers[version_id], is_same)


def unplaced_of(engine: Engine, actor: Member, document_id: UUID | None = None) -> list[UnplacedLine]:
    """The codings that have no place in the present text of a document, or of any."""
    with reading(engine) as connection:
        found = kept.unplaced_codings(connection, actor, document_id)
        keys = code_keys(connection, actor.study_id)
        return [
            UnplacedLine(
                coding,
                keys.get(coding.code_id, ""),
                WHY_LOST[coding.reason],
                _near(connection, coding),
                actor.is_lead or coding.coder_id == actor.id,
            )
            for coding in found
        ]


def proposed_places(engine: Engine, actor: Member, unplaced_id: UUID) -> list[ProposedPlace]:
    """Where a coding that lost its place may belong now, the likeliest first; often none is right.

    Raises
    ------
    NotAllowed, NotThere
        As `place_coding`.
    """
    with reading(engine) as connection:
        coding = _waiting(connection, actor, unplaced_id)
        _, document = loaded_document(connection, actor, coding.document_id)
        old = documents_kept.version_text(connection, coding.version_id, document_id=document.id) or ""
    text = document.text
    found = likely_places(_segment_of(coding), text, compare_texts(old, text))
    return [
        ProposedPlace(
            start, end, text[max(0, start - AROUND) : start], text[start:end], text[end : end + AROUND]
        )
        for start, end in found
    ]


def place_coding(engine: Engine, actor: Member, unplaced_id: UUID, start_char: int, end_char: int) -> UUID:
    """Give a coding that lost its place one in the present text; memos and attributes go along.

    Raises
    ------
    SegmentOutOfRange
        If the place is not in the text.
    NotAllowed
        If the coding is another's and the person does not lead the study, or the document is finished
        in a round.
    """
    with writing(engine) as connection:
        coding = _waiting(connection, actor, unplaced_id)
        version_id, document = loaded_document(connection, actor, coding.document_id)
        coder = replace(actor, id=coding.coder_id, name=coding.coder)
        refuse_if_finished(connection, coder, version_id)
        segment = make_segment(document, start_char, end_char)
        return kept.place_coding(connection, coding, segment, version_id=version_id, actor=actor)


def place_by_words(engine: Engine, actor: Member, unplaced_id: UUID, words: str) -> UUID:
    """`place_coding` at words of the present text, the nearest to where the coding was.

    Raises
    ------
    UserFacingError
        If the words do not stand in the text.
    """
    with reading(engine) as connection:
        coding = _waiting(connection, actor, unplaced_id)
        _, document = loaded_document(connection, actor, coding.document_id)
        near = _near(connection, coding)
    start = _nearest(document.text, words.strip(), near)
    if start is None:
        raise UserFacingError(
            f"These words do not stand in '{document.title}' as it is now. Copy them from the text."
        )
    return place_coding(engine, actor, unplaced_id, start, start + len(words.strip()))


def let_go(engine: Engine, actor: Member, unplaced_id: UUID) -> None:
    """Give up looking for a place; the coding stays in the history."""
    with writing(engine) as connection:
        kept.let_go(connection, _waiting(connection, actor, unplaced_id), actor=actor)


class _Correction:
    """A corrected text beside the present one, with what becomes of every coding."""

    def __init__(self, connection: Connection, actor: Member, document_id: UUID, new: str | RawText) -> None:
        self._connection = connection
        self._actor = actor
        self.version_id, document = loaded_document(connection, actor, document_id)
        pages, comments, furniture = documents_kept.beside(connection, self.version_id)
        self.document = replace(document, pages=pages, comments=comments, furniture=furniture)
        _refuse(connection, actor, self.version_id, document_id)
        self.after = self._made(new)
        self.offsets = compare_texts(self.document.text, self.after.text)
        rows = kept.live_codings(connection, self.version_id)
        moves = [(row, move(_segment(row), self.after.text, self.offsets)) for row in rows]
        self.moved = [Placed(row, self._at(m.span)) for row, m in moves if m.span is not None]
        self.lost = [(row, m.lost) for row, m in moves if m.lost is not None]
        self.found_again = list(self._found_again(document_id))

    def store(self, reason: str) -> Corrected:
        version_id = kept.add_correction(
            self._connection,
            self.after,
            replaces=self.version_id,
            offsets=self.offsets,
            moved=self.moved,
            unplaced=self.lost,
            found_again=self.found_again,
            actor=self._actor,
            reason=reason,
        )
        return replace(self.told(), version_id=version_id)

    def told(self) -> Corrected:
        before, after = self.document, self.after
        changed = edits(before.text, after.text, self.offsets)
        versions = kept.versions_of(self._connection, before.id)
        number = next(v.number for v in versions if v.id == self.version_id)
        return Corrected(
            before.id,
            before.title,
            self.version_id,
            None,
            number + 1,
            tuple(changed[:MOST_EDITS]),
            len(changed),
            len(before.text.split()),
            len(after.text.split()),
            len(self.moved),
            tuple(self._lost_codings()),
            len(self.found_again),
        )

    def _made(self, new: str | RawText) -> Document:
        raw = edited_text(self.document, new) if isinstance(new, str) else new
        source = Source(self.document.source_id, "", "")
        made = make_document(source, raw, language=self.document.language)
        if not made.text.strip():
            raise UserFacingError(
                f"The corrected text of '{self.document.title}' has no words. To take the document out, "
                "withdraw it."
            )
        if made.text == self.document.text:
            raise UserFacingError(
                f"This is the text of '{self.document.title}' as it is stored: there is nothing to correct."
            )
        return replace(
            self.document,
            text=made.text,
            sections=made.sections,
            pages=made.pages,
            comments=made.comments,
            furniture=made.furniture,
        )

    def _found_again(self, document_id: UUID) -> Iterable[Placed]:
        """Codings that wait for a place, where this text holds their words again."""
        texts: dict[UUID, OffsetMap] = {}
        for row in kept.waiting_codings(self._connection, document_id):
            old = row.document_version_id
            if old not in texts:
                text = documents_kept.version_text(self._connection, old, document_id=document_id) or ""
                texts[old] = compare_texts(text, self.after.text)
            found: Moved = move(_segment(row), self.after.text, texts[old])
            if found.span is not None:
                yield Placed(row, self._at(found.span))

    def _at(self, span: tuple[int, int]) -> Segment:
        return make_segment(self.after, *span)

    def _lost_codings(self) -> Iterable[LostCoding]:
        keys = code_keys(self._connection, self._actor.study_id)
        names = dict(member_names(self._connection, self._actor.study_id))
        for row, lost in self.lost:
            yield LostCoding(
                names.get(row.coder_id, ""), keys.get(row.code_id, ""), row.quote, WHY_LOST[lost]
            )


def _refuse(connection: Connection, actor: Member, version_id: UUID, document_id: UUID) -> None:
    if not actor.is_lead:
        raise NotAllowed("Only the lead of the study corrects texts: everyone's codings move with them.")
    versions = {version.id for version in kept.versions_of(connection, document_id)}
    open_rounds = [
        found.name
        for found in rounds(connection, actor.study_id)
        if not found.revealed and versions & set(found.documents)
    ]
    if open_rounds:
        raise NotAllowed(
            f"The round '{open_rounds[0]}' holds this document and is not revealed yet: its coders read the "
            "text as it is. Correct it after the reveal."
        )


def _segment(row: object) -> Segment:
    names = ("start_char", "end_char", "quote", "prefix", "suffix")
    return Segment(UUID(int=0), *(getattr(row, name) for name in names))


def _segment_of(coding: Unplaced) -> Segment:
    return Segment(coding.document_id, coding.start_char, coding.end_char, coding.quote, "", "")


def _waiting(connection: Connection, actor: Member, unplaced_id: UUID) -> Unplaced:
    found = next((u for u in kept.unplaced_codings(connection, actor) if u.id == unplaced_id), None)
    if found is None:
        raise NotThere("This coding has its place by now, or was let go. Reload the page.")
    if not actor.is_lead and found.coder_id != actor.id:
        raise NotAllowed(f"This coding is {found.coder}'s. They or the lead place it, or let it go.")
    return found


def _near(connection: Connection, coding: Unplaced) -> int:
    at = coding.start_char
    for offsets in kept.offsets_after(connection, coding.version_id):
        at = offsets.near(at)
    return at


def _nearest(text: str, words: str, near: int) -> int | None:
    starts: Sequence[int] = find_quote(text, words)
    return min(starts, key=lambda start: abs(start - near)) if starts else None

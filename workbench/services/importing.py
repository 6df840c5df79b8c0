"""Bringing documents in: what can be read is stored, what can't is refused with its reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from uuid import UUID

from sqlalchemy import Connection, Engine

from corpus.documents import make_document
from corpus.duplicates import NearDuplicates, StudyNumbers
from corpus.errors import UserFacingError
from corpus.models import Document, RawText, Refused, SectionKind, Source
from store import documents as kept
from store import import_jobs as jobs
from store.engine import reading, writing
from store.studies import Member
from store.withdrawn_texts import WithdrawnTexts, withdrawn_texts
from workbench.services.errors import NotAllowed
from workbench.services.reading_engine import Found, Prepared, Wishes, read_files
from workbench.services.search_ready import Told, make_ready

#: Documents stored in one transaction: few enough to report soon, many enough to be quick.
BATCH = 100

#: Fewer characters than this are told: a file that holds so few is often a stub.
VERY_SHORT = 200

_WITHDRAWN = (
    "this text was withdrawn from the study on {day}, as a whole or in part. If it may be used after all, "
    "the lead imports it with 'Also what was withdrawn' (--also-withdrawn)"
)

#: What was found, under the name that the person knows it by.
Read = tuple[str, Found]

__all__ = [
    "BATCH",
    "Desk",
    "ImportResult",
    "Read",
    "Wishes",
    "find_or_make_source",
    "import_paths",
    "import_read",
    "known_source",
    "refuse_withdrawn_too",
    "texts_there",
    "tidy",
]


@dataclass(frozen=True)
class ImportResult:
    """What became of one file or row: ``imported``, ``duplicate`` or ``refused``."""

    path: str
    status: str
    document: UUID | None = None
    title: str | None = None
    characters: int | None = None
    sections: int | None = None
    turns: int | None = None
    speakers: tuple[str, ...] = ()
    date: dt.date | None = None
    language: str | None = None
    warnings: tuple[str, ...] = ()
    reason: str | None = None


def import_paths(
    engine: Engine,
    actor: Member,
    paths: Iterable[Path],
    *,
    source: str,
    kind: str,
    wishes: Wishes | None = None,
    at: str | None = None,
    told: Told | None = None,
) -> Iterator[ImportResult]:
    """Read files, folders and zips into a source; each result is yielded once it is safe on disk.

    Parameters
    ----------
    source : str
        Label of the data source; it is made when it is not there yet.
    kind : str
        Its kind ("meeting report", "interview", …).
    at : str, optional
        Where files are read: None one after the other, "pool" in several processes, or the address
        of a Dask cluster; what is stored is the same.
    told : callable, optional
        Hears at the end how many texts are ready to be searched, and of how many.

    Yields
    ------
    ImportResult
        One per file, or per row of a table. The same bytes again are ``duplicate``. A text that
        shares a quarter or more with another is imported with a warning naming it.

    Raises
    ------
    NotAllowed
        If somebody else than the lead wishes for what was withdrawn.
    UserFacingError
        If the source exists with another kind.
    """
    wishes = wishes or Wishes()
    found = read_files(paths, wishes, at=at)  # an engine that is not known is told before anything is stored
    return import_read(engine, actor, found, source=source, kind=kind, wishes=wishes, told=told)


def import_read(
    engine: Engine,
    actor: Member,
    found: Iterator[Read],
    *,
    source: str,
    kind: str,
    wishes: Wishes,
    told: Told | None = None,
) -> Iterator[ImportResult]:
    """`import_paths` of what was found elsewhere than in folders."""
    refuse_withdrawn_too(actor, wishes)
    target = find_or_make_source(engine, actor, source, kind)
    with reading(engine) as connection:
        desk = Desk(target, wishes, texts_there(connection, actor))
    while batch := list(islice(found, BATCH)):
        with writing(engine) as connection:
            results = desk.take(connection, actor, batch)
        yield from results
    make_ready(engine, actor.study_id, told=told)


def refuse_withdrawn_too(actor: Member, wishes: Wishes) -> None:
    """Only who may withdraw a text may let it in again."""
    if wishes.also_withdrawn and not actor.is_lead:
        raise NotAllowed("Only the lead of the study can import again what was withdrawn from it.")


def find_or_make_source(engine: Engine, actor: Member, label: str, kind: str) -> Source:
    """The data source of that label, made where it is new.

    Raises
    ------
    UserFacingError
        If label or kind is empty, or the source has another kind.
    """
    with writing(engine) as connection:
        known = known_source(connection, actor, label, kind)
        return known or kept.add_source(connection, actor=actor, label=tidy(label), kind=tidy(kind))


def known_source(connection: Connection, actor: Member, label: str, kind: str) -> Source | None:
    """The data source of that label, None where it would be new; raises as `find_or_make_source`."""
    label, kind = tidy(label), tidy(kind)
    if not label or not kind:
        raise UserFacingError("The data source needs a label and a kind (--source, --kind).")
    known = next((s for s in kept.sources(connection, actor.study_id) if s.label == label), None)
    if known is not None and known.kind not in (kind, kept.KIND_NOT_GIVEN):
        raise UserFacingError(
            f"The source '{label}' is of the kind '{known.kind}', not '{kind}'. "
            "Give that kind, or another label."
        )
    return known


def tidy(words: str) -> str:
    """A label without white space around it, and with single spaces in it."""
    return " ".join(words.split())


@dataclass
class Neighbours:
    """The texts beside which others are looked at: those that share passages, and those of the same study."""

    passages: NearDuplicates = field(default_factory=NearDuplicates)
    studies: StudyNumbers = field(default_factory=StudyNumbers)

    def add(self, document_id: UUID, title: str, text: str) -> None:
        self.passages.add(document_id, title, text)
        self.studies.add(document_id, title, text)

    def likenesses(self, text: str) -> Iterator[str]:
        """What a person should know of others that are like this text."""
        alike = self.passages.find(text)
        yield from map(_likeness, alike)
        told = {document_id for document_id, _, _ in alike}
        for number, document_id, title in self.studies.find(text):
            if document_id not in told:
                yield _same_study(number, document_id, title)


def texts_there(connection: Connection, actor: Member) -> Neighbours:
    """All texts of the study, to compare others with."""
    neighbours = Neighbours()
    for document_id, title, text in kept.texts(connection, actor.study_id):
        neighbours.add(document_id, title, text)
    return neighbours


@dataclass
class Desk:
    """Where files are looked at before they are stored: as what, and beside which other texts.

    ``known`` maps the hash of bytes to id and title of the document that was made of them; ``withdrawn``
    knows texts again that are not to come in. With a ``job`` each result is kept as one of it, in the
    transaction of its document.
    """

    source: Source
    wishes: Wishes
    neighbours: Neighbours
    known: dict[str, tuple[UUID, str]] = field(default_factory=dict)
    withdrawn: WithdrawnTexts = field(default_factory=WithdrawnTexts)
    job: UUID | None = None

    def take(self, connection: Connection, actor: Member, batch: Sequence[Read]) -> list[ImportResult]:
        """Store what can be stored; everything else is told with its reason."""
        self.known.clear()  # what was stored before may have been withdrawn meanwhile
        self.look_up(connection, actor, batch)
        return [self._store(connection, actor, *self.look_at(path, item)) for path, item in batch]

    def look_up(self, connection: Connection, actor: Member, batch: Iterable[Read]) -> None:
        """See which of these are in the study already, and what was withdrawn from it by now."""
        hashes = [_raw(item).raw_sha256 for _, item in batch if not isinstance(item, Refused)]
        found = kept.documents_known(connection, actor.study_id, hashes)
        self.known |= {digest: (document.id, document.title) for digest, document in found.items()}
        if not self.wishes.also_withdrawn:
            self.withdrawn = withdrawn_texts(connection, actor.study_id)

    def look_at(self, path: str, item: Found) -> tuple[ImportResult, Document | None]:
        """What is to become of one file or row, and the document that it makes; None where it makes none."""
        if isinstance(item, Refused):
            return ImportResult(path, "refused", reason=item.reason), None
        raw = _raw(item)
        if raw.raw_sha256 in self.known:
            document_id, title = self.known[raw.raw_sha256]
            reason = f"the same bytes are in the study already, as '{title}'"
            return ImportResult(path, "duplicate", document=document_id, title=title, reason=reason), None
        document = self._document(item)
        if not document.text.strip():
            return ImportResult(path, "refused", reason="it holds no text"), None
        if day := self.withdrawn.day_of(document.raw_sha256, document.text):
            return ImportResult(path, "refused", reason=_WITHDRAWN.format(day=day)), None
        alike = self.neighbours.likenesses(document.text)
        result = _imported(path, document)
        return replace(result, warnings=(*raw.warnings, *_short(document, raw), *alike)), document

    def _document(self, item: RawText | Prepared) -> Document:
        if isinstance(item, Prepared):
            return item.document(self.source)
        return make_document(self.source, item, language=self.wishes.language, date=self.wishes.date)

    def remember(self, document: Document) -> None:
        """Let those that follow be compared with this one."""
        self.neighbours.add(document.id, document.title, document.text)
        self.known[document.raw_sha256] = (document.id, document.title)

    def _store(
        self, connection: Connection, actor: Member, result: ImportResult, document: Document | None
    ) -> ImportResult:
        if document is not None:
            also = () if self.job is None else [jobs.item_row(self.job, _item(result))]
            try:
                with connection.begin_nested():  # a refused document leaves nothing behind
                    kept.add_document(connection, document, actor=actor, also=also)
            except UserFacingError as error:
                result = ImportResult(result.path, "refused", reason=str(error))
            else:
                self.remember(document)
                return result
        if self.job is not None:
            jobs.add_item(connection, actor=actor, job_id=self.job, item=_item(result))
        return result


def _raw(item: RawText | Prepared) -> RawText:
    return item.raw if isinstance(item, Prepared) else item


def _item(result: ImportResult) -> jobs.Item:
    path = result.path.encode("utf-8", "replace").decode()  # names of old archives hold anything
    return jobs.Item(path, result.status, result.document, result.reason or "", result.warnings)


def _imported(path: str, document: Document) -> ImportResult:
    turns = [section for section in document.sections if section.kind is SectionKind.TURN]
    speakers = dict.fromkeys(section.speaker for section in turns if section.speaker)
    return ImportResult(
        path,
        "imported",
        document=document.id,
        title=document.title,
        characters=len(document.text),
        sections=len(document.sections),
        turns=len(turns),
        speakers=tuple(speakers),
        date=document.date,
        language=document.language,
    )


def _short(document: Document, raw: RawText) -> tuple[str, ...]:
    """An answer in a table may be short; a file of its own seldom is."""
    length = len(document.text.strip())
    if raw.place or length >= VERY_SHORT:
        return ()
    return (f"is very short ({length} characters): check that the file is whole",)


def _same_study(number: str, document_id: UUID, title: str) -> str:
    return (
        f"names {number}, as does '{title}' ({document_id}): "
        "check whether both are records of one study, which would be no independent sources"
    )


def _likeness(found: tuple[UUID, str, float]) -> str:
    document_id, title, containment = found
    return (
        f"shares {containment:.0%} of its five-word sequences with '{title}' ({document_id}): "
        "check whether it is a second record of the same text, which would be no independent source"
    )

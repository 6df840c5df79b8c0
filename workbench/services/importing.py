"""Bringing documents in: what can be read is stored, what can't is refused with its reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from uuid import UUID

from sqlalchemy import Connection, Engine

from corpus.documents import make_document
from corpus.duplicates import NearDuplicates
from corpus.errors import UserFacingError
from corpus.models import Document, RawText, Refused, SectionKind, Source
from corpus.readers.apart import ReadingApart, read_input
from corpus.readers.folders import find_inputs
from store import documents as kept
from store.engine import reading, writing
from store.studies import Member

#: Documents stored in one transaction: few enough to report soon, many enough to be quick.
BATCH = 100


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


@dataclass(frozen=True)
class Wishes:
    """What the person says about the files; None leaves it to the reader."""

    language: str | None = None
    date: dt.date | None = None
    text_column: str | None = None
    title_column: str | None = None

    @property
    def for_reader(self) -> dict[str, str | None]:
        """What the reader of a file must know."""
        return {"text_column": self.text_column, "title_column": self.title_column}


def import_paths(
    engine: Engine,
    actor: Member,
    paths: Iterable[Path],
    *,
    source: str,
    kind: str,
    wishes: Wishes | None = None,
) -> Iterator[ImportResult]:
    """Read files and folders into a source; each result is yielded once it is safe on disk.

    Parameters
    ----------
    source : str
        Label of the data source; it is made when it is not there yet.
    kind : str
        Its kind ("meeting report", "interview", …).

    Yields
    ------
    ImportResult
        One per file, or per row of a table. The same bytes again are ``duplicate``. A text that
        shares a quarter or more with another is imported with a warning naming it.

    Raises
    ------
    UserFacingError
        If the source exists with another kind.
    """
    wishes = wishes or Wishes()
    with writing(engine) as connection:
        target = _source(connection, actor, source, kind)
    with reading(engine) as connection:
        neighbours = NearDuplicates()
        for document_id, title, text in kept.texts(connection, actor.study_id):
            neighbours.add(document_id, title, text)
    found = _read(paths, wishes)
    while batch := list(islice(found, BATCH)):
        with writing(engine) as connection:
            desk = _Desk(connection, actor, target, neighbours, wishes, _known(connection, actor, batch))
            results = [desk.take(path, item) for path, item in batch]
        yield from results


def _source(connection: Connection, actor: Member, label: str, kind: str) -> Source:
    label, kind = " ".join(label.split()), " ".join(kind.split())
    if not label or not kind:
        raise UserFacingError("The data source needs a label and a kind (--source, --kind).")
    known = next((s for s in kept.sources(connection, actor.study_id) if s.label == label), None)
    if known is None:
        return kept.add_source(connection, actor=actor, label=label, kind=kind)
    if known.kind not in (kind, kept.KIND_NOT_GIVEN):
        raise UserFacingError(
            f"The source '{label}' is of the kind '{known.kind}', not '{kind}'. "
            "Give that kind, or another label."
        )
    return known


def _read(paths: Iterable[Path], wishes: Wishes) -> Iterator[tuple[str, RawText | Refused]]:
    with ReadingApart() as apart:
        for found in find_inputs(paths):
            if isinstance(found, Refused):
                yield found.path, found
                continue
            for item in read_input(apart, found, **wishes.for_reader):
                yield _place(found.path, item), item


def _place(path: str, item: RawText | Refused) -> str:
    if isinstance(item, Refused):
        return item.path
    return f"{path}, {item.place}" if item.place else path


def _known(
    connection: Connection, actor: Member, batch: Iterable[tuple[str, RawText | Refused]]
) -> dict[str, tuple[UUID, str]]:
    hashes = [item.raw_sha256 for _, item in batch if isinstance(item, RawText)]
    found = kept.documents_known(connection, actor.study_id, hashes)
    return {digest: (document.id, document.title) for digest, document in found.items()}


@dataclass(frozen=True)
class _Desk:
    """What one batch is taken in with; ``known`` maps the hash of bytes to id and title."""

    connection: Connection
    actor: Member
    source: Source
    neighbours: NearDuplicates
    wishes: Wishes
    known: dict[str, tuple[UUID, str]]

    def take(self, path: str, raw: RawText | Refused) -> ImportResult:
        if isinstance(raw, Refused):
            return ImportResult(path, "refused", reason=raw.reason)
        if raw.raw_sha256 in self.known:
            document_id, title = self.known[raw.raw_sha256]
            reason = f"the same bytes are in the study already, as '{title}'"
            return ImportResult(path, "duplicate", document=document_id, title=title, reason=reason)
        document = make_document(self.source, raw, language=self.wishes.language, date=self.wishes.date)
        if not document.text.strip():
            return ImportResult(path, "refused", reason="it holds no text")
        alike = self.neighbours.find(document.text)
        try:
            with self.connection.begin_nested():  # a refused document leaves nothing behind
                kept.add_document(self.connection, document, actor=self.actor)
        except UserFacingError as error:
            return ImportResult(path, "refused", reason=str(error))
        self.neighbours.add(document.id, document.title, document.text)
        self.known[raw.raw_sha256] = (document.id, document.title)
        result = _imported(path, document, raw)
        return replace(result, warnings=(*result.warnings, *map(_likeness, alike)))


def _imported(path: str, document: Document, raw: RawText) -> ImportResult:
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
        warnings=raw.warnings,
    )


def _likeness(found: tuple[UUID, str, float]) -> str:
    document_id, title, containment = found
    return (
        f"shares {containment:.0%} of its five-word sequences with '{title}' ({document_id}): "
        "check whether it is a second record of the same text, which would be no independent source"
    )

"""What an import would store, told before anything is stored."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from uuid import UUID

from sqlalchemy import Engine

from corpus.models import Comment, Document, SectionKind, Source
from corpus.readers import format_of
from corpus.readers.apart import ReadingApart
from store.engine import reading
from store.studies import Member
from workbench.services.importing import (
    BATCH,
    Desk,
    ImportResult,
    Read,
    Wishes,
    known_source,
    refuse_withdrawn_too,
    texts_there,
    tidy,
)
from workbench.services.reading_engine import read_found
from workbench.services.uploads import Upload, inputs_of

READY, WARNED, KNOWN, REFUSED = "ready", "with warnings", "in the study already", "refused"

_NOT_STORED = UUID(int=0)


@dataclass(frozen=True)
class Preview:
    """What would become of one file or row.

    ``format`` is how it is read ("Word", "captions"), ``result`` what the import would tell of it, and
    ``document`` what it would store; None where it would store nothing.
    """

    format: str
    result: ImportResult
    document: Document | None

    @property
    def state(self) -> str:
        """`READY`, `WARNED`, `KNOWN` or `REFUSED`."""
        if self.document is None:
            return REFUSED if self.result.status == "refused" else KNOWN
        return WARNED if self.result.warnings else READY

    @property
    def worth_knowing(self) -> str:
        """Why it is refused, or what it is warned of; in one line."""
        return "; ".join(filter(None, (self.result.reason, *self.result.warnings)))


@dataclass(frozen=True)
class Passage:
    """A section of a text as it would be stored.

    ``page`` is the page of the file that begins with it, ``comments`` are those written beside it.
    """

    kind: SectionKind
    text: str
    level: int | None = None
    speaker: str | None = None
    seconds: float | None = None
    page: str | None = None
    comments: tuple[Comment, ...] = ()


def preview_uploads(
    engine: Engine,
    actor: Member,
    uploads: Sequence[Upload],
    *,
    source: str,
    kind: str,
    wishes: Wishes | None = None,
) -> Iterator[Preview]:
    """Read files as their import would, and store nothing, not even a new source.

    Yields
    ------
    Preview
        One per file or row of a table, in the order of the import. Texts are compared with those of the
        study and with each other.

    Raises
    ------
    NotAllowed, UserFacingError
        As `import_paths`.
    """
    wishes = wishes or Wishes()
    refuse_withdrawn_too(actor, wishes)
    with reading(engine) as connection:
        known = known_source(connection, actor, source, kind)
        target = known or Source(_NOT_STORED, tidy(source), tidy(kind))
        desk = Desk(target, wishes, texts_there(connection, actor))
    here: dict[UUID, str] = {}
    read = _read(uploads, wishes)
    while batch := list(islice(read, BATCH)):
        with reading(engine) as connection:
            desk.look_up(connection, actor, [one for _, one in batch])
        for name, (path, item) in batch:
            result, document = desk.look_at(path, item)
            if document is not None:
                desk.remember(document)
                here[document.id] = document.title
            yield Preview(format_of(name), _in_this_list(result, here), document)


def passages(document: Document, *, most: int | None = None) -> Iterator[Passage]:
    """The sections of a text in order, with what stands beside them; the first ``most`` of them.

    Examples
    --------
    >>> from corpus.documents import make_document
    >>> from corpus.models import RawText
    >>> source = Source(UUID(int=1), "Interviews", "interview")
    >>> document = make_document(source, RawText("GP 1: No time.\\nGP 2: No money.", "a.txt", "0" * 64))
    >>> [passage.speaker for passage in passages(document)]
    ['GP 1', 'GP 2']
    """
    pages = list(document.pages)
    for section in islice(document.sections, most):
        page = None
        while pages and pages[0].start_char < section.end_char:
            page = pages.pop(0).label
        yield Passage(
            section.kind,
            document.text[section.start_char : section.end_char],
            section.level,
            section.speaker,
            section.seconds,
            page,
            tuple(
                comment
                for comment in document.comments
                if section.start_char <= comment.start_char < section.end_char
            ),
        )


def _read(uploads: Sequence[Upload], wishes: Wishes) -> Iterator[tuple[str, Read]]:
    """What is in each file, with the name by which its kind is known."""
    with ReadingApart() as apart:
        for found in inputs_of(uploads):
            for read in read_found(apart, found, wishes):
                yield found.path, read


def _in_this_list(result: ImportResult, here: dict[UUID, str]) -> ImportResult:
    """What is said of a text that stands in the same list is said of it as such."""
    if result.status == "duplicate" and result.document in here:
        return replace(result, document=None, reason=f"the same bytes as '{result.title}' in this list")
    warnings = []
    for warning in result.warnings:
        for document_id, title in here.items():
            warning = warning.replace(f"'{title}' ({document_id})", f"'{title}' in this list")
        warnings.append(warning)
    return replace(
        result, document=None if result.status == "imported" else result.document, warnings=tuple(warnings)
    )

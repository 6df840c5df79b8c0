"""Coding passages: operations from the reader, and codings from and to files."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, Engine, Row, Select

from codebook.errors import UnknownCode
from codebook.hierarchy import resolve
from codebook.models import Codebook, Coding, CodingDetail, Origin, Valence
from corpus.anchoring import find_quote, make_segment, relocate
from corpus.cleaning import clean_text
from corpus.errors import UserFacingError
from corpus.models import Document, Segment
from corpus.spreadsheets import read_rows, write_rows
from store import codings as kept
from store.codebooks import StoredCodebook, code_keys
from store.documents import StoredDocument, documents, version_text
from store.engine import reading, writing
from store.events import head_of, is_done
from store.origins import origins_of
from store.rounds import Round
from store.studies import Member
from store.tables import coding
from store.visibility import visible_codings, with_details
from workbench.services.codebooks import codes_offered, with_codes_named
from workbench.services.documents import document_named, loaded_document
from workbench.services.errors import NotAllowed, NotThere
from workbench.services.proposals import propose_code
from workbench.services.rounds import open_round_of, refuse_if_finished, seen_by
from workbench.services.studies import member_named

EXPORT_COLUMNS = (
    "document",
    "title",
    "start_char",
    "end_char",
    "quote",
    "code",
    "coder",
    "valence",
    "memo",
    "strength",
    "evidence",
    "actor",
    "timepoint",
    "certainty",
    "origin",
    "pattern",
)

#: What the attributes of a coding may say; actor and time point are free words.
DETAIL_CHOICES: Mapping[str, tuple[str, ...]] = {
    "strength": ("weak", "strong"),
    "evidence": ("experienced", "anticipated", "wished", "reported_about_others"),
    "certainty": ("sure", "unsure"),
}

#: What a browser shows without making a person wait.
LONGEST_LINE, LONGEST_TEXT = 1_000_000, 10_000_000

#: The longest actor or time point; whoever has more to say writes a memo.
LONGEST_WORDS = 200


@dataclass(frozen=True)
class Outcome:
    """What became of one operation; ``reason`` says why it was refused, None that it is stored."""

    operation: str
    reason: str | None = None


@dataclass(frozen=True)
class CodingsImported:
    """Each entry of the lists names row, document and reason."""

    imported: int = 0
    duplicates: int = 0
    not_found: tuple[dict[str, Any], ...] = field(default=())
    ambiguous: tuple[dict[str, Any], ...] = field(default=())
    refused: tuple[dict[str, Any], ...] = field(default=())


@dataclass(frozen=True)
class _Desk:
    """What a coder works with: the document, its version, the codebook and round in force."""

    connection: Connection
    actor: Member
    coder: Member
    document: Document
    version_id: UUID
    stored: StoredCodebook
    round: Round | None


@dataclass(frozen=True)
class CodingScreen:
    """All that the coding screen shows a person of one document.

    ``codebook`` has the codes that may be given now, ``known`` also those that codings here bear.
    ``closed`` says why nothing can be coded now; empty when coding is open. ``round`` is the
    unrevealed round in which the person codes this document, if there is one. ``as_of`` is the
    number of the last event that it takes in, for the next call alone: it counts what others did, so
    it is told to nobody.
    """

    document: Document
    version_id: UUID
    codebook: Codebook
    known: Codebook
    codings: tuple[Coding, ...]
    round: Round | None
    closed: str
    as_of: int = field(repr=False, compare=False)


def coding_screen(
    engine: Engine, actor: Member, document_id: UUID, *, before: CodingScreen | None = None
) -> CodingScreen:
    """What the person may see of a document, and whether they may code in it now.

    Parameters
    ----------
    before : CodingScreen, optional
        What the same person saw of the document earlier: then only what changed since is read.
    """
    with reading(engine) as connection:
        version_id, document = loaded_document(connection, actor, document_id)
        in_round = open_round_of(connection, actor, version_id)
        closed = ""
        try:
            refuse_if_finished(connection, actor, version_id)
        except NotAllowed as error:
            closed = str(error)
        codebook = codes_offered(connection, actor, in_round).codebook
        keys = code_keys(connection, actor.study_id) | {code.id: code.key for code in codebook.codes}
        codings = _seen_codings(connection, actor, version_id, keys, before)
        return CodingScreen(
            document,
            version_id,
            codebook,
            with_codes_named(connection, actor, codebook, {c.code for c in codings}),
            codings,
            None if in_round is None else seen_by(actor, in_round),
            closed,
            _last_event(connection, actor),
        )


def too_long_to_show(document: Document) -> str:
    """Why a browser cannot show a text; empty where it can.

    >>> from uuid import UUID
    >>> too_long_to_show(Document(UUID(int=1), UUID(int=2), "GP 3", "No time.", (), ""))
    ''
    """
    longest = max((len(line) for line in document.text.split("\n")), default=0)
    if longest > LONGEST_LINE:
        told = f"It has a line of {longest:,} characters; {LONGEST_LINE:,} is the most"
    elif len(document.text) > LONGEST_TEXT:
        told = f"It has {len(document.text):,} characters; {LONGEST_TEXT:,} is the most"
    else:
        return ""
    return (
        f"'{document.title}' is too long to be shown. {told}. It is stored as it is, and searched; to "
        "code in it, divide the file into lines or into several files and import these."
    )


def _last_event(connection: Connection, actor: Member) -> int:
    head = head_of(connection, actor.study_id)
    return 0 if head is None else head[0]


def _seen_codings(
    connection: Connection,
    actor: Member,
    version_id: UUID,
    keys: Mapping[UUID, str],
    before: CodingScreen | None,
) -> tuple[Coding, ...]:
    query = with_details(visible_codings(actor)).where(coding.c.document_version_id == version_id)
    changed = None
    if before is not None and before.version_id == version_id:
        changed = kept.lineages_changed(connection, actor.study_id, version_id, since=before.as_of)
    if before is None or changed is None:
        return tuple(_read(connection, query, keys))
    if not changed:
        return before.codings
    same = [seen for seen in before.codings if seen.lineage not in changed]
    new = _read(connection, query.where(coding.c.lineage_id.in_(changed)), keys)
    return tuple(sorted([*same, *new], key=lambda c: (c.start_char, c.end_char, c.id.hex)))


def _read(connection: Connection, query: Select[Any], keys: Mapping[UUID, str]) -> list[Coding]:
    """Codings with where they came from."""
    origins = origins_of(connection, query)
    return [
        replace(c, origin=origins[c.id]) if c.id in origins else c
        for c in kept.read_codings(connection, query, keys)
    ]


def codings_in(engine: Engine, actor: Member, document_id: UUID) -> list[Coding]:
    """The codings of a document that a person may see."""
    with reading(engine) as connection:
        version_id, _ = loaded_document(connection, actor, document_id)
        query = with_details(visible_codings(actor)).where(coding.c.document_version_id == version_id)
        return _read(connection, query, code_keys(connection, actor.study_id))


def codings_of(engine: Engine, actor: Member) -> list[Coding]:
    """All codings of the study that a person may see."""
    with reading(engine) as connection:
        query = with_details(visible_codings(actor))
        return _read(connection, query, code_keys(connection, actor.study_id))


def apply_operations(
    engine: Engine,
    actor: Member,
    document_id: UUID,
    operations: Sequence[Mapping[str, Any]],
    *,
    version_id: UUID | None = None,
) -> list[Outcome]:
    """Store what a coder did in the reader, all in one transaction, each operation once.

    Parameters
    ----------
    operations : sequence of mapping
        In the order in which they were done; each has ``operation`` (UUID made by the reader) and
        ``type``: ``apply`` (``start``, ``end``, ``code``, ``valence``; with ``new_code``, a label
        and a parent, the code is proposed first), ``retire`` (``coding``),
        ``change`` (``coding``, and ``code`` or ``valence``), ``resize`` (``coding``, ``start``,
        ``end``), ``memo`` (``coding``, ``text``), ``detail`` (``coding``, and the attributes of a
        `CodingDetail` by name; what is not named is taken away), ``undo`` (the person's last change
        in this document) or ``redo`` (what the last undo took back).
    version_id : UUID, optional
        The version that the reader shows. When the document has a newer one, passages are found
        again by their words; what has no single place there is refused, and so are changes of
        codings of the old version.

    Returns
    -------
    list of Outcome
        One per operation. An operation that was stored before is done, not repeated.
    """
    operations = [_with_new_code(engine, actor, document_id, operation) for operation in operations]
    with writing(engine) as connection:
        desk = _desk_or_reason(connection, actor, document_id)
        return [_outcome(connection, desk, operation, version_id) for operation in operations]


def import_codings(engine: Engine, actor: Member, path: Path) -> CodingsImported:
    """Read codings from a CSV file, each into its coder's own layer.

    Columns: ``document`` (id or title), ``start_char`` and ``end_char`` or ``quote``, ``code``,
    and as wanted ``coder`` (else the acting person), ``valence``, ``memo``, ``strength``,
    ``evidence``, ``actor``, ``timepoint``, ``certainty``; ``origin`` and ``pattern`` keep the mark of
    those that were suggested and accepted. The lead may import for others and so brings them into the
    study; others import only their own.
    """
    rows = read_rows(path, needed=("document", "code"))
    lists: dict[str, list[dict[str, Any]]] = {"not_found": [], "ambiguous": [], "refused": []}
    counts = {"imported": 0, "duplicates": 0}
    with writing(engine) as connection:
        desks = _Desks(connection, actor)
        for number, row in rows:
            try:
                with connection.begin_nested():  # a refused row leaves nothing behind
                    became = desks.take(row)
                counts[became] += 1
            except _Unplaced as unplaced:
                lists[unplaced.list].append(_entry(number, row, str(unplaced)))
            except UserFacingError as error:
                lists["refused"].append(_entry(number, row, str(error)))
    return CodingsImported(
        counts["imported"],
        counts["duplicates"],
        tuple(lists["not_found"]),
        tuple(lists["ambiguous"]),
        tuple(lists["refused"]),
    )


def export_codings(engine: Engine, actor: Member, path: Path) -> int:
    """Write the codings that a person may see; returns how many."""
    with reading(engine) as connection:
        titles = {d.id: d.title for d in documents(connection, actor.study_id)}
        query = with_details(visible_codings(actor))
        found = _read(connection, query, code_keys(connection, actor.study_id))
    return write_rows(
        path,
        EXPORT_COLUMNS,
        (
            (
                str(c.document_id),
                titles[c.document_id],
                str(c.start_char),
                str(c.end_char),
                c.quote,
                c.code,
                c.coder,
                c.valence,
                c.memo,
                c.detail.strength,
                c.detail.evidence,
                c.detail.actor,
                c.detail.timepoint,
                c.detail.certainty,
                None if c.origin is None else c.origin.kind,
                None if c.origin is None else c.origin.pattern,
            )
            for c in found
        ),
    )


class _Unplaced(UserFacingError):  # noqa: N818 - a row that has no single place in a text
    def __init__(self, which: str, message: str) -> None:
        super().__init__(message)
        self.list = which


class _Desks:
    """One desk per coder and document, kept for the length of an import."""

    def __init__(self, connection: Connection, actor: Member) -> None:
        self._connection, self._actor = connection, actor
        self._listed = documents(connection, actor.study_id)
        self._desks: dict[tuple[UUID, UUID], _Desk] = {}
        self._taken: dict[tuple[UUID, UUID], set[tuple[Any, ...]]] = {}

    def take(self, row: Mapping[str, str]) -> str:
        """Store one row: ``imported``, or ``duplicates`` when the coder has coded so already."""
        coder = self._coder(row.get("coder", "").strip())
        document = self._document(row["document"], row.get("title", ""))
        desk = self._desk(coder, document)
        code = resolve(desk.stored.codebook, row["code"])
        start, end = _place(desk.document, row)
        key = (start, end, code.id)
        taken = self._taken[coder.id, document.id]
        if key in taken:
            return "duplicates"
        _add(
            desk,
            start,
            end,
            code.id,
            _valence(row.get("valence") or None),
            operation_id=uuid4(),
            memo=row.get("memo", ""),
            detail=_said(row),
            origin=_origin(row),
            action="coding.import",
        )
        taken.add(key)
        return "imported"

    def _coder(self, name: str) -> Member:
        if not name or name == self._actor.name:
            return self._actor
        if not self._actor.is_lead:
            raise NotAllowed(f"only the lead can import codings of others ({name})")
        return member_named(self._connection, self._actor, name)

    def _document(self, wanted: str, title: str) -> StoredDocument:
        """By id or title; an export of another study names by its title a document that is here too."""
        try:
            return document_named(self._listed, wanted)
        except NotThere as error:
            if title and any(document.title == title for document in self._listed):
                return self._document(title, "")
            raise _Unplaced("ambiguous" if "Several" in str(error) else "not_found", str(error)) from error

    def _desk(self, coder: Member, document: StoredDocument) -> _Desk:
        place = (coder.id, document.id)
        if place not in self._desks:
            self._desks[place] = _open_desk(self._connection, self._actor, coder, document.id)
            self._taken[place] = _own_places(self._desks[place])
        return self._desks[place]


def _entry(number: int, row: Mapping[str, str], reason: str) -> dict[str, Any]:
    return {"row": number, "document": row.get("document", ""), "reason": reason}


def _desk_or_reason(connection: Connection, actor: Member, document_id: UUID) -> _Desk | UserFacingError:
    try:
        return _open_desk(connection, actor, actor, document_id)
    except UserFacingError as error:
        return error


def _with_new_code(
    engine: Engine, actor: Member, document_id: UUID, operation: Mapping[str, Any]
) -> Mapping[str, Any]:
    """An operation with the code that it makes, which is proposed unless an earlier try did so."""
    wanted = operation.get("new_code")
    if not isinstance(wanted, Mapping):
        return operation
    label, parent = str(wanted.get("label") or ""), wanted.get("parent")
    try:
        offered, in_round = _offered(engine, actor, document_id, UUID(str(operation["operation"])))
        if offered is None:
            return operation
        known = _code_called(offered, label, parent)
        round_name = None if in_round is None else in_round.name
        code = known or propose_code(engine, actor, label=label, parent=parent, round_name=round_name).key
    except UserFacingError as error:
        return {**operation, "refused": str(error)}
    return {**operation, "code": code}


def _offered(
    engine: Engine, actor: Member, document_id: UUID, operation_id: UUID
) -> tuple[Codebook | None, Round | None]:
    """What the person can code with here; None where the operation is stored already."""
    with reading(engine) as connection:
        version_id, _ = loaded_document(connection, actor, document_id)
        refuse_if_finished(connection, actor, version_id)
        in_round = open_round_of(connection, actor, version_id)
        if is_done(connection, operation_id):
            return None, in_round
        return codes_offered(connection, actor, in_round).codebook, in_round


def _code_called(codebook: Codebook, label: str, parent: object) -> str | None:
    """The key of a code with exactly this label under a parent."""
    words = " ".join(label.split())
    found = (code.key for code in codebook.codes if code.parent == parent and words in code.label.values())
    return next(found, None)


def _outcome(
    connection: Connection,
    desk: _Desk | UserFacingError,
    operation: Mapping[str, Any],
    version_id: UUID | None,
) -> Outcome:
    name = str(operation.get("operation", ""))
    try:
        operation_id = UUID(name)
        if not is_done(connection, operation_id):
            if isinstance(desk, UserFacingError):
                raise desk
            if "refused" in operation:
                raise UserFacingError(str(operation["refused"]))
            if version_id not in (None, desk.version_id):
                operation = _in_newer_version(desk, operation, version_id)
            with connection.begin_nested():  # a refused operation leaves nothing behind
                _ACTS[str(operation.get("type"))](desk, operation, operation_id)
    except UserFacingError as error:
        return Outcome(name, str(error))
    except (KeyError, ValueError, TypeError, OverflowError):
        # The browser is not ours to trust: a misshapen operation is refused, the rest goes on.
        return Outcome(name, "This operation could not be understood. Reload the page.")
    return Outcome(name)


def _in_newer_version(desk: _Desk, operation: Mapping[str, Any], version_id: UUID) -> Mapping[str, Any]:
    """An operation made on an earlier text of the document, at the same words of the present one."""
    text = version_text(desk.connection, version_id, document_id=desk.document.id)
    if operation.get("type") != "apply" or text is None:
        raise NotAllowed(
            "The text of this document was replaced while it was open, and this change was of a coding of "
            "the text before. The page shows the present text: make the change there again."
        )
    before = make_segment(replace(desk.document, text=text), int(operation["start"]), int(operation["end"]))
    place = relocate(before, desk.document.text)
    if place is None:
        raise UserFacingError(
            f"The text of this document was replaced while it was open, and the words “{_short(before)}” "
            "have no single place in the present text. Select them there again."
        )
    return {**operation, "start": place[0], "end": place[1]}


def _short(segment: Segment) -> str:
    words = " ".join(segment.quote.split())
    return words if len(words) <= 80 else f"{words[:80]}…"


def _open_desk(connection: Connection, actor: Member, coder: Member, document_id: UUID) -> _Desk:
    version_id, document = loaded_document(connection, actor, document_id)
    refuse_if_finished(connection, coder, version_id)
    in_round = open_round_of(connection, coder, version_id)
    stored = codes_offered(connection, actor, in_round)
    return _Desk(connection, actor, coder, document, version_id, stored, in_round)


def _apply(desk: _Desk, operation: Mapping[str, Any], operation_id: UUID) -> None:
    code_id = _code_id(desk.stored.codebook, operation["code"])
    start, end = int(operation["start"]), int(operation["end"])
    _refuse_twice(desk, (start, end, code_id))
    _add(desk, start, end, code_id, _valence(operation.get("valence")), operation_id=operation_id)


def _change(desk: _Desk, operation: Mapping[str, Any], operation_id: UUID) -> None:
    row = _own_coding(desk, operation["coding"])
    changes: dict[str, Any] = {}
    if operation.get("code"):
        changes["code_id"] = _code_id(desk.stored.codebook, operation["code"])
        changes["codebook_version_id"] = desk.stored.version_of(changes["code_id"])
        if changes["code_id"] != row.code_id:
            _refuse_twice(desk, (row.start_char, row.end_char, changes["code_id"]))
    if "valence" in operation:
        changes["valence"] = _valence(operation["valence"])
    kept.change_coding(desk.connection, row, changes, actor=desk.actor, operation_id=operation_id)


def _resize(desk: _Desk, operation: Mapping[str, Any], operation_id: UUID) -> None:
    row = _own_coding(desk, operation["coding"])
    segment = make_segment(desk.document, int(operation["start"]), int(operation["end"]))
    place = (segment.start_char, segment.end_char)
    if place == (row.start_char, row.end_char):
        return
    _refuse_twice(desk, (*place, row.code_id))
    ends = {name: getattr(segment, name) for name in ("start_char", "end_char", "quote", "prefix", "suffix")}
    kept.change_coding(desk.connection, row, ends, actor=desk.actor, operation_id=operation_id)


def _retire(desk: _Desk, operation: Mapping[str, Any], operation_id: UUID) -> None:
    row = _own_coding(desk, operation["coding"])
    kept.retire_coding(desk.connection, row, actor=desk.actor, operation_id=operation_id)


def _memo(desk: _Desk, operation: Mapping[str, Any], operation_id: UUID) -> None:
    row = _own_coding(desk, operation["coding"])
    text = str(operation["text"]).replace("\x00", "").strip()
    kept.write_memo(desk.connection, row, text, actor=desk.actor, operation_id=operation_id)


def _undo(desk: _Desk, _operation: Mapping[str, Any], operation_id: UUID) -> None:
    if not kept.undo_last(
        desk.connection, actor=desk.actor, version_id=desk.version_id, operation_id=operation_id
    ):
        raise UserFacingError("There is nothing of yours to undo in this document.")


def _detail(desk: _Desk, operation: Mapping[str, Any], operation_id: UUID) -> None:
    row = _own_coding(desk, operation["coding"])
    kept.write_detail(desk.connection, row, _said(operation), actor=desk.actor, operation_id=operation_id)


def _said(said: Mapping[str, Any]) -> CodingDetail:
    """The attributes of a coding from an operation, or from a row of a file."""
    return CodingDetail(
        strength=_choice(said, "strength"),
        evidence=_choice(said, "evidence"),
        actor=_few_words(said, "actor"),
        timepoint=_few_words(said, "timepoint"),
        certainty=_choice(said, "certainty"),
    )


def _origin(row: Mapping[str, str]) -> Origin | None:
    """Where a coding in a file came from; None: it was coded by hand, or the file does not say."""
    kind, pattern = row.get("origin", "").strip().lower(), row.get("pattern", "").strip()
    if not kind:
        return None
    for known in ("search", "rule"):
        if kind == known:
            return Origin(known, pattern)
    raise UserFacingError(f"origin '{kind}' is not one of search, rule. Correct it or leave it empty.")


def _choice(said: Mapping[str, Any], name: str) -> str | None:
    value = str(said.get(name) or "").strip().lower()
    if not value:
        return None
    if value not in DETAIL_CHOICES[name]:
        known = ", ".join(DETAIL_CHOICES[name])
        raise UserFacingError(f"{name} '{value}' is not one of {known}. Correct it or leave it empty.")
    return value


def _few_words(said: Mapping[str, Any], name: str) -> str:
    words = " ".join(str(said.get(name) or "").replace("\x00", "").split())
    if len(words) > LONGEST_WORDS:
        raise UserFacingError(
            f"{name} has {len(words)} characters; {LONGEST_WORDS} is the most. Write the rest into the memo."
        )
    return words


def _redo(desk: _Desk, _operation: Mapping[str, Any], operation_id: UUID) -> None:
    if not kept.redo_last(
        desk.connection, actor=desk.actor, version_id=desk.version_id, operation_id=operation_id
    ):
        raise UserFacingError("There is nothing of yours to do again in this document.")


_ACTS: dict[str, Callable[[_Desk, Mapping[str, Any], UUID], None]] = {
    "apply": _apply,
    "change": _change,
    "resize": _resize,
    "retire": _retire,
    "memo": _memo,
    "detail": _detail,
    "undo": _undo,
    "redo": _redo,
}


def _add(
    desk: _Desk,
    start: int,
    end: int,
    code_id: UUID,
    valence: Valence | None,
    *,
    operation_id: UUID,
    memo: str = "",
    detail: CodingDetail = CodingDetail(),
    origin: Origin | None = None,
    action: str = "coding.apply",
) -> None:
    kept.add_coding(
        desk.connection,
        make_segment(desk.document, start, end),
        actor=desk.actor,
        coder=desk.coder,
        version_id=desk.version_id,
        code_id=code_id,
        codebook_version_id=desk.stored.version_of(code_id),
        valence=valence,
        round_id=None if desk.round is None else desk.round.id,
        operation_id=operation_id,
        memo=memo,
        detail=detail,
        origin=origin,
        action=action,
    )


def _refuse_twice(desk: _Desk, place: tuple[int, int, UUID]) -> None:
    if kept.is_coded(desk.connection, desk.coder, desk.version_id, place):
        raise UserFacingError("You have coded this passage so already.")


def _own_places(desk: _Desk) -> set[tuple[Any, ...]]:
    """(start, end, code) of the coder's live codings in the document."""
    return {
        (row.start_char, row.end_char, row.code_id)
        for row in desk.connection.execute(kept.live_codings_of(desk.coder, desk.version_id))
    }


def _own_coding(desk: _Desk, coding_id: object) -> Row[Any]:
    row = kept.live_coding(desk.connection, UUID(str(coding_id)))
    if row is None or row.document_version_id != desk.version_id:
        raise UserFacingError("This coding was taken back already.")
    if row.coder_id != desk.actor.id:
        raise NotAllowed("This coding is another coder's. Only its own coder can change it.")
    return row


def _code_id(codebook: Codebook, key: object) -> UUID:
    try:
        return resolve(codebook, str(key)).id
    except UnknownCode as unknown:
        raise UserFacingError(
            f"The code '{key}' is not in the codebook now: it was retired or renamed, perhaps while you were "
            "coding. Your words are as they were; choose another code for them."
        ) from unknown


def _valence(value: object) -> Valence | None:
    if value is None or value == "":
        return None
    try:
        return Valence(str(value).strip().lower())
    except ValueError:
        known = ", ".join(Valence)
        raise UserFacingError(
            f"valence '{value}' is not one of {known}. Correct it or leave it empty."
        ) from None


def _place(document: Document, row: Mapping[str, str]) -> tuple[int, int]:
    """Where a row's passage stands: by offsets that hold its quote, else by the quote alone."""
    quote = row.get("quote", "")
    start, end = (_number(row.get(name)) for name in ("start_char", "end_char"))
    if start is not None and end is not None:
        segment = make_segment(document, start, end)
        if not quote or _as_in_a_cell(segment.quote) == _as_in_a_cell(quote):
            return start, end
    if not quote:
        raise UserFacingError("give start_char and end_char, or a quote")
    quote = clean_text(quote)  # as texts are stored: one spelling of accents, one of line ends
    starts = find_quote(document.text, quote)
    if len(starts) == 1:
        return starts[0], starts[0] + len(quote)
    if starts:
        raise _Unplaced(
            "ambiguous", f"the quote stands {len(starts)} times in '{document.title}'; give offsets"
        )
    raise _Unplaced("not_found", f"the quote does not stand in '{document.title}'")


def _as_in_a_cell(quote: str) -> str:
    """A quote as cells of a file may hold it: spaces around it, or an apostrophe before it, are lost."""
    return clean_text(quote).strip().lstrip("'").strip()


def _number(cell: str | None) -> int | None:
    if cell is None or not cell.strip():
        return None
    try:
        return int(cell)
    except ValueError:
        raise UserFacingError(f"'{cell}' is no offset; give a whole number") from None

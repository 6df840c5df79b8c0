"""Texts without names: what is found in them, what a person decides, and what then goes into the study.

The originals are in memory while somebody reviews them, and afterwards in the key alone
(`workbench.services.pseudonym_keys`). The study gets the pseudonymised texts, the pseudonyms, and from
where to where each replaced stretch went.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from corpus.documents import clean_raw, make_document
from corpus.errors import UnreadableFile, UserFacingError
from corpus.language import detect_language
from corpus.models import Comment, Document, RawText, Refused, Section, Source
from corpus.pseudonyms.entities import Entity, Lookout, Trace, next_pseudonym, occurrences, replacements
from corpus.pseudonyms.finding import find_hits
from corpus.pseudonyms.models import Hit, Kind, normalised
from corpus.pseudonyms.people import Group, group_hits
from corpus.pseudonyms.pipelines import recognise
from corpus.pseudonyms.replacing import OffsetMap
from corpus.pseudonyms.replacing import replace as put_in_place
from corpus.readers.apart import ReadingApart, read_input
from corpus.readers.folders import find_inputs
from store import documents as kept
from store import tables
from store.engine import reading, writing
from store.events import record
from store.facts import live_rows
from store.studies import Member
from store.types import CanonicalJson, Words
from store.visibility import hidden_entities
from store.visibility.blind import blind_rounds
from store.visibility.judging import may_read_results
from store.withdrawn_texts import withdrawn_texts
from workbench.services.errors import NotAllowed
from workbench.services.importing import ImportResult, find_or_make_source
from workbench.services.leaving import renew_check
from workbench.services.names_in_files import words_of
from workbench.services.pseudonym_keys import Key, keep_key, open_key, text_key
from workbench.services.reading_engine import Wishes, read_files, read_found
from workbench.services.uploads import Upload, inputs_of

_Marked = TypeVar("_Marked", Section, Comment)


@dataclass(frozen=True)
class Original:
    """A text as it was read, not yet pseudonymised; it is never stored in a study."""

    path: str
    raw: RawText
    language: str | None


@dataclass(frozen=True)
class Unit:
    """Words of an original in which names are looked for: its text, or what stands beside it.

    ``beside`` is empty for the text itself, else it says what it is: "title", "comment", ….
    """

    original: int
    text: str
    beside: str
    hits: tuple[Hit, ...]
    capitals: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Proposal:
    """What was found in some originals; places in ``groups`` count in ``units``."""

    originals: tuple[Original, ...]
    units: tuple[Unit, ...]
    groups: tuple[Group, ...]


@dataclass(frozen=True)
class Decision:
    """What a person says of a group: whether it is a name, of what kind, and who else it is.

    ``same_as`` is the key of another group, None where it stands alone.
    """

    confirmed: bool
    kind: Kind | None = None
    same_as: str | None = None


@dataclass(frozen=True)
class Pseudonymised:
    """A text with pseudonyms, how it came about, and what was found in it.

    ``found`` counts hits by kind; ``unconfirmed`` are those that nobody has confirmed, replaced all the same.
    """

    path: str
    document: Document
    offsets: OffsetMap
    found: Mapping[str, int]
    unconfirmed: int


@dataclass(frozen=True)
class Leak:
    """A place where an original form shows through; it says which kind of form, never the form."""

    place: str
    id: UUID | None
    start_char: int
    kind: str
    form: str
    pseudonym: str


# -- reading and proposing ----------------------------------------------------------------------


def read_originals(paths: Iterable[Path], *, language: str | None = None) -> Iterator[Original | Refused]:
    """The texts in files and folders; nothing of them is stored."""
    for path, found in read_files(paths, Wishes(language=language)):
        if isinstance(found, Refused):
            yield found
        elif isinstance(found, RawText):
            yield _original(path, found, language)


def read_uploaded(uploads: Sequence[Upload], *, language: str | None = None) -> Iterator[Original | Refused]:
    """The texts in files from the browser; nothing of them is stored."""
    with ReadingApart() as apart:
        for item in inputs_of(uploads):
            for path, found in read_found(apart, item, Wishes(language=language)):
                yield found if isinstance(found, Refused) else _original(path, found, language)


def _original(path: str, raw: RawText, language: str | None) -> Original:
    cleaned = clean_raw(raw)
    return Original(path, cleaned, language or detect_language(cleaned.text))


def propose(originals: Sequence[Original], key: Key, *, added: Iterable[tuple[str, Kind]] = ()) -> Proposal:
    """Find names and numbers, and put together what names the same.

    Parameters
    ----------
    key : Key
        What is known already; what was rejected before is not proposed again.
    added : iterable of (words, Kind)
        Names that no rule found and a person saw.
    """
    more = [Entity(f"added {number}", kind, (words,)) for number, (words, kind) in enumerate(added)]
    known = {entity.pseudonym: entity for entity in (*key.entities, *more)}
    units = tuple(
        _unit(number, original, text, beside, known)
        for number, original in enumerate(originals)
        for text, beside in _texts(original.raw)
    )
    groups = group_hits([(unit.text, unit.hits) for unit in units], known=key.entities)
    return Proposal(
        tuple(originals), units, tuple(group for group in groups if group.key not in key.rejected)
    )


def _texts(raw: RawText) -> Iterator[tuple[str, str]]:
    """The text of an original, and all words that come along with it into a study."""
    yield raw.text, ""
    yield Path(raw.name).stem, "name of the file"
    if raw.title:
        yield raw.title, "title"
    for comment in raw.comments:
        yield comment.text, "comment"
        if comment.author:
            yield comment.author, "author of a comment"
    for furniture in raw.furniture:
        yield furniture.text, "set aside"
    for value in raw.attributes.values():
        yield value, "column of a table"


def _unit(number: int, original: Original, text: str, beside: str, known: Mapping[str, Entity]) -> Unit:
    language = original.language

    def also(words: str) -> Iterator[Hit]:
        for start, end, pseudonym in occurrences(words, known.values()):
            kind = known[pseudonym].kind
            why = "added by hand" if pseudonym.startswith("added ") else "is known from the key"
            yield Hit(start, end, kind, why, normalised(words[start:end], kind))
        if not beside:
            yield from recognise(words, language)

    found = find_hits(text, language=language, recognise=also)
    hits = found.hits
    if beside == "author of a comment" and text.strip():
        why = "wrote a comment"
        hits = (Hit(0, len(text), Kind.PERSON, why, normalised(text, Kind.PERSON)),)
    return Unit(number, text, beside, hits, found.capitals)


# -- deciding ------------------------------------------------------------------------------------


def settle(
    key: Key, proposal: Proposal, decisions: Mapping[str, Decision], *, taken: Iterable[str] = ()
) -> tuple[Key, dict[str, str]]:
    """Give every group that is not rejected its pseudonym.

    Parameters
    ----------
    decisions : mapping
        By the key of a group. One that is missing is replaced too, as unconfirmed: better a word too
        many than a name too few.
    taken : iterable of str
        Pseudonyms that are in the study already.

    Returns
    -------
    (Key, dict)
        The key with what is new in it, and the pseudonym of each group by the group's key.
    """
    entities = {entity.pseudonym: entity for entity in key.entities}
    used = {*entities, *taken}
    given: dict[str, str] = {}
    rejected = set(key.rejected)
    for group in sorted(proposal.groups, key=lambda g: _is_merged(decisions.get(g.key))):
        decision = decisions.get(group.key)
        if decision is not None and not decision.confirmed:
            rejected.add(group.key)
            continue
        kind = (decision and decision.kind) or group.kind
        pseudonym = group.pseudonym
        if decision is not None and decision.same_as in given:
            pseudonym = given[decision.same_as]
            former = entities.get(group.pseudonym or "")
            if former is not None and former.pseudonym != pseudonym:
                entities[former.pseudonym] = replace(former, forms=())
        if pseudonym is None:
            pseudonym = next_pseudonym(kind, key.language, used)
            used.add(pseudonym)
        given[group.key] = pseudonym
        before = entities.get(pseudonym, Entity(pseudonym, kind, (), confirmed=False))
        forms = tuple(dict.fromkeys([*before.forms, *group.forms]))
        entities[pseudonym] = replace(before, forms=forms, confirmed=before.confirmed or decision is not None)
    new = replace(key, entities=tuple(entities.values()), rejected=frozenset(rejected))
    return new, given


def _is_merged(decision: Decision | None) -> bool:
    return decision is not None and decision.same_as is not None


def confirm_all(proposal: Proposal) -> dict[str, Decision]:
    """Every group is a name, as it was proposed."""
    return {group.key: Decision(confirmed=True) for group in proposal.groups}


# -- replacing -----------------------------------------------------------------------------------


def pseudonymise(
    proposal: Proposal, key: Key, given: Mapping[str, str], *, source: Source
) -> list[Pseudonymised]:
    """The documents that the originals make, with pseudonyms for names in the text and around it."""
    places: dict[int, list[tuple[int, int, str]]] = {}
    for group in proposal.groups:
        if group.key in given:
            for unit, hit in group.hits:
                places.setdefault(unit, []).append((hit.start_char, hit.end_char, given[group.key]))
    confirmed = {entity.pseudonym for entity in key.entities if entity.confirmed}
    made = []
    for number, original in enumerate(proposal.originals):
        units = {n for n, unit in enumerate(proposal.units) if unit.original == number}
        (text,) = (n for n in units if not proposal.units[n].beside)
        document = make_document(source, original.raw, language=original.language)
        changed, offsets = _changed(document, key, places.get(text, []))
        found = Counter(
            group.kind.value
            for group in proposal.groups
            if group.key in given
            for unit, _ in group.hits
            if unit in units
        )
        doubtful = sum(
            unit in units
            for group in proposal.groups
            if group.key in given and given[group.key] not in confirmed
            for unit, _ in group.hits
        )
        made.append(Pseudonymised(original.path, changed, offsets, dict(found), doubtful))
    return made


def _changed(document: Document, key: Key, at: Sequence[tuple[int, int, str]]) -> tuple[Document, OffsetMap]:
    text, offsets = put_in_place(document.text, replacements(document.text, key.entities, at))

    def without_names(words: str) -> str:
        return put_in_place(words, replacements(words, key.entities))[0]

    changed = replace(
        document,
        title=without_names(document.title),
        text=text,
        raw_sha256=text_key(text),  # the hash of a short original could be guessed
        sections=tuple(
            replace(_moved(section, offsets), speaker=section.speaker and without_names(section.speaker))
            for section in document.sections
        ),
        attributes=_apart(
            (without_names(name), without_names(value)) for name, value in document.attributes.items()
        ),
        pages=tuple(
            replace(
                page,
                start_char=offsets.to_new(page.start_char, page.start_char)[0],
                label=without_names(page.label),
            )
            for page in document.pages
        ),
        comments=tuple(
            replace(
                _moved(comment, offsets),
                text=without_names(comment.text),
                author=comment.author and without_names(comment.author),
            )
            for comment in document.comments
        ),
        furniture=tuple(
            replace(furniture, place=without_names(furniture.place), text=without_names(furniture.text))
            for furniture in document.furniture
        ),
    )
    return changed, offsets


def _apart(attributes: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Attributes by name; two columns that got the same pseudonym stay two."""
    found: dict[str, str] = {}
    for name, value in attributes:
        number = 2
        own = name
        while own in found:
            own, number = f"{name} ({number})", number + 1
        found[own] = value
    return found


def _moved(marked: _Marked, offsets: OffsetMap) -> _Marked:
    start, end = offsets.to_new(marked.start_char, marked.end_char)
    return replace(marked, start_char=start, end_char=end)


def with_originals(key: Key, made: Iterable[Pseudonymised], proposal: Proposal) -> Key:
    """The key with the original of each text, found again by the text that took its place."""
    originals = dict(key.originals)
    for one, original in zip(made, proposal.originals, strict=True):
        originals[text_key(one.document.text)] = original.raw.text
    return replace(key, originals=originals)


# -- the study -----------------------------------------------------------------------------------


def pseudonyms_of(engine: Engine, actor: Member) -> list[tuple[str, str]]:
    """Pseudonyms of the study with their kinds; the names are in the key alone."""
    with reading(engine) as connection:
        return [(row.text, row.kind) for row in live_rows(connection, tables.pseudonym, actor.study_id)]


def import_pseudonymised(
    engine: Engine,
    actor: Member,
    made: Sequence[Pseudonymised],
    key: Key,
    *,
    source: str,
    kind: str,
) -> list[ImportResult]:
    """Store pseudonymised texts as documents, with their pseudonyms and offset maps.

    The key must be kept before: what is stored here cannot be gone back from without it.

    Raises
    ------
    UserFacingError
        If an original form still stands in a text, or the source exists with another kind.
    """
    for one in made:
        left = occurrences(one.document.text, key.entities) or occurrences(one.document.title, key.entities)
        if left:
            raise UserFacingError(
                f"{one.path}: a name still stands in the text, near character {left[0][0]:,}. Nothing was "
                "imported. Review the file again."
            )
    target = find_or_make_source(engine, actor, source, kind)
    with writing(engine) as connection:
        _keep_pseudonyms(connection, actor, made, key)
        return [_stored(connection, actor, one, target) for one in made]


def import_reviewed(
    engine: Engine,
    actor: Member,
    proposal: Proposal,
    decisions: Mapping[str, Decision],
    *,
    held: Key,
    key_file: Path,
    passphrase: str,
    source: str,
    kind: str,
) -> list[ImportResult]:
    """What follows a review: the key is kept, then the pseudonymised texts go into the study.

    Parameters
    ----------
    held : Key
        The key that the proposal was made with.

    Raises
    ------
    UserFacingError
        If the key was changed by somebody else since, or as `import_pseudonymised`.
    """
    if key_file.exists() and open_key(key_file, passphrase=passphrase) != held:
        raise UserFacingError(
            "Somebody else has changed the key since you began. Nothing was imported: look for names again."
        )
    taken = [pseudonym for pseudonym, _ in pseudonyms_of(engine, actor)]
    key, given = settle(held, proposal, decisions, taken=taken)
    made = pseudonymise(proposal, key, given, source=Source(uuid4(), source, kind))
    keep_key(key_file, with_originals(key, made, proposal), passphrase=passphrase)
    renew_check(actor, key, key_file)
    return import_pseudonymised(engine, actor, made, key, source=source, kind=kind)


def _keep_pseudonyms(connection: Connection, actor: Member, made: Sequence[Pseudonymised], key: Key) -> None:
    known = set(
        connection.execute(
            sa.select(tables.pseudonym.c.text).where(tables.pseudonym.c.study_id == actor.study_id)
        ).scalars()
    )
    texts = "\n".join(
        "\n".join(
            (one.document.title, one.document.text, *(c.text + c.author for c in one.document.comments))
        )
        for one in made
    )
    for entity in key.entities:
        if entity.pseudonym in known or entity.pseudonym not in texts:
            continue
        row_id = uuid4()
        row = {"id": row_id, "text": entity.pseudonym, "kind": entity.kind.value}
        record(
            connection,
            study_id=actor.study_id,
            actor_id=actor.id,
            action="pseudonym.add",
            entity=tables.pseudonym,
            entity_id=row_id,
            add=[(tables.pseudonym, row)],
        )


def _stored(connection: Connection, actor: Member, one: Pseudonymised, source: Source) -> ImportResult:
    document = replace(one.document, source_id=source.id)
    known = kept.documents_known(connection, actor.study_id, [document.raw_sha256])
    if known:
        (there,) = known.values()
        reason = f"the same text is in the study already, as '{there.title}'"
        return ImportResult(one.path, "duplicate", document=there.id, title=there.title, reason=reason)
    if day := withdrawn_texts(connection, actor.study_id).day_of(document.raw_sha256, document.text):
        reason = (
            f"this text was withdrawn from the study on {day}. If it may be used after all, the lead "
            "imports it without a review of names, with 'Also what was withdrawn'"
        )
        return ImportResult(one.path, "refused", reason=reason)
    version_id = uuid4()
    origin = {
        "document_version_id": version_id,
        "kind": "pseudonymised",
        "offset_map": [list(row) for row in one.offsets.rows],
    }
    kept.add_document(
        connection, document, actor=actor, also=[(tables.version_origin, origin)], version_id=version_id
    )
    return ImportResult(
        one.path,
        "imported",
        document=document.id,
        title=document.title,
        characters=len(document.text),
        language=document.language,
        date=document.date,
    )


# -- the check before anything leaves --------------------------------------------------------------


@dataclass(frozen=True)
class Checked:
    """Where names show, and what could not be looked through."""

    found: tuple[Leak, ...]
    unchecked: tuple[str, ...] = ()


#: Said whether or not there is anything that the person may not see: else it would tell that there is.
NOT_EVERYTHING = "not everything could be checked"


def check_study(engine: Engine, actor: Member, key: Key) -> Checked:
    """Where original forms stand in what the study holds: texts, titles, memos, findings, reasons, all of it.

    What the person may not see yet is left out. While a blind round is open, or they may not read the
    results of the others, it is said that not everything could be checked.

    Raises
    ------
    NotAllowed
        If somebody else than the lead asks.
    """
    if not actor.is_lead:
        raise NotAllowed("Only the lead of the study can check it for names.")
    found: list[Leak] = []
    lookout = Lookout(key.entities)
    with reading(engine) as connection:
        hidden = hidden_entities(connection, actor)
        for table in tables.metadata.sorted_tables:
            found += _leaks_in(connection, actor, table, lookout, hidden)
        is_all = not connection.execute(blind_rounds(actor)).first() and may_read_results(connection, actor)
    return Checked(tuple(found), () if is_all else (NOT_EVERYTHING,))


def _leaks_in(
    connection: Connection, actor: Member, table: sa.Table, lookout: Lookout, hidden: Collection[UUID]
) -> Iterator[Leak]:
    columns = [
        column
        for column in table.c
        if isinstance(column.type, Words | CanonicalJson) and column.name not in _NO_WORDS
    ]
    if not columns or table is tables.pseudonym:
        return
    named = next((name for name in ("id", "document_version_id") if name in table.c), None)
    for row in connection.execute(sa.select(table).where(_of_study(table, actor.study_id))).mappings():
        if _is_hidden(connection, table, row, hidden):
            continue
        for column in columns:
            words = row[column.name]
            for trace in lookout.traces(words if isinstance(words, str) else str(words or "")):
                yield _leak(f"{table.name}.{column.name}", row[named] if named else None, trace)


def _of_study(table: sa.Table, study_id: UUID) -> sa.ColumnElement[bool]:
    if table is tables.study:
        return table.c.id == study_id
    if "study_id" in table.c:
        return table.c.study_id == study_id
    column, owner = tables.OWNERS[table]
    return column.in_(sa.select(owner.c.id).where(owner.c.study_id == study_id))


def _is_hidden(
    connection: Connection, table: sa.Table, row: Mapping[Any, Any], hidden: Collection[UUID]
) -> bool:
    """Whether a row, or what it hangs on, may not be known to the person yet."""
    if any(value in hidden for value in row.values() if isinstance(value, UUID)):
        return True
    if table is not tables.event_reason:
        return False
    log = tables.event
    about = sa.select(log.c.entity_id).where(log.c.study_id == row["study_id"], log.c.seq == row["seq"])
    return connection.execute(about).scalar() in hidden


#: Columns of words that only the program writes.
_NO_WORDS = frozenset(
    {"text_sha256", "raw_sha256", "log_key", "hash", "previous", "rows_hmac", "app_version"}
)


def check_file(path: Path, key: Key) -> Checked:
    """Where original forms stand in a file that is to leave: an export, a report, a table.

    Parts that hold no text, such as pictures, are told as unchecked.

    Raises
    ------
    UserFacingError
        If the file can't be read, so that nothing can be said of it.
    """
    lookout = Lookout(key.entities)
    unchecked: list[str] = []
    data = path.read_bytes()
    found = [_leak(path.name, None, trace) for trace in lookout.traces(path.stem)]
    try:
        texts = [words.text for words in words_of(str(path), data, unchecked)]
    except UnreadableFile:
        texts = list(_texts_read(path, unchecked))
    found += [_leak(str(path), None, trace) for text in texts for trace in lookout.traces(text)]
    return Checked(tuple(found), tuple(unchecked))


def _texts_read(path: Path, unchecked: list[str]) -> Iterator[str]:
    """The words of a file that a reader of documents opens, such as a PDF."""
    with ReadingApart() as apart:
        for item in find_inputs([path]):
            if isinstance(item, Refused):
                unchecked.append(f"{path} could not be checked")
                continue
            for raw in read_input(apart, item):
                if isinstance(raw, Refused):
                    raise UserFacingError(f"{path}: can't be read, so it can't be checked. {raw.reason}")
                for text, _ in _texts(raw):
                    yield text


def _leak(place: str, row_id: UUID | None, trace: Trace) -> Leak:
    return Leak(place, row_id, trace.start_char, trace.kind.value, trace.form, trace.pseudonym)

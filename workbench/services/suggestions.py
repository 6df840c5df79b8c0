"""Coding from suggestions: passages that a search or the words of codes find, accepted by a person.

What is accepted is the person's own coding, one event each, and bears for ever how it was found.
Nothing is suggested on a document of an open blind round: coding there is the coder's own reading.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from uuid import UUID, uuid4

from sqlalchemy import Connection, Engine

from codebook.errors import UnknownCode
from codebook.hierarchy import resolve
from codebook.models import Code, Codebook, Origin, Valence
from codebook.suggestions import Rules, Suggestion, suggest_by_search, suggest_by_terms, terms_of
from corpus.anchoring import make_segment
from corpus.errors import UserFacingError
from corpus.models import Document
from store import codings as kept
from store.documents import StoredDocument, documents, load_document
from store.engine import reading, writing
from store.origins import origins_of
from store.participants import labels_of_participants
from store.studies import Member
from store.visibility import blind_documents, visible_codings
from workbench.services.codebooks import codes_offered
from workbench.services.coding import Outcome
from workbench.services.errors import NotAllowed, NotThere
from workbench.services.rounds import open_round_of, refuse_if_finished
from workbench.services.search_ready import Speakers

#: Suggestions that are offered at once; more are better narrowed.
MOST = 300

#: Characters of the text around a passage.
_AROUND = 160


@dataclass(frozen=True)
class Suggested:
    """A passage that may bear a code, in its context; ``found`` is the place of the words in ``quote``."""

    document_id: UUID
    version_id: UUID
    title: str
    code: str
    label: str
    origin: Origin
    start_char: int
    end_char: int
    before: str
    quote: str
    after: str
    found: tuple[int, int]

    @property
    def name(self) -> str:
        """What tells it from all others, for remembering which were rejected."""
        return f"{self.version_id.hex}:{self.start_char}:{self.end_char}:{self.code}"


@dataclass(frozen=True)
class Suggestions:
    """What was found.

    ``closed`` names the documents that were left out, with why; ``more`` says that there are further
    ones than the first `MOST`.
    """

    found: tuple[Suggested, ...]
    closed: tuple[tuple[str, str], ...] = ()
    more: bool = False


def suggest_from_search(
    engine: Engine,
    actor: Member,
    query: str,
    *,
    code: str,
    document_ids: Collection[UUID] | None = None,
) -> Suggestions:
    """Sentences in which the words of a search stand, for one code; all documents where none are named.

    Passages that the person has coded so already are left out.

    Raises
    ------
    UserFacingError
        If there are no words, or no such code.
    """
    if not query.strip():
        raise UserFacingError("Give the words to search for.")
    with reading(engine) as connection:
        wanted = _code(codes_offered(connection, actor).codebook, code)
        speakers = Speakers(labels_of_participants(connection, actor.study_id))
        return _collected(
            connection,
            actor,
            document_ids,
            [wanted],
            lambda document: suggest_by_search(
                document, query.strip(), wanted.key, who=partial(speakers.who, document.id)
            ),
        )


def suggest_from_codebook(
    engine: Engine,
    actor: Member,
    *,
    codes: Sequence[str] = (),
    document_ids: Collection[UUID] | None = None,
) -> Suggestions:
    """Sentences in which words of codes stand, for these codes or for all; see `terms_of`.

    Passages that the person has coded so already are left out.
    """
    with reading(engine) as connection:
        codebook = codes_offered(connection, actor).codebook
        wanted = [_code(codebook, code) for code in codes] or list(codebook.codes)
        rules = Rules({code.key: terms_of(code) for code in wanted})
        return _collected(
            connection,
            actor,
            document_ids,
            wanted,
            lambda document: suggest_by_terms(document, rules),
        )


def accept_suggestions(
    engine: Engine, actor: Member, accepted: Sequence[Suggested], *, valence: Valence | None = None
) -> list[Outcome]:
    """Make suggestions the person's own codings, each with an event and its origin.

    ``valence`` is given to all of them; None: to none.

    Returns
    -------
    list of Outcome
        One for each, with the coding's id as its operation; ``reason`` says why one was refused, and
        the others are stored.
    """
    with writing(engine) as connection:
        blind = blind_documents(connection, actor)
        return [_outcome(connection, actor, suggested, valence, blind) for suggested in accepted]


def take_back(engine: Engine, actor: Member, coding_ids: Iterable[UUID]) -> int:
    """Retire codings that the person has just accepted; returns how many there were to retire."""
    number = 0
    with writing(engine) as connection:
        for coding_id in coding_ids:
            row = kept.live_coding(connection, coding_id)
            if row is not None and row.coder_id == actor.id:
                refuse_if_finished(connection, actor, row.document_version_id)
                kept.retire_coding(connection, row, actor=actor, operation_id=uuid4())
                number += 1
    return number


def accepted_codings(engine: Engine, actor: Member) -> dict[UUID, Origin]:
    """By id, the codings that were suggested and accepted, of those that a person may see."""
    with reading(engine) as connection:
        return origins_of(connection, visible_codings(actor))


def _collected(
    connection: Connection,
    actor: Member,
    document_ids: Collection[UUID] | None,
    codes: Sequence[Code],
    suggest: Callable[[Document], Iterator[Suggestion]],
) -> Suggestions:
    labels = {code.key: code.name() for code in codes}
    ids = {code.key: code.id for code in codes}
    blind = blind_documents(connection, actor)
    found: list[Suggested] = []
    closed: list[tuple[str, str]] = []
    for stored in documents(connection, actor.study_id):
        if document_ids is not None and stored.id not in document_ids:
            continue
        reason = _closed(connection, actor, stored.version_id, blind)
        if reason:
            closed.append((stored.title, reason))
            continue
        for suggestion, document in _new(connection, actor, stored, ids, suggest):
            if len(found) == MOST:
                return Suggestions(tuple(found), tuple(closed), more=True)
            found.append(_in_context(suggestion, document, stored, labels[suggestion.code]))
    return Suggestions(tuple(found), tuple(closed))


def _new(
    connection: Connection,
    actor: Member,
    stored: StoredDocument,
    ids: Mapping[str, UUID],
    suggest: Callable[[Document], Iterator[Suggestion]],
) -> Iterator[tuple[Suggestion, Document]]:
    """The suggestions of a document at places that the person has not given the code to."""
    loaded = load_document(connection, stored.id)
    if loaded is None:
        return
    version_id, document = loaded
    own = [
        (row.code_id, row.start_char, row.end_char)
        for row in connection.execute(kept.live_codings_of(actor, version_id))
    ]
    for suggestion in suggest(document):
        overlaps = any(
            code_id == ids[suggestion.code] and start < suggestion.end_char and suggestion.start_char < end
            for code_id, start, end in own
        )
        if not overlaps:
            yield suggestion, document


def _closed(connection: Connection, actor: Member, version_id: UUID, blind: Collection[UUID]) -> str:
    """Why nothing is suggested on a document; empty where it is open."""
    if version_id in blind:
        return "it is in a blind round that is open, in which everyone codes by their own reading"
    try:
        refuse_if_finished(connection, actor, version_id)
    except NotAllowed:
        return "you have finished it"
    return ""


def _outcome(
    connection: Connection,
    actor: Member,
    suggested: Suggested,
    valence: Valence | None,
    blind: Collection[UUID],
) -> Outcome:
    operation_id = uuid4()
    try:
        with connection.begin_nested():  # a refused one leaves nothing behind
            _accept(connection, actor, suggested, valence, blind, operation_id)
    except UserFacingError as error:
        return Outcome(str(operation_id), str(error))
    return Outcome(str(operation_id))


def _accept(
    connection: Connection,
    actor: Member,
    suggested: Suggested,
    valence: Valence | None,
    blind: Collection[UUID],
    operation_id: UUID,
) -> None:
    version_id, document = _present(connection, actor, suggested)
    reason = _closed(connection, actor, version_id, blind)
    if reason:
        raise NotAllowed(f"Suggestions cannot be accepted in '{document.title}': {reason}.")
    in_round = open_round_of(connection, actor, version_id)
    stored = codes_offered(connection, actor, in_round)
    code_id = _code(stored.codebook, suggested.code).id
    if kept.is_coded(connection, actor, version_id, (suggested.start_char, suggested.end_char, code_id)):
        raise UserFacingError("You have coded this passage so already.")
    kept.add_coding(
        connection,
        make_segment(document, suggested.start_char, suggested.end_char),
        actor=actor,
        coder=actor,
        version_id=version_id,
        code_id=code_id,
        codebook_version_id=stored.version_of(code_id),
        valence=valence,
        round_id=None if in_round is None else in_round.id,
        operation_id=operation_id,
        origin=suggested.origin,
    )


def _present(connection: Connection, actor: Member, suggested: Suggested) -> tuple[UUID, Document]:
    """The document of a suggestion, whose text has to be the one in which it was found."""
    here = {document.id for document in documents(connection, actor.study_id)}
    loaded = load_document(connection, suggested.document_id) if suggested.document_id in here else None
    if loaded is None or loaded[0] != suggested.version_id:
        raise NotThere("The text of this document was replaced or taken away. Look for suggestions again.")
    return loaded


def _code(codebook: Codebook, name: str) -> Code:
    try:
        return resolve(codebook, name)
    except UnknownCode as unknown:
        raise NotThere(f"The code '{name}' is not in the codebook now. Choose another.") from unknown


def _in_context(suggestion: Suggestion, document: Document, stored: StoredDocument, label: str) -> Suggested:
    start, end, text = suggestion.start_char, suggestion.end_char, document.text
    return Suggested(
        stored.id,
        stored.version_id,
        stored.title,
        suggestion.code,
        label,
        suggestion.origin,
        start,
        end,
        text[max(0, start - _AROUND) : start],
        text[start:end],
        text[end : end + _AROUND],
        (suggestion.found_start - start, suggestion.found_end - start),
    )

"""What is ready to be searched: the index of words brought up to date, and what is kept of it in memory.

An import makes its texts ready at its end; whatever still lacks in the index is added by whoever searches
first after texts came or went.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID
from weakref import WeakKeyDictionary, ref

import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from corpus.errors import UserFacingError
from corpus.search.forms import Vocabulary
from corpus.search.prepared import Place
from corpus.search.query import Query, Speaker, Word
from store import search_index, tables
from store.documents import StoredDocument
from store.engine import reading, writing
from store.events import head_of
from store.participants import Participant, labels_of_participants
from store.portions import portions
from store.search_index import Catalogue

#: Hears how many texts are ready, and of how many.
Told = Callable[[int, int], None]

#: So few texts are made ready by whoever searches first, in less than a second.
FEW = 50

#: Texts that are made ready between two moments for other writers.
_BETWEEN_WRITERS = 100

#: How often an index that is erased while it is filled is begun again.
_TRIES = 3

#: Seconds after which who waits for another is told how far that one is.
_TELL_AFTER = 0.5

#: Events that leave texts and what is said of them as they were.
_OTHERWISE = (
    *("coding.", "memo.", "reading.", "code.", "codebook.", "round."),
    *("finding.", "row.", "framework.", "relation.", "report.", "import."),
)


@dataclass(frozen=True)
class Speakers:
    """Who speaks under which label: a participant in one document, or in all (None)."""

    assigned: Mapping[tuple[UUID | None, str], Participant]

    def who(self, document_id: UUID, label: str) -> Speaker:
        """Who speaks under a label of a document."""
        person = self.assigned.get((document_id, label)) or self.assigned.get((None, label))
        return Speaker(label) if person is None else Speaker(label, person.name, person.role, person.group)

    @cached_property
    def of_single_documents(self) -> frozenset[str]:
        """The labels that are not in every document what they are in all."""
        return frozenset(label for document_id, label in self.assigned if document_id is not None)


class Held:
    """What the index holds of a study, kept between searches."""

    def __init__(
        self,
        engine: Engine,
        study_id: UUID,
        *,
        as_of: int,
        generation: str | None,
        catalogue: Catalogue,
        speakers: Speakers,
    ) -> None:
        self.as_of = as_of
        self.generation = generation
        self.listed: Mapping[int, StoredDocument] = catalogue.documents
        self.loose = catalogue.loose
        self.languages = len({document.language for document in self.listed.values()})
        self._speakers = speakers
        self._labels = catalogue.speakers
        self._engine = ref(engine)  # what is kept of a database must not keep it open
        self._study_id = study_id
        self._dates = {number: d.date or dt.date.max for number, d in self.listed.items()}
        self._ordered = sorted(self._dates, key=self._dates.__getitem__)
        self._ranks = {number: rank for rank, number in enumerate(self._ordered)}

    @cached_property
    def vocabularies(self) -> Mapping[str, Vocabulary]:
        """The words of the texts by language; "" where it is not known."""
        engine = self._engine()
        assert engine is not None
        with reading(engine) as connection:
            found = search_index.forms(connection, self._study_id)
        return {language: Vocabulary(pairs, language or None) for language, pairs in found.items()}

    def forms_of(self, word: Word) -> Sequence[str]:
        """The forms of a word in whichever language."""
        found = {form for words in self.vocabularies.values() for form in words.forms_of(word)}
        return sorted(found, key=lambda form: (-len(form), form))

    def in_order(self, numbers: Collection[int]) -> list[int]:
        """Texts by the date of their documents, undated ones last."""
        if 4 * len(numbers) > len(self._ordered):
            wanted = numbers if isinstance(numbers, set | frozenset) else frozenset(numbers)
            return [number for number in self._ordered if number in wanted]
        return sorted(numbers, key=self._ranks.__getitem__)

    def asked(self, query: Query, sources: Collection[str], languages: Collection[str]) -> Collection[int]:
        """The texts in which to look.

        Raises
        ------
        UserFacingError
            If the query names a source that is not there.
        """
        self._check_sources(query)
        passed: list[Collection[int] | None] = [
            _of_values(self._by_source, lambda name: _among(name, sources) and query.holds("source", name)),
            _of_values(
                self._by_language, lambda code: _among(code, languages) and query.holds("language", code)
            ),
        ]
        found = _in_all(self.listed.keys(), passed)
        if query.since or query.until:
            found = {number for number in found if query.holds_on(self.listed[number].date)}
        if query.of("title"):
            found = {number for number in found if query.holds("title", self.listed[number].title)}
        return found

    @cached_property
    def _by_source(self) -> Mapping[str, Sequence[int]]:
        return _grouped((document.source, number) for number, document in self.listed.items())

    @cached_property
    def _by_language(self) -> Mapping[str, Sequence[int]]:
        return _grouped((document.language or "", number) for number, document in self.listed.items())

    def _check_sources(self, query: Query) -> None:
        for condition in query.of("source"):
            known = list(self._by_source)
            if known and not any(condition.fits(label) != condition.is_excluded for label in known):
                raise UserFacingError(
                    f"There is no source '{condition.value}'. There are: {', '.join(known)}. Names with "
                    "spaces stand between quotation marks; * stands for any letters."
                )

    def spoken(self, query: Query, numbers: Collection[int]) -> Collection[int]:
        """Of some texts those in which somebody speaks whom the query names; all where it names nobody."""
        if not query.names_somebody():
            return numbers
        found: set[int] = set()
        for label, texts in self._labels.items():
            if label in self._speakers.of_single_documents:
                found.update(n for n in texts if self._is_heard(query, self.listed[n].id, label))
            elif texts and self._is_heard(query, self.listed[texts[0]].id, label):
                found.update(texts)
        return found.intersection(numbers)

    def hearing(self, query: Query) -> Callable[[int, Iterable[Place]], list[tuple[int, int]]]:
        """What tells of a text in which of its places somebody speaks whom the query asks for."""
        known: dict[tuple[UUID | None, str | None], bool] = {}
        single = self._speakers.of_single_documents

        def heard(number: int, places: Iterable[Place]) -> list[tuple[int, int]]:
            document_id = self.listed[number].id
            found = []
            for start, end, label in places:
                key = (document_id if label in single else None, label)
                if key not in known:
                    known[key] = self._is_heard(query, document_id, label)
                if known[key]:
                    found.append((start, end))
            return found

        return heard

    def _is_heard(self, query: Query, document_id: UUID, label: str | None) -> bool:
        return query.is_said_by(None if label is None else self._speakers.who(document_id, label))


def _among(value: str, wished: Collection[str]) -> bool:
    return not wished or value in wished


def _grouped(pairs: Iterable[tuple[str, int]]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for value, number in pairs:
        found.setdefault(value, []).append(number)
    return found


_Groups = Mapping[str, Sequence[int]]


def _of_values(groups: _Groups, is_wanted: Callable[[str], bool]) -> Collection[int] | None:
    """The numbers under some values; None where all values are wanted."""
    wanted = [value for value in groups if is_wanted(value)]
    if len(wanted) == len(groups):
        return None
    return [number for value in wanted for number in groups[value]]


def _in_all(everything: Collection[int], passed: Iterable[Collection[int] | None]) -> Collection[int]:
    found: set[int] | None = None
    for numbers in passed:
        if numbers is not None:
            found = set(numbers) if found is None else found.intersection(numbers)
    return everything if found is None else found


# --- kept between searches ------------------------------------------------------------------------------


class _Kept:
    """What is held of a study, and how far whoever makes its texts ready is."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.held: Held | None = None
        self.far: tuple[int, int] | None = None


_kept: WeakKeyDictionary[Engine, dict[UUID, _Kept]] = WeakKeyDictionary()
_kept_lock = threading.Lock()


def _kept_of(engine: Engine, study_id: UUID) -> _Kept:
    with _kept_lock:
        return _kept.setdefault(engine, {}).setdefault(study_id, _Kept())


def held(engine: Engine, study_id: UUID, *, told: Told | None = None) -> Held:
    """What is kept of a study, brought up to date where texts came or went.

    ``told`` hears how far that is, where it takes its time or somebody else is at it.
    """
    kept = _kept_of(engine, study_id)
    _wait(kept, told)
    try:
        known = kept.held
        if known is None or not _still_holds(engine, study_id, known):
            _fill(engine, study_id, kept, told, lambda: True)
            known = kept.held = _read(engine, study_id)
        return known
    finally:
        kept.lock.release()


def make_ready(
    engine: Engine,
    study_id: UUID,
    *,
    told: Told | None = None,
    goes_on: Callable[[], bool] = lambda: True,
) -> None:
    """Bring the index up to date with all texts of a study, at the end of an import.

    Where only few lack, nothing is done: the next search adds them. What is left when ``goes_on`` says no
    is added by the next search too.
    """
    with reading(engine) as connection:
        is_there = search_index.is_there(connection)
        lacking = len(search_index.unindexed(connection, study_id).missing) if is_there else None
        if lacking is None:
            lacking = search_index.texts_of(connection, study_id)
    if lacking < FEW:
        return
    kept = _kept_of(engine, study_id)
    _wait(kept, told)
    try:
        _fill(engine, study_id, kept, told, goes_on)
        if goes_on():
            kept.held = _read(engine, study_id)
    finally:
        kept.lock.release()


def _wait(kept: _Kept, told: Told | None) -> None:
    while not kept.lock.acquire(timeout=_TELL_AFTER):
        if told is not None and (far := kept.far) is not None:
            told(*far)


def _still_holds(engine: Engine, study_id: UUID, known: Held) -> bool:
    with reading(engine) as connection:
        as_of = _last_event(connection, study_id)
        if known.generation != search_index.generation(connection):
            return False
        if _is_touched(connection, study_id, known.as_of, as_of):
            return False
    known.as_of = as_of
    return True


def _read(engine: Engine, study_id: UUID) -> Held:
    with reading(engine) as connection:
        return Held(
            engine,
            study_id,
            as_of=_last_event(connection, study_id),
            generation=search_index.generation(connection),
            catalogue=search_index.catalogue(connection, study_id),
            speakers=Speakers(labels_of_participants(connection, study_id)),
        )


def _last_event(connection: Connection, study_id: UUID) -> int:
    head = head_of(connection, study_id)
    return 0 if head is None else head[0]


def _is_touched(connection: Connection, study_id: UUID, since: int, as_of: int) -> bool:
    """Whether texts, or what is said of them, may have changed after an event."""
    if since == as_of:
        return False
    event = tables.event
    actions = connection.execute(
        sa.select(event.c.action).distinct().where(event.c.study_id == study_id, event.c.seq > since)
    ).scalars()
    return not all(action.startswith(_OTHERWISE) for action in actions)


# --- filling the index ----------------------------------------------------------------------------------


def _fill(
    engine: Engine, study_id: UUID, kept: _Kept, told: Told | None, goes_on: Callable[[], bool]
) -> None:
    try:
        # Again where another program erased the index meanwhile, as a withdrawal does.
        for _ in range(_TRIES):
            if _fill_once(engine, study_id, kept, told, goes_on):
                return
    finally:
        kept.far = None


def _fill_once(
    engine: Engine, study_id: UUID, kept: _Kept, told: Told | None, goes_on: Callable[[], bool]
) -> bool:
    """Add what lacks; False where the index was made anew meanwhile."""
    _make_index(engine)
    with reading(engine) as connection:
        generation = search_index.generation(connection)
        lacking = search_index.unindexed(connection, study_id)
    if lacking.outdated:
        with writing(engine) as connection:
            search_index.forget(connection, lacking.outdated)
            generation = search_index.generation(connection)
    missing = lacking.missing
    forms, done = search_index.NewForms(), 0
    for some in portions(missing, _BETWEEN_WRITERS):
        if not goes_on():
            return True
        with reading(engine) as connection:
            prepared = search_index.prepare_texts(connection, some)
        new = forms.of(some, prepared)
        with writing(engine) as connection:
            if search_index.generation(connection) != generation:
                return False
            search_index.add_texts(connection, study_id, some, prepared, new)
        done += len(some)
        kept.far = (done, len(missing))
        if told is not None and len(missing) > _BETWEEN_WRITERS:
            told(done, len(missing))
    return True


def _make_index(engine: Engine) -> None:
    with reading(engine) as connection:
        is_there = search_index.is_there(connection)
    if not is_there:
        with writing(engine) as connection:
            if not search_index.is_there(connection):  # another program may have been quicker
                search_index.create(connection)

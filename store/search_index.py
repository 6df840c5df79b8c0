"""The index of words: which texts may hold what is searched for.

It is derived from the texts, holds no fact and has no event, and may be dropped at any time: it is made
again for whatever lacks in it. SQLite keeps words in FTS5, PostgreSQL in a tsvector; both get words that
were folded before, and only name candidates. Places are computed from the texts (`corpus.search`), so that
both answer alike. Only the versions that hold are in it.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy import Connection

from corpus.models import Section, SectionKind
from corpus.search.candidates import LONGEST_WORD, All, But, Clause, Close, Row, Some, Term
from corpus.search.folding import FOLDING, Folded
from corpus.search.forms import forms_of_words
from corpus.search.prepared import MOST_CHARACTERS, Place, Prepared, index_words, prepare
from store import tables
from store.documents import StoredDocument, documents
from store.portions import AT_ONCE, portions
from store.types import Words

#: Language ("" where it is not known), form, lemma; both folded.
Form = tuple[str, str, str]

_METADATA = sa.MetaData()

_text = sa.Table(
    "search_text",
    _METADATA,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("study_id", sa.Uuid, nullable=False, index=True),
    sa.Column("document_version_id", sa.Uuid, nullable=False, unique=True),
    sa.Column("language", Words, nullable=False),
    sa.Column("body", Words, nullable=False),
    sa.Column("breaks", Words, nullable=False),
    sa.Column("labels", Words, nullable=False),
    sa.Column("places", Words, nullable=False),
    sa.Column("speakers", Words, nullable=False),
    sa.Column("names", Words, nullable=False),
    sa.Column("is_loose", sa.Boolean, nullable=False),
)

_form = sa.Table(
    "search_form",
    _METADATA,
    sa.Column("study_id", sa.Uuid, primary_key=True),
    sa.Column("language", Words, primary_key=True),
    sa.Column("form", Words, primary_key=True),
    sa.Column("lemma", Words, primary_key=True),
)

_made = sa.Table(
    "search_made",
    _METADATA,
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("made", Words, nullable=False),
)


@dataclass(frozen=True)
class Body:
    """A text as the index keeps it."""

    number: int
    folded: Folded
    _labels: str
    _places: str
    _speakers: str

    @property
    def labels(self) -> tuple[tuple[int, int], ...]:
        """Where the names before turns stand; only patterns ask for it."""
        return _spans(self._labels)

    @property
    def places(self) -> list[Place]:
        """Its paragraphs and turns; only searches that ask who speaks want them."""
        return _read_places(self._places, self._speakers)


@dataclass(frozen=True)
class Unindexed:
    """What the index lacks of a study, and what it holds that is no more current."""

    missing: tuple[StoredDocument, ...]
    outdated: tuple[UUID, ...]


# --- keeping it -------------------------------------------------------------------------------------


def is_there(connection: Connection) -> bool:
    """Whether the index exists, as this version of Trigpoint makes it."""
    return generation(connection) is not None


def generation(connection: Connection) -> str | None:
    """What tells this index from one that was made before or after it; None where there is none.

    With another one, whatever is remembered of the numbers of texts is void.
    """
    if not sa.inspect(connection).has_table(_made.name):
        return None
    made: str | None = connection.execute(sa.select(_made.c.made).where(_made.c.version == FOLDING)).scalar()
    return made


def create(connection: Connection) -> None:
    """Make an empty index in the place of whatever there was of one."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("DROP TABLE IF EXISTS search_words")
    _METADATA.drop_all(connection)
    _METADATA.create_all(connection)
    for statement in _WORDS[connection.dialect.name]:
        connection.exec_driver_sql(statement)
    connection.execute(_made.insert(), {"version": FOLDING, "made": uuid4().hex})


# The words come folded and parted by spaces; the tokenizer "ascii" takes whatever is not ASCII for letters.
_WORDS: Mapping[str, Sequence[str]] = {
    "sqlite": (
        "CREATE VIRTUAL TABLE search_words USING fts5 (words, content='', tokenize=\"ascii tokenchars '_'\")",
    ),
    "postgresql": (
        "ALTER TABLE search_text ADD COLUMN words tsvector, ADD COLUMN is_placed boolean DEFAULT true",
        # Texts that hold the words are read one after the other: unpacking them would take most of it.
        "ALTER TABLE search_text ALTER COLUMN words SET STORAGE EXTERNAL, "
        "ALTER COLUMN body SET STORAGE EXTERNAL",
        "CREATE INDEX ix_search_text_words ON search_text USING gin (words)",
    ),
}


def unindexed(connection: Connection, study_id: UUID) -> Unindexed:
    """What has to be done before all current texts of a study can be searched."""
    rows = connection.execute(
        sa.select(_text.c.document_version_id, _text.c.language).where(_text.c.study_id == study_id)
    )
    held = {version_id: language for version_id, language in rows}
    listed = documents(connection, study_id)
    wanted = {document.version_id: document.language or "" for document in listed}
    return Unindexed(
        tuple(d for d in listed if held.get(d.version_id) != (d.language or "")),
        tuple(version_id for version_id, language in held.items() if wanted.get(version_id) != language),
    )


def texts_of(connection: Connection, study_id: UUID) -> int:
    """How many versions of documents a study has, at least as many as texts."""
    version = tables.document_version
    count = sa.select(sa.func.count()).select_from(version).where(version.c.study_id == study_id)
    return connection.execute(count).scalar_one()


def prepare_texts(connection: Connection, wanted: Sequence[StoredDocument]) -> list[Prepared]:
    """The texts of some documents, made ready; nothing is written."""
    ids = [document.version_id for document in wanted]
    version = tables.document_version
    texts = {
        row.id: row.text
        for row in connection.execute(sa.select(version.c.id, version.c.text).where(version.c.id.in_(ids)))
    }
    found = _sections(connection, ids)
    return [prepare(texts[d.version_id], found.get(d.version_id, ())) for d in wanted]


class NewForms:
    """The forms of texts that come one portion after the other, each told with the first that has it."""

    def __init__(self) -> None:
        self._raw: dict[str, set[str]] = {}
        self._forms: dict[str, set[str]] = {}

    def of(self, wanted: Sequence[StoredDocument], prepared: Sequence[Prepared]) -> set[Form]:
        """What was not told before."""
        by_language: dict[str, list[Prepared]] = {}
        for document, text in zip(wanted, prepared, strict=True):
            by_language.setdefault(document.language or "", []).append(text)
        return {
            (language, *pair)
            for language, texts in by_language.items()
            for pair in self._new(language, texts)
        }

    def _new(self, language: str, texts: Sequence[Prepared]) -> set[tuple[str, str]]:
        raw, forms = self._raw.setdefault(language, set()), self._forms.setdefault(language, set())
        unseen = set[str]().union(*(text.raw for text in texts)) - raw
        folded = set[str]().union(*(text.different for text in texts)) - forms
        found = forms_of_words(unseen, folded, language or None)
        raw |= unseen
        forms |= {form for form, _ in found}
        return found


def add_texts(
    connection: Connection,
    study_id: UUID,
    wanted: Sequence[StoredDocument],
    prepared: Sequence[Prepared],
    forms: Iterable[Form],
) -> None:
    """Keep texts that were made ready, and those of their forms that are not kept yet.

    A text that another program has put there meanwhile stays.
    """
    _, held = _numbers(connection, [document.version_id for document in wanted])
    number = connection.execute(sa.select(sa.func.coalesce(sa.func.max(_text.c.number), 0))).scalar_one()
    rows, words = [], []
    for document, text in zip(wanted, prepared, strict=True):
        if document.version_id in held:
            continue
        number += 1
        places, speakers = _stored_places(text.places)
        rows.append(
            {
                "number": number,
                "study_id": study_id,
                "document_version_id": document.version_id,
                "language": document.language or "",
                "body": text.folded.text,
                "breaks": _json(text.folded.breaks),
                "labels": _json(text.labels),
                "places": places,
                "speakers": speakers,
                "names": " ".join(text.names),
                "is_loose": text.is_loose,
            }
        )
        words.append((number, text.words))
    if rows:
        connection.execute(_text.insert(), rows)
        _add_words(connection, words)
        _add_forms(connection, study_id, forms)


def _add_words(connection: Connection, words: Sequence[tuple[int, list[str]]]) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(
            "INSERT INTO search_words (rowid, words) VALUES (?, ?)",
            [(number, " ".join(each)) for number, each in words],
        )
        return
    connection.exec_driver_sql(
        "UPDATE search_text SET words = %s::tsvector, is_placed = %s WHERE number = %s",
        [(*_tsvector(each), number) for number, each in words],
    )


#: A tsvector knows no places beyond this one, and of one word no more than so many.
_LAST_PLACE, _MOST_PLACES = 16_382, 255


def _tsvector(words: Sequence[str]) -> tuple[str, bool]:
    """Words with their places, and whether all places could be kept.

    A tsvector holds a megabyte; texts with more different words are loose anyway.
    """
    places: dict[str, list[int]] = {}
    for place, word in enumerate(words[:_LAST_PLACE], 1):
        places.setdefault(word, []).append(place)
    for word in words[_LAST_PLACE:]:
        places.setdefault(word, [_LAST_PLACE])
    if sum(map(len, places)) > MOST_CHARACTERS:
        return "", True
    written = " ".join(
        f"{_lexeme(word)}:{','.join(map(str, where[:_MOST_PLACES]))}" for word, where in places.items()
    )
    return written, len(words) <= _LAST_PLACE and max(map(len, places.values()), default=0) <= _MOST_PLACES


def _add_forms(connection: Connection, study_id: UUID, forms: Iterable[Form]) -> None:
    """Past SQLAlchemy's types, which would take most of the time."""
    rows = [each for each in forms if len(each[1]) <= LONGEST_WORD and len(each[2]) <= LONGEST_WORD]
    names = "search_form (study_id, language, form, lemma)"
    if rows and connection.dialect.name == "sqlite":
        study = study_id.hex
        connection.exec_driver_sql(
            f"INSERT OR IGNORE INTO {names} VALUES (?, ?, ?, ?)", [(study, *each) for each in rows]
        )
    elif rows:
        connection.exec_driver_sql(
            f"INSERT INTO {names} VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING",
            [(study_id, *each) for each in rows],
        )


def forget(connection: Connection, version_ids: Iterable[UUID]) -> None:
    """Take versions of documents out of the index, with every word that stands in no other text.

    Where there is no index, nothing is done.
    """
    if not sa.inspect(connection).has_table(_text.name):
        return
    numbers, _ = _numbers(connection, version_ids)
    words: dict[tuple[UUID, str], set[str]] = {}
    for some in portions(numbers):
        rows = connection.execute(sa.select(_text).where(_text.c.number.in_(some))).all()
        for row in rows:
            words.setdefault((row.study_id, row.language), set()).update(index_words(row.body, ()))
        _drop_words(connection, rows)
        connection.execute(_text.delete().where(_text.c.number.in_(some)))
    if numbers:
        connection.execute(_made.update().values(made=uuid4().hex))
    if numbers and connection.dialect.name == "sqlite":
        # What was deleted stays readable in the file until the parts of the index are merged.
        connection.exec_driver_sql("INSERT INTO search_words (search_words) VALUES ('optimize')")
    for (study_id, language), found in words.items():
        gone = [word for word in found if not _stands_in(connection, study_id, language, word)]
        for some_words in portions(gone):
            connection.execute(
                _form.delete().where(
                    _form.c.study_id == study_id,
                    _form.c.language == language,
                    _form.c.form.in_(some_words),
                )
            )


def _drop_words(connection: Connection, rows: Sequence[sa.Row[Any]]) -> None:
    if connection.dialect.name == "sqlite" and rows:
        connection.exec_driver_sql(
            "INSERT INTO search_words (search_words, rowid, words) VALUES ('delete', ?, ?)",
            [(row.number, " ".join(index_words(row.body, row.names.split()))) for row in rows],
        )


def _stands_in(connection: Connection, study_id: UUID, language: str, word: str) -> bool:
    numbers = find_numbers(connection, Term(word))
    return any(
        connection.execute(
            sa.select(_text.c.number)
            .where(_text.c.number.in_(some), _text.c.study_id == study_id, _text.c.language == language)
            .limit(1)
        ).first()
        is not None
        for some in portions(numbers)
    )


def _numbers(connection: Connection, version_ids: Iterable[UUID]) -> tuple[list[int], set[UUID]]:
    rows = [
        row
        for some in portions(version_ids)
        for row in connection.execute(
            sa.select(_text.c.number, _text.c.document_version_id).where(
                _text.c.document_version_id.in_(some)
            )
        )
    ]
    return [row[0] for row in rows], {row[1] for row in rows}


# --- asking it --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Catalogue:
    """The texts of a study that the index holds, by number, in the order in which lists show documents.

    ``loose`` are those that are candidates whatever is sought; ``speakers`` tells by label in which texts
    somebody speaks under it.
    """

    documents: Mapping[int, StoredDocument]
    loose: frozenset[int]
    speakers: Mapping[str, Sequence[int]]


def catalogue(connection: Connection, study_id: UUID) -> Catalogue:
    """What the index holds of a study's current documents."""
    rows = connection.execute(
        sa.select(_text.c.number, _text.c.document_version_id, _text.c.is_loose, _text.c.speakers).where(
            _text.c.study_id == study_id
        )
    ).all()
    numbers = {row.document_version_id: row.number for row in rows}
    listed = {numbers[d.version_id]: d for d in documents(connection, study_id) if d.version_id in numbers}
    speakers: dict[str, array[int]] = {}
    for row in rows:
        if row.speakers != "[]" and row.number in listed:
            for label in json.loads(row.speakers):
                speakers.setdefault(label, array("q")).append(row.number)
    return Catalogue(listed, frozenset(row.number for row in rows if row.is_loose), speakers)


def forms(connection: Connection, study_id: UUID) -> dict[str, list[tuple[str, str]]]:
    """The words of a study's texts with their lemmas, both folded, by language ("" where it is unknown)."""
    found: dict[str, list[tuple[str, str]]] = {}
    for language, form, lemma in connection.execute(
        sa.select(_form.c.language, _form.c.form, _form.c.lemma).where(_form.c.study_id == study_id)
    ):
        found.setdefault(language, []).append((form, lemma))
    return found


def find_numbers(connection: Connection, clause: Clause) -> list[int]:
    """The texts of all studies that may hold a clause, by number, in no order; loose ones are not told.

    On PostgreSQL the words need only stand in them: `narrowed` looks whether they follow each other.
    """
    if connection.dialect.name == "sqlite":
        rows = connection.exec_driver_sql(
            "SELECT rowid FROM search_words WHERE search_words MATCH ?", (_fts5(clause),)
        )
        return list(rows.scalars().all())
    # PostgreSQL would rather read every text than the index, not knowing how long they are.
    connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
    rows = connection.exec_driver_sql(
        "SELECT number FROM search_text WHERE words @@ %s::tsquery", (_tsquery(clause, placed=False),)
    )
    found = list(rows.scalars().all())
    connection.exec_driver_sql("SET LOCAL enable_seqscan = on")
    return found


def narrowed(connection: Connection, clause: Clause, numbers: Sequence[int], *, most: int) -> list[int]:
    """Found numbers, in their order, without texts whose words do not follow each other as the clause says.

    No more is looked into than what it takes to know that there are more than ``most``: whatever comes
    after is told as it was found.
    """
    placed = _tsquery(clause, placed=True)
    if connection.dialect.name == "sqlite" or placed == _tsquery(clause, placed=False):
        return list(numbers)
    kept: list[int] = []
    for begin in range(0, len(numbers), AT_ONCE):
        if len(kept) > most:
            return [*kept, *numbers[begin:]]
        some = numbers[begin : begin + AT_ONCE]
        rows = connection.exec_driver_sql(
            f"SELECT number FROM search_text WHERE number IN ({','.join(map(str, some))}) "
            "AND (is_loose OR NOT is_placed OR words @@ %s::tsquery)",
            (placed,),
        )
        holding = set(rows.scalars().all())
        kept += [number for number in some if number in holding]
    return kept


def bodies(connection: Connection, numbers: Sequence[int]) -> Iterator[Body]:
    """Texts as they are searched, in the order asked for."""
    for some in portions(numbers):
        listed = ",".join(map(str, some))
        rows = connection.exec_driver_sql(
            "SELECT number, body, breaks, labels, places, speakers FROM search_text "
            f"WHERE number IN ({listed})"
        )
        found = {row[0]: row for row in rows.all()}
        for number in some:
            if number in found:  # else it was taken out meanwhile
                _, body, breaks, *others = found[number]
                yield Body(number, Folded(body, _spans(breaks)), *others)


def places_of(connection: Connection, numbers: Iterable[int]) -> dict[int, list[Place]]:
    """Paragraphs and turns of texts."""
    found: dict[int, list[Place]] = {number: [] for number in numbers}
    for some in portions(found):
        rows = connection.execute(
            sa.select(_text.c.number, _text.c.places, _text.c.speakers).where(_text.c.number.in_(some))
        )
        found |= {number: _read_places(places, speakers) for number, places, speakers in rows}
    return found


def _sections(connection: Connection, version_ids: Sequence[UUID]) -> dict[UUID, list[Section]]:
    section = tables.section
    query = sa.select(
        section.c.document_version_id,
        section.c.kind,
        section.c.start_char,
        section.c.end_char,
        section.c.speaker,
    ).where(section.c.document_version_id.in_(version_ids))
    found: dict[UUID, list[Section]] = {}
    for version_id, kind, start, end, speaker in connection.execute(query):
        found.setdefault(version_id, []).append(Section(SectionKind(kind), start, end, speaker=speaker))
    return found


def _stored_places(places: Sequence[Place]) -> tuple[str, str]:
    """Places and speakers as they are kept: of each place the number of its speaker, -1 for nobody."""
    numbers: dict[str | None, int] = {None: -1}
    numbered = [(start, end, numbers.setdefault(who, len(numbers) - 1)) for start, end, who in places]
    return _json(numbered), _json(list(numbers)[1:])


def _read_places(places: str, speakers: str) -> list[Place]:
    labels = [*json.loads(speakers), None]
    return [(start, end, labels[number]) for start, end, number in json.loads(places)]


def _json(value: object) -> str:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def _spans(stored: str) -> tuple[tuple[int, int], ...]:
    return () if stored == "[]" else tuple((start, end) for start, end in json.loads(stored))


# --- the two languages of indexes ---------------------------------------------------------------------


def _fts5(clause: Clause) -> str:
    match clause:
        case Term(text, is_prefix):
            return f"{_quoted(text)} *" if is_prefix else _quoted(text)
        case Row(words):
            return _quoted(" ".join(words))
        case Close(left, right, between):
            return f"NEAR({_fts5(left)} {_fts5(right)}, {between})"
        case All(parts):
            return f"({' AND '.join(map(_fts5, parts))})"
        case Some(parts):
            return f"({' OR '.join(map(_fts5, parts))})"
        case But(wanted, unwanted):
            return f"({_fts5(wanted)} NOT {_fts5(unwanted)})"


def _quoted(words: str) -> str:
    escaped = words.replace('"', '""')
    return f'"{escaped}"'


#: Farther apart than this PostgreSQL is asked only whether both stand in a text.
_FARTHEST = 20


def _tsquery(clause: Clause, *, placed: bool) -> str:
    """``placed``: words that follow each other are asked for so, not only as words of a text."""
    match clause:
        case Term(text, is_prefix):
            return f"{_lexeme(text)}{':*' if is_prefix else ''}"
        case Row(words):
            return f"({(' <-> ' if placed else ' & ').join(map(_lexeme, words))})"
        case Close(left, right, between):
            both = _tsquery(All((left, right)), placed=placed)
            return f"({both} & {_close(left, right, between)})" if placed and between <= _FARTHEST else both
        case All(parts):
            return f"({' & '.join(_tsquery(part, placed=placed) for part in parts)})"
        case Some(parts):
            return f"({' | '.join(_tsquery(part, placed=placed) for part in parts)})"
        case But(wanted, unwanted):
            return f"({_tsquery(wanted, placed=placed)} & !{_tsquery(unwanted, placed=placed)})"


def _close(left: Row, right: Row, between: int) -> str:
    """The end of one row of words not far before the beginning of the other."""
    ends = [(_lexeme(a.words[-1]), _lexeme(b.words[0])) for a, b in ((left, right), (right, left))]
    return f"({' | '.join(f'{a} <{n}> {b}' for a, b in ends for n in range(1, between + 2))})"


def _lexeme(word: str) -> str:
    escaped = word.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"

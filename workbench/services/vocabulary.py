"""Words of texts: how often, in which documents more than in others, and in context; code from a line."""

from __future__ import annotations

import threading
from collections import Counter, OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID, uuid4
from weakref import WeakKeyDictionary

import numpy as np
from sqlalchemy import Connection, Engine

from codebook.columns import DocumentFacts
from codebook.models import Valence
from codebook.retrieval import Scope
from codebook.voices import Wanted, speakers_with
from corpus.search import Match
from corpus.search.labels import label_of
from corpus.sentences import sentence_starts
from corpus.words import KeyWord, concordance, count_words, keyness, stop_words, without
from store.columns import stored_texts
from store.documents import texts as current_texts
from store.engine import reading
from store.portions import portions
from store.speakers import turns_of
from store.studies import Member
from workbench.services.asking import asking
from workbench.services.coding import Outcome, apply_operations
from workbench.services.snapshot import Snapshot, snapshot_of
from workbench.services.table_files import Format, Table, table_bytes

#: Texts whose words are kept counted.
MOST_TEXTS = 20_000


@dataclass(frozen=True)
class Line:
    """A word in its line, in a document."""

    document_id: UUID
    title: str
    source: str
    match: Match
    sentence: tuple[int, int]


@dataclass(frozen=True)
class Frequency:
    """How often a word occurs, and in how many documents."""

    lemma: str
    occurrences: int
    documents: int
    per_thousand: float


@dataclass(frozen=True)
class Words:
    """Words of some documents; ``left_out`` are the words of grammar not listed, by language."""

    frequencies: tuple[Frequency, ...]
    total: int
    documents: int
    left_out: Mapping[str, frozenset[str]] = field(default_factory=dict)


def frequencies(
    engine: Engine, actor: Member, scope: Scope | None = None, *, leave_out_grammar: bool = True
) -> Words:
    """How often each word occurs, by lemma, the most frequent first."""
    counted = _word_counts(engine, actor, scope or Scope())
    if leave_out_grammar:
        counted = _with_grammar_aside(counted)
    total, spread = Counter[str](), Counter[str]()
    for _, counts in counted:
        total.update(counts)
        spread.update(counts.keys())
    words = total.total()
    languages = {document.language for document, _ in counted if document.language}
    return Words(
        tuple(
            Frequency(lemma, number, spread[lemma], 1000 * number / words)
            for lemma, number in total.most_common()
            if lemma != _GRAMMAR
        ),
        words,
        len(counted),
        {name: stop_words(name) for name in sorted(languages)} if leave_out_grammar else {},
    )


def key_words(
    engine: Engine,
    actor: Member,
    here: Scope,
    *,
    within: Scope | None = None,
    leave_out_grammar: bool = True,
    fewest: int = 3,
) -> list[KeyWord]:
    """Words that set some documents, or what some people say, apart from all other words of ``within``."""
    all_of_it = within or Scope()
    speaking = _both(here.speaking, all_of_it.speaking)
    if speaking is None:
        return []
    ours = _word_counts(engine, actor, replace(here, speaking=speaking))
    counted = _word_counts(engine, actor, all_of_it)
    there = {document.id for document, _ in counted}
    ours = [(document, counts) for document, counts in ours if document.id in there]
    of_interest = {document.id: counts for document, counts in ours}
    others = [(document, counts - of_interest.get(document.id, Counter())) for document, counts in counted]
    if leave_out_grammar:
        ours, others = _with_grammar_aside(ours), _with_grammar_aside(others)
    found = keyness((counts for _, counts in ours), (counts for _, counts in others), fewest=fewest)
    return [word for word in found if word.lemma != _GRAMMAR]


def _both(one: Wanted | None, other: Wanted | None) -> Wanted | None:
    """What both want of who speaks; None where nobody can be what both want."""
    found = {name: values for name, values in (one or {}).items() if values}
    for name, values in (other or {}).items():
        found[name] = tuple(value for value in found.get(name, values) if value in values)
        if values and not found[name]:
            return None
    return found


def lines(engine: Engine, actor: Member, wanted: str, scope: Scope | None = None) -> list[Line]:
    """Every place where a word stands, in any of its forms, with its line and its sentence."""
    scope = scope or Scope()
    documents = {document.id: document for document in _documents(engine, actor, scope)}
    seen = snapshot_of(engine, actor)
    newest = _newest_versions(seen)
    found = []
    with reading(engine) as connection:
        turns = _turns(
            connection, [newest[document_id] for document_id in documents if document_id in newest]
        )
        for document_id, title, stored in current_texts(connection, actor.study_id):
            if document_id not in documents or document_id not in newest:
                continue
            document, version = documents[document_id], newest[document_id]
            text = _spoken(stored, turns.get(version, ()), _heard(seen, version, scope))
            matches = list(concordance(text, wanted, language=document.language))
            starts = sentence_starts(text) if matches else []
            found += [
                Line(document_id, title, document.source, match, _sentence(text, starts, match))
                for match in matches
            ]
    return found


def code_lines(
    engine: Engine, actor: Member, chosen: Sequence[Line], code: str, valence: Valence | None = None
) -> list[Outcome]:
    """Give a code to the sentences of some lines, as the person's own codings; each can be undone."""
    outcomes = []
    for document_id in dict.fromkeys(line.document_id for line in chosen):
        sentences = dict.fromkeys(line.sentence for line in chosen if line.document_id == document_id)
        operations = [
            {
                "operation": str(uuid4()),
                "type": "apply",
                "start": start,
                "end": end,
                "code": code,
                "valence": valence,
            }
            for start, end in sentences
        ]
        outcomes += apply_operations(engine, actor, document_id, operations)
    return outcomes


def _sentence(text: str, starts: Sequence[int], match: Match) -> tuple[int, int]:
    """The stretch from the begin of the first sentence of a match to the end of its last, without blanks."""
    start = max(begin for begin in starts if begin <= match.start_char)
    end = min((begin for begin in starts if begin >= match.end_char), default=len(text))
    lead = len(text[start:end]) - len(text[start:end].lstrip())
    return start + lead, start + len(text[start:end].rstrip())


def _documents(engine: Engine, actor: Member, scope: Scope) -> list[DocumentFacts]:
    columns = asking(engine, actor, replace(scope, coders=())).columns
    return [d for d, asked in zip(columns.texts.documents, columns.asked.tolist(), strict=True) if asked]


def _newest_versions(seen: Snapshot) -> dict[UUID, UUID]:
    """Document to the version of its text that holds."""
    texts = seen.columns.texts
    return {
        texts.documents[texts.document_of_text[number]].id: version
        for version, number in sorted(seen.versions.items(), key=lambda entry: entry[1])
    }


def _turns(connection: Connection, versions: Iterable[UUID]) -> dict[UUID, list[tuple[int, int, str]]]:
    return {
        version: turns for some in portions(versions) for version, turns in turns_of(connection, some).items()
    }


#: The stretches of a text that are asked about; None: all of it.
Stretches = tuple[tuple[int, int], ...] | None


def _heard(seen: Snapshot, version: UUID, scope: Scope) -> Stretches:
    """What those say of whom a scope wants something; a text without a turn of theirs has nothing."""
    if not any((scope.speaking or {}).values()):
        return None
    texts = seen.columns.texts
    heard = np.append(speakers_with(texts, scope.speaking or {}), False)
    first, last = np.searchsorted(texts.section_text, [seen.versions[version], seen.versions[version] + 1])
    here = np.arange(first, last)[heard[texts.section_speaker[first:last]]]
    return tuple(zip(texts.section_start[here].tolist(), texts.section_end[here].tolist(), strict=True))


def _spoken(text: str, turns: Iterable[tuple[int, int, str]], heard: Stretches = None) -> str:
    """A text of the same length with blanks for labels before turns, and for what is not asked about."""
    parts, done = [], 0
    for start, _, label in turns:
        found = label_of(text, start, label)
        if found is not None and found[0] >= done:
            parts += [text[done : found[0]], " " * (found[1] - found[0])]
            done = found[1]
    spoken = "".join([*parts, text[done:]])
    if heard is None:
        return spoken
    parts, done = [], 0
    for start, end in heard:
        parts += [" " * (start - done), spoken[start:end]]
        done = end
    return "".join([*parts, " " * (len(spoken) - done)])


class _Kept:
    """The words of the texts of one database."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.words: OrderedDict[tuple[UUID, str | None, Stretches], Counter[str]] = OrderedDict()


_kept: WeakKeyDictionary[Engine, _Kept] = WeakKeyDictionary()


def _word_counts(engine: Engine, actor: Member, scope: Scope) -> list[tuple[DocumentFacts, Counter[str]]]:
    """Words of each document, counted once for each version of its text, which never changes."""
    seen, kept = snapshot_of(engine, actor), _kept.setdefault(engine, _Kept())
    wanted = {document.id: document for document in _documents(engine, actor, scope)}
    newest = _newest_versions(seen)
    keys = {d.id: (newest[d.id], d.language, _heard(seen, newest[d.id], scope)) for d in wanted.values()}
    with kept.lock:
        missing = [key for key in keys.values() if key not in kept.words]
    with reading(engine) as connection:
        texts = stored_texts(connection, [version for version, *_ in missing])
        turns = _turns(connection, texts)
    fresh = {
        (version, language, heard): count_words(
            _spoken(texts[version], turns.get(version, ()), heard), language=language
        )
        for version, language, heard in missing
    }
    with kept.lock:
        kept.words.update(fresh)
        found = [(wanted[i], fresh.get(key) or kept.words[key]) for i, key in keys.items()]
        while len(kept.words) > MOST_TEXTS:
            kept.words.popitem(last=False)
    return found


#: What words of grammar are counted under where they are left out: they stay words of the text.
_GRAMMAR = ""


def _with_grammar_aside(
    counted: Iterable[tuple[DocumentFacts, Counter[str]]],
) -> list[tuple[DocumentFacts, Counter[str]]]:
    """Words of grammar under one heading, by each document's own language: "want" is one in Dutch alone."""
    aside = []
    for document, counts in counted:
        grammar = stop_words(document.language or "")
        kept = without(counts, grammar)
        aside.append((document, kept + Counter({_GRAMMAR: counts.total() - kept.total()})))
    return aside


def words_rows(found: Words | Sequence[KeyWord]) -> Table:
    """Frequencies or key words with the names of their columns."""
    if isinstance(found, Words):
        names: tuple[str, ...] = ("lemma", "occurrences", "documents", "per_thousand")
        return names, [
            (f.lemma, f.occurrences, f.documents, round(f.per_thousand, 3)) for f in found.frequencies
        ]
    names = ("lemma", "here", "there", "documents_here", "log_likelihood", "log_ratio")
    return names, [
        (w.lemma, w.here, w.there, w.documents_here, round(w.log_likelihood, 2), round(w.log_ratio, 2))
        for w in found
    ]


def words_file(found: Words | Sequence[KeyWord], format: Format) -> bytes:
    """`words_rows` as a file."""
    name = "Words" if isinstance(found, Words) else "Key words"
    return table_bytes(format, name, *words_rows(found))


def lines_file(found: Sequence[Line], format: Format) -> bytes:
    """Words in context as a table."""
    return table_bytes(
        format,
        "Lines",
        ("document", "title", "source", "start_char", "left", "word", "right"),
        [
            (
                str(n.document_id),
                n.title,
                n.source,
                n.match.start_char,
                n.match.left,
                n.match.quote,
                n.match.right,
            )
            for n in found
        ],
    )

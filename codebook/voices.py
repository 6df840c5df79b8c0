"""Who speaks in each document, and which persons and sites documents are linked to.

A *voice* is a speaker by name in one document, or a document in which nobody is named. Voices of one
participant, under whatever labels and in whatever documents, are one participant. A label that nobody was
assigned to is a participant of its document alone: "Interviewer" in two documents is one person only where
somebody says so. A document in which nobody is named stands for the person that it is linked to, where
that is one person, and else for itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from codebook.columns import NONE, Choice, Columns, Numbers, PersonFacts, Texts, only

#: What is said of somebody: the name of an attribute to the values that are wanted.
Wanted = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, eq=False)
class Voices:
    """Every voice of some texts, by document and then by speaker.

    Attributes
    ----------
    document : int64 array, shape (n_voices,)
    speaker : int64 array, shape (n_voices,)
        `NONE` where nobody is named in the document.
    participant : int64 array, shape (n_voices,)
        The same number for every voice of a participant.
    participants : int
        How many participants there are.
    characters : int64 array, shape (n_voices,)
        How much is said in the newest text of the document; all of it where nobody is named.
    is_assigned : bool array, shape (n_voices,)
        Whether the label was assigned to a participant; False where nobody is named.
    """

    document: Numbers
    speaker: Numbers
    participant: Numbers
    participants: int
    characters: Numbers
    is_assigned: Choice

    def __len__(self) -> int:
        return len(self.document)


@lru_cache(maxsize=4)  # texts change seldom, and a question asks more than once
def voices_of(texts: Texts) -> Voices:
    """The voices of texts."""
    width = len(texts.speakers) + 1
    of_section = texts.document_of_text[texts.section_text]
    named = texts.section_speaker != NONE
    keys = np.unique(of_section[named] * width + texts.section_speaker[named] + 1)
    silent = np.setdiff1d(np.arange(len(texts.documents)), keys // width)
    keys = np.sort(np.concatenate([keys, silent * width]))
    document, speaker = keys // width, keys % width - 1
    is_assigned = np.array([name in texts.people for name in texts.speakers] + [False], dtype=np.bool_)
    participant, participants = _participants(texts, document, speaker)
    return Voices(
        document, speaker, participant, participants, _characters(texts, keys), is_assigned[speaker]
    )


def voice_of_codings(columns: Columns) -> Numbers:
    """Shape (n,): whose words each coding is of; `NONE` where nobody is named though others there are."""
    voices = voices_of(columns.texts)
    width = len(columns.texts.speakers) + 1
    keys = voices.document * width + voices.speaker + 1
    key = columns.document * width + columns.speaker + 1
    at = np.minimum(np.searchsorted(keys, key), max(len(keys) - 1, 0))
    found = keys[at] == key if len(keys) else np.zeros(len(key), dtype=np.bool_)
    return np.where(found, at, NONE)


def name_of_voice(texts: Texts, voice: int) -> str | None:
    """The participant or label that a voice is; None: nobody is named, nor is the document one person's."""
    voices = voices_of(texts)
    who = _identity(texts, int(voices.document[voice]), int(voices.speaker[voice]))
    if isinstance(who, str):
        return who
    speaker = int(voices.speaker[voice])
    return None if speaker == NONE else texts.speakers[speaker]


def asked_voices(columns: Columns) -> Choice:
    """Shape (n_voices,): the voices that a question is about."""
    asked = columns.asked[voices_of(columns.texts).document]
    return asked if columns.heard is None else asked & columns.heard


def not_assigned(columns: Columns) -> int:
    """How many of the voices asked about are labels that nobody was assigned to, each once a document."""
    voices = voices_of(columns.texts)
    return int((asked_voices(columns) & (voices.speaker != NONE) & ~voices.is_assigned).sum())


def said_of_speaker(texts: Texts, speaker: int) -> Mapping[str, str]:
    """What is said of who speaks: of a label that nobody was assigned to, its name alone."""
    if speaker == NONE:
        return {}
    name = texts.speakers[speaker]
    person = texts.people.get(name)
    return {"name": name} if person is None else person.said


def speakers_with(texts: Texts, wanted: Wanted) -> Choice:
    """Shape (n_speakers,): of whom is said what is wanted, as in `heard_only`?"""
    fits = (_fits(said_of_speaker(texts, n), wanted) for n in range(len(texts.speakers)))
    return np.fromiter(fits, dtype=np.bool_, count=len(texts.speakers))


def heard_only(columns: Columns, wanted: Wanted) -> Columns:
    """The words of those of whom something is said; who is not heard is in no denominator either.

    Parameters
    ----------
    wanted : mapping
        Attribute (``name``, ``role`` and ``group`` among them) to the values wanted; one person must have
        one of the values of each.
    """
    voices = voices_of(columns.texts)
    heard = np.append(speakers_with(columns.texts, wanted), False)[voices.speaker]
    if columns.heard is not None:
        heard = heard & columns.heard
    there = np.zeros(len(columns.asked), dtype=np.bool_)
    there[voices.document[heard]] = True
    voice = voice_of_codings(columns)
    return replace(
        only(columns, codings=(voice != NONE) & np.append(heard, False)[voice], documents=there), heard=heard
    )


def linked_only(columns: Columns, wanted: Wanted) -> Columns:
    """The documents linked to a person or site of whom something is said, as in `heard_only`."""
    people = columns.texts.people
    there = [
        any(_fits(people[name].said, wanted) for name in document.cases if name in people)
        for document in columns.texts.documents
    ]
    return only(columns, documents=np.array(there, dtype=np.bool_))


def linked_value(people: Mapping[str, PersonFacts], cases: tuple[str, ...], attribute: str) -> str | None:
    """What is said of the persons and sites that a document is linked to, several values as one; or None.

    >>> north, south = (PersonFacts(name, "site", {"name": name, "region": "Coast"}) for name in ("A", "B"))
    >>> linked_value({"A": north, "B": south}, ("A", "B"), "region")
    'Coast'
    >>> linked_value({"A": north, "B": south}, ("A", "B"), "name")
    'A; B'
    """
    values = sorted({people[name].said.get(attribute, "") for name in cases if name in people} - {""})
    return "; ".join(values) or None


@lru_cache(maxsize=8)
def links(texts: Texts, kind: str) -> tuple[Numbers, Numbers, int]:
    """Which documents are linked to which persons or sites: (document, number of it) of each link; how many.

    Links stand in the order of the documents.
    """
    numbers: dict[str, int] = {}
    pairs = [
        (number, numbers.setdefault(name, len(numbers)))
        for number, document in enumerate(texts.documents)
        for name in dict.fromkeys(document.cases)
        if name in texts.people and texts.people[name].kind == kind
    ]
    both = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return both[:, 0], both[:, 1], len(numbers)


def linked_documents(columns: Columns, kind: str) -> int:
    """How many of the documents asked about are linked to a person, or to a site."""
    document, _, _ = links(columns.texts, kind)
    return len(np.unique(document[columns.asked[document]]))


def _fits(said: Mapping[str, str], wanted: Wanted) -> bool:
    return all(not values or said.get(name) in values for name, values in wanted.items())


def _participants(texts: Texts, document: Numbers, speaker: Numbers) -> tuple[Numbers, int]:
    numbers: dict[object, int] = {}
    who = [
        numbers.setdefault(_identity(texts, d, s), len(numbers))
        for d, s in zip(document.tolist(), speaker.tolist(), strict=True)
    ]
    return np.array(who, dtype=np.int64), len(numbers)


def _identity(texts: Texts, document: int, speaker: int) -> object:
    """The name of a participant, or the label or document that stands for nobody known."""
    if speaker != NONE:
        name = texts.speakers[speaker]
        return name if name in texts.people else (document, speaker)
    people, cases = texts.people, texts.documents[document].cases
    persons = [name for name in cases if name in people and people[name].kind == "person"]
    return persons[0] if len(persons) == 1 else (document, speaker)


def _characters(texts: Texts, keys: Numbers) -> Numbers:
    """How much each voice says in the newest text of its document."""
    width = len(texts.speakers) + 1
    newest = np.zeros(len(texts.documents), dtype=np.int64)
    newest[texts.document_of_text] = np.arange(len(texts.document_of_text))
    of_section = texts.document_of_text[texts.section_text]
    spoken = (texts.section_speaker != NONE) & (texts.section_text == newest[of_section])
    at = np.searchsorted(keys, (of_section * width + texts.section_speaker + 1)[spoken])
    length = (texts.section_end - texts.section_start)[spoken]
    found: Numbers = np.bincount(at, weights=length, minlength=len(keys)).astype(np.int64)
    whole = np.array([document.characters for document in texts.documents], dtype=np.int64)
    silent = keys % width == 0
    found[silent] = whole[keys[silent] // width]
    return found

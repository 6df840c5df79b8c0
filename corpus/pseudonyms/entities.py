"""What a key knows: who has which pseudonym, and where their names stand in a text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpus.pseudonyms.models import LABELS, NUMBERS, PEOPLE, PSEUDONYM, Kind, normalised
from corpus.pseudonyms.words import fold, little_words, no_names

_TOKEN = re.compile(r"[^\W_]+")
_SHORTEST_PART = 4
_SHORTEST_NUMBER = 6


@dataclass(frozen=True)
class Entity:
    """One person, place or number of a study.

    Attributes
    ----------
    pseudonym : str
        What stands for it, with its brackets: "[Arts 1]".
    forms : tuple of str
        The ways in which it is written in the originals.
    confirmed : bool
        Whether a person has said that it is a name.
    """

    pseudonym: str
    kind: Kind
    forms: tuple[str, ...]
    confirmed: bool = True


@dataclass(frozen=True)
class Trace:
    """A place where an original form stands. ``form`` says which kind of form, never the form itself."""

    start_char: int
    end_char: int
    pseudonym: str
    kind: Kind
    form: str


def next_pseudonym(kind: Kind, language: str, taken: Iterable[str]) -> str:
    """The first pseudonym of a kind that nobody has; numbers are not used again.

    >>> next_pseudonym(Kind.DOCTOR, "nl", ["[Arts 1]", "[Persoon 7]"])
    '[Arts 2]'
    """
    label = LABELS.get(language, LABELS["en"])[kind]
    pattern = re.compile(rf"\[{re.escape(label)} (\d+)\]")
    numbers = [int(match[1]) for each in taken if (match := pattern.fullmatch(each))]
    return f"[{label} {max(numbers, default=0) + 1}]"


def occurrences(text: str, entities: Iterable[Entity]) -> list[tuple[int, int, str]]:
    """Where forms of entities stand in a text: whole words, the longest first, not inside pseudonyms.

    A form that is a word of grammar ("An") is not looked for: it would be found everywhere.

    Returns
    -------
    list of (start, end, pseudonym)
        In the order of the text, without overlap.
    """
    index = _Forms()
    for entity in entities:
        for form in entity.forms:
            if tells(form, entity.kind):
                index.add(form, entity, "a form of the name")
                if entity.kind in PEOPLE and len(form) >= _SHORTEST_PART:
                    index.add(form.upper(), entity, "a form of the name")
    return [(trace.start_char, trace.end_char, trace.pseudonym) for trace in index.find(text)]


def traces(text: str, entities: Iterable[Entity]) -> list[Trace]:
    """Where the originals show through: forms, parts of people's names, and numbers however set apart."""
    return Lookout(entities).traces(text)


class Lookout:
    """What `traces` looks for, prepared once for many texts; it holds forms and pseudonyms, no originals."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        self._forms = _Forms()
        self._numbers: defaultdict[str, list[tuple[re.Pattern[str], Entity]]] = defaultdict(list)
        for entity in entities:
            for form in entity.forms:
                self._add(form, entity)

    def traces(self, text: str) -> list[Trace]:
        """Where the originals show through in a text, in its order."""
        found = self._forms.find(text)
        taken = {(trace.start_char, trace.end_char) for trace in found}
        found += [t for t in self._same_numbers(text) if (t.start_char, t.end_char) not in taken]
        return sorted(found, key=lambda trace: trace.start_char)

    def _add(self, form: str, entity: Entity) -> None:
        if tells(form, entity.kind):
            self._forms.add(form, entity, "a form of the name", any_case=" " in form or "@" in form)
            self._forms.add(form.upper(), entity, "a form of the name")
        if entity.kind in PEOPLE:
            for part in _parts(form):
                self._forms.add(part, entity, "a part of the name")
                self._forms.add(part.upper(), entity, "a part of the name")
        elif entity.kind in NUMBERS:
            characters = normalised(form, entity.kind)
            if len(characters) >= _SHORTEST_NUMBER:
                spaced = r"[ ./()-]{0,2}".join(map(re.escape, characters))
                pattern = re.compile(rf"(?<!\w){spaced}(?!\w)", re.I)
                for end in range(1, len(characters) + 1):
                    self._numbers[characters[:end]].append((pattern, entity))

    def _same_numbers(self, text: str) -> Iterator[Trace]:
        """A number begins with a word of its own, so that only words it begins with need a closer look."""
        if not self._numbers:
            return
        ends: dict[re.Pattern[str], int] = {}
        for token in _TOKEN.finditer(text):
            for pattern, entity in self._numbers.get(token[0].casefold(), ()):
                match = pattern.match(text, token.start())
                if match is not None and match.start() >= ends.get(pattern, 0):
                    ends[pattern] = match.end()
                    yield Trace(*match.span(), entity.pseudonym, entity.kind, "the same number")


def tells(form: str, kind: Kind) -> bool:
    """Whether a form points to somebody wherever it stands."""
    if kind not in PEOPLE:
        return len(form) > 1
    name = fold(form)
    return len(form) > 1 and name not in little_words() and name not in no_names()


def _parts(form: str) -> Iterator[str]:
    for part in re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", form):
        if len(part) >= _SHORTEST_PART and part[0].isupper() and tells(part, Kind.PERSON):
            yield part


class _Forms:
    """Forms by their first word, so that a text is gone through once however many there are."""

    def __init__(self) -> None:
        self.by_word: defaultdict[str, list[tuple[str, int, Entity, str, bool]]] = defaultdict(list)
        self.known: set[tuple[str, str]] = set()

    def add(self, form: str, entity: Entity, what: str, *, any_case: bool = False) -> None:
        first = _TOKEN.search(form)
        if first is None or (form, entity.pseudonym) in self.known:
            return
        self.known.add((form, entity.pseudonym))
        entry = (form.casefold() if any_case else form, first.start(), entity, what, any_case)
        self.by_word[first[0].casefold()].append(entry)
        self.by_word[first[0].casefold()].sort(key=lambda entry: -len(entry[0]))
        if entity.kind in PEOPLE and len(first[0]) > 3:  # the genitive: "Lieves"
            genitive = self.by_word[first[0].casefold() + "s"]
            if entry not in genitive:
                genitive.append(entry)

    def find(self, text: str) -> list[Trace]:
        closed = [match.span() for match in PSEUDONYM.finditer(text)]
        found: list[Trace] = []
        place = 0
        for token in _TOKEN.finditer(text):
            while closed and closed[0][1] <= token.start():
                closed.pop(0)
            if token.start() < place or (closed and closed[0][0] <= token.start()):
                continue
            for form, before, entity, what, any_case in self.by_word.get(token[0].casefold(), ()):
                start = token.start() - before
                end = start + len(form)
                words = text[start:end] if start >= place else ""
                if (words.casefold() if any_case else words) == form and self._ends(text, start, end, entity):
                    found.append(Trace(start, end, entity.pseudonym, entity.kind, what))
                    place = end
                    break
        return found

    @staticmethod
    def _ends(text: str, start: int, end: int, entity: Entity) -> bool:
        rest = text[end : end + 2]
        if start and text[start - 1].isalnum():
            return False
        if entity.kind in PEOPLE and end - start > 3 and rest[:1] == "s" and not rest[1:].isalnum():
            return True
        return not rest[:1].isalnum()


def replacements(
    text: str, entities: Sequence[Entity], at: Iterable[tuple[int, int, str]] = ()
) -> list[tuple[int, int, str]]:
    """What `corpus.pseudonyms.replacing.replace` needs: confirmed places first, then every other occurrence.

    Parameters
    ----------
    at : iterable of (start, end, pseudonym)
        Places that were confirmed one by one; they do not overlap.
    """
    chosen = sorted(at)
    taken = bytearray(len(text))
    for start, end, _ in chosen:
        taken[start:end] = b"\1" * (end - start)
    more = [one for one in occurrences(text, entities) if 1 not in taken[one[0] : one[1]]]
    return sorted([*chosen, *more])

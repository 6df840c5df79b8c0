"""Names that were found, where they stand again: parts, small letters, short forms, initials, misspelt."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from corpus.pseudonyms.models import PEOPLE, Hit, Kind, hit_at
from corpus.pseudonyms.names import label_behind, starts_sentence
from corpus.pseudonyms.words import (
    CAPITALISED,
    OF_LETTERS,
    UPPER,
    bare,
    fold,
    given_names,
    in_dictionary,
    is_ordinary,
    little_words,
    no_names,
    particles,
    things,
)

_WORD = re.compile(rf"(?<![^\W_]){CAPITALISED}")
_ROW = re.compile(rf"(?<![^\W_]){CAPITALISED}(?: (?:\w{{1,3}} ){{0,2}}{CAPITALISED}){{0,8}}")
_LETTERS = re.compile(rf"(?<![\w.@-])[{UPPER}]{{2,4}}(?![\w@-])")
_ALONE = re.compile(r"(?:[(\[/,+&>]|(?:^|\n)[ \t]*[-*•–]?) ?$")
_ALONE_BEHIND = re.compile(r" ?(?:[)\]:,/+&]|$|\n)")
# "Aoife (AK)": with which letters somebody is meant.
_TOLD = re.compile(rf" \(([{UPPER}]{{2,4}})\)")
_SHORTEST = 3
_SHORTEST_SMALL = 4
_SHORTEST_MISSPELT = 5
_ENDINGS = ("s", "ke", "ken", "tje", "je", "ie", "y", "ou")


@dataclass
class _Known:
    """What the names that were found are made of, folded."""

    parts: dict[str, Kind] = field(default_factory=dict)
    rows: dict[str, list[str]] = field(default_factory=dict)
    initials: set[str] = field(default_factory=set)
    near: dict[str, list[str]] = field(default_factory=dict)
    begins: set[str] = field(default_factory=set)
    short: set[str] = field(default_factory=set)


def find_again(
    text: str, open_text: str, hits: Iterable[Hit], language: str | None, *, sure: bool = True
) -> Iterator[Hit]:
    """The same names wherever they stand again.

    Parameters
    ----------
    text, open_text : str
        The text, and the text with NUL characters where something was taken.
    hits : iterable of Hit
        What was taken; people and e-mail addresses tell names.
    sure : bool
        Whether small letters, initials and misspellings are looked for too, or whole words alone.
    """
    known = _known(text, hits)
    if not known.parts:
        return
    yield from _parts_again(open_text, known, language)
    if sure:
        yield from _in_small_letters(open_text, known, language)
        yield from _initials_again(open_text, known)
        yield from _nearly(open_text, known, language)


def _known(text: str, hits: Iterable[Hit]) -> _Known:
    known = _Known()
    for hit in hits:
        words = text[hit.start_char : hit.end_char]
        if hit.kind is Kind.EMAIL:
            for part in re.split(r"[\W\d_]+", fold(words.partition("@")[0])):
                if len(part) >= _SHORTEST_SMALL and not is_ordinary(part, None) and part not in no_names():
                    known.parts.setdefault(part, Kind.PERSON)
        elif hit.kind in PEOPLE:
            _learn(known, words, hit.kind)
            told = _TOLD.match(text, hit.end_char)
            if told is not None and words[:1] == told[1][0]:
                known.initials.add(told[1])
    for part in known.parts:
        known.short.update(part[:end] for end in range(_SHORTEST, len(part)))
        if len(part) >= _SHORTEST_MISSPELT:
            known.begins.add(part[0])
            for key in _without_a_letter(part):
                known.near.setdefault(key, []).append(part)
    return known


def _learn(known: _Known, words: str, kind: Kind) -> None:
    letters = [part for word in re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)?", words) for part in [bare(word)]]
    for word in re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", words):
        if _tells_alone(bare(word)):
            known.parts.setdefault(fold(bare(word)), kind)
    if len(letters) > 1:
        row = fold(words)
        known.rows.setdefault(row.split()[-1], []).append(row)
        for some in (letters, [word for word in letters if word[0].isupper()], _without_particles(letters)):
            first = "".join(word[0].upper() for word in some)
            turned = "," in words or (words.split()[0].isupper() and not words.isupper())
            known.initials |= {first, first[-1:] + first[:-1], first[1:] + first[:1]} if turned else {first}


def _without_particles(words: list[str]) -> list[str]:
    return [word for word in words if fold(word) not in particles()] or words


def _parts_again(text: str, known: _Known, language: str | None) -> Iterator[Hit]:
    small = frozenset(match[0] for match in OF_LETTERS.finditer(text) if match[0].islower())
    for match in _ROW.finditer(text):
        for start, end, kind in _runs(text, match.start(), match.end(), known.parts):
            word = bare(text[start:end])
            if " " not in word and word.lower() in small and _only_begins(text, start, word, language):
                continue
            yield hit_at(text, start, end, kind, "is part of a name that was found elsewhere")


def _only_begins(text: str, start: int, word: str, language: str | None) -> bool:
    """Whether an ordinary word begins a sentence: "Good" is not Mr Good there."""
    return (
        is_ordinary(word, language)
        and starts_sentence(text, start)
        and not label_behind(text, start + len(word))
    )


def _runs(text: str, start: int, end: int, parts: Mapping[str, Kind]) -> Iterator[tuple[int, int, Kind]]:
    """Stretches of a row of capitalised words that are parts of names, with small words between."""
    begin: int | None = None
    last, kind = start, Kind.PERSON
    before: re.Match[str] | None = None
    for word in _WORD.finditer(text, start, end):
        inside = _part_of(word[0], parts)
        between = text[last : word.start()] if begin is not None else ""
        if inside is None or (begin is not None and not _joins(between)):
            if begin is not None and not (_is_particle(word[0]) and between == " "):
                yield begin, last, kind
                begin = None
            if inside is None:
                before = word
                continue
        if begin is None:
            begin, kind = _begin(text, word, before), parts[fold(inside or "")]
        before = word
        last = word.start() + len(inside or "")
    if begin is not None:
        yield begin, last, kind


def _joins(between: str) -> bool:
    return all(fold(word) in particles() for word in between.split())


def _is_particle(word: str) -> bool:
    return fold(word) in particles()


def _begin(text: str, word: re.Match[str], before: re.Match[str] | None) -> int:
    """Where the name begins whose known part stands there: a given name or "Van" before it belongs to it."""
    if before is None or not _joins(text[before.end() : word.start()]):
        return word.start()
    name = fold(before[0])
    belongs = name in given_names() and name not in little_words() and name not in no_names()
    return before.start() if belongs or _is_particle(before[0]) else word.start()


def _part_of(word: str, parts: Mapping[str, Kind]) -> str | None:
    """The part of a name that the word is, without the genitive."""
    for form in (word, bare(word)):
        if fold(form) in parts:
            return form
    if word.endswith("s") and len(word) > _SHORTEST_MISSPELT and fold(word[:-1]) in parts:
        return word[:-1]
    return None


def _in_small_letters(text: str, known: _Known, language: str | None) -> Iterator[Hit]:
    """Names in small letters: rows of words as they are, single words that are no words of a language."""
    told: dict[str, tuple[Kind, str] | None] = {}
    for match in OF_LETTERS.finditer(text):
        word = match[0]
        if word not in told:
            told[word] = _small_name(word, known, language) if word.islower() else None
        for row in known.rows.get(word, ()):
            start = match.end() - len(row)
            if (
                start >= 0
                and fold(text[start : match.end()]) == row
                and not text[start - 1 : start].isalnum()
                and text[start : match.end()].islower()
            ):
                yield hit_at(
                    text, start, match.end(), known.parts.get(word, Kind.PERSON), "a name in small letters"
                )
        evidence = told[word]
        if evidence is not None:
            yield hit_at(text, *match.span(), *evidence)


def _small_name(word: str, known: _Known, language: str | None) -> tuple[Kind, str] | None:
    name = fold(word)
    if name in known.parts and len(name) >= _SHORTEST_SMALL and not in_dictionary(word, language):
        return known.parts[name], "a name in small letters"
    if (
        len(name) >= _SHORTEST_MISSPELT
        and _misspelt(name, known)
        and not in_dictionary(word, None)
        and name not in things()
    ):
        return Kind.PERSON, "one letter off a name"
    return None


def _initials_again(text: str, known: _Known) -> Iterator[Hit]:
    for match in _LETTERS.finditer(text):
        if match[0] not in known.initials or fold(match[0]) in no_names() or fold(match[0]) in things():
            continue
        apart = _ALONE.search(text, max(0, match.start() - 6), match.start()) and _ALONE_BEHIND.match(
            text, match.end()
        )
        if apart or len(match[0]) > 3:
            yield hit_at(text, *match.span(), Kind.PERSON, "the initials of a name that was found elsewhere")


def _nearly(text: str, known: _Known, language: str | None) -> Iterator[Hit]:
    """Short forms, and words that differ by one letter from a name."""
    for match in _WORD.finditer(text):
        word = bare(match[0])
        name = fold(word)
        if not _tells_alone(word) or name in things() or is_ordinary(word, language):
            continue
        begins = len(name) == _SHORTEST and starts_sentence(text, match.start())
        if (name in known.short and not begins) or any(
            name.endswith(end) and name[: -len(end)] in known.parts for end in _ENDINGS
        ):
            yield hit_at(
                text, match.start(), match.start() + len(word), Kind.PERSON, "a short form of a name"
            )
        elif len(name) >= _SHORTEST_MISSPELT and not is_ordinary(word, None) and _misspelt(name, known):
            yield hit_at(text, match.start(), match.start() + len(word), Kind.PERSON, "one letter off a name")


def _misspelt(name: str, known: _Known) -> bool:
    return name[0] in known.begins and any(
        abs(len(part) - len(name)) <= 1 and part[0] == name[0]
        for key in _without_a_letter(name)
        for part in known.near.get(key, ())
    )


def _without_a_letter(word: str) -> set[str]:
    """The word, and the word without each of its letters: two that differ by one letter share one."""
    return {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}


def _tells_alone(word: str) -> bool:
    """Whether a part of a name points to somebody by itself: no particle, no word of grammar."""
    name = fold(word)
    return (
        len(word) >= _SHORTEST
        and name not in little_words()
        and name not in no_names()
        and name not in particles()
        and len(set(name)) > 1  # "XXXX" stands for a name
    )

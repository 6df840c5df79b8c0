"""What changed between two versions of a codebook, told so that people can follow it.

A list of codes alone does not tell a merged code from a retired one, nor a split from an addition;
whoever knows, says so.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from codebook.models import Code, Codebook


class Kind(StrEnum):
    """What can happen to a code from one version to another."""

    ADDED = "added"
    SPLIT = "split off"
    RETIRED = "retired"
    MERGED = "merged"
    RENAMED = "renamed"
    MOVED = "moved"
    REORDERED = "reordered"
    DEFINITION = "definition"
    INCLUDE = "include"
    EXCLUDE = "exclude"
    TRANSLATION = "translation"
    EXAMPLE = "example"
    CROSSWALK = "crosswalk"
    COLOUR = "colour"
    TERMS = "terms"
    RULES = "rules"
    ROLLUPS = "rollups"


#: Changes after which what was coded before has to be looked at again.
ASK_TO_RECODE = frozenset({Kind.SPLIT, Kind.RETIRED, Kind.DEFINITION, Kind.INCLUDE, Kind.EXCLUDE})


@dataclass(frozen=True)
class Change:
    """One difference between two versions, of one code or of the codebook itself (``code`` is None).

    ``sentence`` tells it in full; ``before`` and ``after`` hold what stood and stands there, empty
    where nothing did.
    """

    kind: Kind
    code: Code | None
    sentence: str
    before: str = ""
    after: str = ""


def what_changed(
    earlier: Codebook,
    later: Codebook,
    *,
    merged: Mapping[UUID, UUID] | None = None,
    split: Mapping[UUID, UUID] | None = None,
    moved: Collection[UUID] = (),
    known: Collection[UUID] = (),
    language: str = "en",
) -> tuple[Change, ...]:
    """The differences between two versions, code by code: first what is gone, then in reading order.

    Parameters
    ----------
    merged : mapping, optional
        Id of a code that went into another to the id of that one.
    split : mapping, optional
        Id of a new code to the id of the one that it was split off.
    moved : collection, optional
        Ids of codes that were moved: of two neighbours that changed places it cannot be seen which.
    known : collection, optional
        Ids of codes that were there before the earlier version, so that a new one of them is back.
    language : str
        In which codes are named in the sentences.

    Examples
    --------
    >>> from codebook.exchange import load_scheme
    >>> from codebook.hierarchy import move_code
    >>> book = load_scheme("grol-wensing")
    >>> [change.sentence for change in what_changed(book, move_code(book, "INN-ACC", parent="ORG"))]
    ['INN-ACC Accessibility moved from INN to ORG.']
    """
    before = {code.id: code for code in earlier.codes}
    after = {code.id: code for code in later.codes}
    gone = [code for code in earlier.codes if code.id not in after]
    told = [_gone(code, _known(merged or {}, code.id, before | after), language) for code in gone]
    shuffled = _reordered(earlier, later, set(moved))
    for code in later.codes:
        if code.id not in before:
            told.append(_new(code, _known(split or {}, code.id, before | after), code.id in known, language))
        else:
            told += _differences(before[code.id], code, code.id in shuffled, before, after, language)
    return (*told, *_of_the_book(earlier, later))


def asks_to_recode(
    changes: tuple[Change, ...], *, split: Mapping[UUID, UUID] | None = None
) -> dict[UUID, tuple[Change, ...]]:
    """The codes whose codings should be looked at again after some changes, each with what changed.

    For a code that was split off it is the one that it came from. Codings of merged codes are
    carried over by rule and need no second look.
    """
    asked: dict[UUID, tuple[Change, ...]] = {}
    for change in changes:
        if change.code is not None and change.kind in ASK_TO_RECODE:
            code_id = (split or {}).get(change.code.id, change.code.id)
            asked[code_id] = (*asked.get(code_id, ()), change)
    return asked


def _known(of: Mapping[UUID, UUID], code_id: UUID, codes: Mapping[UUID, Code]) -> Code | None:
    other = of.get(code_id)
    return None if other is None else codes.get(other)


def _called(code: Code, language: str) -> str:
    return f"{code.key} {code.name(language)}"


def _gone(code: Code, into: Code | None, language: str) -> Change:
    if into is None:
        return Change(Kind.RETIRED, code, f"{_called(code, language)} was retired.")
    sentence = f"{_called(code, language)} was merged into {_called(into, language)}."
    return Change(Kind.MERGED, code, sentence, after=into.key)


def _new(code: Code, origin: Code | None, is_back: bool, language: str) -> Change:
    where = "as a level" if code.parent is None else f"under {code.parent}"
    if is_back:
        return Change(Kind.ADDED, code, f"{_called(code, language)} is back {where}.")
    if origin is None:
        return Change(Kind.ADDED, code, f"{_called(code, language)} was added {where}.")
    sentence = f"{_called(code, language)} was split off {_called(origin, language)}."
    return Change(Kind.SPLIT, code, sentence, before=origin.key)


def _differences(
    old: Code,
    new: Code,
    shuffled: bool,
    before: Mapping[UUID, Code],
    after: Mapping[UUID, Code],
    language: str,
) -> Iterator[Change]:
    name = _called(new, language)
    yield from _renamed(old, new)
    if _parent_id(old, before) != _parent_id(new, after):
        came, went = (code.parent or "the levels" for code in (old, new))
        yield Change(Kind.MOVED, new, f"{name} moved from {came} to {went}.", came, went)
    elif shuffled:
        yield Change(Kind.REORDERED, new, f"{name} stands at another place among its neighbours.")
    for kind, what, left, right in (*_in_languages(old, new), *_texts(old, new)):
        if left != right:
            if not left:
                sentence = f"{name}: {what} was written."
            elif not right:
                sentence = f"{name}: {what} was taken away."
            else:
                sentence = f"{name}: {what} changed."
            yield Change(kind, new, sentence, left, right)


def _renamed(old: Code, new: Code) -> Iterator[Change]:
    if old.key != new.key:
        yield Change(Kind.RENAMED, new, f"{old.key} is now called {new.key}.", old.key, new.key)
    for language in dict.fromkeys([*old.label, *new.label]):
        left, right = old.label.get(language, ""), new.label.get(language, "")
        if left == right:
            continue
        sentence = (
            f"{new.key} is now called '{right}' ({language}), before '{left}'."
            if left and right
            else f"{new.key} is called '{right}' in {language}."
            if right
            else f"{new.key} has no name in {language} any more, before '{left}'."
        )
        yield Change(Kind.RENAMED, new, sentence, left, right)


def _in_languages(old: Code, new: Code) -> Iterator[tuple[Kind, str, str, str]]:
    """A text that is there in another language already is only translated, which asks nobody to recode."""
    for kind, what in _SAID.items():
        was, now = old.in_languages(kind.value), new.in_languages(kind.value)
        several = len({*was, *now}) > 1
        for language in dict.fromkeys([*was, *now]):
            left, right = was.get(language, ""), now.get(language, "")
            translated = bool(was and now) and not (left and right)
            named = f"{what} ({language})" if several else what
            yield Kind.TRANSLATION if translated else kind, named, left, right


_SAID = {
    Kind.DEFINITION: "the definition",
    Kind.INCLUDE: "what belongs to it",
    Kind.EXCLUDE: "what does not belong to it",
}


def _texts(old: Code, new: Code) -> Iterator[tuple[Kind, str, str, str]]:
    yield Kind.EXAMPLE, "the example", old.example, new.example
    yield Kind.CROSSWALK, "the counterpart in TICD", old.ticd, new.ticd
    yield Kind.CROSSWALK, "the counterpart in CFIR", old.cfir2022, new.cfir2022
    yield Kind.COLOUR, "the colour", old.colour, new.colour
    yield Kind.TERMS, "the list of words that suggest it", _words(old), _words(new)


def _words(code: Code) -> str:
    return "; ".join(f"{language}: {', '.join(words)}" for language, words in code.terms.items())


def _parent_id(code: Code, codes: Mapping[UUID, Code]) -> UUID | None:
    return next((other.id for other in codes.values() if other.key == code.parent), None)


def _reordered(earlier: Codebook, later: Codebook, known: set[UUID]) -> set[UUID]:
    """Codes that stand elsewhere among those neighbours that they had before and have now.

    Where one code passed several, it is the one that moved: as few as possible are named, and those
    that are known to have moved before others.
    """
    moved: set[UUID] = set()
    for parent in [None, *(code.id for code in later.codes)]:
        old, new = _below(earlier, parent), _below(later, parent)
        both = [code_id for code_id in new if code_id in old]
        if both == [code_id for code_id in old if code_id in both]:
            continue
        rest = [code_id for code_id in both if code_id not in known]
        rising = _longest_rising([old.index(code_id) for code_id in rest], rest)
        moved |= set(both) - set(rising)
    return moved


def _below(codebook: Codebook, parent: UUID | None) -> list[UUID]:
    key = next((code.key for code in codebook.codes if code.id == parent), None)
    if parent is not None and key is None:
        return []
    return [code.id for code in codebook.codes if code.parent == key]


def _longest_rising(numbers: list[int], named: list[UUID]) -> list[UUID]:
    """The names of a longest rising part of a row of numbers."""
    best: list[list[UUID]] = []
    for n, number in enumerate(numbers):
        before = [best[m] for m in range(n) if numbers[m] < number]
        best.append([*max(before, key=len, default=[]), named[n]])
    return max(best, key=len, default=[])


def _of_the_book(earlier: Codebook, later: Codebook) -> Iterator[Change]:
    if earlier.rules != later.rules:
        both = "\n".join(earlier.rules), "\n".join(later.rules)
        yield Change(Kind.RULES, None, "The boundary rules changed.", *both)
    if earlier.rollups != later.rollups:
        yield Change(Kind.ROLLUPS, None, "The roll-ups for reporting changed.")

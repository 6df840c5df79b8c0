"""Which hits name the same: "Lieve Peeters", "Lieve" and "mevrouw Peeters" are one person."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from corpus.pseudonyms.entities import Entity
from corpus.pseudonyms.models import PEOPLE, Hit, Kind, normalised
from corpus.pseudonyms.words import bare, particles

_PARTICLES = particles() | {"of"}


@dataclass(frozen=True)
class Group:
    """All hits that name one person, place or number.

    Attributes
    ----------
    name : str
        The longest form, as written.
    forms : tuple of str
        Every way in which it is written, the longest first.
    hits : tuple of (int, Hit)
        Number of the text, and the place in it.
    pseudonym : str or None
        What stands for it already, where the key knows it.
    """

    name: str
    kind: Kind
    forms: tuple[str, ...]
    hits: tuple[tuple[int, Hit], ...]
    pseudonym: str | None = None

    @property
    def key(self) -> str:
        """By which a decision about it is known again."""
        what = "person" if self.kind in PEOPLE else self.kind.value
        return f"{what}: {normalised(self.name, self.kind)}"


@dataclass
class _Bundle:
    """A group while it is being put together."""

    parts: frozenset[str]
    initials: frozenset[str]
    entity: Entity | None = None
    hits: list[tuple[int, Hit]] = field(default_factory=list)


def group_hits(texts: Sequence[tuple[str, Sequence[Hit]]], *, known: Iterable[Entity] = ()) -> list[Group]:
    """Put hits together that name the same.

    Parameters
    ----------
    texts : sequence of (text, hits)
    known : iterable of Entity
        What the key holds; a hit that fits one of them, and no other, belongs to it.

    Returns
    -------
    list of Group
        People first, by the place of their first hit. A bare name that fits two people is a group of
        its own: nobody but a reader can tell which is meant.
    """
    entities = list(known)
    written = {
        (n, hit): text[hit.start_char : hit.end_char] for n, (text, hits) in enumerate(texts) for hit in hits
    }
    people = {place: words for place, words in written.items() if place[1].kind in PEOPLE}
    others = {place: words for place, words in written.items() if place[1].kind not in PEOPLE}
    bundles = [*_people(people, entities), *_others(others, entities)]
    return [_group(bundle, written) for bundle in bundles]


def name_parts(words: str) -> tuple[frozenset[str], frozenset[str]]:
    """The words of a name that tell who it is, without small words; and its initials.

    >>> sorted(name_parts("P. Van den Bossche")[0]), sorted(name_parts("P. Van den Bossche")[1])
    (['bossche'], ['p'])
    """
    parts = [bare(part) for part in normalised(words, Kind.PERSON).replace(",", " ").split()]
    initials = {
        letter for part in parts if "." in part for letter in part.replace("-", "").split(".") if letter
    }
    whole = {re.sub(r"^d'", "", part) for part in parts if "." not in part and part not in _PARTICLES}
    return frozenset(whole), frozenset(initials)


def _people(written: dict[tuple[int, Hit], str], entities: list[Entity]) -> list[_Bundle]:
    bundles = []
    for entity in entities:
        if entity.kind in PEOPLE:
            told = [name_parts(form) for form in entity.forms]
            longest = max(told, key=lambda one: len(one[0]))
            bundles.append(_Bundle(longest[0].union(*(one for one, _ in told)), longest[1], entity))
    by_length = sorted(
        written.items(), key=lambda item: (-len(name_parts(item[1])[0]), item[0][0], item[0][1])
    )
    for place, words in by_length:
        parts, initials = name_parts(words)
        fitting = [b for b in bundles if parts and parts <= b.parts and _initials_fit(initials, b)]
        same = [b for b in fitting if b.parts == parts]
        chosen = same[:1] or (fitting if len(fitting) == 1 else [])
        if not chosen:
            chosen = [_Bundle(parts, initials)]
            bundles += chosen
        chosen[0].hits.append(place)
    return sorted((b for b in bundles if b.hits), key=lambda bundle: min(bundle.hits))


def _initials_fit(initials: frozenset[str], bundle: _Bundle) -> bool:
    """Whether initials are those of the name: "P. Desmedt" is not "An Desmedt"."""
    return all(
        letter in bundle.initials or any(part.startswith(letter) for part in bundle.parts)
        for letter in initials
    )


def _others(written: dict[tuple[int, Hit], str], entities: list[Entity]) -> list[_Bundle]:
    bundles: dict[tuple[str, Kind], _Bundle] = {}
    for entity in entities:
        for form in entity.forms:
            if entity.kind not in PEOPLE:
                bundles.setdefault(_place_key(form, entity.kind), _Bundle(frozenset(), frozenset(), entity))
    shared = {id(b.entity): b for b in bundles.values()}
    bundles = {key: shared[id(bundle.entity)] for key, bundle in bundles.items()}
    for place, words in written.items():
        bundle = bundles.setdefault(_place_key(words, place[1].kind), _Bundle(frozenset(), frozenset()))
        bundle.hits.append(place)
    found = {id(bundle): bundle for bundle in bundles.values() if bundle.hits}
    return sorted(found.values(), key=lambda bundle: min(bundle.hits))


def _place_key(words: str, kind: Kind) -> tuple[str, Kind]:
    name = normalised(words, kind)
    return (re.sub(r"^\d{4} ", "", name) if kind is Kind.PLACE else name), kind


def _group(bundle: _Bundle, written: dict[tuple[int, Hit], str]) -> Group:
    words = Counter(written[place] for place in bundle.hits)
    forms = tuple(sorted(words, key=lambda form: (-len(form), form)))
    hits = tuple(sorted(bundle.hits))
    if bundle.entity is not None:
        return Group(bundle.entity.forms[0], bundle.entity.kind, forms, hits, bundle.entity.pseudonym)
    return Group(_best(forms, words), _kind(hits), forms, hits)


def _best(forms: Sequence[str], words: Counter[str]) -> str:
    """The form that tells most: the most name parts, then the most frequent."""
    return max(forms, key=lambda form: (len(name_parts(form)[0]), words[form]))


def _kind(hits: Iterable[tuple[int, Hit]]) -> Kind:
    """The role that is told of somebody anywhere, else the kind of the hits."""
    kinds = Counter(hit.kind for _, hit in hits)
    roles = {kind: n for kind, n in kinds.items() if kind is not Kind.PERSON}
    return max(roles or kinds, key=lambda kind: kinds[kind])

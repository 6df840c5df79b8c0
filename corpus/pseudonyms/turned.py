# ruff: noqa: E501 - a pattern is read on one line
"""Names with the family name first: "Peeters, Rosalia", "VAN DAMME, A." in lists, forms and letter heads."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from corpus.pseudonyms.cues import LABELS
from corpus.pseudonyms.models import Hit, Kind, hit_at
from corpus.pseudonyms.words import (
    CAPITALISED,
    UPPER,
    fold,
    given_names,
    is_ordinary,
    no_names,
    particles,
    people_names,
)

_SMALL = r"(?:van|von|de|den|der|het|ten|ter|te|du|des|la|le|el|al|di|da|do|dos|das|ben|bin|ou|wa|y|'t|’t)"
_FAMILY = rf"(?:{_SMALL} ){{0,2}}(?:[dt]['’])?{CAPITALISED}(?: (?:{_SMALL} ){{0,2}}{CAPITALISED}){{0,3}}"
_SHORT = 3
_A_LIST = 1
_FIRST = rf"(?:[{UPPER}][^\W\d_{UPPER}]?\.(?:[ -]?[{UPPER}]\.){{0,2}}|{CAPITALISED}(?:[ -]{CAPITALISED}){{0,2}}(?: [{UPPER}]\.)?)"
_LABEL_BEFORE = re.compile(rf"(?:^|\n)[ \t*_-]*(?:{LABELS})[*_]* ?:[*_ ]*$", re.I)
_TURNED = re.compile(
    rf"(?:^|[\n\t|:;>(]|  |\d[.)]|\d[:–-]?|[•*–-]) *(?P<name>(?P<family>{_FAMILY}), ?(?P<first>{_FIRST}))"
    r"(?=[ \t]*(?:$|[\n\t|;(–/°:-]|,? (?:geb|né|born|b\.|d\.o\.b|dob|°|\d)|  |[.,] ?(?:$|\n)))"
)


def find_turned(text: str, language: str | None) -> Iterator[Hit]:
    """Names with the family name first, each as one hit.

    The words must be more than ordinary ones, but where several such names stand in a text all that have
    the form are taken.
    """
    found = [match for match in _TURNED.finditer(text) if _may_be(match)]
    sure = [_is_name(match, language) for match in found]
    for match, certain in zip(found, sure, strict=True):
        if certain or sum(sure) > _A_LIST:
            yield hit_at(
                text, *match.span("name"), Kind.PERSON, "family name and given name, set apart by a comma"
            )


def _words(match: re.Match[str]) -> list[str]:
    return [fold(word) for word in re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", match["name"])]


def _may_be(match: re.Match[str]) -> bool:
    return not _two_people(match["family"], match["first"]) and not any(
        word in no_names() and word not in given_names() for word in _words(match)
    )


def _is_name(match: re.Match[str], language: str | None) -> bool:
    words = _words(match)
    if match["family"].isupper() and len(match["family"]) > _SHORT and not match["first"].isupper():
        return (
            not is_ordinary(match["family"], language)
            or _LABEL_BEFORE.search(match.string, max(0, match.start("name") - 40), match.start("name"))
            is not None
        )
    known = any(word in people_names() and not is_ordinary(word, language) for word in words)
    strange = not any(is_ordinary(word, None) for word in words if len(word) > _SHORT)
    return known or strange or fold(match["first"].split()[0]) in given_names()


def _two_people(before: str, behind: str) -> bool:
    """Whether a comma stands between two whole names: "Bo Maes, An Peeters"."""
    one = [word for word in before.split() if fold(word) not in particles()]
    return len(one) > 1 and (" " in behind or (fold(one[0]) in given_names() and not before.isupper()))


def without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with NUL characters in some places."""
    pieces, place = [], 0
    for start, end in sorted(spans):
        pieces += [text[place:start], "\0" * (end - start)]
        place = end
    return "".join([*pieces, text[place:]])

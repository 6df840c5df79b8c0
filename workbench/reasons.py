"""What services and the science folders say of a mishap, in the language of the interface.

They know no languages: they raise and give reasons in English. Each such sentence is known to the
catalogue `reasons` as a pattern with places (`workbench.catalogue` collects them from the code), so
that a sentence can be told again with the same values. This also reaches what was stored, or came
from a reading process, as a sentence. What no pattern knows is shown as it was said.
"""

from __future__ import annotations

import re
import string
from dataclasses import dataclass
from functools import cache

from workbench.messages import catalogue_of, spoken

DOMAIN = "reasons"
_DEEPEST = 4  # a reason in a reason in a reason


@dataclass(frozen=True)
class _Pattern:
    shape: re.Pattern[str]
    names: tuple[str, ...]
    translation: str


def retold(text: object, language: str | None = None) -> str:
    """A sentence, or an error, in a language; without one in that which the person chose.

    Parameters
    ----------
    text : str or Exception
        What was said in English.

    Returns
    -------
    str
        The sentence with its values in their places; as it was said where there is no translation.

    Examples
    --------
    >>> retold("There is no document 'Minutes 3'.", "en")
    "There is no document 'Minutes 3'."
    """
    chosen = language or spoken()
    return str(text) if chosen == "en" else _retold(str(text), chosen, 0)


def _retold(text: str, language: str, depth: int) -> str:
    if depth == _DEEPEST or " " not in text:
        return text
    for pattern in _patterns(language):
        if found := pattern.shape.fullmatch(text):
            values = (_retold(value, language, depth + 1) for value in found.groups())
            return pattern.translation.format(**dict(zip(pattern.names, values, strict=True)))
    return text


@cache
def _patterns(language: str) -> tuple[_Pattern, ...]:
    """All sentences of a language, those that say most by themselves first."""
    known = catalogue_of(language, DOMAIN)
    sentences = sorted(known, key=lambda sentence: (-len(_literal(sentence)), sentence))
    return tuple(_pattern(sentence, known[sentence]) for sentence in sentences)


def _pattern(sentence: str, translation: str) -> _Pattern:
    shape, names = "", []
    for literal, name, _, _ in string.Formatter().parse(sentence):
        shape += re.escape(literal)
        if name is not None:
            shape += "(.*?)"
            names.append(name)
    return _Pattern(re.compile(shape, re.DOTALL), tuple(names), translation)


def _literal(sentence: str) -> str:
    return "".join(literal for literal, _, _, _ in string.Formatter().parse(sentence))

"""What services and the science folders say of a mishap, in the language of the interface.

They know no languages: they raise and give reasons in English. Each such sentence is known to the
catalogue `reasons` as a pattern with places (`workbench.catalogue` collects them from the code), so
that a sentence can be told again with the same values. This also reaches what was stored, or came
from a reading process, as a sentence. What no pattern knows is shown as it was said.

A value that is a sentence itself, or a word that is known, is told again too; one between quotes is a
name and stays. So write a sentence whole, with names between quotes, and not out of single words.
"""

from __future__ import annotations

import re
import string
from dataclasses import dataclass
from functools import cache

from workbench.messages import BETWEEN_THOUSANDS, catalogue_of, spoken

DOMAIN = "reasons"
_DEEPEST = 4  # a reason in a reason in a reason
_LONGEST = 2_000  # what is longer is no sentence of ours, and would cost time
_THOUSANDS = re.compile(r"\d{1,3}(,\d{3})+")
# A column has the name that it has in the file.
_IS_A_NAME = re.compile(r"(?<=['“]\{)\w+(?=\}['”])|(?<=\{)columns?(?=\})")
# A first place ends before a colon: in "a.txt: .txt files are old" the name is no part of "{suffix} files".
_NO_PREFIX = "((?:(?!: ).)*?)"


@dataclass(frozen=True)
class _Pattern:
    """A sentence with its places; what stands between quotes, and a column, is a name, and stays as it is.

    ``words`` are the most that it says in one go: quicker to look for than the whole shape.
    """

    words: str
    shape: re.Pattern[str]
    names: tuple[str, ...]
    quoted: frozenset[str]
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
    if "\n" in text:
        return "\n".join(_retold(line, language, depth) for line in text.split("\n"))
    if depth == _DEEPEST or len(text) > _LONGEST:
        return text
    if _THOUSANDS.fullmatch(text):
        return text.replace(",", BETWEEN_THOUSANDS.get(language, ","))
    for pattern in _patterns(language):
        if pattern.words in text and (found := pattern.shape.fullmatch(text)):
            told = {
                name: value if name in pattern.quoted else _retold(value, language, depth + 1)
                for name, value in zip(pattern.names, found.groups(), strict=True)
            }
            return pattern.translation.format(**told)
    if "; " in text:
        return "; ".join(_retold(part, language, depth) for part in text.split("; "))
    return text


@cache
def _patterns(language: str) -> tuple[_Pattern, ...]:
    """All sentences of a language, those that say most by themselves first."""
    known = catalogue_of(language, DOMAIN)
    sentences = sorted(known, key=lambda sentence: (-len(_literal(sentence)), sentence))
    return tuple(_pattern(sentence, known[sentence]) for sentence in sentences)


def _pattern(sentence: str, translation: str) -> _Pattern:
    shape, names = "", []
    parts = list(string.Formatter().parse(sentence))
    for number, (literal, name, _, _) in enumerate(parts):
        shape += re.escape(literal)
        if name is not None:
            first = not shape
            goes_on_with = parts[number + 1][0] if number + 1 < len(parts) else ""
            shape += _NO_PREFIX if first and not goes_on_with.startswith(":") else "(.*?)"
            names.append(name)
    quoted = frozenset(_IS_A_NAME.findall(sentence))
    words = max((literal for literal, _, _, _ in parts), key=len, default="")
    return _Pattern(words, re.compile(shape, re.DOTALL), tuple(names), quoted, translation)


def _literal(sentence: str) -> str:
    return "".join(literal for literal, _, _, _ in string.Formatter().parse(sentence))

"""The tree of codes: who stands under whom, finding a code by name, adding and renaming.

A codebook is a value: every change gives a new one, with the next version number.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from difflib import get_close_matches
from uuid import uuid4

from codebook.errors import CodebookError, UnknownCode
from codebook.models import Code, Codebook


def children(codebook: Codebook, key: str | None) -> tuple[Code, ...]:
    """The codes directly under a code, in reading order; the levels for None."""
    return tuple(code for code in codebook.codes if code.parent == key)


def descendants(codebook: Codebook, key: str) -> tuple[Code, ...]:
    """All codes under a code, in reading order, without the code itself."""
    return tuple(
        code for code in codebook.codes if any(above.key == key for above in ancestors(codebook, code.key))
    )


def ancestors(codebook: Codebook, key: str) -> tuple[Code, ...]:
    """The codes above a code, nearest first; none for a level."""
    by_key = {code.key: code for code in codebook.codes}
    above: list[Code] = []
    parent = _code_with_key(by_key, codebook, key).parent
    while parent is not None:
        above.append(_code_with_key(by_key, codebook, parent))
        parent = above[-1].parent
        if len(above) > len(by_key):
            raise CodebookError(_cycle_message(codebook.name, key))
    return tuple(above)


def level_of(codebook: Codebook, key: str) -> Code:
    """The topmost code over a code; a level is its own level."""
    above = ancestors(codebook, key)
    return above[-1] if above else next(code for code in codebook.codes if code.key == key)


def check_hierarchy(codebook: Codebook) -> None:
    """Refuse a codebook whose codes do not form a tree in reading order.

    Raises
    ------
    CodebookError
        If a key occurs twice, a parent is not in the codebook, or a code stands above itself.
    """
    repeated = [key for key, times in Counter(code.key for code in codebook.codes).items() if times > 1]
    if repeated:
        raise CodebookError(
            f"{codebook.name}: code '{repeated[0]}' occurs twice. Give one of the two another id."
        )
    known = {code.key for code in codebook.codes}
    for code in codebook.codes:
        if code.parent is not None and code.parent not in known:
            raise CodebookError(
                f"{codebook.name}, code '{code.key}': its parent '{code.parent}' is not in the codebook"
                f"{_nearest(code.parent, known)}. Add the parent, or name another."
            )
    placed: set[str | None] = {None}
    for code in codebook.codes:
        ancestors(codebook, code.key)  # refuses cycles
        if code.parent not in placed:
            raise CodebookError(
                f"{codebook.name}, code '{code.key}': it stands before its parent '{code.parent}'. "
                "Put the parent first."
            )
        placed.add(code.key)


def resolve(codebook: Codebook, name: str) -> Code:
    """The code that a person means: by key, or by a label that only one code bears.

    Capitals and accents do not matter, and any language of the codebook will do. A key wins
    over a label.

    Raises
    ------
    UnknownCode
        If no code is called so (the message names the nearest), or several are.

    Examples
    --------
    >>> from codebook.exchange import load_scheme
    >>> resolve(load_scheme("grol-wensing"), "bewustzijn").key
    'PRO-AWARE'
    """
    wanted = _folded(name)
    by_key = [code for code in codebook.codes if code.key == name]
    by_key = by_key or [code for code in codebook.codes if _folded(code.key) == wanted]
    found = by_key or [code for code in codebook.codes if wanted in map(_folded, code.label.values())]
    if len(found) == 1:
        return found[0]
    if found:
        keys = ", ".join(code.key for code in found)
        raise UnknownCode(f"code '{name}' is the name of several codes: {keys}. Use one of these ids.")
    raise _unknown(codebook, name)


def add_code(
    codebook: Codebook,
    *,
    key: str,
    label: Mapping[str, str],
    parent: str | None = None,
    definition: str = "",
    include: str = "",
    exclude: str = "",
    example: str = "",
) -> Codebook:
    """The next version of a codebook, with one code more, placed last under its parent.

    Raises
    ------
    CodebookError
        If the key is taken or holds blanks, or no label is given.
    UnknownCode
        If the parent is not in the codebook.
    """
    _check_names(codebook, key, label)
    code = Code(uuid4(), key, dict(label), parent, definition, include, exclude, example)
    if parent is None:
        position = len(codebook.codes)
    else:
        family = {resolve_key(codebook, parent).key, *(under.key for under in descendants(codebook, parent))}
        position = 1 + max(index for index, other in enumerate(codebook.codes) if other.key in family)
    codes = (*codebook.codes[:position], code, *codebook.codes[position:])
    return _next_version(replace(codebook, codes=codes))


def rename_code(
    codebook: Codebook, key: str, *, label: Mapping[str, str] | None = None, new_key: str | None = None
) -> Codebook:
    """The next version of a codebook, with another label or key for a code.

    The code stays the same code (its ``id``). The labels given replace those of their languages;
    other languages keep theirs. A new key is carried to the codes below and to the roll-ups.

    Raises
    ------
    UnknownCode
        If no code has the key.
    CodebookError
        If the new key is taken or holds blanks, a label is empty, or nothing would change.
    """
    code = resolve_key(codebook, key)
    renamed = replace(code, key=new_key or key, label={**code.label, **(label or {})})
    if renamed == code:
        raise CodebookError(f"code '{key}' is already called so. Give another label or id.")
    without = replace(codebook, codes=tuple(other for other in codebook.codes if other.key != key))
    _check_names(without, renamed.key, renamed.label)
    codes = tuple(
        renamed if other.key == key else replace(other, parent=renamed.key) if other.parent == key else other
        for other in codebook.codes
    )
    rollups = {
        name: {group: tuple(renamed.key if k == key else k for k in keys) for group, keys in groups.items()}
        for name, groups in codebook.rollups.items()
    }
    return _next_version(replace(codebook, codes=codes, rollups=rollups))


def resolve_key(codebook: Codebook, key: str) -> Code:
    """The code with exactly this key; ``UnknownCode`` if there is none."""
    return _code_with_key({code.key: code for code in codebook.codes}, codebook, key)


def next_key(codebook: Codebook, parent_key: str | None, label: str) -> str:
    """Propose a free key for a new code: its parent's, and the start of its label's longest word.

    Examples
    --------
    >>> from codebook.exchange import load_scheme
    >>> next_key(load_scheme("grol-wensing"), "ORG", "Digital tools")
    'ORG-DIGIT'
    """
    words = re.findall("[A-Z0-9]+", _folded(label).upper()) or ["CODE"]
    stem = max(words, key=len)[:5]
    stem = stem if parent_key is None else f"{parent_key}-{stem}"
    taken = {_folded(code.key) for code in codebook.codes}
    candidates = (stem if number == 1 else f"{stem}{number}" for number in range(1, len(taken) + 2))
    return next(key for key in candidates if _folded(key) not in taken)


def _next_version(codebook: Codebook) -> Codebook:
    check_hierarchy(codebook)
    return replace(codebook, version=codebook.version + 1)


def _check_names(codebook: Codebook, key: str, label: Mapping[str, str]) -> None:
    # Keys that differ only in capitals would be one code to a person who types them.
    if not key or re.search(r"\s", key):
        raise CodebookError(
            f"'{key}' cannot be the id of a code. Write a short one without blanks, as ECO-FUND."
        )
    if _folded(key) in {_folded(code.key) for code in codebook.codes}:
        raise CodebookError(f"code '{key}' is already in {codebook.name}. Choose another id.")
    if not label or not all(text.strip() for text in label.values()):
        raise CodebookError(f"code '{key}' has no label. Give it a name in at least one language.")


def _code_with_key(by_key: Mapping[str, Code], codebook: Codebook, key: str) -> Code:
    if key not in by_key:
        raise _unknown(codebook, key)
    return by_key[key]


def _unknown(codebook: Codebook, name: str) -> UnknownCode:
    names = [name for code in codebook.codes for name in (code.key, *code.label.values())]
    return UnknownCode(
        f"code '{name}' is not in the codebook{_nearest(name, names)}. Rename it or add it to the codebook."
    )


def _nearest(name: str, names: Iterable[str]) -> str:
    folded = {_folded(other): other for other in names}
    close = get_close_matches(_folded(name), folded, n=1, cutoff=0.6)
    return f"; nearest is '{folded[close[0]]}'" if close else ""


def _cycle_message(name: str, key: str) -> str:
    return f"{name}, code '{key}': it stands above itself. Give one of the codes above it another parent."


def _folded(text: str) -> str:
    """Without capitals, accents and surplus blanks."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c for c in decomposed if not unicodedata.combining(c)).split())

"""The tree of codes: who stands under whom, finding a code by name, and every change of a codebook.

A codebook is a value: every change gives a new one, with the next version number. A code that is
retired or merged away is not in the new version; earlier versions, and codings made under them,
keep it.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from uuid import uuid4

from codebook.errors import CodebookError, UnknownCode
from codebook.models import PARTS, Code, Codebook, with_labels, with_texts


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


def knows(codebook: Codebook, name: str) -> bool:
    """Whether a codebook has one code of this name, in the manner of `resolve`."""
    try:
        resolve(codebook, name)
    except UnknownCode:
        return False
    return True


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
    renamed = replace(with_labels(code, {**code.label, **(label or {})}), key=new_key or key)
    if renamed == code:
        raise CodebookError(f"code '{key}' is already called so. Give another label or id.")
    without = replace(codebook, codes=tuple(other for other in codebook.codes if other.key != key))
    _check_names(without, renamed.key, renamed.label)
    codes = tuple(
        renamed if other.key == key else replace(other, parent=renamed.key) if other.parent == key else other
        for other in codebook.codes
    )
    rollups = _rollups_with(codebook, {key: (renamed.key,)})
    return _next_version(replace(codebook, codes=codes, rollups=rollups))


def move_code(codebook: Codebook, key: str, *, parent: str | None, before: str | None = None) -> Codebook:
    """The next version of a codebook, with a code, and all under it, at another place.

    Parameters
    ----------
    parent : str or None
        The key of the code under which it shall stand; None makes it a level.
    before : str, optional
        The key of the code that it shall stand before; last under its parent where nothing is said.

    Raises
    ------
    UnknownCode
        If one of the codes is not in the codebook.
    CodebookError
        If the code would stand under itself, or it stands there already.
    """
    code = resolve_key(codebook, key)
    if parent is not None:
        above = [parent, *(other.key for other in ancestors(codebook, parent))]
        if key in above:
            raise CodebookError(
                f"code '{key}' cannot stand under '{parent}', which is the code itself or stands under it. "
                "Choose another place."
            )
    siblings = [other.key for other in children(codebook, parent) if other.key != key]
    if before is not None and before not in siblings:
        resolve_key(codebook, before)
        raise CodebookError(f"code '{before}' does not stand under '{parent}'. Choose one that does.")
    place = len(siblings) if before is None else siblings.index(before)
    order = [*siblings[:place], key, *siblings[place:]]
    if code.parent == parent and order == [other.key for other in children(codebook, parent)]:
        raise CodebookError(f"code '{key}' stands there already.")
    moved = _with_code(codebook, replace(code, parent=parent))
    return _next_version(_in_tree_order(moved, {parent: order}))


def edit_code(
    codebook: Codebook,
    key: str,
    *,
    label: Mapping[str, str] | None = None,
    terms: Mapping[str, Sequence[str]] | None = None,
    **texts: str | Mapping[str, str],
) -> Codebook:
    """The next version of a codebook, in which a code is described otherwise.

    Parameters
    ----------
    label : mapping, optional
        Language to name. Languages that are not given keep theirs; an empty name takes one away.
    terms : mapping, optional
        Language to the words that suggest the code, in the same manner.
    **texts : str or mapping
        ``definition``, ``include`` and ``exclude``, in the first language of the code or by language
        in the manner of ``label``; ``example``, ``ticd``, ``cfir2022`` or ``colour`` (``#RRGGBB``, or
        empty for the colour of the level).

    Raises
    ------
    UnknownCode
        If no code has the key.
    CodebookError
        If no label is left, the colour is none, or nothing would change.
    """
    code = resolve_key(codebook, key)
    if not re.fullmatch(r"(#[0-9A-Fa-f]{6})?", str(texts.get("colour", ""))):
        raise CodebookError(f"'{texts['colour']}' is no colour. Write it as #0B625E.")
    names = {language: name for language, name in {**code.label, **(label or {})}.items() if name.strip()}
    words = {
        language: tuple(dict.fromkeys(word.strip() for word in given if word.strip()))
        for language, given in {**code.terms, **(terms or {})}.items()
    }
    kept = {language: given for language, given in words.items() if given}
    first = code.first_language
    said = {
        part: {**code.in_languages(part), **({first: text} if isinstance(text, str) else text)}
        for part, text in texts.items()
        if part in PARTS
    }
    plain = {name: text for name, text in texts.items() if name not in PARTS}
    edited = replace(with_labels(with_texts(code, said), names), terms=kept, **plain)  # type: ignore[arg-type]
    if edited == code:
        raise CodebookError(f"code '{key}' is described so already. Change something first.")
    if not names:
        raise CodebookError(f"code '{key}' has no label. Give it a name in at least one language.")
    return _next_version(_with_code(codebook, edited))


def merge_codes(codebook: Codebook, key: str, *, into: str) -> Codebook:
    """The next version of a codebook, in which one code has gone into another.

    What stood under it stands last under the other; its terms suggest the other from now on, and
    where a roll-up named it, the other takes its place. Definitions are not joined: whoever merges
    writes what the code now means.

    Raises
    ------
    UnknownCode
        If one of the codes is not in the codebook.
    CodebookError
        If both are the same code, or the other stands under the one that would go.
    """
    gone, kept = resolve_key(codebook, key), resolve_key(codebook, into)
    if gone.key in (kept.key, *(above.key for above in ancestors(codebook, into))):
        raise CodebookError(
            f"code '{key}' cannot go into '{into}', which is the code itself or stands under it. "
            "Move that one out first, or merge the other way round."
        )
    terms = {
        language: tuple(dict.fromkeys([*kept.terms.get(language, ()), *gone.terms.get(language, ())]))
        for language in dict.fromkeys([*kept.terms, *gone.terms])
    }
    below = [code.key for code in (*children(codebook, into), *children(codebook, key)) if code.key != key]
    codes = tuple(
        replace(code, terms=terms)
        if code.key == into
        else replace(code, parent=into)
        if code.parent == key
        else code
        for code in codebook.codes
        if code.key != key
    )
    merged = replace(codebook, codes=codes, rollups=_rollups_with(codebook, {key: (into,)}))
    return _next_version(_in_tree_order(merged, {into: below}))


def split_code(
    codebook: Codebook, key: str, *, new_key: str, label: Mapping[str, str], definition: str = ""
) -> Codebook:
    """The next version of a codebook, with a second code right after one, to take over part of it.

    The new code stands in every group of a roll-up that names the old one.

    Raises
    ------
    UnknownCode
        If no code has the key.
    CodebookError
        If the new key is taken or holds blanks, or no label is given.
    """
    code = resolve_key(codebook, key)
    added = add_code(codebook, key=new_key, label=label, parent=code.parent, definition=definition)
    order = [other.key for other in children(codebook, code.parent)]
    order.insert(order.index(key) + 1, new_key)
    rollups = _rollups_with(codebook, {key: (key, new_key)})
    return replace(_in_tree_order(added, {code.parent: order}), rollups=rollups)


def retire_code(codebook: Codebook, key: str) -> Codebook:
    """The next version of a codebook, without a code. Codings that bear it keep it.

    Raises
    ------
    UnknownCode
        If no code has the key.
    CodebookError
        If codes stand under it, or it is the only one.
    """
    resolve_key(codebook, key)
    below = children(codebook, key)
    if below:
        raise CodebookError(
            f"code '{key}' has {len(below)} {'code' if len(below) == 1 else 'codes'} under it. "
            "Move or retire them first."
        )
    codes = tuple(code for code in codebook.codes if code.key != key)
    if not codes:
        raise CodebookError(f"code '{key}' is the only one. Add another before you retire it.")
    return _next_version(replace(codebook, codes=codes, rollups=_rollups_with(codebook, {key: ()})))


def restore_version(codebook: Codebook, earlier: Codebook) -> Codebook:
    """The next version of a codebook, in which everything is as it was in an earlier one.

    Raises
    ------
    CodebookError
        If it is so already.
    """
    if replace(earlier, version=codebook.version) == codebook:
        raise CodebookError(f"{codebook.name} says now what it said in version {earlier.version}.")
    return _next_version(replace(earlier, version=codebook.version))


def place_in_group(codebook: Codebook, key: str, *, rollup: str, group: str | None) -> Codebook:
    """The next version of a codebook, in which a code counts in a group of a roll-up of its own.

    None lets it count again where the code above it does.

    Raises
    ------
    UnknownCode
        If no code has the key.
    CodebookError
        If there is no such roll-up or group, or nothing would change.
    """
    resolve_key(codebook, key)
    groups_of(codebook, rollup)  # refuses one that is not there
    groups = codebook.rollups[rollup]
    if group is not None and group not in groups:
        raise CodebookError(f"the roll-up '{rollup}' has no group '{group}'. It has {', '.join(groups)}.")
    placed = {
        name: (*(other for other in keys if other != key), *([key] if name == group else []))
        for name, keys in groups.items()
    }
    if {name: set(keys) for name, keys in placed.items()} == {n: set(keys) for n, keys in groups.items()}:
        raise CodebookError(f"code '{key}' counts there already.")
    return _next_version(replace(codebook, rollups={**codebook.rollups, rollup: placed}))


def rolled_up(
    codebook: Codebook,
    counts: Mapping[str, int],
    rollup: str,
    *,
    exceptions: Mapping[str, str] | None = None,
) -> dict[str | None, int]:
    """How often each group of a reporting roll-up was coded.

    A code counts in the group that names it, else in the one that names the nearest code above it.

    Parameters
    ----------
    counts : mapping
        Key of a code to the number of its own codings; codes that are not in the codebook, because
        they were retired, belong to no group.
    exceptions : mapping, optional
        Key of a code to the group in which it, and what stands under it, counts instead.

    Returns
    -------
    dict
        Group to number, in the order of the roll-up, with those of no group under None at the end.
        The numbers add up to those given.

    Raises
    ------
    CodebookError
        If there is no such roll-up, or an exception names a group that it lacks.

    Examples
    --------
    >>> from codebook.exchange import load_scheme
    >>> scheme, counts = load_scheme("grol-wensing"), {"INN-ADV": 2, "IMP-FACIL": 3, "OLD": 1}
    >>> usual = rolled_up(scheme, counts, "aalst")
    >>> usual["programme"], usual["method"], usual[None]
    (2, 3, 1)
    >>> rolled_up(scheme, counts, "aalst", exceptions={"IMP-FACIL": "programme"})["programme"]
    5
    """
    groups_of(codebook, rollup)  # refuses one that is not there
    groups = codebook.rollups[rollup]
    placed = _placed(groups)
    for key, group in (exceptions or {}).items():
        if group not in groups:
            raise CodebookError(f"the roll-up '{rollup}' has no group '{group}'. It has {', '.join(groups)}.")
        placed[resolve_key(codebook, key).key] = group
    told: dict[str | None, int] = {**dict.fromkeys(groups, 0), None: 0}
    for key, number in counts.items():
        told[_group(codebook, placed, key)] += number
    return told


def groups_of(codebook: Codebook, rollup: str) -> tuple[str, ...]:
    """The groups of a reporting roll-up; ``CodebookError`` if there is no such roll-up."""
    if rollup not in codebook.rollups:
        names = ", ".join(codebook.rollups) or "none"
        raise CodebookError(f"{codebook.name} has no roll-up '{rollup}'. Available: {names}.")
    return tuple(codebook.rollups[rollup])


def group_of(codebook: Codebook, key: str, rollup: str) -> str | None:
    """The group of a reporting roll-up in which a code counts; None where it counts in none."""
    return _group(codebook, _placed(codebook.rollups[rollup]), key)


def _placed(groups: Mapping[str, Iterable[str]]) -> dict[str, str]:
    return {key: group for group, keys in groups.items() for key in keys}


def _group(codebook: Codebook, placed: Mapping[str, str], key: str) -> str | None:
    if all(code.key != key for code in codebook.codes):
        return None
    line = [key, *(above.key for above in ancestors(codebook, key))]
    return next((placed[name] for name in line if name in placed), None)


def _with_code(codebook: Codebook, changed: Code) -> Codebook:
    codes = tuple(changed if code.id == changed.id else code for code in codebook.codes)
    return replace(codebook, codes=codes)


def _in_tree_order(codebook: Codebook, orders: Mapping[str | None, Sequence[str]]) -> Codebook:
    """Each code followed by those under it; what stands under a code of ``orders`` stands in its order."""
    below: dict[str | None, list[Code]] = {}
    for code in codebook.codes:
        below.setdefault(code.parent, []).append(code)
    for parent, order in orders.items():
        below.get(parent, []).sort(key=lambda code: order.index(code.key))
    ordered: list[Code] = []
    waiting = list(reversed(below.get(None, [])))
    while waiting:
        ordered.append(waiting.pop())
        waiting += reversed(below.get(ordered[-1].key, []))
    return replace(codebook, codes=tuple(ordered))


def _rollups_with(
    codebook: Codebook, instead: Mapping[str, tuple[str, ...]]
) -> dict[str, dict[str, tuple[str, ...]]]:
    """The roll-ups, with other keys in the place of some; a key stands in one group, where it stood first."""
    told: dict[str, dict[str, tuple[str, ...]]] = {}
    for name, groups in codebook.rollups.items():
        kept = {key for keys in groups.values() for key in keys if key not in instead}
        told[name] = {}
        for group, keys in groups.items():
            new = [k for key in keys for k in instead.get(key, (key,)) if key not in instead or k not in kept]
            told[name][group] = tuple(dict.fromkeys(new))
    return told


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

"""Step 2 of the protocol: four part-judgements on a pair of sources become one code, under a named rule.

The scheme of Farmer et al. (2006) compares sources on two elements, {meaning, prominence} and
{coverage, examples}, and can be read in more than one way; so the rule has a name and is printed
with the results. Meaning is judged by researchers; nothing here reads text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import TypeVar

from triangulation.models import ConvergenceCode, Meaning, Part, Rule

# A part as a rule sees it: the same, not the same, or left out of the comparison.
_Seen = bool | None

RULE_WORDS: Mapping[Rule, str] = MappingProxyType(
    {
        Rule.PARTS: (
            "convergence agreement when all assessable parts are the same, dissonance when all differ, "
            "partial agreement in between"
        ),
        Rule.ELEMENTS_STRICT: (
            "convergence agreement when both elements are wholly the same, partial agreement when exactly "
            "one element is, dissonance when neither is"
        ),
        Rule.MEANING_PROMINENCE: (
            "convergence agreement when meaning and prominence are the same, partial agreement when one of "
            "them is, dissonance when both differ; coverage and examples are shown but not used"
        ),
        Rule.MEANING_FIRST: (
            "dissonance when the meanings contradict each other, convergence agreement when all assessable "
            "parts are the same, partial agreement when the meanings are the same or complementary and "
            "something differs"
        ),
        Rule.OWN: (
            "a code set of the team's own, proposed from the meanings alone: the first code when they are "
            "the same, the second when they are complementary, the last when they contradict each other; "
            "prominence, coverage and examples are recorded but not used"
        ),
    }
)

_LETTERS = {
    "a": ConvergenceCode.AGREEMENT,
    "pa": ConvergenceCode.PARTIAL,
    "p": ConvergenceCode.PARTIAL,
    "partial agreement": ConvergenceCode.PARTIAL,
    "s": ConvergenceCode.SILENCE,
    "d": ConvergenceCode.DISSONANCE,
    "u": ConvergenceCode.UNDETERMINED,
    "?": ConvergenceCode.UNDETERMINED,
}


def convergence_code(
    *,
    meaning: Meaning | str | None = None,
    prominence: Part | str | None = None,
    coverage: Part | str | None = None,
    examples: Part | str | None = None,
    speaks_a: bool,
    speaks_b: bool,
    rule: Rule | str = Rule.PARTS,
) -> ConvergenceCode | None:
    """The code of one pair of sources on one row.

    Silence is decided first, from who speaks. Where both sources speak, the rule reads the parts;
    those that are ``not_assessable`` or were not judged (None) are left out. No code rests on half
    the comparison: where too little was judged for the rule the answer is ``undetermined``, which
    is no code but a gap in every coefficient. That includes a pair on which nothing was judged.

    Parameters
    ----------
    meaning : Meaning or str, optional
        ``same``, ``complementary``, ``contradictory`` or ``not_assessable``; ``different`` is read
        as ``contradictory``. Compare the direction of the effect, not the label. Complementary
        counts as not the same, except under ``meaning_first``.
    prominence, coverage, examples : Part or str, optional
        ``same``, ``different`` or ``not_assessable``.
    speaks_a, speaks_b : bool
        Whether each source says anything on the row.
    rule : Rule or str
        How the parts become a code; see Notes.

    Returns
    -------
    ConvergenceCode or None
        None where neither source speaks: there is then nothing to code.

    Raises
    ------
    ValueError
        A part or rule outside its set.

    Notes
    -----
    Of the 16 combinations of same and different, the rules give agreement, partial, dissonance:
    ``parts`` 1, 14, 1; ``elements_strict`` 1, 6, 9; ``meaning_prominence`` 4, 8, 4;
    ``meaning_first`` 1, 7, 8. ``own`` serves a code set of the team's own: meaning alone proposes the
    code, same is agreement, complementary partial, contradictory dissonance.

    References
    ----------
    .. [1] T. Farmer, K. Robinson, S. J. Elliott, J. Eyles, "Developing and implementing a
       triangulation protocol for qualitative health research", Qual Health Res 16(3), 2006.

    Examples
    --------
    >>> convergence_code(meaning="same", prominence="same", coverage="same", examples="different",
    ...                  speaks_a=True, speaks_b=True).value
    'partial'
    >>> convergence_code(meaning="same", speaks_a=True, speaks_b=False).value
    'silence'
    >>> convergence_code(meaning="same", prominence="same", speaks_a=True, speaks_b=True).value
    'undetermined'
    >>> convergence_code(speaks_a=False, speaks_b=False) is None
    True
    """
    judged_meaning = parse_meaning(meaning)
    others = tuple(parse_part(part) for part in (prominence, coverage, examples))
    derive = _RULES[_member(Rule, rule)]
    if not (speaks_a or speaks_b):
        return None
    if speaks_a != speaks_b:
        return ConvergenceCode.SILENCE
    return derive(judged_meaning, *(_seen(part) for part in others))


def parts_judged(
    *,
    meaning: Meaning | str | None = None,
    prominence: Part | str | None = None,
    coverage: Part | str | None = None,
    examples: Part | str | None = None,
) -> int:
    """How many of the four parts carry the comparison: judged, and not ``not_assessable``.

    >>> parts_judged(meaning="same", prominence="not_assessable", examples="different")
    2
    """
    parts = (
        _meaning_seen(parse_meaning(meaning)),
        *(_seen(parse_part(p)) for p in (prominence, coverage, examples)),
    )
    return sum(part is not None for part in parts)


def same_meaning_different_weight(
    code: ConvergenceCode | None, *, meaning: Meaning | str | None, rule: Rule | str
) -> bool:
    """Whether a dissonance is one of weight alone, which is no contradiction.

    Under ``elements_strict`` two sources that mean the same can come out dissonant because
    prominence and, say, coverage differ. Such a cell is flagged and not counted as contradiction.

    >>> same_meaning_different_weight(ConvergenceCode.DISSONANCE, meaning="same", rule="elements_strict")
    True
    """
    return (
        code is ConvergenceCode.DISSONANCE
        and _member(Rule, rule) is Rule.ELEMENTS_STRICT
        and parse_meaning(meaning) is Meaning.SAME
    )


def parse_code(text: str) -> ConvergenceCode | None:
    """A code as people write it: A, PA or P, S, D, or the word. Empty is None.

    >>> parse_code("PA").value, parse_code("Dissonance").value, parse_code(" ")
    ('partial', 'dissonance', None)
    """
    word = _word(text)
    if not word:
        return None
    found = _LETTERS.get(word)
    return found if found is not None else _member(ConvergenceCode, word)


def parse_meaning(value: Meaning | str | None) -> Meaning | None:
    """A meaning as people write it; ``different`` means contradictory, empty is None.

    >>> parse_meaning("different").value, parse_meaning("")
    ('contradictory', None)
    """
    if value is None or isinstance(value, Meaning):
        return value
    word = _word(value)
    if not word:
        return None
    return Meaning.CONTRADICTORY if word == "different" else _member(Meaning, word.replace(" ", "_"))


def parse_part(value: Part | str | None) -> Part | None:
    """Prominence, coverage or examples as people write it; empty is None.

    >>> parse_part("Not assessable").value
    'not_assessable'
    """
    if value is None or isinstance(value, Part):
        return value
    word = _word(value)
    return _member(Part, word.replace(" ", "_")) if word else None


def _word(value: str | None) -> str:
    return " ".join((value or "").lower().replace("_", " ").replace("-", " ").split())


_M = TypeVar("_M", Meaning, Part, Rule, ConvergenceCode)


def _member(kind: type[_M], value: str) -> _M:
    try:
        return kind(value)
    except ValueError:
        known = ", ".join(kind)
        raise ValueError(f"'{value}' is none of {known}") from None


def _seen(part: Part | None) -> _Seen:
    return None if part is None or part is Part.NOT_ASSESSABLE else part is Part.SAME


def _meaning_seen(meaning: Meaning | None) -> _Seen:
    return None if meaning is None or meaning is Meaning.NOT_ASSESSABLE else meaning is Meaning.SAME


def _assessable(parts: Sequence[_Seen]) -> list[bool]:
    return [part for part in parts if part is not None]


def _by_parts(
    meaning: Meaning | None, prominence: _Seen, coverage: _Seen, examples: _Seen
) -> ConvergenceCode:
    first = _assessable((_meaning_seen(meaning), prominence))
    second = _assessable((coverage, examples))
    parts = first + second
    if any(parts) and not all(parts):
        return ConvergenceCode.PARTIAL  # a mixture stays one, whatever the left-out parts would say
    if not (first and second):
        return ConvergenceCode.UNDETERMINED
    return ConvergenceCode.AGREEMENT if all(parts) else ConvergenceCode.DISSONANCE


def _by_elements(
    meaning: Meaning | None, prominence: _Seen, coverage: _Seen, examples: _Seen
) -> ConvergenceCode:
    first = _assessable((_meaning_seen(meaning), prominence))
    second = _assessable((coverage, examples))
    if not (first and second):
        return ConvergenceCode.UNDETERMINED
    return _count_same(all(first), all(second))


def _by_meaning_and_prominence(
    meaning: Meaning | None, prominence: _Seen, coverage: _Seen, examples: _Seen
) -> ConvergenceCode:
    same_meaning = _meaning_seen(meaning)
    if same_meaning is None or prominence is None:
        return ConvergenceCode.UNDETERMINED
    return _count_same(same_meaning, prominence)


def _by_meaning_first(
    meaning: Meaning | None, prominence: _Seen, coverage: _Seen, examples: _Seen
) -> ConvergenceCode:
    if meaning is Meaning.CONTRADICTORY:
        return ConvergenceCode.DISSONANCE
    if meaning is Meaning.COMPLEMENTARY:
        return ConvergenceCode.PARTIAL
    second = _assessable((coverage, examples))
    if meaning is not Meaning.SAME or not second:
        return ConvergenceCode.UNDETERMINED
    others = _assessable((prominence,)) + second
    return ConvergenceCode.AGREEMENT if all(others) else ConvergenceCode.PARTIAL


def _by_meaning(
    meaning: Meaning | None, _prominence: _Seen, _coverage: _Seen, _examples: _Seen
) -> ConvergenceCode:
    if meaning is None:
        return ConvergenceCode.UNDETERMINED
    return _OF_MEANING.get(meaning, ConvergenceCode.UNDETERMINED)


_OF_MEANING = {
    Meaning.SAME: ConvergenceCode.AGREEMENT,
    Meaning.COMPLEMENTARY: ConvergenceCode.PARTIAL,
    Meaning.CONTRADICTORY: ConvergenceCode.DISSONANCE,
}


def _count_same(first: bool, second: bool) -> ConvergenceCode:
    if first and second:
        return ConvergenceCode.AGREEMENT
    return ConvergenceCode.PARTIAL if first or second else ConvergenceCode.DISSONANCE


_RULES: Mapping[Rule, Callable[[Meaning | None, _Seen, _Seen, _Seen], ConvergenceCode]] = {
    Rule.PARTS: _by_parts,
    Rule.ELEMENTS_STRICT: _by_elements,
    Rule.MEANING_PROMINENCE: _by_meaning_and_prominence,
    Rule.MEANING_FIRST: _by_meaning_first,
    Rule.OWN: _by_meaning,
}

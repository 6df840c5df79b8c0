"""The language of searches: words, phrases, beginnings, forms, nearness, patterns, and where to look.

`parse_query` turns what a person wrote into a value; what it cannot mean is refused with the place and
the remedy. The language is described for users in docs/reference/search.md.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from corpus.errors import UserFacingError
from corpus.search.folding import fold
from corpus.search.patterns import check_pattern

#: Longer queries are refused, and so are brackets in brackets deeper than this.
MOST_CHARACTERS, DEEPEST = 1_000, 20

#: How far apart NEAR looks where no number is given, and the farthest that can be asked.
NEAR, FARTHEST = 10, 1_000

#: What can be said of where to look: each is written ``name:value``.
FIELDS = ("speaker", "role", "group", "source", "title", "language", "after", "before")

#: Those of them that say who speaks.
OF_SPEAKERS = ("speaker", "role", "group")


class QueryError(UserFacingError):
    """A query that means nothing, with the place in it (counted from 1) and the remedy."""

    def __init__(self, place: int, message: str) -> None:
        super().__init__(f"In the search, character {place + 1}: {message}")


@dataclass(frozen=True)
class Word:
    """A word as typed; ``*`` in it stands for any letters. With ``is_lemma`` any of its forms will do."""

    text: str
    is_lemma: bool = False


@dataclass(frozen=True)
class Phrase:
    """Words that follow each other; a single word is a phrase of one."""

    words: tuple[Word, ...]


@dataclass(frozen=True)
class Pattern:
    """A regular expression, of the language that RE2 knows."""

    source: str


@dataclass(frozen=True)
class Near:
    """Two things that stand within so many words of each other, in either order."""

    left: Expression
    right: Expression
    within: int


@dataclass(frozen=True)
class Every:
    """All of these must occur in a document."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True)
class Either:
    """At least one of these must occur."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True)
class Without:
    """This must not occur in a document; it stands within `Every` only."""

    part: Expression


Expression = Phrase | Pattern | Near | Every | Either | Without


@dataclass(frozen=True)
class Speaker:
    """Who speaks: the label as written, and of the participant whose label it is what is known."""

    label: str
    name: str = ""
    role: str = ""
    group: str = ""


@dataclass(frozen=True)
class Condition:
    """Where to look: a field with its value, in which ``*`` stands for anything."""

    field: str
    value: str
    is_excluded: bool = False

    def fits(self, *texts: str | None) -> bool:
        """Whether one of the values of the field is the one asked for, whatever its case and accents.

        >>> Condition("source", "minutes").fits("Minutes"), Condition("speaker", "GP*").fits("GP 3")
        (True, True)
        """
        return any(self._is(fold(text).text) for text in texts if text) != self.is_excluded

    def _is(self, text: str) -> bool:
        wanted = self._wanted
        if "*" in wanted:
            return re.fullmatch(".*".join(map(re.escape, wanted.split("*"))), text, re.S) is not None
        return wanted in text if self.field == "title" else wanted == text

    @cached_property
    def _wanted(self) -> str:
        return fold(self.value).text


@dataclass(frozen=True)
class Query:
    """What to look for, and where.

    Conditions of the same field are alternatives, those of different fields must all hold; excluded ones
    must all hold. ``since`` is the first day, ``until`` the day after the last; None: any.
    """

    wanted: Expression
    conditions: tuple[Condition, ...] = ()
    since: dt.date | None = None
    until: dt.date | None = None

    def of(self, field: str) -> tuple[Condition, ...]:
        """The conditions of one field."""
        return tuple(condition for condition in self.conditions if condition.field == field)

    def holds(self, field: str, *texts: str | None) -> bool:
        """Whether the values of a field, of which there may be several, pass its conditions."""
        asked = self._by_field.get(field)
        if asked is None:
            return True
        wanted, excluded = asked
        return (not wanted or any(condition.fits(*texts) for condition in wanted)) and all(
            condition.fits(*texts) for condition in excluded
        )

    @cached_property
    def _by_field(self) -> dict[str, tuple[list[Condition], list[Condition]]]:
        found: dict[str, tuple[list[Condition], list[Condition]]] = {}
        for condition in self.conditions:
            found.setdefault(condition.field, ([], []))[condition.is_excluded].append(condition)
        return found

    def holds_on(self, date: dt.date | None) -> bool:
        """Whether a document of a date is one to look in; one without a date passes no limit of dates."""
        if self.since is not None and (date is None or date < self.since):
            return False
        return self.until is None or (date is not None and date < self.until)

    def asks_who(self) -> bool:
        """Whether it matters who speaks."""
        return any(condition.field in OF_SPEAKERS for condition in self.conditions)

    def names_somebody(self) -> bool:
        """Whether only what somebody says is looked into, and nothing that nobody speaks."""
        return any(c.field in OF_SPEAKERS and not c.is_excluded for c in self.conditions)

    def is_said_by(self, speaker: Speaker | None) -> bool:
        """Whether to look into what a speaker says; None: into what nobody speaks.

        A speaker is named by the label as written or by the name of the participant.

        >>> query = parse_query("money speaker:Anna role:nurse")
        >>> query.is_said_by(Speaker("GP 3", "Anna", "Nurse")), query.is_said_by(Speaker("Anna"))
        (True, False)
        """
        if speaker is None:
            return not self.names_somebody()
        return (
            self.holds("speaker", speaker.label, speaker.name)
            and self.holds("role", speaker.role)
            and self.holds("group", speaker.group)
        )


def leaves(expression: Expression) -> Iterator[Phrase | Near | Pattern]:
    """What an expression wants found, in the order in which it was written; not what must not occur."""
    if isinstance(expression, Every | Either):
        for part in expression.parts:
            yield from leaves(part)
    elif not isinstance(expression, Without):
        yield expression


def has_patterns(expression: Expression) -> bool:
    """Whether a pattern stands anywhere in an expression."""
    if isinstance(expression, Every | Either):
        return any(map(has_patterns, expression.parts))
    if isinstance(expression, Without):
        return has_patterns(expression.part)
    return isinstance(expression, Pattern)


def parse_query(text: str, *, lemma: bool = False) -> Query | None:
    """Read a query; None where there is nothing in it.

    Parameters
    ----------
    text : str
        What a person wrote, see docs/reference/search.md.
    lemma : bool
        Look for every word in all its forms, as if ``lemma:`` stood before each.

    Raises
    ------
    QueryError
        Naming the place and the remedy.

    Examples
    --------
    >>> parse_query('geld -"geen geld" source:Minutes').conditions
    (Condition(field='source', value='Minutes', is_excluded=False),)
    >>> parse_query("a OR b c")
    Traceback (most recent call last):
    ...
    corpus.search.query.QueryError: In the search, character 1: OR stands beside words that must all occur. \
Say with brackets what it joins, as in (money OR budget) nurse.
    """
    if len(text) > MOST_CHARACTERS:
        raise QueryError(
            MOST_CHARACTERS, f"the query has {len(text):,} characters; {MOST_CHARACTERS:,} is the most."
        )
    return _Reader(text, lemma=lemma).query()


_OR_OF_FIELDS = (
    "OR joins words. Fields of one kind are alternatives already: source:Minutes source:Survey looks into "
    "both."
)
_OPENING, _CLOSING = '"“”„«»', '"“”»«'
_WORD = re.compile(rf"[^\s(){_OPENING}]+")
_FIELD = re.compile(r"([^\W\d_]+):")
_NEAR = re.compile(r"NEAR(?:/(\d+))?(?=[\s()]|$)")
_OPERATOR = re.compile(r"(OR|AND|NOT)(?=[\s()]|$)")
_PATTERN = re.compile(r"/((?:[^/\\]|\\.)+)/(?=[\s()]|$)", re.S)
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?")


class _Reader:
    """Reads one query from left to right."""

    def __init__(self, text: str, *, lemma: bool) -> None:
        self._text = text
        self._at = 0
        self._lemma = lemma
        self._conditions: list[Condition] = []
        self._dates: dict[str, dt.date] = {}

    def query(self) -> Query | None:
        wanted = self._group(0)
        if self._at < len(self._text):
            raise QueryError(
                self._at, "a bracket closes that was not opened. Take it out, or open it before."
            )
        if wanted is None and not self._conditions and not self._dates:
            return None
        if wanted is None or not list(leaves(wanted)):
            raise QueryError(0, "say also which words to look for; the rest only says where, or what not.")
        return Query(wanted, tuple(self._conditions), self._dates.get("after"), self._dates.get("before"))

    def _group(self, depth: int) -> Expression | None:
        """Everything up to the end or the closing bracket."""
        if depth > DEEPEST:
            raise QueryError(self._at, "there are too many brackets in brackets. Say it with fewer.")
        begin = self._at
        wanted: list[Expression] = []
        excluded: list[Expression] = []
        joined: set[str] = set()
        operator, after = "", ""
        while self._more():
            place = self._at
            found = self._operator()
            if found in ("OR", "AND"):
                if after == "field" and found == "OR":
                    raise QueryError(place, _OR_OF_FIELDS)
                if operator or not after:
                    raise QueryError(place, f"{found} needs something to look for on both of its sides.")
                operator = found
                continue
            if found == "NEAR":
                raise QueryError(place, "NEAR needs a word or phrase on both of its sides.")
            without = found == "NOT" or self._minus()
            before = len(self._conditions) + len(self._dates)
            part = self._operand(depth, excluded=without)
            if len(self._conditions) + len(self._dates) > before:
                if operator == "OR":
                    raise QueryError(place, _OR_OF_FIELDS)
                operator, after = "", "field"
                continue
            if part is None:
                raise QueryError(place, "the brackets are empty. Put words between them, or take them out.")
            if without:
                if operator == "OR":
                    raise QueryError(place, "what must not occur cannot be one side of OR.")
                excluded.append(part)
            else:
                if wanted:
                    joined.add(operator or "AND")
                wanted.append(part)
            operator, after = "", "words"
        if operator:
            raise QueryError(self._at, f"{operator} needs something to look for on both of its sides.")
        if len(joined) > 1:
            raise QueryError(
                begin,
                "OR stands beside words that must all occur. Say with brackets what it joins, as in "
                "(money OR budget) nurse.",
            )
        if not wanted and not excluded:
            return None
        if joined == {"OR"}:
            wanted = [Either(tuple(wanted))]
        parts = (*wanted, *map(Without, excluded))
        return parts[0] if len(parts) == 1 and wanted else Every(parts)

    def _more(self) -> bool:
        while self._at < len(self._text) and self._text[self._at].isspace():
            self._at += 1
        return self._at < len(self._text) and self._text[self._at] != ")"

    def _operator(self) -> str:
        match = _OPERATOR.match(self._text, self._at)
        if match is None:
            return "NEAR" if _NEAR.match(self._text, self._at) else ""
        self._at = match.end()
        return match.group()

    def _minus(self) -> bool:
        if self._text[self._at] != "-":
            return False
        if self._at + 1 == len(self._text) or self._text[self._at + 1] in " \t\n)-":
            raise QueryError(
                self._at, "the minus stands alone. Write it against the word that must not occur."
            )
        self._at += 1
        return True

    def _operand(self, depth: int, *, excluded: bool) -> Expression | None:
        """One thing to look for, with what must stand near it; None where it was a field."""
        before = len(self._conditions) + len(self._dates)
        place = self._at
        if not self._more():
            raise QueryError(place, "NOT needs something after it.")
        part = self._one(depth, excluded=excluded)
        if part is None or len(self._conditions) + len(self._dates) > before:
            return part
        while self._more() and (near := _NEAR.match(self._text, self._at)):
            at = self._at
            within = int(near[1]) if near[1] else NEAR
            if not 1 <= within <= FARTHEST:
                raise QueryError(at, f"NEAR counts from 1 to {FARTHEST:,} words.")
            self._at = near.end()
            if not self._more() or _OPERATOR.match(self._text, self._at):
                raise QueryError(at, "NEAR needs a word or phrase on both of its sides.")
            right = self._one(depth, excluded=excluded)
            if right is None or not (_can_be_near(part) and _can_be_near(right)):
                raise QueryError(at, "NEAR joins words and phrases, or such with OR between brackets.")
            part = Near(part, right, within)
        return part

    def _one(self, depth: int, *, excluded: bool) -> Expression | None:
        place, sign = self._at, self._text[self._at]
        if sign == "(":
            self._at += 1
            found = self._group(depth + 1)
            if self._at >= len(self._text):
                raise QueryError(place, "this bracket is not closed. Close it, or put it between quotes.")
            self._at += 1
            return found
        if sign in _OPENING:
            return self._phrase(place, self._quoted(), is_lemma=self._lemma)
        if sign == "/":
            return self._pattern()
        field = _FIELD.match(self._text, self._at)
        if field is not None:
            return self._field(field, depth, excluded=excluded)
        return self._phrase(place, self._word(), is_lemma=self._lemma)

    def _word(self) -> str:
        match = _WORD.match(self._text, self._at)
        assert match is not None
        self._at = match.end()
        return match.group()

    def _quoted(self) -> str:
        begin = self._at
        for end in range(begin + 1, len(self._text)):
            if self._text[end] in _CLOSING:
                self._at = end + 1
                return self._text[begin + 1 : end]
        raise QueryError(begin, "this quotation mark is not closed. Close it, or take it out.")

    def _pattern(self) -> Pattern:
        match = _PATTERN.match(self._text, self._at)
        if match is None:
            raise QueryError(
                self._at,
                "this pattern is not closed. Write it between two slashes, as in /paid (leave|time)/.",
            )
        try:
            check_pattern(match[1])
        except UserFacingError as error:
            raise QueryError(self._at, str(error)) from error
        self._at = match.end()
        return Pattern(match[1])

    def _phrase(self, place: int, text: str, *, is_lemma: bool) -> Phrase:
        words = tuple(Word(word, is_lemma and "*" not in word) for word in text.split() if fold(word).text)
        if not words:
            raise QueryError(place, "there is nothing to look for between the quotation marks.")
        for word in words:
            if "*" in word.text and not any(map(str.isalnum, word.text)):
                raise QueryError(place, "a * needs letters beside it, as in nurs* or *time*.")
        return Phrase(words)

    def _field(self, field: re.Match[str], depth: int, *, excluded: bool) -> Expression | None:
        place, name = self._at, field[1].lower()
        if name != "lemma" and name not in FIELDS:
            raise QueryError(
                place,
                f"there is no '{name}:'. There are lemma:, {', '.join(f'{known}:' for known in FIELDS)}. "
                "To look for the words themselves, put them between quotation marks.",
            )
        self._at = field.end()
        value = self._value(place, name)
        if name == "lemma":
            return self._phrase(place, value, is_lemma=True)
        if depth:
            raise QueryError(place, f"{name}: holds for the whole search. Write it outside the brackets.")
        if name in ("after", "before"):
            if excluded or name in self._dates:
                raise QueryError(place, f"say {name}: once, and without a minus.")
            self._dates[name] = _date(place, name, value)
        else:
            self._conditions.append(Condition(name, value, excluded))
        return None

    def _value(self, place: int, name: str) -> str:
        if self._at < len(self._text) and self._text[self._at] in _OPENING:
            value = self._quoted().strip()
        else:
            match = _WORD.match(self._text, self._at)
            value = "" if match is None else match.group()
            self._at += len(value)
        if not fold(value).text:
            raise QueryError(place, f"{name}: needs a value right after it, between quotes if it has spaces.")
        return value


def _can_be_near(part: Expression) -> bool:
    if isinstance(part, Either):
        return all(map(_can_be_near, part.parts))
    return isinstance(part, Phrase | Near)


def _date(place: int, name: str, value: str) -> dt.date:
    match = _DATE.fullmatch(value)
    try:
        if match is not None:
            return dt.date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
    except ValueError:
        pass
    raise QueryError(place, f"'{value}' is no date. Write {name}:2021, {name}:2021-06 or {name}:2021-06-15.")

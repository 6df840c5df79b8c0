"""What minutes tell of a meeting: its date, who was there and who not, agenda, decisions, actions.

Only proposals: cues at the beginning of lines and in headings, in Dutch, French and English, each with its
place in the text. A person says what is right.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import takewhile

from corpus.dates import date_in_first_lines
from corpus.models import Section, SectionKind


class ItemKind(StrEnum):
    """What an item of a meeting is."""

    ATTENDEE = "attendee"
    ABSENT = "absent"
    AGENDA = "agenda"
    DECISION = "decision"
    ACTION = "action"


@dataclass(frozen=True)
class MeetingItem:
    """A person, a point, a decision or an action; no place where a person added it."""

    kind: ItemKind
    text: str
    start_char: int | None = None
    end_char: int | None = None


@dataclass(frozen=True)
class Meeting:
    """What is said of one meeting; ``held_on`` is None where no date is known."""

    held_on: dt.date | None
    items: tuple[MeetingItem, ...] = ()

    def of_kind(self, kind: ItemKind) -> tuple[MeetingItem, ...]:
        """Its items of one kind, in order."""
        return tuple(item for item in self.items if item.kind == kind)


_CUES: Mapping[ItemKind, str] = {
    ItemKind.ATTENDEE: (
        r"present|attendees|attendance|in attendance|members present|participants|aanwezig(?:e leden|en)?"
        r"|deelnemers|aanwezigheid|présents?|présentes?|participants|étaient présents|membres présents"
    ),
    ItemKind.ABSENT: (
        r"absent(?:ees)?|absents|excused|apologies(?: for absence)?|regrets|afwezig(?:en)?"
        r"|verontschuldigd(?:en)?|niet aanwezig|excusée?s?|excusé\(e\)s|absents et excusés|absents excusés"
    ),
    ItemKind.AGENDA: (
        r"agenda(?:punten)?|agenda items|meeting agenda|proposed agenda|(?:the )?meeting's agenda"
        r"|dagorde|ordre du jour|points à l['’]ordre du jour"
    ),
    ItemKind.DECISION: (
        r"decisions?(?: made| taken)?|decided|resolutions?|resolved|besluit(?:en)?|beslissing(?:en)?|besloten"
        r"|décisions?(?: prises?)?|il est décidé"
    ),
    ItemKind.ACTION: (
        r"actions?(?: items?| points?| list)?|action required|ai|next actions|to[ -]?dos?"
        r"|actie(?:s|punt|punten|lijst)?|te doen|à faire|actions? à (?:entreprendre|mener)|suivi"
    ),
}
# A mark of a heading, a list, a number or emphasis may stand before a cue.
_BEFORE = r"\s*(?:#{1,6}\s*)?(?:[-•*+–]\s+(?:\[[ xX]\]\s*)?|\d{1,2}(?:\.\d{1,2})*[.)]?\s+)?[*_]{0,3}"
_CUE = re.compile(
    _BEFORE
    + "(?:"
    + "|".join(f"(?P<{kind.value}>{words})" for kind, words in _CUES.items())
    + r")(?![\w'’-])[*_]{0,3}\s*(?:\([^()\n]{0,60}\))?[*_]{0,3}\s*"
    + r"(?P<mark>[:：\t]|\s[–—-]\s)?[*_]{0,3}\s*",
    re.I,
)
_ITEM = re.compile(
    r"(?P<indent>[ \t]*)(?:[-•*+–▪◦]|\d{1,2}[.)]|[a-z]\))[ \t]+(?:\[[ xX]\][ \t]*)?(?P<words>\S.*)"
)
_FIRST = re.compile(r"\s*1[.)]\s")
_REFERENCE = re.compile(r"\]\(http|#\d|https?://")
_PARTED = re.compile(r"\s*[,;\t]\s*(?![^()]*\))|\s+(?:en|and|et|&)\s+(?![^()]*\))")
_HANDLE = re.compile(r"\s*\(?@[\w-]+\)?\s*$|\s*\(\[?@[^()]*\]?(?:\([^()]*\))?\)\s*$")
_SAYS_ACTION = re.compile(_BEFORE + r"(?:action items?|actiepunt|to[ -]?do)\b", re.I)
_TRIMMED = " \t*_.:;,"
#: A line of more words is a sentence, no list of people.
_LONGEST_NAME = 12
_LONGEST_ACTION = 60
_MOST_ITEMS = 300
_FEW_LINES = 2


@dataclass(frozen=True)
class _Line:
    start: int
    text: str
    level: int | None  # of a heading
    speaks: bool = False  # somebody's turn begins


def propose_meeting(text: str, sections: Sequence[Section] = (), *, date: dt.date | None = None) -> Meeting:
    r"""Read off minutes what they tell of the meeting, with the place of each item.

    Parameters
    ----------
    text : str
        The stored text.
    sections : sequence of Section
        Its sections: headings end a list, and those below "Agenda" are its points.
    date : date, optional
        The date of the document; else the first lines are looked at.

    Returns
    -------
    Meeting
        *People* are listed below or after a cue ("Aanwezig:", "Présents", "## Attendees"; "Apologies",
        "Verontschuldigd", "Excusés"), one a line or parted by commas. *Agenda*: the list below its
        cue; where the agenda has headings, these, and the points of lists below them that bear a
        reference. *Decisions and actions*: what follows the cue in its line ("Besluit: …", "Action
        item …"), or the list below a cue that stands alone. Nothing is found that has no cue.

    Examples
    --------
    >>> meeting = propose_meeting("Aanwezig: An, Bert (GP)\nActie: Bert belt de apotheker.")
    >>> [(item.kind.value, item.text) for item in meeting.items]
    [('attendee', 'An'), ('attendee', 'Bert (GP)'), ('action', 'Bert belt de apotheker.')]
    """
    lines = _lines(text, sections)
    items: list[MeetingItem] = []
    number = 0
    while number < len(lines) and len(items) < _MOST_ITEMS:
        line = lines[number]
        cue = None if line.speaks else _CUE.match(line.text)
        kind = None if cue is None else next(k for k in ItemKind if cue[k.value])
        if cue is None or kind is None or not _is_cue(line, cue, kind):
            number += 1
            continue
        rest = line.text[cue.end() :]
        if rest.strip(_TRIMMED):
            found, number = _inline(lines, number, cue.end(), kind), number + 1
        elif kind is ItemKind.AGENDA and line.level is not None:
            found, number = list(_points_below(lines, number)), number + 1
        else:
            found, number = _listed(lines, number, kind)
        items += found
    return Meeting(date or date_in_first_lines(text), tuple(_each_once(items)))


def _lines(text: str, sections: Sequence[Section]) -> list[_Line]:
    levels = {s.start_char: s.level or 1 for s in sections if s.kind is SectionKind.HEADING}
    turns = {s.start_char for s in sections if s.kind is SectionKind.TURN}
    lines, start = [], 0
    for line in text.split("\n"):
        lines.append(_Line(start, line, levels.get(start), start in turns))
        start += len(line) + 1
    return lines


def _is_cue(line: _Line, cue: re.Match[str], kind: ItemKind) -> bool:
    """Whether a word at the beginning of a line is a cue, and not the beginning of a sentence."""
    rest = line.text[cue.end() :]
    if not rest.strip(_TRIMMED):
        return cue["mark"] is not None or line.level is not None or _stands_out(line.text)
    if cue["mark"] is not None:
        return True
    # "Action item to Brian: …", "TODO call the fund"; a capital or a heading mark alone is too little.
    return (
        kind is ItemKind.ACTION
        and re.match(r".*?(?:action items?|actiepunt|todo|to do)\b", line.text, re.I) is not None
    )


def _stands_out(text: str) -> bool:
    words = text.strip()
    return words[:1] in "#*_" or words[:1].isupper()


def _inline(lines: Sequence[_Line], number: int, after: int, kind: ItemKind) -> list[MeetingItem]:
    """What follows a cue in its line, and in the next where the line ends within a list of people."""
    line = lines[number]
    if kind in (ItemKind.DECISION, ItemKind.ACTION):
        return _as_item(kind, line.start + after, line.text[after:])
    found = _names(kind, line.start + after, line.text[after:])
    while line.text.rstrip().endswith((",", ";")) and number + 1 < len(lines):
        number += 1
        line = lines[number]
        found += _names(kind, line.start, line.text)
    return found


def _points_below(lines: Sequence[_Line], number: int) -> Iterator[MeetingItem]:
    """The points of an agenda that has a heading: headings below it, and lists.

    Below headings a list tells what was said as often as what is next: only points with a reference count.
    """
    top = lines[number].level or 1
    below = list(takewhile(lambda line: line.level is None or line.level > top, lines[number + 1 :]))
    with_headings = any(line.level is not None for line in below)
    narrowest: int | None = None
    for line in below:
        item = _ITEM.match(line.text)
        if line.level is not None:
            narrowest = None
            yield from _as_item(ItemKind.AGENDA, line.start, line.text)
        elif _begins_another(line):
            continue
        elif item is not None:
            indent = len(item["indent"].expandtabs(4))
            narrowest = indent if narrowest is None else min(narrowest, indent)
            if indent <= narrowest and (not with_headings or _REFERENCE.search(item["words"])):
                yield from _as_item(ItemKind.AGENDA, line.start + item.start("words"), item["words"])
        elif (
            narrowest is None
            and not with_headings
            and not line.speaks
            and _may_list(line.text, ItemKind.AGENDA)
        ):
            yield from _as_item(ItemKind.AGENDA, line.start, line.text)


def _listed(lines: Sequence[_Line], number: int, kind: ItemKind) -> tuple[list[MeetingItem], int]:
    """The list below a cue, and the line after it."""
    found: list[tuple[int, str]] = []
    marks = 0
    blank = False
    narrowest: int | None = None
    for number in range(number + 1, len(lines)):  # noqa: B020 - the line after the cue is the first
        line = lines[number]
        if not line.text.strip():
            blank = True
            continue
        item = _ITEM.match(line.text)
        if line.level is not None or _begins_another(line):
            break
        if item is not None:
            if found and blank and _FIRST.match(line.text):
                break  # another list
            indent = len(item["indent"].expandtabs(4))
            narrowest = indent if narrowest is None else min(narrowest, indent)
            words = item["words"]
            if not _is_of_people(kind) and indent > narrowest:
                continue  # what was said on the point above
            if not _is_of_people(kind) or len(words.split()) <= 2 * _LONGEST_NAME:
                found.append((line.start + item.start("words"), words))
                marks += 1
        elif (found and blank) or line.speaks or not _may_list(line.text, kind):
            break
        else:
            found.append((line.start, line.text))
        blank = False
    else:
        number = len(lines)
    if not _is_of_people(kind):
        return [item for at, words in found for item in _as_item(kind, at, words)], number
    # One a line is the rule where there are marks; in one or two lines there may be several.
    read = _person if marks > _FEW_LINES else _names
    return [item for at, words in found for item in read(kind, at, words)], number


def _begins_another(line: _Line) -> bool:
    cue = _CUE.match(line.text)
    return cue is not None and any(cue[kind.value] and _is_cue(line, cue, kind) for kind in ItemKind)


def _is_of_people(kind: ItemKind) -> bool:
    return kind in (ItemKind.ATTENDEE, ItemKind.ABSENT)


def _may_list(text: str, kind: ItemKind) -> bool:
    """Whether a line without a list mark can be of a list: a name, names between commas, a short point."""
    words = len(text.split())
    if _is_of_people(kind):
        parts = [part for part in _PARTED.split(text.strip(_TRIMMED)) if part]
        return all(len(part.split()) <= _LONGEST_NAME for part in parts) and text.rstrip()[-1:] not in "?!"
    if kind is ItemKind.AGENDA:
        return 0 < words <= _LONGEST_NAME and text.rstrip()[-1:] != "."
    return words <= _LONGEST_ACTION


def _names(kind: ItemKind, start: int, text: str) -> list[MeetingItem]:
    """The people of a line; commas inside brackets part nobody."""
    found, at = [], 0
    for part in [*_PARTED.finditer(text), None]:
        end = len(text) if part is None else part.start()
        found += _person(kind, start + at, text[at:end])
        at = end if part is None else part.end()
    return found


def _person(kind: ItemKind, start: int, words: str) -> list[MeetingItem]:
    found = _as_item(kind, start, _HANDLE.sub("", words))
    return [item for item in found if any(letter.isalpha() for letter in item.text)]


def _as_item(kind: ItemKind, start: int, text: str) -> list[MeetingItem]:
    """The words without marks around them, and where they stand; nothing where none are left."""
    if kind is ItemKind.AGENDA:
        text = re.sub(r"\s+#+\s*$", "", text)
    lead = len(text) - len(text.lstrip(_TRIMMED + "#-•–"))
    words = (
        text[lead:].rstrip(" \t*_;,")
        if kind in (ItemKind.DECISION, ItemKind.ACTION)
        else text[lead:].rstrip(_TRIMMED)
    )
    if not words.strip():
        return []
    return [MeetingItem(kind, words, start + lead, start + lead + len(words))]


def _each_once(items: Iterable[MeetingItem]) -> Iterator[MeetingItem]:
    """People who are listed twice are one; what is said twice of a point is two."""
    seen: set[tuple[ItemKind, str]] = set()
    for item in items:
        key = (item.kind, item.text.casefold())
        if not _is_of_people(item.kind) or key not in seen:
            seen.add(key)
            yield item

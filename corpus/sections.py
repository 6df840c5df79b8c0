"""The parts of a text: headings, paragraphs and speaker turns, found line by line.

Speakers are recognised with caution. In minutes a colon follows many words that are no person
("Refs:", "Decision:"), and a wrong speaker misleads more than a missing one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from corpus.models import Section, SectionKind, Spoken
from corpus.speakers import SpeakerLabel, read_label

_ATX_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+\S|[^#\s])")
_UNDERLINE = re.compile(r" {0,3}(=+|-{2,})[ \t]*$")
_FENCE = re.compile(r" {0,3}(```|~~~)")
_LIST_ITEM = re.compile(r"\s*(?:[-•◦▪–>|]|(?:[*+]|\d{1,3}[.)]|[a-z]\))(?:\s|$))")

_NARROWEST, _WIDEST = 40, 100
# Typists and programs break a little before the edge.
_SLACK = 4


class _Line(NamedTuple):
    start: int
    end: int
    text: str


def find_sections(
    text: str,
    *,
    headings: Sequence[tuple[int, int, int]] = (),
    spoken: Sequence[Spoken] = (),
    markdown: bool = False,
) -> tuple[Section, ...]:
    r"""Divide a text into headings, paragraphs and speaker turns.

    Parameters
    ----------
    text : str
        Cleaned text; its lines end in ``\n``.
    headings : sequence of (start_char, end_char, level)
        Headings that the file format marks, in code points of ``text``. They count in whole lines.
    spoken : sequence of Spoken
        Who says what, as the file format marks it. They count in whole lines; where there are any,
        speakers are not looked for in the words.
    markdown : bool
        Recognise the headings of Markdown too: ``#`` signs, or a line underlined with ``=`` or ``-``.

    Returns
    -------
    tuple of Section
        In order, never overlapping; every line that holds more than white space is in exactly one
        section, and each section is made of whole lines without the last line end.

        A *paragraph* is a line. Where lines were broken at a fixed width of 40 to 100 characters
        (each is as full as the first word of the next allows, and most end in mid-sentence), the
        paragraph is the run of them up to a blank line or list item.

        A *turn* begins with a speaker and a colon, after a list mark or time stamp if there is one.
        A speaker is a role that speaks or has a number ("Interviewer", "GP 3", "R2"), a titled name
        ("Dr. Peeters"), a name or role with a time stamp, and any other name or role ("Jory",
        "Patient", "- Nurse 2" in a list) that stands so at least twice or in a text that is mostly
        turns. Words such as "Note", "Refs" or "Decision" never are. Lines that follow without a blank line
        belong to the turn when they are its broken lines or when the text is mostly turns. A time
        stamp of two parts is read as minutes and seconds.

    Examples
    --------
    >>> for section in find_sections("Interview 4\nGP 3 [00:12:05]: No time.\nNote: door opens."):
    ...     print(section.kind.value, section.start_char, section.end_char, section.speaker, section.seconds)
    paragraph 0 11 None None
    turn 12 37 GP 3 725.0
    paragraph 38 55 None None
    """
    lines = _lines(text)
    if spoken:
        return _marked_sections(lines, headings, spoken)
    marked = _marked_headings(lines, headings)
    if markdown:
        marked = _markdown_headings(lines) | marked
    labels, mostly_turns = _accepted_labels(lines, marked)
    sections: list[Section] = []
    width = _broken_width(lines, _runs(lines, marked, labels))
    for run in _runs(lines, marked, labels):
        first = lines[run[0]]
        if run[0] in marked:
            sections.append(
                Section(SectionKind.HEADING, first.start, lines[run[-1]].end, level=marked[run[0]][0])
            )
            continue
        label = labels.get(run[0])
        together = _is_broken([lines[i] for i in run], width)
        if label is not None:
            whole = together or mostly_turns or not label.words_follow
            last = lines[run[-1] if whole else run[0]]
            sections.append(
                Section(SectionKind.TURN, first.start, last.end, speaker=label.speaker, seconds=label.seconds)
            )
            run = [] if whole else run[1:]
        if together and run:
            sections.append(Section(SectionKind.PARAGRAPH, first.start, lines[run[-1]].end))
        else:
            sections.extend(Section(SectionKind.PARAGRAPH, lines[i].start, lines[i].end) for i in run)
    return tuple(sections)


def speaker_of(sections: Iterable[Section], start_char: int, end_char: int) -> str | None:
    """Who speaks most of a stretch of text; the earlier on a tie, None where nobody is named."""
    spoken: dict[str | None, int] = {}
    for section in sections:
        share = min(section.end_char, end_char) - max(section.start_char, start_char)
        if share > 0 and section.kind is not SectionKind.HEADING:
            spoken[section.speaker] = spoken.get(section.speaker, 0) + share
    return max(spoken, key=spoken.__getitem__, default=None)


def _lines(text: str) -> list[_Line]:
    lines = []
    start = 0
    for line in text.split("\n"):
        lines.append(_Line(start, start + len(line), line))
        start += len(line) + 1
    return lines


def _marked_headings(
    lines: Sequence[_Line], headings: Sequence[tuple[int, int, int]]
) -> dict[int, tuple[int, int]]:
    """Map the first line of each heading to its level and number of lines."""
    marked: dict[int, tuple[int, int]] = {}
    number = 0
    for start, end, level in sorted(headings):
        while number < len(lines) and lines[number].end < start:
            number += 1
        last = number
        while last + 1 < len(lines) and lines[last + 1].start < end:
            last += 1
        if number < len(lines) and lines[number].text.strip():
            marked[number] = (level, last - number + 1)
            number = last + 1
    return marked


def _marked_sections(
    lines: Sequence[_Line], headings: Sequence[tuple[int, int, int]], spoken: Sequence[Spoken]
) -> tuple[Section, ...]:
    """Sections of a text whose format says who speaks: turns as marked, every other line a paragraph."""
    marked = _marked_headings(lines, headings)
    turns = {number: (turn, count) for number, turn, count in _marked_turns(lines, spoken)}
    sections: list[Section] = []
    number = 0
    while number < len(lines):
        line, count = lines[number], 1
        if number in marked:
            level, count = marked[number]
            sections.append(
                Section(SectionKind.HEADING, line.start, lines[number + count - 1].end, level=level)
            )
        elif number in turns:
            turn, count = turns[number]
            end = lines[number + count - 1].end
            sections.append(
                Section(SectionKind.TURN, line.start, end, speaker=turn.speaker, seconds=turn.seconds)
            )
        elif line.text.strip():
            sections.append(Section(SectionKind.PARAGRAPH, line.start, line.end))
        number += count
    return tuple(sections)


def _marked_turns(lines: Sequence[_Line], spoken: Sequence[Spoken]) -> Iterator[tuple[int, Spoken, int]]:
    """First line, turn and number of lines of each marked turn."""
    number = 0
    for turn in sorted(spoken, key=lambda turn: turn.start_char):
        while number < len(lines) and lines[number].start < turn.start_char:
            number += 1
        last = number
        while last + 1 < len(lines) and lines[last + 1].start < turn.end_char:
            last += 1
        if number < len(lines) and lines[number].start == turn.start_char:
            yield number, turn, last - number + 1
            number = last + 1


def _markdown_headings(lines: Sequence[_Line]) -> dict[int, tuple[int, int]]:
    marked: dict[int, tuple[int, int]] = {}
    fence = ""
    for number, line in enumerate(lines):
        opened = _FENCE.match(line.text)
        if opened and (not fence or fence == opened[1]):
            fence = "" if fence else opened[1]
        elif fence:
            continue
        elif hashes := _ATX_HEADING.match(line.text):
            marked[number] = (len(hashes[1]), 1)
        elif underline := _UNDERLINE.match(line.text):
            # Alone above its underline: else "---" is a ruler, or the end of a front matter.
            above = lines[number - 1].text if number else ""
            alone = number < 2 or not lines[number - 2].text.strip()
            if above.strip() and alone and number - 1 not in marked and not _LIST_ITEM.match(above):
                marked[number - 1] = (1 if underline[1][0] == "=" else 2, 2)
    return marked


def _accepted_labels(
    lines: Sequence[_Line], marked: dict[int, tuple[int, int]]
) -> tuple[dict[int, SpeakerLabel], bool]:
    """Decide which lines begin a turn, and whether the text is mostly turns."""
    candidates = {
        number: label
        for number, line in enumerate(lines)
        if number not in marked and (label := read_label(line.text)) is not None
    }
    if not candidates:
        return {}, False
    times = Counter(label.speaker.casefold() for label in candidates.values())
    sure = {
        number: label
        for number, label in candidates.items()
        if label.certain or times[label.speaker.casefold()] > 1
    }
    runs = [run for run in _runs(lines, marked, candidates) if run[0] not in marked]
    width = _broken_width(lines, runs)
    units = sum(1 if _is_broken([lines[i] for i in run], width) else len(run) for run in runs)
    mostly_turns = 2 * len(sure) >= units
    return (candidates if mostly_turns else sure), mostly_turns


def _runs(
    lines: Sequence[_Line], marked: dict[int, tuple[int, int]], labels: dict[int, SpeakerLabel]
) -> Iterator[list[int]]:
    """Yield line numbers that stand together: a heading, or lines up to a blank one, item or turn."""
    run: list[int] = []
    number = 0
    while number < len(lines):
        text = lines[number].text
        begins = number in marked or number in labels or not text.strip() or _LIST_ITEM.match(text)
        if begins and run:
            yield run
            run = []
        if number in marked:
            after = number + marked[number][1]
            yield list(range(number, after))
            number = after
            continue
        if text.strip():
            run.append(number)
        number += 1
    if run:
        yield run


def _broken_width(lines: Sequence[_Line], runs: Iterator[list[int]] | list[list[int]]) -> int | None:
    """Say at which width the lines of a text were broken; None where they were not."""
    widths = []
    for run in runs:
        block = [lines[i] for i in run]
        width = max(len(line.text) for line in block)
        if len(block) > 2 and _NARROWEST <= width <= _WIDEST and _is_filled(block, width):
            in_mid_sentence = sum(line.text.rstrip()[-1:] not in ".!?:;" for line in block[:-1])
            if 2 * in_mid_sentence >= len(block) - 1:
                widths.append(width)
    return max(widths, default=None)


def _is_broken(block: Sequence[_Line], width: int | None) -> bool:
    if width is None or len(block) < 2 or any(len(line.text) > width for line in block):
        return False
    if len(block) > 2:
        width = max(len(line.text) for line in block)
    return _is_filled(block, width)


def _is_filled(block: Sequence[_Line], width: int) -> bool:
    """Would the first word of each line not have fitted on the line before?"""
    return all(
        len(line.text.rstrip()) + 1 + len(after.text.split(maxsplit=1)[0]) > width - _SLACK
        for line, after in pairwise(block)
    )

"""The minutes of settling, as Markdown and as a Word file: who was there, each place, what was decided."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal
from uuid import UUID

import docx
from docx.shared import Mm, Pt, RGBColor
from sqlalchemy import Engine

from codebook import disagreements as pure
from codebook.disagreements import Kind, Side
from codebook.models import Valence
from corpus.errors import UserFacingError
from store import settling as kept
from store.engine import reading
from store.rounds import Round
from store.settling import Meeting, Settlement
from store.studies import Member, studies
from triangulation.report.wording import counted, listed, printable
from workbench.services.settling_desk import Desk, Place

#: The forms that minutes can be written in, by the ending of the file's name.
FORMATS = ("md", "docx")

KIND_WORDS = {
    Kind.MISSED: "Only one coded",
    Kind.OTHER_CODE: "Another code",
    Kind.SIBLING: "A neighbouring code",
    Kind.BOUNDARY: "Other ends",
    Kind.VALENCE: "Another direction",
}

_SOFT = RGBColor(0x5A, 0x60, 0x68)
_INK = RGBColor(0x1E, 0x22, 0x26)


@dataclass(frozen=True)
class _Block:
    """A paragraph of the minutes; ``label`` stands before its words."""

    kind: Literal["title", "part", "place", "words", "quote", "soft"]
    words: str
    label: str = ""


@dataclass(frozen=True)
class Minutes:
    """What is to be written down of a round's settling. ``gave_way`` counts (who, to whom)."""

    study: str
    round: Round
    places: tuple[Place, ...]
    meetings: tuple[Meeting, ...]
    agreed: int
    sentence: str
    codes: Mapping[str, str] = field(repr=False)
    gave_way: Counter[tuple[str, str]] = field(default_factory=Counter)
    earlier: Mapping[UUID, Sequence[str]] = field(default_factory=dict)


def minutes_of(engine: Engine, actor: Member, round_name: str | None = None) -> Minutes:
    """Everything that was said and decided about the disagreements of a round."""
    with reading(engine) as connection:
        desk = Desk(connection, actor, round_name)
        places = desk.places()
        return Minutes(
            study=next(study.name for study in studies(connection) if study.id == actor.study_id),
            round=desk.round,
            places=tuple(places),
            meetings=tuple(kept.meetings(connection, actor.study_id, desk.round.id)),
            agreed=len(desk.comparison.agreed),
            sentence=pure.in_words(Counter(place.disagreement.kind for place in places)),
            codes={code.id.hex: code.key for code in desk.codes}
            | {id.hex: key for id, key in desk.keys.items()},
            gave_way=_gave_way(places),
            earlier=kept.decided_before(connection, actor.study_id, desk.round.id),
        )


def write_minutes(
    engine: Engine, actor: Member, path: Path, *, format: str, round_name: str | None = None
) -> int:
    """Write the minutes of a round's settling; returns the number of places in them.

    Parameters
    ----------
    format : {"md", "docx"}
    """
    if format not in FORMATS:
        raise UserFacingError(f"Minutes cannot be written as '{format}'. There are: {', '.join(FORMATS)}.")
    minutes = minutes_of(engine, actor, round_name)
    _WRITERS[format](list(_blocks(minutes)), path)
    return len(minutes.places)


# --- what they say -----------------------------------------------------------------------------------


def _blocks(minutes: Minutes) -> Iterator[_Block]:
    yield _Block("title", f"{minutes.study}: disagreements of the round {minutes.round.name}")
    yield from _at_a_glance(minutes)
    yield from _meetings(minutes)
    numbered = list(enumerate(minutes.places, start=1))
    for heading, wanted, empty in (
        ("What was decided", "settled", "Nothing is decided yet."),
        ("Left unresolved", "unresolved", "Nothing was left unresolved."),
        ("Not talked about yet", "open", "Nothing is left to talk about."),
    ):
        yield _Block("part", heading)
        here = [(number, place) for number, place in numbered if place.state == wanted]
        if not here:
            yield _Block("soft", empty)
        for number, place in here:
            yield from _place(minutes, number, place)


def _at_a_glance(minutes: Minutes) -> Iterator[_Block]:
    states = [place.state for place in minutes.places]
    coders = listed([coder.name for coder in minutes.round.coders])
    yield _Block(
        "words",
        f"Coders: {coders}. They agree on {counted(minutes.agreed, 'coding')} and differ in "
        f"{counted(len(states), 'place')}: {states.count('settled')} decided, "
        f"{states.count('unresolved')} left unresolved, {states.count('open')} not talked about yet.",
    )
    if minutes.sentence:
        yield _Block("words", f"{minutes.sentence}.")
    yield _Block(
        "soft",
        "The independent codings stay as they were; coder agreement is counted on them, before any talk. "
        "What is decided here stands in the consensus layer.",
    )
    for (who, to_whom), times in minutes.gave_way.most_common():
        yield _Block("words", f"{who} gave way to {to_whom} {counted(times, 'time')}.")


def _meetings(minutes: Minutes) -> Iterator[_Block]:
    yield _Block("part", "Meetings")
    if not minutes.meetings:
        yield _Block("soft", "No meeting was recorded.")
    for number, meeting in enumerate(minutes.meetings, start=1):
        decided = sum(
            place.settlement is not None and place.settlement.meeting_id == meeting.id
            for place in minutes.places
        )
        yield _Block(
            "words",
            f"{meeting.began_at[:16].replace('T', ' ')} UTC. Present: {listed(list(meeting.attendance))}. "
            f"Scribe: {meeting.scribe}. {counted(decided, 'place')} decided.",
            label=f"Meeting {number}",
        )


def _place(minutes: Minutes, number: int, place: Place) -> Iterator[_Block]:
    kind = KIND_WORDS[place.disagreement.kind]
    yield _Block("place", f"{number}. {' / '.join(place.disagreement.codes)} · {kind}")
    yield _Block(
        "soft",
        f"{place.title} ({place.source}), characters {place.disagreement.start_char} to "
        f"{place.disagreement.end_char}",
    )
    yield _Block("quote", f"“{_line(place.passage)}”")
    for side in (place.disagreement.first, place.disagreement.second):
        yield _Block("words", _coded(side), label=listed(list(side.coders)))
    for reason in place.reasons:
        yield _Block("words", reason.text, label=f"{reason.author} before the talk")
    if place.question is not None:
        yield _Block("words", f"{place.question.asked} is asked to decide.", label="Waits for")
    if place.settlement is not None:
        yield from _decision(minutes, place, place.settlement)


def _decision(minutes: Minutes, place: Place, settlement: Settlement) -> Iterator[_Block]:
    yield _Block("words", outcome_words(place, settlement.outcome), label="Outcome")
    for coding in settlement.consensus:
        code = minutes.codes.get(coding.code_id.hex, "")
        yield _Block("words", f"{code}{_valence(coding.valence)}: “{_line(coding.quote)}”", label="Consensus")
    if settlement.reason:
        yield _Block("words", settlement.reason, label="Why")
    if settlement.minority:
        yield _Block("words", settlement.minority, label=f"Minority view of {settlement.minority_by}")
    who = listed(list(settlement.deciders)) or f"a rule, at the request of {settlement.by}"
    outside = ", asked from outside" if settlement.asked else ""
    first = f" {settlement.first_speaker} spoke first." if settlement.first_speaker else ""
    yield _Block("soft", f"Decided by {who}{outside}, {settlement.at[:10]}.{first}")
    earlier = minutes.earlier.get(place.id, ())
    if earlier:
        before = ", then ".join(outcome_words(place, outcome) for outcome in earlier)
        yield _Block("soft", f"Decided before, and changed: {before}")


def outcome_words(place: Place, outcome: str) -> str:
    """What an outcome means at a place, with names: "Anna's coding stands"."""
    first, second = (
        listed(list(side.coders)) for side in (place.disagreement.first, place.disagreement.second)
    )
    return {
        "first": _stands(place.disagreement.first, first),
        "second": _stands(place.disagreement.second, second),
        "both": "Both codings stand.",
        "neither": "Neither stands.",
        "new": "Another coding stands instead.",
        "unresolved": "Left unresolved.",
    }[outcome]


def _stands(side: Side, who: str) -> str:
    return f"{who}: not to be coded." if side.coding is None else f"{who}'s coding stands."


def _coded(side: Side) -> str:
    coding = side.coding
    if coding is None:
        return "coded nothing here"
    memo = f". Memo: {_line(coding.memo)}" if coding.memo else ""
    return f"{coding.code}{_valence(coding.valence)}: “{_line(coding.quote)}”{memo}"


def _valence(valence: Valence | None) -> str:
    return "" if valence is None else f" ({valence.value})"


def _line(text: str) -> str:
    return " ".join(text.split())


# --- how they are written ----------------------------------------------------------------------------


def _write_markdown(blocks: list[_Block], path: Path) -> None:
    before = {"title": "# ", "part": "## ", "place": "### ", "quote": "> "}
    lines = []
    for block in blocks:
        words = _escaped(block.words)
        if block.label:
            words = f"**{_escaped(block.label)}:** {words}"
        lines.append(before.get(block.kind, "") + (f"*{words}*" if block.kind == "soft" else words))
    path.write_text("\n\n".join(lines) + "\n", encoding="utf-8")


def _escaped(text: str) -> str:
    """Words as Markdown shows them, and nothing it could run.

    >>> _escaped("1. *Why* <b>")
    '1\\\\. \\\\*Why\\\\* \\\\<b\\\\>'
    """
    text = printable(_line(text))
    numbered = re.match(r"\d+(?=[.)])", text)
    if numbered:
        return f"{numbered[0]}\\{_escaped_inside(text[numbered.end() :])}"
    return _escaped_inside(text)


def _escaped_inside(text: str) -> str:
    words = re.sub(r"[\\`*_{}\[\]<>|~#&$]", lambda found: f"\\{found[0]}", text)
    return f"\\{words}" if words[:1] in ("-", "+", "=") else words


def _write_word(blocks: list[_Block], path: Path) -> None:
    document: Any = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(24)
    properties = document.core_properties
    properties.title = printable(blocks[0].words)[:255]
    properties.author = properties.last_modified_by = "Trigpoint"
    properties.comments = ""
    styles = document.styles
    styles["Normal"].font.name, styles["Normal"].font.size = "Georgia", Pt(10.5)
    for name, size in (("Heading 1", 18), ("Heading 2", 13), ("Heading 3", 11)):
        styles[name].font.name, styles[name].font.size = "Segoe UI", Pt(size)
        styles[name].font.color.rgb = _INK
    kinds = {"title": "Heading 1", "part": "Heading 2", "place": "Heading 3", "quote": "Quote"}
    for block in blocks:
        paragraph = document.add_paragraph(style=kinds.get(block.kind, "Normal"))
        paragraph.paragraph_format.space_after = Pt(3)
        if block.label:
            paragraph.add_run(printable(f"{block.label}: ")).bold = True
        run = paragraph.add_run(printable(block.words))
        if block.kind == "soft":
            run.font.color.rgb, run.font.size = _SOFT, Pt(9.5)
    document.save(str(path))


_WRITERS: dict[str, Callable[[list[_Block], Path], None]] = {"md": _write_markdown, "docx": _write_word}


def _gave_way(places: Iterable[Place]) -> Counter[tuple[str, str]]:
    """How often somebody's coding, or their having none, did not stand while another's did."""
    counted: Counter[tuple[str, str]] = Counter()
    for place in places:
        if place.settlement is None or not place.settlement.deciders:
            continue
        sides = place.disagreement.first.coders, place.disagreement.second.coders
        if place.settlement.outcome in ("first", "second"):
            stood, gave = sides if place.settlement.outcome == "first" else sides[::-1]
            counted.update((one, other) for one in gave for other in stood)
    return counted

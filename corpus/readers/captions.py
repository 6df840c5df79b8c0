"""Captions of a recording, as Teams, Zoom and Whisper write them: WebVTT and SubRip.

Cues are pieces of speech of two seconds; those of one speaker that follow each other become one turn.
Rolling captions repeat the line before; what is repeated is read once.
"""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from corpus.errors import UnreadableFile
from corpus.models import RawText, Refused
from corpus.readers.blocks import Blocks
from corpus.readers.text import decode

_TIME = r"(?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3}"
_CUE = re.compile(rf"\s*(?P<begins>{_TIME})\s*-->\s*(?P<ends>{_TIME})")
_LIKE_A_CUE = re.compile(r"\s*\S+\s*-->\s*\S+")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]*)>", re.I)
_TAG = re.compile(r"</?[a-z][^<>]*>|<[\d:.]+>", re.I)
_SPOKEN_BY = re.compile(r"\s*(?:>>\s*)?(?P<speaker>[^\W\d_][^:<>\n]{0,50}?):\s+(?P<words>\S.*)", re.S)

#: A silence of so many seconds ends a turn, as does a sentence end after so many characters.
PAUSE = 4.0
LONG_TURN = 1000


@dataclass(frozen=True)
class Cue:
    """A piece of speech; ``speaker`` is None where the captions name nobody."""

    begins: float
    ends: float
    words: str
    speaker: str | None = None


def read_captions(name: str, data: bytes, **_: object) -> Iterator[RawText | Refused]:
    """Read a ``.vtt`` or ``.srt`` file, one block a turn."""
    text, warnings = decode(data)
    cues, damaged = _cues(text)
    cues = list(_by_speaker(_read_once(cues)))
    if not cues:
        raise UnreadableFile("holds no captions: lines like 00:00:05.000 --> 00:00:07.500 with words below.")
    if damaged:
        warnings = (*warnings, f"{damaged} caption{'s' * (damaged > 1)} with a damaged time: check the place")
    if name.lower().endswith(".vtt") and not text.lstrip("\ufeff").startswith("WEBVTT"):
        warnings = (*warnings, "does not begin with WEBVTT; read as captions all the same")
    blocks = Blocks()
    for turn in joined_turns(cues):
        add_turn(blocks, turn)
    yield blocks.raw(name=name, raw_sha256=hashlib.sha256(data).hexdigest(), warnings=warnings)


def add_turn(blocks: Blocks, turn: Cue) -> None:
    """A turn as a block that begins with who speaks."""
    words = turn.words if turn.speaker is None else f"{turn.speaker}: {turn.words}"
    blocks.add(words, spoken=True, speaker=turn.speaker, seconds=turn.begins)


def joined_turns(cues: Iterable[Cue]) -> Iterator[Cue]:
    """Cues of one speaker that follow each other, as one.

    >>> [turn.words for turn in joined_turns([Cue(0, 2, "We met", "A"), Cue(2, 4, "twice.", "A"),
    ...                                       Cue(5, 6, "Yes.", "B")])]
    ['We met twice.', 'Yes.']
    """
    turn: Cue | None = None
    for cue in cues:
        if turn is not None and _goes_on(turn, cue):
            turn = replace(turn, ends=cue.ends, words=f"{turn.words} {cue.words}")
            continue
        if turn is not None:
            yield turn
        turn = cue
    if turn is not None:
        yield turn


def _goes_on(turn: Cue, cue: Cue) -> bool:
    ended = turn.words.rstrip().endswith((".", "?", "!", "…"))
    long = len(turn.words) > LONG_TURN and ended
    return cue.speaker == turn.speaker and cue.begins - turn.ends < PAUSE and not long


def _cues(text: str) -> tuple[list[Cue], int]:
    cues: list[Cue] = []
    damaged = 0
    lines = re.sub("\r\n?", "\n", text).split("\n")
    number = 0
    while number < len(lines):
        match = _CUE.match(lines[number])
        if match is None and not _LIKE_A_CUE.match(lines[number]):
            number += 1
            continue
        number += 1
        words = []
        while number < len(lines) and lines[number].strip() and not _LIKE_A_CUE.match(lines[number]):
            words.append(lines[number])
            number += 1
        before = cues[-1].ends if cues else 0.0
        damaged += match is None
        begins, ends = (before, before) if match is None else map(_seconds, match.group("begins", "ends"))
        cues.append(Cue(begins, ends, "\n".join(words)))
    return cues, damaged


def _seconds(clock: str) -> float:
    *rest, seconds = clock.replace(",", ".").split(":")
    hours, minutes = ([0, *map(int, rest)])[-2:]
    return hours * 3600 + minutes * 60 + float(seconds)


def _read_once(cues: Iterable[Cue]) -> Iterator[Cue]:
    """Cues without the lines that the one before has shown already."""
    shown: list[str] = []
    for cue in cues:
        lines = [line for line in cue.words.split("\n") if _plain(line)]
        plain = [_plain(line) for line in lines]
        again = next((n for n in range(min(len(plain), len(shown)), 0, -1) if shown[-n:] == plain[:n]), 0)
        if again and again == len(plain) and len(shown) == len(plain) and cue.words == "\n".join(lines):
            shown = plain
            continue
        shown = plain or shown
        if lines[again:]:
            yield replace(cue, words="\n".join(lines[again:]))


def _by_speaker(cues: Iterable[Cue]) -> Iterator[Cue]:
    """Cues with their speaker: a voice tag, or a name and colon at the beginning."""
    for cue in cues:
        parts = _VOICE.split(cue.words)
        for speaker, words in zip((None, *parts[1::2]), parts[::2], strict=True):
            words = " ".join(_plain(line) for line in words.split("\n")).strip()
            named = None if speaker is not None else _SPOKEN_BY.fullmatch(words)
            if named is not None:
                speaker, words = named["speaker"], named["words"]
            if words:
                said_by = " ".join(html.unescape(speaker).split()) if speaker else None
                yield replace(cue, words=words, speaker=said_by or None)


def _plain(line: str) -> str:
    return " ".join(html.unescape(_TAG.sub("", _VOICE.sub("", line))).split())

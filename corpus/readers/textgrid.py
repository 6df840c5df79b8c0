"""Praat's TextGrid: who says what from when to when, one tier or one file a speaker."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePath

from corpus.errors import UnreadableFile
from corpus.models import RawText, Refused
from corpus.readers.blocks import Blocks
from corpus.readers.captions import Cue, add_turn, joined_turns
from corpus.readers.text import decode

# Values of a TextGrid in their order, in the long form ("xmin = 0") and in the short one ("0").
_VALUE = re.compile(
    r'"((?:[^"]|"")*)"|(?<![\w\[])(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w\]])|<(exists|absent)>'
)
_MARKS = re.compile(r"<UNIN/?>|</?UNSURE>", re.I)
#: Names of tiers that say nothing of who speaks.
_NO_NAME = frozenset({"", "speaker", "words", "text", "transcript", "utterances", "silences"})


def read_textgrid(
    name: str, data: bytes, *, as_track: bool = False, **_: object
) -> Iterator[RawText | Refused]:
    """Read a ``.TextGrid`` file; tiers are speakers, and what they say stands in the order of time.

    ``as_track`` leaves every interval by itself, for `merge_tracks`.
    """
    text, warnings = decode(data)
    cues = sorted(_cues(text, name), key=lambda cue: (cue.begins, cue.ends))
    if not cues:
        raise UnreadableFile("holds no words in its interval tiers.")
    blocks = Blocks()
    for turn in cues if as_track else joined_turns(cues):
        add_turn(blocks, turn)
    yield blocks.raw(name=name, raw_sha256=hashlib.sha256(data).hexdigest(), warnings=warnings)


def track_of(name: str) -> tuple[str, str] | None:
    """The recording that a file is a track of, and the speaker, by its name; None for no TextGrid.

    >>> track_of("day2_consultation09_patient.TextGrid")
    ('day2_consultation09', 'patient')
    >>> track_of("interview.TextGrid")
    ('interview', '')
    """
    path = PurePath(name)
    if path.suffix.lower() != ".textgrid":
        return None
    recording, _, speaker = path.stem.rpartition("_")
    return (recording, speaker) if recording else (path.stem, "")


def merge_tracks(tracks: Sequence[RawText]) -> RawText:
    """Tracks of one recording, read with ``as_track``, as one text in the order of time."""
    said = sorted(
        (spoken for track in tracks for spoken in _cues_of(track)), key=lambda cue: (cue.begins, cue.ends)
    )
    blocks = Blocks()
    for turn in joined_turns(said):
        add_turn(blocks, turn)
    first = tracks[0]
    recording = track_of(first.name)
    joined = hashlib.sha256("".join(sorted(track.raw_sha256 for track in tracks)).encode()).hexdigest()
    names = ", ".join(PurePath(track.name).name for track in tracks)
    return blocks.raw(
        name=f"{recording[0] if recording else first.name}.TextGrid",
        raw_sha256=joined,
        warnings=(
            *dict.fromkeys(w for track in tracks for w in track.warnings),
            f"merged by time from {names}",
        ),
    )


def _cues_of(track: RawText) -> Iterator[Cue]:
    for spoken in track.spoken:
        words = track.text[spoken.start_char : spoken.end_char]
        if spoken.speaker is not None:
            words = words.removeprefix(f"{spoken.speaker}: ")
        yield Cue(spoken.seconds or 0.0, spoken.seconds or 0.0, words, spoken.speaker)


def _cues(text: str, name: str) -> Iterable[Cue]:
    values = iter(_values(text))
    if next(values, None) != "ooTextFile" or next(values, None) != "TextGrid":
        raise UnreadableFile("is no TextGrid that Praat wrote as text. Save it in Praat as a text file.")
    try:
        yield from _tiers(values, name)
    except (StopIteration, RuntimeError, ValueError, TypeError) as error:
        raise UnreadableFile("breaks off, or is damaged. Open it in Praat and save it again.") from error


def _values(text: str) -> Iterator[str | float]:
    for quoted, number, flag in _VALUE.findall(text):
        if number:
            yield float(number)
        elif flag:
            yield flag
        else:
            yield quoted.replace('""', '"')


def _tiers(values: Iterator[str | float], name: str) -> Iterator[Cue]:
    next(values), next(values)  # the recording's beginning and end
    if next(values) != "exists":
        return
    track = track_of(name)
    for _ in range(_number(next(values))):
        kind, tier = next(values), str(next(values))
        next(values), next(values)
        named = tier if tier.strip().casefold() not in _NO_NAME else (track[1] if track else "")
        for _ in range(_number(next(values))):
            begins = float(next(values))
            ends = float(next(values)) if kind == "IntervalTier" else begins
            words = " ".join(_MARKS.sub(_shown, str(next(values))).split())
            if words:
                yield Cue(begins, ends, words, named or None)


def _number(value: str | float) -> int:
    if not isinstance(value, float):
        raise ValueError(value)
    return int(value)


def _shown(mark: re.Match[str]) -> str:
    """What could not be understood stays to be seen; a mark of doubt is left out."""
    return "[unintelligible]" if mark[0].upper().startswith("<UNIN") else ""

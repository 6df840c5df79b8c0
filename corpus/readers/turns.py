"""Transcripts as JSON: a list of turns, each with who speaks and what is said."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from corpus.errors import UnreadableFile
from corpus.models import RawText, Refused
from corpus.readers.blocks import Blocks
from corpus.readers.captions import Cue, add_turn
from corpus.readers.text import decode

_SPEAKER = ("speaker", "name", "who", "participant")
_WORDS = ("content", "text", "words", "utterance", "transcript")
_TIME = ("start", "begin", "seconds", "start_time", "time")
_FORMS = (
    'A transcript is a list of turns like {"speaker": "GP 3", "text": "No time."}, by itself or under a name '
    "such as meeting_transcripts or segments."
)


def read_turns(name: str, data: bytes, **_: object) -> Iterator[RawText | Refused]:
    """Read a ``.json`` file that holds a list of turns, by itself or as a value in an object."""
    text, warnings = decode(data)
    try:
        held = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableFile(f"is no JSON ({error}). Save it again, or as .txt.") from error
    turns = _turns(held)
    if turns is None:
        raise UnreadableFile(f"holds no turns. {_FORMS}")
    blocks = Blocks()
    for turn in turns:
        add_turn(blocks, turn)
    if not blocks.text:
        raise UnreadableFile("holds turns without words.")
    yield blocks.raw(name=name, raw_sha256=hashlib.sha256(data).hexdigest(), warnings=warnings)


def _turns(held: Any) -> list[Cue] | None:
    """The longest list of turns there is at the top or one step down."""
    lists = [held] if isinstance(held, list) else list(held.values()) if isinstance(held, dict) else []
    found = [turns for listed in lists if (turns := _as_turns(listed)) is not None]
    return max(found, key=len, default=None)


def _as_turns(listed: Any) -> list[Cue] | None:
    if not isinstance(listed, Sequence) or isinstance(listed, str) or not listed:
        return None
    turns = [_turn(item) for item in listed]
    return None if any(turn is None for turn in turns) else [turn for turn in turns if turn is not None]


def _turn(item: Any) -> Cue | None:
    if not isinstance(item, Mapping):
        return None
    words = next((item[key] for key in _WORDS if isinstance(item.get(key), str)), None)
    speaker = next((item[key] for key in _SPEAKER if isinstance(item.get(key), str)), None)
    times = (item[key] for key in _TIME if isinstance(item.get(key), int | float))
    if words is None or (speaker is None and not any(key in item for key in _TIME)):
        return None
    seconds = float(next(times, 0.0))
    return Cue(seconds, seconds, words, " ".join(speaker.split()) if speaker else None)

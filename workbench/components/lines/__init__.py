"""Words in context in the browser: lines by document, walked, chosen and opened by keys or by pointer.

The client in ``lines.js`` (built from ``src/``) draws what it is given and says which lines were chosen
and which was opened.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import streamlit as st

__all__ = ["LINES_WORDS", "ContextLine", "LineGroup", "show_lines"]

#: The words of the lines, to be said in the language of the interface.
LINES_WORDS: Mapping[str, str] = {
    "chosen": "Chosen: {n}",
    "keys": "↑ ↓ walk · Space chooses · Shift with arrows chooses on · Ctrl A all · Enter, or a click on the "
    "words, opens the text",
}


@dataclass(frozen=True)
class ContextLine:
    """A place in its line; ``id`` tells it from all others."""

    id: str
    left: str
    quote: str
    right: str
    speaker: str


@dataclass(frozen=True)
class LineGroup:
    """The lines of one document, with a few words about it."""

    title: str
    about: str
    lines: Sequence[ContextLine]


def show_lines(
    *,
    key: str,
    name: str,
    asked: str,
    groups: Sequence[LineGroup],
    words: Mapping[str, str],
    on_open: Callable[[str], None],
) -> Collection[str]:
    """Draw the lines; returns the ids of those that are chosen.

    Parameters
    ----------
    name : str
        What the lines are, read aloud.
    asked : str
        What was asked for: with another question nothing is chosen yet.
    words : mapping
        `LINES_WORDS`, said.
    on_open : callable
        Gets the id of the line that was opened, before the page runs again.
    """

    def pass_on() -> None:
        opened = st.session_state[key].get("opened") or {}
        if opened.get("id"):
            on_open(str(opened["id"]))

    state = _lines()(
        key=key,
        data={"name": name, "asked": asked, "groups": [asdict(g) for g in groups], "words": dict(words)},
        on_opened_change=pass_on,
        on_chosen_change=_nothing,
    )
    chosen: Mapping[str, Any] = state.get("chosen") or {}
    known = {line.id for group in groups for line in group.lines}
    return known.intersection(chosen.get("ids", ())) if chosen.get("asked") == asked else frozenset()


def _nothing() -> None:
    """The page runs again, and reads what is chosen."""


@cache
def _lines() -> Callable[..., Any]:
    # Registered at first use: Streamlit keeps components per running server, and tests import this
    # module without one.
    script = files(__package__).joinpath("lines.js").read_text(encoding="utf-8")
    return st.components.v2.component("trigpoint.lines", js=script, isolate_styles=False)

"""The tree of codes in the browser: walked, renamed, moved and retired by keys or by pointer.

The client in ``tree.js`` (built from ``src/``) draws what it is given and says what was done. It
keeps acts, each with an id, until Python has answered; nothing is decided there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import streamlit as st

__all__ = ["TREE_WORDS", "TreeLine", "show_tree"]

#: The words of the tree, to be said in the language of the interface.
TREE_WORDS: Mapping[str, str] = {
    "proposed": "Proposed, not decided yet",
    "retired": "Retired, still borne by codings",
    "new_label": "Name of the new code",
    "rename": "New name",
    "saving": "Saving",
    "keys": "↑ ↓ walk · ← → close, open · Enter shows · F2 renames · + adds under · Alt with arrows moves · "
    "Delete retires. By mouse: drag, double click.",
}

#: How many answered acts are remembered, for an act that comes again.
_REMEMBERED = 200


@dataclass(frozen=True)
class TreeLine:
    """A code in reading order; ``said`` tells in words what the line shows in numbers and colour.

    ``colour`` has the colours on light and on dark ground; ``state`` is ``in force``, ``proposed`` or
    ``retired``.
    """

    key: str
    label: str
    parent: str | None
    depth: int
    codings: int
    colour: Mapping[str, str]
    state: str
    said: str


def show_tree(
    *,
    key: str,
    name: str,
    book: str,
    lines: Sequence[TreeLine],
    selected: str | None,
    editable: bool,
    words: Mapping[str, str],
    on_select: Callable[[str], None],
    on_act: Callable[[Mapping[str, Any]], None],
) -> None:
    """Draw the tree.

    Parameters
    ----------
    name : str
        What the tree is, read aloud.
    book : str
        Which codebook it is; another one begins with all codes open.
    words : mapping
        `TREE_WORDS`, said.
    on_select : callable
        Gets the key of the code that was chosen, before the page runs again.
    on_act : callable
        Gets what was done, once: ``act`` is ``move`` (``code``, ``parent``, ``before``), ``rename``
        (``code``, ``label``), ``add`` (``parent``, ``label``) or ``retire`` (``code``).
    """
    answered = f"{key}_answered"

    def pass_on_choice() -> None:
        chosen = st.session_state[key].get("selected")
        if chosen:
            on_select(str(chosen))

    def pass_on_acts() -> None:
        done: list[str] = st.session_state.setdefault(answered, [])
        sent = st.session_state[key].get("sent") or {}
        for act in sent.get("acts", []):
            if act["id"] not in done:
                done.append(act["id"])
                on_act(act)
        del done[:-_REMEMBERED]

    _tree()(
        key=key,
        data={
            "name": name,
            "book": book,
            "lines": [asdict(line) for line in lines],
            "selected": selected,
            "editable": editable,
            "acked": st.session_state.get(answered, [])[-20:],
            "words": dict(words),
        },
        on_selected_change=pass_on_choice,
        on_sent_change=pass_on_acts,
    )


@cache
def _tree() -> Callable[..., Any]:
    # Registered at first use: Streamlit keeps components per running server, and tests import this
    # module without one.
    script = files(__package__).joinpath("tree.js").read_text(encoding="utf-8")
    return st.components.v2.component("trigpoint.tree", js=script, isolate_styles=False)

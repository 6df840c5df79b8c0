"""Taking something back on the page Triangulate, and putting it there again."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from corpus.errors import UserFacingError
from workbench.messages import say
from workbench.reasons import retold
from workbench.views.words import do, plain

_TAKEN = "triangulate_taken_back"


def take_back(what: str, act: Callable[[], object], *, again: Callable[[], object]) -> None:
    """Call the service that takes something back; ``again`` is kept, to put it there once more."""
    try:
        act()
    except UserFacingError as error:
        st.error(plain(retold(error)))
        return
    st.session_state[_TAKEN] = (what, again)
    st.rerun()


def offer_again() -> None:
    """What was taken back last, with a way to undo that; nothing where there is none."""
    held = st.session_state.get(_TAKEN)
    if held is None:
        return
    what, again = held
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(say("Taken back: {what}", what=plain(what)))
        if st.button(say("Put it back"), type="tertiary"):
            del st.session_state[_TAKEN]
            do(again)

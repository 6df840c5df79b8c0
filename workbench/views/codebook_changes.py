"""Changes of the codebook from the page: stored, refused with a reason, or shown beside another person's."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from codebook.revisions import Change
from corpus.errors import UserFacingError
from workbench.messages import say
from workbench.reasons import retold
from workbench.services.codebook_versions import CodebookChanged
from workbench.views.drawing import escaped
from workbench.views.words import plain, tell

#: A change, given the version of the codebook that it is based on.
Act = Callable[[int], object]

_CONFLICT = "codebook_conflict"
_REFUSED = "codebook_refused"
_DONE = "codebook_done"


def attempt(act: Act, based_on: int) -> None:
    """Make a change in a callback; what became of it stands on the page that is drawn next."""
    try:
        act(based_on)
    except CodebookChanged as changed:
        st.session_state[_CONFLICT] = (act, changed)
    except UserFacingError as error:
        st.session_state[_REFUSED] = retold(error)


def change(act: Act, based_on: int) -> None:
    """Make a change where a button was pressed, and draw the page anew, or say why it was refused."""
    try:
        act(based_on)
    except CodebookChanged as changed:
        st.session_state[_CONFLICT] = (act, changed)
    except UserFacingError as error:
        st.error(plain(retold(error)))
        return
    st.rerun()


def announce(sentence: str) -> None:
    """Say what a change did, on the page that is drawn next."""
    st.session_state[_DONE] = sentence


def show_outcome() -> None:
    """What the last change did, why it was refused, or what another did meanwhile, with both ways on."""
    if (sentence := st.session_state.pop(_DONE, None)) is not None:
        st.info(plain(sentence))
    if (reason := st.session_state.pop(_REFUSED, None)) is not None:
        st.error(plain(reason))
    if _CONFLICT not in st.session_state:
        return
    act, changed = st.session_state[_CONFLICT]
    with st.container(border=True, key="codebook_conflict_box"):
        st.markdown(
            say(
                "**Somebody changed the codebook meanwhile.** Yours was made on version {earlier}; version "
                "{current} says:",
                earlier=changed.earlier.version,
                current=changed.current.version,
            )
        )
        st.html(changes_list(changed.changes))
        tell(say("Nothing of yours is stored yet, and nothing of theirs is lost."))
        with st.container(horizontal=True):
            if st.button(say("Apply mine on top"), type="primary"):
                del st.session_state[_CONFLICT]
                change(act, changed.current.version)
            if st.button(say("Leave mine")):
                del st.session_state[_CONFLICT]
                st.rerun()


def changes_list(changes: Sequence[Change]) -> str:
    """What changed, each in a sentence; where words were written anew, both wordings."""
    if not changes:
        return ""
    return f'<ul class="cb-changes">{"".join(_item(change) for change in changes)}</ul>'


def _item(change: Change) -> str:
    words = ""
    if (change.before or change.after) and (len(change.before) > 40 or len(change.after) > 40):
        words = "".join(
            f'<div class="cb-{kind}">{escaped(text)}</div>'
            for kind, text in (("was", change.before), ("is", change.after))
            if text
        )
    return f"<li>{escaped(retold(change.sentence))}{words}</li>"

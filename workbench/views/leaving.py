"""What leaves a study by the browser: in a study with pseudonyms each file is checked for names first."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st

from corpus.errors import UserFacingError
from workbench import session
from workbench.messages import say, say_number
from workbench.reasons import retold
from workbench.services import leaving
from workbench.services.leaving import CheckLocked, NamesShow, Outgoing, Place
from workbench.services.pseudonym_keys import key_place
from workbench.views.words import dialog, plain, tell

#: Files that may leave in this session, those of them for a reason, and the file that a dialog is about.
_PASSED, _REASONED, _ASKED = "files_that_may_leave", "files_that_leave_for_a_reason", "file_asked_for"
_ASKED_AS = "file_asked_for_about"

Data = bytes | Callable[[], bytes]


def download(
    label: str,
    what: str,
    data: Data,
    *,
    file_name: str,
    mime: str,
    look: Callable[[], bytes] | None = None,
    disabled: bool = False,
    **drawn: Any,
) -> None:
    """A button for a file: the one way in which study material leaves by the browser.

    Parameters
    ----------
    what : str
        What the file holds, in a word of the program, for the log.
    data : bytes or callable
        The content; a callable makes it when it is asked for.
    look : callable, optional
        The same content, where making the file is an act of its own that the study keeps.
    drawn
        What ``st.download_button`` takes besides.
    """
    engine, actor = session.engine(), session.actor()

    def made() -> bytes:
        content = data() if callable(data) else data
        return leaving.let_leave(engine, actor, Outgoing(what, file_name, content))

    if not leaving.is_checked(engine, actor):
        st.download_button(label, made, file_name, mime, disabled=disabled, **drawn)
        return
    drawn.pop("on_click", None)
    key = drawn.pop("key", None) or f"leave {what} {file_name}"
    if st.button(label, key=key, disabled=disabled, **drawn):
        make = look or data
        try:
            content = make() if callable(make) else make
        except UserFacingError as error:
            st.error(plain(retold(error)))
            return
        st.session_state[_ASKED] = Outgoing(what, file_name, content)
        _ask(label, mime, data if look else None)


def may_leave(label: str, what: str, name: str, content: bytes, *, key: str) -> bool:
    """Whether content that the page itself would hand over may leave; if not, a button to have it checked."""
    if not leaving.is_checked(session.engine(), session.actor()) or _has_passed(content):
        return True
    if st.button(label, key=key):
        st.session_state[_ASKED] = Outgoing(what, name, content)
        _ask_first()
    return False


def passes(file: Outgoing) -> bool:
    """Whether a file may leave; if not yet, what is asked for it is drawn."""
    engine, actor = session.engine(), session.actor()
    if not leaving.is_checked(engine, actor) or _has_passed(file.data):
        return True
    try:
        leaving.let_leave(engine, actor, file)
    except CheckLocked:
        _ask_key(file)
        return False
    except NamesShow as shown:
        _show_places(file, shown.places)
        return False
    except UserFacingError as error:
        st.error(plain(retold(error)))
        return False
    _let_pass(file)
    return True


def passes_as(about: str, make: Callable[[], Outgoing]) -> bool:
    """Whether a file that is another with every making may leave: it is made once for what it is about."""
    if not leaving.is_checked(session.engine(), session.actor()):
        return True
    asked, file = st.session_state.get(_ASKED_AS, (None, None))
    if asked != about:
        file = make()
        st.session_state[_ASKED_AS] = (about, file)
    return passes(file)


def hand_over(label: str, data: bytes, name: str, mime: str) -> None:
    """The button for a file whose content has passed already, such as one that is encrypted by now."""
    st.download_button(label, data, name, mime, type="primary", on_click="ignore")


def forget_asked() -> None:
    """Make what `passes_as` looks through anew: texts may have changed since."""
    st.session_state.pop(_ASKED_AS, None)


# The button may stand in a popover, which else stays before the dialog.
_STYLE = "<style>body:has(.st-key-before_leaving) [data-testid=stPopoverBody] { visibility: hidden; }</style>"


@dialog("Before the file leaves", width="medium")
def _ask(label: str, mime: str, make: Callable[[], bytes] | None) -> None:
    file: Outgoing = st.session_state[_ASKED]
    with st.container(key="before_leaving"):
        st.html(_STYLE)
        if not passes(file):
            return
        _tell_passed(file)
        if st.download_button(label, make or file.data, file.name, mime, type="primary", key="leave_now"):
            st.rerun()


@dialog("Before the file leaves", width="medium")
def _ask_first() -> None:
    with st.container(key="before_leaving"):
        st.html(_STYLE)
        if passes(st.session_state[_ASKED]):
            st.rerun()


def _tell_passed(file: Outgoing) -> None:
    if _mark(file.data) in st.session_state.get(_REASONED, ()):
        tell(say("Your reason stands in the log. {name} may leave.", name=file.name))
        return
    tell(
        say(
            "{name} is checked: none of the {n} names and numbers of the key shows in it.",
            name=file.name,
            n=leaving.entries_held(session.engine(), session.actor()),
        )
    )


# -- a check that is locked ----------------------------------------------------------------------------


def _ask_key(file: Outgoing) -> None:
    tell(say("This study's names are in a key. Files are checked against it before they leave."))
    if unlock():
        st.rerun(scope="fragment")
    with st.form("leave_unchecked", border=False):
        reason = st.text_input(
            say("Without the passphrase: take it unchecked, because"),
            help=say("The reason stands in the log of the study, with your name. Write no names in it."),
        )
        if st.form_submit_button(say("Take it unchecked")):
            _take(file, "unchecked", reason)


def unlock() -> bool:
    """Ask for the passphrase; whether the check was unlocked just now."""
    engine, actor = session.engine(), session.actor()
    has_key = key_place(str(actor.study_id)).is_file()
    with st.form("unlock_check", border=False):
        file = None if has_key else st.file_uploader(say("The key file"), type="age")
        passphrase = st.text_input(say("Passphrase of the key"), type="password")
        if not st.form_submit_button(say("Unlock the check"), type="primary"):
            return False
    try:
        with st.spinner(say("The key is being opened")):
            leaving.unlock_check(
                engine, actor, passphrase or "", uploaded=None if file is None else file.getvalue()
            )
    except UserFacingError as error:
        st.error(plain(retold(error)))
        return False
    return True


# -- a file in which names show -------------------------------------------------------------------------


def _show_places(file: Outgoing, places: tuple[Place, ...]) -> None:
    n = len(places)
    tell(
        say_number(
            "A name or number of the key shows in one place of {name}. It has not left.",
            "Names or numbers of the key show in {n} places of {name}. It has not left.",
            n,
            name=file.name,
        )
    )
    table = {say("Where"): [retold(place.where) for place in places]}
    if any(place.pseudonym for place in places):
        table[say("Should be")] = [place.pseudonym for place in places]
        table[say("Words there")] = [place.around for place in places]
    st.dataframe(
        pd.DataFrame(table),
        hide_index=True,
        row_height=32,
        height="content" if n < 8 else 260,
    )
    tell(say("Best is to correct the text or memo that it comes from, and to ask for the file again."))
    with st.form("leave_with_names", border=False):
        reason = st.text_input(
            say_number("Or take it with this place, because", "Or take it with these {n} places, because", n),
            help=say("The reason stands in the log of the study, with your name. Write no names in it."),
        )
        if st.form_submit_button(say_number("Take it with this place", "Take it with these {n} places", n)):
            _take(file, "with_names", reason)


def _take(file: Outgoing, why: str, reason: str | None) -> None:
    if not (reason or "").strip():
        st.error(say("Say why: the reason stands in the log."))
        return
    try:
        leaving.let_leave(session.engine(), session.actor(), file, **{why: reason or ""})
    except UserFacingError as error:
        st.error(plain(retold(error)))
        return
    st.session_state.setdefault(_REASONED, set()).add(_mark(file.data))
    _let_pass(file)
    st.rerun(scope="fragment")


def _mark(content: bytes) -> str:
    """What a file is known again by, as long as it is checked against the same key."""
    entries = leaving.entries_held(session.engine(), session.actor())
    return f"{entries} {hashlib.sha256(content).hexdigest()}"


def _has_passed(content: bytes) -> bool:
    return _mark(content) in st.session_state.get(_PASSED, ())


def _let_pass(file: Outgoing) -> None:
    st.session_state.setdefault(_PASSED, set()).add(_mark(file.data))


# -- the page Study ------------------------------------------------------------------------------------


def show_check() -> None:
    """Whether files are checked for names before they leave, and the way to unlock that."""
    engine, actor = session.engine(), session.actor()
    if not leaving.is_checked(engine, actor):
        return
    st.subheader(say("Check for names"))
    entries = leaving.entries_held(engine, actor)
    if entries is None:
        tell(say("Locked: the study's names are in a key, and files can't be checked against it yet."))
        if st.button(say("Unlock the check")):
            _ask_unlock()
        return
    tell(
        say(
            "Files are checked against {n} names and numbers before they leave, for all who work in this "
            "app, until it is closed.",
            n=entries,
        )
    )
    if st.button(say("Lock the check")):
        leaving.lock_check(actor)
        st.rerun()


@dialog("Unlock the check")
def _ask_unlock() -> None:
    tell(
        say(
            "The names stay in the memory of the app: nothing of them is stored, and nobody is shown them. "
            "Whoever asks for a file profits, also without the passphrase."
        )
    )
    if unlock():
        st.rerun()

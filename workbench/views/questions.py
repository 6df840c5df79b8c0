"""The page Questions: passages, matrices, codes that stand together, time, words; one set of filters."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from codebook.retrieval import Scope
from workbench import session
from workbench.messages import say
from workbench.services import asking
from workbench.services.asking import Choices
from workbench.views.drawing import STYLE
from workbench.views.links import link
from workbench.views.questions_matrix import attribute_name, attributes_of_documents, show_matrix
from workbench.views.questions_network import show_together
from workbench.views.questions_passages import show_retrieval
from workbench.views.questions_time import show_time
from workbench.views.questions_words import show_words
from workbench.views.words import plain, tell

VIEWS: Mapping[str, Callable[[Choices, Scope], None]] = {
    "retrieve": show_retrieval,
    "matrix": show_matrix,
    "together": show_together,
    "time": show_time,
    "words": show_words,
}


def show() -> None:
    """Draw the page for the person at work; say what is missing where it cannot begin."""
    st.html(STYLE)
    found = asking.choices(session.engine(), session.actor())
    if not found.documents:
        tell(say("Questions are asked of documents and of what was coded in them. Import documents first."))
        link("documents", say("Import documents"))
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="medium", key="questions_bar"):
        view = _choose_view()
        scope = _ask_scope(found)
        st.caption(plain(_what_is_asked(found, scope)))
    if view != "words" and not found.codings:
        _show_nothing_coded(found)
        return
    VIEWS[view](found, scope)


def _choose_view() -> str:
    names = {
        "retrieve": say("Retrieve"),
        "matrix": say("Matrix"),
        "together": say("Co-occurrence"),
        "time": say("Time"),
        "words": say("Words"),
    }
    picked = st.segmented_control(
        say("View"),
        list(names),
        format_func=names.__getitem__,
        default="retrieve",
        required=True,
        key="questions_view",
        label_visibility="collapsed",
        persist_state="session",
    )
    return picked or "retrieve"


def _show_nothing_coded(found: Choices) -> None:
    if not found.codes:
        tell(say("Codings need codes, and codes come from a codebook. Words can be asked for already."))
        link("codebook", say("Load a codebook"))
        return
    tell(say("Nothing is coded yet that you may see. Words can be asked for already."))
    link("code", say("Code documents"))


def _ask_scope(found: Choices) -> Scope:
    """The filters, which hold for every view and stay while one moves between pages."""
    active = sum(bool(value) for key, value in st.session_state.items() if str(key).startswith("asked_"))
    label = say("Filters: {n}", n=active) if active else say("Filters")
    with st.popover(label, icon=":material/filter_list:", width="content"):
        groups = {
            "attribute": (say("Documents"), attributes_of_documents(found)),
            "speaking": (say("Who speaks"), found.speaking),
            "linked": (say("Linked to the document"), found.linked),
        }
        there = [name for name, (_, attributes) in groups.items() if attributes]
        left, *others = st.columns(1 + len(there))
        with left:
            sources = _some_of(say("Source"), found.sources, "asked_sources")
            kinds = _some_of(say("Kind of source"), found.kinds, "asked_kinds")
            coders = _some_of(say("Coder"), found.coders, "asked_coders")
            since = _a_date(say("From"), found, "asked_since")
            until = _a_date(say("Until"), found, "asked_until")
            st.button(say("Clear the filters"), on_click=_clear, disabled=not active)
        asked: dict[str, dict[str, tuple[str, ...]]] = {}
        for name, column in zip(there, others, strict=True):
            heading, attributes = groups[name]
            with column:
                st.markdown(f"**{plain(heading)}**")
                asked[name] = {
                    attribute: _some_of(plain(attribute_name(attribute)), values, f"asked_{name} {attribute}")
                    for attribute, values in attributes.items()
                }
    return Scope(
        sources,
        kinds,
        asked.get("attribute"),
        since,
        until,
        coders,
        asked.get("speaking"),
        asked.get("linked"),
    )


def _clear() -> None:
    for key in [key for key in st.session_state if str(key).startswith("asked_")]:
        st.session_state[key] = None if key in ("asked_since", "asked_until") else []


def _some_of(label: str, options: Sequence[str], key: str) -> tuple[str, ...]:
    if key in st.session_state:  # what was chosen may be gone since
        st.session_state[key] = [value for value in st.session_state[key] or () if value in options]
    return tuple(
        st.multiselect(label, options, key=key, persist_state="session", placeholder=say("all"), width=250)
    )


def _a_date(label: str, found: Choices, key: str) -> dt.date | None:
    given: Any = st.date_input(
        label,
        value=None,
        min_value=found.first,
        max_value=found.last,
        key=key,
        format="YYYY-MM-DD",
        disabled=found.first is None,
        persist_state="session",
        width=250,
    )
    return given if isinstance(given, dt.date) else None


def _what_is_asked(found: Choices, scope: Scope) -> str:
    asked = asking.extent(session.engine(), session.actor(), scope)
    said = say(
        "{documents} of {all_documents} documents, {codings} of {all_codings} codings",
        documents=asked.documents,
        all_documents=found.documents,
        codings=asked.codings,
        all_codings=found.codings,
    )
    if found.blind:
        said += " · " + say("in {n} with an open blind round only your own", n=found.blind)
    return said

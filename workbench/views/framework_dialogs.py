"""The page Framework: the dialogs in which a framework is made, given other columns or another name."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from store.frameworks import DOCUMENTS, Rows
from store.studies import Member
from workbench import session
from workbench.messages import say
from workbench.services import frameworks as service
from workbench.services.codebooks import list_codebooks
from workbench.services.framework_cells import FrameworkMatrix
from workbench.services.framework_rows import row_choices
from workbench.services.frameworks import FrameworkLine
from workbench.views.words import dialog, do, plain, tell


def name_of_rows(rows: Rows) -> str:
    """What the rows of a framework are, in a word: "Speaker", or the attribute."""
    if rows.kind == "attribute":
        return rows.attribute
    return say("Document") if rows == DOCUMENTS else say("Speaker")


@dialog("New framework")
def ask_framework() -> None:
    """A new framework: its name, rows and columns."""
    engine, actor = session.engine(), session.actor()
    with st.form("new_framework", border=False):
        name = st.text_input(say("Name of the framework"))
        rows = st.selectbox(
            say("Rows"),
            row_choices(engine, actor),
            format_func=_line_of_rows,
            help=say(
                "A speaker's row holds all that is said under that name, in whatever document. The rows of "
                "an attribute hold the documents with the same value: a site, a participant."
            ),
        )
        themes = _ask_themes(actor, {})
        if st.form_submit_button(say("Make the framework"), type="primary"):
            do(
                lambda: _choose_new(
                    service.add_framework(engine, actor, name or "", themes=themes, rows=rows)
                )
            )


def _line_of_rows(rows: Rows) -> str:
    if rows.kind == "attribute":
        return say("Documents by {attribute}", attribute=rows.attribute)
    return say("Documents") if rows == DOCUMENTS else say("Speakers")


def _choose_new(name: str) -> None:
    st.session_state["framework_chosen"] = name


@dialog("Columns")
def ask_columns(matrix: FrameworkMatrix) -> None:
    """Other columns, or another order."""
    engine, actor = session.engine(), session.actor()
    tell(say("What was written under a theme stays with it, and is back when the theme is."))
    with st.form("framework_columns", border=False):
        themes = _ask_themes(actor, {column.key: column.label for column in matrix.columns})
        if st.form_submit_button(say("Set the columns"), type="primary"):
            do(lambda: service.change_columns(engine, actor, matrix.name, themes=themes))


@dialog("Rename")
def ask_name(line: FrameworkLine) -> None:
    """Another name, or the one before."""
    tell(say("All that was written in it goes along."))
    with st.form("framework_name", border=False):
        name = st.text_input(say("Name of the framework"), value=line.name)
        if st.form_submit_button(say("Give this name"), type="primary"):
            do(lambda: _rename(line, name))
    if line.former_names:
        former = line.former_names[0]
        if st.button(say("Name it “{name}” again", name=plain(former))):
            do(lambda: _rename(line, former))


def _rename(line: FrameworkLine, name: str) -> None:
    renamed = service.rename_framework(session.engine(), session.actor(), line.name, name)
    st.session_state["framework_chosen"] = renamed


def _ask_themes(actor: Member, now: Mapping[str, str]) -> list[str]:
    books = list_codebooks(session.engine(), actor)
    known = {code.key: code.name() for book in books for code in book.codebook.codes}
    labels = dict(now) | known
    return st.multiselect(
        say("Themes, in the order of the columns"),
        list(labels),
        default=list(now),
        format_func=lambda key: f"{key}  {labels[key]}",
        placeholder=say("choose from the codebook"),
    )

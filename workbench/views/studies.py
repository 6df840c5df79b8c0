"""The list of studies: open one, or create one."""

from __future__ import annotations

import streamlit as st

from corpus.errors import UserFacingError
from workbench import session
from workbench.messages import say
from workbench.reasons import retold
from workbench.services.overview import StudyLine, list_studies
from workbench.services.studies import create_study
from workbench.views import packages
from workbench.views.links import go_to, link
from workbench.views.words import plain, tell


def show() -> None:
    """Draw the page."""
    lines = list_studies(session.engine(), session.person())
    st.title(say("Studies"))
    left, _, right = st.columns([17, 1, 9])
    with left:
        if lines:
            with st.container(gap="xxsmall"):
                _show_list(lines)
        else:
            tell(
                say(
                    "There is no study yet. A study holds the documents, the codebook, the codings and the "
                    "judgements of one team. Give it a name to begin."
                )
            )
    with right:
        _ask_who()
        _ask_new_study(first=not lines)
        packages.show_open()


def _show_list(lines: list[StudyLine]) -> None:
    for line in lines:
        name, about = st.columns([1, 1], vertical_alignment="center")
        with name:
            link("study", line.name, study=line.name)
        about.caption(plain(_about(line)))


def _about(line: StudyLine) -> str:
    counts = say("documents: {documents}, people: {people}", documents=line.documents, people=line.people)
    if line.role is None:
        return say("{counts}; led by {lead}", counts=counts, lead=line.lead)
    role = say("you lead it") if line.role == "lead" else say("you are a researcher in it")
    return say("{counts}; {role}", counts=counts, role=role)


def _ask_who() -> None:
    name = st.text_input(
        say("Your name"),
        value=session.person(),
        help=say("As your team knows you. On one machine a name is no lock: choose only your own."),
    )
    if name and name.strip() and name.strip() != session.person():
        session.choose("person", name.strip())
        st.rerun()


def _ask_new_study(*, first: bool) -> None:
    with st.form("new_study", border=False, clear_on_submit=False):
        name = st.text_input(say("Name of a new study"))
        if st.form_submit_button(say("Create the study"), type="primary" if first else "secondary"):
            _create(name or "")


def _create(name: str) -> None:
    try:
        create_study(session.engine(), name, person=session.person())
    except UserFacingError as error:
        st.error(plain(retold(error)))
        return
    created = " ".join(name.split())
    session.choose("study", created)
    go_to("study", study=created)

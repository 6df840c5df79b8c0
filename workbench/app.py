"""The app: pages in the order of the work, and what every page shares."""

from __future__ import annotations

import logging
from importlib import import_module

import streamlit as st

from corpus.errors import UserFacingError
from workbench import session
from workbench.messages import say
from workbench.services.errors import NotAllowed, NotThere
from workbench.services.studies import names_in

log = logging.getLogger("trigpoint")

#: Path, title and icon-free name of each page after the list of studies.
PAGES = (
    ("study", "Study"),
    ("documents", "Documents"),
    ("codebook", "Codebook"),
    ("code", "Code"),
    ("compare", "Compare"),
    ("triangulate", "Triangulate"),
    ("report", "Report"),
)


def main() -> None:
    """Draw the page that the address names. Called on every rerun."""
    session.remember_address()
    st.set_page_config(
        page_title=f"{session.person()} · Trigpoint", layout="wide", initial_sidebar_state="collapsed"
    )
    studies = st.Page(_page("studies"), title=say("Studies"), url_path="studies", default=True)
    pages = [
        st.Page(
            _page(path),
            title=say(title),
            url_path=path,
            visibility="visible" if session.chosen("study") else "hidden",
        )
        for path, title in PAGES
    ]
    current = st.navigation([studies, *pages], position="top")
    try:
        _show_who_works()
        current.run()
    except (NotAllowed, NotThere) as error:
        st.info(str(error))
    except UserFacingError as error:
        st.error(str(error))
    except Exception:
        # Nobody here can act on a traceback; it goes to the terminal that runs the app.
        log.exception("page %s", current.url_path or "studies")
        st.error(
            say(
                "Something went wrong on this page. What you had saved is safe. Reload the page; if it "
                "happens again, note what you did and show the terminal window in which Trigpoint runs to "
                "whoever looks after it."
            )
        )


def _page(name: str):  # type: ignore[no-untyped-def]
    def show() -> None:
        import_module(f"workbench.views.{name}").show()

    show.__name__ = name
    return show


def _show_who_works() -> None:
    """In the sidebar: who works in this tab. A name is no lock, and the page says so."""
    with st.sidebar:
        if session.chosen("study") is None:
            st.caption(say("Working as {name}.", name=session.person()))
            return
        study = session.study()
        st.text(study.name)
        names = names_in(session.engine(), study)
        if session.person() not in names:
            names = [session.person(), *names]
        picked = st.selectbox(say("Who is working"), names, index=names.index(session.person()))
        if picked != session.person():
            session.choose("person", picked)
            st.rerun()
        st.caption(
            say(
                "On one machine a name is no lock: that a second coder sees nothing of the first rests on "
                "each person choosing only their own name (procedural blinding)."
            )
        )

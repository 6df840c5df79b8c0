"""The app: pages in the order of the work, and what every page shares."""

from __future__ import annotations

import logging
from importlib import import_module

import streamlit as st

from corpus.errors import UserFacingError
from workbench import session
from workbench.messages import SPOKEN, ask_language_of, say, say_as
from workbench.reasons import retold
from workbench.services.errors import NotAllowed, NotThere
from workbench.services.studies import names_in
from workbench.views.links import link
from workbench.views.words import plain, tell

log = logging.getLogger("trigpoint")

ask_language_of(session.language)

#: Path, title and icon-free name of each page after the list of studies.
PAGES = (
    ("study", "Study"),
    ("documents", "Documents"),
    ("search", "Search"),
    ("codebook", "Codebook"),
    ("code", "Code"),
    ("suggestions", "Suggestions"),
    ("memos", "Memos"),
    ("compare", "Compare"),
    ("questions", "Questions"),
    ("framework", "Framework"),
    ("triangulate", "Triangulate"),
    ("report", "Report"),
)

# The name of whoever works stands at the right of the navigation and takes no room on the page.
_FRAME = """<style>
.stMainBlockContainer { padding-left: 2.25rem; padding-right: 2.25rem; }
[data-testid="stLayoutWrapper"]:has(> .st-key-who_works) {
  position: fixed; top: 11px; right: 2.25rem; z-index: 999991; width: auto;
}
button[data-variant="segmented_control"][data-selected="true"] {
  color: light-dark(#0B625E, #6CCDC2) !important; font-weight: 600;
}
.st-key-who_works { width: auto !important; }
.st-key-who_works button { min-height: 32px; padding: 2px 10px; border-color: transparent; background: none; }
</style>"""


def main() -> None:
    """Draw the page that the address names. Called on every rerun."""
    session.remember_address()
    st.set_page_config(page_title=f"{session.person()} · Trigpoint", layout="wide")
    st.html(_FRAME)
    studies = st.Page(_page("studies"), title=say("Studies"), url_path="studies", default=True)
    pages = [
        st.Page(
            _page(path),
            title=say_as("page", title),
            url_path=path,
            visibility="visible" if session.chosen("study") else "hidden",
        )
        for path, title in PAGES
    ]
    settings = st.Page(
        _page("settings_page"), title=say("Settings"), url_path="settings", visibility="hidden"
    )
    pseudonyms = st.Page(
        _page("pseudonyms"), title=say("Import with pseudonyms"), url_path="pseudonyms", visibility="hidden"
    )
    people = st.Page(
        _page("participants"), title=say("People and cases"), url_path="people", visibility="hidden"
    )
    current = st.navigation([studies, *pages, settings, pseudonyms, people], position="top")
    try:
        _show_who_works()
        current.run()
    except (NotAllowed, NotThere) as error:
        st.info(plain(retold(error)))
    except UserFacingError as error:
        st.error(plain(retold(error)))
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
    """Who works in this tab, and how to change it. A name is no lock, and the page says so."""
    with st.container(key="who_works"), st.popover(plain(session.person()), icon=":material/person:"):
        _choose_language()
        if session.chosen("study") is None:
            tell(say("Working as {name}.", name=session.person()))
            link("settings", say("Settings"))
            return
        study = session.study()
        names = names_in(session.engine(), study)
        if session.person() not in names:
            names = [session.person(), *names]
        picked = st.selectbox(say("Who is working"), names, index=names.index(session.person()))
        if picked != session.person():
            session.choose("person", picked)
            st.rerun()
        tell(
            say(
                "On one machine a name is no lock: that a second coder sees nothing of the first rests on "
                "each person choosing only their own name (procedural blinding)."
            ),
            width=320,
        )
        link("settings", say("Settings"))


def _choose_language() -> None:
    """The language of the interface; each is offered by its own name."""
    picked = st.segmented_control(
        say("Language of the interface"),
        list(SPOKEN),
        default=session.language(),
        required=True,
        format_func=SPOKEN.__getitem__,
        key=f"interface_{session.language()}",
    )
    if picked and picked != session.language():
        session.choose_language(picked)
        st.rerun()

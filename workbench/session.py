"""Who is working on what: the study, the person and the document of this browser tab.

Addresses (`?study=…&person=…&document=…&at=…`) come first, then what was chosen earlier in the
session. On a single machine a name is no lock: blindness then rests on procedure.
"""

from __future__ import annotations

import os
from urllib.parse import urlencode
from uuid import UUID

import streamlit as st
from sqlalchemy import Engine

from store.engine import open_engine
from store.migrate import migrate
from store.studies import Member, Study
from workbench import settings
from workbench.messages import SPOKEN
from workbench.services.errors import NotThere
from workbench.services.import_jobs import clean_up
from workbench.services.studies import enter_study, find_study

#: What an address may say and the session remembers.
KEPT = ("study", "person", "document", "round", "language")

#: What goes along in every address.
ALWAYS = ("study", "person", "language")


@st.cache_resource
def _engine_at(url: str) -> Engine:
    engine = open_engine(url)
    migrate(engine)
    clean_up(engine)
    return engine


def engine() -> Engine:
    """The database that this server was started on."""
    return _engine_at(settings.database_url(os.environ.get(settings.DATABASE_VARIABLE)))


def remember_address() -> None:
    """Take over what the address says, and put what is remembered into the address."""
    for name in KEPT:
        if name in st.query_params:
            _keep(name, st.query_params[name])
        elif name in ALWAYS and f"chosen_{name}" in st.session_state:
            st.query_params[name] = st.session_state[f"chosen_{name}"]


def chosen(name: str) -> str | None:
    """What was chosen under a name ("study", "document", …), None where nothing was."""
    value: str | None = st.session_state.get(f"chosen_{name}")
    return value


def choose(name: str, value: str | None) -> None:
    """Choose a study, person, document or round for this session and its address."""
    if value is None:
        st.session_state.pop(f"chosen_{name}", None)
        st.query_params.pop(name, None)
    else:
        _keep(name, value)
        st.query_params[name] = value


def _keep(name: str, value: str) -> None:
    if name in ("study", "person") and chosen(name) not in (None, value):
        _forget_work()
    st.session_state[f"chosen_{name}"] = value


def _forget_work() -> None:
    """What stands in fields and was not saved is one person's own: the next must not find it there."""
    for key in [key for key in st.session_state if not str(key).startswith("chosen_")]:
        del st.session_state[key]
    st.session_state.pop("chosen_document", None)


def person() -> str:
    """The name of whoever works in this tab."""
    return settings.acting_person(chosen("person"))


def language() -> str:
    """The language in which the interface speaks in this tab: as chosen, else English."""
    said = chosen("language")
    return said if said in SPOKEN else "en"


def choose_language(language: str) -> None:
    """Speak another language from now on. Fields that offer choices in the old one begin anew."""
    for key in [key for key in st.session_state if not str(key).startswith("chosen_")]:
        del st.session_state[key]
    choose("language", language)


def study() -> Study:
    """The study that is open.

    Raises
    ------
    NotThere
        If none was chosen, or the chosen one does not exist.
    """
    return find_study(engine(), chosen("study"))


def actor() -> Member:
    """The person as a member of the open study; every service checks what they may do."""
    return enter_study(engine(), study(), person=person())


def chosen_document() -> UUID | None:
    """The document that the address or an earlier click names."""
    wanted = chosen("document")
    if wanted is None:
        return None
    try:
        return UUID(wanted)
    except ValueError:
        raise NotThere("The address names no document. Choose one on the page Documents.") from None


def version() -> UUID | None:
    """The version of the text that the place in the address is in; None: the present one."""
    try:
        return UUID(st.query_params.get("version", ""))
    except ValueError:
        return None


def place() -> int | None:
    """The place in the text that the address points to, in code points; None without one."""
    at = st.query_params.get("at", "")
    return int(at) if at.isdecimal() else None


def address(page: str, *, document: UUID, at: int | None = None, version: UUID | None = None) -> str:
    """The address of a place in a document, for links that open a tab of their own.

    ``version`` is the one that the place is in, None: the present one.
    """
    said = {name: chosen(name) for name in ALWAYS} | {"document": str(document)}
    if at is not None:
        said["at"] = str(at)
    if version is not None:
        said["version"] = str(version)
    return f"{page}?{urlencode({name: value for name, value in said.items() if value})}"

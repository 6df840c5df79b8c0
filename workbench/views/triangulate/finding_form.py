"""Writing a finding: what one source says on a theme, with what it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

import streamlit as st
from sqlalchemy import Engine

from codebook.hierarchy import children
from codebook.models import Codebook, Valence
from corpus.errors import UserFacingError
from store.studies import Member
from triangulation.models import (
    Prominence,
)
from triangulation.report.wording import PROMINENCE_SYMBOL, VALENCE_SYMBOL
from workbench.components.matrix import Place
from workbench.messages import say
from workbench.services import findings
from workbench.services.coding import codings_of
from workbench.services.documents import list_documents
from workbench.services.triangulation import Triangulation
from workbench.views.drawing import (
    prominence_words,
    theme_name,
    valence_words,
)
from workbench.views.triangulate.matrix import CHOSEN
from workbench.views.words import plain


@st.dialog("Add a finding", width="large")
def add_finding(engine: Engine, actor: Member, found: Triangulation, book: Codebook) -> None:
    """What one source says on a theme, in plain words, with the codings it rests on."""
    place: Place | None = st.session_state.get(CHOSEN)
    left, right = st.columns(2)
    with left:
        sources = list(found.matrix.sources)
        first = place.sources[0] if place is not None else sources[0]
        source = st.selectbox(
            say("Source"),
            sources,
            index=sources.index(first) if first in sources else 0,
            key=_field("source"),
        )
    with right:
        themes = [c.key for c in book.codes if c.parent is not None or not children(book, c.key)]
        wanted = themes.index(place.theme) if place is not None and place.theme in themes else None
        theme = st.selectbox(
            say("Theme"),
            themes,
            index=wanted,
            format_func=lambda key: f"{theme_name(book, key)}  ({key})",
            placeholder=say("Choose a theme"),
            key=_field("theme"),
        )
    row = _choose_row(found, theme, place)
    statement = st.text_area(
        say("What does this source say, in plain words?"), height=80, key=_field("statement")
    )
    valence, prominence = _ask_direction_and_weight()
    left, right = st.columns([2, 1])
    with left:
        coverage = st.text_input(say("Coverage: which sites, groups or periods"), key=_field("coverage"))
    with right:
        importance = st.segmented_control(
            say("Importance"),
            ["main", "minor"],
            format_func=_importance_words().__getitem__,
            key=_field("weight"),
        )
    codings = _choose_codings(engine, actor, source, theme)
    if not st.button(say("Save this finding"), type="primary", disabled=theme is None):
        return
    try:
        findings.add_finding(
            engine,
            actor,
            source=source,
            theme=theme or "",
            row=statement if row is None else row,
            statement=statement,
            valence=valence,
            prominence=prominence,
            coverage=coverage.strip(),
            importance=importance,
            coding_ids=codings,
        )
    except UserFacingError as error:
        st.error(plain(str(error)))
        return
    _forget_form()
    st.session_state["triangulate_notice"] = say("Finding saved.")
    st.rerun()


def _importance_words() -> Mapping[str, str]:
    return {"main": say("main"), "minor": say("minor")}


def _choose_row(found: Triangulation, theme: str | None, place: Place | None) -> str | None:
    """The row's statement; None asks for a row that bears the finding's own words."""
    rows = [row.statement for row in found.matrix.rows if row.theme == theme]
    options: list[str | None] = [None, *dict.fromkeys(["", *rows])]
    here = place.statement if place is not None and place.theme == theme else None
    words = {None: say("A new row, in the words of this finding"), "": say("The theme itself")}
    return st.selectbox(
        say("Row of the matrix: the statement that sources are compared on"),
        options,
        index=options.index(here) if here in options else 0,
        format_func=lambda row: words.get(row, row or ""),
        key=_field(f"row_{theme}"),
    )


def _ask_direction_and_weight() -> tuple[Valence | None, Prominence | None]:
    left, right = st.columns(2)
    valences, weights = valence_words(), prominence_words()
    with left:
        valence = st.segmented_control(
            say("Direction"),
            list(Valence),
            format_func=lambda v: f"{VALENCE_SYMBOL[v]} {valences[v]}",
            key=_field("valence"),
        )
    with right:
        prominence = st.segmented_control(
            say("Prominence within this source"),
            list(Prominence),
            format_func=lambda p: f"{PROMINENCE_SYMBOL[p]} {weights[p]}",
            key=_field("prominence"),
        )
    return valence, prominence


def _choose_codings(engine: Engine, actor: Member, source: str, theme: str | None) -> list[UUID]:
    """The codings that a finding rests on, chosen among those of its source and theme."""
    if theme is None:
        return []
    titles = {d.id: d.title for d in list_documents(engine, actor) if d.source == source}
    offered = [c for c in codings_of(engine, actor) if c.code == theme and c.document_id in titles]
    if not offered:
        st.caption(
            say(
                "Nobody has coded this theme in this source yet, as far as you may see. A finding can do "
                "without."
            )
        )
        return []
    st.caption(say("The codings it rests on: {n} of this source and theme", n=len(offered)))
    chosen = []
    with st.container(height=220, border=True):
        for coding in offered:
            symbol = "" if coding.valence is None else f"{VALENCE_SYMBOL[coding.valence]} "
            label = plain(f"{symbol}{coding.quote} ({coding.coder}, {titles[coding.document_id]})")
            if st.checkbox(label, key=_field(f"coding_{coding.id}")):
                chosen.append(coding.id)
    return chosen


def _field(name: str) -> str:
    """The key of a field; each finding has its own, as a browser may still send those of the last one."""
    return f"finding_{name}{st.session_state.get('findings_written', '')}"


def _forget_form() -> None:
    for name in [name for name in st.session_state if str(name).startswith("finding_")]:
        del st.session_state[name]
    st.session_state["findings_written"] = st.session_state.get("findings_written", 0) + 1

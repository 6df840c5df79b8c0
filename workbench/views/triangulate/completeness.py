"""Step 4 on the page Triangulate: what each source raises, and what only one does."""

from __future__ import annotations

import streamlit as st
from sqlalchemy import Engine

from codebook.models import Codebook
from store.studies import Member
from triangulation.completeness import Presence
from triangulation.report.wording import share
from workbench.messages import say
from workbench.services.triangulation import Triangulation
from workbench.views.drawing import escaped, row_name, table


def show(_engine: Engine, _actor: Member, found: Triangulation, book: Codebook) -> None:
    """What each source raises."""
    if not found.matrix.rows:
        st.info(say("There is nothing to compare yet. Add findings first: each stands in a row."))
        return
    st.html(_completeness(found, book))


def _completeness(found: Triangulation, book: Codebook) -> str:
    words = {
        Presence.PRESENT: say("● present"),
        Presence.UNIQUE: say("◆ only here"),
        Presence.ABSENT: "",
        Presence.DISPUTED: say("≠ researchers differ"),
        Presence.UNKNOWN: say("? not known"),
    }
    rows: list[list[str]] = []
    for row in found.matrix.rows:
        name = f"{escaped(row_name(book, row))} {_soft(row.theme)}"
        seen = [found.completeness.presence[row, source] for source in found.matrix.sources]
        rows.append([name, *(escaped(words[kind]) for kind in seen)])
    for kind, word in ((Presence.PRESENT, say("present")), (Presence.UNIQUE, say("only here"))):
        numbers = [
            share(len(found.completeness.rows_with(source, kind)), len(found.matrix.rows))
            for source in found.matrix.sources
        ]
        rows.append([f"<b>{escaped(say('Rows: {word}', word=word))}</b>", *numbers])
    return table(
        say(
            "Completeness: what each source raises, over findings and researchers together. Blank: absent. "
            "Only here: all other sources are absent."
        ),
        [say("Row"), *found.matrix.sources],
        rows,
    )


def _soft(text: str) -> str:
    return f'<span class="tp-soft tp-small">{escaped(text)}</span>'

"""The log of what researchers settled: who, when, what, why, and what was replaced or taken back."""

from __future__ import annotations

import datetime as dt

import streamlit as st
from sqlalchemy import Engine

from codebook.models import Codebook
from store.studies import Member
from workbench.messages import say
from workbench.services import resolutions
from workbench.services.resolutions import LoggedResolution
from workbench.views.drawing import escaped, table
from workbench.views.leaving import download
from workbench.views.triangulate.resolving import outcome_word, place_words
from workbench.views.words import local_time


def show(engine: Engine, actor: Member, book: Codebook) -> None:
    """Every resolution there was, newest first, and the same as a file."""
    log = resolutions.resolution_log(engine, actor)
    if not log:
        st.info(
            say("Nothing is settled yet. Under Differences each outcome is written down with its reason.")
        )
        return
    download(
        say("Download the log (CSV)"),
        "resolutions",
        lambda: resolutions.resolution_file(engine, actor),
        file_name="resolutions.csv",
        mime="text/csv",
        on_click="ignore",
    )
    st.html(
        table(
            say("What researchers settled, newest first. Nothing is ever taken out of this list."),
            [
                say("When, by whom"),
                say("Row"),
                say("About"),
                say("Outcome"),
                say("Reason"),
                say("Decided by"),
                say("Minority view"),
                say("State"),
            ],
            [_line(one, book) for one in log],
        )
    )


def _line(one: LoggedResolution, book: Codebook) -> list[str]:
    said = one.resolution
    row, about, where = place_words(said, book)
    states = {
        "holds": say("holds"),
        "replaced": say("replaced by a newer one"),
        "taken back": say("taken back"),
    }
    when = local_time(dt.datetime.fromisoformat(said.at))
    minority = f"{said.minority_by}: {said.minority}" if said.minority else ""
    return [
        f'<span style="white-space: nowrap">{escaped(when)}</span> {escaped(one.author)}',
        escaped(row),
        escaped(f"{about}: {where}" if where else about),
        escaped(outcome_word(said)),
        escaped(said.reason),
        escaped(", ".join(said.decided_by)),
        escaped(minority),
        escaped(states[one.state]),
    ]

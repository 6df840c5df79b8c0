"""The page Report: the report as it will print, what people write for it, and files to take away."""

from __future__ import annotations

from functools import partial

import streamlit as st

from workbench import session
from workbench.messages import say
from workbench.services.reporting import page_of, report_bytes, report_for
from workbench.services.triangulation import triangulate
from workbench.views import report_writing
from workbench.views.leaving import download
from workbench.views.paper import show_paper
from workbench.views.words import plain

_OFFICE = "application/vnd.openxmlformats-officedocument"
_KINDS = {
    "html": "text/html",
    "docx": f"{_OFFICE}.wordprocessingml.document",
    "xlsx": f"{_OFFICE}.spreadsheetml.sheet",
    "md": "text/markdown",
}


def show() -> None:
    """Draw the report of what the person at work may see, with its downloads, or what is written for it."""
    engine, actor = session.engine(), session.actor()
    study = session.study()
    found = triangulate(engine, actor)
    with st.container(horizontal=True, vertical_alignment="center", key="report_bar"):
        for ending, label in _downloads().items():
            download(
                label,
                "report",
                data=partial(report_bytes, engine, actor, format=ending),
                file_name=f"{file_name(study.name)}.{ending}",
                mime=_KINDS[ending],
                on_click="ignore",
            )
    part = _pick_part()
    if part == "texts":
        report_writing.show_texts(engine, actor)
    elif part == "standards":
        report_writing.show_standards(engine, actor, report_for(engine, actor))
    else:
        st.caption(_what_it_holds(found.hidden, found.locked, actor.name))
        page = page_of(report_for(engine, actor))
        show_paper("report", title=say("The report as it will print"), page=page)


def _downloads() -> dict[str, str]:
    return {
        "html": say("Download HTML"),
        "docx": say("Download DOCX"),
        "xlsx": say("Download XLSX"),
        "md": say("Download Markdown"),
    }


def _pick_part() -> str:
    names = {
        "report": say("The report"),
        "texts": say("Texts"),
        "standards": say("COREQ and SRQR"),
    }
    return st.segmented_control(
        say("What to do with the report"),
        list(names),
        format_func=names.__getitem__,
        default="report",
        required=True,
        key="report_show",
        label_visibility="collapsed",
    )


def _what_it_holds(hidden: tuple[str, ...], locked: tuple[str, ...], person: str) -> str:
    said = say("Numbers are counted anew each time, from what you may see.")
    if hidden:
        said += " " + say("Left out until both have locked: {names}.", names=plain(", ".join(hidden)))
    if person not in locked and not hidden:
        said += " " + say("Judgements count once they are locked; your own are shown to you before.")
    return said


def file_name(study: str) -> str:
    """A name for the report's file that every system takes.

    >>> file_name("Chronic care: region A/B")
    'Chronic care region A B triangulation report'
    """
    kept = "".join(letter if letter.isalnum() or letter in " -_" else " " for letter in study)
    return " ".join(f"{kept} triangulation report".split())

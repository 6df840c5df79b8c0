"""The page Report: the report as it will print, and as files to take away."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from typing import Any

import streamlit as st

from workbench import session
from workbench.messages import say
from workbench.services.reporting import report_bytes, report_page
from workbench.services.triangulation import triangulate
from workbench.views.words import plain

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

# The page of the report is ours and escapes what people wrote; the sandbox holds even if it did not:
# no scripts, no origin, no forms. Only a component can give a frame an empty sandbox.
_PAPER_JS = """
export default function ({ data, parentElement }) {
  let frame = parentElement.querySelector("iframe");
  if (frame === null) {
    frame = document.createElement("iframe");
    frame.setAttribute("sandbox", "");
    frame.dataset.trigpoint = "report";
    frame.style.cssText = "display:block;width:100%;border:1px solid #8884;" +
      "height:max(420px,calc(100vh - 190px))";
    parentElement.append(frame);
  }
  frame.title = data.title;
  if (frame.srcdoc !== data.page) frame.srcdoc = data.page;
  return () => frame.remove();
}
"""


def show() -> None:
    """Draw the report of what the person at work may see, with its downloads."""
    engine, actor = session.engine(), session.actor()
    study = session.study()
    found = triangulate(engine, actor)
    with st.container(horizontal=True, vertical_alignment="center", key="report_bar"):
        for label, ending, mime in (
            (say("Download HTML"), "html", "text/html"),
            (say("Download DOCX"), "docx", _WORD),
        ):
            st.download_button(
                label,
                data=partial(report_bytes, engine, actor, format=ending),
                file_name=f"{file_name(study.name)}.{ending}",
                mime=mime,
                on_click="ignore",
            )
        st.caption(_what_it_holds(found.hidden, found.locked, actor.name))
    _paper()(
        key="report_paper",
        data={"title": say("The report as it will print"), "page": report_page(engine, actor)},
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


@cache
def _paper() -> Callable[..., Any]:
    return st.components.v2.component("trigpoint.paper", js=_PAPER_JS, isolate_styles=False)

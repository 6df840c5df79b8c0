"""A page that was made to be printed or handed on, shown in a frame that can do nothing."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import streamlit as st

# Such a page is ours and escapes what people wrote; the sandbox holds even if it did not:
# no scripts, no origin, no forms. Only a component can give a frame an empty sandbox.
_PAPER_JS = """
export default function ({ data, parentElement }) {
  let frame = parentElement.querySelector("iframe");
  if (frame === null) {
    frame = document.createElement("iframe");
    frame.setAttribute("sandbox", "");
    frame.dataset.trigpoint = data.name;
    frame.style.cssText = "display:block;width:100%;border:1px solid #8884;" +
      "height:max(420px,calc(100vh - 190px))";
    parentElement.append(frame);
  }
  frame.title = data.title;
  if (frame.srcdoc !== data.page) frame.srcdoc = data.page;
  return () => frame.remove();
}
"""


def show_paper(name: str, *, title: str, page: str) -> None:
    """Show an HTML page; ``name`` is what the frame is known by, ``title`` what it is called aloud."""
    _paper()(key=f"{name}_paper", data={"name": name, "title": title, "page": page})


@cache
def _paper() -> Callable[..., Any]:
    return st.components.v2.component("trigpoint.paper", js=_PAPER_JS, isolate_styles=False)

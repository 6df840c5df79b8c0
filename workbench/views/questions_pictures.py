"""Pictures that Python draws as SVG: shown, clicked, and taken away as SVG and PNG."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import streamlit as st

from codebook.retrieval import Scope
from workbench import session
from workbench.messages import say
from workbench.services import asking
from workbench.services.asking import Choices
from workbench.views.leaving import may_leave

# Draws the picture that Python made, tells which part was chosen, and saves it as SVG and as PNG: the
# browser can draw both, so that nothing has to be installed. The picture has no script and no address.
_DRAWING_JS = """
const save = (blob, name) => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
};
const savePng = (svg, width, height, name) => {
  const image = new Image();
  image.onload = () => {
    const canvas = document.createElement("canvas");
    canvas.width = 2 * width; canvas.height = 2 * height;
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    canvas.toBlob((blob) => save(blob, name), "image/png");
  };
  image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(svg);
};
export default function ({ data, parentElement, setStateValue }) {
  let root = parentElement.querySelector("[data-trigpoint=picture]");
  if (root === null) {
    root = document.createElement("div");
    root.dataset.trigpoint = "picture";
    parentElement.append(root);
  }
  root.replaceChildren();
  const parsed = new DOMParser().parseFromString(data.picture, "image/svg+xml").documentElement;
  const picture = document.importNode(parsed, true);
  picture.style.cssText = "display:block;width:100%;height:auto";
  root.append(picture);
  const choose = (link) => setStateValue("link", [link.dataset.one, link.dataset.other]);
  for (const link of picture.querySelectorAll("[data-one]")) {
    link.addEventListener("click", () => choose(link));
    link.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === " ") { event.preventDefault(); choose(link); }
    });
  }
  const bar = document.createElement("div");
  bar.style.cssText = "display:flex;gap:8px;padding-top:6px";
  if (data.words !== null) for (const [label, act] of [
    [data.words.svg, () => save(new Blob([data.file], { type: "image/svg+xml" }), data.name + ".svg")],
    [data.words.png, () => savePng(data.file, data.width, data.height, data.name + ".png")],
  ]) {
    const button = document.createElement("button");
    button.textContent = label;
    button.style.cssText = "font:inherit;font-size:14px;color:inherit;background:none;cursor:pointer;" +
      "border:1px solid #8886;border-radius:4px;min-height:32px;padding:2px 12px";
    button.addEventListener("click", act);
    bar.append(button);
  }
  root.append(bar);
  return () => root.remove();
}
"""


def show_picture(picture: str, *, file: str, name: str, size: tuple[int, int], key: str) -> None:
    """A picture; of a part that is chosen ``data-one`` and ``data-other`` are kept under ``key``.

    ``file`` is what leaves the page, of the size given, under the name, once it may.
    """
    shown = st.container()
    words = {"svg": say("Download SVG"), "png": say("Download PNG")}
    may = may_leave(say("Download SVG or PNG"), "picture", f"{name}.svg", file.encode(), key=f"{key}_leaves")

    def pass_on() -> None:
        part = st.session_state[f"{key}_picture"].get("link")
        if part:
            st.session_state[key] = tuple(part)

    with shown:
        _drawing()(
            key=f"{key}_picture",
            data={
                "picture": picture,
                "file": file if may else "",
                "name": name,
                "width": size[0],
                "height": size[1],
                "words": words if may else None,
            },
            on_link_change=pass_on,
        )


def footer(scope: Scope, found: Choices) -> str:
    """What a picture is of, for a file that leaves the page."""
    asked = asking.extent(session.engine(), session.actor(), scope)
    return say(
        "{study}: {codings} codings in {documents} of {of} documents, as {name} may see them",
        study=session.study().name,
        codings=asked.codings,
        documents=asked.documents,
        of=found.documents,
        name=session.person(),
    )


@cache
def _drawing() -> Callable[..., Any]:
    return st.components.v2.component("trigpoint.picture", js=_DRAWING_JS, isolate_styles=False)

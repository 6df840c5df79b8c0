"""The coding screen: a text with its codings, in the browser, as one Streamlit component.

The component in ``reader.js`` (built from ``src/``) behaves like a small client application: it
keeps text, selection and scroll position, shows every change at once, and holds what a person
does in an outbox until Python says that it is stored. This module hands it what to show and hands
its operations to the page; it stores nothing and decides nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import streamlit as st

from .sent import Sent
from .words import READER_WORDS

__all__ = ["READER_WORDS", "show_reader"]

# What never changes is put on a shelf in the browser by a component of its own: Streamlit sends an
# unchanged element once and refers to it afterwards, so a coding does not send the text again.
_SHELF_JS = """
export default function ({ data }) {
  const shelf = (window.trigpointShelf ??= new Map());
  shelf.delete(data.name);
  shelf.set(data.name, data.content);
  while (shelf.size > 12) shelf.delete(shelf.keys().next().value);
  window.dispatchEvent(new CustomEvent("trigpoint:shelf", { detail: { name: data.name } }));
}
"""

# Streamlit sends the script of a component along whenever its data change. What changes with every
# coding therefore has this short one; the long one lies beside the text and travels once.
_SCREEN_JS = """
export default function (given) {
  if (window.trigpointReader) return window.trigpointReader(given);
  let leave = () => {};
  const draw = () => { leave = window.trigpointReader(given); };
  window.addEventListener("trigpoint:program", draw, { once: true });
  return () => { window.removeEventListener("trigpoint:program", draw); leave(); };
}
"""


def show_reader(
    *,
    key: str,
    document: Mapping[str, Any],
    codes: Sequence[Mapping[str, Any]],
    codings: Sequence[Mapping[str, Any]],
    coders: Sequence[str],
    person: str,
    acked: Sequence[str],
    refused: Sequence[Mapping[str, str]],
    words: Mapping[str, str],
    on_outbox: Callable[[list[dict[str, Any]]], None],
    read_only: bool = False,
    reason_read_only: str = "",
    turns: Sequence[str] = (),
    voices: Mapping[str, str] | None = None,
    on_turn: Callable[[str], None] | None = None,
    can_propose: bool = False,
    at: int | None = None,
    height: int | None = None,
) -> None:
    """Show a document for coding, or read-only for comparison.

    Call it inside a ``st.fragment`` that fetches the codings and calls this function: then an
    operation reruns the fragment alone.

    Parameters
    ----------
    key : str
        Name of the reader on its page. Document, version and person are added to it.
    document : mapping
        ``id``, ``version``, ``title``, ``text`` and ``sections``: ``[kind, start, end, level,
        speaker, seconds]`` with None where there is none. Id and version name the text for good:
        another text needs another version.
    codes : sequence of mapping
        ``key``, ``label``, ``parent`` (key or None), ``level`` (key), ``definition``, ``include``,
        ``exclude``, ``search`` (the labels in all languages) and ``terms`` (words that suggest the
        code, in any language), in reading order; ``colour`` where a code has one of its own, and
        ``described`` (the definitions in all languages) where they are not the definition alone.
    codings : sequence of mapping
        ``id`` (the same through all changes of a coding), ``start``, ``end`` (code points),
        ``code``, ``coder``, ``valence`` (or None), ``memo``, ``mine``, ``detail`` (None, or
        strength, evidence, actor, time point and certainty) and, where the passage was suggested
        and accepted, ``origin`` (``search`` or ``rule``, and what was found). All of it can be read
        in the browser: pass visible codings only.
    coders : sequence of str
        Whose codings are shown. With more than one, every coder gets lanes of their own.
    person : str
        Who works; what waits in the browser is kept per person, document and version.
    acked : sequence of str
        Ids of operations that are stored: those of the last outbox, more do no harm.
    refused : sequence of mapping
        ``operation`` and ``reason``: the browser takes these back and shows the reason.
    words : mapping
        Interface texts by the keys of ``READER_WORDS``; what is missing is shown in English.
    on_outbox : callable
        Gets the waiting operations in the order made, before the page runs again. The same
        operation can come more than once and must be stored once, by its id. Each is a dict with
        ``operation`` (id) and ``type``: ``apply`` (``start``, ``end``, ``code``, ``valence``; the
        new coding has the operation's id; with ``new_code``, a ``label`` and ``parent``, the code
        is made first) · ``retire`` (``coding``) · ``change`` (``coding`` and ``code``, ``valence``
        or both) · ``resize`` (``coding``, ``start``, ``end``) · ``memo`` (``coding``, ``text``) ·
        ``detail`` (``coding``, and all attributes by name) · ``undo`` (the person's last change in
        this document) · ``redo``. With ``version``, places are of that version of the text: the
        document was replaced before the operation was sent.
    read_only : bool
        No operation can be made; ``reason_read_only`` is shown.
    turns : sequence of str
        What can be asked of the page by a key: ``next``, ``previous``, ``unread`` (another
        document), ``read`` (to mark this one). ``on_turn`` is called with it.
    voices : mapping, optional
        A label of a speaker to who speaks under it, in words; labels of nobody known are left out.
    can_propose : bool
        The palette offers to make a new code.
    at : int, optional
        Code point to show and to mark for a moment, when first given and when it changes.
    height : int, optional
        Height in pixels; else as much as the window leaves.
    """
    text_shelf = f"text {document['id']} {document['version']}"
    book = {"codes": [dict(code) for code in codes], "words": {**READER_WORDS, **words}}
    book_shelf = f"book {_digest(book)}"
    mounted = f"{key}-{document['id']}-{document['version']}-{person}"
    everyone = _with_all_coders(coders, codings)
    sent: Sent = st.session_state.setdefault(f"{mounted}-sent", Sent())
    update = sent.update([_row(coding, everyone) for coding in codings])
    codings_shelf = f"codings {mounted} {sent.shelf}"

    def pass_on() -> None:
        message = st.session_state[mounted].get("outbox") or {}
        # A message may still be on its way when the page has turned to another document.
        addressed = (message.get("document"), message.get("version"), message.get("person"))
        if addressed != (str(document["id"]), str(document["version"]), person):
            return
        sent.held_by_browser(message.get("holds"))
        if message["operations"] and not read_only:
            on_outbox([dict(operation) for operation in message["operations"]])

    def turn() -> None:
        wanted = (st.session_state[mounted].get("turn") or {}).get("to")
        if on_turn is not None and wanted in turns:
            on_turn(wanted)

    _screen()(
        key=mounted,
        data={
            "document": {name: str(document[name]) for name in ("id", "version", "title")},
            "text_shelf": text_shelf,
            "book_shelf": book_shelf,
            "codings_shelf": codings_shelf,
            "codings": update,
            "coders": everyone,
            "person": person,
            "acked": [str(operation) for operation in acked],
            "refused": [{name: str(value) for name, value in refusal.items()} for refusal in refused],
            "read_only": read_only,
            "reason_read_only": reason_read_only,
            "turns": list(turns),
            "voices": dict(voices or {}),
            "can_propose": can_propose,
            "at": at,
            "height": height,
        },
        on_outbox_change=pass_on,
        on_turn_change=turn,
    )
    with st.container(key=f"trigpoint-shelf-{key}"):
        _program()(key=f"{mounted}-program", data={})
        text = {"text": document["text"], "sections": [list(section) for section in document["sections"]]}
        _shelf()(key=f"{mounted}-text", data={"name": text_shelf, "content": text})
        _shelf()(key=f"{mounted}-book", data={"name": book_shelf, "content": book})
        whole = {"revision": sent.shelf, "rows": sent.rows_on_shelf}
        _shelf()(key=f"{mounted}-codings", data={"name": codings_shelf, "content": whole})


def _with_all_coders(coders: Sequence[str], codings: Sequence[Mapping[str, Any]]) -> list[str]:
    return list(dict.fromkeys([*coders, *(coding["coder"] for coding in codings)]))


def _row(coding: Mapping[str, Any], coders: Sequence[str]) -> list[Any]:
    """A coding as it travels."""
    detail, origin = coding.get("detail"), coding.get("origin")
    return [
        str(coding["id"]),
        coding["start"],
        coding["end"],
        coding["code"],
        coders.index(coding["coder"]),
        None if coding["valence"] is None else str(coding["valence"]),
        coding["memo"],
        int(coding["mine"]),
        None if detail is None else list(detail),
        None if origin is None else list(origin),
    ]


def _digest(content: object) -> str:
    written = json.dumps(content, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()[:16]


# Registered at first use: Streamlit keeps components per running server, and tests import this
# module without one.
@cache
def _screen() -> Callable[..., Any]:
    return st.components.v2.component("trigpoint.reader", js=_SCREEN_JS, isolate_styles=False)


@cache
def _program() -> Callable[..., Any]:
    script = files(__package__).joinpath("reader.js").read_text(encoding="utf-8")
    return st.components.v2.component("trigpoint.program", js=script, isolate_styles=False)


@cache
def _shelf() -> Callable[..., Any]:
    return st.components.v2.component("trigpoint.shelf", js=_SHELF_JS, isolate_styles=False)

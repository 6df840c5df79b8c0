"""The codebook: its tree of levels and themes, what each code means, and how it changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from codebook.hierarchy import ancestors
from codebook.models import Code, Codebook
from store.studies import Member
from workbench import session
from workbench.messages import say
from workbench.services.codebooks import (
    add_code,
    code_tree,
    codebook_file,
    codebook_history,
    current_codebook,
    load_codebook,
    rename_code,
)
from workbench.settings import STREAMLIT_OPTIONS
from workbench.views.words import do, local_time, plain, tell

LANGUAGES = {"en": "English", "nl": "Nederlands", "fr": "Français"}

#: The parts of a code's description in the order in which they are read.
PARTS = (
    ("definition", "Definition"),
    ("include", "Include"),
    ("exclude", "Exclude"),
    ("example", "Example"),
    ("ticd", "TICD"),
    ("cfir2022", "CFIR 2022"),
)

_INDENT = "\u2003"


def show() -> None:
    """Draw the page."""
    actor = session.actor()
    stored = current_codebook(session.engine(), actor)
    if stored is None:
        _show_empty(actor)
        return
    codebook = stored.codebook
    with st.container(horizontal=True, vertical_alignment="center"):
        st.title(say("Codebook"), width="stretch")
        language = _ask_language(codebook)
        if st.button(say("New code")):
            _ask_code(codebook, language)
        _offer_files(actor)
    tree, _, detail = st.columns([12, 1, 13])
    with tree:
        code = _pick(actor, codebook, language)
    with detail:
        if code is None:
            _show_rules(codebook)
            _show_versions(actor)
        else:
            _show_code(actor, codebook, code, language)


def _show_empty(actor: Member) -> None:
    st.title(say("Codebook"))
    tell(
        say(
            "The codebook says with which codes the texts are read. Grol & Wensing's seven levels with 36 "
            "themes for what helps and hinders change in care are at hand in English, Dutch and French; you "
            "can add and rename codes afterwards."
        )
    )
    if st.button(say("Load Grol & Wensing"), type="primary"):
        do(lambda: load_codebook(session.engine(), actor, "grol-wensing"))


def _ask_language(codebook: Codebook) -> str:
    languages = list(dict.fromkeys(language for code in codebook.codes for language in code.label))
    if len(languages) < 2:
        return languages[0]
    return st.selectbox(
        say("Language of the labels"),
        languages,
        format_func=lambda key: LANGUAGES.get(key, key),
        label_visibility="collapsed",
        persist_state="session",
        key="codebook_language",
        width=150,
    )


def _offer_files(actor: Member) -> None:
    for kind, mime in (("yaml", "application/yaml"), ("csv", "text/csv")):
        st.download_button(
            say("Download {kind}", kind=kind.upper()),
            data=_file_maker(actor, kind),
            file_name=f"codebook.{kind}",
            mime=mime,
            on_click="ignore",
        )


def _file_maker(actor: Member, kind: Any) -> Callable[[], bytes]:
    engine = session.engine()
    return lambda: codebook_file(engine, actor, kind)


def _pick(actor: Member, codebook: Codebook, language: str) -> Code | None:
    """The tree of codes; returns the one that was clicked."""
    lines = code_tree(session.engine(), actor)
    colours = _level_colours()
    table = pd.DataFrame(
        {
            say("Level"): ["■" for _ in lines],
            say("Code"): [_INDENT * line.depth + line.code.name(language) for line in lines],
            say("Id"): [line.code.key for line in lines],
            say("Codings"): [line.codings for line in lines],
        }
    )
    coloured = table.style.apply(
        lambda _: [f"color: {colours[line.level]}" for line in lines], subset=[say("Level")]
    ).format(lambda n: str(n or ""), subset=[say("Codings")])
    picked = st.dataframe(
        coloured,
        hide_index=True,
        row_height=32,
        height=720,
        column_config={
            say("Level"): st.column_config.TextColumn(label="", width=30, alignment="center"),
            say("Code"): st.column_config.TextColumn(width=320),
            say("Id"): st.column_config.TextColumn(width=105),
            say("Codings"): st.column_config.NumberColumn(
                width=65, help=say("Codings that you may see; for a level, all under it.")
            ),
        },
        on_select="rerun",
        selection_mode="single-cell",
        key="code_table",
    )
    return next((lines[row].code for row, _ in picked.selection.cells), None)


def _level_colours() -> Sequence[str]:
    """The colours of the levels in the theme in use."""
    theme = "dark" if st.context.theme.type == "dark" else "light"
    colours: Any = STREAMLIT_OPTIONS[f"theme.{theme}.chartCategoricalColors"]
    return colours  # type: ignore[no-any-return]


def _show_code(actor: Member, codebook: Codebook, code: Code, language: str) -> None:
    above = [other.name(language) for other in reversed(ancestors(codebook, code.key))]
    st.caption(plain(" › ".join([*above, code.key])))
    st.subheader(plain(code.name(language)))
    others = [f"{label} ({key})" for key, label in code.label.items() if key != language]
    if others:
        st.caption(plain(" · ".join(others)))
    with st.container(gap="xxsmall"):
        for field, name in PARTS:
            _show_part(say(name), getattr(code, field))
    if st.button(say("Rename")):
        _ask_label(code)


def _show_part(name: str, words: str) -> None:
    if words:
        label, text = st.columns([2, 9])
        label.caption(name)
        with text:
            tell(words)


def _show_rules(codebook: Codebook) -> None:
    st.caption(say("Click a code to read what it means."))
    if codebook.rules:
        st.subheader(say("Boundary rules"))
        st.markdown("\n".join(f"1. :small[{plain(rule)}]" for rule in codebook.rules))


def _show_versions(actor: Member) -> None:
    st.subheader(say("Versions"))
    lines = codebook_history(session.engine(), actor)
    st.dataframe(
        pd.DataFrame(
            {
                say("Version"): [line.number for line in lines],
                say("When"): [local_time(line.at) for line in lines],
                say("By"): [line.actor for line in lines],
                say("Reason"): [line.reason for line in lines],
            }
        ),
        hide_index=True,
        row_height=32,
        height="content" if len(lines) < 12 else 420,
        column_config={
            say("Version"): st.column_config.NumberColumn(width=60),
            say("When"): st.column_config.TextColumn(width=120),
            say("By"): st.column_config.TextColumn(width=80),
        },
    )


@st.dialog("New code")
def _ask_code(codebook: Codebook, language: str) -> None:
    with st.form("new_code", border=False):
        above = st.selectbox(
            say("Under"),
            [None, *codebook.codes],
            index=1,
            format_func=lambda code: (
                say("nothing: a new level") if code is None else f"{code.key}  {code.name(language)}"
            ),
        )
        label = st.text_input(say("Label"))
        definition = st.text_area(say("Definition"), height=68)
        include = st.text_input(say("Include"))
        exclude = st.text_input(say("Exclude"))
        reason = st.text_input(say("Reason, for the list of versions"))
        if st.form_submit_button(say("Add the code"), type="primary"):
            if not (label or "").strip():
                st.error(say("A code needs a label: the name under which coders look for it."))
                return
            do(
                lambda: add_code(
                    session.engine(),
                    session.actor(),
                    label=(label or "").strip(),
                    parent=None if above is None else above.key,
                    definition=(definition or "").strip(),
                    include=(include or "").strip(),
                    exclude=(exclude or "").strip(),
                    language=language,
                    reason=(reason or "").strip(),
                )
            )


@st.dialog("Rename a code")
def _ask_label(code: Code) -> None:
    tell(say("Codings keep the code; the codebook gets a new version."))
    with st.form(f"rename_{code.key}", border=False):
        labels = {
            language: st.text_input(LANGUAGES.get(language, language), value=code.label.get(language, ""))
            for language in dict.fromkeys([*code.label, *LANGUAGES])
        }
        reason = st.text_input(say("Reason, for the list of versions"))
        if st.form_submit_button(say("Rename the code"), type="primary"):
            given = {language: label.strip() for language, label in labels.items() if (label or "").strip()}
            do(
                lambda: rename_code(
                    session.engine(), session.actor(), code.key, label=given, reason=(reason or "").strip()
                )
            )

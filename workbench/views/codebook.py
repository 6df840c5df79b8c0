"""The codebook: its tree of levels and themes, what each code means, and how it changed."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import streamlit as st

from store.codebooks import StoredCodebook
from store.studies import Member
from workbench import session
from workbench.components.tree import TREE_WORDS, TreeLine, show_tree
from workbench.messages import say
from workbench.services import decisions, proposals
from workbench.services.codebook_editing import add_code, move_code, rename_code, retire_code
from workbench.services.codebook_tree import CodeLine, code_tree
from workbench.services.codebooks import FORMATS, codebook_file, list_codebooks, load_codebook
from workbench.services.merging import undo_last_change
from workbench.services.recoding import to_recode
from workbench.settings import STREAMLIT_OPTIONS
from workbench.views.codebook_book import show_book
from workbench.views.codebook_changes import announce, attempt, change, show_outcome
from workbench.views.codebook_code import LANGUAGES, show_code
from workbench.views.codebook_work import show_proposals, show_to_recode
from workbench.views.drawing import STYLE
from workbench.views.leaving import download
from workbench.views.words import dialog, do, plain, tell

_STYLE = """<style>
.cb-changes { margin: 0; padding: 0 0 0 18px; font-size: 14px; line-height: 1.45; max-width: 80ch; }
.cb-changes li { font-size: 14px; }
.cb-was, .cb-is { padding-left: 10px; border-left: 2px solid light-dark(#D9D5CA, #343A40); margin: 2px 0;
  white-space: pre-line; }
.cb-was { color: light-dark(#5A6068, #A3A9B0); text-decoration: line-through; }
.cb-part { display: grid; grid-template-columns: 110px minmax(0, 1fr); gap: 4px 12px; margin: 0 !important;
  padding: 0 !important; font-size: 14px; line-height: 1.45; max-width: 80ch; }
.cb-part dt { color: light-dark(#5A6068, #A3A9B0); font-weight: 400; }
.cb-part dd { margin: 0 !important; font-size: 14px; white-space: pre-line; overflow-wrap: anywhere; }
.tp-table tbody th, .tp-table tbody td { vertical-align: top; padding-top: 6px; }
</style>"""

_CHOSEN = "codebook_code"
_VIEW = "codebook_view"


def show() -> None:
    """Draw the page."""
    actor = session.actor()
    books = list_codebooks(session.engine(), actor)
    if not books:
        _show_empty(actor)
        return
    st.html(STYLE + _STYLE)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.title(say("Codebook"), width="stretch")
        stored = _ask_book(books)
        language = _ask_language(stored)
        if st.button(say("New code")):
            _ask_code(stored, language)
        if st.button(
            say("Undo the last change"),
            disabled=stored.codebook.version == 1,
            help=say(
                "The codebook says again what it said in the version before, as a next version. A merge is "
                "undone with its codings."
            ),
        ):
            change(partial(_undo, actor, stored), stored.codebook.version)
        _offer_files(actor, stored)
        _offer_books(actor, books)
    _show_question(actor, stored)
    with st.container():  # always there, so that the tree below keeps its place on the page
        show_outcome()
    lines = code_tree(session.engine(), actor, stored.id)
    tree, _, detail = st.columns([12, 1, 14])
    with tree:
        _show_tree(actor, stored, lines, language)
    with detail:
        _show_detail(actor, stored, lines, language)


def _show_empty(actor: Member) -> None:
    st.title(say("Codebook"))
    tell(
        say(
            "The codebook says with which codes the texts are read. Grol & Wensing's seven levels with 36 "
            "themes for what helps and hinders change in care are at hand in English, Dutch and French; you "
            "can add, move and rename codes afterwards. A study can have several codebooks, each with its "
            "research question."
        )
    )
    with st.container(horizontal=True):
        if st.button(say("Load Grol & Wensing"), type="primary"):
            do(lambda: load_codebook(session.engine(), actor, "grol-wensing"))
        if st.button(say("Load the Chronic Care Model")):
            do(lambda: load_codebook(session.engine(), actor, "ccm"))
    _ask_file(actor)


def _ask_book(books: Sequence[StoredCodebook]) -> StoredCodebook:
    if len(books) == 1:
        return books[0]
    ids = [book.id for book in books]
    names = {book.id: book.codebook.name for book in books}
    chosen = st.selectbox(
        say("Codebook"),
        ids,
        format_func=lambda book_id: names[book_id],
        label_visibility="collapsed",
        persist_state="session",
        key="codebook_book",
        width=210,
    )
    return next(book for book in books if book.id == chosen)


def _ask_language(stored: StoredCodebook) -> str:
    languages = list(dict.fromkeys(language for code in stored.codebook.codes for language in code.label))
    if len(languages) < 2:
        return languages[0]
    return st.selectbox(
        say("Language of the labels"),
        languages,
        format_func=lambda key: LANGUAGES.get(key, key),
        label_visibility="collapsed",
        persist_state="session",
        key="codebook_language",
        width=140,
    )


def _offer_files(actor: Member, stored: StoredCodebook) -> None:
    kinds = {
        "yaml": "application/yaml",
        "csv": "text/csv",
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    }
    with st.popover(say("Take away")):
        for kind in FORMATS:
            download(
                say("Download {kind}", kind=kind.upper()),
                "codebook",
                data=_file_maker(actor, kind, stored),
                file_name=f"codebook.{kind}",
                mime=kinds[kind],
                on_click="ignore",
                width="stretch",
            )


def _file_maker(actor: Member, kind: Any, stored: StoredCodebook) -> Callable[[], bytes]:
    engine = session.engine()
    return lambda: codebook_file(engine, actor, kind, codebook_id=stored.id)


def _offer_books(actor: Member, books: Sequence[StoredCodebook]) -> None:
    with st.popover(say("Another codebook")):
        tell(
            say("Each codebook has a research question of its own; coders are offered the codes of all."),
            width=340,
        )
        names = {book.codebook.name for book in books}
        if "chronic-care-model" not in names and st.button(say("Load the Chronic Care Model")):
            do(lambda: load_codebook(session.engine(), actor, "ccm"))
        if "grol-wensing-starter" not in names and st.button(say("Load Grol & Wensing")):
            do(lambda: load_codebook(session.engine(), actor, "grol-wensing"))
        _ask_file(actor)


def _ask_file(actor: Member) -> None:
    file = st.file_uploader(
        say("A codebook of your own: YAML, CSV or XLSX"),
        type=["yaml", "yml", "csv", "xlsx"],
        key="codebook_file",
    )
    if file is not None and st.button(say("Load this file")):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / Path(file.name).name
            path.write_bytes(file.getvalue())
            do(lambda: load_codebook(session.engine(), actor, str(path)))


def _show_question(actor: Member, stored: StoredCodebook) -> None:
    question = decisions.question_of(session.engine(), actor, stored.id)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(
            f":small[{plain(question or say('This codebook has no research question yet.'))}]",
            width="content",
        )
        with st.popover(say("Research question"), type="tertiary"):
            text = st.text_area(
                say("What is read with this codebook?"),
                value=question,
                height=80,
                key=f"question_{stored.id}",
            )
            if st.button(say("Keep the question")):
                do(lambda: decisions.ask_question(session.engine(), actor, text or "", codebook_id=stored.id))


# --- the tree -----------------------------------------------------------------------------------------


def _show_tree(actor: Member, stored: StoredCodebook, lines: Sequence[CodeLine], language: str) -> None:
    version = stored.codebook.version
    show_tree(
        key="codebook_tree",
        name=say("Codes of {name}", name=stored.codebook.name),
        book=str(stored.id),
        lines=[_tree_line(line, language) for line in lines],
        selected=_chosen(lines),
        editable=True,
        words={key: say(message) for key, message in TREE_WORDS.items()},
        on_select=_choose,
        on_act=lambda act: attempt(partial(_done_in_tree, actor, stored, language, act), version),
    )


def _tree_line(line: CodeLine, language: str) -> TreeLine:
    light, dark = (_level_colours(theme)[line.level] for theme in ("light", "dark"))
    own = line.code.colour
    count = (
        say("no codings that you may see")
        if not line.codings
        else say("1 coding")
        if line.codings == 1
        else say("{n} codings", n=line.codings)
    )
    return TreeLine(
        key=line.code.key,
        label=line.code.name(language),
        parent=line.code.parent,
        depth=line.depth,
        codings=line.codings,
        colour={"light": own or light, "dark": own or dark},
        state=line.state,
        said=count,
    )


def _level_colours(theme: str) -> Sequence[str]:
    colours: Any = STREAMLIT_OPTIONS[f"theme.{theme}.chartCategoricalColors"]
    return colours  # type: ignore[no-any-return]


def _choose(key: str) -> None:
    st.session_state[_CHOSEN] = key
    st.session_state[_VIEW] = "code"


def _chosen(lines: Sequence[CodeLine]) -> str | None:
    key = st.session_state.get(_CHOSEN)
    return key if any(line.code.key == key for line in lines) else None


def _done_in_tree(
    actor: Member, stored: StoredCodebook, language: str, act: Mapping[str, Any], based_on: int
) -> object:
    """Do what was done in the browser; what it says is checked by the services as any other wish."""
    engine = session.engine()
    if act["act"] == "move":
        return move_code(
            engine, actor, act["code"], parent=act["parent"], before=act["before"], based_on=based_on
        )
    if act["act"] == "rename":
        return rename_code(engine, actor, act["code"], label={language: act["label"]}, based_on=based_on)
    if act["act"] == "retire":
        return retire_code(engine, actor, act["code"], based_on=based_on)
    return add_code(
        engine,
        actor,
        label=act["label"],
        parent=act["parent"],
        language=language,
        codebook_id=stored.id,
        based_on=based_on,
    )


def _undo(actor: Member, stored: StoredCodebook, based_on: int) -> None:
    done = undo_last_change(session.engine(), actor, codebook_id=stored.id, based_on=based_on)
    if not done.given_back and not done.left:
        return
    told = say("The merge is undone: {n} codings are as they were before it.", n=done.given_back)
    if done.left:
        told += " " + say("{n} were changed since, and stay as they are.", n=done.left)
    announce(told)


# --- what stands beside it ----------------------------------------------------------------------------


def _show_detail(actor: Member, stored: StoredCodebook, lines: Sequence[CodeLine], language: str) -> None:
    engine = session.engine()
    waiting = [p for p in proposals.proposals_of(engine, actor) if p.proposal.outcome is None]
    again = to_recode(engine, actor)
    key = _chosen(lines)
    names = {
        "rules": say("Rules and decisions"),
        "versions": say("Versions"),
        "proposals": say("Proposals ({n})", n=len(waiting)) if waiting else say("Proposals"),
        "again": say("Look again ({n})", n=len(again)) if again else say("Look again"),
        "rollups": say("Roll-ups"),
        "crosswalk": say("Crosswalk"),
    }
    if key is not None:
        names = {"code": say("Code"), **names}
    if st.session_state.get(_VIEW) not in names:
        st.session_state[_VIEW] = "rules"
    view = st.segmented_control(
        say("What stands beside the tree"),
        list(names),
        format_func=lambda name: names[name],
        required=True,
        key=_VIEW,
        label_visibility="collapsed",
    )
    if view == "code" and key is not None:
        line = next(line for line in lines if line.code.key == key)
        show_code(actor, stored, line, language)
    elif view == "proposals":
        show_proposals(actor, stored, language)
    elif view == "again":
        show_to_recode(actor, again, language)
    else:
        show_book(actor, stored, view or "rules", language)


@dialog("New code")
def _ask_code(stored: StoredCodebook, language: str) -> None:
    codes = stored.codebook.codes
    chosen = st.session_state.get(_CHOSEN)
    first = next((n for n, code in enumerate(codes, start=1) if code.key == chosen), 1)
    with st.form("new_code", border=False):
        above = st.selectbox(
            say("Under"),
            [None, *codes],
            index=first,
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
            act = partial(
                _add_code,
                label=(label or "").strip(),
                parent=None if above is None else above.key,
                definition=(definition or "").strip(),
                include=(include or "").strip(),
                exclude=(exclude or "").strip(),
                language=language,
                reason=(reason or "").strip(),
                codebook_id=stored.id,
            )
            change(act, stored.codebook.version)


def _add_code(based_on: int, **given: Any) -> object:
    return add_code(session.engine(), session.actor(), based_on=based_on, **given)

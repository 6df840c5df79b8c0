"""Questions, Words: how often, in which documents more than in others, and in context; code from a line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from codebook.models import Valence
from codebook.retrieval import Scope
from workbench import session
from workbench.messages import say
from workbench.reasons import retold
from workbench.services import vocabulary
from workbench.services.asking import Choices
from workbench.services.vocabulary import Line, lines_file, words_file
from workbench.views.links import link
from workbench.views.questions_matrix import attribute_name, attributes_of_documents, choose
from workbench.views.questions_passages import code_name, show_downloads, valence_name
from workbench.views.words import counted, plain, tell

#: Rows of a list of words on the screen; the file has them all.
_MOST_WORDS = 500
#: Lines in context on the screen.
_MOST_LINES = 500


def show_words(found: Choices, scope: Scope) -> None:
    """Frequencies, key words, or one word in context."""
    names = {"frequency": say("Frequency"), "key": say("Key words"), "context": say("In context")}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        view = st.segmented_control(
            say("Words as"),
            list(names),
            format_func=names.__getitem__,
            default="frequency",
            required=True,
            key="words_view",
            persist_state="session",
        )
        if view == "key":
            here = _choose_documents(found)
        if view == "context":
            wanted = st.text_input(
                say("Word"),
                key="words_wanted",
                persist_state="session",
                width=320,
                help=say(
                    "One word, or several that follow each other; found in all their forms in English, "
                    "Dutch and French."
                ),
            )
        else:
            without = st.toggle(
                say("Leave out words of grammar"), value=True, key="words_grammar", persist_state="session"
            )
    if view == "context":
        link("search", say("Search with phrases, beginnings and nearness"), q=wanted.strip())
        _show_lines(found, wanted, scope, key="context")
    elif view == "key":
        _show_key_words(found, here, scope, leave_out_grammar=without)
    else:
        _show_frequencies(found, scope, leave_out_grammar=without)


def _show_frequencies(found: Choices, scope: Scope, *, leave_out_grammar: bool) -> None:
    words = vocabulary.frequencies(
        session.engine(), session.actor(), scope, leave_out_grammar=leave_out_grammar
    )
    if not words.frequencies:
        tell(say("There are no words within these filters."))
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(
            say(
                "{n} words in {documents} documents, by dictionary form. Select one to see it in context.",
                n=counted(words.total),
                documents=words.documents,
            )
        )
        show_downloads(lambda format: words_file(words, format), name="words")
    table, context = st.columns([2, 5], gap="medium")
    with table:
        shown = words.frequencies[:_MOST_WORDS]
        row = _pick(
            pd.DataFrame(
                {
                    "lemma": [word.lemma for word in shown],
                    "occurrences": [word.occurrences for word in shown],
                    "documents": [word.documents for word in shown],
                    "per_thousand": [word.per_thousand for word in shown],
                }
            ),
            key="words_frequencies",
        )
        _show_left_out(words.left_out)
    if row is not None:
        with context:
            _show_lines(found, shown[row].lemma, scope, key="frequency")


def _show_key_words(found: Choices, here: Scope | None, scope: Scope, *, leave_out_grammar: bool) -> None:
    if here is None:
        tell(
            say(
                "Key words are those that set some documents apart from others. Choose the documents of "
                "interest; they are compared with all others within the filters."
            )
        )
        return
    words = vocabulary.key_words(
        session.engine(), session.actor(), here, within=scope, leave_out_grammar=leave_out_grammar
    )
    if not words:
        tell(say("There are no other documents within the filters to compare these with."))
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(
            say(
                "Above zero: more frequent in the documents of interest. Log-likelihood (G2) says how sure "
                "the difference is (beyond 10.83 p < 0.001 for a single word); log ratio how large: 1 is "
                "twice as often, 2 four times. A word may owe its place to a single document: see the column."
            )
        )
        show_downloads(lambda format: words_file(words, format), name="key words")
    table, context = st.columns([3, 4], gap="medium")
    with table:
        shown = words[:_MOST_WORDS]
        row = _pick(
            pd.DataFrame(
                {
                    "lemma": [word.lemma for word in shown],
                    "here": [word.here for word in shown],
                    "there": [word.there for word in shown],
                    "documents_here": [word.documents_here for word in shown],
                    "log_likelihood": [word.log_likelihood for word in shown],
                    "log_ratio": [word.log_ratio for word in shown],
                }
            ),
            key="words_key",
        )
    if row is not None:
        with context:
            _show_lines(found, shown[row].lemma, scope, key="key")


def _choose_documents(found: Choices) -> Scope | None:
    """What is of interest: one source, kind, or value of an attribute of documents or people."""
    options = {f"source {name}": Scope(sources=(name,)) for name in found.sources}
    names = {f"source {name}": name for name in found.sources}
    for kind in found.kinds:
        options[f"kind {kind}"] = Scope(kinds=(kind,))
        names[f"kind {kind}"] = say("all of kind: {kind}", kind=kind)
    for attribute, values in attributes_of_documents(found).items():
        for value in values:
            options[f"{attribute} {value}"] = Scope(attributes={attribute: (value,)})
            names[f"{attribute} {value}"] = f"{attribute}: {value}"
    for attribute, values in found.speaking.items():
        for value in values:
            options[f"speaking {attribute} {value}"] = Scope(speaking={attribute: (value,)})
            names[f"speaking {attribute} {value}"] = say(
                "said by {attribute}: {value}", attribute=attribute_name(attribute), value=value
            )
    for attribute, values in found.linked.items():
        for value in values:
            options[f"linked {attribute} {value}"] = Scope(linked={attribute: (value,)})
            names[f"linked {attribute} {value}"] = say(
                "linked to {attribute}: {value}", attribute=attribute_name(attribute), value=value
            )
    picked = choose(
        say("Documents or people of interest"), {"": say("choose")} | names, "words_here", width=320
    )
    return options.get(picked)


def _pick(frame: pd.DataFrame, *, key: str) -> int | None:
    """A table of words; the row that is selected."""
    number = st.column_config.NumberColumn
    picked = st.dataframe(
        frame,
        hide_index=True,
        row_height=32,
        height=560 if len(frame) > 16 else "content",
        on_select="rerun",
        selection_mode="single-row",
        key=key,
        column_config={
            "lemma": st.column_config.TextColumn(say("Word"), pinned=True),
            "occurrences": number(say("Times")),
            "documents": number(say("Documents")),
            "documents_here": number(say("Documents here")),
            "per_thousand": number(say("per 1,000"), format="%.2f"),
            "here": number(say("Times here")),
            "there": number(say("elsewhere")),
            "log_likelihood": number(
                say("G2"), format="%.1f", help=say("Log-likelihood, Rayson and Garside 2000")
            ),
            "log_ratio": number(say("Log ratio"), format="%.2f", help=say("Hardie 2014")),
        },
    )
    rows = picked["selection"]["rows"]
    return rows[0] if rows and rows[0] < len(frame) else None


def _show_left_out(left_out: Mapping[str, frozenset[str]]) -> None:
    for language, words in left_out.items():
        with st.expander(say("{name}: the {n} words that are left out", name=language, n=len(words))):
            tell(", ".join(sorted(words)))


# --- in context ---------------------------------------------------------------------------------------


def _show_lines(found: Choices, wanted: str, scope: Scope, *, key: str) -> None:
    if not wanted.strip():
        tell(say("Write a word to see every place where it stands, with its line."))
        return
    lines = vocabulary.lines(session.engine(), session.actor(), wanted, scope)
    if not lines:
        tell(say("“{word}” stands nowhere within these filters.", word=wanted))
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(
            say(
                "**{word}**. Places: {n}, documents: {documents}",
                word=plain(wanted),
                n=len(lines),
                documents=len({line.document_id for line in lines}),
            )
        )
        show_downloads(lambda format: lines_file(lines, format), name=f"lines {key}")
    picked = _lines_table(lines[:_MOST_LINES], key=key)
    if len(lines) > _MOST_LINES:
        st.caption(say("The first {n}; the file has them all.", n=_MOST_LINES))
    if found.codes:
        _ask_code(found, [lines[row] for row in picked], key=key)


def _lines_table(lines: Sequence[Line], *, key: str) -> list[int]:
    picked = st.dataframe(
        pd.DataFrame(
            {
                "left": [line.match.left[-40:] for line in lines],
                "word": [line.match.quote for line in lines],
                "right": [line.match.right for line in lines],
                "title": [line.title for line in lines],
                "open": [
                    session.address("code", document=line.document_id, at=line.match.start_char)
                    for line in lines
                ],
            }
        ),
        hide_index=True,
        row_height=32,
        height=460 if len(lines) > 13 else "content",
        on_select="rerun",
        selection_mode="multi-row",
        key=f"lines_{key}",
        column_config={
            "left": st.column_config.TextColumn(say("before"), alignment="right", width=270),
            "word": st.column_config.TextColumn(say("Word"), width=110),
            "right": st.column_config.TextColumn(say("after"), width=270),
            "title": st.column_config.TextColumn(say("Document")),
            "open": st.column_config.LinkColumn(say("In context"), display_text=say("Open"), width=80),
        },
    )
    return [row for row in picked["selection"]["rows"] if row < len(lines)]


def _ask_code(found: Choices, chosen: Sequence[Line], *, key: str) -> None:
    """Code the sentences of the lines that are selected."""
    names = {code.key: code_name(code) for code in found.codes}
    valences: dict[str, Valence | None] = {"": None} | {valence.value: valence for valence in Valence}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        code = st.selectbox(
            say("Code for the sentences of the selected lines"),
            list(names),
            index=None,
            format_func=names.__getitem__,
            placeholder=say("choose a code"),
            key=f"lines_code_{key}",
            width=360,
        )
        valence = st.selectbox(
            say("Valence"),
            list(valences),
            format_func=lambda name: valence_name(valences[name]),
            key=f"lines_valence_{key}",
            width=150,
        )
        ready = bool(chosen and code)
        if st.button(say("Code the selected lines"), disabled=not ready, key=f"lines_apply_{key}"):
            _code(chosen, code, valences[valence])


def _code(chosen: Sequence[Line], code: str, valence: Valence | None) -> None:
    outcomes = vocabulary.code_lines(session.engine(), session.actor(), chosen, code, valence)
    refused = [retold(outcome.reason) for outcome in outcomes if outcome.reason is not None]
    if stored := len(outcomes) - len(refused):
        st.success(say("{n} sentences coded as your own codings. Undo is on the page Code.", n=stored))
    for reason in dict.fromkeys(refused):
        st.error(plain(reason))

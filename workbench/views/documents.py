"""The documents of a study: listing, filtering, searching and importing them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd
import streamlit as st

from store.documents import StoredDocument
from store.studies import Member
from workbench import session
from workbench.messages import say, say_number
from workbench.services.documents import list_documents
from workbench.services.overview import Reading, readings_of
from workbench.views import document_detail, importing, pseudonyms
from workbench.views.links import go_to
from workbench.views.words import tell

STATES = {
    "finished": "▪ finished, {n}",
    "read": "▪ read, {n}",
    "begun": "◌ begun",
    "coded": "◌ coded, {n}",
    "not yet": "not yet",
    "hidden": "hidden",
}

READINGS_HELP = "How far, and with how many codings. Hidden: not before the blind round is revealed."


def show() -> None:
    """Draw the page."""
    actor = session.actor()
    documents = list_documents(session.engine(), actor)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.title(say("Documents"), width="stretch")
        if st.button(say("Import documents"), type="secondary" if documents else "primary"):
            importing.begin()
        else:
            importing.leave()
    pseudonyms.link_here(first=not documents)
    importing.show_imports(actor)
    if not documents:
        tell(
            say(
                "Here come the texts that you read: meeting reports, interviews, answers to a survey. "
                "Import files of Word, PDF, text, captions, tables and more, many at once or as a zip; each "
                "group of texts that was got by one method from one group of people is a source."
            )
        )
        return
    shown, query = _filtered(documents)
    if query:
        go_to("search", q=query)
    _show_table(actor, shown, len(documents))
    document_detail.show(actor, documents)


def _filtered(documents: Sequence[StoredDocument]) -> tuple[list[StoredDocument], str]:
    """The documents that pass the filters on top, and the words to search all texts for."""
    search, title, source, kind, language = st.columns([4, 3, 3, 3, 2])
    query = search.text_input(
        say("Search the texts"),
        type="search",
        placeholder=say('words, a "phrase", begin*'),
        key="text_query",
    )
    wanted = title.text_input(say("Title contains"), type="search", placeholder=say("Search"))
    sources = source.multiselect(
        say("Source"), _values(document.source for document in documents), placeholder=say("all")
    )
    kinds = kind.multiselect(
        say("Kind"), _values(document.kind for document in documents), placeholder=say("all")
    )
    languages = language.multiselect(
        say("Language"), _values(document.language or "" for document in documents), placeholder=say("all")
    )
    shown = [
        document
        for document in documents
        if (wanted or "").casefold().strip() in document.title.casefold()
        and (not sources or document.source in sources)
        and (not kinds or document.kind in kinds)
        and (not languages or (document.language or "") in languages)
    ]
    return shown, (query or "").strip()


def _values(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(values))


def _show_table(actor: Member, shown: Sequence[StoredDocument], total: int) -> None:
    if not shown:
        tell(say("No document passes these filters. {total} documents are in the study.", total=total))
        return
    readings = readings_of(session.engine(), actor)
    coders = list(readings[shown[0].id])
    table = pd.DataFrame(
        {
            say("Date"): [document.date for document in shown],
            say("Title"): [document.title for document in shown],
            say("Source"): [document.source for document in shown],
            say("Kind"): [document.kind for document in shown],
            say("Language"): [document.language for document in shown],
            say("Words"): [document.words for document in shown],
        }
        | {coder: [_state(readings[document.id][coder]) for document in shown] for coder in coders}
    )
    columns = {
        say("Date"): st.column_config.DateColumn(width=90),
        say("Title"): st.column_config.TextColumn(width="large"),
        say("Language"): st.column_config.TextColumn(width=75),
        say("Words"): st.column_config.NumberColumn(width=70, format="localized"),
    } | {coder: st.column_config.TextColumn(width=105, help=say(READINGS_HELP)) for coder in coders}
    st.caption(
        say_number(
            "{shown} of {n} document. Click it to read and code it.",
            "{shown} of {n} documents. Click one to read and code it.",
            total,
            shown=len(shown),
        )
    )
    picked = st.dataframe(
        table,
        hide_index=True,
        row_height=32,
        height="content" if len(shown) < 20 else 640,
        column_config=columns,
        on_select="rerun",
        selection_mode="single-cell",
        placeholder="–",
        key="document_table",
    )
    for row, _ in picked.selection.cells:
        go_to("code", document=str(shown[row].id))


def _state(reading: Reading) -> str:
    return (
        say(STATES[reading.state], n=reading.codings) if reading.codings is not None else _uncounted(reading)
    )


def _uncounted(reading: Reading) -> str:
    return say("▪ finished") if reading.state == "finished" else say(STATES["hidden"])

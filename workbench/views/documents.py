"""The documents of a study: listing, filtering, searching and importing them."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import islice

import pandas as pd
import streamlit as st

from corpus.errors import UserFacingError
from corpus.models import SourceKind
from store.documents import StoredDocument
from store.studies import Member
from workbench import session
from workbench.messages import say
from workbench.services.documents import Hit, list_documents, list_sources, search_documents
from workbench.services.importing import ImportResult, Wishes
from workbench.services.overview import Reading, readings_of
from workbench.services.uploads import Upload, import_uploads, is_table, preview_table
from workbench.views.links import go_to, link
from workbench.views.words import plain, tell

#: Occurrences shown at once; more are better narrowed by another word.
MOST_HITS = 200

LANGUAGES = {"en": "English", "nl": "Dutch", "fr": "French"}

STATES = {
    "finished": "▪ finished, {n}",
    "read": "▪ read, {n}",
    "begun": "◌ begun",
    "coded": "◌ coded, {n}",
    "not yet": "not yet",
    "hidden": "hidden",
}

READINGS_HELP = "How far, and with how many codings. Hidden: not before the blind round is revealed."

FATES = {"imported": "imported", "duplicate": "in the study already", "refused": "refused"}


def show() -> None:
    """Draw the page."""
    actor = session.actor()
    documents = list_documents(session.engine(), actor)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.title(say("Documents"), width="stretch")
        if st.button(say("Import documents"), type="secondary" if documents else "primary"):
            st.session_state.pop("import_results", None)
            _ask_files()
    if not documents:
        tell(
            say(
                "Here come the texts that you read: meeting reports, interviews, answers to a survey. "
                "Import text, Markdown, Word or CSV files; each group of texts that was got by one method "
                "from one group of people is a source."
            )
        )
        return
    shown, query = _filtered(documents)
    if query:
        _show_hits(actor, query)
    _show_table(actor, shown, len(documents))


def _filtered(documents: Sequence[StoredDocument]) -> tuple[list[StoredDocument], str]:
    """The documents that pass the filters on top, and the words to search all texts for."""
    search, title, source, kind, language = st.columns([4, 3, 3, 3, 2])
    query = search.text_input(
        say("Search the texts"), type="search", placeholder=say('words, or a "phrase"'), key="text_query"
    )
    wanted = title.text_input(say("Title contains"), type="search")
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
    st.caption(say("{n} of {total} documents. Click one to read and code it.", n=len(shown), total=total))
    picked = st.dataframe(
        table,
        hide_index=True,
        row_height=32,
        height="content" if len(shown) < 20 else 640,
        column_config=columns,
        on_select="rerun",
        selection_mode="single-cell",
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


def _show_hits(actor: Member, query: str) -> None:
    hits = list(islice(search_documents(session.engine(), actor, query), MOST_HITS))
    if not hits:
        tell(say("No text holds all of these words. Whole words are found, whatever their accents."))
        return
    link("suggestions", say("Code these"), query=query)
    if len(hits) < MOST_HITS:
        st.caption(say("{n} places. Click one to open it in its text.", n=len(hits)))
    else:
        st.caption(say("The first {n} places; add a word to narrow them.", n=MOST_HITS))
    picked = st.dataframe(
        _hits_table(hits),
        hide_index=True,
        row_height=32,
        height="content" if len(hits) < 10 else 320,
        column_config={
            say("Before"): st.column_config.TextColumn(alignment="right"),
            say("Words found"): st.column_config.TextColumn(alignment="center", width=140),
        },
        on_select="rerun",
        selection_mode="single-cell",
        key="hit_table",
    )
    for row, _ in picked.selection.cells:
        hit = hits[row]
        go_to("code", document=str(hit.document), at=str(hit.match.start_char))


def _hits_table(hits: Sequence[Hit]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            say("Document"): [hit.title for hit in hits],
            say("Before"): [hit.match.left for hit in hits],
            say("Words found"): [hit.match.quote for hit in hits],
            say("After"): [hit.match.right for hit in hits],
        }
    )


@st.dialog("Import documents", width="large", on_dismiss="rerun")
def _ask_files() -> None:
    results: list[ImportResult] | None = st.session_state.get("import_results")
    if results is not None:
        _show_results(results)
        return
    files = st.file_uploader(
        say("Text, Markdown, Word or CSV files"), accept_multiple_files=True, key="import_files"
    )
    uploads = [Upload(file.name, file.getvalue()) for file in files or []]
    source, kind = _ask_source()
    language, date = st.columns(2)
    wishes = Wishes(
        language=language.selectbox(
            say("Language"),
            [None, *LANGUAGES],
            format_func=lambda key: say(LANGUAGES[key]) if key else say("as each text shows"),
        ),
        date=_as_date(
            date.date_input(say("Date (else as the text or file name says)"), value=None, format="YYYY-MM-DD")
        ),
    )
    try:
        wishes = _ask_columns(uploads, wishes)
    except UserFacingError as error:
        st.error(plain(str(error)))
        return
    has_tables = any(is_table(upload.name) for upload in uploads)
    ready = all((uploads, source, kind, wishes.text_column or not has_tables))
    if st.button(say("Import"), type="primary", disabled=not ready):
        _import(uploads, source=source, kind=kind, wishes=wishes)


def _ask_source() -> tuple[str, str]:
    known = {source.label: source.kind for source in list_sources(session.engine(), session.actor())}
    label, kind = st.columns(2)
    source = label.selectbox(
        say("Source"),
        list(known),
        index=None,
        accept_new_options=True,
        placeholder=say("choose one, or write a new name"),
    )
    if source in known:
        kind.text_input(say("Kind of source"), value=known[source], disabled=True)
        return source, known[source]
    chosen = kind.selectbox(
        say("Kind of source"),
        [str(each) for each in SourceKind],
        index=None,
        accept_new_options=True,
        placeholder=say("choose one, or write another"),
    )
    return source or "", chosen or ""


def _ask_columns(uploads: Sequence[Upload], wishes: Wishes) -> Wishes:
    """For tables: which column holds the texts, and which the titles."""
    tables = [upload for upload in uploads if is_table(upload.name)]
    if not tables:
        return wishes
    preview = preview_table(tables[0])
    st.caption(
        say(
            "{name}: {n} rows, one document each. Its first rows:",
            name=plain(tables[0].name),
            n=preview.total,
        )
    )
    st.dataframe(pd.DataFrame(preview.rows, columns=preview.columns), hide_index=True, row_height=32)
    text, title = st.columns(2)
    return Wishes(
        language=wishes.language,
        date=wishes.date,
        text_column=text.selectbox(
            say("Column with the texts"),
            preview.columns,
            index=None if preview.columns[1:] else 0,
            placeholder=say("choose a column"),
        ),
        title_column=title.selectbox(
            say("Column with the titles"), preview.columns, index=None, placeholder=say("none")
        ),
    )


def _import(uploads: Sequence[Upload], *, source: str, kind: str, wishes: Wishes) -> None:
    """Import with progress. What is done is safe: pressing Stop leaves out only the rest."""
    results: list[ImportResult] = []
    st.session_state["import_results"] = results
    bar = st.progress(0.0, text=say("Reading"))
    st.button(say("Stop"), help=say("What has been imported so far stays."))
    try:
        for received in import_uploads(
            session.engine(), session.actor(), uploads, source=source, kind=kind, wishes=wishes
        ):
            results.append(received.result)
            bar.progress(received.share, text=say("{n} texts read", n=len(results)))
    except UserFacingError as error:
        del st.session_state["import_results"]
        st.error(plain(str(error)))
        return
    st.rerun(scope="fragment")


def _show_results(results: Sequence[ImportResult]) -> None:
    fates = Counter(result.status for result in results)
    telling = sorted(results, key=_weight)
    tell(
        say(
            "{imported} imported, {known} in the study already, {refused} refused.",
            imported=fates["imported"],
            known=fates["duplicate"],
            refused=fates["refused"],
        )
    )
    st.dataframe(
        pd.DataFrame(
            {
                say("File"): [result.path for result in telling],
                say("What became of it"): [say(FATES[result.status]) for result in telling],
                say("Title"): [result.title for result in telling],
                say("Worth knowing"): [
                    "; ".join(filter(None, (result.reason, *result.warnings))) for result in telling
                ],
            }
        ),
        hide_index=True,
        row_height=32,
        column_config={say("Worth knowing"): st.column_config.TextColumn(width="large")},
    )
    if st.button(say("Close"), type="primary"):
        del st.session_state["import_results"]
        st.rerun()


def _weight(result: ImportResult) -> int:
    """What a person should read first: refusals, then known documents, then warnings."""
    if result.status == "imported":
        return 2 if result.warnings else 3
    return 0 if result.status == "refused" else 1


def _as_date(value: object) -> dt.date | None:
    return value if isinstance(value, dt.date) else None

"""Bringing files in: choosing them, seeing what would be stored, importing, and what became of each."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from html import escape
from uuid import UUID

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from corpus.errors import UserFacingError
from corpus.models import Document, SectionKind, SourceKind
from corpus.readers import FORMATS
from corpus.readers.ocr import tesseract
from corpus.readers.word import ACCEPTED, ORIGINAL
from store.studies import Member
from workbench import session
from workbench.messages import say
from workbench.reasons import retold
from workbench.services.documents import list_sources
from workbench.services.import_jobs import (
    ELSEWHERE,
    ENDED,
    QUEUED,
    RUNNING,
    STOPPED,
    Progress,
    begin_import,
    give_up_import,
    import_report,
    import_report_csv,
    imports_of,
    is_small,
    resume_import,
    stop_import,
)
from workbench.services.importing import ImportResult, Wishes
from workbench.services.previewing import (
    KNOWN,
    READY,
    REFUSED,
    WARNED,
    Passage,
    Preview,
    passages,
    preview_uploads,
)
from workbench.services.uploads import (
    Tables,
    Upload,
    import_uploads,
    tables_by_columns,
)
from workbench.services.withdrawing import withdrawals_of
from workbench.views.leaving import download
from workbench.views.words import counted, dialog, local_time, plain, tell

LANGUAGES = {"en": "English", "nl": "Dutch", "fr": "French"}

FATES = {"imported": "imported", "duplicate": "in the study already", "refused": "refused"}

CHANGES = {ACCEPTED: "as accepted", ORIGINAL: "as the text was before them"}

#: What the states of a preview, and the formats of files, are called.
STATES = {
    READY: "ready",
    WARNED: "with warnings",
    KNOWN: "in the study already",
    REFUSED: "refused",
}
FORMAT_NAMES = {
    "text": "text",
    "Markdown": "Markdown",
    "Word": "Microsoft Word",
    "OpenDocument text": "OpenDocument text",
    "RTF": "RTF",
    "PDF": "PDF",
    "web page": "web page",
    "captions": "captions",
    "TextGrid": "TextGrid",
    "turns in JSON": "turns in JSON",
    "table": "table",
    "workbook": "workbook",
}

#: Sections of a text that are shown before its import.
MOST_PASSAGES = 300

#: How long the line of an import that ended with refusals stays for who began it, if it is not closed.
NEWS = dt.timedelta(days=1)

_STAGE, _SHOWN, _LOOKS = "import_stage", "import_shown", "import_looks"
_SEEN, _CLOSED = "imports_seen", "imports_closed"
_ORDER = {REFUSED: 0, KNOWN: 1, WARNED: 2, READY: 3}

_STYLE = """<style>
.tp-preview p { margin: 0; padding: .3rem 0 .3rem .75rem; white-space: pre-wrap; overflow-wrap: anywhere;
  border-left: 3px solid color-mix(in srgb, currentColor 14%, transparent);
  border-top: 1px solid color-mix(in srgb, currentColor 14%, transparent); font-size: .9rem; }
.tp-preview p.heading { font-weight: 600;
  border-left-color: color-mix(in srgb, currentColor 60%, transparent); }
.tp-preview .said { display: block; font-size: .78rem; opacity: .75; font-weight: 400; }
</style>"""


@dataclass
class _Stage:
    """What stands in the dialog: files and wishes, then what they would give, then what they gave."""

    uploads: list[Upload] = field(default_factory=list)
    source: str = ""
    kind: str = ""
    wishes: Wishes = field(default_factory=Wishes)
    previews: list[Preview] | None = None
    results: list[ImportResult] | None = None
    tables: tuple[int, list[Tables]] | None = None


def begin() -> None:
    """Open the dialog with nothing chosen."""
    st.session_state[_STAGE] = _Stage()
    _dialog()


def leave() -> None:
    """Forget what was chosen in a dialog that is closed."""
    st.session_state.pop(_STAGE, None)


def show_imports(actor: Member) -> None:
    """Imports that go on in the background, and those that have just ended; nothing where there is none."""
    job = st.session_state.pop(_SHOWN, None)
    st.session_state[_LOOKS] = job is not None
    if job is not None:
        _show_report(job)
    going = any(one.state in (RUNNING, QUEUED) for one in imports_of(session.engine(), actor))
    st.fragment(_lines, run_every=1.0 if going else None)(actor, going)


@dialog("Import documents", width="large", on_dismiss="rerun")
def _dialog() -> None:
    stage: _Stage = st.session_state.setdefault(_STAGE, _Stage())
    if stage.results is not None:
        _show_results(stage.results)
    elif stage.previews is not None:
        _show_previews(stage, stage.previews)
    else:
        _choose(stage)


# --- choosing -----------------------------------------------------------------------------------


def _choose(stage: _Stage) -> None:
    files = st.file_uploader(say("Files, or a zip of files"), accept_multiple_files=True, key="import_files")
    if files:
        stage.uploads = [Upload(file.name, file.getvalue()) for file in files]
    elif stage.uploads:
        names = ", ".join(upload.name for upload in stage.uploads[:5])
        st.caption(say("{n} chosen before: {names}", n=len(stage.uploads), names=plain(names)))
    st.caption(say("What is read: {formats}.", formats=_formats()))
    stage.source, stage.kind = _ask_source(stage)
    try:
        wishes = _ask_wishes(stage)
        wishes, told = _ask_columns(stage, wishes)
    except UserFacingError as error:
        st.error(plain(retold(error)))
        return
    stage.wishes = wishes
    ready = all((stage.uploads, stage.source, stage.kind, told))
    with st.container(horizontal=True):
        look = st.button(say("Preview"), type="primary", disabled=not ready)
        go = st.button(say("Import"), disabled=not ready, help=say("Without looking at it first."))
    if look:
        _preview(stage)
    if go:
        _import(stage)
    _offer_earlier_reports()


def _formats() -> str:
    return ", ".join(f"{_format(name)} ({' '.join(suffixes)})" for name, suffixes in FORMATS.items())


def _format(name: str) -> str:
    """A format in words; of a file that is not read its suffix."""
    return say(FORMAT_NAMES[name]) if name in FORMAT_NAMES else name


def _ask_source(stage: _Stage) -> tuple[str, str]:
    known = {source.label: source.kind for source in list_sources(session.engine(), session.actor())}
    label, kind = st.columns(2)
    source = label.selectbox(
        say("Source"),
        _with(known, stage.source),
        index=_place(_with(known, stage.source), stage.source),
        accept_new_options=True,
        placeholder=say("choose one, or write a new name"),
    )
    if source in known:
        kind.text_input(say("Kind of source"), value=known[source], disabled=True)
        return source, known[source]
    kinds = _with(map(str, SourceKind), stage.kind)
    chosen = kind.selectbox(
        say("Kind of source"),
        kinds,
        index=_place(kinds, stage.kind),
        accept_new_options=True,
        placeholder=say("choose one, or write another"),
    )
    return source or "", chosen or ""


def _with(options: Iterable[str], other: str) -> list[str]:
    return list(dict.fromkeys([*options, *([other] if other else [])]))


def _place(options: Sequence[str], chosen: str) -> int | None:
    return options.index(chosen) if chosen in options else None


def _ask_wishes(stage: _Stage) -> Wishes:
    language, date = st.columns(2)
    languages = [None, *_with(LANGUAGES, stage.wishes.language or "")]
    chosen = language.selectbox(
        say("Language"),
        languages,
        index=languages.index(stage.wishes.language),
        format_func=_language,
        accept_new_options=True,
        help=say("Another language goes by its code of two letters, such as de."),
    )
    day = date.date_input(
        say("Date (else as the text or file name says)"), value=stage.wishes.date, format="YYYY-MM-DD"
    )
    return Wishes(
        language=chosen,
        date=day if isinstance(day, dt.date) else None,
        changes=_ask_changes(stage, language) if _has(stage.uploads, ".docx", ".odt") else ACCEPTED,
        ocr=_has(stage.uploads, ".pdf") and tesseract() is not None and _ask_ocr(stage, date),
        also_withdrawn=_may_let_in_again() and _ask_withdrawn(stage),
    )


def _language(code: str | None) -> str:
    if code is None:
        return say("as each text shows")
    return say(LANGUAGES[code]) if code in LANGUAGES else code


def _has(uploads: Sequence[Upload], *suffixes: str) -> bool:
    """Whether there may be a file of that kind: what is in a zip is not looked at for it."""
    return any(upload.name.lower().endswith((*suffixes, ".zip")) for upload in uploads)


def _ask_changes(stage: _Stage, column: DeltaGenerator) -> str:
    chosen: str = column.selectbox(
        say("Tracked changes"),
        list(CHANGES),
        index=list(CHANGES).index(stage.wishes.changes),
        format_func=lambda key: say(CHANGES[key]),
    )
    return chosen


def _ask_ocr(stage: _Stage, column: DeltaGenerator) -> bool:
    return column.checkbox(
        say("Read pages that are pictures (OCR)"),
        value=stage.wishes.ocr,
        help=say("For scanned PDF files. A page takes some seconds, and names and numbers may be misread."),
    )


def _may_let_in_again() -> bool:
    """Whether there is anything that only the lead may let in again, and the person is the lead."""
    actor = session.actor()
    return actor.is_lead and bool(withdrawals_of(session.engine(), actor))


def _ask_withdrawn(stage: _Stage) -> bool:
    return st.checkbox(
        say("Also what was withdrawn"),
        value=stage.wishes.also_withdrawn,
        help=say("Texts that were withdrawn from this study are else refused when they come in again."),
    )


def _ask_columns(stage: _Stage, wishes: Wishes) -> tuple[Wishes, bool]:
    """For tables: which columns hold the texts and the titles; False while a column with texts is not told.

    Tables with the same columns are asked for together.
    """
    columns: dict[str, tuple[str | None, str | None]] = {}
    for number, tables in enumerate(_tables(stage)):
        text, title = _ask_columns_of(stage, tables, number)
        columns |= dict.fromkeys(tables.paths, (text, title))
    return replace(wishes, columns=columns), all(text for text, _ in columns.values())


def _ask_columns_of(stage: _Stage, tables: Tables, number: int) -> tuple[str | None, str | None]:
    names = ", ".join(tables.paths[:3]) + (" …" if tables.paths[3:] else "")
    st.caption(say("{name}: {n} rows, one document each. Its first rows:", name=plain(names), n=tables.total))
    st.dataframe(pd.DataFrame(tables.rows, columns=tables.columns), hide_index=True, row_height=32)
    text, title = st.columns(2)
    columns = list(tables.columns)
    before = stage.wishes.columns.get(tables.paths[0], (None, None))
    text_column = text.selectbox(
        say("Column with the texts"),
        columns,
        index=_place(columns, before[0] or "") if columns[1:] else 0,
        placeholder=say("choose a column"),
        key=f"text_column_{number}",
    )
    title_column = title.selectbox(
        say("Column with the titles"),
        columns,
        index=_place(columns, before[1] or ""),
        placeholder=say("none"),
        key=f"title_column_{number}",
    )
    return text_column, title_column


def _tables(stage: _Stage) -> list[Tables]:
    """The tables among the files; they are looked at once, in a process apart."""
    chosen = hash(tuple((upload.name, upload.data) for upload in stage.uploads))
    if stage.tables is None or stage.tables[0] != chosen:
        stage.tables = chosen, tables_by_columns(stage.uploads)
    return stage.tables[1]


# --- looking before it is stored ----------------------------------------------------------------


def _preview(stage: _Stage) -> None:
    said = st.empty()
    st.button(say("Stop"), help=say("Nothing has been stored."))
    found: list[Preview] = []
    try:
        with st.spinner(say("Reading")):
            for one in preview_uploads(
                session.engine(),
                session.actor(),
                stage.uploads,
                source=stage.source,
                kind=stage.kind,
                wishes=stage.wishes,
            ):
                found.append(one)
                said.caption(say("{n} texts read", n=len(found)))
    except UserFacingError as error:
        st.error(plain(retold(error)))
        return
    stage.previews = sorted(found, key=lambda one: _ORDER[one.state])
    st.rerun(scope="fragment")


def _show_previews(stage: _Stage, found: Sequence[Preview]) -> None:
    states = Counter(one.state for one in found)
    new = states[READY] + states[WARNED]
    tell(
        say(
            "Nothing is stored yet. {ready} ready, {warned} with warnings, {known} in the study already, "
            "{refused} refused.",
            ready=states[READY],
            warned=states[WARNED],
            known=states[KNOWN],
            refused=states[REFUSED],
        )
    )
    left, right = st.columns([6, 5], gap="medium")
    with left:
        picked = st.dataframe(
            _preview_table(found),
            hide_index=True,
            row_height=32,
            height="content" if len(found) < 14 else 460,
            column_config={
                say("State"): st.column_config.TextColumn(width=140),
                say("File"): st.column_config.TextColumn(width=170),
                say("Read as"): st.column_config.TextColumn(width=75),
                say("Title"): st.column_config.TextColumn(width=170),
                say("Worth knowing"): st.column_config.TextColumn(width=340),
            },
            on_select="rerun",
            selection_mode="single-cell",
            key="preview_table",
        )
    rows = [row for row, _ in picked.selection.cells if row < len(found)]
    with right:
        _show_one(found[rows[0]] if rows else _first_text(found))
    with st.container(horizontal=True):
        if st.button(
            say("Import this document") if new == 1 else say("Import these {n} documents", n=new),
            type="primary",
            disabled=not new,
        ):
            _import(stage)
        if st.button(say("Choose other files")):
            stage.previews = None
            st.rerun(scope="fragment")


def _first_text(found: Sequence[Preview]) -> Preview | None:
    return next((one for one in found if one.document is not None), found[0] if found else None)


def _preview_table(found: Sequence[Preview]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            say("State"): [say(STATES[one.state]) for one in found],
            say("File"): [one.result.path for one in found],
            say("Read as"): [_format(one.format) for one in found],
            say("Title"): [one.result.title or "" for one in found],
            say("Worth knowing"): [one.worth_knowing for one in found],
        }
    )


def _show_one(shown: Preview | None) -> None:
    """One text as it will be stored, with where it is cut; or why it will not be."""
    if shown is None:
        tell(say("No file was found. Choose others."))
        return
    st.markdown(f"**{plain(shown.result.title or shown.result.path)}**")
    if shown.worth_knowing:
        st.caption(plain(shown.worth_knowing))
    if shown.document is None:
        return
    st.caption(plain(_facts(shown, shown.document)))
    with st.container(height=360, border=True):
        st.html(_STYLE + _as_stored(shown.document))
    total = len(shown.document.sections)
    if total > MOST_PASSAGES:
        st.caption(say("The first {n} of {total} sections.", n=MOST_PASSAGES, total=total))
    if shown.document.furniture:
        with st.expander(say("Set aside: {n} lines", n=len(shown.document.furniture))):
            for aside in shown.document.furniture[:MOST_PASSAGES]:
                st.caption(plain(f"{aside.place}: {aside.text}"))


def _facts(shown: Preview, document: Document) -> str:
    result = shown.result
    speakers = ", ".join(result.speakers[:6]) + (" …" if len(result.speakers) > 6 else "")
    facts = [
        str(result.date) if result.date else say("no date"),
        _language(result.language) if result.language else say("language not told"),
        say("characters: {n}", n=counted(result.characters or 0)),
        say("sections: {n}", n=result.sections),
        say("turns: {n}, by {speakers}", n=result.turns, speakers=speakers) if result.turns else "",
        say("pages: {n}", n=len(document.pages)) if document.pages else "",
        say("comments: {n}", n=len(document.comments)) if document.comments else "",
    ]
    return " · ".join(filter(None, facts))


def _as_stored(document: Document) -> str:
    shown = (_passage(one) for one in passages(document, most=MOST_PASSAGES))
    return f'<div class="tp-preview">{"".join(shown)}</div>'


def _passage(passage: Passage) -> str:
    kind = "heading" if passage.kind is SectionKind.HEADING else "text"
    said = [
        say("page {n}", n=passage.page) if passage.page else "",
        say("heading {n}", n=passage.level) if passage.level is not None else "",
        passage.speaker or (say("turn") if passage.kind is SectionKind.TURN else ""),
        _clock(passage.seconds) if passage.seconds is not None else "",
    ]
    above = " · ".join(filter(None, said))
    below = (
        say("Comment by {who}: {text}", who=one.author or "–", text=one.text) for one in passage.comments
    )
    head = _said(above) if above else ""
    return f'<p class="{kind}">{head}{escape(passage.text)}{"".join(map(_said, below))}</p>'


def _said(words: str) -> str:
    return f'<span class="said">{escape(words)}</span>'


def _clock(seconds: float) -> str:
    return f"{dt.timedelta(seconds=int(seconds))}"


# --- importing ----------------------------------------------------------------------------------


def _import(stage: _Stage) -> None:
    """At once where it is little; else in the background, which the page then tells of."""
    if is_small(stage.uploads, ocr=stage.wishes.ocr):
        _import_now(stage)
        return
    try:
        begin_import(
            session.engine(),
            session.actor(),
            stage.uploads,
            source=stage.source,
            kind=stage.kind,
            wishes=stage.wishes,
        )
    except UserFacingError as error:
        st.error(plain(retold(error)))
        return
    st.session_state.pop(_STAGE, None)
    st.rerun()


def _import_now(stage: _Stage) -> None:
    """Import with progress. What is done is safe: pressing Stop leaves out only the rest."""
    results: list[ImportResult] = []
    stage.results = results
    bar = st.progress(0.0, text=say("Reading"))
    st.button(say("Stop"), help=say("What has been imported so far stays."))
    try:
        for received in import_uploads(
            session.engine(),
            session.actor(),
            stage.uploads,
            source=stage.source,
            kind=stage.kind,
            wishes=stage.wishes,
        ):
            results.append(received.result)
            bar.progress(received.share, text=say("{n} texts read", n=len(results)))
    except UserFacingError as error:
        stage.results = results or None
        st.error(plain(retold(error)))
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
    _report_table(
        [result.path for result in telling],
        [retold(result.status) for result in telling],
        ["; ".join(map(retold, filter(None, (result.reason, *result.warnings)))) for result in telling],
        titles=[result.title for result in telling],
    )
    if st.button(say("Close"), type="primary"):
        st.session_state.pop(_STAGE, None)
        st.rerun()


def _report_table(
    paths: Sequence[str],
    states: Sequence[str],
    notes: Sequence[str],
    *,
    titles: Sequence[str | None] | None = None,
) -> None:
    columns = {say("File"): paths, say("What became of it"): [say(FATES[state]) for state in states]}
    if titles is not None:
        columns[say("Title")] = titles  # type: ignore[assignment]
    st.dataframe(
        pd.DataFrame(columns | {say("Worth knowing"): notes}),
        hide_index=True,
        row_height=32,
        column_config={say("Worth knowing"): st.column_config.TextColumn(width="large")},
    )


def _weight(result: ImportResult) -> int:
    """What a person should read first: refusals, then known documents, then warnings."""
    if result.status == "imported":
        return 2 if result.warnings else 3
    return 0 if result.status == "refused" else 1


# --- imports in the background --------------------------------------------------------------------


def _lines(actor: Member, was_going: bool) -> None:
    """A line for each import that goes on or has news; drawn anew each second while one goes on."""
    listed = imports_of(session.engine(), actor)
    seen: set[UUID] = st.session_state.setdefault(_SEEN, set())
    seen |= {one.job for one in listed if one.state in (RUNNING, QUEUED, STOPPED)}
    for one in reversed(listed):
        if one.state != ENDED or _is_news(one, actor, seen):
            _line(actor, one)
    dialog_is_open = _STAGE in st.session_state or st.session_state.get(_LOOKS)
    if was_going and not dialog_is_open and not any(one.state in (RUNNING, QUEUED) for one in listed):
        st.rerun()  # the list of documents is another now; a dialog that is open would be closed by it


def _is_news(one: Progress, actor: Member, seen: set[UUID]) -> bool:
    if one.job in st.session_state.get(_CLOSED, set()):
        return False
    ended = dt.datetime.fromisoformat(one.ended_at or one.begun_at)
    mine = one.begun_by == actor.name and one.refused and dt.datetime.now(dt.UTC) - ended < NEWS
    return one.job in seen or bool(mine)


def _line(actor: Member, one: Progress) -> None:
    with st.container(border=True, key=f"import_{one.job.hex}"):
        told, buttons = st.columns([7, 4], vertical_alignment="center")
        with told:
            if one.state in (RUNNING, QUEUED):
                done, of = one.ready or (one.done, one.files)
                st.progress(done / max(1, of), text=plain(_told(one)))
            else:
                tell(_told(one), width=1100)
        with buttons.container(horizontal=True, horizontal_alignment="right"):
            if st.button(say("Show the import"), key=f"show_{one.job.hex}"):
                st.session_state[_SHOWN] = one.job
                st.rerun()
            for label, act in _acts(one):
                if st.button(label, key=f"{act.__name__}_{one.job.hex}"):
                    _do(act, actor, one)
            if one.state == ENDED and st.button(say("Close the report"), key=f"close_{one.job.hex}"):
                st.session_state.setdefault(_CLOSED, set()).add(one.job)
                st.rerun()


def _acts(one: Progress) -> list[tuple[str, Callable[..., None]]]:
    if not one.may_act:
        return []
    if one.state in (RUNNING, QUEUED):
        return [(say("Stop the import"), stop_import)]
    if one.state == STOPPED:
        return [
            (say("Resume the import"), resume_import),
            (say("Give up the rest"), give_up_import),
        ]
    return [(say("Give up the rest"), give_up_import)] if one.state == ELSEWHERE else []


def _do(act: Callable[..., None], actor: Member, one: Progress) -> None:
    try:
        act(session.engine(), actor, one.job)
    except UserFacingError as error:
        st.error(plain(retold(error)))
        return
    st.rerun()


def _told(one: Progress) -> str:
    counts = {"n": counted(one.done), "total": counted(one.files), "source": one.source, "who": one.begun_by}
    if one.state == RUNNING and one.ready is not None:
        ready, of = one.ready
        return say("{n} of {total} new texts are ready to be searched", n=counted(ready), total=counted(of))
    if one.state == RUNNING:
        return say("Importing {n} of {total} into {source}: {file}", file=one.current or "…", **counts)
    if one.state == QUEUED:
        return say("{total} files for {source} wait until the import before them has ended.", **counts)
    if one.state == STOPPED:
        why = retold(one.problem) or say("What is done stays; the rest waits to be resumed.")
        return say("The import into {source} stopped at {n} of {total}. {why}", why=why, **counts)
    if one.state == ELSEWHERE:
        return say(
            "{who} imports {total} files into {source} in another window or on another machine.", **counts
        )
    return say(
        "The import into {source} has ended: {imported} imported, {known} in the study already, "
        "{refused} refused.",
        imported=counted(one.imported),
        known=counted(one.duplicates),
        refused=counted(one.refused),
        **counts,
    )


@dialog("What became of each file", width="large")
def _show_report(job: UUID) -> None:
    items = import_report(session.engine(), session.actor(), job)
    if not items:
        tell(say("No file is done yet."))
        return
    _report_table(
        [item.path for item in items],
        [retold(item.status) for item in items],
        ["; ".join(map(retold, filter(None, (item.reason, *item.warnings)))) for item in items],
    )
    _offer_report(job)


def _offer_report(job: UUID) -> None:
    download(
        say("Download the report"),
        "import_report",
        lambda: import_report_csv(session.engine(), session.actor(), job),
        file_name="import.csv",
        mime="text/csv",
        key=f"report_{job.hex}",
    )


def _offer_earlier_reports() -> None:
    earlier = [one for one in imports_of(session.engine(), session.actor()) if one.state == ENDED]
    if not earlier:
        return
    with st.expander(say("Earlier imports")):
        chosen = st.selectbox(
            say("Import"),
            earlier,
            format_func=lambda one: f"{local_time(dt.datetime.fromisoformat(one.begun_at))} · {_told(one)}",
            label_visibility="collapsed",
        )
        _offer_report(chosen.job)

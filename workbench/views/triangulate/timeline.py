"""The timeline on the page Triangulate: events, registers and themes over the same dates."""

from __future__ import annotations

import datetime as dt
from functools import partial

import streamlit as st
from sqlalchemy import Engine

from codebook.models import Codebook
from store.studies import Member
from triangulation.chronicle import Chronicle, ProgrammeEvent, RegisterFigure
from triangulation.chronicle_files import EVENT_COLUMNS, FIGURE_COLUMNS
from workbench import session
from workbench.messages import say
from workbench.services import chronicle
from workbench.services.triangulation import Triangulation
from workbench.views.drawing import theme_name
from workbench.views.leaving import download
from workbench.views.questions_matrix import choose_period
from workbench.views.questions_pictures import show_picture
from workbench.views.triangulate.csv_files import bring_in
from workbench.views.triangulate.taking_back import offer_again, take_back
from workbench.views.triangulate.timeline_picture import WIDTH, figure_words, timeline_svg
from workbench.views.words import do, plain, tell

_MOST_THEMES = 6  # more strips than this nobody compares


def show(engine: Engine, actor: Member, found: Triangulation, book: Codebook) -> None:
    """The picture, with what can be shown in it, and the lists that it is made of."""
    told = chronicle.chronicle_of(engine, actor)
    in_matrix = list(dict.fromkeys(row.theme for row in found.matrix.rows))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.multiselect(
            say("Themes over the same dates"),
            in_matrix or [code.key for code in book.codes],
            format_func=lambda theme: f"{theme} {theme_name(book, theme)}",
            max_selections=_MOST_THEMES,
            key="timeline_themes",
            persist_state="session",
            placeholder=say("none"),
        )
        period = choose_period("timeline_period")
    if told.first is None and not chosen:
        tell(
            say(
                "Nothing is on the axis yet. Write what happened in the programme (a start, a meeting, a "
                "grant that ends) and what its registers counted, or choose themes: then you see what was "
                "said when."
            )
        )
    else:
        _show_picture(engine, actor, told, chosen, period, book)
    offer_again()
    events, figures = st.columns(2, gap="medium")
    with events:
        _show_events(engine, actor, told)
    with figures:
        _show_figures(engine, actor, told)


def _show_picture(
    engine: Engine, actor: Member, told: Chronicle, chosen: list[str], period: str, book: Codebook
) -> None:
    series = chronicle.themes_over_time(engine, actor, chosen, period)  # type: ignore[arg-type]
    names = {theme: theme_name(book, theme) for theme in chosen}
    footer = say(
        "{study}: events, registers and codings as {name} may see them",
        study=session.study().name,
        name=session.person(),
    )
    theme = "dark" if st.context.theme.type == "dark" else "light"
    picture, _ = timeline_svg(told, series, theme=theme, names=names)
    file, height = timeline_svg(told, series, theme="light", names=names, footer=footer)
    show_picture(picture, file=file, name="timeline", size=(WIDTH, height), key="timeline_chosen")
    said = say(
        "Registers: a dot stands as high as the share; in a register with a figure of which the whole is not "
        "known, as high as the count."
    )
    undated = max((one.undated for one in series.values()), default=0)
    if undated:
        said += " " + say("Documents without a date, and so not here: {n}.", n=undated)
    st.caption(said)


# --- events -------------------------------------------------------------------------------------------


def _show_events(engine: Engine, actor: Member, told: Chronicle) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(say("**Events of the programme**: {n}", n=len(told.events)), width="content")
        with st.popover(say("Write an event")):
            _ask_event(engine, actor)
        download(
            say("Download events (CSV)"),
            "events",
            data=partial(chronicle.events_file, engine, actor),
            file_name="events.csv",
            mime="text/csv",
            on_click="ignore",
            disabled=not told.events,
        )
    for event in told.events:
        _show_event(engine, actor, event)
    with st.expander(say("Events from a file")):
        bring_in(
            "events", columns=EVENT_COLUMNS, read=lambda path: chronicle.import_events(engine, actor, path)
        )


def _ask_event(engine: Engine, actor: Member) -> None:
    title = st.text_input(say("What happened"), key="event_title")
    begins = st.date_input(
        say("Begins"),
        value=None,
        format="YYYY-MM-DD",
        key="event_begins",
        min_value=_EARLIEST,
        max_value=_LATEST,
    )
    ends = st.date_input(
        say("Ends (empty: one day)"),
        value=None,
        format="YYYY-MM-DD",
        key="event_ends",
        min_value=_EARLIEST,
        max_value=_LATEST,
    )
    note = st.text_input(say("Where this is known from"), key="event_note")
    if st.button(say("Add this event"), disabled=begins is None):
        assert isinstance(begins, dt.date)
        do(
            partial(
                chronicle.add_event,
                engine,
                actor,
                title=title,
                begins=begins,
                ends=ends if isinstance(ends, dt.date) else None,
                note=note,
            )
        )


#: What can be chosen in a calendar; Streamlit's own bounds are ten years.
_EARLIEST, _LATEST = dt.date(1900, 1, 1), dt.date(2100, 12, 31)


def _show_event(engine: Engine, actor: Member, event: ProgrammeEvent) -> None:
    when = f"{event.begins}" + (f" – {event.ends}" if event.ends else "")
    _line(
        f"**{when}** {plain(event.title)}",
        event.note,
        key=f"event_{event.id}",
        what=event.title,
        gone=partial(chronicle.retire_event, engine, actor, event.id),
        again=partial(
            chronicle.add_event,
            engine,
            actor,
            title=event.title,
            begins=event.begins,
            ends=event.ends,
            note=event.note,
        ),
    )


# --- registers ----------------------------------------------------------------------------------------


def _show_figures(engine: Engine, actor: Member, told: Chronicle) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(say("**Figures of registers**: {n}", n=len(told.figures)), width="content")
        with st.popover(say("Write a figure")):
            _ask_figure(engine, actor, told)
        download(
            say("Download figures (CSV)"),
            "figures",
            data=partial(chronicle.figures_file, engine, actor),
            file_name="figures.csv",
            mime="text/csv",
            on_click="ignore",
            disabled=not told.figures,
        )
    for figure in told.figures:
        _show_figure(engine, actor, figure)
    with st.expander(say("Figures from a file")):
        bring_in(
            "figures",
            columns=FIGURE_COLUMNS,
            read=lambda path: chronicle.import_figures(engine, actor, path),
        )


def _ask_figure(engine: Engine, actor: Member, told: Chronicle) -> None:
    name = st.selectbox(
        say("Register: what is counted"),
        list(told.registers),
        index=None,
        accept_new_options=True,
        key="figure_name",
        placeholder=say("choose one, or write a new name"),
    )
    at = st.date_input(
        say("Date"),
        value=None,
        format="YYYY-MM-DD",
        key="figure_at",
        min_value=_EARLIEST,
        max_value=_LATEST,
    )
    count = st.number_input(
        say("Count"), min_value=0.0, value=None, step=1.0, format="%g", key="figure_count"
    )
    out_of = st.number_input(
        say("Out of (empty: not known)"),
        min_value=0.0,
        value=None,
        step=1.0,
        format="%g",
        key="figure_out_of",
    )
    note = st.text_input(say("Where this is known from"), key="figure_note")
    if st.button(say("Add this figure"), disabled=at is None or count is None or not name):
        assert isinstance(at, dt.date) and count is not None
        do(
            partial(
                chronicle.add_figure,
                engine,
                actor,
                name=name or "",
                at=at,
                count=count,
                out_of=out_of,
                note=note,
            )
        )


def _show_figure(engine: Engine, actor: Member, figure: RegisterFigure) -> None:
    _line(
        f"**{figure.at}** {plain(figure.name)}: {plain(figure_words(figure))}",
        figure.note,
        key=f"figure_{figure.id}",
        what=f"{figure.name}, {figure.at}",
        gone=partial(chronicle.retire_figure, engine, actor, figure.id),
        again=partial(
            chronicle.add_figure,
            engine,
            actor,
            name=figure.name,
            at=figure.at,
            count=figure.count,
            out_of=figure.out_of,
            note=figure.note,
        ),
    )


def _line(
    words: str, note: str, *, key: str, what: str, gone: partial[object], again: partial[object]
) -> None:
    """A line of a list with what is known of it, and a way to take it back."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"line_{key}"):
        said = f":small[{words}]"
        if note:
            said += f" :small[:gray[{plain(note)}]]"
        st.markdown(said, width="stretch")
        if st.button(say("Take back"), key=f"{key}_retire", type="tertiary"):
            take_back(what, gone, again=again)

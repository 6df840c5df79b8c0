"""The opportunity map in the protocol: what each source could say, with what was asked beside it."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import streamlit as st
from sqlalchemy import Engine

from codebook.models import Codebook
from store.studies import Member
from triangulation.models import Row
from triangulation.opportunity import (
    Chance,
    Opportunity,
    Origin,
    SaidOpportunity,
    opportunity_of_kind,
    resolve_opportunities,
)
from triangulation.protocol import Guide
from workbench.messages import say
from workbench.reasons import retold
from workbench.services import opportunities, protocol
from workbench.services.findings import RowsImported
from workbench.services.opportunities import MapTheme
from workbench.services.triangulation import Triangulation
from workbench.services.uploads import Upload
from workbench.views.drawing import escaped, soft_line, table, theme_name
from workbench.views.leaving import download
from workbench.views.triangulate.protocol_words import ask_reason, opportunity_words
from workbench.views.words import dialog, do, plain, tell

_Place = tuple[Row, str]

#: In the choice of places: all of them; in the choice of answers: none of one's own.
_ALL, _DEFAULT = "", "default"

#: How often the map was written in this session.
_TURN = "protocol_map_turn"


def show_map(engine: Engine, actor: Member, found: Triangulation, book: Codebook) -> None:
    """The map beside the guides; the lead edits both."""
    themes = opportunities.themes_of_map(engine, actor)
    st.html(
        soft_line(
            say(
                "Without this table silence cannot be read. Asked: in the guide, on the agenda, an item. "
                "Could be raised: nobody asked, and it could come up. Not asked: there was no room for it. "
                "In brackets: nothing is said of the place, so the theme or the kind of source decides."
            )
        )
    )
    grid, guides = st.columns([5, 3], gap="large")
    with grid:
        shown = _shown(themes)
        if actor.is_lead:
            _edit_grid(engine, actor, found, book, shown)
            _set_many(engine, actor, found, book, shown)
            _offer_files(engine, actor, found)
        else:
            st.html(_read_grid(found, book, shown))
            _show_notes(found, book)
        _show_defaults(found)
    with guides:
        _show_guides(engine, actor, found)


def _shown(themes: Sequence[MapTheme]) -> list[MapTheme]:
    used = [line for line in themes if line.rows or line.codings]
    if not used or len(used) == len(themes):
        return list(themes)
    everything = st.toggle(
        say("Also themes that bear no row and no coding"), key="protocol_map_all", value=False
    )
    return list(themes) if everything else used


def _rows(shown: Sequence[MapTheme]) -> list[Row]:
    return [row for line in shown for row in (Row(line.theme), *line.rows)]


def _chances(found: Triangulation, rows: Sequence[Row]) -> dict[_Place, Chance]:
    kinds = {source.label: source.kind for source in found.protocol.sources}
    return resolve_opportunities(rows, kinds, found.protocol.opportunities)


def _named(book: Codebook, row: Row) -> str:
    return f"   {row.statement}" if row.statement else theme_name(book, row.theme)


def _is_said(row: Row, chance: Chance) -> bool:
    """Whether something is said of this very place, and not only of its theme or kind."""
    return chance.origin is (Origin.ROW if row.statement else Origin.THEME)


def _cell(row: Row, chance: Chance) -> str:
    word = opportunity_words()[chance.state]
    return word if _is_said(row, chance) else f"({word})"


# --- reading


def _read_grid(found: Triangulation, book: Codebook, shown: Sequence[MapTheme]) -> str:
    rows = _rows(shown)
    chances = _chances(found, rows)
    sources = [source.label for source in found.protocol.sources]
    return table(
        say("Themes, with the rows under them; hover for the reason."),
        (say("Theme and row"), *sources),
        [
            [
                f"&emsp;{escaped(row.statement)}"
                if row.statement
                else f"<b>{escaped(theme_name(book, row.theme))}</b>",
                *(_read_cell(row, chances[row, source]) for source in sources),
            ]
            for row in rows
        ],
    )


def _read_cell(row: Row, chance: Chance) -> str:
    kind = "" if _is_said(row, chance) else " tp-soft"
    why = escaped(retold(chance.why))
    return f'<span class="tp-could{kind}" title="{why}">{escaped(_cell(row, chance))}</span>'


def _show_notes(found: Triangulation, book: Codebook) -> None:
    notes = [entry for entry in found.protocol.opportunities if entry.note]
    if not notes:
        return
    with st.expander(say("Notes of the map: {n}", n=len(notes))):
        st.html(
            table(
                say("Why a source could or could not speak."),
                (say("Theme or row"), say("Source"), say("Could it speak"), say("Note")),
                [
                    [
                        escaped(_named(book, entry.row).strip()),
                        escaped(entry.source),
                        escaped(opportunity_words()[entry.state]),
                        escaped(entry.note),
                    ]
                    for entry in notes
                ],
            )
        )


def _show_defaults(found: Triangulation) -> None:
    """What holds where nothing is said, for the kinds of source that the study has."""
    kinds = list(dict.fromkeys(source.kind for source in found.protocol.sources))
    with st.expander(say("What holds by default, and why")):
        st.html(
            table(
                say("Where nothing is said of a place or its theme, the kind of source decides."),
                (say("Kind"), say("Could it speak"), say("Why")),
                [
                    [escaped(kind), escaped(opportunity_words()[state]), escaped(why)]
                    for kind in kinds
                    for state, why in (opportunity_of_kind(kind),)
                ],
            )
        )


# --- writing


def _edit_grid(
    engine: Engine, actor: Member, found: Triangulation, book: Codebook, shown: Sequence[MapTheme]
) -> None:
    rows = _rows(shown)
    chances = _chances(found, rows)
    sources = [source.label for source in found.protocol.sources]
    frame = pd.DataFrame(
        [[_named(book, row), *(_cell(row, chances[row, source]) for source in sources)] for row in rows],
        columns=[say("Theme and row"), *sources],
    )
    words = list(opportunity_words().values())
    options = [*words, *(f"({word})" for word in words)]
    name, *_ = frame.columns
    edited = st.data_editor(
        frame,
        hide_index=True,
        width="stretch",
        height=460,
        disabled=[name],
        column_config={
            name: st.column_config.TextColumn(pinned=True, width=320),
            **{
                source: st.column_config.SelectboxColumn(options=options, required=True, width="small")
                for source in sources
            },
        },
        # Edits stand by their number of a row: other rows, or a saved map, ask for a grid without any.
        key=f"protocol_map_{st.session_state.get(_TURN, 0)}_{hash(tuple(rows))}",
    )
    _show_notes(found, book)
    said, cleared = _altered(rows, sources, frame, edited)
    reason = ask_reason(found, "map") if said or cleared else ""
    if st.button(say("Save the map"), disabled=not (said or cleared)):
        do(lambda: _save(engine, actor, said, cleared, reason))


def _begin_anew() -> None:
    st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1


def _altered(
    rows: Sequence[Row], sources: Sequence[str], before: pd.DataFrame, after: pd.DataFrame
) -> tuple[list[SaidOpportunity], list[_Place]]:
    """The places that were edited: those of which something is said now, and those taken back."""
    meant = {word: state for state, word in opportunity_words().items()}
    said, cleared = [], []
    for number, row in enumerate(rows):
        for column, source in enumerate(sources, start=1):
            old, new = str(before.iat[number, column]), str(after.iat[number, column])
            if old == new:
                continue
            if new in meant:
                said.append(SaidOpportunity(row, source, meant[new]))
            else:
                cleared.append((row, source))
    return said, cleared


def _save(
    engine: Engine, actor: Member, said: Sequence[SaidOpportunity], cleared: Sequence[_Place], reason: str
) -> None:
    if said:
        opportunities.set_opportunities(engine, actor, said, reason=reason)
    if cleared:
        opportunities.clear_opportunities(engine, actor, cleared, reason=reason)
    _begin_anew()


def _set_many(
    engine: Engine, actor: Member, found: Triangulation, book: Codebook, shown: Sequence[MapTheme]
) -> None:
    """One answer, with a note, for a place, for a whole source or for a whole theme."""
    sources = [source.label for source in found.protocol.sources]
    rows = _rows(shown)
    words = {state.value: word for state, word in opportunity_words().items()}
    words[_DEFAULT] = say("as by default")
    everywhere: list[Row | str] = [_ALL, *rows]
    with st.expander(say("Several places at once, or one with a note")), st.form("set_many", border=False):
        where, whom, state = st.columns([3, 2, 2])
        row = where.selectbox(
            say("Theme or row"),
            everywhere,
            format_func=lambda one: _named(book, one) if isinstance(one, Row) else say("all themes shown"),
            key="protocol_many_row",
        )
        source = whom.selectbox(
            say("Source"),
            [_ALL, *sources],
            format_func=lambda one: one or say("all sources"),
            key="protocol_many_source",
        )
        chosen = state.selectbox(
            say("Could it speak?"),
            list(words),
            format_func=words.__getitem__,
            key="protocol_many_state",
        )
        note = st.text_input(
            say("Note: why, or where it was asked"),
            placeholder=say("Topic 4 of the guide"),
            key="protocol_note",
        )
        reason = ask_reason(found, "many")
        if st.form_submit_button(say("Set these places")):
            places = [
                (one, label)
                for one in ([row] if isinstance(row, Row) else [Row(line.theme) for line in shown])
                for label in ([source] if source else sources)
            ]
            do(lambda: _set(engine, actor, places, chosen or _DEFAULT, note or "", reason))


def _set(
    engine: Engine,
    actor: Member,
    places: Sequence[_Place],
    state: str,
    note: str,
    reason: str,
) -> None:
    if state == _DEFAULT:
        opportunities.clear_opportunities(engine, actor, places, reason=reason)
    else:
        said = [SaidOpportunity(row, source, Opportunity(state), note) for row, source in places]
        opportunities.set_opportunities(engine, actor, said, reason=reason)
    _begin_anew()


def _offer_files(engine: Engine, actor: Member, found: Triangulation) -> None:
    with st.container(horizontal=True):
        download(
            say("Download the map"),
            "opportunities",
            data=lambda: opportunities.opportunities_file(engine, actor),
            file_name="opportunities.csv",
            mime="text/csv",
            on_click="ignore",
            help=say("A CSV file with every theme and source, to fill in and read back."),
        )
        if st.button(say("Read a map")):
            _read_map(engine, actor, found)


@dialog("Read a map")
def _read_map(engine: Engine, actor: Member, found: Triangulation) -> None:
    tell(
        say(
            "A CSV file with the columns theme, row, source, opportunity and note. "
            "What it does not name stays."
        )
    )
    file = st.file_uploader(say("The file"), type=["csv"], key="protocol_map_file")
    reason = ask_reason(found, "map_file")
    if st.button(say("Take it over"), disabled=file is None) and file is not None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "map.csv"
            path.write_bytes(file.getvalue())
            do(lambda: _tell_taken(opportunities.import_opportunities(engine, actor, path, reason=reason)))


def _tell_taken(taken: RowsImported) -> None:
    refused = "; ".join(
        say("row {n}: {reason}", n=refusal.row, reason=retold(refusal.reason)) for refusal in taken.refused
    )
    words = say("{n} places taken over.", n=taken.imported)
    st.session_state["triangulate_notice"] = (
        f"{words} {say('Refused: {what}', what=refused)}" if refused else words
    )
    _begin_anew()


# --- guides


def _show_guides(engine: Engine, actor: Member, found: Triangulation) -> None:
    guides = found.protocol.guides
    picked = 0
    if not guides:
        st.html(
            soft_line(
                say(
                    "No guide is kept yet. An interview guide, questionnaire or agenda shows here what "
                    "was asked."
                )
            )
        )
    else:
        chosen = st.selectbox(
            say("What was asked"),
            range(len(guides)),
            format_func=lambda n: f"{guides[n].source}: {guides[n].title}",
            key="protocol_guide",
        )
        picked = chosen or 0
        text = escaped(guides[picked].text)
        st.html(f'<div class="tp-guide" dir="auto" tabindex="0">{text}</div>')
    if not actor.is_lead:
        return
    with st.container(horizontal=True):
        if st.button(say("Add a guide")):
            _add_guide(engine, actor, found)
        if guides and st.button(say("Take this guide back")):
            _retire_guide(engine, actor, found, guides[picked])


@dialog("Take a guide back")
def _retire_guide(engine: Engine, actor: Member, found: Triangulation, guide: Guide) -> None:
    st.markdown(f"**{plain(guide.title)}**")
    reason = ask_reason(found, "guide_back", always=True)
    if st.button(say("Take it back")):
        do(lambda: protocol.retire_guide(engine, actor, guide.id, reason=reason))


@dialog("Add a guide", width="large")
def _add_guide(engine: Engine, actor: Member, found: Triangulation) -> None:
    labels = [source.label for source in found.protocol.sources]
    source = st.selectbox(say("Source"), labels, key="guide_source")
    title = st.text_input(say("Title"), placeholder=say("Interview guide, version 2"), key="guide_title")
    file = st.file_uploader(say("A file, of a kind that documents come in"), key="guide_file")
    text = st.text_area(say("or its text"), height=220, disabled=file is not None, key="guide_text")
    reason = ask_reason(found, "guide")
    if not st.button(say("Keep this guide"), type="primary"):
        return
    if file is not None:
        upload = Upload(file.name, file.getvalue())
        do(lambda: protocol.upload_guide(engine, actor, source, upload, title=title or "", reason=reason))
    else:
        do(
            lambda: protocol.add_guide(
                engine, actor, source, title=title or "", text=text or "", reason=reason
            )
        )

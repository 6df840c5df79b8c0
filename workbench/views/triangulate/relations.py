"""Relations between findings on the page Triangulate: drawn in a line, listed with quotes, shown as a map."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from uuid import UUID

import streamlit as st
from sqlalchemy import Engine

from codebook.models import Codebook
from store.studies import Member
from triangulation.models import Excerpt, Row
from triangulation.relation_files import RELATION_COLUMNS
from triangulation.relations import (
    Bearing,
    Outcome,
    Relation,
    bearings,
    chains,
    cycles,
    relation_map,
)
from workbench import session
from workbench.messages import say
from workbench.services import relations
from workbench.services.triangulation import Triangulation
from workbench.views.drawing import escaped, link_to_place, quote_block, row_name, table
from workbench.views.leaving import download
from workbench.views.questions_pictures import show_picture
from workbench.views.triangulate.csv_files import bring_in
from workbench.views.triangulate.relations_map import (
    bearing_words,
    map_size,
    map_svg,
    node_name,
    outcome_words,
)
from workbench.views.triangulate.taking_back import offer_again, take_back
from workbench.views.words import do, plain, tell

_CHOSEN = "relation_chosen"
_WIDE = 3  # columns of the map that leave room for the list beside it


def show(engine: Engine, actor: Member, found: Triangulation, book: Codebook) -> None:
    """A line to draw a relation, the map, and the list that says the same with quotes."""
    rows = list(found.matrix.rows)
    if len(rows) < 2:
        tell(
            say(
                "A relation says how one finding bears on another: what causes, hampers or eases it, and "
                "which strategy answered it. Write findings on two rows or more first."
            )
        )
        return
    _ask_relation(engine, actor, rows, book)
    offer_again()
    drawn = relations.relations_of(engine, actor)
    if not drawn:
        tell(
            say(
                "No relation is drawn yet. Choose a finding, what it does, and the finding or strategy at "
                "the other end; add the quotes that say so."
            )
        )
        _show_files(engine, actor, drawn)
        return
    columns = 1 + max(column for column, _ in relation_map(drawn).places.values())
    if columns > _WIDE:
        _show_map(drawn, book)
        _show_list(engine, actor, drawn, book)
    else:
        picture, listed = st.columns([3, 2], gap="medium")
        with picture:
            _show_map(drawn, book)
        with listed:
            _show_list(engine, actor, drawn, book)
    _show_what_follows(drawn, book)
    _show_files(engine, actor, drawn)


# --- drawing one --------------------------------------------------------------------------------------


def _ask_relation(engine: Engine, actor: Member, rows: Sequence[Row], book: Codebook) -> None:
    words, outcomes = bearing_words(), outcome_words()
    number = st.session_state.setdefault("relation_number", 0)  # a new one after each that was kept
    with st.container(key="relation_line"):
        one, does, other = st.columns([5, 2, 5], vertical_alignment="bottom", gap="small")
        from_row = one.selectbox(
            say("This finding"),
            rows,
            index=None,
            format_func=lambda row: _labelled(book, row),
            placeholder=say("choose a statement"),
            key=f"relation_from_{number}",
        )
        kind = does.selectbox(
            say("does what"), list(Bearing), format_func=words.__getitem__, key=f"relation_kind_{number}"
        )
        to_row, strategy, outcome = None, "", None
        if kind is Bearing.ANSWERED_BY:
            strategy = other.text_input(
                say("the strategy, in words"),
                key=f"relation_strategy_{number}",
                placeholder=say("what people did about it"),
            )
        else:
            to_row = other.selectbox(
                say("to this finding"),
                [row for row in rows if row != from_row],
                index=None,
                format_func=lambda row: _labelled(book, row),
                placeholder=say("choose a statement"),
                key=f"relation_to_{number}",
            )
    if from_row is None:
        return
    if kind is Bearing.ANSWERED_BY:
        outcome = st.segmented_control(
            say("What became of the barrier"),
            list(Outcome),
            format_func=outcomes.__getitem__,
            key=f"relation_outcome_{number}",
        )
    note = st.text_input(say("Note"), key=f"relation_note_{number}")
    offered = relations.quotes_for(engine, actor, [row for row in (from_row, to_row) if row is not None])
    quotes = st.multiselect(
        say("Quotes that it rests on"),
        offered,
        format_func=_quote_label,
        placeholder=say("of findings on these rows and codings of their themes: type to search"),
        key=f"relation_quotes_{number}",
    )
    if st.button(say("Add this relation"), type="primary"):
        do(
            partial(
                _add,
                engine,
                actor,
                from_row=from_row,
                kind=kind,
                to_row=to_row,
                strategy=strategy,
                outcome=outcome,
                note=note,
                quotes=quotes,
            )
        )


def _add(
    engine: Engine,
    actor: Member,
    *,
    from_row: Row,
    kind: Bearing,
    to_row: Row | None,
    strategy: str,
    outcome: Outcome | None,
    note: str,
    quotes: Sequence[Excerpt],
) -> None:
    relations.add_relation(
        engine,
        actor,
        from_row=from_row,
        kind=kind,
        to_row=to_row,
        strategy=strategy,
        outcome=outcome,
        note=note,
        excerpts=quotes,
    )
    st.session_state["relation_number"] += 1


def _labelled(book: Codebook, row: Row) -> str:
    return f"{row.theme} · {row_name(book, row)}"


def _quote_label(excerpt: Excerpt) -> str:
    quote = " ".join(excerpt.quote.split())
    short = quote if len(quote) <= 90 else f"{quote[:89]}…"
    return f"{short} ({excerpt.title})" if excerpt.title else short


# --- map and list -------------------------------------------------------------------------------------


def _show_map(drawn: Sequence[Relation], book: Codebook) -> None:
    placed = relation_map(drawn)
    width, height = map_size(placed, book)
    theme = "dark" if st.context.theme.type == "dark" else "light"
    footer = say(
        "{study}: {n} relations between findings, as {name} may see them",
        study=session.study().name,
        n=len(drawn),
        name=session.person(),
    )
    show_picture(
        map_svg(placed, book, theme=theme, chosen=_chosen(drawn)),
        file=map_svg(placed, book, theme="light", footer=footer),
        name="relations",
        size=(width, height + 28),
        key=_CHOSEN,
    )
    st.caption(
        say(
            "Lines: causes whole, hampers dashed, eases dotted, answered by dash and dot. The colour of a "
            "box is the level of its theme; a strategy has round corners. Select a line to read its quotes."
        )
    )


def _chosen(drawn: Sequence[Relation]) -> UUID | None:
    held = st.session_state.get(_CHOSEN)
    return next((one.id for one in drawn if held and str(one.id) == held[0]), None)


def _show_list(engine: Engine, actor: Member, drawn: Sequence[Relation], book: Codebook) -> None:
    chosen = _chosen(drawn)
    without = sum(not one.excerpts for one in drawn)
    said = say("Relations: {n}.", n=len(drawn))
    if without:
        said += " " + say("Without a quote: {n}.", n=without)
    st.caption(said)
    with st.container(gap=None):
        for relation in sorted(drawn, key=lambda one: one.id != chosen):
            _show_relation(engine, actor, relation, book, is_open=relation.id == chosen)


def _show_relation(
    engine: Engine, actor: Member, relation: Relation, book: Codebook, *, is_open: bool
) -> None:
    does = bearing_words()[relation.kind]
    ends = plain(node_name(book, relation.from_row)), plain(node_name(book, relation.to_node))
    label = f"{ends[0]} **▸ {does} ▸** {ends[1]}"
    with st.expander(f":small[{label}]", expanded=is_open):
        if relation.outcome is not None:
            st.markdown(f":small[{outcome_words()[relation.outcome]}]")
        if relation.note:
            st.markdown(f":small[{plain(relation.note)}]")
        for excerpt in relation.excerpts:
            st.html(quote_block(excerpt))
            link_to_place(excerpt)
        if not relation.excerpts:
            st.caption(say("No quote that you may read stands behind it."))
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(say("drawn by {name}, {day}", name=plain(relation.by), day=relation.at[:10]))
            is_ours = relation.by == actor.name or actor.is_lead
            if is_ours and st.button(
                say("Take this relation back"), key=f"relation_retire_{relation.id}", type="tertiary"
            ):
                take_back(
                    f"{node_name(book, relation.from_row)} ▸ {node_name(book, relation.to_node)}",
                    partial(relations.retire_relation, engine, actor, relation.id),
                    again=partial(_again, engine, actor, relation),
                )


def _again(engine: Engine, actor: Member, relation: Relation) -> None:
    relations.add_relation(
        engine,
        actor,
        from_row=relation.from_row,
        kind=relation.kind,
        to_row=relation.to_row,
        strategy=relation.strategy,
        outcome=relation.outcome,
        note=relation.note,
        excerpts=relation.excerpts,
    )


# --- what follows -------------------------------------------------------------------------------------


def _show_what_follows(drawn: Sequence[Relation], book: Codebook) -> None:
    ways, circles = chains(drawn), cycles(drawn)
    counts, listed = st.columns(2, gap="medium")
    with counts:
        st.html(
            table(
                say("How many relations lead into a finding and out of it. A count of lines, not a weight."),
                [say("Finding"), say("In"), say("Out")],
                [
                    [
                        f"{escaped(row_name(book, one.row))} "
                        f'<span class="tp-soft tp-small">{escaped(one.row.theme)}</span>',
                        str(one.into),
                        str(one.out_of),
                    ]
                    for one in bearings(drawn)
                ],
            )
        )
    with listed:
        if ways:
            st.html(_listed(say("Chains: {n}", n=len(ways)), [_chain(way, book) for way in ways]))
        if circles:
            named = [
                " ▸ ".join(escaped(row_name(book, row)) for row in (*circle, circle[0])) for circle in circles
            ]
            st.html(_listed(say("Circles: {n}", n=len(circles)), named))


def _chain(way: Sequence[Relation], book: Codebook) -> str:
    said = escaped(node_name(book, way[0].from_row))
    for relation in way:
        said += (
            f" <b>▸ {escaped(bearing_words()[relation.kind])} ▸</b> "
            f"{escaped(node_name(book, relation.to_node))}"
        )
    return said


def _listed(heading: str, lines: Sequence[str]) -> str:
    items = "".join(f'<li style="margin:0 0 8px 1.1em">{line}</li>' for line in lines)
    return f'<div class="tp-block"><h4>{escaped(heading)}</h4><ul>{items}</ul></div>'


def _show_files(engine: Engine, actor: Member, drawn: Sequence[Relation]) -> None:
    with st.expander(say("Relations from and to a file")):
        bring_in(
            "relations",
            columns=RELATION_COLUMNS,
            read=lambda path: relations.import_relations(engine, actor, path),
        )
        with st.container(horizontal=True):
            download(
                say("Download relations (CSV)"),
                "relations",
                data=partial(relations.relations_file, engine, actor, "csv"),
                file_name="relations.csv",
                mime="text/csv",
                on_click="ignore",
                disabled=not drawn,
            )
            download(
                say("Download the map (Mermaid)"),
                "relations",
                data=partial(relations.relations_file, engine, actor, "mermaid"),
                file_name="relations.mmd",
                mime="text/plain",
                on_click="ignore",
                disabled=not drawn,
            )
            download(
                say("Download the map (GraphML)"),
                "relations",
                data=partial(relations.relations_file, engine, actor, "graphml"),
                file_name="relations.graphml",
                mime="application/xml",
                on_click="ignore",
                disabled=not drawn,
            )

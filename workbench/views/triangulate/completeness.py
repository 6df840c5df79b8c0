"""Step 4 on the page Triangulate: what each source raises, what it adds, what would be lost without it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import streamlit as st
from sqlalchemy import Engine

from codebook.models import Codebook
from corpus.errors import UserFacingError
from store.studies import Member
from triangulation.completeness import Adds, LostWithout, SourceNote, State
from triangulation.models import Row
from workbench.messages import say
from workbench.reasons import retold
from workbench.services import assessment
from workbench.services.triangulation import Triangulation
from workbench.views.drawing import escaped, row_line, soft_line, table
from workbench.views.words import local_time, plain, share

_SYMBOLS = {
    State.PRESENT: "●",
    State.UNIQUE: "◆",
    State.ASKED_ABSENT: "○",
    State.RAISABLE_ABSENT: "◌",
    State.NOT_ASKED: "–",
    State.ABSENT: "○",
    State.DISPUTED: "≠",
    State.UNKNOWN: "?",
}
#: Colours of the convergence codes, as far as they say something alike; the word always stands beside.
_COLOURS = {
    State.PRESENT: "tp-agreement",
    State.UNIQUE: "tp-agreement",
    State.ASKED_ABSENT: "tp-partial",
    State.DISPUTED: "tp-dissonance",
}
_STYLE = """<style>
.tp-written { white-space: pre-line; overflow-wrap: anywhere; max-width: 70ch; }
.tp-state, .tp-key { white-space: nowrap; }
.tp-lists h4:not(:first-child) { margin-top: 12px; }
.st-key-completeness_part .tp-scroll { max-height: none; }
</style>"""


def show(engine: Engine, actor: Member, found: Triangulation, book: Codebook) -> None:
    """The matrix of completeness, or what one source adds."""
    if not found.matrix.rows:
        st.info(say("There is nothing to compare yet. Add findings first: each stands in a row."))
        return
    st.html(_STYLE)
    part = _pick_part()
    with st.container(key="completeness_part"):
        if part == "matrix":
            _show_matrix(found, book)
        else:
            _show_sources(engine, actor, found, book)


def _pick_part() -> str:
    names = {"matrix": say("Rows by source"), "sources": say("What each source adds")}
    picked = st.segmented_control(
        say("What to look at in the completeness"),
        list(names),
        format_func=names.__getitem__,
        default="matrix",
        required=True,
        key="completeness_show",
        label_visibility="collapsed",
    )
    return picked or "matrix"


def _words() -> Mapping[State, str]:
    return {
        State.PRESENT: say("present"),
        State.UNIQUE: say("only here"),
        State.ASKED_ABSENT: say("asked, absent"),
        State.RAISABLE_ABSENT: say("could be raised, absent"),
        State.NOT_ASKED: say("not asked"),
        State.ABSENT: say("absent"),
        State.DISPUTED: say("researchers differ"),
        State.UNKNOWN: say("not known"),
    }


def _mark(state: State) -> str:
    colour = _COLOURS.get(state, "tp-soft")
    return f'<span class="tp-state {colour}">{_SYMBOLS[state]} {escaped(_words()[state])}</span>'


# --- rows by source


def _show_matrix(found: Triangulation, book: Codebook) -> None:
    words = _words()
    occurring = [state for state in State if state in set(found.completeness.states.values())]
    picked = st.pills(
        say("Show rows in which a source is"),
        occurring,
        format_func=lambda state: f"{_SYMBOLS[state]} {words[state]}",
        selection_mode="multi",
        key="completeness_filter",
    )
    rows = [row for row in found.matrix.rows if not picked or _has(found, row, picked)]
    st.html(_state_table(found, book, rows))
    _show_raised_by_nobody(found, book)


def _has(found: Triangulation, row: Row, states: Iterable[State]) -> bool:
    return any(found.completeness.states[row, source] in states for source in found.matrix.sources)


def _state_table(found: Triangulation, book: Codebook, rows: list[Row]) -> str:
    states = found.completeness.states
    lines = [
        [row_line(book, row), *(_mark(states[row, source]) for source in found.matrix.sources)]
        for row in rows
    ]
    lines.append([escaped(say("All {n} rows", n=len(found.matrix.rows)))])
    lines += [
        [
            _mark(state),
            *(
                share(len(found.completeness.rows_as(source, state)), len(found.matrix.rows))
                for source in found.matrix.sources
            ),
        ]
        for state in State
        if state in set(states.values())
    ]
    return table(
        say(
            "{n} of {all} rows are shown. What each source raises, over findings and researchers together. "
            "An absence is told by the opportunity map of the protocol: whether the source was asked, or the "
            "topic could come up. For minutes, absent is not the same as not said.",
            n=len(rows),
            all=len(found.matrix.rows),
        ),
        [say("Row"), *found.matrix.sources],
        lines,
    )


def _show_raised_by_nobody(found: Triangulation, book: Codebook) -> None:
    completeness = found.completeness
    if not completeness.raised_by_nobody:
        st.html(soft_line(say("Every row is raised by one source or more, as far as is known.")))
        return
    asked = _list(book, completeness.asked_of_all)
    others = _list(book, [r for r in completeness.raised_by_nobody if r not in completeness.asked_of_all])
    blocks = ""
    if asked:
        title = escaped(say("Raised by nobody, though all were asked: evidence"))
        blocks += f"<h4>{title}</h4>{asked}"
    if others:
        title = escaped(say("Raised by nobody, and not all were asked"))
        blocks += f"<h4>{title}</h4>{others}"
    st.html(f'<div class="tp-block">{blocks}</div>')


# --- what each source adds


def _show_sources(engine: Engine, actor: Member, found: Triangulation, book: Codebook) -> None:
    completeness = found.completeness
    st.html(_adds_table(found))
    st.html(
        soft_line(
            say(
                "All sources together raise {rows} rows. Leaving a source out tells what rests on it, not "
                "what it is worth.",
                rows=share(len(completeness.covered), len(found.matrix.rows)),
            )
        )
    )
    source = st.segmented_control(
        say("Source"),
        list(found.matrix.sources),
        format_func=plain,
        default=found.matrix.sources[0],
        required=True,
        key="completeness_source",
        label_visibility="collapsed",
    )
    source = source or found.matrix.sources[0]
    left, right = st.columns([11, 9], gap="large")
    with left:
        _show_source(found, book, source)
    with right:
        _show_notes(engine, actor, found, source)


def _adds_table(found: Triangulation) -> str:
    completeness = found.completeness
    rows = [
        [
            escaped(adds.source),
            share(adds.present, len(found.matrix.rows)),
            str(len(adds.only)),
            str(len(adds.shared)),
            str(len(lost.single_source)),
            share(len(lost.pairs), len(found.matrix.pairs)),
            str(len(lost.dissonances)),
            str(len(lost.dissonant_rows)),
        ]
        for adds, lost in zip(completeness.adds, completeness.lost_without, strict=True)
    ]
    return table(
        say(
            "What each source adds, and what would be lost without it. Dissonant pairs: those that any "
            "visible researcher sees; without a source they could no longer be seen."
        ),
        [
            say("Source"),
            say("Speaks on"),
            say("Rows only it has: would vanish"),
            say("Rows it shares"),
            say("Rows left on one source"),
            say("Pairs not compared any more"),
            say("Dissonant pairs not seen any more"),
            say("Rows without dissonance then"),
        ],
        rows,
    )


def _show_source(found: Triangulation, book: Codebook, source: str) -> None:
    adds = next(each for each in found.completeness.adds if each.source == source)
    lost = next(each for each in found.completeness.lost_without if each.source == source)
    st.html(f'<div class="tp-block tp-lists">{_added(book, adds)}{_lost(book, lost)}</div>')


def _added(book: Codebook, adds: Adds) -> str:
    only = _list(book, adds.only) or f'<p class="tp-soft">{escaped(say("No row is raised here alone."))}</p>'
    shared = _list(book, adds.shared) or f'<p class="tp-soft">{escaped(say("No row is shared."))}</p>'
    return (
        f"<h4>{escaped(say('Only {source} raises', source=adds.source))}</h4>{only}"
        f"<h4>{escaped(say('Shared with others'))}</h4>{shared}"
    )


def _lost(book: Codebook, lost: LostWithout) -> str:
    single = _list(book, lost.single_source)
    seen = "".join(
        f"<li>{row_line(book, row)} · {escaped(' – '.join(pair))}</li>" for row, pair in lost.dissonances
    )
    blocks = f"<h4>{escaped(say('Without {source}', source=lost.source))}</h4>"
    if not (lost.rows or single or seen):
        blocks += (
            f'<p class="tp-soft">{escaped(say("No row would vanish and no dissonance would be lost."))}</p>'
        )
    if lost.rows:
        blocks += (
            f"<p>{escaped(say('The rows that only it raises would vanish: {n}.', n=len(lost.rows)))}</p>"
        )
    if single:
        blocks += f"<p>{escaped(say('Rows that would rest on one source alone:'))}</p>{single}"
    if seen:
        words = escaped(say("Dissonances that would no longer be seen:"))
        blocks += f'<p>{words}</p><ul style="padding-left:18px">{seen}</ul>'
    return blocks


def _list(book: Codebook, rows: Iterable[Row]) -> str:
    lines = "".join(f"<li>{row_line(book, row)}</li>" for row in rows)
    return f'<ul style="padding-left:18px">{lines}</ul>' if lines else ""


# --- in words


def _show_notes(engine: Engine, actor: Member, found: Triangulation, source: str) -> None:
    notes = [n for n in assessment.notes_on_sources(engine, actor) if n.source == source]
    may_write = assessment.may_write_for_team(engine, actor)
    own = {actor.name, None} if may_write else {actor.name}
    for note in notes:
        if note.researcher not in own:
            st.html(_note_block(note))
    by_writer = {note.researcher: note for note in notes}
    if actor.name in found.judges:
        _ask_note(
            engine,
            actor,
            source,
            by_writer.get(actor.name),
            say("What it adds, in my words"),
            say("Save what it adds"),
            of_team=False,
        )
    if may_write:
        _ask_note(
            engine,
            actor,
            source,
            by_writer.get(None),
            say("What it adds, in the team’s words"),
            say("Save for the team"),
            of_team=True,
        )


def _note_block(note: SourceNote) -> str:
    who = note.researcher or say("The team")
    at = "" if note.at is None else local_time(note.at)
    return (
        f'<div class="tp-block"><h4>{escaped(who)}</h4><p class="tp-soft tp-small">{escaped(at)}</p>'
        f'<p class="tp-written">{escaped(note.text)}</p></div>'
    )


def _ask_note(
    engine: Engine,
    actor: Member,
    source: str,
    before: SourceNote | None,
    label: str,
    button: str,
    *,
    of_team: bool,
) -> None:
    name = f"{'team' if of_team else 'own'}_{source}"
    with st.form(f"adds_{name}", border=False):
        text = st.text_area(
            label,
            value="" if before is None else before.text,
            height=110,
            placeholder=say("Adds …"),
            key=f"adds_text_{name}",
        )
        if before is not None and before.at is not None:
            st.caption(say("Saved by {name}, {at}.", name=plain(before.written_by), at=local_time(before.at)))
        pressed = st.form_submit_button(button)
    if not pressed:
        return
    write = assessment.write_team_note_on_source if of_team else assessment.write_note_on_source
    try:
        write(engine, actor, source, text)
    except UserFacingError as error:
        st.error(plain(retold(error)))
        return
    st.session_state["triangulate_notice"] = say("Saved; earlier versions are kept.")
    st.rerun()

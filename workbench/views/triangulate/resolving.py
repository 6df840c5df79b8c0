"""What researchers see differently, one after the other: the sources, each judgement, and settling it."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import uuid4

import streamlit as st
from sqlalchemy import Engine

from codebook.errors import UnknownCode
from codebook.hierarchy import level_of, resolve
from codebook.models import Codebook
from corpus.errors import UserFacingError
from store.studies import Member
from triangulation.consensus import Difference, Place, State, place_of, place_of_unit
from triangulation.models import About, Cell, ConvergenceCode, Prominence, Resolution, Row
from triangulation.researchers import DifferingUnit
from workbench.messages import say
from workbench.reasons import retold
from workbench.services import resolutions, triangulation
from workbench.services.resolutions import OUTCOMES
from workbench.services.triangulation import Triangulation
from workbench.views.drawing import (
    code_mark,
    code_words,
    escaped,
    judgement_parts,
    prominence_words,
    row_name,
    soft_line,
    table,
    theme_name,
)
from workbench.views.triangulate.judging_evidence import quotes, statements
from workbench.views.words import plain

_AT = "resolving_at"
_LAST = "resolving_last"
_UNRESOLVED = "unresolved"
_ALL = "\0"  # no name of a level or source


def show(engine: Engine, actor: Member, book: Codebook) -> None:
    """The differences with their filter, the chosen one whole, and the list of all."""
    _desk(engine, actor, book)


@st.fragment
def _desk(engine: Engine, actor: Member, book: Codebook) -> None:
    found = triangulation.triangulate(engine, actor)
    if not found.differences:
        st.info(say("The researchers see everything alike that they both have a view of: nothing to settle."))
        return
    chosen = _filtered(found, book)
    if not chosen:
        st.info(say("No difference is left under this filter. Choose another one above."))
        return
    at = _current(chosen)
    _show_progress(engine, actor, found, chosen, at, book)
    difference = chosen[at]
    _show_row(book, difference.unit)
    sources, views, outcome = st.columns([5, 4, 3], gap="large")
    with sources:
        _show_sources(found, difference.unit)
    with views:
        _show_views(found, difference.unit)
    with outcome:
        _settle(engine, actor, found, chosen, at)
    st.html(_list(found, chosen, at, book))


def _filtered(found: Triangulation, book: Codebook) -> list[Difference]:
    kinds = [kind for kind in About if any(d.unit.about is kind for d in found.differences)]
    levels = {key: level for d in found.differences for key, level in (_level(book, d.unit.row.theme),)}
    with st.container(horizontal=True, vertical_alignment="bottom", key="resolving_filter"):
        kind = st.selectbox(
            say("About"),
            ["", *kinds],
            format_func=lambda about: about_words()[About(about)] if about else say("everything"),
            key="resolving_about",
            label_visibility="collapsed",
            width=220,
        )
        level = st.selectbox(
            say("Level"),
            [_ALL, *levels],
            format_func=lambda key: say("all levels") if key == _ALL else levels[key],
            key="resolving_level",
            label_visibility="collapsed",
            width=220,
        )
        source = st.selectbox(
            say("Source"),
            [_ALL, *found.matrix.sources],
            format_func=lambda name: say("all sources") if name == _ALL else name,
            key="resolving_source",
            label_visibility="collapsed",
            width=220,
        )
        state = st.selectbox(
            say("State"),
            ["", *(s for s in State if s is not State.ONE_MIND)],
            format_func=lambda one: state_words()[State(one)] if one else say("all states"),
            key="resolving_state",
            label_visibility="collapsed",
            width=180,
        )
    return [
        d
        for d in found.differences
        if kind in ("", d.unit.about)
        and level in (_ALL, _level(book, d.unit.row.theme)[0])
        and (source == _ALL or source in _sources(d.unit))
        and state in ("", d.state)
    ]


def _level(book: Codebook, theme: str) -> tuple[str, str]:
    try:
        level = level_of(book, resolve(book, theme).key)
    except UnknownCode:
        return "", say("Other themes")
    return level.key, level.name()


def _sources(unit: DifferingUnit) -> Sequence[str]:
    if unit.pair is not None:
        return unit.pair
    return () if unit.source is None else (unit.source,)


def _current(chosen: Sequence[Difference]) -> int:
    place = st.session_state.get(_AT)
    found = next((n for n, d in enumerate(chosen) if place_of_unit(d.unit) == place), None)
    if found is not None:
        return found
    return next((n for n, d in enumerate(chosen) if d.state is State.OPEN), 0)


def _go(place: Place) -> None:
    st.session_state[_AT] = place
    st.session_state.pop("resolving_go_to", None)
    st.rerun(scope="fragment")


def _show_progress(
    engine: Engine,
    actor: Member,
    found: Triangulation,
    chosen: Sequence[Difference],
    at: int,
    book: Codebook,
) -> None:
    done = sum(d.state is not State.OPEN for d in found.differences)
    names = [f"{n}. {_name(d.unit, book)} ({state_words()[d.state]})" for n, d in enumerate(chosen, start=1)]
    with st.container(horizontal=True, vertical_alignment="center"):
        st.html(
            f'<p class="tp-line" role="status" data-trigpoint="resolved"><b>'
            f"{escaped(say('{n} of {all} settled', n=done, all=len(found.differences)))}</b></p>",
            width="content",
        )
        st.progress(done / len(found.differences), width=140)
        if st.button(say("Previous difference"), shortcut="K", disabled=at == 0):
            _go(place_of_unit(chosen[at - 1].unit))
        if st.button(say("Next difference"), shortcut="J", disabled=at + 1 == len(chosen)):
            _go(place_of_unit(chosen[at + 1].unit))
        picked = st.selectbox(
            say("Go to"),
            range(len(chosen)),
            index=at,
            format_func=names.__getitem__,
            key=f"resolving_go_to_{at}_{len(chosen)}",
            label_visibility="collapsed",
            width=420,
        )
        last = next((r for r in found.resolutions if place_of(r) == st.session_state.get(_LAST)), None)
        if last is not None and st.button(say("Undo the last one"), shortcut="U"):
            _take_back(engine, actor, last)
    if picked != at:
        _go(place_of_unit(chosen[picked].unit))


def _name(unit: DifferingUnit, book: Codebook) -> str:
    about, where = about_words()[unit.about], _where(unit)
    return f"{row_name(book, unit.row)} – {about}{': ' + where if where else ''}"


def _where(unit: DifferingUnit) -> str:
    if unit.pair is not None:
        return say("{a} against {b}", a=unit.pair[0], b=unit.pair[1])
    return unit.source or ""


def _show_row(book: Codebook, unit: DifferingUnit) -> None:
    _, level = _level(book, unit.row.theme)
    where = _where(unit)
    said = about_words()[unit.about] + (f": {where}" if where else "")
    st.html(
        f'<div class="tp-block"><p class="tp-soft tp-small">{escaped(level)} ▸ '
        f"{escaped(theme_name(book, unit.row.theme))} · {escaped(unit.row.theme)}</p>"
        f"<h3>{escaped(row_name(book, unit.row))}</h3><p><b>{escaped(said)}</b></p></div>"
    )


def _show_sources(found: Triangulation, unit: DifferingUnit) -> None:
    """What the sources say, side by side; of a row as a whole, each source that has a finding."""
    told = {
        source: [f for f in found.findings if f.row == unit.row and f.source == source]
        for source in (_sources(unit) or found.matrix.sources)
    }
    listed = [source for source in told if _sources(unit) or told[source]]
    if not listed:
        st.html(soft_line(say("No finding stands in this row.")))
        return
    for column, source in zip(st.columns(len(listed), gap="medium"), listed, strict=True):
        with column:
            st.html(f'<div class="tp-block"><h4>{escaped(source)}</h4></div>')
            st.html(statements(told[source]))
            if told[source]:
                quotes(told[source], key=f"resolving_quotes_{source}")


def _show_views(found: Triangulation, unit: DifferingUnit) -> None:
    """Who says what, with the parts and the reason where a pair was compared."""
    blocks = []
    for person in found.researchers.researchers:
        value = unit.values.get(person)
        mark = escaped(say("has no view")) if value is None else _value(unit.about, value)
        reasons = "".join(f"<p>{words}</p>" for words in _reasons(found, unit, person))
        blocks.append(f"<h4>{escaped(person)}: {mark}</h4>{reasons}<p>&nbsp;</p>")
    st.html(f'<div class="tp-block" data-trigpoint="views">{"".join(blocks)}</div>')


def _reasons(found: Triangulation, unit: DifferingUnit, person: str) -> list[str]:
    """What a researcher wrote: of the pair, or of every pair with the source."""
    cells = [cell for cell in found.matrix.cells if cell.row == unit.row and cell.researcher == person]
    if unit.pair is not None:
        cells = [cell for cell in cells if (cell.source_a, cell.source_b) == unit.pair]
    elif unit.source is not None:
        cells = [cell for cell in cells if unit.source in (cell.source_a, cell.source_b)]
    else:
        return []
    said = [_said(cell, named=unit.pair is None) for cell in cells]
    notes = [
        f"“{escaped(rating.note)}”"
        for rating in found.ratings
        if unit.about is About.PROMINENCE
        and (rating.row, rating.source, rating.researcher) == (unit.row, unit.source, person)
        and rating.note
    ]
    return [words for words in said if words] + notes


def _said(cell: Cell, *, named: bool) -> str:
    judged = cell.judgement
    if judged is None:
        return ""
    # The parts compare two sources; whether one of them speaks is told by the reason alone.
    words = [] if named or not judgement_parts(judged) else [escaped(judgement_parts(judged))]
    if judged.reason:
        words.append(f"“{escaped(judged.reason)}”")
    if not words:
        return ""
    where = f"{escaped(say('{a} against {b}', a=cell.source_a, b=cell.source_b))}: " if named else ""
    return f'<span class="tp-small">{where}{" · ".join(words)}</span>'


def _settle(
    engine: Engine, actor: Member, found: Triangulation, chosen: Sequence[Difference], at: int
) -> None:
    difference = chosen[at]
    unit, held = difference.unit, difference.resolution
    key = f"{unit.about}_{found.matrix.rows.index(unit.row)}_{'_'.join(_sources(unit))}"
    if held is None:
        if difference.state is State.SETTLED:
            st.html(
                soft_line(say("Settled by who speaks: silence follows from what the team settled there."))
            )
        _ask(engine, actor, found, chosen, at, key)
        return
    _show_held(held)
    if st.button(say("Take this back"), type="tertiary", key=f"resolving_back_{key}"):
        _take_back(engine, actor, held)
    with st.expander(say("Settle it otherwise")):
        _ask(engine, actor, found, chosen, at, key)


def _ask(
    engine: Engine,
    actor: Member,
    found: Triangulation,
    chosen: Sequence[Difference],
    at: int,
    key: str,
) -> None:
    unit = chosen[at].unit
    people = list(found.researchers.researchers)
    with st.form(f"resolving_form_{key}", border=False):
        outcome = st.radio(
            say("Outcome"),
            [*OUTCOMES[unit.about], _UNRESOLVED],
            index=None,
            format_func=lambda value: _outcome_word(unit.about, value),
            key=f"resolving_outcome_{key}",
        )
        reason = st.text_area(say("Reason"), key=f"resolving_reason_{key}", height=80)
        decided = st.multiselect(
            say("Decided by"),
            _team(found, actor),
            default=people,
            key=f"resolving_by_{key}",
            placeholder=say("choose"),
        )
        with st.expander(say("Somebody does not share it")):
            minority = st.text_input(say("Minority view"), key=f"resolving_minority_{key}")
            whose = st.selectbox(
                say("Whose view"),
                ["", *people],
                format_func=lambda name: name or say("nobody’s"),
                key=f"resolving_whose_{key}",
            )
        settled = st.form_submit_button(say("Settle and go on"), type="primary", shortcut="Ctrl+Enter")
    if not settled:
        return
    if outcome is None:
        st.warning(say("Choose an outcome first, or that it stays unresolved."))
        return
    try:
        resolutions.settle(
            engine,
            actor,
            row=unit.row,
            about=unit.about,
            source_a=unit.pair[0] if unit.pair else unit.source,
            source_b=unit.pair[1] if unit.pair else None,
            outcome=None if outcome == _UNRESOLVED else outcome,
            reason=reason,
            decided_by=decided,
            minority=minority,
            minority_by=whose or None,
            operation_id=uuid4(),
        )
    except UserFacingError as error:
        st.error(plain(retold(error)))
        return
    st.session_state[_LAST] = place_of_unit(unit)
    _go(_following(chosen, at))


def _team(found: Triangulation, actor: Member) -> list[str]:
    """Who can have decided: those who judged, and whoever writes it down."""
    return list(dict.fromkeys([*found.researchers.researchers, actor.name]))


def _following(chosen: Sequence[Difference], at: int) -> Place:
    after = [*chosen[at + 1 :], *chosen[:at]]
    following = next((d for d in after if d.state is State.OPEN), chosen[at])
    return place_of_unit(following.unit)


def _take_back(engine: Engine, actor: Member, held: Resolution) -> None:
    log = resolutions.resolution_log(engine, actor)
    for one in log:
        if one.state == "holds" and place_of(one.resolution) == place_of(held):
            resolutions.take_back(engine, actor, one.id)
    st.session_state.pop(_LAST, None)
    _go(place_of(held))


def _show_held(held: Resolution) -> None:
    outcome = _outcome_word(held.about, held.outcome or _UNRESOLVED)
    lines = [
        f"<p><b>✓ {escaped(outcome)}</b> {escaped(', '.join(held.decided_by))} · {escaped(held.at[:10])}</p>",
        f"<p>“{escaped(held.reason)}”</p>",
    ]
    if held.minority:
        minority = say("Minority view of {name}: {view}", name=held.minority_by or "", view=held.minority)
        lines.append(f"<p>{escaped(minority)}</p>")
    st.html(f'<div class="tp-block" data-trigpoint="resolution">{"".join(lines)}</div>')


def _list(found: Triangulation, chosen: Sequence[Difference], at: int, book: Codebook) -> str:
    people = found.researchers.researchers
    rows: list[list[str]] = []
    for n, difference in enumerate(chosen):
        unit = difference.unit
        name = f"{n + 1}. {escaped(row_name(book, unit.row))}"
        values = [unit.values.get(person) for person in people]
        rows.append(
            [
                f"<b>{name}</b>" if n == at else name,
                escaped(about_words()[unit.about]),
                escaped(_where(unit)),
                *("–" if value is None else _value(unit.about, value) for value in values),
                _state(difference),
            ]
        )
    return table(
        say("All differences under this filter. Judgements stay as they were locked."),
        [say("Row"), say("About"), say("Source or pair"), *people, say("State")],
        rows,
    )


def _state(difference: Difference) -> str:
    held = difference.resolution
    word = escaped(state_words()[difference.state])
    if held is None or held.outcome is None:
        return word
    return f"✓ {escaped(_outcome_word(held.about, held.outcome))}"


def _value(about: About, value: str) -> str:
    return code_mark(ConvergenceCode(value)) if about is About.CODE else escaped(_outcome_word(about, value))


def _outcome_word(about: About, value: str) -> str:
    if value == _UNRESOLVED:
        return say("stays unresolved")
    if about is About.CODE:
        return code_words()[ConvergenceCode(value)]
    if about is About.PROMINENCE:
        return prominence_words()[Prominence(value)]
    if about is About.EXISTENCE:
        return say("speaks") if value == "yes" else say("does not speak")
    return say("main finding") if value == "main" else say("minor finding")


def about_words() -> dict[About, str]:
    """What researchers can see differently, in words."""
    return {
        About.EXISTENCE: say("Does the source speak"),
        About.CODE: say("Code of the pair"),
        About.IMPORTANCE: say("Importance"),
        About.PROMINENCE: say("Prominence"),
    }


def state_words() -> dict[State, str]:
    """How the team came to a value, in words."""
    return {
        State.ONE_MIND: say("of one mind"),
        State.SETTLED: say("settled"),
        State.UNRESOLVED: say("stays unresolved"),
        State.OPEN: say("open"),
    }


def place_words(resolution: Resolution, book: Codebook) -> tuple[str, str, str]:
    """Row, what it is about and where, of a resolution."""
    row: Row = resolution.row
    sources = [source for source in (resolution.source_a, resolution.source_b) if source]
    where = say("{a} against {b}", a=sources[0], b=sources[1]) if len(sources) == 2 else "".join(sources)
    return row_name(book, row), about_words()[resolution.about], where


def outcome_word(resolution: Resolution) -> str:
    """What was agreed on, in words."""
    return _outcome_word(resolution.about, resolution.outcome or _UNRESOLVED)

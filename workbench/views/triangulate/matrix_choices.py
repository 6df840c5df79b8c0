"""What of the matrix a person looks at: whose view, which rows, in which order, how dense."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Literal

import streamlit as st
from sqlalchemy import Engine

from codebook.hierarchy import children
from codebook.models import Codebook, Valence
from store.studies import Member
from triangulation.matrix import build_matrix
from triangulation.models import ConvergenceCode, ConvergenceMatrix, Row
from triangulation.narrowing import Narrowing, Order, Seen, importance_of_rows, narrow
from triangulation.report.wording import CODE_SYMBOL, VALENCE_SYMBOL
from triangulation.workups import cards_for, lacking
from workbench import session
from workbench.messages import say
from workbench.services import assessment
from workbench.services.triangulation import Triangulation
from workbench.views.drawing import code_words, rule_names, theme_name, valence_words
from workbench.views.triangulate.matrix_lines import level_named
from workbench.views.words import day, plain

#: The name under which the team's view is chosen; no person has it.
TEAM = "\0team"

#: Rows from which the table begins compact.
MANY_ROWS = 18

#: Where the session keeps what is chosen. All of it stays while one moves between pages.
_LEVELS, _THEMES, _SOURCES, _CODES, _VALENCES, _DIFFER, _WORK_UP, _WORDS = (
    f"matrix_{name}"
    for name in ("levels", "themes", "sources", "codes", "valences", "differ", "work_up", "words")
)


@dataclass(frozen=True)
class Look:
    """What a person looks at: one view, narrowed and in order; ``rows_of`` is what a line stands for.

    ``rows_of`` is ``statements``, ``themes``, ``levels`` or the name of a roll-up of the codebook.
    """

    whose: str
    matrix: ConvergenceMatrix
    everything: ConvergenceMatrix
    narrowing: Narrowing
    order: Order
    rows_of: str
    density: Literal["compact", "roomy"]

    @property
    def whose_words(self) -> str:
        """Whose view it is, in words."""
        return say("the team") if self.whose == TEAM else self.whose


def choose_view(found: Triangulation, actor: Member) -> str:
    """Whose view the matrix shows: one's own, after the lock those of the others, and the team's."""
    people = [actor.name, *(name for name in found.matrix.researchers if name != actor.name)]
    if found.team is not None:
        people.append(TEAM)
    if len(people) < 2:
        return actor.name
    words = {actor.name: say("My view"), TEAM: say("Team")}
    forget_what_is_gone("triangulate_whose", people)
    return str(
        st.segmented_control(
            say("Whose view"),
            people,
            format_func=lambda name: words.get(name, plain(name)),
            default=people[0] if actor.name in found.matrix.researchers else people[1],
            required=True,
            key="triangulate_whose",
            persist_state="session",
            label_visibility="collapsed",
        )
        or actor.name
    )


def seen_by(found: Triangulation, person: str) -> ConvergenceMatrix:
    """The matrix with the cells of one person alone, also of one who has judged nothing; or of the team."""
    if person == TEAM and found.team is not None:
        return found.team.matrix
    if person in found.matrix.researchers:
        own = tuple(cell for cell in found.matrix.cells if cell.researcher == person)
        return replace(found.matrix, researchers=(person,), cells=own)
    return build_matrix(
        found.matrix.rows,
        found.matrix.sources,
        found.existences,
        found.judgements,
        found.findings,
        rule=found.matrix.rule,
        researchers=[person],
        index=found.matrix.index,
    )


def look_at(engine: Engine, actor: Member, found: Triangulation, book: Codebook, whose: str) -> Look:
    """What the choices of the session leave of a person's view."""
    everything = seen_by(found, whose)
    narrowing = _narrowing(found)
    order = Order(st.session_state.get("matrix_order") or Order.CODEBOOK)
    seen = Seen(
        everything,
        found.matrix,
        found.findings,
        lambda theme: level.key if (level := level_named(book, theme)) is not None else "",
        lambda theme: theme_name(book, theme),
        _importance(found, everything, whose),
        _to_work_up(engine, actor, found) if narrowing.work_up else (),
    )
    density = st.session_state.get("matrix_density")
    return Look(
        whose,
        narrow(seen, narrowing, order),
        everything,
        narrowing,
        order,
        str(st.session_state.get("matrix_rows_of") or "statements"),
        density or ("compact" if len(everything.rows) > MANY_ROWS else "roomy"),
    )


def _importance(found: Triangulation, matrix: ConvergenceMatrix, whose: str) -> dict[Row, str]:
    """What the person, or the team, holds of the rows; of others what the writers of findings said."""
    told = importance_of_rows(found.findings, matrix.rows)
    if whose == TEAM and found.team is not None:
        rated = found.team.importances
    else:
        rated = tuple(one for one in found.importances if one.researcher == whose)
    return told | {one.row: one.importance for one in rated}


def _to_work_up(engine: Engine, actor: Member, found: Triangulation) -> tuple[Row, ...]:
    """Rows that ask for a work-up, and whose card is missing or not complete."""
    return lacking(cards_for(found.needs_work_up, assessment.work_ups(engine, actor)))


def _narrowing(found: Triangulation) -> Narrowing:
    """The conditions that the session holds, without those of sources that are gone."""
    state = st.session_state
    return Narrowing(
        levels=frozenset(state.get(_LEVELS) or ()),
        themes=frozenset(state.get(_THEMES) or ()),
        sources=frozenset(state.get(_SOURCES) or ()) & frozenset(found.matrix.sources),
        codes=frozenset(map(ConvergenceCode, state.get(_CODES) or ())),
        valences=frozenset(map(Valence, state.get(_VALENCES) or ())),
        differ=bool(state.get(_DIFFER)),
        work_up=bool(state.get(_WORK_UP)),
        words=str(state.get(_WORDS) or ""),
    )


def show_filter(found: Triangulation, book: Codebook, look: Look) -> None:
    """The conditions behind one button, which says how many rows they leave."""
    shown, every = len(look.matrix.rows), len(look.everything.rows)
    name = (
        say("Filter: {n} of {all} rows", n=shown, all=every)
        if look.narrowing.conditions
        else say("Filter: all {n} rows", n=every)
    )
    with st.popover(name, key="matrix_filter"):
        st.text_input(say("Words in theme, statement or finding"), key=_WORDS, persist_state="session")
        levels = {level.key: level.name() for level in children(book, None)}
        themes = dict.fromkeys(row.theme for row in look.everything.rows)
        left, right = st.columns(2)
        with left:
            _many(say("Levels"), levels, _LEVELS)
            _many(say("Themes"), {theme: theme_name(book, theme) for theme in themes}, _THEMES)
            _many(
                say("Sources, and their pairs"),
                {source: source for source in found.matrix.sources},
                _SOURCES,
            )
        with right:
            codes = {code.value: f"{CODE_SYMBOL[code]} {word}" for code, word in code_words().items()}
            _many(say("Codes of pairs"), codes, _CODES)
            valences = {v.value: f"{VALENCE_SYMBOL[v]} {word}" for v, word in valence_words().items()}
            _many(say("Directions"), valences, _VALENCES)
            st.checkbox(
                say("Researchers differ"),
                key=_DIFFER,
                persist_state="session",
                disabled=len(found.matrix.researchers) < 2,
                help=say("Those whose judgements you may read gave a pair different codes."),
            )
            st.checkbox(
                say("Needs a work-up"),
                key=_WORK_UP,
                persist_state="session",
                help=say(
                    "A pair is dissonant or a source is silent against expectation, and the card of the "
                    "row is missing or not complete."
                ),
            )
        if st.button(say("Show all rows"), disabled=not look.narrowing.conditions, on_click=forget_filter):
            st.rerun()


def forget_what_is_gone(key: str, options: Collection[str]) -> None:
    """Leave a choice that stayed in the session, and is none any more, to be made anew."""
    if st.session_state.get(key) not in options:
        st.session_state.pop(key, None)


def forget_filter() -> None:
    """Ask nothing of the rows any more."""
    for key in (_LEVELS, _THEMES, _SOURCES, _CODES, _VALENCES):
        st.session_state[key] = []
    st.session_state[_DIFFER] = st.session_state[_WORK_UP] = False
    st.session_state[_WORDS] = ""


def show_arrangement(book: Codebook, look: Look) -> None:
    """Order, what a line stands for, and density."""
    with st.popover(say("Arrange"), key="matrix_arrange"):
        st.radio(
            say("Order of the rows"),
            [order.value for order in Order],
            format_func=lambda value: order_words()[Order(value)],
            key="matrix_order",
            persist_state="session",
        )
        rollups = {name: say("Groups of {name}", name=name) for name in book.rollups}
        units = {
            "statements": say("Statements"),
            "themes": say("Themes, counted"),
            "levels": say("Levels, counted"),
            **rollups,
        }
        forget_what_is_gone("matrix_rows_of", units)
        st.radio(
            say("A line stands for"),
            list(units),
            format_func=units.__getitem__,
            key="matrix_rows_of",
            persist_state="session",
            help=say(
                "Where several rows are counted together, a cell holds how many rows have each code. They "
                "are never made into one code."
            ),
        )
        densities = {"compact": say("Compact"), "roomy": say("Roomy")}
        picked = st.segmented_control(
            say("Density"),
            list(densities),
            format_func=densities.__getitem__,
            default=look.density,
            required=True,
            key="matrix_density_choice",
        )
        if picked != look.density:
            st.session_state["matrix_density"] = picked
            st.rerun()


def order_words() -> Mapping[Order, str]:
    """The orders in words."""
    return {
        Order.CODEBOOK: say("As in the codebook"),
        Order.SOURCES: say("Most sources that speak first"),
        Order.DISSONANCE: say("Most dissonant pairs first"),
        Order.IMPORTANCE: say("Main findings first"),
        Order.STATEMENT: say("By statement"),
    }


def filter_words(look: Look, book: Codebook) -> str:
    """The conditions in a sentence, for what leaves the page; empty without any."""
    by = look.narrowing
    levels = {level.key: level.name() for level in children(book, None)}
    said = [
        (say("levels"), [levels.get(key, key) for key in by.levels]),
        (say("themes"), [theme_name(book, key) for key in by.themes]),
        (say("sources"), list(by.sources)),
        (say("codes"), [code_words()[code] for code in by.codes]),
        (say("directions"), [valence_words()[valence] for valence in by.valences]),
    ]
    parts = [f"{name}: {', '.join(sorted(values))}" for name, values in said if values]
    parts += [say("researchers differ")] if by.differ else []
    parts += [say("needs a work-up")] if by.work_up else []
    parts += [say("words: {words}", words=by.words)] if by.words.strip() else []
    return "; ".join(parts)


def notes_on(look: Look, book: Codebook) -> list[str]:
    """What a page that leaves the app is of: study, day, whose view, rule, rows, filter, order."""
    conditions = filter_words(look, book)
    return [
        say(
            "{study} · {date} · view of {name} · rule: {rule} · {n} of {all} rows",
            study=session.study().name,
            date=day(dt.date.today()),
            name=look.whose_words,
            rule=rule_names()[look.matrix.rule],
            n=len(look.matrix.rows),
            all=len(look.everything.rows),
        ),
        say("Filter: {words}", words=conditions) if conditions else say("No filter"),
        say("Order: {order}", order=order_words()[look.order]),
    ]


def _many(label: str, names: Mapping[str, str], key: str) -> None:
    gone = [value for value in st.session_state.get(key) or () if value not in names]
    if gone:
        st.session_state[key] = [value for value in st.session_state[key] if value in names]
    st.multiselect(
        label,
        list(names),
        format_func=lambda value: names[value],
        key=key,
        persist_state="session",
        placeholder=say("all"),
    )

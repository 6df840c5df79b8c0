"""The part Judge of the page Triangulate: one row, then one pair after the other, each alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import streamlit as st
from sqlalchemy import Engine

from codebook.models import Codebook
from corpus.errors import UserFacingError
from store.studies import Member
from triangulation.convergence import convergence_code, parts_judged
from triangulation.evidence import evidence_for
from triangulation.matrix import build_matrix
from triangulation.models import (
    ConvergenceCode,
    ConvergenceMatrix,
    Judgement,
    Meaning,
    Part,
    Row,
)
from triangulation.report.wording import CODE_SYMBOL
from workbench.messages import say
from workbench.services import judging, triangulation
from workbench.services.triangulation import Triangulation
from workbench.views.drawing import (
    code_mark,
    code_words,
    escaped,
    finding_line,
    link_to_place,
    meaning_words,
    part_words,
    quote_block,
    row_name,
    rule_names,
    soft_line,
    theme_name,
)
from workbench.views.words import plain

_AT = "judging_at"
_BY_RULE = "by rule"  # a choice of its own: nothing chosen would not be shown as chosen


@dataclass(frozen=True)
class _Step:
    """One thing to judge: who speaks on a row (no pair), or how a pair compares."""

    row: Row
    pair: tuple[str, str] | None
    done: bool

    @property
    def place(self) -> tuple[Row, tuple[str, str] | None]:
        return self.row, self.pair


def show(engine: Engine, actor: Member, _found: Triangulation, book: Codebook) -> None:
    """Draw the one thing to judge now; nothing of other researchers is shown here."""
    _judge(engine, actor, book)


@st.fragment
def _judge(engine: Engine, actor: Member, book: Codebook) -> None:
    found = triangulation.triangulate(engine, actor)
    if actor.is_lead and found.locked:
        _offer_to_reopen(engine, actor, found)
    if actor.name in found.locked:
        _show_locked()
        return
    if not found.matrix.rows:
        st.info(say("There is nothing to judge yet. Add findings first: each stands in a row to compare."))
        return
    matrix = _own(found, actor)
    steps = _steps(found, matrix, actor)
    step = _current(steps)
    _show_progress(steps, step, matrix, book)
    _show_row(book, step.row)
    if step.pair is None:
        _ask_who_speaks(engine, actor, found, steps, step)
    else:
        _ask_comparison(engine, actor, found, steps, step, matrix)
    _show_lock(engine, actor, steps)


def _own(found: Triangulation, actor: Member) -> ConvergenceMatrix:
    return build_matrix(
        found.matrix.rows,
        found.matrix.sources,
        [seen for seen in found.existences if seen.researcher == actor.name],
        [judged for judged in found.judgements if judged.researcher == actor.name],
        found.findings,
        rule=found.matrix.rule,
        researchers=[actor.name],
        index=found.matrix.index,
    )


def _steps(found: Triangulation, matrix: ConvergenceMatrix, actor: Member) -> list[_Step]:
    """For each row who speaks, then each pair in which both do."""
    said = {(seen.row, seen.source) for seen in found.existences if seen.researcher == actor.name}
    judged = {(j.row, (j.source_a, j.source_b)) for j in found.judgements if j.researcher == actor.name}
    both = {
        (cell.row, (cell.source_a, cell.source_b)) for cell in matrix.cells if cell.speaks_a and cell.speaks_b
    }
    steps = []
    for row in matrix.rows:
        confirmed = all((row, source) in said for source in matrix.sources)
        steps.append(_Step(row, None, confirmed))
        steps += [_Step(row, p, (row, p) in judged) for p in matrix.pairs if (row, p) in both]
    return steps


def _current(steps: list[_Step]) -> _Step:
    at = st.session_state.get(_AT)
    chosen = next((step for step in steps if step.place == at), None)
    if chosen is None and at is not None:
        # The pair is no longer one in which both speak: go on in its row.
        chosen = next((step for step in steps if step.row == at[0]), None)
    return chosen or next((step for step in steps if not step.done), steps[0])


def _go(step: _Step | None) -> None:
    st.session_state[_AT] = None if step is None else step.place


def _after(steps: list[_Step], step: _Step) -> _Step | None:
    """The next thing that is not judged yet, round the end; None where all is."""
    places = [other.place for other in steps]
    at = places.index(step.place)
    return next((other for other in [*steps[at + 1 :], *steps[:at]] if not other.done), None)


def _show_progress(steps: list[_Step], step: _Step, matrix: ConvergenceMatrix, book: Codebook) -> None:
    pairs = [s for s in steps if s.pair is not None]
    rows = [s for s in steps if s.pair is None]
    numbers = {source: n for n, source in enumerate(matrix.sources, start=1)}

    def name(other: _Step) -> str:
        mark = "✓" if other.done else "◌"
        if other.pair is None:
            return f"{mark} {row_name(book, other.row)}"
        a, b = other.pair
        return f"   {mark} {numbers[a]}·{numbers[b]}  {a} – {b}"

    at = [s.place for s in steps].index(step.place)
    with st.container(horizontal=True, vertical_alignment="center", key="judging_bar"):
        st.html(
            '<p class="tp-line" role="status">'
            + escaped(
                say(
                    "{done} of {all} cells · who speaks: {rows} of {all_rows} rows",
                    done=len([s for s in pairs if s.done]),
                    all=len(pairs),
                    rows=len([s for s in rows if s.done]),
                    all_rows=len(rows),
                )
            )
            + f' <span class="tp-soft">· {escaped(say("nobody sees this before you lock"))}</span></p>'
        )
        st.button(
            say("Previous"), disabled=at == 0, on_click=_go, args=(steps[at - 1],), key="judging_previous"
        )
        st.button(
            say("Next"),
            disabled=at == len(steps) - 1,
            on_click=_go,
            args=(steps[min(at + 1, len(steps) - 1)],),
            key="judging_next",
        )
        picked = st.selectbox(
            say("Go to"),
            range(len(steps)),
            index=at,
            format_func=lambda n: name(steps[n]),
            key=f"judging_goto_{at}",
            label_visibility="collapsed",
            width=300,
        )
    if picked != at:
        _go(steps[picked])
        st.rerun(scope="fragment")


def _show_row(book: Codebook, row: Row) -> None:
    st.html(
        f'<div class="tp-block"><p class="tp-soft tp-small">{escaped(theme_name(book, row.theme))} · '
        f"{escaped(row.theme)}</p><h3>{escaped(row_name(book, row))}</h3></div>"
    )


def _ask_who_speaks(
    engine: Engine, actor: Member, found: Triangulation, steps: list[_Step], step: _Step
) -> None:
    """Yes or no for every source, prefilled from the findings; saving confirms it."""
    said = {
        seen.source: seen.speaks
        for seen in found.existences
        if seen.researcher == actor.name and seen.row == step.row
    }
    answers: dict[str, bool] = {}
    st.html(soft_line(say("Who speaks on this? Prefilled from the findings; confirm or correct.")))
    sources = found.matrix.sources
    for column, source in zip(st.columns(len(sources), gap="medium"), sources, strict=True):
        evidence = evidence_for(found.matrix, found.findings, step.row, source)
        answers[source] = column.radio(
            plain(source),
            [True, False],
            index=0 if said.get(source, bool(evidence.findings)) else 1,
            format_func=lambda yes: say("speaks") if yes else say("does not speak"),
            horizontal=True,
            key=f"judging_speaks_{step.row.theme}_{step.row.statement}_{source}",
        )
    # Above the evidence, however long that is: whoever confirms stays where the next question begins.
    confirmed = st.button(say("Confirm who speaks"), type="primary", shortcut="Ctrl+Enter")
    for column, source in zip(st.columns(len(sources), gap="medium"), sources, strict=True):
        with column:
            _show_evidence(found, step.row, source, links=True)
    if confirmed:
        _confirm(engine, actor, step.row, answers)
        places = [other.place for other in steps]
        pair_of_row = _first_pair(found, step.row, answers)
        _go(pair_of_row or _after([*steps], steps[places.index(step.place)]))
        st.rerun(scope="fragment")


def _confirm(engine: Engine, actor: Member, row: Row, answers: dict[str, bool]) -> None:
    for source, speaks in answers.items():
        judging.judge_existence(engine, actor, row=row, source=source, speaks=speaks)


def _first_pair(found: Triangulation, row: Row, answers: dict[str, bool]) -> _Step | None:
    """The first pair of the row in which both speak, as just answered."""
    speaking = next((p for p in found.matrix.pairs if answers[p[0]] and answers[p[1]]), None)
    return None if speaking is None else _Step(row, speaking, False)


def _ask_comparison(
    engine: Engine,
    actor: Member,
    found: Triangulation,
    steps: list[_Step],
    step: _Step,
    matrix: ConvergenceMatrix,
) -> None:
    assert step.pair is not None
    cell = next(c for c in matrix.cells if (c.row, (c.source_a, c.source_b)) == step.place)
    name = f"{step.row.theme}_{step.row.statement}_{'_'.join(step.pair)}"
    judgement = cell.judgement
    parts = _ask_parts(name, judgement)
    code = convergence_code(**parts, speaks_a=True, speaks_b=True, rule=found.matrix.rule)
    left, right = st.columns([1, 1], gap="medium", vertical_alignment="bottom")
    with left:
        st.html(_derived_line(found, code, parts))
        assigned = _ask_assigned(name, judgement)
    with right:
        reason = st.text_input(
            say("Reason, or a note (needed for a code that you assign yourself)"),
            value="" if judgement is None else judgement.reason,
            key=f"judging_reason_{name}",
        )
    if st.button(say("Save and go to the next cell"), type="primary", shortcut="Ctrl+Enter"):
        _save(engine, actor, step, parts, assigned, reason, steps)
    for column, source in zip(st.columns(2, gap="medium"), step.pair, strict=True):
        with column:
            st.html(f'<div class="tp-block"><h4>{escaped(source)}</h4></div>')
            _show_evidence(found, step.row, source, links=True)


def _save(
    engine: Engine,
    actor: Member,
    step: _Step,
    parts: dict[str, Any],
    assigned: ConvergenceCode | None,
    reason: str,
    steps: list[_Step],
) -> None:
    assert step.pair is not None
    if assigned is None and all(part is None for part in parts.values()):
        st.warning(say("Nothing is judged in this cell yet: compare at least one part, or assign a code."))
        return
    try:
        judging.judge_pair(
            engine,
            actor,
            row=step.row,
            source_a=step.pair[0],
            source_b=step.pair[1],
            **{part: None if value is None else value.value for part, value in parts.items()},
            assigned=None if assigned is None else assigned.value,
            reason=reason,
        )
    except UserFacingError as error:
        st.error(plain(str(error)))
        return
    _go(_after(steps, step) or step)
    st.rerun(scope="fragment")


def _ask_parts(name: str, judgement: Judgement | None) -> dict[str, Any]:
    """The four parts; what is not chosen stays not judged."""
    meanings, others = meaning_words(), part_words()
    asked: tuple[tuple[str, str, type[Meaning] | type[Part], Any], ...] = (
        ("meaning", say("Meaning: the direction of the effect"), Meaning, meanings),
        ("prominence", say("Prominence, as rated within each"), Part, others),
        ("coverage", say("Coverage: sites, groups, periods"), Part, others),
        ("examples", say("Examples"), Part, others),
    )
    parts: dict[str, Any] = {}
    for column, (part, label, kind, words) in zip(st.columns(4, gap="medium"), asked, strict=True):
        options = list(kind)
        before = None if judgement is None else getattr(judgement, part)
        with column:
            parts[part] = st.radio(
                label,
                options,
                index=None if before is None else options.index(before),
                format_func=words.__getitem__,
                key=f"judging_{part}_{name}",
            )
    return parts


def _derived_line(found: Triangulation, code: ConvergenceCode | None, parts: dict[str, Any]) -> str:
    judged = parts_judged(**parts)
    shown = code or ConvergenceCode.UNDETERMINED
    mark = code_mark(shown)
    rule = escaped(say("Under the rule “{rule}”:", rule=rule_names()[found.matrix.rule]))
    rest = escaped(say("judged on {n} of 4 parts", n=judged))
    return (
        f'<p class="tp-line" data-trigpoint="derived" data-code="{shown.value}">'
        f'{rule} {mark} <span class="tp-soft">· {rest}</span></p>'
    )


def _ask_assigned(name: str, judgement: Judgement | None) -> ConvergenceCode | None:
    """Another code than the rule's, which the reason must explain; None keeps the rule's."""
    words = code_words()
    given = (ConvergenceCode.AGREEMENT, ConvergenceCode.PARTIAL, ConvergenceCode.DISSONANCE)
    before = None if judgement is None else judgement.assigned
    options: list[ConvergenceCode | str] = [_BY_RULE, *given]
    if before is not None and before not in options:
        options.append(before)
    picked = st.segmented_control(
        say("Code"),
        options,
        format_func=lambda c: (
            f"{CODE_SYMBOL[c]} {words[c]}" if isinstance(c, ConvergenceCode) else say("as the rule gives")
        ),
        default=before or _BY_RULE,
        required=True,
        key=f"judging_assigned_{name}",
    )
    return picked if isinstance(picked, ConvergenceCode) else None


def _show_evidence(found: Triangulation, row: Row, source: str, *, links: bool) -> None:
    evidence = evidence_for(found.matrix, found.findings, row, source)
    if not evidence.findings:
        st.html(soft_line(say("No finding of this source.")))
    for finding in evidence.findings:
        st.html(
            f'<div class="tp-block"><p>{escaped(finding.statement)}</p>'
            f'<p class="tp-soft tp-small">{finding_line(finding)}</p></div>'
        )
        for excerpt in finding.excerpts:
            st.html(quote_block(excerpt))
            if links:
                link_to_place(excerpt)


def _show_lock(engine: Engine, actor: Member, steps: list[_Step]) -> None:
    pairs = [s for s in steps if s.pair is not None]
    left = [s for s in pairs if not s.done]
    words = say(
        "Locking fixes your judgements and opens them to those who have locked theirs, and theirs to you. "
        "Only the lead can reopen them, with a reason."
    )
    if left:
        words += " " + say("{n} cells are not judged yet; they stay undetermined.", n=len(left))
    with st.container(horizontal=True, vertical_alignment="center", key="judging_lock"):
        pressed = st.button(say("Lock my judgements"))
        st.caption(words)
    if not pressed:
        return
    try:
        judging.lock_judgements(engine, actor)
    except UserFacingError as error:
        st.error(plain(str(error)))
        return
    st.session_state["triangulate_notice"] = say("Your judgements are locked.")
    st.rerun()


def _show_locked() -> None:
    st.info(
        say(
            "▪ Your judgements are locked. You can read those of others who have locked, in the matrix and "
            "under Researcher comparison. Only the lead can reopen yours, with a reason."
        )
    )


def _offer_to_reopen(engine: Engine, actor: Member, found: Triangulation) -> None:
    with st.popover(say("Reopen a researcher's judgements")):
        name = st.selectbox(say("Researcher"), list(found.locked))
        reason = st.text_input(say("Reason, for the log"), key="reopen_reason")
        if st.button(say("Reopen judgements")):
            try:
                judging.reopen_judgements(engine, actor, name, reason=reason)
            except UserFacingError as error:
                st.error(plain(str(error)))
                return
            st.rerun()

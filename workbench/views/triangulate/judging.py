"""Step 2 on the page Triangulate: one row, then one pair after the other, each researcher alone.

Nothing of other researchers is drawn here: what the services give of them is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st
from sqlalchemy import Engine

from codebook.models import Codebook
from corpus.errors import UserFacingError
from store.studies import Member
from triangulation.convergence import convergence_code, parts_judged
from triangulation.evidence import evidence_for
from triangulation.judging import (
    Pair,
    RowProgress,
    Silence,
    Step,
    different_weight,
    judgement_above,
    next_open,
    opposed_directions,
    progress_by_row,
    silences_said,
    steps_to_judge,
)
from triangulation.matrix import build_matrix
from triangulation.models import (
    ConvergenceCode,
    ConvergenceMatrix,
    Existence,
    Finding,
    Importance,
    Judgement,
    Meaning,
    Part,
    Prominence,
    Rating,
    Row,
)
from triangulation.opportunity import SilenceProposal, propose_silence
from triangulation.report.wording import CODE_SYMBOL, PROMINENCE_SYMBOL
from triangulation.tables import EXPECTED, IMPORTANCES, SILENCES
from workbench.messages import say
from workbench.reasons import retold
from workbench.services import judging, prominence, ratings, triangulation
from workbench.services.prominence import CountedEvidence
from workbench.services.triangulation import Triangulation
from workbench.views.drawing import (
    code_mark,
    code_words,
    escaped,
    meaning_words,
    part_words,
    prominence_words,
    row_name,
    rule_names,
    soft_line,
    theme_name,
)
from workbench.views.triangulate import judging_evidence as evidence_of
from workbench.views.triangulate.matrix_inspector import expected_words, silence_words
from workbench.views.words import plain

_AT = "judging_at"
_REFUSED = "judging_refused"
_BY_RULE = "by rule"  # a choice of its own: nothing chosen would not be shown as chosen
_PARTS = ("meaning", "prominence", "coverage", "examples")

_STYLE = """<style>
.st-key-judging_desk { display: grid !important; gap: 0 24px; grid-template-columns: 250px minmax(0, 1fr);
  align-items: start; }
.st-key-judging_rows { position: sticky; top: 60px; padding-right: 8px;
  border-right: 1px solid light-dark(#D9D5CA, #343A40); }
.st-key-judging_rows label p { font-size: 14px; line-height: 1.35; display: -webkit-box; overflow: hidden;
  -webkit-box-orient: vertical; -webkit-line-clamp: 2; }
.st-key-judging_rows label { margin-bottom: 4px; }
.tp-evidence p { margin: 2px 0 0; font-size: 13px; }
.tp-hint { color: light-dark(#8A6100, #E3B341); }
@media (max-width: 1023px) {
  .st-key-judging_desk { grid-template-columns: minmax(0, 1fr); }
  .st-key-judging_rows { position: static; border: 0; }
}
</style>"""


@dataclass(frozen=True)
class _Desk:
    """What one researcher judges with: their own judgements alone, and the findings they may see."""

    engine: Engine
    actor: Member
    book: Codebook
    found: Triangulation
    matrix: ConvergenceMatrix
    existences: tuple[Existence, ...]
    judgements: tuple[Judgement, ...]
    ratings: Mapping[tuple[Row, str], Rating]
    importances: Mapping[Row, Importance]
    steps: tuple[Step, ...]

    def findings(self, row: Row, source: str) -> tuple[Finding, ...]:
        return evidence_for(self.matrix, self.found.findings, row, source).findings

    def number(self, source: str) -> int:
        return self.matrix.sources.index(source) + 1

    def speaks(self, row: Row) -> dict[str, bool]:
        """Who speaks on a row: as the researcher said, else as the findings have it."""
        said = {seen.source: seen.speaks for seen in self.existences if seen.row == row}
        return {source: said.get(source, bool(self.findings(row, source))) for source in self.matrix.sources}


def show(engine: Engine, actor: Member, _found: Triangulation, book: Codebook) -> None:
    """Draw the one thing to judge now; nothing of other researchers is shown here."""
    st.html(_STYLE)
    _judge(engine, actor, book)


@st.fragment
def _judge(engine: Engine, actor: Member, book: Codebook) -> None:
    if (refused := st.session_state.pop(_REFUSED, None)) is not None:
        st.error(plain(refused))
    found = triangulation.triangulate(engine, actor)
    if actor.is_lead and found.locked:
        _offer_to_reopen(engine, actor, found)
    if actor.name in found.locked:
        _show_locked()
        return
    judges = found.protocol.page.judges
    if judges and actor.name not in judges:
        names = plain(", ".join(judges))
        st.info(
            say("The protocol names {names} as judges. Its lead can add you under 0 Protocol.", names=names)
        )
        return
    if not found.matrix.rows:
        st.info(say("There is nothing to judge yet. Add findings first: each stands in a row to compare."))
        return
    desk = _desk(engine, actor, found, book)
    step = _current(desk.steps)
    _show_progress(desk, step)
    with st.container(key="judging_desk"):
        with st.container(key="judging_rows"):
            _show_rows(desk, step)
        with st.container(key="judging_cell", gap="small"):
            _show_row(desk, step)
            if step.pair is None:
                _ask_who_speaks(desk, step)
            else:
                _ask_comparison(desk, step, step.pair)
    _show_lock(desk)


def _desk(engine: Engine, actor: Member, found: Triangulation, book: Codebook) -> _Desk:
    existences = tuple(seen for seen in found.existences if seen.researcher == actor.name)
    judgements = tuple(judged for judged in found.judgements if judged.researcher == actor.name)
    matrix = build_matrix(
        found.matrix.rows,
        found.matrix.sources,
        existences,
        judgements,
        found.findings,
        rule=found.matrix.rule,
        researchers=[actor.name],
        index=found.matrix.index,
    )
    return _Desk(
        engine,
        actor,
        book,
        found,
        matrix,
        existences,
        judgements,
        {(rated.row, rated.source): rated for rated in found.ratings if rated.researcher == actor.name},
        {held.row: held for held in found.importances if held.researcher == actor.name},
        steps_to_judge(matrix, existences, judgements),
    )


# --- where one is


def _place(step: Step) -> tuple[Row, Pair | None]:
    return step.row, step.pair


def _current(steps: Sequence[Step]) -> Step:
    at = st.session_state.get(_AT)
    chosen = next((step for step in steps if _place(step) == at), None)
    if chosen is None and at is not None:
        # The pair is no longer one in which both speak: go on in its row.
        chosen = next((step for step in steps if step.row == at[0]), None)
    return chosen or next((step for step in steps if not step.done), steps[0])


def _go(step: Step | None) -> None:
    st.session_state[_AT] = None if step is None else _place(step)


def _go_to_row(steps: Sequence[Step], row: Row) -> None:
    """To what is open on a row, else to its beginning."""
    of_row = [step for step in steps if step.row == row]
    _go(next((step for step in of_row if not step.done), of_row[0]))


def _show_progress(desk: _Desk, step: Step) -> None:
    steps, rows = desk.steps, desk.matrix.rows
    pairs = [s for s in steps if s.pair is not None]
    first = [s for s in steps if s.pair is None]
    at, row = steps.index(step), rows.index(step.row)
    with st.container(horizontal=True, vertical_alignment="center", key="judging_bar"):
        st.html(
            '<p class="tp-line" role="status">'
            + escaped(
                say(
                    "{done} of {all} cells · who speaks: {rows} of {all_rows} rows",
                    done=len([s for s in pairs if s.done]),
                    all=len(pairs),
                    rows=len([s for s in first if s.done]),
                    all_rows=len(first),
                )
            )
            + f' <span class="tp-soft">· {escaped(say("nobody sees this before you lock"))}</span></p>'
        )
        _step_button(say("Previous row"), "K", row > 0, _go_to_row, steps, rows[max(row - 1, 0)])
        _step_button(
            say("Next row"), "J", row + 1 < len(rows), _go_to_row, steps, rows[min(row + 1, len(rows) - 1)]
        )
        _step_button(say("Previous"), "P", at > 0, _go, steps[at - 1])
        _step_button(say("Next"), "N", at + 1 < len(steps), _go, steps[min(at + 1, len(steps) - 1)])


def _step_button(label: str, shortcut: str, possible: bool, go: Any, *where: Any) -> None:
    st.button(label, shortcut=shortcut, disabled=not possible, on_click=go, args=where)


def _show_rows(desk: _Desk, step: Step) -> None:
    """All rows with how far each is; choosing one goes to what is open on it."""
    progress = progress_by_row(desk.steps)
    rows = [one.row for one in progress]
    st.session_state["judging_row"] = rows.index(step.row)
    with st.container(height=560, border=False):
        st.radio(
            say("Rows"),
            range(len(rows)),
            format_func=lambda n: f"{_done(progress[n])} {plain(row_name(desk.book, rows[n]))}",
            key="judging_row",
            on_change=lambda: _go_to_row(desk.steps, rows[st.session_state["judging_row"]]),
        )


def _done(row: RowProgress) -> str:
    mark = "✓" if row.is_done else "◌"
    return f"{mark} {row.done}/{row.of} ·" if row.of else f"{mark} –"


def _show_row(desk: _Desk, step: Step) -> None:
    row = step.row
    st.html(
        f'<div class="tp-block"><p class="tp-soft tp-small">{escaped(theme_name(desk.book, row.theme))}'
        f" · {escaped(row.theme)}</p><h3>{escaped(row_name(desk.book, row))}</h3></div>"
    )
    of_row = [s for s in desk.steps if s.row == row]
    key = f"judging_step_{row.theme}_{row.statement}"
    st.session_state[key] = of_row.index(step)
    with st.container(horizontal=True, vertical_alignment="bottom", horizontal_alignment="distribute"):
        st.segmented_control(
            say("Steps of this row"),
            range(len(of_row)),
            format_func=lambda n: _step_name(desk, of_row[n]),
            required=True,
            key=key,
            on_change=lambda: _go(of_row[st.session_state[key]]),
        )
        _ask_importance(desk, row)


def _step_name(desk: _Desk, step: Step) -> str:
    mark = "✓" if step.done else "◌"
    if step.pair is None:
        return f"{mark} {say('Who speaks')}"
    a, b = step.pair
    return f"{mark} {desk.number(a)}·{desk.number(b)}"


def _ask_importance(desk: _Desk, row: Row) -> None:
    held = desk.importances.get(row)
    words = {"main": say("main"), "minor": say("minor")}
    key = _name("importance", row)
    st.segmented_control(
        say("Importance of this row"),
        IMPORTANCES,
        format_func=words.__getitem__,
        default=None if held is None else held.importance,
        key=key,
        on_change=lambda: _keep(
            lambda: ratings.rate_importance(
                desk.engine, desk.actor, row=row, importance=st.session_state[key]
            )
        ),
    )


# --- who speaks


def _ask_who_speaks(desk: _Desk, step: Step) -> None:
    """Yes or no for every source, prefilled from the findings, and why others are silent; one press saves."""
    row, before = step.row, desk.speaks(step.row)
    said = silences_said(desk.judgements, row, before)
    st.html(soft_line(say("Who speaks on this? Prefilled from the findings; confirm or correct.")))
    answers: dict[str, bool] = {}
    silences: dict[str, Silence] = {}
    for source in desk.matrix.sources:
        left, right = st.columns([1, 3], gap="medium")
        with left:
            st.html(f'<div class="tp-block"><h4>{desk.number(source)} {escaped(source)}</h4></div>')
            answers[source] = st.radio(
                plain(source),
                [True, False],
                index=0 if before[source] else 1,
                format_func=lambda yes: say("speaks") if yes else say("does not speak"),
                key=_name("speaks", row, source),
                label_visibility="collapsed",
            )
        with right:
            if answers[source] or desk.findings(row, source):
                st.html(evidence_of.statements(desk.findings(row, source)))
            if not answers[source]:
                silences[source] = _ask_silence(desk, row, source, said.get(source))
    if st.button(say("Confirm who speaks"), type="primary", shortcut="Ctrl+Enter"):
        _confirm(desk, step, answers, silences)
    _show_quotes(desk, row, desk.matrix.sources)


def _ask_silence(desk: _Desk, row: Row, source: str, said: Silence | None) -> Silence:
    """What the silence is and whether it was expected; a proposal stands there until one is chosen."""
    proposal = _proposal(desk, row, source)
    start = said or Silence(proposal.kind, proposal.expected)
    left, middle, right = st.columns([4, 3, 4])
    kinds: list[str | None] = [None, *SILENCES]
    words: dict[str | None, str] = {None: say("not said"), **silence_words(), **expected_words()}
    with left:
        kind = st.selectbox(
            say("Kind of silence"),
            kinds,
            index=kinds.index(start.kind),
            format_func=words.__getitem__,
            key=_name("silence", row, source),
        )
    expectations: list[str | None] = [None, *EXPECTED]
    with middle:
        expected = st.selectbox(
            say("Was it expected"),
            expectations,
            index=expectations.index(start.expected),
            format_func=words.__getitem__,
            key=_name("expected", row, source),
        )
    with right:
        reason = st.text_input(
            say("Why, in your words"), value=start.reason, key=_name("why_silent", row, source)
        )
    if said is None:
        st.html(soft_line(say("Proposed: {why}.", why=retold(proposal.why))))
    return Silence(kind, expected, reason)


def _proposal(desk: _Desk, row: Row, source: str) -> SilenceProposal:
    return propose_silence(desk.found.opportunities[row, source].state)


def _confirm(desk: _Desk, step: Step, answers: Mapping[str, bool], silences: Mapping[str, Silence]) -> None:
    def keep() -> None:
        judging.confirm_who_speaks(
            desk.engine,
            desk.actor,
            row=step.row,
            speaks=answers,
            silences=silences,
            pairs=desk.matrix.pairs,
        )
        both = next((p for p in desk.matrix.pairs if answers[p[0]] and answers[p[1]]), None)
        _go(next_open(desk.steps, step) if both is None else Step(step.row, both, False))

    _try(keep)


# --- a pair


def _ask_comparison(desk: _Desk, step: Step, pair: Pair) -> None:
    row = step.row
    counted = prominence.prominence_evidence(desk.engine, desk.actor, rows=[row])
    for column, source in zip(st.columns(2, gap="large"), pair, strict=True):
        other = pair[1] if source == pair[0] else pair[0]
        with column, st.container(gap=None):
            _show_source(desk, counted, row, source, other)
    judgement = next((j for j in desk.judgements if j.row == row and (j.source_a, j.source_b) == pair), None)
    _begin_with(row, pair, judgement)
    parts = _ask_parts(desk, counted, row, pair)
    code = convergence_code(**parts, speaks_a=True, speaks_b=True, rule=desk.matrix.rule)
    left, right = st.columns([13, 9], gap="medium", vertical_alignment="bottom")
    with left, st.container(gap=None):
        st.html(_derived_line(desk, code, parts))
        assigned = _ask_assigned(row, pair, judgement)
    with right:
        reason = st.text_input(
            say("Reason, or a note (needed for a code that you assign yourself)"),
            key=_name("reason", row, *pair),
        )
    values = {
        **{part: None if value is None else value.value for part, value in parts.items()},
        "assigned": None if assigned is None else assigned.value,
        "reason": reason,
    }
    _show_actions(desk, step, pair, values)
    _show_quotes(desk, row, pair)


def _show_source(desk: _Desk, counted: CountedEvidence, row: Row, source: str, other: str) -> None:
    """One side of a pair: what it says, what can be counted of it, how one rates it."""
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.html(f'<div class="tp-block"><h4>{desk.number(source)} {escaped(source)}</h4></div>')
        evidence_of.offer_participants(
            desk.engine,
            desk.actor,
            theme=row.theme,
            source=source,
            key=f"judging_participants_{desk.number(source)}",
        )
    st.html(
        evidence_of.statements(desk.findings(row, source))
        + evidence_of.counts(counted.themes[row.theme, source], counted.quotes[row, source])
        + evidence_of.coverage_lists(counted.coverage[row, source], counted.coverage[row, other])
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        _ask_rating(desk, row, source)


def _ask_rating(desk: _Desk, row: Row, source: str) -> None:
    """The researcher's own rating within the source, kept as soon as it is chosen."""
    held = desk.ratings.get((row, source)) or Rating(row, source, desk.actor.name)
    words = prominence_words()
    weight, note = _name("rating", row, source), _name("rating_note", row, source)

    def keep() -> None:
        ratings.rate_source(
            desk.engine,
            desk.actor,
            row=row,
            source=source,
            prominence=st.session_state[weight],
            note=st.session_state[note],
        )

    st.segmented_control(
        say("Prominence within {source}, your rating", source=plain(source)),
        list(Prominence),
        format_func=lambda p: f"{PROMINENCE_SYMBOL[p]} {words[p]}",
        default=held.prominence,
        key=weight,
        on_change=_keep,
        args=(keep,),
    )
    st.text_input(
        say("Note on the rating"), value=held.note, key=note, on_change=_keep, args=(keep,), width=190
    )


def _begin_with(row: Row, pair: Pair, judgement: Judgement | None) -> None:
    """What was saved stands in the fields when one comes to a pair."""
    for part in _PARTS:
        st.session_state.setdefault(
            _name(part, row, *pair), None if judgement is None else getattr(judgement, part)
        )
    assigned = None if judgement is None else judgement.assigned
    st.session_state.setdefault(_name("assigned", row, *pair), assigned or _BY_RULE)
    st.session_state.setdefault(_name("reason", row, *pair), "" if judgement is None else judgement.reason)


def _fill_in(row: Row, pair: Pair, like: Judgement) -> None:
    for part in _PARTS:
        st.session_state[_name(part, row, *pair)] = getattr(like, part)
    st.session_state[_name("assigned", row, *pair)] = like.assigned or _BY_RULE
    st.session_state[_name("reason", row, *pair)] = like.reason


def _ask_parts(desk: _Desk, counted: CountedEvidence, row: Row, pair: Pair) -> dict[str, Any]:
    """The four parts; what is not chosen stays not judged."""
    meanings, others = meaning_words(), part_words()
    asked: tuple[tuple[str, str, str, type[Meaning] | type[Part], Any], ...] = (
        ("meaning", say("Meaning: the direction of the effect"), say("Next meaning"), Meaning, meanings),
        ("prominence", say("Prominence, as rated within each"), say("Next prominence"), Part, others),
        ("coverage", say("Coverage: sites, groups, periods"), say("Next coverage"), Part, others),
        ("examples", say("Examples"), say("Next examples"), Part, others),
    )
    hints = _hints(desk, counted, row, pair)
    parts: dict[str, Any] = {}
    for number, (part, label, turn, kind, words) in enumerate(asked, start=1):
        if number % 2:
            columns = st.columns([11, 9], gap="medium")
        options, key = list(kind), _name(part, row, *pair)
        with columns[(number + 1) % 2], st.container(gap=None):
            with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
                parts[part] = st.segmented_control(label, options, format_func=words.__getitem__, key=key)
                st.button(
                    turn,
                    shortcut=str(number),
                    on_click=_turn,
                    args=(key, options),
                    type="tertiary",
                    key=f"turn_{part}",
                )
            if part in hints:
                tone, words_beside = hints[part]
                st.html(f'<p class="tp-line tp-small {tone}">{escaped(words_beside)}</p>')
    return parts


def _turn(key: str, options: Sequence[Any]) -> None:
    """The next answer of a part; after the last none."""
    answers = [*options, None]
    at = answers.index(st.session_state.get(key))
    st.session_state[key] = answers[(at + 1) % len(answers)]


def _hints(desk: _Desk, counted: CountedEvidence, row: Row, pair: Pair) -> dict[str, tuple[str, str]]:
    """A question or a count beside each part, with its tone; the answer is the researcher's."""
    a, b = pair
    hints: dict[str, tuple[str, str]] = {}
    if opposed_directions(desk.findings(row, a), desk.findings(row, b)):
        hints["meaning"] = (
            "tp-hint",
            say(
                "? The same determinant in opposed directions: contradictory? Not if both say that it "
                "decides (“funding came”, “funding ended”)."
            ),
        )
    rated = [desk.ratings.get((row, source)) for source in pair]
    weights = [None if one is None else one.prominence for one in rated]
    if different_weight(weights[0], weights[1]):
        words = [prominence_words()[weight] for weight in weights if weight is not None]
        hints["prominence"] = ("tp-hint", say("? You rated {a} and {b}: different?", a=words[0], b=words[1]))
    hints["coverage"] = (
        "tp-soft",
        evidence_of.overlap_line(counted.coverage[row, a], counted.coverage[row, b]),
    )
    return hints


def _derived_line(desk: _Desk, code: ConvergenceCode | None, parts: Mapping[str, Any]) -> str:
    judged = parts_judged(**parts)
    shown = code or ConvergenceCode.UNDETERMINED
    mark = code_mark(shown)
    rule = escaped(say("Under the rule “{rule}”:", rule=rule_names()[desk.matrix.rule]))
    rest = escaped(say("judged on {n} of 4 parts", n=judged))
    return (
        f'<p class="tp-line" data-trigpoint="derived" data-code="{shown.value}">'
        f'{rule} {mark} <span class="tp-soft">· {rest}</span></p>'
    )


def _ask_assigned(row: Row, pair: Pair, judgement: Judgement | None) -> ConvergenceCode | None:
    """Another code than the rule's, which the reason must explain; None keeps the rule's."""
    words = code_words()
    options: list[ConvergenceCode | str] = [
        _BY_RULE,
        ConvergenceCode.AGREEMENT,
        ConvergenceCode.PARTIAL,
        ConvergenceCode.DISSONANCE,
    ]
    if judgement is not None and judgement.assigned not in (None, *options):
        options.append(judgement.assigned)
    picked = st.segmented_control(
        say("Code"),
        options,
        format_func=lambda c: (
            f"{CODE_SYMBOL[c]} {words[c]}" if isinstance(c, ConvergenceCode) else say("as the rule gives")
        ),
        required=True,
        key=_name("assigned", row, *pair),
    )
    return picked if isinstance(picked, ConvergenceCode) else None


def _show_actions(desk: _Desk, step: Step, pair: Pair, values: dict[str, Any]) -> None:
    others = [s for s in desk.steps if s.row == step.row and s.pair not in (None, pair)]
    above = judgement_above(desk.judgements, desk.matrix.rows, desk.matrix.pairs, step.row, pair)
    with st.container(horizontal=True, vertical_alignment="center"):
        save = st.button(say("Save and go to the next cell"), type="primary", shortcut="Ctrl+Enter")
        for_all = st.button(say("Use for all pairs of this row"), shortcut="Shift+Enter", disabled=not others)
        st.button(
            say("Same as above"),
            shortcut="A",
            disabled=above is None,
            on_click=_fill_in,
            args=(step.row, pair, above),
            help=say("Fills in your judgement of this pair on the row above, or of the pair before"),
        )
        again = any(s.done for s in others) and st.checkbox(
            say("also pairs that are judged"), key="judging_again"
        )
    if not (save or for_all):
        return
    if values["assigned"] is None and all(values[part] is None for part in _PARTS):
        st.warning(say("Nothing is judged in this cell yet: compare at least one part, or assign a code."))
        return
    _try(lambda: _save(desk, step, pair, values, others if for_all else [], again=bool(again)))


def _save(
    desk: _Desk, step: Step, pair: Pair, values: dict[str, Any], others: Sequence[Step], *, again: bool
) -> None:
    """Save the pair, and with it the others of the row that are not judged, or all."""
    more = [s.pair for s in others if s.pair is not None and (again or not s.done)]
    judging.judge_row(desk.engine, desk.actor, row=step.row, pairs=[pair, *more], again=True, **values)
    left = [s for s in desk.steps if s.pair not in more or s.row != step.row]
    _go(next_open(left, step) or step)


# --- what both steps share


def _name(field: str, row: Row, *sources: str) -> str:
    """The key of a field: each cell has its own."""
    return f"judging_{field}_{row.theme}_{row.statement}_{'_'.join(sources)}"


def _keep(act: Callable[[], None]) -> None:
    """Keep what was chosen before the fragment is drawn anew; a refusal is told there."""
    try:
        act()
    except UserFacingError as error:
        st.session_state[_REFUSED] = retold(error)


def _try(act: Callable[[], None]) -> None:
    """Keep what was judged and draw the fragment anew, or say why it was refused."""
    try:
        act()
    except UserFacingError as error:
        st.error(plain(retold(error)))
        return
    st.rerun(scope="fragment")


def _show_quotes(desk: _Desk, row: Row, sources: Sequence[str]) -> None:
    """What the statements rest on, under everything that is asked: whoever saves stays where they are."""
    speaking = [source for source in sources if desk.findings(row, source)]
    for first in range(0, len(speaking), 2):
        columns = st.columns(2, gap="large")
        for column, source in zip(columns, speaking[first : first + 2], strict=False):
            with column:
                title = say("{source}: quotes", source=f"{desk.number(source)} {source}")
                st.html(f'<div class="tp-block"><h4>{escaped(title)}</h4></div>')
                evidence_of.quotes(desk.findings(row, source), key=f"judging_quotes_{desk.number(source)}")


def _show_lock(desk: _Desk) -> None:
    left = [s for s in desk.steps if s.pair is not None and not s.done]
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
        judging.lock_judgements(desk.engine, desk.actor)
    except UserFacingError as error:
        st.error(plain(retold(error)))
        return
    st.session_state["triangulate_notice"] = say("Your judgements are locked.")
    st.rerun()


def _show_locked() -> None:
    st.info(
        say(
            "▪ Your judgements are locked. You can read those of others who have locked, in the matrix and "
            "under 5 Researchers. Only the lead can reopen yours, with a reason."
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
                st.error(plain(retold(error)))
                return
            st.rerun()

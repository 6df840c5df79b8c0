"""Step 1 on the page Triangulate: the sorting table, its rows, lists side by side, and the log."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

import streamlit as st
from sqlalchemy import Engine

from codebook.models import Codebook
from store.studies import Member
from triangulation.models import Finding
from triangulation.report.wording import PROMINENCE_SYMBOL, VALENCE_SYMBOL
from triangulation.sorting_table import SortedFinding, narrowed, sorting_lines
from workbench.messages import say
from workbench.services import findings, sorting
from workbench.services.codebooks import codes_now
from workbench.services.sorting import Sorting
from workbench.services.triangulation import Triangulation
from workbench.views.drawing import (
    escaped,
    link_to_place,
    prominence_words,
    quote_block,
    soft,
    soft_line,
    table,
    theme_name,
    valence_words,
)
from workbench.views.triangulate import sorting_rows
from workbench.views.triangulate.finding_form import (
    change_finding,
    importance_words,
    origin_words,
    scale_words,
    weight_words,
)
from workbench.views.triangulate.taking_back import offer_again, take_back
from workbench.views.words import do, plain, tell

_STYLE = """<style>
.st-key-sorting_desk .tp-table td:nth-child(3) { min-width: 34ch; max-width: 62ch; }
.st-key-sorting_desk .tp-table td:nth-child(4), .st-key-sorting_desk .tp-table td:nth-child(5),
.st-key-sorting_desk .tp-table thead th:last-child { white-space: nowrap; }
.st-key-sorting_desk .tp-row { font-weight: 400; }
.st-key-sorting_desk .tp-table td, .st-key-sorting_desk .tp-table th { padding-right: 14px;
  padding-top: 5px; vertical-align: top; }
.st-key-sorting_desk .tp-flag { color: light-dark(#B3261E, #FF8A7A); white-space: nowrap; }
</style>"""


def show(engine: Engine, actor: Member, found: Triangulation, book: Codebook) -> None:
    """One of four: the findings, the rows they stand in, the lists of researchers, the log."""
    state = sorting.sorting_of(engine, actor)
    st.html(_STYLE)
    parts: dict[str, tuple[str, Callable[[], None]]] = {
        "findings": (say("Findings"), lambda: _show_findings(engine, actor, found, book)),
        "rows": (say("Rows and themes"), lambda: sorting_rows.show_rows(engine, actor, found, book, state)),
        "lists": (say("Lists side by side"), lambda: sorting_rows.show_lists(engine, actor, book, state)),
        "log": (say("Log of sorting"), lambda: sorting_rows.show_log(engine, actor, book)),
    }
    with st.container(horizontal=True, vertical_alignment="center"):
        picked = st.segmented_control(
            say("Sorting"),
            list(parts),
            format_func=lambda name: parts[name][0],
            default="findings",
            required=True,
            key="sorting_part",
            label_visibility="collapsed",
        )
        _show_lock(engine, actor, state)
    offer_again()
    parts[picked or "findings"][1]()


def _show_lock(engine: Engine, actor: Member, state: Sorting) -> None:
    """Who sorts alone and who has locked; nothing where the team sorts together."""
    if not state.is_alone:
        return
    if state.is_locked:
        st.caption(say("You have locked your sorting."))
    elif st.button(say("Lock my sorting")):
        do(lambda: sorting.lock_sorting(engine, actor))
    if state.still_sorting:
        st.caption(say("Still sorting: {names}", names=plain(", ".join(state.still_sorting))))
    if actor.is_lead and state.locked:
        with st.popover(say("Reopen a sorting")):
            who = st.selectbox(say("Researcher"), list(state.locked), key="sorting_reopen_who")
            reason = st.text_input(say("Reason, for the log"), key="sorting_reopen_reason")
            if st.button(say("Reopen this sorting"), disabled=not reason.strip()):
                do(lambda: sorting.reopen_sorting(engine, actor, who, reason=reason))


def _show_findings(engine: Engine, actor: Member, found: Triangulation, book: Codebook) -> None:
    if not found.findings:
        tell(
            say(
                "No finding yet. A finding says in plain words what one source says on a theme. Write the "
                "first with “Add a finding” above: from codings, from a cell of a framework matrix, from "
                "counted answers of a survey, or by hand."
            )
        )
        _offer_back(engine, actor)
        return
    lines = sorting_lines(found.findings, book)
    shown = _narrow(lines, found, book)
    with st.container(key="sorting_desk"):
        left, right = st.columns([7, 3], gap="large")
    with left:
        st.html(_table(shown, lines, found, book))
    with right:
        _inspect(engine, actor, found, book, shown)
        _offer_back(engine, actor)


def _narrow(
    lines: Sequence[SortedFinding], found: Triangulation, book: Codebook
) -> tuple[SortedFinding, ...]:
    themes = list(dict.fromkeys(line.finding.row.theme for line in lines))
    people = list(dict.fromkeys(f.researcher for f in found.findings if f.researcher is not None))
    everything = say("All")
    columns = st.columns([3, 4, 2, 2], vertical_alignment="bottom")
    with columns[0]:
        source = st.selectbox(
            say("Source"),
            [None, *found.matrix.sources],
            format_func=lambda name: everything if name is None else name,
            key="sorting_source",
        )
    with columns[1]:
        theme = st.selectbox(
            say("Theme"),
            [None, *themes],
            format_func=lambda key: everything if key is None else f"{theme_name(book, key)}  ({key})",
            key="sorting_theme",
        )
    with columns[2]:
        researcher = st.selectbox(
            say("Researcher"),
            [None, *people],
            format_func=lambda name: everything if name is None else name,
            key="sorting_researcher",
        )
    with columns[3]:
        flagged = st.toggle(say("Only without a quote"), key="sorting_flagged")
    return narrowed(lines, source=source, theme=theme, researcher=researcher, flagged=flagged)


def _table(
    shown: Sequence[SortedFinding], lines: Sequence[SortedFinding], found: Triangulation, book: Codebook
) -> str:
    flagged = [line for line in lines if line.is_flagged]
    caption = say(
        "{shown} of {n} findings, by level and theme; {flagged} without a quote.",
        shown=len(shown),
        n=len(lines),
        flagged=len(flagged),
    )
    head = [
        say("No."),
        say("Source"),
        say("What it says"),
        say("Direction"),
        say("Weight"),
        say("Quotes"),
        say("Where, who, when"),
        say("By, made from"),
    ]
    return table(caption, head, _rows(shown, book))


def _rows(shown: Sequence[SortedFinding], book: Codebook) -> Iterator[list[str]]:
    """A heading for each row of the matrix, then its findings."""
    at = None
    for line in shown:
        row = line.finding.row
        if row != at:
            at = row
            level = theme_name(book, line.level) if line.level else say("Other themes")
            theme = theme_name(book, row.theme)
            statement = f'<br><span class="tp-row">{escaped(row.statement)}</span>' if row.statement else ""
            yield [f"{escaped(level)} ▸ {escaped(theme)} {soft(row.theme)}{statement}"]
        yield _cells(line)


def _cells(line: SortedFinding) -> list[str]:
    finding = line.finding
    direction = (
        ""
        if finding.valence is None
        else f"<b>{VALENCE_SYMBOL[finding.valence]}</b> {escaped(valence_words()[finding.valence])}"
    )
    weight = []
    if finding.prominence is not None:
        bars = f'<span class="tp-bars">{PROMINENCE_SYMBOL[finding.prominence]}</span>'
        weight.append(f"{bars} {escaped(prominence_words()[finding.prominence])}")
    if finding.importance:
        known = importance_words().get(finding.importance, finding.importance)
        weight.append(soft(say("{importance} finding", importance=known)))
    quotes = (
        f'<span class="tp-flag">⚑ {escaped(say("no quote"))}</span>'
        if line.is_flagged
        else str(len(finding.excerpts))
    )
    made = [escaped(finding.researcher or say("the team")), *(soft(words) for words in _made_from(finding))]
    return [
        str(line.number),
        escaped(finding.source),
        escaped(finding.statement),
        direction,
        "<br>".join(weight),
        quotes,
        "<br>".join(escaped(", ".join(some)) for some in _covered(finding)),
        "<br>".join(made),
    ]


def _covered(finding: Finding) -> list[Sequence[str]]:
    lists: list[Sequence[str]] = [finding.sites, finding.groups, finding.periods]
    return [some for some in lists if some] or ([[finding.coverage]] if finding.coverage else [])


def _made_from(finding: Finding) -> list[str]:
    said = [] if finding.origin is None else [origin_words()[finding.origin]]
    said += [] if finding.scale is None else [scale_words()[finding.scale]]
    said += [] if finding.weight == "data" else [weight_words()[finding.weight]]
    return said


def _inspect(
    engine: Engine,
    actor: Member,
    found: Triangulation,
    book: Codebook,
    shown: Sequence[SortedFinding],
) -> None:
    """One finding with its quotes, and what can be done with it."""
    by_id = {line.finding.id: line for line in shown}
    if not by_id:
        st.html(soft_line(say("No finding fits. Choose “All” above to see the others.")))
        return
    picked = st.selectbox(
        say("Finding"),
        list(by_id),
        format_func=lambda i: f"{by_id[i].number}  {by_id[i].finding.statement}",
        index=0,
        key=f"sorting_finding_{len(by_id)}",
    )
    finding = by_id[picked].finding
    st.html(
        f'<div class="tp-block"><p class="tp-soft tp-small">{escaped(finding.source)}</p>'
        f"<p>{escaped(finding.statement)}</p>{_details(finding)}</div>"
    )
    if finding.researcher == actor.name or actor.is_lead:
        _offer_changes(engine, actor, found, finding)
    for excerpt in finding.excerpts:
        st.html(quote_block(excerpt))
        link_to_place(excerpt)
    if not finding.excerpts:
        st.html(soft_line(say("Rests on no quote. Change it to add codings, or say why it needs none.")))


def _offer_changes(engine: Engine, actor: Member, found: Triangulation, finding: Finding) -> None:
    with st.container(horizontal=True):
        if st.button(say("Change this finding")):
            change_finding(engine, actor, found, codes_now(engine, actor), finding)
        if st.button(say("Take back"), type="tertiary"):
            take_back(
                finding.statement,
                partial(findings.retire_finding, engine, actor, finding.id),
                again=partial(findings.bring_back, engine, actor, finding.id),
            )
        if st.session_state.get("finding_changed") == finding.id and st.button(
            say("Undo the last change"), type="tertiary"
        ):
            do(partial(findings.undo_change, engine, actor, finding.id))


def _details(finding: Finding) -> str:
    said = [
        (say("Question"), finding.question),
        (say("Sites"), ", ".join(finding.sites)),
        (say("Groups"), ", ".join(finding.groups)),
        (say("Periods"), ", ".join(finding.periods)),
        (say("Coverage"), finding.coverage),
    ]
    return "".join(
        f'<p class="tp-small"><span class="tp-soft">{escaped(name)}:</span> {escaped(words)}</p>'
        for name, words in said
        if words
    )


def _offer_back(engine: Engine, actor: Member) -> None:
    """The findings that were taken back and that this person may bring back."""
    gone = [
        finding
        for finding in findings.findings_taken_back(engine, actor)
        if actor.is_lead or finding.researcher == actor.name
    ]
    if not gone:
        return
    with st.expander(say("Taken back: {n}", n=len(gone))):
        for finding in gone:
            st.html(f'<p class="tp-line">{soft(finding.source)} {escaped(finding.statement)}</p>')
            if st.button(say("Bring back"), key=f"sorting_back_{finding.id}", type="tertiary"):
                do(partial(findings.bring_back, engine, actor, finding.id))

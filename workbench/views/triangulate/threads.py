"""Following a thread: a question that goes from source to source, each step leading to the next."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import Any
from uuid import UUID

import streamlit as st
from sqlalchemy import Engine

from codebook.models import Codebook
from corpus.errors import UserFacingError
from store.studies import Member
from triangulation.models import Row
from triangulation.threads import Step, Thread
from workbench.messages import say
from workbench.reasons import retold
from workbench.services import threads
from workbench.services.triangulation import Triangulation
from workbench.views.drawing import escaped, link_to_place, quote_block, row_name, theme_name
from workbench.views.leaving import download
from workbench.views.triangulate.finding_form import choose_codings
from workbench.views.triangulate.taking_back import offer_again, take_back
from workbench.views.words import dialog, do, local_time, plain, tell

_STYLE = """<style>
.tp-step { border-left: 2px solid light-dark(#D9D5CA, #343A40); padding: 0 0 2px 14px; max-width: 78ch; }
.tp-step h4 { font-size: 15px; font-weight: 600; }
</style>"""


def show(engine: Engine, actor: Member, found: Triangulation, book: Codebook) -> None:
    """One thread with its steps, and what comes next in it."""
    st.html(_STYLE)
    offer_again()
    followed = threads.threads_of(engine, actor)
    if not followed:
        tell(
            say(
                "A thread follows a question through the sources while they are analysed: what one says "
                "raises a question, which is asked of another, and so on. Write down the question that "
                "you begin with."
            )
        )
        _ask_question(engine, actor)
        _offer_back(engine, actor)
        return
    by_id = {thread.id: thread for thread in followed}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        picked = st.selectbox(
            say("Thread"),
            list(by_id),
            format_func=lambda i: by_id[i].question,
            index=len(by_id) - 1,
            key=f"thread_{len(by_id)}",
            width=640,
        )
        with st.popover(say("Follow another question")):
            _ask_question(engine, actor)
    thread = by_id[picked]
    left, right = st.columns([11, 9], gap="large")
    with left:
        _show_steps(engine, actor, found, book, thread)
    with right:
        _ask_step(engine, actor, found, book, thread, None)
        _show_ends(engine, actor, thread)
        _offer_back(engine, actor)


def _ask_question(engine: Engine, actor: Member) -> None:
    key = f"thread_question_{st.session_state.get('threads_begun', 0)}"
    question = st.text_input(say("The question that is followed"), key=key, width=640)
    if st.button(say("Follow this question"), type="primary", disabled=not question.strip()):
        st.session_state["threads_begun"] = st.session_state.get("threads_begun", 0) + 1
        do(lambda: threads.begin_thread(engine, actor, question))


def _show_steps(engine: Engine, actor: Member, found: Triangulation, book: Codebook, thread: Thread) -> None:
    through = " → ".join(thread.sources) or say("no source yet")
    begun = local_time(dt.datetime.fromisoformat(thread.at))
    about = say("Begun by {name}, {at}. Through: {sources}.", name=thread.by, at=begun, sources=through)
    st.html(
        f'<div class="tp-block"><h3>{escaped(thread.question)}</h3>'
        f'<p class="tp-soft tp-small">{escaped(about)}</p></div>'
    )
    if not thread.steps:
        tell(say("No step yet. The first one at the right: what is asked, and of which source?"))
    for number, step in enumerate(thread.steps, start=1):
        st.html(_step(number, step, book))
        for excerpt in step.excerpts:
            st.html(quote_block(excerpt))
            link_to_place(excerpt)
        if step.by == actor.name or actor.is_lead:
            with st.container(horizontal=True):
                if st.button(say("Change this step"), key=f"thread_change_{step.id}", type="tertiary"):
                    _change_step(engine, actor, found, book, thread, step)
                if st.button(say("Take this step back"), key=f"thread_retire_{step.id}", type="tertiary"):
                    take_back(
                        step.asked,
                        partial(threads.retire_step, engine, actor, step.id),
                        again=partial(threads.bring_back_step, engine, actor, step.id),
                    )


def _step(number: int, step: Step, book: Codebook) -> str:
    asked_of = "" if step.source is None else say("asked of {source}", source=step.source)
    about = " · ".join(part for part in (asked_of, step.by) if part)
    parts = [
        f"<h4>{number}. {escaped(step.asked)}</h4>",
        f'<p class="tp-soft tp-small">{escaped(about)}</p>',
        f"<p>{escaped(step.found or say('Nothing found yet.'))}</p>",
    ]
    if step.finding is not None:
        parts.append(_soft(say("Finding: {statement}", statement=step.finding.statement)))
    if step.row is not None:
        theme, words = theme_name(book, step.row.theme), row_name(book, step.row)
        parts.append(_soft(say("Row: {theme} ▸ {row}", theme=theme, row=words)))
    return f'<div class="tp-block tp-step">{"".join(parts)}</div>'


def _soft(text: str) -> str:
    return f'<p class="tp-soft tp-small">{escaped(text)}</p>'


@dialog("Change a step", width="large")
def _change_step(
    engine: Engine, actor: Member, found: Triangulation, book: Codebook, thread: Thread, step: Step
) -> None:
    _ask_step(engine, actor, found, book, thread, step)


def _ask_step(
    engine: Engine,
    actor: Member,
    found: Triangulation,
    book: Codebook,
    thread: Thread,
    step: Step | None,
) -> None:
    """The fields of a step; the next one of the thread where none is given."""
    key = f"thread_{thread.id.hex}_{len(thread.steps) if step is None else step.id.hex}"
    if step is None:
        heading = say("Next step") if thread.steps else say("First step")
        st.html(f'<div class="tp-block"><h4>{escaped(heading)}</h4></div>')
    asked = st.text_input(
        say("What is asked now") if step is not None or thread.steps else say("What is asked first"),
        value=thread.question if step is None and not thread.steps else ("" if step is None else step.asked),
        key=f"{key}_asked",
    )
    sources = list(found.matrix.sources)
    source = st.selectbox(
        say("Asked of"),
        sources,
        index=None if step is None or step.source not in sources else sources.index(step.source),
        placeholder=say("Choose a source"),
        key=f"{key}_source",
    )
    answer = st.text_area(
        say("What was found"), value="" if step is None else step.found, height=90, key=f"{key}_found"
    )
    said: dict[str, Any] = {"asked": asked, "source": source, "found": answer}
    with st.expander(
        say("Linked to a finding, a row or quotes"), expanded=step is not None and _is_linked(step)
    ):
        said |= _ask_links(found, book, source, step, key)
        row = said["row"]
        theme = row.theme if row is not None else None
        codings: list[UUID] = []
        if source is not None and theme is not None:
            known = set() if step is None else {excerpt.coding_id for excerpt in step.excerpts}
            codings = choose_codings(
                engine, actor, source, theme, lambda name: f"{key}_{name}", without_ids=known
            )
        without = [
            excerpt
            for number, excerpt in enumerate(() if step is None else step.excerpts)
            if not st.checkbox(plain(excerpt.quote), value=True, key=f"{key}_quote_{number}")
        ]
    label = say("Add this step") if step is None else say("Save this step")
    if not st.button(label, type="primary", key=f"{key}_save", disabled=not asked.strip()):
        return
    try:
        if step is None:
            threads.add_step(engine, actor, thread.id, **said, coding_ids=codings)
        else:
            threads.change_step(engine, actor, step.id, **said, coding_ids=codings, without=without)
    except UserFacingError as error:
        st.error(plain(retold(error)))
        return
    st.rerun()


def _is_linked(step: Step) -> bool:
    return step.row is not None or step.finding is not None or bool(step.excerpts)


def _ask_links(
    found: Triangulation, book: Codebook, source: str | None, step: Step | None, key: str
) -> dict[str, Any]:
    """The finding and the row that a step rests on."""
    offered = {f.id: f for f in found.findings if source in (None, f.source)}
    held = None if step is None or step.finding is None else step.finding.id
    finding_id = st.selectbox(
        say("Finding"),
        list(offered),
        index=list(offered).index(held) if held in offered else None,
        format_func=lambda i: offered[i].statement,
        placeholder=say("None"),
        key=f"{key}_finding_{source}",
    )
    rows: list[Row] = list(found.matrix.rows)
    row = st.selectbox(
        say("Row"),
        rows,
        index=None if step is None or step.row not in rows else rows.index(step.row),
        format_func=lambda r: f"{r.theme}  {row_name(book, r)}",
        placeholder=say("None; choose one to be offered its codings as quotes"),
        key=f"{key}_row",
    )
    return {"finding_id": finding_id, "row": row}


def _show_ends(engine: Engine, actor: Member, thread: Thread) -> None:
    with st.container(horizontal=True):
        download(
            say("Download the trail"),
            "thread",
            lambda: threads.trail_of(engine, actor, thread.id).encode(),
            file_name="thread.md",
            mime="text/markdown",
            on_click="ignore",
        )
        if (thread.by == actor.name or actor.is_lead) and st.button(
            say("Take this thread back"), type="tertiary"
        ):
            take_back(
                thread.question,
                partial(threads.retire_thread, engine, actor, thread.id),
                again=partial(threads.bring_back_thread, engine, actor, thread.id),
            )


def _offer_back(engine: Engine, actor: Member) -> None:
    """The threads and steps that were taken back and that this person may bring back."""
    gone = threads.taken_back(engine, actor)
    own_threads = [t for t in gone.threads if actor.is_lead or t.by == actor.name]
    own_steps = [s for steps in gone.steps.values() for s in steps if actor.is_lead or s.by == actor.name]
    if not own_threads and not own_steps:
        return
    with st.expander(say("Taken back: {n}", n=len(own_threads) + len(own_steps))):
        for thread in own_threads:
            st.html(f'<p class="tp-line">{escaped(thread.question)}</p>')
            if st.button(say("Bring this thread back"), key=f"thread_back_{thread.id}", type="tertiary"):
                do(partial(threads.bring_back_thread, engine, actor, thread.id))
        for step in own_steps:
            st.html(f'<p class="tp-line">{escaped(step.asked)}</p>')
            if st.button(say("Bring this step back"), key=f"thread_back_{step.id}", type="tertiary"):
                do(partial(threads.bring_back_step, engine, actor, step.id))

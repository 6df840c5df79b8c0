"""A study at a glance: what is next, sources, rounds, people, last events."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from uuid import UUID

import pandas as pd
import streamlit as st

from store.studies import Member
from workbench import session
from workbench.messages import say, say_as, say_number
from workbench.services import rounds as rounds_service
from workbench.services import studies as studies_service
from workbench.services.approvals import approvals_of
from workbench.services.codebooks import current_codebook
from workbench.services.documents import list_documents
from workbench.services.overview import Happened, Step, finished_by, last_events, next_steps, sources_of
from workbench.services.packages import is_copy
from workbench.services.plans import plan_of
from workbench.services.rounds import RoundView, documents_to_reveal, may_reveal, rounds_of
from workbench.views import packages
from workbench.views.leaving import show_check
from workbench.views.links import link
from workbench.views.words import dialog, do, local_time, plain, tell

#: The people's three words for what the engine calls open, finished and revealed.
STATES = {"open": "◌ open", "finished": "▪ all finished", "revealed": "✓ revealed"}

ROLES = {"lead": "{name} (lead)", "researcher": "{name}"}

STEPS = {
    "import": "Import the documents of the study",
    "load_codebook": "Load the codebook",
    "decide": "Decide where the coders of “{name}” disagree: {n} asked of you",
    "finish": "Code and finish documents in “{name}”: {n} left",
    "return": "Return your codings of “{name}” to your team",
    "wait": "You have finished “{name}”. It is revealed by the lead once every coder has finished.",
    "reveal": "Every coder has finished “{name}”. You can reveal it below.",
    "code": "Code documents: {n} without a coding of yours",
    "open_round": "Open a round below, so that two people code the same documents independently",
    "compare": "Compare the codings of “{name}”",
    "find": "Write down what each source says on a theme",
    "judge": "Judge pairs of sources that both speak: {n} left",
    "lock": "Lock your judgements",
    "work_up": "Work up dissonance and unexpected silence: rows that lack it: {n}",
    "report": "Read and save the report",
}

#: What happened, once and several times. What is not here is told by its own name.
EVENTS = {
    "study.create": ("created the study", ""),
    "member.add": ("added {name}", "added {n} people"),
    "source.add": ("added the source “{name}”", "added {n} sources"),
    "document.import": ("imported “{name}”", "imported {n} documents"),
    "codebook.load": ("loaded the codebook", ""),
    "codebook.change": ("changed the codebook", "changed the codebook {n} times"),
    "round.open": ("opened the round “{name}”", "opened {n} rounds"),
    "round.reveal": ("revealed a round to all", "revealed {n} rounds to all"),
    "package.make": ("made a package", "made {n} packages"),
    "package.take": ("took a package", "took {n} packages"),
    "document.finish": ("finished a document", "finished {n} documents"),
    "document.reopen": ("reopened a finished document", "reopened {n} finished documents"),
    "document.correct": ("corrected a text", "corrected {n} texts"),
    "document.withdraw": ("withdrew a document", "withdrew {n} documents"),
    "speaker.withdraw": ("withdrew what a person said", "withdrew what {n} people said"),
    "document.appraise": ("appraised a document", "appraised documents {n} times"),
    "approval.note": ("noted an answer on a text", "noted {n} answers on texts"),
    "approval.retire": ("took an answer on a text away", "took {n} answers on texts away"),
    "coding.place": ("placed a coding in a corrected text", "placed {n} codings in corrected texts"),
    "coding.let_go": ("let go a coding without a place", "let go {n} codings without a place"),
    "document.reveal": ("revealed a document to all", "revealed {n} documents to all"),
    "meeting.begin": ("began a meeting on disagreements", "began {n} meetings on disagreements"),
    "meeting.end": ("ended a meeting on disagreements", "ended {n} meetings on disagreements"),
    "reason.write": ("wrote a reason before a talk", "wrote {n} reasons before talks"),
    "place.settle": ("settled a disagreement", "settled {n} disagreements"),
    "place.unsettle": ("opened a settled disagreement again", "opened {n} settled disagreements again"),
    "outside.ask": ("asked somebody for a decision", "asked {n} times for a decision"),
    "outside.withdraw": ("took a question back", "took {n} questions back"),
    "coding.apply": ("coded a passage", "coded {n} passages"),
    "coding.import": ("imported a coding", "imported {n} codings"),
    "coding.change": ("changed a coding", "changed {n} codings"),
    "coding.retire": ("took a coding back", "took {n} codings back"),
    "coding.resize": ("moved the ends of a coding", "moved the ends of {n} codings"),
    "coding.detail": ("said more of a coding", "said more of {n} codings"),
    "coding.take": ("took in a coding from a package", "took in {n} codings from packages"),
    "coding.undo": ("undid a change", "undid {n} changes"),
    "coding.redo": ("did a change again", "did {n} changes again"),
    "reading.mark": ("marked a document as read", "marked {n} documents as read"),
    "reading.unmark": ("marked a document as not read yet", "marked {n} documents as not read yet"),
    "memo.write": ("wrote a memo", "wrote {n} memos"),
    "memo.add": ("wrote a memo", "wrote {n} memos"),
    "memo.change": ("changed a memo", "changed {n} memos"),
    "memo.share": ("shared a memo", "shared {n} memos"),
    "memo.unshare": ("made a memo private", "made {n} memos private"),
    "memo.retire": ("took a memo away", "took {n} memos away"),
    "memo.undo": ("undid a change of a memo", "undid {n} changes of memos"),
    "framework.add": ("made a framework", "made {n} frameworks"),
    "framework.change": ("changed the columns of a framework", "changed the columns of frameworks {n} times"),
    "framework.retire": ("took a framework away", "took {n} frameworks away"),
    "framework.rename": ("renamed a framework", "renamed frameworks {n} times"),
    "framework.restore": ("brought a framework back", "brought {n} frameworks back"),
    "cell.write": ("wrote a summary in a framework", "wrote {n} summaries in a framework"),
    "cell.restore": ("restored a draft of a summary", "restored {n} drafts of summaries"),
    "cell.clear": ("cleared a cell of a framework", "cleared {n} cells of a framework"),
    "row.add": ("added a statement to the matrix", "added {n} statements to the matrix"),
    "finding.add": ("wrote a finding", "wrote {n} findings"),
    "finding.retire": ("took a finding back", "took {n} findings back"),
    "finding.place": ("placed a finding in another group", "placed {n} findings in other groups"),
    "existence.judge": ("judged whether a source speaks", "judged {n} times whether a source speaks"),
    "pair.judge": ("judged a pair of sources", "judged {n} pairs of sources"),
    "source.rate": ("rated a source", "rated sources {n} times"),
    "source.unrate": ("took a rating back", "took {n} ratings back"),
    "row.rate": ("rated the importance of a row", "rated the importance of {n} rows"),
    "row.unrate": ("took an importance back", "took {n} importances back"),
    "judgements.lock": ("locked judgements", "locked judgements {n} times"),
    "judgements.reopen": ("reopened judgements", "reopened judgements {n} times"),
    "assessment.write": ("wrote how far the sources converge", "wrote {n} times how far sources converge"),
    "workup.write": ("wrote a work-up", "wrote {n} work-ups"),
    "completeness.write": ("wrote what a source adds", "wrote {n} times what a source adds"),
    "feedback_group.keep": ("set up a feedback group", "set up feedback groups {n} times"),
    "feedback_group.retire": ("took a feedback group off", "took {n} feedback groups off"),
    "feedback_invited.keep": ("invited somebody to give feedback", "invited {n} people to give feedback"),
    "feedback_packet.make": ("made a feedback packet", "made {n} feedback packets"),
    "feedback_response.keep": ("wrote down feedback", "wrote down {n} answers of feedback"),
    "feedback_response.retire": ("took feedback back", "took {n} answers of feedback back"),
    "feedback_change.add": ("wrote what feedback changed", "wrote {n} times what feedback changed"),
    "relation.add": ("drew a relation between findings", "drew {n} relations between findings"),
    "relation.retire": ("took a relation back", "took {n} relations back"),
    "programme_event.add": ("wrote an event of the programme", "wrote {n} events of the programme"),
    "programme_event.retire": ("took an event back", "took {n} events back"),
    "register_figure.add": ("wrote a figure of a register", "wrote {n} figures of registers"),
    "register_figure.retire": ("took a figure back", "took {n} figures back"),
    "pseudonym.add": ("added a pseudonym", "added {n} pseudonyms"),
    "file.take_with_names": (
        "took a file away in which names show",
        "took {n} files away in which names show",
    ),
    "file.take_unchecked": ("took a file away unchecked", "took {n} files away unchecked"),
    "rule.choose": ("chose the rule for convergence", "chose the rule for convergence {n} times"),
}


def show() -> None:
    """Draw the page."""
    study, actor = session.study(), session.actor()
    st.title(plain(study.name))
    left, _, right = st.columns([17, 1, 9])
    with left:
        _show_next(actor)
        _show_sources(actor)
        _show_rounds(actor)
    with right:
        _show_people(actor)
        show_check()
        _show_events(actor)


def _show_next(actor: Member) -> None:
    st.subheader(say("Next for you"))
    steps = next_steps(session.engine(), actor)
    if not steps:
        tell(say("Nothing waits for you in this study."))
    with st.container(gap=None):
        for step in steps:
            _show_step(step)


def _show_step(step: Step) -> None:
    words = say(STEPS[step.what], n=step.n, name=step.name)
    if step.page in (None, "study"):
        tell(words)
    elif step.document is None:
        link(step.page, words)
    else:
        link(step.page, words, document=str(step.document))


def _show_sources(actor: Member) -> None:
    st.subheader(say("Sources"))
    lines = sources_of(session.engine(), actor)
    if not lines:
        tell(
            say(
                "A data source is a body of documents got by one method from one group of people: the "
                "interviews with GPs, the reports of the steering group. Sources come with the first import."
            )
        )
        return
    table = pd.DataFrame(
        {
            say("Source"): [line.label for line in lines],
            say("Kind"): [line.kind for line in lines],
            say("Documents"): [line.documents for line in lines],
            say("Words"): [line.words for line in lines],
            say("Period"): [_period(line.first, line.last) for line in lines],
            say("Coded by"): [", ".join(line.coders) for line in lines],
        }
    )
    approved = {found.source: found for found in approvals_of(session.engine(), actor)}
    if any(found.asked for found in approved.values()):
        table[say("Approved")] = [
            say("{n} of {total} approved", n=approved[line.label].approved, total=line.documents)
            if line.label in approved
            else ""
            for line in lines
        ]
    numbers = {name: st.column_config.NumberColumn(format="localized") for name in (say("Words"),)}
    st.dataframe(table, hide_index=True, row_height=32, height="content", column_config=numbers)


def _period(first: dt.date | None, last: dt.date | None) -> str:
    if first is None or last is None:
        return say("not dated")
    if first == last:
        return first.isoformat()
    return say("{first} to {last}", first=first.isoformat(), last=last.isoformat())


def _show_rounds(actor: Member) -> None:
    engine = session.engine()
    views = rounds_of(engine, actor)
    st.subheader(say("Rounds of double coding"))
    if views:
        st.dataframe(_rounds_table(views), hide_index=True, row_height=32, height="content")
    else:
        tell(
            say(
                "In a round two or more people code the same documents, each without seeing the others. "
                "The lead opens it and, when all have finished, reveals it."
            )
        )
    with st.container(horizontal=True):
        if actor.is_lead:
            _show_round_acts(actor, views)
        if is_copy(engine, actor):
            packages.show_return(actor)
        else:
            packages.show_acts(actor, views)


def _show_round_acts(actor: Member, views: Sequence[RoundView]) -> None:
    for view in views:
        if may_reveal(view, actor) and st.button(
            say("Reveal to all"), key=f"reveal_{view.round.id}", type="primary"
        ):
            _ask_reveal(view.round.name)
    engine = session.engine()
    for view in views:
        if documents_to_reveal(engine, actor, view.round.name) and st.button(
            say("Reveal a document"), key=f"reveal_document_{view.round.id}"
        ):
            _ask_reveal_document(view.round.name)
    ready = list_documents(engine, actor) and current_codebook(engine, actor) is not None
    if ready and st.button(say("New round")):
        _ask_round()
    unrevealed = [view for view in views if not view.round.revealed]
    if unrevealed and st.button(say("Reopen a finished document")):
        _ask_reopen(unrevealed)


def _rounds_table(views: Sequence[RoundView]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            say("Round"): [view.round.name for view in views],
            say("State"): [say(STATES[view.state]) for view in views],
            say("Blind"): [say("blind") if view.round.blind else say("not blind") for view in views],
            say("Documents"): [len(view.round.documents) for view in views],
            say("Finished by"): [" · ".join(map(_progress, view.progress)) for view in views],
        }
    )


def _progress(progress: rounds_service.Progress) -> str:
    if progress.finished is None:
        return say("{coder}: not shown while blind", coder=progress.coder)
    return say("{coder} {n} of {total}", coder=progress.coder, n=progress.finished, total=progress.documents)


@dialog("New round")
def _ask_round() -> None:
    engine, actor = session.engine(), session.actor()
    documents = list_documents(engine, actor)
    sources = list(dict.fromkeys(document.source for document in documents))
    plan = plan_of(engine, actor)
    told = {} if plan is None else dict(plan.purposes)
    with st.form("new_round", border=False):
        name = st.text_input(say("Name of the round"))
        coders = st.multiselect(
            say("Coders, two or more"),
            [member.name for member in studies_service.team(engine, actor)],
            placeholder=say("choose from the people of the study"),
        )
        chosen = st.multiselect(say("Sources"), sources, placeholder=say("all"))
        sets = _ask_sets(told)
        blind = st.checkbox(say("Blind: nobody sees the codings of others before the reveal"), value=True)
        tell(
            say(
                "On one machine a name is no lock (procedural blinding). Who codes on another machine gets "
                "a package and sees nothing of the others."
            )
        )
        purposes = {
            "reliability": say("to measure coder agreement: revealed as a whole"),
            "calibration": say("to learn to code alike: revealed document by document"),
        }
        purpose = st.radio(say("What it is for"), list(purposes), format_func=purposes.__getitem__)
        if st.form_submit_button(say("Open the round"), type="primary"):
            wanted = [
                str(document.id)
                for document in documents
                if (not chosen or document.source in chosen)
                and (not sets or told.get(document.id, "main") in sets)
            ]
            if not wanted:
                st.error(say("No document of these sources is in that set of the plan. Choose others."))
                return
            do(
                lambda: rounds_service.open_round(
                    engine,
                    actor,
                    name or "",
                    coders=coders,
                    blind=blind,
                    document_names=wanted,
                    purpose=purpose,
                )
            )


def _ask_sets(told: Mapping[UUID, str]) -> list[str]:
    """The sets that the plan puts apart, where it does."""
    names = {"pilot": say("pilot"), "reliability": say("reliability"), "main": say_as("set", "main")}
    if set(told.values()) <= {"main"}:
        return []
    there = [purpose for purpose in names if purpose in told.values()]
    return st.multiselect(
        say("Sets of the plan"), there, format_func=names.__getitem__, placeholder=say("all")
    )


@dialog("Reveal to all")
def _ask_reveal(name: str) -> None:
    tell(
        say(
            "Everyone in the study will see all codings of “{name}”, whoever made them, and coder agreement "
            "is counted on them as they stand now. What was seen was seen: this cannot be undone.",
            name=name,
        )
    )
    if st.button(say("Reveal now, for good"), type="primary"):
        do(lambda: rounds_service.reveal(session.engine(), session.actor(), name))


@dialog("Reveal a document")
def _ask_reveal_document(name: str) -> None:
    engine, actor = session.engine(), session.actor()
    document = st.selectbox(
        say("Document"), documents_to_reveal(engine, actor, name), format_func=lambda found: found.title
    )
    tell(
        say(
            "Everyone in the study will see all codings of this document in “{name}” and can discuss them. "
            "The other documents stay hidden. What was seen was seen: this cannot be undone.",
            name=name,
        )
    )
    if st.button(say("Reveal this document, for good"), type="primary", disabled=document is None):
        do(lambda: rounds_service.reveal_document(engine, actor, name, str(document.id)))


@dialog("Reopen a finished document")
def _ask_reopen(views: Sequence[RoundView]) -> None:
    engine, actor = session.engine(), session.actor()
    view = st.selectbox(say("Round"), views, format_func=lambda view: view.round.name)
    coder = st.selectbox(say("Coder"), [member.name for member in view.round.coders])
    finished = finished_by(engine, actor, view.round.name, coder)
    document = st.selectbox(
        say("Document"), finished, format_func=lambda found: found.title, placeholder=say("None is finished")
    )
    reason = st.text_input(say("Reason, for the log"))
    if st.button(say("Reopen the document"), disabled=document is None) and document is not None:
        if not (reason or "").strip():
            st.error(say("Reopening needs a reason; it will stand in the log."))
            return
        do(
            lambda: rounds_service.reopen(
                engine, actor, view.round.name, coder=coder, document=str(document.id), reason=reason or ""
            )
        )


def _show_people(actor: Member) -> None:
    st.subheader(say("People"))
    team = studies_service.team(session.engine(), actor)
    tell(" · ".join(say(ROLES[member.role], name=member.name) for member in team))
    if not actor.is_lead:
        return
    if st.button(say("New person")):
        _ask_person()


@dialog("New person")
def _ask_person() -> None:
    with st.form("new_person", border=False):
        name = st.text_input(say("Name"))
        if st.form_submit_button(say("Add the person"), type="primary"):
            do(lambda: studies_service.add_person(session.engine(), session.actor(), name or ""))


def _show_events(actor: Member) -> None:
    st.subheader(say("Last events"))
    told = last_events(session.engine(), actor)
    table = pd.DataFrame(
        {
            say("When"): [local_time(event.at) for event in told],
            say("Who"): [event.actor for event in told],
            say("What"): [_sentence(event) for event in told],
        }
    )
    columns = {
        say("When"): st.column_config.TextColumn(width=130),
        say("Who"): st.column_config.TextColumn(width=70),
    }
    st.dataframe(table, hide_index=True, row_height=32, height="content", column_config=columns)


def _sentence(event: Happened) -> str:
    one, several = EVENTS.get(event.action, (event.action, event.action))
    words = say_number(one, several, event.n, name=event.name) if several else say(one, name=event.name)
    return say("{words}: {reason}", words=words, reason=event.reason) if event.reason else words

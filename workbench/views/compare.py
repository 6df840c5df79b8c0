"""The page Compare: what was promised, how far coders agree, and both readings in one reader."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import streamlit as st

from workbench import session
from workbench.components.reader import show_reader
from workbench.messages import say
from workbench.reasons import retold
from workbench.services import agreement, plans, rounds
from workbench.services.participants import voices_in
from workbench.services.rounds import RoundView
from workbench.services.versions import document_as_of
from workbench.views.compare_agreement import show_agreement
from workbench.views.compare_plan import show_plan
from workbench.views.disagreements import show_disagreements
from workbench.views.links import link
from workbench.views.reading import reader_codes, reader_codings, reader_document, reader_words
from workbench.views.settling import show_settling, take_place_of_address, tell_asked
from workbench.views.words import plain, tell


def show() -> None:
    """Draw what is asked for: the plan, figures, disagreements, the settling room, or both readings."""
    actor = session.actor()
    views = rounds.rounds_of(session.engine(), actor)
    with st.container(horizontal=True, vertical_alignment="center", gap="medium", key="compare_bar"):
        shown = _choose_what(begin_with="agreement" if views else "plan")
        if shown in ("agreement", "readings") and views:
            view = _choose_round(views)
            coders = _choose_coders(view)
    if shown != "settle":
        tell_asked(actor)
    if shown == "plan":
        show_plan()
    elif shown == "disagreements":
        show_disagreements(actor)
    elif shown == "settle":
        show_settling(actor)
    elif not views:
        st.subheader(say("Coder agreement"))
        tell(
            say(
                "Nothing to compare yet. In a round of double coding two people or more code the same "
                "documents without seeing each other; the lead opens it on the page Study."
            )
        )
        link("study", say("Go to the study"))
    elif view.state != "revealed":
        _show_waiting(view)
    elif shown == "agreement":
        _show_agreement(view, coders)
    else:
        _show_readings(view, coders)


def _choose_what(*, begin_with: str) -> str:
    names = {
        "plan": say("Plan"),
        "agreement": say("Coder agreement"),
        "disagreements": say("Disagreements"),
        "settle": say("Settle"),
        "readings": say("Both readings"),
    }
    wanted = st.session_state.pop("compare_view_wanted", None)
    if wanted is None and "compare_view" not in st.session_state:
        wanted = st.query_params.get("view", "settle" if "place" in st.query_params else begin_with)
        take_place_of_address()
    if wanted in names:
        st.session_state["compare_view"] = wanted
    picked = st.segmented_control(
        say("View"),
        list(names),
        format_func=names.__getitem__,
        required=True,
        key="compare_view",
        label_visibility="collapsed",
        persist_state="session",
    )
    return picked or begin_with


def _choose_round(views: list[RoundView]) -> RoundView:
    names = [view.round.name for view in views]
    wanted = session.chosen("round")
    picked = st.selectbox(
        say("Round"),
        names,
        index=names.index(wanted) if wanted in names else len(names) - 1,
        label_visibility="collapsed",
        width=260,
    )
    session.choose("round", picked)
    return views[names.index(picked)]


def _choose_coders(view: RoundView) -> Sequence[str]:
    """Two coders have no choice to make; of more, any two can be compared."""
    names = [coder.name for coder in view.round.coders]
    if view.state != "revealed" or len(names) < 3:
        return names
    picked = st.multiselect(
        say("Coders"),
        names,
        placeholder=say("all coders"),
        label_visibility="collapsed",
        width=300,
        key="compare_coders",
    )
    if len(picked) == 1:
        st.caption(say("Choose two coders or more; one alone is compared with nobody."))
    return picked if len(picked) > 1 else names


def _show_waiting(view: RoundView) -> None:
    if view.state == "finished":
        st.info(say("All coders have finished. The lead can reveal the round on the page Study."))
        return
    st.info(
        say(
            "This round is open. Coder agreement and the other's codings appear when every coder has "
            "finished every document and the lead has revealed the round."
        )
    )
    for progress in view.progress:
        if progress.finished is not None:
            st.caption(
                say(
                    "{coder}: {n} of {total} documents finished",
                    coder=plain(progress.coder),
                    n=progress.finished,
                    total=progress.documents,
                )
            )


def _show_agreement(view: RoundView, coders: Sequence[str]) -> None:
    plan = plans.plan_of(session.engine(), session.actor())
    if plan is not None and plan.is_reflexive:
        tell(retold(agreement.REFLEXIVE))
        return
    show_agreement(view.round.name, coders, plan)


def _show_readings(view: RoundView, coders: Sequence[str]) -> None:
    compared = agreement.compared_in(session.engine(), session.actor(), view.round.name, coders=coders)
    listed = {document.id: document for document in compared.documents}
    ids = list(listed)
    wanted = session.chosen_document()
    document_id: UUID = st.selectbox(
        say("Document"),
        ids,
        index=ids.index(wanted) if wanted in ids else 0,
        format_func=lambda i: f"{listed[i].title}  ({listed[i].source})",
    )
    version_id = listed[document_id].version_id
    document, number = document_as_of(session.engine(), session.actor(), document_id, version_id)
    if number is not None:
        st.caption(say("Version {n} of the text, as it was coded: it was corrected since.", n=number))
    codings = [c for c in compared.codings if c.document_id == document_id]
    codebook = agreement.codebook_of_round(
        session.engine(), session.actor(), compared.round, named={c.code for c in codings}
    )
    show_reader(
        key="compare",
        document=reader_document(document, version_id),
        codes=reader_codes(codebook),
        codings=reader_codings(codings, person=session.person()),
        coders=compared.coders,
        person=session.person(),
        acked=[],
        refused=[],
        words=reader_words(),
        on_outbox=lambda _operations: None,
        read_only=True,
        reason_read_only=say("Codings as they were when each coder finished."),
        voices=voices_in(session.engine(), session.actor(), document_id),
    )

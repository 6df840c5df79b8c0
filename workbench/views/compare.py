"""The page Compare: coder agreement per code, and both readings in one reader."""

from __future__ import annotations

from uuid import UUID

import pandas as pd
import streamlit as st

from workbench import session
from workbench.components.reader import show_reader
from workbench.messages import say
from workbench.services import agreement, rounds
from workbench.services.agreement import CodeAgreement, CoderAgreement
from workbench.services.documents import list_documents, open_document
from workbench.services.rounds import RoundView
from workbench.views.links import link
from workbench.views.reading import reader_codes, reader_codings, reader_document, reader_words
from workbench.views.words import plain, tell


def show() -> None:
    """Draw the page for a revealed round; say what is missing where there is none."""
    actor = session.actor()
    views = rounds.rounds_of(session.engine(), actor)
    if not views:
        st.subheader(say("Coder agreement"))
        tell(
            say(
                "Nothing to compare yet. In a round of double coding two people or more code the same "
                "documents without seeing each other; the lead opens it on the page Study."
            )
        )
        link("study", say("Go to the study"))
        return
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        view = _choose(views)
        if view.state == "revealed":
            unit = _choose_unit()
    if view.state != "revealed":
        _show_waiting(view)
        return
    found = agreement.agreement_of_round(session.engine(), actor, view.round.name, unit=unit)
    table, reading = st.tabs([say("Per code"), say("Both readings")])
    with table:
        _show_table(found)
    with reading:
        _show_readings(found)


def _choose(views: list[RoundView]) -> RoundView:
    names = [view.round.name for view in views]
    wanted = session.chosen("round")
    picked = st.selectbox(
        say("Round"),
        names,
        index=names.index(wanted) if wanted in names else len(names) - 1,
        width=320,
    )
    session.choose("round", picked)
    return views[names.index(picked)]


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


def _choose_unit() -> str:
    names = {"section": say("Paragraph or turn"), "document": say("Document")}
    picked = st.segmented_control(
        say("Unit of comparison"), list(names), format_func=names.__getitem__, default="section"
    )
    return picked or "section"


def _show_table(found: CoderAgreement) -> None:
    st.caption(
        say(
            "{coders} · {documents} documents · {units} units. Codings as each had them on finishing; later "
            "changes do not alter these figures. Select a code to see its places.",
            coders=plain(", ".join(found.coders)),
            documents=found.n_documents,
            units=found.n_units,
        )
    )
    if not found.codes:
        st.info(say("Nobody coded anything in this round, so there is nothing to agree on."))
        return
    ordered = agreement.worst_first(found)
    st.markdown(f"**{say('Lowest alpha first')}**")
    _show_codes([entry for entry in ordered if not entry.is_rare], found, key="compare_codes")
    st.markdown(f"**{say('Rare codes')}**")
    st.caption(
        say("Fewer than five codings by each coder: look at the places. A figure rests on single passages.")
    )
    _show_codes([entry for entry in ordered if entry.is_rare], found, key="compare_rare")
    _show_legend()


def _show_codes(entries: list[CodeAgreement], found: CoderAgreement, *, key: str) -> None:
    if not entries:
        st.caption(say("None."))
        return
    picked = st.dataframe(
        pd.DataFrame([_row(entry) for entry in entries]),
        hide_index=True,
        width="stretch",
        height="content",
        on_select="rerun",
        selection_mode="single-row",
        column_config=_columns(),
        placeholder="–",
        key=key,
    )
    rows = picked["selection"]["rows"]
    if rows:
        _show_places(entries[rows[0]], found)


def _show_legend() -> None:
    with st.expander(say("What these figures say")):
        st.markdown(
            say(
                "**Percent agreement** counts units on which coders agree that the code is there or is not. "
                "Most units carry no given code, so it is high for every rare code.\n\n"
                "**Positive agreement** (Dice) looks only at units where a coder found the code: how often "
                "the other found it too.\n\n"
                "**Krippendorff's alpha** sets observed against expected disagreement: 1 is perfect, 0 what "
                "chance gives. The interval comes from drawing whole documents anew.\n\n"
                "**Gwet's AC1** is the companion that does not collapse for rare codes; it is high for a "
                "code that nobody finds. No single figure is the answer; the places of disagreement are."
            )
        )


def _row(entry: CodeAgreement) -> dict[str, object]:
    m = entry.measures
    return {
        "code": entry.code.key,
        "label": entry.code.name(),
        **entry.counts,
        "n": m.n,
        "prevalence": m.prevalence,
        "percent": m.percent,
        "positive": m.positive_agreement,
        "alpha": m.alpha,
        "low": m.alpha_low,
        "high": m.alpha_high,
        "ac1": m.ac1,
        "reasons": "; ".join(f"{_measure(name)}: {reason}" for name, reason in m.reasons.items()),
    }


def _measure(name: str) -> str:
    return {
        "alpha_interval": say("interval of alpha"),
        "positive_agreement": say("positive agreement"),
        "percent": say("percent agreement"),
        "ac1": say("AC1"),
    }.get(name, name)


def _columns() -> dict[str, object]:
    number = st.column_config.NumberColumn
    return {
        "code": st.column_config.TextColumn(say("Code"), pinned=True),
        "label": say("Label"),
        "n": number(say("Units"), help=say("Units that two coders or more have rated")),
        "prevalence": number(
            say("Prevalence"), format="%.3f", help=say("Share of ratings that are positive")
        ),
        "percent": number(say("Percent agreement"), format="percent"),
        "positive": number(say("Positive agreement"), format="%.2f"),
        "alpha": number(say("Alpha"), format="%.2f"),
        "low": number(say("from"), format="%.2f", help=say("95 % interval of alpha")),
        "high": number(say("to"), format="%.2f", help=say("95 % interval of alpha")),
        "ac1": number(say("AC1"), format="%.2f"),
        "reasons": st.column_config.TextColumn(say("No value, because"), width="large"),
    }


def _show_places(entry: CodeAgreement, found: CoderAgreement) -> None:
    """The places of one code, each coder's, with a way into the text."""
    st.markdown(f"**{plain(entry.code.key)}**")
    titles = {d.id: d.title for d in list_documents(session.engine(), session.actor())}
    places = [c for c in found.codings if c.code == entry.code.key]
    st.dataframe(
        pd.DataFrame(
            [
                {
                    "coder": c.coder,
                    "document": titles[c.document_id],
                    "quote": c.quote,
                    "valence": c.valence,
                    "open": session.address("code", document=c.document_id, at=c.start_char),
                }
                for c in places
            ]
        ),
        hide_index=True,
        width="stretch",
        column_config={
            "coder": say("Coder"),
            "document": say("Document"),
            "quote": st.column_config.TextColumn(say("Quote"), width="large"),
            "valence": say("Valence"),
            "open": st.column_config.LinkColumn(say("In context"), display_text=say("Open")),
        },
    )


def _show_readings(found: CoderAgreement) -> None:
    listed = {d.id: d for d in list_documents(session.engine(), session.actor())}
    versions = set(found.round.documents)
    ids = [i for i, d in listed.items() if d.version_id in versions]
    wanted = session.chosen_document()
    document_id: UUID = st.selectbox(
        say("Document"),
        ids,
        index=ids.index(wanted) if wanted in ids else 0,
        format_func=lambda i: f"{listed[i].title}  ({listed[i].source})",
    )
    version_id, document = open_document(session.engine(), session.actor(), document_id)
    codings = [c for c in found.codings if c.document_id == document_id]
    codebook = agreement.codebook_of_round(
        session.engine(), session.actor(), found.round, named={c.code for c in codings}
    )
    show_reader(
        key="compare",
        document=reader_document(document, version_id),
        codes=reader_codes(codebook),
        codings=reader_codings(codings, person=session.person()),
        coders=found.coders,
        person=session.person(),
        acked=[],
        refused=[],
        words=reader_words(),
        on_outbox=lambda _operations: None,
        read_only=True,
        reason_read_only=say("Codings as they were when each coder finished."),
    )

"""The page Codebook: what waits for the team - codes proposed while coding, and codings to look at again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import partial

import pandas as pd
import streamlit as st

from codebook.merging import RULE
from store.codebooks import StoredCodebook
from store.studies import Member
from workbench import session
from workbench.messages import say
from workbench.reasons import retold
from workbench.services import codebooks, merging, proposals, recoding
from workbench.services.proposals import ProposalLine
from workbench.services.recoding import ToRecode
from workbench.views.codebook_changes import change
from workbench.views.codebook_code import ask_code
from workbench.views.drawing import escaped, table
from workbench.views.words import do, plain, tell

# --- proposals ----------------------------------------------------------------------------------------


def show_proposals(actor: Member, stored: StoredCodebook, language: str) -> None:
    """Codes that coders proposed: accept, match to a code that is there, or decline."""
    lines = proposals.proposals_of(session.engine(), actor)
    waiting = [line for line in lines if line.proposal.outcome is None]
    if not waiting:
        tell(
            say(
                "Nothing waits. While coding, anyone can propose a code and use it at once; in a blind round "
                "nobody else sees it before the reveal. The team decides here."
            )
        )
    for line in waiting:
        with st.container(border=True):
            _show_proposal(actor, stored, line, language)
    _show_decided([line for line in lines if line.proposal.outcome is not None])


def _show_proposal(actor: Member, stored: StoredCodebook, line: ProposalLine, language: str) -> None:
    proposal = line.proposal
    st.markdown(f"**{plain(proposal.code.name(language))}**  \n:small[{plain(_told_of(line))}]")
    if proposal.code.definition:
        tell(proposal.code.definition)
    with st.container(horizontal=True, gap="small"):
        with st.popover(say("Accept")):
            _ask_acceptance(actor, stored, line, language)
        with st.popover(say("Match")):
            _ask_match(actor, line, language)
        with st.popover(say("Decline")):
            tell(say("Codings that bear it keep it, and are listed under Look again."), width=340)
            reason = st.text_input(say("Reason"), key=f"decline_reason_{proposal.id}")
            if st.button(say("Decline the code"), key=f"decline_{proposal.id}"):
                do(
                    lambda: proposals.decline_proposal(
                        session.engine(), actor, proposal.id, reason=(reason or "").strip()
                    )
                )
        if proposal.author_id == actor.id and st.button(say("Withdraw"), key=f"withdraw_{proposal.id}"):
            do(partial(proposals.withdraw_proposal, session.engine(), actor, proposal.id))


def _told_of(line: ProposalLine) -> str:
    proposal = line.proposal
    parts = [
        proposal.code.key,
        say("by {name}", name=proposal.author),
        *([say("in {round}", round=line.round)] if line.round else []),
        *([say("under {code}", code=proposal.code.parent)] if proposal.code.parent else []),
        say("{n} codings", n=line.codings),
    ]
    return " · ".join(parts)


def _ask_acceptance(actor: Member, stored: StoredCodebook, line: ProposalLine, language: str) -> None:
    proposal = line.proposal
    book = codebooks.current_codebook(session.engine(), actor, proposal.codebook_id) or stored
    label = st.text_input(say("Label"), value=proposal.code.name(language), key=f"accept_label_{proposal.id}")
    definition = st.text_area(
        say("Definition"), value=proposal.code.definition, height=68, key=f"accept_definition_{proposal.id}"
    )
    parent = ask_code(
        say("Under (as proposed, where none is chosen)"),
        book.codebook.codes,
        language,
        key=f"accept_parent_{proposal.id}",
    )
    reason = st.text_input(say("Reason, for the list of versions"), key=f"accept_reason_{proposal.id}")
    if st.button(say("Accept the code"), key=f"accept_{proposal.id}", type="primary"):
        named = next(iter(proposal.code.label), language)
        act = partial(
            _accept,
            actor,
            line,
            {named: (label or "").strip()} if (label or "").strip() else {},
            parent,
            (definition or "").strip(),
            (reason or "").strip(),
        )
        change(act, book.codebook.version)


def _accept(
    actor: Member,
    line: ProposalLine,
    label: dict[str, str],
    parent: str | None,
    definition: str,
    reason: str,
    based_on: int,
) -> object:
    return proposals.accept_proposal(
        session.engine(),
        actor,
        line.proposal.id,
        label=label,
        parent=parent,
        definition=definition,
        reason=reason,
        based_on=based_on,
    )


def _ask_match(actor: Member, line: ProposalLine, language: str) -> None:
    tell(retold(RULE), width=420)
    codes = codebooks.codes_now(session.engine(), actor).codes
    into = ask_code(say("It is the same as"), codes, language, key=f"match_into_{line.proposal.id}")
    reason = st.text_input(say("Reason"), key=f"match_reason_{line.proposal.id}")
    if st.button(say("Match the code"), key=f"match_{line.proposal.id}", type="primary") and into:
        do(
            lambda: merging.match_proposal(
                session.engine(), actor, line.proposal.id, into=into, reason=(reason or "").strip()
            )
        )


def _show_decided(lines: Sequence[ProposalLine]) -> None:
    if not lines:
        return
    outcomes = {"accepted": say("accepted"), "matched": say("matched to"), "declined": say("declined")}
    st.html(
        table(
            say("Decided."),
            [say("Code"), say("By"), say("Outcome")],
            [
                [
                    escaped(line.proposal.code.name()),
                    escaped(line.proposal.author),
                    escaped(
                        " ".join(filter(None, (outcomes[line.proposal.outcome or ""], line.proposal.into)))
                    ),
                ]
                for line in lines
            ],
        )
    )


# --- looking again ------------------------------------------------------------------------------------


def show_to_recode(actor: Member, asked: Sequence[ToRecode], language: str) -> None:
    """What changes of the codebook ask to be looked at again: all that one may see, to act on one's own."""
    if not asked:
        tell(
            say(
                "Nothing to look at again. When a definition, an inclusion or an exclusion changes, or a "
                "code is split or retired, the codings made before stand here until their coder has looked "
                "at them."
            )
        )
        return
    counts = Counter(one.coding.coder for one in asked)
    st.caption(
        say("To look at again: {counts}.", counts=plain(", ".join(f"{who} {n}" for who, n in counts.items())))
    )
    mine = [one for one in asked if one.mine]
    others = [one for one in asked if not one.mine]
    if mine:
        _show_own(actor, mine, language)
    if others:
        st.markdown(say("**Of others** :small[only whoever coded a passage can change it]"))
        st.dataframe(_again_table(others), hide_index=True, row_height=32, column_config=_columns())


def _show_own(actor: Member, mine: Sequence[ToRecode], language: str) -> None:
    engine = session.engine()
    picked = st.dataframe(
        _again_table(mine),
        hide_index=True,
        row_height=32,
        height=min(420, 38 + 32 * len(mine)),
        column_config=_columns(),
        on_select="rerun",
        selection_mode="multi-row",
        key="again_own",
    )
    chosen = [mine[row].coding.id for row in picked.selection.rows]
    st.caption(say("{n} of {total} of your codings chosen.", n=len(chosen), total=len(mine)))
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        if st.button(say("Keep as coded"), disabled=not chosen):
            do(partial(recoding.keep_as_coded, engine, actor, chosen))
        into = ask_code(
            say("Another code"), codebooks.codes_now(engine, actor).codes, language, key="again_into"
        )
        if st.button(say("Give them this code"), disabled=not chosen or into is None) and into:
            do(partial(recoding.recode, engine, actor, chosen, into=into))


def _again_table(asked: Sequence[ToRecode]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            say("Quote"): [" ".join(one.coding.quote.split()) for one in asked],
            say("Code"): [one.coding.code for one in asked],
            say("Why"): [" ".join(map(retold, one.why)) for one in asked],
            say("Coder"): [one.coding.coder for one in asked],
            say("Place"): [
                session.address("code", document=one.coding.document_id, at=one.coding.start_char)
                for one in asked
            ],
        }
    )


def _columns() -> dict[str, object]:
    return {
        say("Quote"): st.column_config.TextColumn(width=210),
        say("Code"): st.column_config.TextColumn(width=90),
        say("Why"): st.column_config.TextColumn(width=230),
        say("Coder"): st.column_config.TextColumn(width=65),
        say("Place"): st.column_config.LinkColumn(width=60, display_text=say("Open")),
    }

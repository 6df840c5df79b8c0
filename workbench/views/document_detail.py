"""What is kept of one document: its versions, what came with its file, who approved it, what it is worth."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import partial
from uuid import UUID

import pandas as pd
import streamlit as st

from store.documents import StoredDocument
from store.studies import Member
from workbench import session
from workbench.messages import say, say_number
from workbench.reasons import retold
from workbench.services import appraisals, approvals, memos, versions, withdrawing
from workbench.services.approvals import DocumentApproval
from workbench.services.versions import DocumentParts
from workbench.views import correcting, meeting_data, participants, placing
from workbench.views.drawing import STYLE, escaped, soft_line
from workbench.views.leaving import download
from workbench.views.links import link
from workbench.views.words import dialog, do, local_time, plain, tell


def answer_words() -> dict[str, str]:
    """The answers that people give on a text, in words."""
    return {
        "approved": say("approved"),
        "comments": say("has comments"),
        "refused": say("does not approve"),
        "asked anew": say("to be asked anew: the text was corrected since"),
        "not asked": say("not asked yet"),
    }


def question_words() -> dict[str, tuple[str, str]]:
    """What is asked of a document as a source: its name, and the question (Scott 1990)."""
    return {
        "authenticity": (
            say("Authenticity"),
            say("Is it what it claims to be: whole, of undoubted origin, an original or a faithful copy?"),
        ),
        "credibility": (
            say("Credibility"),
            say("Is it free of error and distortion: who wrote it, when, with what interest?"),
        ),
        "representativeness": (
            say("Representativeness"),
            say("Is it typical of its kind; of what is it the exception, and what is missing?"),
        ),
        "meaning": (
            say("Meaning"),
            say("Is it clear: what do its terms mean, literally and to those it was written for?"),
        ),
    }


def version_words() -> dict[str, str]:
    """How a version came about, in words."""
    return {
        "import": say("imported"),
        "correction": say("corrected"),
        "pseudonymised": say("pseudonymised"),
    }


def left_words() -> dict[str, str]:
    """What people write themselves, by the table that keeps it; what is not here is told by its table."""
    return {
        "finding": say("statements of findings"),
        "finding_detail": say("notes on findings"),
        "matrix_row": say("rows of the matrix"),
        "judgement": say("reasons of judgements"),
        "resolution": say("reasons of resolutions"),
        "work_up": say("work-ups"),
        "global_judgement": say("judgements on the whole"),
        "completeness_note": say("notes on what a source adds"),
        "relation": say("relations"),
        "thread_step": say("steps of threads"),
        "report_text": say("texts of the report"),
        "feedback_response": say("feedback"),
        "codebook_decision": say("decisions on codes"),
        "code_revision": say("the codebook"),
        "code_text": say("the codebook"),
    }


def show(actor: Member, listed: Sequence[StoredDocument]) -> None:
    """Draw what is kept of a document that the person chooses, and what is kept of all."""
    st.html(STYLE)
    by_id = {document.id: document for document in listed}
    participants.link_here()
    st.subheader(say("About one document"))
    chosen = st.selectbox(
        say("Document to look after"),
        list(by_id),
        index=None,
        format_func=lambda i: f"{by_id[i].title}  ({by_id[i].source})",
        placeholder=say("choose one"),
        key="looked_after",
        width=620,
    )
    if chosen is None:
        tell(
            say(
                "Choose a document to correct its text, to see what came with its file, to note who "
                "approved it and what it is worth as a source, or to withdraw it."
            )
        )
    else:
        text, file, held, approved, worth = st.tabs(
            [
                say("Text and versions"),
                say("From the file"),
                say("Meeting"),
                say("Approval"),
                say("Appraisal"),
            ]
        )
        with text:
            _show_text(actor, by_id[chosen])
        with file:
            _show_file(actor, by_id[chosen])
        with held:
            meeting_data.show_meeting(actor, chosen)
        with approved:
            _show_approval(actor, approvals.approval_of(session.engine(), actor, chosen))
        with worth:
            _show_appraisal(actor, chosen)
    _show_all(actor)


# --- text and versions ------------------------------------------------------------------------------------


def _show_text(actor: Member, document: StoredDocument) -> None:
    found = versions.versions_of(session.engine(), actor, document.id)
    st.dataframe(
        pd.DataFrame(
            {
                say("Version"): [version.number for version in found],
                say("How"): [version_words()[version.kind] for version in found],
                say("When"): [local_time(dt.datetime.fromisoformat(version.at)) for version in found],
                say("By"): [version.by for version in found],
                say("Words"): [version.words for version in found],
                say("Reason"): [version.reason for version in found],
            }
        ),
        hide_index=True,
        row_height=32,
        height="content",
        column_config={say("Reason"): st.column_config.TextColumn(width="large")},
    )
    if actor.is_lead:
        with st.container(horizontal=True):
            if st.button(say("Correct the text…")):
                correcting.begin(document.id)
            if st.button(say("Withdraw…"), type="tertiary"):
                st.session_state.pop("withdrawal", None)
                _ask_withdrawal(document.id)
    else:
        st.caption(say("The lead of the study corrects texts and withdraws documents."))
    placing.show(actor, document.id)


# --- what came with the file ------------------------------------------------------------------------------


def _show_file(actor: Member, document: StoredDocument) -> None:
    parts = versions.parts_of(session.engine(), actor, document.id)
    if not (parts.pages or parts.comments or parts.furniture):
        tell(say("The file of this document has no pages, comments or running heads that were kept."))
        return
    if parts.pages:
        st.caption(
            say_number("{n} page in the file", "{n} pages in the file", len(parts.pages)), width="content"
        )
    _show_comments(actor, document, parts)
    if parts.furniture:
        with st.expander(say("Set aside: running heads and page numbers")):
            st.dataframe(
                pd.DataFrame(
                    {
                        say("Where"): [aside.place for aside in parts.furniture],
                        say("Words"): [aside.text for aside in parts.furniture],
                    }
                ),
                hide_index=True,
                row_height=32,
            )


def _show_comments(actor: Member, document: StoredDocument, parts: DocumentParts) -> None:
    if not parts.comments:
        return
    st.markdown(f"**{say('Comments from the file')}**")
    for number, comment in enumerate(parts.comments):
        by = ", ".join(filter(None, (comment.author, comment.at[:10])))
        st.html(
            f'<div class="tp-quote" dir="auto">{escaped(comment.text)}</div>' + (soft_line(by) if by else "")
        )
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            link(
                "code",
                say("Comment {n} in its place", n=number + 1),
                document=str(document.id),
                at=str(comment.start_char),
            )
            told = f"{comment.text} ({by})" if by else comment.text
            _offer_memo(actor, document.id, told, key=f"memo_{document.id}_{number}")


def _offer_memo(actor: Member, document_id: UUID, text: str, *, key: str) -> None:
    if not st.button(
        say("Keep as memo"), key=key, type="tertiary", help=say("Yours alone until you share it.")
    ):
        return
    memos.write_memo(
        session.engine(), actor, kind="methodological", about="document", about_id=document_id, text=text
    )
    st.toast(say("Kept among your memos on this document."))


# --- approval ---------------------------------------------------------------------------------------------


def _show_approval(actor: Member, found: DocumentApproval) -> None:
    tell(answer_words()[found.state])
    for answer in (*found.answers, *found.earlier):
        at = local_time(dt.datetime.fromisoformat(answer.at))
        words = say("{name} {answer}, {at}", name=answer.person, answer=answer_words()[answer.answer], at=at)
        if answer.version_id != found.version_id:
            words = say("{words} (on version {n})", words=words, n=answer.number)
        st.html(
            f'<div class="tp-quote" dir="auto">{escaped(answer.text)}</div>' if answer.text else "<div></div>"
        )
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.html(soft_line(words), width="content")
            if answer.text:
                told = f"{answer.person}: {answer.text}"
                _offer_memo(actor, found.document_id, told, key=f"memo_{answer.id}")
            if st.button(say("Take the answer away"), key=f"approval_{answer.id}", type="tertiary"):
                do(partial(approvals.take_back_approval, session.engine(), actor, answer.id))
    with st.form(f"approval_{found.document_id}", border=False, clear_on_submit=True):
        who, what = st.columns([2, 3])
        person = who.text_input(say("Who answered"))
        answers = answer_words()
        answer = what.segmented_control(
            say("Answer"), approvals.ANSWERS, format_func=lambda a: answers[a], default="approved"
        )
        text = st.text_area(say("What they said of the text"), height=80)
        if st.form_submit_button(say("Note the answer")):
            do(
                partial(
                    approvals.note_approval,
                    session.engine(),
                    actor,
                    found.document_id,
                    person=person,
                    answer=answer or "",
                    text=text,
                )
            )


# --- appraisal ----------------------------------------------------------------------------------------------


def _show_appraisal(actor: Member, document_id: UUID) -> None:
    held = appraisals.appraisal_of(session.engine(), actor, document_id)
    tell(say("What this document is worth as a source, in four notes (Scott 1990). Empty is not yet judged."))
    with st.form(f"appraisal_{document_id}", border=False):
        sides = st.columns(2)
        notes = {
            name: sides[number % 2].text_area(
                label, value=held.notes.get(name, ""), placeholder=question, height=110
            )
            for number, (name, (label, question)) in enumerate(question_words().items())
        }
        if st.form_submit_button(say("Keep the notes"), type="primary"):
            do(partial(appraisals.appraise, session.engine(), actor, document_id, notes))
    if held.before is not None and held.at is not None:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.caption(
                say("Last: by {name}, {at}.", name=plain(held.by), at=local_time(held.at)), width="content"
            )
            if st.button(say("Undo the last change of the notes"), type="tertiary"):
                do(partial(appraisals.bring_back_notes, session.engine(), actor, document_id))


# --- all documents ------------------------------------------------------------------------------------------


def _show_all(actor: Member) -> None:
    engine = session.engine()
    register = approvals.approvals_of(engine, actor)
    noted = {line.document_id: line for line in appraisals.appraisals_of(engine, actor) if line.notes}
    waiting = versions.unplaced_of(engine, actor)
    if waiting:
        titles = sorted({line.coding.title for line in waiting})
        tell(
            say_number(
                "{n} coding has no place in a corrected text: {titles}.",
                "{n} codings have no place in a corrected text: {titles}.",
                len(waiting),
                titles=", ".join(titles),
            )
        )
    if any(source.asked for source in register) or noted:
        with st.expander(say("Approval and appraisal of all sources")):
            st.dataframe(
                pd.DataFrame(
                    {
                        say("Source"): [source.source for source in register],
                        say("Approved"): [
                            say("{n} of {total} approved", n=source.approved, total=source.total)
                            for source in register
                        ],
                        say("Appraised"): [
                            say(
                                "{n} of {total} appraised",
                                n=sum(d.document_id in noted for d in source.documents),
                                total=source.total,
                            )
                            for source in register
                        ],
                    }
                ),
                hide_index=True,
                row_height=32,
                height="content",
            )
            download(
                say("Download the appraisals"),
                "appraisals",
                partial(appraisals.appraisals_file, engine, actor),
                file_name="appraisals.csv",
                mime="text/csv",
                on_click="ignore",
            )
    for withdrawn in withdrawing.withdrawals_of(engine, actor):
        at = local_time(dt.datetime.fromisoformat(withdrawn.at))
        what = say("A document") if withdrawn.is_document else say("What a person said")
        told = say(
            "{what} was withdrawn, {at} by {name}: {reason}",
            what=what,
            at=at,
            name=withdrawn.by,
            reason=withdrawn.reason,
        )
        st.html(soft_line(told))


# --- withdrawing --------------------------------------------------------------------------------------------


@dialog("Withdraw what was said", width="large", on_dismiss="rerun")
def _ask_withdrawal(document_id: UUID) -> None:
    engine, actor = session.engine(), session.actor()
    done: withdrawing.Consequence | None = st.session_state.get("withdrawal")
    if done is not None:
        tell(say("The words are gone from the study. What holds them still:"))
        _show_copies(done)
        if st.button(say("Close"), type="primary"):
            del st.session_state["withdrawal"]
            st.rerun()
        return
    speakers = versions.speakers_of(engine, actor, document_id)
    speaker = st.selectbox(
        say("What is withdrawn"),
        [None, *speakers],
        format_func=lambda name: say("the whole document") if name is None else name,
    )
    everywhere = bool(speaker) and st.checkbox(say("In all documents, under all names of this person"))
    named = None if everywhere else str(document_id)
    looked = withdrawing.preview_withdrawal(engine, actor, document=named, speaker=speaker)
    _show_consequence(looked)
    reason = st.text_input(say("Reason, in words that name nobody"))
    if st.button(say("Withdraw for good"), type="primary", disabled=not reason.strip()):
        st.session_state["withdrawal"] = withdrawing.withdraw(
            engine, actor, document=named, speaker=speaker, reason=reason
        )
        if speaker is None:
            st.session_state.pop("looked_after", None)
        st.rerun(scope="fragment")


def _show_consequence(looked: withdrawing.Consequence) -> None:
    st.warning(
        plain(
            say(
                "This cannot be undone. The words go from the whole study and its reports: of {titles}.",
                titles=", ".join(f"“{title}”" for title in looked.titles),
            )
        )
    )
    if looked.passages:
        st.caption(say_number("{n} passage of this person", "{n} passages of this person", looked.passages))
    if looked.counts:
        st.dataframe(
            pd.DataFrame(
                {
                    say("What loses its words"): [retold(told) for told in looked.counts],
                    say("How many"): list(looked.counts.values()),
                }
            ),
            hide_index=True,
            row_height=32,
        )
    _show_copies(looked)


def _show_copies(told: withdrawing.Consequence) -> None:
    if told.not_cleared:
        st.error(plain(told.not_cleared))
    for copy in told.backups:
        st.html(soft_line(say("Backup of {date}: {path}", date=copy.date.isoformat(), path=copy.path)))
    for package in told.packages:
        st.html(soft_line(say("Package for {name}, made {date}", name=package.coder, date=package.at[:10])))
    for one in told.waiting:
        files = say("Files") if one.files is None else say_number("{n} file", "{n} files", one.files)
        st.html(
            soft_line(
                say(
                    "{files} of the import into {source} by {name}: waiting, and may hold the words until it "
                    "is resumed or given up",
                    files=files,
                    source=one.source,
                    name=one.begun_by,
                )
            )
        )
    if told.words_left:
        named = left_words()
        rows = ", ".join(f"{named.get(name, name)} ({n})" for name, n in told.words_left.items())
        st.html(
            soft_line(say("Texts that people wrote themselves and that repeat the words: {rows}", rows=rows))
        )
    st.caption(
        say(
            "Exported files, printed reports and copies on other machines are not known to Trigpoint: delete "
            "them by hand."
        )
    )

"""The dialog in which a text is corrected: what changes is shown before it is stored."""

from __future__ import annotations

from uuid import UUID

import pandas as pd
import streamlit as st

from corpus.errors import UserFacingError
from corpus.models import RawText
from workbench import session
from workbench.messages import say, say_number
from workbench.reasons import retold
from workbench.services import versions
from workbench.services.versions import Corrected
from workbench.views.words import dialog, plain, tell

#: Edits shown in the dialog; all are in the text itself.
SHOWN_EDITS = 50
_WIDEST = 120


def begin(document_id: UUID) -> None:
    """Open the dialog for a document, with nothing prepared."""
    st.session_state.pop("correction", None)
    _ask(document_id)


@dialog("Correct the text", width="large")
def _ask(document_id: UUID) -> None:
    engine, actor = session.engine(), session.actor()
    listed = versions.versions_of(engine, actor, document_id)
    names = {v.id: say("version {n}", n=v.number) for v in listed}
    start = st.selectbox(
        say("Begin with"), [v.id for v in reversed(listed)], format_func=lambda i: names[i], width=240
    )
    text = st.text_area(
        say("Corrected text"),
        value=versions.text_of_version(engine, actor, document_id, start),
        height=320,
        key=f"corrected_{start}",
    )
    file = st.file_uploader(say("Or a file with the whole corrected text"), key=f"file_{document_id}")
    reason = st.text_input(say("Reason: what was wrong, and who said so"))
    if st.button(say("Show what changes")):
        st.session_state.pop("correction", None)
        try:
            new = text if file is None else versions.text_of_file(file.name, file.getvalue())
            looked = versions.preview_correction(engine, actor, document_id, new)
        except UserFacingError as error:
            st.error(plain(retold(error)))
            return
        st.session_state["correction"] = (new, looked)
    prepared: tuple[str | RawText, Corrected] | None = st.session_state.get("correction")
    if prepared is None:
        return
    new, looked = prepared
    _show(looked)
    if isinstance(new, str) and file is None and new != text:
        st.caption(say("The text was edited since: show what changes again."))
        return
    if st.button(say("Store the corrected text"), type="primary", disabled=not reason.strip()):
        try:
            versions.correct_text(engine, actor, document_id, new, reason=reason, replaces=looked.replaces)
        except UserFacingError as error:
            st.error(plain(retold(error)))
            return
        del st.session_state["correction"]
        st.rerun()


def _show(looked: Corrected) -> None:
    tell(
        say_number("{n} place changes.", "{n} places change.", looked.n_edits)
        + " "
        + say_number("{n} coding goes along.", "{n} codings go along.", looked.moved)
        + " "
        + say_number(
            "{n} coding has no place any more.", "{n} codings have no place any more.", len(looked.unplaced)
        )
        + (
            " " + say_number("{n} that was lost is found again.", "{n} that were lost are found again.", n)
            if (n := looked.found_again)
            else ""
        )
    )
    if looked.unplaced:
        st.dataframe(
            pd.DataFrame(
                {
                    say("Coded words without a place"): [lost.quote for lost in looked.unplaced],
                    say("Code"): [lost.code for lost in looked.unplaced],
                    say("Coder"): [lost.coder for lost in looked.unplaced],
                    say("Why"): [retold(lost.why) for lost in looked.unplaced],
                }
            ),
            hide_index=True,
            row_height=32,
        )
        st.caption(say("They are kept, and listed under the document until somebody places them or lets go."))
    st.dataframe(
        pd.DataFrame(
            {
                say("Before"): [_short(edit.before) for edit in looked.edits[:SHOWN_EDITS]],
                say("After"): [_short(edit.after) for edit in looked.edits[:SHOWN_EDITS]],
            }
        ),
        hide_index=True,
        row_height=32,
    )


def _short(text: str) -> str:
    text = text.replace("\n", "¶")
    return text if len(text) <= _WIDEST else text[: _WIDEST - 1] + "…"

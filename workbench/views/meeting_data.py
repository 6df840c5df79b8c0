"""Meeting data: what the text proposes, what a person confirms; and the table of all meetings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from uuid import UUID

import pandas as pd
import streamlit as st

from corpus.meetings import ItemKind, Meeting
from store.studies import Member
from workbench import session
from workbench.messages import say
from workbench.services import meetings
from workbench.services.meetings import MeetingLine
from workbench.views.leaving import download
from workbench.views.links import link
from workbench.views.words import do, local_time, tell

_LOOKED_AT = "meeting_looked_at"


def kind_words() -> dict[ItemKind, str]:
    """What is said of a meeting, in words."""
    return {
        ItemKind.ATTENDEE: say("Present"),
        ItemKind.ABSENT: say("Absent or excused"),
        ItemKind.AGENDA: say("Agenda"),
        ItemKind.DECISION: say("Decisions"),
        ItemKind.ACTION: say("Actions"),
    }


def show_meeting(actor: Member, document_id: UUID) -> None:
    """Draw the meeting that a document tells of: as confirmed, else as its text proposes."""
    engine = session.engine()
    found = meetings.meeting_of(engine, actor, document_id)
    if found.confirmed is not None and found.at is not None:
        tell(say("Confirmed by {name}, {at}.", name=found.by, at=local_time(found.at)))
    elif found.proposed.items:
        tell(
            say(
                "Read from the text, by cues such as Present, Aanwezig or Excusés; nothing of it holds yet. "
                "Put right what is wrong, one a line, and confirm."
            )
        )
    elif found.proposed.held_on:
        tell(say("The text shows the date alone. Write people, agenda, decisions and actions, one a line."))
    else:
        tell(say("The text shows no date, people, agenda, decisions or actions. Write them, one a line."))
    shown = found.confirmed or found.proposed
    with st.form(f"meeting_{document_id}", border=False):
        day = st.date_input(
            say("Date of the meeting"),
            value=shown.held_on,
            format="YYYY-MM-DD",
            key=f"held_on_{document_id}",
            width=240,
        )
        said = _ask_items(document_id, shown)
        confirm = say("Confirm the meeting") if found.confirmed is None else say("Confirm the changes")
        if st.form_submit_button(confirm, type="primary"):
            do(
                partial(
                    meetings.confirm_meeting,
                    engine,
                    actor,
                    document_id,
                    held_on=day if hasattr(day, "isoformat") else None,
                    items={kind: text.split("\n") for kind, text in said.items()},
                )
            )
    if found.confirmed is not None:
        if st.button(say("Take the confirmation back"), type="tertiary"):
            do(partial(meetings.take_back_meeting, engine, actor, document_id))
    elif found.was is not None and st.button(say("Bring back what was confirmed"), type="tertiary"):
        do(partial(meetings.bring_back_meeting, engine, actor, document_id))
    _show_places(document_id, shown)


def _ask_items(document_id: UUID, shown: Meeting) -> Mapping[ItemKind, str]:
    words = kind_words()
    people, work = st.columns(2)
    said = {}
    for kind in ItemKind:
        side = people if kind in (ItemKind.ATTENDEE, ItemKind.ABSENT) else work
        text = "\n".join(" ".join(item.text.split()) for item in shown.of_kind(kind))
        lines = max(2, min(10, text.count("\n") + 2))
        said[kind] = side.text_area(
            words[kind], value=text, height=24 * lines + 20, key=f"{kind}_{document_id}"
        )
    return said


def _show_places(document_id: UUID, shown: Meeting) -> None:
    placed = [item for item in shown.items if item.start_char is not None]
    if not placed:
        return
    words = kind_words()
    with st.expander(say("Where it stands in the text")):
        for item in placed:
            label = f"{words[item.kind]}: {item.text}"
            link("code", label[:120], document=str(document_id), at=str(item.start_char))


def show_meetings(actor: Member) -> None:
    """Draw all meetings as a table, with their file."""
    listed = meetings.meetings_of(session.engine(), actor)
    if not listed:
        tell(
            say(
                "There are no meeting reports. Documents of that kind of source are listed here, with what "
                "people confirmed of each meeting."
            )
        )
        return
    done = [line for line in listed if line.meeting is not None]
    tell(
        say(
            "{n} of {total} meetings are confirmed. Choose one below to see what its text proposes.",
            n=len(done),
            total=len(listed),
        )
    )
    words = kind_words()
    table = {
        say("Document"): [line.document.title for line in listed],
        say("Date of the meeting"): [str((line.meeting and line.meeting.held_on) or "") for line in listed],
    }
    for kind in ItemKind:
        table[words[kind]] = [
            "; ".join(item.text for item in line.meeting.of_kind(kind)) if line.meeting else ""
            for line in listed
        ]
    table[say("Confirmed by")] = [line.by for line in listed]
    st.dataframe(
        pd.DataFrame(table), hide_index=True, row_height=32, height="content" if len(listed) < 16 else 520
    )
    if done:
        download(
            say("Download the meetings"),
            "meetings",
            partial(meetings.meetings_file, session.engine(), actor),
            file_name="meetings.csv",
            mime="text/csv",
            on_click="ignore",
        )
    chosen = _choose(listed)
    if chosen is not None:
        show_meeting(actor, chosen)


def _choose(listed: Sequence[MeetingLine]) -> UUID | None:
    """The meeting to look at, by name or the next that nobody confirmed."""
    titles = {line.document.id: line.document.title for line in listed}
    ids = list(titles)
    if st.session_state.get(_LOOKED_AT) not in titles:
        st.session_state.pop(_LOOKED_AT, None)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen: UUID | None = st.selectbox(
            say("Meeting to look at"),
            ids,
            index=None,
            format_func=lambda document_id: titles[document_id],
            placeholder=say("choose one"),
            key=_LOOKED_AT,
            width=620,
        )
        begin = 0 if chosen is None else ids.index(chosen) + 1
        waiting = {line.document.id for line in listed if line.meeting is None} - {chosen}
        following = next((each for each in (*ids[begin:], *ids[:begin]) if each in waiting), None)
        st.button(say("Next to confirm"), disabled=following is None, on_click=partial(_look_at, following))
    return chosen


def _look_at(document_id: UUID | None) -> None:
    st.session_state[_LOOKED_AT] = document_id

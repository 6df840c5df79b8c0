"""People and cases: who speaks under which label, persons and sites, attributes, meetings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

import pandas as pd
import streamlit as st

from corpus.errors import UserFacingError
from store.documents import LINKED_CASE, StoredDocument
from store.participants import FIELDS
from store.studies import Member
from workbench import session
from workbench.messages import say, say_number
from workbench.reasons import retold
from workbench.services import participants
from workbench.services.documents import list_documents
from workbench.services.participants import CaseLine, Change, Label, People
from workbench.views import meeting_data
from workbench.views.leaving import download
from workbench.views.links import link
from workbench.views.words import do, local_time, plain, tell

#: Attributes that begin the table of participants, whoever has them.
_OF_PARTICIPANT = ("name", "role", "group", "note")


def kind_words() -> dict[str, str]:
    """What a participant is, in words."""
    return {"person": say("person"), "site": say("site")}


def change_words() -> dict[str, str]:
    """What was changed of people, in words."""
    return {
        "participant.add": say("a participant was added"),
        "participant.merge": say("participants were merged"),
        "participant.retire": say("a participant was taken back"),
        "speaker.assign": say("labels were assigned"),
        "speaker.unassign": say("labels were let go"),
        "case.link": say("a document was linked"),
        "case.unlink": say("a link of a document was taken back"),
        "attribute.set": say("attributes were changed"),
        "people.undo": say("a change was undone"),
    }


def link_here() -> None:
    """The way to this page from Documents."""
    link("people", say("People and cases"))


def show() -> None:
    """Draw the page."""
    engine, actor = session.engine(), session.actor()
    listed = list_documents(engine, actor)
    found = participants.people_of(engine, actor)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.title(say("People and cases"), width="stretch")
        link("documents", say("Documents"))
    if not listed:
        tell(say("There are no documents yet. Import them on the page Documents; who speaks comes here."))
        return
    tell(
        say(
            "A label is how the texts call whoever speaks. Say who that is: the same person under several "
            "labels, or in several documents, is then one in questions and frameworks. The same label in two "
            "documents stays two until somebody says so."
        ),
        width=820,
    )
    _offer_undo(actor, participants.changes_of_people(engine, actor, limit=1))
    people, attributes, meetings = st.tabs([say("Who speaks"), say("Attributes"), say("Meetings")])
    with people:
        left, right = st.columns(2, gap="large")
        with left:
            _show_labels(actor, found)
        with right:
            _show_cases(actor, found, listed)
    with attributes:
        _show_attributes(actor, found, listed)
    with meetings:
        meeting_data.show_meetings(actor)


def _offer_undo(actor: Member, changes: Sequence[Change]) -> None:
    if not changes:
        return
    last = changes[0]
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(
            say(
                "Last: {what}, by {name}, {at}.",
                what=change_words()[last.what],
                name=plain(last.by),
                at=local_time(last.at),
            ),
            width="content",
        )
        if st.button(say("Undo the last change"), type="tertiary"):
            do(partial(participants.undo_change, session.engine(), actor, last.id))


# --- labels -----------------------------------------------------------------------------------------------


def _show_labels(actor: Member, found: People) -> None:
    st.subheader(say("Labels in the texts"))
    if not found.labels:
        tell(say("No text names who speaks. Transcripts with “Name: words” do, and so do captions."))
        return
    tell(
        say_number(
            "{n} label; {left} not assigned in all its documents.",
            "{n} labels; {left} not assigned in all their documents.",
            len(found.labels),
            left=found.not_assigned,
        )
    )
    picked = st.dataframe(
        pd.DataFrame(
            {
                say("Label"): [label.label for label in found.labels],
                say("Who it is"): [_who(label) for label in found.labels],
                say("Turns"): [label.turns for label in found.labels],
                say("Words"): [label.words for label in found.labels],
                say("Documents"): [len(label.documents) for label in found.labels],
            }
        ),
        hide_index=True,
        row_height=32,
        height="content" if len(found.labels) < 16 else 520,
        on_select="rerun",
        selection_mode="multi-row",
        key="people_labels",
    )
    chosen = [found.labels[row] for row in picked.selection.rows if row < len(found.labels)]
    for label in found.labels:
        if label.looks_like and label.label < min(label.looks_like):
            others = ", ".join(f"“{other}”" for other in label.looks_like)
            st.caption(
                say(
                    "“{label}” looks like {others}, but is written with other letters, capitals or spaces.",
                    label=plain(label.label),
                    others=plain(others),
                )
            )
    if not chosen:
        st.caption(say("Select labels to say who they are."))
        return
    _assign(actor, found, chosen)


def _who(label: Label) -> str:
    names = ", ".join(label.participants)
    if names and any(spoken.participant is None for spoken in label.documents):
        return say("{names}; elsewhere nobody said", names=names)
    return names


def _assign(actor: Member, found: People, chosen: Sequence[Label]) -> None:
    titles = {spoken.document_id: spoken.title for label in chosen for spoken in label.documents}
    in_all = set.intersection(*({s.document_id for s in label.documents} for label in chosen))
    with st.form("assign_labels", border=True):
        st.markdown(say("**Who is {labels}?**", labels=plain(", ".join(label.label for label in chosen))))
        name = st.selectbox(
            say("Person or site"),
            [case.participant.name for case in found.cases],
            index=None,
            accept_new_options=True,
            placeholder=say("choose one, or write a new name"),
        )
        where = st.multiselect(
            say("Only in these documents"),
            [document_id for document_id in titles if document_id in in_all],
            format_func=lambda document_id: titles[document_id],
            placeholder=say("in all documents"),
        )
        if st.form_submit_button(say("Assign"), type="primary"):
            do(
                partial(
                    participants.assign_labels,
                    session.engine(),
                    actor,
                    [label.label for label in chosen],
                    name or "",
                    document_ids=where or None,
                )
            )
    wanted = {label.label for label in chosen}
    held = [alias.id for case in found.cases for alias in case.labels if alias.label in wanted]
    if held and st.button(say("Let the labels go"), type="tertiary"):
        do(partial(participants.unassign_labels, session.engine(), actor, held))


# --- participants -----------------------------------------------------------------------------------------


def _show_cases(actor: Member, found: People, listed: Sequence[StoredDocument]) -> None:
    st.subheader(say("Persons and sites"))
    chosen: list[CaseLine] = []
    if found.cases:
        kinds = kind_words()
        picked = st.dataframe(
            pd.DataFrame(
                {
                    say("Name"): [case.participant.name for case in found.cases],
                    say("Kind"): [kinds[case.participant.kind] for case in found.cases],
                    say("Role"): [case.participant.role for case in found.cases],
                    say("Group"): [case.participant.group for case in found.cases],
                    say("Labels"): [
                        ", ".join(dict.fromkeys(alias.label for alias in case.labels)) for case in found.cases
                    ],
                    say("Documents"): [len(case.documents) for case in found.cases],
                    say("Words"): [case.words for case in found.cases],
                }
            ),
            hide_index=True,
            row_height=32,
            height="content" if len(found.cases) < 16 else 520,
            on_select="rerun",
            selection_mode="multi-row",
            key="people_cases",
        )
        chosen = [found.cases[row] for row in picked.selection.rows if row < len(found.cases)]
    else:
        tell(say("Nobody yet. Select labels on the left and say who they are, or add a person or site here."))
    if len(chosen) > 1:
        _merge(actor, chosen)
    elif chosen:
        _show_case(actor, chosen[0], listed)
    with (
        st.expander(say("Add a person or site")),
        st.form("add_participant", border=False, clear_on_submit=True),
    ):
        name = st.text_input(say("Name or pseudonym"))
        kinds = kind_words()
        kind = st.segmented_control(
            say("Kind"), list(kinds), format_func=lambda each: kinds[each], default="person"
        )
        role, group = st.columns(2)
        as_role = role.text_input(say("Role"), placeholder=say("GP, nurse, interviewer, …"))
        of_group = group.text_input(say("Group"), placeholder=say("region, arm, …"))
        if st.form_submit_button(say("Add")):
            do(
                partial(
                    participants.add_participant,
                    session.engine(),
                    actor,
                    name,
                    kind=kind or "person",
                    role=as_role,
                    group=of_group,
                )
            )


def _merge(actor: Member, chosen: Sequence[CaseLine]) -> None:
    names = {case.participant.id: case.participant.name for case in chosen}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        stays = st.selectbox(
            say("They are one; the name that stays"), list(names), format_func=lambda each: names[each]
        )
        if st.button(say("Merge"), type="primary"):
            do(
                partial(
                    participants.merge_participants,
                    session.engine(),
                    actor,
                    stays,
                    [each for each in names if each != stays],
                )
            )


def _show_case(actor: Member, case: CaseLine, listed: Sequence[StoredDocument]) -> None:
    person = case.participant
    titles = {document.id: document.title for document in listed}
    with st.container(border=True):
        st.markdown(f"**{plain(person.name)}**")
        if person.note:
            tell(person.note)
        for alias in case.labels:
            where = (
                say("in all documents") if alias.document_id is None else titles.get(alias.document_id, "")
            )
            st.caption(say("speaks as “{label}”, {where}", label=plain(alias.label), where=plain(where)))
        with st.container(horizontal=True, vertical_alignment="bottom"):
            chosen = st.multiselect(
                say("Documents that are about, or from, this participant"),
                [document.id for document in listed if document.id not in case.linked],
                format_func=lambda document_id: titles[document_id],
                placeholder=say("choose some"),
            )
            if st.button(say("Link"), disabled=not chosen):
                do(partial(participants.link_documents, session.engine(), actor, chosen, person.id))
        for linked in (document for document in listed if document.id in case.linked):
            with st.container(horizontal=True, vertical_alignment="center"):
                link("code", linked.title, document=str(linked.id))
                if st.button(say("Unlink"), key=f"unlink_{linked.id}", type="tertiary"):
                    do(partial(participants.unlink_document, session.engine(), actor, linked.id, person.id))
        if st.button(say("Take this participant back"), type="tertiary"):
            do(partial(participants.retire_participant, session.engine(), actor, person.id))


# --- attributes -------------------------------------------------------------------------------------------


def _show_attributes(actor: Member, found: People, listed: Sequence[StoredDocument]) -> None:
    # Both tables stay on the page: what is written in one and not kept yet is still there on return.
    of_documents, of_people = st.tabs([say("Documents"), say("Persons and sites")], key="attributes_of")
    with of_documents:
        titles = {document.id: document.title for document in listed}
        said = {document.id: dict(document.attributes) for document in listed}
        _edit(actor, "documents", titles, said, fixed={say("Document"): list(titles.values())})
        _show_history(actor, "documents", titles, said)
    with of_people:
        names = {case.participant.id: case.participant.name for case in found.cases}
        said = {case.participant.id: _said_of(case) for case in found.cases}
        if names:
            kinds = kind_words()
            kind = [kinds[case.participant.kind] for case in found.cases]
            _edit(actor, "participants", names, said, fixed={say("Kind"): kind}, first=_OF_PARTICIPANT)
        else:
            tell(say("There are no persons or sites yet. Add them under Who speaks."))
        _show_history(actor, "participants", names, said)
    _files(actor)


def _said_of(case: CaseLine) -> dict[str, str]:
    return {name: getattr(case.participant, name) for name in FIELDS} | dict(case.attributes)


def _edit(
    actor: Member,
    side: str,
    owners: Mapping[UUID, str],
    held: Mapping[UUID, Mapping[str, str]],
    *,
    fixed: Mapping[str, list[str]],
    first: Sequence[str] = (),
) -> None:
    """The table of attributes; what came with the import stays in the history.

    It stands in a form: the page is not drawn anew while somebody types from cell to cell, which would
    lose what is being typed.
    """
    drafts: dict[tuple[UUID, str], str] = st.session_state.setdefault(f"attribute_drafts_{side}", {})
    added: list[str] = st.session_state.setdefault(f"attributes_added_{side}", [])
    named = sorted({name for said in held.values() for name in said})
    names = list(dict.fromkeys((*first, *named, *added)))
    fixed = {f"{title} *" if title in names else title: values for title, values in fixed.items()}
    values = {name: [drafts.get((o, name), held[o].get(name, "")) for o in owners] for name in names}
    with st.form(f"attributes_form_{side}", border=False):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            new = st.text_input(
                say("New attribute"),
                placeholder=say("site, role, period, …"),
                key=f"new_attribute_{side}_{len(added)}",
                width=240,
            )
            wants_column = st.form_submit_button(say("Add the column"))
        edited = st.data_editor(
            pd.DataFrame({**fixed, **values}),
            hide_index=True,
            disabled=[*fixed, LINKED_CASE],
            column_config=_columns(side, fixed),
            height="content" if len(owners) < 16 else 560,
            # Edits stand by their number of a row: other rows or values ask for a table without any.
            key=f"attributes_{side}_{hash(tuple((o, *sorted(held[o].items())) for o in owners))}",
        )
        keeps = st.form_submit_button(say("Keep the changes"), type="primary")
    if wants_column or keeps:
        changed = _changed(owners, names, edited, held)
        st.session_state[f"attribute_drafts_{side}"] = changed
        if wants_column and new.strip() and new.strip() not in names:
            added.append(new.strip())
        if not keeps:
            st.rerun()
        if changed:
            do(partial(_keep, actor, side, changed))
        else:
            st.caption(say("Nothing was changed. Click into a cell and type; Tab and Enter go on."))
    elif drafts:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(
                say_number(
                    "{n} value changed, not kept yet.", "{n} values changed, not kept yet.", len(drafts)
                ),
                width="content",
            )
            if st.button(say("Drop the changes"), key=f"drop_{side}", type="tertiary"):
                st.session_state.pop(f"attribute_drafts_{side}", None)
                st.rerun()


def _keep(actor: Member, side: str, changed: Mapping[tuple[UUID, str], str]) -> None:
    participants.set_attributes(session.engine(), actor, **{side: changed})
    st.session_state.pop(f"attribute_drafts_{side}", None)


def _columns(side: str, fixed: Mapping[str, object]) -> dict[str, Any]:
    """How the columns are headed; those of the program have their words, all others their own name."""
    column = st.column_config.TextColumn
    columns: dict[str, Any] = {title: column(pinned=True) for title in fixed}
    if side == "documents":
        return columns | {LINKED_CASE: column(say("Linked to"), help=say("From links; see Who speaks."))}
    words = {"name": say("Name"), "role": say("Role"), "group": say("Group"), "note": say("Note")}
    return columns | {name: column(word) for name, word in words.items()}


def _changed(
    owners: Mapping[UUID, str],
    names: Sequence[str],
    edited: pd.DataFrame,
    held: Mapping[UUID, Mapping[str, str]],
) -> dict[tuple[UUID, str], str]:
    """The values of the table that differ from what holds."""
    return {
        (owner, name): str(after or "")
        for row, owner in enumerate(owners)
        for name in names
        if name != LINKED_CASE
        for after in [edited[name].iloc[row]]
        if str(after or "") != held[owner].get(name, "")
    }


def _show_history(
    actor: Member, side: str, owners: Mapping[UUID, str], held: Mapping[UUID, Mapping[str, str]]
) -> None:
    if not owners:
        return
    with st.expander(say("History of a value")):
        of_whom, of_what = st.columns(2)
        owner = of_whom.selectbox(
            say("Whose"),
            list(owners),
            index=None,
            format_func=lambda each: owners[each],
            key=f"whose_{side}",
            placeholder=say("choose one"),
        )
        known = sorted({name for said in held.values() for name in said})
        name = of_what.selectbox(
            say("Which attribute"), known, index=None, key=f"which_{side}", placeholder=say("choose one")
        )
        if owner is None or name is None:
            tell(say("Choose whose value and which, to see who said what, and when."))
            return
        of = "document" if side == "documents" else "participant"
        told = participants.attribute_history(session.engine(), actor, of, owner, name)  # type: ignore[arg-type]
        if not told:
            tell(say("Nobody said anything of it yet."))
            return
        st.dataframe(
            pd.DataFrame(
                {
                    say("Value"): [said.value or say("taken away") for said in told],
                    say("Who"): [said.by or say("came with the import") for said in told],
                    say("When"): [local_time(said.at) if said.at else "" for said in told],
                    say("Holds"): [say("now") if said.holds else "" for said in told],
                }
            ),
            hide_index=True,
            row_height=32,
        )


def _files(actor: Member) -> None:
    with st.expander(say("Attributes as a file")):
        tell(
            say(
                "One value a row, with the columns document or participant, name and value. A participant "
                "that is not there is added; rows that cannot be taken are refused with the reason."
            )
        )
        download(
            say("Download the attributes"),
            "attributes",
            partial(participants.attributes_file, session.engine(), actor),
            file_name="attributes.csv",
            mime="text/csv",
            on_click="ignore",
        )
        file = st.file_uploader(say("Attributes (CSV)"), type="csv", key="attributes_in")
        if st.button(say("Take the file in"), disabled=file is None) and file is not None:
            _take_in(actor, file.name, file.getvalue())


def _take_in(actor: Member, name: str, data: bytes) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / (Path(name).name or "attributes.csv")
        path.write_bytes(data)
        try:
            taken = participants.import_attributes(session.engine(), actor, path)
        except UserFacingError as error:
            st.error(plain(retold(error)))
            return
    tell(say_number("{n} value was set.", "{n} values were set.", taken.set))
    for reason in taken.refused:
        tell(retold(reason))

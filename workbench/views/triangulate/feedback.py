"""Step 6 on the page Triangulate: packets for groups of stakeholders, their answers, what changed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st
from sqlalchemy import Engine

from codebook.models import Codebook
from corpus.errors import UserFacingError
from store.feedback import FeedbackGroup
from store.studies import Member
from triangulation.feedback import POWER_NOTE, Answer, Invited, RegisterLine, Response
from triangulation.feedback_files import RESPONSE_COLUMNS
from triangulation.models import Row
from workbench.messages import say
from workbench.reasons import retold
from workbench.services import feedback
from workbench.services.errors import NotAllowed
from workbench.services.feedback import GroupFeedback
from workbench.services.triangulation import Triangulation
from workbench.views.drawing import escaped, row_name, soft_line, table
from workbench.views.leaving import download
from workbench.views.paper import show_paper
from workbench.views.triangulate.csv_files import bring_in
from workbench.views.triangulate.taking_back import offer_again, take_back
from workbench.views.words import do, plain, tell

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_ANSWERS = (Answer.AGREE, Answer.DISAGREE, Answer.COMMENT)


def show(engine: Engine, actor: Member, found: Triangulation, book: Codebook) -> None:
    """Groups at the left; at the right the packet, the answers or the register of the one that is chosen."""
    try:
        groups = feedback.groups_of(engine, actor)
    except NotAllowed as refusal:
        tell(str(refusal))
        return
    aside, desk = st.columns([1, 3], gap="medium")
    with aside:
        group = _choose_group(engine, actor, groups)
    with desk:
        if group is None:
            tell(
                say(
                    "The last step gives the results back: to a steering group, to those who were "
                    "interviewed, to the team. Add a group at the left; then choose what it reads, hand the "
                    "packet over, and write down who says what of it."
                )
            )
            return
        _show_group(engine, actor, found, book, group)
    with aside:
        _show_invited(engine, actor, group)


# --- groups -------------------------------------------------------------------------------------------


def _choose_group(engine: Engine, actor: Member, groups: Sequence[FeedbackGroup]) -> FeedbackGroup | None:
    by_name = {group.name: group for group in groups}
    name = None
    if by_name:
        name = st.radio(
            say("Groups that are asked"),
            list(by_name),
            format_func=plain,
            key="feedback_group",
        )
    group = by_name.get(name or "")
    with st.popover(say("Add a group")):
        new = st.text_input(say("Who is asked"), key="feedback_new", placeholder=say("Steering group"))
        if st.button(say("Add this group")):
            do(partial(feedback.keep_group, engine, actor, new))
    if group is not None:
        with st.popover(say("Settings of this group")):
            _ask_settings(engine, actor, group)
    return group


def _ask_settings(engine: Engine, actor: Member, group: FeedbackGroup) -> None:
    note = st.text_area(
        say("Note: how they were asked, when they met"), value=group.note, key=f"feedback_note_{group.id}"
    )
    with_quotes = st.toggle(
        say("Quotes in the packet"), value=group.with_quotes, key=f"feedback_quotes_{group.id}"
    )
    with_roles = st.toggle(
        say("Say in which role a quote was spoken"),
        value=group.with_roles,
        key=f"feedback_roles_{group.id}",
        disabled=not with_quotes,
    )
    smallest = st.number_input(
        say("Sources of fewer people are not named or quoted"),
        min_value=1,
        value=group.smallest,
        key=f"feedback_smallest_{group.id}",
    )
    if st.button(say("Keep these settings")):
        do(
            partial(
                feedback.keep_group,
                engine,
                actor,
                group.name,
                note=note or "",
                with_quotes=with_quotes,
                with_roles=with_roles and with_quotes,
                smallest=int(smallest),
            )
        )
    if st.button(say("Take this group off the list"), type="tertiary"):
        take_back(
            group.name,
            partial(feedback.retire_group, engine, actor, group.name),
            again=partial(
                feedback.keep_group,
                engine,
                actor,
                group.name,
                note=group.note,
                with_quotes=group.with_quotes,
                with_roles=group.with_roles,
                smallest=group.smallest,
            ),
        )


def _show_invited(engine: Engine, actor: Member, group: FeedbackGroup) -> None:
    register = feedback.feedback_of(engine, actor, group.name).register
    st.html(_invited_table(register.invited, register.answered))
    with st.popover(say("Invite somebody")):
        name = st.text_input(say("Name or pseudonym"), key="feedback_invite_name")
        role = st.text_input(say("Role"), key="feedback_invite_role")
        if st.button(say("Add to the invited")):
            do(partial(feedback.invite, engine, actor, group.name, name, role=role))
    if register.invited:
        with st.popover(say("Take off the invited"), type="tertiary"):
            people = {person.name: person for person in register.invited}
            gone = st.selectbox(say("Who"), list(people), key="feedback_uninvite")
            if gone is not None and st.button(say("Take this person off")):
                take_back(
                    gone,
                    partial(feedback.withdraw_invitation, engine, actor, group.name, gone),
                    again=partial(feedback.invite, engine, actor, group.name, gone, role=people[gone].role),
                )


def _invited_table(invited: Sequence[Invited], answered: Sequence[str]) -> str:
    if not invited:
        return soft_line(say("Nobody is invited yet. Only who was invited can fail to answer."))
    return table(
        say("Invited: {n}, answered: {answered}", n=len(invited), answered=len(answered)),
        [say("Who"), say("Role"), ""],
        [
            [
                escaped(person.name),
                escaped(person.role),
                escaped(say("✓ answered") if person.name in answered else say("◌ no answer")),
            ]
            for person in invited
        ],
    )


# --- what a group has ---------------------------------------------------------------------------------


def _show_group(
    engine: Engine, actor: Member, found: Triangulation, book: Codebook, group: FeedbackGroup
) -> None:
    names = {"packet": say("Packet"), "answers": say("Answers"), "register": say("Register")}
    part = st.segmented_control(
        say("Of this group"),
        list(names),
        format_func=names.__getitem__,
        default="packet",
        required=True,
        key="feedback_part",
        label_visibility="collapsed",
    )
    offer_again()
    told = feedback.feedback_of(engine, actor, group.name)
    if part == "answers":
        _show_answers(engine, actor, found, book, told)
    elif part == "register":
        _show_register(engine, actor, book, told)
    else:
        _show_packet(engine, actor, found, book, told)


def _show_packet(
    engine: Engine, actor: Member, found: Triangulation, book: Codebook, told: GroupFeedback
) -> None:
    rows = list(feedback.speakers(found))
    if not rows:
        tell(say("No source speaks on any row yet. Write findings first: they are what is given back."))
        return
    name = told.group.name
    with st.expander(say("Statements in the packet")):
        chosen = st.multiselect(
            say("Statements"),
            rows,
            default=rows,
            format_func=lambda row: row_name(book, row),
            key=f"feedback_rows_{name}",
            label_visibility="collapsed",
            placeholder=say("none"),
        )
    with st.container(horizontal=True, vertical_alignment="center"):
        download(
            say("Make and download the packet"),
            "packet",
            data=lambda: feedback.make_packet(engine, actor, name, chosen).data,
            look=lambda: feedback.packet_bytes(engine, actor, name, chosen),
            file_name=f"{_file_name(name)} packet.html",
            mime="text/html",
            disabled=not chosen,
            type="primary",
        )
        download(
            say("Make it for Word"),
            "packet",
            data=lambda: feedback.make_packet(engine, actor, name, chosen, format="docx").data,
            look=lambda: feedback.packet_bytes(engine, actor, name, chosen, format="docx"),
            file_name=f"{_file_name(name)} packet.docx",
            mime=_WORD,
            disabled=not chosen,
        )
        download(
            say("Download a form to fill in (CSV)"),
            "packet_form",
            data=lambda: feedback.packet_form(engine, actor, name, chosen),
            file_name=f"{_file_name(name)} answers.csv",
            mime="text/csv",
            on_click="ignore",
        )
        st.caption(_about_packets(told))
    st.caption(
        say(
            "Read the statements for names of people and small places before you hand them over: only the "
            "sources are held back automatically."
        )
    )
    show_paper(
        "packet",
        title=say("The packet as the group will read it"),
        page=feedback.packet_page(engine, actor, name, chosen),
    )


def _about_packets(told: GroupFeedback) -> str:
    if not told.packets:
        return say("No packet was made yet. Who makes one, when and of what is kept.")
    last = told.packets[0]
    return say(
        "Packets made: {n}; the last by {name} on {day}, statements: {statements}, SHA-256 {hash}…",
        n=len(told.packets),
        name=plain(last.by),
        day=last.at[:10],
        statements=len(last.row_ids),
        hash=last.sha256[:12],
    )


# --- answers ------------------------------------------------------------------------------------------


def _show_answers(
    engine: Engine, actor: Member, found: Triangulation, book: Codebook, told: GroupFeedback
) -> None:
    group = told.group.name
    people: list[str | None] = [*(person.name for person in told.register.invited), None]
    person = st.selectbox(
        say("Who answers"),
        people,
        format_func=lambda name: say("The group as a whole") if name is None else name,
        key=f"feedback_person_{group}",
        width=320,
    )
    held = {said.row: said for said in told.responses if said.person == person}
    rows: list[Row | None] = [*_rows_to_answer(found, told), None]
    with st.form(f"feedback_answers_{group}_{person}", border=False):
        given = {row: _ask_answer(book, row, n, group, person, held.get(row)) for n, row in enumerate(rows)}
        if st.form_submit_button(say("Keep these answers"), type="primary"):
            _keep_answers(engine, actor, group, person, given, held)
    with st.expander(say("Answers from and to a file")):
        bring_in(
            "feedback_answers",
            columns=RESPONSE_COLUMNS,
            read=lambda path: feedback.import_responses(engine, actor, path),
        )
        download(
            say("Download all answers (CSV)"),
            "answers",
            data=lambda: feedback.responses_file(engine, actor),
            file_name="answers.csv",
            mime="text/csv",
            on_click="ignore",
        )


def _rows_to_answer(found: Triangulation, told: GroupFeedback) -> list[Row]:
    """What the group was handed; before a packet was made, all that it could be."""
    if told.packets:
        return [line.row for line in told.register.lines if line.row is not None]
    return list(feedback.speakers(found))


def _ask_answer(
    book: Codebook, row: Row | None, number: int, group: str, person: str | None, held: Response | None
) -> tuple[str | None, str]:
    words = _answer_words()
    key = f"{group}_{person}_{number}"
    statement, tick, text = st.columns([5, 3, 4], vertical_alignment="center")
    statement.markdown(f":small[{plain(_about(book, row))}]")
    answer = tick.segmented_control(
        say("Answer on: {statement}", statement=_about(book, row)),
        [str(one) for one in _ANSWERS],
        format_func=lambda one: words[Answer(one)],
        default=None if held is None else str(held.answer),
        key=f"feedback_answer_{key}",
        label_visibility="collapsed",
    )
    said = text.text_input(
        say("Words on: {statement}", statement=_about(book, row)),
        value="" if held is None else held.text,
        key=f"feedback_text_{key}",
        label_visibility="collapsed",
        placeholder=say("in their words"),
    )
    return answer, said or ""


def _keep_answers(
    engine: Engine,
    actor: Member,
    group: str,
    person: str | None,
    given: dict[Row | None, tuple[str | None, str]],
    held: dict[Row | None, Response],
) -> None:
    def keep() -> None:
        for row, (answer, text) in given.items():
            if answer is None and not text.strip():
                if row in held:
                    feedback.retire_response(engine, actor, group, held[row].id)
                continue
            feedback.respond(
                engine, actor, group, person=person, row=row, answer=answer or Answer.COMMENT, text=text
            )

    do(keep)


def _about(book: Codebook, row: Row | None) -> str:
    return say("On the whole") if row is None else row_name(book, row)


def _answer_words() -> dict[Answer, str]:
    return {
        Answer.AGREE: say("agree"),
        Answer.DISAGREE: say("disagree"),
        Answer.COMMENT: say("comment"),
    }


# --- the register -------------------------------------------------------------------------------------


def _show_register(engine: Engine, actor: Member, book: Codebook, told: GroupFeedback) -> None:
    register = told.register
    if not register.lines:
        tell(say("Nothing was handed over or answered yet. Make the packet first."))
        return
    st.html(_register_table(book, register.lines, len(register.invited)))
    if register.non_responders:
        st.markdown(
            say(
                "**No answer yet** from {n} of {all}: {names}. That is no agreement.",
                n=len(register.non_responders),
                all=len(register.invited),
                names=plain(", ".join(person.name for person in register.non_responders)),
            )
        )
    with_words = [said for said in told.responses if said.asks_for_consequence]
    if with_words:
        st.markdown(
            say(
                "**Disagreement and comments**, with what changed because of them. Without a consequence "
                "yet: {n} of {all}.",
                n=len(register.without_consequence),
                all=len(with_words),
            )
        )
    for said in with_words:
        _show_response(engine, actor, book, told.group.name, said)
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button(
            say("Add the comments as a document"), disabled=not any(said.text for said in told.responses)
        ):
            _add_document(engine, actor, told.group.name)
        st.caption(
            say(
                "Comments are new data: as a document of a source of its own, “Feedback of {group}”, they "
                "can be coded like any other.",
                group=plain(told.group.name),
            )
        )
    st.caption(POWER_NOTE)


def _register_table(book: Codebook, lines: Sequence[RegisterLine], invited: int) -> str:
    words = _answer_words()
    as_one = any(line.by_group for line in lines)

    def row(line: RegisterLine) -> list[str]:
        name = escaped(_about(book, line.row))
        theme = (
            "" if line.row is None else f' <span class="tp-soft tp-small">{escaped(line.row.theme)}</span>'
        )
        group = ", ".join(words[answer] for answer in line.by_group)
        disagree = f"<b>{line.disagree}</b>" if line.disagree else "0"
        counts = [str(line.agree), disagree, str(line.comment), str(line.silent)]
        return [name + theme, *counts, *([escaped(group)] if as_one else [])]

    return table(
        say(
            "Answers of the {n} invited, statement by statement. Who says nothing of one has not agreed.",
            n=invited,
        ),
        [
            say("Statement"),
            say("Agree"),
            say("Disagree"),
            say("Comment"),
            say("Said nothing of it"),
            *([say("The group as a whole")] if as_one else []),
        ],
        [row(line) for line in lines],
    )


def _show_response(engine: Engine, actor: Member, book: Codebook, group: str, said: Response) -> None:
    who = said.person or say("The group as a whole")
    with st.container(key=f"feedback_said_{said.id.hex}", gap=None, border=True):
        st.html(
            f'<div class="tp-block"><p><b>{escaped(who)}</b> · {escaped(_answer_words()[said.answer])} · '
            f'<span class="tp-soft">{escaped(_about(book, said.row))}</span></p>'
            f"<p>{escaped(said.text) or escaped(say('No words were given.'))}</p></div>"
        )
        for change in said.changes:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.html(
                    f'<p class="tp-line">→ {escaped(change.text)} '
                    f'<span class="tp-soft tp-small">{escaped(change.by)}, {change.at[:10]}</span></p>',
                    width="content",
                )
                if st.button(
                    say("Take this change back"), key=f"feedback_unchange_{change.id}", type="tertiary"
                ):
                    take_back(
                        change.text,
                        partial(feedback.retire_change, engine, actor, group, change.id),
                        again=partial(feedback.write_change, engine, actor, group, said.id, change.text),
                    )
        with st.container(horizontal=True, vertical_alignment="center"):
            if said.lacks_consequence:
                st.html(
                    f'<p class="tp-line tp-dissonance">{escaped(say("◌ No consequence written yet"))}</p>',
                    width="content",
                )
            with st.popover(say("What changed because of it"), key=f"feedback_change_{said.id}"):
                text = st.text_area(
                    say("What changed, or why nothing did"), key=f"feedback_changed_{said.id}"
                )
                if st.button(say("Keep what changed"), key=f"feedback_keep_change_{said.id}"):
                    do(partial(feedback.write_change, engine, actor, group, said.id, text or ""))
            if st.button(say("Take this answer back"), key=f"feedback_retire_{said.id}", type="tertiary"):
                take_back(
                    said.text or who,
                    partial(feedback.retire_response, engine, actor, group, said.id),
                    again=partial(
                        feedback.respond,
                        engine,
                        actor,
                        group,
                        person=said.person,
                        row=said.row,
                        answer=said.answer,
                        text=said.text,
                    ),
                )


def _add_document(engine: Engine, actor: Member, group: str) -> None:
    try:
        made = feedback.comments_as_document(engine, actor, group)
    except UserFacingError as error:
        st.error(plain(retold(error)))
        return
    st.session_state["triangulate_notice"] = say(
        "Added the document “{title}”", title=plain(made.title or "")
    )
    st.rerun()


def _file_name(group: str) -> str:
    kept = "".join(letter if letter.isalnum() or letter in " -_" else " " for letter in group)
    return " ".join(kept.split())

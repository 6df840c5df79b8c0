"""Packages for coders on other machines: made, opened, returned and taken on the pages Study and Studies."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from corpus.errors import UserFacingError
from store.assignments import Assignment
from store.returns import Return
from store.studies import Member
from workbench import session
from workbench.messages import say
from workbench.reasons import retold
from workbench.services import packages
from workbench.services.leaving import Outgoing
from workbench.services.package_files import seal, spell, unseal
from workbench.services.package_returns import Conflict, Taken
from workbench.services.rounds import RoundView
from workbench.services.studies import team
from workbench.services.uploads import safe_name
from workbench.views.leaving import forget_asked, hand_over, passes_as
from workbench.views.links import go_to
from workbench.views.words import dialog, plain, tell

_TYPE = "application/octet-stream"


def show_return(actor: Member) -> None:
    """In a coder's copy: the way back of their codings."""
    if st.button(say("Return my codings"), type="primary"):
        forget_asked()
        _ask_return(actor)


def show_acts(actor: Member, views: Sequence[RoundView]) -> None:
    """In the team's study: a package for a coder, and what comes back; for whom they are meant."""
    if actor.is_lead and st.button(say("Make a package")):
        forget_asked()
        _ask_make(actor, views)
    if packages.may_take(session.engine(), actor) and st.button(say("Take a returned package")):
        _ask_take()


def show_open() -> None:
    """On the list of studies: open what a team has sent."""
    with st.expander(say("Open a package")):
        tell(say("A file that your team has sent, to code on this machine; the passphrase came another way."))
        with st.form("package_to_open", border=False):
            file = st.file_uploader(say("Package of your team"))
            secret = st.text_input(say("Passphrase"), type="password")
            if not st.form_submit_button(say("Open the package")):
                return
        taken = _taken(file, secret)
        if taken is None:
            return
        if taken.kind != "assignment":
            _show_taken(taken)
            return
        session.choose("study", taken.study)
        session.choose("person", taken.coder)
        go_to("study", study=taken.study, person=taken.coder)


@dialog("Make a package")
def _ask_make(actor: Member, views: Sequence[RoundView]) -> None:
    tell(
        say(
            "One encrypted file for a coder on another machine: texts, codebook and assignment; nobody's "
            "codings or memos, and no name but the coder's."
        )
    )
    people = [member.name for member in team(session.engine(), actor)]
    coder = st.selectbox(say("Package for"), people, index=None, placeholder=say("choose a coder"))
    own = [v.round.name for v in views if not v.round.revealed and coder in {c.name for c in v.round.coders}]
    in_round = st.selectbox(say("Round"), own, placeholder=say("no open round: all documents"))
    if coder is not None:
        _offer(
            lambda: packages.make_package(session.engine(), actor, coder, round_name=in_round),
            look=lambda: packages.package_to_make(session.engine(), actor, coder, round_name=in_round),
            about=f"{coder} {in_round}",
            label=say("Download the package"),
            name=f"{session.study().name} {coder}.trigpoint",
        )


@dialog("Return my codings")
def _ask_return(actor: Member) -> None:
    tell(say("One encrypted file with all that you have coded so far, for the lead of your team."))
    _offer(
        lambda: packages.return_package(session.engine(), actor),
        look=lambda: packages.return_package(session.engine(), actor),
        about=actor.name,
        label=say("Download my codings"),
        name=f"{session.study().name} {actor.name} codings.trigpoint",
    )


@dialog("Take a returned package", width="large")
def _ask_take() -> None:
    with st.form("package_to_take", border=False):
        file = st.file_uploader(say("File with a coder's codings"))
        secret = st.text_input(say("Passphrase"), type="password")
        if not st.form_submit_button(say("Take the package"), type="primary"):
            return
    taken = _taken(file, secret, study=str(session.study().id))
    if taken is not None:
        _show_taken(taken)


def _offer(
    make: Callable[[], Assignment | Return],
    *,
    look: Callable[[], Assignment | Return],
    about: str,
    label: str,
    name: str,
) -> None:
    """Once what the file will hold may leave, ask for a passphrase, make the file and offer it."""
    try:
        if not passes_as(about, lambda: Outgoing("package", safe_name(name), spell(look()))):
            return
    except UserFacingError as error:
        st.error(plain(retold(error)))
        return
    with st.form("package_to_make", border=False):
        secret = st.text_input(say("Passphrase"), type="password")
        again = st.text_input(say("Passphrase again"), type="password")
        if not st.form_submit_button(say("Make the file"), type="primary"):
            return
    if not secret or secret != again:
        st.error(say("Type the same passphrase twice. Whoever opens the file needs it."))
        return
    try:
        with st.spinner(say("The file is being encrypted")):
            data = seal(make(), passphrase=secret)
    except UserFacingError as error:
        st.error(plain(retold(error)))
        return
    hand_over(label, data, safe_name(name), _TYPE)
    tell(say("Give the passphrase another way than the file: by telephone, not in the same message."))


def _taken(file: UploadedFile | None, secret: str | None, *, study: str | None = None) -> Taken | None:
    if file is None:
        st.error(say("Choose the file first."))
        return None
    try:
        with st.spinner(say("The package is being opened")):
            opened = unseal(file.getvalue(), passphrase=secret or "")
            return packages.take_package(session.engine(), opened, person=session.person(), study=study)
    except UserFacingError as error:
        st.error(plain(retold(error)))
        return None


def _show_taken(taken: Taken) -> None:
    if taken.already_taken:
        tell(say("This file was taken before."))
    if taken.reason is not None:
        tell(
            say("The codings of {coder} are taken. {reason}", coder=taken.coder, reason=retold(taken.reason))
        )
        if not taken.complete:
            tell(
                say(
                    "Not all of it could be taken. {coder} is told what, when they take the file here.",
                    coder=taken.coder,
                )
            )
    elif taken.kind == "codings":
        tell(
            say(
                "{coder}: {codings} new codings, {changed} changed, {retired} retired, {duplicates} there "
                "already; {finished} documents finished, {proposals} codes proposed.",
                coder=taken.coder,
                codings=taken.codings,
                changed=taken.changed,
                retired=taken.retired,
                duplicates=taken.duplicates,
                finished=taken.finished,
                proposals=taken.proposals,
            )
        )
    _show_lines(say("Not taken"), taken.conflicts)
    _show_lines(say("Taken, and to be looked at"), taken.notes)


def _show_lines(title: str, lines: Sequence[Conflict]) -> None:
    if not lines:
        return
    st.markdown(f"**{title}**")
    columns = (say("Document"), say("Codings"), say("Why"), say("What to do"))
    rows = [
        (plain(line.title), line.codings, plain(retold(line.reason)), plain(retold(line.remedy)))
        for line in lines
    ]
    st.table([dict(zip(columns, row, strict=True)) for row in rows])

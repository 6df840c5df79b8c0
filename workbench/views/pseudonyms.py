"""Names before coding: what was found in files is reviewed, and the pseudonymised texts are imported."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd
import streamlit as st

from corpus.errors import UserFacingError
from corpus.models import Refused, SourceKind
from corpus.pseudonyms.models import Kind
from corpus.pseudonyms.people import Group
from store.studies import Member
from workbench import session
from workbench.messages import say
from workbench.reasons import retold
from workbench.services.documents import list_sources
from workbench.services.importing import ImportResult
from workbench.services.pseudonym_keys import Key, key_place, new_key, open_key
from workbench.services.pseudonymising import (
    Decision,
    Original,
    Proposal,
    import_reviewed,
    propose,
    read_uploaded,
)
from workbench.services.uploads import Upload
from workbench.views.links import link
from workbench.views.words import plain, tell

LANGUAGES = {"en": "English", "nl": "Dutch", "fr": "French"}
STATES = {None: "open", True: "confirmed", False: "rejected"}
KINDS = {kind: kind.value for kind in Kind}

#: Places that are shown of one name, and characters beside each.
MOST_PLACES, AROUND = 6, 60

_DESK, _RESULTS = "pseudonym_desk", "pseudonym_results"


@dataclass
class _Desk:
    """A review while it goes on; it is in the memory of this browser tab's session and nowhere else."""

    proposal: Proposal
    held: Key
    key_file: Path
    passphrase: str = field(repr=False)
    source: str
    kind: str
    refused: tuple[Refused, ...] = ()
    added: list[tuple[str, Kind]] = field(default_factory=list)
    decisions: dict[str, Decision] = field(default_factory=dict)
    before: list[dict[str, Decision]] = field(default_factory=list)
    at: int = 0


def link_here(*, first: bool) -> None:
    """The way from Documents to this page."""
    link("pseudonyms", say("Import with pseudonyms…"))
    if first:
        tell(say("Names can be replaced before a text is stored: the study then never holds them."))


def show() -> None:
    """Draw the page."""
    actor = session.actor()
    st.title(say("Import with pseudonyms"))
    results: list[ImportResult] | None = st.session_state.get(_RESULTS)
    desk: _Desk | None = st.session_state.get(_DESK)
    if results is not None:
        _show_results(results)
    elif desk is None:
        _ask_files(actor)
    else:
        _review(actor, desk)


# -- the files --------------------------------------------------------------------------------------


def _ask_files(actor: Member) -> None:
    place = key_place(str(actor.study_id))
    tell(
        say(
            "Names, numbers and addresses are looked for in your files, and you confirm each of them before "
            "anything is stored. The study gets pseudonymised texts; names and originals go into a key "
            "file that your passphrase locks. Pseudonymised texts are still personal data."
        )
    )
    files = st.file_uploader(
        say("Files with texts"), accept_multiple_files=True, key="pseudonym_files", width=640
    )
    source, kind = _ask_source(actor)
    left, right = st.columns(2, width=640)
    passphrase = left.text_input(
        say("Passphrase of the key"),
        type="password",
        help=say("Whoever loses it can't go back to the names."),
    )
    language = right.selectbox(
        say("Language"),
        [None, *LANGUAGES],
        format_func=lambda key: say(LANGUAGES[key]) if key else say("as each text shows"),
    )
    st.caption(
        say("The key of this study is there already: {place}", place=plain(str(place)))
        if place.exists()
        else say("A key will be made: {place}", place=plain(str(place)))
    )
    ready = all((files, source, kind, passphrase))
    if st.button(say("Look for names"), type="primary", disabled=not ready):
        uploads = [Upload(file.name, file.getvalue()) for file in files or []]
        try:
            with st.spinner(say("Reading")):
                _begin(actor, uploads, place, passphrase, source=source, kind=kind, language=language)
        except UserFacingError as error:
            st.error(plain(retold(error)))
            return
        st.rerun()


def _ask_source(actor: Member) -> tuple[str, str]:
    known = {source.label: source.kind for source in list_sources(session.engine(), actor)}
    label, kind = st.columns(2, width=640)
    source = label.selectbox(
        say("Source"),
        list(known),
        index=None,
        accept_new_options=True,
        placeholder=say("choose one, or write a new name"),
    )
    if source in known:
        kind.text_input(say("Kind of source"), value=known[source], disabled=True)
        return source, known[source]
    chosen = kind.selectbox(
        say("Kind of source"),
        [str(each) for each in SourceKind],
        index=None,
        accept_new_options=True,
        placeholder=say("choose one, or write another"),
    )
    return source or "", chosen or ""


def _begin(
    actor: Member,
    uploads: Sequence[Upload],
    place: Path,
    passphrase: str,
    *,
    source: str,
    kind: str,
    language: str | None,
) -> None:
    read = list(read_uploaded(uploads, language=language))
    originals = [one for one in read if isinstance(one, Original)]
    if not originals:
        raise UserFacingError(
            "No text could be read. "
            + " ".join(retold(one.reason) for one in read if isinstance(one, Refused))
        )
    first = language or next((one.language for one in originals if one.language), None)
    held = open_key(place, passphrase=passphrase) if place.exists() else new_key(actor.study_id, first)
    refused = tuple(one for one in read if isinstance(one, Refused))
    desk = _Desk(propose(originals, held), held, place, passphrase, source, kind, refused)
    for group in desk.proposal.groups:
        if _is_known(desk, group):
            desk.decisions[group.key] = Decision(confirmed=True)
    st.session_state[_DESK] = desk


def _is_known(desk: _Desk, group: Group) -> bool:
    return any(entity.pseudonym == group.pseudonym and entity.confirmed for entity in desk.held.entities)


# -- the review ---------------------------------------------------------------------------------------


def _review(actor: Member, desk: _Desk) -> None:
    groups = desk.proposal.groups
    decided = sum(group.key in desk.decisions for group in groups)
    for refused in desk.refused:
        st.warning(plain(f"{refused.path}: {retold(refused.reason)}"))
    if groups:
        st.progress(
            decided / len(groups), text=say("{n} of {total} names decided", n=decided, total=len(groups))
        )
        desk.at = min(desk.at, len(groups) - 1)
        _show_group(desk, groups[desk.at])
        _show_list(desk)
    else:
        tell(say("No name or number was found. Look through the capitals that are left below."))
    _show_capitals(desk)
    _finish(actor, desk, still=len(groups) - decided)


def _show_group(desk: _Desk, group: Group) -> None:
    decision = desk.decisions.get(group.key)
    with st.container(border=True):
        st.subheader(plain(group.name))
        others = [form for form in group.forms if form != group.name]
        st.caption(
            say(
                "{kind} · {n} × · {state}. Why: {why}.",
                kind=say(KINDS[(decision and decision.kind) or group.kind]),
                n=len(group.hits),
                state=say(STATES[decision.confirmed if decision else None]),
                why=retold(group.hits[0][1].why),
            )
        )
        if others:
            st.caption(say("Also written: {forms}", forms=plain(", ".join(others))))
        st.dataframe(_places(desk.proposal, group), hide_index=True, row_height=32)
        _act(desk, group)


def _places(proposal: Proposal, group: Group) -> pd.DataFrame:
    rows = []
    for number, hit in group.hits[:MOST_PLACES]:
        unit = proposal.units[number]
        before = unit.text[max(0, hit.start_char - AROUND) : hit.start_char]
        after = unit.text[hit.end_char : hit.end_char + AROUND]
        where = proposal.originals[unit.original].path
        rows.append(
            (
                where + (f" ({say(unit.beside)})" if unit.beside else ""),
                " ".join(before.split()),
                unit.text[hit.start_char : hit.end_char],
                " ".join(after.split()),
            )
        )
    return pd.DataFrame(rows, columns=[say("File"), say("Before"), say("Words found"), say("After")])


def _act(desk: _Desk, group: Group) -> None:
    groups = desk.proposal.groups
    with st.container(horizontal=True):
        if st.button(say("Confirm"), type="primary", shortcut="A"):
            _decide(desk, group, Decision(confirmed=True, kind=_kind_of(desk, group)))
        if st.button(say("Reject"), shortcut="X", help=say("It is no name and stays in the text.")):
            _decide(desk, group, Decision(confirmed=False))
        if st.button(say("Previous name"), shortcut="K", disabled=desk.at == 0):
            _go(desk, desk.at - 1)
        if st.button(say("Next name"), shortcut="J", disabled=desk.at + 1 >= len(groups)):
            _go(desk, desk.at + 1)
        if st.button(say("Undo the last decision"), shortcut="U", disabled=not desk.before):
            desk.decisions = desk.before.pop()
            st.rerun()
    kind, change, other, merge = st.columns([3, 2, 3, 2], vertical_alignment="bottom")
    wanted = kind.selectbox(
        say("What it is"),
        list(Kind),
        index=list(Kind).index(_kind_of(desk, group) or group.kind),
        format_func=lambda each: say(KINDS[each]),
        key=f"kind {group.key}",
    )
    if change.button(say("Change kind"), shortcut="T", width="stretch"):
        _decide(desk, group, Decision(confirmed=True, kind=wanted))
    names = {each.key: each.name for each in groups if each.key != group.key and not _is_merged(desk, each)}
    same = other.selectbox(
        say("The same as"),
        list(names),
        index=None,
        format_func=lambda key: names[key],
        placeholder=say("choose a name"),
        key=f"same {group.key}",
    )
    if merge.button(say("Merge with"), shortcut="M", width="stretch", disabled=same is None):
        _decide(desk, group, Decision(confirmed=True, same_as=same))


def _kind_of(desk: _Desk, group: Group) -> Kind | None:
    decision = desk.decisions.get(group.key)
    return None if decision is None else decision.kind


def _is_merged(desk: _Desk, group: Group) -> bool:
    decision = desk.decisions.get(group.key)
    return decision is not None and decision.same_as is not None


def _decide(desk: _Desk, group: Group, decision: Decision) -> None:
    desk.before.append(dict(desk.decisions))
    desk.decisions[group.key] = decision
    keys = [each.key for each in desk.proposal.groups]
    still = [n for n, key in enumerate(keys) if key not in desk.decisions]
    after = [n for n in still if n > desk.at]
    _go(desk, (after or still or [desk.at])[0])


def _go(desk: _Desk, at: int) -> None:
    desk.at = at
    st.rerun()


def _show_list(desk: _Desk) -> None:
    groups = desk.proposal.groups
    names = {group.key: group.name for group in groups}
    rows = []
    for group in groups:
        decision = desk.decisions.get(group.key)
        state = say(STATES[decision.confirmed if decision else None])
        if decision is not None and decision.same_as in names:
            state = say("the same as {name}", name=names[decision.same_as])
        kind = say(KINDS[(decision and decision.kind) or group.kind])
        rows.append((group.name, kind, len(group.hits), state, group.pseudonym or ""))
    st.caption(say("All that was found. Click one to decide about it."))
    picked = st.dataframe(
        pd.DataFrame(
            rows, columns=[say("Name"), say("Kind"), say("Times"), say("Decision"), say("Pseudonym so far")]
        ),
        hide_index=True,
        row_height=32,
        height="content" if len(rows) < 12 else 420,
        on_select="rerun",
        selection_mode="single-cell",
        key=f"pseudonym_list {desk.at} {len(desk.before)}",
    )
    for row, _ in picked.selection.cells:
        _go(desk, row)


def _show_capitals(desk: _Desk) -> None:
    """Capitalised words that no rule took: what may have been missed."""
    words = Counter(unit.text[start:end] for unit in desk.proposal.units for start, end in unit.capitals)
    st.subheader(say("Capitals that are left"))
    if not words:
        tell(say("No other word with a capital stands in the texts."))
        return
    tell(
        say(
            "Other words with a capital: {n}. Most are no names; look through them, for a name "
            "among them would stay in the texts.",
            n=len(words),
        )
    )
    st.dataframe(
        pd.DataFrame(words.most_common(), columns=[say("Word"), say("Times")]),
        hide_index=True,
        row_height=32,
        height="content" if len(words) < 8 else 260,
        width=420,
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        missed = st.text_input(say("A name that was missed"), key=f"missed {len(desk.added)}", width=260)
        kind = st.selectbox(
            say("What the missed name is"), list(Kind), format_func=lambda each: say(KINDS[each]), width=200
        )
        if st.button(say("Add the name"), disabled=not (missed or "").strip()):
            _add(desk, " ".join((missed or "").split()), kind)


def _add(desk: _Desk, words: str, kind: Kind) -> None:
    proposal = propose(desk.proposal.originals, desk.held, added=[*desk.added, (words, kind)])
    found = [n for n, group in enumerate(proposal.groups) if words in group.forms]
    if not found:
        st.error(say("'{words}' stands in none of the texts as a word of its own.", words=plain(words)))
        return
    desk.added.append((words, kind))
    desk.proposal = proposal
    _go(desk, found[0])


def _finish(actor: Member, desk: _Desk, *, still: int) -> None:
    st.divider()
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button(say("Import the pseudonymised texts"), type="primary", disabled=still > 0):
            _import(actor, desk)
        if st.button(say("Confirm all that are left"), disabled=still == 0):
            desk.before.append(dict(desk.decisions))
            for group in desk.proposal.groups:
                desk.decisions.setdefault(group.key, Decision(confirmed=True))
            st.rerun()
        if st.button(say("Leave without importing")):
            del st.session_state[_DESK]
            st.rerun()
    if still:
        st.caption(say("Still to be decided: {n}", n=still))


def _import(actor: Member, desk: _Desk) -> None:
    try:
        results = import_reviewed(
            session.engine(),
            actor,
            desk.proposal,
            desk.decisions,
            held=desk.held,
            key_file=desk.key_file,
            passphrase=desk.passphrase,
            source=desk.source,
            kind=desk.kind,
        )
    except UserFacingError as error:
        st.error(plain(retold(error)))
        return
    del st.session_state[_DESK]
    st.session_state[_RESULTS] = results
    st.rerun()


def _show_results(results: Sequence[ImportResult]) -> None:
    imported = sum(result.status == "imported" for result in results)
    tell(
        say(
            "{n} pseudonymised texts are in the study. Keep a copy of the key apart from it. Files are "
            "checked for its names before they leave.",
            n=imported,
        )
    )
    st.dataframe(
        pd.DataFrame(
            [(result.title, retold(result.status), retold(result.reason or "")) for result in results],
            columns=[say("Title"), say("What became of it"), say("Worth knowing")],
        ),
        hide_index=True,
        row_height=32,
    )
    with st.container(horizontal=True):
        if st.button(say("Review more files"), type="primary"):
            del st.session_state[_RESULTS]
            st.rerun()
    link("documents", say("To the documents"))

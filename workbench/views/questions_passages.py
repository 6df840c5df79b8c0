"""Questions, Retrieve: passages by code and what stands beside them; and quotes as every view lists them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial

import streamlit as st

from codebook.models import Code, Valence
from codebook.retrieval import Condition, Measure, Question, Relation, Scope
from triangulation.models import Excerpt
from triangulation.report.wording import VALENCE_SYMBOL
from workbench import session
from workbench.messages import say
from workbench.services import retrieval
from workbench.services.asking import Choices
from workbench.services.retrieval import Found, Group, Order, Passage, group_of, passages_file
from workbench.services.table_files import Format
from workbench.views.drawing import escaped, link_to_place, quote_block, valence_words
from workbench.views.leaving import download
from workbench.views.words import day, tell

#: Quotes on the screen at a time.
PER_PAGE = 15

_MOST_CONDITIONS = 3
_FAR = {Relation.NEAR, Relation.PRECEDING, Relation.FOLLOWING}
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

#: Some of the passages found, from a place on; None: all of them.
Load = Callable[[int, int | None], Found]


def show_retrieval(found: Choices, scope: Scope) -> None:
    """Ask for passages and list them."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        codes = choose_codes(say("Codes, any of these"), found.codes, "retrieve_codes")
        valences = _choose_valences("retrieve_valences")
        speakers = st.multiselect(
            say("Speaker"),
            found.speakers,
            format_func=lambda name: _with_role(name, found.roles.get(name, "")),
            key="retrieve_speakers",
            persist_state="session",
            placeholder=say("all"),
            width=240,
        )
        order = _choose_order(found)
    question = Question(tuple(codes), _ask_conditions(found), valences, tuple(speakers))

    def load(begin: int, number: int | None) -> Found:
        return retrieval.find_passages(
            session.engine(), session.actor(), question, scope, order=order, begin=begin, number=number
        )

    show_found(load, key="retrieve", order=order)


def _choose_order(found: Choices) -> Order:
    """By place, or all that one person says together, or all of one site; where nobody is known, by place."""
    names: dict[Order, str] = {"place": say("Documents")}
    if found.speakers:
        names["speaker"] = say("Who speaks")
    if found.linked:
        names["linked"] = say("Linked persons and sites")
    if len(names) == 1:
        return "place"
    if st.session_state.get("retrieve_order") not in names:
        st.session_state.pop("retrieve_order", None)
    return st.selectbox(
        say("Together by"),
        list(names),
        format_func=names.__getitem__,
        key="retrieve_order",
        persist_state="session",
        width=190,
    )


def choose_codes(label: str, codes: Sequence[Code], key: str, *, placeholder: str | None = None) -> list[str]:
    """A field for codes, found by key or label; what is no longer there is left out."""
    names = {code.key: code_name(code) for code in codes}
    if key in st.session_state:
        st.session_state[key] = [code for code in st.session_state[key] if code in names]
    return st.multiselect(
        label,
        list(names),
        format_func=names.__getitem__,
        key=key,
        persist_state="session",
        placeholder=say("all") if placeholder is None else placeholder,
        width=480,
    )


def code_name(code: Code) -> str:
    """Key and label of a code."""
    return f"{code.key}  {code.name()}"


def valence_name(valence: Valence | None) -> str:
    """Symbol and word of a valence; None: none was given."""
    if valence is None:
        return say("no valence")
    return f"{VALENCE_SYMBOL[valence]} {valence_words()[valence]}"


def _choose_valences(key: str) -> tuple[Valence | None, ...]:
    options: dict[str, Valence | None] = {valence.value: valence for valence in Valence} | {"": None}
    picked = st.multiselect(
        say("Valence"),
        list(options),
        format_func=lambda name: valence_name(options[name]),
        key=key,
        persist_state="session",
        placeholder=say("all"),
        width=240,
    )
    return tuple(options[name] for name in picked)


# --- what must stand beside ---------------------------------------------------------------------------


def relation_words() -> Mapping[Relation, str]:
    """How the passage that is sought stands to another, in words."""
    return {
        Relation.OVERLAPPING: say("overlapping"),
        Relation.WITHIN: say("within"),
        Relation.AROUND: say("around"),
        Relation.NEAR: say("near"),
        Relation.PRECEDING: say("before"),
        Relation.FOLLOWING: say("after"),
    }


def _ask_conditions(found: Choices) -> tuple[Condition, ...]:
    numbers: list[int] = st.session_state.setdefault("retrieve_conditions", [])
    conditions = [condition for n in numbers if (condition := _ask_condition(found, n)) is not None]
    if len(numbers) < _MOST_CONDITIONS:
        st.button(say("Add a condition"), icon=":material/add:", on_click=_add_condition)
    return tuple(conditions)


def _add_condition() -> None:
    numbers = st.session_state["retrieve_conditions"]
    numbers.append(max(numbers, default=0) + 1)


def _ask_condition(found: Choices, number: int) -> Condition | None:
    """One condition; None until a code is chosen."""
    key = f"retrieve_condition_{number}"
    relations, joins = relation_words(), {"and": say("and"), "not": say("and not")}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        join = st.selectbox(
            say("Condition"),
            list(joins),
            format_func=joins.__getitem__,
            key=f"{key}_join",
            persist_state="session",
            width=110,
        )
        relation = st.selectbox(
            say("Stands"),
            list(relations),
            format_func=relations.__getitem__,
            key=f"{key}_relation",
            persist_state="session",
            width=150,
        )
        distance, measure = ask_distance(key) if relation in _FAR else (0, Measure.CHARACTERS)
        codes = choose_codes(
            say("A passage with any of these codes"),
            found.codes,
            f"{key}_codes",
            placeholder=say("choose a code"),
        )
        st.button(
            say("Remove"),
            key=f"{key}_remove",
            on_click=partial(st.session_state["retrieve_conditions"].remove, number),
        )
    if not codes:
        return None
    return Condition(tuple(codes), relation, join == "not", distance, measure)


def ask_distance(key: str) -> tuple[int, Measure]:
    """How far apart two passages may be, and what that is counted in."""
    measures = {
        Measure.SENTENCES: say("sentences"),
        Measure.CHARACTERS: say("characters"),
        Measure.SECTION: say("same paragraph or turn"),
    }
    measure = st.selectbox(
        say("Counted in"),
        list(measures),
        format_func=measures.__getitem__,
        key=f"{key}_measure",
        persist_state="session",
        width=190,
    )
    if measure == Measure.SECTION:
        return 0, measure
    distance = st.number_input(
        say("At most"), min_value=0, value=1, key=f"{key}_distance", persist_state="session", width=110
    )
    return int(distance), measure


# --- quotes -------------------------------------------------------------------------------------------


def show_found(load: Load, *, key: str, heading: str = "", order: Order = "place") -> None:
    """How many passages there are, files of them, and their quotes page by page; people have headings."""
    page = st.session_state.get(f"{key}_page", 1)
    found = load((page - 1) * PER_PAGE, PER_PAGE)
    if found.codings and not found.shown:  # fewer than on an earlier question
        page = st.session_state[f"{key}_page"] = 1
        found = load(0, PER_PAGE)
    with st.container(horizontal=True, vertical_alignment="center", key=f"{key}_head"):
        if heading:
            st.markdown(f"**{heading}**")
        st.markdown(f":small[{how_many(found)}]")
        if found.codings:
            show_downloads(lambda format: passages_file(load(0, None).shown, format), name=key)
    if not found.codings:
        tell(say("No passage answers this question. Ask with fewer conditions or filters."))
        return
    with st.container(gap="small"):
        before: list[str | None] = []
        for passage in found.shown:
            if found.groups and (name := group_of(passage, order)) not in before:
                before.append(name)
                st.html(_heading(name, found.groups, passage.role if order == "speaker" else "", order))
            show_passage(passage)
    pages = -(-found.codings // PER_PAGE)
    if pages > 1:
        st.pagination(pages, key=f"{key}_page")


def _heading(name: str | None, groups: Sequence[Group], role: str, order: Order) -> str:
    """Whose passages follow, and how many there are on all pages, as HTML."""
    nobody = say("nobody named") if order == "speaker" else say("linked to nobody")
    group = next(group for group in groups if group.name == name)
    told = say(
        "Codings: {codings} · documents: {documents}", codings=group.codings, documents=group.documents
    )
    shown = nobody if name is None else _with_role(name, role)
    return (
        f'<div class="tp-block"><h3>{escaped(shown)} '
        f'<span class="tp-soft tp-small">{escaped(told)}</span></h3></div>'
    )


def _with_role(name: str, role: str) -> str:
    return f"{name} ({role})" if role else name


def how_many(found: Found) -> str:
    """A count of codings with the documents that they stand in, and of how many."""
    if not found.of_documents:
        return say("No document is asked about.")
    return say(
        "Codings: {codings}, in {documents} of {of} documents ({share} %)",
        codings=found.codings,
        documents=found.documents,
        of=found.of_documents,
        share=round(100 * found.documents / found.of_documents),
    )


def show_passage(passage: Passage) -> None:
    """What was coded and by whom, the quote with the words around it, and the way into the text."""
    with st.container(gap=None):
        st.html(passage_html(passage))
        link_to_place(as_excerpt(passage))


def passage_html(passage: Passage) -> str:
    """What was coded and by whom, and the quote with the words around it, as HTML."""
    return f'<div class="tp-block"><p>{_told(passage)}</p>{_quote(passage)}</div>'


def as_excerpt(passage: Passage) -> Excerpt:
    """The place of a passage, as links and quotes take it."""
    return Excerpt(
        quote=passage.quote,
        document_id=passage.document_id,
        start_char=passage.start_char,
        end_char=passage.end_char,
        title=passage.title,
    )


def _told(passage: Passage) -> str:
    said = [f"<b>{escaped(passage.code)}</b>"]
    if passage.valence is not None:
        said.append(escaped(valence_name(passage.valence)))
    speaker = None if passage.speaker is None else _with_role(passage.speaker, passage.role)
    linked = "; ".join(name for name in passage.linked_to if name != passage.speaker)
    around = [passage.coder, passage.source, speaker, linked]
    if passage.date is not None:
        around.append(day(passage.date))
    soft = " · ".join(escaped(part) for part in around if part)
    return f'{" ".join(said)} <span class="tp-soft tp-small">{soft}</span>'


def _quote(passage: Passage) -> str:
    return quote_block(as_excerpt(passage), before=_to_word(passage.before), after=_from_word(passage.after))


def _to_word(text: str) -> str:
    """The end of a text on one line, from the first whole word on."""
    line = re.sub(r"\s+", " ", text)
    return line if len(text) < retrieval.CONTEXT else line.partition(" ")[2]


def _from_word(text: str) -> str:
    line = re.sub(r"\s+", " ", text)
    return line if len(text) < retrieval.CONTEXT else line.rpartition(" ")[0]


def show_downloads(make: Callable[[Format], bytes], *, name: str) -> None:
    """The same table as CSV and as a workbook; made when it is asked for."""
    formats: tuple[tuple[Format, str, str], ...] = (
        ("csv", say("Download CSV"), "text/csv"),
        ("xlsx", say("Download XLSX"), _XLSX),
    )
    for ending, label, mime in formats:
        download(
            label,
            "questions",
            data=partial(make, ending),
            file_name=f"{name}.{ending}",
            mime=mime,
            on_click="ignore",
            key=f"{name}_{ending}",
        )

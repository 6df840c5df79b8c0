"""The page Search: words in context in all texts, opened in their document or coded from the list."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from uuid import UUID

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from codebook.models import Valence
from corpus.errors import UserFacingError
from store.studies import Member
from workbench import session
from workbench.components.lines import LINES_WORDS, ContextLine, LineGroup, show_lines
from workbench.messages import say, say_number
from workbench.reasons import retold
from workbench.services import searching
from workbench.services.asking import choices
from workbench.services.documents import list_documents
from workbench.services.search_ready import Told
from workbench.services.searching import Extent, Hit, Order, Results
from workbench.services.suggestions import take_back
from workbench.views.links import go_to, link
from workbench.views.questions_passages import code_name, valence_name
from workbench.views.words import counted, day, do, plain, tell

#: Hits on one page, and characters of the text on each side of one.
PER_PAGE, AROUND = 200, 110


def show() -> None:
    """Draw the page."""
    actor = session.actor()
    documents = list_documents(session.engine(), actor)
    st.title(say("Search"))
    if not documents:
        tell(say("All texts of the study are searched from here. There is none yet."))
        link("documents", say("Import documents"))
        return
    query, wishes = _ask(
        list(dict.fromkeys(d.source for d in documents)),
        sorted({d.language for d in documents if d.language}),
    )
    if not query:
        _show_examples(actor)
        return
    page = st.session_state.get("search_page", 1)
    try:
        found = searching.search_texts(
            session.engine(),
            actor,
            query,
            begin=(page - 1) * PER_PAGE,
            number=PER_PAGE,
            around=AROUND,
            told=_tell_ready(st.empty()),
            **wishes,
        )
    except UserFacingError as error:
        st.error(plain(retold(error)))
        return
    _show_found(actor, query, found, page, order=wishes["order"])


def _tell_ready(place: DeltaGenerator) -> Told:
    """Shows how far it is where many texts have to be made ready first."""

    def told(ready: int, of: int) -> None:
        if ready == of:
            place.empty()
            return
        words = say("{n} of {total} new texts are ready to be searched", n=counted(ready), total=counted(of))
        place.progress(ready / of, text=words)

    return told


# --- asking -----------------------------------------------------------------------------------------


def _ask(sources: Sequence[str], languages: Sequence[str]) -> tuple[str, Mapping]:  # type: ignore[type-arg]
    """The query, and what narrows it; the address may bring a query."""
    brought = st.query_params.get("q")
    if brought is not None and st.session_state.get("search_brought") != brought:
        st.session_state["search_query"] = st.session_state["search_brought"] = brought
    with st.container(horizontal=True, vertical_alignment="bottom"):
        query = st.text_input(
            say("Search all texts"),
            key="search_query",
            type="search",
            placeholder=say('words, "a phrase", begin*, lemma:wait, money NEAR/5 nurse'),
            persist_state="session",
            on_change=_first_page,
        )
        lemma = st.toggle(
            say("All forms"),
            key="search_lemma",
            help=say("Every word in all its forms, in English, Dutch and French: wait finds waited."),
            persist_state="session",
            on_change=_first_page,
        )
        chosen = _ask_where(sources, languages)
        orders: dict[Order, str] = {"date": say("by date"), "relevance": say("by relevance")}
        order = st.selectbox(
            say("Order"),
            list(orders),
            format_func=orders.__getitem__,
            key="search_order",
            persist_state="session",
            width=150,
            on_change=_first_page,
        )
        with st.popover(say("How to search"), icon=":material/help:"):
            _show_language()
    query = (query or "").strip()
    if query and st.query_params.get("q") != query:
        st.query_params["q"] = st.session_state["search_brought"] = query
    return query, {"lemma": lemma, "order": order, **chosen}


def _ask_where(sources: Sequence[str], languages: Sequence[str]) -> dict[str, object]:
    keys = ("search_sources", "search_languages", "search_names")
    active = sum(bool(st.session_state.get(key)) for key in keys)
    label = say("Filters: {n}", n=active) if active else say("Filters")
    with st.popover(label, icon=":material/filter_list:"):
        return {
            "sources": st.multiselect(
                say("Source"),
                sources,
                key="search_sources",
                placeholder=say("all"),
                persist_state="session",
                on_change=_first_page,
                width=320,
            ),
            "languages": st.multiselect(
                say("Language"),
                languages,
                key="search_languages",
                placeholder=say("all"),
                persist_state="session",
                on_change=_first_page,
                width=320,
            ),
            "names": st.toggle(
                say("Also in the names before turns"),
                key="search_names",
                persist_state="session",
                on_change=_first_page,
            ),
        }


def _first_page() -> None:
    st.session_state["search_page"] = 1


def _show_language() -> None:
    st.markdown(
        "\n".join(
            (
                f"| {say('Write')} | {say('to find')} |",
                "|---|---|",
                f"| `money nurse` | {say('texts with both words, whatever their case and accents')} |",
                f'| `"no time"` | {say("these words after each other")} |',
                f"| `nurs*`, `*time*` | {say('beginnings, and words with this in them')} |",
                f"| `lemma:waiting` | {say('all forms of a word')} |",
                f"| `money NEAR/5 nurse` | {say('both within five words')} |",
                f"| `(money OR budget) nurse` | {say('one of several words')} |",
                f"| `money -budget` | {say('texts without a word')} |",
                f'| `speaker:"GP 3"` `role:nurse` `group:"Practice A"` | {say("only what somebody says")} |',
                f"| `source:Minutes` `title:march` | {say('only in these documents')} |",
                f"| `after:2021-06` `before:2022` | {say('from 1 June 2021 on, up to the end of 2021')} |",
                f"| `language:nl` | {say('only in texts of a language')} |",
                f"| `/N[A-Z]S/` | {say('a regular expression, case as written')} |",
            )
        )
    )


def _show_examples(actor: Member) -> None:
    tell(
        say(
            "Words are found in all texts with the line they stand in, whatever their case and accents. Open "
            "a place in its text, or choose several and give them a code."
        )
    )
    examples = searching.example_queries(session.engine(), actor)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(say("For example:"), width="content")
        for number, example in enumerate(examples):
            st.button(plain(example), key=f"search_example_{number}", on_click=_take, args=(example,))


def _take(query: str) -> None:
    st.session_state["search_query"] = st.session_state["search_brought"] = query
    st.query_params["q"] = query
    _first_page()


# --- what was found -----------------------------------------------------------------------------------


def _show_found(actor: Member, query: str, found: Results, page: int, *, order: Order) -> None:
    if not found.hits:
        tell(
            say(
                "Nothing is found in {n} documents. Whole words are found: write a * after a beginning, "
                "switch on All forms, or take a filter away.",
                n=found.of_documents,
            )
        )
        return
    st.caption(plain(_how_many(found, page)))
    hits = {_id(hit): hit for hit in found.hits}
    chosen = show_lines(
        key="search_lines",
        name=say("Places found"),
        # With every coding the lines are chosen anew: nobody codes the same twice by the same choice.
        asked=f"{query} {page} {order} {st.session_state.get('search_codings', 0)}",
        groups=_groups(found),
        words={name: say(words) for name, words in LINES_WORDS.items()},
        on_open=_keep_opened,
    )
    opened = st.session_state.pop("search_opened", None)
    if opened in hits:
        hit = hits[opened]
        go_to("code", document=str(hit.document.id), at=str(hit.match.start_char))
    if found.total is None or found.total > PER_PAGE:
        pages = page + (len(found.hits) == PER_PAGE) if found.total is None else -(-found.total // PER_PAGE)
        if pages > 1:
            st.pagination(pages, key="search_page")
    _ask_code(actor, query, [hit for name, hit in hits.items() if name in chosen])


def _keep_opened(name: str) -> None:
    st.session_state["search_opened"] = name


def _id(hit: Hit) -> str:
    return f"{hit.document.version_id.hex}:{hit.match.start_char}:{hit.match.end_char}"


def _how_many(found: Results, page: int) -> str:
    if found.total is None:
        shown = say("Hits {a} to {b}", a=(page - 1) * PER_PAGE + 1, b=(page - 1) * PER_PAGE + len(found.hits))
        if found.documents is None:
            return say("{shown} of more, in {of} documents", shown=shown, of=counted(found.of_documents))
        return say(
            "{shown} of more, in {n} of {of} documents",
            shown=shown,
            n=counted(found.documents),
            of=counted(found.of_documents),
        )
    said = say_number(
        "{n} hit in {documents} of {of} documents",
        "{n} hits in {documents} of {of} documents",
        found.total,
        documents=found.documents,
        of=counted(found.of_documents),
    )
    if len(found.by_source) > 1:
        said += " · " + ", ".join(f"{label} {counted(n)}" for label, n in found.by_source.items())
    return said


def _groups(found: Results) -> list[LineGroup]:
    gathered: dict[UUID, list[Hit]] = {}
    for hit in found.hits:
        gathered.setdefault(hit.document.id, []).append(hit)
    return [
        LineGroup(
            hits[0].document.title,
            _about(hits[0], found.by_document.get(document_id, len(hits))),
            [
                ContextLine(
                    _id(hit),
                    _to_word(hit.match.left),
                    " ".join(hit.match.quote.split()),
                    _from_word(hit.match.right),
                    hit.speaker or "",
                )
                for hit in hits
            ],
        )
        for document_id, hits in gathered.items()
    ]


def _to_word(text: str) -> str:
    """The end of a text from its first whole word on."""
    return text if len(text) < AROUND // 2 else text.partition(" ")[2]


def _from_word(text: str) -> str:
    return text if len(text) < AROUND // 2 else text.rpartition(" ")[0]


def _about(hit: Hit, number: int) -> str:
    date = say("no date") if hit.document.date is None else day(hit.document.date)
    return " · ".join((hit.document.source, date, say_number("{n} hit", "{n} hits", number)))


# --- coding ---------------------------------------------------------------------------------------------


def _ask_code(actor: Member, query: str, chosen: Sequence[Hit]) -> None:
    _offer_undo(actor)
    codes = choices(session.engine(), actor).codes
    if not codes:
        link("codebook", say("Load a codebook to code from here"))
        return
    names = {code.key: code_name(code) for code in codes}
    valences: dict[str, Valence | None] = {"": None} | {valence.value: valence for valence in Valence}
    extents: dict[Extent, str] = {
        "passage": say("the paragraph or turn"),
        "sentence": say("the sentence"),
        "words": say("the words found"),
    }
    with st.container(horizontal=True, vertical_alignment="bottom"):
        code = st.selectbox(
            say("Code"),
            list(names),
            index=None,
            format_func=names.__getitem__,
            placeholder=say("choose a code"),
            key="search_code",
            width=340,
        )
        valence = st.selectbox(
            say("Valence"),
            list(valences),
            format_func=lambda name: valence_name(valences[name]),
            key="search_valence",
            width=150,
        )
        extent = st.selectbox(
            say("What is coded"),
            list(extents),
            format_func=extents.__getitem__,
            key="search_extent",
            width=240,
        )
        if st.button(
            say("Code the selected passages"),
            type="primary" if chosen and code else "secondary",
            disabled=not (chosen and code),
            help=None if chosen and code else say("Choose lines in the list and a code first."),
        ):
            do(_coding(actor, query, chosen, code or "", valences[valence], extent))


def _coding(
    actor: Member, query: str, chosen: Sequence[Hit], code: str, valence: Valence | None, extent: Extent
) -> Callable[[], None]:
    def act() -> None:
        outcomes = searching.code_hits(
            session.engine(), actor, chosen, code=code, query=query, extent=extent, valence=valence
        )
        st.session_state["search_coded"] = [UUID(o.operation) for o in outcomes if o.reason is None]
        st.session_state["search_refused"] = [retold(o.reason) for o in outcomes if o.reason is not None]
        st.session_state["search_codings"] = st.session_state.get("search_codings", 0) + 1

    return act


def _offer_undo(actor: Member) -> None:
    """What was coded last from here, with the way back."""
    coded: list[UUID] = st.session_state.get("search_coded", [])
    for reason in dict.fromkeys(st.session_state.get("search_refused", ())):
        st.warning(plain(reason))
    if coded:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(
                say_number(
                    "{n} passage is coded as your own coding, marked as found by a search.",
                    "{n} passages are coded as your own codings, marked as found by a search.",
                    len(coded),
                ),
                width="content",
            )
            if st.button(say("Undo this coding")):
                do(_undoing(actor, coded))


def _undoing(actor: Member, coded: Sequence[UUID]) -> Callable[[], None]:
    def act() -> None:
        take_back(session.engine(), actor, coded)
        st.session_state["search_coded"] = []
        st.session_state["search_refused"] = []

    return act

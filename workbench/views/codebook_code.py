"""The page Codebook: what one code means, its quotes and examples, and what can be done with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any
from uuid import UUID

import pandas as pd
import streamlit as st

from codebook.hierarchy import ancestors, descendants
from codebook.merging import RULE, UNDO_RULE
from codebook.models import PARTS as SPOKEN
from codebook.models import Code, Codebook
from corpus.errors import UserFacingError
from store.codebooks import StoredCodebook
from store.studies import Member
from workbench import session
from workbench.messages import say
from workbench.reasons import retold
from workbench.services import codebook_editing, decisions, merging, recoding
from workbench.services.codebook_tree import CodeLine
from workbench.services.merging import MergePreview
from workbench.services.recoding import Quote
from workbench.views.codebook_changes import change
from workbench.views.drawing import escaped
from workbench.views.links import link
from workbench.views.words import dialog, do, plain, tell

LANGUAGES = {"en": "English", "nl": "Nederlands", "fr": "Français"}

#: The parts of a code's description in the order in which they are read.
PARTS = (
    ("definition", "Definition"),
    ("include", "Include"),
    ("exclude", "Exclude"),
    ("example", "Example"),
    ("ticd", "TICD"),
    ("cfir2022", "CFIR 2022"),
)


def show_code(actor: Member, stored: StoredCodebook, line: CodeLine, language: str) -> None:
    """Draw what a code means, and what is coded with it."""
    code, book = line.code, stored.codebook
    in_force = line.state == "in force"
    above = [other.name(language) for other in reversed(ancestors(book, code.key))] if in_force else []
    st.caption(plain(" › ".join([*above, code.key])))
    st.subheader(plain(code.name(language)))
    others = [f"{label} ({key})" for key, label in code.label.items() if key != language]
    if others:
        st.caption(plain(" · ".join(others)))
    if line.state == "retired":
        tell(
            say(
                "Retired: nobody is offered it any more. Codings that bear it keep it until they are recoded."
            )
        )
    elif line.state == "proposed":
        tell(say("Proposed while coding. Under Proposals the team accepts it, matches it or declines it."))
    st.html(_described(code, language))
    if in_force:
        _show_acts(actor, stored, code, language)
    _show_examples(actor, code)
    _show_decisions(actor, stored, code)
    show_quotes(
        recoding.quotes_of(session.engine(), actor, code.key, with_below=True),
        key=f"quotes_{code.key}",
    )


def _described(code: Code, language: str) -> str:
    words = "; ".join(f"{spoken}: {', '.join(terms)}" for spoken, terms in code.terms.items())
    parts = [
        (say(name), code.said(field, language) if field in SPOKEN else getattr(code, field))
        for field, name in PARTS
    ]
    parts.insert(4, (say("Suggested by"), words))
    rows = "".join(f"<dt>{escaped(name)}</dt><dd>{escaped(text)}</dd>" for name, text in parts if text)
    return f'<dl class="cb-part">{rows}</dl>' if rows else ""


def _show_acts(actor: Member, stored: StoredCodebook, code: Code, language: str) -> None:
    with st.container(horizontal=True, gap="small"):
        if st.button(say("Describe")):
            _ask_description(stored, code, language)
        if st.button(say("Merge")):
            _ask_merge(actor, stored, code, language)
        if st.button(say("Split")):
            _ask_split(actor, stored, code, language)
        if st.button(say("Retire")):
            act = partial(_retire, actor, code.key)
            change(act, stored.codebook.version)


def _retire(actor: Member, key: str, based_on: int) -> object:
    return codebook_editing.retire_code(session.engine(), actor, key, based_on=based_on)


# --- quotes -------------------------------------------------------------------------------------------


def show_quotes(quotes: Sequence[Quote], *, key: str) -> None:
    """The codings that a number counts, each with a link to its place in the text."""
    if not quotes:
        tell(say("Nothing that you may see is coded so yet."))
        return
    coders = dict.fromkeys(quote.coding.coder for quote in quotes)
    documents = {quote.coding.document_id for quote in quotes}
    st.markdown(
        say(
            "**Quotes** :small[{n} codings · {documents} documents · {coders}]",
            n=len(quotes),
            documents=len(documents),
            coders=plain(", ".join(coders)),
        )
    )
    st.dataframe(
        quote_table(quotes),
        hide_index=True,
        row_height=32,
        height=min(420, 38 + 32 * len(quotes)),
        column_config=quote_columns(),
        key=key,
    )


def quote_table(quotes: Iterable[Quote]) -> pd.DataFrame:
    """Quotes as a table whose last column leads to their place."""
    listed = list(quotes)
    return pd.DataFrame(
        {
            say("Quote"): [" ".join(quote.coding.quote.split()) for quote in listed],
            say("Code"): [quote.coding.code for quote in listed],
            say("Document"): [quote.title for quote in listed],
            say("Coder"): [quote.coding.coder for quote in listed],
            say("Place"): [
                session.address("code", document=quote.coding.document_id, at=quote.coding.start_char)
                for quote in listed
            ],
        }
    )


def quote_columns() -> Mapping[str, Any]:
    """How wide the columns of `quote_table` are, and that its last one holds links."""
    return {
        say("Quote"): st.column_config.TextColumn(width=300),
        say("Code"): st.column_config.TextColumn(width=90),
        say("Document"): st.column_config.TextColumn(width=130),
        say("Coder"): st.column_config.TextColumn(width=65),
        say("Place"): st.column_config.LinkColumn(width=60, display_text=say("Open")),
    }


# --- examples and decisions ---------------------------------------------------------------------------


def _show_examples(actor: Member, code: Code) -> None:
    engine = session.engine()
    for example in decisions.examples_of(engine, actor, code.key):
        st.html(f'<div class="tp-quote">{escaped(example.quote)}</div>')
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            link(
                "code",
                say("Example, in {title}", title=example.title),
                document=str(example.document_id),
                at=str(example.start_char),
                version=str(example.version_id),
            )
            if st.button(say("Take the example away"), key=f"example_{example.id}", type="tertiary"):
                do(partial(decisions.retire_example, engine, actor, example.id))
    with st.popover(say("Choose an example")):
        quotes = recoding.quotes_of(engine, actor, code.key)
        if not quotes:
            tell(
                say("Examples are real quotes: passages coded with this code. There is none yet."), width=340
            )
            return
        coding_id = st.selectbox(
            say("Quote"),
            [quote.coding.id for quote in quotes],
            format_func=lambda coding_id: _short(quotes, coding_id),
            key=f"choose_example_{code.key}",
            width=420,
        )
        if st.button(say("Show it as an example")):
            do(partial(decisions.add_example, engine, actor, coding_id))


def _short(quotes: Sequence[Quote], coding_id: UUID) -> str:
    quote = next(quote for quote in quotes if quote.coding.id == coding_id)
    words = " ".join(quote.coding.quote.split())
    return f"{words[:90]}{'…' if len(words) > 90 else ''}  ({quote.title})"


def _show_decisions(actor: Member, stored: StoredCodebook, code: Code) -> None:
    told = [d for d in decisions.decisions_of(session.engine(), actor, stored.id) if d.code_id == code.id]
    if told:
        items = "".join(f"<li>{escaped(d.text)} ({escaped(d.author)})</li>" for d in told)
        st.markdown(say("**Decisions**"))
        st.html(f'<ul class="cb-changes">{items}</ul>')


# --- describing, merging, splitting -------------------------------------------------------------------


@dialog("Describe a code", width="large")
def _ask_description(stored: StoredCodebook, code: Code, language: str) -> None:
    tell(
        say(
            "Codings keep the code; the codebook gets a new version. A new definition, inclusion or "
            "exclusion asks coders to look at their codings again; a translation does not."
        )
    )
    languages = list(dict.fromkeys([code.first_language, *code.label, *code.terms, *LANGUAGES]))
    with st.form(f"describe_{code.key}", border=False):
        tabs = st.tabs(
            [LANGUAGES.get(spoken, spoken) for spoken in languages], default=LANGUAGES.get(language, language)
        )
        in_languages = {
            spoken: _ask_in_language(code, spoken, tab) for spoken, tab in zip(languages, tabs, strict=True)
        }
        texts = {"example": st.text_input(say("Example"), value=code.example)}
        left, middle, right = st.columns([3, 3, 2])
        texts["ticd"] = left.text_input(say("TICD"), value=code.ticd)
        texts["cfir2022"] = middle.text_input(say("CFIR 2022"), value=code.cfir2022)
        with right:
            own = st.checkbox(say("A colour of its own"), value=bool(code.colour))
            colour = st.color_picker(
                say("Colour"), value=code.colour or "#0B625E", label_visibility="collapsed"
            )
        reason = st.text_input(say("Reason, for the list of versions"))
        if st.form_submit_button(say("Keep the description"), type="primary"):
            given: dict[str, str] = {name: (text or "").strip() for name, text in texts.items()}
            given["colour"] = colour.upper() if own else ""
            said = {part: {spoken: told[part] for spoken, told in in_languages.items()} for part in SPOKEN}
            act = partial(
                _describe,
                code.key,
                label={spoken: told["label"] for spoken, told in in_languages.items()},
                terms={spoken: told["terms"].split(",") for spoken, told in in_languages.items()},
                texts={**said, **{name: text for name, text in given.items() if text != getattr(code, name)}},
                reason=(reason or "").strip(),
            )
            change(act, stored.codebook.version)


def _ask_in_language(code: Code, spoken: str, place: Any) -> dict[str, str]:
    """What a code is called and what it means in a language, as it was written now."""
    name = LANGUAGES.get(spoken, spoken)
    said = {part: code.in_languages(part).get(spoken, "") for part in SPOKEN}
    with place:
        left, right = st.columns(2)
        given = {
            "label": left.text_input(say("Label, {name}", name=name), value=code.label.get(spoken, "")),
            "terms": right.text_input(
                say("Suggested by, {name}", name=name),
                value=", ".join(code.terms.get(spoken, ())),
                help=say("Words that suggest the code, separated by commas."),
            ),
            "definition": st.text_area(
                say("Definition, {name}", name=name), value=said["definition"], height=90
            ),
            "include": st.text_area(say("Include, {name}", name=name), value=said["include"], height=68),
            "exclude": st.text_area(say("Exclude, {name}", name=name), value=said["exclude"], height=68),
        }
    return {part: (text or "").strip() for part, text in given.items()}


def _describe(key: str, based_on: int, **given: Any) -> object:
    return codebook_editing.edit_code(session.engine(), session.actor(), key, based_on=based_on, **given)


@dialog("Merge a code into another", width="large")
def _ask_merge(actor: Member, stored: StoredCodebook, code: Code, language: str) -> None:
    into = ask_code(
        say("{name} goes into", name=code.name(language)),
        _may_take(stored.codebook, code),
        language,
        key=f"merge_into_{code.key}",
    )
    if into is None:
        tell(
            say(
                "Choose the code that stays; then you see what becomes of the codings, before anything is "
                "done."
            )
        )
        return
    try:
        shown = merging.preview_merge(session.engine(), actor, code.key, into=into)
    except UserFacingError as error:
        st.error(plain(retold(error)))
        return
    tell(retold(RULE))
    tell(
        say(
            "Undo the last change takes a merge back with its codings, until something else is changed in "
            "the codebook."
        )
        + f" {retold(UNDO_RULE)}"
    )
    st.markdown(f":small[{plain(_merge_counts(shown))}]")
    if shown.refused:
        st.info(plain(retold(shown.refused)))
        return
    reason = st.text_input(say("Reason, for the list of versions"))
    if st.button(say("Merge the codes"), type="primary"):
        act = partial(_merge, actor, code.key, into, (reason or "").strip())
        change(act, stored.codebook.version)


def _may_take(book: Codebook, code: Code) -> list[Code]:
    below = {other.key for other in descendants(book, code.key)}
    return [other for other in book.codes if other.key != code.key and other.key not in below]


def _merge_counts(shown: MergePreview) -> str:
    plan = shown.plan
    counts = say(
        "{before} codings of {coders} in {documents} documents are touched: {carried} take the other code, "
        "{joined} passages are made of those that overlap or touch. {after} stand afterwards.",
        before=plan.before,
        coders=", ".join(plan.coders),
        documents=shown.documents,
        carried=len(plan.carried),
        joined=len(plan.joined),
        after=plan.after,
    )
    if not plan.before:
        counts = say("No coding that you may see bears it.")
    if not shown.moving:
        return counts
    names = ", ".join(other.key for other in shown.moving)
    return counts + " " + say("Codes that move along: {names}.", names=names)


def _merge(actor: Member, key: str, into: str, reason: str, based_on: int) -> object:
    st.session_state["codebook_code"] = into
    return merging.merge_codes(session.engine(), actor, key, into=into, reason=reason, based_on=based_on)


@dialog("Split a code", width="large")
def _ask_split(actor: Member, stored: StoredCodebook, code: Code, language: str) -> None:
    tell(
        say(
            "A second code stands beside this one. Choose those of your codings that go to it; what others "
            "coded is listed for them under Look again."
        )
    )
    label = st.text_input(say("Label of the new code"))
    definition = st.text_area(say("Definition"), height=68)
    mine = [
        quote
        for quote in recoding.quotes_of(session.engine(), actor, code.key)
        if quote.mine and not quote.in_open_round
    ]
    chosen: list[UUID] = []
    if mine:
        picked = st.dataframe(
            quote_table(mine).drop(columns=[say("Code"), say("Coder")]),
            hide_index=True,
            row_height=32,
            height=min(300, 38 + 32 * len(mine)),
            column_config={**quote_columns(), say("Quote"): st.column_config.TextColumn(width=760)},
            on_select="rerun",
            selection_mode="multi-row",
            key=f"split_{code.key}",
        )
        chosen = [mine[row].coding.id for row in picked.selection.rows]
    st.caption(say("{n} of {total} of your codings go to the new code.", n=len(chosen), total=len(mine)))
    reason = st.text_input(say("Reason, for the list of versions"))
    if st.button(say("Split the code"), type="primary"):
        act = partial(
            _split,
            code.key,
            label=(label or "").strip(),
            definition=(definition or "").strip(),
            language=language,
            codings=chosen,
            reason=(reason or "").strip(),
        )
        change(act, stored.codebook.version)


def _split(key: str, based_on: int, **given: Any) -> object:
    return recoding.split_code(session.engine(), session.actor(), key, based_on=based_on, **given)


def ask_code(name: str, codes: Sequence[Code], language: str, *, key: str) -> str | None:
    """A code out of several, found by typing; None until one is chosen."""
    labels = {code.key: f"{code.key}  {code.name(language)}" for code in codes}
    return st.selectbox(
        name,
        list(labels),
        index=None,
        format_func=lambda chosen: labels[chosen],
        placeholder=say("Choose a code"),
        key=key,
    )

"""Writing a finding: what one source says on a theme, with what it was made from; saying one anew."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import streamlit as st
from sqlalchemy import Engine

from codebook.hierarchy import children
from codebook.models import Codebook, Valence
from corpus.errors import UserFacingError
from store.studies import Member
from triangulation.models import ORIGINS, SCALES, WEIGHTS, Excerpt, Finding, Prominence
from triangulation.report.wording import PROMINENCE_SYMBOL, VALENCE_SYMBOL
from triangulation.survey import counted_line
from workbench.components.matrix import Place
from workbench.messages import say
from workbench.reasons import retold
from workbench.services import finding_origins, findings
from workbench.services.coding import codings_of
from workbench.services.documents import list_documents
from workbench.services.findings import SurveyResult
from workbench.services.triangulation import Triangulation
from workbench.views.drawing import (
    prominence_words,
    theme_name,
    valence_words,
)
from workbench.views.triangulate.matrix import CHOSEN
from workbench.views.words import dialog, plain

#: The name of a field → the key under which the session holds it.
Field = Callable[[str], str]


@dataclass(frozen=True)
class _Made:
    """What a finding is made from, with the words that it offers as the statement."""

    offered: str = ""
    said: Mapping[str, Any] | None = None

    @property
    def key(self) -> str:
        """Another offer is another field: what was typed for an earlier one is not carried over."""
        return "" if not self.offered else f"_{abs(hash(self.offered))}"


@dialog("Add a finding", width="large")
def add_finding(engine: Engine, actor: Member, found: Triangulation, book: Codebook) -> None:
    """What one source says on a theme, in plain words, with what it was made from."""
    place: Place | None = st.session_state.get(CHOSEN)
    origin = st.segmented_control(
        say("Made from"),
        list(ORIGINS),
        format_func=origin_words().__getitem__,
        default="codings",
        required=True,
        key=_field("origin"),
    )
    left, right = st.columns(2)
    with left:
        sources = list(found.matrix.sources)
        first = place.sources[0] if place is not None and place.sources else sources[0]
        source = st.selectbox(
            say("Source"),
            sources,
            index=sources.index(first) if first in sources else 0,
            key=_field("source"),
        )
    with right:
        theme = _choose_theme(book, None if place is None else place.theme, _field("theme"))
    made = _choose_origin(engine, actor, origin or "codings", source, theme)
    statement = st.text_area(
        say("What does this source say, in plain words?"),
        value=made.offered,
        height=80,
        key=_field(f"statement{made.key}"),
    )
    here = place.statement if place is not None and place.theme == theme else None
    row = _choose_row(found, theme, here)
    valence, prominence, importance = _ask_direction_and_weight(_field, None)
    covers = _ask_coverage(_field, found.findings, None)
    if not st.button(say("Save this finding"), type="primary", disabled=theme is None):
        return
    try:
        findings.add_finding(
            engine,
            actor,
            source=source,
            theme=theme or "",
            row=statement if row is None else row,
            statement=statement,
            valence=valence,
            prominence=prominence,
            importance=importance,
            **covers,
            **(made.said or {}),
        )
    except UserFacingError as error:
        st.error(plain(retold(error)))
        return
    _saved(say("Finding saved."))


@dialog("Change a finding", width="large")
def change_finding(
    engine: Engine, actor: Member, found: Triangulation, book: Codebook, finding: Finding
) -> None:
    """The finding as it is, to be said anew; the earlier one stays in the history."""

    def field(name: str) -> str:
        return f"finding_{finding.id.hex}_{name}"

    st.caption(
        say(
            "{source}, written by {name}",
            source=plain(finding.source),
            name=plain(finding.researcher or say("the team")),
        )
    )
    statement = st.text_area(
        say("What does this source say, in plain words?"),
        value=finding.statement,
        height=80,
        key=field("statement"),
    )
    theme = _choose_theme(book, finding.row.theme, field("theme"))
    row = _choose_row(found, theme, finding.row.statement if theme == finding.row.theme else None, field)
    valence, prominence, importance = _ask_direction_and_weight(field, finding)
    covers = _ask_coverage(field, found.findings, finding)
    without = _choose_quotes(finding.excerpts, field)
    known = {excerpt.coding_id for excerpt in finding.excerpts}
    more = choose_codings(engine, actor, finding.source, theme, field, without_ids=known)
    reason = st.text_input(say("Why, for the log (not needed)"), key=field("reason"))
    if not st.button(say("Save the change"), type="primary", disabled=theme is None):
        return
    try:
        new_id = findings.change_finding(
            engine,
            actor,
            finding.id,
            without=without,
            coding_ids=more,
            reason=reason,
            statement=statement,
            theme=theme,
            row=statement if row is None else row,
            valence=valence,
            prominence=prominence,
            importance=importance,
            **covers,
        )
    except UserFacingError as error:
        st.error(plain(retold(error)))
        return
    st.session_state["finding_changed"] = new_id
    _saved(say("Finding changed."))


def origin_words() -> Mapping[str, str]:
    """What a finding can be made from, in words."""
    return {
        "codings": say("Codings"),
        "framework": say("Framework cell"),
        "survey": say("Survey result"),
        "hand": say("By hand"),
    }


def scale_words() -> Mapping[str, str]:
    """The levels of a health system, in words."""
    return {"macro": say("macro"), "meso": say("meso"), "micro": say("micro")}


def weight_words() -> Mapping[str, str]:
    """What a finding weighs, in words."""
    return {"data": say("data"), "commentary": say("commentary")}


def importance_words() -> Mapping[str, str]:
    """How important a finding is, in words."""
    return {"main": say("main"), "minor": say("minor")}


def _saved(notice: str) -> None:
    _forget_form()
    st.session_state["triangulate_notice"] = notice
    st.rerun()


def _choose_theme(book: Codebook, wanted: str | None, key: str) -> str | None:
    themes = [c.key for c in book.codes if c.parent is not None or not children(book, c.key)]
    return st.selectbox(
        say("Theme"),
        themes,
        index=themes.index(wanted) if wanted in themes else None,
        format_func=lambda theme: f"{theme_name(book, theme)}  ({theme})",
        placeholder=say("Choose a theme"),
        key=key,
    )


def _choose_origin(engine: Engine, actor: Member, origin: str, source: str, theme: str | None) -> _Made:
    if origin == "framework":
        return _choose_cell(engine, actor, source, theme)
    if origin == "survey":
        return _choose_answers(engine, actor, source)
    if origin == "hand":
        st.caption(say("Without a quote it stands in the list of flagged findings until it has one."))
        return _Made()
    return _Made(said={"coding_ids": choose_codings(engine, actor, source, theme, _field)})


def _choose_cell(engine: Engine, actor: Member, source: str, theme: str | None) -> _Made:
    if theme is None:
        st.caption(say("Choose a theme: summaries of framework matrices under it are offered then."))
        return _Made()
    cells = finding_origins.cells_for(engine, actor, source, theme)
    if not cells:
        st.caption(
            say("No framework matrix has a summary of this source under this theme, that you may read.")
        )
        return _Made()
    cell = st.selectbox(
        say("Summary"),
        cells,
        format_func=lambda cell: f"{cell.row}, {cell.author}: {cell.text}",
        key=_field(f"cell_{theme}"),
    )
    st.caption(
        say(
            "Framework '{name}': the summary is offered below, and its {n} quotes go along.",
            name=plain(cell.framework),
            n=cell.excerpts,
        )
    )
    return _Made(cell.text, {"cell_id": cell.id})


def _choose_answers(engine: Engine, actor: Member, source: str) -> _Made:
    asked = finding_origins.answers_for(engine, actor, source)
    if not asked:
        st.caption(
            say(
                "The documents of this source have no attribute with answers to count. Columns of a survey "
                "become attributes when it is imported."
            )
        )
        return _Made()
    left, right = st.columns(2)
    with left:
        question = st.selectbox(
            say("Question of the survey"),
            asked,
            format_func=lambda answers: answers.question,
            key=_field(f"question_{source}"),
        )
    with right:
        chosen = st.multiselect(
            say("Answers that are counted together"),
            list(question.counts),
            format_func=lambda answer: say("{answer} ({n})", answer=answer, n=question.counts[answer]),
            key=_field(f"answers_{source}_{question.question}"),
            placeholder=say("choose"),
        )
    if not chosen:
        st.caption(
            say(
                "{n} answered, {missing} did not. Choose the answers to be counted.",
                n=question.answered,
                missing=question.not_answered,
            )
        )
        return _Made()
    return _Made(counted_line(question, chosen), {"counted": SurveyResult(question.question, tuple(chosen))})


def _choose_row(
    found: Triangulation, theme: str | None, here: str | None, field: Field | None = None
) -> str | None:
    """The row's statement; None asks for a row that bears the finding's own words."""
    rows = [row.statement for row in found.matrix.rows if row.theme == theme]
    options: list[str | None] = [None, *dict.fromkeys(["", *rows])]
    words = {None: say("A new row, in the words of this finding"), "": say("The theme itself")}
    return st.selectbox(
        say("Row of the matrix: the statement that sources are compared on"),
        options,
        index=options.index(here) if here in options else 0,
        format_func=lambda row: words.get(row, row or ""),
        key=(field or _field)(f"row_{theme}"),
    )


def _ask_direction_and_weight(
    field: Field, finding: Finding | None
) -> tuple[Valence | None, Prominence | None, str | None]:
    valences, weights = valence_words(), prominence_words()
    valence = st.segmented_control(
        say("Direction"),
        list(Valence),
        format_func=lambda v: f"{VALENCE_SYMBOL[v]} {valences[v]}",
        default=None if finding is None else finding.valence,
        key=field("valence"),
    )
    left, right = st.columns([3, 2])
    with left:
        prominence = st.segmented_control(
            say("Prominence within this source"),
            list(Prominence),
            format_func=lambda p: f"{PROMINENCE_SYMBOL[p]} {weights[p]}",
            default=None if finding is None else finding.prominence,
            key=field("prominence"),
        )
    with right:
        known = importance_words()
        own = None if finding is None or not finding.importance else finding.importance
        options = list(known) if own is None or own in known else [*known, own]
        importance = st.segmented_control(
            say("Importance"),
            options,
            format_func=lambda word: known.get(word, plain(word)),
            default=own,
            key=field("weight"),
        )
    return valence, prominence, importance


def _ask_coverage(field: Field, others: Iterable[Finding], finding: Finding | None) -> dict[str, Any]:
    """Sites, groups, periods, the question, level and weight: folded, as most findings do without."""
    given = list(others)
    with st.expander(say("What it covers, which question it answers"), expanded=_covers(finding)):
        names = {
            "sites": say("Sites"),
            "groups": say("Groups of people"),
            "periods": say("Periods"),
        }
        said: dict[str, Any] = {}
        for column, (name, label) in zip(st.columns(3), names.items(), strict=True):
            own = () if finding is None else getattr(finding, name)
            with column:
                known = dict.fromkeys([*own, *(e for other in given for e in getattr(other, name))])
                said[name] = st.multiselect(
                    label,
                    list(known),
                    default=list(own),
                    accept_new_options=True,
                    placeholder=say("Choose or type"),
                    key=field(name),
                )
        said["coverage"] = st.text_input(
            say("Coverage in words"),
            value="" if finding is None else finding.coverage,
            key=field("coverage"),
        ).strip()
        said["question"] = st.text_input(
            say("Research question that it answers"),
            value="" if finding is None else finding.question,
            key=field("question"),
        )
        left, right = st.columns(2)
        with left:
            said["scale"] = st.segmented_control(
                say("Level of the health system"),
                list(SCALES),
                format_func=scale_words().__getitem__,
                default=None if finding is None else finding.scale,
                key=field("scale"),
            )
        with right:
            said["weight"] = (
                st.segmented_control(
                    say("Rests on"),
                    list(WEIGHTS),
                    format_func=weight_words().__getitem__,
                    default="data" if finding is None else finding.weight,
                    required=True,
                    key=field("rests"),
                )
                or "data"
            )
    return said


def _covers(finding: Finding | None) -> bool:
    return finding is not None and bool(
        finding.sites or finding.groups or finding.periods or finding.question or finding.coverage
    )


def _choose_quotes(excerpts: Sequence[Excerpt], field: Field) -> list[Excerpt]:
    """The quotes that the finding no longer rests on."""
    if not excerpts:
        return []
    st.caption(say("Quotes that it rests on"))
    return [
        excerpt
        for number, excerpt in enumerate(excerpts)
        if not st.checkbox(plain(excerpt.quote), value=True, key=field(f"quote_{number}"))
    ]


def choose_codings(
    engine: Engine,
    actor: Member,
    source: str,
    theme: str | None,
    field: Field,
    *,
    without_ids: Iterable[UUID | None] = (),
) -> list[UUID]:
    """The codings that a finding rests on, chosen among those of its source and theme."""
    if theme is None:
        st.caption(say("Choose a theme: what was coded with it in this source is offered then."))
        return []
    left_out = set(without_ids)
    titles = {d.id: d.title for d in list_documents(engine, actor) if d.source == source}
    offered = [
        c
        for c in codings_of(engine, actor)
        if c.code == theme and c.document_id in titles and c.id not in left_out
    ]
    if not offered:
        st.caption(
            say(
                "Nobody has coded this theme in this source yet, as far as you may see. A finding can do "
                "without."
            )
        )
        return []
    st.caption(say("The codings it rests on: {n} of this source and theme", n=len(offered)))
    chosen = []
    with st.container(height=180, border=True):
        for coding in offered:
            symbol = "" if coding.valence is None else f"{VALENCE_SYMBOL[coding.valence]} "
            label = plain(f"{symbol}{coding.quote} ({coding.coder}, {titles[coding.document_id]})")
            if st.checkbox(label, key=field(f"coding_{coding.id}")):
                chosen.append(coding.id)
    return chosen


def _field(name: str) -> str:
    """The key of a field; each finding has its own, as a browser may still send those of the last one."""
    return f"finding_{name}{st.session_state.get('findings_written', '')}"


def _forget_form() -> None:
    for name in [name for name in st.session_state if str(name).startswith("finding_")]:
        if name != "finding_changed":
            del st.session_state[name]
    st.session_state["findings_written"] = st.session_state.get("findings_written", 0) + 1

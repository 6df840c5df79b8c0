"""What a cell of the matrix rests on: quotes in context, readable judgements, what was settled, history."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from sqlalchemy import Engine

from codebook.models import Codebook
from corpus.anchoring import make_segment
from corpus.errors import UserFacingError
from store.studies import Member
from triangulation.evidence import evidence_for, evidence_of_cells
from triangulation.models import (
    About,
    Cell,
    ConvergenceCode,
    ConvergenceMatrix,
    Excerpt,
    Finding,
    Judgement,
    Resolution,
    Row,
)
from triangulation.report.wording import CODE_SYMBOL
from triangulation.rolling import RolledRow
from workbench.components.matrix import Place
from workbench.messages import say
from workbench.services import findings, judging
from workbench.services.documents import open_document
from workbench.services.errors import NotThere
from workbench.services.triangulation import Triangulation
from workbench.views.drawing import (
    code_mark,
    code_words,
    escaped,
    finding_line,
    judgement_parts,
    link_to_place,
    quote_block,
    row_name,
    soft_line,
    theme_name,
    valence_words,
)
from workbench.views.triangulate.matrix_lines import level_named
from workbench.views.words import local_time


def silence_words() -> dict[str, str]:
    """The kinds of silence in words."""
    return {
        "not_asked": say("not asked"),
        "not_applicable": say("not applicable: this group cannot know"),
        "asked_not_raised": say("asked, not raised"),
        "raised_then_dropped": say("raised, then dropped"),
        "data_missing": say("data missing"),
    }


def expected_words() -> dict[str, str]:
    """Whether a silence was expected, in words."""
    return {
        "yes": say("expected"),
        "no": say("not expected"),
        "unclear": say("unclear whether expected"),
    }


def heading(book: Codebook, place: Place, group: str | None) -> str:
    """What the chosen cell is of, as HTML: its level, theme and statement, or a group of rows."""
    if group is not None:
        return f'<div class="tp-block"><h3>{escaped(group)}</h3></div>'
    row = Row(place.theme, place.statement)
    level = level_named(book, row.theme)
    above = " ▸ ".join(
        escaped(name) for name in ("" if level is None else level.name(), theme_name(book, row.theme)) if name
    )
    return (
        f'<div class="tp-block"><p class="tp-soft tp-small">{above} · {escaped(row.theme)}</p>'
        f"<h3>{escaped(row_name(book, row))}</h3></div>"
    )


def inspect(engine: Engine, actor: Member, found: Triangulation, place: Place, *, beside: bool) -> None:
    """What the chosen cell rests on; ``beside`` where there is room for sources side by side."""
    row = Row(place.theme, place.statement)
    if not place.sources:
        _show_row(found, row)
        return
    if not place.is_pair:
        _show_evidence(engine, actor, found, row, place.sources[0])
        return
    pair = (place.sources[0], place.sources[1])
    if not beside:
        _show_judgements(engine, actor, found, row, pair)
        for source in pair:
            _show_evidence(engine, actor, found, row, source)
        return
    columns = st.columns(3, gap="medium")
    with columns[0]:
        _show_judgements(engine, actor, found, row, pair)
    for column, source in zip(columns[1:], pair, strict=True):
        with column:
            _show_evidence(engine, actor, found, row, source)


def inspect_rolled(
    matrix: ConvergenceMatrix,
    told: Sequence[Finding],
    rolled: RolledRow,
    place: Place,
    book: Codebook,
) -> None:
    """The statements that a cell of counts is a count of."""
    if place.is_pair:
        pair = (place.sources[0], place.sources[1])
        codes = {c.row: c.code for c in matrix.cells if _two(c) == pair}
        lines = [(row, code_mark(code) if (code := codes.get(row)) else "") for row in rolled.rows]
        title = say("{a} against {b}", a=pair[0], b=pair[1])
    else:
        source = place.sources[0]
        evidence = evidence_of_cells(matrix, told)
        lines = []
        for row in rolled.rows:
            here = evidence[row, source].findings if (row, source) in evidence else ()
            said = {valence_words()[f.valence] for f in here if f.valence is not None}
            lines.append((row, escaped(", ".join(sorted(said)))))
        title = source
    items = "".join(f"<li>{escaped(row_name(book, row))} {mark}</li>" for row, mark in lines)
    st.html(f'<div class="tp-block"><h4>{escaped(title)}</h4><ul>{items}</ul></div>')


def _show_row(found: Triangulation, row: Row) -> None:
    """Every pair of a row, with the code of every researcher whose judgements may be read."""
    lines = []
    for pair in found.matrix.pairs:
        cells = [cell for cell in found.matrix.cells if cell.row == row and _two(cell) == pair]
        codes = [
            f"{escaped(cell.researcher)} {code_mark(cell.code)}" for cell in cells if cell.code is not None
        ]
        if codes:
            name = escaped(say("{a} against {b}", a=pair[0], b=pair[1]))
            lines.append(f"<p>{name}: {' · '.join(codes)}</p>")
    note = say(
        "The set-level code is derived from the codes of the pairs: it sums them up for reading and never "
        "replaces them."
    )
    nothing = f"<p>{escaped(say('No pair of this row has a code yet.'))}</p>"
    said = "".join(lines) or nothing
    st.html(f'<div class="tp-block">{said}<p class="tp-soft tp-small">{escaped(note)}</p></div>')


def _show_judgements(
    engine: Engine, actor: Member, found: Triangulation, row: Row, pair: tuple[str, str]
) -> None:
    """Every visible researcher's judgement of the pair, what was settled, and what was judged before."""
    cells = [cell for cell in found.matrix.cells if cell.row == row and _two(cell) == pair]
    blocks = [f"<p>{_judgement_line(cell)}</p>" for cell in cells]
    title = escaped(say("{a} against {b}", a=pair[0], b=pair[1]))
    if not blocks:
        blocks = [
            f'<p class="tp-soft">{escaped(say("Nobody whose view you may read has judged this pair."))}</p>'
        ]
    blocks += [f"<p>{_resolution_line(one)}</p>" for one in found.resolutions if _is_of(one, row, pair)]
    st.html(f'<div class="tp-block"><h4>{title}</h4>{"".join(blocks)}</div>')
    _show_history(judging.history_of(engine, actor, row, pair))


def _show_history(told: Sequence[judging.PastJudgement]) -> None:
    """Judgements that were replaced, with those in their place: who, when, what."""
    if all(one.holds for one in told):
        return
    with st.expander(say("History: {n} judgements, the newest first", n=len(told))):
        lines = []
        for one in reversed(told):
            state = say("holds") if one.holds else say("replaced later")
            said = [f"<b>{escaped(one.judgement.researcher)}</b> {escaped(local_time(one.at))}"]
            said += [escaped(state), *_said(one.judgement)]
            lines.append(f"<p>{' · '.join(said)}</p>")
        st.html(f'<div class="tp-block tp-small">{"".join(lines)}</div>')


def _judgement_line(cell: Cell) -> str:
    who = f"<b>{escaped(cell.researcher)}</b> "
    if cell.code is None:
        return who + escaped(say("holds that neither speaks"))
    said = [who + code_mark(cell.code)]
    if cell.judgement is None:
        if cell.code is ConvergenceCode.UNDETERMINED:
            said.append(escaped(say("not judged yet")))
        return " · ".join(said)
    if parts := judgement_parts(cell.judgement):
        said.append(escaped(say("judged on {n} of 4 parts: {parts}", n=cell.parts_judged, parts=parts)))
    if cell.assigned is not None:
        rule = (
            say("no code from the rule")
            if cell.derived is None
            else say("the rule gives {code}", code=code_words()[cell.derived])
        )
        said.append(escaped(say("assigned by hand; {rule}", rule=rule)))
    return " · ".join([*said, *_silence_and_reason(cell.judgement)])


def _said(judgement: Judgement) -> list[str]:
    """What a judgement that no longer stands in a cell says: without the rule, which may have changed."""
    said = []
    if judgement.assigned is not None:
        word = code_words()[judgement.assigned]
        said.append(escaped(say("assigned: {code}", code=f"{CODE_SYMBOL[judgement.assigned]} {word}")))
    if parts := judgement_parts(judgement):
        said.append(escaped(parts))
    return [*said, *_silence_and_reason(judgement)]


def _silence_and_reason(judgement: Judgement) -> list[str]:
    said = []
    if judgement.silence:
        kind = silence_words().get(judgement.silence, judgement.silence)
        said.append(escaped(say("silence: {kind}", kind=kind)))
    if judgement.expected:
        said.append(escaped(expected_words().get(judgement.expected, judgement.expected)))
    if judgement.reason:
        said.append(f"“{escaped(judgement.reason)}”")
    return said


def _is_of(resolution: Resolution, row: Row, pair: tuple[str, str]) -> bool:
    if resolution.row != row:
        return False
    if resolution.about is About.CODE:
        return {resolution.source_a, resolution.source_b} == set(pair)
    return resolution.about is About.EXISTENCE and resolution.source_a in pair


def _resolution_line(resolution: Resolution) -> str:
    said = [f"<b>{escaped(say('Settled'))}</b> {_outcome(resolution)}", escaped(resolution.reason)]
    if resolution.decided_by:
        said.append(escaped(say("decided by {names}", names=", ".join(resolution.decided_by))))
    if resolution.minority:
        said.append(
            escaped(
                say("minority view of {name}: {text}", name=resolution.minority_by, text=resolution.minority)
                if resolution.minority_by
                else say("minority view: {text}", text=resolution.minority)
            )
        )
    return " · ".join(part for part in said if part)


def _outcome(resolution: Resolution) -> str:
    if resolution.outcome is None:
        return escaped(say("stays unresolved"))
    if resolution.about is About.CODE:
        return code_mark(ConvergenceCode(resolution.outcome))
    speaks = say("speaks") if resolution.outcome == "yes" else say("does not speak")
    return escaped(f"{resolution.source_a}: {speaks}")


def _show_evidence(engine: Engine, actor: Member, found: Triangulation, row: Row, source: str) -> None:
    evidence = evidence_for(found.matrix, found.findings, row, source)
    title = f"<h4>{escaped(source)}</h4>"
    if not evidence.findings:
        nothing = escaped(say("No finding of this source stands in this row."))
        st.html(f'<div class="tp-block">{title}<p class="tp-soft">{nothing}</p></div>')
    for finding in evidence.findings:
        st.html(
            f'<div class="tp-block">{title}<p>{escaped(finding.statement)}</p>'
            f'<p class="tp-soft tp-small">{finding_line(finding)}</p></div>'
        )
        title = ""
        for excerpt in finding.excerpts:
            before, after = _around(engine, actor, excerpt)
            st.html(quote_block(excerpt, before=before, after=after))
            link_to_place(excerpt)
        if not finding.excerpts:
            st.html(soft_line(say("Rests on no quote.")))
        if finding.researcher == actor.name or actor.is_lead:
            _offer_to_take_back(engine, actor, finding)


def _offer_to_take_back(engine: Engine, actor: Member, finding: Finding) -> None:
    if st.button(say("Take this finding back"), type="tertiary", key=f"retire_{finding.id}"):
        findings.retire_finding(engine, actor, finding.id)
        st.rerun(scope="app")


def _around(engine: Engine, actor: Member, excerpt: Excerpt) -> tuple[str, str]:
    """Some words before and after a quote in its document; none where it stands in no document."""
    if excerpt.document_id is None or excerpt.start_char is None or excerpt.end_char is None:
        return "", ""
    try:
        _, document = open_document(engine, actor, excerpt.document_id)
        segment = make_segment(document, excerpt.start_char, excerpt.end_char)
    except (NotThere, UserFacingError):
        return "", ""  # the document has another version by now; the quote itself is kept
    return segment.prefix, segment.suffix


def _two(cell: Cell) -> tuple[str, str]:
    return cell.source_a, cell.source_b

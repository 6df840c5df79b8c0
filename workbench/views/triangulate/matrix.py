"""The triangulation matrix with its inspector: symbols, and behind each the quotes and judgements."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import streamlit as st
from sqlalchemy import Engine

from codebook.errors import UnknownCode
from codebook.hierarchy import children, level_of, resolve
from codebook.models import Code, Codebook, Valence
from corpus.anchoring import make_segment
from corpus.errors import UserFacingError
from store.studies import Member
from triangulation.evidence import evidence_for
from triangulation.matrix import build_matrix
from triangulation.models import (
    Cell,
    ConvergenceCode,
    ConvergenceMatrix,
    Excerpt,
    Finding,
    Prominence,
    Row,
)
from triangulation.report.wording import CODE_SYMBOL, PROMINENCE_SYMBOL, VALENCE_SYMBOL
from workbench.components.matrix import Heading, MatrixLine, PairCell, Place, SourceCell, show_matrix
from workbench.messages import say
from workbench.services import findings
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
    prominence_words,
    quote_block,
    row_name,
    soft_line,
    theme_name,
    valence_words,
)
from workbench.views.words import plain, tell

#: Where the session keeps the chosen cell.
CHOSEN = "triangulate_cell"
_DESK_STYLE = """<style>
.st-key-triangulate_desk { display: grid !important; gap: 0 20px;
  grid-template-columns: fit-content(calc(100% - 380px)) minmax(360px, 1fr); align-items: start; }
.st-key-triangulate_inspector { position: sticky; top: 60px; max-height: calc(100vh - 250px);
  overflow: auto; padding-left: 20px; border-left: 1px solid light-dark(#D9D5CA, #343A40); }
@media (max-width: 1180px) {
  .st-key-triangulate_desk { grid-template-columns: minmax(0, 1fr); }
  .st-key-triangulate_inspector { position: static; max-height: none; padding: 16px 0 0; border: 0; }
}
</style>"""


def show(engine: Engine, actor: Member, found: Triangulation, book: Codebook) -> None:
    if not found.matrix.rows:
        tell(
            say(
                "The matrix has no row yet. A finding says in plain words what one source says on a theme; "
                "each finding stands in a row, and rows are compared across sources. Add the first one "
                "above, or bring a file in with: trigpoint findings import FILE.csv"
            )
        )
        return
    whose = _whose(found, actor)
    st.html(_DESK_STYLE)
    _desk(engine, actor, found, book, whose)


def _whose(found: Triangulation, actor: Member) -> str:
    """Whose view the matrix shows: one's own, and after the lock those of the others."""
    people = [actor.name, *(name for name in found.matrix.researchers if name != actor.name)]
    words = {actor.name: say("My view")}
    with st.container(horizontal=True, vertical_alignment="center"):
        if len(people) > 1:
            picked = st.segmented_control(
                say("Whose view"),
                people,
                format_func=lambda name: words.get(name, plain(name)),
                default=people[0] if actor.name in found.matrix.researchers else people[1],
                required=True,
                key="triangulate_whose",
                label_visibility="collapsed",
            )
        else:
            picked = actor.name
        st.caption(_about_views(found, actor))
    return picked or actor.name


def _about_views(found: Triangulation, actor: Member) -> str:
    if found.hidden:
        return say(
            "{names} judge too; you can read each other's judgements once both have locked.",
            names=plain(", ".join(found.hidden)),
        )
    if actor.name not in found.judges:
        return say("You have judged nothing: your own view shows who speaks, from the findings.")
    return say("Choose a cell, by mouse or with the arrow keys and Enter, to read what it rests on.")


@st.fragment
def _desk(engine: Engine, actor: Member, found: Triangulation, book: Codebook, whose: str) -> None:
    matrix = seen_by(found, whose)
    with st.container(key="triangulate_desk"):
        with st.container(key="triangulate_table"):
            show_matrix(
                key=f"matrix_{whose}",
                name=say("Convergence matrix, view of {name}", name=whose),
                sources=[
                    Heading(f"{n} {source}", source) for n, source in enumerate(matrix.sources, start=1)
                ],
                pairs=[(pair, _pair_heading(matrix, pair)) for pair in matrix.pairs],
                rows=_lines(matrix, found.findings, book),
                levels=[level.key for level in children(book, None)],
                legend=_legend(),
                words={
                    "statement": say("Theme and statement"),
                    "what_sources_say": say("What each source says"),
                    "pairs": say("Pairs of sources"),
                    "legend": say("Symbols"),
                },
                selected=st.session_state.get(CHOSEN),
                on_select=_choose,
            )
        with st.container(key="triangulate_inspector", gap="small"):
            _inspect(engine, actor, found, book, st.session_state.get(CHOSEN))


def _choose(place: Place) -> None:
    st.session_state[CHOSEN] = place


def seen_by(found: Triangulation, person: str) -> ConvergenceMatrix:
    """The matrix with the cells of one person alone, also of one who has judged nothing."""
    return build_matrix(
        found.matrix.rows,
        found.matrix.sources,
        found.existences,
        found.judgements,
        found.findings,
        rule=found.matrix.rule,
        researchers=[person],
    )


def _pair_heading(matrix: ConvergenceMatrix, pair: tuple[str, str]) -> Heading:
    numbers = {source: n for n, source in enumerate(matrix.sources, start=1)}
    a, b = pair
    return Heading(f"{numbers[a]}·{numbers[b]}", say("{a} against {b}", a=a, b=b))


def _lines(matrix: ConvergenceMatrix, findings: Sequence[Finding], book: Codebook) -> list[MatrixLine]:
    cells = {(cell.row, (cell.source_a, cell.source_b)): cell for cell in matrix.cells}
    lines = []
    for row in matrix.rows:
        level = _level(book, row.theme)
        here = [cell for (place, _), cell in cells.items() if place == row]
        lines.append(
            MatrixLine(
                theme=row.theme,
                statement=row.statement,
                level="" if level is None else level.key,
                level_label=say("Other themes") if level is None else level.name(),
                theme_label=theme_name(book, row.theme),
                sources=tuple(_source_cell(matrix, findings, row, s, here) for s in matrix.sources),
                pairs=tuple(_pair_cell(pair, cells.get((row, pair))) for pair in matrix.pairs),
            )
        )
    return lines


def _level(book: Codebook, theme: str) -> Code | None:
    try:
        return level_of(book, resolve(book, theme).key)
    except UnknownCode:
        return None


def _source_cell(
    matrix: ConvergenceMatrix, findings: Sequence[Finding], row: Row, source: str, here: Sequence[Cell]
) -> SourceCell:
    evidence = evidence_for(matrix, findings, row, source)
    speaks = _speaks(source, here)
    count = len(evidence.excerpts)
    if speaks is False and evidence.findings:
        said = say("{source}: has a finding, but was judged not to speak here", source=source)
        return SourceCell(said, valence="≠", count=str(count))
    if not speaks and not evidence.findings:
        return SourceCell(say("{source}: does not speak", source=source))
    if not evidence.findings:
        return SourceCell(say("{source}: speaks, as judged; no finding", source=source), valence="✓")
    valences = [v for v in Valence if any(f.valence is v for f in evidence.findings)]
    weight = next((p for p in Prominence if any(f.prominence is p for f in evidence.findings)), None)
    words = [valence_words()[v] for v in valences]
    words += [] if weight is None else [prominence_words()[weight]]
    return SourceCell(
        say(
            "{source}: {words}, {n} excerpts",
            source=source,
            words=", ".join(words) or say("speaks"),
            n=count,
        ),
        valence="".join(VALENCE_SYMBOL[v] for v in valences),
        prominence="" if weight is None else PROMINENCE_SYMBOL[weight],
        count=str(count),
    )


def _speaks(source: str, here: Iterable[Cell]) -> bool | None:
    """Whether a source speaks on a row in the view of these cells; None where they do not say."""
    views = [
        cell.speaks_a if cell.source_a == source else cell.speaks_b for cell in here if source in _two(cell)
    ]
    return next((view for view in views if view is not None), None)


def _two(cell: Cell) -> tuple[str, str]:
    return cell.source_a, cell.source_b


def _pair_cell(pair: tuple[str, str], cell: Cell | None) -> PairCell:
    name = say("{a} against {b}", a=pair[0], b=pair[1])
    if cell is None or cell.code is None:
        return PairCell(say("{pair}: neither speaks", pair=name))
    said = say("{pair}: {code}", pair=name, code=code_words()[cell.code])
    if cell.code is ConvergenceCode.UNDETERMINED and cell.judgement is None:
        said = say("{pair}: not judged yet", pair=name)
    if cell.assigned is None or cell.derived is None or cell.derived is cell.assigned:
        return PairCell(said, cell.code.value, CODE_SYMBOL[cell.code])
    rule = code_words()[cell.derived]
    said = say("{said}, assigned; the rule gives {code}", said=said, code=rule)
    return PairCell(said, cell.code.value, CODE_SYMBOL[cell.code], changed=True)


def _legend() -> list[tuple[str, str, str]]:
    codes = [(CODE_SYMBOL[code], word, code.value) for code, word in code_words().items()]
    valences = [(VALENCE_SYMBOL[valence], word, "") for valence, word in valence_words().items()]
    weights = [(PROMINENCE_SYMBOL[weight], word, "") for weight, word in prominence_words().items()]
    return [
        *codes,
        *valences,
        *weights,
        ("3", say("number of excerpts"), ""),
        ("", say("blank: does not speak"), ""),
    ]


def _inspect(
    engine: Engine, actor: Member, found: Triangulation, book: Codebook, place: Place | None
) -> None:
    row = None if place is None else Row(place.theme, place.statement)
    if place is None or row not in found.matrix.rows:
        st.html(
            soft_line(say("A cell of a source holds its findings and quotes."))
            + soft_line(say("A cell of a pair holds what both say, and how it was judged."))
        )
        return
    level = _level(book, row.theme)
    above = " ▸ ".join(
        escaped(name) for name in ("" if level is None else level.name(), theme_name(book, row.theme)) if name
    )
    st.html(
        f'<div class="tp-block"><p class="tp-soft tp-small">{above} · {escaped(row.theme)}</p>'
        f"<h3>{escaped(row_name(book, row))}</h3></div>"
    )
    if not place.is_pair:
        _show_evidence(engine, actor, found, row, place.sources[0])
        return
    _show_judgements(found, row, (place.sources[0], place.sources[1]))
    for source in place.sources:
        _show_evidence(engine, actor, found, row, source)


def _show_judgements(found: Triangulation, row: Row, pair: tuple[str, str]) -> None:
    """Every visible researcher's judgement of the pair, one after the other."""
    blocks = []
    for cell in found.matrix.cells:
        if cell.row != row or _two(cell) != pair:
            continue
        blocks.append(f"<p>{_judgement_line(cell)}</p>")
    title = escaped(say("{a} against {b}", a=pair[0], b=pair[1]))
    if not blocks:
        blocks = [
            f'<p class="tp-soft">{escaped(say("Nobody whose view you may read has judged this pair."))}</p>'
        ]
    st.html(f'<div class="tp-block"><h4>{title}</h4>{"".join(blocks)}</div>')


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
    if cell.judgement.reason:
        said.append(f"“{escaped(cell.judgement.reason)}”")
    return " · ".join(said)


def _show_evidence(engine: Engine, actor: Member, found: Triangulation, row: Row, source: str) -> None:
    evidence = evidence_for(found.matrix, found.findings, row, source)
    st.html(f'<div class="tp-block"><h4>{escaped(source)}</h4></div>')
    if not evidence.findings:
        st.html(
            f'<p class="tp-line tp-soft">{escaped(say("No finding of this source stands in this row."))}</p>'
        )
    for finding in evidence.findings:
        st.html(
            f'<div class="tp-block"><p>{escaped(finding.statement)}</p>'
            f'<p class="tp-soft tp-small">{finding_line(finding)}</p></div>'
        )
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

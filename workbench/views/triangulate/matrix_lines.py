"""The matrix in symbols and words: what the table on the page and the printed page both show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from codebook.errors import UnknownCode
from codebook.hierarchy import level_of, resolve
from codebook.models import Code, Codebook, Valence
from triangulation.evidence import Evidence, evidence_of_cells
from triangulation.models import Cell, ConvergenceCode, ConvergenceMatrix, Finding, Prominence, Row
from triangulation.report.wording import CODE_SYMBOL, PROMINENCE_SYMBOL, VALENCE_SYMBOL
from triangulation.rolling import RolledRow
from triangulation.sets import RowSet, SetCode, set_codes
from workbench.components.matrix import Heading, MatrixLine, PairCell, SourceCell
from workbench.messages import say
from workbench.views.drawing import code_words, prominence_words, row_name, theme_name, valence_words

#: The symbols of set-level codes, which are derived from the codes of the pairs.
SET_SYMBOL = {
    SetCode.AGREEMENT: CODE_SYMBOL[ConvergenceCode.AGREEMENT],
    SetCode.PARTIAL: CODE_SYMBOL[ConvergenceCode.PARTIAL],
    SetCode.CONTAINS_DISSONANCE: CODE_SYMBOL[ConvergenceCode.DISSONANCE],
    SetCode.SINGLE_SOURCE: CODE_SYMBOL[ConvergenceCode.SILENCE],
    SetCode.UNDETERMINED: CODE_SYMBOL[ConvergenceCode.UNDETERMINED],
}
_SET_COLOUR = {
    SetCode.AGREEMENT: ConvergenceCode.AGREEMENT,
    SetCode.PARTIAL: ConvergenceCode.PARTIAL,
    SetCode.CONTAINS_DISSONANCE: ConvergenceCode.DISSONANCE,
    SetCode.SINGLE_SOURCE: ConvergenceCode.SILENCE,
    SetCode.UNDETERMINED: ConvergenceCode.UNDETERMINED,
}


def set_words() -> Mapping[SetCode, str]:
    """The set-level codes in words."""
    return {
        SetCode.AGREEMENT: say("all pairs agree"),
        SetCode.PARTIAL: say("partial agreement"),
        SetCode.CONTAINS_DISSONANCE: say("contains dissonance"),
        SetCode.SINGLE_SOURCE: say("single source"),
        SetCode.UNDETERMINED: say("undetermined"),
        SetCode.NONE: say("no source speaks"),
    }


def source_headings(everywhere: Sequence[str], shown: Sequence[str]) -> list[Heading]:
    """The columns of sources; each keeps its number when others are hidden."""
    return [
        Heading(f"{number} {source}", source)
        for number, source in enumerate(everywhere, start=1)
        if source in shown
    ]


def pair_heading(everywhere: Sequence[str], pair: tuple[str, str]) -> Heading:
    """A pair by the numbers of its sources."""
    numbers = {source: number for number, source in enumerate(everywhere, start=1)}
    a, b = pair
    return Heading(f"{numbers[a]}·{numbers[b]}", say("{a} against {b}", a=a, b=b))


def whole_heading() -> Heading:
    """The column of what follows for all sources together, named as derived."""
    return Heading(
        say("Set (derived)"),
        say(
            "Set of sources, derived from the codes of the pairs: sources that speak, and the set-level code"
        ),
    )


def lines_of(
    matrix: ConvergenceMatrix, findings: Iterable[Finding], book: Codebook, *, team: bool = False
) -> list[MatrixLine]:
    """A line for every row of one view of the matrix; ``team`` where the view is the team's."""
    cells: dict[Row, dict[tuple[str, str], Cell]] = {}
    for cell in matrix.cells:
        cells.setdefault(cell.row, {})[cell.source_a, cell.source_b] = cell
    evidence = evidence_of_cells(matrix, findings)
    sets = {one.row: one for one in set_codes(matrix)}
    words = code_words()
    lines = []
    for row in matrix.rows:
        here = cells.get(row, {})
        level = level_named(book, row.theme)
        lines.append(
            MatrixLine(
                theme=row.theme,
                statement=row.statement,
                words=row_name(book, row),
                level="" if level is None else level.key,
                level_label=say("Other themes") if level is None else level.name(),
                level_short="" if level is None else level.key,
                theme_label=theme_name(book, row.theme),
                sources=tuple(
                    _source_cell(source, evidence.get((row, source)), speaks_here(source, here.values()))
                    for source in matrix.sources
                ),
                pairs=tuple(_pair_cell(pair, here.get(pair), words, team=team) for pair in matrix.pairs),
                whole=_set_cell(sets.get(row), len(matrix.sources)),
            )
        )
    return lines


def rolled_lines(
    rolled: Iterable[RolledRow], matrix: ConvergenceMatrix, book: Codebook, names: Mapping[str, str]
) -> list[MatrixLine]:
    """A line for every group of rows: counts, each with what it is a count of."""
    lines = []
    for one in rolled:
        key = one.group or ""
        level = None if one.group is None else level_named(book, one.group)
        name = say("In no group") if one.group is None else names.get(one.group, one.group)
        lines.append(
            MatrixLine(
                theme=key,
                statement="",
                words=say("{name}: 1 row", name=name)
                if len(one.rows) == 1
                else say("{name}: {n} rows", name=name, n=len(one.rows)),
                level="" if level is None else level.key,
                level_label="" if level is None else level.name(),
                level_short="" if level is None else level.key,
                theme_label="",
                sources=tuple(_rolled_source(source, one) for source in matrix.sources),
                pairs=tuple(_rolled_pair(pair, one) for pair in matrix.pairs),
            )
        )
    return lines


def level_named(book: Codebook, theme: str) -> Code | None:
    """The level of a theme; None where the codebook does not know it."""
    try:
        return level_of(book, resolve(book, theme).key)
    except UnknownCode:
        return None


def group_name(group: str) -> str:
    """A group of a roll-up in words; those of Sunaert et al. (2009) as their table has them.

    >>> group_name("patients"), group_name("our_own_group")
    ('Patients', 'Our own group')
    """
    words = {
        "programme": say("Programme"),
        "professionals": say("Professionals"),
        "patients": say("Patients"),
        "social": say("Social context"),
        "econ_admin_org": say("Economic, administrative and organisational context"),
        "method": say("Method of implementation"),
    }
    return words.get(group, group.replace("_", " ").capitalize())


def speaks_here(source: str, here: Iterable[Cell]) -> bool | None:
    """Whether a source speaks on a row in the view of these cells; None where they do not say."""
    views = [
        cell.speaks_a if cell.source_a == source else cell.speaks_b
        for cell in here
        if source in (cell.source_a, cell.source_b)
    ]
    return next((view for view in views if view is not None), None)


def legend(*, with_sets: bool) -> list[tuple[str, str, str]]:
    """Every symbol with its word, and the code that gives it a colour."""
    codes = [(CODE_SYMBOL[code], word, code.value) for code, word in code_words().items()]
    valences = [(VALENCE_SYMBOL[valence], word, "") for valence, word in valence_words().items()]
    weights = [(PROMINENCE_SYMBOL[weight], word, "") for weight, word in prominence_words().items()]
    sets = [("4/6", say("of 6 sources 4 speak"), "")] if with_sets else []
    return [
        *codes,
        *valences,
        *weights,
        ("3", say("number of excerpts"), ""),
        *sets,
        ("", say("blank: does not speak"), ""),
    ]


def _source_cell(source: str, evidence: Evidence | None, speaks: bool | None) -> SourceCell:
    if evidence is None:
        if speaks:
            return SourceCell(say("{source}: speaks, as judged; no finding", source=source), valence="✓")
        return SourceCell(say("{source}: does not speak", source=source))
    count = len(evidence.excerpts)
    if speaks is False:
        said = say("{source}: has a finding, but was judged not to speak here", source=source)
        return SourceCell(said, valence="≠", count=str(count))
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


def _pair_cell(
    pair: tuple[str, str], cell: Cell | None, words: Mapping[ConvergenceCode, str], *, team: bool
) -> PairCell:
    name = say("{a} against {b}", a=pair[0], b=pair[1])
    if team and cell is not None and cell.code is None:
        return PairCell(say("{pair}: researchers differ, not settled", pair=name), symbol="≠")
    if cell is None or cell.code is None:
        return PairCell(say("{pair}: neither speaks", pair=name))
    said = say("{pair}: {code}", pair=name, code=words[cell.code])
    if cell.code is ConvergenceCode.UNDETERMINED and cell.judgement is None:
        said = say("{pair}: not judged yet", pair=name)
    if cell.assigned is None or cell.derived is None or cell.derived is cell.assigned:
        return PairCell(said, cell.code.value, CODE_SYMBOL[cell.code])
    rule = words[cell.derived]
    said = say("{said}, assigned; the rule gives {code}", said=said, code=rule)
    return PairCell(said, cell.code.value, CODE_SYMBOL[cell.code], changed=True)


def _set_cell(found: RowSet | None, sources: int) -> PairCell:
    if found is None or found.code is SetCode.NONE:
        return PairCell(say("Set of sources: no source speaks"))
    said = say(
        "Set of sources, derived: {code}; {n} of {of} sources speak",
        code=set_words()[found.code],
        n=found.coverage,
        of=sources,
    )
    symbol = f"{SET_SYMBOL[found.code]} {found.coverage}/{sources}"
    return PairCell(said, _SET_COLOUR[found.code].value, symbol)


def _rolled_source(source: str, one: RolledRow) -> SourceCell:
    directions = one.directions[source]
    if not one.speaks[source]:
        return SourceCell(say("{source}: no finding in these {n} rows", source=source, n=len(one.rows)))
    counts = ", ".join(f"{valence_words()[v]} {n}" for v, n in directions.items())
    return SourceCell(
        say(
            "{source}: findings on {n} of {of} rows: {counts}",
            source=source,
            n=one.speaks[source],
            of=len(one.rows),
            counts=counts or say("without direction"),
        ),
        lines=(
            *(("", f"{VALENCE_SYMBOL[v]} {n}") for v, n in directions.items()),
            ("", say("of {n}", n=one.speaks[source])),
        ),
    )


def _rolled_pair(pair: tuple[str, str], one: RolledRow) -> PairCell:
    name = say("{a} against {b}", a=pair[0], b=pair[1])
    codes = one.codes[pair]
    if not codes:
        return PairCell(say("{pair}: no code in these {n} rows", pair=name, n=len(one.rows)))
    counted = {code: f"{code_words()[code]} {n}" for code, n in codes.items()}
    undetermined = counted.pop(ConvergenceCode.UNDETERMINED, "")
    said = say(
        "{pair}: {counts}, of {n} rows with a code",
        pair=name,
        counts=", ".join(counted.values()) or "0",
        n=one.coded(pair),
    )
    return PairCell(
        f"{said}; {undetermined}" if undetermined else said,
        lines=tuple((code.value, f"{CODE_SYMBOL[code]}{n}") for code, n in codes.items()),
    )

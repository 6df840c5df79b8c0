"""The matrix as one page to print: A4 landscape, everything inside, nothing fetched, no script."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workbench.components.matrix import Heading, MatrixLine, PairCell, SourceCell
from workbench.messages import say
from workbench.views.drawing import escaped

_LEVEL_COLOURS = {
    "INN": "#2B70C6",
    "PRO": "#1A7254",
    "PAT": "#AA5113",
    "SOC": "#4D2060",
    "ORG": "#1C6276",
    "ECO": "#131ACA",
    "IMP": "#173A34",
}

_STYLE = """
@page { size: A4 landscape; margin: 9mm 9mm 12mm;
  @bottom-right { content: counter(page) " / " counter(pages); font: 7pt sans-serif; color: #5A6068; } }
* { box-sizing: border-box; }
html { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
body { margin: 0 auto; max-width: 279mm; color: #1E2226; background: #fff;
  font: 7.5pt/1.2 -apple-system, "Segoe UI", Inter, Roboto, "DejaVu Sans", sans-serif;
  font-variant-numeric: tabular-nums; }
h1 { font-size: 11pt; margin: 0; } header p, footer p { margin: 1pt 0; color: #5A6068; }
table { border-collapse: collapse; width: 100%; table-layout: fixed; margin: 4pt 0; }
thead { display: table-header-group; } tr { break-inside: avoid; }
th, td { padding: 0 2pt; height: 12.6pt; text-align: left; font-weight: 400; vertical-align: middle;
  border-bottom: .4pt solid #D9D5CA; overflow: hidden; }
thead th { vertical-align: bottom; font-weight: 600; border-bottom: .8pt solid #1E2226; font-size: 6.5pt; }
.level th { font-weight: 700; background: #F1EFE8; border-left: 3pt solid var(--level); color: var(--level);
  break-after: avoid; }
tbody { break-inside: auto; } .level { break-after: avoid; }
.theme { color: #5A6068; font-size: 6.5pt; }
.row th.words { line-height: 1.1; padding: 1pt 2pt; }
.pair, .whole { text-align: center; } .edge { border-left: .8pt solid #D9D5CA; }
.bars { font-size: 4.5pt; } .count { float: right; color: #5A6068; }
.symbol { font-family: "DejaVu Sans", "Segoe UI Symbol", "Apple Symbols", sans-serif; font-size: 8pt; }
.symbol.changed { border-bottom: .8pt dotted currentColor; }
.agreement { color: #0B625E; } .partial { color: #8A6100; } .silence { color: #5A6068; }
.dissonance { color: #B3261E; } .undetermined { color: #5A6068; }
.lines span { display: block; white-space: nowrap; font-size: 6.5pt; }
ul { list-style: none; margin: 3pt 0; padding: 0; display: flex; flex-wrap: wrap; gap: 1pt 9pt; }
ol { columns: 3; margin: 2pt 0; padding-left: 14pt; } footer { break-inside: avoid; }
@media screen { body { padding: 9mm; } }
"""


@dataclass(frozen=True)
class PrintedMatrix:
    """What the page shows: the table, its legend, and the lines that say what it is of."""

    title: str
    notes: Sequence[str]
    sources: Sequence[Heading]
    pairs: Sequence[Heading]
    whole: Heading | None
    lines: Sequence[MatrixLine]
    legend: Sequence[tuple[str, str, str]]
    by_level: bool


def printed(matrix: PrintedMatrix, *, language: str = "en") -> str:
    """The page as HTML; every text of people is escaped."""
    notes = "".join(f"<p>{escaped(note)}</p>" for note in matrix.notes)
    legend = "".join(
        f'<li><span class="symbol {code}">{escaped(symbol)}</span> {escaped(word)}</li>'
        for symbol, word, code in matrix.legend
    )
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        f"<title>{escaped(matrix.title)}</title><style>{_STYLE}{_foot(matrix.notes)}</style></head><body>"
        f"<header><h1>{escaped(matrix.title)}</h1></header>"
        f"<table>{_columns(matrix)}{_head(matrix)}<tbody>{_body(matrix)}</tbody></table>"
        f"<footer><ul>{legend}</ul>{notes}</footer></body></html>"
    )


def _foot(notes: Sequence[str]) -> str:
    """What the page is of, at the foot of every sheet; letters that CSS could read are written as numbers."""
    words = "".join(
        letter if letter.isalnum() or letter in " .,:;-" else f"\\{ord(letter):06x} "
        for letter in " · ".join(notes)
    )
    return f'@page {{ @bottom-left {{ content: "{words}"; font: 7pt sans-serif; color: #5A6068; }} }}'


def _columns(matrix: PrintedMatrix) -> str:
    """Millimetres: the statement takes what the others leave of 279."""
    source, pair = (13.5, 6) if len(matrix.pairs) > 10 else (19, 9)
    columns = ['<col style="width:24mm"><col>']
    columns += [f'<col style="width:{source}mm">'] * len(matrix.sources)
    columns += [f'<col style="width:{pair}mm">'] * len(matrix.pairs)
    columns += ['<col style="width:13mm">'] if matrix.whole is not None else []
    return f"<colgroup>{''.join(columns)}</colgroup>"


def _head(matrix: PrintedMatrix) -> str:
    cells = [f"<th>{escaped(say('Theme'))}</th>", f"<th>{escaped(say('Statement'))}</th>"]
    cells += [f"<th>{escaped(heading.short)}</th>" for heading in matrix.sources]
    cells += [
        f'<th class="pair{" edge" if n == 0 else ""}">{escaped(heading.short)}</th>'
        for n, heading in enumerate(matrix.pairs)
    ]
    if matrix.whole is not None:
        cells.append(f'<th class="whole edge">{escaped(matrix.whole.short)}</th>')
    return f"<thead><tr>{''.join(cells)}</tr></thead>"


def _body(matrix: PrintedMatrix) -> str:
    width = 2 + len(matrix.sources) + len(matrix.pairs) + (matrix.whole is not None)
    parts: list[str] = []
    level = None
    for line in matrix.lines:
        colour = _LEVEL_COLOURS.get(line.level, "#5A6068")
        if matrix.by_level and line.level_label and line.level_label != level:
            parts.append(
                f'<tr class="level" style="--level:{colour}"><th colspan="{width}" scope="rowgroup">'
                f"{escaped(line.level_label)}</th></tr>"
            )
        parts.append(_row(line, colour))
        level = line.level_label
    return "".join(parts)


def _row(line: MatrixLine, colour: str) -> str:
    cells = [
        f'<td class="theme" style="border-left:3pt solid {colour}">{escaped(line.theme_label)}</td>',
        f'<th class="words" scope="row">{escaped(line.words)}</th>',
        *(f"<td>{_source(cell)}</td>" for cell in line.sources),
        *(
            f'<td class="pair{" edge" if n == 0 else ""}">{_pair(cell)}</td>'
            for n, cell in enumerate(line.pairs)
        ),
    ]
    if line.whole is not None:
        cells.append(f'<td class="whole edge">{_pair(line.whole)}</td>')
    return f'<tr class="row">{"".join(cells)}</tr>'


def _source(cell: SourceCell) -> str:
    if cell.lines:
        return _lines(cell.lines)
    bars = f' <span class="bars">{escaped(cell.prominence)}</span>' if cell.prominence else ""
    count = f'<span class="count">{escaped(cell.count)}</span>' if cell.count else ""
    return f"{count}<b>{escaped(cell.valence)}</b>{bars}"


def _pair(cell: PairCell) -> str:
    if cell.lines:
        return _lines(cell.lines)
    changed = " changed" if cell.changed else ""
    return f'<span class="symbol {cell.code}{changed}">{escaped(cell.symbol)}</span>'


def _lines(lines: Sequence[tuple[str, str]]) -> str:
    inner = "".join(f'<span class="{code}">{escaped(text)}</span>' for code, text in lines)
    return f'<span class="lines">{inner}</span>'

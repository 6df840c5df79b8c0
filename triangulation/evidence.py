"""From a cell of the matrix back to the findings and quotes that it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from triangulation.models import ConvergenceMatrix, Excerpt, Finding, Row
from triangulation.sorting import sort_findings


@dataclass(frozen=True)
class Evidence:
    """What one source says on a row. ``excerpts`` are in order of document and place, each once."""

    row: Row
    source: str
    findings: tuple[Finding, ...]
    excerpts: tuple[Excerpt, ...]


def evidence_for(matrix: ConvergenceMatrix, findings: Iterable[Finding], row: Row, source: str) -> Evidence:
    """The findings of a source on a row of the matrix, and the quotes under them."""
    return _evidence(row, source, sort_findings(findings, rows=matrix.rows).findings(row, source))


def evidence_of_cells(
    matrix: ConvergenceMatrix, findings: Iterable[Finding]
) -> Mapping[tuple[Row, str], Evidence]:
    """What every source says on every row of the matrix; places without a finding are absent."""
    placed = sort_findings(findings, rows=matrix.rows).placed
    return {(row, source): _evidence(row, source, found) for (row, source), found in placed.items()}


def _evidence(row: Row, source: str, found: tuple[Finding, ...]) -> Evidence:
    quotes = dict.fromkeys(excerpt for finding in found for excerpt in finding.excerpts)
    return Evidence(row, source, found, tuple(sorted(quotes, key=_reading_order)))


def _reading_order(excerpt: Excerpt) -> tuple[bool, str, str, int, str]:
    """By document and place; words that stand in no document come last."""
    start = -1 if excerpt.start_char is None else excerpt.start_char
    return excerpt.document_id is None, excerpt.title, str(excerpt.document_id), start, excerpt.quote

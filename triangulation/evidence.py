"""From a cell of the matrix back to the findings and quotes that it rests on."""

from __future__ import annotations

from collections.abc import Iterable
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
    found = sort_findings(findings, rows=matrix.rows).findings(row, source)
    quotes = {
        (excerpt.title, excerpt.document_id, excerpt.start_char, excerpt.end_char): excerpt
        for finding in found
        for excerpt in finding.excerpts
    }
    return Evidence(row, source, found, tuple(quotes[place] for place in sorted(quotes)))

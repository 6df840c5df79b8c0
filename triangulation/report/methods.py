"""The methods paragraph: how the study was done, each number a count of what is stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from triangulation.assessment import proposes_code
from triangulation.convergence import RULE_WORDS
from triangulation.matrix import is_judged
from triangulation.models import ConvergenceCode, ConvergenceMatrix, Finding
from triangulation.report.material import CodebookSummary, CoderAgreement, CodingCounts, SourceSummary
from triangulation.report.numbers import Counted
from triangulation.report.rows import place_of
from triangulation.researchers import ResearcherComparison


@dataclass(frozen=True)
class Methods:
    """The methods paragraph; ``counts`` holds every number that stands in it, by name."""

    sentences: tuple[str, ...]
    counts: Mapping[str, float]

    @property
    def text(self) -> str:
        """The paragraph."""
        return " ".join(self.sentences)


def methods_of(
    sources: Sequence[SourceSummary],
    codebook: CodebookSummary | None,
    coding: CodingCounts | None,
    agreement: CoderAgreement | None,
    findings: Sequence[Finding],
    matrix: ConvergenceMatrix,
    comparison: ResearcherComparison,
) -> Methods:
    """The methods paragraph of a study, from what is stored of it."""
    n = Counted()
    sentences = [
        f"The study draws on {n('sources', len(sources), 'data source')} with "
        f"{n('documents', sum(source.documents for source in sources), 'document')}.",
        *_coding_sentences(n, codebook, coding, agreement),
        *_finding_sentences(n, findings, matrix),
        *_judging_sentences(n, matrix, comparison),
    ]
    return Methods(tuple(sentences), n.counts)


def _coding_sentences(
    n: Counted,
    codebook: CodebookSummary | None,
    coding: CodingCounts | None,
    agreement: CoderAgreement | None,
) -> list[str]:
    sentences = []
    if coding is not None and coding.codings:
        sentences.append(
            f"{n('coders', len(coding.coders), 'coder')} made {n('codings', coding.codings, 'coding')} "
            f"in {n('coded documents', coding.documents, 'document')}."
        )
    if codebook is not None:
        n.counts["codebook version"] = codebook.version
        sentences.append(
            f"The codebook was {codebook.name}, version {codebook.version}, with "
            f"{n('levels', codebook.levels, 'level')} and {n('themes', codebook.themes, 'theme')}."
        )
    if coding is not None and coding.double_coded:
        several = n("double coded", coding.double_coded, "document was", "documents were")
        sentences.append(f"{several} coded by two or more coders independently.")
    if agreement is not None:
        sentences.append(
            "Coder agreement was computed from the codings as they stood before discussion, "
            f"per {agreement.unit}, over {n('agreement units', agreement.n_units, 'unit')} of "
            f"{n('agreement documents', agreement.documents, 'document')} and "
            f"{n('agreement coders', len(agreement.coders), 'coder')}."
        )
    return sentences


def _finding_sentences(n: Counted, findings: Sequence[Finding], matrix: ConvergenceMatrix) -> list[str]:
    if not findings:
        return ["No finding was written; the matrix rests on the researchers' judgements alone."]
    quotes = {place_of(excerpt) for finding in findings for excerpt in finding.excerpts}
    without = sum(not finding.excerpts for finding in findings)
    themes = {finding.row.theme for finding in findings}
    return [
        f"{n('findings', len(findings), 'finding')} on {n('themes with findings', len(themes), 'theme')} "
        f"{'was' if len(findings) == 1 else 'were'} sorted per data source, resting on "
        f"{n('quotes', len(quotes), 'quote')}; {n('findings without a quote', without, 'finding')} "
        f"{'has' if without == 1 else 'have'} no quote."
    ]


def _judging_sentences(n: Counted, matrix: ConvergenceMatrix, comparison: ResearcherComparison) -> list[str]:
    if not matrix.researchers:
        return ["The convergence of the sources has not been judged yet."]
    judged = sum(is_judged(cell.judgement) for cell in matrix.cells)
    people = len(matrix.researchers)
    sentences = [
        f"Following the triangulation protocol of Farmer and colleagues, "
        f"{n('researchers', people, 'researcher')} {'judged' if people == 1 else 'each judged alone'} "
        f"{n('pairs', len(matrix.pairs), 'pair')} of sources on {n('rows', len(matrix.rows), 'row')} "
        f"(statements under themes) and recorded {n('judgements', judged, 'comparison')}.",
        "Silence was decided first, from whether each source speaks on the row.",
        f"Where both sources speak, the rule “{matrix.rule.value}” turned the comparison of meaning, "
        f"prominence, coverage and examples into a code: {RULE_WORDS[matrix.rule]}.",
    ]
    changed = sum(
        cell.assigned is not None and proposes_code(cell) and cell.assigned is not cell.derived
        for cell in matrix.cells
    )
    direct = sum(cell.assigned is not None and not proposes_code(cell) for cell in matrix.cells)
    open_cells = sum(cell.code is ConvergenceCode.UNDETERMINED for cell in matrix.cells)
    sentences.append(
        f"The researchers assigned another code than the rule proposed in {n('changed', changed, 'cell')}, "
        f"and a code without one being proposed in {n('direct', direct, 'cell')}; "
        f"{n('undetermined', open_cells, 'cell')} {'is' if open_cells == 1 else 'are'} undetermined "
        "and left out of every coefficient."
    )
    both = comparison.both_speak
    if people > 1 and both.n_pairs:
        sentences.append(
            "Where both researchers of a pair hold that both sources speak, they gave the same code in "
            f"{n.share('same code', both.agreeing_pairs, both.n_pairs)} comparisons."
        )
    return sentences

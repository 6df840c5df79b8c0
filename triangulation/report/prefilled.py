"""Answers to reporting standards that the stored data give; nothing is invented, an unknown stays empty."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from triangulation.report.content import TriangulationReport
from triangulation.report.material import ItemAnswer, SourceSummary
from triangulation.report.wording import counted, listed, share

_Found = Callable[[TriangulationReport], ItemAnswer | None]


def prefilled(report: TriangulationReport, standard: str) -> dict[int, ItemAnswer]:
    """Item number → answer from the data, with where it comes from."""
    found = {number: answer(report) for number, answer in _ANSWERS[standard].items()}
    return {number: answer for number, answer in found.items() if answer is not None}


def answers(report: TriangulationReport, standard: str) -> dict[int, ItemAnswer]:
    """Prefilled answers, and those of people, which win."""
    return {**prefilled(report, standard), **report.around.answers.get(standard, {})}


def _participants(report: TriangulationReport) -> ItemAnswer | None:
    told = [
        f"{source.label}: {_people(source) or counted(source.documents, 'document')}"
        for source in report.sources
        if _people(source) or source.documents
    ]
    return _answer(told, "data sources")


def _people(source: SourceSummary) -> str:
    """Who took part, as the team wrote it and as the table of participants tells it."""
    return "; ".join(filter(None, (source.participants, source.people)))


def _sample(report: TriangulationReport) -> ItemAnswer | None:
    told = [
        f"{source.label}: {', '.join(filter(None, (source.kind, _people(source), source.period)))}"
        for source in report.sources
        if _people(source) or source.period
    ]
    return _answer(told, "data sources")


def _collectors(report: TriangulationReport) -> ItemAnswer | None:
    told = [
        f"{source.label}: {listed(list(source.collected_by))}"
        for source in report.sources
        if source.collected_by
    ]
    return _answer(told, "data sources")


def _setting(report: TriangulationReport) -> ItemAnswer | None:
    sites = dict.fromkeys(
        site
        for row in report.rows
        for one in row.sources
        for finding, _ in one.findings
        for site in finding.sites
    )
    return _answer([f"Sites that findings name: {listed(list(sites))}"] if sites else [], "findings")


def _guides(report: TriangulationReport) -> ItemAnswer | None:
    told = [f"{source.label}: {listed(list(source.guides))}" for source in report.sources if source.guides]
    return _answer(told, "guides of the data sources")


def _orientation(report: TriangulationReport) -> ItemAnswer | None:
    if not report.researchers:
        return None
    return ItemAnswer(f"Triangulation after Farmer and colleagues (2006), rule “{report.rule}”", "protocol")


def _questions(report: TriangulationReport) -> ItemAnswer | None:
    protocol = report.around.protocol
    asked = protocol.page.questions if protocol is not None else ()
    return _answer(asked or filter(None, [report.question]), "protocol")


def _coders(report: TriangulationReport) -> ItemAnswer | None:
    coding = report.coding
    if coding is None:
        return None
    apart = f"; {counted(coding.double_coded, 'document')} by several apart" if coding.double_coded else ""
    return ItemAnswer(f"{len(coding.coders)}: {listed(list(coding.coders))}{apart}", "codings")


def _tree(report: TriangulationReport) -> ItemAnswer | None:
    book = report.codebook
    if book is None:
        return None
    return ItemAnswer(
        f"{book.name}, version {book.version}: {counted(book.levels, 'level')}, "
        f"{counted(book.themes, 'theme')}; printed in the section Codebook",
        "codebook",
    )


def _derivation(report: TriangulationReport) -> ItemAnswer | None:
    book = report.codebook
    if book is None or not book.codes:
        return None
    return ItemAnswer(
        f"Themes of the codebook {book.name}, in its version {book.version}; what coders proposed stands in "
        "its history",
        "codebook",
    )


def _software(report: TriangulationReport) -> ItemAnswer | None:
    audit = report.around.audit
    return None if audit is None else ItemAnswer(f"Trigpoint {audit.app_version}", "the program")


def _feedback(report: TriangulationReport) -> ItemAnswer | None:
    told = [
        f"{group.name}: {counted(len(group.register.invited), 'person', 'people')} invited, "
        f"{len(group.register.answered)} answered"
        for group in report.around.feedback
    ]
    return _answer(told, "feedback")


def _quotes(report: TriangulationReport) -> ItemAnswer | None:
    if not report.quotes:
        return None
    placed = sum(quote.start_char is not None for quote in report.quotes)
    named = sum(bool(quote.speaker) for quote in report.quotes)
    return ItemAnswer(
        f"{counted(len(report.quotes), 'quote')}: {share(placed, len(report.quotes))} with document and "
        f"position, {share(named, len(report.quotes))} with a speaker",
        "findings",
    )


def _major(report: TriangulationReport) -> ItemAnswer | None:
    return _answer(_important(report, "main"), "importance as judged, or as sorted")


def _minor(report: TriangulationReport) -> ItemAnswer | None:
    return _answer(_important(report, "minor"), "importance as judged, or as sorted")


def _important(report: TriangulationReport, kind: str) -> list[str]:
    """Rows that all who said so hold for main, or for minor; where nobody judged, as findings say."""
    held: dict[object, set[str]] = {}
    for one in report.around.importances:
        held.setdefault(one.row, set()).add(one.importance)
    named = []
    for row in report.rows:
        sorted_as = {finding.importance for one in row.sources for finding, _ in one.findings} - {None}
        if (held.get(row.row) or sorted_as) == {kind}:
            named.append(row.statement)
    return named


def _double_coding(report: TriangulationReport) -> ItemAnswer | None:
    told = []
    if report.coding is not None and report.coding.double_coded:
        told.append(f"{counted(report.coding.double_coded, 'document')} coded by several apart")
    if len(report.researchers) > 1:
        told.append(f"{len(report.researchers)} researchers judged apart")
    if report.around.resolutions:
        told.append(
            f"{counted(len(report.around.resolutions), 'difference')} talked about, each with a reason"
        )
    if report.around.audit is not None:
        told.append("every change kept in a log")
    return _answer(told, "codings, judgements, log")


def _limitations(report: TriangulationReport) -> ItemAnswer | None:
    return ItemAnswer("Section Limitations that the data imply", "this report") if report.rows else None


def _answer(told: Iterable[str], origin: str) -> ItemAnswer | None:
    said = "; ".join(told)
    return ItemAnswer(said, origin) if said else None


_ANSWERS: Mapping[str, Mapping[int, _Found]] = MappingProxyType(
    {
        "coreq": {
            1: _collectors,
            9: _orientation,
            12: _participants,
            14: _setting,
            16: _sample,
            17: _guides,
            24: _coders,
            25: _tree,
            26: _derivation,
            27: _software,
            28: _feedback,
            29: _quotes,
            31: _major,
            32: _minor,
        },
        "srqr": {
            4: _questions,
            5: _orientation,
            7: _setting,
            10: _collectors,
            11: _guides,
            12: _participants,
            14: _coders,
            15: _double_coding,
            17: _quotes,
            19: _limitations,
        },
    }
)

"""How far coders agree: ``trigpoint agree``, and agreement cases."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from workbench.cli.calls import FAULT, LEAVES, Call, InputFile, at_study, command, names_in, taking
from workbench.cli.leaving import leaving
from workbench.cli.output import one_line, say, write_json, write_table

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from codebook.agreement import Agreement
    from codebook.agreement.breakdown import Part
    from codebook.agreement.cases import CaseResult
    from store.studies import Member
    from workbench.services.agreement import CodeAgreement, CoderAgreement
    from workbench.services.agreement_spans import SpanAgreement


def add_to(app: typer.Typer) -> None:
    command(app, "agree")(agree)
    command(app, "check-cases", of_study=False)(check_cases)


def agree(
    call: Call,
    round_name: Annotated[
        str | None, typer.Option("--round", help="The round; needed where several are revealed.")
    ] = None,
    unit: Annotated[
        Literal["section", "sentence", "document", "character"],
        typer.Option(help="Paragraphs and turns, sentences, documents, or characters as NVivo counts."),
    ] = "section",
    coders: Annotated[str | None, typer.Option(help="Some of its coders, separated by commas.")] = None,
    out: Annotated[
        Path | None,
        typer.Option(help="Also write the appendix for a publication: .docx, .html or .xlsx."),
        LEAVES,
    ] = None,
) -> None:
    """Agreement between coders on each code and on passages, when the round is revealed.

    Counted from what each coder had coded on finishing. Percent, prevalence and positive agreement are
    shares from 0 to 1; the interval of alpha is of 95 %, drawn over documents.
    """
    from workbench.services.agreement import agreement_of_round
    from workbench.services.agreement_files import write_appendix
    from workbench.services.agreement_spans import passages_of_round

    with at_study(call) as (engine, actor):
        names = names_in(coders) if coders else None
        found = agreement_of_round(engine, actor, round_name, unit=unit, coders=names)
        passages = passages_of_round(engine, actor, found.round.name, coders=names)
        titles = _titles(engine, actor)
        if out is not None:
            with leaving(call, engine, actor, "agreement", out) as path:
                write_appendix(engine, actor, found.round.name, path, unit=unit, coders=names)
    if call.json:
        write_json(
            {
                "round": found.round.name,
                "unit": found.unit,
                "n_units": found.n_units,
                "n_documents": found.n_documents,
                "coders": found.coders,
                "codes": [_measures(code) for code in found.codes],
                "levels": [_measures(code) for code in found.levels],
                "pooled": _pooled(found.pooled),
                "pooled_levels": _pooled(found.pooled_levels),
                "pairs": [{"coders": [a, b], **_part(part, (a, b))} for a, b, part in found.breakdown.pairs],
                "kinds": [{"kind": p.name, **_part(p, found.coders)} for p in found.breakdown.kinds],
                "by_document": [
                    {"document": p.name, "title": titles[p.name], **_part(p, found.coders)}
                    for p in found.breakdown.documents
                ],
                "without": dict(found.breakdown.without),
                "spans": [_spans(entry) for entry in passages.codes],
                "spans_of_any_code": _spans(passages.whole),
                "spans_by_level": [
                    {
                        "level": group.level.key,
                        "cu_alpha": group.cu_alpha.value,
                        "coverage": group.cu_alpha.coverage,
                        "reason": group.cu_alpha.reason,
                        "ku_alpha": {key: answer.value for key, answer in group.by_code.items()},
                    }
                    for group in passages.groups
                ],
                "valence": {
                    "alpha": passages.valence.alpha.value,
                    "ac1": passages.valence.ac1.value,
                    "reason": passages.valence.alpha.reason,
                    "n": passages.valence.n_matched,
                    "not_given": passages.valence.n_not_given,
                },
                "gain": found.gain,
                "confused": [
                    {"codes": [pair.first, pair.second], "units": pair.confused} for pair in found.confused
                ],
                "warnings": found.warnings,
                "path": None if out is None else str(out),
            }
        )
    else:
        _tell_agreement(found)


def check_cases(call: Call, file: InputFile) -> None:
    """Run agreement cases: small data sets with the value that a coefficient must give.

    What is not computed is unsupported, not failed. The exit status is 1 when a case failed.
    """
    from codebook.agreement import cases
    from codebook.errors import CodebookError

    counts: Counter[bool | None] = Counter()
    with taking(CodebookError):
        for result in cases.check_cases(file):
            counts[result.passed] += 1
            write_json(asdict(result)) if call.json else _tell_case(result)
    total = {"passed": counts[True], "failed": counts[False], "unsupported": counts[None]}
    if call.json:
        write_json(total)
    else:
        say(", ".join(f"{number} {name}" for name, number in total.items()))
    if counts[False]:
        raise typer.Exit(FAULT)


def _measures(code: "CodeAgreement") -> dict[str, Any]:
    measures = code.measures
    return {
        "code": code.code.key,
        "n": measures.n,
        "prevalence": measures.prevalence,
        "percent": measures.percent,
        "positive_agreement": measures.positive_agreement,
        "kappa": measures.kappa,
        "alpha": measures.alpha,
        "alpha_low": measures.alpha_low,
        "alpha_high": measures.alpha_high,
        "ac1": measures.ac1,
        "reasons": dict(measures.reasons),
        "remarks": measures.remarks,
        "interval": measures.interval,
        "codings": code.counts,
        "disagreements": {kind.value: number for kind, number in code.kinds.items()},
    }


def _pooled(answer: "Agreement") -> dict[str, Any]:
    return {
        "alpha": answer.value,
        "alpha_low": answer.low,
        "alpha_high": answer.high,
        "n": answer.n,
        "prevalence": answer.prevalence,
        "interval": answer.interval,
        "reason": answer.reason or answer.interval_reason,
    }


def _part(part: "Part", coders: Sequence[str]) -> dict[str, Any]:
    return {
        "n": part.n_units,
        "positive": dict(zip(coders, part.positive, strict=True)),
        "alpha": part.alpha,
        "reason": part.reason,
    }


def _spans(entry: "SpanAgreement") -> dict[str, Any]:
    return {
        "code": None if entry.code is None else entry.code.key,
        **{name: found.value for name, found in entry.measures.items()},
        "ends_apart": entry.offset,
        "coverage": entry.measures["cu_alpha"].coverage,
        "spans": dict(entry.n_spans),
        "reasons": entry.reasons,
    }


def _titles(engine: "Engine", actor: "Member") -> dict[Any, str]:
    from workbench.services.documents import list_documents

    return {document.id: document.title for document in list_documents(engine, actor)}


def _tell_agreement(found: "CoderAgreement") -> None:
    say(
        f"Round '{found.round.name}', {', '.join(found.coders)}: {found.n_units:,} units ({found.unit}) "
        f"in {found.n_documents:,} documents"
    )
    columns = ("code", "n", "prevalence", "percent", "positive", "kappa", "alpha", "low", "high", "AC1")
    measured = [(code.code.key, code.measures) for code in found.codes]
    write_table(
        columns,
        [
            (
                key,
                m.n,
                m.prevalence,
                m.percent,
                m.positive_agreement,
                m.kappa,
                m.alpha,
                m.alpha_low,
                m.alpha_high,
                m.ac1,
            )
            for key, m in measured
        ],
    )
    for key, m in measured:
        for measure, reason in m.reasons.items():
            say(f"{key}, {measure}: {reason}")


def _tell_case(result: "CaseResult") -> None:
    verdict = {True: "passed", False: "FAILED", None: "unsupported"}[result.passed]
    value = "no value" if result.value is None else _figures(result.value)
    told = f"{verdict:<11}  {one_line(result.name)}  {result.metric}: {value}, expected {result.expected}"
    typer.echo(told + (f" ({one_line(result.reason)})" if result.reason else ""))


def _figures(value: Any) -> str:
    """A number, or several in a list or under the labels that they belong to, with six decimals."""
    if isinstance(value, dict):
        return ", ".join(f"{one_line(str(label))} {_figures(number)}" for label, number in value.items())
    if isinstance(value, list):
        return " to ".join(map(_figures, value))
    return "no value" if value is None else f"{value:.6f}"

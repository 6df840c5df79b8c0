"""Double coding: ``trigpoint round``, agreement between coders, and agreement cases."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from workbench.cli.calls import (
    FAULT,
    Call,
    InputFile,
    at_study,
    command,
    make_group,
    names_in,
    taking,
)
from workbench.cli.output import one_line, say, write_json, write_table

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from codebook.agreement.cases import CaseResult
    from store.studies import Member
    from workbench.services.agreement import CodeAgreement, CoderAgreement
    from workbench.services.rounds import RoundView

Name = Annotated[str | None, typer.Option("--name", help="The round; needed where there are several.")]

#: Measures of spans come with a later release; scripts find their place already.
_NO_SPANS: dict[str, Any] = {"spans": [], "reasons": {"spans": "not yet"}}


def add_to(app: typer.Typer) -> None:
    rounds = make_group(app, "Double coding in rounds.", name="round")
    command(rounds, "open")(open_round)
    command(rounds, "finish")(finish)
    command(rounds, "reopen")(reopen)
    command(rounds, "reveal")(reveal)
    command(rounds, "list")(list_rounds)
    command(app, "agree")(agree)
    command(app, "check-cases", of_study=False)(check_cases)


def open_round(
    call: Call,
    name: Annotated[str, typer.Option(help="Its name.")],
    coders: Annotated[str, typer.Option(help="Names, separated by commas; two or more.")],
    blind: Annotated[
        bool, typer.Option("--blind", help="Nobody sees another's codings before the reveal.")
    ] = False,
    documents: Annotated[
        list[str] | None,
        typer.Option(help="Ids or titles, by commas or by repeating the option; else all documents."),
    ] = None,
) -> None:
    """Open a round for two or more coders; the lead does this."""
    from workbench.services import rounds

    with at_study(call) as (engine, actor):
        chosen = _document_names(engine, actor, documents) if documents else None
        opened = rounds.open_round(
            engine, actor, name, coders=names_in(coders), blind=blind, document_names=chosen
        )
        _show(call, engine, actor, opened.name)


def finish(
    call: Call,
    name: Name = None,
    document: Annotated[str | None, typer.Option(help="Id or title; else all that are left.")] = None,
) -> None:
    """Finish documents of a round: your codings of them are frozen."""
    from workbench.services import rounds

    with at_study(call) as (engine, actor):
        frozen = rounds.finish(engine, actor, name, document=document)
        if not call.json:
            say(
                f"Finished {frozen.documents:,} documents with {frozen.codings:,} codings, "
                f"{frozen.without_valence:,} of them without valence."
            )
        _show(call, engine, actor, name, finished=asdict(frozen))


def reopen(
    call: Call,
    coder: Annotated[str, typer.Option(help="Whose document.")],
    document: Annotated[str, typer.Option(help="Id or title.")],
    reason: Annotated[str, typer.Option(help="Why; it will stand in the log.")],
    name: Name = None,
) -> None:
    """Let a coder go on with a finished document; the lead does this."""
    from workbench.services import rounds

    with at_study(call) as (engine, actor):
        found = rounds.find_round(engine, actor, name)
        rounds.reopen(engine, actor, found.name, coder=coder, document=document, reason=reason)
        _show(call, engine, actor, found.name)


def reveal(call: Call, name: Name = None) -> None:
    """Show everyone's codings to all, when all have finished; the lead does this, and it can't be undone."""
    from workbench.services import rounds

    with at_study(call) as (engine, actor):
        _show(call, engine, actor, rounds.reveal(engine, actor, name).name)


def list_rounds(call: Call) -> None:
    """List the rounds of the study, each as far as you may know it."""
    from workbench.services import rounds

    with at_study(call) as (engine, actor):
        views = rounds.rounds_of(engine, actor)
        documents = _document_ids(engine, actor)
    if call.json:
        write_json([_round(view, documents) for view in views])
        return
    write_table(
        ("round", "state", "blind", "documents", "finished"),
        [
            (
                view.round.name,
                view.state,
                view.round.blind,
                len(view.round.documents),
                ", ".join(f"{p.coder} {'?' if p.finished is None else p.finished}" for p in view.progress),
            )
            for view in views
        ],
    )


def agree(
    call: Call,
    round_name: Annotated[
        str | None, typer.Option("--round", help="The round; needed where several are revealed.")
    ] = None,
    unit: Annotated[
        Literal["section", "document"], typer.Option(help="Paragraphs and turns, or whole documents.")
    ] = "section",
    coders: Annotated[str | None, typer.Option(help="Some of its coders, separated by commas.")] = None,
) -> None:
    """Agreement between coders on each code, when the round is revealed.

    Counted from what each coder had coded on finishing. Percent, prevalence and positive agreement are
    shares from 0 to 1; the interval of alpha is of 95 %, drawn over documents.
    """
    from workbench.services.agreement import agreement_of_round

    with at_study(call) as (engine, actor):
        found = agreement_of_round(
            engine, actor, round_name, unit=unit, coders=names_in(coders) if coders else None
        )
    if call.json:
        write_json(
            {
                "round": found.round.name,
                "unit": found.unit,
                "n_units": found.n_units,
                "n_documents": found.n_documents,
                "coders": found.coders,
                "codes": [_measures(code) for code in found.codes],
                **_NO_SPANS,
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


def _document_names(engine: "Engine", actor: "Member", given: Sequence[str]) -> list[str]:
    """What was given, each a document or several between commas: titles may hold commas of their own."""
    from workbench.services.documents import list_documents

    listed = list_documents(engine, actor)
    known = {document.title for document in listed} | {str(document.id) for document in listed}
    return [name for part in given for name in ([part] if part in known else names_in(part))]


def _document_ids(engine: "Engine", actor: "Member") -> dict[Any, Any]:
    from workbench.services.documents import list_documents

    return {document.version_id: document.id for document in list_documents(engine, actor)}


def _show(call: Call, engine: "Engine", actor: "Member", name: str | None, **more: Any) -> None:
    """The round after the act, as the person who acted may see it."""
    from workbench.services import rounds

    found = rounds.find_round(engine, actor, name)
    view = next(view for view in rounds.rounds_of(engine, actor) if view.round.id == found.id)
    if call.json:
        write_json(_round(view, _document_ids(engine, actor)) | more)
        return
    blindness = "blind" if found.blind else "coders see each other's codings"
    say(
        f"Round '{found.name}' is {view.state} ({blindness}): "
        f"{len(found.documents):,} documents, coders {', '.join(c.name for c in found.coders)}."
    )


def _round(view: "RoundView", documents: dict[Any, Any]) -> dict[str, Any]:
    return {
        "round": view.round.name,
        "state": view.state,
        "coders": [coder.name for coder in view.round.coders],
        "documents": [documents[version] for version in view.round.documents if version in documents],
        "blind": view.round.blind,
        "progress": [asdict(progress) for progress in view.progress],
    }


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
    }


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

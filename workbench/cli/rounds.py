"""Double coding in rounds: ``trigpoint round``."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from workbench.cli.calls import (
    Call,
    at_study,
    command,
    make_group,
    names_in,
)
from workbench.cli.output import say, write_json, write_table

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from store.studies import Member
    from workbench.services.rounds import RoundView

Name = Annotated[str | None, typer.Option("--name", help="The round; needed where there are several.")]


def add_to(app: typer.Typer) -> None:
    rounds = make_group(app, "Double coding in rounds.", name="round")
    command(rounds, "open")(open_round)
    command(rounds, "finish")(finish)
    command(rounds, "reopen")(reopen)
    command(rounds, "reveal")(reveal)
    command(rounds, "list")(list_rounds)


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
    purpose: Annotated[
        Literal["reliability", "calibration"],
        typer.Option(help="Whether it is revealed as a whole, or document by document."),
    ] = "reliability",
) -> None:
    """Open a round for two or more coders; the lead does this."""
    from workbench.services import rounds

    with at_study(call) as (engine, actor):
        chosen = _document_names(engine, actor, documents) if documents else None
        opened = rounds.open_round(
            engine, actor, name, coders=names_in(coders), blind=blind, document_names=chosen, purpose=purpose
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


def reveal(
    call: Call,
    name: Name = None,
    document: Annotated[
        str | None, typer.Option(help="Id or title: only this one; in a calibration round.")
    ] = None,
) -> None:
    """Show everyone's codings to all, when all have finished; the lead does this, and it can't be undone."""
    from workbench.services import rounds

    with at_study(call) as (engine, actor):
        found = (
            rounds.reveal(engine, actor, name)
            if document is None
            else rounds.reveal_document(engine, actor, name, document)
        )
        _show(call, engine, actor, found.name)


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
        "purpose": view.round.purpose,
        "revealed": [
            documents[version]
            for version in view.round.documents
            if version in documents and view.round.is_shown(version)
        ],
        "progress": [asdict(progress) for progress in view.progress],
    }

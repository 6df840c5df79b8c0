"""Who speaks under which label, and attributes of documents and participants."""

from typing import TYPE_CHECKING, Annotated

import typer

from workbench.cli.calls import REFUSED, Call, InputFile, Out, at_study, command, make_group
from workbench.cli.leaving import leaving
from workbench.cli.output import say, write_json, write_table

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import Engine

    from store.studies import Member


def add_to(app: typer.Typer) -> None:
    people = make_group(app, "Who speaks in the documents; persons and sites.", name="participants")
    command(people, "list")(list_participants)
    command(people, "assign")(assign)
    command(people, "add")(add)
    command(people, "link")(link)
    command(people, "merge")(merge)
    attributes = make_group(app, "What is said of documents and participants.", name="attributes")
    command(attributes, "import")(import_attributes)
    command(attributes, "export")(export_attributes)


def list_participants(call: Call) -> None:
    """List the labels under which somebody speaks, and the persons and sites."""
    from workbench.services.participants import people_of

    with at_study(call) as (engine, actor):
        found = people_of(engine, actor)
    if call.json:
        write_json(
            {
                "labels": [
                    {
                        "label": label.label,
                        "turns": label.turns,
                        "words": label.words,
                        "participants": label.participants,
                        "looks_like": label.looks_like,
                        "documents": [
                            {
                                "document": one.document_id,
                                "title": one.title,
                                "turns": one.turns,
                                "words": one.words,
                                "participant": one.participant,
                            }
                            for one in label.documents
                        ],
                    }
                    for label in found.labels
                ],
                "participants": [
                    {
                        "participant": case.participant.id,
                        "name": case.participant.name,
                        "kind": case.participant.kind,
                        "role": case.participant.role,
                        "group": case.participant.group,
                        "labels": sorted({alias.label for alias in case.labels}),
                        "documents": [document.id for document in case.documents],
                        "turns": case.turns,
                        "words": case.words,
                        "attributes": dict(case.attributes),
                    }
                    for case in found.cases
                ],
            }
        )
        return
    write_table(
        ("label", "who it is", "turns", "words", "documents"),
        [
            (label.label, ", ".join(label.participants), label.turns, label.words, len(label.documents))
            for label in found.labels
        ],
    )
    write_table(
        ("name", "kind", "role", "group", "documents", "turns", "words"),
        [
            (
                case.participant.name,
                case.participant.kind,
                case.participant.role,
                case.participant.group,
                len(case.documents),
                case.turns,
                case.words,
            )
            for case in found.cases
        ],
    )
    say(f"{len(found.labels):,} labels, {len(found.cases):,} persons and sites")


def assign(
    call: Call,
    labels: Annotated[list[str], typer.Argument(metavar="LABEL", help="Labels as the texts have them.")],
    to: Annotated[str, typer.Option(help="The person or site; added where the name is new.")],
    document: Annotated[
        list[str] | None,
        typer.Option(metavar="DOCUMENT", help="Only in this document (id or title); may be repeated."),
    ] = None,
    kind: Annotated[str, typer.Option(help="Of a new participant: person or site.")] = "person",
) -> None:
    """Say who speaks under some labels, in all documents or in those named."""
    from workbench.services.documents import document_named, list_documents
    from workbench.services.participants import assign_labels

    with at_study(call) as (engine, actor):
        listed = list_documents(engine, actor)
        wanted = [document_named(listed, name).id for name in document or ()]
        made = assign_labels(engine, actor, labels, to, document_ids=wanted or None, kind=kind)
    if call.json:
        write_json({"participant": made})
        return
    where = f"in {len(wanted)} documents" if wanted else "in all documents"
    say(f"{', '.join(labels)}: {to}, {where}")


def add(
    call: Call,
    name: Annotated[str, typer.Argument(help="A name or pseudonym.")],
    kind: Annotated[str, typer.Option(help="person or site.")] = "person",
    role: Annotated[str, typer.Option(help="GP, nurse, interviewer, …")] = "",
    group: Annotated[str, typer.Option(help="Region, arm, …")] = "",
) -> None:
    """Add a person or site."""
    from workbench.services.participants import add_participant

    with at_study(call) as (engine, actor):
        made = add_participant(engine, actor, name, kind=kind, role=role, group=group)
    write_json({"participant": made}) if call.json else say(f"{name}: a {kind}")


def link(
    call: Call,
    documents: Annotated[list[str], typer.Argument(metavar="DOCUMENT", help="Documents, by id or title.")],
    to: Annotated[str, typer.Option(help="The person or site that they are about, or from.")],
) -> None:
    """Say that documents are about, or from, a person or site."""
    from workbench.services.documents import document_named, list_documents
    from workbench.services.participants import link_documents

    with at_study(call) as (engine, actor):
        listed = list_documents(engine, actor)
        wanted = [document_named(listed, name).id for name in documents]
        linked = link_documents(engine, actor, wanted, _called(engine, actor, to))
    if call.json:
        write_json({"linked": linked, "same": len(wanted) - linked})
        return
    say(f"{linked:,} documents linked to {to}, {len(wanted) - linked:,} were already")


def merge(
    call: Call,
    names: Annotated[
        list[str], typer.Argument(metavar="NAME", help="Those who are the same person or site.")
    ],
    into: Annotated[str, typer.Option(help="The one that stays, with its name.")],
) -> None:
    """Say that several participants are one; labels and links go over to the one that stays."""
    from workbench.services.participants import merge_participants

    with at_study(call) as (engine, actor):
        stays = _called(engine, actor, into)
        others = [_called(engine, actor, name) for name in names]
        merge_participants(engine, actor, stays, [each for each in others if each != stays])
    write_json({"participant": stays}) if call.json else say(f"{', '.join(names)}: {into}")


def _called(engine: "Engine", actor: "Member", name: str) -> "UUID":
    """The participant of a name or id."""
    from workbench.services.errors import NotThere
    from workbench.services.participants import people_of

    for case in people_of(engine, actor).cases:
        if name == str(case.participant.id) or name.casefold() == case.participant.name.casefold():
            return case.participant.id
    raise NotThere(f"There is no participant '{name}'. 'trigpoint participants list' lists them.")


def import_attributes(call: Call, file: InputFile) -> None:
    """Set attributes from a CSV file: document or participant, name, value.

    Rows that cannot be taken are refused with their reason, and the others count; the exit status is then 3.
    """
    from workbench.services import participants

    with at_study(call) as (engine, actor):
        taken = participants.import_attributes(engine, actor, file)
    if call.json:
        write_json({"set": taken.set, "same": taken.same, "refused": taken.refused})
    else:
        for reason in taken.refused:
            typer.echo(reason)
    say(f"{taken.set:,} values set, {taken.same:,} as they were, {len(taken.refused):,} rows refused")
    if taken.refused:
        raise typer.Exit(REFUSED)


def export_attributes(call: Call, out: Out) -> None:
    """Write the attributes of documents and participants as CSV, one value a row."""
    from workbench.services.participants import attributes_file

    with at_study(call) as (engine, actor), leaving(call, engine, actor, "attributes", out) as path:
        path.write_bytes(attributes_file(engine, actor))
    write_json({"path": str(out)}) if call.json else say(f"attributes in {out}")

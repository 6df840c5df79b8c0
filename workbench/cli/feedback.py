"""Feedback of stakeholder groups: ``trigpoint feedback``."""

from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from workbench.cli.calls import Call, InputFile, Out, at_study, command, make_group
from workbench.cli.leaving import checked, leaving
from workbench.cli.output import say, write_json, write_table
from workbench.cli.refusals import end_with_refusals

if TYPE_CHECKING:
    from triangulation.feedback import Response
    from workbench.services.feedback import GroupFeedback

Group = Annotated[str, typer.Option("--group", metavar="NAME", help="The group of stakeholders.")]


def add_to(app: typer.Typer) -> None:
    feedback = make_group(app, "What stakeholders read and answer.", name="feedback")
    command(feedback, "group")(keep_group)
    command(feedback, "invite")(invite)
    command(feedback, "packet")(make_packet)
    command(feedback, "import")(import_responses)
    command(feedback, "export")(export_responses)
    command(feedback, "register")(show_register)


def keep_group(
    call: Call,
    name: Annotated[str, typer.Argument(help="Who is asked.")],
    note: Annotated[str, typer.Option(help="How they were asked.")] = "",
    quotes: Annotated[bool, typer.Option("--quotes", help="Quotes stand in the packet.")] = False,
    roles: Annotated[
        bool, typer.Option("--roles", help="Quotes say in which role they were spoken.")
    ] = False,
    smallest: Annotated[
        int, typer.Option(min=1, help="Sources of fewer people are not named or quoted.")
    ] = 5,
) -> None:
    """Make a group of stakeholders, or set anew how the packet is for the one of that name."""
    from workbench.services import feedback

    with at_study(call) as (engine, actor):
        feedback.keep_group(
            engine, actor, name, note=note, with_quotes=quotes, with_roles=roles, smallest=smallest
        )
    told = {"group": name, "quotes": quotes, "roles": roles, "smallest": smallest}
    write_json(told) if call.json else say(f"{name}: sources of fewer than {smallest} people are not named")


def invite(
    call: Call,
    name: Annotated[str, typer.Argument(help="A name or a pseudonym.")],
    group: Group,
    role: Annotated[str, typer.Option(help="In which role they are asked.")] = "",
) -> None:
    """Note that a person of a group is asked."""
    from workbench.services import feedback

    with at_study(call) as (engine, actor):
        feedback.invite(engine, actor, group, name, role=role)
    write_json({"group": group, "name": name, "role": role}) if call.json else say(f"{name} is invited")


def make_packet(
    call: Call,
    group: Group,
    out: Out,
    format: Annotated[
        Literal["html", "docx"], typer.Option(help="A page for screen and paper, or a file for Word.")
    ] = "html",
) -> None:
    """Write what a group reads and answers; that it was made is kept with its hash."""
    from workbench.services import feedback

    with at_study(call) as (engine, actor):
        checked(
            call,
            engine,
            actor,
            "packet",
            out.name,
            feedback.packet_bytes(engine, actor, group, format=format),
        )
        made = feedback.make_packet(engine, actor, group, format=format)
    out.write_bytes(made.data)
    if call.json:
        write_json({"path": str(out), "statements": made.statements, "sha256": made.sha256})
        return
    say(f"{made.statements:,} statements written to {out}")


def import_responses(call: Call, file: InputFile) -> None:
    """Read answers from a CSV file; bad rows are refused, the rest is taken."""
    from workbench.services import feedback

    with at_study(call) as (engine, actor):
        taken = feedback.import_responses(engine, actor, file)
    if call.json:
        write_json(
            {
                "imported": taken.imported,
                "empty": taken.empty,
                "refused": [{"row": one.row, "reason": one.reason} for one in taken.refused],
            }
        )
    else:
        say(f"{taken.imported:,} answers taken, {taken.empty:,} rows empty")
    end_with_refusals(call, taken.refused)


def export_responses(call: Call, out: Out) -> None:
    """Write the answers of all groups as a CSV file."""
    from workbench.services import feedback

    with at_study(call) as (engine, actor), leaving(call, engine, actor, "answers", out) as path:
        number = feedback.export_responses(engine, actor, path)
    write_json({"path": str(out), "answers": number}) if call.json else say(f"{number:,} answers in {out}")


def show_register(call: Call) -> None:
    """Answers row by row of every group, who has not answered, and what has no consequence yet."""
    from workbench.services import feedback

    with at_study(call) as (engine, actor):
        told = [
            feedback.feedback_of(engine, actor, group.name) for group in feedback.groups_of(engine, actor)
        ]
    if call.json:
        write_json([_told(one) for one in told])
        return
    write_table(
        ("group", "theme", "agree", "disagree", "comment", "said nothing", "statement"),
        [
            (
                one.group.name,
                None if line.row is None else line.row.theme,
                line.agree,
                line.disagree,
                line.comment,
                line.silent,
                "on the whole" if line.row is None else line.row.statement,
            )
            for one in told
            for line in one.register.lines
        ],
    )
    for one in told:
        silent = ", ".join(person.name for person in one.register.non_responders)
        if silent:
            say(f"{one.group.name}: no answer from {silent}")
        if one.register.without_consequence:
            say(f"{one.group.name}: {len(one.register.without_consequence):,} answers without a consequence")


def _told(one: "GroupFeedback") -> dict[str, Any]:
    from triangulation.feedback import POWER_NOTE

    register = one.register
    return {
        "group": one.group.name,
        "invited": [{"name": person.name, "role": person.role} for person in register.invited],
        "non_responders": [person.name for person in register.non_responders],
        "packets": [
            {"at": made.at, "by": made.by, "sha256": made.sha256, "statements": len(made.row_ids)}
            for made in one.packets
        ],
        "rows": [
            {
                "theme": None if line.row is None else line.row.theme,
                "row": None if line.row is None else line.row.statement,
                "agree": line.agree,
                "disagree": line.disagree,
                "comment": line.comment,
                "said_nothing": line.silent,
                "by_group": [answer.value for answer in line.by_group],
                "answers": [_answer(said) for said in line.responses],
            }
            for line in register.lines
        ],
        "without_consequence": len(register.without_consequence),
        "power_note": POWER_NOTE,
    }


def _answer(said: "Response") -> dict[str, Any]:
    return {
        "name": said.person,
        "answer": said.answer.value,
        "text": said.text,
        "changes": [{"text": change.text, "by": change.by, "at": change.at} for change in said.changes],
    }

"""``trigpoint workup``: which rows ask for a work-up, and what the team writes on their cards."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from workbench.cli.calls import Call, at_study, command, make_group
from workbench.cli.output import say, write_json, write_table

if TYPE_CHECKING:
    from triangulation.workups import Card


def add_to(app: typer.Typer) -> None:
    workup = make_group(app, "What the team makes of a dissonance or an unexpected silence.", name="workup")
    command(workup, "list")(list_cards)
    command(workup, "write")(write)


def list_cards(call: Call) -> None:
    """The rows that ask for a work-up, why, and what is written so far, as you may see them."""
    from triangulation.workups import cards_for
    from workbench.services import assessment
    from workbench.services.triangulation import triangulate

    with at_study(call) as (engine, actor):
        found = triangulate(engine, actor)
        cards = cards_for(found.needs_work_up, assessment.work_ups(engine, actor))
        readable = assessment.may_write_for_team(engine, actor)
    if call.json:
        write_json([_card(card) for card in cards])
        return
    write_table(
        ("theme", "row", "state", "asks because of"),
        [(card.row.theme, card.row.statement, card.state.value, _reasons(card)) for card in cards],
    )
    lacking = [card for card in cards if card.is_lacking]
    say(f"{len(lacking)} of {sum(bool(card.reasons) for card in cards)} rows lack a work-up")
    if not readable:
        say("Work-ups are the team's: they open to you once you have locked your judgements.")


def write(
    call: Call,
    theme: Annotated[str, typer.Option(help="The theme of the row: its key or label.")],
    row: Annotated[str, typer.Option("--row", help="The statement; empty for the theme itself.")] = "",
    methods: Annotated[str | None, typer.Option(help="Do the methods measure different things?")] = None,
    rigour: Annotated[str | None, typer.Option(help="How rigorous was each?")] = None,
    comparability: Annotated[str | None, typer.Option(help="Are the data sets comparable?")] = None,
    further_data: Annotated[str | None, typer.Option(help="Are further data needed?")] = None,
    intervention: Annotated[str | None, typer.Option(help="How did the programme really run?")] = None,
    outcomes: Annotated[str | None, typer.Option(help="Do the outcomes match?")] = None,
    conclusion: Annotated[str | None, typer.Option(help="What the team concludes.")] = None,
    no_inquiry: Annotated[str | None, typer.Option(help="No further inquiry, because …")] = None,
) -> None:
    """Write on the card of a row. What is not named stays; an empty text takes an answer away."""
    from triangulation.models import Row
    from triangulation.workups import Card
    from workbench.services import assessment

    answers = {
        "methods": methods,
        "rigour": rigour,
        "comparability": comparability,
        "further_data": further_data,
        "intervention": intervention,
        "outcomes": outcomes,
        "conclusion": conclusion,
        "no_inquiry": no_inquiry,
    }
    given = {name: text for name, text in answers.items() if text is not None}
    with at_study(call) as (engine, actor):
        place = Row(assessment.theme_key(engine, actor, theme), row)
        assessment.write_work_up(engine, actor, place, given)
        written = next(card for card in assessment.work_ups(engine, actor) if card.row == place)
    card = Card(place, (), written)
    if call.json:
        write_json(_card(card))
    else:
        say(f"The work-up of {place.theme} is {card.state.value}.")


def _card(card: "Card") -> dict[str, Any]:
    written = card.work_up
    answers = (
        {}
        if written is None
        else {
            name: value
            for name, value in asdict(written).items()
            if name not in ("row", "written_by", "at", "version")
        }
    )
    return {
        "theme": card.row.theme,
        "row": card.row.statement,
        "reasons": [asdict(reason) for reason in card.reasons],
        "state": card.state,
        "complete": card.state == "complete",
        "answers": answers,
        "written_by": None if written is None else written.written_by,
        "at": None if written is None else written.at,
        "version": 0 if written is None else written.version,
    }


def _reasons(card: "Card") -> str:
    return "; ".join(
        f"{reason.why.replace('_', ' ')}: {' – '.join(reason.sources)}" for reason in card.reasons
    )

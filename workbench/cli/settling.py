"""Where coders differ, and how it is settled: the list, decisions, the consensus layer, the minutes."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any, Literal
from urllib.parse import urlencode
from uuid import UUID

import typer

from workbench.cli.calls import Call, Out, at_study, command, make_group, names_in
from workbench.cli.leaving import leaving
from workbench.cli.output import one_line, say, write_json, write_table

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from codebook.disagreements import Side
    from store.settling import Settlement
    from store.studies import Member
    from workbench.services.settling import Settling
    from workbench.services.settling_desk import Place

RoundName = Annotated[
    str | None, typer.Option("--round", help="The round; needed where several are revealed.")
]
PlaceName = Annotated[
    str, typer.Argument(help="The place: its number among all disagreements of the round, or its id.")
]
Outcome = Literal["first", "second", "both", "neither", "new", "unresolved"]


def add_to(app: typer.Typer) -> None:
    command(app, "disagreements")(disagreements)
    settle = make_group(app, "Settle disagreements between coders.", name="settle")
    command(settle, "begin")(begin)
    command(settle, "end")(end)
    command(settle, "reason")(reason)
    command(settle, "ask")(ask)
    command(settle, "place")(place)
    command(settle, "merge")(merge)
    command(settle, "undo")(undo)
    command(app, "consensus")(consensus)
    command(app, "minutes")(minutes)


def disagreements(
    call: Call,
    round_name: RoundName = None,
    kind: Annotated[str | None, typer.Option(help="Only these kinds, separated by commas.")] = None,
    code: Annotated[str | None, typer.Option(help="Only these codes, separated by commas.")] = None,
    document: Annotated[str | None, typer.Option(help="Only this document: id or title.")] = None,
    state: Annotated[
        Literal["open", "settled", "unresolved"] | None, typer.Option(help="Only places in this state.")
    ] = None,
) -> None:
    """Every place where coders differ, the largest first, when the round is revealed."""
    from workbench.services.documents import document_named, list_documents
    from workbench.services.settling import list_disagreements

    with at_study(call) as (engine, actor):
        chosen = [document_named(list_documents(engine, actor), document).id] if document else []
        found = list_disagreements(
            engine,
            actor,
            round_name,
            kinds=names_in(kind) if kind else (),
            codes=names_in(code) if code else (),
            document_ids=chosen,
            state=state,
        )
    if call.json:
        write_json(_all(found))
    else:
        _tell(found)


def begin(
    call: Call,
    attendance: Annotated[str, typer.Option(help="Who is there, separated by commas.")],
    scribe: Annotated[str | None, typer.Option(help="Who writes; else you.")] = None,
    round_name: RoundName = None,
) -> None:
    """Begin a meeting: what is decided from now on is decided by those who are there."""
    from workbench.services.settling import begin_meeting

    with at_study(call) as (engine, actor):
        meeting = begin_meeting(engine, actor, round_name, attendance=names_in(attendance), scribe=scribe)
    if call.json:
        write_json({"meeting": meeting.id, "scribe": meeting.scribe, "attendance": meeting.attendance})
    else:
        say(f"The meeting has begun: {', '.join(meeting.attendance)}. {meeting.scribe} writes.")


def end(call: Call, round_name: RoundName = None) -> None:
    """End the meeting."""
    from workbench.services.settling import end_meeting

    with at_study(call) as (engine, actor):
        end_meeting(engine, actor, round_name)
        _progress(call, engine, actor, round_name, "The meeting has ended.")


def reason(
    call: Call,
    place: PlaceName,
    text: Annotated[str, typer.Option(help="Why you coded so; empty takes it away.")],
    round_name: RoundName = None,
) -> None:
    """Write your reason before the talk; the other reads it when theirs is written."""
    from workbench.services.settling import write_reason

    with at_study(call) as (engine, actor):
        write_reason(engine, actor, round_name, _named(engine, actor, round_name, place), text)
        _progress(call, engine, actor, round_name, "Your reason is kept.")


def ask(
    call: Call,
    place: PlaceName,
    who: Annotated[str, typer.Option(help="Somebody of the study who did not code in the round.")],
    text: Annotated[str, typer.Option(help="What you ask.")] = "",
    round_name: RoundName = None,
) -> None:
    """Ask somebody from outside to decide a place."""
    from workbench.services.settling import ask_outside, list_disagreements

    with at_study(call) as (engine, actor):
        chosen = _named(engine, actor, round_name, place)
        asked = ask_outside(engine, actor, round_name, chosen, asked=who, text=text)
        found = list_disagreements(engine, actor, round_name)
    where = {"study": str(actor.study_id), "round": found.round.name, "view": "settle", "place": str(chosen)}
    address = f"/compare?{urlencode(where)}"
    if call.json:
        write_json({"place": chosen, "asked": asked.asked, "address": address})
    else:
        say(f"{asked.asked} is asked. The place stands at {address} of your Trigpoint.")


def place(
    call: Call,
    place: PlaceName,
    outcome: Annotated[Outcome, typer.Option(help="What is decided.")],
    reason: Annotated[str, typer.Option(help="Why.")] = "",
    code: Annotated[str | None, typer.Option(help="With 'new': its code.")] = None,
    start: Annotated[int | None, typer.Option(help="With 'new': where it begins.")] = None,
    end: Annotated[int | None, typer.Option(help="With 'new': where it ends.")] = None,
    valence: Annotated[str | None, typer.Option(help="With 'new': its valence, if it has one.")] = None,
    first_speaker: Annotated[str | None, typer.Option(help="Who spoke first.")] = None,
    minority: Annotated[str, typer.Option(help="The view of whoever does not go along.")] = "",
    minority_by: Annotated[str | None, typer.Option(help="Whose view that is.")] = None,
    round_name: RoundName = None,
) -> None:
    """Decide a place. What was decided before is replaced, and stays in the history."""
    from workbench.services.settling import settle
    from workbench.services.settling_desk import NewCoding

    if outcome == "new" and (code is None or start is None or end is None):
        raise typer.BadParameter("a new coding needs --code, --start and --end")
    if outcome != "new" and any(given is not None for given in (code, start, end, valence)):
        raise typer.BadParameter("--code, --start, --end and --valence go with --outcome new alone")
    new = (
        [NewCoding(code, start, end, valence)]
        if code is not None and start is not None and end is not None
        else []
    )
    with at_study(call) as (engine, actor):
        made = settle(
            engine,
            actor,
            round_name,
            _named(engine, actor, round_name, place),
            outcome,
            reason=reason,
            new=new,
            first_speaker=first_speaker,
            minority=minority,
            minority_by=minority_by,
        )
        _progress(call, engine, actor, round_name, f"Decided by {', '.join(made.deciders)}: {made.outcome}.")


def merge(call: Call, round_name: RoundName = None) -> None:
    """Settle what loses nothing: one passage holds the other, code and valence are the same."""
    from workbench.services.settling import merge_without_loss

    with at_study(call) as (engine, actor):
        merged = merge_without_loss(engine, actor, round_name)
        _progress(call, engine, actor, round_name, f"Merged {len(merged):,} places.", merged=len(merged))


def undo(call: Call, place: PlaceName, round_name: RoundName = None) -> None:
    """Take a decision back; the place is open again."""
    from workbench.services.settling import undo_settlement

    with at_study(call) as (engine, actor):
        undo_settlement(engine, actor, round_name, _named(engine, actor, round_name, place))
        _progress(call, engine, actor, round_name, "The place is open again.")


def consensus(call: Call, out: Out, round_name: RoundName = None) -> None:
    """Write the consensus layer to a CSV file: what all coders have alike, and what was settled."""
    from workbench.services.consensus_layer import export_consensus

    with at_study(call) as (engine, actor), leaving(call, engine, actor, "consensus", out) as path:
        number = export_consensus(engine, actor, path, round_name=round_name)
    if call.json:
        write_json({"path": str(out), "codings": number})
    else:
        say(f"Wrote {number:,} codings to {out}")


def minutes(call: Call, out: Out, round_name: RoundName = None) -> None:
    """Write the minutes of settling to a file, as Markdown (.md) or for Word (.docx)."""
    from workbench.services.settling_minutes import write_minutes

    with at_study(call) as (engine, actor), leaving(call, engine, actor, "minutes", out) as path:
        number = write_minutes(
            engine, actor, path, format=out.suffix.lower().lstrip("."), round_name=round_name
        )
    if call.json:
        write_json({"path": str(out), "places": number})
    else:
        say(f"Wrote the minutes of {number:,} places to {out}")


def _named(engine: "Engine", actor: "Member", round_name: str | None, wanted: str) -> UUID:
    """The place that a number of the list, or an id, means."""
    from workbench.services.errors import NotThere
    from workbench.services.settling import list_disagreements

    places = list_disagreements(engine, actor, round_name).places
    for number, place in enumerate(places, start=1):
        if wanted in (str(number), str(place.id)):
            return place.id
    raise NotThere(f"There is no place '{wanted}'. 'trigpoint disagreements' lists them.")


def _progress(
    call: Call, engine: "Engine", actor: "Member", round_name: str | None, told: str, **more: Any
) -> None:
    from workbench.services.settling import list_disagreements

    found = list_disagreements(engine, actor, round_name)
    if call.json:
        write_json({"round": found.round.name, "number": found.number, "decided": found.decided} | more)
    else:
        say(f"{told} {found.decided:,} of {found.number:,} settled.")


def _all(found: "Settling") -> dict[str, Any]:
    return {
        "round": found.round.name,
        "coders": found.coders,
        "number": found.number,
        "decided": found.decided,
        "agreed": len(found.agreed),
        "sentence": found.sentence or None,
        "kinds": {
            code: {kind.value: n for kind, n in counted.items()} for code, counted in found.kinds.items()
        },
        "disagreements": [_one(place) for place in found.places],
    }


def _one(place: "Place") -> dict[str, Any]:
    about = place.disagreement
    return {
        "place": place.id,
        "position": place.position,
        "kind": about.kind.value,
        "document": about.document_id,
        "title": place.title,
        "start_char": about.start_char,
        "end_char": about.end_char,
        "in_dispute": about.in_dispute,
        "quote": place.passage,
        "first": _side(about.first),
        "second": _side(about.second),
        "state": place.state,
        "speaks_first": place.speaks_first,
        "written_by": sorted(place.written_by),
        "reasons": [{"author": r.author, "text": r.text} for r in place.reasons],
        "asked": None if place.question is None else place.question.asked,
        "settlement": None if place.settlement is None else _decision(place.settlement),
    }


def _side(side: "Side") -> dict[str, Any]:
    coding = side.coding
    told: dict[str, Any] = {"coders": side.coders, "coding": None if coding is None else coding.id}
    if coding is None:
        return told
    return told | {
        "code": coding.code,
        "start_char": coding.start_char,
        "end_char": coding.end_char,
        "valence": coding.valence,
        "memo": coding.memo,
    }


def _decision(settlement: "Settlement") -> dict[str, Any]:
    return {
        "outcome": settlement.outcome,
        "reason": settlement.reason,
        "deciders": settlement.deciders,
        "minority": settlement.minority,
        "minority_by": settlement.minority_by or None,
        "asked": settlement.asked or None,
        "first_speaker": settlement.first_speaker or None,
        "at": settlement.at,
    }


def _tell(found: "Settling") -> None:
    say(
        f"Round '{found.round.name}', {', '.join(found.coders)}: {found.number:,} disagreements, "
        f"{found.decided:,} settled; {len(found.agreed):,} codings are alike."
    )
    if found.sentence:
        say(f"{found.sentence}.")
    write_table(
        ("place", "kind", "characters", "codes", "state", "passage"),
        [_row(place) for place in found.places],
    )


def _row(place: "Place") -> Sequence[object]:
    return (
        place.position,
        place.disagreement.kind.value,
        place.disagreement.in_dispute,
        " / ".join(place.disagreement.codes),
        place.state,
        one_line(place.passage),
    )

"""The protocol page and the opportunity map: ``trigpoint protocol``, ``trigpoint opportunity``."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from workbench.cli.calls import REFUSED, Call, InputFile, Out, at_study, command, make_group, names_in
from workbench.cli.leaving import leaving
from workbench.cli.output import MISSING, say, write_json, write_table

if TYPE_CHECKING:
    from triangulation.protocol import CodeSet, Protocol, ProtocolChange, ProtocolSource, SourceDetail

Reason = Annotated[
    str, typer.Option(help="Why it changes; needed once the protocol is fixed or anyone has judged.")
]
People = Annotated[str | None, typer.Option(help="Names, separated by commas; empty: nobody.")]


def add_to(app: typer.Typer) -> None:
    protocols = make_group(app, "What is laid down before sources are compared.", name="protocol")
    command(protocols, "show")(show)
    command(protocols, "write")(write)
    command(protocols, "fix")(fix)
    chances = make_group(app, "What each source could say.", name="opportunity")
    command(chances, "import")(import_opportunities)
    command(chances, "export")(export_opportunities)


def show(call: Call) -> None:
    """The protocol as it holds now, with every change of it."""
    from workbench.services import protocol

    with at_study(call) as (engine, actor):
        found = protocol.protocol_of(engine, actor)
        changes = protocol.history_of(engine, actor)
    if call.json:
        write_json(_told(found) | {"changes": [_told_change(change) for change in changes]})
    else:
        _tell(found)
        write_table(
            ("at", "by", "changed", "reason"),
            [(change.at, change.by, change.part, change.reason) for change in changes],
        )


def write(
    call: Call,
    question: Annotated[
        list[str] | None, typer.Option(help="A question of the study; may be given again. All are replaced.")
    ] = None,
    rule: Annotated[
        Literal["parts", "elements_strict", "meaning_prominence", "meaning_first", "own"] | None,
        typer.Option(help="How part-judgements become a code."),
    ] = None,
    compare: Annotated[
        Literal["all_pairs", "index"] | None, typer.Option(help="All pairs, or one source with the others.")
    ] = None,
    index: Annotated[
        str | None, typer.Option(help="The source that all others are compared with; implies index.")
    ] = None,
    sorting: Annotated[
        Literal["together", "alone"] | None, typer.Option(help="How findings are sorted.")
    ] = None,
    judges: Annotated[
        str | None, typer.Option(help="Who judges, separated by commas; empty: everyone in the study.")
    ] = None,
    settling: Annotated[
        str | None, typer.Option(help="How disagreement is settled, and who decides.")
    ] = None,
    code_set: Annotated[
        Literal["farmer", "racine"] | None, typer.Option(help="A code set to start from.")
    ] = None,
    code: Annotated[
        list[str] | None,
        typer.Option(help="A name of the team's own, as partial=Complementarity; may be given again."),
    ] = None,
    source: Annotated[str | None, typer.Option(help="The source that the options below speak of.")] = None,
    participants: Annotated[str | None, typer.Option(help="n, in words: 20 GPs, 314 of 720.")] = None,
    period: Annotated[str | None, typer.Option(help="When it was collected, where dates don't tell.")] = None,
    collected: People = None,
    coded: People = None,
    steered: People = None,
    weight: Annotated[Literal["data", "commentary"] | None, typer.Option(help="What weight it has.")] = None,
    scale: Annotated[
        Literal["macro", "meso", "micro"] | None, typer.Option(help="On what scale it tells.")
    ] = None,
    note: Annotated[str | None, typer.Option(help="What else has to be known of it.")] = None,
    guide: Annotated[
        typer.FileBinaryRead | None, typer.Option(help="A file that says what was asked in it.")
    ] = None,
    reason: Reason = "",
) -> None:
    """Write the protocol, or change it; what is not named stays as it was. The lead does this."""
    from dataclasses import replace

    from workbench.services import protocol
    from workbench.services.uploads import Upload

    of_source = {
        "participants": participants,
        "period": period,
        "weight": weight,
        "scale": scale,
        "note": note,
        **{
            role: None if names is None else tuple(names_in(names))
            for role, names in (("collected", collected), ("coded", coded), ("steered", steered))
        },
    }
    said_of_source = {name: value for name, value in of_source.items() if value is not None}
    if (said_of_source or guide) and source is None:
        raise typer.BadParameter("say of which source, with --source")
    of_page = {
        "questions": None if question is None else tuple(question),
        "compare": "index" if index is not None and compare is None else compare,
        "index": index,
        "sorting": sorting,
        "judges": None if judges is None else tuple(names_in(judges)),
        "settling": settling,
    }
    said = {name: value for name, value in of_page.items() if value is not None}
    with at_study(call) as (engine, actor):
        before = protocol.protocol_of(engine, actor)
        if code_set is not None or code:
            said["codes"] = _codes(before, code_set, code or [])
        if said:
            protocol.write_protocol(engine, actor, replace(before.page, **said), reason=reason)
        if rule is not None:
            protocol.choose_rule(engine, actor, rule, reason=reason)
        if source is not None and said_of_source:
            detail = replace(_detail(before, source), **said_of_source)
            protocol.describe_source(engine, actor, source, detail, reason=reason)
        if source is not None and guide is not None:
            upload = Upload(guide.name, guide.read())
            protocol.upload_guide(engine, actor, source, upload, reason=reason)
        found = protocol.protocol_of(engine, actor)
    if call.json:
        write_json(_told(found))
    else:
        _tell(found)


def fix(call: Call) -> None:
    """Fix the protocol before the sources are compared; the lead does this. Later changes need a reason."""
    from workbench.services.protocol import fix_protocol

    with at_study(call) as (engine, actor):
        found = fix_protocol(engine, actor)
    assert found.fixed is not None
    if call.json:
        write_json(
            {"fixed": asdict(found.fixed), "fixed_before_judging": found.fixed_before_judging},
        )
        return
    say(f"The protocol is fixed, {found.fixed.at}.")
    if found.fixed_before_judging is False:
        say("Judging had begun before; the report will say so.")


def import_opportunities(call: Call, file: InputFile, reason: Reason = "") -> None:
    """Read the opportunity map from a CSV file. Rows that don't fit are refused; the exit status is then 3.

    Columns: theme, source, opportunity (asked, could_be_raised, not_asked); and row, note. An empty row
    means the whole theme. What the file does not name stays as it was.
    """
    from workbench.services import opportunities

    with at_study(call) as (engine, actor):
        taken = opportunities.import_opportunities(engine, actor, file, reason=reason)
    if call.json:
        write_json({"imported": taken.imported, "refused": [asdict(refusal) for refusal in taken.refused]})
    else:
        if taken.refused:
            write_table(("refused row", "reason"), [(r.row, r.reason) for r in taken.refused])
        say(f"{taken.imported:,} places of the map imported, {len(taken.refused):,} refused")
    if taken.refused:
        raise typer.Exit(REFUSED)


def export_opportunities(
    call: Call,
    out: Out,
    all: Annotated[
        bool, typer.Option("--all", help="Every theme and source, with the defaults, to fill in.")
    ] = False,
) -> None:
    """Write the opportunity map to a file: what was said, or everything."""
    from workbench.services import opportunities

    with at_study(call) as (engine, actor), leaving(call, engine, actor, "opportunities", out) as path:
        number = opportunities.export_opportunities(engine, actor, path, everything=all)
    if call.json:
        write_json({"path": str(out), "opportunities": number})
    else:
        say(f"Wrote {number:,} places of the map to {out}")


def _codes(before: "Protocol", wanted: str | None, names: list[str]) -> "CodeSet":
    """The team's code set: one to start from, with names of its own."""
    from triangulation.convergence import parse_code
    from triangulation.protocol import CodeName, CodeSet, farmer_codes, racine_codes

    start = {"farmer": farmer_codes, "racine": racine_codes}
    given = start[wanted]() if wanted else before.page.codes or farmer_codes()
    codes = dict(given.codes)
    for said in names:
        word, equals, name = said.partition("=")
        try:
            code = parse_code(word) if equals else None
        except ValueError as error:
            raise typer.BadParameter(str(error)) from error
        if code is None:
            raise typer.BadParameter(f"'{said}' is no code with its name, as partial=Complementarity")
        held = codes.get(code)
        # An explanation speaks of the code under its former name.
        codes[code] = held if held is not None and held.name == name.strip() else CodeName(name.strip())
    return CodeSet(codes)


def _detail(before: "Protocol", label: str) -> "SourceDetail":
    from triangulation.protocol import SourceDetail

    return next((source.detail for source in before.sources if source.label == label), SourceDetail())


def _told(found: "Protocol") -> dict[str, Any]:
    page = found.page
    return {
        "rule": found.rule,
        "questions": page.questions,
        "compare": page.compare,
        "index": page.index,
        "sorting": page.sorting,
        "settling": page.settling,
        "judges": page.judges,
        "codes": {code: asdict(said) for code, said in found.codes.codes.items()},
        "sources": [_told_source(source) for source in found.sources],
        "guides": [{"source": guide.source, "title": guide.title} for guide in found.guides],
        "dependences": [asdict(dependence) for dependence in found.dependences],
        "opportunities": len(found.opportunities),
        "written": None if found.written is None else asdict(found.written),
        "fixed": None if found.fixed is None else asdict(found.fixed),
        "fixed_before_judging": found.fixed_before_judging,
    }


def _told_source(source: "ProtocolSource") -> dict[str, Any]:
    detail = source.detail
    return {
        "source": source.label,
        "kind": source.kind,
        "documents": source.documents,
        "participants": detail.participants,
        "period": source.period,
        "collected": detail.collected,
        "coded": source.coded_by,
        "steered": detail.steered,
        "weight": detail.weight,
        "scale": detail.scale,
        "note": detail.note,
    }


def _told_change(change: "ProtocolChange") -> dict[str, Any]:
    return {
        "at": change.at,
        "by": change.by,
        "part": change.part,
        "reason": change.reason,
        "after_fixing": change.after_fixing,
        "lines": [asdict(line) for line in change.lines],
    }


def _tell(found: "Protocol") -> None:
    page = found.page
    for question in page.questions:
        say(question)
    compared = f"{page.index} against each of the others" if page.index else "all pairs"
    judges = ", ".join(page.judges) or "everyone in the study"
    say(f"Rule {found.rule}; {compared}; sorting {page.sorting}; judges: {judges}")
    if page.settling:
        say(f"Settling: {page.settling}")
    if found.fixed is None:
        say("Not fixed yet: trigpoint protocol fix")
    else:
        before = {True: ", before the first judgement", False: ", after judging had begun", None: ""}
        say(f"Fixed {found.fixed.at} by {found.fixed.by}{before[found.fixed_before_judging]}")
    write_table(
        ("source", "kind", "documents", "participants", "period", "collected by", "coded by"),
        [
            (
                source.label,
                source.kind,
                source.documents,
                source.detail.participants or MISSING,
                source.period or MISSING,
                ", ".join(source.detail.collected) or MISSING,
                ", ".join(source.coded_by) or MISSING,
            )
            for source in found.sources
        ],
    )

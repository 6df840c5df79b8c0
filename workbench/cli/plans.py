"""The plan of double coding: ``trigpoint plan``."""

from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from workbench.cli.calls import Call, at_study, command, make_group
from workbench.cli.output import say, write_json

if TYPE_CHECKING:
    from store.plans import Plan
    from workbench.services.plans import Need

Documents = Annotated[list[str] | None, typer.Option(help="A document by title or id; may be given again.")]


def add_to(app: typer.Typer) -> None:
    plans = make_group(app, "What is promised before double coding.", name="plan")
    command(plans, "write")(write_plan)
    command(plans, "show")(show_plan)


def write_plan(
    call: Call,
    approach: Annotated[
        Literal["coefficients", "reflexive"] | None,
        typer.Option(help="Reflexive: differences are talked about, and no coefficient is computed."),
    ] = None,
    level: Annotated[
        Literal["theme", "level"] | None, typer.Option(help="Where reliability is promised.")
    ] = None,
    unit: Annotated[
        Literal["section", "sentence", "document"] | None,
        typer.Option(help="What agreement is counted in."),
    ] = None,
    wanted: Annotated[
        float | None, typer.Option(help="The lower end of alpha that is wanted, as .667 or .800.")
    ] = None,
    share: Annotated[
        float | None, typer.Option(help="The share of units that bear a code, as expected.")
    ] = None,
    pilot: Documents = None,
    reliability: Documents = None,
    reason: Annotated[str, typer.Option(help="Why the plan changes; needed once a round is open.")] = "",
) -> None:
    """Write the plan, or change it; what is not named stays as it was."""
    from dataclasses import replace

    from store.plans import Plan
    from workbench.services import plans
    from workbench.services.documents import document_named, list_documents

    with at_study(call) as (engine, actor):
        listed = list_documents(engine, actor)
        before = plans.plan_of(engine, actor) or Plan()
        if approach == "reflexive":
            before = replace(before, wanted=None, code_share=None)
        purposes = {document.id: before.purposes.get(document.id, "main") for document in listed}
        sets = {"pilot": pilot, "reliability": reliability}
        named = [(document_named(listed, n).id, p) for p, names in sets.items() for n in names or ()]
        if len(dict(named)) < len(set(named)):
            raise typer.BadParameter("a document is in one set only: --pilot or --reliability")
        # A set that is named is named whole.
        purposes = {i: "main" if sets.get(purpose) else purpose for i, purpose in purposes.items()}
        given = {"approach": approach, "unit": unit, "level": level, "wanted": wanted, "code_share": share}
        kept = {name: value for name, value in given.items() if value is not None}
        plan = replace(before, **kept, reason=reason, purposes=purposes | dict(named))
        written = plans.write_plan(engine, actor, plan)
        need = plans.need(engine, actor, written)
    _tell(call, written, need)


def show_plan(call: Call) -> None:
    """The plan that holds now, and how many units each code needs for it."""
    from workbench.services import plans
    from workbench.services.errors import NotThere

    with at_study(call) as (engine, actor):
        plan = plans.plan_of(engine, actor)
        if plan is None:
            raise NotThere("No plan is written yet. The lead writes one: trigpoint plan write")
        need = plans.need(engine, actor, plan)
    _tell(call, plan, need)


def _tell(call: Call, plan: "Plan", need: "Need") -> None:
    if call.json:
        write_json(_told(plan, need))
        return
    wanted = "no figure" if plan.wanted is None else f"a lower end of {plan.wanted:.3f}"
    say(f"{plan.approach}: {wanted} for each {plan.level}, counted in units of {plan.unit}")
    if need.units is not None:
        say(
            f"{need.units:,} units are needed for a code in {plan.code_share:.0%} of them; "
            f"the reliability set has {need.available['reliability']:,}"
        )


def _told(plan: "Plan", need: "Need") -> dict[str, Any]:
    return {
        "approach": plan.approach,
        "level": plan.level,
        "unit": plan.unit,
        "wanted": plan.wanted,
        "share": plan.code_share,
        "units_needed": need.units,
        "units": dict(need.available),
        "documents": {str(document): purpose for document, purpose in plan.purposes.items()},
        "at": plan.at,
        "by": plan.author,
        "reason": plan.reason,
    }

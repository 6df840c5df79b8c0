"""The plan of double coding: written before it, changed with a reason, kept in every version."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy import Engine

from codebook.agreement.planning import minimum_units
from corpus.errors import UserFacingError
from store import plans as kept
from store.documents import documents, unit_spans, version_text
from store.engine import reading, writing
from store.plans import MAIN, PILOT, RELIABILITY, Plan
from store.rounds import rounds
from store.studies import Member
from workbench.services.errors import NotAllowed
from workbench.services.units import units_of

PURPOSES = (PILOT, RELIABILITY, MAIN)
APPROACHES = ("coefficients", "reflexive")
UNITS = ("section", "sentence", "document")
LEVELS = ("level", "theme")

#: The lower bounds that Krippendorff names.
WANTED = (0.667, 0.800)


@dataclass(frozen=True)
class Need:
    """How many units a code needs, and how many each set of documents has.

    ``units`` is None where no lower bound is wanted or the share of the code is not known.
    """

    units: int | None
    available: Mapping[str, int]


def plan_of(engine: Engine, actor: Member) -> Plan | None:
    """The plan that holds now; None where the team has not written one."""
    with reading(engine) as connection:
        return kept.current_plan(connection, actor.study_id)


def earlier_plans(engine: Engine, actor: Member) -> list[Plan]:
    """Every plan there was, newest first, the present one included."""
    with reading(engine) as connection:
        return kept.plans(connection, actor.study_id)


def write_plan(engine: Engine, actor: Member, plan: Plan) -> Plan:
    """Write the plan, or change it. After the first round was opened a change needs a reason.

    Raises
    ------
    NotAllowed
        If the actor does not lead the study.
    UserFacingError
        If a value is none of those that there are, or a reason is missing.
    """
    if not actor.is_lead:
        raise NotAllowed("Only the lead of the study can write the plan.")
    _check(plan)
    with writing(engine) as connection:
        known = {document.id for document in documents(connection, actor.study_id)}
        if set(plan.purposes) - known:
            raise UserFacingError("The plan names a document that is not in the study any more.")
        is_change = kept.current_plan(connection, actor.study_id) is not None
        if is_change and not plan.reason.strip() and rounds(connection, actor.study_id):
            raise UserFacingError(
                "Coding has begun, so a change of the plan needs a reason; it is printed with the plan."
            )
        kept.replace_plan(connection, replace(plan, reason=plan.reason.strip()), actor=actor)
        written = kept.current_plan(connection, actor.study_id)
    assert written is not None
    return written


def need(engine: Engine, actor: Member, plan: Plan, *, coders: int = 2) -> Need:
    """How many units each code needs for the wanted lower bound, and how many the sets have.

    Units are those of the plan: paragraphs and turns, sentences, or documents.
    """
    with reading(engine) as connection:
        listed = {d.id: d for d in documents(connection, actor.study_id) if d.id in plan.purposes}
        spans = unit_spans(connection, [d.version_id for d in listed.values()])
        available = dict.fromkeys(PURPOSES, 0)
        for document_id, purpose in plan.purposes.items():
            document = listed.get(document_id)
            if document is None:
                continue
            text = None
            if plan.unit == "sentence":
                text = version_text(connection, document.version_id, document_id=document_id)
            found = units_of(document, spans[document.version_id], unit=plan.unit, text=text)
            available[purpose] += len(found)
    return Need(units_needed(plan, coders=coders), available)


def units_needed(plan: Plan, *, coders: int = 2, significance: float = 0.05) -> int | None:
    """Units for each code so that alpha can be shown to reach what is wanted; None if that is not said."""
    if plan.wanted is None or plan.code_share is None:
        return None
    return minimum_units(plan.wanted, share=plan.code_share, coders=coders, significance=significance)


def _check(plan: Plan) -> None:
    for what, value, known in (
        ("approach", plan.approach, APPROACHES),
        ("unit", plan.unit, UNITS),
        ("level", plan.level, LEVELS),
        *(("set of a document", purpose, PURPOSES) for purpose in plan.purposes.values()),
    ):
        if value not in known:
            raise UserFacingError(f"'{value}' is no {what}. There are: {', '.join(known)}.")
    if plan.wanted is not None and not 0 < plan.wanted < 1:
        raise UserFacingError("The wanted lower bound lies between 0 and 1, as .667 or .800.")
    if plan.code_share is not None and not 0 < plan.code_share < 1:
        raise UserFacingError("The share of units that bear a code lies between 0 and 1, as .25.")

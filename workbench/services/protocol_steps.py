"""How far the steps of the protocol are, as one person may know it: open, locked or decided."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import Engine

from store.studies import Member
from triangulation.consensus import State
from triangulation.protocol import ALONE
from triangulation.workups import cards_for
from workbench.services.assessment import global_judgements, notes_on_sources, work_ups
from workbench.services.errors import NotAllowed
from workbench.services.feedback import feedback_of, groups_of
from workbench.services.sorting import sorting_of
from workbench.services.triangulation import Triangulation


class StepState(StrEnum):
    """``locked`` is one's own part, done and fixed; ``decided`` is the team's."""

    OPEN = "open"
    LOCKED = "locked"
    DECIDED = "decided"


def states_of_steps(engine: Engine, actor: Member, found: Triangulation) -> tuple[StepState, ...]:
    """The states of steps 0 to 6.

    A step is decided when the team has written what it asks for: the protocol fixed; every list
    locked and aligned, or judged on, where the team sorts together; all judgements locked; a judgement of
    the whole, and no row without its work-up; a note on each source; every difference settled or left
    unresolved; answers of a group, each with its consequence.
    """
    return (
        StepState.DECIDED if found.protocol.is_fixed else StepState.OPEN,
        _sorting(engine, actor, found),
        _coding(actor, found),
        _decided(_assessed(engine, actor, found)),
        _decided(_noted(engine, actor, found)),
        _decided(_compared(found)),
        _decided(_fed_back(engine, actor)),
    )


def _decided(is_decided: bool) -> StepState:
    return StepState.DECIDED if is_decided else StepState.OPEN


def _sorting(engine: Engine, actor: Member, found: Triangulation) -> StepState:
    if found.protocol.page.sorting != ALONE:
        return _decided(bool(found.findings) and _all_locked(actor, found))
    sorting = sorting_of(engine, actor)
    if sorting.locked and not sorting.still_sorting:
        return StepState.DECIDED
    return StepState.LOCKED if sorting.is_locked else StepState.OPEN


def _coding(actor: Member, found: Triangulation) -> StepState:
    if _all_locked(actor, found):
        return StepState.DECIDED
    return StepState.LOCKED if actor.name in found.locked else StepState.OPEN


def _all_locked(actor: Member, found: Triangulation) -> bool:
    """Whether all who judge have locked; where nobody is named, whoever may judge still is one of them."""
    judges = set(found.protocol.page.judges or found.judges)
    if not found.protocol.page.judges and not actor.is_lead:
        judges.add(actor.name)
    return bool(judges) and judges <= set(found.locked)


def _assessed(engine: Engine, actor: Member, found: Triangulation) -> bool:
    of_team = any(said.researcher is None for said in global_judgements(engine, actor))
    cards = cards_for(found.needs_work_up, work_ups(engine, actor))
    return of_team and not any(card.is_lacking for card in cards)


def _noted(engine: Engine, actor: Member, found: Triangulation) -> bool:
    noted = {note.source for note in notes_on_sources(engine, actor) if note.researcher is None}
    return bool(found.matrix.sources) and set(found.matrix.sources) <= noted


def _compared(found: Triangulation) -> bool:
    return found.team is not None and all(one.state is not State.OPEN for one in found.differences)


def _fed_back(engine: Engine, actor: Member) -> bool:
    try:
        groups = [feedback_of(engine, actor, group.name) for group in groups_of(engine, actor)]
    except NotAllowed:
        return False
    answered = [group for group in groups if group.responses]
    return bool(answered) and not any(group.register.without_consequence for group in answered)

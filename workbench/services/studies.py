"""Studies, and who works in them."""

from __future__ import annotations

from sqlalchemy import Connection, Engine

from corpus.errors import UserFacingError
from store import studies as kept
from store.engine import reading, writing
from store.studies import Member, Study
from workbench.services.errors import NotAllowed, NotThere


def create_study(engine: Engine, name: str, *, person: str) -> Member:
    """Start a study; its creator is its lead."""
    name = _named(name, "The study")
    with writing(engine) as connection:
        if any(study.name == name for study in kept.studies(connection)):
            raise UserFacingError(f"A study called '{name}' exists already. Choose another name.")
        return kept.add_study(connection, name=name, lead=_named(person, "The person"))


def studies_of(engine: Engine, person: str | None = None) -> list[Study]:
    """All studies; with a person, those that they work in."""
    with reading(engine) as connection:
        found = kept.studies(connection)
        if person is None:
            return found
        return [study for study in found if _member(connection, study, person) is not None]


def find_study(engine: Engine, wanted: str | None = None) -> Study:
    """A study by name or id; without either, the only one there is."""
    found = studies_of(engine)
    matching = found if wanted is None else [s for s in found if wanted in (s.name, str(s.id), s.id.hex)]
    if len(matching) == 1:
        return matching[0]
    names = ", ".join(f"'{study.name}'" for study in found)
    if not found:
        raise NotThere("There is no study yet. Create one: trigpoint study create NAME")
    if wanted is None:
        raise NotThere(
            f"There are several studies: {names}. Open one on the page Studies, or name it with --study."
        )
    raise NotThere(f"There is no study '{wanted}'. There are: {names}.")


def enter_study(engine: Engine, study: Study, *, person: str) -> Member:
    """The member that a person is in a study.

    Raises
    ------
    NotAllowed
        If the person is not in it.
    """
    with reading(engine) as connection:
        member = _member(connection, study, person)
        lead = kept.members(connection, study.id)[0].name
    if member is None:
        raise NotAllowed(
            f"{person} is not in the study '{study.name}'. "
            f'Its lead ({lead}) can add them: trigpoint study add-person "{person}"'
        )
    return member


def lead_of(engine: Engine, study: Study) -> Member:
    """The person who leads a study."""
    with reading(engine) as connection:
        return kept.members(connection, study.id)[0]


def names_in(engine: Engine, study: Study) -> list[str]:
    """The names of everyone in a study, for choosing one's own on a single machine."""
    with reading(engine) as connection:
        return [member.name for member in kept.members(connection, study.id)]


def team(engine: Engine, actor: Member) -> list[Member]:
    """Everyone in the study, the lead first."""
    with reading(engine) as connection:
        return kept.members(connection, actor.study_id)


def add_person(engine: Engine, actor: Member, name: str) -> Member:
    """Let a person into the study; adding them twice is adding them once."""
    with writing(engine) as connection:
        return member_named(connection, actor, _named(name, "The person"))


def member_named(connection: Connection, actor: Member, name: str) -> Member:
    """The member of that name; the lead may bring in someone new."""
    for member in kept.members(connection, actor.study_id):
        if member.name == name:
            return member
    if not actor.is_lead:
        raise NotAllowed(f"{name} is not in this study, and only its lead can add people.")
    return kept.add_member(connection, actor=actor, name=name)


def _member(connection: Connection, study: Study, person: str) -> Member | None:
    return next((m for m in kept.members(connection, study.id) if m.name == person), None)


def _named(name: str, what: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise UserFacingError(f"{what} needs a name.")
    return name

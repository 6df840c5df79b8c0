"""``trigpoint study``: studies and the people in them."""

from typing import Annotated

import typer

from workbench import settings
from workbench.cli.calls import Call, at_database, at_study, command, database_file, make_group
from workbench.cli.output import say, write_json, write_table


def add_to(app: typer.Typer) -> None:
    study = make_group(app, "Studies, and who works in them.", name="study")
    command(study, "create", of_study=False)(create)
    command(study, "list")(list_studies)
    command(study, "add-person")(add_person)


def create(call: Call, name: Annotated[str, typer.Argument(help="Its name.")]) -> None:
    """Start a study. Whoever creates it is its lead."""
    from workbench.services.studies import create_study

    with at_database(call, create=True) as engine:
        lead = create_study(engine, name, person=settings.acting_person(call.person))
    name = " ".join(name.split())
    if call.json:
        write_json({"study": name, "id": lead.study_id, "lead": lead.name})
    else:
        say(f"Study '{name}' created; {lead.name} is its lead.")


def list_studies(call: Call) -> None:
    """List the studies in the database."""
    from workbench.services.studies import find_study, studies_of

    file = database_file(settings.database_url(call.database))
    if file is not None and not file.exists():
        found = []
    else:
        with at_database(call) as engine:
            found = [find_study(engine, call.study)] if call.study else studies_of(engine)
    if call.json:
        write_json([{"study": study.name, "id": study.id} for study in found])
    elif found:
        write_table(("study", "id"), [(study.name, study.id) for study in found])
    else:
        say("There is no study yet. Create one: trigpoint study create NAME")


def add_person(call: Call, name: Annotated[str, typer.Argument(help="The person's name.")]) -> None:
    """Let a person into the study; its lead does this."""
    from workbench.services import studies

    with at_study(call) as (engine, actor):
        member = studies.add_person(engine, actor, name)
    if call.json:
        write_json({"person": member.name, "id": member.id, "role": member.role})
    else:
        say(f"{member.name} is in the study ({member.role}).")

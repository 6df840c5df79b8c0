"""A study with pseudonyms and its key, made by hand."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

from sqlalchemy import Engine

from corpus.pseudonyms.entities import Entity
from corpus.pseudonyms.models import Kind
from store import tables
from store.engine import writing
from store.events import record
from store.studies import Member
from workbench.services.pseudonym_keys import Key, keep_key, key_place

SECRET = "vier woorden van ons"
ENTITIES = (
    Entity("[Persoon 1]", Kind.PERSON, ("Lieve Peeters",)),
    Entity("[Telefoon 1]", Kind.PHONE, ("09 123 45 67",)),
)
#: Originals of which nothing may be anywhere but in the key.
ORIGINALS = ("Lieve", "Peeters", "123 45 67", "1234567")


def give_pseudonyms(engine: Engine, lead: Member, *, key: bool = True) -> Path:
    """Two pseudonyms for the study, and their key at the study's place."""
    study_id = lead.study_id
    for entity in ENTITIES:
        row_id = uuid4()
        row = {"id": row_id, "text": entity.pseudonym, "kind": entity.kind.value}
        with writing(engine) as connection:
            record(
                connection,
                study_id=study_id,
                actor_id=lead.id,
                action="pseudonym.add",
                entity=tables.pseudonym,
                entity_id=row_id,
                add=[(tables.pseudonym, row)],
            )
    place = key_place(str(study_id))
    if key:
        keep_key(place, Key(str(study_id), "nl", ENTITIES), passphrase=SECRET)
    return place

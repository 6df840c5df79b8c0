"""A snapshot that is carried on by what changed is the one that would be read anew."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from contextlib import suppress
from uuid import UUID

import pytest
import sqlalchemy as sa

from corpus.errors import UserFacingError
from corpus.models import Document
from store.engine import reading
from store.studies import Member
from tests.services.readers import spelled
from tests.services.team import Team
from workbench.services import merging, proposals, recoding, snapshot
from workbench.services.snapshot import Snapshot, snapshot_of

CODES = ("ECO-FUND", "ECO-FIN", "SOC-LEAD", "PAT-ATT")
VALENCES = (None, "facilitator", "barrier")


def read_anew(team: Team, viewer: Member) -> Snapshot:
    with reading(team.engine) as connection:
        return snapshot._read(connection, viewer, snapshot._Kept(), 0, None).seen


def told(seen: Snapshot) -> tuple[object, ...]:
    """All that a snapshot holds; codings of exactly the same place stand in no order."""
    columns = seen.columns
    rows = sorted(
        (
            *(int(column[n]) for column in (columns.text, columns.start, columns.end)),
            columns.id(n),
            columns.codes[columns.code[n]],
            columns.coders[columns.coder[n]],
            int(columns.valence[n]),
            int(columns.speaker[n]),
        )
        for n in range(len(columns))
    )
    places = list(zip(columns.text.tolist(), columns.start.tolist(), columns.end.tolist(), strict=True))
    assert places == sorted(places)
    around = (seen.codebook, seen.outside, seen.families, seen.versions, columns.texts, columns.asked)
    return rows, columns.codes, columns.coders, spelled(around)


def acts(team: Team, chance: random.Random, documents: list[Document]) -> list[Callable[[], object]]:
    """What somebody may do next; much of it is refused, as it is in life."""
    person, document = chance.choice([team.lead, team.anna, team.bram]), chance.choice(documents)
    start = chance.randrange(len(document.text) - 12)
    place = {"start": start, "end": start + chance.randrange(2, 12)}
    own = [c for c in team.seen(person, document) if c.coder == person.name]
    coding = str(chance.choice(own).id) if own else None
    code, valence = chance.choice(CODES), chance.choice(VALENCES)
    one, other = chance.sample(CODES, 2)
    round_name = chance.choice(["First", "Second"])

    def act(**operation: object) -> Callable[[], object]:
        return lambda: team.try_act(person, document, **operation)

    often = [
        act(type="apply", code=code, valence=valence, **place),
        act(type="apply", code=code, valence=valence, **place),
        act(type="undo"),
        act(type="redo"),
    ]
    if coding is not None:
        often += [
            act(type="change", coding=coding, code=code, valence=valence),
            act(type="resize", coding=coding, **place),
            act(type="memo", coding=coding, text="a thought"),
            act(type="retire", coding=coding),
            lambda: recoding.recode(team.engine, person, [UUID(coding)], into=code),
        ]
    return 3 * often + [
        lambda: team.open_round(round_name, documents=[document], blind=chance.random() < 0.8),
        lambda: team.finish(team.anna, team.bram, name=round_name),
        lambda: team.reveal(round_name),
        lambda: proposals.propose_code(team.engine, person, label=f"code {start}", parent="ECO"),
        lambda: merging.merge_codes(team.engine, team.lead, one, into=other, reason="They are one"),
        lambda: documents.append(team.add_document(title=f"Report {len(documents) + 1}")),
    ]


def act_somehow(team: Team, chance: random.Random, documents: list[Document]) -> None:
    with suppress(UserFacingError):
        chance.choice(acts(team, chance, documents))()


@pytest.mark.parametrize("seed", range(3))
def test_after_any_sequence_it_is_what_would_be_read_anew(quick_team: Team, seed: int) -> None:
    team, chance = quick_team, random.Random(seed)
    documents = [team.document, team.add_document(title="Report 2")]
    for _ in range(25):
        for _ in range(chance.randrange(1, 4)):
            act_somehow(team, chance, documents)
        for viewer in chance.sample([team.lead, team.anna, team.bram], 2):
            assert told(snapshot_of(team.engine, viewer)) == told(read_anew(team, viewer))


def test_it_is_the_same_on_both_databases(team: Team) -> None:
    chance = random.Random(3)
    for _ in range(12):
        act_somehow(team, chance, [team.document])
        assert told(snapshot_of(team.engine, team.lead)) == told(read_anew(team, team.lead))


def statements_of(team: Team, act: Callable[[], object]) -> list[str]:
    found: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        found.append(statement)

    sa.event.listen(team.engine, "before_cursor_execute", note)
    try:
        act()
    finally:
        sa.event.remove(team.engine, "before_cursor_execute", note)
    return found


def reads_all_codings(statements: list[str]) -> bool:
    of_codings = [s for s in statements if re.search(r"FROM coding\b", s)]
    return any("lineage_id IN" not in s and "coding.id IN" not in s for s in of_codings)


def test_only_what_changed_is_read_after_a_coding(quick_team: Team) -> None:
    team = quick_team
    team.code(team.anna, "no time")
    assert reads_all_codings(statements_of(team, lambda: snapshot_of(team.engine, team.bram)))
    made = team.code(team.anna, "money")
    team.act(team.anna, type="change", coding=made, code="PAT-ATT", valence="barrier")
    assert not reads_all_codings(statements_of(team, lambda: snapshot_of(team.engine, team.bram)))
    assert snapshot_of(team.engine, team.bram).columns.codes == ("ECO-FUND", "PAT-ATT")


def test_what_a_round_hides_or_shows_is_read_anew(quick_team: Team) -> None:
    team = quick_team
    team.code(team.anna, "no time")
    assert len(snapshot_of(team.engine, team.bram).columns) == 1
    team.open_round()
    assert len(snapshot_of(team.engine, team.bram).columns) == 0
    team.code(team.anna, "money")
    assert len(snapshot_of(team.engine, team.bram).columns) == 0
    team.finish(team.anna, team.bram)
    team.reveal()
    assert len(snapshot_of(team.engine, team.bram).columns) == 2

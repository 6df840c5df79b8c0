"""The one edit that the guards let through, and what the check of the log makes of it."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa

from store import tables
from store.backup import verify
from store.blanking import BLANKABLE, MARK
from store.engine import writing
from store.types import Words
from store.withdrawals import without
from tests.services.team import Team, drop_guards
from workbench.services import withdrawing

REFUSED = "kept as it was stored"


@pytest.fixture(autouse=True)
def usual_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


def withdrawn(team: Team) -> tuple[UUID, UUID]:
    """The ids of a coding that was withdrawn with its document, and of one that was not."""
    other = team.add_document("The nurse has no time for okapis.", title="Other")
    gone = team.code(team.anna, "no time for okapis", document=other, memo="sighs")
    kept = team.code(team.anna, "no time")
    withdrawing.withdraw(team.engine, team.lead, document="Other", reason="asked")
    return UUID(gone), UUID(kept)


def change(team: Team, coding_id: UUID, **values: object) -> None:
    coding = tables.coding
    with writing(team.engine) as connection:
        connection.execute(coding.update().where(coding.c.id == coding_id).values(**values))


@pytest.mark.parametrize(
    "values",
    [
        {"quote": "other words"},
        {"quote": MARK, "start_char": 1},
        {"quote": MARK, "valence": "barrier"},
        {"prefix": "other words", "quote": MARK},
    ],
)
def test_a_withdrawn_row_can_be_blanked_and_nothing_else(team: Team, values: dict[str, object]) -> None:
    gone, _ = withdrawn(team)
    with pytest.raises(sa.exc.DBAPIError, match=REFUSED):
        change(team, gone, **values)
    change(team, gone, quote=MARK, prefix="", suffix="")
    assert team.problems() == []


def test_a_row_that_no_withdrawal_names_is_not_blanked(team: Team) -> None:
    _, kept = withdrawn(team)
    for values in ({"quote": MARK}, {"quote": ""}, {"prefix": "", "suffix": ""}):
        with pytest.raises(sa.exc.DBAPIError, match=REFUSED):
            change(team, kept, **values)
    for table in (tables.coding, tables.blanked, tables.withdrawal, tables.document_version):
        with pytest.raises(sa.exc.DBAPIError, match=REFUSED), writing(team.engine) as connection:
            connection.execute(table.delete())


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE coding SET quote = 'other words'", "not as this withdrawal left it"),
        ("UPDATE coding SET start_char = 3 WHERE quote = '[withdrawn]'", "not as this withdrawal left it"),
        ("UPDATE blanked SET digest = 'other' WHERE table_name = 'coding'", "not what was stored"),
        ("UPDATE blanked SET blank_digest = 'other' WHERE table_name = 'memo'", "not what was stored"),
        ("DELETE FROM blanked WHERE table_name = 'memo'", "not what was stored"),
        ("DELETE FROM memo", "not what was stored"),
        ("UPDATE document_version SET text = 'other'", "not as this withdrawal left it"),
    ],
)
def test_whatever_is_done_to_a_blanked_row_past_the_guards_is_found(
    quick_team: Team, statement: str, told: str
) -> None:
    withdrawn(quick_team)
    assert quick_team.problems() == []
    drop_guards(quick_team.engine)
    with writing(quick_team.engine) as connection:
        connection.exec_driver_sql(statement)
    assert any(told in problem for problem in quick_team.problems())


def test_a_row_cannot_be_passed_off_as_withdrawn_afterwards(quick_team: Team) -> None:
    _, kept = withdrawn(quick_team)
    with writing(quick_team.engine) as connection:
        withdrawal_id = connection.execute(sa.select(tables.withdrawal.c.id)).scalar_one()
        connection.execute(
            tables.blanked.insert().values(
                withdrawal_id=withdrawal_id,
                table_name="coding",
                row_key=kept.hex,
                digest="0" * 64,
                blank_digest="0" * 64,
            )
        )
    assert quick_team.problems() != []
    assert verify(quick_team.engine).problems != ()


def test_an_erased_reason_is_no_changed_reason_and_another_one_is(quick_team: Team) -> None:
    withdrawn(quick_team)
    reason = tables.event_reason
    with writing(quick_team.engine) as connection:
        connection.execute(reason.update().values(text=MARK))
    assert any("its reason was changed" in problem for problem in quick_team.problems())


def test_columns_that_are_blanked_are_there_and_hold_words_or_what_comes_of_them() -> None:
    for table, may in BLANKABLE.items():
        columns = {column.name: column for column in table.c}
        assert set(may.words) | set(may.derived) <= set(columns)
        keys = {column.name for column in table.primary_key.columns}
        assert not keys & (set(may.words) | set(may.derived)), table.name


def test_every_column_of_words_that_points_to_a_text_is_blanked() -> None:
    """A new table with quotes, or with notes on a document, has to be told to the withdrawal too."""
    by_place = {"document_id", "document_version_id", "lineage_id", "participant_id"}
    enumerated = {
        "state",
        "reason",
        "kind",
        "outcome",
        "answer",
        "status",
        "about",
        "origin",
        "strength",
        "evidence",
        "certainty",
        "purpose",
        "valence",
        "part",
        "language",
        "name",
    }
    missing = set()
    for table in tables.FACTS:
        if not by_place & {column.name for column in table.c}:
            continue
        may = BLANKABLE.get(table)
        known = set() if may is None else {*may.words, *may.derived}
        words = {column.name for column in table.c if isinstance(column.type, Words)}
        missing |= {f"{table.name}.{name}" for name in words - known - enumerated}
    assert missing == set()


def test_spaces_stand_in_the_place_of_what_was_said() -> None:
    text = "A: Yes, there is money.\nB: No."
    assert without(text, [(0, 23)]) == "[withdrawn]            \nB: No."
    assert without("A: y", [(0, 4)]) == MARK[:4]

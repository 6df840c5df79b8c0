"""Coder agreement is of what the coders had when they finished; what does not exist has its reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import UserFacingError
from store import rounds as kept_rounds
from store.engine import writing
from tests.services.team import Team
from workbench.services import agreement, codebook_editing, coding, rounds
from workbench.services.agreement import CodeAgreement, CoderAgreement, agreement_of_round
from workbench.services.errors import NotAllowed, NotThere
from workbench.services.importing import import_paths


@pytest.fixture
def revealed(team: Team) -> Team:
    return with_a_revealed_round(team)


@pytest.fixture
def quick_revealed(quick_team: Team) -> Team:
    return with_a_revealed_round(quick_team)


def with_a_revealed_round(team: Team) -> Team:
    """Anna finds money in one paragraph, Bram in two; only Anna finds patients."""
    team.code(team.anna, "money is there", "ECO-FUND", valence="facilitator", memo="since 2021")
    team.code(team.bram, "money is there", "ECO-FUND")
    team.code(team.bram, "no time", "ECO-FUND")
    team.code(team.anna, "patients", "PAT-ATT")
    team.open_round()
    team.finish(team.anna, team.bram)
    team.reveal()
    return team


def of_code(found: CoderAgreement, key: str) -> CodeAgreement:
    return next(entry for entry in found.codes if entry.code.key == key)


def test_measures_of_a_small_round_are_those_counted_by_hand(quick_revealed: Team) -> None:
    found = agreement_of_round(quick_revealed.engine, quick_revealed.lead)
    assert (found.n_units, found.n_documents, found.coders) == (3, 1, ("Anna", "Bram"))
    money = of_code(found, "ECO-FUND")
    assert money.counts == {"Anna": 1, "Bram": 2}
    measured = money.measures
    assert measured.n == 3
    assert measured.prevalence == pytest.approx(3 / 6)
    assert measured.percent == pytest.approx(2 / 3)
    assert measured.positive_agreement == pytest.approx(2 * 1 / (1 + 2))
    # Krippendorff: observed 2/6; expected 2·3·3/(6·5).
    assert measured.alpha == pytest.approx(1 - (2 / 6) / (18 / 30))
    # Gwet: chance 2·½·½.
    assert measured.ac1 == pytest.approx((2 / 3 - 1 / 2) / (1 - 1 / 2))


def test_unit_may_be_the_whole_document(quick_revealed: Team) -> None:
    found = agreement_of_round(quick_revealed.engine, quick_revealed.lead, unit="document")
    assert found.n_units == 1
    assert of_code(found, "ECO-FUND").measures.percent == 1
    assert of_code(found, "PAT-ATT").measures.percent == 0


def test_headings_are_no_units(quick_team: Team, tmp_path: Path) -> None:
    path = tmp_path / "minutes.md"
    path.write_text("# Minutes\n\nThe nurse has no time.\n\n## Money\n\nIt is there.\n", encoding="utf-8")
    (minutes,) = import_paths(quick_team.engine, quick_team.lead, [path], source="Minutes", kind="minutes")
    rounds.open_round(
        quick_team.engine,
        quick_team.lead,
        "R",
        coders=["Anna", "Bram"],
        document_names=[str(minutes.document)],
    )
    quick_team.finish(quick_team.anna, quick_team.bram, name="R")
    quick_team.reveal("R")
    assert minutes.sections == 4
    assert agreement_of_round(quick_team.engine, quick_team.lead).n_units == 2


# --- the frozen layer --------------------------------------------------------------------------------


def test_nothing_that_comes_after_finishing_changes_agreement(revealed: Team) -> None:
    before = agreement_of_round(revealed.engine, revealed.lead)
    money = next(c for c in revealed.seen(revealed.anna) if c.coder == "Anna" and c.code == "ECO-FUND")
    revealed.act(revealed.anna, type="change", coding=str(money.id), code="ECO-FIN", valence="barrier")
    revealed.act(revealed.anna, type="memo", coding=str(money.id), text="Bram is right")
    patients = next(c for c in revealed.seen(revealed.anna) if c.code == "PAT-ATT")
    revealed.act(revealed.anna, type="retire", coding=str(patients.id))
    revealed.code(revealed.anna, "no time", "ECO-FUND")  # as Bram: their consensus
    revealed.code(revealed.lead, "nurse", "ECO-FUND")
    codebook_editing.rename_code(revealed.engine, revealed.lead, "ECO-FUND", label={"en": "Grants"})
    after = agreement_of_round(revealed.engine, revealed.lead)
    assert after == before
    assert {c.memo for c in after.codings} == {"since 2021", ""}
    assert after.codes[0].code.name() != "Grants"
    assert revealed.problems() == []


def test_undo_after_the_reveal_changes_what_is_shown_but_not_agreement(quick_revealed: Team) -> None:
    before = agreement_of_round(quick_revealed.engine, quick_revealed.lead)
    for _ in range(2):
        quick_revealed.act(quick_revealed.bram, type="undo")
    assert {c.coder for c in quick_revealed.seen(quick_revealed.lead)} == {"Anna"}
    assert agreement_of_round(quick_revealed.engine, quick_revealed.lead) == before


def test_what_is_done_after_reopening_counts_as_of_the_second_finishing(quick_team: Team) -> None:
    quick_team.code(quick_team.anna, "no time")
    quick_team.open_round()
    quick_team.finish(quick_team.anna)
    rounds.reopen(
        quick_team.engine, quick_team.lead, "First round", coder="Anna", document="Report 1", reason="Slip"
    )
    quick_team.code(quick_team.anna, "money")
    quick_team.finish(quick_team.anna, quick_team.bram)
    quick_team.reveal()
    found = agreement_of_round(quick_team.engine, quick_team.lead)
    assert sorted(c.quote for c in found.codings) == ["money", "no time"]


def test_each_round_keeps_its_own_frozen_layer(quick_revealed: Team) -> None:
    first = agreement_of_round(quick_revealed.engine, quick_revealed.lead, "First round")
    quick_revealed.open_round("Second round")
    quick_revealed.code(quick_revealed.anna, "no time", "ECO-FUND")
    quick_revealed.finish(quick_revealed.anna, quick_revealed.bram, name="Second round")
    quick_revealed.reveal("Second round")
    again = agreement_of_round(quick_revealed.engine, quick_revealed.lead, "First round")
    second = agreement_of_round(quick_revealed.engine, quick_revealed.lead, "Second round")
    assert again == first
    assert of_code(second, "ECO-FUND").measures.percent == 1
    assert of_code(first, "ECO-FUND").measures.percent == pytest.approx(2 / 3)


def test_codings_of_documents_outside_the_round_do_not_count(quick_team: Team) -> None:
    outside = quick_team.add_document("Money.", title="Outside")
    quick_team.open_round(documents=[quick_team.document])
    quick_team.code(quick_team.anna, "Money", document=outside)
    quick_team.code(quick_team.bram, "money")
    quick_team.finish(quick_team.anna, quick_team.bram)
    quick_team.reveal()
    found = agreement_of_round(quick_team.engine, quick_team.lead)
    assert [(c.coder, c.quote) for c in found.codings] == [("Bram", "money")]
    assert found.codes[0].counts == {"Anna": 0, "Bram": 1}


# --- missing is not zero -----------------------------------------------------------------------------


def test_unfinished_document_is_a_gap_and_not_absent(quick_team: Team) -> None:
    second = quick_team.add_document("Money is short.\n\nAnd time too.", title="Report 2")
    opened = quick_team.open_round()
    quick_team.code(quick_team.anna, "money")
    quick_team.code(quick_team.bram, "money")
    quick_team.code(quick_team.anna, "Money is short", document=second)
    quick_team.finish(quick_team.anna)
    rounds.finish(quick_team.engine, quick_team.bram, None, document="Report 1")
    with writing(quick_team.engine) as connection:  # as no service would: before Bram has finished
        kept_rounds.add_reveal(connection, actor=quick_team.lead, round_id=opened.id)
    found = agreement_of_round(quick_team.engine, quick_team.lead)
    money = of_code(found, "ECO-FUND").measures
    assert found.n_units == 5
    assert money.n == 3  # Report 2 was read by one of them
    assert money.percent == 1


def test_value_that_does_not_exist_is_none_with_a_reason(quick_team: Team) -> None:
    quick_team.code(quick_team.anna, "The nurse has no time.")
    quick_team.code(quick_team.bram, "The nurse has no time.")
    quick_team.open_round()
    quick_team.finish(quick_team.anna, quick_team.bram)
    quick_team.reveal()
    everywhere = of_code(
        agreement_of_round(quick_team.engine, quick_team.lead, unit="document"), "ECO-FUND"
    ).measures
    assert everywhere.percent == 1
    assert everywhere.alpha is None  # only one label occurs: there was nothing to agree on
    assert everywhere.reasons["alpha"]
    for name in ("alpha_low", "alpha_high"):
        assert getattr(everywhere, name) is None
    assert everywhere.reasons["alpha_interval"]
    nobody = of_code(agreement_of_round(quick_team.engine, quick_team.lead, coders=["Anna"]), "ECO-FUND")
    assert (nobody.measures.n, nobody.measures.percent) == (0, None)
    assert nobody.measures.reasons["percent"]


def test_every_measure_without_a_value_says_why(quick_revealed: Team) -> None:
    for unit in agreement.UNITS:
        for entry in agreement_of_round(quick_revealed.engine, quick_revealed.lead, unit=unit).codes:
            measured = entry.measures
            for name in ("percent", "positive_agreement", "kappa", "alpha", "ac1"):
                assert (getattr(measured, name) is None) == (name in measured.reasons), (unit, name)
            assert (measured.alpha_low is None) == ("alpha_interval" in measured.reasons)


def test_round_in_which_nobody_coded_has_no_codes(quick_team: Team) -> None:
    quick_team.open_round()
    quick_team.finish(quick_team.anna, quick_team.bram)
    quick_team.reveal()
    found = agreement_of_round(quick_team.engine, quick_team.lead)
    assert (found.codes, found.n_units) == ((), 3)
    assert found.unused


# --- who may ask, and for what -----------------------------------------------------------------------


def test_agreement_waits_for_the_reveal(quick_team: Team) -> None:
    with pytest.raises(NotThere):
        agreement_of_round(quick_team.engine, quick_team.lead)
    quick_team.open_round()
    quick_team.finish(quick_team.anna, quick_team.bram)
    for person in (quick_team.lead, quick_team.anna, quick_team.bram):
        with pytest.raises(NotAllowed):
            agreement_of_round(quick_team.engine, person)
    quick_team.reveal()
    assert agreement_of_round(quick_team.engine, quick_team.anna).round.revealed


def test_several_revealed_rounds_have_to_be_told_apart(quick_revealed: Team) -> None:
    quick_revealed.open_round("Second round")
    assert agreement_of_round(quick_revealed.engine, quick_revealed.lead).round.name == "First round"
    with pytest.raises(NotAllowed):
        agreement_of_round(quick_revealed.engine, quick_revealed.lead, "Second round")
    quick_revealed.finish(quick_revealed.anna, quick_revealed.bram, name="Second round")
    quick_revealed.reveal("Second round")
    with pytest.raises(NotThere, match=r"First round.*Second round"):
        agreement_of_round(quick_revealed.engine, quick_revealed.lead)
    with pytest.raises(NotThere, match="Third round"):
        agreement_of_round(quick_revealed.engine, quick_revealed.lead, "Third round")


@pytest.mark.parametrize("wrong", [{"unit": "word"}, {"unit": ""}, {"coders": ["Anna", "Dora"]}], ids=repr)
def test_unknown_unit_or_coder_is_refused(quick_revealed: Team, wrong: dict[str, object]) -> None:
    with pytest.raises(UserFacingError):
        agreement_of_round(quick_revealed.engine, quick_revealed.lead, **wrong)


def test_order_of_coders_changes_no_measure(quick_revealed: Team) -> None:
    for unit in agreement.UNITS:
        there = agreement_of_round(quick_revealed.engine, quick_revealed.lead, unit=unit)
        back = agreement_of_round(
            quick_revealed.engine, quick_revealed.lead, unit=unit, coders=["Bram", "Anna"]
        )
        assert [entry.measures for entry in back.codes] == [entry.measures for entry in there.codes]


def test_lowest_alpha_comes_first_and_none_last(quick_revealed: Team) -> None:
    found = agreement_of_round(quick_revealed.engine, quick_revealed.lead)
    alphas = [entry.measures.alpha for entry in agreement.worst_first(found.codes)]
    known = [alpha for alpha in alphas if alpha is not None]
    assert known == sorted(known)
    assert alphas[: len(known)] == known


def test_codings_of_agreement_are_the_places_of_the_codes(quick_revealed: Team) -> None:
    found = agreement_of_round(quick_revealed.engine, quick_revealed.anna)
    assert set(found.codings) == set(coding.codings_of(quick_revealed.engine, quick_revealed.anna))

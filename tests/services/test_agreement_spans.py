"""Agreement on passages of a revealed round, and its appendix in three forms."""

from __future__ import annotations

from pathlib import Path

import docx
import openpyxl
import pytest

from corpus.errors import UserFacingError
from tests.services.team import Team
from workbench.services import studies
from workbench.services.agreement import agreement_of_round
from workbench.services.agreement_files import FORMATS, appendix, write_appendix
from workbench.services.agreement_spans import passages_of_round
from workbench.services.errors import NotAllowed


@pytest.fixture
def revealed(quick_team: Team) -> Team:
    """Both find money, Bram a longer passage; only Anna finds patients."""
    team = quick_team
    team.code(team.anna, "money is there", "ECO-FUND", valence="facilitator")
    team.code(team.bram, "and money is there", "ECO-FUND")
    team.code(team.anna, "patients", "PAT-ATT")
    team.open_round()
    team.finish(team.anna, team.bram)
    team.reveal()
    return team


def test_passages_are_paired_and_a_lone_one_is_an_f1_of_nothing(revealed: Team) -> None:
    found = passages_of_round(revealed.engine, revealed.lead)
    money, patients = sorted(found.codes, key=lambda entry: entry.code.key if entry.code else "")
    assert money.n_spans == {"Anna": 1, "Bram": 1}
    assert (money.measures["f1"].value, money.measures["f1_exact"].value) == (1.0, 0.0)
    assert money.offset == 2  # four characters at one end, none at the other
    assert 0 < (money.measures["u_alpha"].value or 0) < 1
    assert patients.measures["f1"].value == 0
    assert patients.measures["cu_alpha"].value is None
    assert patients.reasons["cu_alpha"]
    assert found.whole.n_spans == {"Anna": 2, "Bram": 1}


def test_nothing_of_passages_before_the_reveal(quick_team: Team, tmp_path: Path) -> None:
    quick_team.code(quick_team.anna, "no time")
    quick_team.open_round()
    with pytest.raises(NotAllowed):
        passages_of_round(quick_team.engine, quick_team.lead)
    with pytest.raises(NotAllowed):
        write_appendix(quick_team.engine, quick_team.lead, None, tmp_path / "a.xlsx")


@pytest.mark.parametrize("unit", ["section", "sentence", "document", "character"])
def test_every_unit_gives_values_or_reasons(revealed: Team, unit: str) -> None:
    found = agreement_of_round(revealed.engine, revealed.lead, unit=unit)
    for entry in found.codes:
        m = entry.measures
        for name in ("percent", "positive_agreement", "kappa", "alpha", "ac1"):
            assert (getattr(m, name) is None) == (name in m.reasons), (unit, entry.code.key, name)
    assert (
        found.n_units
        == {
            "section": 3,
            "sentence": 3,
            "document": 1,
            "character": len(revealed.document.text),
        }[unit]
    )


def test_appendix_has_the_matrix_and_the_settings_in_the_workbook(revealed: Team, tmp_path: Path) -> None:
    path = write_appendix(revealed.engine, revealed.lead, None, tmp_path / "appendix.xlsx")
    book = openpyxl.load_workbook(path)
    matrix = list(book["Reliability matrix"].values)
    assert matrix[0][3:5] == ("ECO-FUND Anna", "ECO-FUND Bram") or "ECO-FUND Anna" in matrix[0]
    column = matrix[0].index("ECO-FUND Anna")
    assert [row[column] for row in matrix[1:]] == [0, 1, 0]
    settings = dict(list(book["What was compared"].values)[1:])
    assert settings["Round"] == "First round (blind)"
    assert "seed 2006" in settings["Interval"]
    assert "Trigpoint" in settings["Versions"]


def test_appendix_in_words_holds_the_same_figures_as_the_page(revealed: Team, tmp_path: Path) -> None:
    found = agreement_of_round(revealed.engine, revealed.lead)
    written = write_appendix(revealed.engine, revealed.lead, None, tmp_path / "a.docx")
    tables = [
        [cell.text for cell in row.cells]
        for table in docx.Document(str(written)).tables
        for row in table.rows
    ]
    page = appendix(revealed.engine, revealed.lead, found, "html").decode()
    for level in found.levels:
        alpha = "–" if level.measures.alpha is None else f"{level.measures.alpha + 0.0:.3f}"
        assert any(row[0] == level.code.key and alpha in row for row in tables)
        assert f"<td>{level.code.key}</td>" in page
    assert set(FORMATS) == {"docx", "html", "xlsx"}


def test_names_that_look_like_markup_stay_words(quick_team: Team) -> None:
    quick_team.code(quick_team.anna, "no time")
    quick_team.open_round(name="<script>alert(1)</script>")
    quick_team.finish(quick_team.anna, quick_team.bram, name="<script>alert(1)</script>")
    quick_team.reveal("<script>alert(1)</script>")
    found = agreement_of_round(quick_team.engine, quick_team.lead)
    assert b"<script>" not in appendix(quick_team.engine, quick_team.lead, found, "html")


def test_another_ending_is_refused(revealed: Team, tmp_path: Path) -> None:
    with pytest.raises(UserFacingError, match=r"\.docx, \.html or \.xlsx"):
        write_appendix(revealed.engine, revealed.lead, None, tmp_path / "a.pdf")


def test_valences_of_two_count_though_a_third_coder_has_no_such_passage(quick_team: Team) -> None:
    team = quick_team
    third = studies.add_person(team.engine, team.lead, "Chris")
    for coder in (team.anna, team.bram):
        team.code(coder, "money is there", "ECO-FUND", valence="facilitator")
    team.code(third, "patients", "PAT-ATT")
    team.open_round(coders=("Anna", "Bram", "Chris"))
    team.finish(team.anna, team.bram, third)
    team.reveal()
    valence = passages_of_round(team.engine, team.lead).valence
    assert (valence.n_matched, valence.n_not_given, valence.ac1.value) == (1, 0, 1.0)

"""Files from the browser: kept under their own names, imported one by one, never left on the disk."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from corpus.errors import UnreadableFile
from tests.services.team import Team
from workbench.services.documents import list_documents
from workbench.services.importing import Wishes
from workbench.services.uploads import Received, Upload, import_uploads, is_table, preview_table, safe_name

SURVEY = b"who;answer;answer;\nGP;No time;x;y\n\nnurse;;;\npatient;Nobody asked;;\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where uploads are put for a moment."""
    path = tmp_path / "server"
    path.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(path))
    return path


def receive(team: Team, *uploads: Upload, **wishes: str) -> list[Received]:
    return list(
        import_uploads(team.engine, team.lead, uploads, source="Web", kind="survey", wishes=Wishes(**wishes))
    )


def test_results_bear_the_names_of_the_files_and_nothing_stays_on_the_disk(
    quick_team: Team, folder: Path
) -> None:
    told = receive(
        quick_team,
        Upload("2023-01-05 minutes.txt", b"Minutes of a meeting."),
        Upload("picture.png", b"\x89PNG"),
        Upload("survey.csv", SURVEY),
        text_column="answer",
    )
    assert [(one.result.path, one.result.status) for one in told] == [
        ("2023-01-05 minutes.txt", "imported"),
        ("picture.png", "refused"),
        ("survey.csv, row 2", "imported"),
        ("survey.csv, row 3", "refused"),
        ("survey.csv, row 4", "refused"),
        ("survey.csv, row 5", "imported"),
    ]
    assert str(told[0].result.date) == "2023-01-05"
    assert list(folder.iterdir()) == []
    assert str(folder) not in str(told)


def test_share_grows_to_all_of_the_texts(quick_team: Team) -> None:
    shares = [one.share for one in receive(quick_team, *(Upload(f"{n}.txt", b"%d." % n) for n in range(4)))]
    assert shares == [0.25, 0.5, 0.75, 1.0]


def test_two_files_of_one_name_are_two_files(quick_team: Team) -> None:
    told = receive(quick_team, Upload("a.txt", b"One."), Upload("a.txt", b"Two."), Upload("a.txt", b"One."))
    assert [one.result.status for one in told] == ["imported", "imported", "duplicate"]
    assert [one.result.path for one in told] == ["a.txt"] * 3


def test_stopping_half_way_leaves_nothing_on_the_disk_and_keeps_what_was_told(
    quick_team: Team, folder: Path
) -> None:
    received = import_uploads(
        quick_team.engine,
        quick_team.lead,
        [Upload("a.txt", b"One."), Upload("b.txt", b"Two.")],
        source="Web",
        kind="survey",
    )
    assert next(received).result.title == "a"
    assert list(folder.iterdir()) != []
    received.close()  # type: ignore[attr-defined]
    assert list(folder.iterdir()) == []
    assert "a" in {document.title for document in list_documents(quick_team.engine, quick_team.lead)}


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd.txt",
        "C:\\notes\\a.txt",
        "/a.txt",
        "..",
        ".",
        "",
        "a\x00b.txt",
        "\u202etxt.exe",
        "x" * 400 + ".txt",
    ],
)
def test_hostile_name_stays_in_its_folder(quick_team: Team, folder: Path, name: str) -> None:
    cleaned = safe_name(name)
    assert Path(cleaned).name == cleaned not in ("", ".", "..")
    assert len(cleaned) <= 180
    assert safe_name(cleaned) == cleaned
    (told,) = receive(quick_team, Upload(name, b"One."))
    assert told.result.status in ("imported", "refused")
    assert list(folder.iterdir()) == []


def test_preview_shows_the_columns_that_the_import_knows(quick_team: Team) -> None:
    preview = preview_table(Upload("survey.csv", SURVEY))
    assert preview.columns == ("who", "answer", "answer (2)", "column 4")
    assert preview.rows == (
        ("GP", "No time", "x", "y"),
        ("nurse", "", "", ""),
        ("patient", "Nobody asked", "", ""),
    )
    assert preview.total == 3
    for column in preview.columns:
        told = receive(quick_team, Upload("survey.csv", SURVEY), text_column=column, title_column="who")
        assert all("no column" not in str(one.result.reason) for one in told)


@pytest.mark.parametrize("data", [b"", b"\n", b";;\n1;2;3\n", b"PK\x03\x04"], ids=repr)
def test_table_that_is_none_is_told_by_its_name(data: bytes) -> None:
    with pytest.raises(UnreadableFile, match=r"survey\.csv"):
        preview_table(Upload("survey.csv", data))


def test_only_csv_files_are_tables() -> None:
    assert [is_table(name) for name in ("a.csv", "A.CSV", "a.csv.txt", "csv")] == [True, True, False, False]

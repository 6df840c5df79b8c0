"""Wherever files are read, the same documents come out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest

from corpus.documents import clean_raw, make_document
from corpus.errors import UserFacingError
from corpus.models import Document, RawText, Refused, Source
from store.documents import texts
from store.engine import reading
from tests.services.team import Team
from workbench.services.documents import list_sources
from workbench.services.importing import import_paths
from workbench.services.reading_engine import Found, Prepared, Wishes, read_files

ROOT = Path(__file__).resolve().parents[2]
SOURCE = Source(UUID(int=1), "Papers", "publication")


def told(item: Found, wishes: Wishes) -> Refused | tuple[RawText, Document]:
    if isinstance(item, Refused):
        return item
    if isinstance(item, Prepared):
        raw, document = item.raw, item.document(SOURCE)
    else:
        raw = clean_raw(item)
        document = make_document(SOURCE, item, language=wishes.language, date=wishes.date)
    return raw, replace(document, id=UUID(int=0))


def everything_in(folder: Path, wishes: Wishes, at: str | None) -> list[object]:
    return [(path, told(item, wishes)) for path, item in read_files([folder], wishes, at=at)]


def test_the_example_study_and_the_odd_files_are_read_alike_in_a_pool() -> None:
    for folder, wishes in (
        (ROOT / "examples" / "chronic_care" / "documents", Wishes(text_column="answer")),
        (ROOT / "tests" / "data", Wishes(language="nl")),
    ):
        here = everything_in(folder, wishes, None)
        assert len(here) > 5
        assert everything_in(folder, wishes, "pool") == here


def test_what_is_refused_keeps_its_reason(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("No time for goals.")
    (tmp_path / "b.docx").write_bytes(b"no document at all")
    (tmp_path / "c.txt").write_bytes(b"")
    here = everything_in(tmp_path, Wishes(), None)
    assert [isinstance(item, Refused) for _, item in here] == [False, True, True]
    assert everything_in(tmp_path, Wishes(), "pool") == here


def test_an_import_by_a_pool_stores_what_one_by_one_stores(quick_team: Team, tmp_path: Path) -> None:
    team, folder = quick_team, tmp_path / "texts"
    folder.mkdir()
    for n in range(12):
        words = f"# Meeting {n}\n\nThe nurse had no time, again. " * (n + 1)
        (folder / f"report_{n}.md").write_text(words)
    results = list(
        import_paths(team.engine, team.lead, [folder], source="Reports", kind="meeting report", at="pool")
    )
    assert [result.status for result in results] == ["imported"] * 12
    assert [Path(result.path).name for result in results] == sorted(file.name for file in folder.iterdir())
    again = list(import_paths(team.engine, team.lead, [folder], source="Reports", kind="meeting report"))
    assert [result.status for result in again] == ["duplicate"] * 12
    with reading(team.engine) as connection:
        stored = {title: text for _, title, text in texts(connection, team.lead.study_id)}
    assert stored["Meeting 3"].startswith("# Meeting 3\n\nThe nurse had no time, again. # Meeting 3")


def test_an_engine_that_is_not_known_leaves_no_source_behind(quick_team: Team, tmp_path: Path) -> None:

    engine, lead = quick_team.engine, quick_team.lead
    before = list_sources(engine, lead)
    with pytest.raises(UserFacingError, match="pool"):
        list(import_paths(engine, lead, [tmp_path], source="X", kind="survey", at="spark"))
    assert list_sources(engine, lead) == before


def test_a_cluster_reads_what_is_read_here(tmp_path: Path) -> None:
    import distributed

    for n in range(25):
        (tmp_path / f"report_{n}.md").write_text(f"# Meeting {n}\n\nDr. Peeters had no time, again.")
    (tmp_path / "b.docx").write_bytes(b"no document at all")
    with distributed.LocalCluster(
        n_workers=1,
        threads_per_worker=2,
        processes=False,
        protocol="tcp",
        host="127.0.0.1",
        dashboard_address=None,
    ) as cluster:
        found = everything_in(tmp_path, Wishes(), cluster.scheduler_address)
    assert len(found) == 26
    assert found == everything_in(tmp_path, Wishes(), None)

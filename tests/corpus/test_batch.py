"""Many documents: the same results here, in a pool and on a cluster, whatever happens to a worker."""

from __future__ import annotations

import builtins
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from corpus.batch import Mapped, NoSuchEngine, ResultFolder, map_documents
from tests.corpus import batch_work as work

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kills processes by signal")

TEXTS = [(f"report {n}", "no time " * (n % 7)) for n in range(60)]
DEADLY = [
    *TEXTS[:5],
    ("poison", "deadly"),
    *TEXTS[5:9],
    ("broken", "damaged"),
    ("odd", "unforeseen"),
    *TEXTS[9:12],
]


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """A scheduler with two workers on this machine; it gives up on work at the first death."""
    import dask
    import distributed

    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 0}),
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, host="127.0.0.1"
        ) as cluster,
    ):
        yield cluster


@pytest.fixture(params=["pool", "cluster"])
def engine(request: pytest.FixtureRequest) -> str:
    return "pool" if request.param == "pool" else request.getfixturevalue("cluster").scheduler_address


def test_every_engine_gives_what_this_process_gives_in_the_order_of_the_documents(engine: str) -> None:
    here = list(map_documents(work.count_words, TEXTS))
    assert [done.name for done in here] == [name for name, _ in TEXTS]
    assert here[3] == Mapped("report 3", {"words": 6, "first": "no "})
    assert list(map_documents(work.count_words, TEXTS, engine, workers=2)) == here


def test_work_is_done_in_other_processes(engine: str) -> None:
    assert os.getpid() not in {
        done.result for done in map_documents(work.whose_process, TEXTS, engine, workers=2)
    }


def test_documents_that_cannot_be_done_are_set_aside_and_the_rest_goes_on(engine: str) -> None:
    done = list(map_documents(work.count_if_harmless, DEADLY, engine, workers=2))
    assert [one.name for one in done] == [name for name, _ in DEADLY]
    aside = {one.name: one.reason for one in done if one.reason is not None}
    assert set(aside) == {"poison", "broken", "odd"}
    assert "worker stopped" in str(aside["poison"])
    assert aside["broken"] == "damaged. Save it anew."
    assert aside["odd"] == "KeyError: 'unforeseen'"
    assert [one.result for one in done if one.reason is None] == [len(text.split()) for _, text in TEXTS[:12]]


def test_a_document_at_which_a_worker_died_once_is_done_elsewhere(engine: str, tmp_path: Path) -> None:
    mark = str(tmp_path / "died")
    values = [(name, {"text": text, "mark": mark}) for name, text in [*TEXTS[:4], ("ill luck", "deadly")]]
    done = list(map_documents(work.count_and_kill_once, values, engine, workers=2))
    assert Path(mark).exists()
    assert [one.reason for one in done] == [None] * 5


def test_a_worker_of_the_cluster_that_is_killed_changes_nothing(cluster: Any) -> None:
    running = map_documents(work.count_slowly, TEXTS, cluster.scheduler_address)
    first = next(running)
    victim = next(iter(cluster.workers.values()))
    os.kill(victim.pid, signal.SIGKILL)
    assert [first, *running] == [Mapped(name, len(text.split())) for name, text in TEXTS]


def test_what_was_done_is_not_done_again(engine: str, tmp_path: Path) -> None:
    log, folder = tmp_path / "log", tmp_path / "results"
    values = [(name, {"text": f"{text}{name}", "log": str(log)}) for name, text in TEXTS[:30]]

    def run(version: str = "1") -> list[Mapped]:
        return list(
            map_documents(
                work.note_and_count, values, engine, function_version=version, results=folder, workers=2
            )
        )

    half = map_documents(
        work.note_and_count, values[:10], engine, function_version="1", results=folder, workers=2
    )
    assert len(list(half)) == 10
    whole = run()
    assert len(log.read_text().splitlines()) == 30
    assert run() == whole
    assert len(log.read_text().splitlines()) == 30
    assert run(version="2") == whole
    assert len(log.read_text().splitlines()) == 60


def test_a_run_that_was_broken_off_keeps_what_it_handed_out(tmp_path: Path) -> None:
    results: dict[str, Any] = {}
    running = map_documents(work.count_slowly, TEXTS, "pool", results=results, workers=2)
    for _ in range(5):
        next(running)
    running.close()
    assert 5 <= len(results) < len(TEXTS)


def test_what_was_set_aside_is_tried_again(tmp_path: Path) -> None:
    results: dict[str, Any] = {}
    list(map_documents(work.count_if_harmless, [("broken", "damaged")], results=results))
    assert results == {}


def test_equal_names_do_not_make_equal_content() -> None:
    results: dict[str, Any] = {}
    list(map_documents(len, [("a", "one"), ("a", "three")], results=results))
    assert sorted(results.values()) == [3, 5]
    assert [one.result for one in map_documents(len, [("b", "one")], results=dict.fromkeys(results, 9))] == [
        9
    ]


def test_results_in_a_folder_are_whole_files_of_this_account_alone(tmp_path: Path) -> None:
    folder = ResultFolder(tmp_path / "kept")
    folder["a"] = {"words": 2}
    with pytest.raises(TypeError):
        folder["b"] = {"not plain": object()}
    assert dict(folder) == {"a": {"words": 2}}
    assert [file.name for file in (tmp_path / "kept").iterdir()] == ["a.json"]
    assert (tmp_path / "kept").stat().st_mode & 0o077 == 0
    del folder["a"]
    assert len(folder) == 0


@pytest.mark.parametrize("engine", ["spark", "http://127.0.0.1:1", ""])
def test_an_engine_that_is_not_known_is_refused_with_those_that_are(engine: str) -> None:
    with pytest.raises(NoSuchEngine, match="pool"):
        map_documents(len, TEXTS, engine)


def test_a_cluster_that_does_not_answer_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus.batch._WAIT_FOR_SCHEDULER", 1.0)
    with pytest.raises(NoSuchEngine, match=r"tcp://127\.0\.0\.1:9"):
        list(map_documents(len, TEXTS, "tcp://127.0.0.1:9"))


def test_tls_without_certificates_says_which_setting_is_missing() -> None:
    with pytest.raises(NoSuchEngine, match="certificates"):
        list(map_documents(len, TEXTS, "tls://127.0.0.1:9"))


def test_without_the_package_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    imported = builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name == "distributed":
            raise ImportError(name)
        return imported(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(NoSuchEngine, match=r"trigpoint\[cluster\]"):
        list(map_documents(len, TEXTS, "tcp://127.0.0.1:9"))

"""The app as a person has it before them, page by page, without a browser."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

from streamlit.runtime.scriptrunner import RerunData
from streamlit.runtime.scriptrunner_utils.script_requests import ScriptRequests
from streamlit.testing.v1 import AppTest, app_test
from streamlit.testing.v1.local_script_runner import LocalScriptRunner
from streamlit.util import calc_hash

SCRIPT = Path(__file__).resolve().parents[2] / "streamlit_app.py"

#: Seconds that a page may take on a busy machine.
PATIENCE = 60


def open_app(*, person: str = "Lena", study: str | None = None) -> AppTest:
    """The app at its first page, the list of studies."""
    app = AppTest.from_file(str(SCRIPT), default_timeout=PATIENCE)
    app.query_params["person"] = person
    if study is not None:
        app.query_params["study"] = study
    return app.run()


def open_page(path: str, *, person: str = "Lena", study: str = "Region", **address: str) -> AppTest:
    """A page of a study, as if its address had been typed in."""
    app = AppTest.from_file(str(SCRIPT), default_timeout=PATIENCE)
    app.query_params.update({"person": person, "study": study} | address)
    return healthy(go_to(app, path))


def go_to(app: AppTest, path: str) -> AppTest:
    """Turn to a page. AppTest.switch_page knows only pages that are files; ours are functions."""
    app._page_hash = calc_hash(path)  # what Streamlit knows a page by
    return app.run()


def press(app: AppTest, label: str) -> AppTest:
    """Press the one button of that name."""
    (button,) = [button for button in app.button if button.label == label]
    button.click()
    return run(app, button)


def run(app: AppTest, widget: Any) -> AppTest:
    """Draw what a browser draws after a widget was used: its dialog or fragment alone, or the page.

    AppTest itself always runs the whole page, in which no dialog is open. After a fragment has run,
    the app holds the elements of the fragment alone.
    """
    state = app._session_state._state
    metadata = state._new_widget_state.widget_metadata[widget.id]

    class Runner(LocalScriptRunner):
        def request_rerun(self, rerun_data: RerunData) -> bool:
            if metadata.fragment_id is not None:
                self._requests = ScriptRequests()  # it begins with a run of the whole page, which would win
            return super().request_rerun(replace(rerun_data, fragment_id=metadata.fragment_id))

    with patch.object(app_test, "LocalScriptRunner", Runner):
        return app.run()


def healthy(app: AppTest) -> AppTest:
    """The same app, in which nothing went wrong."""
    assert not app.exception, app.exception[0].message
    assert [error.value for error in app.error] == []
    return app


def words(app: AppTest) -> str:
    """Everything that stands on the page as text, without its tables."""
    kinds = (
        "title",
        "header",
        "subheader",
        "markdown",
        "caption",
        "text",
        "info",
        "warning",
        "error",
        "html",
    )
    return "\n".join(str(getattr(element, "value", "")) for kind in kinds for element in app.get(kind))


def sent(app: AppTest) -> bytes:
    """Everything that the server sent to the browser, also what no element shows."""
    return b"\n".join(_protos(app._tree))


def _protos(node: Any) -> Iterator[bytes]:
    if getattr(node, "proto", None) is not None:
        yield node.proto.SerializeToString()
    for child in getattr(node, "children", {}).values():
        yield from _protos(child)

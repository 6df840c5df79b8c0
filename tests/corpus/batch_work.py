"""Work for the tests of `corpus.batch`: a worker imports it by its name."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path
from typing import Any

from corpus.errors import UserFacingError


def count_words(text: str) -> dict[str, Any]:
    return {"words": len(text.split()), "first": text[:3]}


def count_slowly(text: str) -> int:
    time.sleep(0.05)
    return len(text.split())


def count_if_harmless(text: str) -> int:
    """Stops its process at "deadly", raises at "damaged"."""
    if text == "deadly":
        os.kill(os.getpid(), signal.SIGKILL)
    if text == "damaged":
        raise UserFacingError("damaged. Save it anew.")
    if text == "unforeseen":
        raise KeyError("unforeseen")
    return len(text.split())


def count_and_kill_once(value: dict[str, str]) -> int:
    """Stops its process the first time that it is asked: a mark on disk remembers it."""
    mark = Path(value["mark"])
    if value["text"] == "deadly" and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return len(value["text"].split())


def note_and_count(value: dict[str, str]) -> int:
    """Leaves a line in a file for each time that it is done."""
    with Path(value["log"]).open("a", encoding="utf-8") as file:
        file.write(value["text"] + "\n")
    return len(value["text"].split())


def whose_process(_: str) -> int:
    return os.getpid()

"""Every word of the interface goes through the catalogue, with the values that it asks for."""

from __future__ import annotations

import ast
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from workbench.components.reader import READER_WORDS
from workbench.messages import say

ROOT = Path(__file__).resolve().parents[1]
SPEAKING = sorted(
    path
    for folder in ("workbench", "workbench/views")
    for path in (ROOT / folder).glob("*.py")
    if path.name != "messages.py"
)


def calls_of_say(path: Path) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "say":
            yield node


def placeholders(message: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(message) if name}


@pytest.mark.parametrize("path", SPEAKING, ids=lambda path: path.stem)
def test_a_message_gets_the_values_it_asks_for(path: Path) -> None:
    for call in calls_of_say(path):
        message = call.args[0]
        if not (isinstance(message, ast.Constant) and isinstance(message.value, str)):
            continue
        given = {keyword.arg for keyword in call.keywords if keyword.arg is not None}
        if any(keyword.arg is None for keyword in call.keywords):
            continue  # values come as a mapping
        assert placeholders(message.value) == given, f"{path.name}:{call.lineno}"


def test_the_reader_has_words_for_everything_it_says() -> None:
    assert READER_WORDS
    assert all(say(message).strip() for message in READER_WORDS.values())


def test_a_message_without_a_translation_is_shown_in_english() -> None:
    assert say("{n} of {total}", "nl", n=1, total=2) == "1 of 2"

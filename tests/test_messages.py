"""Every word of the interface goes through the catalogue, with the values that it asks for."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from workbench.catalogue import TRANSLATED, collect, completeness, is_translated, translation
from workbench.components.reader import READER_WORDS
from workbench.messages import SPOKEN, say, say_number

ROOT = Path(__file__).resolve().parents[1]

#: What a second coder and a researcher see every day.
EVERY_DAY = {
    "app.py",
    "components/reader/words.py",
    *(f"views/{page}.py" for page in ("studies", "study", "documents", "importing", "code", "memos")),
    *(f"views/{page}.py" for page in ("suggestions", "packages", "settings_page", "drawing")),
    *(f"views/{page}.py" for page in ("compare", "compare_agreement", "compare_plan")),
    *(f"views/{page}.py" for page in ("disagreements", "settling")),
}
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
    assert say("{n} wonders of {total}", "nl", n=1, total=2) == "1 wonders of 2"


def messages_of(language: str) -> Iterator[tuple[list[str], list[str]]]:
    """Each translated message in English and in the language: one form, or one for each number."""
    for message in translation(language):
        if message.id and message.string:
            several = isinstance(message.id, list | tuple)
            english = list(message.id) if several else [str(message.id)]
            said = list(message.string) if several else [str(message.string)]
            if all(said):
                yield english, said


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_translated_message_keeps_its_places(language: str) -> None:
    found = list(messages_of(language))
    assert len(found) > 500
    for english, said in found:
        for wanted, words in zip(english, said, strict=True):
            assert placeholders(words) == placeholders(wanted), words
            assert words.count("**") == wanted.count("**"), words


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_pages_of_every_day_are_translated(language: str) -> None:
    known = translation(language)
    said = [
        message.id
        for message in collect()
        if message.id and EVERY_DAY & {place for place, _ in message.locations}
    ]
    lacking = [key for key in said if not is_translated(known, key)]
    assert len(lacking) <= len(said) // 20, lacking


def test_the_docs_tell_how_much_is_translated() -> None:
    text = (ROOT / "docs" / "how-to" / "languages.md").read_text(encoding="utf-8")
    for language, found in completeness().items():
        told = re.search(rf"\| {SPOKEN[language]} \| about (\d+) % \|", text)
        assert told is not None, language
        assert abs(int(told[1]) - 100 * found.translated / found.messages) <= 10


def test_a_number_of_things_is_said_as_one_or_as_many() -> None:
    one, many = "{n} character", "{n} characters"
    assert [say_number(one, many, n) for n in (0, 1, 2)] == ["0 characters", "1 character", "2 characters"]
    assert [say_number(one, many, n, "nl") for n in (0, 1, 2)] == ["0 tekens", "1 teken", "2 tekens"]
    assert [say_number(one, many, n, "fr") for n in (0, 1, 2)] == [
        "0 caractère",
        "1 caractère",
        "2 caractères",
    ]


def test_what_no_catalogue_knows_is_english_in_every_language() -> None:
    assert say("Not a message of the interface", "fr") == "Not a message of the interface"
    assert say("Documents", "xx") == "Documents"

"""Every word of the interface goes through the catalogue, with the values that it asks for."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.errors import UserFacingError
from workbench import reasons
from workbench.catalogue import TRANSLATED, collect, completeness, is_translated, translation
from workbench.components.reader import READER_WORDS
from workbench.messages import SPOKEN, catalogue_of, say, say_as, say_number
from workbench.reason_sentences import sentences_in
from workbench.reasons import retold

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
        message
        for message in collect()
        if message.id and EVERY_DAY & {place for place, _ in message.locations}
    ]
    lacking = [message.id for message in said if not is_translated(known, message.id, message.context)]
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


@pytest.mark.parametrize(("language", "page", "column"), [("nl", "Coderen", "Code"), ("fr", "Coder", "Code")])
def test_one_english_word_may_have_two_translations(
    monkeypatch: pytest.MonkeyPatch, language: str, page: str, column: str
) -> None:
    assert say_as("page", "Code") == say("Code") == "Code"
    monkeypatch.setattr("workbench.messages.spoken", lambda: language)
    assert (say_as("page", "Code"), say("Code")) == (page, column)


def test_what_no_catalogue_knows_is_english_in_every_language() -> None:
    assert say("Not a message of the interface", "fr") == "Not a message of the interface"
    assert say("Documents", "xx") == "Documents"


@pytest.fixture
def in_dutch(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, str]]:
    """What is translated of the reasons; a test may write it anew."""
    known: dict[str, str] = {}
    monkeypatch.setattr("workbench.reasons.catalogue_of", lambda language, domain: known)
    reasons._patterns.cache_clear()
    yield known
    reasons._patterns.cache_clear()


def test_a_reason_is_told_again_with_its_values(in_dutch: dict[str, str]) -> None:
    in_dutch["{name}: holds no text. Save {what} again."] = "{name}: bevat geen tekst. Bewaar {what} opnieuw."
    told = retold(UserFacingError("a b.docx: holds no text. Save it again."), "nl")
    assert told == "a b.docx: bevat geen tekst. Bewaar it opnieuw."


def test_a_reason_within_a_reason_is_told_again_too(in_dutch: dict[str, str]) -> None:
    in_dutch["{path}, row {n}: {error}"] = "{path}, rij {n}: {error}"
    in_dutch["There is no code '{name}'."] = "Er is geen code '{name}'."
    assert retold("x.csv, row 3: There is no code '{A}'.", "nl") == "x.csv, rij 3: Er is geen code '{A}'."


def test_the_sentence_that_says_most_is_taken(in_dutch: dict[str, str]) -> None:
    in_dutch["{a}: {b}"] = "{a} – {b}"
    in_dutch["{path}: is empty."] = "{path}: is leeg."
    assert retold("notes.txt: is empty.", "nl") == "notes.txt: is leeg."


def test_a_reason_that_nobody_translated_stays_as_it_was_said() -> None:
    assert retold("Nobody ever says this of 7 apples.", "fr") == "Nobody ever says this of 7 apples."


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_translated_reason_keeps_its_places(language: str) -> None:
    wrong = [
        english
        for english, said in catalogue_of(language, reasons.DOMAIN).items()
        if not placeholders(said) <= placeholders(english) or not said.strip()
    ]
    assert wrong == []


LATER_AND_RETURNED = {"Ask {who} for the passphrase.", "{name}: is locked."}


def test_sentences_are_found_where_they_are_raised_returned_and_kept_for_later() -> None:
    code = """
LATER = "Ask {who} for the passphrase."
def why(path):
    return f"{path.name}: is locked."
def read(path, n):
    if n:
        raise Refused(f"There are {n:,} {{braces}} in {path.name}." if n > 1 else "There is one.")
    if not n:
        raise Refused(LATER.format(who="Lea"))
    raise Refused(why(path))
"""
    found = set(sentences_in(code))
    assert found == {"There are {n} {{braces}} in {name}.", "There is one.", *LATER_AND_RETURNED}

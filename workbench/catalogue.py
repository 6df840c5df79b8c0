"""Collects what the interface says into the catalogue, and tells how much of it is translated.

Run by ``make messages``, or ``python -m workbench.catalogue``: writes ``locale/trigpoint.pot`` and
``reasons.pot``, brings the translations up to date with them, and prints how many of how many messages each
of them has. What is collected of services and the science folders is in `workbench.reason_sentences`.
"""

from __future__ import annotations

import ast
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from workbench import reason_sentences
from workbench.messages import LOCALES, SPOKEN, read_translation, translation_file
from workbench.reasons import DOMAIN as REASONS

HERE = Path(__file__).parent
MESSAGES = "trigpoint"
TRANSLATED = tuple(language for language in SPOKEN if language != "en")

_BEGUN = dt.datetime(2026, 11, 27, tzinfo=dt.UTC)

Key = str | tuple[str, str]
Sensed = tuple[Key, str | None]

#: Constants whose texts are said under a name of their own; those in ``say(NAME[…])`` are found anyway.
TABLES = frozenset({"PAGES", "READER_WORDS", "TREE_WORDS", "MATRIX_WORDS", "LINES_WORDS", "PARTS"})

#: The sense in which the texts of a constant are said, where it is not the usual one.
SENSES = {"PAGES": "page"}

#: Constants whose rows are one message twice: about one thing, and about {n} of them.
NUMBERED = frozenset({"EVENTS"})


@dataclass(frozen=True)
class Completeness:
    """How many of the messages a language has."""

    translated: int
    messages: int


def collect() -> Catalog:
    """Everything that the interface says, with where it is said."""
    catalogue = _empty(None)
    for path in sorted(HERE.rglob("*.py")):
        inside = path.relative_to(HERE)
        if inside.parts[0] == "cli" or path.name in ("messages.py", "catalogue.py"):
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for key, sense in dict.fromkeys((*_said(tree), *_of_tables(tree))):
            catalogue.add(key, locations=[(inside.as_posix(), 1)], context=sense)
    return catalogue


def collect_reasons() -> Catalog:
    """Every sentence in which services and the science folders tell of a mishap."""
    catalogue = _empty(None)
    for path, sentence in reason_sentences.collect(HERE.parent):
        catalogue.add(sentence, locations=[(path, 1)])
    return catalogue


def translation(language: str, domain: str = MESSAGES) -> Catalog:
    """The translations of a language as they are in its file; empty where there is none."""
    known = read_translation(language, domain)
    return _empty(language) if known is None else known


def completeness(domain: str = MESSAGES) -> dict[str, Completeness]:
    """For each language how many messages of a domain it has, as its file is now."""
    wanted = _COLLECTED[domain]()
    found = {}
    for language in TRANSLATED:
        known = translation(language, domain)
        done = sum(
            1 for message in wanted if message.id and is_translated(known, message.id, message.context)
        )
        found[language] = Completeness(done, len(wanted))
    return found


def update() -> None:
    """Write the templates, and bring every translation up to date; what is not said now is set aside."""
    LOCALES.mkdir(exist_ok=True)
    for domain, collected in _COLLECTED.items():
        wanted = collected()
        _write(LOCALES / f"{domain}.pot", wanted)
        for language in TRANSLATED:
            known = translation(language, domain)
            known.update(wanted, no_fuzzy_matching=True)
            known.header_comment, known.revision_date = wanted.header_comment, _BEGUN
            known.msgid_bugs_address = known.last_translator = known.language_team = ""
            _write(translation_file(language, domain), known)


def is_translated(known: Catalog, key: Key, sense: str | None = None) -> bool:
    """Whether a translation has a message, in all its forms."""
    message = known.get(key[0] if isinstance(key, tuple) else key, sense)
    if message is None or message.fuzzy or not message.string:
        return False
    return all(message.string) if isinstance(message.string, tuple | list) else True


def _said(tree: ast.AST) -> Iterator[Sensed]:
    """What is said on the spot."""
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
            continue
        if node.func.id in ("say", "dialog") and node.args:
            yield from ((text, None) for text in _texts(node.args[0], deep=False))
        elif node.func.id == "say_as" and len(node.args) == 2:
            sense = next(_texts(node.args[0], deep=False), None)
            yield from ((text, sense) for text in _texts(node.args[1], deep=False))
        elif node.func.id == "say_number" and len(node.args) >= 3:
            one, many = (next(_texts(argument, deep=False), "") for argument in node.args[:2])
            if one and many:
                yield (one, many), None


def _of_tables(tree: ast.Module) -> Iterator[Sensed]:
    """What stands in constants of a module and is said later."""
    used = TABLES | {
        node.args[0].value.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "say"
        and node.args
        and isinstance(node.args[0], ast.Subscript)
        and isinstance(node.args[0].value, ast.Name)
    }
    for node in tree.body:
        if not isinstance(node, ast.Assign | ast.AnnAssign) or node.value is None:
            continue
        names = _names(node)
        if names & used:
            sense = next((SENSES[name] for name in names if name in SENSES), None)
            yield from ((text, sense) for text in _texts(node.value, deep=True))
        elif names & NUMBERED:
            for row in ast.literal_eval(node.value).values():
                yield (row if all(row) else row[0]), None


def _names(node: ast.stmt) -> set[str]:
    targets = node.targets if isinstance(node, ast.Assign) else []
    if isinstance(node, ast.AnnAssign):
        targets = [node.target]
    return {target.id for target in targets if isinstance(target, ast.Name)}


def _texts(node: ast.AST, *, deep: bool) -> Iterator[str]:
    """Texts in an expression: of a mapping its values, of a row all but a first word that names it."""
    match node:
        case ast.Constant(value=str(text)) if text.strip():
            yield text
        case ast.IfExp(body=body, orelse=other):
            yield from _texts(body, deep=deep)
            yield from _texts(other, deep=deep)
        case ast.Dict(values=values) if deep:
            for value in values:
                yield from _texts(value, deep=deep)
        case ast.Call(args=arguments) if deep:
            for argument in arguments:
                yield from _texts(argument, deep=deep)
        case ast.Tuple(elts=elements) | ast.List(elts=elements) if deep:
            for element in elements:
                yield from (text for text in _texts(element, deep=deep) if not _is_a_name(text))


def _is_a_name(text: str) -> bool:
    """Whether a word in a row is a key for the program, and nothing to say."""
    return text.isascii() and text.islower() and text.replace("_", "").isalnum() and " " not in text


def _empty(language: str | None) -> Catalog:
    # One date for ever, so that a run that finds nothing new changes no file.
    return Catalog(
        locale=language,
        project="Trigpoint",
        charset="utf-8",
        fuzzy=False,
        header_comment="# What the interface of Trigpoint says.",
        creation_date=_BEGUN,
        revision_date=_BEGUN,
        msgid_bugs_address="",
        last_translator="",
        language_team="",
    )


def _write(file: Path, catalogue: Catalog) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as writable:
        write_po(writable, catalogue, width=110, sort_output=True, omit_header=False, include_lineno=False)


_COLLECTED = {MESSAGES: collect, REASONS: collect_reasons}


def main() -> None:
    update()
    for domain in _COLLECTED:
        for language, found in completeness(domain).items():
            print(f"{domain}, {SPOKEN[language]}: {found.translated:,} of {found.messages:,} messages")


if __name__ == "__main__":
    main()

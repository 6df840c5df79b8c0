"""Codebooks in and out: the schemes that ship with Trigpoint, YAML files, CSV tables.

A file carries what people wrote: ids such as ECO-FUND, labels, definitions. It carries no
identity. Every reading gives the codes fresh UUIDs, because the identity of a code belongs to
the store of a study: two studies that load one scheme hold different codes.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal
from uuid import uuid4

import yaml

from codebook.errors import CodebookError
from codebook.hierarchy import check_hierarchy
from codebook.models import Code, Codebook
from corpus.spreadsheets import write_rows

SCHEMES = {"grol-wensing": "grol_wensing.yaml"}

_TEXTS = ("definition", "include", "exclude", "example", "ticd", "cfir2022")
_CODE_FIELDS = ("id", "label", "themes", *_TEXTS)
# The last two say how to code with the book. They are for people, and no part of `Codebook`.
_BOOK_FIELDS = (
    "id", "name", "version", "languages", "reporting_rollups", "general_rules", "levels",
    "unit_of_coding", "attributes_of_a_coding",
)  # fmt: skip


def load_scheme(name: str) -> Codebook:
    """A codebook that ships with Trigpoint, by its name.

    Raises
    ------
    CodebookError
        If there is no such scheme; the message lists those there are.

    Examples
    --------
    >>> scheme = load_scheme("grol-wensing")
    >>> len(scheme.codes), scheme.codes[0].name("fr")
    (43, 'Innovation / programme')
    """
    if name not in SCHEMES:
        raise CodebookError(f"There is no scheme '{name}'. Available: {', '.join(sorted(SCHEMES))}.")
    text = files("codebook").joinpath("schemes", SCHEMES[name]).read_text(encoding="utf-8")
    return _codebook_from_yaml(text, where=SCHEMES[name])


def read_codebook(path: Path | str) -> Codebook:
    """A codebook from a YAML file of the form of the shipped schemes.

    All plain words are text: an id ``NO`` or ``12`` needs no quotes. A version that is no whole
    number ("0.1.0") is the edition of the file; Trigpoint then counts its versions from 1.

    Raises
    ------
    CodebookError
        If the file is no such codebook; the message names the file, the entry and the remedy.
    """
    path = Path(path)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise CodebookError(f"{path.name}: cannot be read ({error.strerror}). Check the path.") from error
    except UnicodeDecodeError as error:
        raise CodebookError(f"{path.name}: is not UTF-8 text. Save it as UTF-8.") from error
    return _codebook_from_yaml(text, where=path.name)


def write_codebook(codebook: Codebook, path: Path | str, format: Literal["yaml", "csv"] = "yaml") -> None:
    """Write a codebook as YAML, which `read_codebook` reads back, or as a CSV table.

    In CSV a cell that a spreadsheet would take for a formula gets a leading apostrophe.
    """
    writers = {"yaml": _write_yaml, "csv": _write_csv}
    if format not in writers:
        raise CodebookError(f"A codebook cannot be written as '{format}'. Available: {', '.join(writers)}.")
    writers[format](codebook, Path(path))


def _write_yaml(codebook: Codebook, path: Path) -> None:
    book = {
        "id": codebook.name,
        "version": codebook.version,
        "languages": list(_languages(codebook)),
        "reporting_rollups": {
            name: {group: list(keys) for group, keys in groups.items()}
            for name, groups in codebook.rollups.items()
        },
        "general_rules": list(codebook.rules),
        "levels": _branches(codebook, None),
    }
    text = yaml.safe_dump({"codebook": book}, allow_unicode=True, sort_keys=False, width=110)
    path.write_text(text, encoding="utf-8", newline="\n")


def _branches(codebook: Codebook, parent: str | None) -> list[dict[str, Any]]:
    branches = []
    for code in codebook.codes:
        if code.parent == parent:
            branch: dict[str, Any] = {"id": code.key, "label": dict(code.label)}
            branch |= {name: getattr(code, name) for name in _TEXTS if getattr(code, name)}
            below = _branches(codebook, code.key)
            branches.append(branch | ({"themes": below} if below else {}))
    return branches


def _write_csv(codebook: Codebook, path: Path) -> None:
    languages = _languages(codebook)
    columns = ["code", "parent", *(f"label_{language}" for language in languages), *_TEXTS]
    rows = (
        [
            code.key,
            code.parent,
            *(code.label.get(language) for language in languages),
            *(getattr(code, name) for name in _TEXTS),
        ]
        for code in codebook.codes
    )
    write_rows(path, columns, rows)


def _languages(codebook: Codebook) -> tuple[str, ...]:
    return tuple(dict.fromkeys(language for code in codebook.codes for language in code.label))


class _PlainLoader(yaml.SafeLoader):
    """Safe loading without aliases, without repeated keys, and with every plain word as text."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
            raise yaml.MarkedYAMLError(
                problem="aliases (*) are not allowed; write the entry out", problem_mark=mark
            )
        return super().compose_node(parent, index)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen = set()
        for key in (key for key, _ in node.value if isinstance(key, yaml.ScalarNode)):
            if key.value in seen:
                raise yaml.MarkedYAMLError(
                    problem=f"'{key.value}' occurs twice in one entry; remove one",
                    problem_mark=key.start_mark,
                )
            seen.add(key.value)
        return super().construct_mapping(node, deep=deep)


# Texts, lists and named fields are all that a codebook is made of.
_PlainLoader.yaml_constructors = {
    tag: construct
    for tag, construct in yaml.SafeLoader.yaml_constructors.items()
    if tag is None or tag.rpartition(":")[2] in {"null", "str", "seq", "map"}
}
# Words such as NO, ON or 12 are ids and labels here, never false, true or a number.
_PlainLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag == "tag:yaml.org,2002:null"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def _codebook_from_yaml(text: str, *, where: str) -> Codebook:
    book = _mapping(_yaml(text, where), where)
    if "codebook" not in book:
        raise CodebookError(f"{where}: has no entry 'codebook'. Begin the file with 'codebook:'.")
    book = _mapping(book["codebook"], f"{where}, codebook")
    _refuse_unknown_fields(book, _BOOK_FIELDS, f"{where}, codebook")
    languages = _texts(book.get("languages"), f"{where}, languages") or ("en",)
    codebook = Codebook(
        name=_text(book.get("name") or book.get("id"), f"{where}, id") or Path(where).stem,
        version=_version(book.get("version"), where),
        codes=tuple(_codes(book.get("levels"), None, languages[0], f"{where}, levels")),
        rules=_texts(book.get("general_rules"), f"{where}, general_rules"),
        rollups=_rollups(book.get("reporting_rollups"), where),
    )
    if not codebook.codes:
        raise CodebookError(f"{where}: has no codes. List them under 'levels:'.")
    _check(codebook, where)
    return codebook


def _yaml(text: str, where: str) -> object:
    try:
        return yaml.load(text, Loader=_PlainLoader)
    except yaml.MarkedYAMLError as error:
        place = f", line {error.problem_mark.line + 1}" if error.problem_mark else ""
        raise CodebookError(f"{where}{place}: {error.problem}. Mend this line.") from error
    except yaml.YAMLError as error:
        raise CodebookError(f"{where}: is not YAML ({error}). Save it as plain YAML text.") from error
    except RecursionError as error:
        raise CodebookError(f"{where}: is nested too deeply for a codebook. Flatten it.") from error


def _codes(entries: object, parent: str | None, language: str, where: str) -> Iterator[Code]:
    for number, entry in enumerate(_sequence(entries, where), start=1):
        place = f"{where}, entry {number}"
        fields = _mapping(entry, place)
        key = _text(fields.get("id"), f"{place}, id")
        if not key or any(character.isspace() for character in key):
            raise CodebookError(
                f"{place}: has no usable id ('{key}'). Give it a short one without blanks, as ECO-FUND."
            )
        place = f"{where}, '{key}'"
        _refuse_unknown_fields(fields, _CODE_FIELDS, place)
        texts = {name: _text(fields.get(name), f"{place}, {name}") for name in _TEXTS}
        yield Code(uuid4(), key, _label(fields.get("label"), language, place), parent, **texts)
        yield from _codes(fields.get("themes"), key, language, place)


def _label(label: object, language: str, where: str) -> dict[str, str]:
    named = {language: label} if isinstance(label, str) else _mapping(label, f"{where}, label")
    texts = {str(name): _text(text, f"{where}, label {name}") for name, text in named.items()}
    missing = [name for name, text in texts.items() if not text.strip()]
    if missing or not texts:
        which = f" in '{missing[0]}'" if missing else ""
        raise CodebookError(f"{where}: has no label{which}. Add one, as label: {{en: Funding}}.")
    return texts


def _version(version: object, where: str) -> int:
    text = _text(version, f"{where}, version")
    return max(int(text), 1) if text.isascii() and text.isdigit() else 1


def _rollups(rollups: object, where: str) -> dict[str, dict[str, tuple[str, ...]]]:
    place = f"{where}, reporting_rollups"
    return {
        str(name): {
            str(group): _texts(keys, f"{place}, {name}, {group}")
            for group, keys in _mapping(groups, f"{place}, {name}").items()
        }
        for name, groups in _mapping(rollups, place).items()
    }


def _check(codebook: Codebook, where: str) -> None:
    try:
        check_hierarchy(codebook)
    except CodebookError as error:
        raise CodebookError(f"{where}: {error}") from error
    known = {code.key for code in codebook.codes}
    for name, groups in codebook.rollups.items():
        for key in (key for keys in groups.values() for key in keys if key not in known):
            raise CodebookError(
                f"{where}, reporting_rollups, {name}: code '{key}' is not in the codebook. "
                "Add the code or take it out of the roll-up."
            )


def _refuse_unknown_fields(entry: Mapping[str, object], known: Sequence[str], where: str) -> None:
    for field in entry:
        if field not in known:
            close = get_close_matches(str(field), known, n=1)
            nearest = f"nearest is '{close[0]}'" if close else f"known are {', '.join(known)}"
            raise CodebookError(f"{where}: the field '{field}' is not known; {nearest}. Rename or remove it.")


def _mapping(entry: object, where: str) -> Mapping[str, Any]:
    if entry is None:
        return {}
    if not isinstance(entry, dict):
        raise CodebookError(f"{where}: holds no named fields. Write it as 'name: value' lines.")
    return entry


def _sequence(entry: object, where: str) -> Sequence[Any]:
    if entry is None:
        return ()
    if not isinstance(entry, list):
        raise CodebookError(f"{where}: is not a list. Begin each entry with '- '.")
    return entry


def _texts(entry: object, where: str) -> tuple[str, ...]:
    return tuple(_text(text, where) for text in _sequence(entry, where))


def _text(entry: object, where: str) -> str:
    if entry is None:
        return ""
    if not isinstance(entry, str):
        raise CodebookError(f"{where}: is not a text. Put it in quotes.")
    return entry

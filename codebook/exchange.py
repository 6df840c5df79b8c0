"""Codebooks in and out: the schemes that ship with Trigpoint, YAML files, CSV and XLSX tables, Word.

A file carries what people wrote: ids such as ECO-FUND, labels, definitions. It carries no
identity. Every reading gives the codes fresh UUIDs, because the identity of a code belongs to
the store of a study: two studies that load one scheme hold different codes.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal
from uuid import uuid4

import docx
import yaml
from docx.shared import Mm

from codebook.errors import CodebookError
from codebook.hierarchy import ancestors, check_hierarchy
from codebook.models import PARTS, Code, Codebook, by_language, with_texts
from corpus.errors import UnreadableFile
from corpus.spreadsheets import read_rows, write_rows
from corpus.workbooks import read_workbook, write_workbook

SCHEMES = {"grol-wensing": "grol_wensing.yaml", "ccm": "chronic_care_model.yaml"}

_TEXTS = ("example", "ticd", "cfir2022")
_CODE_FIELDS = ("id", "label", "themes", *PARTS, *_TEXTS, "colour", "terms")
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
    """A codebook from a file: YAML of the form of the shipped schemes, or a table in CSV or XLSX.

    In YAML all plain words are text: an id ``NO`` or ``12`` needs no quotes. A version that is no
    whole number ("0.1.0") is the edition of the file; Trigpoint then counts its versions from 1. A
    table has a row for each code, with ``code``, ``parent`` and ``label_en`` or another language.

    Raises
    ------
    CodebookError
        If the file is no such codebook; the message names the file, the entry and the remedy.
    """
    path = Path(path)
    readers = {".csv": _read_csv, ".xlsx": _read_xlsx}
    if path.suffix.lower() in readers:
        try:
            return readers[path.suffix.lower()](path)
        except UnreadableFile as error:
            raise CodebookError(str(error)) from error
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise CodebookError(f"{path.name}: cannot be read ({error.strerror}). Check the path.") from error
    except UnicodeDecodeError as error:
        raise CodebookError(f"{path.name}: is not UTF-8 text. Save it as UTF-8.") from error
    return _codebook_from_yaml(text, where=path.name)


def write_codebook(
    codebook: Codebook, path: Path | str, format: Literal["yaml", "csv", "xlsx", "docx"] = "yaml"
) -> None:
    """Write a codebook as YAML or XLSX, which hold all of it, as a CSV table of its codes, or for Word.

    `read_codebook` reads the first three. A spreadsheet runs nothing of what they hold: in CSV a
    cell that it would take for a formula gets a leading apostrophe, in XLSX it is marked as text.
    """
    writers = {"yaml": _write_yaml, "csv": _write_csv, "xlsx": _write_xlsx, "docx": _write_docx}
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
    languages = _languages(codebook)
    for code in codebook.codes:
        if code.parent == parent:
            branch: dict[str, Any] = {"id": code.key, "label": dict(code.label)}
            branch |= {part: _spoken(code, part, languages[0]) for part in PARTS if code.in_languages(part)}
            branch |= {name: getattr(code, name) for name in (*_TEXTS, "colour") if getattr(code, name)}
            branch |= (
                {"terms": {name: list(words) for name, words in code.terms.items()}} if code.terms else {}
            )
            below = _branches(codebook, code.key)
            branches.append(branch | ({"themes": below} if below else {}))
    return branches


def _spoken(code: Code, part: str, first: str) -> str | dict[str, str]:
    """A part as plain text where a reader takes it for that language, else by language."""
    said = code.in_languages(part)
    plain = first if first in code.label else code.first_language
    return said[plain] if list(said) == [plain] else said


def _write_csv(codebook: Codebook, path: Path) -> None:
    columns, rows = _table(codebook)
    write_rows(path, columns, rows)


def _write_xlsx(codebook: Codebook, path: Path) -> None:
    about = [("name", codebook.name), ("version", str(codebook.version))]
    placed = [
        (name, group, key)
        for name, groups in codebook.rollups.items()
        for group, keys in groups.items()
        for key in keys or ("",)
    ]
    write_workbook(
        path,
        {
            "Codes": _table(codebook),
            "Rules": (("rule",), [(rule,) for rule in codebook.rules]),
            "Roll-ups": (("rollup", "group", "code"), placed),
            "Codebook": (("what", "value"), about),
        },
    )


def _table(codebook: Codebook) -> tuple[list[str], list[list[str]]]:
    """One row a code: what a table in CSV or XLSX says of it."""
    languages = _languages(codebook)
    speaking = tuple(dict.fromkeys(language for code in codebook.codes for language in code.terms))
    further = {
        part: sorted({language for code in codebook.codes for language in code.further.get(part, {})})
        for part in PARTS
    }
    columns = [
        "code",
        "parent",
        *(f"label_{language}" for language in languages),
        *(name for part in PARTS for name in (part, *(f"{part}_{other}" for other in further[part]))),
        *_TEXTS,
        "colour",
        *(f"terms_{language}" for language in speaking),
    ]
    rows = [
        [
            code.key,
            code.parent or "",
            *(code.label.get(language, "") for language in languages),
            *(
                text
                for part in PARTS
                for text in (
                    getattr(code, part),
                    *(code.further.get(part, {}).get(other, "") for other in further[part]),
                )
            ),
            *(getattr(code, name) for name in _TEXTS),
            code.colour,
            *("; ".join(code.terms.get(language, ())) for language in speaking),
        ]
        for code in codebook.codes
    ]
    return columns, rows


def _read_csv(path: Path) -> Codebook:
    rows = read_rows(path, needed=("code",))
    return _codebook_from_table(rows, name=path.stem, version=1, rules=(), rollups={}, where=path.name)


def _read_xlsx(path: Path) -> Codebook:
    sheets = {name.lower(): rows for name, rows in read_workbook(path).items()}
    if not sheets:
        raise CodebookError(f"{path.name}: has no sheet. Put the codes on one called Codes.")
    about = {row.get("what", ""): row.get("value", "") for _, row in sheets.get("codebook", [])}
    rollups: dict[str, dict[str, tuple[str, ...]]] = {}
    for _, row in sheets.get("roll-ups", []):
        groups = rollups.setdefault(row.get("rollup", ""), {})
        keys = [row["code"]] if row.get("code") else []
        groups[row.get("group", "")] = (*groups.get(row.get("group", ""), ()), *keys)
    return _codebook_from_table(
        sheets.get("codes", next(iter(sheets.values()))),
        name=about.get("name") or path.stem,
        version=_version(about.get("version"), path.name),
        rules=tuple(row["rule"] for _, row in sheets.get("rules", []) if row.get("rule")),
        rollups=rollups,
        where=path.name,
    )


def _codebook_from_table(
    rows: Sequence[tuple[int, Mapping[str, str]]],
    *,
    name: str,
    version: int,
    rules: tuple[str, ...],
    rollups: Mapping[str, Mapping[str, tuple[str, ...]]],
    where: str,
) -> Codebook:
    if not rows:
        raise CodebookError(f"{where}: has no codes. Write one a row, with code, parent and label_en.")
    codes: list[Code] = []
    wrong: list[str] = []
    for number, row in rows:
        try:
            codes.append(_code_of_row(row, f"{where}, row {number}"))
        except CodebookError as error:
            wrong.append(str(error))
    if wrong:
        raise CodebookError(_all_wrong(wrong))
    codebook = Codebook(name, version, tuple(codes), rules, rollups)
    _check(codebook, where)
    return codebook


def _all_wrong(wrong: Sequence[str], *, most: int = 8) -> str:
    """All rows to mend at once; a codebook is taken whole or not at all."""
    lines = list(wrong[:most])
    if len(wrong) > most:
        lines.append(f"And {len(wrong) - most} more.")
    if len(wrong) > 1:
        lines.append(f"{len(wrong)} rows have to be mended; nothing was loaded.")
    return "\n".join(lines)


def _code_of_row(row: Mapping[str, str], place: str) -> Code:
    key = _key(row.get("code", ""), place)
    label = _by_language(row, "label_")
    if not label:
        raise CodebookError(f"{place}, '{key}': has no label. Add one in a column label_en.")
    terms = {
        language: tuple(word for word in map(str.strip, words.split(";")) if word)
        for language, words in _by_language(row, "terms_").items()
    }
    code = Code(
        uuid4(),
        key,
        label,
        row.get("parent") or None,
        example=row.get("example", ""),
        ticd=row.get("ticd", ""),
        cfir2022=row.get("cfir2022", ""),
        colour=_colour(row.get("colour", ""), f"{place}, '{key}'"),
        terms=terms,
    )
    return with_texts(
        code,
        {
            part: _taken_apart(code, part, row.get(part, ""), code.first_language)
            | _by_language(row, f"{part}_")
            for part in PARTS
        },
    )


def _taken_apart(code: Code, part: str, text: str, language: str) -> dict[str, str]:
    """A plain text by language: definitions may still hold other languages in paragraphs."""
    return by_language(text, language, code.label) if part == "definition" else {language: text}


def _by_language(row: Mapping[str, str], prefix: str) -> dict[str, str]:
    return {
        column.removeprefix(prefix): text
        for column, text in row.items()
        if column.startswith(prefix) and text.strip()
    }


def _key(key: str, place: str) -> str:
    if not key or any(character.isspace() for character in key):
        raise CodebookError(
            f"{place}: has no usable id ('{key}'). Give it a short one without blanks, as ECO-FUND."
        )
    return key


def _colour(text: str, place: str) -> str:
    if text and not re.fullmatch("#[0-9A-Fa-f]{6}", text):
        raise CodebookError(f"{place}: '{text}' is no colour. Write it as #0B625E.")
    return text


def _write_docx(codebook: Codebook, path: Path) -> None:
    """For reading and handing out: rules first, then each code with what it means."""
    page = docx.Document()
    page.core_properties.title = _printable(codebook.name)
    page.core_properties.author = "Trigpoint"
    page.add_heading(_printable(codebook.name), 0)
    page.add_paragraph(f"Version {codebook.version}, {len(codebook.codes)} codes")
    if codebook.rules:
        page.add_heading("Boundary rules", 1)
        for rule in codebook.rules:
            page.add_paragraph(_printable(rule), style="List Number")
    for code in codebook.codes:
        depth = len(ancestors(codebook, code.key))
        page.add_heading(_printable(f"{code.key}  {code.name()}"), min(depth + 1, 6))
        _describe(page, code)
    page.save(str(path))


def _describe(page: Any, code: Code) -> None:
    others = "; ".join(f"{language}: {text}" for language, text in code.label.items())
    suggesting = "; ".join(f"{language}: {', '.join(words)}" for language, words in code.terms.items())
    said = [
        *((part.capitalize(), _lines(code.in_languages(part))) for part in PARTS),
        ("Example", code.example),
        ("Suggested by", suggesting),
        ("TICD", code.ticd),
        ("CFIR 2022", code.cfir2022),
        ("Names", others if len(code.label) > 1 else ""),
    ]
    told = [(name, text) for name, text in said if text]
    if not told:
        return
    table = page.add_table(rows=0, cols=2)
    for name, text in told:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = name, _printable(text)
        cells[0].width, cells[1].width = Mm(32), Mm(128)
        cells[0].paragraphs[0].runs[0].bold = True


def _lines(said: Mapping[str, str]) -> str:
    if len(said) < 2:
        return next(iter(said.values()), "")
    return "\n".join(f"{language}: {text}" for language, text in said.items())


def _printable(text: str) -> str:
    """Without what a Word file cannot hold; a visible mark stands for it."""
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "\ufffd", text)


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
        key = _key(_text(fields.get("id"), f"{place}, id"), place)
        place = f"{where}, '{key}'"
        _refuse_unknown_fields(fields, _CODE_FIELDS, place)
        texts = {name: _text(fields.get(name), f"{place}, {name}") for name in _TEXTS}
        code = Code(
            uuid4(),
            key,
            _label(fields.get("label"), language, place),
            parent,
            example=texts["example"],
            ticd=texts["ticd"],
            cfir2022=texts["cfir2022"],
            colour=_colour(_text(fields.get("colour"), f"{place}, colour"), place),
            terms={
                str(name): _texts(words, f"{place}, terms {name}")
                for name, words in _mapping(fields.get("terms"), f"{place}, terms").items()
            },
        )
        yield with_texts(
            code, {part: _said(fields.get(part), code, part, language, f"{place}, {part}") for part in PARTS}
        )
        yield from _codes(fields.get("themes"), key, language, place)


def _said(entry: object, code: Code, part: str, language: str, where: str) -> dict[str, str]:
    """A part by language; a plain text is in the first language of the file, or else of the code."""
    if isinstance(entry, dict):
        return {str(name): _text(text, f"{where} {name}") for name, text in entry.items()}
    plain = language if language in code.label else code.first_language
    return _taken_apart(code, part, _text(entry, where), plain)


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

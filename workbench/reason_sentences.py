"""Finds in the code the sentences in which services and the science folders tell of a mishap.

A sentence is what an error is raised with, or given as a reason or warning; the values in it become places:
``f"{path.name}: holds no text."`` is the sentence "{name}: holds no text.". What is put together
elsewhere than where it is raised or given stands in `ELSEWHERE`.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

FOLDERS = ("corpus", "codebook", "triangulation", "store", "workbench/services")

#: What only a programmer sees.
FOR_PROGRAMMERS = frozenset(
    {"ValueError", "TypeError", "KeyError", "RuntimeError", "LookupError", "PermissionError", "OSError"}
)

ALL = ""

#: Where all texts of more than one word are told, or stand in what is told: the names of constants,
#: functions and classes of a file, or `ALL` of it.
ELSEWHERE: Mapping[str, tuple[str, ...]] = {
    "corpus/batch.py": ("_KILLED", "_CERTIFICATES"),
    "corpus/nlp.py": ("_load", "_find", "_fitting"),
    "corpus/pseudonyms/entities.py": (ALL,),
    "corpus/pseudonyms/identifiers.py": (ALL,),
    "corpus/pseudonyms/names.py": (ALL,),
    "corpus/pseudonyms/pipelines.py": (ALL,),
    "corpus/pseudonyms/places.py": (ALL,),
    "corpus/readers/__init__.py": ("_REMEDIES", "_bounded", "_reader_for"),
    "corpus/readers/apart.py": ("_TOO_LONG", "_TOO_MUCH"),
    "corpus/readers/captions.py": (ALL,),
    "corpus/readers/folders.py": (ALL,),
    "corpus/readers/open_document.py": (ALL,),
    "corpus/readers/pdf.py": ("read_pdf", "_left_out"),
    "corpus/readers/rich_text.py": (ALL,),
    "corpus/readers/tables.py": (ALL,),
    "corpus/readers/text.py": (ALL,),
    "corpus/readers/textgrid.py": (ALL,),
    "corpus/readers/turns.py": (ALL,),
    "corpus/readers/word.py": ("_warnings",),
    "corpus/readers/xml.py": ("_TOO_LONG", "_CAUSES"),
    "corpus/search/patterns.py": (ALL,),
    "codebook/agreement/breakdown.py": (ALL,),
    "codebook/agreement/intervals.py": (ALL,),
    "codebook/agreement/presence.py": (ALL,),
    "codebook/agreement/results.py": (ALL,),
    "codebook/disagreements.py": ("SENTENCES",),
    "codebook/exchange.py": ("_all_wrong", "_refuse_unknown_fields", "_PlainLoader"),
    "codebook/merging.py": ("RULE", "UNDO_RULE"),
    "codebook/revisions.py": (
        *("_gone", "_new", "_differences", "_renamed", "_SAID", "_texts", "_of_the_book"),
    ),
    "triangulation/coverage.py": ("overlap",),
    "triangulation/dependence.py": ("_of_sources", "_of_person"),
    "triangulation/opportunity.py": ("DEFAULTS", "UNKNOWN_KIND", "_PROPOSALS"),
    "triangulation/prominence.py": (
        *("_NO_DOCUMENT", "_NOT_CODED", "_NO_CODING", "_NO_QUOTE", "_NO_DATE", "_NO_PARTICIPANT"),
    ),
    "triangulation/researcher_agreement.py": (ALL,),
    "triangulation/robustness.py": (ALL,),
    "triangulation/tables.py": ("_sayings",),
    "store/engine.py": ("_FULL", "_HELD"),
    "workbench/services/agreement.py": ("_warnings",),
    "workbench/services/agreement_spans.py": (ALL,),
    "workbench/services/chronicle.py": (ALL,),
    "workbench/services/coding.py": ("too_long_to_show", "_outcome"),
    "workbench/services/doctor.py": ("_remarks",),
    "workbench/services/import_jobs.py": ("_BROKEN",),
    "workbench/services/feedback.py": ("_person",),
    "workbench/services/findings.py": ("retire_finding", "bring_back", "_refuse_others"),
    "workbench/services/importing.py": (ALL,),
    "workbench/services/leaving.py": ("_refused",),
    "workbench/services/names_in_files.py": (ALL,),
    "workbench/services/package_files.py": ("read_as", "_record_of", "_uuid", "_expect"),
    "workbench/services/package_returns.py": (ALL,),
    "workbench/services/packages.py": ("OF_ITS_OWN",),
    "workbench/services/plans.py": ("_check",),
    "workbench/services/protocol.py": ("set_dependence", "describe_source", "_check_page"),
    "workbench/services/pseudonymising.py": ("NOT_EVERYTHING", "_stored", "_unit", "_texts_read"),
    "workbench/services/recoding.py": (ALL,),
    "workbench/services/report_texts.py": ("write_text",),
    "workbench/services/resolutions.py": ("_checked",),
    "workbench/services/robustness.py": (ALL,),
    "workbench/services/rounds.py": (ALL,),
    "workbench/services/sorting.py": ("_told",),
    "workbench/services/studies.py": (ALL,),
    "workbench/services/suggestions.py": ("_closed",),
    "workbench/services/threads.py": ("_said", "begin_thread"),
    "workbench/services/versions.py": (ALL,),
    "workbench/services/waiting.py": (ALL,),
    "workbench/services/withdrawing.py": ("TOLD", "_of_speaker"),
}

#: Single words that fill a place of a sentence, or a cell of a table.
WORDS = (
    *("approach", "document", "level", "participant", "person", "purpose", "site", "step", "thread", "unit"),
    *("accepted", "declined", "matched", "first", "second", "change", "none", "coding", "study"),
    *("imported", "duplicate", "refused", "codings", "memos"),
)

#: Sentences that only put others together.
TOGETHER = ("{what} ({language})", "'{one}' and '{other}'")

_IS_A_PATTERN = re.compile(r"[\\|^$\[\]]")
_WORD = re.compile(r"[^\W\d_]{2}")


def collect(root: Path) -> Iterator[tuple[str, str]]:
    """Each sentence once a file: (file, sentence)."""
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*.py")):
            file = path.relative_to(root).as_posix()
            for sentence in sentences_in(path.read_text(encoding="utf-8"), ELSEWHERE.get(file, ())):
                yield file, sentence
    for text in (*WORDS, *TOGETHER):
        yield "workbench/reason_sentences.py", text


def sentences_in(code: str, elsewhere: Iterable[str] = ()) -> tuple[str, ...]:
    """The sentences of a module, each once; all those of the constants and functions that are named."""
    module = _Module.of(ast.parse(code))
    return tuple(dict.fromkeys([*module.sentences(), *module.all_of(elsewhere)]))


@dataclass
class _Module:
    """A module with its constants and functions, by name."""

    tree: ast.Module
    constants: dict[str, ast.expr] = field(default_factory=dict)
    functions: dict[str, ast.FunctionDef] = field(default_factory=dict)

    @classmethod
    def of(cls, tree: ast.Module) -> _Module:
        module = cls(tree)
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                module.constants.setdefault(node.targets[0].id, node.value)
            elif isinstance(node, ast.FunctionDef):
                module.functions[node.name] = node
        return module

    def sentences(self) -> Iterator[str]:
        for node in ast.walk(self.tree):
            match node:
                case ast.Raise(exc=ast.Call(func=ast.Name(id=name))) if name in FOR_PROGRAMMERS:
                    continue
                case ast.Raise(exc=ast.Call() as raised):
                    yield from self._told(raised)
                case ast.Call(func=ast.Attribute(attr="append", value=ast.Name(id="warnings")), args=[said]):
                    yield from self._told(said)
                case ast.Call(func=ast.Attribute(attr="__init__"), args=[said, *_]):
                    yield from self._told(said)
                case ast.keyword(arg="reason" | "interval_reason", value=said):
                    yield from self._told(said)
                case ast.Assign(targets=[ast.Subscript(value=ast.Name(id="reasons"))], value=said):
                    yield from self._told(said)
                case ast.Call(func=ast.Name(id="Agreement"), args=[ast.Constant(value=None), said, *_]):
                    yield from self._told(said)

    def all_of(self, names: Iterable[str]) -> Iterator[str]:
        """All texts of more than one word in what is named."""
        for name in names:
            found = self.tree.body if name == ALL else [n for n in ast.walk(self.tree) if name in _names(n)]
            if not found:
                raise LookupError(f"Nothing is called {name!r}. Correct ELSEWHERE.")
            for node in found:
                yield from (text for text in _texts(node) if _is_said(text))

    def _told(self, node: ast.expr, depth: int = 0) -> Iterator[str]:
        """The sentences that an expression can come to, as far as its own module tells."""
        if depth > 3:
            return
        match node:
            case ast.Constant(value=str(text)) if " " in text.strip():
                yield text.replace("{", "{{").replace("}", "}}")
            case ast.JoinedStr():
                if " " in (sentence := with_places(node)).strip():
                    yield sentence
            case ast.IfExp(body=body, orelse=other):
                yield from self._told(body, depth)
                yield from self._told(other, depth)
            case ast.Name(id=name) if name in self.constants:
                yield from self._told(self.constants[name], depth + 1)
            case ast.Call(func=ast.Attribute(attr="format", value=ast.Name(id=name))):
                template = self.constants.get(name)
                if isinstance(template, ast.Constant):
                    yield str(template.value)
            case ast.Call(func=ast.Name(id=name), args=arguments):
                if name in self.functions:
                    yield from self._returned(self.functions[name], depth + 1)
                for argument in arguments:
                    yield from self._told(argument, depth + 1)

    def _returned(self, function: ast.FunctionDef, depth: int) -> Iterator[str]:
        for node in ast.walk(function):
            if isinstance(node, ast.Return) and node.value is not None:
                yield from self._told(node.value, depth)


def _names(node: ast.AST) -> set[str]:
    match node:
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
            return {name}
        case ast.Assign(targets=targets):
            return {target.id for target in targets if isinstance(target, ast.Name)}
        case ast.AnnAssign(target=ast.Name(id=name)):
            return {name}
    return set()


def _texts(node: ast.AST) -> Iterator[str]:
    """The texts in a part of a module, without docstrings, annotations and what only a programmer sees."""
    match node:
        case ast.Expr(value=ast.Constant()) | ast.Raise(exc=ast.Call(func=ast.Name(id="ValueError"))):
            return
        case ast.JoinedStr():
            yield with_places(node)
        case ast.Dict(keys=keys, values=values):
            for key, value in zip(keys, values, strict=True):
                yield from _texts(value)
                if isinstance(key, ast.Constant) and isinstance(value, ast.Tuple) and not _is_told(value):
                    yield str(key.value)  # what stands for several names of the program
        case ast.Constant(value=str(text)):
            yield text if _is_a_template(text) else text.replace("{", "{{").replace("}", "}}")
        case _:
            for child in ast.iter_child_nodes(node):
                yield from _texts(child)


def _is_a_template(text: str) -> bool:
    return re.search(r"\{[a-z_]+\}", text) is not None


def _is_told(value: ast.Tuple) -> bool:
    return any(_is_said(text) for text in _texts(value))


def _is_said(text: str) -> bool:
    """Whether a text is several words, with some of its own between its places, and no pattern."""
    has_words = _WORD.search(re.sub(r"\{[^{}]*\}", "", text)) is not None
    return " " in text.strip() and has_words and not _IS_A_PATTERN.search(text)


def with_places(said: ast.JoinedStr) -> str:
    """A formatted text with a named place for each value.

    >>> with_places(ast.parse("f'{path.name}, row {n + 1}: {{{n}}}'", mode="eval").body)
    '{name}, row {value}: {{{n}}}'
    """
    names: dict[str, str] = {}
    sentence = ""
    for part in said.values:
        if isinstance(part, ast.FormattedValue):
            sentence += f"{{{_place(part.value, names)}}}"
        elif isinstance(part, ast.Constant):
            sentence += str(part.value).replace("{", "{{").replace("}", "}}")
    return sentence


def _place(value: ast.expr, names: dict[str, str]) -> str:
    """A name for a value: its own, else a common one, with a number where it is taken."""
    spelled = ast.unparse(value)
    if spelled not in names:
        own = {ast.Name: "id", ast.Attribute: "attr"}.get(type(value))
        wanted = str(getattr(value, own)).strip("_") if own else "value"
        taken = sum(name.rstrip("0123456789_") == wanted for name in names.values())
        names[spelled] = f"{wanted}_{taken + 1}" if taken else wanted
    return names[spelled]

"""Finds in the code the sentences in which services and the science folders tell of a mishap.

A sentence is what an error is raised with, or given as a reason or warning; the values in it become places:
``f"{path.name}: holds no text."`` is the sentence "{name}: holds no text.".
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

FOLDERS = ("corpus", "codebook", "triangulation", "store", "workbench/services")

#: What only a programmer sees.
FOR_PROGRAMMERS = frozenset(
    {"ValueError", "TypeError", "KeyError", "RuntimeError", "LookupError", "PermissionError", "OSError"}
)


def collect(root: Path) -> Iterator[tuple[str, str]]:
    """Each sentence once a file: (file, sentence)."""
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*.py")):
            for sentence in sentences_in(path.read_text(encoding="utf-8")):
                yield path.relative_to(root).as_posix(), sentence


def sentences_in(code: str) -> tuple[str, ...]:
    """The sentences of a module, each once."""
    return tuple(dict.fromkeys(_Module.of(ast.parse(code)).sentences()))


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

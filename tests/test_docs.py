"""Docs and program say the same: what can be used is described, what is described is there, examples work."""

from __future__ import annotations

import ast
import json
import re
import shlex
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import pytest
import typer
from typer.testing import CliRunner

from codebook import agreement
from codebook.agreement import results
from triangulation.chronicle_files import EVENT_COLUMNS, FIGURE_COLUMNS
from triangulation.feedback_files import RESPONSE_COLUMNS
from triangulation.opportunity import Opportunity
from triangulation.opportunity_files import OPPORTUNITY_COLUMNS
from triangulation.relation_files import RELATION_COLUMNS
from triangulation.tables import EXPECTED, FINDING_COLUMNS, JUDGEMENT_COLUMNS, SILENCES
from workbench.app import PAGES
from workbench.cli import app
from workbench.components.reader import READER_WORDS
from workbench.services.coding import EXPORT_COLUMNS

ROOT = Path(__file__).resolve().parents[1]
REFERENCE = ROOT / "docs" / "reference"
READER = ROOT / "workbench" / "components" / "reader" / "src"
MATRIX = ROOT / "workbench" / "components" / "matrix" / "src"
TREE = ROOT / "workbench" / "components" / "tree" / "src"

#: Options that every command takes are described once.
SHARED = {"--database", "--as", "--study", "--json", "--help"}
#: So are those of every command that writes a file.
LEAVING = {"--pseudonym-key", "--key-passphrase-file", "--with-names", "--unchecked"}


def markdown_files() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", "*.md"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    files = [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]
    # Documents that are read, in tests and in the example, are no documentation.
    return [file for file in files if not {"data", "documents"} & set(file.relative_to(ROOT).parts)]


@cache
def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def one_line(text: str) -> str:
    return " ".join(text.split())


def in_backticks(text: str) -> set[str]:
    """What stands in backticks outside fenced blocks."""
    unfenced = re.sub(r"^```.*?^```", "", text, flags=re.M | re.S)
    return {one_line(found) for found in re.findall(r"`([^`]+)`", unfenced)}


def in_bold(text: str) -> str:
    return "\n".join(one_line(found) for found in re.findall(r"\*\*(.+?)\*\*", text, flags=re.S))


def section(path: Path, heading: str) -> str:
    """What stands under a heading, down to the next of its level or above; empty where it is missing."""
    level = len(heading) - len(heading.lstrip("#"))
    found = re.search(rf"^{re.escape(heading)}$(.*?)(?=^#{{1,{level}}} |\Z)", read(path), flags=re.M | re.S)
    return found.group(1) if found else ""


# -- the command line -------------------------------------------------------------------------


def commands(group: Any = None, name: str = "") -> Iterator[tuple[str, Any]]:
    group = typer.main.get_command(app) if group is None else group
    for word, command in group.commands.items():
        path = f"{name} {word}".strip()
        if hasattr(command, "commands"):
            yield from commands(command, path)
        else:
            yield path, command


COMMANDS = dict(commands())


def options_of(command: Any) -> set[str]:
    return {option for parameter in command.params for option in parameter.opts if option.startswith("--")}


def arguments_of(command: Any) -> list[Any]:
    return [parameter for parameter in command.params if parameter.param_type_name == "argument"]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_documented_with_its_options_and_an_example(name: str) -> None:
    text = section(REFERENCE / "cli.md", f"### `trigpoint {name}`")
    assert text, f"docs/reference/cli.md has no heading '### `trigpoint {name}`'"
    named = set(re.findall(r"--[a-z][a-z-]*", " ".join(in_backticks(text))))
    assert options_of(COMMANDS[name]) - SHARED - LEAVING <= named, (
        f"options of {name} that cli.md does not name"
    )
    assert re.search(rf"^trigpoint {name}\b", text, flags=re.M), f"{name} has no example"


@pytest.mark.parametrize("name", COMMANDS)
def test_no_option_is_documented_that_is_not_there(name: str) -> None:
    text = section(REFERENCE / "cli.md", f"### `trigpoint {name}`")
    named = set(re.findall(r"--[a-z][a-z-]*", " ".join(in_backticks(text))))
    elsewhere = set(re.findall(r"`(?:codebook|codings) \w+ (--[a-z-]+)`", text))
    assert named - elsewhere <= options_of(COMMANDS[name]) | SHARED


def test_no_command_is_documented_that_is_not_there() -> None:
    assert set(re.findall(r"^### `trigpoint ([a-z -]+)`$", read(REFERENCE / "cli.md"), flags=re.M)) == set(
        COMMANDS
    )


def test_shared_options_and_the_commands_without_a_study_are_documented() -> None:
    text = one_line(section(REFERENCE / "cli.md", "## For every command"))
    assert all(f"`{option}" in text for option in SHARED)
    assert "`--version`" in text or "--version" in text
    told = re.search(r"`--study` is not taken by (.*?)\.", text)
    assert told is not None
    without = {name for name, command in COMMANDS.items() if "--study" not in options_of(command)}
    assert in_backticks(told.group(1)) == without


def test_options_of_files_that_leave_are_documented() -> None:
    text = section(REFERENCE / "cli.md", "## Files that leave")
    assert in_backticks(text) >= LEAVING | {"found", "where", "pseudonym", "path"}


#: A way through the commands on which each has something to say; in its order.
A_WAY = (
    "study create Region",
    "study list",
    "study add-person Ann",
    "import gp.txt minutes.txt --source Interviews --kind interview",
    "documents",
    "text gp",
    "search money",
    "pseudonymise gp.txt --out copies --key names.age --yes",
    "pseudonyms check copies/gp.txt --key names.age",
    "correct gp minutes.txt --reason misheard --look",
    "versions gp",
    "withdraw --document minutes --reason asked --look",
    "approvals add gp --person chair --answer comments --text mine",
    "approvals list",
    "participants assign GP1 --to Arts",
    "participants list",
    "participants add Aalst --kind site",
    "participants link gp minutes --to Arts",
    "participants merge Aalst --into Aalst",
    "attributes import attributes.csv",
    "attributes export --out attributes.csv",
    "appraisals write gp --meaning clear",
    "appraisals export --out appraisals.csv",
    "codebook load grol-wensing",
    "codebook export --format csv --out book.csv",
    "codebook add-code --label Queues",
    "codebook rename-code Queues --label Waiting",
    "codings import codings.csv",
    "codings export --out out.csv",
    "memos export --out memos.csv",
    "find",
    "find --out found.csv",
    "matrix --rows themes",
    "cooccurrence --distance 3",
    "timeline",
    "words frequency",
    "words keyness --source Interviews --fewest 1",
    "words concordance money",
    "framework create Money --themes ECO-FUND --rows documents",
    "framework export Money --out framework.xlsx",
    "round open --name R --coders Ann,Ben --documents gp",
    "round finish --as Ann",
    "round reopen --coder Ann --document gp --reason early",
    "package make --coder Ann --out ann.trigpoint",
    "package take ann.trigpoint --database copy.db",
    "package return codings.trigpoint --as Ann --database copy.db",
    "package take codings.trigpoint",
    "round finish --as Ann",
    "round finish --as Ben",
    "round list",
    "round reveal",
    "agree",
    "disagreements",
    "settle begin --attendance Ann,Ben --scribe Ann",
    "settle reason 1 --text why --as Ann",
    "settle place 1 --outcome first",
    "settle end",
    "settle undo 1",
    "settle ask 1 --who Lea",
    "settle merge",
    "consensus --out consensus.csv",
    "minutes --out minutes.md",
    "plan write --wanted .8 --share .25 --reason agreed",
    "plan show",
    "check-cases cases.yaml",
    "agree-table ratings.csv",
    "findings import findings.csv --create-sources",
    "findings export --out out.csv",
    "protocol write --question What? --judges Ann,Ben --code-set racine --code partial=Adds",
    "protocol write --source Interviews --participants many --guide gp.txt",
    "opportunity import chances.csv",
    "opportunity export --all --out chances.csv",
    "protocol write --sorting alone",
    "sorting lock --as Ann",
    "sorting reopen --researcher Ann --reason again",
    "sorting log",
    "protocol write --sorting together",
    "protocol fix",
    "protocol show",
    "judge import judgements.csv --create-sources",
    "judge export --out out.csv",
    "judge reopen --researcher Ann --reason again",
    "judge lock --as Ann",
    "triangulate",
    "prominence",
    "resolve --theme ECO-FUND --about code --source-a Interviews --source-b Survey --outcome partial"
    " --reason again --decided-by Ann,Ben",
    "resolutions",
    "robustness",
    "workup write --theme ECO-FUND --methods differ",
    "workup list",
    "feedback group Board --smallest 1",
    "feedback invite B1 --group Board --role chair",
    "feedback packet --group Board --out packet.html",
    "feedback import answers.csv",
    "feedback export --out answers.csv",
    "feedback register",
    "relations import relations.csv",
    "relations export --format mermaid --out relations.mmd",
    "events import events.csv",
    "events export --out out.csv",
    "registers import registers.csv",
    "registers export --out out.csv",
    "report --format html --out report.html",
    "report --format xlsx --out report.xlsx",
    "report --format md --out report.md",
    "backup kept.db",
    "restore kept.db --database restored.db",
    "verify",
    "migrate",
    "log",
    "doctor",
)
FILES = {
    "gp.txt": "GP\n\nGP1: The money ends in June.\n",
    "attributes.csv": "document,participant,name,value\ngp,,site,Aalst\n,Arts,age,50\n",
    "minutes.txt": "Minutes\n\nThe money ends.\n",
    "codings.csv": "document,quote,code,coder\ngp,The money ends,ECO-FUND,Ann\nNowhere,x,ECO-FUND,Ann\n",
    "findings.csv": "source,theme,row,statement\nInterviews,ECO-FUND,It ends,Money ends\nSurvey,NONE,,x\n",
    "judgements.csv": "theme,row,source_a,source_b,researcher,assigned\n"
    "ECO-FUND,It ends,Interviews,Survey,Ann,A\nECO-FUND,It ends,Interviews,Survey,Ben,P\n"
    "ECO-FUND,,Interviews,Survey,Ann,A\nECO-FUND,,Interviews,Survey,Ben,P\n"
    "NONE,,Interviews,Survey,Ben,P\n",
    "chances.csv": "theme,row,source,opportunity,note\nECO-FUND,,Interviews,asked,Topic 4\n",
    "answers.csv": "group,name,theme,row,answer,text\nBoard,B1,ECO-FUND,It ends,disagree,No\n",
    "relations.csv": "theme,row,kind,strategy,outcome\nECO-FUND,It ends,answered by,Ask,accepted\n",
    "events.csv": "title,begins\nStart,2024-01-31\n",
    "registers.csv": "name,date,count,out_of\nForms,2024-01-31,3,4\n",
    "ratings.csv": "unit,Ann,Ben\n1,y,y\n2,y,n\n3,n,n\n",
    "cases.yaml": "cases: [{name: a, metric: gwet_ac1, data: {units_by_coders: [[1, 1]]}, expected: null}]\n",
}


def fields(answer: Any) -> set[str]:
    """The names of fields in an answer; of mappings from names of people and things, only their own name."""
    if isinstance(answer, list):
        return set().union(*map(fields, answer))
    if not isinstance(answer, dict):
        return set()
    named = {name for name, value in answer.items() if isinstance(value, list)}
    return set(answer) | set().union(*(fields(answer[name]) for name in named))


def test_every_field_of_the_json_is_documented(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TRIGPOINT_DATABASE_URL", "study.db")
    monkeypatch.setenv("TRIGPOINT_USER", "Lea")
    monkeypatch.setenv("TRIGPOINT_PASSPHRASE", "a few words of the team")
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    for call in A_WAY:
        result = CliRunner().invoke(app, ["--json", *call.split()])
        refuses = call.split()[-1] == "--create-sources" or call == "codings import codings.csv"
        assert result.exit_code == (3 if refuses else 0), f"{call}: {result.stdout}{result.stderr}"
        name = next(name for name in COMMANDS if call == name or call.startswith(f"{name} "))
        above = re.split(r"^## ", read(REFERENCE / "cli.md").split(f"### `trigpoint {name}`")[0], flags=re.M)[
            -1
        ]
        told = above.split("\n### ")[0] + section(REFERENCE / "cli.md", f"### `trigpoint {name}`")
        if name in ("backup", "restore"):
            told += section(REFERENCE / "cli.md", "### `trigpoint verify`")
        found = set().union(*(fields(json.loads(line)) for line in result.stdout.splitlines()))
        assert found - in_backticks(told) == set(), f"fields of {name} that cli.md does not name"
    assert {name for name in COMMANDS if any(call.startswith(name) for call in A_WAY)} == set(COMMANDS) - {
        "run"
    }


# -- examples ---------------------------------------------------------------------------------


def shell_lines(path: Path) -> list[str]:
    """The lines of a page's shell blocks, without comments."""
    blocks = re.findall(r"^```(?:sh|powershell)\n(.*?)^```", read(path), flags=re.M | re.S)
    return [line for block in blocks for line in block.splitlines() if line and not line.startswith("#")]


def calls_in(line: str) -> Iterator[list[str]]:
    """The calls of Trigpoint in a line of a shell, each as its words."""
    lexer = shlex.shlex(line.replace("\\", "/"), posix=True, punctuation_chars="&|;")
    lexer.whitespace_split = True
    call: list[str] = []
    for word in [*lexer, ";"]:
        if set(word) <= set("&|;"):
            if call and call[0].rpartition("/")[2] == "trigpoint":
                yield call[1:]
            call = []
        else:
            call.append(word)


EXAMPLES = [
    pytest.param(words, id=f"{path.relative_to(ROOT)}: {' '.join(words)}"[:110])
    for path in markdown_files()
    for line in shell_lines(path)
    for words in calls_in(line)
]


def parse(words: list[str]) -> None:
    """Parse a call down to its command: unknown commands, options and words out of a set are failures."""
    command: Any = typer.main.get_command(app)
    context: Any = None
    rest = list(words)
    while True:
        context = command.context_class(command, parent=context, info_name=command.name)
        given, rest, _ = command.make_parser(context).parse_args(list(rest))
        if not hasattr(command, "commands"):
            break
        assert rest, f"no command in: {words}"
        assert rest[0] in command.commands, f"no command {rest[0]}"
        command, rest = command.commands[rest[0]], rest[1:]
    assert not rest, f"words that nothing takes: {rest}"
    for parameter in command.params:
        value = given.get(parameter.name)
        missing = value is None or value == ()
        assert not (parameter.required and missing), f"{parameter.name} is missing"
        choices = words_of(parameter.type_descriptor.annotation)
        assert missing or not choices or value in choices, f"not one of {choices}"


def words_of(annotation: Any) -> list[str]:
    """The words that an option takes, where they are a fixed set."""
    if get_origin(annotation) is Literal:
        return list(get_args(annotation))
    return [word for part in get_args(annotation) for word in words_of(part)]


@pytest.mark.parametrize("words", EXAMPLES)
def test_every_example_of_a_call_can_be_parsed(words: list[str]) -> None:
    parse(words)


@pytest.mark.parametrize(
    "line",
    ["study creat X", "agree --spans", "report --format pdf --out x", "import a.txt", "round finish a"],
)
def test_a_wrong_example_would_be_found(line: str) -> None:
    with pytest.raises(Exception, match=r"no command|No such option|not one of|is missing|nothing takes"):
        parse(line.split())


def steps_of(path: Path) -> Iterator[tuple[str, str]]:
    """The files that a page shows under their names, and its shell blocks, in their order."""
    for found in re.finditer(
        r"(?:^`(?P<name>[\w.-]+)`:\n\n)?^```(?P<kind>\w+)\n(?P<text>.*?)^```", read(path), flags=re.M | re.S
    ):
        if found["name"]:
            yield found["name"], found["text"]
        elif found["kind"] == "sh":
            yield "", found["text"]


@pytest.mark.parametrize("page", ["bring-codings-and-judgements-from-files.md", "import-files.md"])
def test_a_how_to_that_shows_its_files_works_as_it_stands(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TRIGPOINT_DATABASE_URL", str(tmp_path / "own.db"))
    monkeypatch.setenv("TRIGPOINT_USER", "Lea")
    assert CliRunner().invoke(app, ["study", "create", "Own"]).exit_code == 0
    (tmp_path / "interviews").mkdir()
    (tmp_path / "interviews" / "gp.txt").write_text("GP 1: Nobody pays.\n", encoding="utf-8")
    ran = 0
    for name, text in steps_of(ROOT / "docs" / "how-to" / page):
        if name:
            (tmp_path / name).write_text(text, encoding="utf-8")
            continue
        for line, expected in _with_what_follows(text.splitlines()):
            for words in calls_in(line):
                result = CliRunner().invoke(app, words)
                ran += 1
                said = result.stdout + result.stderr
                if expected.startswith("exit status "):
                    assert result.exit_code == int(expected.removeprefix("exit status ")), f"{line}\n{said}"
                else:
                    assert result.exit_code == 0, f"{line}\n{said}"
                    assert expected in said, f"{line}\n{said}"
    assert ran > 1


def _with_what_follows(lines: list[str]) -> Iterator[tuple[str, str]]:
    """Each call with the comment under it, which says what to expect."""
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        if line and not line.startswith("#"):
            yield line, following.removeprefix("# ") if following.startswith("# ") else ""


# -- pages ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("path", "title"), PAGES)
def test_every_page_is_documented_with_its_path(path: str, title: str) -> None:
    assert f"`/{path}`" in section(REFERENCE / "pages.md", f"## {title}")


def labels() -> Iterator[tuple[str, str]]:
    """Where and how every button, dialog and switch of the pages is labelled."""
    for file in sorted([*(ROOT / "workbench" / "views").rglob("*.py"), ROOT / "workbench" / "app.py"]):
        for node in ast.walk(ast.parse(read(file))):
            if not (isinstance(node, ast.Call) and node.args):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name not in (
                "button",
                "form_submit_button",
                "download_button",
                "toggle",
                "popover",
                "dialog",
            ):
                continue
            label = node.args[0]
            if isinstance(label, ast.Call) and isinstance(label.func, ast.Name) and label.func.id == "say":
                label = label.args[0]
            if isinstance(label, ast.Constant) and isinstance(label.value, str):
                yield f"{file.stem}:{node.lineno}", label.value


LABELS = dict(labels())


def test_the_buttons_of_the_pages_are_found() -> None:
    assert {"Import documents", "Finish this document", "Lock my judgements"} <= set(LABELS.values())


@pytest.mark.parametrize("label", sorted(set(LABELS.values())))
def test_every_button_is_documented(label: str) -> None:
    """A place for a value in a label ("Rule: {name}") stands in the docs as any words."""
    pattern = re.sub(r"\\\{\w+\\\}", ".+", re.escape(label))
    assert re.search(rf"^{pattern}$", in_bold(read(REFERENCE / "pages.md")), flags=re.M), label


def test_address_parameters_are_documented() -> None:
    from workbench.session import KEPT

    named = in_backticks(section(REFERENCE / "pages.md", "## Addresses"))
    assert {*KEPT, "at"} <= named


def test_attributes_and_events_of_the_components_are_documented() -> None:
    named = " ".join(in_backticks(read(REFERENCE / "pages.md")))
    sources = [read(file) for folder in (READER, MATRIX, TREE) for file in folder.glob("*.ts")]
    for source in sources:
        for attribute in re.findall(r"\broot\.dataset(?:\.(\w+)|\[\"(\w+)\"\])", source):
            spelt = re.sub(r"[A-Z]", lambda capital: f"-{capital.group().lower()}", "".join(attribute))
            assert f"data-{spelt}" in named
        for event in re.findall(r"\"(trigpoint:(?!shelf|program)\w+)\"", source):
            assert event in named
    for attribute in ("data-start", "data-end", "data-coding", "data-code", 'data-trigpoint="palette"'):
        assert attribute in named


def test_buttons_of_the_reader_are_documented() -> None:
    bold = in_bold(read(REFERENCE / "pages.md"))
    for key in ("code_button", "change_code", "retire", "memo", "close", "keys", "codes"):
        assert READER_WORDS[key] in bold, key


# -- keys -------------------------------------------------------------------------------------

SPELT = {
    "Escape": "Esc",
    "ArrowDown": "↓",
    "ArrowUp": "↑",
    "ArrowLeft": "←",
    "ArrowRight": "→",
    "PageDown": "Page Down",
    "PageUp": "Page Up",
    " ": "Space",
}


@pytest.mark.parametrize(
    ("heading", "source"),
    [
        ("## In the text", "keys.ts"),
        ("## In the palette", "palette.ts"),
        ("## In the tree of codes", "tree.ts"),
    ],
)
def test_every_key_of_the_reader_is_documented(heading: str, source: str) -> None:
    code = read(READER / source)
    if source == "tree.ts":
        code = code.partition("const actions")[2].partition("};")[0]
        keys = {quoted or bare for quoted, bare in re.findall(r'^\s+(?:"(.+?)"|(\w+)): \(\) =>', code, re.M)}
    elif source == "keys.ts":
        # Tables of signs and letters, then the letters that mean something else with Shift.
        tables = code.partition("const SIGNS")[2].partition("export function commandFor")[0]
        keys = {quoted or bare for quoted, bare in re.findall(r'^  (?:"(.+?)"|(\w+)): [\[{]', tables, re.M)}
        keys |= set(re.findall(r'letter === "(\w)"', code.partition("const walk =")[2]))
        keys -= {"-"}  # told as the minus sign
    else:
        keys = set(re.findall(r'case "(.+?)":', code))
    assert keys
    named = in_backticks(section(REFERENCE / "keys.md", heading))
    assert {SPELT.get(key, key) for key in keys} <= named


def test_every_line_of_the_sheet_of_keys_is_documented() -> None:
    lines = re.findall(r'\["(.+?)", words\.key_\w+\]', read(READER / "key_help.ts"))
    assert len(lines) == len([key for key in READER_WORDS if key.startswith("key_")])
    documented = " ".join(in_backticks(read(REFERENCE / "keys.md"))).replace("Shift ", "⇧").replace("-", "−")
    for line in lines:
        for key in re.split(r"\s+|–(?=\d)", line.replace("⇧←→", "← →")):
            assert key in ("–", "") or key in documented, f"{key} of the line '{line}'"


# -- files and coefficients ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("heading", "columns"),
    [
        ("## Codings", EXPORT_COLUMNS),
        ("## Findings", FINDING_COLUMNS),
        ("## Feedback", RESPONSE_COLUMNS),
        ("## Relations", RELATION_COLUMNS),
        ("## Events and registers", (*EVENT_COLUMNS, *FIGURE_COLUMNS)),
        ("## Opportunities", (*OPPORTUNITY_COLUMNS, *Opportunity)),
        ("## Judgements", (*JUDGEMENT_COLUMNS, *SILENCES, *EXPECTED)),
    ],
)
def test_every_column_is_documented(heading: str, columns: tuple[str, ...]) -> None:
    assert set(columns) <= in_backticks(section(REFERENCE / "files.md", heading))


#: What gives several coefficients at once, or none.
NO_COEFFICIENTS = ("presence_agreement", "pooled_agreement", "lay_out")


@pytest.mark.parametrize("name", agreement.__all__)
def test_every_coefficient_is_documented(name: str) -> None:
    text = read(REFERENCE / "coefficients.md")
    assert re.search(rf"^## .*`{name}`", text, flags=re.M), f"coefficients.md has no heading for {name}"
    if name.islower() and not name.endswith("_interval") and name not in NO_COEFFICIENTS:
        own = section(REFERENCE / "coefficients.md", f"## `{name}`")
        assert "*Source:*" in own and "*No value:*" in own and re.search(r"^    \S.*=", own, flags=re.M), name


def test_every_reason_and_remark_is_documented() -> None:
    text = one_line(read(REFERENCE / "coefficients.md"))
    words = [value for name, value in vars(results).items() if name.isupper() and isinstance(value, str)]
    assert words
    assert [word for word in words if word not in text] == []


# -- links and paths ----------------------------------------------------------------------------


def anchors(path: Path) -> set[str]:
    """The places in a page that a link can lead to, as they are made from its headings."""
    headings = re.findall(r"^#+ (.+)$", re.sub(r"^```.*?^```", "", read(path), flags=re.M | re.S), flags=re.M)
    plain = (re.sub(r"[`*]|\[|\]\(.*?\)", "", heading).strip().lower() for heading in headings)
    return {re.sub(r"[^\w -]", "", heading).replace(" ", "-") for heading in plain}


@pytest.mark.parametrize("path", markdown_files(), ids=lambda path: str(path.relative_to(ROOT)))
def test_no_link_is_dead(path: Path) -> None:
    text = re.sub(r"^```.*?^```", "", read(path), flags=re.M | re.S)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"[a-z]+:", target):
            continue
        file, _, anchor = target.partition("#")
        linked = (path.parent / file).resolve() if file else path
        assert linked.exists(), f"{target} leads nowhere"
        assert not anchor or anchor in anchors(linked), f"{target}: there is no such heading"


def test_every_page_of_the_docs_is_in_their_list() -> None:
    listed = {
        (ROOT / "docs" / target.partition("#")[0]).resolve()
        for target in re.findall(r"\]\(([^)\s]+)\)", read(ROOT / "docs" / "README.md"))
    }
    assert [
        path for path in (ROOT / "docs").rglob("*.md") if path.name != "README.md" and path not in listed
    ] == []


def paths_in_tables(text: str) -> Iterator[tuple[str, str]]:
    """Paths in the tables of a page, each with the name in that file that stands after a colon."""
    for row in re.findall(r"^\|.*\|$", text, flags=re.M):
        for found in re.findall(r"`([^`]+)`", row):
            named = re.fullmatch(r"([\w./-]+?)(?:: (\w+))?", found)
            if named and ("/" in named[1] or named[1] in ("Makefile", "pyproject.toml")):
                yield named[1], named[2] or ""


def test_every_path_in_the_tables_of_the_architecture_is_there() -> None:
    text = read(ROOT / "ARCHITECTURE.md")
    found = list(paths_in_tables(text))
    assert len(found) > 30
    for path, name in found:
        assert (ROOT / path).exists(), f"ARCHITECTURE.md names {path}, which is not there"
        assert not name or re.search(rf"\b{name}\b", read(ROOT / path)), f"{path} has no {name}"


def test_the_architecture_stays_two_pages() -> None:
    assert len(read(ROOT / "ARCHITECTURE.md").splitlines()) <= 140

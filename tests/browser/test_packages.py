"""A coder on another machine, in two browsers on two databases: there and back."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from store.engine import open_engine
from tests.browser.researcher import Researcher
from tests.services.team import Team, a_team
from workbench.services import rounds, studies

if TYPE_CHECKING:
    from tests.conftest import RunningApp

pytestmark = pytest.mark.browser

WORDS = "four words of ours"


def saved(researcher: Researcher, button: str, path: Path) -> Path:
    with researcher.page.expect_download() as download:
        researcher.dialog.get_by_role("button", name=button).click()
    download.value.save_as(path)
    return path


def makes_file(researcher: Researcher) -> None:
    for label in ("Passphrase", "Passphrase again"):
        researcher.dialog.get_by_label(label, exact=True).fill(WORDS)
    researcher.presses("Make the file", within=researcher.dialog)


def test_a_package_goes_out_and_codings_come_back(
    arrives: Callable[[str, str], Researcher],
    app_server: Callable[..., RunningApp],
    _migrated_file: Path,
    tmp_path: Path,
) -> None:
    for name in ("team.db", "away.db"):
        shutil.copy(_migrated_file, tmp_path / name)
    engine = open_engine(f"sqlite:///{tmp_path / 'team.db'}")
    team = a_team(engine)
    team.open_round()

    lena = arrives("Lena", app_server(tmp_path / "team.db", person="Lena").url)
    lena.comes_to("study", study="Region")
    lena.presses("Make a package")
    lena.picks("Package for", "Anna", within=lena.dialog)
    expect(lena.dialog.get_by_label("Passphrase again")).to_be_visible()
    makes_file(lena)
    package = saved(lena, "Download the package", tmp_path / "anna.trigpoint")

    anna = arrives("anna", app_server(tmp_path / "away.db", person="anna").url)
    anna.comes_to()
    anna.page.get_by_text("Open a package").click()
    anna.page.locator("input[type=file]").set_input_files(package)
    expect(anna.page.get_by_text("anna.trigpoint")).to_be_visible()
    anna.page.get_by_label("Passphrase", exact=True).fill(WORDS)
    anna.presses("Open the package")
    expect(anna.page.get_by_role("heading", name="Region")).to_be_visible()
    away = open_engine(f"sqlite:///{tmp_path / 'away.db'}")
    coder = studies.enter_study(away, studies.find_study(away), person="Anna")
    Team(away, coder, coder, coder, team.source, team.document).code(coder, "no time", memo="zebra memo")
    rounds.finish(away, coder, None)
    away.dispose()
    anna.page.reload()
    anna.settles()
    expect(anna.page.get_by_text("Return your codings of")).to_be_visible()
    anna.presses("Return my codings")
    makes_file(anna)
    back = saved(anna, "Download my codings", tmp_path / "back.trigpoint")

    lena.comes_to("study", study="Region")
    lena.presses("Take a returned package")
    lena.dialog.locator("input[type=file]").set_input_files(back)
    expect(lena.dialog.get_by_text("back.trigpoint")).to_be_visible()
    lena.dialog.get_by_label("Passphrase", exact=True).fill(WORDS)
    lena.presses("Take the package", within=lena.dialog)
    expect(lena.dialog.get_by_text("Anna: 1 new codings")).to_be_visible()
    assert [c.memo for c in team.seen(team.anna)] == ["zebra memo"]
    assert lena.mishaps == anna.mishaps == []
    engine.dispose()

"""How a command ends that read a file of which some rows were refused."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import typer

from workbench.cli.calls import REFUSED, Call
from workbench.cli.output import say

if TYPE_CHECKING:
    from triangulation.tables import RefusedRow


def end_with_refusals(call: Call, refused: "Sequence[RefusedRow]") -> None:
    """Name each refused row, and end with the status that says that some were; nothing if there is none."""
    if not refused:
        return
    if not call.json:
        for one in refused:
            say(f"row {one.row}: {one.reason}")
    raise typer.Exit(REFUSED)

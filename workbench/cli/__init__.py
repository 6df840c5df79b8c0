"""The command line: asks services for what the app's pages ask for, and writes it as tables or JSON.

Services, and with them the database, are imported inside the commands: ``trigpoint --help`` and a
mistyped option then answer at once. Names and fields of the JSON are relied on by scripts elsewhere.
"""

import io
import sys

from workbench.cli import (
    agreement,
    chronicle,
    codebook,
    codings,
    documents,
    feedback,
    frameworks,
    keeping,
    life,
    memos,
    packages,
    participants,
    plans,
    prominence,
    protocol,
    pseudonyms,
    questions,
    ratings,
    relations,
    resolving,
    rounds,
    running,
    settling,
    sorting,
    studies,
    triangulation,
    workups,
)
from workbench.cli.calls import make_group

app = make_group(None, "Trigpoint: from documents to a triangulated report.", root=True)

running.add_to(app)
studies.add_to(app)
documents.add_to(app)
life.add_to(app)
participants.add_to(app)
pseudonyms.add_to(app)
codebook.add_to(app)
codings.add_to(app)
memos.add_to(app)
frameworks.add_to(app)
rounds.add_to(app)
plans.add_to(app)
agreement.add_to(app)
settling.add_to(app)
packages.add_to(app)
ratings.add_to(app)
questions.add_to(app)
protocol.add_to(app)
triangulation.add_to(app)
sorting.add_to(app)
prominence.add_to(app)
workups.add_to(app)
resolving.add_to(app)
feedback.add_to(app)
relations.add_to(app)
chronicle.add_to(app)
keeping.add_to(app)


def main() -> None:
    """The entry point ``trigpoint``."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A Windows console's own code page has no room for every text; and a file name that is
            # no UTF-8 is written as an escape, which in JSON is even the right spelling.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    app(prog_name="trigpoint")

"""Where the data live, who is working, and how the app is served: every default in one place.

Nothing here imports Streamlit or a database, so that the command line can ask before it starts either.
"""

import getpass
import os
from pathlib import Path

import platformdirs

from corpus.errors import UserFacingError

DATABASE_VARIABLE = "TRIGPOINT_DATABASE_URL"
PERSON_VARIABLE = "TRIGPOINT_USER"

_POSTGRESQL_SCHEMES = ("postgresql", "postgres", "postgresql+psycopg")


class UnknownDatabase(UserFacingError):  # noqa: N818 - named after what the researcher sees
    """A database address that Trigpoint can't open, with the forms that it can."""


class UnknownPerson(UserFacingError):  # noqa: N818
    """Nobody said who is working, and the machine doesn't know either."""


def data_folder() -> Path:
    """The user's own folder for databases, created on first use and closed to other accounts."""
    folder = platformdirs.user_data_path("trigpoint", appauthor=False)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def waiting_folder() -> Path:
    """Where files wait that an import in the background has not read yet; not made by asking for it.

    They hold the words of those who were interviewed: the folder is closed to other accounts.
    """
    return platformdirs.user_data_path("trigpoint", appauthor=False) / "waiting-imports"


def database_url(given: str | None) -> str:
    """The SQLAlchemy address of the database: as given, else from the environment, else the user's own file.

    Parameters
    ----------
    given : str or None
        What ``--database`` says: ``postgresql://…``, ``sqlite:///…`` or the path of a SQLite file.

    Raises
    ------
    UnknownDatabase
        If it is none of these.

    Examples
    --------
    >>> database_url("postgresql://team@db.example.org/study")
    'postgresql+psycopg://team@db.example.org/study'
    >>> database_url("sqlite:////srv/study.db")
    'sqlite:////srv/study.db'
    """
    address = given or os.environ.get(DATABASE_VARIABLE)
    if not address:
        return _sqlite_url(data_folder() / "trigpoint.db")
    scheme, separator, rest = address.partition("://")
    if not separator:
        return _sqlite_url(Path(address).expanduser().absolute())
    if scheme in _POSTGRESQL_SCHEMES:
        return f"postgresql+psycopg://{rest}"
    if scheme == "sqlite":
        return address
    # The rest of the address may hold a password, so the message repeats the scheme alone.
    raise UnknownDatabase(
        f"Database address: Trigpoint can't open '{scheme}://…'. "
        "Give the path of a SQLite file, sqlite:///PATH, or postgresql://USER@HOST/NAME."
    )


def _sqlite_url(path: Path) -> str:
    # In a database address everything after a question mark is an option, not a file name.
    if "?" in path.name:
        raise UnknownDatabase(f"Database file: '{path.name}' has a question mark in its name. Rename it.")
    return f"sqlite:///{path.as_posix()}"


def acting_person(given: str | None) -> str:
    """The name of the person at work: as given, else from the environment, else the login name.

    Examples
    --------
    >>> acting_person("  Noor ")
    'Noor'
    """
    for name in (given, os.environ.get(PERSON_VARIABLE)):
        if name and name.strip():
            return name.strip()
    try:
        return getpass.getuser()
    except (
        OSError,
        KeyError,
        ImportError,
    ) as error:  # which one depends on the system and the Python version
        raise UnknownPerson(
            f"Who is working? This machine has no login name. Say --as NAME or set {PERSON_VARIABLE}."
        ) from error


# The system's own sans: nothing is fetched from elsewhere, and nothing has to be shipped.
_SANS = '-apple-system, "Segoe UI", Inter, Roboto, sans-serif'

_LIGHT: dict[str, object] = {
    "primaryColor": "#0B625E",
    "linkColor": "#0B625E",
    "backgroundColor": "#FBFAF7",
    "secondaryBackgroundColor": "#F1EFE8",
    "textColor": "#1E2226",
    "borderColor": "#D9D5CA",
    "dataframeBorderColor": "#D9D5CA",
    "dataframeHeaderBackgroundColor": "#F1EFE8",
    "dataframeHeaderTextColor": "#5A6068",
    "redColor": "#B3261E",
    "redTextColor": "#B3261E",
    "orangeTextColor": "#AA5113",
    "yellowTextColor": "#8A6100",
    "greenColor": "#0B625E",
    "greenTextColor": "#0B625E",
    "grayTextColor": "#5A6068",
    # Streamlit's notes are blue, which here would mean the level INN.
    "blueColor": "#5A6068",
    "blueBackgroundColor": "#F1EFE8",
    "blueTextColor": "#1E2226",
    # The seven levels of the codebook, in their order: INN, PRO, PAT, SOC, ORG, ECO, IMP.
    "chartCategoricalColors": [
        "#2B70C6",
        "#1A7254",
        "#AA5113",
        "#4D2060",
        "#1C6276",
        "#131ACA",
        "#173A34",
    ],
}

_DARK: dict[str, object] = {
    # Streamlit writes white on primary buttons, which the light accent of this theme can't carry (1.9 : 1).
    "primaryColor": "#1F827A",
    "linkColor": "#6CCDC2",
    "backgroundColor": "#15181B",
    "secondaryBackgroundColor": "#1D2226",
    "textColor": "#E8E4DB",
    "borderColor": "#343A40",
    "dataframeBorderColor": "#343A40",
    "dataframeHeaderBackgroundColor": "#1D2226",
    "dataframeHeaderTextColor": "#A3A9B0",
    "redColor": "#FF8A7A",
    "redTextColor": "#FF8A7A",
    "orangeTextColor": "#E3B341",
    "yellowTextColor": "#E3B341",
    "greenColor": "#6CCDC2",
    "greenTextColor": "#6CCDC2",
    "grayTextColor": "#A3A9B0",
    "blueColor": "#A3A9B0",
    "blueBackgroundColor": "#1D2226",
    "blueTextColor": "#E8E4DB",
    "chartCategoricalColors": [
        "#8091E1",
        "#5FB88C",
        "#AD800A",
        "#E5459F",
        "#BCDDF3",
        "#BDD963",
        "#7BECC5",
    ],
}

STREAMLIT_OPTIONS: dict[str, object] = {
    # Served to this machine alone. The host list also stops a web page elsewhere from reaching the app
    # under a name of its own (DNS rebinding).
    "server.address": "127.0.0.1",
    "server.allowedHosts": ["127.0.0.1", "localhost"],
    "server.enableCORS": True,
    "server.enableXsrfProtection": True,
    "server.enableStaticServing": False,
    "server.enableAgentApi": False,
    # Nothing leaves the machine, nothing is asked for.
    "browser.gatherUsageStats": False,
    "server.showEmailPrompt": False,
    # A tool for researchers: no developer's menu, no deploy button, no traceback in the page.
    "client.toolbarMode": "minimal",
    "client.showErrorDetails": "none",
    "client.showErrorLinks": False,
    # The download that Streamlit puts on every table goes past the check for names and leaves formulas live.
    "client.disableDataExport": True,
    # A watcher would redraw pages in the middle of coding when a file of the program is touched.
    "server.fileWatcherType": "none",
    "server.runOnSave": False,
    "runner.magicEnabled": False,
    # Else every rerun ends with a search of the whole process for garbage, which takes twice as long as
    # storing a coding and holds up everyone else. Python looks for it by itself when there is enough.
    "runner.postScriptGC": False,
    "global.developmentMode": False,
    # Megabytes for one uploaded file; the readers refuse by content, this only keeps memory in hand.
    "server.maxUploadSize": 200,
    "theme.font": _SANS,
    "theme.headingFont": _SANS,
    # Widgets and tables are set at 0.875 of this: 14 px.
    "theme.baseFontSize": 16,
    "theme.headingFontSizes": ["1.75rem", "1.375rem", "1.175rem", "1.05rem", "1rem", "1rem"],
    "theme.headingFontWeights": [600, 600, 600, 600, 600, 600],
    # The top bar is empty for our users, so the page may begin close to it.
    "theme.paddingTop": "0.5rem",
    "theme.baseRadius": "small",
    "theme.buttonRadius": "small",
    "theme.showWidgetBorder": True,
    "theme.showSidebarBorder": True,
    **{f"theme.light.{name}": value for name, value in _LIGHT.items()},
    **{f"theme.dark.{name}": value for name, value in _DARK.items()},
}


def streamlit_flags(*, port: int) -> dict[str, object]:
    """The options as ``streamlit.web.bootstrap`` takes them: flags win over any config file of the user.

    Whether a browser opens (``server.headless``) is left to Streamlit, which looks for a display, and to
    the environment variable ``STREAMLIT_SERVER_HEADLESS``.

    Examples
    --------
    >>> streamlit_flags(port=8501)["server_port"]
    8501
    """
    options = STREAMLIT_OPTIONS | {"server.port": port}
    return {name.replace(".", "_"): value for name, value in options.items()}

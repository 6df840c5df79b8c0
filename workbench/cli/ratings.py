"""Agreement on a table of ratings, without a study: ``trigpoint agree-table``."""

from dataclasses import asdict
from typing import Annotated, Any, Literal

import typer

from workbench.cli.calls import Call, InputFile, command, names_in, taking
from workbench.cli.output import say, write_json, write_table


def add_to(app: typer.Typer) -> None:
    command(app, "agree-table", of_study=False)(agree_table)


def agree_table(
    call: Call,
    file: InputFile,
    level: Annotated[
        Literal["nominal", "ordinal", "interval", "ratio"],
        typer.Option(help="Level of measurement, for alpha."),
    ] = "nominal",
    weights: Annotated[
        Literal["linear", "quadratic", "ordinal"] | None,
        typer.Option(help="Adds weighted kappa and AC2 with these weights."),
    ] = None,
    categories: Annotated[
        str | None, typer.Option(help="All labels that were possible, in their order, separated by commas.")
    ] = None,
    positive: Annotated[str | None, typer.Option(help="The label for positive agreement.")] = None,
    missing: Annotated[
        str | None, typer.Option(help="Labels that count as not rated, separated by commas.")
    ] = None,
    unit: Annotated[str, typer.Option(help="The column that names units.")] = "unit",
    coder: Annotated[str, typer.Option(help="The column of coders, in a file of single ratings.")] = "coder",
    label: Annotated[str, typer.Option(help="The column of labels, in a file of single ratings.")] = "label",
    document: Annotated[
        str, typer.Option(help="The column of documents, over which intervals are drawn.")
    ] = "document",
    group: Annotated[str, typer.Option(help="The column whose values are taken apart.")] = "group",
) -> None:
    """Every coefficient of a table of ratings: a row a unit and a column a coder, or a row a rating."""
    from codebook.agreement.ratings import Columns, all_coefficients, ratings_tables
    from codebook.errors import CodebookError
    from corpus.errors import UnreadableFile
    from corpus.spreadsheets import read_rows

    columns = Columns(*(name.strip().lower() for name in (unit, coder, label, document, group)))
    with taking(UnreadableFile, CodebookError):
        tables = ratings_tables(
            read_rows(file, needed=()), columns, missing=names_in(missing) if missing else ()
        )
        answers = [
            all_coefficients(
                table,
                level=level,
                weights=weights,
                categories=names_in(categories) if categories else None,
                positive=positive,
            )
            for table in tables
        ]
    if call.json:
        write_json({"groups": [_group(table, found) for table, found in zip(tables, answers, strict=True)]})
        return
    for table, found in zip(tables, answers, strict=True):
        if table.group is not None:
            say(f"{group}: {table.group}")
        say(f"{len(table.ratings):,} units, coders {', '.join(map(str, table.ratings.columns))}")
        write_table(
            ("coefficient", "value", "low", "high", "n", "reason"),
            [(name, a.value, a.low, a.high, a.n, a.reason or a.interval_reason) for name, a in found.items()],
        )


def _group(table: Any, found: dict[str, Any]) -> dict[str, Any]:
    return {
        "group": table.group,
        "n_units": len(table.ratings),
        "coders": [str(coder) for coder in table.ratings.columns],
        "coefficients": [{"name": name, **asdict(answer)} for name, answer in found.items()],
    }

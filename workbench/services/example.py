"""The example study: a constructed region, loaded through the same services that people use."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Engine

from corpus.errors import UserFacingError
from corpus.spreadsheets import read_rows
from store.studies import Member
from triangulation.models import Row, Rule
from triangulation.protocol import OTHER, ProtocolPage, SourceDetail
from triangulation.workups import FIELDS
from workbench.services import (
    assessment,
    chronicle,
    codebooks,
    coding,
    feedback,
    findings,
    framework_cells,
    frameworks,
    importing,
    judging,
    opportunities,
    protocol,
    relations,
    resolutions,
    rounds,
    studies,
    threads,
)
from workbench.services.errors import NotThere
from workbench.services.importing import Wishes
from workbench.services.uploads import Upload

NAME = "Trajet Leievelde (constructed example)"
FOLDER = Path(__file__).parents[2] / "examples" / "chronic_care"
ROUND = "First round"
FRAMEWORK = "Money, leaders, manager"
CODERS = ("Anke", "Bram")
JUDGES = ("Anke", "Bram", "Claire")

#: Folder, label, kind, and how its files are read.
SOURCES = (
    ("meeting_reports", "Meeting reports", "meeting report", Wishes()),
    ("gp_interviews", "GP interviews", "interview", Wishes()),
    ("patient_interviews", "Patient interviews", "interview", Wishes()),
    ("survey", "Survey", "survey", Wishes(text_column="answer", title_column="respondent")),
)

PAGE = ProtocolPage(
    questions=(
        "What helps and what hinders integrated care for people with type 2 diabetes in the region?",
        "Where do reports, professionals and patients tell the same, and where not?",
    ),
    settling="The three judges talk until they agree; what stays open is reported so, with both views.",
    judges=JUDGES,
)

DETAILS = {
    "Meeting reports": SourceDetail(
        participants="12 reports: steering group 5, study group 4, project team 3",
        scale="meso",
        note="Written by the project assistant; what is not minuted may have been said.",
        collected=("Project assistant",),
        steered=("Project manager", "Steering group"),
    ),
    "GP interviews": SourceDetail(
        participants="5 GPs, from very active to not at all", scale="micro", collected=("Interviewer",)
    ),
    "Patient interviews": SourceDetail(
        participants="2 patients, a woman of 71 and a man of 54, both from outside the main town",
        scale="micro",
        collected=("Interviewer",),
    ),
    "Survey": SourceDetail(
        participants="20 answers of providers who volunteered",
        period="2022 to 2024",
        scale="micro",
        note="Those near to the project answer more.",
        collected=("Project assistant",),
    ),
}


def load_example(engine: Engine, *, person: str) -> Member:
    """Load the example study once, with the person as its lead; later only let the person in.

    Its documents, codings and judgements were written for the example and come from no real person.

    Raises
    ------
    UserFacingError
        If the folder of the example is not beside the program, or one of its files is refused.
    """
    try:
        study = studies.find_study(engine, NAME)
    except NotThere:
        return _load(engine, person)
    return studies.add_person(engine, studies.lead_of(engine, study), person)


def _load(engine: Engine, person: str) -> Member:
    if not FOLDER.is_dir():
        raise UserFacingError(f"The example study is not there: {FOLDER}. Get the whole repository.")
    lead = studies.create_study(engine, NAME, person=person)
    for folder, label, kind, wishes in SOURCES:
        _import(engine, lead, FOLDER / "documents" / folder, label, kind, wishes)
    codebooks.load_codebook(engine, lead, "grol-wensing")
    _code_twice(engine, lead)
    _triangulate(engine, lead)
    _resolve(engine, lead)
    _assess(engine, lead)
    _summarise(engine, lead)
    _follow_thread(engine, lead)
    _relate(engine, lead)
    _feed_back(engine, lead)
    return lead


def _import(engine: Engine, lead: Member, folder: Path, label: str, kind: str, wishes: Wishes) -> None:
    for result in importing.import_paths(engine, lead, [folder], source=label, kind=kind, wishes=wishes):
        if result.status != "imported":
            raise UserFacingError(f"Example study: {result.path} was not imported: {result.reason}")


def _code_twice(engine: Engine, lead: Member) -> None:
    """A blind round of two coders, finished by both and revealed."""
    rounds.open_round(engine, lead, ROUND, coders=CODERS, blind=True)
    for coder in CODERS:
        taken = coding.import_codings(engine, lead, FOLDER / "codings" / f"{coder.lower()}.csv")
        problems = (*taken.not_found, *taken.ambiguous, *taken.refused)
        if problems:
            raise UserFacingError(f"Example study, codings of {coder}: {problems[0]}")
        rounds.finish(engine, _member(engine, lead, coder), ROUND)
    rounds.reveal(engine, lead, ROUND)


def _triangulate(engine: Engine, lead: Member) -> None:
    protocol.choose_rule(
        engine,
        lead,
        Rule.MEANING_FIRST,
        reason="Chosen before judging: a contradiction of meaning must show as dissonance.",
    )
    taken = findings.import_findings(engine, lead, FOLDER / "findings.csv")
    _plan(engine, lead)
    for judge in JUDGES:
        judged = judging.import_judgements(engine, lead, FOLDER / "judgements" / f"{judge.lower()}.csv")
        taken_problems = (*taken.refused, *judged.refused)
        if taken_problems:
            raise UserFacingError(f"Example study, judgements of {judge}: {taken_problems[0]}")


def _plan(engine: Engine, lead: Member) -> None:
    """The protocol, fixed before anybody judged."""
    for judge in JUDGES:
        studies.add_person(engine, lead, judge)
    for source, detail in DETAILS.items():
        protocol.describe_source(engine, lead, source, detail)
    for folder, source, _, _ in SOURCES[1:]:
        upload = Upload("guide.md", (FOLDER / "guides" / f"{folder}.md").read_bytes())
        protocol.upload_guide(engine, lead, source, upload, title="What was asked")
    mapped = opportunities.import_opportunities(engine, lead, FOLDER / "opportunities.csv")
    if mapped.refused:
        raise UserFacingError(f"Example study, opportunity map: {mapped.refused[0]}")
    protocol.set_dependence(
        engine,
        lead,
        "GP interviews",
        "Patient interviews",
        kind=OTHER,
        note="Patient 1 is a patient of GP 1.",
    )
    protocol.write_protocol(engine, lead, PAGE)
    protocol.fix_protocol(engine, lead)


def _resolve(engine: Engine, lead: Member) -> None:
    """What the judges settled together where they differed; one of them wrote it down."""
    resolutions.import_resolutions(engine, _member(engine, lead, JUDGES[0]), FOLDER / "resolutions.csv")


def _assess(engine: Engine, lead: Member) -> None:
    """Work-ups, one row of which is left open, and what each source adds; the verdict is left to people."""
    for _, card in read_rows(FOLDER / "work_ups.csv", needed=("theme", "row", "author", *FIELDS)):
        answers = {name: card[name] for name in FIELDS if card[name]}
        author = _member(engine, lead, card["author"])
        assessment.write_work_up(engine, author, Row(card["theme"], card["row"]), answers)
    for _, note in read_rows(FOLDER / "source_notes.csv", needed=("source", "text")):
        assessment.write_team_note_on_source(engine, lead, note["source"], note["text"])


def _summarise(engine: Engine, lead: Member) -> None:
    """A framework matrix; each summary rests on what its writer coded there under the theme."""
    rows = [row for _, row in read_rows(FOLDER / "framework.csv", needed=("document", "theme", "summary"))]
    themes = list(dict.fromkeys(row["theme"] for row in rows))
    frameworks.add_framework(engine, lead, FRAMEWORK, themes=themes)
    matrix = framework_cells.framework_matrix(engine, lead, FRAMEWORK)
    code_ids = {column.key: column.code_id for column in matrix.columns}
    keys = {framework_row.title: framework_row.key for framework_row in matrix.rows}
    for row in rows:
        author = _member(engine, lead, row["author"])
        key, code_id = keys[row["document"]], code_ids[row["theme"]]
        passages = framework_cells.passages_for(engine, author, FRAMEWORK, key, code_id)
        framework_cells.save_cell(
            engine,
            author,
            FRAMEWORK,
            text=row["summary"],
            row=key,
            code_id=code_id,
            coding_ids=[passage.id for passage in passages if passage.coder == author.name],
        )


def _relate(engine: Engine, lead: Member) -> None:
    """How findings bear on each other, and what happened when, all of it told by the documents."""
    for read, file in (
        (relations.import_relations, "relations.csv"),
        (chronicle.import_events, "chronicle/events.csv"),
        (chronicle.import_figures, "chronicle/registers.csv"),
    ):
        taken = read(engine, lead, FOLDER / file)
        if taken.refused:
            raise UserFacingError(f"Example study, {file}: {taken.refused[0]}")


def _feed_back(engine: Engine, lead: Member) -> None:
    """A steering group that read the results: what its members answered, and what changed."""
    folder = FOLDER / "feedback"
    invited = [row for _, row in read_rows(folder / "invited.csv", needed=("group", "name", "role"))]
    for name in dict.fromkeys(row["group"] for row in invited):
        feedback.keep_group(engine, lead, name, note="They read the packet at home and answered in writing.")
        for row in invited:
            if row["group"] == name:
                feedback.invite(engine, lead, name, row["name"], role=row["role"])
        feedback.make_packet(engine, lead, name)
    taken = feedback.import_responses(engine, lead, folder / "responses.csv")
    if taken.refused:
        raise UserFacingError(f"Example study, answers: {taken.refused[0]}")
    for _, row in read_rows(folder / "changes.csv", needed=("group", "name", "change")):
        given = feedback.feedback_of(engine, lead, row["group"]).responses
        place = Row(row["theme"], row["row"])
        answer = next(said for said in given if (said.person, said.row) == (row["name"], place))
        feedback.write_change(engine, lead, row["group"], answer.id, row["change"])


def _follow_thread(engine: Engine, lead: Member) -> None:
    """The money, followed from the minutes to the survey, to the GPs, and back."""
    steps = [step for _, step in read_rows(FOLDER / "thread.csv", needed=("question", "person", "asked"))]
    for question in dict.fromkeys(step["question"] for step in steps):
        own = [step for step in steps if step["question"] == question]
        thread_id = threads.begin_thread(engine, _member(engine, lead, own[0]["person"]), question)
        for step in own:
            threads.add_step(
                engine,
                _member(engine, lead, step["person"]),
                thread_id,
                asked=step["asked"],
                source=step["source"],
                found=step["found"],
                row=Row(step["theme"], step["row"]),
                quotes=step["quotes"].split(" | "),
            )


def _member(engine: Engine, lead: Member, name: str) -> Member:
    return next(member for member in studies.team(engine, lead) if member.name == name)

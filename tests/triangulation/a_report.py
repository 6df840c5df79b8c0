"""Reports of a small study for the tests: one bare, one with every step of the protocol in it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from uuid import UUID

from codebook.models import Valence
from triangulation.assessment import GlobalJudgement, Scale
from triangulation.chronicle import ProgrammeEvent, RegisterFigure, chronicle
from triangulation.completeness import SourceNote
from triangulation.consensus import team_view
from triangulation.dependence import role_overlap
from triangulation.feedback import Answer, Change, Invited, Response, response_register
from triangulation.matrix import build_matrix
from triangulation.models import (
    About,
    ConvergenceCode,
    Excerpt,
    Finding,
    Importance,
    Judgement,
    Meaning,
    Part,
    Prominence,
    Rating,
    Resolution,
    Row,
)
from triangulation.protocol import (
    ChangedLine,
    Dependence,
    Guide,
    Protocol,
    ProtocolChange,
    ProtocolPage,
    ProtocolSource,
    SourceDetail,
    Written,
)
from triangulation.relations import Bearing, Outcome, Relation
from triangulation.report import (
    Around,
    Audit,
    CodebookSummary,
    CodeSummary,
    CodingCounts,
    FeedbackGroup,
    ItemAnswer,
    LevelSummary,
    RollupSummary,
    SourceSummary,
    TriangulationReport,
    build_report,
)
from triangulation.robustness import Ground, check_robustness
from triangulation.workups import WorkUp, cards_for, rows_to_work_up

FUND = Row("ECO-FUND", "Doubts about funding grow")
SKILL = Row("PRO-SKILL", "Training gives confidence")
HASH = "c0ffee" * 10 + "abcd"

REGISTERED = Excerpt(UUID(int=50), "Report 3", 30, 48, "no money after June")

FINDINGS = (
    Finding(
        UUID(int=1), "Minutes", FUND, FUND.statement, Valence.BARRIER, None, Prominence.MAIN,
        "3 of 5 meetings", "main", (REGISTERED,),
    ),
    Finding(
        UUID(int=2), "Interviews", FUND, "Who will pay is asked", Valence.BARRIER,
        excerpts=(Excerpt(UUID(int=51), "Interview 2", 7, 19, "who will pay"),),
    ),
    Finding(UUID(int=3), "Minutes", SKILL, SKILL.statement, Valence.FACILITATOR),
    Finding(UUID(int=4), "Interviews", SKILL, SKILL.statement, Valence.MIXED),
)  # fmt: skip

JUDGEMENTS = (
    Judgement(FUND, "Interviews", "Minutes", "Ann", Meaning.SAME, Part.SAME, Part.SAME, Part.SAME),
    Judgement(FUND, "Interviews", "Minutes", "Ben", Meaning.SAME, Part.SAME, Part.SAME, Part.DIFFERENT),
    Judgement(SKILL, "Interviews", "Minutes", "Ann", assigned=ConvergenceCode.DISSONANCE, reason="opposed"),
    Judgement(SKILL, "Interviews", "Minutes", "Ben", Meaning.CONTRADICTORY, Part.DIFFERENT, Part.DIFFERENT),
)

LEVELS = (
    LevelSummary("PRO", "Professional", {"PRO-SKILL": "Skills"}),
    LevelSummary("ECO", "Economic context", {"ECO-FUND": "Funding"}),
)

SOURCES = (
    SourceSummary(
        "Interviews", "interview", 4, "2006 to 2007", ("Cem",), "4 GPs", ("Dora",), note="asked late",
        guides=("Guide of 2006",),
    ),
    SourceSummary("Minutes", "meeting report", 31, "", ("Cem", "Dora")),
)  # fmt: skip

PROTOCOL = Protocol(
    page=ProtocolPage(
        ("What helps?", "What hampers?"), settling="Talk until all agree.", judges=("Ann", "Ben")
    ),
    sources=(
        ProtocolSource(
            "Interviews",
            "interview",
            4,
            ("2007-01-05", "2007-03-01"),
            ("Cem",),
            SourceDetail(steered=("Ann",)),
        ),
        ProtocolSource("Minutes", "meeting report", 31),
    ),
    guides=(Guide(UUID(int=70), "Interviews", "Guide of 2006", "What helped you?"),),
    dependences=(Dependence("Interviews", "Minutes", "same_people", "GP 3 chairs"),),
    written=Written("2026-01-02T10:00:00+00:00", "Lena"),
    fixed=Written("2026-01-03T10:00:00+00:00", "Lena"),
    fixed_before_judging=False,
)

CHANGE = ProtocolChange(
    "2026-02-04T10:00:00+00:00", "Lena", "The first one was ambiguous", "page",
    (ChangedLine("", "rule", "parts", "meaning_first"),), True,
)  # fmt: skip

GROUP = FeedbackGroup(
    "Steering group",
    response_register(
        [Invited(UUID(int=80), "Eva"), Invited(UUID(int=81), "Finn")],
        [
            Response(
                UUID(int=82), "Eva", FUND, Answer.DISAGREE, "The money was extended",
                changes=(Change(UUID(int=83), "The row now says until when", "Ann", "2026-03-01"),),
            )
        ],
        [FUND, SKILL],
    ),
    ("2026-02-20",),
)  # fmt: skip


def a_matrix(judgements=JUDGEMENTS, findings=FINDINGS):
    return build_matrix([], ["Interviews", "Minutes"], [], judgements, findings, rule="meaning_first")


def everything_around() -> Around:
    matrix = a_matrix()
    settled = Resolution(
        FUND, About.CODE, "Interviews", "Minutes", "partial", "Ben's examples differ", ("Ann", "Ben"),
        "Same to me", "Ann",
    )  # fmt: skip
    ratings = (
        Rating(FUND, "Minutes", "Ann", Prominence.MAIN),
        Rating(FUND, "Minutes", "Ben", Prominence.PASSING),
    )
    importances = (
        Importance(FUND, "Ann", "main"),
        Importance(FUND, "Ben", "main"),
        Importance(SKILL, "Ann", "minor"),
    )
    card = WorkUp(
        SKILL, "Both ask of skills.", "Minutes are short.", "Yes.", "A second interview.", "As planned.",
        "Not measured.", "", "Confidence is not skill.", "Ann",
    )  # fmt: skip
    return Around(
        protocol=PROTOCOL,
        protocol_changes=(CHANGE,),
        people=role_overlap(PROTOCOL.sources, ["Ann", "Ben"]),
        opportunities={(FUND, "Minutes"): "asked", (FUND, "Interviews"): "could_be_raised"},
        ratings=ratings,
        importances=importances,
        resolutions=(settled,),
        team=team_view(matrix, [settled], findings=FINDINGS),
        global_judgements=(GlobalJudgement(None, "The 2 sources mostly fit.", Scale.CONVERGING),),
        source_notes=(SourceNote("Minutes", "Ann", "Adds the years."),),
        cards=cards_for(rows_to_work_up(matrix), [card]),
        feedback=(GROUP,),
        relations=(
            Relation(UUID(int=90), FUND, Bearing.HAMPERS, SKILL, note="no course", excerpts=(REGISTERED,)),
            Relation(
                UUID(int=91), FUND, Bearing.ANSWERED_BY, strategy="A gift", outcome=Outcome.WORKED_AROUND
            ),
        ),
        chronicle=chronicle(
            [
                ProgrammeEvent(
                    UUID(int=92), "The pilot", dt.date(2005, 1, 1), dt.date(2006, 6, 30), "by grant"
                )
            ],
            [RegisterFigure(UUID(int=93), "Patients", dt.date(2006, 1, 1), 49, 120)],
        ),
        robustness=check_robustness(
            Ground(matrix.rows, matrix.sources, (), JUDGEMENTS, FINDINGS, matrix.rule, team=False)
        ),
        texts={"introduction": "Why.\n\nIn 1999 <b>care</b> was split.", "conclusion": "=Money matters."},
        answers={"coreq": {2: ItemAnswer("Two PhDs", "the team"), 24: ItemAnswer("Three", "the team")}},
        speakers={(UUID(int=51), 7, 19): "GP 3"},
        audit=Audit("9.8.7", 914, HASH),
    )  # fmt: skip


def a_whole_report(around: Around | None = None, **fields) -> TriangulationReport:
    """The report of a study in which every step was done."""
    codebook = CodebookSummary(
        "Starter", 2, 2, 2,
        (
            CodeSummary("ECO", "Economic context", "Money", 0, 0),
            CodeSummary("ECO-FUND", "Funding", "", 1, 12),
        ),
        ("Code the reason.",), (RollupSummary("aalst", {"Money": (12, 2)}),),
    )  # fmt: skip
    given = dict(
        study="Care in the region",
        date=dt.date(2026, 11, 21),
        sources=SOURCES,
        matrix=a_matrix(),
        findings=FINDINGS,
        levels=LEVELS,
        codebook=codebook,
        coding=CodingCounts(131, 38, ("Cem", "Dora"), 17),
        coder_notes=("Alpha is 0.731.",),
        coder_counts={"alpha": 0.731},
        around=everything_around() if around is None else around,
    )
    return build_report(**(given | fields))


def with_around(**fields) -> TriangulationReport:
    """The whole report with something else around the matrix."""
    return a_whole_report(replace(everything_around(), **fields))

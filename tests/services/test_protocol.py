"""The protocol page: written by the lead, read by all, changed with a reason, never rewritten."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.errors import UserFacingError
from store.backup import verify
from store.studies import Member
from tests.services.team import Team
from triangulation.models import ConvergenceCode, Row, Rule
from triangulation.opportunity import Opportunity, Origin, SaidOpportunity
from triangulation.protocol import (
    ALONE,
    INDEX,
    CodeName,
    CodeSet,
    Dependence,
    ProtocolPage,
    SourceDetail,
    racine_codes,
)
from workbench.services import findings, judging, opportunities, protocol, sorting
from workbench.services.errors import NotAllowed, NotThere
from workbench.services.overview import next_steps
from workbench.services.triangulation import triangulate
from workbench.services.uploads import Upload

ROW = Row("ECO-FUND", "Money is there")
PAGE = ProtocolPage(
    questions=("What helps?", "What hinders?"),
    settling="By talk to consensus; Lena decides what stays open.",
    judges=("Anna", "Bram"),
)


@pytest.fixture
def pair(quick_team: Team) -> Team:
    """Two sources that both speak on one row."""
    return with_two_sources(quick_team)


def with_two_sources(team: Team) -> Team:
    team.add_document("Money is there, I hear.", title="Interview 1", source=team.add_source("Interviews"))
    for source in ("Interviews", "Steering group"):
        findings.add_finding(
            team.engine, team.anna, source=source, theme=ROW.theme, row=ROW.statement, statement="It is."
        )
    return team


def judge(team: Team, person: Member, a: str = "Interviews", b: str = "Steering group") -> None:
    judging.judge_pair(team.engine, person, row=ROW, source_a=a, source_b=b, meaning="same")


def write(team: Team, page: ProtocolPage = PAGE, *, reason: str = "") -> None:
    protocol.write_protocol(team.engine, team.lead, page, reason=reason)


def history(team: Team, person: Member | None = None) -> list[tuple[str, str, list[tuple[str, str, str]]]]:
    changes = protocol.history_of(team.engine, person or team.lead)
    return [(c.part, c.reason, [(line.field, line.before, line.after) for line in c.lines]) for c in changes]


# --- the page


def test_page_comes_back_as_it_was_written_with_who_wrote_it_when(team: Team) -> None:
    with_two_sources(team)
    page = replace(PAGE, compare=INDEX, index="Interviews", sorting=ALONE, codes=racine_codes())
    write(team, page)
    read = protocol.protocol_of(team.engine, team.anna)
    assert read.page == page
    assert read.written is not None
    assert read.written.by == "Lena"
    assert verify(team.engine).problems == ()


def test_before_anything_is_written_the_defaults_hold(quick_team: Team) -> None:
    read = protocol.protocol_of(quick_team.engine, quick_team.anna)
    assert (read.rule, read.page, read.written, read.fixed) == (Rule.PARTS, ProtocolPage(), None, None)
    assert read.fixed_before_judging is None
    assert protocol.history_of(quick_team.engine, quick_team.anna) == []


def test_every_earlier_version_is_told_with_what_changed_newest_first(quick_team: Team) -> None:
    write(quick_team)
    write(quick_team, replace(PAGE, settling="The lead decides."), reason="No time to talk")
    newest, first = history(quick_team, quick_team.bram)
    assert newest == ("page", "No time to talk", [("settling", PAGE.settling, "The lead decides.")])
    assert ("questions", "", "What helps?\nWhat hinders?") in first[2]
    assert ("judges", "", "Anna, Bram") in first[2]


def test_writing_the_same_again_is_no_change(quick_team: Team) -> None:
    write(quick_team)
    write(quick_team)
    assert len(protocol.history_of(quick_team.engine, quick_team.lead)) == 1


def test_only_the_lead_writes(pair: Team) -> None:
    said = SaidOpportunity(Row("ECO-FUND"), "Interviews", Opportunity.ASKED)
    acts: list[Callable[[], object]] = [
        lambda: protocol.write_protocol(pair.engine, pair.anna, PAGE),
        lambda: protocol.choose_rule(pair.engine, pair.anna, "own"),
        lambda: protocol.fix_protocol(pair.engine, pair.anna),
        lambda: protocol.describe_source(pair.engine, pair.anna, "Interviews", SourceDetail()),
        lambda: protocol.add_guide(pair.engine, pair.anna, "Interviews", title="Guide", text="What helps?"),
        lambda: opportunities.set_opportunities(pair.engine, pair.anna, [said]),
        lambda: protocol.set_dependence(
            pair.engine, pair.anna, "Interviews", "Steering group", kind="same_study"
        ),
    ]
    for act in acts:
        with pytest.raises(NotAllowed, match="lead"):
            act()
    assert protocol.history_of(pair.engine, pair.lead) == []


@pytest.mark.parametrize(
    ("page", "said"),
    [
        (replace(PAGE, compare="some"), "all_pairs, index"),
        (replace(PAGE, compare=INDEX), "index source"),
        (replace(PAGE, compare=INDEX, index="Diaries"), "no source 'Diaries'"),
        (replace(PAGE, sorting="later"), "together, alone"),
        (replace(PAGE, judges=("Zoe",)), "Zoe"),
        (replace(PAGE, codes=CodeSet({ConvergenceCode.AGREEMENT: CodeName("Yes")})), "partial"),
        (
            replace(PAGE, codes=CodeSet({code: CodeName("Same") for code in racine_codes().codes})),
            "one name",
        ),
    ],
)
def test_what_does_not_hold_together_is_refused(pair: Team, page: ProtocolPage, said: str) -> None:
    with pytest.raises(UserFacingError, match=said):
        write(pair, page)


# --- fixing, and changes after it


def test_fixed_protocol_says_when_and_by_whom_and_is_fixed_once(quick_team: Team) -> None:
    with pytest.raises(UserFacingError, match="nothing to fix"):
        protocol.fix_protocol(quick_team.engine, quick_team.lead)
    write(quick_team)
    fixed = protocol.fix_protocol(quick_team.engine, quick_team.lead)
    assert fixed.is_fixed
    assert fixed.fixed is not None
    assert fixed.fixed.by == "Lena"
    with pytest.raises(UserFacingError, match="fixed already"):
        protocol.fix_protocol(quick_team.engine, quick_team.lead)


def test_after_fixing_every_change_needs_a_reason_that_is_told(pair: Team) -> None:
    write(pair)
    protocol.fix_protocol(pair.engine, pair.lead)
    acts: list[Callable[[str], object]] = [
        lambda why: write(pair, replace(PAGE, settling="Otherwise."), reason=why),
        lambda why: protocol.choose_rule(pair.engine, pair.lead, "own", reason=why),
        lambda why: protocol.describe_source(
            pair.engine, pair.lead, "Interviews", SourceDetail(participants="20 GPs"), reason=why
        ),
        lambda why: protocol.add_guide(
            pair.engine, pair.lead, "Interviews", title="Guide", text="What helps?", reason=why
        ),
        lambda why: opportunities.set_opportunities(
            pair.engine, pair.lead, [SaidOpportunity(ROW, "Interviews", Opportunity.ASKED)], reason=why
        ),
        lambda why: protocol.set_dependence(
            pair.engine, pair.lead, "Interviews", "Steering group", kind="same_study", reason=why
        ),
    ]
    for number, act in enumerate(acts):
        with pytest.raises(UserFacingError, match="needs a reason"):
            act(" ")
        act(f"Reason {number}")
    changes = protocol.history_of(pair.engine, pair.anna)
    assert [change.reason for change in changes] == [*(f"Reason {n}" for n in range(5, -1, -1)), "", ""]
    assert [change.after_fixing for change in changes] == [True] * 6 + [False] * 2


def test_once_anyone_has_judged_a_change_needs_a_reason_also_without_fixing(pair: Team) -> None:
    judge(pair, pair.anna)
    with pytest.raises(UserFacingError, match="Judging has begun"):
        protocol.choose_rule(pair.engine, pair.lead, "meaning_first")
    protocol.choose_rule(pair.engine, pair.lead, "meaning_first", reason="Contradiction must show")
    assert history(pair)[0] == ("rule", "Contradiction must show", [("rule", "", "meaning_first")])


def test_whether_it_was_fixed_before_the_first_judgement_is_told(pair: Team) -> None:
    write(pair)
    protocol.fix_protocol(pair.engine, pair.lead)
    assert protocol.protocol_of(pair.engine, pair.anna).fixed_before_judging is None
    judge(pair, pair.anna)
    assert protocol.protocol_of(pair.engine, pair.anna).fixed_before_judging is True


def test_protocol_that_was_fixed_late_says_so(pair: Team) -> None:
    judge(pair, pair.anna)
    assert protocol.protocol_of(pair.engine, pair.anna).fixed_before_judging is False
    write(pair, reason="Written late")
    protocol.fix_protocol(pair.engine, pair.lead)
    assert protocol.protocol_of(pair.engine, pair.anna).fixed_before_judging is False


def test_that_another_has_judged_is_not_told_before_the_own_lock(pair: Team) -> None:
    write(pair)
    before = protocol.protocol_of(pair.engine, pair.bram)
    judge(pair, pair.anna)
    assert protocol.protocol_of(pair.engine, pair.bram) == before


def test_sorting_alone_is_not_opened_while_somebody_has_not_locked_theirs(pair: Team) -> None:
    write(pair, replace(PAGE, sorting=ALONE))
    with pytest.raises(UserFacingError, match="sorts alone"):
        write(pair, PAGE)


# --- who judges what


def test_who_is_not_named_does_not_judge(pair: Team) -> None:
    write(pair, replace(PAGE, judges=("Bram",)))
    with pytest.raises(NotAllowed, match=r"names Bram as judges, and not Anna.*lead can add"):
        judge(pair, pair.anna)
    with pytest.raises(NotAllowed, match="names Bram"):
        judging.judge_existence(pair.engine, pair.anna, row=ROW, source="Interviews", speaks=True)
    judge(pair, pair.bram)
    with pytest.raises(NotAllowed, match="names Bram"):
        judging.lock_judgements(pair.engine, pair.anna)


def test_where_nobody_is_named_everybody_judges(pair: Team) -> None:
    write(pair, replace(PAGE, judges=()))
    judge(pair, pair.anna)


def test_judgements_of_a_stranger_to_the_protocol_are_refused_row_by_row(pair: Team, tmp_path: Path) -> None:
    write(pair, replace(PAGE, judges=("Bram",)))
    path = tmp_path / "judged.csv"
    path.write_text(
        "theme,row,source_a,source_b,researcher,assigned\n"
        f"ECO-FUND,{ROW.statement},Interviews,Steering group,Anna,A\n"
        f"ECO-FUND,{ROW.statement},Interviews,Steering group,Bram,A\n",
        encoding="utf-8",
    )
    taken = judging.import_judgements(pair.engine, pair.lead, path)
    assert taken.imported == 1
    assert [(refusal.row, "names Bram" in refusal.reason) for refusal in taken.refused] == [(2, True)]


def test_with_an_index_source_only_its_pairs_are_compared(pair: Team) -> None:
    pair.add_source("Survey", "survey")
    assert len(triangulate(pair.engine, pair.anna).matrix.pairs) == 3
    write(pair, replace(PAGE, compare=INDEX, index="Survey"))
    matrix = triangulate(pair.engine, pair.anna).matrix
    assert matrix.pairs == (("Interviews", "Survey"), ("Steering group", "Survey"))
    with pytest.raises(UserFacingError, match="compares Survey with each of the others"):
        judge(pair, pair.anna)


def test_own_code_set_holds_under_its_rule_alone(pair: Team) -> None:
    write(pair, replace(PAGE, codes=racine_codes()))
    partial = ConvergenceCode.PARTIAL
    assert protocol.protocol_of(pair.engine, pair.anna).codes.name(partial) == "Partial agreement"
    protocol.choose_rule(pair.engine, pair.lead, Rule.OWN)
    assert protocol.protocol_of(pair.engine, pair.anna).codes.name(partial) == "Complementarity"
    assert triangulate(pair.engine, pair.anna).matrix.rule is Rule.OWN


# --- sources


def test_source_tells_its_documents_coders_and_what_was_written_of_it(pair: Team) -> None:
    pair.code(pair.bram, "no time")
    detail = SourceDetail(
        participants="37 meetings",
        period="2004-2007",
        weight="commentary",
        scale="macro",
        collected=("Dirk",),
        coded=("Eve", " "),
        steered=("Lena",),
    )
    protocol.describe_source(pair.engine, pair.lead, "Steering group", detail)
    group, interviews = protocol.protocol_of(pair.engine, pair.bram).sources
    assert (group.documents, group.period, group.coded_by) == (1, "2004-2007", ("Bram", "Eve"))
    assert group.detail == replace(detail, coded=("Eve",))
    assert (interviews.documents, interviews.period, interviews.detail) == (1, "", SourceDetail())


def test_coders_of_a_blind_round_are_not_told(pair: Team) -> None:
    pair.open_round(documents=[pair.document])
    pair.code(pair.bram, "no time")
    assert protocol.protocol_of(pair.engine, pair.anna).sources[0].coders == ()


@pytest.mark.parametrize("detail", [SourceDetail(weight="gold"), SourceDetail(scale="nano")])
def test_weight_and_scale_come_from_their_sets(pair: Team, detail: SourceDetail) -> None:
    with pytest.raises(UserFacingError, match="There are"):
        protocol.describe_source(pair.engine, pair.lead, "Interviews", detail)


def test_guide_is_kept_with_its_source_and_taken_back(pair: Team) -> None:
    upload = Upload("../guide.md", b"# Guide\r\n\r\nWhat helps?\r\n")
    guide_id = protocol.upload_guide(pair.engine, pair.lead, "Interviews", upload)
    (guide,) = protocol.protocol_of(pair.engine, pair.anna).guides
    assert (guide.source, guide.title) == ("Interviews", "guide")
    assert guide.text == "# Guide\n\nWhat helps?"
    protocol.retire_guide(pair.engine, pair.lead, guide_id)
    assert protocol.protocol_of(pair.engine, pair.anna).guides == ()
    assert [entry[2] for entry in history(pair)] == [[("guide", "guide", "")], [("guide", "", "guide")]]
    with pytest.raises(NotThere):
        protocol.retire_guide(pair.engine, pair.lead, guide_id)


def test_guide_that_cannot_be_read_is_refused_with_the_reason(pair: Team) -> None:
    with pytest.raises(UserFacingError, match="docx"):
        protocol.upload_guide(pair.engine, pair.lead, "Interviews", Upload("guide.doc", b"x"))
    with pytest.raises(UserFacingError, match="title and its text"):
        protocol.add_guide(pair.engine, pair.lead, "Interviews", title="Guide", text=" ")


def test_dependence_is_kept_for_the_pair_whatever_its_order(pair: Team) -> None:
    for first, second, kind in (
        ("Steering group", "Interviews", "same_study"),
        ("Interviews", "Steering group", "same_people"),
    ):
        protocol.set_dependence(pair.engine, pair.lead, first, second, kind=kind, note="The GPs sit in it.")
    assert protocol.protocol_of(pair.engine, pair.anna).dependences == (
        Dependence("Interviews", "Steering group", "same_people", "The GPs sit in it."),
    )
    protocol.retire_dependence(pair.engine, pair.lead, "Steering group", "Interviews")
    assert protocol.protocol_of(pair.engine, pair.anna).dependences == ()


def test_dependence_that_says_nothing_is_refused(pair: Team) -> None:
    for source, kind, said in (
        ("Interviews", "same_study", "itself"),
        ("Steering group", "cousins", "There are"),
        ("Steering group", "other", "note"),
    ):
        with pytest.raises(UserFacingError, match=said):
            protocol.set_dependence(pair.engine, pair.lead, "Interviews", source, kind=kind)


def test_documents_that_stand_in_two_sources_are_proposed(pair: Team) -> None:
    text = " ".join(f"word{number}" for number in range(200))
    for title, source in (("Article", "Papers"), ("Abstract", "Reports")):
        pair.add_document(text, title=title, source=pair.add_source(source))
    (shared,) = protocol.shared_texts(pair.engine, pair.anna)
    assert (shared.title_a, shared.title_b, shared.share) == ("Article", "Abstract", 1.0)


# --- the opportunity map


def chance(team: Team, person: Member, row: Row = ROW, source: str = "Interviews") -> tuple[str, str]:
    found = triangulate(team.engine, person).opportunities[row, source]
    return found.state.value, found.origin.value


def say(team: Team, row: Row, state: Opportunity, source: str = "Interviews", note: str = "") -> int:
    return opportunities.set_opportunities(
        team.engine, team.lead, [SaidOpportunity(row, source, state, note)]
    )


def test_map_tells_for_each_row_and_source_what_it_rests_on(team: Team) -> None:
    with_two_sources(team)
    assert chance(team, team.anna) == ("could_be_raised", Origin.KIND)
    say(team, Row("ECO-FUND"), Opportunity.NOT_ASKED)
    assert chance(team, team.anna) == ("not_asked", Origin.THEME)
    say(team, ROW, Opportunity.ASKED, note="Question 4")
    assert chance(team, team.anna) == ("asked", Origin.ROW)
    opportunities.clear_opportunities(team.engine, team.lead, [(ROW, "Interviews")])
    assert chance(team, team.anna) == ("not_asked", Origin.THEME)
    assert chance(team, team.anna, source="Steering group") == ("could_be_raised", Origin.KIND)
    assert verify(team.engine).problems == ()


def test_many_places_are_one_change_and_the_same_again_is_none(pair: Team) -> None:
    said = [
        SaidOpportunity(Row(theme), "Interviews", Opportunity.ASKED) for theme in ("ECO-FUND", "PRO-KNOW")
    ]
    assert opportunities.set_opportunities(pair.engine, pair.lead, said) == 2
    assert opportunities.set_opportunities(pair.engine, pair.lead, said) == 0
    assert [len(lines) for _, _, lines in history(pair)] == [2]
    assert opportunities.clear_opportunities(pair.engine, pair.lead, [(Row("ECO-FIN"), "Interviews")]) == 0


def test_a_place_that_is_not_there_is_refused(pair: Team) -> None:
    with pytest.raises(NotThere, match="no row 'Never heard'"):
        say(pair, Row("ECO-FUND", "Never heard"), Opportunity.ASKED)
    with pytest.raises(NotThere, match="no source 'Diaries'"):
        say(pair, Row("ECO-FUND"), Opportunity.ASKED, source="Diaries")
    with pytest.raises(UserFacingError, match="NONE"):
        say(pair, Row("NONE"), Opportunity.ASKED)


def test_themes_that_bear_rows_or_codings_come_first(pair: Team) -> None:
    pair.code(pair.anna, "no time", "PRO-KNOW")
    themes = opportunities.themes_of_map(pair.engine, pair.anna)
    assert {line.theme for line in themes[:2]} == {"ECO-FUND", "PRO-KNOW"}
    of = {line.theme: line for line in themes}
    assert (of["ECO-FUND"].rows, of["PRO-KNOW"].codings) == ((ROW,), 1)
    assert len(themes) == 36


def test_map_is_written_and_read_and_bad_rows_are_refused(pair: Team, tmp_path: Path) -> None:
    path = tmp_path / "map.csv"
    path.write_text(
        "\ufefftheme;row;source;opportunity;note\n"
        f"ECO-FUND;{ROW.statement};Interviews;asked;Question 4\n"
        "Knowledge and skills;;Interviews;not_asked;\n"
        "ECO-FUND;;Diaries;asked;\n",
        encoding="utf-8",
    )
    taken = opportunities.import_opportunities(pair.engine, pair.lead, path)
    assert taken.imported + len(taken.refused) == 3
    assert taken.refused[-1].row == 4
    assert chance(pair, pair.anna) == ("asked", "row")
    out = tmp_path / "out.csv"
    assert opportunities.export_opportunities(pair.engine, pair.anna, out) == taken.imported
    again = opportunities.import_opportunities(pair.engine, pair.lead, out)
    assert (again.imported, again.refused) == (taken.imported, ())
    assert len(protocol.history_of(pair.engine, pair.lead)) == 1
    whole = opportunities.export_opportunities(pair.engine, pair.anna, out, everything=True)
    assert whole == 36 * 2 + 1


def steps(team: Team, person: Member) -> set[str]:
    return {step.what for step in next_steps(team.engine, person)}


def test_who_is_not_named_waits_for_the_judges_and_goes_on_to_the_report(pair: Team) -> None:
    write(pair, replace(PAGE, judges=("Bram",)))
    judge(pair, pair.bram)
    assert steps(pair, pair.anna) & {"judge", "lock", "report"} == set()
    assert "lock" in steps(pair, pair.bram)
    judging.lock_judgements(pair.engine, pair.bram)
    assert "report" in steps(pair, pair.anna)


def test_who_is_named_is_asked_to_judge(pair: Team) -> None:
    write(pair, replace(PAGE, judges=("Bram",)))
    assert "judge" in steps(pair, pair.bram)
    assert "judge" not in steps(pair, pair.anna)


def test_map_follows_a_row_that_is_renamed_or_merged(pair: Team) -> None:
    renamed, other = Row("ECO-FUND", "Money is there now"), Row("ECO-FUND", "There is money")
    findings.add_finding(
        pair.engine, pair.anna, source="Interviews", theme="ECO-FUND", row=other.statement, statement="Yes."
    )
    say(pair, ROW, Opportunity.ASKED, note="Question 4")
    sorting.rename_row(pair.engine, pair.lead, ROW, renamed.statement, reason="Clearer")
    assert chance(pair, pair.anna, renamed) == ("asked", "row")
    sorting.merge_rows(pair.engine, pair.lead, renamed, into=other, reason="The same")
    assert chance(pair, pair.anna, other) == ("asked", "row")
    say(pair, other, Opportunity.NOT_ASKED)
    assert chance(pair, pair.anna, other) == ("not_asked", "row")
    opportunities.clear_opportunities(pair.engine, pair.lead, [(other, "Interviews")])
    assert chance(pair, pair.anna, other) == ("could_be_raised", "kind")

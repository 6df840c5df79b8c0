"""Which conclusions hold under other rules and units, and with one person or source fewer."""

from __future__ import annotations

from itertools import combinations
from random import Random
from uuid import uuid4

import pytest

from codebook.models import Valence
from triangulation.consensus import TEAM
from triangulation.convergence import parse_code
from triangulation.models import About as Unit
from triangulation.models import (
    Excerpt,
    Existence,
    Finding,
    Judgement,
    Meaning,
    Part,
    Resolution,
    Row,
    Rule,
)
from triangulation.robustness import (
    About,
    Change,
    CoderFigures,
    Figure,
    Ground,
    Share,
    Survives,
    check_robustness,
)

T1 = Row("T1")


def says(researcher, a, b, code, row=T1):
    return Judgement(row, a, b, researcher, assigned=parse_code(code))


def parts(researcher, meaning, *others, row=T1):
    return Judgement(row, "Minutes", "Survey", researcher, Meaning(meaning), *(Part(part) for part in others))


def quoted(*quotes, source="Minutes", valence=Valence.BARRIER, researcher=None):
    excerpts = tuple(Excerpt(None, "", None, None, quote) for quote in quotes)
    return Finding(uuid4(), source, T1, f"{source} say so", valence, researcher, excerpts=excerpts)


def a_ground(judgements=(), findings=(), existences=(), **more):
    return Ground(
        **({"rows": (T1,), "sources": (), "rule": Rule.PARTS} | more),
        judgements=tuple(judgements),
        findings=tuple(findings),
        existences=tuple(existences),
    )


def outcome(found, about, change, name):
    """The outcome of the only conclusion of its kind under one variation."""
    (conclusion,) = [one for one in found.conclusions if one.about is about]
    (under,) = [o for o in conclusion.outcomes if (o.variation.change, o.variation.name) == (change, name)]
    return under


def test_another_rule_can_overturn_a_convergence():
    judged = [parts(p, "contradictory", "same", "same", "same") for p in ("Ann", "Ben")]
    found = check_robustness(a_ground(judged))
    under = outcome(found, About.CONVERGENCE, Change.RULE, "meaning_first")
    assert (under.survives, under.value) == (Survives.NO, "contains_dissonance")
    assert under.pairs == (("Minutes", "Survey", "partial", "dissonance"),)
    assert under.reason
    assert outcome(found, About.CONVERGENCE, Change.RULE, "meaning_prominence").survives is Survives.YES


def test_a_rule_that_gives_no_code_cannot_be_told():
    judged = [Judgement(T1, "Minutes", "Survey", p, Meaning.CONTRADICTORY) for p in ("Ann", "Ben")]
    found = check_robustness(a_ground(judged, rule=Rule.MEANING_FIRST))
    under = outcome(found, About.CONVERGENCE, Change.RULE, "parts")
    assert (under.survives, under.value) == (Survives.CANNOT_TELL, None)
    assert "no code" in under.reason


def test_a_rule_has_no_bearing_on_codes_that_were_assigned_or_on_a_single_source():
    assigned = [says(p, "Minutes", "Survey", "A") for p in ("Ann", "Ben")]
    found = check_robustness(a_ground(assigned))
    assert outcome(found, About.CONVERGENCE, Change.RULE, "meaning_first").survives is Survives.UNTOUCHED
    said = [Existence(T1, s, p, s == "Minutes") for s in ("Minutes", "Survey") for p in ("Ann", "Ben")]
    alone = check_robustness(a_ground(existences=said))
    assert outcome(alone, About.CONVERGENCE, Change.RULE, "meaning_first").survives is Survives.UNTOUCHED


def test_under_another_rule_what_was_settled_cannot_be_told():
    judged = [parts("Ann", "same", "same", "same", "same"), parts("Ben", "same", "different", "same", "same")]
    decided = Resolution(T1, Unit.CODE, "Minutes", "Survey", "partial", "We looked again.")
    found = check_robustness(a_ground(judged, resolutions=(decided,)))
    under = outcome(found, About.CONVERGENCE, Change.RULE, "meaning_first")
    assert (under.survives, under.value) == (Survives.CANNOT_TELL, None)
    assert "settled" in under.reason


def test_without_one_of_two_sources_of_which_one_is_silent_it_cannot_be_told():
    found = check_robustness(a_ground([says(p, "Minutes", "Survey", "S") for p in ("Ann", "Ben")]))
    under = outcome(found, About.CONVERGENCE, Change.WITHOUT_SOURCE, "Survey")
    assert under.survives is Survives.CANNOT_TELL


def test_leaving_out_the_researcher_who_differs_settles_what_was_open():
    judged = [says("Ann", "Minutes", "Survey", "A"), says("Ben", "Minutes", "Survey", "A"),
              says("Cas", "Minutes", "Survey", "D")]  # fmt: skip
    assert check_robustness(a_ground(judged)).conclusions == ()
    assert check_robustness(a_ground(judged)).undrawn == ((T1, TEAM),)
    decided = Resolution(T1, Unit.CODE, "Minutes", "Survey", "dissonance", "We looked again.")
    found = check_robustness(a_ground(judged, resolutions=(decided,)))
    (conclusion,) = found.conclusions
    assert (conclusion.view, conclusion.value) == (TEAM, "contains_dissonance")
    without = {
        name: outcome(found, About.CONVERGENCE, Change.WITHOUT_RESEARCHER, name).value
        for name in ("Ann", "Ben", "Cas")
    }
    assert without == {"Ann": "contains_dissonance", "Ben": "contains_dissonance", "Cas": "agreement"}


def test_dissonance_that_hangs_on_one_source_goes_with_it():
    judged = [
        says(p, *pair, code)
        for p in ("Ann", "Ben")
        for pair, code in (
            (("GPs", "Minutes"), "A"),
            (("GPs", "Survey"), "D"),
            (("Minutes", "Survey"), "A"),
        )
    ]
    found = check_robustness(a_ground(judged))
    values = {
        source: outcome(found, About.CONVERGENCE, Change.WITHOUT_SOURCE, source)
        for source in ("GPs", "Minutes", "Survey")
    }
    assert {source: (o.value, o.survives, o.k) for source, o in values.items()} == {
        "GPs": ("agreement", Survives.NO, 2),
        "Minutes": ("contains_dissonance", Survives.YES, 2),
        "Survey": ("agreement", Survives.NO, 2),
    }


def test_of_two_sources_one_is_left_and_nothing_converges():
    judged = [says(p, "Minutes", "Survey", "A") for p in ("Ann", "Ben")]
    under = outcome(check_robustness(a_ground(judged)), About.CONVERGENCE, Change.WITHOUT_SOURCE, "Survey")
    assert (under.survives, under.value, under.k) == (Survives.NO, "single_source", 1)


def test_without_the_index_source_nothing_is_left_to_compare():
    judged = [says(p, "Minutes", other, "A") for p in ("Ann", "Ben") for other in ("Survey", "Registers")]
    judged = [
        Judgement(j.row, *sorted((j.source_a, j.source_b)), j.researcher, assigned=j.assigned) for j in judged
    ]
    found = check_robustness(a_ground(judged, index="Minutes"))
    under = outcome(found, About.CONVERGENCE, Change.WITHOUT_SOURCE, "Minutes")
    assert (under.survives, under.k) == (Survives.CANNOT_TELL, 2)


def test_a_barrier_survives_while_one_source_supports_it():
    findings = [quoted("Too late."), quoted("Never.", source="Survey")]
    found = check_robustness(a_ground(findings=findings))
    under = outcome(found, About.BARRIER, Change.WITHOUT_SOURCE, "Survey")
    assert (under.survives, under.k) == (Survives.YES, 1)
    alone = check_robustness(a_ground(findings=findings[:1]))
    assert outcome(alone, About.BARRIER, Change.WITHOUT_SOURCE, "Minutes").survives is Survives.NO
    assert outcome(alone, About.BARRIER, Change.RULE, "meaning_first").survives is Survives.UNTOUCHED


def test_mixed_counts_as_both_and_a_source_held_to_be_silent_supports_nothing():
    findings = [quoted("Both.", valence=Valence.MIXED), quoted("No.", source="Survey")]
    silent = [Existence(T1, "Survey", p, False) for p in ("Ann", "Ben")]
    found = check_robustness(a_ground(findings=findings, existences=silent))
    directions = {c.about: c.k for c in found.conclusions if c.about is not About.CONVERGENCE}
    assert directions == {About.FACILITATOR: 1, About.BARRIER: 1}


def test_a_finding_goes_with_the_researcher_who_wrote_it():
    judged = [says(p, "Minutes", "Survey", "A") for p in ("Ann", "Ben")]
    found = check_robustness(a_ground(judged, [quoted("Late.", researcher="Ann")]))
    assert outcome(found, About.BARRIER, Change.WITHOUT_RESEARCHER, "Ann").survives is Survives.NO
    assert outcome(found, About.BARRIER, Change.WITHOUT_RESEARCHER, "Ben").survives is Survives.YES


def coders(findings, *by):
    excerpts = [excerpt for finding in findings for excerpt in finding.excerpts]
    return {("T1", excerpt): frozenset(names) for excerpt, names in zip(excerpts, by, strict=True)}


def test_quotes_that_rest_on_one_coder_are_named():
    judged = [says(p, "Minutes", "Survey", "A") for p in ("Ann", "Ben")]
    findings = [quoted("Late.", "Slow."), quoted("Never.", source="Survey")]
    coded_by = coders(findings, ["Ann"], ["Ann", "Ben"], ["Ann"])
    found = check_robustness(a_ground(judged, findings), coded_by=coded_by)
    under = outcome(found, About.CONVERGENCE, Change.WITHOUT_CODER, "Ann")
    assert (under.survives, under.quotes) == (Survives.NO, ("Late.", "Never."))
    assert "Survey" in under.reason and "Minutes" not in under.reason
    assert outcome(found, About.CONVERGENCE, Change.WITHOUT_CODER, "Ben").survives is Survives.YES
    barrier = outcome(found, About.BARRIER, Change.WITHOUT_CODER, "Ann")
    assert (barrier.survives, barrier.k) == (Survives.YES, 1)


def test_a_quote_that_nobody_coded_cannot_tell():
    findings = [quoted("Late.", "Slow.")]
    found = check_robustness(a_ground(findings=findings), coded_by=coders(findings, ["Ann"], []))
    under = outcome(found, About.BARRIER, Change.WITHOUT_CODER, "Ann")
    assert (under.survives, under.quotes) == (Survives.CANNOT_TELL, ("Late.",))


@pytest.mark.parametrize(
    ("low", "survives"), [(0.70, Survives.YES), (0.60, Survives.NO), (None, Survives.CANNOT_TELL)]
)
def test_coder_agreement_keeps_its_verdict_in_another_unit_or_not(low, survives):
    figures = CoderFigures(
        0.667, "section", {"section": {"T1": Figure(0.68)}, "sentence": {"T1": Figure(low, "rare")}}
    )
    found = check_robustness(a_ground(), figures=figures)
    assert outcome(found, About.CODER_AGREEMENT, Change.UNIT, "sentence").survives is survives


def test_the_shares_count_conclusions_that_are_touched():
    findings = [
        quoted("Late."),
        quoted("Never.", source="Survey"),
        quoted("Good.", valence=Valence.FACILITATOR),
    ]
    found = check_robustness(a_ground(findings=findings))
    assert found.share(change=Change.WITHOUT_SOURCE) == Share(yes=1, no=1, cannot_tell=0)
    assert found.share(change=Change.RULE).n == 0
    assert found.share(about=About.FACILITATOR) == Share(0, 1, 0)


def test_without_a_team_each_researcher_has_conclusions_of_their_own():
    judged = [says("Ann", "Minutes", "Survey", "A")]
    found = check_robustness(a_ground(judged, team=False))
    assert [(c.view, c.value) for c in found.conclusions] == [("Ann", "agreement")]
    assert {v.change for v in found.variations} == {Change.RULE, Change.WITHOUT_SOURCE}


def test_forty_rows_six_sources_and_three_researchers_are_checked_under_all_rules():
    dice = Random(1)
    rows = tuple(Row(f"T{n // 2:02}", f"s{n}") for n in range(40))
    sources, people = [f"S{n}" for n in range(6)], ("r1", "r2", "r3")
    said = [Existence(r, s, p, dice.random() < 0.8) for r in rows for s in sources for p in people]
    held = {(e.row, e.source, e.researcher): e.speaks for e in said}
    judged = [
        Judgement(
            r, a, b, p, dice.choice(list(Meaning)[:3]), *(dice.choice(list(Part)[:2]) for _ in range(3))
        )
        if held[r, a, p] and held[r, b, p]
        else Judgement(r, a, b, p)
        for r in rows
        for a, b in combinations(sources, 2)
        for p in people
    ]
    findings = [Finding(uuid4(), s, r, "It is so", dice.choice(list(Valence))) for r in rows for s in sources]
    ground = a_ground(judged, findings, said, rows=rows)
    found = check_robustness(ground)
    assert len(judged) == 1800
    assert {v.change for v in found.variations} == set(Change) - {Change.WITHOUT_CODER, Change.UNIT}

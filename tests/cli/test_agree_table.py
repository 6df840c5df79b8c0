"""Ratings made elsewhere come in by file, a row a unit or a row a rating, and every coefficient comes out."""

from pathlib import Path

import pytest

BATCHES = Path(__file__).resolve().parents[1] / "data" / "conconcor-nl" / "annotations.csv"
CASES = Path(__file__).resolve().parents[1] / "data" / "agreement_ratings.yaml"
OF_BATCHES = ("--unit", "extract_id", "--coder", "anonymised_participant_id", "--label", "response")
WIDE = ("unit,document,Ann,Ben", "1,a,1,1", "2,a,1,0", "3,b,0,0", "4,b,0,")


def coefficients(answer):
    return {one["name"]: one for group in answer["groups"] for one in group["coefficients"]}


def test_a_row_a_unit(trigpoint, write_csv):
    answer = trigpoint("agree-table", write_csv("wide", *WIDE), "--json").json
    (group,) = answer["groups"]
    assert (group["group"], group["n_units"], group["coders"]) == (None, 4, ["ann", "ben"])
    found = coefficients(answer)
    assert found["percent_agreement"]["value"] == pytest.approx(2 / 3)
    assert found["positive_agreement"]["value"] == pytest.approx(2 / 3)
    assert found["krippendorff_alpha"]["value"] == pytest.approx(4 / 9)
    assert found["krippendorff_alpha"]["n"] == 3
    assert "gwet_ac2" not in found


def test_a_row_a_rating_gives_the_same(trigpoint, write_csv):
    lines = ["unit,coder,label,document"]
    for row in WIDE[1:]:
        unit, document, ann, ben = row.split(",")
        lines += [f"{unit},ann,{ann},{document}", f"{unit},ben,{ben},{document}"]
    long = trigpoint("agree-table", write_csv("long", *lines), "--json").json
    assert long == trigpoint("agree-table", write_csv("wide", *WIDE), "--json").json


def test_published_alphas_of_batches_come_out(trigpoint):
    call = ("agree-table", BATCHES, *OF_BATCHES, "--group", "batch", "--json")
    four = trigpoint(*call).json["groups"]
    two = trigpoint(*call, "--missing", "Weet ik niet,Onleesbare OCR").json["groups"]
    alphas = {
        group["group"]: [coefficients({"groups": [group]})["krippendorff_alpha"]["value"] for group in both]
        for both in zip(four, two, strict=True)
        for group in both[:1]
    }
    assert alphas["batch_1"] == pytest.approx([0.240, 0.239], abs=0.0005)
    assert alphas["batch_5"] == pytest.approx([0.166, 0.274], abs=0.0005)


def test_scores_have_weights_and_intraclass_correlations(trigpoint, write_csv):
    scores = write_csv("scores", "A,B,C,D", "9,2,5,8", "6,1,3,2", "8,4,6,8", "7,1,2,6", "10,5,6,9", "6,2,4,7")
    found = coefficients(
        trigpoint("agree-table", scores, "--level", "interval", "--weights", "linear", "--json").json
    )
    assert found["icc_2_1"]["value"] == pytest.approx(0.29, abs=0.005)
    assert found["krippendorff_alpha"]["method"] == "Krippendorff's alpha, interval"
    assert found["gwet_ac2"]["value"] is not None


def test_the_table_is_told_in_words_too(trigpoint, write_csv):
    told = trigpoint("agree-table", write_csv("wide", *WIDE))
    assert "krippendorff_alpha" in told.out


@pytest.mark.parametrize(
    ("lines", "options", "message"),
    [
        (("unit,coder,label", "1,ann,x", "1,ann,y"), (), "Row 3: ann rated unit '1' already"),
        (("unit,coder,label", "1,,x"), (), "Row 2: names no coder"),
        (("coder,label", "ann,x"), (), "no column 'unit'"),
        (("unit", "1"), (), "There are no ratings"),
        (("ann,ben", "x,y"), ("--categories", "x,z"), "not among the categories"),
        (("ann,ben", "x,y"), ("--level", "interval"), "needs numbers"),
        (("ann,ben", "x,y"), ("--level", "ordinal"), "needs the order"),
    ],
)
def test_a_table_that_does_not_fit_is_refused_in_words(trigpoint, write_csv, lines, options, message):
    refused = trigpoint("agree-table", write_csv("bad", *lines), *options, "--json", status=3)
    assert message in refused.err


def test_cases_of_several_figures_are_told_in_words(trigpoint):
    told = trigpoint("check-cases", CASES).out
    assert "icc_2_k.ci95: 0.071137 to 0.927232" in told
    assert "INP 1.000000, JJ 1.000000" in told

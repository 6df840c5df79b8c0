"""Counts of prominence by command line, and what a file of judgements may not say."""

from __future__ import annotations

import pytest


@pytest.fixture
def coded(trigpoint, two_texts, tmp_path):
    """Two sources, one of them coded, and a row on which both have a finding."""
    gp = next(d for d in trigpoint("documents", "--json").json if d["title"] == "gp")
    text = trigpoint("text", gp["document"]).out
    quote = text.split()[0]
    codings = tmp_path / "codings.csv"
    codings.write_text(
        f"document,start_char,end_char,quote,code,coder\ngp,0,{len(quote)},{quote},ECO-FUND,Ann\n"
    )
    trigpoint("codings", "import", str(codings))
    findings = tmp_path / "findings.csv"
    findings.write_text(
        "source,theme,row,statement,excerpts,sites\n"
        f"{gp['source']},ECO-FUND,Money,There is money,{quote},Aalst | Ronse\n"
        "Survey,ECO-FUND,Money,None,,\n"
    )
    trigpoint("findings", "import", str(findings), "--create-sources")
    return gp["source"], quote


def test_every_row_and_source_is_told_with_its_denominators(trigpoint, coded):
    source, quote = coded
    told = {entry["source"]: entry for entry in trigpoint("prominence", "--json").json}
    seen = told[source]
    assert (seen["theme"], seen["row"]) == ("ECO-FUND", "Money")
    assert (seen["documents"], seen["segments"], seen["segments_of"]) == (1, 1, 1)
    assert seen["characters"] == len(quote)
    assert seen["share_of_text"] == pytest.approx(len(quote) / seen["characters_of"])
    assert seen["quotes"]["segments"] == 1
    assert seen["coverage"]["sites"] == ["Aalst", "Ronse"]
    assert told["Survey"]["documents"] is None
    assert told["Survey"]["reasons"]["documents"] == "no document of this source is in the study"


def test_without_json_it_is_a_table(trigpoint, coded):
    source, _ = coded
    (line,) = [line for line in trigpoint("prominence").out.splitlines() if source in line]
    assert "1 of 1" in line

"""People and attributes by command line."""

INTERVIEW = "Interviewer: Well?\nGP 1: No time.\nGP 1: Nobody pays the nurse.\n"


def test_labels_are_assigned_in_one_document_and_listed(trigpoint, tmp_path):
    (tmp_path / "one.txt").write_text(INTERVIEW, encoding="utf-8")
    (tmp_path / "two.txt").write_text(INTERVIEW.replace("nurse", "GP"), encoding="utf-8")
    trigpoint("study", "create", "Region")
    trigpoint(
        "import",
        str(tmp_path / "one.txt"),
        str(tmp_path / "two.txt"),
        "--source",
        "Interviews",
        "--kind",
        "interview",
    )
    trigpoint("participants", "assign", "GP 1", "--to", "Arts", "--document", "one")
    told = trigpoint("participants", "list", "--json").json
    (label,) = [label for label in told["labels"] if label["label"] == "GP 1"]
    assert {one["title"]: one["participant"] for one in label["documents"]} == {"one": "Arts", "two": None}
    assert [(p["name"], p["turns"], p["words"]) for p in told["participants"]] == [("Arts", 2, 6)]
    assert "Arts" in trigpoint("participants", "list").out
    trigpoint("participants", "add", "Aalst", "--kind", "site", "--group", "East")
    trigpoint("participants", "add", "Aalst (town)", "--kind", "site")
    assert trigpoint("participants", "link", "one", "two", "--to", "aalst (town)", "--json").json == {
        "linked": 2,
        "same": 0,
    }
    trigpoint("participants", "merge", "Aalst (town)", "--into", "Aalst")
    (site,) = [
        p for p in trigpoint("participants", "list", "--json").json["participants"] if p["kind"] == "site"
    ]
    assert (site["name"], site["group"], len(site["documents"])) == ("Aalst", "East", 2)
    assert "no participant 'Ronse'" in trigpoint("participants", "link", "one", "--to", "Ronse", status=2).err
    assert "Nobody speaks" in trigpoint("participants", "assign", "GP 9", "--to", "Arts", status=2).err


def test_attributes_come_and_go_and_a_bad_row_ends_with_status_3(trigpoint, two_texts, tmp_path):
    path = tmp_path / "attributes.csv"
    path.write_text("document,name,value\ngp,site,Aalst\nNowhere,site,Aalst\n", encoding="utf-8")
    taken = trigpoint("attributes", "import", str(path), "--json", status=3).json
    assert (taken["set"], taken["same"], len(taken["refused"])) == (1, 0, 1)
    assert "row 3" in taken["refused"][0]
    out = tmp_path / "out.csv"
    trigpoint("attributes", "export", "--out", str(out))
    assert "gp,,site,Aalst" in out.read_text(encoding="utf-8-sig")

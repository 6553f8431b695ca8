"""`clauselens compare` and `clauselens brief`, as a person and a program use them."""

import json

import pytest

from cli import main


def run(capsys, *arguments):
    status = main(list(arguments))
    out, err = capsys.readouterr()
    return status, out, err


def test_a_topic_is_compared_row_by_row(capsys):
    status, out, _ = run(capsys, "compare", "继续教育", "--json")
    record = json.loads(out)
    assert status == 0
    row = record["rows"][0]
    assert set(row["cells"]) == {"national", "chongqing", "liaocheng"}
    assert {"of", "to", "label", "reason", "evidence"} == set(row["relations"][0])
    status, out, _ = run(capsys, "compare", "继续教育")
    assert status == 0
    assert f"国家  {row['cells']['national']['label']}「{row['cells']['national']['quote']}」" in out


def test_whole_texts_are_aligned(capsys):
    status, out, _ = run(capsys, "compare", "--all", "--json", "--base", "chongqing")
    record = json.loads(out)
    assert status == 0
    assert record["base"] == "chongqing"
    matches = {row["base"]: row["matches"] for row in record["alignment"]}
    assert "national/3/7" in matches["chongqing/3/7"]["national"]
    assert set(record["only"]) == {"national", "chongqing", "liaocheng"}
    rows = [row for matter in record["matters"] for row in matter["rows"]]
    assert any(row["relations"][0]["label"] == "未规定" for row in rows)
    assert any(row["relations"][0]["label"] == "新增" for row in rows)
    status, out, _ = run(capsys, "compare", "--all")
    assert status == 0
    assert "━━ 三、完善基层事业单位公开招聘和岗位管理制度" in out
    assert "national/2/4  ↔  " in out


def test_a_chapter_is_compared_by_its_number(capsys):
    status, out, _ = run(capsys, "compare", "national/5", "--json")
    assert status == 0
    titles = [matter["title"] for matter in json.loads(out)["matters"]]
    assert titles[1] == "五、（十二）健全基层专业技术人员继续教育制度"
    assert len(titles) == 3
    status, out, _ = run(capsys, "compare", "national/5")
    assert "用人单位保障其参加继续教育权利" in out
    assert "↔" not in out


@pytest.mark.parametrize("arguments", [("compare",), ("compare", "培训", "--all")])
def test_a_topic_or_all_is_asked_for(capsys, arguments):
    status, _, err = run(capsys, *arguments)
    assert status == 2
    assert "二者选一" in err


def test_a_briefing_is_written_and_counted(capsys, tmp_path):
    path = tmp_path / "简报.md"
    status, out, _ = run(capsys, "brief", "继续教育", "特设岗位", "-o", str(path), "--json")
    assert status == 0
    facts = json.loads(out)
    assert (facts["file"], facts["topics"]) == (str(path), 2)
    content = path.read_text(encoding="utf-8")
    assert "继续教育、特设岗位：政策对照简报" in content
    assert "不少于 90 学时" in content


def test_chapters_topics_and_notes_come_in_the_order_given(capsys, tmp_path):
    path = tmp_path / "简报.md"
    status, out, _ = run(
        capsys, "brief", "national/5/12", "特设岗位", "--title", "培训", "--note", "先看学时。", "-o", str(path)
    )
    assert status == 0
    assert "2 个议题" in out
    content = path.read_text(encoding="utf-8")
    assert content.startswith("# 培训")
    assert content.index("先看学时。") < content.index("健全基层专业技术人员继续教育制度") < content.rindex("特设岗位")


def test_a_plan_tells_topics_and_notes(capsys, tmp_path):
    (tmp_path / "plan.toml").write_text(
        'title = "三地对照"\n[[topic]]\nname = "继续教育"\nnote = "先讲学时。"\n[[topic]]\npart = "national/3/8"\n',
        encoding="utf-8",
    )
    path = tmp_path / "简报.md"
    status, _, _ = run(capsys, "brief", "--plan", str(tmp_path / "plan.toml"), "-o", str(path))
    assert status == 0
    content = path.read_text(encoding="utf-8")
    assert "先讲学时。" in content
    assert "优化基层事业单位岗位管理制度" in content
    status, _, err = run(capsys, "brief", "宣传", "--plan", str(tmp_path / "plan.toml"), "-o", str(path))
    assert status == 2
    assert "--plan 里已写明" in err


def test_a_file_of_another_kind_is_refused(capsys, tmp_path):
    status, _, err = run(capsys, "brief", "继续教育", "-o", str(tmp_path / "简报.pdf"))
    assert status == 2
    assert ".docx" in err
    assert list(tmp_path.iterdir()) == []


def test_a_briefing_without_a_topic_is_refused(capsys, tmp_path):
    status, _, err = run(capsys, "brief", " ", "-o", str(tmp_path / "简报.md"))
    assert status == 2
    assert "至少要一个话题" in err


def test_hits_on_one_matter_are_grouped(capsys):
    status, out, _ = run(capsys, "search", "每年继续教育学时", "-k", "6", "--by-matter", "--json")
    record = json.loads(out)
    assert status == 0
    groups = record["groups"]
    assert {clause_id for group in groups for clause_id in group} == {hit["clause_id"] for hit in record["hits"]}
    together = next(group for group in groups if "national/5/12" in group)
    assert "chongqing/6/17" in together
    assert all(len({clause_id.split("/")[0] for clause_id in group}) == len(group) for group in groups)
    status, out, _ = run(capsys, "search", "每年继续教育学时", "-k", "6", "--by-matter")
    assert "    同一件事：" in out

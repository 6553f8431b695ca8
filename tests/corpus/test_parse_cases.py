"""Small texts, each one question to the parser: what opens a clause, what is kept, what a clause is called."""

import pytest
from soundness import parse_bytes, squeeze

OPENING = "东山县教育局关于加强校车管理的意见\n东教发〔2021〕3号\n各学校：\n为做好校车管理工作，提出如下意见。\n"
SIGNATURE = "东山县教育局\n2021年5月6日\n"
RULE = "学校应当建立校车台账，每月检查车辆一次，发现隐患立即停运整改。"


def case(*values, name):
    return pytest.param(*values, id=name)


@pytest.fixture
def parsed(tmp_path):
    return lambda text: parse_bytes(tmp_path, text.encode())


def ids(document):
    return [clause.clause_id.split("/", 1)[1] for clause in document.clauses if clause.kind == "clause"]


def wrapped(*paragraphs):
    """Paragraphs wrapped at 24 characters, each first line indented by two."""
    lines = []
    for paragraph in paragraphs:
        text = f"\u3000\u3000{paragraph}"
        lines += [text[i : i + 24] for i in range(0, len(text), 24)]
    return "\n".join(lines) + "\n"


RESPONSIBLE = "鼓励学校配备照管人员，完善管理制度和应急预案。（县教育局、县公安局等有关部门负责）"

OPENED = [
    case(OPENING + "一、甲\n（一）子。做好。\n（二）丑。做好。\n二、乙\n"
      "（一）寅。做好。\n", ["1/1", "1/2", "2/1"], name="restart"),
    case(OPENING + "一、甲\n（一）子。做好。\n（二）丑。做好。\n二、政策衔接，三方联动\n（一）寅。做好。\n"
          "（二）卯。做好。\n",
        ["1/1", "1/2", "2/1", "2/2"],
        name="restart under a heading with a comma",
    ),
    case(OPENING + "一、逐年扩招，分步实施\n（一）子。做好。\n（二）丑。做好。\n二、乙\n做好。\n",
        ["1/1", "1/2", "2"],
        name="first （一） under a heading with a comma",
    ),
    case(OPENING + "一、甲\n（一）子，丑\n做好工作。\n（二）寅，卯\n"
      "做好工作。\n", ["1/1", "1/2"], name="headings with commas"),
    case(OPENING + "一、甲\n（一）委托。符合第（一）项规定的，可以委托。\n（二）情形。首次违法的，不予处罚。\n"
          "（三）其他。做好。\n",
        ["1/1", "1/2", "1/3"],
        name="（一） cites （一）",
    ),
    case(OPENING + wrapped("一、任务", *(f"（{n}）{name}。{RESPONSIBLE}" for n, name in zip("一二三", "甲乙丙",
        strict=True))),
        ["1/1", "1/2", "1/3"],
        name="wrapped, each ends （…负责）",
    ),
    case(OPENING + "一、任务\n" + "".join(f"（{n}）{n}。{RESPONSIBLE}\n" for n in "一二三"),
        ["1/1", "1/2", "1/3"],
        name="not wrapped but of one length, each ends （…负责）",
    ),
    case(
        OPENING + "一、任务\n" + "".join(f"（{n}）{n}。{RULE * k}{RESPONSIBLE}\n" for k, n in enumerate("一二三", 1)),
        ["1/1", "1/2", "1/3"],
        name="not wrapped, each ends （…负责）",
    ),
    case(OPENING + "一、甲\n做好。\n三、丙\n做好。\n四、丁\n做好。\n", ["1", "3", "4"], name="a number missing"),
    case(OPENING + "一、甲\n做好。\n二、乙\n做好。\n二、丙\n做好。\n", ["1", "2", "2-2"], name="a number twice"),
    case(OPENING + "1.甲\n做好。\n2.乙\n做好。\n", ["1", "2"], name="Arabic numbers alone"),
    case(OPENING + "一、甲\n1.子。做好。\n2.丑。做好。\n二、乙\n做好。\n", ["1/1", "1/2", "2"], name="1. under 一、"),
    case(OPENING + "一、甲\n（一）子。包括：\n1.寅；\n2.卯。\n"
      "（二）丑。做好。\n", ["1/1", "1/2"], name="1. under （一）"),
    case(OPENING + "一、比例\n比例不低于1.5%。\n1.5%以上的，予以奖励。\n二、乙\n"
      "做好。\n", ["1", "2"], name="a decimal at a line's start"),
    case(OPENING + "一、甲\n2021年底前完成。\n二、乙\n10日内办结。\n", ["1", "2"], name="a year at a line's start"),
    case(OPENING + "一、标准\n标准如下：\n\n| 项目 | 金额 |\n|---|---|\n| 1. 甲类 | 100元 |\n| 2. 乙类 | 200元 |\n\n"
          "二、其他\n做好。\n",
        ["1", "2"],
        name="table rows 1. 2.",
    ),
    case(OPENING + "一、标准\n标准如下：\n\n| 项目 | 金额 |\n|---|---|\n| （一）甲类 | 100元 |\n"
          "| （二）乙类 | 200元 |\n\n二、其他\n做好。\n",
        ["1", "2"],
        name="table rows （一）（二）",
    ),
    case(OPENING + "一、条件\n申报应当符合下列条件：\n（一）年满十八岁；（二）有驾驶证；（三）身体健康。\n二、其他\n"
          "做好。\n",
        ["1", "2"],
        name="a list in one line",
    ),
    case(
        "某办法\n第一章 总则\n第一条 为了规范管理，制定本办法。\n第二章 职责\n第二条 县教育局负责。\n"
        "第三条 学校负责。\n",
        ["1", "2", "3"],
        name="articles run on",
    ),
    case("某办法\n第一条 甲。\n第二条 乙。\n第二条之一 丙。\n"
      "第三条 丁。\n", ["1", "2", "2-1", "3"], name="an article inserted"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), OPENED)
def test_clauses_opened(parsed, text, expected):
    assert ids(parsed(text)) == expected


PROSE_LINES = [
    "　　一、总体要求。坚持问题导向，健全学校校车安全管理体系，以",
    "保障学生上下学安全为核心加快推进校车服务体制机制建设和管理创",
    "新，完善校车服务政策措施，形成部门协同、齐抓共管的工作格局。",
]

KEPT = [
    case(OPENING + wrapped(RULE * 3) + PROSE_LINES[0] + "\n" + PROSE_LINES[1] + "\n\n- 2 -\n"
      "\n" + PROSE_LINES[2] + "\n",
          name="a line of prose before a page number"),
    case(OPENING + wrapped(RULE * 3) + PROSE_LINES[0] + "\n\n- 2 -\n\n" + "\n".join(PROSE_LINES[1:]) + "\n",
          name="a line of prose after a page number"),
    case(OPENING + wrapped(*[RULE * 3] * 3,
    "附件：1.学校和幼儿园校车使用许可申请办法、驾驶人承诺书") + "　　" + SIGNATURE
          + "\n- 1 -\n\n　　附件1\n　　使用许可申请办法\n"
            "　　申请应当书面提出。\n", name="a signature before a page number"),
    case(OPENING + "一、清单\n" + "".join(f"{n}\n{RULE}\n" for n in range(1, 5)),
         name="row numbers on lines of their own"),
    case(OPENING + "一、清单\n" + "".join(f"{n}\n{RULE * 9}\n" for n in range(1, 5)), name="row numbers of long rows"),
    case(OPENING + "一、清单\n" + "".join(f"甲类\n定量\n{RULE}\n" for _ in range(12)),
         name="cells that come again and again"),
]  # fmt: skip


@pytest.mark.parametrize("text", KEPT)
def test_no_word_of_the_text_is_lost(parsed, text):
    wanted = squeeze("".join(line for line in text.split("\n") if not line.startswith("- ")))
    assert squeeze(parsed(text).text) == wanted


def test_running_head_that_comes_at_every_page_is_dropped(parsed):
    page = wrapped(*[RULE * 3] * 4).rstrip("\n")
    cut = page[: page.rindex("\n")]
    text = OPENING + "\n".join(
        f"{cut}\n\n东山县校车文件选编\n\n- {n} -\n\n{page.splitlines()[-1]}" for n in range(1, 5)
    )
    document = parsed(text)
    assert "选编" not in document.text
    assert document.text.count(RULE) == 48


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        (OPENING + "一、甲\n做好。\n" + SIGNATURE, ["preface", "clause", "signature"]),
        (OPENING + "一、甲\n做好。\n本意见自印发之日起施行。\n", ["preface", "clause", "closing"]),
        (OPENING + "一、甲\n做好。\n附件：台账\n" + SIGNATURE, ["preface", "clause", "closing", "signature"]),
        ("某局关于某事的复函\n某校：\n来函收悉。\n同意。\n" + SIGNATURE, ["preface", "clause", "clause", "signature"]),
        ("一句话。\n", ["clause"]),
        ("标题\n", ["clause"]),  # whatever it is, it can be cited
        (OPENING + "一、甲\n做好。\n" + SIGNATURE + "附件1\n台账\n"
          "填写完整。\n", ["preface", "clause", "signature", "attachment"]),
    ],
)  # fmt: skip
def test_parts(parsed, text, kinds):
    assert [clause.kind for clause in parsed(text).clauses] == kinds


@pytest.mark.parametrize(
    ("text", "clause_id", "heading", "trail"),
    [
        (OPENING + "一、甲\n（一）子。做好。\n（二）丑。做好。\n", "1/1", "子", ("一、甲",)),
        (OPENING + "一、甲\n（一）子\n做好工作，抓好落实。\n（二）丑\n做好。\n", "1/2", "丑", ("一、甲",)),
        (
            OPENING + "一、甲\n（一）做好台账。\n（二）做好检查，抓好落实。\n（三）抓好整改，落实责任。\n",
            "1/1",
            "",
            ("一、甲",),
        ),
        ("某办法\n第一章 总则\n第一条 甲。\n第二条 乙。\n", "2", "", ("第一章 总则",)),
        pytest.param(
            OPENING
            + "一、校车范围包括客车和与之相连接的挂车。\n具体范围由县教育局确定，并向社会公布。\n二、乙。\n做好。\n",
            "1",
            "",
            (),
        ),
    ],
)
def test_names(parsed, text, clause_id, heading, trail):
    clause = parsed(text).by_id[f"made/{clause_id}"]
    assert (clause.heading, clause.trail) == (heading, trail)


def test_title_of_an_attachment_over_two_lines(parsed):
    document = parsed(
        OPENING + "一、甲\n做好。\n" + SIGNATURE + "附件1\n深湾口岸查验区的\n界址点坐标\n坐标见下，以测绘成果为准。\n"
    )
    assert document.by_id["made/attachment-1"].heading == "深湾口岸查验区的界址点坐标"


def test_labels(parsed):
    document = parsed(
        OPENING + "一、甲\n( 一 )子。做好。\n（2）丑。做好。\n二、乙\n1．寅。做好。\n2、卯。做好。\n" + SIGNATURE
    )
    labels = {clause.clause_id.split("/", 1)[1]: clause.label for clause in document.clauses}
    assert labels == {
        "preface": "前言",
        "1/1": "一、（一）",
        "2/1": "二、1.",
        "2/2": "二、2.",
        "signature": "落款",
    }


def test_nodes_are_the_whole_tree(parsed):
    (chapter,) = parsed(OPENING + "一、甲\n（一）子。包括：\n1.寅；\n2.卯。\n（二）丑。做好。\n").nodes
    assert (chapter.level, chapter.number, chapter.heading) == ("han", (1,), "甲")
    assert [(node.level, node.number) for node in chapter.children] == [("paren_han", (1,)), ("paren_han", (2,))]
    assert [node.marker for node in chapter.children[0].children] == ["1.", "2."]


def test_clause_at_an_offset(parsed):
    document = parsed(OPENING + "一、甲\n（一）子。做好。\n（二）丑。做好。\n")
    for clause in document.clauses:
        assert document.clause_at(clause.start) == clause
        assert document.clause_at(clause.end - 1) == clause
        assert clause.slice(clause.body, clause.end) == clause.body_text
    assert document.clause_at(document.by_id["made/1/1"].end).clause_id == "made/1/1"  # its line break


def test_a_title_comes_from_the_file_where_the_text_has_none(tmp_path):
    assert parse_bytes(tmp_path, "做好工作。\n".encode(), name="校车管理.txt").metadata.title == "校车管理"


@pytest.mark.parametrize(
    "line",
    [
        "局" * 28 + "等",  # how many ways there are to read it doubles with every few characters
        "（" * 1500 + "甲" * 1500,
        "**" * 3000 + "甲",
        "- " * 3000 + "甲",
        "一" * 5000 + "、",
    ],
)
def test_a_monstrous_line_is_one_line_like_any_other(parsed, line):
    document = parsed("关于某事，\n" + line + "\n")
    assert line[:20] in document.text

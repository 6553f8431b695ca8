"""What a text says of itself, on made texts in the forms that offices use."""

import pytest

from corpus.citations import find_citations, fold_number, is_document_name
from corpus.dates import find_dates, is_iso_date, only_date, read_expiry
from corpus.issuers import close_up, jurisdiction, offices_of, split_addressees
from corpus.metadata import FrontMatter, read_metadata, short_title

BODY = "\n一、总则\n（一）要求。做好工作。"


def parts(preface, *, cover="", body=BODY, signature=""):
    """A text put together from its parts, with their spans."""
    text = ""
    spans = []
    for part in (cover, preface, body.strip("\n"), signature):
        text += "\n" if text and part else ""
        spans.append((len(text), len(text) + len(part)))
        text += part
    return FrontMatter(
        text, preface=spans[1], cover=spans[0] if cover else None, signature=spans[3] if signature else None
    )


NOTICE = parts(
    "山南县教育局文件\n南教发〔2021〕 8 号\n山南县教育局关于\n加强乡村教师队伍建设的通知\n各乡镇（街道）、各中小学：\n"
    "为落实《中共云州市委〈关于人才工作的意见〉的通知》（云发﹝2020﹞9号），"
    "按照有关要求，现通知如下。",
    signature="山南县教育局\n二○二一年三月五日",
)
COVERED = parts(
    "关于加强我市基层\n专业人才工作的实施意见（试行）\n"
    "为贯彻落实国家《关于加强人才工作的意见》（人社部发(2016)57号），提出如下意见。",
    cover="重庆市卫生健康委员会等 2个部门\n关于印发关于加强我市基层专业人才工作的实施意见（试行）的通知\n"
    "渝卫发[2022]第6号\n"
    "各区县（自治县）卫生健康委、水利局：\n现将《关于加强我市基层专业人才工作的实施意见（试行）》印发你们。\n"
    "重庆市卫生健康委员会 重庆市教育委员会\n重 庆 市 水 利 局 重庆市文化委员会\n2022 年 9月 4日\n（此件公开发布）",
)
STATUTE = parts(
    "中华人民共和国河湖保护法\n（1994年6月30日第八届全国人民代表大会常务委员会通过 "
    "2020年10月17日修订 自2021年6月1日起施行）\n目 录",
    body="第一条 根据宪法和《中华人民共和国水法》，制定本法。\n第二条 本法所称河湖，是指河流和湖泊。",
)
ORDER = parts(
    "河湖保护条例实施细则",
    cover="中华人民共和国国务院令\n第707号\n现公布《河湖保护条例实施细则》，自2019年1月1日起施行。\n"
    "总理 张三\n2018年12月18日",
)
BARE = parts("做好防汛工作，人人有责。")


@pytest.mark.parametrize(
    ("front", "field", "expected"),
    [
        (NOTICE, "title", "山南县教育局关于加强乡村教师队伍建设的通知"),  # wrapped, under a red head
        (NOTICE, "number", "南教发〔2021〕 8 号"),  # as written
        (NOTICE, "issuers", ("山南县教育局",)),
        (NOTICE, "date", "2021-03-05"),
        (NOTICE, "addressees", ("各乡镇（街道）", "各中小学")),
        (NOTICE, "on_trial", False),
        (COVERED, "title", "关于加强我市基层专业人才工作的实施意见（试行）"),  # of the text proper
        (COVERED, "number", "渝卫发[2022]第6号"),  # of the notice, not the one cited
        (
            COVERED,
            "issuers",
            (
                "重庆市卫生健康委员会",
                "重庆市教育委员会",
                "重庆市水利局",
                "重庆市文化委员会",
            ),  # two a line, letterspaced
        ),
        (COVERED, "date", "2022-09-04"),
        (COVERED, "addressees", ("各区县（自治县）卫生健康委", "水利局")),
        (COVERED, "on_trial", True),
        (COVERED, "level", "province"),
        (COVERED, "region", "重庆市"),
        (COVERED, "region_code", "500000"),
        (COVERED, "short_name", "重庆"),
        (STATUTE, "title", "中华人民共和国河湖保护法"),
        (STATUTE, "date", "2020-10-17"),  # the last revision, not commencement
        (STATUTE, "level", "national"),
        (STATUTE, "number", None),
        (ORDER, "number", "中华人民共和国国务院令第707号"),
        (ORDER, "issuers", ("中华人民共和国国务院",)),  # not the premier
        (ORDER, "citations", ()),  # it names only what it issues
        (BARE, "title", ""),
        (BARE, "level", None),
        (BARE, "date", None),
    ],
)
def test_reads(front, field, expected):
    assert getattr(read_metadata(front), field) == expected


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        (NOTICE, [("中共云州市委〈关于人才工作的意见〉的通知", "云发﹝2020﹞9号")]),  # nested titles
        (COVERED, [("关于加强人才工作的意见", "人社部发(2016)57号")]),
        (STATUTE, [("中华人民共和国水法", None)]),  # from its first article
        (BARE, []),
    ],
)
def test_basis(front, expected):
    assert [(citation.title, citation.number) for citation in read_metadata(front).basis] == expected


@pytest.mark.parametrize(
    ("title", "addressee", "expected"),
    [
        # the issuer on the line before 关于, once in the title
        ("国务院办公厅\n关于防汛工作的函", "湖北省人民政府：", "国务院办公厅关于防汛工作的函"),
        # apart from it by the number: no part of the title
        (
            "甲市统计局\n甲市水利局\n甲统字〔2020〕5号\n关于统计工作的通知",
            "各县（市、区）统计局：",
            "关于统计工作的通知",
        ),
        # a bracketed date below, over two lines
        ("工作规则\n（二○○四年六月十六日全体会议\n第54次会议通过）", "各单位：", "工作规则"),
        ("关于 2021 年 IT 工作的 通知", "各单位:", "关于2021年IT工作的通知"),  # blanks of typesetting
    ],
)
def test_title_forms(title, addressee, expected):
    assert read_metadata(parts(f"{title}\n{addressee}\n工作安排如下。")).title == expected


def test_citations_leave_out_newspapers_short_names_and_itself():
    text = (
        "根据《甲办法》（甲发〔2019〕3号，以下简称《办法》），见《人民日报》。《办法》第三条按照乙发〔2018〕1号执行，"
        "《本通知标题的通知》（丙发〔2020〕1号）除外。"
    )
    found = find_citations(text, "本通知标题的通知", "丙发﹝2020﹞1号", [])
    assert [(citation.title, citation.number) for citation in found] == [
        ("甲办法", "甲发〔2019〕3号"),
        ("", "乙发〔2018〕1号"),
    ]
    assert [text[citation.start : citation.end] for citation in found] == [
        "《甲办法》（甲发〔2019〕3号",
        "乙发〔2018〕1号",
    ]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("关于甲的通知", True),
        ("甲办法（试行）", True),
        ("刑法", True),
        ("人民日报", False),
        ("方案", False),
        ("资格证书", False),
    ],
)
def test_document_names(name, expected):
    assert is_document_name(name) is expected


@pytest.mark.parametrize(
    "written",
    [
        "人社部发〔2016〕57号",
        "人社部发﹝2016﹞57 号",
        "人社部发[2016]57号",
        "人社部发（2016）第57号",
        "人社部发【2016】57号",
    ],
)
def test_numbers_fold_to_one_spelling(written):
    assert fold_number(written) == "人社部发〔2016〕57号"


@pytest.mark.parametrize(
    ("text", "issued", "expected"),
    [
        ("本办法有效期至2025年12月31日。", None, "2025-12-31"),
        ("本办法自2020年7月1日起施行，有效期至2023年6月30日。", None, "2023-06-30"),
        ("本办法自2020年7月1日起施行，有效期三年。", None, "2023-06-30"),  # the last day in force
        ("本通知自印发之日起施行，有效期5年。", "2016-07-01", "2021-06-30"),
        ("本通知自印发之日起施行，有效期5年。", None, None),  # no date to count from
        ("执行期限为2019年1月1日至2023年12月31日。", None, "2023-12-31"),
        ("本办法自发布之日起试行，试行期两年。", "2020-02-29", "2022-02-27"),
        ("职业资格证书有效期3年。", "2016-07-01", None),  # of something else
    ],
)
def test_expiry(text, issued, expected):
    assert read_expiry(text, issued) == expected


def test_dates():
    assert only_date("（2017 年 9月 4日）") == "2017-09-04"
    assert only_date("成文日期：2019-01-27") == "2019-01-27"
    assert only_date("2016年7月1日印发") is None
    assert [found.iso for found in find_dates("2021年2月30日、二〇二一年三月")] == ["2021-03"]  # an impossible day
    assert is_iso_date("2020-02")
    assert not is_iso_date("2020-2-1")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("重 庆 市 水 利 局 重庆市文化委员会", ("重庆市水利局", "重庆市文化委员会")),
        ("重庆市教育局 重 庆 市 水 利 局", ("重庆市教育局", "重庆市水利局")),
        ("国 务 院", ("国务院",)),
        ("甲市人民政府（代章）", ("甲市人民政府",)),
    ],
)
def test_names_in_a_line(line, expected):
    assert close_up(line) == expected
    assert offices_of([line, line]) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("各省、自治区、直辖市人民政府，国务院各部委：", ("各省、自治区、直辖市人民政府", "国务院各部委")),
        ("各县（市、区）人社局、教育局：", ("各县（市、区）人社局", "教育局")),
        ("北京、天津、陕西省（自治区、直辖市）人民政府:", ("北京、天津、陕西省（自治区、直辖市）人民政府",)),
    ],
)
def test_addressees(line, expected):
    assert split_addressees(line) == expected


@pytest.mark.parametrize(
    ("office", "level", "region"),
    [
        ("国务院办公厅", "national", "全国"),
        ("人力资源社会保障部", "national", "全国"),
        ("中共中央", "national", "全国"),
        ("中共重庆市委组织部", "province", "重庆市"),
        ("山东省聊城市茌平区教育局", "county", "茌平区"),
        ("青石县教育局", "county", "青石县"),  # not in the gazetteer
        ("县委组织部", None, None),
        ("蓝天大学", None, None),
    ],
)
def test_jurisdiction(office, level, region):
    assert jurisdiction(office)[:2] == (level, region)


def test_short_title_is_what_tells_a_text_apart():
    assert short_title("中华人民共和国河湖保护法") == "河湖保护法"
    assert short_title("甲市关于印发河湖管理办法的通知") == "河湖管理办法"

"""What must hold of every text, arbitrary or plausible."""

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from soundness import assert_sound, parse_bytes, squeeze

from corpus import PolicyError
from corpus.document import parse
from corpus.read import read_source

RUN = settings(
    max_examples=200, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
"""Breaks of two or three bytes, which test_reading.py holds for faulty: take them in here once they are mended."""

HEADINGS = [
    "一、总体要求", "二、实施范围", "三、政策衔接，三医联动", "（一）范围对象。本意见适用于全县。", "（二）工作原则",
    "（三）其他要求。按规定办。", "(一) 半角括号。甲。", "1.第一项；", "2、第二项。", "（1）小项；", "①圈号",
    "第一章 总则",
    "第二章 附则", "第一条 为了规范，制定本法。", "第二条 本法所称河湖，", "第三条", "1.1 概述", "1.2 原则", "1 总则",
    "㈠ 甲", "⑴ 乙", "⒈ 丙", "十十、", "（百）乱", "第零章",
]  # fmt: skip
FRAME = [
    "关于印发某办法的通知", "县发〔2020〕3号", "各县人民政府：", "现将《某办法》印发你们，请遵照执行。", "目录",
    "某县人民政府",
    "2020年3月4日", "二〇二〇年三月五日", "（此页无正文）", "（此件主动公开）", "附件1", "附件：1.名单",
    "附件2 评分标准",
    "本通知自印发之日起施行。", "各地要结合实际抓好落实。",
]  # fmt: skip
PROSE = [
    "加快推进体制机制改革创新政策措施进一步加强基层专业技术人才队伍", "合一、人退岗收，聘用期间享受同等待遇。",
    "根据第三条规定的",
    "——坚持原则。", "他说：“好。不好！”", "比例不低于1.5%的，", "the quick brown", "fox jumps over", "（未闭合", "）",
    "“", "。", "；", "：",
    "😀", "𠮷", "\x01", "\u200b", "\ufeff", "　　缩进段落。", "\t制表\t符",
]  # fmt: skip
PAGES = ["- 3 -", "第 1 页 共 4 页", "12", "13", "14", "某局文件汇编", "— 4 —"]
MARKDOWN = [
    "| 甲 | 乙 |",
    "|---|---|",
    "| 1 | 2 |",
    "## 一、标题",
    "**加粗标题**",
    "***",
    "> 引文",
    "- 条目",
    "####",
    "*",
    "**a",
    "```",
]
BREAKS = ["\n", "\n\n", "\r\n", "\r", "\n\n\n", "\n　　", "\x0c", "\x0b", " \n", ""]

any_text = st.text(st.characters(exclude_categories=["Cs"]))


def assembled(*kinds, unique=False):
    """Texts put together from `kinds` of pieces, each followed by one of a few line breaks."""
    pieces = [piece for kind in kinds for piece in kind]
    return st.lists(
        st.tuples(st.sampled_from(pieces), st.sampled_from(BREAKS)),
        min_size=1,
        max_size=40,
        unique_by=(lambda pair: pair[0]) if unique else None,
    ).map(lambda pairs: "".join(piece + line_break for piece, line_break in pairs))


plausible = assembled(HEADINGS, FRAME, PROSE, PAGES, MARKDOWN)
encodings = st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"])


def parsed(folder, data):
    """The document, or None where the file is refused, which is the only way a parse may fail."""
    try:
        return parse_bytes(folder, data)
    except PolicyError as refused:
        assert "made.txt" in str(refused)
        return None


@given(text=any_text, encoding=encodings)
@RUN
def test_arbitrary_text_parses_soundly(tmp_path, text, encoding):
    data = text.encode(encoding)
    document = parsed(tmp_path, data)
    if document is not None:
        assert_sound(document, data)


@given(data=st.binary(max_size=400))
@RUN
def test_arbitrary_bytes_parse_soundly_or_are_refused(tmp_path, data):
    document = parsed(tmp_path, data)
    if document is not None:
        assert_sound(document, data)


@given(text=plausible, encoding=encodings)
@example(text="一、甲\n（一）乙\n- 1 -\n（二）丙", encoding="utf-8")
@RUN
def test_plausible_text_parses_soundly(tmp_path, text, encoding):
    data = text.encode(encoding)
    document = parsed(tmp_path, data)
    if document is not None:
        assert_sound(document, data)


@given(text=plausible)
@RUN
def test_clean_text_is_a_subsequence_of_the_source(tmp_path, text):
    document = parsed(tmp_path, text.encode())
    if document is not None:
        source = iter(squeeze(text))
        assert all(char in source for char in squeeze(document.text))


@given(text=assembled(HEADINGS, FRAME, PROSE, unique=True))
@RUN
def test_without_marks_and_furniture_nothing_is_lost(tmp_path, text):
    document = parsed(tmp_path, text.encode())
    if document is not None:
        assert squeeze(document.text) == squeeze(text)


@given(text=plausible)
@RUN
def test_parse_is_deterministic(tmp_path, text):
    if parsed(tmp_path, text.encode()) is not None:
        source = read_source(tmp_path / "made.txt", "made", "made.txt")
        assert parse(source) == parse(source)


@given(text=plausible)
@RUN
def test_line_ends_make_no_difference(tmp_path, text):
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x01", "")  # whose share tells a binary file
    document = parsed(tmp_path, plain.encode())
    other = parsed(tmp_path, plain.replace("\n", "\r\n").encode())
    assert (document is None) == (other is None)
    if document is not None and other is not None:
        assert (document.text, [c.clause_id for c in document.clauses]) == (
            other.text,
            [c.clause_id for c in other.clauses],
        )


@given(text=assembled(HEADINGS, FRAME, PROSE), name=st.sampled_from(["a", "b-2", "x_y"]))
@RUN
def test_id_of_a_text_is_only_a_prefix_of_its_clauses(tmp_path, text, name):
    document = parsed(tmp_path, text.encode())
    if document is not None:
        named = parse_bytes(tmp_path, text.encode(), doc_id=name)
        assert [c.clause_id.removeprefix(f"{name}/") for c in named.clauses] == [
            c.clause_id.removeprefix("made/") for c in document.clauses
        ]


def test_ids_stay_unique_where_an_article_is_repeated_and_another_inserted(tmp_path):
    text = "某条例\n第一条 甲。\n第二条 乙。\n第三条 丙。\n第三条 又一丙。\n第三条之二 丁。\n第四条 戊。\n"
    assert_sound(parse_bytes(tmp_path, text.encode()), text.encode())

"""The decisive words: short, verbatim, inside the quotes; amounts first, then what is forbidden or waived."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tiny_corpus import make_document

from indexer.fold import fold
from search import views
from search.decisive import LONGEST, MOST, decisive
from search.model import Quote
from search.views import record, text
from search.wanted import wanted


def words(body, question=""):
    document = make_document("d", (("", "（一）", "补助", body),))
    start = document.text.index(body)
    found = decisive(document, (Quote(body, start, start + len(body)),), wanted(fold(question)))
    assert all(document.text[q.start : q.end] == q.text for q in found)
    return [q.text for q in found]


# quoted sentence, its decisive words
TOLD = [
    ("乡村医生每年参加培训不少于 80 学时。", ["不少于 80 学时"]),
    ("年龄可放宽到 40 周岁及以下。", ["放宽到 40 周岁及以下"]),
    ("薪级工资高定一至两级。", ["高定一至两级"]),
    ("可提前1年申报。", ["提前1年"]),
    ("工作10年、20年、30年以上的，可不受岗位比例限制。", ["10年、20年、30年以上", "不受岗位比例限制"]),
    ("对论文、科研等不作硬性要求。", ["不作硬性要求"]),
    ("医生（口腔专业除外）不受所学专业限制。", ["口腔专业除外", "不受所学专业限制"]),
    ("成绩突出的博士，可直接申报正高级职称。", ["可直接申报正高级职称"]),
    ("同等条件下优先聘用。", ["优先聘用"]),
    ("其他单位不得以借调、帮工等方式将其调走。", ["不得以借调、帮工等方式将其调走"]),
    ("距离退休不足5周年的不适用此项政策。", ["不足5周年", "不适用此项政策"]),
    ("建立一支队伍，开展一次检查。", []),  # a bare one stands for an article
    ("根据《办法》（人发〔2017〕18号），2020年起施行。", []),  # a date and a number of a document
    ("各单位要高度重视。", []),
]


@pytest.mark.parametrize(("sentence", "expected"), TOLD)
def test_the_words_that_decide(sentence, expected):
    assert words(sentence) == expected


def test_an_amount_of_the_kind_asked_for_comes_before_others():
    body = "满1年的、满2年的、满3年的、满4年的，分别培训10天，补助600元。"
    assert "600元" not in words(body)
    assert "补助600元" in words(body, "每年补助多少钱")


def test_amounts_leave_a_place_for_what_is_forbidden():
    found = words("满1年发100元，满2年的发200元，满3年的发300元，不得重复领取。")
    assert len(found) == MOST
    assert found[-1] == "不得重复领取"


def test_a_core_too_long_to_take_in_is_left_out():
    assert words("可" + "以工作总结教案病历技术推广总结工程项目方案专利成果等材料替代论文。") == []


@given(st.lists(st.sampled_from([sentence for sentence, _ in TOLD]), min_size=1, max_size=6))
def test_at_most_four_in_reading_order_short_and_apart(sentences):
    document = make_document("d", (("", "（一）", "补助", "".join(sentences)),))
    quotes, at = [], document.text.index(sentences[0])
    for sentence in sentences:
        quotes.append(Quote(sentence, at, at + len(sentence)))
        at += len(sentence)
    found = decisive(document, quotes)
    assert len(found) <= MOST
    assert all(0 < len(q.text) <= LONGEST for q in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(any(q.start <= f.start and f.end <= q.end for q in quotes) for f in found)


def test_an_answer_brings_its_decisive_words_into_every_view(clinics):
    answer = clinics.ask("乡村医生每年要培训多少学时")
    said = next(each for each in answer.answers if each.doc_id == "country")
    [amount, *_] = [q.text for q in said.decisive]
    assert amount == "不少于80学时"
    told = next(each for each in record.answer_record(answer)["answers"] if each["doc_id"] == "country")
    start = said.decisive[0].start
    assert told["decisive"][0] == {"text": amount, "start": start, "end": start + len(amount)}
    assert f"参加培训\x1b[1m{amount}\x1b[22m，" in text.answer_text(answer, bold=True)
    assert "\x1b" not in text.answer_text(answer)
    page = views.answer_view(answer)
    assert f"参加培训<strong>{amount}</strong>，" in page
    assert f'<p class="cl-decisive">{" · ".join(q.text for q in said.decisive)}</p>' in page


def test_silence_has_no_decisive_words(clinics):
    answer = clinics.ask("乡村医生每年要培训多少学时")
    silent = [each for each in record.answer_record(answer)["answers"] if each["status"] == "silent"]
    assert silent
    assert all(each["decisive"] == [] for each in silent)

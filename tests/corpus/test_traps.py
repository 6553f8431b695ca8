"""Every trap that the design names, on the shipped texts and on texts in other words."""

import pytest
from soundness import parse_bytes, squeeze

from corpus import load_corpus

OPENING = "东山县教育局关于加强校车管理的意见\n东教发〔2021〕3号\n各学校：\n为做好校车管理工作，提出如下意见。\n"


@pytest.fixture(scope="module")
def shipped():
    return load_corpus().by_id


@pytest.fixture
def parsed(tmp_path):
    return lambda text: parse_bytes(tmp_path, text.encode())


@pytest.fixture(scope="module")
def made(tmp_path_factory, request):
    folder = request.path.parent / "made"
    scratch = tmp_path_factory.mktemp("made")
    return lambda name: parse_bytes(scratch, (folder / name).read_bytes(), doc_id=name.split(".")[0])


def ids(document, kind="clause"):
    return [clause.clause_id.split("/", 1)[1] for clause in document.clauses if clause.kind == kind]


class TestWrappedLineThatBeginsWithANumber:
    """…人岗合↵一、人退岗收… is no heading: numbering must be in sequence."""

    def test_chongqing(self, shipped):
        clause = shipped["chongqing"].by_id["chongqing/4/12"]
        assert "专岗专用、人岗合一、人退岗收，聘用期间" in clause.text
        assert clause.text.endswith("任职年限可连续计算。")

    @pytest.mark.parametrize(
        ("name", "clause_id", "words"),
        [
            ("vocational.txt", "vocational/1/2", "教室与车间合一、教师与师傅合一、学生与学徒合一。"),
            ("water_reply.txt", "water_reply/body#3", "推动一、二、三产业融合，力争"),
        ],
    )
    def test_made(self, made, name, clause_id, words):
        assert words in squeeze(made(name).by_id[clause_id].text)


class TestPageFurnitureInsideAClause:
    """The running head, the publisher's line and the page number fall inside a sentence."""

    def test_chongqing(self, shipped):
        clause = shipped["chongqing"].by_id["chongqing/2/2"]
        assert "工作业绩、工作年限等评价权重。" in clause.text
        assert "行政规范性文件" not in shipped["chongqing"].text
        assert "局发布" not in shipped["chongqing"].text
        assert "- 3 -" not in shipped["chongqing"].text

    @pytest.mark.parametrize(
        ("name", "clause_id", "words"),
        [
            ("vocational.txt", "vocational/1/1", "中等职业学校办学条件全部达标，职普比大体相当。"),
            ("forest_fire.txt", "forest_fire/preface", "青岭县人民政府"),
            ("heritage.txt", "heritage/1/1", "核心保护区"),
        ],
    )
    def test_made(self, made, name, clause_id, words):
        document = made(name)
        assert words in squeeze(document.by_id[clause_id].text)
        assert not any(line.strip("-—第共页 0123456789") == "" for line in document.text.split("\n"))
        assert not any(line.endswith(("发布", "编印", "汇编", "手册")) for line in document.text.split("\n"))

    def test_a_line_of_figures_in_the_text_stays(self, parsed):
        document = parsed(OPENING + "一、标准\n补贴标准如下：\n300\n二、其他\n按规定执行。\n")
        assert "300" in document.text


class TestPageBreakInMidWord:
    """分↵↵配激励机制, 信息↵↵化建设, 〔2018〕↵↵1号."""

    @pytest.mark.parametrize(
        ("clause_id", "words"),
        [
            ("national/4/9", "鼓励创新创造的分配激励机制。"),
            ("national/5/12", "落实继续教育有关规定，"),
            ("national/6/14", "人事档案管理服务信息化建设，"),
            ("national/7/17", "纳入本地区人才工作总体规划"),
            ("national/7/20", "专业技术人才的良好氛围，"),  # three empty lines
            ("liaocheng/preface", "（鲁办发〔2018〕1号)、"),
            ("liaocheng/3/1", "可根据自身条件,自主选择参加"),
            ("liaocheng/3/3", "服务“三农”等工作中的长期贡献，"),
            ("liaocheng/4/2", "市卫生健康委、市统计局等行业主管部门"),
            ("liaocheng/4/5", "要按照党员、干部管理权限等"),
            ("chongqing/2/4", "或与企事业单位建立 3 年及以上"),  # the next page begins with a blank
            ("chongqing/3/7", "年龄可放宽到 40周岁及以下。"),
        ],
    )
    def test_shipped(self, shipped, clause_id, words):
        assert words in shipped[clause_id.split("/")[0]].by_id[clause_id].text

    def test_in_other_words(self, parsed):
        document = parsed(
            OPENING
            + "一、配备人员\n每辆校车配备一名照管人员，由学校指派，费用列入年度预\n\n算安排，并按照《校车安全管理"
            "条例》（国令〔2012〕\n\n617号）执行。\n二、其他\n按规定执行。\n"
        )
        assert "列入年度预算安排，并按照《校车安全管理条例》（国令〔2012〕617号）执行。" in document.text
        assert ids(document) == ["1", "2"]


class TestMarkdownHeadingsAtWrongLevels:
    """##, ###, ## **…** for headings of one level."""

    def test_national(self, shipped):
        assert [node.level for node in shipped["national"].nodes] == ["han"] * 7
        assert [node.heading for node in shipped["national"].nodes][2:5] == [
            "完善基层事业单位公开招聘和岗位管理制度",
            "加大基层专业技术人才激励力度",
            "着力提升基层专业技术人员能力素质",
        ]
        assert not {"#", "*"} & set(shipped["national"].text)

    def test_made(self, made):
        document = made("reservoir.md")
        assert [node.level for node in document.nodes] == ["han"] * len(document.nodes)
        assert len(document.nodes) >= 3
        assert not {"#", "*"} & set(document.text)

    def test_in_other_words(self, parsed):
        document = parsed(
            "#### 某意见\n\n###### 一、甲\n\n做好。\n\n# **二、乙**\n\n做好。\n\n### 三、丙 ###\n\n做好。\n"
        )
        assert ids(document) == ["1", "2", "3"]
        assert [clause.heading for clause in document.clauses if clause.kind == "clause"] == ["甲", "乙", "丙"]
        assert not {"#", "*"} & set(document.text)


class TestSignatureAfterAnEmptyPage:
    """（此页无正文） stands before the signature."""

    def test_national(self, shipped):
        signature = shipped["national"].by_id["national/signature"]
        assert signature.text == "（此页无正文）\n人力资源社会保障部\n2016年7月1日"
        assert signature.kind == "signature"

    def test_made(self, made):
        assert made("heating.txt").by_id["heating/signature"].text.startswith("（此页无正文）")


class TestNumberingOverChapters:
    """（n） runs on through the chapters, or restarts in each."""

    def test_runs_on(self, shipped, made):
        assert ids(shipped["national"])[2:5] == ["1/3", "2/4", "2/5"]
        assert ids(shipped["chongqing"])[:3] == ["1/1", "2/2", "2/3"]
        assert ids(made("vocational.txt"))[1:3] == ["1/2", "2/3"]

    def test_restarts(self, shipped, made):
        assert ids(shipped["liaocheng"])[-6:] == ["3/5", "4/1", "4/2", "4/3", "4/4", "4/5"]
        restarted = ids(made("farm_machinery.txt"))
        assert [one for one in restarted if one.endswith("/1")] == ["2/1", "3/1", "4/1"]

    def test_half_width_beside_full_width(self, shipped, made):
        clauses = shipped["liaocheng"].by_id
        assert clauses["liaocheng/4/2"].text.startswith("(二)")
        assert clauses["liaocheng/4/2"].label == "四、（二）"
        assert clauses["liaocheng/4/3"].text.startswith("（三）")
        assert "(一)" in made("food_workshop.txt").text

    def test_heading_on_a_line_of_its_own_with_paragraphs_each_a_rule(self, shipped, made):
        clause = shipped["liaocheng"].by_id["liaocheng/3/4"]
        assert clause.heading == "实行“直评直聘”政策，吸引人才扎根基层"
        assert clause.body_text.count("\n") == 7
        assert len({sentence.paragraph for sentence in clause.sentences}) == 8
        assert [one.is_heading for one in clause.sentences] == [True] + [False] * (len(clause.sentences) - 1)
        childcare = made("childcare.txt").by_id["childcare/2/1"]
        assert childcare.heading
        assert childcare.body_text.count("\n") >= 1

    def test_unnumbered_bodies(self, shipped, made):
        assert ids(shipped["liaocheng"])[:2] == ["1", "2"]
        assert shipped["liaocheng"].by_id["liaocheng/2"].label == "二、"
        assert [one for one in ids(made("farm_machinery.txt")) if "/" not in one] == ["1", "5"]


class TestInlineBracketsAndLists:
    """（同年度不能同时申报）, （医疗卫生专业除外） and lists inside a sentence are not headings."""

    @pytest.mark.parametrize(
        ("clause_id", "words"),
        [
            ("liaocheng/3/4", "或全省统一的职称（同年度不能同时申报），通过评审"),
            ("liaocheng/3/3", "专业技术人才（医疗卫生专业除外）申报职称"),
            ("chongqing/2/4", "初级职称（国家有特殊规定的从其规定）：其中，"),
        ],
    )
    def test_shipped(self, shipped, clause_id, words):
        assert words in shipped[clause_id.split("/")[0]].by_id[clause_id].text

    def test_list_inside_a_sentence(self, parsed):
        document = parsed(
            OPENING + "一、申报条件\n申报应当符合：（一）年满18周岁；（二）持有驾驶证；（三）身体健康（体检合格）。\n"
            "二、其他\n依照前款第（一）项、第（二）项办理（紧急情况除外）。\n"
        )
        assert ids(document) == ["1", "2"]

    def test_list_inside_a_sentence_wrapped_at_its_numbers(self, parsed):
        lines = [
            "　　一、申报条件。申报驾驶资格的人员应当同时符合以下条件：",
            "（一）年满十八周岁不满六十周岁；（二）持有相应的驾驶证件；",
            "（三）身体健康，没有妨碍安全驾驶的疾病；（四）近三年内无重",
            "大责任事故记录，由所在学校审核后报县教育局备案，并予公示。",
            "　　二、日常管理。学校应当建立校车台账，每月检查车辆一次，",
            "发现隐患立即停运整改，整改情况应当书面报告县教育局备查。",
            "　　三、监督检查。县教育局会同公安机关每学期检查一次以上。",
        ]
        document = parsed(OPENING + "\n".join(lines) + "\n")
        assert ids(document) == ["1", "2", "3"]

    def test_made_with_brackets_that_open_nothing(self, made):
        assert "特种作业除外" in made("vocational.txt").by_id["vocational/2/3"].text

    def test_cross_references_at_the_start_of_a_line(self, parsed):
        document = parsed(
            "某条例\n第一条 为了规范管理，制定本条例。\n第二条 符合下列条件的，可以申请：\n（一）年满18周岁；\n"
            "（二）有固定住所。\n"
            "第一条、第二条规定的条件由县人民政府细化。\n第三条 违反第二条规定的，由县教育局处理。\n"
            "第四条 本条例自公布之日起施行。\n"
        )
        assert ids(document) == ["1", "2", "3", "4"]
        assert "第一条、第二条规定的条件" in document.by_id["made/2"].text

    def test_items_inside_an_article_are_not_clauses(self, made):
        document = made("school_bus.txt")
        assert all(label.startswith("第") for label in (c.label for c in document.clauses if c.kind == "clause"))
        assert "（一）" in document.by_id["school_bus/5"].text

    def test_articles_run_on_under_a_new_chapter(self, made):
        document = made("library_rules.txt")
        assert ids(document) == [str(n) for n in range(1, len(ids(document)) + 1)]
        assert document.by_id["library_rules/5"].trail != document.by_id["library_rules/4"].trail


class TestCoverPrefaceAndClosing:
    """The cover notice is not the opinion; prefaces and closings can be cited."""

    def test_cover_of_chongqing(self, shipped):
        cover, preface = shipped["chongqing"].clauses[:2]
        assert (cover.kind, cover.label) == ("cover", "印发通知")
        assert cover.text.endswith("2017 年 9月 4日\n（此件主动公开）")
        assert preface.text.startswith("关于加强我市基层专业技术人才\n队伍建设的实施意见\n为贯彻落实")
        assert shipped["chongqing"].metadata.title == "关于加强我市基层专业技术人才队伍建设的实施意见"

    @pytest.mark.parametrize("name", ["elderly_care", "vocational", "donation_rules"])
    def test_made_covers(self, made, name):
        cover, preface = made(f"{name}.txt").clauses[:2]
        assert (cover.kind, preface.kind) == ("cover", "preface")

    def test_scope_of_national_stands_in_its_closing(self, shipped):
        closing = shipped["national"].by_id["national/closing"]
        assert closing.kind == "closing"
        assert "本意见原则上适用于县级及以下企事业单位" in closing.text
        assert closing.text.startswith("各地人力资源社会保障部门要结合实际")

    def test_closings(self, shipped, made):
        assert shipped["liaocheng"].by_id["liaocheng/closing"].text.startswith("本通知未尽事宜")
        assert made("forest_fire.txt").by_id["forest_fire/closing"].kind == "closing"


def test_errors_of_the_originals_stay(shipped, made):
    assert "为推进聊城乡乡村振兴提供" in shipped["liaocheng"].by_id["liaocheng/1"].text
    heritage = ids(made("heritage.txt"))
    assert heritage[2:5] == ["1/3", "1/5", "2/1"]  # （三） followed by （五）
    assert heritage[-2:] == ["5/1", "5/2"]  # 三、 followed by 五、
    assert "5" not in ids(made("parking_rules.txt"))  # 第五条 is missing


def test_two_numbers_that_end_alike_are_told_apart(shipped):
    numbers = [shipped[name].metadata.number for name in ("national", "liaocheng")]
    assert numbers == ["人社部发〔2016〕57号", "聊人社字〔2020〕57号"]
    linked = {one.doc_id for one in shipped["chongqing"].metadata.citations if one.number and "57" in one.number}
    assert linked == {"national"}
    assert not any(one.doc_id for one in shipped["liaocheng"].metadata.citations)

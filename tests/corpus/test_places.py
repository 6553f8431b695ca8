"""Where a text names a place, and where it only seems to."""

from importlib.resources import files

import pytest

from corpus.places import load, short_form


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("聊城和重庆有什么不同", ["聊城市", "重庆市"]),  # short forms
        ("内蒙古、新疆", ["内蒙古自治区", "新疆维吾尔自治区"]),
        ("在茌平区工作", ["茌平区"]),
        ("茌平县的学校", ["茌平区"]),  # its kind before 2019
        ("石柱县、恩施州", ["石柱土家族自治县", "恩施土家族苗族自治州"]),  # everyday names of autonomous places
        ("开州、万州", ["开州区", "万州区"]),
        ("垫江县、忠县、云阳县", ["垫江县", "忠县", "云阳县"]),  # one-character names need their suffix
        ("山东省聊城市茌平区", ["山东省", "聊城市", "茌平区"]),
        ("沈阳和平", ["沈阳市", "和平区"]),  # an ambiguous form behind its own city
        ("长治市", ["长治市"]),
        ("通道侗族自治县", ["通道侗族自治县"]),
        ("吉林", ["吉林省"]),  # not also the city
        ("上海市场", ["上海市"]),
        ("长治久安", []),  # the rest: words that hold a place's name by chance
        ("交口称赞", []),
        ("安定团结、和平发展、平安乡村", []),
        ("通道畅通，河口治理，大方得体", []),
        ("示范县、街道县城", []),
        ("（市、区）和县、自治县", []),
        ("沿海城市、适应城市发展", []),
        ("集中卫生资源，区域内江河，推广安全措施", []),
        ("医保定点医院", []),
        ("城区、郊区、市中区域", []),
        ("", []),
    ],
)
def test_find(text, expected):
    mentions = load().find(text)
    assert [mention.places[0].name for mention in mentions] == expected
    assert all(text[mention.start : mention.end] == mention.text for mention in mentions)


def test_a_name_borne_by_several_gives_all_until_its_city_is_named():
    gazetteer = load()
    assert len(gazetteer.find("朝阳区")[0].places) == 2
    assert [place.code for place in gazetteer.find("北京市朝阳区")[1].places] == ["110105"]


def test_parents_and_containment():
    gazetteer = load()
    (chiping,) = gazetteer.named("茌平区")
    (shandong,) = gazetteer.named("山东省")
    (chongqing,) = gazetteer.named("重庆市")
    assert [place.name for place in gazetteer.parents(chiping)] == ["聊城市", "山东省"]
    assert gazetteer.province_of(chiping) == shandong
    assert gazetteer.within(chiping, shandong)
    assert not gazetteer.within(chiping, chongqing)
    assert gazetteer.parents(gazetteer.named("开州区")[0]) == (chongqing,)  # no 市辖区 in between


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("渝人社发〔2017〕206号", "重庆市"),
        ("鲁政办字〔2020〕42号", "山东省"),
        ("国办发〔2019〕4号", None),
        ("青年发〔2020〕1号", None),  # 青 is no province here
    ],
)
def test_province_of_number(number, expected):
    place = load().province_of_number(number)
    assert (place.name if place else None) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("聊城市", "聊城"),
        ("石柱土家族自治县", "石柱"),
        ("积石山保安族东乡族撒拉族自治县", "积石山"),
        ("东乡族自治县", "东乡"),
        ("克孜勒苏柯尔克孜自治州", "克孜勒苏"),
        ("浦东新区", "浦东"),
        ("忠县", "忠县"),  # one character is no name
        ("阿拉善左旗", "阿拉善左旗"),
    ],
)
def test_short_form(name, expected):
    assert short_form(name) == expected


@pytest.mark.parametrize(("name", "column"), [("places.tsv", 0), ("places-ambiguous.txt", 0)])
def test_data_files_are_sorted_without_doubles(name, column):
    lines = files("corpus").joinpath(name).read_text(encoding="utf-8").splitlines()
    keys = [line.split("\t")[column] for line in lines if not line.startswith("#")]
    assert keys == sorted(set(keys))


def test_gazetteer_is_whole_and_without_statistical_entries():
    places = load().by_code.values()
    assert len([place for place in places if place.level == "province"]) == 34
    assert len(places) > 3000
    assert not {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"} & {place.name for place in places}

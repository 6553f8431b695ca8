"""Three made texts on village doctors (country, province, city), as a corpus folder: none of the shipped ones."""

from __future__ import annotations

from pathlib import Path

COUNTRY = """国家卫生健康委关于加强乡村医生队伍建设的意见

国卫基层发〔2021〕12号

各省、自治区、直辖市卫生健康委：

为加强乡村医生队伍建设，现提出如下意见。

一、教育培训

（一）开展在岗培训。乡村医生每年参加培训不少于80学时，所在单位应当保障其培训期间待遇。但因病不能参加的，可以顺延一年。

（二）鼓励学历教育。乡村医生取得大专以上学历的，学费由县级财政补助一半。支持西藏的乡村医生到医学院校进修。

二、收入待遇

（三）发放基本补助。每名乡村医生每月发放补助600元。在村卫生室工作满6年的，每月增加100元。

（四）完善养老保障。年满60周岁的乡村医生退出岗位，按月领取养老补助。

国家卫生健康委
2021年3月5日
"""
PROVINCE = """四川省卫生健康委员会关于加强乡村医生队伍建设的实施意见

川卫发〔2022〕5号

各市（州）卫生健康委：

根据《国家卫生健康委关于加强乡村医生队伍建设的意见》（国卫基层发〔2021〕12号），制定本实施意见。

一、教育培训

（一）严格在岗培训。乡村医生每年参加培训不少于120学时。凉山州的培训学时可以减半。

二、收入待遇

（二）提高基本补助。每名乡村医生每月发放补助900元。

四川省卫生健康委员会
2022年6月1日
"""
CITY = """绵阳市卫生健康委员会关于做好乡村医生工作的通知

绵卫字〔2022〕12号

各县（市、区）卫生健康局：

现就做好乡村医生工作通知如下。

一、岗位管理

（一）规范聘用。村卫生室聘用乡村医生应当签订书面合同，合同期限不少于3年。

（二）实行轮岗。乡村医生可以在乡镇卫生院轮岗，每次不超过6个月。

绵阳市卫生健康委员会
2022年9月8日
"""
MANIFEST = """
[[document]]
id = "country"
file = "texts/country.txt"
short_name = "国家"
aliases = ["国家", "卫健委", "部里", "国家卫生健康委"]

[[document]]
id = "province"
file = "texts/province.txt"
aliases = ["省里", "川"]

[[document]]
id = "city"
file = "texts/city.txt"
aliases = ["市里"]
"""
TEXTS = {"country": COUNTRY, "province": PROVINCE, "city": CITY}


def write_corpus(folder: Path, texts: dict[str, str], manifest: str | None = None) -> Path:
    """A corpus folder of these texts, by the name of the file; gives `folder`."""
    (folder / "texts").mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / "texts" / f"{name}.txt").write_text(text, encoding="utf-8")
    if manifest is not None:
        (folder / "manifest.toml").write_text(manifest, encoding="utf-8")
    return folder


def write_clinics(folder: Path) -> Path:
    """The three texts with their manifest."""
    return write_corpus(folder, TEXTS, MANIFEST)

"""A corpus folder: which files are texts, under which ids, what is linked, and when its fingerprint changes."""

import shutil
from pathlib import Path

import pytest

from corpus import DEFAULT_CORPUS, CorpusError, ManifestError, SourceError, fingerprint, load_corpus
from corpus.document import is_same_text
from corpus.load import doc_id_of

ABOVE = (
    "云州省人民政府关于发展老年助餐服务的意见\n云政发〔2020〕5号\n各市人民政府：\n为做好工作，提出如下意见。\n"
    "一、扩大供给\n每个街道设置助餐点。\n二、加大补贴\n按服务人次补贴。\n云州省人民政府\n2020年3月1日\n"
)
BELOW = (
    "河口市人民政府关于做好老年助餐服务工作的通知\n河政发〔2021〕9号\n各县人民政府：\n"
    "为落实《云州省人民政府关于发展老年助餐服务的意见》（云政发﹝2020﹞5 号）和"
    "《国务院办公厅关于推进养老服务发展的意见》（国办发〔2019〕5号），现通知如下。\n"
    "一、设置助餐点\n每个社区设置一处。\n二、其他\n按规定执行。\n河口市人民政府\n2021年4月2日\n"
)


def fill(folder, **files):
    """Write files under `folder`; `__` in a name stands for a folder, a name without a dot is a .txt."""
    for name, text in files.items():
        path = folder / name.replace("__", "/")
        path = path if "." in path.name else path.with_name(f"{path.name}.txt")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def test_shipped_corpus_is_the_default():
    corpus = load_corpus()
    assert corpus.path == DEFAULT_CORPUS
    assert corpus.documents
    assert corpus.fingerprint == fingerprint()


def test_no_folder(tmp_path):
    with pytest.raises(CorpusError, match="没有语料目录") as raised:
        load_corpus(tmp_path / "没有")
    assert raised.value.path == tmp_path / "没有"
    with pytest.raises(CorpusError, match="没有语料目录"):
        fingerprint(tmp_path / "没有")


def test_file_instead_of_a_folder(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(ABOVE, encoding="utf-8")
    with pytest.raises(CorpusError, match="是文件，不是目录"):
        load_corpus(path)


@pytest.mark.parametrize("inside", [None, "texts"])
def test_empty_folder(tmp_path, inside):
    if inside:
        (tmp_path / inside).mkdir()
        fill(tmp_path, beside=ABOVE)  # where there is texts/, only what is in it counts
    with pytest.raises(CorpusError, match=r"没有政策原文.*请放入"):
        load_corpus(tmp_path)
    with pytest.raises(CorpusError, match="没有政策原文"):
        fingerprint(tmp_path)


def test_texts_beside_each_other_without_manifest(tmp_path):
    fill(tmp_path, b=BELOW, a=ABOVE)
    corpus = load_corpus(str(tmp_path))
    assert [(d.doc_id, d.path) for d in corpus.documents] == [("a", "a.txt"), ("b", "b.txt")]
    assert corpus.documents[0].metadata.number == "云政发〔2020〕5号"
    assert corpus.by_id["b"].by_id["b/1"].heading == "设置助餐点"


def test_texts_folder_and_folders_inside_it(tmp_path):
    fill(tmp_path, texts__a=ABOVE, texts__sub__b=BELOW)
    assert [d.path for d in load_corpus(tmp_path).documents] == ["texts/a.txt", "texts/sub/b.txt"]


def test_only_texts_are_read(tmp_path):
    fill(tmp_path, a=ABOVE, **{"b.md": BELOW, "terms.tsv": "甲\t乙\n", "notes.docx": "PK", "C.TXT": ABOVE + "又。\n"})
    fill(tmp_path, **{".hidden.txt": ABOVE, ".git__x.txt": ABOVE, "README.md": "说明", "readme.txt": "说明"})
    assert sorted(d.path for d in load_corpus(tmp_path).documents) == ["C.TXT", "a.txt", "b.md"]


def test_hidden_folders_in_texts_are_skipped(tmp_path):
    fill(tmp_path, **{"texts__a.txt": ABOVE, "texts__.trash__b.txt": BELOW, "texts__README.txt": "说明"})
    assert [d.path for d in load_corpus(tmp_path).documents] == ["texts/a.txt"]


def test_manifest_names_orders_and_overrides(tmp_path):
    fill(tmp_path, texts__a=ABOVE, texts__b=BELOW, texts__c=ABOVE)
    (tmp_path / "manifest.toml").write_text(
        '[[document]]\nid = "city"\nfile = "texts/b.txt"\nshort_name = "河口"\nexpires = "2026-04-01"\n'
        '[[document]]\nid = "province"\nfile = "texts/a.txt"\n',
        encoding="utf-8",
    )
    corpus = load_corpus(tmp_path)
    assert [d.doc_id for d in corpus.documents] == ["city", "province", "c"]  # what it does not name comes last
    city = corpus.by_id["city"]
    assert (city.metadata.short_name, city.metadata.expires) == ("河口", "2026-04-01")
    assert city.metadata.number == "河政发〔2021〕9号"  # still read from the text
    assert all(clause.clause_id.startswith("city/") for clause in city.clauses)


def test_manifest_entry_without_its_file(tmp_path):
    fill(tmp_path, texts__a=ABOVE)
    (tmp_path / "manifest.toml").write_text('\n[[document]]\nid = "b"\nfile = "texts/b.txt"\n', encoding="utf-8")
    with pytest.raises(CorpusError, match=r"第 2 行：没有文件 texts/b\.txt"):
        load_corpus(tmp_path)


def test_wrong_manifest(tmp_path):
    fill(tmp_path, texts__a=ABOVE)
    (tmp_path / "manifest.toml").write_text('[[document]]\nid = "a"\n', encoding="utf-8")
    with pytest.raises(ManifestError):
        load_corpus(tmp_path)


@pytest.mark.parametrize(
    "files",
    [
        {"a.txt": ABOVE, "a.md": BELOW},
        {"Rules 2020.txt": ABOVE, "rules-2020.txt": BELOW},
        {"texts__x__a.txt": ABOVE, "texts__y__a.txt": BELOW},
    ],
)
def test_two_files_that_give_one_id(tmp_path, files):
    fill(tmp_path, **files)
    with pytest.raises(CorpusError, match="都会用编号") as raised:
        load_corpus(tmp_path)
    for name in files:
        assert name.replace("__", "/") in str(raised.value)


def test_names_that_are_not_ascii(tmp_path):
    fill(tmp_path, **{"重庆.txt": ABOVE, "聊城 办法.md": BELOW})
    ids = [d.doc_id for d in load_corpus(tmp_path).documents]
    assert len(set(ids)) == 2
    assert all(doc_id.isascii() and "/" not in doc_id and " " not in doc_id for doc_id in ids)
    assert set(ids) == {doc_id_of("重庆.txt"), doc_id_of("聊城 办法.md")}  # by the name alone


def test_a_bad_file_is_named(tmp_path):
    fill(tmp_path, a=ABOVE)
    (tmp_path / "b.txt").write_bytes(b"\0\1\2" * 100)
    with pytest.raises(SourceError, match=r"b\.txt"):
        load_corpus(tmp_path)


def test_citations_of_held_texts_are_linked_and_others_listed(tmp_path):
    corpus = load_corpus(fill(tmp_path, province=ABOVE, city=BELOW))
    cited = corpus.by_id["city"].metadata.citations
    assert [(one.number, one.doc_id) for one in cited] == [
        ("云政发﹝2020﹞5 号", "province"),  # other brackets, a blank: the same number
        ("国办发〔2019〕5号", None),
    ]
    assert all(one.is_basis for one in cited)
    text = corpus.by_id["city"].text
    assert [text[one.start : one.end] for one in cited] == [
        "《云州省人民政府关于发展老年助餐服务的意见》（云政发﹝2020﹞5 号）",
        "《国务院办公厅关于推进养老服务发展的意见》（国办发〔2019〕5号）",
    ]


def test_citation_by_title_alone_and_none_of_itself(tmp_path):
    own = BELOW.replace("（云政发﹝2020﹞5 号）", "").replace(
        "按规定执行", "《关于做好老年助餐服务工作的通知》同时执行"
    )
    corpus = load_corpus(fill(tmp_path, province=ABOVE, city=own))
    linked = [one.doc_id for one in corpus.by_id["city"].metadata.citations]
    assert linked.count("province") == 1
    assert "city" not in linked


def test_shipped_texts_cite_each_other():
    corpus = load_corpus()
    linked = {(d.doc_id, one.doc_id) for d in corpus.documents for one in d.metadata.citations if one.doc_id}
    assert linked == {("chongqing", "national")}


def test_adding_a_text_changes_no_id_or_text_of_the_others(tmp_path):
    before = load_corpus(fill(tmp_path, b=BELOW)).by_id["b"]
    after = load_corpus(fill(tmp_path, a=ABOVE, c=ABOVE.replace("5号", "6号"))).by_id["b"]
    assert (after.text, after.clauses, after.nodes, after.runs) == (
        before.text,
        before.clauses,
        before.nodes,
        before.runs,
    )


def test_one_text_held_twice_is_told(tmp_path):
    corpus = load_corpus(fill(tmp_path, a=ABOVE, b=BELOW, c=ABOVE))
    a, b, c = (d.metadata for d in corpus.documents)
    assert is_same_text(a, c)
    assert not is_same_text(a, b)


class TestFingerprint:
    @pytest.fixture
    def folder(self, tmp_path):
        fill(tmp_path, texts__a=ABOVE, texts__b=BELOW, **{"terms.tsv": "工资\t绩效工资\n", "README.md": "说明"})
        (tmp_path / "manifest.toml").write_text('[[document]]\nid = "a"\nfile = "texts/a.txt"\n', encoding="utf-8")
        return tmp_path

    @pytest.mark.parametrize(
        "change",
        [
            lambda folder: (folder / "texts/a.txt").write_text(ABOVE + "\n", encoding="utf-8"),
            lambda folder: (folder / "texts/a.txt").write_text(ABOVE, encoding="utf-8-sig"),
            lambda folder: (folder / "texts/a.txt").rename(folder / "texts/z.txt"),
            lambda folder: (folder / "texts/b.txt").unlink(),
            lambda folder: fill(folder, texts__c=ABOVE),
            lambda folder: fill(folder, **{"terms.tsv": "工资\t工资\n"}),
            lambda folder: (folder / "terms.tsv").unlink(),
            lambda folder: fill(folder, **{"manifest.toml": '[[document]]\nid = "x"\nfile = "texts/a.txt"\n'}),
        ],
    )
    def test_changes_with_what_documents_are_made_from(self, folder, change):
        before = fingerprint(folder)
        change(folder)
        assert fingerprint(folder) != before

    @pytest.mark.parametrize(
        "change",
        [
            lambda _folder: None,
            lambda folder: (folder / "texts/a.txt").touch(),  # only its time
            lambda folder: fill(folder, **{"README.md": "另一份说明", "texts__README.txt": "说明"}),
            lambda folder: fill(folder, **{"texts__.draft.txt": BELOW, "texts__image.png": "x"}),
            lambda folder: fill(folder, beside=ABOVE),  # not in texts/
        ],
    )
    def test_stays_with_everything_else(self, folder, change):
        before = fingerprint(folder)
        change(folder)
        assert fingerprint(folder) == before

    def test_is_that_of_the_loaded_corpus_wherever_it_lies(self, folder, tmp_path_factory):
        elsewhere = tmp_path_factory.mktemp("copy") / "corpus"
        shutil.copytree(folder, elsewhere)
        assert load_corpus(folder).fingerprint == fingerprint(folder) == fingerprint(elsewhere)

    def test_a_file_that_cannot_be_read_is_named(self, folder, monkeypatch):
        def refuse(_path):
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(Path, "read_bytes", refuse)
        with pytest.raises(CorpusError, match="请检查文件权限"):
            fingerprint(folder)

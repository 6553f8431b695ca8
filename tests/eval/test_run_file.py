import pytest
from made_runs import answer, outcome, quote, run, says

from corpus.errors import SuiteError
from eval.run_file import load_run, save_run

RUN = run(
    outcome(
        "b", "town/2", "town/1", said=answer("answered", 0.7, says("town", "town/2", quote(3, "每月"))), system="z"
    ),
    outcome("a", system="z"),
    systems=("z",),
)


def test_a_run_is_read_as_it_was_saved(tmp_path):
    path = tmp_path / "new" / "run.json"
    save_run(RUN, path)
    assert load_run(path) == RUN


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "JSON"),  # empty
        ("[1]", "应当是对象"),  # something else
        ('{"info": {}, "outcomes": []}', "缺少字段"),  # half a run
    ],
)
def test_what_is_no_run_is_refused_in_chinese(tmp_path, content, said):
    path = tmp_path / "run.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(SuiteError, match=said) as caught:
        load_run(path)
    assert "run.json" in str(caught.value)


def test_a_run_that_is_not_there_is_named(tmp_path):
    with pytest.raises(SuiteError, match=r"gone\.json.*没有这个文件"):
        load_run(tmp_path / "gone.json")


def test_a_place_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(SuiteError, match="写不进去"):
        save_run(RUN, tmp_path / "file" / "run.json")

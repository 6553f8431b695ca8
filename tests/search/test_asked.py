"""Near misses teach what kind of question the rules leave open."""

from corpus.phrasings import Phrasing
from indexer.tokens import Tokenizer
from search.asked import AskedKinds

ANSWERED = ["评职称要不要论文", "评职称看不看学历", "评职称要不要外语", "评职称论文能不能免"]
APART = ["评职称交多少钱", "报名交多少钱", "培训交多少钱", "补证交多少钱"]


def phrasings(texts, *, is_apart):
    return [Phrasing("d", "d/1", 0, 9, text, is_apart) for text in texts]


def odds(question, answered=ANSWERED, apart=APART):
    tokenizer = Tokenizer()
    told = [*phrasings(answered, is_apart=False), *phrasings(apart, is_apart=True)]
    kinds = AskedKinds.learned(told, [tokenizer.chars(phrasing.text) for phrasing in told])
    return kinds.odds(tokenizer.chars(question))


def test_a_question_like_near_misses_has_odds_against_it():
    assert odds("住宿交多少钱") < 0 < odds("评职称要不要计算机")


def test_more_near_misses_count_for_more():
    assert odds("住宿交多少钱", ANSWERED * 40, APART * 40) < odds("住宿交多少钱") < 0


def test_without_near_misses_or_known_words_nothing_is_said():
    assert odds("住宿交多少钱", apart=[]) == 0
    assert odds("ქართული") == 0
    assert odds("住宿交多少钱", answered=[], apart=[]) == 0

"""Measures of a `Run` against its `Suite`: pure functions, one family of measures a file."""

from eval.measures.answering import AnsweringFigures, DocumentCells
from eval.measures.evidence import EvidenceFigures, Overlap
from eval.measures.figures import MEASURES, Figures, measure, per_question
from eval.measures.judged import Share, is_no
from eval.measures.refusal import Bin, CurvePoint, RefusalFigures, Reliability
from eval.measures.retrieval import RankingFigures, SystemFigures

__all__ = [
    "MEASURES",
    "AnsweringFigures",
    "Bin",
    "CurvePoint",
    "DocumentCells",
    "EvidenceFigures",
    "Figures",
    "Overlap",
    "RankingFigures",
    "RefusalFigures",
    "Reliability",
    "Share",
    "SystemFigures",
    "is_no",
    "measure",
    "per_question",
]

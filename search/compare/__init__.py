"""Texts compared: whole texts aligned, a topic's points joined, differences told with their reasons."""

from search.compare.model import Alignment, Cell, Comparison, Difference, Evidence, Match, Point, Relation

__all__ = ["Alignment", "Cell", "Comparison", "Difference", "Evidence", "Match", "Point", "Relation"]

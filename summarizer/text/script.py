"""Script and width: Traditional to Simplified, full-width to half-width, look-alike characters to the real ones.

In a Simplified text only characters that GB2312 does not hold are converted: 乾, 著 and 藉 are Simplified characters
too, and OpenCC would write 乾县 as 干县. In a Traditional text everything is converted but protected names.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache

from opencc import OpenCC

from schemas.vocabulary import Script
from summarizer import words
from summarizer.patterns import compiled
from summarizer.text.fix import Fixed, edited, substituted
from summarizer.text.traced import Edit, Traced

_NAME_CHARACTERS = frozenset("昇邨甦龢釐絜頫勣逕澂迺脩甯祕堃喆犇淼")
"""Characters that OpenCC takes for Traditional, but that people's names hold in Simplified text (通用规范汉字表)."""

_RADICALS = str.maketrans(
    "⺁⺄⺈⺊⺌⺎⺒⺓⺗⺙⺛⺜⺝⺟⺠⺡⺢⺥⺦⺩⺪⺫⺬⺭⺮⺯⺲⺷⺹⺺⺻⺼⺾⺿⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻞⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻳",
    "厂乙刀卜小兀巳幺心攵旡日月母民氵氺爫丬王疋目示礻竹糸罒羊耂肀聿月艹艹艹虎衤覀西见角角讠贝足车辶辶辶阝钅長长长门阜阝雨青韦页风飞食食食饣首马骨鬼鱼鸟卤麦黄黾齐齿龙龟",
)
"""CJK radicals that stand for characters; Unicode gives most of them no decomposition."""

_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
_WIDE = re.compile(
    # No-break, em and full-width spaces, full-width forms, and a comma that may be one of two.
    "[\u00a0\u2002-\u200a\u202f\u205f\u3000！-～￠-￦,](?:"
    # Not Chinese punctuation, nor ． that may be an ornament or a full stop.
    "(?<![，；：！？（）～．,])|(?<=[0-9０-９]．)(?=[0-9０-９])"
    # Thousands, and the comma that scrapers double: `１１,，４１３`.
    "|(?<=[０-９][,，])[,，](?=[０-９]{3}(?![０-９]))|(?<=[０-９\ufffd]，)(?=[０-９]{3}(?![０-９])))"
)
_FOLDED = re.compile(
    "(?P<enumerator>[\u2460-\u249b\u24ea-\u24ff\u2776-\u2793\u3220-\u3229\u3280-\u3289])"
    "|[\u2e80-\u2fdf\uf900-\ufaff\U0002f800-\U0002fa1f\u3300-\u33ff\u2170-\u217b\ufb00-\ufb06]"
)


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


@cache
def _traditional() -> re.Pattern[str]:
    """Characters that stand in Traditional text only: OpenCC changes them, and GB2312 does not hold them."""
    # Not those beyond U+FFFF: a pattern of them is a hundred times slower, and articles hold none.
    all_han = [chr(c) for c in (*range(0x3400, 0xA000), *range(0xF900, 0xFB00))]
    converted = _converter().convert("\n".join(all_han)).split("\n")
    changed = (old for old, new in zip(all_han, converted, strict=True) if old != new and old not in _NAME_CHARACTERS)
    return re.compile(f"[{''.join(c for c in changed if not c.encode('gb2312', 'ignore'))}]")


@cache
def foreign(script: Script) -> frozenset[str]:
    """Characters that a text in this script does not hold: 应 in Traditional text, 應 in Simplified."""
    all_han = [chr(c) for c in range(0x4E00, 0xA000)]
    if script is Script.SIMPLIFIED:
        return frozenset(c for c in all_han if _traditional().match(c))
    converted = OpenCC("s2t").convert("\n".join(all_han)).split("\n")
    changed = (old for old, new in zip(all_han, converted, strict=True) if old != new)
    return frozenset(c for c in changed if not c.encode("big5", "ignore"))


def script_of(text: str) -> Script:
    """The script that the text is written in.

    A Traditional text shows a character of its own in every five or so; a Simplified one with a Traditional name or
    quotation stays Simplified.
    """
    return Script.TRADITIONAL if _is_mostly_traditional(text) else Script.SIMPLIFIED


def _is_mostly_traditional(text: str) -> bool:
    own = len(_traditional().findall(text))
    # Most texts hold none, or so many that their other characters need not be counted.
    return own > 0 and (own > 0.05 * len(text) or own > 0.05 * sum(map(len, _HAN.findall(text))))


def simplify(text: Traced, protected: Iterable[str] = ()) -> Fixed:
    """Simplified characters for Traditional ones, line by line; `protected` names are kept as they are written.

    A line whose length OpenCC changes is converted character by character: its spans must stay tight.
    """
    edits: list[Edit] = []
    at = 0
    names = _names(frozenset(protected))
    for line in text.text.splitlines(keepends=True):
        if _traditional().search(line):
            edits.append(Edit(at, at + len(line), _simplified(line, names)))
        at += len(line)
    return edited(text, edits)


class _Names:
    """Names that OpenCC would change, found by what it makes of them."""

    def __init__(self, names: Iterable[str]) -> None:
        self.by_wrong: dict[str, list[str]] = {}
        for name in names:
            wrong = _converter().convert(name)
            if wrong != name and len(wrong) == len(name):
                self.by_wrong.setdefault(wrong, []).append(name)
        self.pattern = re.compile("|".join(map(re.escape, self.by_wrong))) if self.by_wrong else None

    def keep(self, line: str, converted: str) -> str:
        """The converted line with its protected names as the line itself writes them.

        乾縣 becomes 乾县 and not 干县, but 干县 stays what it is.
        """
        if self.pattern is None:
            return converted
        out = list(converted)
        for match in self.pattern.finditer(converted):
            for name in self.by_wrong[match.group()]:
                if all(
                    a == b or line[match.start() + i] == b
                    for i, (a, b) in enumerate(zip(match.group(), name, strict=True))
                ):
                    out[match.start() : match.end()] = name
        return "".join(out)


@lru_cache(maxsize=4)
def _names(protected: frozenset[str]) -> _Names:
    return _Names(protected)


def _simplified(line: str, names: _Names) -> str:
    """The line in Simplified characters, as long as it was."""
    converted = _converter().convert(line)
    if len(converted) != len(line):
        converted = "".join(one if len(one := _converter().convert(c)) == 1 else c for c in line)
    converted = _TAKEN.sub(_taken, names.keep(line, converted))
    if _is_mostly_traditional(line):
        return converted
    return "".join(new if _traditional().match(old) else old for old, new in zip(line, converted, strict=True))


_TAKEN = compiled("(?<=[\u3400-\u9fff])著(?=[\u3400-\u9fff])|著(?=[手眼重力力落陆火凉急想])")


def _taken(match: re.Match[str]) -> str:
    """着 for 著, which OpenCC leaves, unless a word has 著 there: 带着, 着力, but 显著, 著名."""
    text, at = match.string, match.start()
    own = any(words.count(text[a:b]) for a, b in ((at - 1, at + 1), (at, at + 2)) if a >= 0)
    return "著" if own else "着"


def narrow(text: Traced) -> Fixed:
    """Half-width letters, digits, signs and spaces for full-width ones; `．`, `，` and `：` inside numbers too.

    Chinese punctuation stays. `１，２３４` is a number, `5，6` are two.
    """
    return substituted(text, _WIDE, lambda match: _nfkc(match.group()[-1]))


def _nfkc(character: str) -> str:
    return unicodedata.normalize("NFKC", character)


def unfold(text: Traced) -> Fixed:
    """The real character for CJK radicals, compatibility characters and unit signs; `①` becomes `(1)`.

    The brackets keep an enumerator apart from a number that follows: `①2019年` is not 12019.
    """
    return substituted(text, _FOLDED, _unfolded)


def _unfolded(match: re.Match[str]) -> str:
    if match.lastgroup == "enumerator":
        return f"({_nfkc(match.group()).strip('().')})"
    return _nfkc(match.group().translate(_RADICALS))

"""Names of villages that were put into Chinese by their sound (巴西里克, 托万克麦盖提), told by their characters.

Words of the dictionary say nothing of where such a name begins: 巴西 and 麦盖提 are in it, and parts of these two.
"""

import re
from functools import lru_cache

from summarizer import words

_SURE = "克尔孜喀艾鲁吐勒依买亚阿塔托乌恰瓦库乃斯苏赛尼墩帕哈霍伊拉盖尤扎却巴雅"
"""Characters that stand for a sound, and seldom for anything else."""

_ALSO_WORDS = "什力普热布奥米吉玉麦提兰杜达木日代里格贝希英色措曲"
"""Others, which are words as well."""

_RUN = re.compile(f"(?:[{_SURE}{_ALSO_WORDS}]|敖包|淖尔|西(?=[{_SURE}{_ALSO_WORDS}])|万(?=克))+新?$")
RARE = 50
"""A word counted this often goes before a name and is no part of it."""

LONGEST, SHORTEST = 8, 4
"""Characters of such a name: shorter ones are found by the words around them."""


@lru_cache(maxsize=1 << 10)
def name_at_end(run: str) -> str | None:
    """The name of sounds that a run of Han characters ends with, if most of its characters are nothing else; kept."""
    found = _RUN.search(run)
    name = found[0] if found else ""
    before = run.removesuffix(name)
    # 村里|巴格村, 到达|巴西里克村: the first character belongs to the word before.
    if name and before and words.count(before[-1] + name[0]) >= RARE:
        name = name[1:]
    sure = sum(character in _SURE or character in "敖包淖" for character in name)
    size = len(name.removesuffix("新"))
    return name if SHORTEST <= size <= LONGEST and sure * 5 >= size * 2 else None

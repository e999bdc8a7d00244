"""Numbers that a rule lays down: which of them hold at all times, and which go by the time of their passage."""

import re

from schemas.vocabulary import Status

_RULE = re.compile(
    r"规定|标准|要求|按(?![期时月]|质)|须|应当?|原则|政策|的比例|一次性|给予|期限|时间不[少超]|以[内下]|不超过|不[低高]于[^,，。\d]{1,8}的|每[^,，。；;]{0,10}(?:不[少低超高多]|至少)"
)
_AT_ALL_TIMES = re.compile(r"须|按照?规定|[∶:]\d|的比例|按[^,，。；;]{0,8}比例")
"""A bound or a ratio holds whatever year is told of, save in a plan; a rate (每人补贴300元) is that year's."""

_BY_RULE = re.compile(r"\s*(?:根据|按照?|依照)(?:有关|相关|现行)?(?:规定|政策)[,，]")
_CLAUSE_END = re.compile(r"[,，;；:：。！？!?\n(（)）]|——|……")
_CLAUSE_CHARS = 40


def is_rule(text: str, position: int, half: int, status: Status | None, *, lays_down: bool) -> bool:
    """Whether the words around a number lay down a rule; what reads like one (保持在90%左右) may tell what was.

    `half` is where the number's half-sentence begins.
    """
    if status is not Status.POLICY:
        return is_by_rule(text, half)
    if lays_down:
        return True
    stop = _CLAUSE_END.search(text, position, position + _CLAUSE_CHARS)
    return bool(_RULE.search(text, half, stop.start() if stop else position + _CLAUSE_CHARS))


def holds_always(text: str, low: int, clause: str) -> bool:
    """Whether what a rule lays down holds whatever year is told of; `low` is where its sentence begins."""
    return bool(_AT_ALL_TIMES.search(clause)) or is_by_rule(text, low)


def is_by_rule(text: str, low: int) -> bool:
    """Whether the sentence that begins at `low` says what is laid down from above: 按照规定,每人每天补助30元."""
    return bool(_BY_RULE.match(text, low))

"""Numbers that measure nothing, each with its reason: dates, ordinals, slogans, list marks, names, phones, furniture.

The leftmost match of `aside_rules` wins. What is set aside is the numerals of the match and what binds them (`第27批`,
`2019年5月21日`), not the words around (`电话:`). Whatever no pattern takes is read as a quantity by `numbers`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from re import Match, Pattern
from re import compile as regex

from schemas.vocabulary import SetAsideReason
from summarizer.patterns import beginnings, compiled
from summarizer.precheck.aside_rules import CN, RULES
from summarizer.precheck.numerals import CHINESE
from summarizer.text.traced import LOST


@dataclass(frozen=True, slots=True)
class Aside:
    """A span of the clean text whose numerals are set aside."""

    start: int
    end: int
    reason: SetAsideReason


_REASONS = {f"r{i}": reason for i, (reason, _) in enumerate(RULES)}
_MID_RUN = rf"(?!(?<=\d)\d)(?!(?<={CN}){CN})"
"""No match begins inside a run of digits or of numerals, which keeps a long run linear and cheap."""
_BEGINNINGS = [beginnings(pattern) for _, pattern in RULES]
_CLASSES = ["".join(sorted(items)) for items in _BEGINNINGS]
_BEGINS = compiled(f"{_MID_RUN}[{''.join(_CLASSES)}]")
_OPENS = [regex(f"[{items}]") for items in _CLASSES]


def _rules_that_open(characters: str) -> Pattern[str]:
    """The rules, in their order, that can begin with one of some characters.

    The group that tells the rule is empty and stands behind it: what begins with a group is tried at every place.
    """
    found = ((i, pattern) for i, (_, pattern) in enumerate(RULES) if _OPENS[i].search(characters))
    return compiled("|".join(f"(?:{pattern})(?P<r{i}>)" for i, pattern in found))


_BY_DIGIT, _BY_CHINESE = _rules_that_open("0123456789"), _rules_that_open(CHINESE)
"""The rules that begin with a digit or a numeral are many, and tried together."""


@cache
def _rules_from(first: str) -> tuple[Pattern[str], ...]:
    """What is tried, one after another, where a match may begin with this character: of any other a rule or two."""
    if first.isdecimal():
        return (_BY_DIGIT,)
    if first in CHINESE:
        return (_BY_CHINESE,)
    return tuple(_rule(i) for i, opens in enumerate(_OPENS) if opens.match(first))


@cache
def _rule(i: int) -> Pattern[str]:
    return regex(f"(?:{RULES[i][1]})(?P<r{i}>)")


_NUMERAL = regex(rf"[\d{CHINESE}{LOST}①-⑳⑴-⒇⒈-⒛首半]")
_QUOTES = frozenset('“"「『‘《')
_BOUND = frozenset("第首前列居排")
"""Words before the numeral that are part of the ordinal itself."""


def holds_numeral(text: str) -> bool:
    """Whether any number, set aside or not, can be in the text."""
    return _NUMERAL.search(text) is not None


def asides(clean: str, start: int, end: int) -> Iterator[Aside]:
    """All spans of `[start, end)` set aside, in order, not overlapping."""
    for match in _matches(clean, start, end):
        trimmed = _trimmed(match)
        if trimmed is not None:
            yield Aside(*trimmed, _REASONS[str(match.lastgroup)])


def _matches(clean: str, start: int, end: int) -> Iterator[Match[str]]:
    """The leftmost matches of the rules, the first rule's at each place."""
    done = start
    for begins in _BEGINS.finditer(clean, start, end):
        at = begins.start()
        if at < done:
            continue
        for rules in _rules_from(clean[at]):
            if match := rules.match(clean, at, end):
                yield match
                done = match.end()
                break


def _trimmed(match: Match[str]) -> tuple[int, int] | None:
    """The match without the words before its numerals and the quotation marks around it; None without numerals."""
    text, end = match.string, match.end()
    first = _NUMERAL.search(text, match.start(), end)
    if first is None:
        return None
    if text[match.start()] in _QUOTES:
        end = max(i for i in range(first.start(), end) if _NUMERAL.match(text, i)) + 1
    while text[end - 1] in " \t\u3000、":
        end -= 1
    return match.start() if text[match.start()] in _BOUND else first.start(), end

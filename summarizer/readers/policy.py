"""Whether a number belongs to a standard or a rule: `每户不低于…`, `按5∶4∶1的比例`."""

import re
import tomllib
from dataclasses import dataclass, fields
from functools import cache
from importlib import resources

from schemas.vocabulary import Unit
from summarizer.readers.clauses import Around

RULE_REACH = 60
"""Characters between the words that name a rule and a number of its wording."""

HEAD, TAIL = 40, 24
"""Characters in front of a number, and behind it in its clause, that say whether it is a rule."""

LONGEST_ITEM = 16
"""Characters between two members of a list of rates (小学1250元，初中1500元)."""


@dataclass(frozen=True, slots=True)
class PolicyWords:
    """The table `policy` of `data/status.toml`; every field is an expression of the same name."""

    cues: re.Pattern[str]
    settled: re.Pattern[str]
    told: re.Pattern[str]
    paid: re.Pattern[str]
    ruled: re.Pattern[str]
    due: re.Pattern[str]
    condition: re.Pattern[str]
    name: re.Pattern[str]
    aimed: re.Pattern[str]
    bound: re.Pattern[str]
    cap: re.Pattern[str]
    price: re.Pattern[str]
    qualifies: re.Pattern[str]
    of_whom: re.Pattern[str]
    granted: re.Pattern[str]
    grants: re.Pattern[str]
    done: re.Pattern[str]


@cache
def policy_words() -> PolicyWords:
    """The vocabulary, compiled once per process."""
    path = resources.files("summarizer.readers").joinpath("data/status.toml")
    table = tomllib.loads(path.read_text("utf-8"))["policy"]
    entries = {f.name: table[f.name] for f in fields(PolicyWords)}
    return PolicyWords(**{k: re.compile(v if isinstance(v, str) else "|".join(v)) for k, v in entries.items()})


def is_policy(text: str, near: Around, announced: bool) -> bool:
    """Whether the clause lays the number down; not where it tells of what was done.

    A bound in a passage of plans (`announced`) is a plan; one for each person, village or month is a rule.
    """
    words, number = policy_words(), near.number
    head = text[max(near.before.start, number.start - HEAD) : number.start]
    tail = text[number.end : min(near.clause.end, number.end + TAIL)]
    if words.cap.search(head) or _is_condition(text, near):
        return True
    settled = words.told if announced else words.settled
    if settled.search(head) or settled.search(tail) or words.price.match(tail):
        return False
    bound = words.bound.search(head) is not None
    if bound and re.search("每|比例[^，,]{0,3}不", text[near.clause.start : number.start]):
        return words.aimed.search(text, near.clause.start, number.start) is None
    if words.paid.match(text[near.clause.end : near.sentence.end]):
        return False
    mention = text[number.start : number.end]
    if _is_ruled(text, near):
        return True
    aimed = announced or words.aimed.search(text, near.sentence.start, number.start)
    if bound and aimed and not words.cues.search(tail):
        return False
    return bool(words.cues.search(head + mention[: number.number_at - number.start]) or words.cues.search(tail))


def is_rate(text: str, near: Around) -> bool:
    """Whether the number is money for each person, village or month, and no word says who pays it: 每人250元."""
    if near.number.unit is not Unit.CNY:
        return False
    return re.search(r"每[一-龥]{1,6}$", text[near.before.start : near.number.start]) is not None


def is_next_rate(text: str, near: Around, last_end: int) -> bool:
    """Whether the number is the next of a list of rates, or what a rate became, with a name of its own at most.

    `last_end` is where the number of a rule in front of it ends. A sum that was paid (共发放82万元) is none.
    """
    between = text[last_end : near.number.start]
    if len(between) > LONGEST_ITEM or re.search(r"[。；;！？!?\n\d]", between):
        return False
    return policy_words().done.search(between) is None


def is_granted(text: str, near: Around) -> bool:
    """Whether the clause grants what the one in front of it made conditional: …的贫困劳动力，一次性补助500元."""
    return policy_words().granted.match(text, near.clause.start) is not None


def _is_condition(text: str, near: Around) -> bool:
    """Whether the clause says who is entitled, and the next one to what: 对满6个月的，每人补助500元."""
    words, number = policy_words(), near.number
    head = text[near.clause.start : number.start]
    tail = text[number.end : near.clause.end]
    if not words.qualifies.search(head) or re.search("[了已]", head):
        return False
    if words.of_whom.match(tail):
        return words.granted.match(text, near.clause.end) is not None
    return words.grants.match(tail) is not None


def _is_ruled(text: str, near: Around) -> bool:
    """Whether the number stands in the wording of a rule: behind 按照规定, or quoted (“人均5000、户均3万元”的政策)."""
    words, number = policy_words(), near.number
    start = max(text.rfind(mark, near.sentence.start, number.start) for mark in "；;")
    front = text[max(start + 1, near.sentence.start, number.start - RULE_REACH) : number.start]
    clause = text[near.clause.start : min(near.clause.end, number.end + 12)]
    # 按照规定,管护员每月巡护15天,最长的巡护线有65公里: a clause of that sentence that lays nothing down is none of it.
    if words.due.search(clause) and (words.ruled.search(front) or words.condition.search(front)):
        return True
    opening, closing = text.rfind("“", near.sentence.start, number.start), text.find("”", number.end, near.sentence.end)
    quoted = opening > text.rfind("”", near.sentence.start, number.start) and 0 <= closing < number.end + RULE_REACH
    return quoted and words.name.match(text, closing + 1) is not None

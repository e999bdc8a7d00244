"""Damage: passages that lost characters or digits.

Seen (`damage.recall`), not invented (`damage.precision`), the loss of a digit told as such (`lost digits`), and the
whole of it: kind of loss and reading both right (`damage`). To miss that a figure lost a digit is the worst of the
four, so it stands by itself.
"""

from evals.gold import GoldDamage
from evals.scorers.compared import Compared, overlap
from evals.scorers.tally import Miss, Scored, Tally
from schemas.report import CountyReport, Damage
from schemas.vocabulary import Lost


def same_damage(gold: GoldDamage, damage: Damage) -> bool:
    """Whether both tell of the same loss with the same reading.

    How far a passage reaches is a matter of taste (总人口?.4万人, 人口?.4万人): one restored text may lie in the other.
    """
    same_reading = gold.restored in damage.restored or damage.restored in gold.restored
    return overlap(gold.span, damage.span) and gold.lost == damage.lost and same_reading


def score(given: Compared) -> Scored:
    """`damage`, `damage.recall`, `damage.precision` and `lost digits`."""
    gold, told = given.gold.damage, given.report.damage
    seen = [g for g in gold if any(overlap(g.span, d.span) for d in told)]
    real = [d for d in told if any(overlap(g.span, d.span) for g in gold)]
    digits = [g for g in gold if g.lost is Lost.DIGIT]
    marked = [g for g in digits if _tells_digit(g, given.report)]
    wrong = [g for g in gold if not any(same_damage(g, d) for d in told)]
    misses = [Miss("damage", g.span[0], g.quote, f"{g.restored} ({g.lost})", _near(g, given.report)) for g in wrong]
    misses += [
        Miss("damage.recall", g.span[0], g.quote, f"{g.restored} ({g.lost})", "-") for g in gold if g not in seen
    ]
    misses += [Miss("damage.precision", d.span[0], "", "-", f"{d.restored} ({d.lost})") for d in told if d not in real]
    misses += [Miss("lost digits", g.span[0], g.quote, g.restored, "-") for g in digits if g not in marked]
    scores = {
        "damage": Tally(len(gold) - len(wrong), len(gold)),
        "damage.recall": Tally(len(seen), len(gold)),
        "damage.precision": Tally(len(real), len(told)),
        "lost digits": Tally(len(marked), len(digits)),
    }
    return scores, misses


def _tells_digit(label: GoldDamage, report: CountyReport) -> bool:
    return any(overlap(label.span, d.span) and d.lost is Lost.DIGIT for d in report.damage)


def _near(label: GoldDamage, report: CountyReport) -> str:
    return "; ".join(f"{d.restored} ({d.lost})" for d in report.damage if overlap(label.span, d.span)) or "-"

"""Times: the reference year, the time phrases of a text, and the period that governs a number."""

from summarizer.precheck.times.outline import is_plan
from summarizer.precheck.times.periods import period_for
from summarizer.precheck.times.phrases import find
from summarizer.precheck.times.timeline import Timeline
from summarizer.precheck.times.years import reference_year, written

__all__ = ["Timeline", "find", "is_plan", "period_for", "reference_year", "written"]

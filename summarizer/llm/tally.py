"""What was sent, what came back, and what it cost."""

from dataclasses import dataclass, field
from decimal import Decimal

from openai.types.chat import ChatCompletion

from schemas.report import Tokens, Usage


@dataclass(slots=True)
class Tally:
    """Requests sent, responses received and answers used again, counted as they happen."""

    attempts: int = 0
    calls: int = 0
    reused: int = 0
    tokens: Tokens = field(default_factory=Tokens)
    cost: Decimal | None = None
    """US dollars; begins at 0 where the price is known."""

    def add(self, tokens: Tokens | None, cost: Decimal | None) -> None:
        """Count a response, with the tokens that the endpoint reports of it, if it does, and what they cost."""
        self.calls += 1
        if tokens is not None:
            self.tokens = self.tokens.plus(tokens)
        if cost is not None and self.cost is not None:
            self.cost += cost

    @property
    def usage(self) -> Usage:
        """The counts as a report states them; money in millionths of a dollar."""
        cost = None if self.cost is None else self.cost.quantize(Decimal("0.000001"))
        return Usage(calls=self.calls, attempts=self.attempts, reused=self.reused, tokens=self.tokens, cost=cost)


def reported(response: ChatCompletion) -> Tokens | None:
    """The tokens that a response says it took, or None. Read at once: instructor adds up usage in place."""
    usage = response.usage
    if usage is None:
        return None
    cached = getattr(usage.prompt_tokens_details, "cached_tokens", None) or 0
    input = usage.prompt_tokens or 0
    return Tokens(input=input, cached=min(cached, input), output=usage.completion_tokens or 0)

"""What all schemas share: frozen strict models, spans, and numbers that stay exact through JSON."""

import json
from decimal import Decimal
from json.encoder import encode_basestring
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PlainSerializer

MAX_DIGITS = 15
"""Significant digits a JSON number keeps when it is read as a double."""


class Frozen(BaseModel):
    """A model whose instances never change and that refuses unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def model_dump_json(self, *, indent: int | None = None, **options: Any) -> str:
        """JSON text with every Decimal as a plain number.

        Pydantic alone writes Decimals as strings, and a float below 1e-4 with an exponent.
        """
        return _json(self.model_dump(mode="python", **options), indent, 0)

    def replace(self, **changes: Any) -> Self:
        """A copy with these fields changed, validated again."""
        return type(self).model_validate({**dict(self), **changes})


def _plain(value: Decimal) -> Decimal:
    """The same number without trailing zeros or exponent, so that equal values are written alike."""
    if value.adjusted() < MAX_DIGITS and value == value.to_integral_value():
        return Decimal(int(value))
    digits = value.normalize()
    if len(digits.as_tuple().digits) > MAX_DIGITS:
        raise ValueError(f"{value} has more than {MAX_DIGITS} significant digits, which a JSON number cannot keep")
    # 20000, not 2E+4: people print a fact's value.
    return Decimal(int(digits)) if digits == digits.to_integral_value() else digits


def _json_number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


Number = Annotated[
    Decimal,
    Field(allow_inf_nan=False),
    AfterValidator(_plain),
    PlainSerializer(_json_number, return_type=int | float, when_used="json"),
]
"""Decimal inside, plain JSON number outside; at most 15 significant digits."""


def _ordered(span: tuple[int, int]) -> tuple[int, int]:
    start, end = span
    if not 0 <= start < end:
        raise ValueError(f"span [{start}, {end}] is empty or runs backwards")
    return span


Span = Annotated[tuple[int, int], AfterValidator(_ordered)]
"""`[start, end]` in code points of the raw text, end exclusive, never empty."""


def _json(value: Any, indent: int | None, depth: int) -> str:
    """`value` as JSON; the standard library cannot write a Decimal as a plain number."""
    # Each scalar through json.dumps would be a tenth of what an article with a model costs.
    if isinstance(value, str):
        return encode_basestring(value)
    if isinstance(value, Decimal):
        return format(value, "f") if value else "0"
    if isinstance(value, dict):
        items = [f"{encode_basestring(str(k))}: {_json(v, indent, depth + 1)}" for k, v in value.items()]
        return _brackets("{", items, "}", indent, depth)
    if isinstance(value, list | tuple):
        # A span or a list of ids stays on one line: a report is read by people too.
        flat = all(isinstance(v, int) for v in value)
        return _brackets("[", [_json(v, indent, depth + 1) for v in value], "]", None if flat else indent, depth)
    return "null" if value is None else json.dumps(value, allow_nan=False)


def _brackets(opening: str, items: list[str], closing: str, indent: int | None, depth: int) -> str:
    if indent is None or not items:
        return opening + ", ".join(items) + closing
    pad = "\n" + " " * indent * (depth + 1)
    return opening + pad + ("," + pad).join(items) + "\n" + " " * indent * depth + closing

"""What tokens cost: by the prices of the settings, else by the list of genai-prices for the endpoint and model."""

from collections.abc import Callable
from decimal import Decimal

import genai_prices

from schemas.report import Tokens
from summarizer.errors import SettingsError
from summarizer.settings import Settings

Price = Callable[[Tokens], Decimal]
"""US dollars for the tokens of one response."""

_MILLION = 1_000_000


def price_of(settings: Settings) -> Price | None:
    """The price at this endpoint, or None where nobody knows it: a name alone (qwen-plus on a laptop) has no price.

    Raises:
        SettingsError: the run is limited in money, and the price is not known.
    """
    price = _stated(settings) or _listed(settings)
    if price is None and settings.max_cost is not None:
        raise SettingsError(
            f"max_cost is set, but the price of {settings.model} at {settings.host} is not known",
            hint="set SUMMARIZER_PRICE_INPUT and SUMMARIZER_PRICE_OUTPUT (US dollars per million tokens)",
        )
    return price


def _stated(settings: Settings) -> Price | None:
    full, output = settings.price_input, settings.price_output
    if full is None or output is None:
        return None
    cached = full if settings.price_cached is None else settings.price_cached

    def price(tokens: Tokens) -> Decimal:
        fresh = tokens.input - tokens.cached
        return (fresh * full + tokens.cached * cached + tokens.output * output) / _MILLION

    return price


def _listed(settings: Settings) -> Price | None:
    def price(tokens: Tokens) -> Decimal:
        usage = genai_prices.Usage(
            input_tokens=tokens.input, cache_read_tokens=tokens.cached, output_tokens=tokens.output
        )
        return genai_prices.calc_price(usage, str(settings.model), provider_api_url=settings.endpoint).total_price

    try:
        price(Tokens())
    except LookupError:
        return None
    return price

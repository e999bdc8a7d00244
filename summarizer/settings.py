"""Settings of a run, from four places: options beat the environment, which beats `.env`, which beats `summarizer.toml`.

In the environment and in `.env` a setting is named `SUMMARIZER_` and its name in capitals; in `summarizer.toml` (of the
current folder, like `.env`) by its own name. The API key may also stand in `OPENAI_API_KEY`.
"""

import tomllib
from pathlib import Path
from typing import Any, Literal, Self
from urllib.parse import urlsplit

from platformdirs import user_cache_path
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)
from pydantic_settings import (
    SettingsError as SourceError,
)

from schemas.base import Number
from summarizer.errors import SettingsError

OPENAI = "https://api.openai.com/v1"
"""Where articles go when a model is named and no base URL is."""

TOML = "summarizer.toml"

SECRET = frozenset({"api_key", "openai_api_key"})


def _is_this_machine(url: str | None) -> bool:
    """Whether a server shares this machine: it answers one request at a time, and those that wait run out of time."""
    return urlsplit(url or OPENAI).hostname in {"localhost", "127.0.0.1", "::1"}


class Settings(BaseSettings):
    """All settings of a run, fixed for its length.

    A model is used when one is named, unless `reader` is `rules`; `reader` `model` insists on one.
    """

    reader: Literal["auto", "rules", "model"] = Field(
        "auto", description="who reads; auto is a model where one is named"
    )
    model: str | None = Field(None, min_length=1, description="the model's name at its endpoint")
    base_url: str | None = Field(None, description="of an OpenAI-compatible endpoint, often ending in /v1")
    api_key: SecretStr | None = Field(None, description="never printed, logged or stored")
    openai_api_key: SecretStr | None = Field(
        None, validation_alias="OPENAI_API_KEY", description="where no api_key is set"
    )

    mode: Literal["auto", "json_schema", "json_object_schema", "json_object", "text", "tools"] = Field(
        "auto", description="how an answer's form is asked for; auto tries what the endpoint takes"
    )
    temperature: float = Field(0.0, ge=0, le=2, description="of the model; at 0 it says what is likeliest")
    max_tokens: int = Field(2048, ge=64, description="of one answer")
    timeout: float = Field(300.0, gt=0, description="seconds for one request, from sending to the last byte")
    article_timeout: float = Field(
        3600.0, gt=0, description="seconds of model time for one article; rules read the rest"
    )
    max_attempts: int = Field(4, ge=1, le=20, description="requests for one call when the connection fails")
    retry_seconds: float = Field(120.0, ge=0, description="longest time to go on trying one call")
    reasks: int = Field(2, ge=0, le=10, description="times a wrong answer is asked again")
    concurrency: int = Field(
        default_factory=lambda known: 1 if _is_this_machine(known.get("base_url")) else 8,
        ge=1,
        le=256,
        description="requests in flight at most; else 8, and 1 for a server on this machine",
    )

    rpm: int | None = Field(None, ge=1, description="requests per minute that the endpoint allows")
    tpm: int | None = Field(None, ge=1, description="tokens per minute that the endpoint allows, in and out")
    price_input: Number | None = Field(None, ge=0, description="US dollars per million tokens; else from a price list")
    price_cached: Number | None = Field(None, ge=0, description="of input in the provider's cache; else as the rest")
    price_output: Number | None = Field(None, ge=0, description="of output")
    max_cost: Number | None = Field(None, ge=0, description="US dollars after which a run asks no more")
    max_total_tokens: int | None = Field(None, ge=0, description="tokens, in and out, after which a run asks no more")
    cache: Path | None = Field(None, description="folder of kept answers; else one in the user's cache")
    no_cache: bool = Field(False, description="keep no answers, and use none that were kept")

    section_chars: int = Field(1200, ge=100, description="longest section in one call, in characters")
    subject: str | None = Field(None, min_length=1, description="the county, where you know it")
    year: int | None = Field(None, ge=1949, le=2100, description="the year that 今年 means, where you know it")
    max_bytes: int = Field(1_000_000, ge=1, description="of one input; what is larger is no article, and is skipped")
    force: bool = Field(False, description="read also what does not look like a county report")

    model_config = SettingsConfigDict(
        frozen=True,
        extra="forbid",
        env_prefix="SUMMARIZER_",
        env_file=".env",
        env_file_encoding="utf-8",
        # An `.env` is shared with other programs: only what carries our prefix can be a misspelt setting of ours.
        dotenv_filtering="match_prefix",
        # `SUMMARIZER_MODEL=` in a shell unsets the model instead of naming one without a name.
        env_ignore_empty=True,
        toml_file=TOML,
        populate_by_name=True,
        hide_input_in_errors=True,
        protected_namespaces=(),
    )

    @classmethod
    def load(cls, **overrides: Any) -> Self:
        """The settings, `overrides` first; one that is None counts as not given.

        Raises:
            SettingsError: a setting is unknown or has a value it cannot have; the message names it, never its value.
        """
        try:
            return cls(**{name: value for name, value in overrides.items() if value is not None})
        except ValidationError as error:
            # A default that is made of another setting waits for it, and would be told of as a second problem.
            problems = [e for e in error.errors(include_input=False) if e["type"] != "default_factory_not_called"]
            raise SettingsError("; ".join(map(_problem, problems))) from None
        except (SourceError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise SettingsError(f"settings could not be read: {error}") from None

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003  (not used; the name is the interface's)
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The four places, the strongest first."""
        return init_settings, env_settings, dotenv_settings, TomlConfigSettingsSource(settings_cls)

    @field_validator("base_url")
    @classmethod
    def _is_web_address(cls, url: str | None) -> str | None:
        if url is not None:
            parts = urlsplit(url)
            if parts.scheme not in {"http", "https"} or not parts.hostname:
                raise ValueError("a base URL begins with http:// or https:// and names a host")
        return url

    def model_post_init(self, _context: Any, /) -> None:
        """Refuse what can only fail later: a model reader without a model, OpenAI without a key."""
        if self.reader == "model" and self.model is None:
            raise SettingsError("reader is model, but no model is named", hint="name one: --model, or SUMMARIZER_MODEL")
        if self.uses_model and self.base_url is None and self.key is None:
            raise SettingsError(
                f"model {self.model} is named, but neither an API key nor a base URL is set",
                hint="set SUMMARIZER_API_KEY (or OPENAI_API_KEY), or SUMMARIZER_BASE_URL for a server of your own",
            )

        if (self.price_input is None) != (self.price_output is None):
            raise SettingsError("price_input and price_output are set together or not at all")

    @property
    def uses_model(self) -> bool:
        """Whether a model reads."""
        return self.reader != "rules" and self.model is not None

    @property
    def key(self) -> SecretStr | None:
        """The API key to use: our own setting, else OpenAI's."""
        return self.api_key or self.openai_api_key

    @property
    def endpoint(self) -> str:
        """The base URL that requests go to."""
        return self.base_url or OPENAI

    @property
    def answers(self) -> Path | None:
        """The folder in which answers are kept, or None."""
        if self.no_cache:
            return None
        return self.cache.expanduser() if self.cache else user_cache_path("summarizer", appauthor=False)

    @property
    def host(self) -> str:
        """The host that articles are sent to, with its port where one is given; no path, user or password."""
        parts = urlsplit(self.endpoint)
        return f"{parts.hostname}:{parts.port}" if parts.port else str(parts.hostname)

    def public(self) -> dict[str, Any]:
        """The settings as they may be shown and stored: no keys, and a base URL without user, password and query."""
        shown = self.model_dump(mode="json", exclude=set(SECRET))
        if self.base_url is not None:
            parts = urlsplit(self.base_url)
            shown["base_url"] = f"{parts.scheme}://{self.host}{parts.path}"
        return shown


def _problem(error: Any) -> str:
    """One problem in words; never the value, which may be a key."""
    name = ".".join(str(part) for part in error["loc"]) or "settings"
    if error["type"] == "extra_forbidden":
        return f"there is no setting {name}"
    return f"{name}: {error['msg'].removeprefix('Value error, ')}"

"""Foreign errors into ours, by class, status and code; never by message, which every server words in its own way."""

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import openai
import pydantic
from instructor.core import exceptions as instructor

from summarizer.errors import (
    AuthenticationError,
    ContextOverflowError,
    EndpointError,
    ModelNotFoundError,
    NonsenseError,
    PermissionDeniedError,
    QuotaError,
    RateLimitedError,
    RejectedRequestError,
    ServerError,
    SlowError,
    TruncatedAnswerError,
    UnreachableError,
    WithheldAnswerError,
)

_OVERFLOW = frozenset({"context_length_exceeded", "string_above_max_length", "exceed_context_size_error"})
_NO_CREDIT = frozenset({"insufficient_quota", "billing_hard_limit_reached", "billing_not_active"})
_NO_MODEL = frozenset({"model_not_found"})


def _status(error: Any) -> type[EndpointError]:
    """By status, where the SDK has no class of its own for it."""
    codes = {str(error.code), str(error.type)}
    match error.status_code:
        case 402:
            return QuotaError
        case 408:
            return ServerError
        case 413:
            return ContextOverflowError
        case 429:
            return QuotaError if codes & _NO_CREDIT else RateLimitedError
        case status if status >= 500:
            return ServerError
        case status if status < 400:
            # Redirects are not followed: the base URL names another place than it should.
            return ModelNotFoundError
    if codes & _OVERFLOW:
        return ContextOverflowError
    return ModelNotFoundError if codes & _NO_MODEL else RejectedRequestError


def _cause(error: BaseException) -> type[EndpointError]:
    """What instructor wraps, as it wraps every failure."""
    if _has_no_choices(error):
        return ServerError
    cause = error.__cause__
    return NonsenseError if cause is None else _kind(cause)


def _has_no_choices(error: BaseException) -> bool:
    """HTTP 200 with `choices` null or empty: instructor stumbles over it while it prepares to ask again."""
    completion = getattr(error, "last_completion", None)
    return completion is not None and hasattr(completion, "choices") and not completion.choices


_Kind = type[EndpointError] | Callable[[Any], type[EndpointError]]

TABLE: Mapping[type[BaseException], _Kind] = {
    openai.AuthenticationError: AuthenticationError,
    openai.OAuthError: AuthenticationError,
    openai._exceptions.SubjectTokenProviderError: AuthenticationError,
    openai.PermissionDeniedError: PermissionDeniedError,
    openai.NotFoundError: ModelNotFoundError,
    openai.RateLimitError: _status,
    openai.InternalServerError: ServerError,
    openai.BadRequestError: _status,
    openai.ConflictError: _status,
    openai.UnprocessableEntityError: _status,
    openai.APIStatusError: _status,
    openai.APITimeoutError: SlowError,
    openai.APIConnectionError: UnreachableError,
    openai.APIResponseValidationError: ServerError,
    openai.APIError: ServerError,
    openai.OpenAIError: RejectedRequestError,
    openai.LengthFinishReasonError: TruncatedAnswerError,
    openai.ContentFilterFinishReasonError: WithheldAnswerError,
    # Of parts of the SDK that are not used here; named so that the table is complete.
    openai.InvalidWebhookSignatureError: RejectedRequestError,
    openai.WebSocketConnectionClosedError: UnreachableError,
    openai.WebSocketQueueFullError: UnreachableError,
    instructor.IncompleteOutputException: TruncatedAnswerError,
    instructor.InstructorRetryException: _cause,
    instructor.TokenBudgetError: RejectedRequestError,
    instructor.TokenBudgetExceeded: RejectedRequestError,
    instructor.TokenUsageUnavailableError: RejectedRequestError,
    instructor.ResponseParsingError: NonsenseError,
    instructor.ValidationError: NonsenseError,
    instructor.AsyncValidationError: NonsenseError,
    instructor.ClientError: RejectedRequestError,
    instructor.ConfigurationError: RejectedRequestError,
    instructor.ModeError: RejectedRequestError,
    instructor.MultimodalError: RejectedRequestError,
    instructor.ProviderError: RejectedRequestError,
    instructor.InstructorError: NonsenseError,
    pydantic.ValidationError: NonsenseError,
    json.JSONDecodeError: NonsenseError,
    # The deadline of a call.
    TimeoutError: SlowError,
    # What instructor raises where a message has a refusal in place of an answer.
    AssertionError: WithheldAnswerError,
}
"""Every foreign error that may come out of a call; a subclass is found by its nearest base."""


class UnknownError(Exception):
    """Not in the table: a bug, which is not to be hidden behind an endpoint's failure."""


def _kind(error: BaseException) -> type[EndpointError]:
    if isinstance(error, EndpointError):
        return type(error)
    for base in type(error).__mro__:
        if (found := TABLE.get(base)) is not None:
            return found if isinstance(found, type) else found(error)
    raise UnknownError from error


def translate(error: Exception, host: str, secret: str | None = None) -> EndpointError:
    """Our error for a foreign one. Its message names the host, and never holds `secret`, which some servers echo.

    Raises:
        the error itself, or its cause, where it is in no table.
    """
    cause = error.__cause__ if isinstance(error, instructor.InstructorRetryException) else None
    source: Any = cause if isinstance(cause, Exception) else error
    if isinstance(source, EndpointError):
        return source
    try:
        kind = _kind(error)
    except UnknownError:
        raise source from None
    message = _message(kind, source, host)
    if secret:
        message = message.replace(secret, "***")
    found = kind(message, retry_after=retry_after(source))
    found.code, found.param = getattr(source, "code", None), getattr(source, "param", None)
    return found


def _message(kind: type[EndpointError], source: Any, host: str) -> str:
    status = getattr(source, "status_code", None)
    if status is None:
        return f"{host}: {(kind.__doc__ or '').splitlines()[0]}"
    body = source.body if isinstance(source.body, dict) else {}
    said = " ".join(str(body.get("message") or "").split())[:200]
    return f"{host} answered {status}" + (f": {said}" if said else "")


def retry_after(error: Any, now: datetime | None = None) -> float | None:
    """Seconds that the endpoint asks to wait (`Retry-After`, in seconds or as a date), or None."""
    headers = getattr(getattr(error, "response", None), "headers", {})
    stated = headers.get("retry-after")
    if stated is None:
        return None
    with suppress(ValueError):
        return max(0.0, float(stated))
    with suppress(ValueError, TypeError):
        return max(0.0, (parsedate_to_datetime(stated) - (now or datetime.now(UTC))).total_seconds())
    return None

"""Every error that a caller may meet.

    SummarizerError
    ├─ SettingsError               a setting is unknown, missing, or has a value it cannot have
    ├─ TextError                   bytes that are no text
    │  ├─ BinaryError              the file is not text at all: an image, an archive, a Word document
    │  └─ UndecodableError         the file looks like text, but no codec reads it
    ├─ NothingToShowError          `page`, `review`, `reconcile`: the folder holds no run, or a report that is none
    ├─ TableError                  a table of articles cannot be read, or has no column of this name
    ├─ LedgerError                 an output folder's ledger is damaged, of a newer version, in use, or not writable
    ├─ EngineError                 `--engine`, `--jobs`: not installed, not reachable, or of another version
    ├─ ExportError                 `export`: a format cannot hold what is there, or its package is not installed
    ├─ SkippedError                `summarize`: the input is not worth reading as a county report
    ├─ FailedError                 `summarize`: the input could not be read
    └─ EndpointError               the model's endpoint gave no usable answer
       ├─ AuthenticationError      401: no key, or a wrong one
       ├─ PermissionDeniedError    403: the key is right, but not allowed to do this
       ├─ ModelNotFoundError       404: no such model, or the base URL has no chat completions
       ├─ UnreachableError         no connection: wrong host or port, server down, no network
       ├─ QuotaError               429 or 402 that waiting does not mend: no credit left
       ├─ RateLimitedError         429: too many requests; `retry_after` says how long to wait, where the endpoint does
       ├─ ServerError              5xx, 408, or a response without an answer
       ├─ SlowError                a call took longer than the time limit
       ├─ PostponedError           `requests export`: the question is written to a file instead of being asked
       ├─ BudgetError              the run's own limit in money or tokens is reached
       ├─ RejectedRequestError     another 4xx: the endpoint does not take this request, sent again or not
       │  └─ ContextOverflowError  the request is longer than the model's context
       ├─ TruncatedAnswerError     the answer ran into `max_tokens`
       ├─ WithheldAnswerError      a content filter or the model itself refused to answer
       └─ NonsenseError            the model answered, but never in the form it was asked for

`retryable` says whether the same request, sent again later, may succeed; it alone decides whether a call is repeated.
`hint` says what to do. Errors of foreign packages are translated where they enter (`summarizer.llm`).
"""

from typing import ClassVar

from schemas.outcome import Failed, Skipped
from schemas.report import Usage


class SummarizerError(Exception):
    """Whatever this package raises on purpose."""

    hint: str = ""
    retryable: bool = False

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        if hint is not None:
            self.hint = hint


class SettingsError(SummarizerError):
    """A setting is unknown, missing, or has a value it cannot have."""

    hint = "settings come from options, SUMMARIZER_* in the environment, .env and summarizer.toml, in this order"


class TextError(SummarizerError):
    """Bytes that are no text."""


class BinaryError(TextError):
    """The file is not text at all."""

    hint = "save the article as .txt (UTF-8) or .html"


class UndecodableError(TextError):
    """The file looks like text, but no codec reads it."""

    hint = "open the file in an editor and save it as UTF-8"


class NothingToShowError(SummarizerError):
    """`page`, `review`, `reconcile`: the folder holds no run, or a report that is gone or cannot be read."""

    hint = "give the folder that `summarizer run --out` wrote: it holds outcomes.jsonl and reports/"


class TableError(SummarizerError):
    """A table of articles cannot be read, or has no column of this name."""


class LedgerError(SummarizerError):
    """An output folder's ledger is damaged, of a newer version, in use, or cannot be written."""

    hint = "check the space left, and that you may write there; what was read is kept, run again to go on"


class EngineError(SummarizerError):
    """Whoever was to read the articles cannot: not installed, not reachable, or not the same version everywhere."""


class ExportError(SummarizerError):
    """A format cannot hold what is to be exported, or its package is not installed."""


class SkippedError(SummarizerError):
    """The input is not worth reading as a county report; `outcome` says why."""

    def __init__(self, outcome: Skipped) -> None:
        super().__init__(f"skipped ({outcome.reason}): {outcome.text}")
        self.outcome = outcome


class FailedError(SummarizerError):
    """The input could not be read; `outcome` says why and what to do."""

    def __init__(self, outcome: Failed) -> None:
        super().__init__(outcome.message, hint=outcome.hint)
        self.retryable = outcome.retryable
        self.outcome = outcome


class EndpointError(SummarizerError):
    """The model's endpoint gave no usable answer.

    `refuses` marks kinds that make every further call pointless. `ends_run` is set where such an error, or a failed
    connection, met the first call of a run: nothing has been read yet, and a person should look. `usage` is what the
    failed call used.
    """

    refuses: ClassVar[bool] = False

    def __init__(self, message: str, *, hint: str | None = None, retry_after: float | None = None) -> None:
        super().__init__(message, hint=hint)
        self.retry_after = retry_after
        self.code: str | None = None
        self.param: str | None = None
        self.ends_run = False
        self.usage = Usage()


class AuthenticationError(EndpointError):
    """401: no key, or a wrong one."""

    refuses = True
    hint = "set SUMMARIZER_API_KEY (or OPENAI_API_KEY) to a key of this endpoint"


class PermissionDeniedError(EndpointError):
    """403: the key is right, but not allowed to do this."""

    refuses = True
    hint = "check that the account may use this model, from this place"


class ModelNotFoundError(EndpointError):
    """404: no such model, or the base URL has no chat completions."""

    refuses = True
    hint = "check the model's name, and that the base URL ends as the endpoint's manual says (often /v1)"


class UnreachableError(EndpointError):
    """No connection: wrong host or port, server down, no network."""

    retryable = True
    hint = "check the base URL, and that the server runs and can be reached from here"


class QuotaError(EndpointError):
    """No credit left; waiting does not mend it."""

    refuses = True
    hint = "add credit to the account, or use another endpoint"


class RateLimitedError(EndpointError):
    """429: too many requests."""

    retryable = True
    hint = "lower --concurrency, or try again later"


class ServerError(EndpointError):
    """5xx, 408, or a response without an answer."""

    retryable = True
    hint = "try again later; if it stays, look at the endpoint's status or log"


class SlowError(EndpointError):
    """A call took longer than the time limit."""

    retryable = True
    hint = "raise SUMMARIZER_TIMEOUT, or lower --section-chars so that a call has less to read"


class BudgetError(EndpointError):
    """The run's own limit in money or tokens is reached: no request is sent any more."""

    hint = "run again with a higher limit: answers that came are kept (unless --no-cache) and are not paid twice"


class PostponedError(EndpointError):
    """The question is written to a file for a batch endpoint instead of being asked."""

    hint = "send the file, and import what comes back: summarizer requests import"


class RejectedRequestError(EndpointError):
    """The endpoint does not take this request, sent again or not."""

    hint = "the endpoint may lack a feature: set SUMMARIZER_MODE to json_object or text"


class ContextOverflowError(RejectedRequestError):
    """The request is longer than the model's context."""

    hint = "lower --section-chars, or give the server a larger context"


class TruncatedAnswerError(EndpointError):
    """The answer ran into `max_tokens`: what is left of it is not an answer."""

    hint = "raise SUMMARIZER_MAX_TOKENS, or lower --section-chars"


class WithheldAnswerError(EndpointError):
    """A content filter, or the model itself, refused to answer."""

    hint = "this section is read by rules; another model may read it"


class NonsenseError(EndpointError):
    """The model answered, but never in the form it was asked for."""

    hint = "the model is too weak for the task, or the endpoint ignores the asked form: try another model"

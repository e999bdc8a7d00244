"""How an answer's form is asked for. Endpoints differ; what one takes is found out once and remembered.

| form | in the request | who takes it |
|---|---|---|
| json_schema | `response_format` with a named schema | OpenAI, vLLM, Ollama, llama.cpp |
| json_object_schema | `json_object` with a schema beside it | llama-cpp-python |
| json_object | `json_object` alone | DeepSeek, Qwen, GLM and most others |
| text | nothing: the prompt asks for JSON | all |
| tools | one forced function call | only where wanted: thinking models refuse it, Ollama ignores it |
"""

from collections.abc import Mapping
from typing import Any

from summarizer.errors import ContextOverflowError, EndpointError, RejectedRequestError, ServerError

LADDER = ("json_schema", "json_object_schema", "json_object", "text")
"""From the form that binds the model most to the one that all endpoints take."""

_STRIKES = 2
"""Server errors that count as a refusal of a form: llama-cpp-python answers 500 to one it does not know, others answer
500 now and then."""

_UNSUPPORTED = frozenset({"unsupported_parameter", "unsupported_value"})


class Forms:
    """What this endpoint takes: the form in use, and what was learnt on the way (`log`)."""

    def __init__(self, mode: str) -> None:
        self._ladder = LADDER if mode == "auto" else (mode,)
        self._step = 0
        self._strikes = 0
        self._changes: dict[str, str | None] = {}
        self.settled = False
        self.log: list[str] = []

    @property
    def form(self) -> str:
        """The form to ask in now."""
        return self._ladder[self._step]

    def settle(self) -> None:
        """An answer came: the form stays."""
        self.settled = True

    def restart(self) -> None:
        """A call failed for good before any form was settled: the next one starts from the top."""
        if not self.settled:
            self._step = self._strikes = 0

    def adapt(self, error: EndpointError) -> bool:
        """Learn from a refused request; true where it is worth sending again, changed."""
        if error.code in _UNSUPPORTED and error.param in {"temperature", "max_tokens"} - self._changes.keys():
            # Reasoning models of OpenAI take neither; the second has a new name.
            self._changes[str(error.param)] = "max_completion_tokens" if error.param == "max_tokens" else None
            self.log.append(f"{error.param} is not taken")
            return True
        if self.settled or self._step + 1 == len(self._ladder) or not self._is_about_the_form(error):
            return False
        self.log.append(f"{self.form} is not taken ({type(error).__name__})")
        self._step += 1
        self._strikes = 0
        return True

    def _is_about_the_form(self, error: EndpointError) -> bool:
        if isinstance(error, ServerError):
            self._strikes += 1
            return self._strikes == _STRIKES
        return isinstance(error, RejectedRequestError) and not isinstance(error, ContextOverflowError)

    def request(self, form: str, kwargs: Mapping[str, Any]) -> dict[str, Any]:
        """The request that instructor prepared, in the form and with the parameters this endpoint takes."""
        changed = dict(kwargs)
        for name, new in self._changes.items():
            if name in changed:
                value = changed.pop(name)
                if new:
                    changed[new] = value
        wanted = changed.get("response_format")
        if form == "json_object_schema" and wanted:
            changed["response_format"] = {"type": "json_object", "schema": wanted["json_schema"]["schema"]}
        elif form == "json_object":
            changed["response_format"] = {"type": "json_object"}
        elif form == "text":
            changed.pop("response_format", None)
        return changed

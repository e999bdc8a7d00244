"""From the text of a reply to an answer: what wraps the JSON is taken off, and the question reaches the validators.

instructor's own `context=` is not used: it also makes instructor render every message as a Jinja template, so that an
article that holds `{{` would be executed, or end the call.
"""

import re
from contextvars import ContextVar
from copy import deepcopy
from functools import cache
from typing import Any, TypeVar, cast

from instructor import OpenAISchema
from openai.types.chat import ChatCompletion
from pydantic import BaseModel

Answer = TypeVar("Answer", bound=BaseModel)

question: ContextVar[object] = ContextVar("question", default=None)
"""What the answer being awaited in this task is validated against: its pydantic validation context."""

_FENCED = re.compile(r"```(?:json)?\s*(.*?)```", re.DOTALL | re.IGNORECASE)


def bare_json(text: str) -> str:
    """The JSON object of a reply: without thoughts in `<think>`, code fences, and words before or after it.

    The last fenced block counts: an earlier one may quote the article. What holds no object is returned as it is, for
    the parser to complain about.
    """
    text = text.rpartition("</think>")[2].strip()
    if fenced := _FENCED.findall(text):
        text = fenced[-1].strip()
    start, end = text.find("{"), text.rfind("}")
    return text[start : end + 1] if 0 <= start < end else text


def mend(response: ChatCompletion) -> None:
    """Replace lone surrogates, which JSON can spell: they could neither be sent back nor written to a file."""
    for message in (choice.message for choice in response.choices or ()):
        message.content = message.content and _whole(message.content)
        for call in message.tool_calls or ():
            if call.type == "function":
                call.function.arguments = _whole(call.function.arguments)


def _whole(text: str) -> str:
    return text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")


@cache
def reply_type(answer: type[Answer]) -> type[Answer]:
    """`answer`, parsed from a reply's text against the question in `question`.

    instructor would make such a class, and its JSON schema, anew for every call: a third of a call's processor time.
    """
    schema = answer.model_json_schema()

    def model_validate_json(cls: type[BaseModel], /, text: str | bytes, **options: Any) -> BaseModel:
        text = text.decode() if isinstance(text, bytes) else text
        inherited = cast("Any", BaseModel.model_validate_json).__func__
        return cast("BaseModel", inherited(cls, bare_json(text), **{**options, "context": question.get()}))

    def model_json_schema(_cls: type[BaseModel], *_options: Any, **_named: Any) -> dict[str, Any]:
        return deepcopy(schema)

    # The name is kept: it names the schema in the request.
    members = {
        "__module__": answer.__module__,
        "__doc__": answer.__doc__,
        "model_validate_json": classmethod(model_validate_json),
        "model_json_schema": classmethod(model_json_schema),
    }
    metaclass: Any = type(answer)
    return cast("type[Answer]", metaclass(answer.__name__, (answer, OpenAISchema), members))

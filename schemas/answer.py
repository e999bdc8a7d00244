"""What a model answers: compact rows for marked numbers, short texts that name figures by reference.

With a question as validation context, an answer is sifted by it: what is right is kept, over several tries, and one
error says what to change. Without a context only the shape is checked.
"""

from typing import Annotated, Any, NamedTuple, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError

from schemas.question import Question
from schemas.vocabulary import Indicator, MilestoneEvent, SetAsideReason, Status, Topic


class NumberRow(NamedTuple):
    """One number. No period is empty, the subject as place too; `=` leaves one of the last three to the guess."""

    id: int
    indicator: Indicator
    status: Status
    period: str
    place: str
    label: str


class _OrAsGuessed:
    """Asks for a row, or for its id alone where the guess that was shown is right; the question writes that out."""

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        alone = {"type": "array", "prefixItems": [{"type": "integer"}], "minItems": 1, "maxItems": 1}
        return {"anyOf": [alone, handler(core)]}


class AsideRow(NamedTuple):
    """A marked number that is no fact."""

    id: int
    reason: SetAsideReason


class TopicRow(NamedTuple):
    """A number with another topic than its section."""

    id: int
    topic: Topic


class _Shape(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)


class MeasureAnswer(_Shape):
    """What was done under one topic. Where no words are quoted, those that the summary is about are."""

    topic: Topic
    title: str
    summary: str
    status: Status
    ids: tuple[int, ...] = ()
    quote: str = ""


class MilestoneAnswer(_Shape):
    """A dated event."""

    date: str
    event: MilestoneEvent
    place: str = ""
    quote: str


class CaseAnswer(_Shape):
    """A named example."""

    person: str
    place: str = ""
    summary: str
    ids: tuple[int, ...] = ()
    quote: str = ""


class _Sifted(_Shape):
    """An answer that a question sifts, where it is validated with one."""

    @model_validator(mode="wrap")
    @classmethod
    def _sift(cls, data: Any, handler: ValidatorFunctionWrapHandler, info: ValidationInfo) -> Self:
        question = info.context
        if not isinstance(question, Question):
            return handler(data)  # type: ignore[no-any-return]
        if problems := question.take(data):
            raise PydanticCustomError("answer", "{problems}", {"problems": "\n".join(problems)})
        return handler(question.kept())  # type: ignore[no-any-return]


class SectionAnswer(_Sifted):
    """Answer for one section."""

    n: list[Annotated[NumberRow, _OrAsGuessed]] = Field(description="id, indicator, status, period, place, label")
    x: list[AsideRow] = Field(default=[], description="id, reason")
    k: list[TopicRow] = Field(default=[], description="id, topic")
    m: list[MeasureAnswer] = []
    d: list[MilestoneAnswer] = []
    c: list[CaseAnswer] = []


class SentencesAnswer(_Shape):
    """Sentences in the place of those that were shown."""

    headline: str
    summary: str


class OverviewAnswer(_Sifted):
    """Answer for the whole article; nothing is `new` where the sentences that were shown are good."""

    new: SentencesAnswer | None
    designations: list[str] = []
    partners: list[str] = []

"""Prompts: variables are declared, what never changes stands first, and the worked examples are right answers."""

import json
import re
from importlib.resources import files

import pytest

import prompts
from prompts import PromptError
from schemas.answer import OverviewAnswer, SectionAnswer
from schemas.question import Asked, OverviewQuestion, SectionQuestion
from schemas.vocabulary import Code, Indicator, MilestoneEvent, SetAsideReason, Status, Topic
from schemas.wording import known_periods
from summarizer.readers.asking import overview_system, prompt_fingerprint, section_system

NAMES = sorted(f.name.removesuffix(".md") for f in files("prompts").iterdir() if f.name.endswith(".md"))


def test_the_prompts_are_these() -> None:
    """Every prompt file is known here, so that the tests below reach all of them."""
    assert NAMES == ["overview", "section"]


@pytest.mark.parametrize("name", NAMES)
def test_a_prompt_declares_its_variables(name: str) -> None:
    """Each part renders with what it declares, and leaves no variable behind."""
    prompt = prompts.load(name)
    for part in (prompt.system, prompt.user):
        rendered = part.render(**dict.fromkeys(part.variables, "值"))
        assert "$" not in rendered


@pytest.mark.parametrize("given", [{}, {"subject": "x", "colour": "red"}], ids=["missing", "unknown"])
@pytest.mark.parametrize("name", NAMES)
def test_a_wrong_variable_fails_before_any_call(name: str, given: dict[str, str]) -> None:
    """A missing or unknown variable is an error that names it."""
    with pytest.raises(PromptError, match="colour" if given else "missing"):
        prompts.load(name).user.render(**given)


def test_a_value_is_never_read_for_variables() -> None:
    """An article may hold what looks like a variable."""
    part = prompts.load("section").user
    rendered = part.render(**dict.fromkeys(part.variables, "$ids ${text} $$"))
    assert rendered.count("$ids ${text} $$") == len(part.variables)


@pytest.mark.parametrize("codes", [Indicator, Status, Topic, SetAsideReason, MilestoneEvent], ids=lambda c: c.__name__)
def test_the_section_prompt_lists_every_code(codes: type[Code]) -> None:
    """A model can only answer with codes that it is shown."""
    words = set(re.findall(r"[a-z_]+", section_system()))
    assert [code.value for code in codes if code.value not in words] == []


def _example(system: str) -> dict[str, object]:
    found: dict[str, object] = json.loads(re.findall(r"^\{.*\}$", system, re.MULTILINE)[-1])
    return found


def test_the_sections_example_is_a_right_answer() -> None:
    """The worked example passes the validators at the first try, with nothing dropped; most guesses are right."""
    system = section_system()
    shown = re.findall(r"<正文>\n(.*?)\n</正文>", system, re.DOTALL)[-1]
    marks = re.findall(r"⟦(\d+):(.*?)⟧", shown)
    text = re.sub(r"⟦\d+:|⟧", "", shown)
    guesses = [json.loads(line) for line in re.findall(r"^\[.*\]$", system, re.MULTILINE)]
    question = SectionQuestion(
        text=text,
        words=re.sub(r"⟦.*?⟧", "\n", shown),
        asked={
            int(id): Asked(mention, frozenset(Indicator), frozenset(SetAsideReason), text.find(mention))
            for id, mention in marks
        },
        periods=known_periods(["2018", "2019"]),
        guesses={row[0]: tuple(row[1:]) for row in guesses},
    )
    answer = SectionAnswer.model_validate(_example(system), context=question)
    assert [row.id for row in answer.n] == [int(id) for id, _ in marks]
    assert len([row for row in answer.n if (row[1:]) not in [tuple(guess[1:]) for guess in guesses]]) == 1
    assert answer.m == []
    assert question.dropped == []


def test_the_overviews_example_is_a_right_answer() -> None:
    """The worked example finds the rules' sentences good: a small model copies it, and says nothing false then."""
    question = OverviewQuestion(text="", words="", mentions={}, headline_chars=40, summary_chars=240)
    answer = OverviewAnswer.model_validate(_example(overview_system()), context=question)
    assert (question.headline, question.summary, question.dropped) == ("", "", [])
    assert answer.designations == []


def test_a_fingerprint_changes_with_a_word() -> None:
    """Each text has its own fingerprint, and order matters."""
    assert prompts.fingerprint("a", "b") != prompts.fingerprint("b", "a") != prompts.fingerprint("ab")
    assert prompts.load("section").fingerprint != prompts.load("overview").fingerprint
    assert re.fullmatch(r"[0-9a-f]{12}", prompt_fingerprint())

"""Words for models, and nothing else: `NAME.md` holds one prompt, in a part that never changes and a part per call.

A file opens with the variables of each part, so that an unknown or missing one fails before any call:

    system: indicators statuses
    user: subject text
    ---
    words with $indicators and $statuses, the same in every call (providers cache what calls begin with)
    --- user ---
    words with $subject and $text

A value is put in as it is and never read for variables: an article may hold `$text`.
"""

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from string import Template

_BETWEEN = "\n--- user ---\n"
_HEAD = "\n---\n"


class PromptError(ValueError):
    """A prompt's declared variables are not those in its text, or not those it is given."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a prompt, and the variables it declares."""

    name: str
    text: str
    variables: frozenset[str]

    def render(self, **values: str) -> str:
        """The words with the values put in.

        Raises:
            PromptError: a variable is unknown or missing.
        """
        _same(self.name, "given", self.variables, frozenset(values))
        return Template(self.text).substitute(values)


@dataclass(frozen=True, slots=True)
class Prompt:
    """A system part that is the same in every call, and a user part."""

    name: str
    system: Part
    user: Part
    fingerprint: str


@cache
def load(name: str) -> Prompt:
    """The prompt of that name.

    Raises:
        PromptError: its text uses other variables than it declares.
    """
    return parse(name, files(__package__).joinpath(f"{name}.md").read_text("utf-8"))


def parse(name: str, source: str) -> Prompt:
    """A prompt from the words of its file.

    Raises:
        PromptError: its text uses other variables than it declares.
    """
    head, _, body = source.partition(_HEAD)
    system, between, user = body.partition(_BETWEEN)
    if not between:
        raise PromptError(f"{name}: no user part")
    declared = dict(line.split(":", 1) for line in head.splitlines())
    parts = {
        part: _part(f"{name} ({part})", text.strip(), declared.get(part, ""))
        for part, text in (("system", system), ("user", user))
    }
    return Prompt(name, parts["system"], parts["user"], fingerprint(source))


def fingerprint(*texts: str) -> str:
    """A short hash that changes with any of the texts."""
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:12]


def _part(name: str, text: str, declared: str) -> Part:
    variables = frozenset(declared.split())
    _same(name, "in its text", variables, frozenset(Template(text).get_identifiers()))
    return Part(name, text, variables)


def _same(name: str, where: str, declared: frozenset[str], found: frozenset[str]) -> None:
    if declared != found:
        unknown, missing = sorted(found - declared), sorted(declared - found)
        raise PromptError(f"prompt {name}: {where}: unknown {unknown}, missing {missing}")

"""From data to HTML: a Jinja template, its scripts and styles inlined and allowed by their hashes alone."""

import base64
import hashlib
import json
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from schemas.vocabulary import Topic

SCRIPTS = (
    *("dom", "words", "spans", "state", "marks", "text", "charts"),
    *("facts", "report", "folder", "gold", "forms", "review", "keys", "main"),
)
"""The page's scripts in the order in which they build on each other; together they are one closed function."""

_ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def as_json(data: Any) -> str:
    r"""JSON that may stand inside `<script>`: `<` can neither end the element nor open a comment in it.

    Lone surrogates (a file name that is no text) stay as `\udcff`: they cannot be written as UTF-8.
    """
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for character, escape in _ESCAPES.items():
        text = text.replace(character, escape)
    return "".join(f"\\u{ord(c):04x}" if "\ud800" <= c <= "\udfff" else c for c in text) if _lone(text) else text


def _lone(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


def write(path: Path, index: dict[str, Any], articles: Sequence[tuple[int, str]]) -> None:
    """Write one page. It appears whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    with part.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(stream(index, articles))
    part.replace(path)


def stream(index: dict[str, Any], articles: Sequence[tuple[int, str]]) -> Iterable[str]:
    """The HTML in pieces; `articles` are pairs of a number and `as_json` of its payload."""
    script, style = _script(), _style()
    return _template().generate(
        policy=policy(script, style),
        script=Markup(script),
        style=Markup(style),
        index=Markup(as_json(index)),
        articles=((n, Markup(data)) for n, data in articles),
        title=index["about"]["folder"],
    )


def policy(script: str, style: str) -> str:
    """A Content-Security-Policy that lets these two run and nothing else, and nothing out."""
    return (
        f"default-src 'none'; script-src '{_digest(script)}'; style-src '{_digest(style)}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("summarizer.page"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    return environment.get_template("page.html")


@cache
def _script() -> str:
    parts = "\n".join(_static(f"{name}.js") for name in SCRIPTS)
    return f'"use strict";\n(() => {{\n{parts}}})();\n'


@cache
def _style() -> str:
    # Hues from yellow-green to magenta: red and orange mean damage. Neighbours in the list of topics get hues far
    # apart: 7 and the number of topics have no common factor.
    topics = list(Topic)
    hues = (
        f'[data-topic="{t.value}"]{{--hue:{80 + i * 7 % len(topics) * 250 // len(topics)}}}'
        for i, t in enumerate(topics)
    )
    return _static("page.css") + "\n".join(hues) + "\n"


def _static(name: str) -> str:
    return (files("summarizer.page") / "static" / name).read_text("utf-8")

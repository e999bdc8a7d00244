"""Fills pages from the code when they are built, so that the two cannot differ.

A line `<!-- fields: NAME -->` becomes the table of a model's fields, `<!-- codes: NAME -->` that of a code list, and
`<!-- settings -->` that of all settings.
"""

import re
import sys
from pathlib import Path
from typing import Annotated, Any, Literal, get_args, get_origin

sys.path.insert(0, str(Path(__file__).parent.parent))

from pydantic.fields import FieldInfo

from schemas import outcome, report, vocabulary
from summarizer.settings import SECRET, Settings

_PLAIN = {"str": "string", "int": "integer", "bool": "true or false", "NoneType": "null", "Decimal": "number"}

_ROW = re.compile(r"^<!-- (fields|codes): (\w+) -->$", re.MULTILINE)


def on_page_markdown(markdown: str, **_: Any) -> str:
    """What mkdocs calls for each page."""
    markdown = markdown.replace("<!-- settings -->", settings())
    return _ROW.sub(lambda m: fields(m[2]) if m[1] == "fields" else codes(m[2]), markdown)


def settings() -> str:
    """All settings with their defaults, by the names that `summarizer.toml` gives them."""
    rows = [
        f"| `{name}` | {'' if info.default_factory or info.default is None else info.default} | {info.description} |"
        for name, info in Settings.model_fields.items()
        if name not in SECRET
    ]
    return "\n".join(["| setting | default | meaning |", "|---|---|---|", *rows])


def fields(name: str) -> str:
    """A model's docstring, and a table of its fields."""
    model = getattr(report, name, None) or getattr(outcome, name)
    rows = [
        f"| `{info.alias or key}` | {_type(info)} | {info.description or ''} |"
        for key, info in model.model_fields.items()
    ]
    return "\n".join([model.__doc__.strip(), "", "| field | type | meaning |", "|---|---|---|", *rows])


def codes(name: str) -> str:
    """A code list with its Chinese names and the meanings that a model is shown."""
    members = getattr(vocabulary, name)
    rows = [f"| `{code.value}` | {code.zh} | {code.meaning} |" for code in members]
    return "\n".join(["| code | 名称 | 说明 |", "|---|---|---|", *rows])


def _type(info: FieldInfo) -> str:
    text = _name(info.annotation)
    return text.replace("|", "\\|")


def _name(annotation: Any) -> str:
    """A type as a reader of the JSON sees it."""
    if get_origin(annotation) is Annotated:
        return _name(get_args(annotation)[0])
    if get_origin(annotation) is Literal:
        return " or ".join(f"`{one}`" for one in get_args(annotation))
    inner = [_name(one) for one in get_args(annotation) if one is not Ellipsis]
    if get_origin(annotation) is tuple:
        return "[start, end]" if len(inner) == 2 else f"list of {inner[0]}"
    if get_origin(annotation) is dict:
        return f"{inner[0]} → {inner[1]}"
    return " or ".join(inner) if inner else _PLAIN.get(annotation.__name__, annotation.__name__)

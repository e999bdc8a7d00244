"""Characters of a text for others, one for one, so that positions stay."""

from collections.abc import Mapping


def exchanged(text: str, characters: Mapping[str, str]) -> str:
    """The text with other characters for some; what one of them becomes is none of those still to come."""
    # Not `str.translate`: each replacement is one quick search, a table is asked for every character.
    for old, new in characters.items():
        text = text.replace(old, new)
    return text

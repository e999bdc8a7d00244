"""Bytes to text: which codec, and what could not be read.

A declared charset is a hint, not a proof; every codec that can read the file is judged by the whole file. A file that
breaks a codec in a few places (cut off, one bad byte) is still read by it, with U+FFFD where the bytes were bad.
"""

import codecs
import re
from dataclasses import dataclass

from summarizer.errors import BinaryError, UndecodableError
from summarizer.text.traced import LOST

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_MAGIC = {
    b"%PDF": "PDF",
    b"PK\x03\x04": "ZIP (docx, xlsx)",
    b"\xd0\xcf\x11\xe0": "Office 97",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"\x1f\x8b": "gzip",
    b"\x7fELF": "ELF",
    b"Rar!": "RAR",
    b"7z\xbc\xaf": "7z",
}
_SAVE_AS = "save the article as .txt or .html"
_DOUBLE_BYTE = {"gb18030": ("gbk", "gb2312", "gb18030"), "big5hkscs": ("big5", "big5-hkscs")}
_CONTROL_SHARE = 0.01
_HEAD = 4096
"""Bytes at the start of a file that show NULs, or a declared charset."""
_NUL_SHARE = 0.1
"""Share of NULs that makes valid UTF-8 a UTF-16 file; a stray one does not."""

_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w-]{3,20})""", re.IGNORECASE)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_HAN = re.compile("[\u3400-\u9fff]")
_RARE = re.compile("[\ue000-\uf8ff\u0080-\u009f\u0400-\u052f\u3040-\u30ff\uff61-\uff9f\u0e00-\u0eff\uac00-\ud7af]")
_COMMON = re.compile(
    "[的一是在不了有和人这中大为上个国地到说时要以会出可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学如都同现当"
    "没动面起看定天分还进好小部其些主样理心她本前开但因只从想实個國說時會這為對發後過裏經樣當動現學開實進還麼來們種著萬縣鄉鎮戶貧業產資"
    "幹區乡镇村户贫业产资县区，。、月日]"
)
"""The most usual characters, in both scripts, with those of the genre."""

_TOLERATED = 0.002
"""Share of the text that may be bad bytes before a codec is not the file's."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text; `text` holds U+FFFD for each of the `n_lost` places whose bytes the codec could not read."""

    text: str
    encoding: str
    n_lost: int = 0


def decode(data: bytes) -> Decoded:
    """The text of a file: newlines as they are, a BOM not part of it.

    Raises BinaryError for a file that is no text at all, UndecodableError where no codec gives Chinese or plain text.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            text = data[len(bom) :].decode(encoding, "replace")
            return Decoded(text, encoding, text.count(LOST))
    _refuse_binary(data)
    found = _readings(data)
    if not found:
        raise UndecodableError(
            "no codec reads this file as text", hint="save it as UTF-8 text, or check that it is an article"
        )
    decoded = max(found, key=lambda reading: reading[0])[1]
    if len(_CONTROL.findall(decoded.text)) > _CONTROL_SHARE * len(decoded.text) + 2:
        raise BinaryError("this file is full of control characters", hint=_SAVE_AS)
    return decoded


def _refuse_binary(data: bytes) -> None:
    for magic, name in _MAGIC.items():
        if data.startswith(magic):
            raise BinaryError(f"this is a {name} file, not text", hint=_SAVE_AS)


def _readings(data: bytes) -> list[tuple[float, Decoded]]:
    """Every codec that reads the file, each with how much like an article the text looks."""
    found = _strict(data, "utf-8")
    if data.count(b"\x00", 0, _HEAD) > (_NUL_SHARE * min(len(data), _HEAD) if found else 0):
        # Latin letters in UTF-16 are valid UTF-8 too, every other byte a NUL.
        found = [reading for e in ("utf-16-le", "utf-16-be") for reading in _tolerant(data, e)] or found
    if found:
        return found
    declared = _DECLARED.search(data[:_HEAD])
    named = declared.group(1).decode("ascii").lower() if declared else ""
    for encoding, aliases in _DOUBLE_BYTE.items():
        found += [(likeness + 0.05 * (named in aliases), d) for likeness, d in _tolerant(data, encoding)]
    found = found or [reading for e in ("utf-8", "utf-16-le", "utf-16-be") for reading in _tolerant(data, e)]
    return [reading for reading in found if reading[0] > 0] or _western(data)


def _strict(data: bytes, encoding: str) -> list[tuple[float, Decoded]]:
    try:
        return [(1.0, Decoded(data.decode(encoding), encoding))]
    except UnicodeDecodeError:
        return []


def _tolerant(data: bytes, encoding: str) -> list[tuple[float, Decoded]]:
    """The text in this encoding, unless more than a few places break it."""
    text = data.decode(encoding, "replace")
    n_lost = text.count(LOST)
    if n_lost > max(1, _TOLERATED * len(text)):
        return []
    return [(_likeness(text), Decoded(text, encoding, n_lost))]


def _western(data: bytes) -> list[tuple[float, Decoded]]:
    """Text of a Latin alphabet, which is not Chinese but is text."""
    letters = sum(byte < 0x80 for byte in data)
    return _strict(data, "cp1252") if letters > 0.8 * len(data) else []


def _likeness(text: str) -> float:
    """How much a text looks like Chinese: the share of its most usual characters, less what such text never holds."""
    han = len(_HAN.findall(text)) or 1
    return (len(_COMMON.findall(text)) - 2 * len(_RARE.findall(text)) - 5 * len(_CONTROL.findall(text))) / han

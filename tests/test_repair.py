"""Repair gives back what the bytes still hold, names what they do not, and leaves alone what is whole."""

import json
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from evals.bench_repair import Score, paragraphs, sample_lines, score
from summarizer import words
from summarizer.errors import BinaryError, SummarizerError, UndecodableError
from summarizer.text import LOST, Article, decode, repair
from tests.conftest import ENDLESS, processor_seconds

CASES = Path(__file__).parent / "cases" / "repair"


def _cases(name: str) -> list[Any]:
    """The cases of a file, each under its name."""
    return [pytest.param(case, id=case["name"]) for case in _read(name)]


def _read(name: str) -> list[dict[str, Any]]:
    cases: list[dict[str, Any]] = json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))
    return cases


def _known_failures() -> list[Any]:
    """The known failures, each expected to fail for its reason."""
    return [
        pytest.param(case, id=case["name"], marks=pytest.mark.xfail(reason=case["why"], strict=True))
        for case in _read("known_failures")
    ]


@pytest.mark.parametrize("case", [*_cases("wild"), *_cases("synthetic"), *_cases("negative"), *_known_failures()])
def test_repair_gives_the_text_and_names_the_damage(case: dict[str, Any]) -> None:
    """The clean text, the damage entries and the count of annotations are the case's, and nothing else is."""
    article = repair(case["raw"])
    assert article.clean.text.replace(LOST, "?") == case["clean"]
    damage = [{"kind": d.kind.value, "lost": d.lost.value, "restored": d.restored} for d in article.damage]
    assert damage == case.get("damage", [])
    assert article.n_annotations == case.get("n_annotations", 0)


def test_cases_have_names_of_their_own() -> None:
    """A case is known by its name, whichever file it is in."""
    names = [case["name"] for file in ("wild", "synthetic", "negative", "known_failures") for case in _read(file)]
    assert [name for name, n in Counter(names).items() if n > 1] == []


# --- laws -----------------------------------------------------------------------------------------------------------

PIECES = st.sampled_from(
    [
        *"萬縣實脱贫增收的。，、；！“”？?!,;:()（）【】<>&/ \n丝蝿盏笆濉",
        *"\t\u3000\u200b\ufeff\ufffd\ue1d5\uf0b7⻄①㎡９．％",
        *[
            "(wàn)",
            "(wan)",
            "【xiàn】",
            "?cè)",
            "?(",
            "?；ブY",
            "</p>",
            "<br>",
            "/p>",
            "&nbsp;",
            "&#20013;",
            "9.4",
            "2 万",
            "１２．６",
        ],
        *[
            "第 1 页 共 4 页",
            "记者 王二",
            "責任編輯:",
            "<html><body>",
            "<!--",
            "è\x84±è´«æ\x9d\x91æ\x9c\x89",
            "鍏ㄥ幙鐨勮传鍥颁汉",
        ],
    ]
)
TEXTS = st.text(max_size=80) | st.lists(PIECES, max_size=14).map("".join)


def _assert_spans_open_the_raw_text(article: Article) -> None:
    """Every range of a clean character, every damage and every furniture lies inside its text, in order."""
    clean, n_raw = article.clean, len(article.raw)
    assert len(clean.text) == len(clean.starts) == len(clean.ends)
    assert all(0 <= start < end <= n_raw for start, end in zip(clean.starts, clean.ends, strict=True))
    assert all(a <= b for a, b in pairwise(clean.starts))
    assert all(a <= b for a, b in pairwise(clean.ends))
    assert all(0 <= d.span[0] < d.span[1] <= n_raw for d in article.damage)
    assert all(a.span[1] <= b.span[0] for a, b in pairwise(article.damage))
    assert all(0 <= f.start < f.end <= len(clean.text) for f in article.furniture)
    assert all(a.end <= b.start for a, b in pairwise(article.furniture))


@settings(max_examples=150)
@given(TEXTS)
@example("?(" * 200)
@example("總?cè)丝?.4萬(wàn)人")
def test_any_text_is_repaired_and_its_spans_are_valid(text: str) -> None:
    """Text is never refused, and every span of the result opens the text it is a span of."""
    article = repair(text)
    assert article.raw == text
    _assert_spans_open_the_raw_text(article)


@settings(max_examples=150)
@given(
    st.binary(max_size=200)
    | TEXTS.map(lambda text: text.encode("utf-8", "ignore"))
    | TEXTS.map(lambda text: text.encode("gb18030", "ignore"))
)
def test_bytes_are_repaired_or_refused_by_an_error_of_the_package(data: bytes) -> None:
    """Bytes raise nothing but the package's own errors; those that are read have valid spans."""
    try:
        article = repair(data)
    except SummarizerError:
        return
    _assert_spans_open_the_raw_text(article)


@settings(max_examples=150)
@given(TEXTS)
def test_repairing_twice_is_repairing_once(text: str) -> None:
    """A repaired text has nothing left to repair."""
    once = repair(text).clean.text
    assert repair(once).clean.text == once


@pytest.mark.parametrize("case", [*_cases("wild"), *_cases("synthetic"), *_cases("negative")])
def test_a_repaired_case_stays_as_it_is(case: dict[str, Any]) -> None:
    """What one repair made of a case, the next one leaves."""
    once = repair(case["raw"]).clean.text
    assert repair(once).clean.text == once


# --- decoding -------------------------------------------------------------------------------------------------------

SIMPLIFIED = "去年全县有三个村退出，村民的收入和产业都在增长。\n今年还要修路十公里，发展茶园两千亩。\n"
TRADITIONAL = "去年全縣有三個村退出，村民的收入和產業都在增長。\n今年還要修路十公里，發展茶園兩千畝。\n"

ENCODED = {
    "UTF-8": (SIMPLIFIED, SIMPLIFIED.encode(), "utf-8"),
    "UTF-8 with a BOM": (SIMPLIFIED, b"\xef\xbb\xbf" + SIMPLIFIED.encode(), "utf-8"),
    "UTF-16 with a BOM, little end first": (SIMPLIFIED, b"\xff\xfe" + SIMPLIFIED.encode("utf-16-le"), "utf-16-le"),
    "UTF-16 with a BOM, big end first": (SIMPLIFIED, b"\xfe\xff" + SIMPLIFIED.encode("utf-16-be"), "utf-16-be"),
    "GB18030": (SIMPLIFIED, SIMPLIFIED.encode("gb18030"), "gb18030"),
    "GB18030 of Traditional text": (TRADITIONAL, TRADITIONAL.encode("gb18030"), "gb18030"),
    "Big5": (TRADITIONAL, TRADITIONAL.encode("big5"), "big5hkscs"),
    "Windows line ends": (SIMPLIFIED.replace("\n", "\r\n"), SIMPLIFIED.replace("\n", "\r\n").encode(), "utf-8"),
    "nothing": ("", b"", "utf-8"),
}


@pytest.mark.parametrize(("text", "data", "encoding"), ENCODED.values(), ids=ENCODED)
def test_an_encoding_is_recognised(text: str, data: bytes, encoding: str) -> None:
    """The text comes back whole, without its BOM and with its line ends, and the codec is named."""
    decoded = decode(data)
    assert (decoded.text, decoded.encoding, decoded.n_lost) == (text, encoding, 0)
    assert repair(data).encoding == encoding


def test_a_declared_charset_is_no_proof() -> None:
    """A page that says GB2312 and is UTF-8 is read as UTF-8."""
    assert decode(f'<meta charset="gb2312"><p>{SIMPLIFIED}</p>'.encode()).encoding == "utf-8"


def test_one_bad_byte_costs_one_character() -> None:
    """A long GB18030 file with a bad byte is read, and the bad place is damage."""
    data = SIMPLIFIED.encode("gb18030") * 12
    article = repair(data[:48] + b"\xff" + data[48:])
    assert article.encoding == "gb18030"
    assert LOST in article.clean.text
    assert any(entry.kind.value == "mis_decoded" for entry in article.damage)
    assert article.clean.text.count("茶园两千亩") == 12


def test_a_nul_does_not_make_a_file_utf_16() -> None:
    """A UTF-8 file with one NUL byte is UTF-8."""
    assert decode(SIMPLIFIED.encode() + b"\x00" + SIMPLIFIED.encode()).encoding == "utf-8"


BINARY = {
    "a PDF": b"%PDF-1.7\n",
    "a Word document": b"PK\x03\x04" + bytes(60),
    "a picture": b"\x89PNG\r\n\x1a\n",
    "control characters": bytes(range(1, 9)) * 40,
}


@pytest.mark.parametrize("data", BINARY.values(), ids=BINARY)
def test_a_file_that_is_no_text_is_refused(data: bytes) -> None:
    """What is not text raises BinaryError, with something to do about it."""
    with pytest.raises(BinaryError) as error:
        repair(data)
    assert error.value.hint


def test_bytes_that_no_codec_reads_are_refused() -> None:
    """Bytes that are broken in every codec raise UndecodableError."""
    with pytest.raises(UndecodableError):
        repair(b"\xff\xfa\x81\x20" * 50)


# --- real and spoilt articles -----------------------------------------------------------------------------------------


def test_labelled_damage_is_named_as_labelled(shared: Path) -> None:
    """Every damage label of a real article is met by entries that restore the same and lost the same.

    An entry may reach further than its label, to the whole words it touches; it never restores less.
    """
    wrong = []
    for labels in sorted((shared / "gold").glob("*.json")):
        gold = json.loads(labels.read_text(encoding="utf-8"))
        article = repair((shared / "articles" / f"{labels.stem}.txt").read_bytes())
        for label in gold["damage"]:
            start, end = label["span"]
            met = [d for d in article.damage if d.span[0] < end and start < d.span[1]]
            clean = article.clean.text[slice(*article.clean.to_clean(start, end))].replace(LOST, "?")
            if clean != label["restored"] or [d.lost.value for d in met] != [label["lost"]]:
                wrong.append((labels.stem, label, clean, [d.lost.value for d in met]))
    assert wrong == []


N_SPOILT = 100
"""Paragraphs of the samples that are spoilt; `evals.bench_repair` takes thousands."""


@pytest.fixture(scope="module")
def spoilt_samples() -> Score:
    """What comes back of spoilt paragraphs of the samples."""
    return sum((score(spoilt) for spoilt in paragraphs(sample_lines(), N_SPOILT)), Score())


def test_spoilt_paragraphs_come_back(spoilt_samples: Score) -> None:
    """Of the characters whose bytes survive at least 99.5 % come back."""
    assert spoilt_samples.paragraphs == N_SPOILT
    assert spoilt_samples.back >= 0.995 * spoilt_samples.surviving


def test_no_digit_is_invented(spoilt_samples: Score) -> None:
    """Digits were lost, and repair puts none in their place."""
    assert spoilt_samples.lost_digits > 0
    assert spoilt_samples.invented == 0


def test_every_lost_digit_is_damage(spoilt_samples: Score) -> None:
    """A number that lost a digit is touched by damage that says so."""
    assert spoilt_samples.damaged == spoilt_samples.lost_digits


@pytest.mark.parametrize("unit", ["？", "？！", "总？", "？，贫"])
@pytest.mark.parametrize("end", ["", "?", "A"])
def test_a_long_row_of_question_marks_is_read(unit: str, end: str) -> None:
    """A run that stays is not tried again from each of its characters: that would never end."""
    text = unit * (16_000 // len(unit)) + end
    assert processor_seconds(lambda: repair(text)) < ENDLESS


def test_words_are_cut_only_where_a_word_may_hold_what_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    """Losses beside digits cut no word, however many there are: a lost character is a word of its own."""
    calls: list[str] = []
    cut = words.cut

    def counted(text: str) -> list[str]:
        calls.append(text)
        return cut(text)

    repair("一")
    monkeypatch.setattr(words, "cut", counted)
    assert repair(f"{LOST}1" * 500).damage
    assert len(calls) < 20

"""The page as data: what is put into it, and that nothing in it can run. What it does in a browser is tested beside."""

import base64
import hashlib
import json
import re
import tomllib
from decimal import Decimal
from html import unescape
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.gold import Sample, load
from evals.run import ARTICLES, SAMPLES
from schemas.outcome import Failed, Reported
from schemas.report import CountyReport, Document, Fact
from schemas.vocabulary import Code, Indicator, Qualifier, Unit
from summarizer.errors import NothingToShowError
from summarizer.page import build, render, sources, write
from summarizer.page.across import Figure, agree, contradictions, grain
from summarizer.page.alignment import runs
from summarizer.page.command import page
from summarizer.page.sources import Missing
from summarizer.text import Traced, repair
from summarizer.text.traced import Edit
from tests.page_reports import outcome_of, report_of, write_run

SAMPLE = {sample.name: sample for sample in [*load(SAMPLES, ARTICLES)][::3]}
"""Every third sample: all of them fill more than one volume of a page."""
STATIC = files("summarizer.page") / "static"


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the perfect reports of the samples."""
    folder = tmp_path_factory.mktemp("page") / "out"
    return write_run(folder, [(str(s.path), outcome_of(s)) for s in SAMPLE.values()])


def index_of(path: Path) -> dict[str, Any]:
    """The data that a page opens with."""
    found = re.search(r'<script type="application/json" id="index">(.*?)</script>', path.read_text("utf-8"), re.DOTALL)
    assert found
    return json.loads(found[1])


def articles_of(path: Path) -> dict[int, dict[str, Any]]:
    """The articles that stand in a page."""
    pattern = r'<script type="application/json" id="article-(\d+)">(.*?)</script>'
    return {int(n): json.loads(data) for n, data in re.findall(pattern, path.read_text("utf-8"), re.DOTALL)}


# --- text and alignment


def spread(clean: Traced) -> list[tuple[int, int]]:
    """The raw range of each clean character, read back from the runs."""
    found = []
    for start, length, n in runs(clean):
        even = length == n
        found += [(start + i, start + i + 1) if even else (start, start + length) for i in range(n)]
    return found


@pytest.mark.parametrize("name", SAMPLE)
def test_runs_hold_every_clean_character(name: str) -> None:
    """The runs of a repaired article give each clean character a raw range that covers its own."""
    clean = repair(SAMPLE[name].path.read_bytes()).clean
    found = spread(clean)
    assert len(found) == len(clean.text)
    own = list(zip(clean.starts, clean.ends, strict=True))
    assert all(a <= start and end <= b for (a, b), (start, end) in zip(found, own, strict=True) if b == a + 1)
    assert all(a <= start and end <= b for (start, end), (a, b) in zip(own, found, strict=True))


@given(st.text(min_size=1, max_size=30), st.data())
def test_runs_cover_any_edited_text(raw: str, data: st.DataObject) -> None:
    """Whatever edits a text went through, the runs stand in order and each covers the ranges of its characters."""
    start = data.draw(st.integers(0, len(raw) - 1))
    end = data.draw(st.integers(start + 1, len(raw)))
    clean = Traced.of(raw).edit([Edit(start, end, data.draw(st.text(max_size=4)))])
    found = runs(clean)
    assert sum(n for _, _, n in found) == len(clean)
    assert all(a + length <= b for (a, length, _), (b, _, _) in pairwise(found))
    own = zip(clean.starts, clean.ends, strict=True)
    assert all(a <= s and e <= b for (a, b), (s, e) in zip(spread(clean), own, strict=True))


def test_article_holds_report_and_text(out: Path) -> None:
    """Each article of the page holds its report's facts, and the raw text that their spans open."""
    written = write(out)
    opened = articles_of(written.page)
    assert len(opened) == len(SAMPLE)
    for article in opened.values():
        if "report" not in article:
            continue
        assert article["report"]["facts"]
        assert all(article["raw"][slice(*fact["span"])] == fact["mention"] for fact in article["report"]["facts"])


# --- where the text is


def moved(tmp_path: Path) -> tuple[Document, Path]:
    """An article that a run found at a place where it is no longer, and the folder it was moved to."""
    data = "古县有6487户。".encode()
    there = tmp_path / "elsewhere" / "2020" / "a.txt"
    there.parent.mkdir(parents=True)
    there.write_bytes(data)
    document = Document(path="articles/2020/a.txt", sha256=hashlib.sha256(data).hexdigest())
    return document, tmp_path / "elsewhere"


def test_moved_articles_are_found(tmp_path: Path) -> None:
    """An article below the given folder is found under an end of its old path."""
    document, folder = moved(tmp_path)
    assert sources.find(document, "a.txt", None).missing is Missing.GONE
    found = sources.find(document, "a.txt", folder)
    assert found.article is not None
    assert found.article.raw == "古县有6487户。"


def test_changed_article_is_not_shown(tmp_path: Path) -> None:
    """A file that changed after it was read is never shown beside spans that no longer fit."""
    document, folder = moved(tmp_path)
    (folder / "2020" / "a.txt").write_text("别的文字", "utf-8")
    found = sources.find(document, "a.txt", folder)
    assert (found.article, found.missing) == (None, Missing.CHANGED)


@pytest.mark.parametrize("path", ["-", None])
def test_text_from_no_file_is_not_looked_for(path: str | None) -> None:
    """A report on standard input has no file to show."""
    assert sources.find(Document(path=path, sha256="0" * 64), "-", None).missing is Missing.NO_FILE


def test_search_stays_below_the_folder(tmp_path: Path) -> None:
    """A path in a report with `..` in it leads to no file outside the folder of articles."""
    secret = tmp_path / "secret.txt"
    secret.write_text("古县", "utf-8")
    (tmp_path / "articles" / "x").mkdir(parents=True)
    document = Document(path="x/../../secret.txt", sha256=hashlib.sha256(secret.read_bytes()).hexdigest())
    assert sources.find(document, "x", tmp_path / "articles").missing is Missing.GONE


# --- across articles


def figure(article: int, value: str, step: str = "1", **changes: Any) -> Figure:
    """A figure of registered persons in 2018."""
    known: dict[str, Any] = {
        "fact": 1,
        "indicator": Indicator.REGISTERED_PERSONS,
        "unit": Unit.PERSON,
        "period": "2018",
        "qualifier": Qualifier.EXACT,
        "label": "贫困人口",
    }
    return Figure(article=article, value=Decimal(value), grain=Decimal(step), **(known | changes))


@pytest.mark.parametrize(
    ("mention", "step"),
    [
        ("6487户", "1"),
        ("1.97万人", "100"),
        ("2.87亿元", "1000000"),
        ("1.5%", "0.1"),
        ("21.3萬(wàn)元", "1000"),
        ("两层", "1"),
    ],
)
def test_grain_is_the_step_of_the_mention(fact: Fact, mention: str, step: str) -> None:
    """A mention states its figure in steps of its last digit, times its magnitude."""
    assert grain(fact.replace(mention=mention, span=(0, len(mention)))) == Decimal(step)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("19698", "1"), ("19700", "100"), True),
        (("19698", "1"), ("19600", "100"), True),
        (("19698", "1"), ("19500", "100"), False),
        (("19698", "1"), ("19699", "1"), False),
    ],
)
def test_rounded_figures_agree(one: tuple[str, str], other: tuple[str, str], same: bool) -> None:
    """A figure agrees with its rounding and with its cut-off, and with nothing else."""
    assert agree(figure(0, *one), figure(1, *other)) is same


CONTRADICTIONS: dict[str, tuple[list[tuple[str, list[Figure]]], int]] = {
    "two articles, one county": ([("1", [figure(0, "100")]), ("1", [figure(1, "90")])], 1),
    "two counties": ([("1", [figure(0, "100")]), ("2", [figure(1, "90")])], 0),
    "two years": ([("1", [figure(0, "100")]), ("1", [figure(1, "90", period="2019")])], 0),
    "one article, two groups of people": ([("1", [figure(0, "100"), figure(0, "90")])], 0),
    "one figure of many agrees": ([("1", [figure(0, "100"), figure(0, "90")]), ("1", [figure(1, "90")])], 0),
    "loans may be many": (
        [("1", [figure(n, v, indicator=Indicator.LOANS)]) for n, v in enumerate(("100", "90"))],
        0,
    ),
    "a bound is no statement": ([("1", [figure(0, "100")]), ("1", [figure(1, "90", qualifier=Qualifier.OVER)])], 0),
    "no period": ([("1", [figure(n, v, period=None)]) for n, v in enumerate(("100", "90"))], 0),
}


@pytest.mark.parametrize("name", CONTRADICTIONS)
def test_contradictions(name: str) -> None:
    """Articles contradict one another only on one standing quantity of one place at one time, plainly stated."""
    places, n = CONTRADICTIONS[name]
    assert len(contradictions(places)) == n


def test_contradiction_reaches_the_page(tmp_path: Path, report: CountyReport) -> None:
    """Two reports that differ on a county's households are named in the page, with both articles."""
    dated = report.replace(facts=(report.facts[0].replace(period="2018"),))
    other = dated.replace(facts=(dated.facts[0].replace(value=Decimal(6400), mention="6400户"),))
    written = write(write_run(tmp_path, [("a.txt", Reported(report=dated)), ("b.txt", Reported(report=other))]))
    index = index_of(written.page)
    [found] = index["contradictions"]
    assert (found["place"], found["period"]) == ("古县", "2018")
    assert [(p[2], p[4]) for p in found["points"]] == [(6487, 0), (6400, 1)]
    assert [place["name"] for place in index["places"]] == ["古县"]


# --- words


@pytest.mark.parametrize("name", build.CODE_LISTS)
def test_every_code_has_an_english_name(name: str) -> None:
    """English names stand for exactly the codes of the vocabulary."""
    codes: type[Code] = build.CODE_LISTS[name]
    assert set(build.words()["en"]["codes"][name]) == {code.value for code in codes}


def test_languages_say_the_same() -> None:
    """Both languages have the same sentences, with the same values in them."""
    zh, en = (build.dictionary()[language] for language in ("zh", "en"))
    assert zh.keys() == en.keys()
    holes = re.compile(r"\{\w+\}")
    assert [key for key in zh if set(holes.findall(zh[key])) != set(holes.findall(en[key]))] == []


def scripts() -> dict[str, str]:
    """The page's scripts by name."""
    return {name: (STATIC / f"{name}.js").read_text("utf-8") for name in render.SCRIPTS}


def test_every_script_is_in_the_page() -> None:
    """No script lies beside the page without being part of it."""
    assert {Path(str(f)).stem for f in STATIC.iterdir() if str(f).endswith(".js")} == set(render.SCRIPTS)


def test_sentences_are_there_and_used() -> None:
    """Every sentence that a script asks for exists, and every sentence is asked for."""
    source = "\n".join(scripts().values())
    said = build.dictionary()["zh"]
    whole = set(re.findall(r'\bt\("(\w+)"[,)]', source))
    assert whole <= said.keys()
    begun = tuple(re.findall(r't\("(\w+_)" \+', source))
    quoted = set(re.findall(r'"(\w+)"', source))
    assert [key for key in said if key not in quoted and not key.startswith(begun)] == []


# --- nothing runs


def test_texts_reach_the_page_as_text() -> None:
    """No script makes markup or code of a text."""
    source = "\n".join(scripts().values())
    forbidden = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|DOMParser|javascript:"
    assert re.findall(forbidden, source) == []


HOSTILE = {
    "script": "<script>alert(1)</script>",
    "closing": "</script><img src=x onerror=alert(1)>",
    "comment": "<!--<script>",
    "line separator": "\u2028\u2029",
    "entity": "&lt;script&gt;",
    "surrogate": "\udcff",
    "null": "\x00",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_json_cannot_end_its_script(name: str) -> None:
    """Any text comes back from the page's JSON, which holds no character that HTML could act on."""
    data = render.as_json({"text": HOSTILE[name]})
    assert not set(data) & set("<>&\u2028\u2029")
    assert data.encode()
    assert json.loads(data) == {"text": HOSTILE[name]}


@given(st.text())
def test_json_keeps_any_text(text: str) -> None:
    """The page's JSON is JSON."""
    assert json.loads(render.as_json(text)) == text


def test_policy_allows_the_page_and_nothing_else(out: Path) -> None:
    """The policy names the hashes of the page's one script and one style, and no source at all."""
    html = write(out).page.read_text("utf-8")
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', html)
    assert policy
    rules = dict(rule.strip().split(" ", 1) for rule in unescape(policy[1]).split(";"))
    script = re.search(r"<script>(.*?)</script>", html, re.DOTALL)
    style = re.search(r"<style>(.*?)</style>", html, re.DOTALL)
    assert script
    assert style
    digest = lambda text: "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"  # noqa: E731
    assert rules == {
        "default-src": "'none'",
        "script-src": digest(script[1]),
        "style-src": digest(style[1]),
        "img-src": "data:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }


def test_page_names_no_address(out: Path) -> None:
    """Nothing in the page points to a network, but the name of SVG."""
    html = write(out).page.read_text("utf-8")
    assert set(re.findall(r"https?://[^\s\"'<]+", html)) <= {"http://www.w3.org/2000/svg"}
    assert "url(" not in html


# --- folders


def test_large_folder_is_split(out: Path) -> None:
    """Articles that fill more than a volume go into volumes, each article into one, and the page knows which."""
    written = write(out, volume_bytes=40_000)
    assert len(written.volumes) > 1
    assert articles_of(written.page) == {}
    volume_of = {row["n"]: row["volume"] for row in index_of(written.page)["rows"]}
    found = {n: path.name for path in written.volumes for n in articles_of(path)}
    assert found == volume_of
    assert len(found) == len(SAMPLE)
    assert write(out).volumes == ()
    assert list((out / "page").iterdir()) == []


def test_row_says_what_went_wrong(tmp_path: Path, report: CountyReport) -> None:
    """A failed article, one whose report is gone and one whose report is broken are rows that say so."""
    failed = Failed(error="binary", message="a PNG", hint="save", retryable=False, document=Document(path="x.png"))
    outcomes = [("x.png", failed), ("a.txt", Reported(report=report)), ("b.txt", Reported(report=report))]
    write_run(tmp_path, outcomes)
    (tmp_path / "reports" / "0001.json").unlink()
    (tmp_path / "reports" / "0002.json").write_text("{}", "utf-8")
    written = write(tmp_path)
    assert (written.without_report, written.without_text) == (2, 1)
    rows = index_of(written.page)["rows"]
    assert [row["outcome"] for row in rows] == ["failed"] * 3
    assert [row["name"] for row in rows] == ["x.png", "a.txt", "b.txt"]
    assert all(row["message"] for row in rows)


def test_reports_without_a_table_are_shown(tmp_path: Path, report: CountyReport) -> None:
    """A run that was killed before it wrote its table leaves reports, which are shown."""
    write_run(tmp_path, [("a.txt", Reported(report=report))])
    (tmp_path / "outcomes.jsonl").unlink()
    [row] = index_of(write(tmp_path).page)["rows"]
    assert (row["name"], row["facts"]) == ("a.txt", 1)


def test_text_is_missed_aloud(tmp_path: Path, report: CountyReport) -> None:
    """A report whose article is gone is written all the same, and counted."""
    written = write(write_run(tmp_path, [("a.txt", Reported(report=report))]))
    assert written.without_text == 1
    assert articles_of(written.page)[0]["missing"] == "gone"


def test_command_tells(tmp_path: Path, report: CountyReport, capsys: pytest.CaptureFixture[str]) -> None:
    """The command says where the page is; for a folder without a run it says what to do, and ends with 2."""
    with pytest.raises(NothingToShowError):
        write(tmp_path)
    assert page(tmp_path, None) == 2
    assert "summarizer run" in capsys.readouterr().err
    write_run(tmp_path, [("a.txt", Reported(report=report))])
    assert page(tmp_path, None) == 0
    assert "page.html" in capsys.readouterr().err


def test_static_files_are_packaged() -> None:
    """Template, style and words lie in the package."""
    root = files("summarizer.page")
    assert (root / "templates" / "page.html").is_file()
    assert (STATIC / "page.css").is_file()
    for language in build.LANGUAGES:
        tomllib.loads((root / "i18n" / f"{language}.toml").read_text("utf-8"))


@pytest.mark.parametrize("name", [n for n, s in SAMPLE.items() if s.gold.outcome is None])
def test_perfect_reports_are_reports(name: str) -> None:
    """The reports these tests are made with pass the report's own checks."""
    sample: Sample = SAMPLE[name]
    assert len(report_of(sample.path, sample.gold).facts) == len(sample.gold.facts)

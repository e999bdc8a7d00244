"""The page in a real headless Chromium: every figure leads to its words, and nothing leads out."""

import json
import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from evals import browser
from evals.adopt import AdoptError, adopt
from evals.gold import load
from evals.label import raw_text
from schemas.outcome import Outcome, Reported
from schemas.report import CountyReport
from summarizer.page import Written, write
from tests.conftest import ROOT
from tests.page_harm import HOSTILE, hostile, long_line
from tests.page_reports import outcome_of, report_of, write_run
from tests.page_view import SAMPLE, Page, watched

pytestmark = pytest.mark.skipif(browser.missing() is not None, reason=f"the page needs a browser: {browser.missing()}")

REPORTED = [name for name, sample in SAMPLE.items() if sample.gold.outcome is None]
PRESSED = [name for i, name in enumerate(REPORTED) if i % 5 == 0 or name.startswith("spoilt-")]
"""Articles whose every fact is pressed: each takes a second, and clean ones of one genre are much alike."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where articles, output and downloads of these tests lie."""
    return tmp_path_factory.mktemp("browser")


@pytest.fixture(scope="module")
def written(folder: Path) -> Written:
    """The page of all samples, two articles that contradict one another, hostile ones, and one whose text is gone."""
    outcomes: list[tuple[str, Outcome]] = [(str(s.path), outcome_of(s)) for s in SAMPLE.values()]
    first = SAMPLE["anhui-yearbook"]  # It counts the registered persons at a date, so a copy can contradict it.
    copy = folder / "copy.txt"
    shutil.copy(first.path, copy)
    report = report_of(copy, first.gold)
    changed = {i: f for i, f in enumerate(report.facts) if f.indicator == "registered_persons" and f.value and f.period}
    facts = [f.replace(value=f.value * 2 + 1, upper=None) if i in changed else f for i, f in enumerate(report.facts)]
    outcomes.append((str(copy), Reported(report=report.replace(facts=tuple(facts)))))
    gone = report.replace(document=report.document.replace(path="gone.txt", title="原文不在"))
    outcomes.append(("gone.txt", Reported(report=gone)))
    return write(write_run(folder / "out", outcomes))


@pytest.fixture(scope="module")
def harmful(folder: Path) -> Written:
    """The page of articles that mean harm."""
    first = SAMPLE[REPORTED[0]]
    like = report_of(first.path, first.gold)
    return write(write_run(folder / "harmful", [hostile(folder, like), long_line(folder, like)]))


@pytest.fixture(scope="module")
def driver(folder: Path) -> Iterator[Any]:
    """One browser for all tests."""
    (folder / "downloads").mkdir()
    with browser.chromium(folder / "downloads") as driver:
        yield driver


@pytest.fixture
def page(driver: Any, written: Written) -> Iterator[Page]:
    """The samples' page at a desktop's size."""
    yield from watched(driver, written)


@pytest.fixture
def harm(driver: Any, harmful: Written) -> Iterator[Page]:
    """The harmful articles' page at a desktop's size."""
    yield from watched(driver, harmful)


LIT = """
const row = document.querySelector(`.facts tr[data-key="${arguments[0]}"] button.open`);
row.click();
const lit = [...document.querySelectorAll('#text-body .lit')];
return [lit.map((e) => e.textContent).join(''), lit.every((e) => e.checkVisibility()),
  [...document.querySelectorAll('.facts tr.current')].map((e) => e.dataset.key)];
"""

ALL_LIT = f"const light = function () {{ {LIT} }}; return arguments[0].map((key) => light(key));"

MARKED = """
return arguments[0].map((key) => {
  document.querySelector(`#text-body [data-key="${key}"]`).click();
  return document.querySelector('.facts tr.current')?.dataset.key;
});
"""


@pytest.mark.parametrize("name", PRESSED)
def test_every_fact_lights_up_its_mention(page: Page, name: str) -> None:
    """A press on a fact's row lights up exactly its mention in the text; a press on the mention marks its row."""
    report = report_of(SAMPLE[name].path, SAMPLE[name].gold)
    keys = [f"f{fact.id}" for fact in report.facts]
    page.go(name)
    expected = [[fact.mention, True, [key]] for fact, key in zip(report.facts, keys, strict=True)]
    assert page.js(ALL_LIT, keys) == expected
    assert page.js(MARKED, keys) == keys


@pytest.mark.parametrize("mode", ["clean", "beside", "under"])
def test_evidence_lights_up_in_repaired_text(page: Page, mode: str) -> None:
    """In every form of the text a figure lights up; the repaired text shows what it was repaired from."""
    page.article("spoilt-traditional")
    page.click(f".tools [data-value={mode}]")
    report = report_of(SAMPLE["spoilt-traditional"].path, SAMPLE["spoilt-traditional"].gold)
    whole = next(fact for fact in report.facts if "萬(wàn)" in fact.mention and fact.value is not None)
    page.click(f'.facts tr[data-key="f{whole.id}"] button.open')
    lit = "".join(page.texts("#text-body p.clean .lit"))
    assert lit == whole.mention.replace("(wàn)", "").replace("萬", "万").replace("畝", "亩").replace("億", "亿")
    assert any(
        "(wàn)" in title
        for title in page.js("return [...document.querySelectorAll('p.clean .fix.removed')].map((e) => e.title)")
    )


def test_evidence_is_scrolled_into_view(page: Page) -> None:
    """The last fact's mention is on the screen once its row was pressed."""
    page.article("prefecture-roundup")
    page.js("[...document.querySelectorAll('.facts button.open')].at(-1).click()")
    seen = page.js(
        "const a = document.querySelector('.lit').getBoundingClientRect(), b = document.querySelector('#text-pane')"
        ".getBoundingClientRect(); return a.top >= b.top && a.bottom <= b.bottom"
    )
    assert seen


def test_address_leads_to_a_fact(page: Page) -> None:
    """An address with a fact opens its article with the fact lit, and the address follows what is selected."""
    page.open(f"#/a/{list(SAMPLE).index('gb18030-brief')}/f3")
    assert page.texts(".facts tr.current .c-id") == ["3"]
    page.keys("j")
    page.wait("return location.hash.endsWith('/f4')")


def test_crossing_and_nested_marks(page: Page) -> None:
    """Damage that crosses a figure leaves both whole: each lights up all of its own words."""
    sample = SAMPLE["spoilt-traditional"]
    report = report_of(sample.path, sample.gold)
    page.article(sample.name)
    for i, damage in enumerate(report.damage):
        page.click(f'#part-damage [data-key="d{i}"]')
        raw = sample.path.read_text("utf-8")
        assert "".join(page.texts("#text-body .lit")) == raw[slice(*damage.span)].replace("\n", "")


def test_trouble_is_visible(page: Page) -> None:
    """Unread numbers, failed checks, lost digits, sections read by rules and dropped sentences head the report."""
    name = next(n for n in REPORTED if len(n) % 2 and SAMPLE[n].gold.traps)
    page.article(name)
    assert len(page.texts(".warnings li")) >= 4
    assert page.js("return document.querySelectorAll('#text-body .mark.unread').length") == 1
    assert len(page.texts("#part-checks .fails")) == 1
    page.js("[...document.querySelectorAll('.legend button')].at(-1).click()")
    assert page.js("return document.querySelector('.lit').classList.contains('unread')")


# --- tables


def values(report: CountyReport) -> list[Any]:
    """The values of a report's facts, largest first, lost ones last."""
    known = sorted((f.value for f in report.facts if f.value is not None), reverse=True)
    return [float(v) for v in known]


def test_facts_are_sorted(page: Page) -> None:
    """A press on a column sorts by it, a second press turns the order; a screen reader is told."""
    page.article("spoilt-traditional")
    report = report_of(SAMPLE["spoilt-traditional"].path, SAMPLE["spoilt-traditional"].gold)
    by_key = {f"f{f.id}": f.value for f in report.facts}
    keys = "return [...document.querySelectorAll('.facts tbody tr')].map((e) => e.dataset.key)"
    page.click("#fact-table [data-sort=value]")
    page.click("#fact-table [data-sort=value]")
    order = [by_key[key] for key in page.js(keys)]
    known = [float(v) for v in order if v is not None]
    assert known == values(report)
    assert order[len(known) :] == [None] * (len(order) - len(known))
    assert page.js("return document.querySelector('th.c-value').ariaSort") == "descending"


def test_facts_are_filtered(page: Page) -> None:
    """Topic, status and words narrow the table; a press on a filtered-out mark brings its row back."""
    sample = SAMPLE["clean-simplified-workreport"]
    page.article(sample.name)
    topic = sample.gold.facts[-1].topic
    expected = [f.label for f in sample.gold.facts if f.topic == topic]
    page.fill("#fact-topic", topic)
    assert page.js("return document.querySelectorAll('.facts tbody tr').length") == len(expected)
    page.fill("#fact-query", expected[0])
    assert 0 < page.js("return document.querySelectorAll('.facts tbody tr').length") <= len(expected)
    other = next(i for i, f in enumerate(sample.gold.facts, 1) if f.topic != topic)
    page.click(f'#text-body [data-key="f{other}"]')
    assert page.js("return document.querySelector('.facts tr.current').dataset.key") == f"f{other}"


def test_folder_is_searched_sorted_and_filtered(page: Page) -> None:
    """The folder finds articles by county and by facts, sorts them, and shows the skipped ones alone."""
    page.open()
    page.fill("#folder-query", "漳县")
    assert page.texts(".articles tbody .c-county")[0].startswith("漳县")
    page.fill("#folder-query", "")
    page.click(".articles [data-sort=facts]")
    page.click(".articles [data-sort=facts]")
    most = max(len(s.gold.facts) for s in SAMPLE.values())
    assert page.texts(".articles tbody .c-facts")[0] == str(most)
    page.fill("#folder-outcome", "skipped")
    assert len(page.texts(".articles tbody tr")) == 1


def test_contradictions_and_places(page: Page) -> None:
    """Two articles that differ are named, and lead to their figures; a county's indicator opens its chart."""
    page.open()
    assert page.texts(".contradictions li li")
    page.click(".contradictions li li a")
    page.wait("return document.querySelector('.facts tr.current') !== null")
    page.open()
    page.click(".matrix .cell:has(svg)")
    assert page.js("return document.querySelector('dialog[open] svg.chart[role=img]') !== null")


def test_missing_text_is_said(page: Page) -> None:
    """Without its article a report is shown, with the reason and its mentions."""
    page.open(f"#/a/{len(SAMPLE) + 1}")
    assert "gone.txt" in page.texts("#text-pane .path")
    page.click(".facts button.open")
    assert page.texts(".detail q")


def test_volumes_are_one_folder(driver: Any, folder: Path) -> None:
    """In a folder of volumes a row leads into its volume, steps lead across volumes, and the way home leads back."""
    out = write_run(folder / "split", [(str(s.path), outcome_of(s)) for s in SAMPLE.values()])
    written = write(out, volume_bytes=400_000)
    assert len(written.volumes) > 1
    page = Page(driver, written)
    page.open()
    page.click(".articles tbody a")
    page.wait_for(0)
    assert driver.current_url.startswith(written.volumes[0].as_uri())
    last = page.js("return Math.max(...[...document.querySelectorAll('[id^=article-]')].map((e) => e.id.slice(8)))")
    page.js("location.hash = arguments[0]", f"#/a/{last}")
    page.wait_for(last)
    page.keys("n")
    page.wait_for(last + 1)
    assert driver.current_url.startswith(written.volumes[1].as_uri())
    page.keys("p")
    page.wait_for(last)
    page.click("#bar .home")
    page.wait("return document.querySelector('main.folder') !== null")
    assert driver.current_url.startswith(written.page.as_uri())


# --- looks


def test_language_switch(page: Page) -> None:
    """Everything the page says is said in English after a press, and the selection stays."""
    page.article("gb18030-brief")
    page.keys("jj")
    page.click(".settings [data-value=en]")
    assert page.js("return document.documentElement.lang") == "en"
    assert page.texts("#title-facts")[0].startswith("Facts")
    assert page.texts(".facts tr.current .c-id") == ["2"]
    page.driver.refresh()
    assert page.js("return document.documentElement.lang") == "en"


def test_dark_mode(page: Page) -> None:
    """The page is dark where the system is, and where a person wants it."""
    luminance = "return getComputedStyle(document.body).backgroundColor"
    page.open()
    light = page.js(luminance)
    page.driver.execute_cdp_cmd(
        "Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": "dark"}]}
    )
    dark = page.js(luminance)
    page.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
    assert dark != light
    assert page.js(luminance) == light
    page.click(".settings [data-value=dark]")
    assert page.js(luminance) == dark


def test_print_holds_text_and_report(page: Page) -> None:
    """Printed, an article is its whole text and its whole report, and no button."""
    page.article("clean-traditional-feature")
    pdf = page.driver.execute_cdp_cmd("Page.printToPDF", {})["data"]
    assert len(pdf) > 20_000
    page.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    shown = "const e = document.querySelector(arguments[0]); return e !== null && e.checkVisibility()"
    assert [page.js(shown, s) for s in ("#text-body", "#report-pane", ".facts")] == [True] * 3
    assert [page.js(shown, s) for s in ("#bar", ".tools", ".filters")] == [False] * 3
    page.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


def test_phone_shows_one_pane(page: Page) -> None:
    """On a phone nothing is wider than the screen; a figure leads to the text, a number in the text says what it is."""
    browser.resize(page.driver, 400, 800)
    page.article("clean-simplified-workreport")
    assert page.js("return document.documentElement.scrollWidth") <= 400
    page.click(".facts button.open")
    assert page.js("return document.querySelector('#text-pane').checkVisibility()")
    page.click('#text-body [data-key="f2"]')
    assert SAMPLE["clean-simplified-workreport"].gold.facts[1].label in page.texts("#sheet")[0]
    page.open()
    assert page.js("return document.documentElement.scrollWidth") <= 400


def test_keyboard(page: Page) -> None:
    """The text is one stop for Tab, arrows go from number to number and Enter shows the row; / finds, ? explains."""
    page.article("gb18030-brief")
    assert page.js("return document.querySelectorAll('#text-body [tabindex=\"0\"]').length") == 1
    page.js("document.querySelector('#text-body [tabindex=\"0\"]').focus()")
    page.keys("\ue014\ue014\ue007")
    key = page.js("return document.activeElement.dataset.key")
    assert page.texts("#text-body .lit")
    assert page.js("return document.querySelector('[data-key].lit').dataset.key") == key
    page.keys("/")
    assert page.js("return document.activeElement.id") == "fact-query"
    page.keys("j")
    assert page.js("return document.activeElement.value") == "j"
    page.js("document.activeElement.blur()")
    page.keys("?")
    assert page.js("return document.querySelector('dialog').open")


def test_screen_reader_is_told(page: Page) -> None:
    """A selected fact is said aloud with its figure."""
    page.article("gb18030-brief")
    page.keys("j")
    fact = SAMPLE["gb18030-brief"].gold.facts[0]
    assert fact.label in page.texts("#live")[0]


AXE = Path(os.environ.get("AXE_CORE", ROOT / "node_modules" / "axe-core" / "axe.min.js"))


@pytest.mark.skipif(not AXE.is_file(), reason=f"no axe-core at {AXE}: npm install --no-save axe-core")
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("view", ["folder", "review"])
def test_accessibility(page: Page, view: str, theme: str) -> None:
    """axe-core finds nothing serious in the folder and in an article that is being corrected."""
    if view == "folder":
        page.open()
    else:
        page.article("spoilt-traditional")
        page.keys("j")
        page.click("#edit")
    page.click(f".settings [data-value={theme}]")
    # The flash of what is lit is over when colours are measured.
    page.js("document.getAnimations().forEach((one) => one.finish())")
    page.js(AXE.read_text("utf-8"))
    found = page.driver.execute_async_script("axe.run().then(arguments[0])")
    serious = [v for v in found["violations"] if v["impact"] in {"serious", "critical"}]
    assert [(v["id"], v["nodes"][0]["html"], v["nodes"][0]["failureSummary"]) for v in serious] == []


# --- correcting


def downloaded(folder: Path, name: str) -> Path:
    """The file that the browser saved last under a name."""
    path = folder / "downloads" / name
    end = time.monotonic() + 10
    while not path.is_file():
        assert time.monotonic() < end, f"{name} was not downloaded"
        time.sleep(0.05)
    return path


@pytest.mark.parametrize("name", ["clean-simplified-workreport", "spoilt-traditional", "gb18030-brief"])
def test_correction_becomes_a_sample(page: Page, folder: Path, tmp_path: Path, name: str) -> None:
    """Accepted, changed, rejected and added facts are downloaded as labels, and adopted into a sample set."""
    sample = SAMPLE[name]
    page.article(name)
    page.click("#edit")
    decide_unread(page)
    page.click('.facts tr[data-key="f1"] .review.changed')
    page.fill("#field-label", "改过的内容")
    page.click("dialog .primary")
    page.click('.facts tr[data-key="f2"] .review.rejected')
    page.fill("#field-reason", "name")
    page.click("dialog .primary")
    page.js("document.querySelectorAll('.reviewbar button')[2].click()")
    assert page.texts(".problems li") == []
    page.click("#download")
    file = downloaded(folder, f"{name}.json")
    [adopted] = adopt(file, tmp_path / "gold", tmp_path / "articles")
    [new] = load(tmp_path / "gold", tmp_path / "articles")
    assert new.path.read_bytes() == sample.path.read_bytes()
    old = [(f.span, f.value, f.unit, f.topic, f.indicator) for f in sample.gold.facts]
    assert [(f.span, f.value, f.unit, f.topic, f.indicator) for f in new.gold.facts] == [old[0], *old[2:]]
    assert new.gold.facts[0].label == "改过的内容"
    assert sample.gold.facts[1].span in [
        span for t in new.gold.traps if t.reason == "name" for span in widened(t, sample)
    ]
    assert adopted.facts == len(old) - 1
    with pytest.raises(AdoptError, match="exists"):
        adopt(file, tmp_path / "gold", tmp_path / "articles")


def test_false_alarm_is_no_label(page: Page, folder: Path, tmp_path: Path) -> None:
    """A check that a person rejects is left out of the labels; pressed again, it is back."""
    page.article("clean-simplified-workreport")
    page.click("#edit")
    decide_unread(page)
    withdraw = '.checks [data-check="0"] .review.rejected'
    page.click(withdraw)
    n_checks = len(page.texts(".checks > li"))
    assert len(page.texts(".checks > li.rejected")) == 1
    (folder / "downloads/clean-simplified-workreport.json").unlink(missing_ok=True)
    page.click("#download")
    adopt(downloaded(folder, "clean-simplified-workreport.json"), tmp_path / "gold", tmp_path / "articles")
    labels = json.loads((tmp_path / "gold/clean-simplified-workreport.json").read_text("utf-8"))
    assert len(labels["checks"]) == n_checks - 1
    page.click(withdraw)
    assert page.texts(".checks > li.rejected") == []


def decide_unread(page: Page) -> None:
    """Say of every number that was not read that it is a date."""
    while page.js("return document.querySelector('.rest tr.unread td button:last-child') !== null"):
        page.click(".rest tr.unread td button:last-child")
        page.fill("#field-reason", "date")
        page.click("dialog .primary")


def widened(trap: Any, sample: Any) -> list[tuple[int, int]]:
    """The facts' spans that a trap's spans hold."""
    spans = [f.span for f in sample.gold.facts]
    return [(a, b) for a, b in spans for c, d in trap.spans if c <= a and b <= d]


def test_missed_fact_is_added_by_selecting(page: Page, folder: Path) -> None:
    """Words selected in the text become a fact, its figure guessed; it stays after a reload and is downloaded."""
    name = "prefecture-roundup"
    sample = SAMPLE[name]
    raw = sample.path.read_text("utf-8")
    n, missed = next(
        (n, f)
        for n, f in enumerate(sample.gold.facts, 1)
        if raw.count(raw[slice(*f.span)]) == 1 and f.unit == "household" and f.qualifier == "exact" and f.upper is None
    )
    page.article(name)
    page.click("#edit")
    decide_unread(page)
    page.select_words(raw[slice(*missed.span)])
    page.click("#pick [data-kind=fact]")
    assert page.js("return document.querySelector('#field-value').value") == str(missed.value)
    assert page.js("return document.querySelector('#field-unit').value") == "household"
    page.fill("#field-label", "补上的事实")
    page.click("dialog .primary")
    assert page.texts(".facts tr.current .c-label") == ["补上的事实"]
    assert any("重叠" in text for text in page.texts(".problems li"))
    page.click(f'.facts tr[data-key="f{n}"] .review.rejected')
    page.click("dialog .primary")
    page.driver.refresh()
    page.click("#edit")
    assert page.texts("#text-body .mark.fact.added") == [raw[slice(*missed.span)]]
    page.click("#download")
    file = downloaded(folder, f"{name}.json")
    added = [f for f in json.loads(file.read_text("utf-8"))["facts"] if f["label"] == "补上的事实"]
    assert [(f["span"], f["mention"], f["value"]) for f in added] == [
        (list(missed.span), raw[slice(*missed.span)], float(missed.value))
    ]


def test_unfinished_labels_are_refused(page: Page, folder: Path, tmp_path: Path) -> None:
    """While a number is undecided the page names it, and the set does not take the file."""
    name = next(n for n in REPORTED if len(n) % 2 and any(c.isdigit() for c in last_aside(n)))
    page.article(name)
    page.click("#edit")
    assert page.texts("#text-body .mark.unread") == [last_aside(name)]
    assert page.texts(".problems li")
    page.click("#download")
    with pytest.raises(AdoptError, match="unlabelled"):
        adopt(downloaded(folder, f"{name}.json"), tmp_path / "gold", tmp_path / "articles")
    assert list(tmp_path.iterdir()) == []


def last_aside(name: str) -> str:
    """The last number of a sample that is no fact: the one that its report leaves unread."""
    spans = [span for trap in SAMPLE[name].gold.traps for span in trap.spans]
    return raw_text(SAMPLE[name].path)[slice(*max(spans))]


# --- harm


@pytest.mark.parametrize("language", ["zh", "en"])
def test_hostile_article_runs_nothing(harm: Page, language: str) -> None:
    """Markup, handlers, addresses and control characters of an article are text, with every figure in its place."""
    harm.open("#/a/0")
    harm.click(f".settings [data-value={language}]")
    for mode in ("raw", "clean", "beside"):
        harm.click(f".tools [data-value={mode}]")
    harm.click(".tools [data-value=raw]")
    harm.js("document.querySelectorAll('#report-pane button.open').forEach((e) => e.click())")
    assert harm.js("return window.hit ?? null") is None
    assert harm.js("return document.querySelectorAll('main img, main script, main a, main iframe').length") == 0
    lines = HOSTILE.replace("\r\n", "\n").split("\n")
    assert harm.texts(".facts button.open") == [str(n) for n in range(1, 6)]
    assert harm.texts("#text-body p.raw") == lines
    assert "U+202E" in harm.js("return [...document.querySelectorAll('bdi.unseen')].map((e) => e.dataset.code)")


def test_bidi_control_turns_only_itself(harm: Page) -> None:
    """Words after a right-to-left override stand to the right of it, in the order of the text."""
    harm.open("#/a/0")
    order = harm.js(
        """
        const walker = document.createTreeWalker(document.querySelector('#text-body'), NodeFilter.SHOW_TEXT);
        while (walker.nextNode() && !walker.currentNode.data.includes('倒写'));
        const at = walker.currentNode.data.indexOf('倒写');
        const left = (start) => {
          const range = document.createRange();
          range.setStart(walker.currentNode, start);
          range.setEnd(walker.currentNode, start + 1);
          return range.getBoundingClientRect().left;
        };
        const mark = [...document.querySelectorAll('#text-body bdi')].find((e) => e.dataset.code === 'U+202E');
        return [mark.getBoundingClientRect().left, left(at), left(at + 1)];
        """
    )
    assert order == sorted(order)


def test_long_line(harm: Page) -> None:
    """A line of a megabyte with 3,000 facts opens, and its last fact lights up, in little time."""
    started = time.monotonic()
    harm.open("#/a/1/f3000")
    assert harm.texts("#text-body .lit") == ["12万元"]
    assert time.monotonic() - started < 120

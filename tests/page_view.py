"""What the browser tests do with a page, and what they watch."""

import json
import time
from collections.abc import Iterator
from typing import Any

from evals import browser
from evals.gold import load
from evals.run import ARTICLES, SAMPLES
from summarizer.page import Written

SAMPLE = {sample.name: sample for sample in load(SAMPLES, ARTICLES)}


class Page:
    """What the tests do with the page; `n` of an article is its place in the run."""

    def __init__(self, driver: Any, written: Written) -> None:
        self.driver = driver
        self.url = written.page.as_uri()

    def open(self, route: str = "#/") -> None:
        """Load the page anew, with nothing remembered."""
        if self.driver.current_url.startswith("file:"):
            self.js("localStorage.clear()")
        self.driver.get("about:blank")
        self.driver.get(self.url + route)

    def article(self, name: str) -> None:
        """Open a sample."""
        self.open(f"#/a/{list(SAMPLE).index(name)}")

    def go(self, name: str) -> None:
        """Go to a sample in the page that is open."""
        if not self.driver.current_url.startswith(self.url):
            self.open()
        n = list(SAMPLE).index(name)
        self.js("location.hash = arguments[0]", f"#/a/{n}")
        self.wait_for(n)

    def js(self, script: str, *arguments: Any) -> Any:
        """Run a script in the page."""
        return self.driver.execute_script(script, *arguments)

    def click(self, selector: str) -> None:
        """Press what a person would press; scrolled to first."""
        self.js("document.querySelector(arguments[0]).click()", selector)

    def texts(self, selector: str) -> list[str]:
        """The text of all that match."""
        return self.js("return [...document.querySelectorAll(arguments[0])].map((e) => e.textContent)", selector)

    def keys(self, text: str) -> None:
        """Type on the page itself."""
        from selenium.webdriver.common.action_chains import ActionChains  # noqa: PLC0415

        ActionChains(self.driver).send_keys(text).perform()

    def fill(self, selector: str, text: str) -> None:
        """Put a text or an option into a field."""
        self.js(
            "const e = document.querySelector(arguments[0]); e.value = arguments[1];"
            "for (const name of ['input', 'change']) e.dispatchEvent(new Event(name, {bubbles: true}))",
            selector,
            text,
        )

    def select_words(self, words: str) -> None:
        """Draw a selection over words of the raw text, as a mouse does."""
        self.js(
            """
            const [words] = arguments;
            const walker = document.createTreeWalker(document.querySelector('#text-body'), NodeFilter.SHOW_TEXT);
            for (let node = walker.nextNode(); node; node = walker.nextNode()) {
              const at = node.data.indexOf(words);
              if (at < 0) continue;
              getSelection().setBaseAndExtent(node, at, node, at + words.length);
              break;
            }
            document.dispatchEvent(new MouseEvent('mouseup', {bubbles: true}));
            """,
            words,
        )
        self.wait("return document.getElementById('pick') !== null")

    def wait_for(self, n: int) -> None:
        """Until an article is drawn."""
        self.wait(f"return document.querySelector('main[data-article=\"{n}\"]') !== null")

    def wait(self, condition: str) -> None:
        """Until a script returns true."""
        end = time.monotonic() + 10
        while not self.js(condition):
            assert time.monotonic() < end, condition
            time.sleep(0.02)


def watched(driver: Any, written: Written) -> Iterator[Page]:
    """A page, and after the test: it left no line in the console and asked the network for nothing."""
    browser.resize(driver, 1400, 900)
    driver.get_log("browser")
    driver.get_log("performance")
    yield Page(driver, written)
    assert [entry for entry in driver.get_log("browser") if entry["level"] in {"SEVERE", "WARNING"}] == []
    messages = [json.loads(entry["message"])["message"] for entry in driver.get_log("performance")]
    asked = [m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent"]
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:", "about:"))] == []

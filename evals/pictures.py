"""The README's pictures, made from the samples.

python -m evals.pictures [FOLDER]

Reads the sample articles by rules, writes their page, and takes pictures of it into FOLDER (docs/). Pictures differ
from machine to machine by their fonts: install `fonts-noto-cjk`, and look at them before they are committed.
"""

import asyncio
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from evals import browser
from evals.run import ARTICLES
from summarizer import Summarizer
from summarizer.exports import Output
from summarizer.page import write

FOLDER = Path("docs")


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: its name and size, the article and fact it shows (none is the folder), and what is pressed."""

    name: str
    width: int
    height: int
    article: str | None = None
    fact: int = 1
    press: tuple[str, ...] = ()


PICTURES = (
    Picture("page-folder", 1400, 860),
    Picture("page-article", 1400, 860, "clean-simplified-workreport", 16),
    Picture("page-repaired", 1400, 860, "spoilt-traditional", 15, (".tools [data-value=beside]",)),
    Picture("page-review-dark", 1400, 860, "gb18030-brief", 8, ("[data-value=dark]", "#edit")),
    Picture("page-phone", 400, 800, "clean-simplified-workreport", 16, ("#panes [data-value=text]",)),
)


def main(folder: Path) -> int:
    """Take all pictures; 1 where there is no browser."""
    if (missing := browser.missing()) is not None:
        sys.stderr.write(f"no pictures: {missing}\n")
        return 1
    folder.mkdir(parents=True, exist_ok=True)
    paths = sorted(ARTICLES.glob("*.txt"))
    with tempfile.TemporaryDirectory() as scratch:
        out = Path(scratch) / "samples"
        asyncio.run(_run(paths, out))
        address = write(out).page.as_uri()
        with browser.chromium() as driver:
            for picture in PICTURES:
                _take(driver, address, picture, [path.stem for path in paths], folder)
    return 0


async def _run(paths: list[Path], out: Path) -> None:
    """An output folder of the samples, named without the folders of this machine."""
    async with Summarizer(reader="rules") as summarizer:
        with Output(out) as output:
            for path in paths:
                # A relative path: the pictures shall not show where they were made.
                name = str(path.resolve().relative_to(Path.cwd()))
                outcome = await summarizer.outcome(path, name=name)
                output.add(name, PurePosixPath("reports", path.name + ".json"), outcome)
            output.finish({})


def _take(driver: Any, address: str, picture: Picture, names: list[str], folder: Path) -> None:
    browser.resize(driver, picture.width, picture.height)
    route = f"#/a/{names.index(picture.article)}/f{picture.fact}" if picture.article else "#/"
    driver.get("about:blank")
    driver.get(address + route)
    for selector in picture.press:
        driver.execute_script("document.querySelector(arguments[0]).click()", selector)
    driver.execute_script("document.getAnimations().forEach((one) => one.finish())")
    path = folder / f"{picture.name}.png"
    driver.save_screenshot(str(path))
    driver.execute_script("localStorage.clear()")
    sys.stdout.write(f"{path}: {path.stat().st_size / 1000:.0f} kB\n")


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER))

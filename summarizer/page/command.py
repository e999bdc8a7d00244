"""`summarizer page`: its messages and exit codes."""

import time
from pathlib import Path

from summarizer import console
from summarizer.errors import NothingToShowError
from summarizer.page.write import write

OK = 0


def page(out: Path, articles: Path | None) -> int:
    """Write the page of a run's output folder and say where it is."""
    console.use_utf8()
    terminal = console.make()
    started = time.perf_counter()
    try:
        written = write(out, articles)
    except NothingToShowError as error:
        return console.refuse(str(error), error.hint)
    except OSError as error:
        return console.unwritable(error)
    size = f"{written.n_bytes / 1e6:.1f} MB" + (f" in {1 + len(written.volumes)} files" if written.volumes else "")
    seconds = time.perf_counter() - started
    terminal.print(
        f"written: {written.page} ({written.articles} articles, {size}, {seconds:.1f} s)", markup=False, soft_wrap=True
    )
    if written.without_report:
        terminal.print(
            f"{written.without_report} without their report: it is gone, or not of this version; "
            "delete what is left of it and run again",
            style="yellow",
            markup=False,
            soft_wrap=True,
        )
    if written.without_text:
        terminal.print(
            f"{written.without_text} without their text: the file is gone or has changed; "
            "--articles FOLDER says where the articles are now",
            style="yellow",
            markup=False,
            soft_wrap=True,
        )
    return OK

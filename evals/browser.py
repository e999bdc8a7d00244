"""A headless Chromium, for the page's tests, its pictures and its bench.

Debian's packages are `chromium` and `chromium-driver`; `fonts-noto-cjk` for the pictures.
"""

import contextlib
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

BINARIES = ("chromium", "chromium-browser", "google-chrome", "chrome")

FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update", "--force-device-scale-factor=1"),
    # One process that shares no memory file: containers often have a tiny /dev/shm.
    "--disable-dev-shm-usage",
)


def missing() -> str | None:
    """Why there is no browser to drive; None where there is one."""
    if not any(map(shutil.which, BINARIES)):
        return "no Chromium: apt-get install chromium chromium-driver"
    if not shutil.which("chromedriver"):
        return "no chromedriver: apt-get install chromium-driver"
    try:
        import selenium  # noqa: F401, PLC0415
    except ImportError:
        return "no selenium: pip install selenium"
    return None


@contextlib.contextmanager
def chromium(downloads: Path | None = None) -> Iterator[Any]:
    """A WebDriver with a fresh profile, its console and its requests logged; downloads go to `downloads`."""
    from selenium import webdriver  # noqa: PLC0415  (a development dependency)

    options = webdriver.ChromeOptions()
    options.binary_location = next(filter(None, map(shutil.which, BINARIES)))
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    if downloads is not None:
        options.add_experimental_option("prefs", {"download.default_directory": str(downloads)})
    with tempfile.TemporaryDirectory() as profile:
        for flag in (*FLAGS, f"--user-data-dir={profile}"):
            options.add_argument(flag)
        service = webdriver.ChromeService(shutil.which("chromedriver"))
        driver = webdriver.Chrome(options, service)
        try:
            yield driver
        finally:
            driver.quit()


def resize(driver: Any, width: int, height: int) -> None:
    """Make the viewport, not the window, this large; windows are no narrower than 500 pixels."""
    driver.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600},
    )

"""The page: every figure of a folder of reports beside its article, in one file that opens without a network.

`write(out)` reads what `summarizer run` wrote into `out` and writes `out/page.html`. Payloads are pure data (`build`,
`across`, `alignment`), made into HTML by `render`; what happens in the browser is `static/*.js`.
"""

from summarizer.page.write import Written, write

__all__ = ["Written", "write"]

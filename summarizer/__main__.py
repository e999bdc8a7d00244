"""`python -m summarizer`: the command line, where `summarizer` is not on the path."""

from summarizer.cli import main

main()

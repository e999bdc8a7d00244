"""The only door to openai, instructor and tenacity. Importing it takes seconds: import it late.

Who owns which failure: instructor asks again where an answer has the wrong form; tenacity, outside of it, waits out a
bad connection; the SDK's own retries are off, since stacked layers multiply.
"""

from summarizer.llm.answers import open_answers
from summarizer.llm.endpoint import Endpoint, connect
from summarizer.llm.postponed import keep, postpone

__all__ = ["Endpoint", "connect", "keep", "open_answers", "postpone"]

"""Text repair that knows what it cannot know: from a file's bytes to an article in clean Simplified text.

article = repair(open("article.txt", "rb").read())
article.clean.text                  # Simplified, half-width; LOST stands for what is gone for good
article.raw[slice(*article.clean.to_raw(10, 20))]
"""

from summarizer.text.article import Article
from summarizer.text.decode import decode
from summarizer.text.repair import repair
from summarizer.text.traced import LOST, Traced

__all__ = ["LOST", "Article", "Traced", "decode", "repair"]

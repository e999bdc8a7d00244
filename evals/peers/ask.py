"""Asks the peers: one plain instructor call for a list of facts, and LangExtract with an equivalent prompt.

Both are used as their documentation shows, through a relay on this machine that keeps every reply, so that tokens are
counted alike whatever library asks. Neither is given more than `MOST_TOKENS` for an answer: a small model repeats
itself.
"""

import json
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from pydantic import BaseModel, Field

from evals.peers.kept import Exchange, PeerAnswer, PeerFact
from schemas.vocabulary import Topic

MOST_TOKENS = 1500
KEY = "no-key"

TASK = (
    "从中国县域文章中找出每一个数字事实：人口、户数、金额、面积、比例、个数、里程等，一个数一条，全部找出，按原文顺序。"
    "日期、序号、口号和名称里的数字不算。每条写：value 数值（照原文写的阿拉伯数字），"
    "unit 单位（连同万、亿，如 万元、万人、户、%），"
    "label 这个数是什么（几个字的短语），topic 主题代码，quote 原文中带着这个数的几个字（照抄）。主题代码："
    + "、".join(f"{topic} {topic.zh}" for topic in Topic)
)

EXAMPLE = "柳河县总人口1.2万人。去年投入420万元，建成光伏电站12座。"
EXAMPLE_FACTS = (
    PeerFact("1.2", "万人", "总人口", "profile", "总人口1.2万人"),
    PeerFact("420", "万元", "投入资金", "photovoltaic", "投入420万元"),
    PeerFact("12", "座", "建成光伏电站", "photovoltaic", "建成光伏电站12座"),
)

Ask = Callable[[str, str, str], list[PeerFact]]
"""From a base URL, a model and a text to the facts that the peer finds in it."""


class PlainFact(BaseModel):
    """A fact as it is asked for in one call."""

    value: float | str
    unit: str = ""
    label: str = ""
    topic: str = ""
    quote: str = ""


class PlainFacts(BaseModel):
    """All facts of a text."""

    facts: list[PlainFact] = Field(description="每个数字事实一条")


def by_instructor(base_url: str, model: str, text: str) -> list[PeerFact]:
    """One call through instructor in JSON mode, without re-asks; an endpoint that can is held to the schema."""
    import instructor  # noqa: PLC0415  (loads the SDKs; scoring needs none)
    from openai import OpenAI  # noqa: PLC0415

    client = instructor.from_openai(OpenAI(base_url=base_url, api_key=KEY, max_retries=0), mode=instructor.Mode.JSON)
    found = client.chat.completions.create(
        model=model,
        response_model=PlainFacts,
        messages=[{"role": "system", "content": TASK}, {"role": "user", "content": text}],
        temperature=0.0,
        max_tokens=MOST_TOKENS,
        max_retries=0,
        extra_body={"response_format": {"type": "json_object", "schema": PlainFacts.model_json_schema()}},
    )
    return [PeerFact(str(f.value), f.unit, f.label, f.topic, f.quote) for f in found.facts]


def by_langextract(base_url: str, model: str, text: str) -> list[PeerFact]:
    """LangExtract on an OpenAI-compatible endpoint, with its tokenizer for Chinese."""
    import langextract as lx  # noqa: PLC0415  (of the extra `bench`)
    from langextract.core.tokenizer import UnicodeTokenizer  # noqa: PLC0415
    from langextract.factory import ModelConfig  # noqa: PLC0415

    example = lx.data.ExampleData(
        text=EXAMPLE,
        extractions=[
            lx.data.Extraction(
                extraction_class="fact",
                extraction_text=fact.quote,
                attributes={"value": fact.value, "unit": fact.unit, "label": fact.label, "topic": fact.topic},
            )
            for fact in EXAMPLE_FACTS
        ],
    )
    options = {"base_url": base_url, "api_key": KEY, "temperature": 0.0, "max_output_tokens": MOST_TOKENS}
    document = lx.extract(
        text_or_documents=text,
        prompt_description=TASK,
        examples=[example],
        config=ModelConfig(model_id=model, provider="OpenAILanguageModel", provider_kwargs=options),
        # The endpoint knows JSON mode; schemas are not taken by every one.
        use_schema_constraints=False,
        fence_output=False,
        tokenizer=UnicodeTokenizer(),
        max_workers=1,
        show_progress=False,
    )
    return [_extracted(extraction) for extraction in document.extractions or ()]


def _extracted(extraction: Any) -> PeerFact:
    said = {name: str(value) for name, value in (extraction.attributes or {}).items()}
    at = extraction.char_interval
    placed = at is not None and at.start_pos is not None and at.end_pos is not None
    return PeerFact(
        value=said.get("value", ""),
        unit=said.get("unit", ""),
        label=said.get("label", ""),
        topic=said.get("topic", ""),
        quote=str(extraction.extraction_text),
        span=(at.start_pos, at.end_pos) if placed else None,
    )


PEERS: dict[str, Ask] = {"instructor": by_instructor, "langextract": by_langextract}


def ask(peer: str, base_url: str, model: str, text: str) -> PeerAnswer:
    """The peer's answer, with every reply that it had; what it gives up on is recorded as its error.

    Raises:
        ModuleNotFoundError: the peer is not installed.
    """
    heard: list[Exchange] = []
    with relayed(base_url, heard) as url:
        try:
            facts = tuple(PEERS[peer](url, model, text))
        except ModuleNotFoundError:
            raise
        except Exception as error:
            if not heard:
                raise
            reason = f"{type(error).__name__}: {error}".splitlines()[0][:200]
            return PeerAnswer(text, tuple(heard), error=reason)
    return PeerAnswer(text, tuple(heard), facts)


@contextmanager
def relayed(base_url: str, heard: list[Exchange]) -> Iterator[str]:
    """The address of a server on this machine that passes requests on to `base_url`, and keeps the replies."""

    class Relay(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            request = urllib.request.Request(
                base_url.rstrip("/") + self.path, body, {"Content-Type": "application/json"}
            )
            started = time.perf_counter()
            with urllib.request.urlopen(request, timeout=3600) as response:
                answered = response.read()
            heard.append(_exchange(json.loads(answered), time.perf_counter() - started))
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(answered)))
            self.end_headers()
            self.wfile.write(answered)

        def log_message(self, *_words: object) -> None:
            """Nothing: what was asked is in the answers."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Relay)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _exchange(response: dict[str, Any], seconds: float) -> Exchange:
    choice, usage = response["choices"][0], response.get("usage") or {}
    return Exchange(
        content=choice["message"].get("content") or "",
        finish=str(choice.get("finish_reason")),
        input=usage.get("prompt_tokens", 0),
        output=usage.get("completion_tokens", 0),
        seconds=round(seconds, 2),
    )

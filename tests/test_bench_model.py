"""The comparison with peers: kept answers are scored offline, alike for every reader."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from evals.bench_model import Row, Told, located, score
from evals.gold import GoldFact
from evals.peers.ask import EXAMPLE, EXAMPLE_FACTS, relayed
from evals.peers.kept import Exchange, PeerAnswer, PeerAnswers, PeerFact
from schemas.vocabulary import Indicator, Qualifier, Status, Topic, Unit
from summarizer.text import repair

TEXT = "柳河县投入420万元，覆盖260户、960人，其中贫困户96户。"
ARTICLE = repair(TEXT)


def label(mention: str, value: int, unit: Unit) -> GoldFact:
    """A labelled number of the text."""
    at = TEXT.index(mention)
    return GoldFact(
        span=(at, at + len(mention)),
        number_at=at,
        quote=mention,
        mention=mention,
        value=Decimal(value),
        upper=None,
        unit=unit,
        counted=None,
        qualifier=Qualifier.EXACT,
        per=(),
        label="",
        topic=Topic.OTHER,
        indicator=Indicator.OTHER,
        place=None,
        status=Status.ACHIEVED,
        period=None,
    )


LABELS = (
    label("420万元", 4_200_000, Unit.CNY),
    label("260户", 260, Unit.HOUSEHOLD),
    label("960人", 960, Unit.PERSON),
    label("96户", 96, Unit.HOUSEHOLD),
)


def row_of(*facts: PeerFact) -> Row:
    """What a peer's facts are worth."""
    return score(LABELS, list(located(facts, ARTICLE)), ARTICLE)


def fact(value: str, unit: str, quote: str, span: tuple[int, int] | None = None) -> PeerFact:
    """A fact as a peer returns it."""
    return PeerFact(value, unit, "", "", quote, span)


def test_a_right_fact_is_found_and_exact() -> None:
    """Magnitudes and units are converted as those of the labels are."""
    row = row_of(fact("420", "万元", "投入420万元"), fact("260.0", "户", "覆盖260户"))
    assert (row.labelled, row.listed, row.found, row.exact, row.false) == (4, 2, 2, 2, 0)


def test_a_quote_with_two_numbers_finds_the_one_that_its_value_says() -> None:
    """And a wrong value with such a quote finds none: nobody can say which it means."""
    quote = "覆盖260户、960人"
    assert row_of(fact("960", "人", quote), fact("260", "户", quote)).exact == 2
    assert row_of(fact("96", "人", quote)).found == 0


WRONG: dict[str, tuple[PeerFact, dict[str, int]]] = {
    "a value that the text states nowhere": (fact("421", "万元", "投入420万元"), {"found": 1, "exact": 0, "false": 1}),
    "a lost magnitude": (fact("420", "元", "投入420万元"), {"found": 1, "exact": 0, "false": 1}),
    "another number's value": (fact("96", "户", "覆盖260户"), {"found": 1, "exact": 0, "false": 0}),
    "a quote that is not in the text": (fact("260", "户", "惠及260户"), {"found": 0, "ungrounded": 1}),
    "no quote": (fact("260", "户", ""), {"found": 0, "ungrounded": 1}),
    "a part of a number": (fact("60", "户", "60户", (14, 17)), {"found": 0, "false": 1}),
    "words for a value": (fact("许多", "户", "覆盖260户"), {"found": 1, "exact": 0, "false": 0}),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_counted_as_what_it_is(name: str) -> None:
    """Each kind of mistake has its column."""
    given, expected = WRONG[name]
    row = row_of(given)
    assert {column: getattr(row, column) for column in expected} == expected


def test_one_label_is_found_once() -> None:
    """A fact that is listed twice is listed twice and found once."""
    row = row_of(fact("420", "万元", "投入420万元"), fact("420", "万元", "投入420万元"))
    assert (row.listed, row.found) == (2, 1)


def test_a_fact_that_points_nowhere_finds_nothing() -> None:
    """A right value without a place cannot be looked up."""
    row = score(LABELS, [Told(None, Decimal(260), Unit.HOUSEHOLD)], ARTICLE)
    assert (row.found, row.anywhere, row.ungrounded, row.false) == (0, 1, 1, 0)


def test_an_answer_is_kept_for_its_text(tmp_path: Path) -> None:
    """What was answered about another text is no answer."""
    kept = PeerAnswers("a/model", "peer", tmp_path)
    answer = PeerAnswer(TEXT, (Exchange("{}", "stop", 10, 5),), (fact("1", "户", "1户", (0, 2)), fact("2", "", "")))
    kept.save("sample", answer)
    assert kept.load("sample", TEXT) == answer
    assert kept.load("sample", TEXT + "。") is None
    assert kept.load("other", TEXT) is None


def test_the_peers_example_is_right() -> None:
    """Every fact of the worked example stands in its text with its value."""
    for example in EXAMPLE_FACTS:
        assert example.quote in EXAMPLE
        assert example.value + example.unit in example.quote


def test_the_relay_keeps_what_passes() -> None:
    """Replies reach whoever asked, and are counted as the endpoint counts them."""
    import urllib.request  # noqa: PLC0415
    from http.server import BaseHTTPRequestHandler, HTTPServer  # noqa: PLC0415
    from threading import Thread  # noqa: PLC0415

    response: dict[str, Any] = {
        "choices": [{"message": {"content": "好"}, "finish_reason": "stop"}],
        "usage": {"prompt_tokens": 7, "completion_tokens": 1},
    }

    class Endpoint(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            body = json.dumps(response | {"path": self.path}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_words: object) -> None:
            """Nothing."""

    heard: list[Exchange] = []
    with HTTPServer(("127.0.0.1", 0), Endpoint) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        with relayed(f"http://127.0.0.1:{server.server_address[1]}/v1", heard) as url:
            request = urllib.request.Request(url + "/chat/completions", b"{}")
            with urllib.request.urlopen(request, timeout=5) as reply:
                assert json.load(reply)["path"] == "/v1/chat/completions"
        server.shutdown()
    assert [(one.content, one.finish, one.input, one.output) for one in heard] == [("好", "stop", 7, 1)]
    assert heard[0].seconds >= 0

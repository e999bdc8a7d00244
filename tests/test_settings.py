"""Settings: which place wins, what is refused, and that keys stay secret."""

from pathlib import Path
from typing import Any

import pytest

from summarizer.errors import SettingsError
from summarizer.settings import OPENAI, Settings

KEY = "sk-very-secret-0123456789"


@pytest.fixture(autouse=True)
def _empty_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder without settings files and an environment without settings."""
    monkeypatch.chdir(tmp_path)
    for name in (*Settings.model_fields, "openai_api_key"):
        monkeypatch.delenv(f"SUMMARIZER_{name.upper()}", raising=False)
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)


def test_each_place_beats_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Options beat the environment, which beats .env, which beats summarizer.toml."""
    (tmp_path / "summarizer.toml").write_text('base_url = "http://toml/v1"\nmodel = "toml"\n', encoding="utf-8")
    assert Settings.load().model == "toml"
    (tmp_path / ".env").write_text("SUMMARIZER_MODEL=dotenv\nPATH_OF_ANOTHER_PROGRAM=1\n", encoding="utf-8")
    assert Settings.load().model == "dotenv"
    monkeypatch.setenv("SUMMARIZER_MODEL", "environment")
    assert Settings.load().model == "environment"
    settings = Settings.load(model="option")
    assert (settings.model, settings.base_url) == ("option", "http://toml/v1")


def test_an_option_that_is_none_was_not_given(monkeypatch: pytest.MonkeyPatch) -> None:
    """None does not beat the environment."""
    monkeypatch.setenv("SUMMARIZER_YEAR", "2019")
    assert Settings.load(year=None).year == 2019


def test_an_empty_variable_is_no_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    """`SUMMARIZER_MODEL=` leaves the reading to rules."""
    monkeypatch.setenv("SUMMARIZER_MODEL", "")
    assert not Settings.load().uses_model


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"SUMMARIZER_API_KEY": "own", "OPENAI_API_KEY": "other"}, "own"),
        ({"OPENAI_API_KEY": "other"}, "other"),
        ({"SUMMARIZER_API_KEY": "own"}, "own"),
        ({}, None),
    ],
    ids=["both", "only OpenAI's", "only ours", "none"],
)
def test_our_key_comes_before_openais(
    given: dict[str, str], expected: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SUMMARIZER_API_KEY is used, else OPENAI_API_KEY."""
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    key = Settings.load().key
    assert (key.get_secret_value() if key else None) == expected


@pytest.mark.parametrize(
    ("given", "uses"),
    [
        ({}, False),
        ({"model": "m"}, True),
        ({"model": "m", "reader": "model"}, True),
        ({"model": "m", "reader": "rules"}, False),
    ],
    ids=["nothing named", "a model named", "a model wanted", "rules wanted"],
)
def test_a_model_is_used_only_when_one_is_named(given: dict[str, Any], uses: bool) -> None:
    """A model reads when it is named and rules are not insisted on."""
    assert Settings.load(base_url="http://127.0.0.1:1/v1", **given).uses_model is uses


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"modle": "m"}, "modle"),
        ({"concurrency": 0}, "concurrency"),
        ({"timeout": "soon"}, "timeout"),
        ({"base_url": "localhost:8000"}, "base_url"),
        ({"base_url": "ftp://host/v1"}, "base_url"),
        ({"reader": "oracle"}, "reader"),
        ({"reader": "model"}, "no model is named"),
        ({"model": "m"}, "neither an API key nor a base URL"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_wrong_setting_is_named(given: dict[str, Any], named: str) -> None:
    """A setting that cannot be is refused with its name and a hint."""
    with pytest.raises(SettingsError, match=named) as caught:
        Settings.load(**given)
    assert caught.value.hint
    assert ";" not in str(caught.value), "one mistake is one problem"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("summarizer.toml", b"model = "),
        ("summarizer.toml", b'sections = "many"'),
        ("summarizer.toml", "model = '模型'".encode("gbk")),
        (".env", b"SUMMARIZER_MODLE=m\n"),
        (".env", "SUMMARIZER_MODEL=模型\n".encode("gbk")),
    ],
    ids=["broken toml", "unknown in toml", "toml not in UTF-8", "misspelt in .env", ".env not in UTF-8"],
)
def test_a_broken_file_is_a_settings_error(name: str, content: bytes, tmp_path: Path) -> None:
    """A settings file that cannot be read ends in a SettingsError, not in a traceback."""
    (tmp_path / name).write_bytes(content)
    with pytest.raises(SettingsError):
        Settings.load()


def test_keys_are_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither text, nor dump, nor the public settings, nor an error about them holds a key."""
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    settings = Settings.load(model="m", api_key=KEY, base_url=f"https://user:{KEY}@host:8443/v1?token={KEY}")
    assert KEY not in f"{settings.public()}{settings.host}"
    assert settings.public()["base_url"] == "https://host:8443/v1"
    assert KEY not in f"{settings.api_key!r} {settings.openai_api_key}"
    with pytest.raises(SettingsError) as caught:
        Settings.load(api_key=[KEY])
    assert KEY not in str(caught.value)


def test_the_host_is_openai_where_none_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """The host that articles are sent to is known before any call, whatever the SDK's own variables say."""
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setenv("OPENAI_BASE_URL", "http://elsewhere/v1")
    settings = Settings.load(model="m")
    assert (settings.endpoint, settings.host) == (OPENAI, "api.openai.com")


def test_where_answers_are_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """In a folder that is named, else in the user's cache, or nowhere."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    assert Settings.load(cache="~/kept").answers == tmp_path / "kept"
    assert Settings.load(cache="~/kept", no_cache=True).answers is None
    own = Settings.load().answers
    assert own is not None
    assert own.name.lower() == "summarizer" or own.parent.name == "summarizer"


def test_one_price_alone_is_refused() -> None:
    """Money counted with half a price would be wrong."""
    with pytest.raises(SettingsError, match="together"):
        Settings.load(price_input=1)


def test_settings_do_not_change() -> None:
    """Settings are fixed for the length of a run."""
    with pytest.raises(ValueError, match="frozen"):
        Settings.load().model = "other"


@pytest.mark.parametrize(
    ("base_url", "given", "expected"),
    [
        ("http://127.0.0.1:8901/v1", {}, 1),
        ("http://localhost:11434/v1", {}, 1),
        ("https://api.deepseek.com", {}, 8),
        (None, {}, 8),
        ("http://127.0.0.1:8901/v1", {"concurrency": 3}, 3),
    ],
)
def test_a_server_on_this_machine_is_asked_one_thing_at_a_time(
    base_url: str | None, given: dict[str, int], expected: int
) -> None:
    """Requests in flight follow the kind of endpoint, unless they are set."""
    assert Settings.load(base_url=base_url, **given).concurrency == expected

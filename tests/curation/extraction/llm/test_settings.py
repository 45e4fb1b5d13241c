"""What switches the language model on, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from curation.extraction.llm import (
    UnconfiguredError,
    codes,
    extractor_from,
    settings_from,
)

HERE = Path("answers")
GOOD = {
    "NEWSDB_LLM_URL": "https://models.example/v1/",
    "NEWSDB_LLM_MODEL": "small-1",
    "NEWSDB_LLM_KEY": "sk-test-5ecret",
}
LISTS = Path(__file__).parents[4] / "fixtures" / "reference"


def test_it_is_off_without_a_word_about_it() -> None:
    assert extractor_from({}, folder=HERE) is None
    assert extractor_from({"NEWSDB_LLM_URL": " "}, folder=HERE) is None


def test_url_and_model_switch_it_on() -> None:
    model = extractor_from(GOOD, folder=HERE)
    assert model is not None
    assert (model.name, model.version) == ("llm", "1:small-1")
    assert model.settings.url == "https://models.example/v1"
    assert model.settings.cache == HERE


@pytest.mark.parametrize("missing", ["NEWSDB_LLM_URL", "NEWSDB_LLM_MODEL"])
def test_a_missing_variable_is_named(missing: str) -> None:
    rest = {name: value for name, value in GOOD.items() if name != missing}
    with pytest.raises(UnconfiguredError, match=f"{missing} is not set"):
        settings_from(rest, folder=HERE)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("NEWSDB_LLM_URL", "models.example/v1"),
        ("NEWSDB_LLM_URL", "file:///etc/passwd"),
        ("NEWSDB_LLM_URL", "https://user:sk-test-5ecret@models.example/v1"),
        ("NEWSDB_LLM_URL", "https://models.example/v1?key=sk-test-5ecret"),
        ("NEWSDB_LLM_URL", "https://[models"),
        ("NEWSDB_LLM_URL", "http://models.example/v1"),
        ("NEWSDB_LLM_KEY", "sk-test-5ecret\r\nX-Other: 1"),
        ("NEWSDB_LLM_TIMEOUT", "soon"),
        ("NEWSDB_LLM_TIMEOUT", "0"),
        ("NEWSDB_LLM_MAX_CHARS", "10"),
        ("NEWSDB_LLM_MAX_TOKENS", "inf"),
        ("NEWSDB_LLM_MAX_TOKENS", "nan"),
        ("NEWSDB_LLM_PRICE", "cheap"),
        ("NEWSDB_LLM_MAX_COST", "5"),
    ],
)
def test_a_wrong_value_is_refused_by_its_name_and_not_shown(
    name: str, value: str
) -> None:
    with pytest.raises(UnconfiguredError, match=name) as error:
        settings_from(GOOD | {name: value}, folder=HERE)
    assert "5ecret" not in str(error.value)


def test_a_server_on_this_machine_needs_neither_key_nor_https() -> None:
    given = {"NEWSDB_LLM_URL": "http://127.0.0.1:8080/v1", "NEWSDB_LLM_MODEL": "m"}
    settings = settings_from(given, folder=HERE)
    assert settings is not None
    assert settings.key == ""


def test_caps_and_prices_are_read() -> None:
    given = {
        "NEWSDB_LLM_PRICE": "0.15/0.60",
        "NEWSDB_LLM_MAX_COST": "2.5",
        "NEWSDB_LLM_MAX_TOKENS": "9000",
        "NEWSDB_LLM_CACHE": "elsewhere",
    }
    settings = settings_from(GOOD | given, folder=HERE)
    assert settings is not None
    assert settings.prices == (0.15, 0.60)
    assert (settings.max_cost, settings.max_tokens) == (2.5, 9000)
    assert settings.cache == Path("elsewhere")


def test_settings_do_not_show_the_key() -> None:
    assert "5ecret" not in repr(settings_from(GOOD, folder=HERE))


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("actor-kind", codes.ACTOR_KINDS),
        ("claim-kind", codes.STATEMENTS),
        ("claim-modality", codes.MODALITIES),
        ("claim-polarity", codes.POLARITIES),
        ("measure", codes.MEASURES),
        ("group", codes.GROUPS),
        ("event-modality", codes.EVENT_MODALITIES),
        ("role", codes.ROLES),
        ("plover-type", codes.MODES),
        ("plover-mode", [f"{t}.{m}" for t, some in codes.MODES.items() for m in some]),
    ],
)
def test_codes_are_those_of_the_lists(name: str, values: tuple[str, ...]) -> None:
    entries = yaml.safe_load((LISTS / f"{name}.yaml").read_text())["entries"]
    assert [entry["code"] for entry in entries] == list(values)

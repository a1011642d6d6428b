"""The settings object: defaults, wrong values refused by name, secrets never shown."""

import msgspec
import pytest

from workers.settings import SECRETS, SettingError, Settings, settings_from_texts


def test_the_defaults_fit_the_embedded_broker_and_the_contract() -> None:
    settings = Settings()
    assert settings.kafka_bootstrap_servers == "127.0.0.1:9092"
    assert settings.topic("pages") == "news.pages"
    assert (settings.partitions, settings.page_deadline_seconds, settings.http_port) == (12, 5.0, 0)
    assert (settings.teaser_window_days, settings.snippet_window_days) == (30.0, 7.0)


@pytest.mark.parametrize(
    ("name", "text", "right"),
    [
        ("partitions", "many", "a whole number of at least 1"),
        ("partitions", "0", "a whole number of at least 1"),
        ("partitions", "1.5", "a whole number of at least 1"),
        ("http_port", "70000", "at most 65535"),
        ("page_deadline_seconds", "-1", "a number above 0"),
        ("page_deadline_seconds", "nan", "a number above 0"),
        ("flood_guard_share", "1.5", "at most 1"),
        ("log_level", "loud", "debug, info, warning, error"),
        ("record_format", "avro", "json, msgpack"),
        ("kafka_security_protocol", "TLS", "PLAINTEXT, SSL, SASL_PLAINTEXT, SASL_SSL"),
        ("topic_prefix", "news topics", "letters, digits"),
        ("segment_group", "", "Consumer group"),
    ],
)
def test_a_wrong_value_is_refused_with_the_name_the_value_and_what_would_be_right(
    name: str, text: str, right: str
) -> None:
    with pytest.raises(SettingError) as refused:
        settings_from_texts({name: text})
    assert refused.value.name == name
    assert right in refused.value.problem
    assert repr(text) in refused.value.problem


def test_a_wrong_value_is_refused_in_python_too() -> None:
    with pytest.raises(SettingError, match="partitions: 0 is wrong"):
        Settings(partitions=0)


@pytest.mark.parametrize(
    ("texts", "name"),
    [
        ({"kafka_security_protocol": "SASL_SSL", "kafka_sasl_password": "x"}, "kafka_sasl_username"),
        ({"kafka_security_protocol": "SASL_PLAINTEXT", "kafka_sasl_username": "x"}, "kafka_sasl_password"),
        ({"kafka_tls_certificate_file": "x.pem"}, "kafka_tls_key_file"),
        ({"kafka_tls_key_file": "x.pem"}, "kafka_tls_certificate_file"),
        ({"page_deadline_seconds": "20"}, "page_deadline_seconds"),
        ({"max_in_flight_bytes": "2000000"}, "max_in_flight_bytes"),
    ],
)
def test_settings_that_contradict_each_other_are_refused(texts: dict[str, str], name: str) -> None:
    with pytest.raises(SettingError) as refused:
        settings_from_texts(texts)
    assert refused.value.name == name


def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(SettingError, match="no such setting"):
        settings_from_texts({"partitons": "3"})


@pytest.mark.parametrize("name", sorted(SECRETS))
def test_a_secret_is_shown_nowhere(name: str) -> None:
    settings = settings_from_texts({name: "open-sesame"})
    assert "open-sesame" not in repr(settings)
    assert "open-sesame" not in str(settings)
    assert "open-sesame" not in f"{settings}"
    assert "open-sesame" not in str(list(settings.__rich_repr__()))
    assert "********" in repr(settings)


def test_settings_cannot_be_changed() -> None:
    settings = Settings()
    with pytest.raises(AttributeError):
        settings.partitions = 3  # type: ignore[misc]
    assert msgspec.structs.replace(settings, partitions=3).partitions == 3

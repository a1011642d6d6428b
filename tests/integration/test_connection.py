"""How clients connect: a login that is right, and one that is wrong, on a real listener."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import Kafka
from workers.broker.broker import free_port, start, stop
from workers.broker.configuration import BrokerOptions
from workers.cli.folders import cache_folder
from workers.cli.main import run

PASSWORD = "open-sesame"  # noqa: S105 # it opens nothing but this test's broker


@pytest.fixture(scope="module")
def login_address(kafka: Kafka, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A broker that asks for a user name and a password on a second listener."""
    assert kafka.bootstrap
    data, port, login = tmp_path_factory.mktemp("login"), free_port(), free_port()
    jaas = f'org.apache.kafka.common.security.plain.PlainLoginModule required user_reader="{PASSWORD}";'
    properties = {
        "listeners": f"SASL_PLAINTEXT://127.0.0.1:{login}",
        "advertised.listeners": f"SASL_PLAINTEXT://127.0.0.1:{login}",
        "sasl.enabled.mechanisms": "PLAIN",
        "listener.name.sasl_plaintext.plain.sasl.jaas.config": jaas,
    }
    start(BrokerOptions(data=data, cache=cache_folder(), port=port, properties=properties, short_lived=True))
    yield f"127.0.0.1:{login}"
    stop(data)


def check(address: str, monkeypatch: pytest.MonkeyPatch, **settings: str) -> int:
    variables = {"KAFKA_BOOTSTRAP_SERVERS": address, **{name.upper(): value for name, value in settings.items()}}
    for name, value in variables.items():
        monkeypatch.setenv(f"BROADSHEET_{name}", value)
    return run(["topics", "check"])


def login(password: str) -> dict[str, str]:
    return {
        "kafka_security_protocol": "SASL_PLAINTEXT",
        "kafka_sasl_mechanism": "PLAIN",
        "kafka_sasl_username": "reader",
        "kafka_sasl_password": password,
    }


def test_the_right_login_is_let_in(
    login_address: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check(login_address, monkeypatch, **login(PASSWORD)) == 1
    assert "news.pages is missing" in capsys.readouterr().out


def test_a_wrong_password_is_told_at_once_and_never_shown(
    login_address: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    begun = time.monotonic()
    assert check(login_address, monkeypatch, **login("not-" + PASSWORD)) == 1
    assert time.monotonic() - begun < 30
    told = capsys.readouterr()
    assert "refuses the login of 'reader' by PLAIN" in told.err
    assert "BROADSHEET_KAFKA_SASL_USERNAME" in told.err
    assert PASSWORD not in told.err + told.out


def test_no_login_where_one_is_needed_is_told_with_the_protocol(
    login_address: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check(login_address, monkeypatch) == 1
    assert "--kafka-security-protocol" in capsys.readouterr().err


def test_a_certificate_file_that_is_none_is_told_by_its_setting(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "ca.pem").write_text("no certificate")
    ca_file = str(tmp_path / "ca.pem")
    assert check("127.0.0.1:1", monkeypatch, kafka_security_protocol="SSL", kafka_tls_ca_file=ca_file) == 1
    assert "--kafka-tls-ca-file (BROADSHEET_KAFKA_TLS_CA_FILE): it cannot be used" in capsys.readouterr().err

"""compose.yaml, as far as it can be judged without an engine that runs it."""

import re
from typing import Any

import pytest
from click.testing import CliRunner
from jsonschema import ValidationError, validators

from tests.conftest import REPOSITORY, missing
from tests.deploy.deployment import DEPLOY, PROMETHEUS, yaml_document
from tests.deploy.dockerfile import one, stages
from tests.deploy.images import PINNED
from workers.cli.main import cli
from workers.settings import settings_from_texts
from workers.stream.service import LEAVE_SECONDS

PREFIX = "BROADSHEET_"


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    document: dict[str, Any] = yaml_document(DEPLOY / "compose.yaml")
    return document


@pytest.fixture(scope="module")
def services(compose: dict[str, Any]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = compose["services"]
    return found


def ours(services: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {name: service for name, service in services.items() if "build" in service}


def test_it_is_what_the_compose_specification_asks_for(compose: dict[str, Any]) -> None:
    try:
        from check_jsonschema import builtin_schemas as builtin
    except ImportError:
        missing("no schema of Compose: `make test` installs check-jsonschema")
    schema = builtin.get_builtin_schema("vendor.compose-spec")
    validator = validators.validator_for(schema)
    validator(schema).validate(compose)
    with pytest.raises(ValidationError, match="imagee"):
        validator(schema).validate({"services": {"kafka": {"imagee": "x"}}})


def test_every_image_is_pinned_to_a_release(services: dict[str, dict[str, Any]]) -> None:
    for name, service in services.items():
        assert PINNED.fullmatch(service["image"]), name
    kafka = services["kafka"]["image"].partition(":")[2].split(".")
    # Not newer than the Kafka that all tests run on, and of the same major version.
    jars = (REPOSITORY / "workers" / "broker" / "jars.txt").read_text("utf-8")
    embedded = re.findall(r"^org\.apache\.kafka:kafka_2\.13:(\S+)", jars, re.MULTILINE)[0].split(".")
    assert kafka[0] == embedded[0]
    assert [int(number) for number in kafka] <= [int(number) for number in embedded]


def test_every_file_and_volume_that_is_named_is_there(compose: dict[str, Any]) -> None:
    for name, service in compose["services"].items():
        for volume in service.get("volumes", []):
            source = volume.split(":")[0]
            if source.startswith("."):
                assert (DEPLOY / source).exists(), (name, source)
                assert volume.endswith(":ro"), (name, source)
            else:
                assert source in compose["volumes"], (name, source)
    for service in ours(compose["services"]).values():
        context = DEPLOY / service["build"]["context"]
        assert (context / service["build"]["dockerfile"]).is_file()
        assert (context / "pyproject.toml").is_file()


def test_settings_and_commands_are_ones_that_there_are(services: dict[str, dict[str, Any]]) -> None:
    for name, service in ours(services).items():
        environment = service["environment"]
        assert all(variable.startswith(PREFIX) for variable in environment), name
        settings = settings_from_texts(
            {variable.removeprefix(PREFIX).lower(): value for variable, value in environment.items()}
        )
        assert CliRunner().invoke(cli, [*service["command"], "--help"]).exit_code == 0, name
        inside = re.findall(r"(\w+)://(\w+):(\d+)", services["kafka"]["environment"]["KAFKA_ADVERTISED_LISTENERS"])
        assert settings.kafka_bootstrap_servers in {f"{host}:{port}" for _, host, port in inside}, name


def test_kafkas_listeners_agree_with_each_other(services: dict[str, dict[str, Any]]) -> None:
    environment = services["kafka"]["environment"]
    listening = dict(re.findall(r"(\w+)://:(\d+)", environment["KAFKA_LISTENERS"]))
    advertised = {
        name: (host, port)
        for name, host, port in re.findall(r"(\w+)://([\w.]+):(\d+)", environment["KAFKA_ADVERTISED_LISTENERS"])
    }
    controller = environment["KAFKA_CONTROLLER_LISTENER_NAMES"]
    assert listening.keys() == advertised.keys() | {controller}
    assert all(listening[name] == port for name, (_, port) in advertised.items())
    assert environment["KAFKA_INTER_BROKER_LISTENER_NAME"] in advertised
    protocols = dict(pair.split(":") for pair in environment["KAFKA_LISTENER_SECURITY_PROTOCOL_MAP"].split(","))
    assert protocols.keys() == listening.keys()
    node, host, port = re.split("[@:]", environment["KAFKA_CONTROLLER_QUORUM_VOTERS"])
    assert (node, host, port) == (environment["KAFKA_NODE_ID"], "kafka", listening[controller])
    assert services["kafka"]["ports"] == [f"127.0.0.1:{listening['HOST']}:{listening['HOST']}"]
    # The address that crawlers on this machine, and the command line, try by default.
    assert ":".join(advertised["HOST"]) == settings_from_texts({}).kafka_bootstrap_servers
    assert environment["KAFKA_LOG_DIRS"] == services["kafka"]["volumes"][0].partition(":")[2]


def test_nothing_listens_beyond_this_machine(services: dict[str, dict[str, Any]]) -> None:
    for name, service in services.items():
        assert all(port.startswith("127.0.0.1:") for port in service.get("ports", [])), name


def test_what_waits_for_a_healthy_service_waits_for_one_that_says_so(services: dict[str, dict[str, Any]]) -> None:
    for name, service in services.items():
        for other, how in service.get("depends_on", {}).items():
            check = services[other].get("healthcheck", {})
            if how["condition"] == "service_healthy":
                assert "test" in check, (name, other)
            else:
                assert how["condition"] == "service_completed_successfully", (name, other)
                assert services[other]["restart"] == "on-failure:5", (name, other)


def test_prometheus_finds_the_workers_where_they_listen(services: dict[str, dict[str, Any]]) -> None:
    scrapes = {one["job_name"]: one for one in yaml_document(PROMETHEUS / "prometheus.yml")["scrape_configs"]}
    port = int(one(stages()[1], "EXPOSE"))
    for kind in ("segment", "dedup", "trends"):
        (found,) = scrapes[f"broadsheet-{kind}"]["dns_sd_configs"]
        assert found["names"] == [kind]
        assert found["port"] == port
        assert services[kind]["command"] == ["worker", kind]
        # A name of its own would stop `--scale`, and a published port too.
        assert not {"container_name", "ports"} & services[kind].keys()


def test_grafana_finds_its_dashboards_and_prometheus(services: dict[str, dict[str, Any]]) -> None:
    mounted = {volume.split(":")[1]: volume.split(":")[0] for volume in services["grafana"]["volumes"]}
    provisioning = DEPLOY / mounted["/etc/grafana/provisioning"]
    (provider,) = yaml_document(provisioning / "dashboards" / "broadsheet.yml")["providers"]
    folder = provider["options"]["path"]
    assert (DEPLOY / mounted[folder] / "broadsheet.json").is_file()
    home = services["grafana"]["environment"]["GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH"]
    assert home == f"{folder}/broadsheet.json"
    (source,) = yaml_document(provisioning / "datasources" / "prometheus.yml")["datasources"]
    assert re.fullmatch(r"http://prometheus:9090", source["url"])
    assert services["prometheus"]["ports"] == ["127.0.0.1:9090:9090"]


def test_our_containers_may_do_nothing_that_they_need_not(services: dict[str, dict[str, Any]]) -> None:
    for name, service in ours(services).items():
        assert service["read_only"] is True, name
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
    for kind in ("segment", "dedup", "trends"):
        assert float(services[kind]["stop_grace_period"].removesuffix("s")) > LEAVE_SECONDS

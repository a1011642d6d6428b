"""The manifests, as far as they can be judged without a cluster."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tests.conftest import missing
from tests.deploy.deployment import DEPLOY, PROMETHEUS, program, yaml_document
from tests.deploy.dockerfile import one, stages
from tests.deploy.images import PINNED
from tests.deploy.kustomization import KUBERNETES, containers, named, rendered
from tests.deploy.test_rules import run
from workers.cli.main import cli
from workers.settings import Settings, settings_from_texts
from workers.stream.service import LEAVE_SECONDS
from workers.stream.topics import planned_topics

KINDS = ("segment", "dedup", "trends")
RELEASES = ("1.32", "1.37")
"""Of Kubernetes: the manifests are held to the schemas of both."""
PARENT_BYTES = 320 * 2**20
"""What tests/integration/test_memory.py allows the segment worker's own process at a backlog of large pages."""
_UNITS = {"Mi": 2**20, "Gi": 2**30}


@pytest.fixture(scope="module")
def objects() -> list[dict[str, Any]]:
    return rendered()


@pytest.fixture(scope="module")
def shared_settings(objects: list[dict[str, Any]]) -> dict[str, str]:
    data: dict[str, str] = named(objects, "ConfigMap")["settings"]["data"]
    return data


def settings_of(container: dict[str, Any], shared: dict[str, str]) -> Settings:
    """The settings that the container's worker sees; what comes from a secret or a field is any text."""
    own = {variable["name"]: variable.get("value", "from-elsewhere") for variable in container["env"]}
    texts = {name.removeprefix("BROADSHEET_").lower(): value for name, value in (shared | own).items()}
    return settings_from_texts(texts)


def size(text: str) -> int:
    return int(text[:-2]) * _UNITS[text[-2:]]


@pytest.mark.parametrize("release", RELEASES)
def test_every_object_is_what_kubernetes_asks_for(objects: list[dict[str, Any]], release: str) -> None:
    try:
        import kubernetes_validate
    except ImportError:
        missing("no schemas of Kubernetes: `make test` installs kubernetes-validate")
    for found in objects:
        if not found["apiVersion"].startswith("keda.sh/"):
            kubernetes_validate.validate(found, release, strict=True)
    wrong = {**named(objects, "Namespace")["broadsheet"], "specs": {}}
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(wrong, release, strict=True)


def test_every_file_of_the_folder_is_applied_and_every_object_has_a_name_of_its_own(
    objects: list[dict[str, Any]],
) -> None:
    plan = yaml_document(KUBERNETES / "kustomization.yaml")
    assert sorted([*plan["resources"], "kustomization.yaml"]) == sorted(path.name for path in KUBERNETES.iterdir())
    names = [(found["kind"], found["metadata"]["name"]) for found in objects]
    assert len(set(names)) == len(names)
    assert plan["namespace"] in named(objects, "Namespace")


def test_images_are_pinned_and_commands_and_settings_are_ones_that_there_are(
    objects: list[dict[str, Any]], shared_settings: dict[str, str]
) -> None:
    for _, container in containers(objects):
        assert PINNED.fullmatch(container["image"])
        assert container["image"].endswith(
            f":{yaml_document(KUBERNETES / 'kustomization.yaml')['images'][0]['newTag']}"
        )
        assert CliRunner().invoke(cli, [*container["args"], "--help"]).exit_code == 0
        assert container["envFrom"] == [{"configMapRef": {"name": "settings"}}]
        settings = settings_of(container, shared_settings)
        mounts = {mount["name"]: mount["mountPath"] for mount in container["volumeMounts"]}
        assert settings.kafka_tls_ca_file == f"{mounts['kafka-tls']}/ca.crt"
    tags = {container["image"].rpartition(":")[2] for _, container in containers(objects)}
    compose = yaml_document(DEPLOY / "compose.yaml")
    assert tags == {compose["services"]["segment"]["image"].rpartition(":")[2]}


def test_workers_are_static_members_and_have_the_time_to_leave(objects: list[dict[str, Any]]) -> None:
    for kind, workers in named(objects, "StatefulSet").items():
        assert kind in KINDS
        assert workers["spec"]["serviceName"] in named(objects, "Service")
        assert "replicas" not in workers["spec"], "the autoscaler has them"
        pod = workers["spec"]["template"]["spec"]
        assert pod["terminationGracePeriodSeconds"] > LEAVE_SECONDS
        (container,) = pod["containers"]
        variables = {variable["name"]: variable for variable in container["env"]}
        for name in ("BROADSHEET_GROUP_INSTANCE_ID", "BROADSHEET_WORKER_ID"):
            assert variables[name]["valueFrom"] == {"fieldRef": {"fieldPath": "metadata.name"}}
        assert container["args"] == ["worker", kind]


def test_probes_and_services_use_the_port_of_the_image(objects: list[dict[str, Any]]) -> None:
    port = int(one(stages()[1], "EXPOSE"))
    for kind, workers in named(objects, "StatefulSet").items():
        (container,) = workers["spec"]["template"]["spec"]["containers"]
        assert container["ports"] == [{"name": "http", "containerPort": port}]
        assert container["livenessProbe"]["httpGet"] == {"path": "/healthz", "port": "http"}
        assert container["readinessProbe"]["httpGet"] == {"path": "/readyz", "port": "http"}
        assert named(objects, "Service")[kind]["spec"]["ports"] == [{"name": "http", "port": port}]
    (policy,) = named(objects, "NetworkPolicy").values()
    (incoming,) = policy["spec"]["ingress"]
    assert [allowed["port"] for allowed in incoming["ports"]] == [port]


def test_resources_are_those_that_were_measured(objects: list[dict[str, Any]], shared_settings: dict[str, str]) -> None:
    workers = named(objects, "StatefulSet")
    (container,) = workers["segment"]["spec"]["template"]["spec"]["containers"]
    settings = settings_of(container, shared_settings)
    limit = size(container["resources"]["limits"]["memory"])
    assert limit >= PARENT_BYTES + settings.pool_processes * settings.child_memory_bytes
    assert int(container["resources"]["requests"]["cpu"]) == settings.pool_processes
    for _, each in containers(objects):
        assert "cpu" not in each["resources"]["limits"], "a throttled child misses deadlines"
        assert size(each["resources"]["requests"]["memory"]) <= size(each["resources"]["limits"]["memory"])


def test_pods_keep_to_the_restricted_standard(objects: list[dict[str, Any]]) -> None:
    user = int(one(stages()[1], "USER").partition(":")[0])
    for pod, container in containers(objects):
        assert pod["securityContext"]["runAsNonRoot"] is True
        assert pod["securityContext"]["runAsUser"] == user
        assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
        assert pod["automountServiceAccountToken"] is False
        assert pod["serviceAccountName"] in named(objects, "ServiceAccount")
        assert container["securityContext"] == {
            "allowPrivilegeEscalation": False,
            "readOnlyRootFilesystem": True,
            "capabilities": {"drop": ["ALL"]},
        }
        volumes = {volume["name"] for volume in pod["volumes"]}
        assert {mount["name"] for mount in container["volumeMounts"]} == volumes


def test_workers_are_scaled_by_the_lag_of_their_own_group(
    objects: list[dict[str, Any]], shared_settings: dict[str, str]
) -> None:
    scaled = named(objects, "ScaledObject")
    assert scaled.keys() == set(KINDS) == named(objects, "StatefulSet").keys()
    for kind, found in scaled.items():
        (container,) = named(objects, "StatefulSet")[kind]["spec"]["template"]["spec"]["containers"]
        settings = settings_of(container, shared_settings)
        assert found["spec"]["scaleTargetRef"] == {"apiVersion": "apps/v1", "kind": "StatefulSet", "name": kind}
        assert found["spec"]["maxReplicaCount"] <= settings.partitions
        (trigger,) = found["spec"]["triggers"]
        metadata = trigger["metadata"]
        assert metadata["bootstrapServers"] == settings.kafka_bootstrap_servers
        assert metadata["consumerGroup"] == getattr(settings, f"{kind}_group")
        assert metadata["topic"] == settings.topic("pages" if kind == "segment" else "sightings")
        assert metadata["topic"] in {plan.name for plan in planned_topics(settings)}
        assert all(isinstance(value, str) for value in metadata.values()), "KEDA takes text only"
        assert trigger["authenticationRef"]["name"] in named(objects, "TriggerAuthentication")


def test_every_selector_finds_its_pods(objects: list[dict[str, Any]]) -> None:
    pods = [
        found["spec"]["template"]["metadata"]["labels"] for found in objects if found["kind"] in {"StatefulSet", "Job"}
    ]
    for kind in KINDS:
        budget = named(objects, "PodDisruptionBudget")[kind]["spec"]["selector"]["matchLabels"]
        service = named(objects, "Service")[kind]["spec"]["selector"]
        workers = named(objects, "StatefulSet")[kind]["spec"]["selector"]["matchLabels"]
        assert budget == service == workers
        assert sum(workers.items() <= labels.items() for labels in pods) == 1
    (policy,) = named(objects, "NetworkPolicy").values()
    assert all(policy["spec"]["podSelector"]["matchLabels"].items() <= labels.items() for labels in pods)


def test_the_network_lets_workers_reach_kafka_where_their_settings_say(
    objects: list[dict[str, Any]], shared_settings: dict[str, str]
) -> None:
    host, _, port = shared_settings["BROADSHEET_KAFKA_BOOTSTRAP_SERVERS"].partition(":")
    (policy,) = named(objects, "NetworkPolicy").values()
    _, kafka = policy["spec"]["egress"]
    assert kafka["ports"] == [{"protocol": "TCP", "port": int(port)}]
    (where,) = kafka["to"]
    assert where["namespaceSelector"]["matchLabels"]["kubernetes.io/metadata.name"] == host.split(".")[1]


def test_every_secret_that_is_asked_for_is_one_that_the_handbook_makes(objects: list[dict[str, Any]]) -> None:
    asked: dict[str, set[str]] = {}
    for pod, container in containers(objects):
        for variable in container["env"]:
            if reference := variable.get("valueFrom", {}).get("secretKeyRef"):
                asked.setdefault(reference["name"], set()).add(reference["key"])
        for volume in pod["volumes"]:
            if "secret" in volume:
                asked.setdefault(volume["secret"]["secretName"], set())
    for authentication in named(objects, "TriggerAuthentication").values():
        for reference in authentication["spec"]["secretTargetRef"]:
            asked.setdefault(reference["name"], set()).add(reference["key"])
    text = (DEPLOY / "README.md").read_text("utf-8").replace("\\\n", " ")
    made = {
        name: set(re.findall(r"--from-(?:literal|file)=([\w.]+)=", rest))
        for name, rest in re.findall(r"create secret generic (\S+)(.*)", text)
    }
    assert asked.keys() == made.keys()
    for name, keys in asked.items():
        assert keys <= made[name], name


def test_prometheus_in_the_cluster_finds_the_same_jobs(objects: list[dict[str, Any]], tmp_path: Path) -> None:
    plan = yaml_document(PROMETHEUS / "kubernetes.yml")
    assert plan["rule_files"] == yaml_document(PROMETHEUS / "prometheus.yml")["rule_files"]
    (scrape,) = plan["scrape_configs"]
    # Debian builds Prometheus without Kubernetes; everything besides the discovery itself is checked.
    (discovery,) = scrape.pop("kubernetes_sd_configs")
    assert discovery == {"role": "pod", "namespaces": {"names": list(named(objects, "Namespace"))}}
    keep, job, instance = scrape["relabel_configs"]
    assert keep["action"] == "keep"
    for kind, workers in named(objects, "StatefulSet").items():
        labels = workers["spec"]["template"]["metadata"]["labels"]
        assert labels["app.kubernetes.io/component"] == kind
        assert re.fullmatch(keep["regex"], f"{kind};http")
    assert (job["target_label"], job["replacement"]) == ("job", "broadsheet-$1")
    assert instance["target_label"] == "instance"
    rest = tmp_path / "prometheus.yml"
    rest.write_text(json.dumps({**plan, "rule_files": []}))  # JSON is YAML
    run(program("promtool"), "check", "config", str(rest))

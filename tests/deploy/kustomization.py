"""What `kubectl kustomize deploy/kubernetes` renders, for the few fields of Kustomize that it uses."""

from collections.abc import Iterator
from typing import Any

from tests.deploy.deployment import DEPLOY, yaml_document, yaml_documents

KUBERNETES = DEPLOY / "kubernetes"

_UNDERSTOOD = {"apiVersion", "kind", "namespace", "labels", "resources", "images", "configMapGenerator"}


def rendered() -> list[dict[str, Any]]:
    """Every object, with namespace and images as they reach the cluster, and the generated map of settings."""
    plan = yaml_document(KUBERNETES / "kustomization.yaml")
    assert plan.keys() <= _UNDERSTOOD, "teach this function the new field first"
    images = {image["name"]: f"{image['newName']}:{image['newTag']}" for image in plan["images"]}
    objects = [found for name in plan["resources"] for found in yaml_documents(KUBERNETES / name)]
    for generator in plan["configMapGenerator"]:
        data = dict(literal.split("=", 1) for literal in generator["literals"])
        objects.append({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": generator["name"]}, "data": data})
    for found in objects:
        if found["kind"] != "Namespace":
            found["metadata"]["namespace"] = plan["namespace"]
    for _, container in containers(objects):
        container["image"] = images[container["image"]]
    return objects


def containers(objects: list[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Each container with its pod's specification."""
    for found in objects:
        if found["kind"] in {"StatefulSet", "Job"}:
            pod = found["spec"]["template"]["spec"]
            for container in pod["containers"]:
                yield pod, container


def named(objects: list[dict[str, Any]], kind: str) -> dict[str, dict[str, Any]]:
    """The objects of one kind, by name."""
    return {found["metadata"]["name"]: found for found in objects if found["kind"] == kind}

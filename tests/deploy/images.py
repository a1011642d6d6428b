"""The images that compose.yaml, the manifests and the Dockerfile name."""

import re

PINNED = re.compile(r"[a-z0-9./-]+:v?\d+\.\d+\.\d+(?:-[a-z]+)*")
"""A release, to its last number: never latest, never a tag that moves on."""

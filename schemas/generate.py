"""`python -m schemas.generate` writes the contract's documents beside the Structs; a test fails when they are stale."""

import json
from pathlib import Path

from schemas.asyncapi import asyncapi
from schemas.json_schema import RECORDS, json_schema

FOLDER = Path(__file__).parent


def documents() -> dict[str, str]:
    """File name -> content of every generated document."""
    made = {f"{name}.schema.json": json_schema(name) for name in RECORDS} | {"asyncapi.json": asyncapi()}
    return {name: json.dumps(document, indent=2, ensure_ascii=False) + "\n" for name, document in made.items()}


def main() -> None:
    """Write every document that has changed."""
    for name, content in documents().items():
        path = FOLDER / name
        if not path.exists() or path.read_text(encoding="utf-8") != content:
            path.write_text(content, encoding="utf-8")


if __name__ == "__main__":
    main()

"""The scorer that comes with the evaluation corpora."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType


def scorer(corpora: Path) -> ModuleType:
    """The module score.py of the corpora's folder."""
    sys.path.insert(0, str(corpora))
    spec = importlib.util.spec_from_file_location("score", corpora / "score.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(f"no score.py in {corpora}")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module

"""A compiled module as its source says it, for tests that hold the one against the other."""

import importlib.util
import sys
from functools import cache
from pathlib import Path
from types import ModuleType


@cache
def plain(compiled: ModuleType) -> ModuleType:
    """The module's source, not compiled."""
    assert compiled.__file__ is not None
    path = Path(compiled.__file__)
    source = path.with_name(path.name.partition(".")[0] + ".py")
    spec = importlib.util.spec_from_file_location(f"plain_{source.stem}", source)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module

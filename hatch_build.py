"""Compiles the core's inner loops, while the project is installed or packed or by `python hatch_build.py`.

Whatever has a .pxd beside its .py is compiled by Cython: the .py says what is computed, in Python that is checked like
any other, the .pxd which C types its names have. The result stands beside both, and Python takes it in place of the
.py; so it has to be built anew whenever either changes, and `stale` tells when that was forgotten.
"""

import hashlib
import json
import os
import re
import shutil
import sysconfig
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).parent
_BUILD = Path("build")
_SUFFIX = str(sysconfig.get_config_var("EXT_SUFFIX"))
"""Of a compiled module; names Python's release and the machine."""
_RECORD = _BUILD / f"compiled{_SUFFIX}.json"
"""What each compiled module was made from."""
_FLAGS = [
    "-O3",
    # Fused multiplications round once in place of twice: features would differ from one kind of processor to another.
    "-ffp-contract=off",
    # A module is a few hundred kilobytes smaller without.
    "-g0",
]
_CIMPORT = re.compile(rb"^from (workers[.\w]+) cimport", re.MULTILINE)
_DIRECTIVES = {
    "language_level": 3,
    # The .pxd alone decides on types; annotations are for readers and mypy.
    "annotation_typing": False,
    # Subscripts of typed arrays are checked by the tests.
    "boundscheck": False,
    "wraparound": False,
    "initializedcheck": False,
}


def sources(root: Path = ROOT) -> list[Path]:
    """The modules that are compiled."""
    return sorted(path.with_suffix(".py") for path in (root / "workers").rglob("*.pxd"))


def stale(root: Path = ROOT) -> list[str]:
    """Modules that were not compiled since they, or the way to compile them, changed."""
    record = root / _RECORD
    made = json.loads(record.read_text("utf-8")) if record.exists() else {}
    return [
        name
        for name, digest in _digests(root).items()
        if made.get(name) != digest or not (root / (name.replace(".", "/") + _SUFFIX)).exists()
    ]


def compile_modules(root: Path = ROOT) -> list[Path]:
    """Compile what is stale, each beside its source. Raises RuntimeError where the C compiler fails or is not there."""
    from Cython.Build import cythonize
    from setuptools import Distribution, Extension
    from setuptools.command.build_ext import build_ext
    from setuptools.errors import CompileError, LinkError

    extensions = [Extension(name, [name.replace(".", "/") + ".py"], extra_compile_args=_FLAGS) for name in stale(root)]
    if not extensions:
        return []
    before = Path.cwd()
    os.chdir(root)
    try:
        command = build_ext(
            Distribution(
                {
                    "name": "broadsheet",
                    "ext_modules": cythonize(
                        extensions, build_dir=str(_BUILD / "c"), compiler_directives=_DIRECTIVES, force=True, quiet=True
                    ),
                }
            )
        )
        command.build_lib, command.build_temp, command.force = str(_BUILD / "lib"), str(_BUILD / "objects"), True
        command.parallel = os.cpu_count()
        command.ensure_finalized()
        command.run()
    except (CompileError, LinkError) as error:
        raise RuntimeError(
            f"{error}; Broadsheet's inner loops are compiled when it is installed, which takes a C compiler and "
            "Python's headers (Debian: apt-get install gcc libc6-dev python3-dev)"
        ) from error
    finally:
        os.chdir(before)
    made = [root / path for path in command.get_outputs()]
    for path in made:
        _into_place(path, root / path.relative_to(root / _BUILD / "lib"))
    (root / _RECORD).write_text(json.dumps(_digests(root), indent=1), "utf-8")
    return made


class Compile(BuildHookInterface):  # type: ignore[type-arg] # hatchling's types want a build configuration of our own
    """Hatchling's door to the above."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile, and tell hatchling that the wheel is for this machine and holds what git ignores."""
        compile_modules(Path(self.root))
        build_data["pure_python"] = False
        build_data["infer_tag"] = True
        build_data["artifacts"].append(f"workers/**/*{_SUFFIX}")


def _name(source: Path, root: Path) -> str:
    return ".".join(source.relative_to(root).with_suffix("").parts)


def _digests(root: Path) -> dict[str, str]:
    by_name = {_name(source, root): source for source in sources(root)}
    headers = {name: source.with_suffix(".pxd").read_bytes() for name, source in by_name.items()}
    how = Path(__file__).read_bytes()
    return {
        # A module may call what another's .pxd declares: when that changes, so does what it is made from.
        name: hashlib.sha256(
            b"".join((how, source.read_bytes(), *(headers[other] for other in sorted(_needed(name, headers)))))
        ).hexdigest()
        for name, source in by_name.items()
    }


def _needed(name: str, headers: dict[str, bytes]) -> set[str]:
    """The modules whose .pxd a module is compiled with: its own, those that it names, those that these name."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        if (one := waiting.pop()) not in found:
            found.add(one)
            waiting += [other.decode() for other in _CIMPORT.findall(headers[one]) if other.decode() in headers]
    return found


def _into_place(made: Path, target: Path) -> None:
    """In one step: what runs meanwhile keeps the old one."""
    beside = target.with_suffix(".new")
    shutil.copyfile(made, beside)
    beside.replace(target)


if __name__ == "__main__":
    compile_modules()

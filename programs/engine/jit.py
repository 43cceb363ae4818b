"""One decorator for the loops that must be fast.

A kernel is a plain function over numbers, arrays and named tuples of arrays, written in the subset of Python
that numba compiles. The same source runs in two ways:

* ``compiled`` – by numba, imported on first use only, machine code kept in an on-disk cache;
* ``python`` – as it stands, with arrays turned into lists (of objects, for arrays of records) and written
  back afterwards.

Rules for kernels: one-dimensional arrays, of records where a loop touches many fields of one item; no array
creation inside; arrays that are only read are passed read-only (``readonly``), so that each kernel has
exactly one compiled variant and never compiles in the middle of a request. Files with kernels are named
``*kernels.py``: the cache is keyed by the content of all of them, because numba notices a change in a
kernel's own file only, not in the kernels that it calls.
"""

from __future__ import annotations

import functools
import hashlib
import importlib
import itertools
import sys
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parents[2]
_numba: Any = None


def readonly(array: NDArray[Any]) -> NDArray[Any]:
    """A read-only view of ``array``: numba types read-only arrays apart from writable ones."""
    view = array.view()
    view.flags.writeable = False
    return view


def available() -> bool:
    """Whether numba can be imported (imports it)."""
    return _load() is not None


def loaded() -> bool:
    """Whether numba is already in this process, so that compiled kernels cost no import."""
    return "numba" in sys.modules


def _load() -> Any:
    global _numba
    if _numba is None:
        try:
            numba: Any = importlib.import_module("numba")
        except ImportError:
            _numba = False
        else:
            digest = hashlib.sha256()
            for path in sorted(ROOT.glob("*/engine/*kernels.py")):
                digest.update(path.name.encode() + path.read_bytes())
            base = Path(numba.config.CACHE_DIR or Path(__file__).parent / "__pycache__")
            numba.config.CACHE_DIR = str(base / f"kernels-{digest.hexdigest()[:16]}")
            _numba = numba
    return _numba or None


class Kernel:
    """A function with two faces: ``python`` and ``compiled``; calling it runs the Python face."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self.function = function
        self.__doc__ = function.__doc__
        self.__name__ = function.__name__
        self._faces: dict[str, Callable[..., Any]] = {}

    def face(self, name: str) -> Callable[..., Any]:
        """The function itself, bound to the same face of every kernel it calls."""
        found = self._faces.get(name)
        if found is None:
            source = self.function
            scope = {
                key: value.face(name) if isinstance(value, Kernel) and value is not self else value
                for key, value in source.__globals__.items()
                if key in source.__code__.co_names or key.startswith("__")
            }
            found = types.FunctionType(
                source.__code__, scope, source.__name__, source.__defaults__, source.__closure__
            )
            found.__qualname__ = source.__qualname__
            found.__module__ = source.__module__
            if name == "compiled":
                found = _load().njit(
                    cache=True, nogil=True, error_model="numpy", _nrt=False, forceinline=True
                )(found)
            self._faces[name] = found
        return found

    def python(self, *arguments: Any) -> Any:
        """Run without numba: arrays become lists for the run, writable ones are written back."""
        pairs: list[tuple[NDArray[Any], list[Any]]] = []
        result = self.face("python")(*(_as_lists(argument, pairs) for argument in arguments))
        for array, values in pairs:
            _write_back(array, values)
        return result

    def compiled(self, *arguments: Any) -> Any:
        """Run compiled by numba."""
        return self.face("compiled")(*arguments)

    __call__ = python

    def run(self, fast: bool, *arguments: Any) -> Any:
        """Run the compiled face if ``fast``, the Python face otherwise."""
        return self.face("compiled")(*arguments) if fast else self.python(*arguments)


def kernel(function: Callable[..., Any]) -> Kernel:
    """Declare a kernel."""
    return Kernel(function)


@functools.cache
def _record(kind: np.dtype[Any]) -> type:
    """A mutable Python object with the fields of a record."""
    names = kind.names or ()
    body = "\n".join(f"        self.{name} = {name}" for name in names)
    scope: dict[str, Any] = {}
    source = (
        f"class Record:\n    __slots__ = {names!r}\n    def __init__(self, {', '.join(names)}):\n{body}\n"
    )
    exec(source, scope)
    found: type = scope["Record"]
    return found


def _write_back(array: NDArray[Any], values: list[Any]) -> None:
    if array.dtype.names is None:
        array[:] = values
        return
    for name in array.dtype.names:
        array[name] = [getattr(value, name) for value in values]


def _as_lists(argument: Any, pairs: list[tuple[NDArray[Any], list[Any]]]) -> Any:
    if isinstance(argument, np.ndarray):
        values = argument.tolist()
        if argument.dtype.names is not None:
            values = list(itertools.starmap(_record(argument.dtype), values))
        if argument.flags.writeable:
            pairs.append((argument, values))
        return values
    if isinstance(argument, tuple) and hasattr(argument, "_fields"):
        return type(argument)(*(_as_lists(value, pairs) for value in argument))
    return argument

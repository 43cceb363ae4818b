"""``python -m projects.engine.warm``: compile every scheduling kernel once and keep the machine code on disk.

Run at set-up and after a change of kernels, so that no worker and no request waits for a compiler. The cache
lives in ``NUMBA_CACHE_DIR`` if that is set, else beside the source; it is keyed by the content of the
kernels.
"""

from __future__ import annotations

import sys
import time

from programs.engine import jit
from programs.engine.calendars import DAY, ROUND_THE_CLOCK, STANDARD
from projects.engine import cpm
from projects.engine.network import Constraint, Link, Network


def sample() -> Network:
    """A small network that takes every path through the kernels."""
    return Network.build(
        duration=[960, 480, 0, 480, 0, 480],
        parent=[-1, -1, -1, 4, -1, 4],
        calendar=[0, 1, 0, 0, 0, 0],
        constraint=[0, Constraint.ALAP, 0, 0, 0, 0],
        pred=[0, 1, 2, 0],
        succ=[1, 2, 4, 3],
        link_kind=[Link.FS, Link.FF, Link.FS, Link.SS],
        lag=[60, 0, 0, 5000],
        lag_unit=[0, 0, 0, 2],
        boundary_succ=[0],
        boundary_start=[0],
        boundary_finish=[DAY],
        calendars=(STANDARD, ROUND_THE_CLOCK),
    )


def warm() -> float:
    """Compile or load all kernels; seconds it took, 0 where numba is not installed."""
    if not jit.available():
        return 0.0
    began = time.perf_counter()
    network = sample()
    cpm.compute(network, fast=True)
    plain = network.edited(
        constraint=[0] * network.n, pred=[0, 1], succ=[1, 2], link_kind=[0, 0], lag=[0, 0], lag_unit=[0, 0]
    )
    schedule = cpm.compute(plain, fast=True)
    cpm.recompute(plain.edited(duration=[960, 480, 0, 960, 0, 480]), schedule, fast=True)
    cpm.recompute(plain.edited(duration=[60, 480, 0, 480, 0, 480]), schedule, fast=True)
    return time.perf_counter() - began


if __name__ == "__main__":
    seconds = warm()
    sys.stdout.write(
        f"schedule kernels ready in {seconds:.1f} s\n" if seconds else "numba is not installed\n"
    )

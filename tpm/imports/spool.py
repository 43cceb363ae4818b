"""Uploaded files: streamed to disk, limited in size, kept for as long as their import can matter."""

import hashlib
import shutil
import uuid
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import BinaryIO

from django.conf import settings

from projects.importers.reports import ImportRefused

CHUNK = 1024 * 1024
MOST_FILES = 20
ARCHIVES = (".zip", ".gz", ".tar", ".7z", ".rar")


@dataclass(frozen=True)
class Spooled:
    """``place`` is a folder below the uploads; ``names`` joined is what people see."""

    place: str
    names: tuple[str, ...]
    sha256: str


def keep(files: Iterable[tuple[str, BinaryIO]]) -> Spooled:
    """Copy files into a folder of their own.

    :raises ImportRefused: for none, too many, too large, an archive, or two of one name.
    """
    place = f"imports/{uuid.uuid4().hex}"
    folder = root() / place
    folder.mkdir(parents=True)
    digests: dict[str, str] = {}
    left = settings.UPLOAD_LIMIT_BYTES
    try:
        for given, stream in files:
            name = _safe(given)
            if name in digests:
                raise ImportRefused("duplicate_table", f"two files are named {name!r}", file=name)
            if len(digests) == MOST_FILES:
                raise ImportRefused("too_many_files", f"more than {MOST_FILES} files")
            left, digests[name] = _copy(stream, folder / name, left)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    if not digests:
        shutil.rmtree(folder, ignore_errors=True)
        raise ImportRefused("empty", "no file was given")
    whole = hashlib.sha256("".join(f"{name}:{digests[name]}\n" for name in sorted(digests)).encode())
    return Spooled(place, tuple(digests), whole.hexdigest())


@contextmanager
def opened(place: str) -> Iterator[dict[str, BinaryIO]]:
    """Open the files of a folder, by name.

    :raises FileNotFoundError: if they are no longer kept.
    """
    folder = root() / place
    if not place or not folder.is_dir():
        raise FileNotFoundError(place)
    with ExitStack() as stack:
        yield {path.name: stack.enter_context(path.open("rb")) for path in sorted(folder.iterdir())}


def forget(place: str) -> None:
    """Delete a folder of files."""
    if place:
        shutil.rmtree(root() / place, ignore_errors=True)


def root() -> Path:
    """Return where uploads are kept."""
    return Path(settings.MEDIA_ROOT)


def _safe(given: str) -> str:
    name = PurePath(given.replace("\\", "/")).name.replace("\0", "").strip()
    if name in ("", ".", ".."):
        raise ImportRefused("no_name", "a file has no name")
    if name.lower().endswith(ARCHIVES):
        raise ImportRefused("archive", "an archive; unpack it and give its files", file=name)
    return name[-150:]


def _copy(stream: BinaryIO, target: Path, left: int) -> tuple[int, str]:
    digest = hashlib.sha256()
    with target.open("wb") as out:
        while chunk := stream.read(CHUNK):
            left -= len(chunk)
            if left < 0:
                limit = settings.UPLOAD_LIMIT_BYTES // CHUNK
                raise ImportRefused("too_large", f"more than {limit} MB", file=target.name)
            digest.update(chunk)
            out.write(chunk)
    return left, digest.hexdigest()

"""Where what arrived is kept: by its own hash, written once, never changed."""

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import IO, TypeVar
from uuid import uuid4

from django.core.files import File
from django.core.files.storage import FileSystemStorage, Storage, default_storage

from inspections.errors import NoRoom

T = TypeVar("T")

BLOCK = 1 << 20


FOLDER = "originals"


def name_of(digest: str, folder: str = FOLDER) -> str:
    return f"{folder}/{digest[:2]}/{digest[2:4]}/{digest}"


def hash_of(source: Path) -> str:
    digest = sha256()
    with source.open("rb") as read:
        while block := read.read(BLOCK):
            digest.update(block)
    return digest.hexdigest()


def keep(
    source: Path, length: int, look: Callable[[str, Path], T], *, folder: str = FOLDER
) -> tuple[str, T]:
    """Its name in the store, and what `look` says of its SHA-256 and its file. Raises NoRoom.

    A folder of its own for what is kept by other rules than photos are.

    Where `look` raises, nothing is kept. What is hashed and looked at is the copy: whoever still
    holds the source open changes nothing any more.
    """
    with room():
        store: Storage = default_storage
        if isinstance(store, FileSystemStorage):
            return _into_folder(store, source, length, look, folder)
        return _into_store(store, source, length, look, folder)


@contextmanager
def room() -> Iterator[None]:
    """A full disk is told as such."""
    try:
        yield
    except OSError as e:
        if e.errno in (errno.ENOSPC, errno.EDQUOT):
            raise NoRoom from e
        raise


def sync_folder(folder: Path) -> None:
    """A file's name is on the disk only when its folder is."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _into_folder(
    store: FileSystemStorage,
    source: Path,
    length: int,
    look: Callable[[str, Path], T],
    folder: str,
) -> tuple[str, T]:
    # Hidden until it is whole: a backup passes such files by.
    part = Path(store.path(f"{folder}/.{uuid4()}"))
    made = [each for each in (part.parent, *part.parent.parents) if not each.exists()]
    part.parent.mkdir(parents=True, exist_ok=True)
    try:
        with source.open("rb") as read, part.open("xb") as write:
            digest = _copy(read, write, length)
            write.flush()
            os.fsync(write.fileno())
        seen = look(digest, part)
        name = name_of(digest, folder)
        whole = Path(store.path(name))
        made += [each for each in (whole.parent, whole.parent.parent) if not each.exists()]
        whole.parent.mkdir(parents=True, exist_ok=True)
        if not whole.exists():
            part.chmod(0o444)
            part.replace(whole)
    finally:
        part.unlink(missing_ok=True)
    for each in {whole.parent, *(each.parent for each in made)}:
        sync_folder(each)
    return name, seen


def _into_store(
    store: Storage, source: Path, length: int, look: Callable[[str, Path], T], folder: str
) -> tuple[str, T]:
    digest = hash_of(source)
    seen = look(digest, source)
    name = name_of(digest, folder)
    if not (store.exists(name) and store.size(name) == length):
        with source.open("rb") as read:
            saved = store.save(name, File(read))
        if saved != name:  # another one was first
            store.delete(saved)
    return name, seen


def _copy(read: IO[bytes], write: IO[bytes], length: int) -> str:
    digest = sha256()
    left = length
    while left and (block := read.read(min(BLOCK, left))):
        digest.update(block)
        write.write(block)
        left -= len(block)
    return digest.hexdigest()

"""Ways to obstruct a run that need rights: small disks, read-only folders, another user."""

import contextlib
import os
import pathlib
import resource
import subprocess
from collections.abc import Callable, Iterator

NOBODY = 65534


def is_root() -> bool:
    """Whether mounts and other users are to be had."""
    return os.geteuid() == 0


def become_nobody() -> None:
    """Goes on as a user whom permissions bind; for use in a new process."""
    os.setgroups([])
    os.setgid(NOBODY)
    os.setuid(NOBODY)


def limited_files(size: int) -> Callable[[], None]:
    """Lets no file grow beyond `size` bytes; for use in a new process."""
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def mount(*words: str) -> str:
    """Calls mount; what it said when it failed."""
    done = subprocess.run(["mount", *words], check=False, capture_output=True, text=True)
    return "" if done.returncode == 0 else done.stderr.strip() or "mount failed"


@contextlib.contextmanager
def small_disk(folder: pathlib.Path, size: int) -> Iterator[str]:
    """A disk of so many bytes at `folder`; yields why there is none."""
    folder.mkdir(exist_ok=True)
    why = mount("-t", "tmpfs", "-o", f"size={size},mode=777", "none", str(folder))
    try:
        yield why
    finally:
        if not why:
            subprocess.run(["umount", folder], check=True)


def grow(folder: pathlib.Path) -> None:
    """Makes room on a small disk."""
    if why := mount("-o", "remount,size=50m", str(folder)):
        raise RuntimeError(why)


@contextlib.contextmanager
def read_only(folder: pathlib.Path) -> Iterator[str]:
    """Lets nobody write into `folder`, root included; yields why that cannot be."""
    why = mount("--bind", str(folder), str(folder))
    if not why and (why := mount("-o", "remount,ro,bind", str(folder))):
        subprocess.run(["umount", folder], check=True)
    try:
        yield why
    finally:
        if not why:
            subprocess.run(["umount", folder], check=True)

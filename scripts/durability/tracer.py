"""Runs a program and kills it before a call that changes the disk, counted over all its threads."""

import ctypes
import os
import pathlib
import signal
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field

from workplace import PATIENCE

# The calls by which a program changes what others find on disk: their numbers, by architecture as
# the kernel's audit names it. On aarch64 there are only the forms with "at".
CALLS = {
    0xC000003E: {  # x86_64
        1: "write",
        18: "pwrite64",
        74: "fsync",
        75: "fdatasync",
        77: "ftruncate",
        82: "rename",
        83: "mkdir",
        87: "unlink",
        257: "openat",
        258: "mkdirat",
        263: "unlinkat",
        264: "renameat",
        316: "renameat2",
    },
    0xC00000B7: {  # aarch64
        34: "mkdirat",
        35: "unlinkat",
        38: "renameat",
        46: "ftruncate",
        56: "openat",
        64: "write",
        68: "pwrite64",
        82: "fsync",
        83: "fdatasync",
        276: "renameat2",
    },
}

# Which arguments of a call are paths; the first argument of any other call is an open file.
PATHS = {
    "rename": (0, 1),
    "renameat": (1, 3),
    "renameat2": (1, 3),
    "mkdir": (0,),
    "mkdirat": (1,),
    "unlink": (0,),
    "unlinkat": (1,),
    "openat": (1,),
}

# A file that is opened with none of these is only read.
CHANGING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC

# From linux/ptrace.h and linux/wait.h.
SYSCALL = 24
DETACH = 17
SEIZE = 0x4206
LISTEN = 0x4208
GET_SYSCALL_INFO = 0x420E
ENTRY = 1
EVENT_STOP = 128
SYSCALL_STOP = signal.SIGTRAP | 0x80
ALL_THREADS = 0x40000000
# TRACESYSGOOD, TRACECLONE, TRACEEXEC, EXITKILL. Without TRACEFORK and TRACEVFORK the programs that
# this one starts are not traced at all: nothing of theirs is counted, nothing makes them wait.
OPTIONS = 0x01 | 0x08 | 0x10 | 0x100000
STOPPING = (signal.SIGSTOP, signal.SIGTSTP, signal.SIGTTIN, signal.SIGTTOU)

LIBRARY = ctypes.CDLL(None, use_errno=True)


class Unavailable(Exception):
    """No program can be traced here, and why."""


@dataclass
class Traced:
    """How a traced program ended, and its calls that change the disk, in their order.

    The status is None when it was killed before the last of these; else it is that of subprocess.
    """

    status: int | None = None
    calls: list[str] = field(default_factory=list)


class Information(ctypes.Structure):
    """What the kernel tells of a thread at the entry of a call: struct ptrace_syscall_info."""

    _fields_ = [
        ("kind", ctypes.c_uint8),
        ("architecture", ctypes.c_uint32),
        ("instruction", ctypes.c_uint64),
        ("stack", ctypes.c_uint64),
        ("number", ctypes.c_uint64),
        ("arguments", ctypes.c_uint64 * 6),
    ]


def run(words: Sequence[str], folder: pathlib.Path, kill_at: int | None = None) -> Traced:
    """Runs a program in `folder`; all of it is killed before its call `kill_at`, counted from 1."""
    if not sys.platform.startswith("linux"):
        raise Unavailable(f"the tracer knows Linux, not {sys.platform}")
    process, go = start(words, folder)
    # One that hangs is killed and has the status -9, as in `ended`.
    before = signal.signal(signal.SIGALRM, lambda *_: os.kill(process, signal.SIGKILL))
    signal.alarm(PATIENCE)
    try:
        # Not PTRACE_TRACEME, with which a thread's first stop looks like a SIGSTOP.
        try:
            ptrace(SEIZE, process, 0, OPTIONS)
        except OSError as error:
            raise Unavailable(f"ptrace: {error.strerror}") from error
        os.write(go, b"!")
        return follow(process, kill_at)
    except BaseException:
        os.kill(process, signal.SIGKILL)
        while os.waitpid(-process, ALL_THREADS)[0] != process:
            pass
        raise
    finally:
        os.close(go)
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def start(words: Sequence[str], folder: pathlib.Path) -> tuple[int, int]:
    """A process that becomes the program as soon as something is written to the pipe."""
    wait, go = os.pipe()
    process = os.fork()
    if process == 0:
        try:
            os.close(go)
            nothing = os.open(os.devnull, os.O_RDWR)
            for stream in range(3):
                os.dup2(nothing, stream)
            os.chdir(folder)
            # Python ignores these, and what is ignored stays so in another program.
            for ignored in (signal.SIGPIPE, signal.SIGXFSZ):
                signal.signal(ignored, signal.SIG_DFL)
            if os.read(wait, 1):
                os.execv(words[0], list(words))
        finally:
            os._exit(127)
    os.close(wait)
    # A group of its own, so that waiting for it takes nothing from who waits for other children.
    os.setpgid(process, process)
    return process, go


def follow(process: int, kill_at: int | None) -> Traced:
    """Lets a seized program go on from stop to stop, until it ends."""
    traced = Traced()
    is_killed = False
    while True:
        thread, status = os.waitpid(-process, ALL_THREADS)
        if not os.WIFSTOPPED(status):
            # Whichever thread ends last, the first one is reported last.
            if thread == process:
                code = os.waitstatus_to_exitcode(status)
                traced.status = None if is_killed and code == -signal.SIGKILL else code
                return traced
            continue
        # A killed thread does not go on with the call at whose entry it was; none is let go on.
        if is_killed:
            continue
        try:
            stop, event = os.WSTOPSIG(status), status >> 16
            if stop == SYSCALL_STOP and (call := changing_call(thread)):
                traced.calls.append(call)
                if len(traced.calls) == kill_at:
                    os.kill(process, signal.SIGKILL)
                    is_killed = True
                    continue
            if event == EVENT_STOP and stop in STOPPING:
                ptrace(LISTEN, thread)
            elif event == EVENT_STOP and not exists(process, thread):
                # A process that was made by a bare clone, without the signal of a fork.
                ptrace(DETACH, thread)
            else:
                is_signal = event == 0 and stop != SYSCALL_STOP
                ptrace(SYSCALL, thread, 0, stop if is_signal else 0)
        except ProcessLookupError:
            # Ended meanwhile, by another thread or a signal; that is reported next.
            continue


def exists(process: int, thread: int) -> bool:
    """Whether a process has such a thread, or is it."""
    return pathlib.Path(f"/proc/{process}/task/{thread}").exists()


def changing_call(thread: int) -> str | None:
    """The call at whose entry a thread is, if it changes the disk; None at the exit of a call."""
    found = Information()
    try:
        ptrace(GET_SYSCALL_INFO, thread, ctypes.sizeof(found), ctypes.addressof(found))
    except ProcessLookupError:
        raise
    except OSError as error:
        raise Unavailable(f"PTRACE_GET_SYSCALL_INFO: {error.strerror}") from error
    if found.architecture not in CALLS:
        raise Unavailable(f"the calls of the architecture {found.architecture:#x} are not known")
    name = CALLS[found.architecture].get(found.number)
    if found.kind != ENTRY or name is None:
        return None
    if name == "openat" and not found.arguments[2] & CHANGING:
        return None
    if name in PATHS:
        return " ".join([name, *(text(thread, found.arguments[at]) for at in PATHS[name])])
    opened = found.arguments[0] & 0xFFFFFFFF
    try:
        path = str(pathlib.Path(f"/proc/{thread}/fd/{opened}").readlink())
    except FileNotFoundError:
        # Not open, so the call fails.
        return None
    # Threads wake each other by writing to what is no file, more or less often each time.
    if name == "write" and (opened <= 2 or not path.startswith("/")):
        return None
    return f"{name} {path}"


def text(thread: int, address: int) -> str:
    """The text at an address in the memory of a thread."""
    found = bytearray()
    try:
        with pathlib.Path(f"/proc/{thread}/mem").open("rb", buffering=0) as memory:
            memory.seek(address)
            # Piece by piece: no text tells how much can be read behind it.
            while b"\0" not in found:
                piece = memory.read(256 - (address + len(found)) % 256)
                if not piece:
                    break
                found += piece
    except (OSError, OverflowError):
        # The call fails as well.
        found += b"?"
    return bytes(found).split(b"\0")[0].decode(errors="replace")


def ptrace(request: int, thread: int, address: int = 0, data: int = 0) -> None:
    """The system's call of this name, whose errors are raised."""
    result = LIBRARY.ptrace(
        ctypes.c_long(request),
        ctypes.c_long(thread),
        ctypes.c_void_p(address),
        ctypes.c_void_p(data),
    )
    if result == -1:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))

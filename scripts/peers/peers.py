"""Who is compared. Each way of training is a function in one of the files train_*.py."""

import importlib
import importlib.metadata
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from workloads import Workload

# glibc gives big buffers back to the system at every free and pays for their pages again at every
# malloc, unless it is told to keep them: that counts where arrays are made anew in every epoch.
KEEP_BUFFERS = {
    "MALLOC_MMAP_MAX_": "0",
    "MALLOC_TRIM_THRESHOLD_": str(2**40),
    "MALLOC_TOP_PAD_": str(2**26),
}
JAX_CACHE = {
    "JAX_COMPILATION_CACHE_DIR": str(Path(".build/peers/jax-cache").absolute()),
    "JAX_PERSISTENT_CACHE_MIN_COMPILE_TIME_SECS": "0",
    "JAX_PERSISTENT_CACHE_MIN_ENTRY_SIZE_BYTES": "-1",
}


# How many seeds are trained together: the counts of which a cell takes the fastest.


def one(_: Workload) -> list[int]:
    return [1]


def halvings(workload: Workload) -> list[int]:
    return [workload.seeds // 2**k for k in range(5) if workload.seeds >= 2**k]


def several(workload: Workload) -> list[int]:
    return [count for count in halvings(workload) if count > 1]


def all_if_small(workload: Workload) -> list[int]:
    """All seeds while the values of a layer are at most 64 KiB; to compile for more takes long."""
    return [workload.seeds if 2**workload.bits * max(workload.widths) <= 2**14 else 1]


@dataclass(frozen=True, eq=False)
class Peer:
    name: str
    package: str
    file: str
    function: str
    counts: Callable[[Workload], list[int]] = one
    environment: dict[str, str] = field(default_factory=dict)
    needs_compiler: bool = False
    needs_rehearsal: bool = False  # a run of the sweep that fills a cache on disk, unmeasured
    takes_batches: bool = False  # workloads in batches, and no others

    def together(self, workload: Workload) -> list[int]:
        """How many seeds it can train together; none where it does not train this workload."""
        return self.counts(workload) if bool(workload.batch) == self.takes_batches else []

    @property
    def version(self) -> str:
        return importlib.metadata.version(self.package)

    @property
    def prepare(self) -> Callable:
        """From workload, seeds and epochs to a function from the start to the trained layers."""
        return getattr(importlib.import_module(self.file), self.function)


NUMPY = Peer("numpy stacked", "numpy", "train_numpy", "stacked", halvings, KEEP_BUFFERS)
EAGER = Peer("pytorch eager", "torch", "train_torch", "one_at_a_time")
KEEPING = replace(EAGER, name="pytorch eager tuned malloc", environment=KEEP_BUFFERS)
STACKED = Peer("pytorch stacked", "torch", "train_torch", "stacked", halvings, KEEP_BUFFERS)
COMPILED = replace(
    STACKED,
    name="pytorch compiled",
    function="compiled",
    counts=all_if_small,
    needs_compiler=True,
)
JAX = Peer("jax", "jax", "train_jax", "one_at_a_time")
VMAP = Peer("jax vmap", "jax", "train_jax", "vmapped", several)
SKLEARN = Peer("scikit-learn", "scikit-learn", "train_sklearn", "one_at_a_time", one, KEEP_BUFFERS)

IN_BATCHES = [
    Peer(
        "numpy in batches", "numpy", "train_numpy", "batches", one, KEEP_BUFFERS, takes_batches=True
    ),
    replace(KEEPING, name="pytorch eager in batches", function="batches", takes_batches=True),
    Peer(
        "pytorch compiled in batches",
        "torch",
        "train_torch",
        "compiled_batches",
        one,
        KEEP_BUFFERS,
        needs_compiler=True,
        takes_batches=True,
    ),
    replace(JAX, name="jax in batches", function="batches", takes_batches=True),
]


def with_warm_cache(peer: Peer) -> Peer:
    name = f"{peer.name} warm cache"
    return replace(peer, name=name, environment=JAX_CACHE, needs_rehearsal=True)


WHOLE = [NUMPY, EAGER, KEEPING, STACKED, COMPILED, JAX, VMAP, SKLEARN]
PEERS = WHOLE + IN_BATCHES
SWEEPERS = [
    NUMPY,
    KEEPING,
    STACKED,
    JAX,
    with_warm_cache(JAX),
    VMAP,
    with_warm_cache(VMAP),
    SKLEARN,
]
BY_NAME = {peer.name: peer for peer in PEERS + SWEEPERS}

"""What is trained: parity of all n bits, every row of the truth table in every batch.

Inputs are -1 and 1, the loss is the mean logistic loss, weights start Glorot uniform and biases at
0, values are 32-bit. Every workload is trained for exactly its epochs, whether it is solved or not.
"""

import itertools
from dataclasses import dataclass, replace

LEARNING_RATE, BETA1, BETA2, EPSILON = 0.01, 0.9, 0.999, 1e-8  # Adam


@dataclass(frozen=True)
class Workload:
    name: str
    bits: int
    widths: tuple[int, ...]  # of the hidden layers
    seeds: int
    epochs: int
    activation: str = "relu"

    @property
    def layers(self) -> list[tuple[int, int]]:
        """Inputs and outputs of each layer, the output unit's included."""
        sizes = (self.bits, *self.widths, 1)
        return list(itertools.pairwise(sizes))

    @property
    def flop(self) -> int:
        """Of one epoch of one seed: for each row and weight 2 forward, 2 for the weight's gradient,
        and 2 for the gradient of the layer's inputs, which the first layer does not need."""
        first, *others = (inputs * outputs for inputs, outputs in self.layers)
        return 2**self.bits * (4 * first + 6 * sum(others))


RELU = [
    Workload("W1", bits=6, widths=(16,), seeds=64, epochs=2000),
    Workload("W2", bits=10, widths=(512,), seeds=4, epochs=200),
    Workload("W3a", bits=12, widths=(2048,), seeds=1, epochs=50),
    Workload("W3b", bits=14, widths=(8192,), seeds=1, epochs=5),
    Workload("W4", bits=8, widths=(32, 32, 32), seeds=32, epochs=1000),
    Workload("W5", bits=12, widths=(64, 64, 64, 64), seeds=4, epochs=100),
]
TANH = [replace(workload, name=f"{workload.name}-tanh", activation="tanh") for workload in RELU]
WORKLOADS = {workload.name: workload for workload in RELU + TANH}

# W6, the sweep that a user runs, from the start of a process to a CSV on disk: for every n the
# powers of two up to 2^(n-1) as widths. w6/experiment.json5 is the same sweep as our experiment.
SWEEP = [
    Workload("W6", bits=n, widths=(2**k,), seeds=8, epochs=500)
    for n in range(2, 9)
    for k in range(n)
]

# Small enough that every peer must end within 1e-4 of the others' losses.
CHECKS = [
    Workload("shallow", bits=6, widths=(16,), seeds=4, epochs=20),
    Workload("deep", bits=5, widths=(8, 8), seeds=4, epochs=20, activation="tanh"),
]

"""What is trained: parity of all n bits on the whole truth table, or in batches.

Inputs are -1 and 1, the loss is the mean logistic loss, weights start Glorot uniform and biases at
0, values are 32-bit. Every workload is trained for exactly its epochs, whether it is solved or not.
Batches visit the rows in a new random order in each epoch; their order is drawn beforehand.
"""

import itertools
from dataclasses import dataclass, replace

LEARNING_RATE, BETA1, BETA2, EPSILON = 0.01, 0.9, 0.999, 1e-8  # Adam
DESCENT_RATE = 0.1  # gradient descent


@dataclass(frozen=True)
class Workload:
    name: str
    bits: int
    widths: tuple[int, ...]  # of the hidden layers
    seeds: int
    epochs: int
    activation: str = "relu"
    batch: int = 0  # rows in a step; 0 is the whole table
    relevant: int = 0  # the first bits, which the label is the parity of; 0 is all
    examples: int = 0  # rows of an epoch, drawn at random; 0 is the whole table
    is_fresh: bool = False  # whether every epoch has examples of its own
    optimizer: str = "adam"
    decay: float = 0.0  # of the weights, as a part of the gradient

    @property
    def layers(self) -> list[tuple[int, int]]:
        """Inputs and outputs of each layer, the output unit's included."""
        sizes = (self.bits, *self.widths, 1)
        return list(itertools.pairwise(sizes))

    @property
    def rows(self) -> int:
        return self.examples or 2**self.bits

    @property
    def flop(self) -> int:
        """Of one epoch of one seed: for each row and weight 2 forward, 2 for the weight's gradient,
        and 2 for the gradient of the layer's inputs, which the first layer does not need."""
        first, *others = (inputs * outputs for inputs, outputs in self.layers)
        return self.rows * (4 * first + 6 * sum(others))


RELU = [
    Workload("W1", bits=6, widths=(16,), seeds=64, epochs=2000),
    Workload("W2", bits=10, widths=(512,), seeds=4, epochs=200),
    Workload("W3a", bits=12, widths=(2048,), seeds=1, epochs=50),
    Workload("W3b", bits=14, widths=(8192,), seeds=1, epochs=5),
    Workload("W4", bits=8, widths=(32, 32, 32), seeds=32, epochs=1000),
    Workload("W5", bits=12, widths=(64, 64, 64, 64), seeds=4, epochs=100),
]
TANH = [replace(workload, name=f"{workload.name}-tanh", activation="tanh") for workload in RELU]
BATCHES = [
    Workload("M1", bits=10, widths=(64, 64, 64), seeds=1, epochs=50, batch=32),
    Workload("M2", bits=12, widths=(256, 256), seeds=1, epochs=10, batch=128),
    Workload(
        "M3",
        bits=40,
        widths=(1000,),
        seeds=1,
        epochs=20,
        batch=32,
        relevant=3,
        examples=1000,
        optimizer="descent",
        decay=0.01,
    ),
    # Fresh examples in every step, made beforehand; ours makes them as it goes.
    Workload(
        "M4",
        bits=1000,
        widths=(1000,),
        seeds=1,
        epochs=200,
        batch=128,
        relevant=3,
        examples=128,
        is_fresh=True,
        optimizer="descent",
    ),
]
# One training that two cores share, measured without peers.
SHARED = Workload("W7-tanh", bits=18, widths=(108,), seeds=1, epochs=20, activation="tanh")
WORKLOADS = {workload.name: workload for workload in [*RELU, *TANH, SHARED, *BATCHES]}

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
    Workload("batches", bits=5, widths=(8, 8), seeds=2, epochs=10, activation="tanh", batch=6),
    Workload(
        "fresh",
        bits=20,
        widths=(8,),
        seeds=2,
        epochs=20,
        batch=8,
        relevant=2,
        examples=8,
        is_fresh=True,
        optimizer="descent",
        decay=0.01,
    ),
]

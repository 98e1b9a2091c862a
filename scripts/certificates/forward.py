"""A network's logits on many rows with numpy, how far rounding may have moved them, and single rows
in ball arithmetic, which rounds outward.

Where |logit| is above the bound of numpy's rounding errors its sign is that of the real number. The
other rows are computed again by Arb, with more and more bits, until zero is outside the ball.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from flint import arb, ctx

# Half the distance from 1 to the next double.
UNIT = 2.0**-53
# numpy's functions are right to a few units in the last place; this many are allowed for.
FUNCTION_UNITS = 32
# What the bound itself may lose by rounding, and what summation in another order may add.
SLACK = 2
MOST_BITS = 1 << 14
LEAK = 0.01

Array = np.ndarray


@dataclass(frozen=True)
class Network:
    """Weights of shape (units, inputs) and biases, layer by layer up to the output unit."""

    weights: list[Array]
    biases: list[Array]
    activation: str
    is_bridged: bool


# The function of the hidden units, and the greatest slope it has.
FUNCTIONS: dict[str, tuple[Callable[[Array], Array], float]] = {
    "tanh": (np.tanh, 1),
    "sigmoid": (lambda z: np.where(z < 0, np.exp(-abs(z)), 1) / (1 + np.exp(-abs(z))), 0.25),
    "relu": (lambda z: np.maximum(z, 0), 1),
    "leakyRelu": (lambda z: np.where(z < 0, LEAK * z, z), 1),
    "elu": (lambda z: np.where(z < 0, np.expm1(np.minimum(z, 0)), z), 1),
}


def logits(network: Network, inputs: Array) -> tuple[Array, Array]:
    """The logit of each column of `inputs` (n, rows), and how far rounding may have moved it.

    One layer: z = W a + b. With m inputs |z - true z| is at most (m + 2) u (|W| |a| + |b|) plus
    |W| times the error of a (Higham, Accuracy and Stability of Numerical Algorithms, 3.5).
    """
    function, slope = FUNCTIONS[network.activation]
    values, errors = inputs, np.zeros_like(inputs)
    last = len(network.weights) - 1
    for layer, (w, b) in enumerate(zip(network.weights, network.biases, strict=True)):
        terms = w.shape[1] + 2
        z = w @ values + b[:, None]
        moved = abs(w) @ errors + terms * UNIT * (abs(w) @ abs(values) + abs(b)[:, None])
        moved *= SLACK
        if layer == last:
            return z[0], moved[0]
        new = function(z)
        new_errors = slope * moved + FUNCTION_UNITS * UNIT * abs(new)
        if network.is_bridged:
            values, errors = np.vstack([values, new]), np.vstack([errors, new_errors])
        else:
            values, errors = new, new_errors
    raise ValueError("a network without an output unit")


def sign(network: Network, row: Array) -> int:
    """The sign of the logit of one row of inputs, proven; 0 where no number of bits decides it."""
    before = ctx.prec
    try:
        bits = 128
        while bits <= MOST_BITS:
            ctx.prec = bits
            z = ball(network, [arb(float(value)) for value in row])
            if z > 0:
                return 1
            if z < 0:
                return -1
            bits *= 2
        return 0
    finally:
        ctx.prec = before


def ball(network: Network, values: list[arb]) -> arb:
    """A ball around the logit of one row of inputs."""
    last = len(network.weights) - 1
    for layer, (w, b) in enumerate(zip(network.weights, network.biases, strict=True)):
        sums = [
            sum((arb(float(x)) * a for x, a in zip(line, values, strict=True)), arb(float(bias)))
            for line, bias in zip(w, b, strict=True)
        ]
        if layer == last:
            return sums[0]
        new = [activate(network.activation, z) for z in sums]
        values = values + new if network.is_bridged else new
    raise ValueError("a network without an output unit")


def activate(activation: str, z: arb) -> arb:
    """The function of a hidden unit; a ball over a kink becomes one over both sides."""
    over, under = (z + abs(z)) / 2, (z - abs(z)) / 2
    match activation:
        case "tanh":
            return z.tanh()
        case "sigmoid":
            return 1 / (1 + (-z).exp())
        case "relu":
            return over
        case "leakyRelu":
            return over + arb(LEAK) * under
        case "elu":
            return over + under.expm1()
    raise KeyError(activation)

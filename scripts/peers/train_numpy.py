"""numpy, stacked over seeds by hand, with every buffer reused."""

import numpy as np

from parity import Layer, truth_table
from workloads import BETA1, BETA2, EPSILON, LEARNING_RATE, Workload


def stacked(workload: Workload, seeds: int, epochs: int):
    inputs, labels = (np.ascontiguousarray(table.T) for table in truth_table(workload.bits))
    rows = inputs.shape[1]
    ones = np.ones((rows, 1), np.float32)
    # Values and their gradients are (S, O, R): rows innermost, so that every inner loop is long.
    values = [np.empty((seeds, outputs, rows), np.float32) for _, outputs in workload.layers]
    deltas = [np.empty_like(value) for value in values]
    zeros = [np.zeros_like(value) for value in values]  # an array is compared faster than a number

    def forward(layers: list[Layer]) -> None:
        below = inputs
        for (weights, biases), value, zero in zip(layers, values, zeros, strict=True):
            np.matmul(weights.mT, below, out=value)
            value += biases.mT
            if value is values[-1]:
                break
            if workload.activation == "relu":
                np.maximum(value, zero, out=value)
            else:
                np.tanh(value, out=value)
            below = value

    def backward(layers: list[Layer], gradients: list[Layer]) -> None:
        # d loss / d logit = (sigmoid(logit) - label) / rows
        delta = deltas[-1]
        np.multiply(values[-1], 0.5, out=delta)
        np.tanh(delta, out=delta)
        delta += 1 - 2 * labels
        delta *= 0.5 / rows
        for index in reversed(range(len(layers))):
            d_weights, d_biases = gradients[index]
            below = values[index - 1] if index else inputs
            np.matmul(below, delta.mT, out=d_weights)
            np.matmul(delta, ones, out=d_biases.mT)
            if index:
                d_below = deltas[index - 1]
                np.matmul(layers[index][0], delta, out=d_below)
                if workload.activation == "relu":
                    d_below *= below > 0
                else:
                    np.multiply(below, below, out=below)
                    d_below *= np.subtract(1, below, out=below)
                delta = d_below

    def train(start: list[Layer]) -> list[Layer]:
        # All parameters in one vector, so that Adam is a handful of calls; the layers are views.
        parameters = np.concatenate([array.ravel() for layer in start for array in layer])
        gradient, mean, square, step = (np.zeros_like(parameters) for _ in range(4))
        layers, gradients = views(parameters, start), views(gradient, start)
        for epoch in range(1, epochs + 1):
            forward(layers)
            backward(layers, gradients)
            mean *= BETA1
            mean += np.multiply(gradient, 1 - BETA1, out=step)
            square *= BETA2
            np.multiply(gradient, gradient, out=step)
            step *= 1 - BETA2
            square += step
            np.multiply(square, 1 / (1 - BETA2**epoch), out=step)
            np.sqrt(step, out=step)
            step += EPSILON
            np.divide(mean, step, out=step)
            step *= LEARNING_RATE / (1 - BETA1**epoch)
            parameters -= step
        return layers

    return train


def views(vector: np.ndarray, like: list[Layer]) -> list[Layer]:
    """Layers shaped like those of `like`, one after the other in `vector`."""
    shapes = [array.shape for layer in like for array in layer]
    ends = np.cumsum([np.prod(shape) for shape in shapes])
    parts = zip(np.split(vector, ends[:-1]), shapes, strict=True)
    arrays = [part.reshape(shape) for part, shape in parts]
    return list(zip(arrays[::2], arrays[1::2], strict=True))

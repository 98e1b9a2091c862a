"""numpy, stacked over seeds by hand, with every buffer reused."""

import numpy as np

from parity import Layer, examples, orders, truth_table
from workloads import BETA1, BETA2, DESCENT_RATE, EPSILON, LEARNING_RATE, Workload


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
            adam(parameters, gradient, mean, square, step, epoch)
        return layers

    return train


def adam(parameters, gradient, mean, square, step, count: int) -> None:
    """One step of Adam, the `count`th; `step` is memory to work in."""
    mean *= BETA1
    mean += np.multiply(gradient, 1 - BETA1, out=step)
    square *= BETA2
    np.multiply(gradient, gradient, out=step)
    step *= 1 - BETA2
    square += step
    np.multiply(square, 1 / (1 - BETA2**count), out=step)
    np.sqrt(step, out=step)
    step += EPSILON
    np.divide(mean, step, out=step)
    step *= LEARNING_RATE / (1 - BETA1**count)
    parameters -= step


def batches(workload: Workload, seeds: int, epochs: int):
    """One seed, a batch of rows in each step, every buffer reused."""
    assert seeds == 1
    inputs, labels = examples(workload, epochs)
    order = orders(workload, epochs)
    size = min(workload.batch, workload.rows)
    # Values and their gradients are (B, O).
    x = np.empty((size, workload.bits), np.float32)
    y = np.empty((size, 1), np.float32)
    values = [np.empty((size, outputs), np.float32) for _, outputs in workload.layers]
    deltas = [np.empty_like(value) for value in values]
    last = len(values) - 1

    def gradient_of(layers, gradients, rows: np.ndarray) -> None:
        count = len(rows)
        below = np.take(inputs, rows, axis=0, out=x[:count], mode="clip")
        for index, ((weights, biases), value) in enumerate(zip(layers, values, strict=True)):
            value = np.matmul(below, weights[0], out=value[:count])
            value += biases[0]
            if index == last:
                break
            if workload.activation == "relu":
                below = np.maximum(value, 0, out=value)
            else:
                below = np.tanh(value, out=value)
        # d loss / d logit = (sigmoid(logit) - label) / rows
        delta = np.multiply(value, 0.5, out=deltas[last][:count])
        np.tanh(delta, out=delta)
        delta += 1
        delta *= 0.5
        delta -= np.take(labels, rows, axis=0, out=y[:count], mode="clip")
        delta /= count
        for index in reversed(range(len(layers))):
            d_weights, d_biases = gradients[index]
            below = values[index - 1][:count] if index else x[:count]
            np.matmul(below.T, delta, out=d_weights[0])
            np.sum(delta, axis=0, keepdims=True, out=d_biases[0])
            if index:
                d_below = np.matmul(delta, layers[index][0][0].T, out=deltas[index - 1][:count])
                if workload.activation == "relu":
                    d_below *= below > 0
                else:
                    np.multiply(below, below, out=below)
                    d_below *= np.subtract(1, below, out=below)
                delta = d_below

    def train(start: list[Layer]) -> list[Layer]:
        parameters = np.concatenate([array.ravel() for layer in start for array in layer])
        gradient, mean, square, step = (np.zeros_like(parameters) for _ in range(4))
        layers, gradients = views(parameters, start), views(gradient, start)
        count = 0
        for rows in order:
            for first in range(0, len(rows), size):
                gradient_of(layers, gradients, rows[first : first + size])
                count += 1
                if workload.optimizer == "adam":
                    adam(parameters, gradient, mean, square, step, count)
                    continue
                if workload.decay:
                    for weights, _ in layers:
                        weights *= 1 - DESCENT_RATE * workload.decay
                gradient *= DESCENT_RATE
                parameters -= gradient
        return layers

    return train


def views(vector: np.ndarray, like: list[Layer]) -> list[Layer]:
    """Layers shaped like those of `like`, one after the other in `vector`."""
    shapes = [array.shape for layer in like for array in layer]
    ends = np.cumsum([np.prod(shape) for shape in shapes])
    parts = zip(np.split(vector, ends[:-1]), shapes, strict=True)
    arrays = [part.reshape(shape) for part, shape in parts]
    return list(zip(arrays[::2], arrays[1::2], strict=True))

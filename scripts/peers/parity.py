"""The arrays that all peers start from, and how what they trained is judged.

Letters: S seeds trained together, R = 2^n rows, I and O the inputs and outputs of a layer.
"""

import numpy as np

from workloads import Workload

# Weights (S, I, O) and biases (S, 1, O).
Layer = tuple[np.ndarray, np.ndarray]


def truth_table(bits: int) -> tuple[np.ndarray, np.ndarray]:
    """Inputs (R, I) of -1 and 1, and labels (R, 1) of 0 and 1."""
    ones = np.arange(2**bits)[:, None] >> np.arange(bits) & 1
    labels = ones.sum(axis=1, keepdims=True) & 1
    return (2 * ones - 1).astype(np.float32), labels.astype(np.float32)


def examples(workload: Workload, epochs: int) -> tuple[np.ndarray, np.ndarray]:
    """Inputs (R, I) and labels (R, 1) of all rows that so many epochs see."""
    if not workload.examples:
        return truth_table(workload.bits)
    rows = workload.examples * (epochs if workload.is_fresh else 1)
    ones = np.random.default_rng(0).integers(0, 2, (rows, workload.bits), np.int8)
    labels = ones[:, : workload.relevant or None].sum(axis=1, keepdims=True) & 1
    return (2 * ones - 1).astype(np.float32), labels.astype(np.float32)


def orders(workload: Workload, epochs: int) -> np.ndarray:
    """The rows of each epoch, (epochs, R), in the order in which batches take them."""
    rows = np.arange(workload.rows, dtype=np.int32)
    if workload.is_fresh:
        return rows + workload.rows * np.arange(epochs, dtype=np.int32)[:, None]
    generator = np.random.default_rng(0)
    return np.array([generator.permutation(rows) for _ in range(epochs)])


def glorot(workload: Workload, seeds: range) -> list[Layer]:
    """The start of each seed, which does not depend on the seeds beside it."""
    generators = [np.random.default_rng(seed) for seed in seeds]
    layers = []
    for inputs, outputs in workload.layers:
        bound = (6 / (inputs + outputs)) ** 0.5
        weights = [generator.uniform(-bound, bound, (inputs, outputs)) for generator in generators]
        biases = np.zeros((len(seeds), 1, outputs), np.float32)
        layers.append((np.array(weights, np.float32), biases))
    return layers


def judge(workload: Workload, layers: list[Layer]) -> tuple[np.ndarray, np.ndarray]:
    """Rows solved, and mean logistic loss in nats, of each seed."""
    values, labels = examples(workload, min(workload.epochs, 20))
    for index, (weights, biases) in enumerate(layers):
        if index:
            values = np.maximum(values, 0) if workload.activation == "relu" else np.tanh(values)
        values = values @ weights + biases
    logits = values.astype(np.float64)
    solved = ((logits > 0) == (labels > 0)).sum(axis=(1, 2))
    return solved, (np.logaddexp(0, logits) - labels * logits).mean(axis=(1, 2))

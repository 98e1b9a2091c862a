"""PyTorch, as its tutorials write it, and with the seeds stacked into batched products."""

import numpy as np
import torch
from torch import nn
from torch.nn.functional import binary_cross_entropy_with_logits

from parity import Layer, examples, orders, truth_table
from workloads import BETA1, BETA2, DESCENT_RATE, EPSILON, LEARNING_RATE, Workload


def adam(parameters) -> torch.optim.Adam:
    return torch.optim.Adam(
        parameters, lr=LEARNING_RATE, betas=(BETA1, BETA2), eps=EPSILON, fused=True
    )


def one_at_a_time(workload: Workload, seeds: int, epochs: int):
    assert seeds == 1
    inputs, labels = map(torch.from_numpy, truth_table(workload.bits))
    activation = nn.ReLU if workload.activation == "relu" else nn.Tanh

    def train(start: list[Layer]) -> list[Layer]:
        model = nn.Sequential()
        for weights, biases in start:
            linear = nn.Linear(*weights.shape[1:])
            linear.load_state_dict(
                {"weight": torch.from_numpy(weights[0].T), "bias": torch.from_numpy(biases[0, 0])}
            )
            model.extend([linear, activation()])
        model.pop(-1)  # the output unit's activation is in the loss
        optimizer = adam(model.parameters())
        loss_of = nn.BCEWithLogitsLoss()
        for _ in range(epochs):
            optimizer.zero_grad()
            loss_of(model(inputs), labels).backward()
            optimizer.step()
        linears = [module for module in model if isinstance(module, nn.Linear)]
        return [(as_array(one.weight.T[None]), as_array(one.bias[None, None])) for one in linears]

    return train


def batches(workload: Workload, seeds: int, epochs: int, compiles: bool = False):
    """One seed, a batch of rows in each step."""
    assert seeds == 1
    inputs, labels = map(torch.from_numpy, examples(workload, epochs))
    order = torch.from_numpy(orders(workload, epochs)).long()
    activation = torch.relu if workload.activation == "relu" else torch.tanh

    def loss_of(layers, x, y):
        values = x
        for index, (weights, biases) in enumerate(layers):
            values = torch.addmm(biases, activation(values) if index else values, weights)
        return binary_cross_entropy_with_logits(values, y)

    if compiles:
        loss_of = torch.compile(loss_of, dynamic=False)

    def train(start: list[Layer]) -> list[Layer]:
        layers = [
            [torch.tensor(array[0], requires_grad=True) for array in layer] for layer in start
        ]
        if workload.optimizer == "adam":
            optimizer = adam([array for layer in layers for array in layer])
        else:
            groups = [
                {"params": [weights for weights, _ in layers], "weight_decay": workload.decay},
                {"params": [biases for _, biases in layers]},
            ]
            optimizer = torch.optim.SGD(groups, lr=DESCENT_RATE, fused=True)
        for rows in order:
            for part in rows.split(workload.batch):
                optimizer.zero_grad()
                loss_of(layers, inputs[part], labels[part]).backward()
                optimizer.step()
        return [tuple(as_array(array[None]) for array in layer) for layer in layers]

    # Compiled for every size of a batch before anything is timed.
    if compiles:
        layers = [
            [torch.zeros(shape, requires_grad=True) for shape in (pair, (1, pair[1]))]
            for pair in workload.layers
        ]
        for part in order[0].split(workload.batch):
            loss_of(layers, inputs[part], labels[part]).backward()
    return train


def compiled_batches(workload: Workload, seeds: int, epochs: int):
    return batches(workload, seeds, epochs, compiles=True)


def stacked(workload: Workload, seeds: int, epochs: int, loss_of=None):
    loss_of = loss_of or stacked_loss
    inputs, labels = (
        torch.from_numpy(table).expand(seeds, -1, -1) for table in truth_table(workload.bits)
    )
    activation = torch.relu if workload.activation == "relu" else torch.tanh

    def train(start: list[Layer]) -> list[Layer]:
        layers = [[torch.tensor(array, requires_grad=True) for array in layer] for layer in start]
        optimizer = adam([array for layer in layers for array in layer])
        for _ in range(epochs):
            optimizer.zero_grad()
            loss_of(layers, activation, inputs, labels).backward()
            optimizer.step()
        return [tuple(as_array(array) for array in layer) for layer in layers]

    return train


def stacked_loss(layers, activation, inputs, labels):
    """The sum of the seeds' mean losses, so that each seed gets the gradient of its own."""
    values = inputs
    for index, (weights, biases) in enumerate(layers):
        values = torch.baddbmm(biases, activation(values) if index else values, weights)
    return binary_cross_entropy_with_logits(values, labels, reduction="sum") / labels.shape[1]


def compiled(workload: Workload, seeds: int, epochs: int):
    return stacked(workload, seeds, epochs, torch.compile(stacked_loss, dynamic=False))


def as_array(tensor: torch.Tensor) -> np.ndarray:
    return tensor.detach().numpy()

"""JAX: a scan over the epochs, compiled ahead; one seed at a time, or vmapped over seeds."""

import jax
import jax.numpy as jnp

from parity import Layer, glorot, truth_table
from workloads import BETA1, BETA2, EPSILON, LEARNING_RATE, Workload


def one_at_a_time(workload: Workload, seeds: int, epochs: int):
    assert seeds == 1

    def train_one(start):
        one = training(workload, epochs)([(weights[0], biases[0]) for weights, biases in start])
        return [(weights[None], biases[None]) for weights, biases in one]

    return ahead(train_one, workload, seeds)


def vmapped(workload: Workload, seeds: int, epochs: int):
    return ahead(jax.vmap(training(workload, epochs)), workload, seeds)


def ahead(train, workload: Workload, seeds: int):
    """`train`, compiled, and returning when it is done."""
    program = jax.jit(train).lower(glorot(workload, range(seeds))).compile()

    def run(start: list[Layer]) -> list[Layer]:
        return jax.device_get(program(start))

    return run


def training(workload: Workload, epochs: int):
    inputs, labels = truth_table(workload.bits)
    activation = jax.nn.relu if workload.activation == "relu" else jnp.tanh

    def loss_of(layers):
        values = inputs
        for index, (weights, biases) in enumerate(layers):
            values = (activation(values) if index else values) @ weights + biases
        return jnp.mean(jnp.logaddexp(0, values) - labels * values)

    def step(state, epoch):
        layers, mean, square = state
        gradient = jax.grad(loss_of)(layers)
        mean = jax.tree.map(lambda m, g: BETA1 * m + (1 - BETA1) * g, mean, gradient)
        square = jax.tree.map(lambda v, g: BETA2 * v + (1 - BETA2) * g * g, square, gradient)
        rate, correction = LEARNING_RATE / (1 - BETA1**epoch), 1 / (1 - BETA2**epoch)
        layers = jax.tree.map(
            lambda p, m, v: p - rate * m / (jnp.sqrt(v * correction) + EPSILON),
            layers,
            mean,
            square,
        )
        return (layers, mean, square), None

    def train(start):
        zeros = jax.tree.map(jnp.zeros_like, start)
        state, _ = jax.lax.scan(step, (start, zeros, zeros), jnp.arange(1.0, epochs + 1))
        return state[0]

    return train

"""JAX: a scan over the epochs, compiled ahead; one seed at a time, or vmapped over seeds."""

import jax
import jax.numpy as jnp

from parity import Layer, examples, glorot, orders, truth_table
from workloads import BETA1, BETA2, DESCENT_RATE, EPSILON, LEARNING_RATE, Workload


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


def batches(workload: Workload, seeds: int, epochs: int):
    """One seed: a scan over the epochs, and in each a scan over its batches."""
    assert seeds == 1
    inputs, labels = examples(workload, epochs)
    order = orders(workload, epochs)
    size = min(workload.batch, workload.rows)
    whole = workload.rows // size * size
    activation = jax.nn.relu if workload.activation == "relu" else jnp.tanh

    def loss_of(layers, x, y):
        values = x
        for index, (weights, biases) in enumerate(layers):
            values = (activation(values) if index else values) @ weights + biases
        return jnp.mean(jnp.logaddexp(0, values) - y * values)

    def step_of_adam(state, gradient):
        layers, mean, square, count = state
        count = count + 1
        mean = jax.tree.map(lambda m, g: BETA1 * m + (1 - BETA1) * g, mean, gradient)
        square = jax.tree.map(lambda v, g: BETA2 * v + (1 - BETA2) * g * g, square, gradient)
        rate, correction = LEARNING_RATE / (1 - BETA1**count), 1 / (1 - BETA2**count)
        layers = jax.tree.map(
            lambda p, m, v: p - rate * m / (jnp.sqrt(v * correction) + EPSILON),
            layers,
            mean,
            square,
        )
        return layers, mean, square, count

    def step_of_descent(state, gradient):
        keep = 1 - DESCENT_RATE * workload.decay
        return (
            [
                (weights * keep - DESCENT_RATE * d_weights, biases - DESCENT_RATE * d_biases)
                for (weights, biases), (d_weights, d_biases) in zip(state[0], gradient, strict=True)
            ],
        )

    def step(state, batch):
        update = step_of_adam if workload.optimizer == "adam" else step_of_descent
        return update(state, jax.grad(loss_of)(state[0], *batch)), None

    def train_one(start, inputs, labels, order):
        layers = [(weights[0], biases[0]) for weights, biases in start]
        zeros = jax.tree.map(jnp.zeros_like, layers)
        state = (layers, zeros, zeros, 0.0) if workload.optimizer == "adam" else (layers,)

        def epoch(state, rows):
            parts = rows[:whole].reshape(-1, size)
            state, _ = jax.lax.scan(
                lambda s, part: step(s, (inputs[part], labels[part])), state, parts
            )
            rest = rows[whole:]
            if len(rest):
                state, _ = step(state, (inputs[rest], labels[rest]))
            return state, None

        state, _ = jax.lax.scan(epoch, state, order)
        return [(weights[None], biases[None]) for weights, biases in state[0]]

    # The examples are arguments: constants of 100 MB would be folded at length.
    data = jax.device_put((inputs, labels, order))
    program = jax.jit(train_one).lower(glorot(workload, range(1)), *data).compile()
    return lambda start: jax.device_get(program(start, *data))

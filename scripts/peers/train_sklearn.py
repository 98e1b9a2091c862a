"""scikit-learn: an MLPClassifier for every seed, kept from stopping early."""

import warnings

from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier

from parity import Layer, truth_table
from workloads import BETA1, BETA2, EPSILON, LEARNING_RATE, Workload


class StartedClassifier(MLPClassifier):
    """Starts from the layers in `start` where the original draws its own."""

    def _init_coef(self, fan_in, fan_out, dtype):
        weights, biases = self.start.pop(0)
        return weights[0].copy(), biases[0, 0].copy()


def one_at_a_time(workload: Workload, seeds: int, epochs: int):
    assert seeds == 1
    inputs, labels = truth_table(workload.bits)
    warnings.simplefilter("ignore", ConvergenceWarning)  # exactly these epochs are asked for

    def train(start: list[Layer]) -> list[Layer]:
        model = StartedClassifier(
            hidden_layer_sizes=workload.widths,
            activation=workload.activation,
            solver="adam",
            alpha=0,
            batch_size=len(inputs),
            learning_rate_init=LEARNING_RATE,
            beta_1=BETA1,
            beta_2=BETA2,
            epsilon=EPSILON,
            shuffle=False,
            max_iter=epochs,
            tol=0,
            n_iter_no_change=epochs + 1,
        )
        model.start = list(start)
        model.fit(inputs, labels[:, 0])
        layers = zip(model.coefs_, model.intercepts_, strict=True)
        return [(weights[None], biases[None, None]) for weights, biases in layers]

    return train

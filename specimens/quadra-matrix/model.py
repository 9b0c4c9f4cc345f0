"""The quadra matrix: a small two-layer network in plain Python."""
import math
import random


class QuadraMatrix:
    """Learns the sign of a quadratic form from generated samples."""

    SIZE = 4

    def __init__(self, learning_rate, seed=7):
        self.learning_rate = learning_rate
        self._random = random.Random(seed)
        self.batches = 0
        self.weights = [
            [self._random.uniform(-0.5, 0.5) for _ in range(self.SIZE)] for _ in range(self.SIZE)
        ]

    def _sample(self):
        vector = [self._random.uniform(-1, 1) for _ in range(self.SIZE)]
        target = 1.0 if vector[0] * vector[1] - vector[2] * vector[3] > 0 else 0.0
        return vector, target

    def predict(self, vector):
        form = sum(
            self.weights[row][column] * vector[row] * vector[column]
            for row in range(self.SIZE)
            for column in range(self.SIZE)
        )
        return 1 / (1 + math.exp(-form))

    def train_batch(self, size):
        """One step of gradient descent per sample. Returns loss and accuracy."""
        loss = 0.0
        hits = 0
        for _ in range(size):
            vector, target = self._sample()
            output = self.predict(vector)
            error = output - target
            loss += error * error
            hits += (output > 0.5) == (target > 0.5)
            for row in range(self.SIZE):
                for column in range(self.SIZE):
                    gradient = error * vector[row] * vector[column]
                    self.weights[row][column] -= self.learning_rate * gradient
        self.batches += 1
        return {'loss': loss / size, 'accuracy': hits / size}

    def to_state(self):
        return {
            'weights': [list(row) for row in self.weights],
            'batches': self.batches,
            'learning_rate': self.learning_rate,
        }

    def restore(self, state):
        self.weights = [list(row) for row in state['weights']]
        self.batches = state['batches']
        self.learning_rate = state['learning_rate']

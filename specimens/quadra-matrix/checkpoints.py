"""Model checkpoints on disk."""
import os
import pickle

from config import get_config

MODEL_DIR = get_config().MODEL_DIR


def save_checkpoint(version, state):
    """Write a checkpoint and return its path."""
    os.makedirs(MODEL_DIR, exist_ok=True)
    path = os.path.join(MODEL_DIR, f'{version}.pkl')
    with open(path, 'wb') as handle:
        pickle.dump(state, handle)
    return path


def load_checkpoint(path):
    """Read a checkpoint that was written by save_checkpoint."""
    with open(path, 'rb') as handle:
        return pickle.load(handle)

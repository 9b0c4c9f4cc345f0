"""Validation of request bodies."""
import functools

from flask import jsonify, request

TRAINING_SCHEMA = {
    'epochs': (int, lambda value: 1 <= value <= 1000),
    'learning_rate': (float, lambda value: 0 < value < 1),
}

MODEL_SCHEMA = {
    'label': (str, lambda value: 1 <= len(value) <= 64),
}


def _problems(body, schema):
    for name in body:
        if name not in schema:
            yield f'{name}: unknown field'
    for name, (kind, accepts) in schema.items():
        if name not in body:
            continue
        value = body[name]
        if not isinstance(value, kind) or isinstance(value, bool):
            yield f'{name}: must be of type {kind.__name__}'
        elif not accepts(value):
            yield f'{name}: out of range'


def validate_body(schema):
    """Decorator: answer 422 unless the JSON body matches the schema."""

    def decorate(view):
        @functools.wraps(view)
        def checked(*args, **kwargs):
            body = request.get_json(silent=True)
            if not isinstance(body, dict):
                return jsonify({'error': 'a JSON object is required'}), 400
            problems = list(_problems(body, schema))
            if problems:
                return jsonify({'error': 'invalid request', 'details': problems}), 422
            return view(*args, **kwargs)

        return checked

    return decorate

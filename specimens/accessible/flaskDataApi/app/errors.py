from flask import jsonify
from marshmallow import ValidationError


class NotFound(Exception):
    """Nothing is stored under this number."""

    def __init__(self, what):
        super().__init__(f"{what} not found")
        self.what = what


def register_error_handlers(app):
    @app.errorhandler(NotFound)
    def missing_row(error):
        return jsonify(error=f"{error.what} not found"), 404

    @app.errorhandler(ValidationError)
    def invalid_body(error):
        return jsonify(error="Validation failed", fields=error.messages), 422

    @app.errorhandler(400)
    def bad_request(error):
        return jsonify(error="Bad request"), 400

    @app.errorhandler(404)
    def no_such_page(error):
        return jsonify(error="Not found"), 404

    @app.errorhandler(405)
    def wrong_method(error):
        return jsonify(error="Method not allowed"), 405

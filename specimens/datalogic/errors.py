import logging

from flask import jsonify, render_template, request

logger = logging.getLogger(__name__)


def wants_json():
    return request.path.startswith("/api/")


def register_error_handlers(app):
    @app.errorhandler(404)
    def not_found(error):
        if wants_json():
            return jsonify(error="not found"), 404
        return render_template("errors/404.html"), 404

    @app.errorhandler(500)
    def internal_error(error):
        logger.error("Internal error: %s", error)
        if wants_json():
            return jsonify(error="internal error"), 500
        return render_template("errors/500.html"), 500

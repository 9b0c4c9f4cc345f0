"""Flask application of the threat intelligence API."""
import importlib
import logging
import os

from flask import Flask
from flask_cors import CORS

logger = logging.getLogger(__name__)

ROUTES_FOLDER = os.path.join(os.path.dirname(__file__), 'routes')


def register_routes(app):
    """Register the blueprint of every module in the routes folder."""
    for filename in sorted(os.listdir(ROUTES_FOLDER)):
        if not filename.endswith('.py') or filename.startswith('_'):
            continue
        name = filename[:-3]
        module = importlib.import_module(f'threat_api.routes.{name}')
        if hasattr(module, 'bp'):
            app.register_blueprint(module.bp, url_prefix='/api')
            logger.info('registered routes of %s', name)


def create_app():
    app = Flask(__name__)
    CORS(app)
    register_routes(app)
    return app

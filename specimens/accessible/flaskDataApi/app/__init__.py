from flasgger import Swagger
from flask import Flask, jsonify
from flask_cors import CORS

from app.database import close_session
from app.errors import register_error_handlers
from app.routes.artists import artists
from app.routes.songs import songs

VERSION = "1.0.0"


def create_app():
    """Makes the application."""
    app = Flask(__name__)
    app.config["SWAGGER"] = {"title": "Music catalog", "uiversion": 3}

    CORS(app, resources={r"/*": {"origins": "*"}})
    Swagger(
        app,
        template={
            "info": {
                "title": "Music catalog",
                "description": "Artists and their songs",
                "version": VERSION,
            }
        },
    )

    app.register_blueprint(artists, url_prefix="/v1/artists")
    app.register_blueprint(songs, url_prefix="/v1/songs")
    register_error_handlers(app)
    app.teardown_appcontext(close_session)

    @app.get("/")
    def root():
        return jsonify(service="flaskDataApi", version=VERSION, docs="/apidocs/")

    @app.get("/health")
    def health():
        """
        Says that the process is up
        ---
        tags: [service]
        responses:
          200:
            description: It is
        """
        return jsonify(status="healthy")

    return app

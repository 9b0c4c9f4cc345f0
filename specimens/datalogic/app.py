import logging
import re

from flask import Flask, flash, jsonify, redirect, render_template, request, url_for
from flask_cors import CORS
from flask_login import current_user, login_required, login_user, logout_user

from auth import issue_token
from backend.security.audit_logger import AuditLogger
from config import Config
from errors import register_error_handlers
from extensions import db, login_manager
from models import KnowledgeNode, Simulation, User
from routes import api

logging.basicConfig(
    level=Config.LOG_LEVEL, format="%(asctime)s %(levelname)s [%(name)s] %(message)s"
)
logger = logging.getLogger(__name__)

app = Flask(__name__)
app.config.from_object(Config)

db.init_app(app)
login_manager.init_app(app)
CORS(app, origins=app.config["CORS_ORIGINS"].split(","), supports_credentials=True)
audit = AuditLogger(app.config["LOG_FOLDER"])

app.register_blueprint(api, url_prefix="/api")
register_error_handlers(app)


@login_manager.user_loader
def load_user(user_id):
    return db.session.get(User, int(user_id))


def ensure_admin():
    if User.query.filter_by(role="admin").first():
        return
    admin = User(
        username=app.config["ADMIN_USERNAME"],
        email=f"{app.config['ADMIN_USERNAME']}@datalogic.local",
        role="admin",
    )
    admin.set_password(app.config["ADMIN_PASSWORD"])
    db.session.add(admin)
    db.session.commit()
    logger.info("created the administrator %s", admin.username)


with app.app_context():
    db.create_all()
    ensure_admin()


PASSWORD_RULES = [
    (r".{12,}", "at least 12 characters"),
    (r"[A-Z]", "an uppercase letter"),
    (r"[a-z]", "a lowercase letter"),
    (r"[0-9]", "a digit"),
    (r"[^A-Za-z0-9]", "a symbol"),
]


def password_faults(password):
    return [wanted for pattern, wanted in PASSWORD_RULES if not re.search(pattern, password)]


@app.get("/")
def index():
    return render_template(
        "index.html", nodes=KnowledgeNode.query.count(), simulations=Simulation.query.count()
    )


@app.route("/register", methods=["GET", "POST"])
def register():
    if request.method == "GET":
        return render_template("register.html")
    username = request.form.get("username", "").strip()
    email = request.form.get("email", "").strip()
    password = request.form.get("password", "")
    if not username or not email:
        flash("A user name and an e-mail address are needed.")
        return render_template("register.html"), 400
    faults = password_faults(password)
    if faults:
        flash("The password needs " + ", ".join(faults) + ".")
        return render_template("register.html"), 400
    if User.query.filter((User.username == username) | (User.email == email)).first():
        flash("This user name or address is taken.")
        return render_template("register.html"), 409
    user = User(username=username, email=email)
    user.set_password(password)
    db.session.add(user)
    db.session.commit()
    return redirect(url_for("login"))


@app.route("/login", methods=["GET", "POST"])
def login():
    if request.method == "GET":
        return render_template("login.html")
    username = request.form.get("username", "")
    user = User.query.filter_by(username=username).first()
    if user is None or not user.check_password(request.form.get("password", "")):
        audit.authentication(username, request.remote_addr, success=False)
        flash("User name or password is wrong.")
        return render_template("login.html"), 401
    login_user(user)
    audit.authentication(username, request.remote_addr, success=True)
    return redirect(url_for("dashboard"))


@app.post("/logout")
@login_required
def logout():
    logout_user()
    return redirect(url_for("index"))


@app.get("/dashboard")
@login_required
def dashboard():
    latest = KnowledgeNode.query.order_by(KnowledgeNode.id.desc()).limit(10).all()
    return render_template("dashboard.html", user=current_user, nodes=latest)


@app.post("/api/auth/token")
def create_token():
    data = request.get_json(silent=True) or {}
    user = User.query.filter_by(username=data.get("username", "")).first()
    if user is None or not user.check_password(data.get("password", "")):
        audit.authentication(data.get("username", ""), request.remote_addr, success=False)
        return jsonify(error="user name or password is wrong"), 401
    audit.authentication(user.username, request.remote_addr, success=True)
    return jsonify(token=issue_token(user), token_type="Bearer")


if __name__ == "__main__":
    app.run(host="0.0.0.0", port=5000, debug=True)

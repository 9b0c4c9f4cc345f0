import hashlib
from datetime import datetime, timedelta, timezone
from functools import wraps

import jwt
from flask import current_app, g, jsonify, request
from flask_login import current_user

from extensions import db
from models import ApiKey, User


def issue_token(user):
    expires = datetime.now(timezone.utc) + timedelta(minutes=current_app.config["JWT_EXPIRY_MINUTES"])
    claims = {"sub": str(user.id), "role": user.role, "exp": expires}
    return jwt.encode(
        claims, current_app.config["JWT_SECRET_KEY"], algorithm=current_app.config["JWT_ALGORITHM"]
    )


def user_of_token(token):
    try:
        claims = jwt.decode(
            token, current_app.config["JWT_SECRET_KEY"], algorithms=[current_app.config["JWT_ALGORITHM"]]
        )
    except jwt.PyJWTError:
        return None
    return db.session.get(User, int(claims["sub"]))


def authenticated_user():
    if current_user.is_authenticated:
        return current_user
    header = request.headers.get("Authorization", "")
    if header.startswith("Bearer "):
        return user_of_token(header.removeprefix("Bearer "))
    return None


def auth_required(view):
    @wraps(view)
    def guarded(*args, **kwargs):
        user = authenticated_user()
        if user is None:
            return jsonify(error="authentication required"), 401
        g.user = user
        return view(*args, **kwargs)

    return guarded


def admin_required(view):
    @wraps(view)
    @auth_required
    def guarded(*args, **kwargs):
        if g.user.role != "admin":
            return jsonify(error="administrators only"), 403
        return view(*args, **kwargs)

    return guarded


def hash_key(key):
    return hashlib.sha256(key.encode()).hexdigest()


def api_key_required(view):
    @wraps(view)
    def guarded(*args, **kwargs):
        key = request.headers.get("X-API-Key")
        if not key:
            return jsonify(error="API key required"), 401
        found = ApiKey.query.filter_by(key_hash=hash_key(key), revoked=False).first()
        if found is None:
            return jsonify(error="unknown API key"), 401
        g.user = found.user
        return view(*args, **kwargs)

    return guarded

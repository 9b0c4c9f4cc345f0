"""API key and JWT authentication for the HTTP API."""
import functools
import hmac
import os
import time

import jwt
from flask import g, jsonify, request

TOKEN_LIFETIME = 3600
ALGORITHM = 'HS256'


def _signing_key():
    return os.environ['JWT_SECRET_KEY']


def create_token(subject, role='operator'):
    """Sign a token that expires after an hour."""
    now = int(time.time())
    claims = {'sub': subject, 'role': role, 'iat': now, 'exp': now + TOKEN_LIFETIME}
    return jwt.encode(claims, _signing_key(), algorithm=ALGORITHM)


def _subject_of_token(token):
    try:
        claims = jwt.decode(token, _signing_key(), algorithms=[ALGORITHM])
    except jwt.PyJWTError:
        return None
    return claims.get('sub')


def _is_known_key(candidate):
    keys = [key for key in os.environ['API_KEYS'].split(',') if key]
    return any(hmac.compare_digest(candidate, key) for key in keys)


def require_auth(view):
    """Let a request through with a valid X-API-Key or Bearer token only."""

    @functools.wraps(view)
    def guarded(*args, **kwargs):
        api_key = request.headers.get('X-API-Key', '')
        if api_key and _is_known_key(api_key):
            g.subject = 'api-key'
            return view(*args, **kwargs)

        header = request.headers.get('Authorization', '')
        if header.startswith('Bearer '):
            subject = _subject_of_token(header[len('Bearer '):])
            if subject:
                g.subject = subject
                return view(*args, **kwargs)

        return jsonify({'error': 'authentication required'}), 401

    return guarded

"""Small helpers that the routes ask before they do anything."""
from flask import session


def is_logged_in():
    return 'user_id' in session


def require_role(*roles):
    """True when the person who is logged in has one of the roles."""
    return is_logged_in() and session.get('role') in roles

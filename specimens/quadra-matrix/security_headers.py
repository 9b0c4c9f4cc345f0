"""HTTP security headers for every response."""

HEADERS = {
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Referrer-Policy': 'strict-origin-when-cross-origin',
    'Content-Security-Policy': (
        "default-src 'self'; "
        "script-src 'self' https://cdn.socket.io; "
        "connect-src 'self' ws: wss:"
    ),
    'Strict-Transport-Security': 'max-age=31536000; includeSubDomains',
}


def init_security_headers(app):
    """Add the headers to all responses of the application."""

    @app.after_request
    def add_headers(response):
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    return app

"""Prometheus metrics."""
import time

from flask import Response, g, request
from prometheus_client import CONTENT_TYPE_LATEST, Counter, Gauge, Histogram, generate_latest

REQUESTS = Counter(
    'quadra_http_requests_total', 'HTTP requests', ['method', 'endpoint', 'status']
)
LATENCY = Histogram(
    'quadra_http_request_duration_seconds', 'HTTP request duration', ['method', 'endpoint']
)
TRAINING_LOSS = Gauge('quadra_training_loss', 'Loss of the last training batch')


def init_metrics(app):
    """Measure every request and serve the result at /metrics."""

    @app.before_request
    def start_timer():
        g.started = time.perf_counter()

    @app.after_request
    def record(response):
        endpoint = request.endpoint or 'unknown'
        REQUESTS.labels(request.method, endpoint, response.status_code).inc()
        LATENCY.labels(request.method, endpoint).observe(time.perf_counter() - g.started)
        return response

    @app.get('/metrics')
    def metrics():
        return Response(generate_latest(), mimetype=CONTENT_TYPE_LATEST)

    return app

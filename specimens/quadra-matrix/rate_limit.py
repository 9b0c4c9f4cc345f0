"""Request rate limiting."""
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

limiter = Limiter(
    key_func=get_remote_address,
    default_limits=['200 per minute', '20 per second'],
)

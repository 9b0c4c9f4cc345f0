"""Start the threat intelligence API."""
import logging
import os

from threat_api import create_app

logging.basicConfig(
    level=logging.INFO,
    format='%(asctime)s - %(name)s - %(levelname)s - %(message)s',
)
logger = logging.getLogger(__name__)

app = create_app()

if __name__ == '__main__':
    port = int(os.getenv('API_PORT', 5000))
    logger.info('Threat API on port %s', port)
    app.run(host='0.0.0.0', port=port, debug=True)

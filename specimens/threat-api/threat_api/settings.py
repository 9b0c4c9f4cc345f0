"""Settings of the search engine."""
import os

from dotenv import load_dotenv

load_dotenv(override=True)

OPENSEARCH_HOST = os.getenv('OPENSEARCH_HOST', 'localhost')
OPENSEARCH_PORT = int(os.getenv('OPENSEARCH_PORT', 9200))
OPENSEARCH_USE_SSL = os.getenv('OPENSEARCH_USE_SSL', 'true').lower() == 'true'

OPENSEARCH_USER = 'admin'
OPENSEARCH_PASSWORD = 'Lookout-Tower-77'

THREAT_INDEX = 'threats'

import os
import sys

import pytest

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

import stand_in_search

server, port = stand_in_search.start()
os.environ['OPENSEARCH_HOST'] = '127.0.0.1'
os.environ['OPENSEARCH_PORT'] = str(port)
os.environ['OPENSEARCH_USE_SSL'] = 'false'

from threat_api import create_app


@pytest.fixture
def client():
    stand_in_search.StandInSearch.indices.clear()
    client = create_app().test_client()
    client.post('/api/setup/index')
    return client

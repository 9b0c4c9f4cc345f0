"""Run the API in front of the stand-in search engine: python tests/serve.py"""
import os
import subprocess
import sys

import stand_in_search

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

if __name__ == '__main__':
    _, port = stand_in_search.start()
    environment = {
        **os.environ,
        'OPENSEARCH_HOST': '127.0.0.1',
        'OPENSEARCH_PORT': str(port),
        'OPENSEARCH_USE_SSL': 'false',
    }
    sys.exit(subprocess.call([sys.executable, 'api_server.py'], cwd=ROOT, env=environment))

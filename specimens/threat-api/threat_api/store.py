"""Everything that talks to OpenSearch."""
import logging
from datetime import datetime, timezone

from opensearchpy import OpenSearch, helpers

from threat_api import settings

logger = logging.getLogger(__name__)

client = OpenSearch(
    hosts=[{'host': settings.OPENSEARCH_HOST, 'port': settings.OPENSEARCH_PORT}],
    http_auth=(settings.OPENSEARCH_USER, settings.OPENSEARCH_PASSWORD),
    use_ssl=settings.OPENSEARCH_USE_SSL,
    verify_certs=False,
    ssl_show_warn=False,
)

MAPPING = {
    'mappings': {
        'properties': {
            'indicator': {'type': 'keyword'},
            'type': {'type': 'keyword'},
            'severity': {'type': 'keyword'},
            'source': {'type': 'keyword'},
            'description': {'type': 'text'},
            'tags': {'type': 'keyword'},
            'first_seen': {'type': 'date'},
        }
    }
}


def _hit(hit):
    return {'id': hit['_id'], **hit['_source']}


def cluster_health():
    return client.cluster.health()


def create_index(recreate=False):
    """Create the index. Returns whether there was something to do."""
    if client.indices.exists(index=settings.THREAT_INDEX):
        if not recreate:
            return False
        client.indices.delete(index=settings.THREAT_INDEX)
    client.indices.create(index=settings.THREAT_INDEX, body=MAPPING)
    logger.info('created index %s', settings.THREAT_INDEX)
    return True


def list_threats(page, size):
    result = client.search(
        index=settings.THREAT_INDEX,
        body={
            'query': {'match_all': {}},
            'sort': [{'first_seen': 'desc'}],
            'from': (page - 1) * size,
            'size': size,
        },
    )
    return [_hit(hit) for hit in result['hits']['hits']], result['hits']['total']['value']


def find_threats(words):
    result = client.search(
        index=settings.THREAT_INDEX,
        body={
            'query': {
                'multi_match': {
                    'query': words,
                    'fields': ['indicator', 'description', 'tags', 'source'],
                }
            },
            'size': 50,
        },
    )
    return [_hit(hit) for hit in result['hits']['hits']]


def run_query(query):
    result = client.search(index=settings.THREAT_INDEX, body={'query': query, 'size': 50})
    return [_hit(hit) for hit in result['hits']['hits']]


def get_threat(threat_id):
    return _hit(client.get(index=settings.THREAT_INDEX, id=threat_id))


def add_threat(threat):
    threat.setdefault('first_seen', datetime.now(timezone.utc).isoformat())
    result = client.index(index=settings.THREAT_INDEX, body=threat, refresh=True)
    return result['_id']


def add_threats(threats):
    actions = [{'_index': settings.THREAT_INDEX, '_source': threat} for threat in threats]
    added, _ = helpers.bulk(client, actions, refresh=True)
    return added


def delete_threat(threat_id):
    client.delete(index=settings.THREAT_INDEX, id=threat_id, refresh=True)


def counts_by(*fields):
    """How many threats there are for each value of the given fields."""
    result = client.search(
        index=settings.THREAT_INDEX,
        body={
            'size': 0,
            'aggs': {field: {'terms': {'field': field, 'size': 20}} for field in fields},
        },
    )
    return {
        field: {bucket['key']: bucket['doc_count'] for bucket in result['aggregations'][field]['buckets']}
        for field in fields
    }

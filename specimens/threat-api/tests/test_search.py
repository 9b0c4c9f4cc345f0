import pytest


@pytest.fixture
def filled(client):
    assert client.post('/api/setup/sample-data').json == {'loaded': 3}
    return client


def test_search_needs_words(client):
    assert client.get('/api/search').status_code == 400


def test_search_by_words(filled):
    answer = filled.get('/api/search?q=phishing').json
    assert [threat['type'] for threat in answer['threats']] == ['domain']


def test_search_by_query(filled):
    answer = filled.post('/api/search/query', json={'query': {'term': {'severity': 'critical'}}})
    assert answer.json['count'] == 1


def test_stats(filled):
    stats = filled.get('/api/stats').json
    assert stats['type'] == {'ip': 1, 'domain': 1, 'hash': 1}
    assert stats['source'] == {'samples': 3}

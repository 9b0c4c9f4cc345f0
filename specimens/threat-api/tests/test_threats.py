THREAT = {'indicator': '198.51.100.7', 'type': 'ip', 'severity': 'high', 'source': 'test'}


def test_all_routes_are_discovered(client):
    rules = [rule for rule in client.application.url_map.iter_rules() if rule.endpoint != 'static']
    assert len(rules) == 11


def test_a_threat_is_kept_and_found_again(client):
    answer = client.post('/api/threats', json=THREAT)
    assert answer.status_code == 201
    kept = client.get(f"/api/threats/{answer.json['id']}").json
    assert kept['indicator'] == THREAT['indicator']
    assert kept['first_seen']


def test_the_list_has_a_total(client):
    client.post('/api/threats', json=THREAT)
    answer = client.get('/api/threats?size=10').json
    assert answer['total'] == 1
    assert len(answer['threats']) == 1


def test_a_threat_that_is_not_there(client):
    assert client.get('/api/threats/none').status_code == 404
    assert client.delete('/api/threats/none').status_code == 404


def test_delete(client):
    threat_id = client.post('/api/threats', json=THREAT).json['id']
    assert client.delete(f'/api/threats/{threat_id}').status_code == 200
    assert client.get('/api/threats').json['total'] == 0

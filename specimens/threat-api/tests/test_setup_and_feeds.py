from threat_api import feeds


def test_db_health(client):
    assert client.get('/api/db-health').json['status'] == 'green'


def test_the_index_is_made_once(client):
    assert client.post('/api/setup/index').json == {'created': False}
    assert client.post('/api/setup/index?recreate=true').json == {'created': True}


def test_import_of_a_feed(client, monkeypatch):
    monkeypatch.setattr(feeds, 'download', lambda url: '# list\n192.0.2.1,scanner\nbad.example\n')
    answer = client.post('/api/feeds/import', json={'url': 'https://feeds.example.net/list.txt'})
    assert answer.json == {'imported': 2}
    assert client.get('/api/stats').json['type'] == {'ip': 1, 'domain': 1}


def test_types_of_indicators():
    assert feeds.indicator_type('2001:db8::1') == 'ip'
    assert feeds.indicator_type('http://bad.example/x') == 'url'
    assert feeds.indicator_type('d41d8cd98f00b204e9800998ecf8427e') == 'hash'
    assert feeds.indicator_type('bad.example') == 'domain'

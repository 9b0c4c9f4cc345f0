"""A small HTTP server that answers like OpenSearch, for tests on machines without one."""
import json
import threading
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit


class StandInSearch(BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'
    indices = {}

    def log_message(self, format, *args):
        pass

    def body(self):
        return self.rfile.read(int(self.headers.get('Content-Length') or 0)).decode()

    def answer(self, status, content):
        data = json.dumps(content).encode()
        self.send_response(status)
        self.send_header('Content-Type', 'application/json')
        self.send_header('Content-Length', str(len(data)))
        self.end_headers()
        if self.command != 'HEAD':
            self.wfile.write(data)

    def handle_request(self):
        text = self.body()
        parts = [part for part in urlsplit(self.path).path.split('/') if part]
        match (self.command, parts):
            case ('GET', ['_cluster', 'health']):
                self.answer(200, {'cluster_name': 'stand-in', 'status': 'green', 'number_of_nodes': 1})
            case ('POST' | 'PUT', ['_bulk']):
                self.answer(200, self.bulk(text))
            case (method, [index]):
                self.index(method, index)
            case (method, [index, '_doc', *rest]):
                self.document(method, index, rest[0] if rest else None, text)
            case (_, [index, '_search']) if index in self.indices:
                self.answer(200, self.search(self.indices[index], json.loads(text)))
            case _:
                self.answer(404, {'error': 'index_not_found_exception', 'status': 404})

    do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = handle_request

    def index(self, method, index):
        known = index in self.indices
        if method == 'PUT':
            self.indices.setdefault(index, {})
            self.answer(400 if known else 200, {'acknowledged': not known, 'index': index})
        elif method == 'DELETE' and known:
            del self.indices[index]
            self.answer(200, {'acknowledged': True})
        else:
            self.answer(200 if known else 404, {})

    def document(self, method, index, key, text):
        documents = self.indices.setdefault(index, {})
        if method in ('POST', 'PUT'):
            key = key or uuid.uuid4().hex
            documents[key] = json.loads(text)
            self.answer(201, {'_id': key, 'result': 'created'})
        elif key not in documents:
            self.answer(404, {'_id': key, 'found': False})
        elif method == 'DELETE':
            del documents[key]
            self.answer(200, {'_id': key, 'result': 'deleted'})
        else:
            self.answer(200, {'_id': key, 'found': True, '_source': documents[key]})

    def bulk(self, text):
        lines = [json.loads(line) for line in text.splitlines() if line]
        items = []
        for action, source in zip(lines[::2], lines[1::2]):
            key = uuid.uuid4().hex
            self.indices.setdefault(action['index']['_index'], {})[key] = source
            items.append({'index': {'_id': key, 'status': 201}})
        return {'errors': False, 'items': items}

    def search(self, documents, body):
        words = body.get('query', {}).get('multi_match', {}).get('query')
        terms = body.get('query', {}).get('term', {})
        found = [
            {'_id': key, '_source': source}
            for key, source in documents.items()
            if (not words or words.lower() in json.dumps(source).lower())
            and all(source.get(field) == value for field, value in terms.items())
        ]
        first = body.get('from', 0)
        answer = {
            'hits': {
                'total': {'value': len(found)},
                'hits': found[first : first + body.get('size', 10)],
            }
        }
        if 'aggs' in body:
            answer['aggregations'] = {
                name: {'buckets': self.buckets(found, each['terms']['field'])}
                for name, each in body['aggs'].items()
            }
        return answer

    @staticmethod
    def buckets(found, field):
        values = [hit['_source'].get(field) for hit in found]
        return [{'key': value, 'doc_count': values.count(value)} for value in dict.fromkeys(values)]


def start(port=0):
    """Start the server in the background; returns it, and the port on which it listens."""
    StandInSearch.indices.clear()
    server = ThreadingHTTPServer(('127.0.0.1', port), StandInSearch)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server, server.server_address[1]

import logging

from flask import Blueprint, jsonify, request

from threat_api import store

logger = logging.getLogger(__name__)

bp = Blueprint('search', __name__)


@bp.route('/search', methods=['GET'])
def search():
    """Threats in which the words of `q` occur."""
    words = request.args.get('q')
    if not words:
        return jsonify({'error': 'parameter q is required'}), 400
    try:
        threats = store.find_threats(words)
        return jsonify({'query': words, 'count': len(threats), 'threats': threats})
    except Exception as e:
        logger.error('search: %s', e)
        return jsonify({'error': str(e)}), 500


@bp.route('/search/query', methods=['POST'])
def advanced_search():
    """Search with a query in the query language of OpenSearch."""
    try:
        body = request.get_json()
        threats = store.run_query(body['query'])
        return jsonify({'count': len(threats), 'threats': threats})
    except Exception as e:
        logger.error('advanced search: %s', e)
        return jsonify({'error': str(e)}), 500

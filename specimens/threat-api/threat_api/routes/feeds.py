import logging

from flask import Blueprint, jsonify, request

from threat_api import feeds, store

logger = logging.getLogger(__name__)

bp = Blueprint('feeds', __name__)


@bp.route('/feeds/import', methods=['POST'])
def import_feed():
    """Load the indicators of a feed by its address."""
    try:
        body = request.get_json()
        url = body['url']
        threats = feeds.parse(feeds.download(url), body.get('source', url))
        added = store.add_threats(threats)
        return jsonify({'imported': added}), 201
    except Exception as e:
        logger.error('import feed: %s', e)
        return jsonify({'error': str(e)}), 500

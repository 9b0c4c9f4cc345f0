import logging

from flask import Blueprint, jsonify

from threat_api import store

logger = logging.getLogger(__name__)

bp = Blueprint('stats', __name__)


@bp.route('/stats', methods=['GET'])
def stats():
    """Number of threats by type, severity and source."""
    try:
        return jsonify(store.counts_by('type', 'severity', 'source'))
    except Exception as e:
        logger.error('stats: %s', e)
        return jsonify({'error': str(e)}), 500

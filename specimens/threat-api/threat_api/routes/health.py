import logging

from flask import Blueprint, jsonify

from threat_api import store

logger = logging.getLogger(__name__)

bp = Blueprint('health', __name__)


@bp.route('/db-health', methods=['GET'])
def db_health():
    """State of the OpenSearch cluster."""
    try:
        health = store.cluster_health()
        return jsonify(
            {
                'status': health['status'],
                'cluster': health['cluster_name'],
                'nodes': health['number_of_nodes'],
            }
        )
    except Exception as e:
        logger.error('database health: %s', e)
        return jsonify({'status': 'unavailable', 'error': str(e)}), 503

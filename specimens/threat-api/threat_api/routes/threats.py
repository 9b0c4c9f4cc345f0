import logging
import os

from flask import Blueprint, jsonify, request
from opensearchpy.exceptions import NotFoundError

from threat_api import store

logger = logging.getLogger(__name__)

bp = Blueprint('threats', __name__)


@bp.route('/threats', methods=['GET'])
def list_threats():
    """All known threats, newest first."""
    try:
        page = int(request.args.get('page', 1))
        size = int(request.args.get('size', os.getenv('PAGE_SIZE', 100)))
        threats, total = store.list_threats(page, size)
        return jsonify({'threats': threats, 'total': total, 'page': page})
    except Exception as e:
        logger.error('list threats: %s', e)
        return jsonify({'error': str(e)}), 500


@bp.route('/threats', methods=['POST'])
def add_threat():
    """Report a threat."""
    try:
        threat = request.get_json()
        threat_id = store.add_threat(threat)
        return jsonify({'id': threat_id, 'threat': threat}), 201
    except Exception as e:
        logger.error('add threat: %s', e)
        return jsonify({'error': str(e)}), 500


@bp.route('/threats/<threat_id>', methods=['GET'])
def get_threat(threat_id):
    try:
        return jsonify(store.get_threat(threat_id))
    except NotFoundError:
        return jsonify({'error': 'threat not found'}), 404
    except Exception as e:
        logger.error('get threat %s: %s', threat_id, e)
        return jsonify({'error': str(e)}), 500


@bp.route('/threats/<threat_id>', methods=['DELETE'])
def delete_threat(threat_id):
    try:
        store.delete_threat(threat_id)
        return jsonify({'deleted': threat_id})
    except NotFoundError:
        return jsonify({'message': 'threat not found', 'success': False}), 404
    except Exception as e:
        logger.error('delete threat %s: %s', threat_id, e)
        return jsonify({'message': str(e), 'success': False}), 500

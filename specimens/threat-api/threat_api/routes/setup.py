import json
import logging
import os

from flask import Blueprint, jsonify, request

from threat_api import store

logger = logging.getLogger(__name__)

bp = Blueprint('setup', __name__)

SAMPLES = os.path.join(os.path.dirname(__file__), '..', '..', 'data', 'sample_threats.json')


@bp.route('/setup/index', methods=['POST'])
def create_index():
    """Create the index of threats; `recreate=true` starts with an empty one."""
    try:
        recreate = request.args.get('recreate') == 'true'
        created = store.create_index(recreate)
        return jsonify({'created': created})
    except Exception as e:
        logger.error('create index: %s', e)
        return jsonify({'error': str(e)}), 500


@bp.route('/setup/sample-data', methods=['POST'])
def load_sample_data():
    """Fill the index with the sample threats."""
    try:
        with open(SAMPLES, encoding='utf-8') as file:
            added = store.add_threats(json.load(file))
        return jsonify({'loaded': added}), 201
    except Exception as e:
        logger.error('sample data: %s', e)
        return jsonify({'error': str(e)}), 500

"""
Quadra-Matrix dashboard.

Serves the training dashboard, a JSON API and a Socket.IO channel on which
progress is pushed to every open browser while a model is being trained.
"""
import logging
import os
import threading
import time
import uuid
from datetime import datetime, timezone
from logging.handlers import RotatingFileHandler

from flask import Flask, jsonify, render_template, request, session
from flask_socketio import SocketIO, emit

from checkpoints import load_checkpoint, save_checkpoint
from config import get_config
from database import get_database
from model import QuadraMatrix
from rate_limit import limiter
from security_headers import init_security_headers

VERSION = '1.4.0'
STARTED_AT = time.time()

config = get_config()


def setup_logging():
    """Log to the console and to a file that is rotated at 10 MB."""
    os.makedirs(config.LOG_DIR, exist_ok=True)
    formatter = logging.Formatter('%(asctime)s %(levelname)s %(name)s %(message)s')

    log_file = RotatingFileHandler(
        os.path.join(config.LOG_DIR, 'quadra_matrix.log'),
        maxBytes=10 * 1024 * 1024,
        backupCount=5,
    )
    log_file.setFormatter(formatter)

    console = logging.StreamHandler()
    console.setFormatter(formatter)

    root = logging.getLogger()
    root.setLevel(config.LOG_LEVEL)
    root.addHandler(log_file)
    root.addHandler(console)


setup_logging()
logger = logging.getLogger('quadra_matrix')
logger.info('Quadra-Matrix %s', VERSION)

state_lock = threading.Lock()

training_state = {
    'model': QuadraMatrix(config.LEARNING_RATE),
    'running': False,
    'run_id': None,
    'epoch': 0,
    'loss': None,
    'accuracy': None,
    'clients': {},
}


def snapshot():
    """What the dashboard shows of the training state."""
    with state_lock:
        return {
            'running': training_state['running'],
            'run_id': training_state['run_id'],
            'epoch': training_state['epoch'],
            'loss': training_state['loss'],
            'accuracy': training_state['accuracy'],
            'batches': training_state['model'].batches,
            'clients': len(training_state['clients']),
        }


def train_epoch(run_id, epoch):
    """Train one epoch and keep its result."""
    with state_lock:
        result = training_state['model'].train_batch(config.BATCH_SIZE)
        training_state.update(epoch=epoch, loss=result['loss'], accuracy=result['accuracy'])
    get_database().save_training_metric({'run_id': run_id, 'epoch': epoch, **result})
    return result


def begin_run():
    """Mark training as running. Returns the id of the run, or None when one is under way."""
    with state_lock:
        if training_state['running']:
            return None
        training_state['running'] = True
        training_state['run_id'] = uuid.uuid4().hex
        return training_state['run_id']


def end_run():
    with state_lock:
        training_state['running'] = False
    get_database().save_system_state(snapshot())


def reset_training():
    """Forget the current model and start again from random weights."""
    with state_lock:
        training_state['model'] = QuadraMatrix(config.LEARNING_RATE)
        training_state.update(running=False, run_id=None, epoch=0, loss=None, accuracy=None)
    get_database().save_system_state(snapshot())
    logger.info('training state was reset')


# --- Application -------------------------------------------------------------

app = Flask(__name__)
app.json.sort_keys = False
app.url_map.strict_slashes = False


# Security configuration: the key signs the session cookie
# and comes from the environment
app.config['SECRET_KEY'] = getattr(config, 'SECRET_KEY', 'quadramatrix_secret_key')

# Allowed origins of the dashboard, comma separated list or *
cors_origins = getattr(config, 'CORS_ORIGINS', '*')

socketio = SocketIO(app, cors_allowed_origins=cors_origins, async_mode='threading')


# --- Pages -------------------------------------------------------------------

@app.get('/')
def index():
    state = snapshot()
    new_batches = state['batches'] - session.get('last_seen_batch', 0)
    session['last_seen_batch'] = state['batches']
    return render_template('index.html', state=state, new_batches=max(new_batches, 0))


@app.get('/health')
def health():
    return jsonify({
        'status': 'healthy',
        'version': VERSION,
        'uptime': round(time.time() - STARTED_AT, 1),
        'timestamp': datetime.now(timezone.utc).isoformat(),
    })


# --- API ---------------------------------------------------------------------

@app.get('/api/status')
def status():
    return jsonify(snapshot())


@app.get('/api/metrics/history')
def metrics_history():
    return jsonify(get_database().get_recent_metrics(limit=100))


@app.get('/api/runs/<run_id>')
def run_summary(run_id):
    return jsonify(get_database().get_run_summary(run_id))


@app.get('/api/models')
def list_models():
    return jsonify(get_database().list_model_versions(limit=50))


@app.post('/api/train')
def train():
    body = request.get_json()
    run_id = begin_run()
    if run_id is None:
        return jsonify({'error': 'training is already running'}), 409
    try:
        for epoch in range(1, body['epochs'] + 1):
            train_epoch(run_id, epoch)
    finally:
        end_run()
    socketio.emit('status', snapshot())
    return jsonify(snapshot())


@app.post('/api/reset')
def reset():
    reset_training()
    socketio.emit('status', snapshot())
    return jsonify(snapshot())


@app.post('/api/models')
def save_model():
    body = request.get_json()
    version = datetime.now(timezone.utc).strftime('v%Y%m%d%H%M%S%f')
    with state_lock:
        state = training_state['model'].to_state()
    path = save_checkpoint(version, state)
    get_database().save_model_version(version, body['label'], path, state['batches'])
    logger.info('saved model %s', version)
    return jsonify({'version': version, 'label': body['label']}), 201


@app.post('/api/models/<version>/load')
def load_model(version):
    row = get_database().get_model_version(version)
    if row is None:
        return jsonify({'error': 'no such model version'}), 404
    with state_lock:
        training_state['model'].restore(load_checkpoint(row.path))
    logger.info('loaded model %s', version)
    return jsonify(snapshot())


@app.errorhandler(404)
def not_found(_error):
    return jsonify({'error': 'not found'}), 404


@app.errorhandler(500)
def server_error(error):
    logger.error('unhandled error', exc_info=error)
    return jsonify({'error': 'internal server error'}), 500


# --- Socket.IO ---------------------------------------------------------------

def run_training(run_id):
    """Background task: train and push each epoch to all clients."""
    for epoch in range(1, config.DEFAULT_EPOCHS + 1):
        if not training_state['running']:
            break
        train_epoch(run_id, epoch)
        socketio.emit('status', snapshot())
        socketio.sleep(0.2)
    end_run()
    socketio.emit('status', snapshot())


@socketio.on('connect')
def on_connect():
    address = request.remote_addr
    with state_lock:
        training_state['clients'][request.sid] = address
    logger.info('client %s connected from %s', request.sid, address)
    emit('status', snapshot())


@socketio.on('disconnect')
def on_disconnect():
    with state_lock:
        training_state['clients'].pop(request.sid, None)


@socketio.on('start_training')
def on_start_training():
    run_id = begin_run()
    if run_id is None:
        emit('notice', {'message': 'training is already running'})
        return
    logger.info('training %s started by %s', run_id, request.sid)
    socketio.start_background_task(run_training, run_id)


@socketio.on('stop_training')
def on_stop_training():
    with state_lock:
        training_state['running'] = False
    emit('status', snapshot(), broadcast=True)


@socketio.on('reset_system')
def on_reset_system():
    reset_training()
    emit('status', snapshot(), broadcast=True)


if __name__ == '__main__':
    get_database()
    logger.info('starting on %s:%s', config.HOST, config.PORT)
    socketio.run(
        app,
        host=config.HOST,
        port=config.PORT,
        debug=config.DEBUG,
        use_reloader=False,
        allow_unsafe_werkzeug=True,
    )

const socket = io();

const show = (id, value) => {
  document.getElementById(id).textContent = value ?? '-';
};

socket.on('status', status => {
  show('running', status.running ? 'running' : 'idle');
  show('epoch', status.epoch);
  show('loss', status.loss?.toFixed(4));
  show('accuracy', status.accuracy?.toFixed(4));
  show('batches', status.batches);
  show('clients', status.clients);
});

socket.on('notice', notice => show('notice', notice.message));

const listModels = async () => {
  const response = await fetch('/api/models');
  const models = await response.json();
  const rows = models.map(model => `<tr><td>${model.version}</td><td>${model.label}</td><td>${model.batches}</td></tr>`);
  document.getElementById('models').innerHTML = rows.join('');
};

document.getElementById('start').addEventListener('click', () => socket.emit('start_training'));
document.getElementById('stop').addEventListener('click', () => socket.emit('stop_training'));
document.getElementById('reset').addEventListener('click', () => socket.emit('reset_system'));

document.getElementById('save').addEventListener('submit', async event => {
  event.preventDefault();
  await fetch('/api/models', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ label: document.getElementById('label').value }),
  });
  await listModels();
});

listModels();

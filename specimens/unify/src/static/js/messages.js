const list = document.getElementById('messages');
const form = document.getElementById('send');

async function load() {
  const response = await fetch(`/api/messages/${list.dataset.user}`);
  const messages = await response.json();
  list.replaceChildren();
  for (const message of messages) {
    const item = document.createElement('li');
    item.textContent = `${message.sender}: ${message.body}`;
    list.appendChild(item);
  }
  await fetch('/api/messages/read', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ ids: messages.map((message) => message.id) }),
  });
}

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const receivers = [...form.elements.receiver.selectedOptions].map((option) => Number(option.value));
  await fetch('/api/messages', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ receivers, body: form.elements.body.value }),
  });
  form.reset();
  load();
});

load();

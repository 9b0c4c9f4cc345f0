const button = document.getElementById('summarise');

button.addEventListener('click', async () => {
  const response = await fetch(`/api/notes/${button.dataset.note}/summary`, { method: 'POST' });
  const answer = await response.json();
  document.getElementById('summary').textContent = answer.summary || answer.error;
});

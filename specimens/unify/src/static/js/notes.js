async function showRecentNotes() {
  const target = document.getElementById('recent-notes');
  const response = await fetch('/api/notes/recent');
  const notes = await response.json();
  target.innerHTML = '';
  for (const note of notes.slice(0, 10)) {
    const card = document.createElement('div');
    card.className = 'card';
    card.innerHTML = '<b>' + note.title + '</b> by ' + note.author + '<p>' + note.content + '</p>';
    target.appendChild(card);
  }
}

showRecentNotes();

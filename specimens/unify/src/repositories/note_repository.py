from core.clock import now
from core.db_singleton import DatabaseConnection


class NoteRepository:
    def __init__(self):
        self.db = DatabaseConnection.get_instance()

    def add(self, owner_id, subject, title, content, file_name):
        return self.db.insert(
            "INSERT INTO notes (owner_id, subject, title, content, file_name, created_at) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            (owner_id, subject, title, content, file_name, now()),
        )

    def find(self, note_id):
        return self.db.fetch_one("SELECT * FROM notes WHERE id = ?", (note_id,))

    def for_owner(self, owner_id):
        return self.db.fetch_all(
            "SELECT * FROM notes WHERE owner_id = ? ORDER BY created_at DESC", (owner_id,)
        )

    def recent(self):
        return self.db.fetch_all(
            "SELECT n.id, n.subject, n.title, n.content, u.name AS author, u.email AS author_email "
            "FROM notes n JOIN users u ON u.id = n.owner_id ORDER BY n.created_at DESC"
        )

    def search(self, owner_id, words):
        pattern = f"%{words}%"
        return self.db.fetch_all(
            "SELECT * FROM notes WHERE owner_id = ? AND (title LIKE ? OR content LIKE ?) "
            "ORDER BY created_at DESC",
            (owner_id, pattern, pattern),
        )

    def update(self, note_id, subject, title, content):
        return self.db.execute(
            "UPDATE notes SET subject = ?, title = ?, content = ? WHERE id = ?",
            (subject, title, content, note_id),
        )

    def delete_many(self, owner_id, note_ids):
        placeholders = ','.join('?' for _ in note_ids)
        query = f"DELETE FROM notes WHERE owner_id = ? AND id IN ({placeholders})"
        return self.db.execute(query, [owner_id, *note_ids])

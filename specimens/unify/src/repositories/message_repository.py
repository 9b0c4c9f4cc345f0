from core.clock import now
from core.db_singleton import DatabaseConnection


class MessageRepository:
    def __init__(self):
        self.db = DatabaseConnection.get_instance()

    def add(self, sender_id, receiver_id, body):
        return self.db.insert(
            "INSERT INTO messages (sender_id, receiver_id, body, sent_at) VALUES (?, ?, ?, ?)",
            (sender_id, receiver_id, body, now()),
        )

    def inbox(self, user_id):
        return self.db.fetch_all(
            "SELECT m.id, m.body, m.is_read, m.sent_at, u.name AS sender "
            "FROM messages m JOIN users u ON u.id = m.sender_id "
            "WHERE m.receiver_id = ? ORDER BY m.sent_at DESC",
            (user_id,),
        )

    def mark_read(self, user_id, message_ids):
        if not message_ids:
            return 0
        placeholders = ','.join('?' for _ in message_ids)
        return self.db.execute(
            f"UPDATE messages SET is_read = 1 WHERE receiver_id = ? AND id IN ({placeholders})",
            [user_id] + list(message_ids),
        )

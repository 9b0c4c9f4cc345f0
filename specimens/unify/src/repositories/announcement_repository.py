from core.clock import days_ago, now
from core.db_singleton import DatabaseConnection


class AnnouncementRepository:
    def __init__(self):
        self.db = DatabaseConnection.get_instance()

    def add(self, title, body):
        return self.db.insert(
            "INSERT INTO announcements (title, body, published_at) VALUES (?, ?, ?)",
            (title, body, now()),
        )

    def since(self, days):
        return self.db.fetch_all(
            "SELECT id, title, body, published_at FROM announcements "
            "WHERE published_at > ? ORDER BY published_at DESC",
            (days_ago(days),),
        )

    def remove(self, announcement_id):
        return self.db.execute("DELETE FROM announcements WHERE id = ?", (announcement_id,))

from core.clock import now
from core.db_singleton import DatabaseConnection


class UserRepository:
    def __init__(self):
        self.db = DatabaseConnection.get_instance()

    def add(self, name, email, password_hash, role):
        return self.db.insert(
            "INSERT INTO users (name, email, password_hash, role, created_at) VALUES (?, ?, ?, ?, ?)",
            (name, email, password_hash, role, now()),
        )

    def credentials_for(self, email):
        return self.db.fetch_one(
            "SELECT id, name, role, password_hash FROM users WHERE email = ?", (email,)
        )

    def find(self, user_id):
        return self.db.fetch_one(
            "SELECT id, name, email, role, bio, created_at FROM users WHERE id = ?", (user_id,)
        )

    def find_many(self, user_ids):
        if not user_ids:
            return []
        placeholders = ','.join('?' for _ in user_ids)
        return self.db.fetch_all(
            f"SELECT id, name, email FROM users WHERE id IN ({placeholders})", user_ids
        )

    def students(self):
        return self.db.fetch_all(
            "SELECT id, name, email, bio FROM users WHERE role = ? ORDER BY name", ('student',)
        )

    def update_profile(self, user_id, name, bio):
        return self.db.execute(
            "UPDATE users SET name = ?, bio = ? WHERE id = ?", (name, bio, user_id)
        )

    def change_role(self, user_id, role):
        return self.db.execute("UPDATE users SET role = ? WHERE id = ?", (role, user_id))

from core.db_singleton import DatabaseConnection


class CourseRepository:
    def __init__(self):
        self.db = DatabaseConnection.get_instance()

    def all(self):
        return self.db.fetch_all("SELECT id, code, title, credits FROM courses ORDER BY code")

    def add(self, code, title, credits):
        return self.db.insert(
            "INSERT INTO courses (code, title, credits) VALUES (?, ?, ?)", (code, title, credits)
        )

    def remove(self, course_id):
        self.db.execute("DELETE FROM enrolments WHERE course_id = ?", (course_id,))
        return self.db.execute("DELETE FROM courses WHERE id = ?", (course_id,))

    def enrol(self, user_id, course_id):
        return self.db.execute(
            "INSERT INTO enrolments (user_id, course_id) VALUES (?, ?)", (user_id, course_id)
        )

    def course_ids_of(self, user_id):
        rows = self.db.fetch_all("SELECT course_id FROM enrolments WHERE user_id = ?", (user_id,))
        return [row['course_id'] for row in rows]

    def find_many(self, course_ids):
        if not course_ids:
            return []
        placeholders = ','.join(['?'] * len(course_ids))
        return self.db.fetch_all(
            f"SELECT id, code, title, credits FROM courses WHERE id IN ({placeholders}) ORDER BY code",
            course_ids,
        )

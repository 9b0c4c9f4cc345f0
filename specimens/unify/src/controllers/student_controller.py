import csv
import io
import os

from werkzeug.security import generate_password_hash

from repositories.user_repository import UserRepository

IMPORT_DELIMITER = os.environ.get('IMPORT_DELIMITER', ';')


class StudentController:
    def __init__(self):
        self.users = UserRepository()

    def all(self):
        return self.users.students()

    def profile(self, user_id):
        return self.users.find(user_id)

    def update_profile(self, user_id, name, bio):
        return self.users.update_profile(user_id, name, bio)

    def change_role(self, user_id, role):
        return self.users.change_role(user_id, role)

    def import_csv(self, upload):
        """Rows of name;email;password, as the registrar's office exports them."""
        text = io.StringIO(upload.read().decode('utf-8'))
        added = 0
        for row in csv.reader(text, delimiter=IMPORT_DELIMITER):
            if len(row) != 3 or self.users.credentials_for(row[1]):
                continue
            self.users.add(row[0], row[1], generate_password_hash(row[2]), 'student')
            added += 1
        print(f"Imported {added} students")
        return added

from werkzeug.security import check_password_hash, generate_password_hash

from repositories.user_repository import UserRepository


class AuthController:
    def __init__(self):
        self.users = UserRepository()

    def register(self, name, email, password, role):
        if self.users.credentials_for(email):
            return None
        user_id = self.users.add(name, email, generate_password_hash(password), role)
        print(f"New account {user_id} ({role})")
        return {'id': user_id, 'name': name, 'role': role}

    def login(self, email, password):
        user = self.users.credentials_for(email)
        if user is None or not check_password_hash(user['password_hash'], password):
            print(f"Failed login for {email}")
            return None
        return {'id': user['id'], 'name': user['name'], 'role': user['role']}

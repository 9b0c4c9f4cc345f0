from repositories.message_repository import MessageRepository
from repositories.user_repository import UserRepository
from services import notification_service


class MessageController:
    def __init__(self):
        self.messages = MessageRepository()
        self.users = UserRepository()

    def inbox(self, user_id):
        return self.messages.inbox(user_id)

    def send(self, sender_id, receiver_ids, body):
        receivers = self.users.find_many(receiver_ids)
        for receiver in receivers:
            self.messages.add(sender_id, receiver['id'], body)
            notification_service.notify(receiver['id'])
        return len(receivers)

    def mark_read(self, user_id, message_ids):
        notification_service.clear(user_id)
        return self.messages.mark_read(user_id, message_ids)

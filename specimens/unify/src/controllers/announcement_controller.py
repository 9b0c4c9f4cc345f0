import os

from repositories.announcement_repository import AnnouncementRepository

ANNOUNCEMENT_DAYS = int(os.environ.get('ANNOUNCEMENT_DAYS', '60'))


class AnnouncementController:
    def __init__(self):
        self.announcements = AnnouncementRepository()

    def current(self):
        return self.announcements.since(ANNOUNCEMENT_DAYS)

    def publish(self, title, body):
        return self.announcements.add(title, body)

    def withdraw(self, announcement_id):
        return self.announcements.remove(announcement_id)

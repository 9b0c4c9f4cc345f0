from repositories.note_repository import NoteRepository
from services.file_service import remove_attachment, save_attachment
from services.summary_service import summarise


class NoteController:
    def __init__(self):
        self.notes = NoteRepository()

    def list_for(self, user_id, words=None):
        if words:
            return self.notes.search(user_id, words)
        return self.notes.for_owner(user_id)

    def recent(self):
        return self.notes.recent()

    def create(self, user_id, subject, title, content, upload):
        file_name = None
        if upload and upload.filename:
            file_name = save_attachment(upload)
            if file_name is None:
                return None
        return self.notes.add(user_id, subject, title, content, file_name)

    def owned(self, user_id, note_id):
        """The note, when it exists and belongs to the user."""
        note = self.notes.find(note_id)
        if note is None or note['owner_id'] != user_id:
            return None
        return note

    def update(self, user_id, note_id, subject, title, content):
        if self.owned(user_id, note_id) is None:
            return False
        self.notes.update(note_id, subject, title, content)
        return True

    def delete(self, user_id, note_ids):
        for note_id in note_ids:
            note = self.owned(user_id, note_id)
            if note and note['file_name']:
                remove_attachment(note['file_name'])
        return self.notes.delete_many(user_id, note_ids) if note_ids else 0

    def summary(self, user_id, note_id):
        note = self.owned(user_id, note_id)
        return summarise(note['content']) if note else None

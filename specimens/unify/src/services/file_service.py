"""Keeps the attachments of notes on disk."""
import os
import uuid

from werkzeug.utils import secure_filename

ALLOWED_EXTENSIONS = {'pdf', 'docx', 'txt', 'png', 'jpg', 'jpeg'}
UPLOAD_FOLDER = os.environ.get(
    'UPLOAD_FOLDER',
    os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), 'uploads'),
)


def allowed_file(filename):
    return '.' in filename and filename.rsplit('.', 1)[1].lower() in ALLOWED_EXTENSIONS


def save_attachment(upload):
    """Stores the upload, answers its name on disk, or None when its kind is not allowed."""
    if not allowed_file(upload.filename):
        return None
    os.makedirs(UPLOAD_FOLDER, exist_ok=True)
    name = f"{uuid.uuid4().hex[:8]}_{secure_filename(upload.filename)}"
    upload.save(os.path.join(UPLOAD_FOLDER, name))
    print(f"Saved attachment {name}")
    return name


def remove_attachment(name):
    try:
        os.remove(os.path.join(UPLOAD_FOLDER, secure_filename(name)))
    except Exception:
        pass

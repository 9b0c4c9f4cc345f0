"""UNIFY - the student portal of the faculty.

Notes with attachments, messages between students and tutors, courses,
announcements and an area for the administration. Pages are rendered here;
a few JSON routes serve the scripts in static/js.
"""
import os

from flask import (
    Flask,
    abort,
    flash,
    jsonify,
    redirect,
    render_template,
    request,
    send_from_directory,
    session,
    url_for,
)

from controllers.announcement_controller import AnnouncementController
from controllers.auth_controller import AuthController
from controllers.course_controller import CourseController
from controllers.message_controller import MessageController
from controllers.note_controller import NoteController
from controllers.student_controller import StudentController
from core.guards import is_logged_in, require_role
from services import notification_service
from services.file_service import UPLOAD_FOLDER

SUBJECTS = [
    'Mathematics',
    'Physics',
    'Computer Science',
    'Biology',
    'Economics',
    'Languages',
    'Other',
]

ROLE_LABELS = {
    'student': 'Student',
    'tutor': 'Tutor',
    'admin': 'Administration',
}

MENU = [
    ('dashboard', 'Dashboard'),
    ('list_notes', 'Notes'),
    ('inbox', 'Messages'),
    ('courses', 'Courses'),
    ('announcements', 'Announcements'),
]

ADMIN_MENU = [
    ('admin', 'Administration'),
]

CAMPUS = os.environ.get('UNIFY_CAMPUS', 'Main Campus')

auth_controller = AuthController()
note_controller = NoteController()
message_controller = MessageController()
course_controller = CourseController()
announcement_controller = AnnouncementController()
student_controller = StudentController()

app = Flask(__name__)
app.secret_key = os.environ.get('SECRET_KEY', 'unify-secret-key-change-in-production')
print(f"UNIFY starting for {CAMPUS}")


@app.context_processor
def page_frame():
    """What every page shows around its content."""
    menu = list(MENU)
    if require_role('admin'):
        menu += ADMIN_MENU
    return {
        'campus': CAMPUS,
        'menu': menu if is_logged_in() else [],
        'unread': notification_service.unread(session.get('user_id')),
        'user_name': session.get('name'),
        'role_label': ROLE_LABELS.get(session.get('role'), ''),
    }


# ---------------------------------------------------------------- public pages

@app.route('/')
def index():
    if 'user_id' in session:
        return redirect(url_for('dashboard'))
    return render_template('index.html')


@app.route('/about')
def about():
    return render_template('about.html', subjects=SUBJECTS)


@app.route('/announcements')
def announcements():
    return render_template('announcements.html')


@app.route('/api/announcements')
def api_announcements():
    return jsonify(announcement_controller.current())


# --------------------------------------------------------------------- account

@app.route('/register', methods=['GET', 'POST'])
def register():
    if request.method == 'GET':
        return render_template('register.html', roles=ROLE_LABELS)
    user = auth_controller.register(
        request.form['name'],
        request.form['email'],
        request.form['password'],
        request.form.get('role', 'student'),
    )
    if user is None:
        flash('There is already an account with this e-mail address.')
        return redirect(url_for('register'))
    session['user_id'] = user['id']
    session['name'] = user['name']
    session['role'] = request.form.get('role', 'student')
    return redirect(url_for('dashboard'))


@app.route('/login', methods=['GET', 'POST'])
def login():
    if request.method == 'GET':
        return render_template('login.html')
    user = auth_controller.login(request.form['email'], request.form['password'])
    if user is None:
        flash('E-mail address or password is wrong.')
        return redirect(url_for('login'))
    session['user_id'] = user['id']
    session['name'] = user['name']
    session['role'] = user['role']
    return redirect(url_for('dashboard'))


@app.route('/logout')
def logout():
    session.clear()
    return redirect(url_for('index'))


@app.route('/profile', methods=['GET', 'POST'])
def profile():
    if 'user_id' not in session:
        return redirect(url_for('login'))
    if request.method == 'POST':
        name = request.form['name']
        student_controller.update_profile(session['user_id'], name, request.form.get('bio', ''))
        session['name'] = name
        flash('Your profile was saved.')
        return redirect(url_for('profile'))
    return render_template('profile.html', person=student_controller.profile(session['user_id']))


@app.route('/dashboard')
def dashboard():
    if 'user_id' not in session:
        return redirect(url_for('login'))
    return render_template(
        'dashboard.html',
        notes=note_controller.list_for(session['user_id'])[:5],
        courses=course_controller.of_student(session['user_id']),
    )


# ----------------------------------------------------------------------- notes

@app.route('/notes')
def list_notes():
    if 'user_id' not in session:
        return redirect(url_for('login'))
    words = request.args.get('q', '').strip()
    return render_template(
        'notes.html',
        notes=note_controller.list_for(session['user_id'], words),
        words=words,
    )


@app.route('/notes/new', methods=['GET', 'POST'])
def create_note():
    if 'user_id' not in session:
        return redirect(url_for('login'))
    if request.method == 'GET':
        return render_template('note_form.html', subjects=SUBJECTS, note=None)
    note_id = note_controller.create(
        session['user_id'],
        request.form['subject'],
        request.form['title'],
        request.form['content'],
        request.files.get('attachment'),
    )
    if note_id is None:
        flash('This kind of file cannot be attached.')
        return redirect(url_for('create_note'))
    flash('Your note was saved.')
    return redirect(url_for('show_note', note_id=note_id))


@app.route('/notes/<int:note_id>')
def show_note(note_id):
    if 'user_id' not in session:
        return redirect(url_for('login'))
    note = note_controller.owned(session['user_id'], note_id)
    if note is None:
        abort(404)
    return render_template('note.html', note=note)


@app.route('/notes/<int:note_id>/edit', methods=['GET', 'POST'])
def edit_note(note_id):
    if 'user_id' not in session:
        return redirect(url_for('login'))
    if request.method == 'POST':
        changed = note_controller.update(
            session['user_id'],
            note_id,
            request.form['subject'],
            request.form['title'],
            request.form['content'],
        )
        if not changed:
            abort(404)
        return redirect(url_for('show_note', note_id=note_id))
    note = note_controller.owned(session['user_id'], note_id)
    if note is None:
        abort(404)
    return render_template('note_form.html', subjects=SUBJECTS, note=note)


@app.route('/notes/<int:note_id>/attachment')
def download_attachment(note_id):
    if 'user_id' not in session:
        return redirect(url_for('login'))
    note = note_controller.owned(session['user_id'], note_id)
    if note is None or not note['file_name']:
        abort(404)
    return send_from_directory(UPLOAD_FOLDER, note['file_name'], as_attachment=True)


@app.route('/notes/delete', methods=['POST'])
def delete_notes():
    if 'user_id' not in session:
        return redirect(url_for('login'))
    note_ids = [int(note_id) for note_id in request.form.getlist('note_id')]
    count = note_controller.delete(session['user_id'], note_ids)
    flash(f'{count} notes deleted.')
    return redirect(url_for('list_notes'))


@app.route('/api/notes/recent')
def api_recent_notes():
    return jsonify(note_controller.recent())


@app.route('/api/notes/<int:note_id>/summary', methods=['POST'])
def api_note_summary(note_id):
    if not is_logged_in():
        return jsonify({'error': 'Please log in.'}), 401
    try:
        summary = note_controller.summary(session['user_id'], note_id)
    except Exception as e:
        print(f"Summary of note {note_id} failed: {e}")
        return jsonify({'error': str(e)}), 500
    if summary is None:
        return jsonify({'error': 'No such note.'}), 404
    return jsonify({'summary': summary})


# -------------------------------------------------------------------- messages

@app.route('/messages')
def inbox():
    if 'user_id' not in session:
        return redirect(url_for('login'))
    return render_template('messages.html', students=student_controller.all())


@app.route('/api/messages/<int:user_id>')
def api_messages(user_id):
    return jsonify(message_controller.inbox(user_id))


@app.route('/api/messages', methods=['POST'])
def api_send_message():
    if not is_logged_in():
        return jsonify({'error': 'Please log in.'}), 401
    data = request.get_json()
    try:
        sent = message_controller.send(session['user_id'], data['receivers'], data['body'])
    except Exception as e:
        print(f"Message not sent: {e}")
        return jsonify({'error': str(e)}), 500
    return jsonify({'sent': sent}), 201


@app.route('/api/messages/read', methods=['POST'])
def api_mark_read():
    if not is_logged_in():
        return jsonify({'error': 'Please log in.'}), 401
    ids = request.get_json()['ids']
    return jsonify({'read': message_controller.mark_read(session['user_id'], ids)})


# -------------------------------------------------------- courses and students

@app.route('/courses')
def courses():
    return render_template('courses.html', courses=course_controller.catalogue())


@app.route('/courses/<int:course_id>/enrol', methods=['POST'])
def enrol(course_id):
    if 'user_id' not in session:
        return redirect(url_for('login'))
    if not course_controller.enrol(session['user_id'], course_id):
        flash('You are enrolled in this course already.')
    return redirect(url_for('dashboard'))


@app.route('/timetable')
def timetable():
    if 'user_id' not in session:
        return redirect(url_for('login'))
    mine = course_controller.of_student(session['user_id'])
    return render_template('timetable.html', courses=mine)


@app.route('/students/<int:student_id>')
def show_student(student_id):
    person = student_controller.profile(student_id)
    if person is None:
        abort(404)
    return render_template('student.html', person=person)


@app.route('/api/students')
def api_students():
    return jsonify(student_controller.all())


# -------------------------------------------------------------- administration

@app.route('/admin')
def admin():
    if not require_role('admin'):
        return redirect(url_for('dashboard'))
    return render_template('admin.html', courses=course_controller.catalogue())


@app.route('/admin/announcements', methods=['POST'])
def publish_announcement():
    if not require_role('admin', 'tutor'):
        return redirect(url_for('dashboard'))
    announcement_controller.publish(request.form['title'], request.form['body'])
    return redirect(url_for('announcements'))


@app.route('/admin/courses', methods=['POST'])
def create_course():
    if not require_role('admin'):
        return redirect(url_for('dashboard'))
    course_controller.create(
        request.form['code'], request.form['title'], int(request.form['credits'])
    )
    return redirect(url_for('courses'))


@app.route('/admin/courses/<int:course_id>/delete', methods=['POST'])
def delete_course(course_id):
    if not require_role('admin'):
        return redirect(url_for('dashboard'))
    course_controller.delete(course_id)
    return redirect(url_for('admin'))


@app.route('/admin/students/import', methods=['POST'])
def import_students():
    if not require_role('admin'):
        return redirect(url_for('dashboard'))
    added = student_controller.import_csv(request.files['students'])
    flash(f'{added} students added.')
    return redirect(url_for('admin'))


@app.route('/admin/users/<int:user_id>/role', methods=['POST'])
def change_role(user_id):
    if not require_role('admin'):
        return redirect(url_for('dashboard'))
    role = request.form['role']
    if role not in ROLE_LABELS:
        abort(400)
    student_controller.change_role(user_id, role)
    return redirect(url_for('admin'))


if __name__ == '__main__':
    app.run(debug=True, host='0.0.0.0', port=5000)

from repositories.course_repository import CourseRepository


class CourseController:
    def __init__(self):
        self.courses = CourseRepository()

    def catalogue(self):
        return self.courses.all()

    def create(self, code, title, credits):
        return self.courses.add(code.upper(), title, credits)

    def delete(self, course_id):
        return self.courses.remove(course_id)

    def enrol(self, user_id, course_id):
        if course_id in self.courses.course_ids_of(user_id):
            return False
        self.courses.enrol(user_id, course_id)
        return True

    def of_student(self, user_id):
        return self.courses.find_many(self.courses.course_ids_of(user_id))

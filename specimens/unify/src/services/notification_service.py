"""The little red number beside the bell."""

unread_by_user = {}


def notify(user_id):
    unread_by_user[user_id] = unread_by_user.get(user_id, 0) + 1


def unread(user_id):
    return unread_by_user.get(user_id, 0)


def clear(user_id):
    unread_by_user.pop(user_id, None)

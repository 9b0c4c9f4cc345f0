from datetime import datetime, timedelta


def now():
    return datetime.now().strftime('%Y-%m-%d %H:%M:%S')


def days_ago(days):
    return (datetime.now() - timedelta(days=days)).strftime('%Y-%m-%d %H:%M:%S')

"""The one place that knows how to reach the database."""
import os
import sqlite3
import threading

from core.local_schema import create_local_tables


class DatabaseConnection:
    """Singleton. Use DatabaseConnection.get_instance()."""

    _instance = None
    _lock = threading.Lock()

    @classmethod
    def get_instance(cls):
        with cls._lock:
            if cls._instance is None:
                cls._instance = cls()
        return cls._instance

    def __init__(self):
        # no SQL Server on the laptop? name a file and work with that
        self.db_file = os.environ.get('UNIFY_DB_FILE')
        self.connection_string = (
            "DRIVER={ODBC Driver 17 for SQL Server};"
            "SERVER=DESKTOP-V6DPJFP\\SQLEXPRESS;"
            "DATABASE=unify;"
            "Trusted_Connection=yes;"
        )
        if self.db_file:
            print(f"Using local database file {self.db_file}")
            create_local_tables(self.db_file)

    def get_connection(self):
        if self.db_file:
            return sqlite3.connect(self.db_file)
        import pyodbc
        return pyodbc.connect(self.connection_string)

    def fetch_all(self, query, params=()):
        conn = self.get_connection()
        cursor = conn.cursor()
        cursor.execute(query, tuple(params))
        columns = [column[0] for column in cursor.description]
        rows = [dict(zip(columns, row)) for row in cursor.fetchall()]
        conn.close()
        return rows

    def fetch_one(self, query, params=()):
        rows = self.fetch_all(query, params)
        return rows[0] if rows else None

    def execute(self, query, params=()):
        """Runs a statement and answers how many rows it touched."""
        conn = self.get_connection()
        cursor = conn.cursor()
        cursor.execute(query, tuple(params))
        conn.commit()
        touched = cursor.rowcount
        conn.close()
        return touched

    def insert(self, query, params=()):
        """Runs an INSERT and answers the new id."""
        conn = self.get_connection()
        cursor = conn.cursor()
        cursor.execute(query, tuple(params))
        if self.db_file:
            new_id = cursor.lastrowid
        else:
            cursor.execute("SELECT @@IDENTITY")
            new_id = int(cursor.fetchone()[0])
        conn.commit()
        conn.close()
        return new_id

import os
from urllib.parse import quote_plus

from dotenv import load_dotenv
from flask import g
from sqlalchemy import create_engine
from sqlalchemy.orm import declarative_base, sessionmaker

load_dotenv()


def database_url():
    """DATABASE_URL, or the address of SQL Server in parts."""
    url = os.getenv("DATABASE_URL")
    if url:
        return url
    user = os.getenv("DB_USER", "sa")
    password = quote_plus(os.getenv("DB_PASSWORD", "Turntable#4521"))
    host = os.getenv("DB_HOST", "localhost")
    port = os.getenv("DB_PORT", "1433")
    name = os.getenv("DB_NAME", "MusicCatalog")
    driver = quote_plus(os.getenv("DB_DRIVER", "ODBC Driver 18 for SQL Server"))
    return (
        f"mssql+pyodbc://{user}:{password}@{host}:{port}/{name}"
        f"?driver={driver}&TrustServerCertificate=yes"
    )


engine = create_engine(database_url(), pool_pre_ping=True)
Session = sessionmaker(bind=engine)
Base = declarative_base()


def get_session():
    """The session of this request."""
    if "session" not in g:
        g.session = Session()
    return g.session


def close_session(error=None):
    session = g.pop("session", None)
    if session is not None:
        if error is not None:
            session.rollback()
        session.close()

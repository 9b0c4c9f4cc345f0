"""Persistence of system state, training metrics and model versions."""
import json
from contextlib import contextmanager
from datetime import datetime, timezone

from sqlalchemy import DateTime, Float, Integer, String, Text, create_engine, select, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, sessionmaker

from config import get_config


def _now():
    return datetime.now(timezone.utc)


class Base(DeclarativeBase):
    pass


class SystemState(Base):
    """A snapshot of the whole system."""

    __tablename__ = 'system_state'

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    created_at: Mapped[datetime] = mapped_column(DateTime, default=_now)
    payload: Mapped[str] = mapped_column(Text)


class TrainingMetrics(Base):
    """Loss and accuracy of one training epoch."""

    __tablename__ = 'training_metrics'

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    created_at: Mapped[datetime] = mapped_column(DateTime, default=_now)
    run_id: Mapped[str] = mapped_column(String(32), index=True)
    epoch: Mapped[int] = mapped_column(Integer)
    loss: Mapped[float] = mapped_column(Float)
    accuracy: Mapped[float] = mapped_column(Float)

    def to_dict(self):
        return {
            'run_id': self.run_id,
            'epoch': self.epoch,
            'loss': self.loss,
            'accuracy': self.accuracy,
            'created_at': self.created_at.isoformat(),
        }


class ModelVersion(Base):
    """A saved checkpoint."""

    __tablename__ = 'model_version'

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    created_at: Mapped[datetime] = mapped_column(DateTime, default=_now)
    version: Mapped[str] = mapped_column(String(32), unique=True)
    label: Mapped[str] = mapped_column(String(255))
    path: Mapped[str] = mapped_column(String(512))
    batches: Mapped[int] = mapped_column(Integer)

    def to_dict(self):
        return {
            'version': self.version,
            'label': self.label,
            'batches': self.batches,
            'created_at': self.created_at.isoformat(),
        }


class Database:
    """All access to the tables goes through here."""

    def __init__(self, url):
        self.engine = create_engine(url)
        self._sessions = sessionmaker(bind=self.engine, expire_on_commit=False)
        Base.metadata.create_all(self.engine)

    @contextmanager
    def session(self):
        """A transaction: committed at the end, rolled back on an error."""
        session = self._sessions()
        try:
            yield session
            session.commit()
        except Exception:
            session.rollback()
            raise
        finally:
            session.close()

    def save_system_state(self, state):
        with self.session() as session:
            session.add(SystemState(payload=json.dumps(state)))

    def get_latest_system_state(self):
        with self.session() as session:
            query = select(SystemState).order_by(SystemState.id.desc()).limit(1)
            row = session.scalars(query).first()
            return json.loads(row.payload) if row else None

    def save_training_metric(self, metric):
        with self.session() as session:
            session.add(TrainingMetrics(**metric))

    def get_recent_metrics(self, limit=100):
        with self.session() as session:
            query = select(TrainingMetrics).order_by(TrainingMetrics.id.desc()).limit(limit)
            return [row.to_dict() for row in session.scalars(query)]

    def get_run_summary(self, run_id):
        query = text(
            'SELECT COUNT(*) AS epochs, MIN(loss) AS best_loss, MAX(accuracy) AS best_accuracy '
            'FROM training_metrics WHERE run_id = :run_id'
        )
        with self.session() as session:
            row = session.execute(query, {'run_id': run_id}).one()
            return dict(row._mapping)

    def save_model_version(self, version, label, path, batches):
        with self.session() as session:
            session.add(ModelVersion(version=version, label=label, path=path, batches=batches))

    def get_model_version(self, version):
        with self.session() as session:
            query = select(ModelVersion).where(ModelVersion.version == version)
            return session.scalars(query).first()

    def list_model_versions(self, limit=50):
        with self.session() as session:
            query = select(ModelVersion).order_by(ModelVersion.id.desc()).limit(limit)
            return [row.to_dict() for row in session.scalars(query)]


_database = None


def get_database():
    """The database of this process, opened on first use."""
    global _database
    if _database is None:
        _database = Database(get_config().DATABASE_URL)
    return _database

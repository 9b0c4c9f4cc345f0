from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.database import Base


class ArtistModel(Base):
    """A row of Artist."""

    __tablename__ = "Artist"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    name: Mapped[str] = mapped_column(String(200), index=True)
    country: Mapped[str | None] = mapped_column(String(80))

    songs: Mapped[list["SongModel"]] = relationship(back_populates="artist")


class SongModel(Base):
    """A row of Song."""

    __tablename__ = "Song"
    __table_args__ = (Index("IX_Song_artistID", "artistID"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    title: Mapped[str] = mapped_column(String(200), index=True)
    album: Mapped[str | None] = mapped_column(String(200))
    year: Mapped[int | None]
    seconds: Mapped[int | None]
    artistID: Mapped[int | None] = mapped_column(ForeignKey("Artist.id"))

    artist: Mapped[ArtistModel | None] = relationship(back_populates="songs")

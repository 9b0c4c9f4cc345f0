from sqlalchemy import Column, ForeignKey, Integer, String
from sqlalchemy.orm import relationship

from app.database import Base


class Artist(Base):
    __tablename__ = "Artist"

    id = Column(Integer, primary_key=True, autoincrement=True)
    name = Column(String(200), nullable=False, index=True)
    country = Column(String(80))

    songs = relationship("Song", back_populates="artist")


class Song(Base):
    __tablename__ = "Song"

    id = Column(Integer, primary_key=True, autoincrement=True)
    title = Column(String(200), nullable=False, index=True)
    album = Column(String(200))
    year = Column(Integer)
    seconds = Column(Integer)
    artistID = Column(Integer, ForeignKey("Artist.id"), index=True)

    artist = relationship("Artist", back_populates="songs")

from fastapi import APIRouter, Depends, HTTPException, Response, status
from sqlalchemy.orm import Session

from app.database import get_db
from app.models import ArtistModel, SongModel
from app.schemas import SongIn, SongOut

router = APIRouter()


def check_artist(db: Session, artist_id: int | None):
    if artist_id is not None and db.get(ArtistModel, artist_id) is None:
        raise HTTPException(status_code=400, detail="Artist does not exist")


@router.get("", response_model=list[SongOut])
def list_songs(db: Session = Depends(get_db)):
    """All songs, each with its artist."""
    return db.query(SongModel).all()


@router.get("/{song_id}", response_model=SongOut)
def get_song(song_id: int, db: Session = Depends(get_db)):
    """One song."""
    song = db.get(SongModel, song_id)
    if song is None:
        raise HTTPException(status_code=404, detail="Song not found")
    return song


@router.post("", response_model=SongOut, status_code=status.HTTP_201_CREATED)
def create_song(body: SongIn, db: Session = Depends(get_db)):
    """Adds a song."""
    check_artist(db, body.artistID)
    song = SongModel(**body.model_dump())
    db.add(song)
    db.commit()
    db.refresh(song)
    return song


@router.put("/{song_id}", response_model=SongOut)
def put_song(song_id: int, body: SongIn, db: Session = Depends(get_db)):
    """Stores a song under its number."""
    check_artist(db, body.artistID)
    song = db.get(SongModel, song_id)
    if song is None:
        song = SongModel(id=song_id, **body.model_dump())
        db.add(song)
    else:
        for key, value in body.model_dump().items():
            setattr(song, key, value)
    db.commit()
    db.refresh(song)
    return song


@router.delete("/{song_id}", status_code=status.HTTP_204_NO_CONTENT)
def delete_song(song_id: int, db: Session = Depends(get_db)):
    """Removes a song."""
    song = db.get(SongModel, song_id)
    if song is None:
        raise HTTPException(status_code=404, detail="Song not found")
    db.delete(song)
    db.commit()
    return Response(status_code=status.HTTP_204_NO_CONTENT)

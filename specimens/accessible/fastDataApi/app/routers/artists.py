from fastapi import APIRouter, Depends, HTTPException, Response, status
from sqlalchemy.orm import Session

from app.database import get_db
from app.models import ArtistModel
from app.schemas import ArtistIn, ArtistOut, SongOut

router = APIRouter()


@router.get("", response_model=list[ArtistOut])
def list_artists(db: Session = Depends(get_db)):
    """All artists."""
    return db.query(ArtistModel).all()


@router.get("/{artist_id}", response_model=ArtistOut)
def get_artist(artist_id: int, db: Session = Depends(get_db)):
    """One artist."""
    artist = db.get(ArtistModel, artist_id)
    if artist is None:
        raise HTTPException(status_code=404, detail="Artist not found")
    return artist


@router.get("/{artist_id}/songs", response_model=list[SongOut])
def list_songs_of_artist(artist_id: int, db: Session = Depends(get_db)):
    """The songs of one artist."""
    artist = db.get(ArtistModel, artist_id)
    if artist is None:
        raise HTTPException(status_code=404, detail="Artist not found")
    return artist.songs


@router.post("", response_model=ArtistOut, status_code=status.HTTP_201_CREATED)
def create_artist(body: ArtistIn, db: Session = Depends(get_db)):
    """Adds an artist."""
    artist = ArtistModel(**body.model_dump())
    db.add(artist)
    db.commit()
    db.refresh(artist)
    return artist


@router.put("/{artist_id}", response_model=ArtistOut)
def put_artist(artist_id: int, body: ArtistIn, db: Session = Depends(get_db)):
    """Stores an artist under its number."""
    artist = db.get(ArtistModel, artist_id)
    if artist is None:
        artist = ArtistModel(id=artist_id, **body.model_dump())
        db.add(artist)
    else:
        artist.name = body.name
        artist.country = body.country
    db.commit()
    db.refresh(artist)
    return artist


@router.delete("/{artist_id}", status_code=status.HTTP_204_NO_CONTENT)
def delete_artist(artist_id: int, db: Session = Depends(get_db)):
    """Removes an artist."""
    artist = db.get(ArtistModel, artist_id)
    if artist is None:
        raise HTTPException(status_code=404, detail="Artist not found")
    db.delete(artist)
    db.commit()
    return Response(status_code=status.HTTP_204_NO_CONTENT)

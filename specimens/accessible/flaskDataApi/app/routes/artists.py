from flask import Blueprint, jsonify, request

from app.database import get_session
from app.errors import NotFound
from app.models import Artist
from app.schemas import artist_schema, artists_schema, songs_schema

artists = Blueprint("artists", __name__)


@artists.get("")
def list_artists():
    """
    All artists
    ---
    tags: [artists]
    responses:
      200:
        description: A list of artists
    """
    found = get_session().query(Artist).all()
    return jsonify(artists_schema.dump(found))


@artists.get("/<int:artist_id>")
def get_artist(artist_id):
    """
    One artist
    ---
    tags: [artists]
    parameters:
      - {name: artist_id, in: path, type: integer, required: true}
    responses:
      200:
        description: The artist
      404:
        description: There is none with this number
    """
    artist = get_session().get(Artist, artist_id)
    if artist is None:
        raise NotFound("Artist")
    return jsonify(artist_schema.dump(artist))


@artists.get("/<int:artist_id>/songs")
def list_songs_of_artist(artist_id):
    """
    The songs of one artist
    ---
    tags: [artists]
    parameters:
      - {name: artist_id, in: path, type: integer, required: true}
    responses:
      200:
        description: A list of songs
      404:
        description: There is no such artist
    """
    artist = get_session().get(Artist, artist_id)
    if artist is None:
        raise NotFound("Artist")
    return jsonify(songs_schema.dump(artist.songs))


@artists.post("")
def create_artist():
    """
    Adds an artist
    ---
    tags: [artists]
    parameters:
      - in: body
        name: body
        schema:
          required: [name]
          properties:
            name: {type: string}
            country: {type: string}
    responses:
      201:
        description: The new artist
      422:
        description: The body is not an artist
    """
    data = artist_schema.load(request.get_json())
    session = get_session()
    artist = Artist(**data)
    session.add(artist)
    session.commit()
    return jsonify(artist_schema.dump(artist)), 201


@artists.put("/<int:artist_id>")
def put_artist(artist_id):
    """
    Stores an artist under its number
    ---
    tags: [artists]
    parameters:
      - {name: artist_id, in: path, type: integer, required: true}
      - in: body
        name: body
        schema:
          required: [name]
          properties:
            name: {type: string}
            country: {type: string}
    responses:
      200:
        description: The artist
      422:
        description: The body is not an artist
    """
    data = artist_schema.load(request.get_json())
    session = get_session()
    artist = session.get(Artist, artist_id)
    if artist is None:
        artist = Artist(id=artist_id, **data)
        session.add(artist)
    else:
        for key, value in data.items():
            setattr(artist, key, value)
    session.commit()
    return jsonify(artist_schema.dump(artist))


@artists.delete("/<int:artist_id>")
def delete_artist(artist_id):
    """
    Removes an artist
    ---
    tags: [artists]
    parameters:
      - {name: artist_id, in: path, type: integer, required: true}
    responses:
      204:
        description: It is gone
      404:
        description: There is none with this number
    """
    session = get_session()
    artist = session.get(Artist, artist_id)
    if artist is None:
        raise NotFound("Artist")
    session.delete(artist)
    session.commit()
    return "", 204

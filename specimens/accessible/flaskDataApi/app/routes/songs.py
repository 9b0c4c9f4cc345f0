from flask import Blueprint, jsonify, request
from marshmallow import ValidationError

from app.database import get_session
from app.errors import NotFound
from app.models import Artist, Song
from app.schemas import song_schema, songs_schema

songs = Blueprint("songs", __name__)


def song_from_body(session):
    data = song_schema.load(request.get_json())
    artist_id = data["artistID"]
    if artist_id is not None and session.get(Artist, artist_id) is None:
        raise ValidationError({"artistID": ["Artist does not exist"]})
    return data


@songs.get("")
def list_songs():
    """
    All songs, each with its artist
    ---
    tags: [songs]
    responses:
      200:
        description: A list of songs
    """
    found = get_session().query(Song).all()
    return jsonify(songs_schema.dump(found))


@songs.get("/<int:song_id>")
def get_song(song_id):
    """
    One song
    ---
    tags: [songs]
    parameters:
      - {name: song_id, in: path, type: integer, required: true}
    responses:
      200:
        description: The song
      404:
        description: There is none with this number
    """
    song = get_session().get(Song, song_id)
    if song is None:
        raise NotFound("Song")
    return jsonify(song_schema.dump(song))


@songs.post("")
def create_song():
    """
    Adds a song
    ---
    tags: [songs]
    parameters:
      - in: body
        name: body
        schema:
          required: [title]
          properties:
            title: {type: string}
            album: {type: string}
            year: {type: integer}
            seconds: {type: integer}
            artistID: {type: integer}
    responses:
      201:
        description: The new song
      422:
        description: The body is not a song
    """
    session = get_session()
    song = Song(**song_from_body(session))
    session.add(song)
    session.commit()
    return jsonify(song_schema.dump(song)), 201


@songs.put("/<int:song_id>")
def put_song(song_id):
    """
    Stores a song under its number
    ---
    tags: [songs]
    parameters:
      - {name: song_id, in: path, type: integer, required: true}
      - in: body
        name: body
        schema:
          required: [title]
          properties:
            title: {type: string}
            album: {type: string}
            year: {type: integer}
            seconds: {type: integer}
            artistID: {type: integer}
    responses:
      200:
        description: The song
      422:
        description: The body is not a song
    """
    session = get_session()
    data = song_from_body(session)
    song = session.get(Song, song_id)
    if song is None:
        song = Song(id=song_id, **data)
        session.add(song)
    else:
        for key, value in data.items():
            setattr(song, key, value)
    session.commit()
    return jsonify(song_schema.dump(song))


@songs.delete("/<int:song_id>")
def delete_song(song_id):
    """
    Removes a song
    ---
    tags: [songs]
    parameters:
      - {name: song_id, in: path, type: integer, required: true}
    responses:
      204:
        description: It is gone
      404:
        description: There is none with this number
    """
    session = get_session()
    song = session.get(Song, song_id)
    if song is None:
        raise NotFound("Song")
    session.delete(song)
    session.commit()
    return "", 204

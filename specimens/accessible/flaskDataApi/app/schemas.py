from marshmallow import Schema, fields, validate


class ArtistSchema(Schema):
    id = fields.Integer(dump_only=True)
    name = fields.String(required=True, validate=validate.Length(min=1, max=200))
    country = fields.String(allow_none=True, load_default=None, validate=validate.Length(max=80))


class SongSchema(Schema):
    id = fields.Integer(dump_only=True)
    title = fields.String(required=True, validate=validate.Length(min=1, max=200))
    album = fields.String(allow_none=True, load_default=None, validate=validate.Length(max=200))
    year = fields.Integer(allow_none=True, load_default=None, validate=validate.Range(1860, 2100))
    seconds = fields.Integer(allow_none=True, load_default=None, validate=validate.Range(min=1))
    artistID = fields.Integer(allow_none=True, load_default=None)
    artist = fields.Nested(ArtistSchema, dump_only=True)


artist_schema = ArtistSchema()
artists_schema = ArtistSchema(many=True)
song_schema = SongSchema()
songs_schema = SongSchema(many=True)

from pydantic import BaseModel, ConfigDict, Field


class ArtistIn(BaseModel):
    name: str = Field(min_length=1, max_length=200)
    country: str | None = Field(default=None, max_length=80)


class ArtistOut(ArtistIn):
    model_config = ConfigDict(from_attributes=True)

    id: int


class SongIn(BaseModel):
    title: str = Field(min_length=1, max_length=200)
    album: str | None = Field(default=None, max_length=200)
    year: int | None = Field(default=None, ge=1860, le=2100)
    seconds: int | None = Field(default=None, gt=0)
    artistID: int | None = None


class SongOut(SongIn):
    model_config = ConfigDict(from_attributes=True)

    id: int
    artist: ArtistOut | None = None

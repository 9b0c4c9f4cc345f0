from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware

from app.routers import artists, songs

app = FastAPI(
    title="Music catalog",
    description="Artists and their songs",
    version="1.0.0",
)

app.add_middleware(
    CORSMiddleware,
    allow_origins=["*"],
    allow_credentials=True,
    allow_methods=["*"],
    allow_headers=["*"],
)

app.include_router(artists.router, prefix="/v1/artists", tags=["artists"])
app.include_router(songs.router, prefix="/v1/songs", tags=["songs"])


@app.get("/", tags=["service"])
async def root():
    """Where to look next."""
    return {"service": "fastDataApi", "version": app.version, "docs": "/docs"}


@app.get("/health", tags=["service"])
async def health():
    """Says that the process is up."""
    return {"status": "healthy"}

IF DB_ID(N'MusicCatalog') IS NULL
    CREATE DATABASE MusicCatalog;
GO

USE MusicCatalog;
GO

IF OBJECT_ID(N'dbo.Artist', N'U') IS NULL
CREATE TABLE dbo.Artist (
    id INT IDENTITY(1, 1) NOT NULL,
    name NVARCHAR(200) NOT NULL,
    country NVARCHAR(80) NULL,
    CONSTRAINT PK_Artist PRIMARY KEY (id)
);
GO

IF OBJECT_ID(N'dbo.Song', N'U') IS NULL
CREATE TABLE dbo.Song (
    id INT IDENTITY(1, 1) NOT NULL,
    title NVARCHAR(200) NOT NULL,
    album NVARCHAR(200) NULL,
    year INT NULL,
    seconds INT NULL,
    artistID INT NULL,
    CONSTRAINT PK_Song PRIMARY KEY (id),
    CONSTRAINT FK_Song_Artist FOREIGN KEY (artistID) REFERENCES dbo.Artist (id)
);
GO

IF NOT EXISTS (SELECT 1 FROM sys.indexes WHERE name = N'IX_Artist_name')
    CREATE INDEX IX_Artist_name ON dbo.Artist (name);
GO

IF NOT EXISTS (SELECT 1 FROM sys.indexes WHERE name = N'IX_Song_title')
    CREATE INDEX IX_Song_title ON dbo.Song (title);
GO

IF NOT EXISTS (SELECT 1 FROM sys.indexes WHERE name = N'IX_Song_artistID')
    CREATE INDEX IX_Song_artistID ON dbo.Song (artistID);
GO

USE MusicCatalog;
GO

INSERT INTO dbo.Artist (name, country) VALUES
    (N'The Paper Lanterns', N'Ireland'),
    (N'Mina Okabe Trio', N'Japan'),
    (N'Cobalt Avenue', N'Canada');
GO

INSERT INTO dbo.Song (title, album, year, seconds, artistID) VALUES
    (N'Low Tide', N'Harbour Lights', 2014, 221, 1),
    (N'Ferry Home', N'Harbour Lights', 2014, 187, 1),
    (N'Blue Kettle', N'Small Rooms', 2019, 312, 2),
    (N'Night Bus 40', N'Transfer', 2021, 245, 3);
GO

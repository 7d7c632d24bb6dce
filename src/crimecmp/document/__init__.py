"""What a page and a picture hold, with no wording and no format, and how both name sources."""

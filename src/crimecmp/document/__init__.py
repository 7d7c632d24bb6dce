"""What a page and a picture hold: data about them, with no wording and no format."""

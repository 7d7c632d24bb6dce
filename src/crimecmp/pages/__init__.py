"""What each command shows: frames in, a `Report` out; one module a kind of page."""

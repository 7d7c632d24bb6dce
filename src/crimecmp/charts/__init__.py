"""What is drawn of which figures: a module for each kind of picture, data in, a picture out."""

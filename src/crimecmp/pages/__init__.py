"""What each command shows, one module for each kind of page: comparisons in, a report out."""

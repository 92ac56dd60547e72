"""Small things about words and cells."""

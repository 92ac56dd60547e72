"""What an outlet says of itself: which sentences around a story are claims of the outlet about itself, and of which kind."""

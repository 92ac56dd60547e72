"""The trained engine: each word is read for cues, and each cue reads all words for a source and a content of its own."""

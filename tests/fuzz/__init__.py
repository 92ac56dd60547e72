"""Fuzzing of what takes input from outside: readers, zoning, attribution and features, display."""

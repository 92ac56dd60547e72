"""What an outlet leaves out: events, statements within an event, words within a quotation."""

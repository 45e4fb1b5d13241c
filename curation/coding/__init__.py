"""What a person codes by hand from a passage: claims, mentions, evidence; and undo."""

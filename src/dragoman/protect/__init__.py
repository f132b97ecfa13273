"""What must survive translation: marks spans of a segment, each with the target forms that are right for it."""

"""What was done, for people and for machines."""

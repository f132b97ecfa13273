"""Translation by Argos models: packages, decoding, alignment, and the ladder that keeps what must be kept."""

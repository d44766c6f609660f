"""The pages on which a person asks, sees and understands."""

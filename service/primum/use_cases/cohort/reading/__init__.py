"""Reading many rows at once, as far as they are plainly good."""

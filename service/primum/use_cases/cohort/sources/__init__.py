"""Files of tables as batches of raw rows."""

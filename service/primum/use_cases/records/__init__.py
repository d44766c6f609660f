"""Case records: reading them, validating them, and answering them."""

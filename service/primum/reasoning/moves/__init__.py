"""What changes between two versions: which verdicts move, for which records, and why."""

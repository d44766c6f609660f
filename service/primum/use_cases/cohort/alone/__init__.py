"""Reading and answering rows one by one, as single records."""

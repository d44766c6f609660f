"""The way in by spreadsheet: rules, treatments and factors as rows, and edited rows read back."""

"""What the pages for people show, as plain data; templates put it into HTML and SVG."""

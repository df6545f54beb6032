"""One command a file: `run(request) -> response`, both plain JSON objects."""

"""One metric a file; `registry` lists them all."""

"""A database engine that brings its own PostgreSQL, for machines where DATABASE_URL is not set."""

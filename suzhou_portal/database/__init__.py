"""Django's PostgreSQL engine as the portal uses it, and what its failures mean to whoever runs the portal."""

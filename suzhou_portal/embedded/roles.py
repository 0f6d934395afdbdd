"""Names inside the embedded cluster."""

DATABASE = "portal"
SUPERUSER = "postgres"
OWNER = "portal_owner"  # makes and changes tables
APP = "portal_app"  # only reads and writes rows

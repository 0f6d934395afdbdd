"""What the portal costs, measured side by side in one run: `make bench`."""

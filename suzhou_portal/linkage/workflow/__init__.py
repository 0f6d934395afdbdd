"""What steps of requests check and change besides, and by which doors requests come."""

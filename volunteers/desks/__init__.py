"""The pages on which volunteers carry out their mechanisms."""

"""What leaves on paper: Word files filled from templates, the same set as PDF, and the font of both."""

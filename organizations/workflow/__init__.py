"""What steps of the records of social organizations check and change beside what their tables say."""

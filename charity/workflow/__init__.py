"""What steps of the records of charity check and change beside what their tables say."""

"""What steps of the records of volunteers check and change beside what their tables say."""

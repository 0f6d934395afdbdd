"""Files as people have them, made by script, each with what is to come of it (`test_corpus.py`)."""

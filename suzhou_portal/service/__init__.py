"""The portal in service: what is done for it beside its pages, and what each run came to."""

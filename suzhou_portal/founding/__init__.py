"""How a district's portal begins: what is asked, what is written, and the first account."""

"""Index of this app's models; import them from their rooms."""

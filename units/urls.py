"""Index of this app's addresses; each room brings its own."""

urlpatterns: list = []

"""What people touch: services, views, a command line, and the coding screen."""

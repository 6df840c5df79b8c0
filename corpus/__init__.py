"""What is read: sources, documents, their sections, and places in their text."""

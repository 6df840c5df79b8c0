"""What it adds up to: the Farmer protocol, one module per step."""

"""The `clauselens` command in parts: what its commands share, and its groups of commands."""

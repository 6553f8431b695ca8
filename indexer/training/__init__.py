"""How the built-in encoder is trained; `indexer.train` is the command. Nothing here is imported at run time."""

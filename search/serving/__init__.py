"""Shared use and programs: the HTTP API, MCP tools, accounts, limits. Knows nothing of the page."""

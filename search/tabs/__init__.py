"""The tabs of the page: what happens in each, and how it is laid out. Gradio is imported here alone.

Gradio reads the annotations of a handler when the page is built: every name in them must be imported at run time.
"""

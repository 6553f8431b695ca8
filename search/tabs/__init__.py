"""The tabs of the page: what happens in each, and how it is laid out. Gradio is met here and in `app.py`."""

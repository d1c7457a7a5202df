#!/bin/sh
cp /opt/marimo/notebook.py "$HOME/notebook.py"
exec python -m marimo -q edit "$HOME/notebook.py" --headless --no-token --skip-update-check --host 0.0.0.0 --port 2718

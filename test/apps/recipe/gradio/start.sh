#!/bin/sh
export GRADIO_ANALYTICS_ENABLED=False GRADIO_TEMP_DIR=/tmp/gradio HF_HUB_OFFLINE=1
exec python /opt/gradio/app.py

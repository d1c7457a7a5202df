#!/bin/sh
exec python -m streamlit run /opt/streamlit/app.py --server.address=0.0.0.0 --server.port=8501 --server.headless=true --browser.gatherUsageStats=false

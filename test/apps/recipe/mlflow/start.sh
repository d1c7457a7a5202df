#!/bin/sh
cd /tmp
exec python -m mlflow server --host 0.0.0.0 --port 5000 --workers 1 --backend-store-uri sqlite:////tmp/mlflow.db --artifacts-destination /tmp/artifacts

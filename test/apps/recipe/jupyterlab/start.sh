#!/bin/sh
exec python -m jupyterlab --no-browser --ip=0.0.0.0 --port=8888 --LabApp.news_url= --LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate

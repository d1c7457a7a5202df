#!/bin/sh
export DISPLAY=:1
Xtigervnc :1 -geometry 640x480 -depth 24 -SecurityTypes None -localhost -rfbport 5901 -ac &
# A solid that turns for as long as somebody may look.
(until ico -faces -noedges -sleep 0.05 -r >/dev/null 2>&1; do sleep 0.2; done) &
exec websockify --web /usr/share/novnc 6080 127.0.0.1:5901

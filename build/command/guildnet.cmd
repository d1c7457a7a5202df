@echo off
"%~dp0..\guildnet\bin\node.exe" "%~dp0..\guildnet\out\cli\main.js" %*

module.exports = {
  uiPort: process.env.PORT || 1880,
  // What would ask the person first: whether to tell of new versions, and whether to be shown around.
  telemetry: { enabled: false, updateNotification: false },
  editorTheme: { tours: false },
};

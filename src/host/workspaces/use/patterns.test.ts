import { expect, test } from 'vitest';
import type { UseBy } from './judge-use.ts';
import { beacon, bytesOf, click, curl, part, play, reload, script } from '#test/workspaces/traffic.ts';
import type { TestTraffic } from '#test/workspaces/traffic.ts';

/**
 * What traffic keeps a workspace awake, and for how long after the last thing that somebody did. The sizes and times are those
 * of real applications behind a proxy that wrote them down (code-server 4.139, JupyterLab 4, Streamlit, noVNC, Vite 8, in
 * Chromium); the others are as their protocols' documents say. Each begins with somebody opening a page, unless it says otherwise,
 * and goes on for a day.
 */
const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

type Awake =
  /** As long as it goes on. */
  | 'always'
  /** For 8 hours after the last act: work goes on, and nobody touches it. */
  | 'work'
  /** For half an hour after the last act, or what it takes to know a timer by its steadiness. */
  | 'upkeep'
  /** Not at all after the first minute. */
  | 'opened';

const open = (it: TestTraffic): void => it.at(0, () => it.begin(click));
const opened =
  (put: (it: TestTraffic) => void) =>
  (it: TestTraffic): void => {
    open(it);
    put(it);
  };
const vscodePath = '/stable-53c2f3253bcf?reconnectionToken=72704d1e-d99c&reconnection=false&skipWebSocketFrames=false';

/** An open code-server: keep-alives every 5 s, acknowledgements, and once a minute five measurements of its latency. */
function vscode(it: TestTraffic) {
  const management = it.socket(vscodePath);
  const extensions = it.socket(vscodePath);
  it.every(
    5 * second,
    () => {
      management.sayCompressed(4);
      management.hear(6);
      extensions.sayCompressed(4);
      extensions.hear(6);
    },
    20 * second,
  );
  it.rounds(minute, [0, 2_000, 4_010, 6_020, 8_030], () => management.sayCompressed(13), 30 * second);
  it.rounds(minute, [20, 2_040, 4_030, 6_040, 8_060], () => management.hear(15), 30 * second);
  return { management, extensions };
}

/** Somebody types: in bursts with pauses, as people do. */
function typing(it: TestTraffic, key: () => void): void {
  const keys = [0, 130, 340, 410, 600, 800, 930, 4_100, 4_230, 4_300, 4_550, 11_000, 11_200, 19_000, 19_150, 19_300];
  it.rounds(47 * second, keys, key, 20 * second);
}

const polls = (it: TestTraffic, ms: number, path: (turn: number) => string, from = 5 * second): void =>
  it.every(ms, (turn) => it.begin({ ...script, path: path(turn) }), from);

const rows: [what: string, awake: Awake, by: UseBy, put: (it: TestTraffic) => void][] = [
  // Editors
  ['code-server, idle', 'upkeep', 'background', opened((it) => vscode(it))],
  [
    'code-server, idle, with a word of its page’s own every few minutes',
    'upkeep',
    'background',
    opened((it) => {
      const { management, extensions } = vscode(it);
      it.every(7 * minute + 11 * second, () => management.sayCompressed(40), 3 * minute);
      it.every(
        24 * second,
        () => {
          extensions.hear(157);
          extensions.sayCompressed(57);
        },
        4 * minute,
      );
    }),
  ],
  [
    'code-server, typing in the editor',
    'always',
    'input',
    opened((it) => {
      const { extensions } = vscode(it);
      typing(it, () => {
        extensions.sayCompressed(92);
        extensions.sayCompressed(29);
      });
    }),
  ],
  [
    'code-server, a build with output and no keys',
    'work',
    'output',
    opened((it) => {
      const { management } = vscode(it);
      it.rounds(
        31 * second,
        [0, 900, 2_000, 7_300, 8_100, 9_000, 21_000, 21_400, 23_000],
        () => management.hear(160),
        minute,
      );
    }),
  ],
  [
    'code-server, a program writes files and the page follows',
    'work',
    'output',
    opened((it) => {
      const { extensions } = vscode(it);
      it.rounds(5 * second, [900, 910, 2_100], () => extensions.sayCompressed(25), minute);
    }),
  ],
  [
    'code-server, a hidden tab that connects again and again',
    'upkeep',
    'background',
    opened((it) => {
      it.every(
        5 * minute,
        () => {
          const socket = it.socket(vscodePath);
          socket.sayCompressed(300);
          socket.hear(900);
          socket.sayCompressed(700);
        },
        minute,
      );
    }),
  ],
  // Notebooks
  [
    'JupyterLab, idle',
    'upkeep',
    'background',
    opened((it) => {
      const events = it.socket('/api/events/subscribe');
      polls(it, 10_700, (turn) => `/api/contents?content=1&hash=0&17956431${String(turn)}`);
      polls(it, 10_300, (turn) => `/api/sessions?17956435${String(turn)}`);
      polls(it, 10_300, (turn) => `/api/kernels?17956437${String(turn)}`);
      polls(it, 10_900, (turn) => `/api/terminals?17956437${String(turn)}`);
      // Told in two pieces, together or apart, as a busy server does.
      const pieces = [
        33, 35, 10_993, 11_738, 22_087, 22_100, 32_493, 32_620, 44_534, 45_195, 56_018, 56_828, 66_890, 67_039, 77_456,
        77_546, 87_796, 87_870, 91_289, 92_113, 92_333, 92_415, 92_516, 102_623, 102_675, 112_813, 112_884, 122_881,
        132_923, 132_932, 143_082, 143_212, 153_310, 153_422, 163_629, 163_704, 173_821, 173_828, 184_186, 185_338,
        195_005, 195_007, 205_034, 215_092, 225_184,
      ];
      it.rounds(234 * second, pieces, () => events.hear(116), 6 * second);
      polls(it, 61_000, () => '/api/kernelspecs?1795643127375');
      it.every(
        10_700,
        () => {
          it.begin({ ...script, method: 'PUT', path: '/lab/api/workspaces/default?1795643103489' });
        },
        6 * second,
      );
    }),
  ],
  [
    'a notebook’s cell that runs and prints',
    'work',
    'output',
    opened((it) => {
      const kernel = it.socket('/api/kernels/c9eccc6f-e157-4267-81d8-34c1536969db/channels?session_id=1');
      it.at(30 * second, () => kernel.say('{"channel":"shell","header":{"msg_type":"execute_request"}}'));
      it.rounds(90 * second, [0, 1_500, 3_000, 3_900, 40_000, 41_500, 43_000, 88_000], () => kernel.hear(420), minute);
    }),
  ],
  [
    'notebooks, a cell run now and then',
    'always',
    'input',
    opened((it) => {
      const kernel = it.socket('/api/kernels/c9eccc6f/channels');
      it.rounds(
        hour,
        [0, 3 * minute, 4 * minute, 18 * minute, 19 * minute, 44 * minute],
        () => kernel.say('{"channel":"shell","header":{"msg_type":"execute_request"}}'),
        minute,
      );
    }),
  ],
  [
    'marimo or Gradio, a heartbeat every 15 s',
    'upkeep',
    'background',
    opened((it) => polls(it, 15 * second, () => '/gradio_api/heartbeat/ab3f9c')),
  ],
  [
    'Streamlit, idle: pings alone',
    'upkeep',
    'background',
    opened((it) => {
      const stream = it.socket('/_stcore/stream');
      it.every(30 * second, () => stream.hear(6), 10 * second);
    }),
  ],
  [
    'Streamlit, clicks',
    'always',
    'input',
    opened((it) => {
      const stream = it.socket('/_stcore/stream');
      it.rounds(
        20 * minute,
        [0, 9_000, 12_000, 70_000, 6 * minute, 7 * minute],
        () => stream.sayCompressed(180),
        minute,
      );
    }),
  ],
  // Terminals
  [
    'ttyd, idle',
    'upkeep',
    'background',
    opened((it) => {
      const terminal = it.socket('/ws');
      it.every(5 * second, () => terminal.hear(2), 10 * second);
    }),
  ],
  [
    'ttyd, typing, with echo',
    'always',
    'input',
    opened((it) => {
      const terminal = it.socket('/ws');
      typing(it, () => {
        terminal.say('0l');
        terminal.hear(3);
      });
    }),
  ],
  [
    'ttyd, much output that the page holds up and lets go on',
    'work',
    'output',
    opened((it) => {
      const terminal = it.socket('/ws');
      it.every(
        700,
        (turn) => {
          terminal.hear(8_000);
          terminal.say(turn % 2 === 0 ? '2' : '3');
        },
        20 * second,
      );
    }),
  ],
  [
    'a progress bar that draws itself again ten times a second',
    'work',
    'output',
    opened((it) => {
      const terminal = it.socket('/ws');
      it.every(500, () => terminal.hear(750), 20 * second);
    }),
  ],
  [
    'top in a terminal: a screenful every three seconds',
    'upkeep',
    'background',
    opened((it) => {
      const terminal = it.socket('/ws');
      it.every(3 * second, () => terminal.hear(2_200), 20 * second);
    }),
  ],
  // Screens
  [
    'noVNC, idle',
    'opened',
    'opened',
    opened((it) => {
      it.at(second, () => it.socket('/websockify').say(Buffer.from([3, 0, 0, 0, 0, 0, 4, 0, 3, 0])));
    }),
  ],
  [
    'noVNC, a moving picture and nobody',
    'work',
    'output',
    opened((it) => {
      const screen = it.socket('/websockify');
      it.every(
        second,
        () => {
          screen.hear(5_000);
          screen.say(Buffer.from([0xf8, 0, 0, 0, 0, 0, 0, 1, 1, 1]));
          screen.say(Buffer.from([3, 1, 0, 0, 0, 0, 4, 0, 3, 0]));
        },
        2 * second,
      );
    }),
  ],
  [
    'noVNC, the mouse moves',
    'always',
    'input',
    opened((it) => {
      const screen = it.socket('/websockify');
      it.rounds(
        9 * minute,
        [0, 17, 33, 50, 66, 400, 416, 5_000, 5_016, 60_000],
        () => screen.say(Buffer.from([5, 0, 1, 2, 3, 4])),
        20 * second,
      );
    }),
  ],
  [
    'a video that plays on',
    'work',
    'output',
    opened((it) => {
      it.every(
        40 * second,
        () => it.begin({ path: '/film.mp4', headers: { ...part('video').headers, range: 'bytes=0-' } }),
        second,
      );
    }),
  ],
  // Development servers and dashboards
  [
    'Vite, an open page',
    'upkeep',
    'background',
    opened((it) => {
      const hot = it.socket('/?token=W0X-IQm0aD4A');
      it.every(30 * second, () => hot.say('{"type":"ping"}'), 10 * second);
    }),
  ],
  [
    'Socket.IO, an open page',
    'upkeep',
    'background',
    opened((it) => {
      const socket = it.socket('/socket.io/?EIO=4&transport=websocket&sid=lv_VI97HAXpY6yYWAAAC');
      it.every(
        25 * second,
        () => {
          socket.hear(3);
          socket.say('3');
        },
        10 * second,
      );
    }),
  ],
  [
    'Socket.IO by polling',
    'upkeep',
    'background',
    opened((it) => {
      it.every(
        25 * second,
        () => {
          it.begin({ ...script, path: '/socket.io/?EIO=4&transport=polling&t=PLzB3x1&sid=lv_VI97HAXpY6yYWAAAC' });
          const headers = { ...script.headers, 'content-length': '1' };
          it.begin({ method: 'POST', path: '/socket.io/?EIO=4&transport=polling&t=PLzB3x2', headers });
        },
        10 * second,
      );
    }),
  ],
  [
    'Socket.IO, events',
    'always',
    'input',
    opened((it) => {
      const socket = it.socket('/socket.io/?EIO=4&transport=websocket');
      it.rounds(20 * minute, [0, 3_000, 9_000, 100_000, 300_000], () => socket.say('42["move",{"x":1}]'), minute);
    }),
  ],
  [
    'Phoenix, an open page',
    'upkeep',
    'background',
    opened((it) => {
      const socket = it.socket('/live/websocket?vsn=2.0.0');
      it.every(30 * second, (turn) => socket.say(`[null,"${String(turn)}","phoenix","heartbeat",{}]`), 10 * second);
    }),
  ],
  [
    'GraphQL over WebSocket, an open page',
    'upkeep',
    'background',
    opened((it) => {
      const socket = it.socket('/graphql');
      it.every(10 * second, () => socket.say('{"type":"ping"}'), 10 * second);
    }),
  ],
  [
    'an unknown heartbeat, told by its steadiness',
    'upkeep',
    'background',
    opened((it) => {
      const socket = it.socket('/events');
      it.every(20 * second, (turn) => socket.say(`~h~${String(1000 + turn)}`), 10 * second);
    }),
  ],
  [
    'the same in two tabs',
    'upkeep',
    'background',
    opened((it) => {
      const tabs = [it.socket('/events'), it.socket('/events')];
      it.every(20 * second, () => tabs[0]?.say('~h~alive'), 10 * second);
      it.every(20 * second, () => tabs[1]?.say('~h~alive'), 17 * second);
    }),
  ],
  [
    'a dashboard’s event stream',
    'upkeep',
    'background',
    opened((it) => {
      const stream = it.begin({ ...script, path: '/events' });
      it.every(2 * second, () => stream.fromWorkspace(bytesOf(300)), 3 * second);
    }),
  ],
  [
    'a dashboard that asks every five seconds',
    'upkeep',
    'background',
    opened((it) => polls(it, 5 * second, (turn) => `/api/data?since=${String(turn * 5_000)}`)),
  ],
  [
    'a dashboard that asks with POST',
    'upkeep',
    'background',
    opened((it) => {
      it.every(5 * second, () => it.begin({ ...script, method: 'POST', path: '/graphql' }), 5 * second);
    }),
  ],
  [
    'a dashboard that reloads itself',
    'upkeep',
    'background',
    opened((it) => it.every(30 * second, () => it.begin(reload), 30 * second)),
  ],
  [
    'a picture that is fetched again every second',
    'upkeep',
    'background',
    opened((it) => {
      it.every(
        second,
        (turn) => it.begin({ path: `/camera.jpg?t=${String(turn)}`, headers: part('image').headers }),
        second,
      );
    }),
  ],
  [
    'a page’s long polling',
    'upkeep',
    'background',
    opened((it) => polls(it, 31 * second, (turn) => `/updates?cursor=MTc5NTY0MzE${String(turn)}A`)),
  ],
  // Browsers’ own
  [
    'an icon, a manifest and a service worker that is checked',
    'upkeep',
    'background',
    opened((it) => {
      it.every(
        17 * minute,
        () => {
          it.begin({ path: '/favicon.ico', headers: part('image').headers });
          it.begin({ path: '/manifest.json', headers: part('manifest').headers });
          it.begin({ path: '/sw.js', headers: part('serviceworker').headers });
        },
        minute,
      );
    }),
  ],
  [
    'telemetry by beacons',
    'upkeep',
    'background',
    opened((it) => it.rounds(11 * minute, [0, 8_000, 300_000], () => it.begin({ ...beacon, path: '/t' }), minute)),
  ],
  [
    'prefetches',
    'upkeep',
    'background',
    opened((it) => {
      it.every(
        3 * minute,
        (turn) =>
          it.begin({
            path: `/page-${'abcdefgh'.charAt(turn % 8)}`,
            headers: { ...script.headers, 'sec-purpose': 'prefetch' },
          }),
        minute,
      );
    }),
  ],
  // People and programs
  [
    'pages opened now and then',
    'always',
    'opened',
    opened((it) => it.rounds(hour, [0, 70_000, 25 * minute], () => it.begin(click))),
  ],
  [
    'a form that is sent now and then',
    'always',
    'input',
    opened((it) => {
      it.rounds(
        25 * minute,
        [0, 30_000, 31_000, 9 * minute],
        () => it.begin({ ...script, method: 'POST', path: '/api/items' }),
        minute,
      );
    }),
  ],
  [
    'searches: ever new questions',
    'always',
    'input',
    opened((it) => {
      const words = ['alpha', 'beta', 'gamma', 'delta'];
      const word = (turn: number): string =>
        `${words[turn % 4] ?? ''}-${words[Math.floor(turn / 4) % 4] ?? ''}${'x'.repeat(turn % 11)}${'y'.repeat(turn % 7)}`;
      it.rounds(
        20 * minute,
        [0, 20_000, 40_000, 45_000, 7 * minute],
        (turn) => it.begin({ ...script, path: `/search?q=${word(turn)}` }),
        minute,
      );
    }),
  ],
  [
    'curl every three seconds, and no page at all',
    'always',
    'program',
    (it) => it.every(3 * second, () => it.begin({ ...curl, path: '/hook' })),
  ],
  [
    'a webhook by the hour',
    'always',
    'program',
    (it) =>
      it.every(hour, () => it.begin({ method: 'POST', path: '/hook', headers: { 'user-agent': 'GitHub-Hookshot/1' } })),
  ],
  [
    'probes of /healthz',
    'upkeep',
    'background',
    (it) => it.every(10 * second, () => it.begin({ ...curl, path: '/healthz' })),
  ],
  [
    'a monitor, by its name',
    'upkeep',
    'background',
    (it) => it.every(minute, () => it.begin({ headers: { 'user-agent': 'UptimeRobot/2.0' } })),
  ],
  [
    'a shell over a program’s WebSocket',
    'always',
    'program',
    (it) => {
      const shell = it.begin({ kind: 'socket', path: '/ssh' });
      typing(it, () => shell.fromClient(Buffer.from([0x82, 0x84, 0, 0, 0, 0, 108, 115, 10, 0])));
    },
  ],
  [
    'a program’s WebSocket with nothing but keep-alives',
    'upkeep',
    'background',
    (it) => {
      const shell = it.begin({ kind: 'socket', path: '/ssh' });
      it.every(15 * second, () => shell.fromClient(Buffer.from([0x82, 0x84, 0, 0, 0, 0, 1, 2, 3, 4])), second);
    },
  ],
  // Transfers
  [
    'a long download by a page',
    'work',
    'output',
    opened((it) => {
      const download = it.begin({ ...script, path: '/big.iso' });
      it.every(second, () => download.fromWorkspace(bytesOf(60_000)), 2 * second);
    }),
  ],
  [
    'a long download by a program',
    'always',
    'program',
    (it) => {
      const download = it.begin({ ...curl, path: '/big.iso' });
      it.every(second, () => download.fromWorkspace(bytesOf(60_000)), second);
    },
  ],
  [
    'a long upload by a page',
    'work',
    'output',
    opened((it) => {
      const upload = it.begin({ ...script, method: 'POST', path: '/upload' });
      it.every(second, () => upload.fromClient(bytesOf(60_000)), second);
    }),
  ],
  [
    'a long upload by a program, slowly',
    'always',
    'program',
    (it) => {
      const upload = it.begin({ ...curl, method: 'PUT', path: '/upload' });
      it.every(10 * second, () => upload.fromClient(bytesOf(100)), second);
    },
  ],
  [
    'logs followed in an event stream',
    'work',
    'output',
    opened((it) => {
      const stream = it.begin({ ...script, path: '/logs' });
      it.rounds(
        70 * second,
        [0, 1_100, 2_300, 9_000, 30_000, 31_300, 32_700],
        () => stream.fromWorkspace(bytesOf(220)),
        3 * second,
      );
    }),
  ],
  [
    'queries through a forwarded port',
    'always',
    'program',
    (it) => {
      const connection = it.forward(5432);
      it.rounds(
        40 * minute,
        [0, 900, 1_200, 8_000, 9_500, 60_000, 61_000],
        () => connection.fromClient(bytesOf(80)),
        second,
      );
    },
  ],
  [
    'a pool that looks whether its forwarded connections are there',
    'upkeep',
    'background',
    (it) => {
      const pool = [it.forward(5432), it.forward(5432)];
      for (const [index, connection] of pool.entries())
        it.every(30 * second, () => connection.fromClient(bytesOf(20)), second + index * 400);
    },
  ],
  [
    'a dump that is read through a forwarded port',
    'always',
    'program',
    (it) => {
      const connection = it.forward(5432);
      connection.fromClient(bytesOf(60));
      it.every(3 * second, () => connection.fromWorkspace(bytesOf(60_000)), second);
    },
  ],
];

const bounds: Record<Awake, [from: number, to: number]> = {
  opened: [0, 2 * minute],
  upkeep: [13 * minute, hour],
  work: [7.9 * hour, 8.3 * hour],
  always: [day - hour, day],
};

test.each(rows)('%s: %s', (_what, awake, by, put) => {
  const played = play(put, day);
  const [from, to] = bounds[awake];
  expect(played.last).toBeGreaterThanOrEqual(from);
  expect(played.last).toBeLessThanOrEqual(to);
  expect(played.by).toBe(by);
});

test('the table is as long as it is meant to be', () => {
  expect(rows.length).toBeGreaterThanOrEqual(50);
});

test('a page left open is a reason again once somebody has come back to it', () => {
  const { last } = play((it) => {
    open(it);
    polls(it, 5 * second, () => '/api/data');
    it.at(10 * hour, () => it.begin(click));
  }, day);
  expect(last).toBeGreaterThan(10.4 * hour);
  expect(last).toBeLessThan(10.6 * hour);
});

test('that a forwarded port was connected to is no use by itself', () => {
  const { last } = play((it) => {
    it.every(7 * minute, () => it.forward(5432).end());
  }, day);
  expect(last).toBeUndefined();
});

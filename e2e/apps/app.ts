import type { Frame, Keyboard, Page } from '@playwright/test';
import type { Place } from '#test/apps/finding.ts';
import type { AppImage } from '#test/apps/image/app-image.ts';

/** An application as somebody sees it. */
export interface AppView {
  place: Place;
  /** The application's own document: a frame of the UI, or a page. */
  view: Page | Frame;
  /** The page that the view is or is in: for the keyboard, and for what only pages tell. */
  page: Page;
  keyboard: Keyboard;
  /** Where the application begins, with a slash at the end: its origin, or its path on the shared one. */
  root: string;
}

/** One thing that a person does with an application; it throws when that does not work. */
export interface Use {
  does: string;
  run: (view: AppView) => Promise<void>;
  /** Where it does not work, and why: the test holds that it still does not. */
  fails?: Partial<Record<Place, string>>;
  /** What of HTTP it cannot do without, though a way to the pods loses it by design (`transport/ways/losses.ts`): it is not tried by that one. */
  needs?: 'upgrade' | 'authorization' | 'host';
}

/** Why a use comes to nothing by the API server's pod-proxy. */
export const lostByPodProxy: Record<NonNullable<Use['needs']>, string> = {
  upgrade: 'WebSockets are refused: the subresource loses their query',
  authorization: '`Authorization` is the API server’s own',
  host: '`Host` is the API server’s, and behind a gateway that cannot be known here',
};

/** An application that nobody here wrote, or wrote as other people write theirs, and what is done with it. */
export interface App {
  title: string;
  /** `undefined`: code-server, which every cluster has. */
  image: AppImage | undefined;
  version?: string;
  env?: Readonly<Record<string, string>>;
  uses: readonly Use[];
  /** Where it is not tried, and why. */
  leavesOut?: Partial<Record<Place, string>>;
}

/** Whether a place is in the desktop, which asks and shows otherwise than a browser. */
export const onDesktop = (place: Place): boolean => place === 'window' || place === 'port-window';

/** Of applications of a kind that another one stands for at the addresses of ports, which differ from others in the name alone. */
export const portNotTried = {
  port: 'not tried: another of its kind is',
  'port-window': 'not tried: another of its kind is',
} as const;

/** Of applications that are told the path they stand at by a setting of their own. */
export const pathNotTried = 'not tried: it must be told the path it stands at';

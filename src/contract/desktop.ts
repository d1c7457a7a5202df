import { eventIterator, oc } from '@orpc/contract';
import type { ContractRouterClient } from '@orpc/contract';
import { z } from 'zod';
import { cutTextOf, listOf, longest, textOf } from './bounded.ts';
import { shortcutChoiceSchema, shortcutStateSchema } from './shortcuts/shortcuts.ts';

/** What only the desktop can do, served over the same message port under its own router. The UI works without it. */
export const boundsSchema = z.object({
  x: z.int().min(0).max(32_767),
  y: z.int().min(0).max(32_767),
  width: z.int().min(0).max(32_767),
  height: z.int().min(0).max(32_767),
});
export type Bounds = z.infer<typeof boundsSchema>;

/** So many IDEs at most are open at once. */
export const mostOpen = 64;

/** What the desktop still tells of at once; older downloads are in the person's folder all the same. */
export const mostDownloads = 32;

/** A file that a workspace's page gives to the person. Sizes in bytes; `total` 0: the page does not say. */
export const downloadSchema = z.object({
  id: textOf(longest.token),
  workspace: textOf(longest.name),
  name: cutTextOf(longest.name),
  state: z.enum(['running', 'done', 'cancelled', 'failed']),
  received: z.number().min(0),
  total: z.number().min(0),
  /** Why it failed, and what to do. */
  problem: z.object({ message: cutTextOf(longest.message), remedy: cutTextOf(longest.message) }).optional(),
});
export type Download = z.infer<typeof downloadSchema>;

/** What a key or a menu of the desktop asks of the UI's page. */
export const uiCommandSchema = z.enum([
  'find',
  'palette',
  'launch',
  'next-tab',
  'previous-tab',
  'close-tab',
  'reopen-tab',
  'split-right',
  'split-below',
  'end-split',
  'pop-out',
]);
export type UiCommand = z.infer<typeof uiCommandSchema>;

/** Newer versions of the app, as far as is known. */
export const updateStateSchema = z.object({
  /** Whether they are looked for, which the person chooses. */
  looks: z.boolean(),
  /** Why they are not looked for whatever the person chooses. */
  off: cutTextOf(longest.message).optional(),
  phase: z.enum(['idle', 'looking', 'current', 'offered', 'downloading', 'ready', 'failed']),
  /** The newer one. */
  version: cutTextOf(longest.token).optional(),
  percent: z.int().min(0).max(100).optional(),
  /** Why the app does not put it in its own place, and where it is to be had. */
  byHand: z.object({ reason: cutTextOf(longest.message), address: cutTextOf(longest.url) }).optional(),
  problem: z.object({ message: cutTextOf(longest.message), remedy: cutTextOf(longest.message) }).optional(),
});
export type UpdateState = z.infer<typeof updateStateSchema>;

export const desktopEventSchema = z.discriminatedUnion('type', [
  /** The tray, a notification or a deep link asks the UI to go to one of its own paths, such as `/workspaces/<id>`. */
  z.object({ type: z.literal('navigate'), path: textOf(longest.path).regex(/^\//) }),
  z.object({
    type: z.literal('ide'),
    id: textOf(longest.name),
    /** `hung`: its page does not answer any more. `resting`: it was let go to save memory, and comes back where it was when it is shown. */
    state: z.enum(['loading', 'ready', 'failed', 'hung', 'resting']),
    message: cutTextOf(longest.message).optional(),
    /** The origin that the view is at, while that is not the workspace's own: somebody signs in there. */
    away: cutTextOf(longest.url).optional(),
  }),
  /** The person has gone into this one of the views that are shown. */
  z.object({ type: z.literal('focused'), id: textOf(longest.name) }),
  /** The workspaces whose views have windows of their own now. */
  z.object({ type: z.literal('windows'), ids: listOf(textOf(longest.name), mostOpen) }),
  /** What `ide.find` has come to: which of how many. */
  z.object({ type: z.literal('found'), id: textOf(longest.name), active: z.int().min(0), total: z.int().min(0) }),
  /** All downloads of this run of the app, newest first. */
  z.object({ type: z.literal('downloads'), downloads: listOf(downloadSchema, mostDownloads) }),
  z.object({ type: z.literal('updates'), state: updateStateSchema }),
  z.object({ type: z.literal('command'), command: uiCommandSchema }),
  /** Something that was asked for from outside of the page was not done. */
  z.object({
    type: z.literal('problem'),
    title: cutTextOf(longest.reason),
    message: cutTextOf(longest.message),
    remedy: cutTextOf(longest.message).optional(),
  }),
]);
export type DesktopEvent = z.infer<typeof desktopEventSchema>;

/** What IDEs that nobody looks at may take of this machine's memory, all together, in MB (of 10⁶ bytes, as everywhere here); `automatic`: by how much memory there is. */
export const viewBudgetSchema = z.union([z.literal('automatic'), z.int().min(0).max(1_000_000)]);
export type ViewBudget = z.infer<typeof viewBudgetSchema>;

/** How it stands with that: sizes in bytes. */
export const viewMemorySchema = z.object({
  budget: viewBudgetSchema,
  /** What the budget comes to on this machine. */
  bytes: z.number().min(0),
  /** What `automatic` comes to. */
  automatic: z.number().min(0),
  /** What each open IDE takes now. */
  views: listOf(z.object({ id: textOf(longest.name), bytes: z.number().min(0), isShown: z.boolean() }), mostOpen),
});
export type ViewMemory = z.infer<typeof viewMemorySchema>;

/** What a person has said of a workspace's pages and something that they asked for: the clipboard, notifications. */
export const pageRightSchema = z.object({ id: textOf(longest.name), isAllowed: z.boolean() });
export type PageRightAnswer = z.infer<typeof pageRightSchema>;
const pageRights = listOf(pageRightSchema, 256);

/** Whether the system starts the app when the person logs in, and whether it does that without a window. */
export const startupChoiceSchema = z.object({ atLogin: z.boolean(), hidden: z.boolean() });
export type StartupChoice = z.infer<typeof startupChoiceSchema>;

/** `hasTray`: whether there is a tray now; without one the window opens all the same. */
export const startupStateSchema = startupChoiceSchema.extend({ hasTray: z.boolean() });
export type StartupState = z.infer<typeof startupStateSchema>;

const byId = z.object({ id: textOf(longest.name).min(1) });
/** About what pages ask the person for, each for itself. */
const pageRightCalls = {
  /** What was answered, by workspace. */
  answers: oc.output(pageRights),
  /** The workspace is asked about again; what is left. */
  forget: oc.input(byId).output(pageRights),
};
const byDownload = z.object({ id: textOf(longest.token).min(1) });

export const desktopContract = {
  ide: {
    /** Shows the workspace's IDE view at these CSS pixels of the window, and one other beside it; creates them on first use. */
    show: oc.input(byId.extend({ bounds: boundsSchema, beside: byId.extend({ bounds: boundsSchema }).optional() })),
    /** Hides every IDE view; they keep running. */
    hide: oc,
    reload: oc.input(byId),
    /** Gives the workspace's view a window of its own, or brings that window to the front. */
    popOut: oc.input(byId),
    /** Takes it back into the app's window. */
    popIn: oc.input(byId),
    memory: oc.output(viewMemorySchema),
    chooseMemory: oc.input(z.object({ budget: viewBudgetSchema })).output(viewMemorySchema),
    close: oc.input(byId),
    /** Opens the menu of the view (zoom, print, developer tools, …) at this place of the page; it is a menu of the system. */
    menu: oc.input(byId.extend({ x: z.int().min(0).max(32_767), y: z.int().min(0).max(32_767) })),
    /** Looks for a text in the view, or goes on to the next place when it is looked for already. */
    find: oc.input(byId.extend({ text: textOf(longest.reason).min(1), forward: z.boolean(), isNew: z.boolean() })),
    /** Ends the search; `goesBack` gives the keys to the view again. */
    stopFinding: oc.input(byId.extend({ goesBack: z.boolean() })),
  },
  clipboard: pageRightCalls,
  notifications: pageRightCalls,
  /** The keys of the app's commands. */
  shortcuts: {
    state: oc.output(shortcutStateSchema),
    /** Refuses a key that another command, text fields or IDEs have. */
    choose: oc.input(shortcutChoiceSchema).output(shortcutStateSchema),
  },
  /** The language of the app's menus and dialogs: the one that was chosen in its pages, or none for the system's. */
  speak: oc.input(z.object({ language: z.enum(['', 'en', 'de']) })),
  downloads: {
    cancel: oc.input(byDownload),
    /** Shows the file in the system's own file browser. It is never opened: it comes from foreign code. */
    reveal: oc.input(byDownload),
    /** Asks the person for the folder that files go to from now on. */
    chooseFolder: oc,
  },
  startup: {
    state: oc.output(startupStateSchema),
    choose: oc.input(startupChoiceSchema).output(startupStateSchema),
  },
  updates: {
    state: oc.output(updateStateSchema),
    look: oc.output(updateStateSchema),
    download: oc.output(updateStateSchema),
    choose: oc.input(z.object({ looks: z.boolean() })).output(updateStateSchema),
  },
  events: oc.output(eventIterator(desktopEventSchema)),
};
export type DesktopContract = typeof desktopContract;
export type DesktopClient = ContractRouterClient<DesktopContract>;

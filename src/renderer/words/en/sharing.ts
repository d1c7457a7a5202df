import type { ShareKind } from '#contract/shares.ts';

const kinds: Record<ShareKind, string> = {
  open: 'Open it',
  admin: 'Open, start, stop, change and delete it',
};
const may: Record<ShareKind, string> = { open: 'may open it', admin: 'may change it' };

/** With whom workspaces are shared, and where they find them. */
export const sharing = {
  title: 'Sharing',
  lead: 'Who else may open which workspace, and until when. Who comes is known by their tailnet.',

  share: 'Share a workspace',
  shareThis: 'Share with somebody',
  workspace: 'Workspace',
  with: 'With',
  withHint: 'A login of the tailnet, tag:<tag>, device:<id>, or everyone.',
  nobody: 'Say with whom it is shared.',
  can: 'They may',
  kinds,
  may,
  until: 'For',
  spans: {
    '1h': 'an hour',
    '8h': '8 hours',
    '24h': 'a day',
    '168h': 'a week',
    '': 'until I revoke it',
    other: 'another time',
  },
  other: 'How long',
  otherHint: 'Such as 30m, 8h or 720h.',
  noSpan: 'That is no time. Such as 30m, 8h or 720h.',
  submit: 'Share',
  address: 'They find it at',
  addressOf: (name: string) => `Where ${name} is found`,
  code: (name: string) => `QR code of the address of ${name}`,
  says: 'The address says nothing about rights: only those open it with whom it is shared.',
  firstVisit: 'A device that comes for the first time is told here how to trust this host:',
  copyAddress: 'Copy the address',
  noTailnet: 'This host is on no tailnet, so nobody else reaches the workspace.',
  noTailnetRemedy: 'Log the host in to a tailnet; what is shared counts from then on.',
  looking: 'Looking…',
  list: 'Shares',
  empty: 'Nothing is shared. A share lets somebody of your tailnet into one workspace, for as long as you say.',
  emptyHere: 'It is shared with nobody.',
  none: 'You have no workspace that could be shared.',
  notKnown: 'The shares are not known',
  notForYou: 'Sharing it is not for you',
  everyone: 'Everyone who reaches this host',
  device: (id: string) => `Device ${id}`,
  lasts: {
    revoked: 'until it is revoked',
    left: (span: string) => `for ${span} more`,
    over: (span: string) => `over for ${span}`,
  },
  by: (who: string) => `shared by ${who}`,
  revoke: 'Revoke',
  revokeTitle: 'Revoke this share?',
  revokeText: (who: string, name: string) =>
    `${who} cannot open ${name} any more. What they have open ends at once; their files in it stay.`,
};

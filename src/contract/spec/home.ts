import { z } from 'zod';
import { textOf } from '../bounded.ts';
import { duration, objectName, quantity, rules } from './schema-parts.ts';

export const home = z
  .object({
    size: quantity
      .default('10Gi')
      .optional()
      .describe('Size of the volume. It can grow, if its class can, and never shrink.'),
    storageClass: objectName
      .optional()
      .describe("StorageClass of the volume; the cluster's default if none. It cannot be changed later."),
    mountPath: textOf(1024)
      .min(1)
      .regex(/^\/[^:]*$/)
      .meta(
        rules({
          rule: "self != '/' && !self.split('/').exists(part, part == '..')",
          message: 'the home is mounted at an absolute path below /, without ".."',
        }),
      )
      .optional()
      .describe('Where it is mounted. By default where images of that kind have their home.'),
    retain: duration
      .optional()
      .describe(
        'How long the volume is kept after the workspace is deleted, such as 168h, which is the default; 0s deletes it at once.',
      ),
  })
  .meta(
    rules(
      {
        rule: '!has(oldSelf.size) || has(self.size) && quantity(self.size).compareTo(quantity(oldSelf.size)) >= 0',
        message: 'a home can grow, but never shrink',
      },
      {
        rule: 'has(self.storageClass) == has(oldSelf.storageClass) && (!has(self.storageClass) || self.storageClass == oldSelf.storageClass)',
        message: 'the storage class of a home cannot be changed',
      },
    ),
  );

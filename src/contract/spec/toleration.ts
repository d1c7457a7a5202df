import { z } from 'zod';
import { textOf } from '../bounded.ts';
import { rules } from './schema-parts.ts';

export const toleration = z
  .object({
    key: textOf(316).optional().describe('Key of the taint; none means every key, with operator Exists.'),
    operator: z
      .enum(['Exists', 'Equal'])
      .optional()
      .describe('Exists: whatever the value. Equal, by default: this value.'),
    value: textOf(63).optional().describe('Value of the taint.'),
    effect: z
      .enum(['NoSchedule', 'PreferNoSchedule', 'NoExecute'])
      .optional()
      .describe('Effect of the taint; none means every effect.'),
    tolerationSeconds: z
      .int()
      .optional()
      .describe('How long a NoExecute taint is tolerated, in seconds; for ever by default.'),
  })
  .meta(
    rules(
      {
        rule: "has(self.key) && self.key != '' || has(self.operator) && self.operator == 'Exists'",
        message: 'a toleration without a key needs the operator Exists',
      },
      {
        rule: "!has(self.operator) || self.operator != 'Exists' || !has(self.value) || self.value == ''",
        message: 'a toleration with the operator Exists has no value',
      },
      {
        rule: "!has(self.tolerationSeconds) || has(self.effect) && self.effect == 'NoExecute'",
        message: 'tolerationSeconds needs the effect NoExecute',
      },
    ),
  );

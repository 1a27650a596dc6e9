import { Chalk } from 'chalk';
import { expect, it } from 'vitest';
import { maskedText } from '../../src/model/mask.ts';
import { textReport } from '../../src/report/check/text.ts';
import { lintTexts } from '../fixture.ts';

it('hides characters and keeps lines', () => {
  expect(maskedText('a: "one\n  two"\nb: c\n', [{ start: 3, end: 14 }])).toBe('a: ****\n******\nb: c\n');
});

it('keeps credentials out of every code frame, those of their neighbours too', () => {
  const texts = {
    'clusters/production/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
    'clusters/production/database.yaml': `apiVersion: v1
kind: Secret
metadata:
  name: database
  namespace: billing
stringData:
  password: 7hG-pq2Lm
  token: zT5-wLm2q
`,
  };
  const result = lintTexts(texts, { only: ['security/plaintext-secret'] });
  const whole = { ...result, tool: { name: 'flux-lint', version: '0' }, root: '.', folder: '' } as const;
  const report = textReport(whole, { colour: new Chalk({ level: 0 }), width: 100, verbose: true, quiet: false });
  expect(report).toContain('password: *********');
  expect(report).toContain('token: *********');
  expect(report).not.toMatch(/7hG-pq2Lm|zT5-wLm2q/);
});

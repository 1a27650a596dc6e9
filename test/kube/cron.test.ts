import { expect, it } from 'vitest';
import { isCronSchedule } from '../../src/kube/cron.ts';

it.each([
  '* * * * *',
  '*/5 8-18 * * mon-fri',
  '0 0 1,15 * ?',
  '0 8 * JAN-mar 0',
  '5/10 * * * *',
  '@daily',
  '@every 1h30m',
  'TZ=Europe/Paris 0 8 * * *',
])('%s is a schedule', (text) => expect(isCronSchedule(text)).toBe(true));

it.each([
  '',
  '* * * *',
  '0 * * * * *',
  '60 * * * *',
  '0 24 * * *',
  '0 0 0 * *',
  '0 0 * 13 *',
  '0 0 * * 7',
  '5-1 * * * *',
  '*/0 * * * *',
  '@fortnightly',
  '0 8 * * monday',
])('%s is none', (text) => expect(isCronSchedule(text)).toBe(false));

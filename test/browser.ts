/** A browser that the system has, for tests that need a real one; none is downloaded. */
import { existsSync } from 'node:fs';

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Its path; undefined where there is none, which is said. */
export const chromium: string | undefined = [process.env['CHROMIUM'] ?? '', ...places].find(existsSync);

if (chromium === undefined) console.warn('no Chromium here: what needs a browser is not tested. Name one in CHROMIUM.');

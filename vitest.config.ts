import { join } from 'node:path';
import { configDefaults, defineConfig } from 'vitest/config';
import { askedNames } from './test/asked-names.ts';

export default defineConfig({
  // Plugins import what the package will export.
  resolve: { alias: { 'flux-lint/rule': join(import.meta.dirname, 'src/rule.ts') } },
  test: {
    include: ['test/**/*.test.ts'],
    exclude: [...configDefaults.exclude, 'test/distribution/**'],
    reporters: ['default', askedNames()],
    setupFiles: ['test/plain-environment.ts'],
    // For what hangs. What is slow is the machine's affair.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    // Modules keep nothing between calls but what equal calls give: loading them anew for each file took a third of the time.
    isolate: false,
  },
});

import { defineConfig } from 'vitest/config';

// What people install is tested as they install it, so it is built and packed first: too slow for every run of the tests.
export default defineConfig({
  test: {
    include: ['test/distribution/*.test.ts'],
    setupFiles: ['test/plain-environment.ts'],
    // For what hangs. What is slow is the machine's affair.
    testTimeout: 1_200_000,
    hookTimeout: 1_200_000,
  },
});

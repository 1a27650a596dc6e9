/**
 * fast-check, whose cases are the same in every run: a test that turns red means that a change broke something.
 * `SEED=7 npx vitest run …` looks at others.
 */
import fc from 'fast-check';

fc.configureGlobal({ seed: Number(process.env.SEED ?? 1) });

export { fc };

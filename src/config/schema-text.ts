/** What names and globs are in the configuration's schema. */
export const text = { type: 'string', minLength: 1 } as const;

import { describe, expect, it } from 'vitest';
import { createHidden } from '../../../src/graph/secrets/hidden.ts';

const hidden = (values: readonly string[]) => createHidden(values, new Set());

describe('values that are hidden in texts', () => {
  it('are hidden wherever they stand', () => {
    expect(hidden(['s3cr3t-42'])('https://shop:s3cr3t-42@example.com, xs3cr3t-42x')).toBe('https://shop:***@example.com, x***x');
  });

  it('are no part of a longer word where they are a short word themselves', () => {
    const text = hidden(['admin']);
    expect(text('binds cluster-admin, reads pgadmin.yaml')).toBe('binds cluster-admin, reads pgadmin.yaml');
    expect(text('the password is admin, or "admin"')).toBe('the password is ***, or "***"');
    expect(text('postgres://admin:admin@db')).toBe('postgres://***:***@db');
  });
});

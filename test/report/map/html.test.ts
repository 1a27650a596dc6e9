import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { mapHtml } from '../../../src/report/map/html.ts';
import type { MapData } from '../../../src/report/map/map-shape.ts';
import { pageScript, pageStyle } from '../../../src/report/map/page-parts.ts';

const evil = '</script><script>alert(1)</script><!--<img src=x onerror=alert(1)>&amp;\u2028\u202e';

const data: MapData = {
  version: 1,
  tool: 'flux-lint 0.0.0',
  root: evil,
  clusters: [
    {
      name: evil,
      environment: evil,
      isProtected: true,
      directory: evil,
      kustomizations: [{ id: evil, at: evil, dependsOn: [evil], objects: [evil] }],
    },
  ],
  shared: [{ type: 'base', name: evil, cells: [[0, [evil]]] }],
  findings: [],
  notJudged: [evil],
};

describe('the page', () => {
  const html = mapHtml(data);

  it('lets its own script and style run and nothing else', () => {
    const hash = (text: string) => createHash('sha256').update(text).digest('base64');
    const [, policy] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html) ?? [];
    expect(policy).toBe(
      `default-src 'none'; script-src 'sha256-${hash(pageScript)}'; style-src 'sha256-${hash(pageStyle)}'; base-uri 'none'; form-action 'none'`,
    );
    expect(html).toContain(`<script>${pageScript}</script>`);
    expect(html).toContain(`<style>${pageStyle}</style>`);
  });

  it('has no markup from the repository, and gives its text back as it was', () => {
    expect(html.match(/<script/g)).toHaveLength(2);
    expect(html).not.toContain('<img');
    expect(html).not.toContain('<!--');
    const [, json = ''] = /id="data">(.*?)<\/script>/s.exec(html) ?? [];
    expect(JSON.parse(json)).toMatchObject({ root: evil.replace('\u202e', '\\u202e') });
  });

  it('names no other address and holds no end of its own script', () => {
    expect(pageScript).not.toMatch(/<\/script|<!--/i);
    expect(`${pageScript}${pageStyle}`.match(/https?:\/\/[\w.-]+/g) ?? []).toEqual([]);
    expect(pageStyle).not.toMatch(/url\(|@import/);
  });
});

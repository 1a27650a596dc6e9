import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { asCommonJs } from '../../scripts/common-js.ts';

/** What a module exports, and what it asked for, in turn. */
const run = (text: string, others: Readonly<Record<string, unknown>> = {}) => {
  const asked: string[] = [];
  const module: { exports: unknown } = { exports: {} };
  const require = (name: string) => {
    asked.push(name);
    return others[name];
  };
  runInNewContext(`(function(exports,require,module,__filename,__dirname){${asCommonJs(text)}})`)({}, require, module, '/p/a.cjs', '/p');
  return { asked, exports: module.exports as Readonly<Record<string, unknown>> };
};

describe('a module as CommonJS', () => {
  it('gets what it imports, by every form of an import, before it runs', () => {
    const { asked, exports } = run(
      'var first=join("a");import{join,sep as bar}from"node:path";import fs from"node:fs";import*as os from"node:os";import"./side.js";import{x as y}from"./chunk-A.js";export{first,bar,fs as files,os,y as default};',
      { 'node:path': { join: (text: string) => `joined ${text}`, sep: '/' }, 'node:fs': 'fs', 'node:os': 'os', './chunk-A.cjs': { x: 1 } },
    );
    expect(exports).toEqual({ first: 'joined a', bar: '/', files: 'fs', os: 'os', default: 1 });
    expect(asked).toEqual(['node:path', 'node:fs', 'node:os', './side.cjs', './chunk-A.cjs']);
  });

  it('loads late what it imports late, and by its name what it is told', async () => {
    const { asked, exports } = run('var late=function(){return import("./late.js")};export{late};', { './late.cjs': { found: true } });
    expect(asked).toEqual([]);
    expect(await (exports.late as () => Promise<unknown>)()).toEqual({ found: true });
    const told = run('var load=function(name){return import(name)};export{load};', {
      './import.cjs': (name: string) => `imported ${name}`,
    });
    expect((told.exports.load as (name: string) => unknown)('a')).toBe('imported a');
  });

  it('knows where it lies', () => {
    expect(
      run('var at=import.meta.url;export{at};', { 'node:url': { pathToFileURL: (path: string) => ({ href: `file://${path}` }) } }).exports,
    ).toEqual({
      at: 'file:///p/a.cjs',
    });
  });

  it('is plain ASCII, and its patterns mean what they did', () => {
    const text = 'var found=/^[\u00b5\u03b1-\u03c9]+$/.test(String.fromCharCode(181,945));export{found};';
    expect(asCommonJs(text)).not.toMatch(/[^ -~]/);
    expect(run(text).exports).toEqual({ found: true });
  });

  it('is refused where it has what is not known', () => {
    expect(() => asCommonJs('export var a=1;')).toThrow('exports elsewhere');
  });
});

/**
 * An ES module that esbuild wrote, as CommonJS: V8's code cache can be had for scripts alone. Names that are imported become
 * constants, as quick to call as before, where esbuild's own conversion reads them off an object at each call.
 */
import { init, parse } from 'es-module-lexer';

await init;

/**
 * @param written as esbuild wrote it, whose strings are plain ASCII; patterns are not, and get to be it: a text of two bytes a letter takes
 *   twice the memory and longer to read
 * @throws where a module has what esbuild did not write when this was made
 */
export const asCommonJs = (written: string): string => {
  const module = written.replace(/[^\0-\x7f]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);
  const [imports, exported] = parse(module);
  const required: string[] = [];
  let body = '';
  let done = 0;
  let place = '';
  const put = (until: number, text: string, next: number) => {
    body += module.slice(done, until) + text;
    done = next;
  };
  for (const { n: name, ss: start, se: end, d: kind } of imports) {
    if (kind === -2) {
      place = placeOfFile;
      put(start, '__place', end);
    } else if (kind === -1) {
      required.push(requirementOf(module.slice(start, end), name ?? ''));
      put(start, '', end + (module[end] === ';' ? 1 : 0));
    } else if (name !== undefined) put(start, `Promise.resolve().then(function(){return require(${JSON.stringify(fileOf(name))})})`, end);
    else put(start, `require(${JSON.stringify(`./${importFile.name}`)})`, start + 'import'.length);
  }
  const [first] = exported;
  if (first) {
    const start = module.lastIndexOf('export{', first.s);
    const end = module.indexOf('}', start) + 1;
    if (start < done || exported.some(({ s, ln: local }) => s < start || s > end || local === undefined))
      throw new Error('A module exports elsewhere than in one list at its end');
    put(start, `module.exports={${exported.map(({ n: name, ln: local }) => `${JSON.stringify(name)}:${local}`).join(',')}}`, end);
  }
  put(module.length, '', module.length);
  // Imports are run before anything else, wherever they stand.
  return `"use strict";${place}${required.join('')}${body}`;
};

/** Imports what it is told: a script that was run with cached code cannot, in Node 20. */
export const importFile = { name: 'import.cjs', text: '"use strict";module.exports=function(name){return import(name)};\n' } as const;

/** What stands for `import.meta`. */
const placeOfFile = 'const __place={url:require("node:url").pathToFileURL(__filename).href,dirname:__dirname};';

/** `import{a as b}from"./c.js"` as `const{a:b}=require("./c.cjs");` */
const requirementOf = (statement: string, name: string): string => {
  const value = `require(${JSON.stringify(fileOf(name))});`;
  const [, own, all, some] = /^import\s*([\w$]+)?,?(?:\*\s*as\s+([\w$]+)|\{([^}]*)\})?\s*(?:from\s*)?["'][^"']+["']$/.exec(statement) ?? [];
  const names = some?.split(',').map((each) => each.trim().replace(/\s+as\s+/, ':'));
  const bound = own ?? all ?? (names ? `{${names.join(',')}}` : undefined);
  if (bound === undefined && !/^import\s*["']/.test(statement)) throw new Error(`An import of a form that is not known: ${statement}`);
  // What a package of Node's own exports by default is the whole.
  const others = own === undefined ? '' : names ? `const{${names.join(',')}}=${own};` : '';
  return bound === undefined ? value : `const ${bound}=${value}${others}`;
};

/** The files of the package beside it get another name, Node's own modules keep theirs. */
const fileOf = (name: string): string => (name.startsWith('./') ? name.replace(/\.js$/, '.cjs') : name);

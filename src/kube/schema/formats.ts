import type { ScalarNode } from '../../yaml/node.ts';

/**
 * The formats that the API server checks in custom resources (apiextensions-apiserver, `validation/formats.go`), as far as
 * one glance decides them; the others, and those it does not know, accept everything.
 */
export const fitsFormat = (value: ScalarNode['value'], format: string): boolean => {
  if (typeof value === 'string') return format === 'base64' ? isBase64(value) : (strings.get(format)?.test(value) ?? true);
  if (typeof value === 'number' || typeof value === 'bigint') {
    const most = integers.get(format);
    return most === undefined || (value >= -most && value < most);
  }
  return true;
};

/** What Go decodes into bytes (encoding/base64, `StdEncoding`): line ends do not count, nothing else is left aside. */
const isBase64 = (text: string): boolean => {
  const letters = text.replace(/[\r\n]/g, '');
  return letters.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(letters);
};

const integers: ReadonlyMap<string, bigint> = new Map([
  ['int32', 2n ** 31n],
  ['int64', 2n ** 63n],
]);

const strings: ReadonlyMap<string, RegExp> = new Map([
  ['date', /^\d{4}-\d{2}-\d{2}$/],
  ['date-time', /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})$/],
  ['ipv4', /^(25[0-5]|2[0-4]\d|1?\d?\d)(\.(25[0-5]|2[0-4]\d|1?\d?\d)){3}$/],
  ['ipv6', /^[0-9a-fA-F.]*:[0-9a-fA-F:.]*$/],
  ['uuid', /^[0-9a-fA-F]{8}-?([0-9a-fA-F]{4}-?){3}[0-9a-fA-F]{12}$/],
  ['byte', /^[A-Za-z0-9+/]*={0,2}$/],
]);

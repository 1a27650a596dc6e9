/**
 * Texts that Go cuts between any two bytes. A byte that is left of a character stands as one unpaired surrogate, until
 * the others come to it again; a text that holds one at the end is no YAML.
 */
export const toBytes = (text: string): Buffer => {
  if (!isCut(text)) return Buffer.from(text);
  return Buffer.concat(text.split(single).map((part) => (isCut(part) ? Buffer.from([part.charCodeAt(0) - surrogate]) : Buffer.from(part))));
};

export const fromBytes = (bytes: Buffer): string => {
  const whole = bytes.toString();
  if (!whole.includes('\ufffd') || Buffer.from(whole).equals(bytes)) return whole;
  let text = '';
  for (let at = 0; at < bytes.length; ) {
    const letter = letterAt(bytes, at);
    text += letter === undefined ? String.fromCharCode(surrogate + (bytes[at] ?? 0)) : letter;
    at += letter === undefined ? 1 : Buffer.byteLength(letter);
  }
  return text;
};

/** Whether some byte of the text belongs to no character. */
export const isCut = (text: string): boolean => unpaired.test(text);

const surrogate = 0xdc00;

const unpaired = /(?<![\ud800-\udbff])[\udc80-\udcff]/;

/** Splits a text at such bytes, and keeps them. */
const single = /((?<![\ud800-\udbff])[\udc80-\udcff])/;

const letterAt = (bytes: Buffer, at: number): string | undefined => {
  for (let length = 1; length <= 4 && at + length <= bytes.length; length++) {
    const slice = bytes.subarray(at, at + length);
    const text = slice.toString();
    if ([...text].length === 1 && Buffer.from(text).equals(slice)) return text;
  }
  return undefined;
};

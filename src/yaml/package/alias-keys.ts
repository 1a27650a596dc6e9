/**
 * `*app: …`: an alias as a key, with no blank before its colon. YAML 1.2 takes the colon for a part of the alias, and the
 * `yaml` package refuses the file; go-yaml ends the name at the first character that is no letter, digit, `_` or `-`
 * (scannerc.go: yaml_parser_scan_anchor), and so kustomize builds it. Such keys are read as plain scalars of the same
 * length, and made aliases again by their places.
 */
export interface AliasKeys {
  readonly text: string;
  /** Offsets of the keys. */
  readonly at: ReadonlySet<number>;
  /** Stands for the asterisk of every match, those inside block texts among them. */
  readonly mark: string;
}

const key = /^((?:[ \t]|- )*)\*(?=[A-Za-z0-9_-]+:(?:[ \t\r\n]|$))/gm;
/** Private characters: the first that the text does not have is the mark. */
const marks = ['\uE000', '\uE001', '\uE002'];

/** Undefined where there is no such key. */
export const aliasKeys = (text: string): AliasKeys | undefined => {
  if (!text.includes('*')) return undefined;
  const at = new Set<number>();
  for (const { index, 1: before = '' } of text.matchAll(key)) at.add(index + before.length);
  const mark = at.size === 0 ? undefined : marks.find((candidate) => !text.includes(candidate));
  return mark === undefined ? undefined : { text: text.replace(key, `$1${mark}`), at, mark };
};

import { goCaptures, quotedGoPattern } from '../../pattern/go-pattern.ts';
import type { CopyOperation } from './copy-operation.ts';

interface ArtifactTemplate {
  readonly name: string;
  readonly copy: readonly CopyOperation[];
}

interface PathPatternInput {
  /** `@alias/apps/{app}`. */
  readonly pathPattern: string;
  /** Of the source, sorted. */
  readonly directories: readonly string[];
  readonly artifacts: readonly ArtifactTemplate[];
}

/**
 * One set of artifacts for each directory that the pattern matches. Names get captures in lower case, copies as they
 * are. Whatever is wrong with one of them fails all (source-watcher 2.2.3: artifactgenerator_pathpattern.go).
 */
export const expandPathPattern = (
  input: PathPatternInput,
): { readonly artifacts: readonly ArtifactTemplate[] } | { readonly failed: string } => {
  const { pathPattern, directories, artifacts } = input;
  const pattern = /^@[^/]*\/(.*)$/s.exec(pathPattern)?.[1];
  if (pattern === undefined || pattern.length > maxLength) return { failed: `invalid pathPattern format: ${pathPattern}` };
  const invalid = invalidCaptures(pattern);
  if (invalid !== undefined) return { failed: `pathPattern "${pathPattern}": ${invalid}` };

  const matcher = captureExpression(pattern);
  const made = new Map<string, string>();
  const result: ArtifactTemplate[] = [];
  for (const directory of directories) {
    const raw = matcher(directory);
    if (raw === undefined) continue;
    const lower = new Map([...raw].map(([key, value]) => [key, value.toLowerCase()] as const));
    const label = [...lower.values()].find((value) => !labelValue.test(value));
    if (label !== undefined) return { failed: `pathPattern "${pathPattern}": "${label}" cannot be the value of a label` };
    for (const artifact of artifacts) {
      const rendered = renderArtifact(artifact, raw, lower);
      if ('failed' in rendered)
        return { failed: `pathPattern "${pathPattern}": artifact ${artifact.name} for ${directory}: ${rendered.failed}` };
      const { name } = rendered.artifact;
      if (!objectName.test(name)) return { failed: `pathPattern "${pathPattern}": "${name}" cannot be the name of an object` };
      const other = made.get(name);
      if (other !== undefined) return { failed: `pathPattern "${pathPattern}": ${other} and ${directory} both give the artifact ${name}` };
      made.set(name, directory);
      result.push(rendered.artifact);
    }
  }
  return { artifacts: result };
};

/** Nobody writes a longer one (docs/limits.md). */
const maxLength = 4096;

/** Whether captures can make this name of a template: `{app}-{env}` may be `web-prod`. */
export const nameTemplateMatches = (template: string, name: string): boolean => {
  if (template.length > maxLength || invalidCaptures(template) !== undefined) return false;
  return captureExpression(template)(name) !== undefined;
};

const labelValue = /^([a-z0-9]([-a-z0-9_.]{0,61}[a-z0-9])?)?$/;
const objectName = /^(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const captureName = /^[A-Za-z_][A-Za-z0-9_]*$/;

const invalidCaptures = (pattern: string): string | undefined => {
  const names = [...pattern.matchAll(/\{([^}]*)\}/g)].map(([, name = '']) => name);
  if (/[{}]/.test(pattern.replace(/\{[^}]*\}/g, ''))) return 'a brace has no partner';
  const wrong = names.find((name) => !captureName.test(name));
  if (wrong !== undefined) return `"${wrong}" cannot be the name of a capture`;
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  return twice === undefined ? undefined : `the capture {${twice}} stands there twice`;
};

/** What a pattern captures of a text, by name: `{app}` is one or more letters of one path segment. */
const captureExpression = (pattern: string): ((text: string) => ReadonlyMap<string, string> | undefined) => {
  const names = [...pattern.matchAll(/\{([^}]*)\}/g)].map(([, name = '']) => name);
  const literals = pattern.split(/\{[^}]*\}/);
  const captures = goCaptures(literals.map(quotedGoPattern).join('([^/]+)'));
  return (text) => {
    const found = captures(text);
    return found && new Map(names.map((name, index) => [name, found[index] ?? ''] as const));
  };
};

type Rendered = { readonly artifact: ArtifactTemplate } | { readonly failed: string };

const renderArtifact = (
  { name, copy }: ArtifactTemplate,
  raw: ReadonlyMap<string, string>,
  lower: ReadonlyMap<string, string>,
): Rendered => {
  const missing: string[] = [];
  const render = (template: string, captures: ReadonlyMap<string, string>): string => {
    const invalid = /[{}]/.test(template.replace(/\{[^{}]*\}/g, ''));
    if (invalid) missing.push(`invalid template "${template}"`);
    return template.replace(/\{([^{}]*)\}/g, (_, capture: string) => {
      const value = captures.get(capture);
      if (value === undefined) missing.push(`{${capture}} is not in the pathPattern`);
      return value ?? '';
    });
  };
  const artifact = {
    name: render(name, lower),
    copy: copy.map((operation) => ({ ...operation, from: render(operation.from, raw), to: render(operation.to, raw) })),
  };
  const [failed] = missing;
  return failed === undefined ? { artifact } : { failed };
};

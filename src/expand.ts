/** Files → what their generators make. */
import { relative, resolve, sep } from 'node:path';
import type { Files } from './files/files.ts';
import { expandFiles, type FindInput } from './generate/find-generators.ts';
import type { Generated, GeneratorKind } from './generate/generated.ts';
import { createHidden } from './graph/secrets/hidden.ts';
import { maskedObjects } from './graph/secrets/masked-objects.ts';
import { withoutCredentials } from './kube/credential/redact.ts';
import { sensitiveTexts } from './kube/credential/sensitive-scalars.ts';
import { createSources, type Sources } from './lint/sources.ts';
import { openWorkspace, type Request } from './workspace.ts';
import { createFileParser } from './yaml/file-parser.ts';

export interface Expanded {
  readonly generators: readonly Generated[];
  readonly locate: Sources['location'];
}

/**
 * @param kind of these generators alone
 * @throws UsageError where it cannot be done as asked
 */
export const openGenerators = async (request: Request, kind?: GeneratorKind): Promise<Expanded> => {
  const { root, files, paths, watch } = await openWorkspace({ ...request, mayBeEmpty: true });
  const parse = createFileParser(watch);
  const written = kind === 'terraform' ? [] : expandFiles({ files, parse, paths });
  const asked = kind === undefined ? written : written.filter((generated) => generated.kind === kind);
  const hasTerraform = files.paths.some((path) => /\.(?:tf|tofu)(?:\.json)?$/.test(path));
  if (!hasTerraform || (kind !== undefined && kind !== 'terraform')) return withoutSecrets(files, asked, parse);
  // The language is worth its time only where somebody uses it.
  const { expandTerraform } = await import('./generate/terraform/expand.ts');
  const varFiles = (request.terraformVarFiles ?? []).map((path) => relative(root, resolve(request.cwd, path)).split(sep).join('/'));
  return withoutSecrets(files, [...asked, ...expandTerraform({ files, paths, varFiles })], parse);
};

export const expanded = (files: Files, { paths, parse }: Pick<FindInput, 'paths' | 'parse'>): Expanded =>
  withoutSecrets(files, expandFiles({ files, parse, paths }), parse);

/** What they make may be printed: the values of Secrets, and what is a credential by its form, are hidden. */
const withoutSecrets = (files: Files, generators: readonly Generated[], parse: FindInput['parse']): Expanded => {
  const roots = generators.flatMap(({ objects }) => objects.map(({ root }) => root));
  const masked = new Map(maskedObjects(roots).map((root, index) => [roots[index], root] as const));
  const text = hiddenIn(files, { paths: generators.flatMap(({ kind, at }) => (kind === 'terraform' ? [] : [at.span.path])), parse });
  const shown = generators.map(
    (generator): Generated => ({
      ...generator,
      name: text(generator.name),
      objects: generator.objects.map((object) => ({ ...object, root: masked.get(object.root) ?? object.root })),
      files: generator.files?.map((file) => ({ ...file, content: text(file.content) })),
      gaps: generator.gaps.map((gap) => ({ ...gap, reason: text(gap.reason) })),
      errors: generator.errors.map((error) => ({ ...error, message: text(error.message) })),
    }),
  );
  return { generators: shown, locate: createSources([{ prefix: '', files }]).location };
};

/** What is wrong with a template quotes it. */
const hiddenIn = (files: Files, { paths, parse }: Pick<FindInput, 'paths' | 'parse'>): ((text: string) => string) => {
  const sources = [...new Set(paths)].flatMap((path) => files.file(path) ?? []);
  const values = sources.flatMap((file) =>
    parse(file).documents.flatMap(({ root }) => (root ? sensitiveTexts(root, file.text).texts.map(({ text }) => text) : [])),
  );
  const hidden = createHidden(values, new Set());
  return (text) => withoutCredentials(hidden(text));
};

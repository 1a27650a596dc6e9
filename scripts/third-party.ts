/** The licences of what is bundled: whoever gives a bundle away gives their texts away with it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';

/** What may be bundled with Apache-2.0; another licence wants a decision first. */
const accepted = ['Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT'];

/**
 * A text with the name, version and licence of every package of which something went into one of the bundles.
 *
 * @throws for a package whose licence is none of those we accept, or whose text is not in it
 */
export const thirdPartyNotice = (bundles: readonly Metafile[], alsoAccepted: readonly string[] = []): string => {
  const packages = new Set(bundles.flatMap(bundledPackages));
  const isAccepted = (license: string) => accepted.includes(license) || alsoAccepted.includes(license);
  return [preface, ...[...packages].sort().map((directory) => notice(directory, isAccepted))].join(`\n${'-'.repeat(80)}\n\n`);
};

const preface = `flux-lint contains the packages below, in whole or in part, under the licences that follow each name.
Its JSON Schemas and tables of kinds state facts of the API definitions of Flux and Kubernetes, which are Apache-2.0. The tables of
Kubernetes' kinds are made of api/openapi-spec/swagger.json of k8s.io/kubernetes (Copyright The Kubernetes Authors); no sentence of it is in them.
`;

/** Directories of packages below the root; a file that left nothing behind in the output does not count. */
const bundledPackages = ({ outputs }: Metafile): readonly string[] =>
  Object.values(outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([path, { bytesInOutput }]) => {
      const directory = /^.*\bnode_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0];
      return directory === undefined || bytesInOutput === 0 ? [] : [directory];
    }),
  );

const notice = (directory: string, isAccepted: (license: string) => boolean): string => {
  const { name, version, license }: Record<string, unknown> = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'));
  if (!isAccepted(String(license))) throw new Error(`${name} is under ${license}: may it be bundled?`);
  const files = readdirSync(directory).filter((file) => /^(licen[cs]e|notice|copying)/i.test(file));
  if (files.length === 0) throw new Error(`${name} has no text of its licence`);
  const texts = files.sort().map((file) => readFileSync(join(directory, file), 'utf8').trim());
  return `${[`${name} ${version} (${license})`, ...texts].join('\n\n')}\n`;
};

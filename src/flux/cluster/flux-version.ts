import type { Config } from '../../config/config.ts';
import { directoryOf, type Files } from '../../files/files.ts';
import type { FluxVersion } from '../evaluation.ts';

export interface VersionQuestion {
  /** A configured cluster's name, where the configuration names it. */
  readonly name: string | undefined;
  readonly directory: string;
  readonly namespace: string;
  /** `distribution.version` of the FluxInstance that syncs it: a version or a range. */
  readonly instanceVersion: string | undefined;
}

/** By configuration, the FluxInstance, else gotk-components.yaml: its header, its labels, the tags of its images. */
export const fluxVersion = (question: VersionQuestion, config: Config, files: Files): FluxVersion | undefined => {
  const configured = config.clusters.find((cluster) => cluster.name === question.name)?.fluxVersion;
  const fromConfig = configured === undefined ? undefined : minorOf(configured);
  if (fromConfig !== undefined) return { minor: fromConfig, isExact: true, because: 'the configuration says so' };
  const fromInstance = question.instanceVersion === undefined ? undefined : lowestMinor(question.instanceVersion);
  if (fromInstance !== undefined) {
    const isExact = pinnedMinor.test(question.instanceVersion ?? '');
    return { minor: fromInstance, isExact, because: `its FluxInstance asks for ${question.instanceVersion}` };
  }
  for (const path of componentFiles(question)) {
    const text = files.file(path)?.text;
    const minor = text === undefined ? undefined : componentsMinor(text);
    if (minor !== undefined) return { minor, isExact: true, because: `${path} is of that version` };
  }
  return undefined;
};

const componentFiles = ({ directory, namespace }: VersionQuestion): readonly string[] => {
  const base = directory === '' ? '' : `${directory}/`;
  const parent = directoryOf(directory);
  return [
    `${base}${namespace}/gotk-components.yaml`,
    `${base}flux-system/gotk-components.yaml`,
    `${base}gotk-components.yaml`,
    `${parent}/gotk-components.yaml`,
  ];
};

const componentsMinor = (text: string): number | undefined => {
  const written =
    /^#\s*Flux Version:\s*v?(\S+)/m.exec(text)?.[1] ?? /app\.kubernetes\.io\/version:\s*["']?v?(2\.\d+[^\s"']*)/.exec(text)?.[1];
  if (written !== undefined) return minorOf(written);
  // kustomize-controller 1.N comes with Flux 2.N (fluxcd/flux2: manifests/bases).
  const controller = /kustomize-controller:v1\.(\d+)\./.exec(text)?.[1];
  return controller === undefined ? undefined : Number(controller);
};

const minorOf = (version: string): number | undefined => {
  const match = /^v?2\.(\d+)/.exec(version);
  return match ? Number(match[1]) : undefined;
};

/** `2.7.3`, `=2.7.3`, `2.7.x`, `~2.7`: no other minor fits. */
const pinnedMinor = /^\s{0,9}[=~]?\s{0,9}v?2\.\d+(\.(\d+|[xX*]))?(-[\w.-]+)?\s{0,9}$/;

/** Of a range the lowest: what any version in it would do. `2.x` may be as old as 2.0. */
const lowestMinor = (range: string): number | undefined => {
  const exact = /2\.(\d+)/.exec(range);
  if (exact) return Number(exact[1]);
  return /^[v^~>=\s]*2(\.[x*])?/.test(range) ? 0 : undefined;
};

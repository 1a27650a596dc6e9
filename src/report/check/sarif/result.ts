import type { SuppressedFinding } from '../../../lint/result.ts';
import type { Finding } from '../../../model/finding.ts';
import { printable } from '../../printable.ts';
import { pathsOf } from '../related.ts';
import { locationOf, placeOf } from './location.ts';
import { messageOf } from './message.ts';
import { levelOf } from './rule.ts';

/** A finding on its way into a log; a suppressed one has a reason, which may be unknown. */
export type Reported = { readonly finding: Finding } | SuppressedFinding;

/** What a result has to know of the log that it stands in. */
export interface ResultContext {
  readonly ruleIndex: ReadonlyMap<string, number>;
  /** How many places a result may have on code flows, and as many beside them. */
  readonly places: number;
  readonly hasSuppressions: boolean;
}

/** A finding as a SARIF result. */
export const resultOf = (entry: Reported, { ruleIndex, places, hasSuppressions }: ResultContext) => {
  const { finding } = entry;
  const { ruleId, severity, message, hint, related, reach } = finding;
  const others = pathsOf(related).others.slice(0, places - 1);
  return {
    ruleId,
    ruleIndex: ruleIndex.get(ruleId),
    level: levelOf(severity),
    message: messageOf(hint === undefined ? message : `${message} ${hint}`),
    locations: [{ ...locationOf(finding.location), logicalLocations: logicalLocations(finding) }],
    relatedLocations: others.length === 0 ? undefined : others.map((place, id) => ({ id, ...locationOf(place.location, place.message) })),
    codeFlows: codeFlows(finding, places),
    partialFingerprints: partialFingerprints(finding),
    baselineState: finding.new === undefined ? undefined : finding.new ? 'new' : 'unchanged',
    // SARIF wants the list on every result as soon as one has it.
    suppressions: hasSuppressions ? suppressionsOf(entry) : undefined,
    fixes: fixes(finding),
    properties: { clusters: reach.clusters, environments: reach.environments, tenants: reach.tenants },
  };
};

const logicalLocations = ({ object }: Finding) => {
  if (object === undefined) return undefined;
  const { apiVersion, kind, namespace, name } = object;
  const fullName = [apiVersion, kind, namespace, name].filter(Boolean).join('/');
  return [{ name: printable(name), fullyQualifiedName: printable(fullName), kind: 'resource' }];
};

/** Each path by which a cluster reaches the finding, ending at the finding itself; of very many the first ones. */
const codeFlows = ({ related, location, message }: Finding, places: number) => {
  let steps = 0;
  const paths = pathsOf(related).paths.filter((path) => {
    steps += path.steps.length + 1;
    return steps <= places;
  });
  if (paths.length === 0) return undefined;
  return paths.map(({ name, steps }) => ({
    message: messageOf(`How ${name} reaches it.`),
    threadFlows: [{ locations: [...steps, { location, message }].map((step) => ({ location: locationOf(step.location, step.message) })) }],
  }));
};

/**
 * GitHub tells alerts apart by `primaryLocationLineHash` alone. Its upload-sarif adds that from the file, and prints a warning
 * for every result that already has another one (github/codeql-action, src/fingerprints.ts): so it is left to it, but for
 * files that are not there to be read.
 */
const partialFingerprints = ({ fingerprint, location: { repository, revision } }: Finding) => ({
  ...(repository === undefined && revision === undefined ? {} : { primaryLocationLineHash: fingerprint }),
  'fluxLintFinding/v1': fingerprint,
});

const suppressionsOf = (entry: Reported) => {
  if (!('reason' in entry)) return [];
  return [{ kind: 'inSource', ...(entry.reason === undefined ? {} : { justification: printable(entry.reason) }) }];
};

/**
 * Offsets and no lines: the SARIF viewer of VS Code prefers lines where there are any, and moves their start behind the
 * indentation (microsoft/sarif-vscode-extension, src/extension/regionToSelection.ts), which is what many fixes change.
 */
const fixes = ({ fix }: Finding) => {
  if (fix === undefined || fix.isSecret) return undefined;
  const files = [...new Set(fix.edits.map(({ path }) => path))];
  return [
    {
      description: messageOf(fix.description),
      artifactChanges: files.map((path) => ({
        artifactLocation: placeOf({ path }),
        replacements: fix.edits
          .filter((edit) => edit.path === path)
          .map(({ range: [start, end], text }) => ({
            deletedRegion: { charOffset: start, charLength: end - start },
            insertedContent: { text },
          })),
      })),
      properties: { safety: fix.safety },
    },
  ];
};

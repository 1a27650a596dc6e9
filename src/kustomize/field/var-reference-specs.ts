import type { FieldSpec } from './field-spec.ts';

const pods: ReadonlyMap<string, string> = new Map(
  Object.entries({
    CronJob: 'spec/jobTemplate/spec/template/spec',
    DaemonSet: 'spec/template/spec',
    Deployment: 'spec/template/spec',
    Job: 'spec/template/spec',
    Pod: 'spec',
    ReplicaSet: 'spec/template/spec',
    StatefulSet: 'spec/template/spec',
  }),
);

const inContainers = ['args', 'command', 'env/value', 'volumeMounts/mountPath'];

const spec = (kind: string, path: string): FieldSpec => ({ group: '', version: '', kind, path, create: false });

/** Where `$(NAME)` means a var (kustomize: `builtinpluginconsts/varreference.go`); `configurations` may add to them. */
export const varReferenceFieldSpecs: readonly FieldSpec[] = [
  ...[...pods].flatMap(([kind, pod]) =>
    ['containers', 'initContainers'].flatMap((list) => inContainers.map((field) => spec(kind, `${pod}/${list}/${field}`))),
  ),
  ...['DaemonSet', 'Deployment', 'Job', 'ReplicaSet'].map((kind) => spec(kind, 'spec/template/spec/volumes/nfs/server')),
  spec('Pod', 'spec/volumes/nfs/server'),
  // As kustomize has it: one level above the pod.
  spec('CronJob', 'spec/jobTemplate/spec/template/volumes/nfs/server'),
  spec('StatefulSet', 'spec/volumeClaimTemplates/spec/nfs/server'),
  spec('PersistentVolume', 'spec/nfs/server'),
  spec('Deployment', 'spec/template/metadata/annotations'),
  spec('Ingress', 'spec/rules/host'),
  spec('Ingress', 'spec/tls/hosts'),
  spec('Ingress', 'spec/tls/secretName'),
  spec('Service', 'spec/ports/port'),
  spec('Service', 'spec/ports/targetPort'),
  spec('', 'metadata/labels'),
  spec('', 'metadata/annotations'),
];

/** Names one Kubernetes object. `namespace` is absent for cluster-scoped objects and where none is written. */
export interface ObjectRef {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string | undefined;
  readonly name: string;
}

/** `Deployment shop/web`. */
export const objectName = ({ kind, namespace, name }: Omit<ObjectRef, 'apiVersion'>): string =>
  `${kind} ${namespace === undefined ? name : `${namespace}/${name}`}`;

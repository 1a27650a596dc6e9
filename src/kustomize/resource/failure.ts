/** What kustomize rejects, in its words. */
export interface Failure {
  readonly type: 'failure';
  readonly message: string;
  /** It is ours: kustomize might go on (`limits.ts`). */
  readonly isLimit?: true;
}

export const failure = (message: string): Failure => ({ type: 'failure', message });

/** What kustomize rejects, in its words. */
export interface Failure {
  readonly type: 'failure';
  readonly message: string;
}

export const failure = (message: string): Failure => ({ type: 'failure', message });

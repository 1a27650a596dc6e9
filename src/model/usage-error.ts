/** How we were called is wrong: arguments, configuration, a missing path. Exit code 2 at the edge. */
export class UsageError extends Error {
  readonly whatToDo: string;

  constructor(what: string, whatToDo: string) {
    super(what);
    this.name = 'UsageError';
    this.whatToDo = whatToDo;
  }
}

/** A mistake of the person at the keyboard: one line that says what, where and how to mend it. */
export interface UsageError {
  readonly what: string;
  readonly mend: string;
}

const known = new WeakSet<Error>();

/** An error that `main` shows as one line and exit code 2. */
export function usageError({ what, mend }: UsageError): Error {
  const error = new Error(`${what}. ${mend}`);
  known.add(error);
  return error;
}

export const isUsageError = (error: unknown): error is Error => error instanceof Error && known.has(error);

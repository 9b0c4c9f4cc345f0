import { assessPath, type AssessResult, type Options } from '../assess-path.ts';
import { progressOn } from './progress.ts';
import { usageError } from './usage-error.ts';

type Assessed = Extract<AssessResult, { ok: true }>;

/** Assesses a folder with progress on a terminal; what cannot be assessed is the user's mistake, in one line. */
export async function assessed(path: string, options: Options): Promise<Assessed> {
  const progress = progressOn(process.stderr);
  const result = await assessPath(path, options, doing => {
    progress.say(doing);
  });
  progress.end();
  if (!result.ok) throw usageError(result);
  return result;
}

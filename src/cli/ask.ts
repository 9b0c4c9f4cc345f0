import { createInterface } from 'node:readline/promises';
import { usageError } from './usage-error.ts';

/** Whether somebody sits at the keyboard. */
const isAttended = (): boolean => process.stdin.isTTY && process.stderr.isTTY;

/** An answer that was given as an option, or else is asked for; refused where nobody can be asked. */
export async function given(value: string | undefined, question: string, option: string): Promise<string> {
  if (value !== undefined && value.trim() !== '') return value.trim();
  if (!isAttended())
    throw usageError({
      what: `${option} is missing`,
      mend: 'Give it, or run this on a terminal, which asks.',
    });
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    for (;;) {
      const answer = (await lines.question(`${question} `)).trim();
      if (answer !== '') return answer;
    }
  } finally {
    lines.close();
  }
}

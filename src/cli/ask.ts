import { isAttended, withPrompt } from './prompt.ts';
import { usageError } from './usage-error.ts';

/** An answer that was given as an option, or else is asked for; refused where nobody can be asked. */
export async function given(value: string | undefined, question: string, option: string): Promise<string> {
  if (value !== undefined && value.trim() !== '') return value.trim();
  if (!isAttended())
    throw usageError({
      what: `${option} is missing`,
      mend: 'Give it, or run this on a terminal, which asks.',
    });
  return withPrompt(async ask => {
    for (;;) {
      const answer = await ask(`${question} `);
      if (answer !== '') return answer;
    }
  });
}

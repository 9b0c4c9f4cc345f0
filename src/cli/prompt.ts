import { createInterface } from 'node:readline';

/** Asks one question after the other; gives what was typed, without blanks around it. */
export type Ask = (question: string) => Promise<string>;

/** Whether somebody sits at the keyboard and sees what is written: nobody is asked in a pipe. */
export const isAttended = (): boolean => process.stdin.isTTY && process.stdout.isTTY && process.stderr.isTTY;

const stops = new WeakSet<Error>();

/** Whether a person has ended the questions, with Ctrl-C or Ctrl-D. */
export const isStop = (error: unknown): boolean => error instanceof Error && stops.has(error);

/** The exit code of a program that was ended with Ctrl-C. */
export const STOPPED = 130;

/** Questions go to the error stream, so that what is made can go elsewhere. What is typed ahead is not lost. */
export async function withPrompt<T>(use: (ask: Ask) => Promise<T>): Promise<T> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  const typed: string[] = [];
  let isOver = false;
  let wake = (): void => undefined;
  lines.on('line', line => {
    typed.push(line);
    wake();
  });
  for (const event of ['SIGINT', 'close'] as const)
    lines.once(event, () => {
      isOver = true;
      wake();
    });
  const ask: Ask = async question => {
    const last = question.lastIndexOf('\n') + 1;
    process.stderr.write(question.slice(0, last));
    lines.setPrompt(question.slice(last));
    lines.prompt();
    while (typed.length === 0 && !isOver)
      await new Promise<void>(resolve => {
        wake = resolve;
      });
    const line = typed.shift();
    if (line === undefined) throw stop();
    return line.trim();
  };
  try {
    return await use(ask);
  } finally {
    lines.close();
  }
}

function stop(): Error {
  const error = new Error('stopped');
  stops.add(error);
  return error;
}

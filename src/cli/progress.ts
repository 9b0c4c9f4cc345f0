/** One line that is written over and over on a terminal; nothing in a pipe. */
export interface Progress {
  say(doing: string): void;
  end(): void;
}

export function progressOn(stream: NodeJS.WriteStream): Progress {
  if (!stream.isTTY) return { say: () => undefined, end: () => undefined };
  return {
    say: doing => stream.write(`\r\u001b[2Kseaworthy: ${doing} …`),
    end: () => stream.write('\r\u001b[2K'),
  };
}

import type { Location, StartCommand, Term } from '../../model/index.ts';
import { shellCommands } from '../container/command-line.ts';

/** What all files that start something on the machine itself have in common: a text for a shell, in a folder. */
export function machineStart(
  at: Location,
  text: string,
  rest: Pick<StartCommand, 'source' | 'stage' | 'folder' | 'environment' | 'name'> & {
    readonly workdir?: string;
  },
): StartCommand {
  return {
    kind: 'startCommand',
    at,
    text,
    commands: shellCommands(text, at),
    form: 'shell',
    image: '',
    ...rest,
    workdir: rest.workdir ?? rest.folder,
  };
}

/**
 * The folder of the repository that an absolute path on a server means: the one whose name and tail it ends with.
 * `/srv/shop/backend` is `backend`, when there is one; nothing fits: the root.
 */
export function folderLike(path: string, exists: (folder: string) => boolean): string {
  const parts = path.split('/').filter(Boolean);
  for (let index = 0; index < parts.length; index += 1) {
    const tail = parts.slice(index).join('/');
    if (exists(tail)) return tail;
  }
  return '';
}

/** `A=1 "B=two words"` or `A="1",B="%(ENV_X)s"` in pairs. */
export function pairsIn(
  text: string,
  separator: 'blank' | 'comma',
  at: Location,
): Readonly<Record<string, Term>> {
  const pattern = separator === 'blank' ? BLANK_PAIR : COMMA_PAIR;
  return Object.fromEntries(
    [...text.matchAll(pattern)].map((match): readonly [string, Term] => {
      const [, whole = '', single = '', bare = ''] = match;
      const [, name = '', quoted = ''] = /^([^=]*)=([^]*)$/.exec(whole || single || bare) ?? [];
      return [name.trim(), { kind: 'literal', value: quoted.replace(/^(["'])([^]*)\1$/, '$2'), at }];
    }),
  );
}

const BLANK_PAIR = /"(\w+=[^"]*)"|'(\w+=[^']*)'|(\w+=(?:"[^"]*"|'[^']*'|\S*))/g;
const COMMA_PAIR = /(\w+\s*=\s*"[^"]*")|(\w+\s*=\s*'[^']*')|(\w+\s*=\s*[^,\s]*)/g;

import type { Location, StartCommand, Term } from '../../model/index.ts';
import { shellCommands, splitCommand } from '../container/command-line.ts';

type Rest = Pick<StartCommand, 'source' | 'stage' | 'folder' | 'environment' | 'name'>;

/** A text for a shell, in a folder of the repository: what a person or a platform types. */
export const shellStart = (at: Location, text: string, rest: Rest): StartCommand => ({
  kind: 'startCommand',
  at,
  text,
  commands: shellCommands(text, at),
  form: 'shell',
  image: '',
  workdir: rest.folder,
  ...rest,
});

/** A text that is split into words and run without a shell, as systemd and supervisor do. */
export function programStart(
  at: Location,
  text: string,
  rest: Rest & Pick<StartCommand, 'workdir' | 'image'>,
): StartCommand {
  const { commands, form } = splitCommand(text, at);
  return { kind: 'startCommand', at, text, commands, form, ...rest };
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

import type { ObjectStore } from './objects.ts';
import { textBelow, type Top } from './top.ts';

const HEX = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

/** Whatever git allows in the name of a branch, and nothing that leads out of its folder. */
const REF = /^refs\/[^\s~^:?*[\\\u0000-\u001f\u007f]+$/;

/** Branches that name each other go no deeper. */
const MOST_LINKS = 5;

/** The commit that is checked out; `undefined` where there is none yet. */
export const headOf = (top: Top): string | undefined => named(top, 'HEAD', 0);

/** What a file of git's own folder names: an id, or another reference. */
function named(top: Top, path: string, links: number): string | undefined {
  for (const place of new Set([top.git, top.common])) {
    const text = textBelow(place, path)?.trim() ?? '';
    if (HEX.test(text)) return text;
    const ref = /^ref: (\S+)$/.exec(text)?.[1];
    if (ref !== undefined && links < MOST_LINKS)
      return isInside(ref) ? named(top, ref, links + 1) : undefined;
  }
  return packed(top, path);
}

const isInside = (ref: string): boolean => REF.test(ref) && !ref.includes('..');

function packed(top: Top, ref: string): string | undefined {
  const lines = (textBelow(top.common, 'packed-refs') ?? '').split('\n');
  const id = lines.find(line => line.endsWith(` ${ref}`))?.split(' ')[0] ?? '';
  return HEX.test(id) ? id : undefined;
}

export type Resolved =
  | { readonly ok: true; readonly commit: string }
  | { readonly ok: false; readonly what: string; readonly mend: string };

const MEND = 'Give a branch, a tag or a commit, such as main, v1.2 or HEAD~3.';

/** Commits that `~` and `^` go back by, in all. */
const MOST_STEPS = 10_000;

/**
 * The commit that a person means, as git reads names of revisions (gitrevisions): a name, then `~` and `^`. Only
 * files are read; `git` itself, which a repository can make run programs, is not asked.
 */
export function commitOf(top: Top, objects: ObjectStore, text: string): Resolved {
  const wrong = (what: string): Resolved => ({ ok: false, what, mend: MEND });
  const shown = JSON.stringify(text.slice(0, 100));
  if (text.startsWith('-')) return wrong(`${shown} looks like an option`);
  const parts = /^([^\s~^:?*[\\\u0000-\u001f\u007f]+)((?:~\d*|\^\d*)*)$/.exec(text);
  const [, name = '', steps = ''] = parts ?? [];
  if (!parts || name.includes('..') || name.includes('@{')) return wrong(`${shown} is no name of a revision`);
  const [id, other] = idsOf(top, objects, name === '@' ? 'HEAD' : name);
  if (other !== undefined) return wrong(`${shown} is the beginning of several ids`);
  const first = id === undefined ? undefined : peeled(objects, id);
  if (first === undefined) return wrong(`there is no commit ${shown}`);
  const commit = walkedBack(objects, first, steps);
  return commit === undefined ? wrong(`there is no commit ${shown}`) : { ok: true, commit };
}

/** In the order in which git looks: its own files, tags, branches, branches of others, then ids. */
function idsOf(top: Top, objects: ObjectStore, name: string): readonly string[] {
  const places = ['', 'refs/', 'refs/tags/', 'refs/heads/', 'refs/remotes/'].map(
    folder => `${folder}${name}`,
  );
  for (const ref of [...places, `refs/remotes/${name}/HEAD`]) {
    // Besides references, only such names are files of git: HEAD, ORIG_HEAD, FETCH_HEAD.
    if (!isInside(ref) && !/^[A-Z]+(?:_HEAD)?$/.test(ref)) continue;
    const id = named(top, ref, 0);
    if (id !== undefined) return [id];
  }
  if (HEX.test(name)) return [name];
  return /^[0-9a-f]{4,63}$/.test(name) ? objects.idsStartingWith(name) : [];
}

/** A tag with a message names what it is for. */
function peeled(objects: ObjectStore, id: string): string | undefined {
  let at = id;
  for (let links = 0; links <= MOST_LINKS; links++) {
    const object = objects.small(at);
    if (object?.kind === 'commit') return at;
    const next =
      object?.kind === 'tag' ? /^object ([0-9a-f]{40,64})\n/.exec(headText(object.bytes))?.[1] : undefined;
    if (next === undefined) return undefined;
    at = next;
  }
  return undefined;
}

const headText = (bytes: Buffer): string => bytes.toString('latin1', 0, 10_000);

/** `~3` is three times the first parent, `^2` the second one. */
function walkedBack(objects: ObjectStore, from: string, steps: string): string | undefined {
  let at: string | undefined = from;
  let left = MOST_STEPS;
  for (const [, sign, digits = ''] of steps.matchAll(/([~^])(\d*)/g)) {
    const count = digits === '' ? 1 : Number(digits);
    const [times, nth] = sign === '~' ? [count, 1] : [count === 0 ? 0 : 1, count];
    for (let step = 0; step < times && at !== undefined; step++) {
      left -= 1;
      at = left < 0 ? undefined : parentOf(objects, at, nth);
    }
  }
  return at;
}

function parentOf(objects: ObjectStore, id: string, nth: number): string | undefined {
  const commit = objects.small(id);
  if (commit?.kind !== 'commit') return undefined;
  const [head = ''] = headText(commit.bytes).split('\n\n');
  return [...head.matchAll(/^parent ([0-9a-f]{40,64})$/gm)][nth - 1]?.[1];
}

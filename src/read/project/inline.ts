import type { ControlId, InlineIgnore, Location, Repository, SourceFile } from '../../model/index.ts';
import { lineOf } from '../../model/index.ts';

/** A comment of any language that speaks to seaworthy. */
const COMMENT = /(^|.*?\s|.*?[;{}(),])(#|\/\/|--|\/\*|<!--|;)\s*seaworthy:(.*)$/;
const IGNORE = /^\s*ignore\[([^\]]*)\]\s*--\s*(.+?)\s*(?:\(until (\d{4}-\d\d-\d\d)\))?\s*(?:\*\/|-->)?\s*$/;
const ID = /^[a-z0-9]+\/[a-z0-9-]+$/;

export type InlineResult =
  | { readonly ok: true; readonly ignores: readonly InlineIgnore[] }
  | { readonly ok: false; readonly what: string; readonly mend: string };

/** Code that others wrote or tools made, tests, and text for people may speak of it without meaning it. */
const isOwn = ({ role, path }: SourceFile): boolean =>
  !['vendored', 'generated', 'docs', 'test', 'example'].includes(role) && !/\.(md|mdx|rst|txt)$/i.test(path);

/**
 * All comments `seaworthy: ignore[control] -- reason (until day)` of a repository. One that is not understood is
 * refused with its line: an ignore that silently does nothing, or too much, is worse than none.
 */
export function readInlineIgnores(repository: Repository): InlineResult {
  const ignores: InlineIgnore[] = [];
  for (const file of repository.files) {
    if (!isOwn(file) || !file.text.includes('seaworthy:')) continue;
    for (const [index, line] of file.text.split(/\r?\n/).entries()) {
      const [, before = '', , said = ''] = COMMENT.exec(line) ?? [];
      if (said === '') continue;
      const at = lineOf(file.path, index + 1);
      const read = ignoreOf(at, said, before.trim() === '' ? at.startLine + 1 : at.startLine);
      if ('what' in read) return { ok: false, ...read };
      ignores.push(read);
    }
  }
  return { ok: true, ignores };
}

function ignoreOf(
  at: Location,
  said: string,
  line: number,
): InlineIgnore | { readonly what: string; readonly mend: string } {
  const where = `${at.path}:${at.startLine}`;
  const [, list, reason = '', until = ''] = IGNORE.exec(said) ?? [];
  if (list === undefined)
    return {
      what: `${where}: this comment to seaworthy is not understood`,
      mend: 'Write `seaworthy: ignore[web/cors] -- why (until 2027-01-31)`.',
    };
  const controls = list.split(',').map(each => each.trim());
  const wrong = controls.find(each => !ID.test(each));
  if (wrong !== undefined)
    return {
      what: `${where}: \`${wrong}\` is no id of a control`,
      mend: 'Name each control: nothing ignores all of them.',
    };
  return { at, line, controls: controls as ControlId[], reason, until };
}

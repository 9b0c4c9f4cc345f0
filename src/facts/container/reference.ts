import { byDefault, stated, unclear, type BaseImage, type Location, type Term } from '../../model/index.ts';
import { plainText } from '../../read/documents/interpolation.ts';

/** `registry:5000/team/api:1.2@sha256:…` in its parts. `term` is the text with its variables. */
export function referenceOf(text: string, term: Term, at: Location): BaseImage {
  const plain = plainText(term);
  if (plain === undefined) return partlyKnown(text, term, at);
  const [before = '', digest = ''] = plain.split('@', 2);
  const [, name = before, tag = ''] = /^(.*?)(?::([^:/]*))?$/.exec(before) ?? [];
  return {
    at,
    text,
    name: stated(name.replace(/^(?:docker\.io\/)?(?:library\/)?/, '')),
    tag: tag === '' ? byDefault('latest') : stated(tag),
    digest,
  };
}

/** `node:${VERSION}`: the name is known, the tag is not. */
function partlyKnown(text: string, term: Term, at: Location): BaseImage {
  const because = `${text} is put together when it is built`;
  const first = term.kind === 'text' ? term.parts[0] : undefined;
  const head = first?.kind === 'literal' ? String(first.value) : '';
  const name = /^(.+?):[^/]*$/.exec(head)?.[1];
  return {
    at,
    text,
    name:
      name === undefined ? unclear(because) : stated(name.replace(/^(?:docker\.io\/)?(?:library\/)?/, '')),
    tag: unclear(because),
    digest: '',
  };
}

import { ask, known, type BaseImage, type Image, type Truth } from '../../model/index.ts';
import { defineControl, failOr, pass, place, unknown } from '../define.ts';

/** A tag that moves over minor versions: none, `latest`, a name, or a major number alone. */
const isPinned = ({ digest, tag }: BaseImage): Truth =>
  digest === ''
    ? ask(tag, text => /\d+\.\d+|\d{4}|\d{8}|^(bookworm|bullseye|trixie|jammy|noble|focal)/.test(text))
    : 'yes';

const bases = (images: readonly Image[]): readonly BaseImage[] =>
  images
    .filter(({ isFinal }) => isFinal)
    .flatMap(image => image.stages.filter(stage => stage.from === undefined).map(stage => stage.base));

export default defineControl({
  id: 'container/base-pinned',
  title: 'The base image is pinned to a minor version or finer',
  severity: 'medium',
  stage: 'stable',
  asks: 'Asks for a tag with at least a minor version, such as python:3.11-slim, or a digest.',
  why: 'A moving tag builds something else tomorrow, without a change in the repository.',
  remedy: 'Name the minor version, better the digest, and let a bot raise it.',
  sources: ['CATALOG container/base-pinned', 'CIS Docker Benchmark 4.2'],
  fix: 'auto',
  drill: 'none',
  needs: ['image'],

  applies: ({ facts }) => facts.has('image') || 'it has no Dockerfile',

  judge: ({ facts }) => {
    const all = bases(facts.all('image')).filter(base => known(base.name) !== 'scratch');
    const loose = all.filter(base => isPinned(base) === 'no');
    const open = all.find(base => isPinned(base) === 'unclear');
    if (loose.length === 0 && open)
      return unknown(`${open.at.path}:${open.at.startLine} gets its tag from outside`);
    return failOr(
      loose.map(base => place(base.at, `${base.text} moves`)),
      pass(all.map(base => place(base.at, `${base.text} is pinned`))),
    );
  },
});

import {
  ask,
  isFineTag,
  known,
  shippedImages,
  type BaseImage,
  type Image,
  type Truth,
} from '../../model/index.ts';
import { defineControl, failOr, pass, place, unknown } from '../define.ts';

const isPinned = ({ digest, name, tag }: BaseImage): Truth =>
  digest === '' ? ask(tag, text => isFineTag(known(name) ?? '', text)) : 'yes';

const bases = (images: readonly Image[]): readonly BaseImage[] =>
  images.flatMap(image => image.stages.filter(stage => stage.from === undefined).map(stage => stage.base));

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
  needs: ['image', 'composeService'],

  applies: ({ facts }) =>
    shippedImages(facts.all('image'), facts.all('composeService')).length > 0 || 'it has no Dockerfile',

  judge: ({ facts }) => {
    const images = shippedImages(facts.all('image'), facts.all('composeService'));
    const all = bases(images).filter(base => known(base.name) !== 'scratch');
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

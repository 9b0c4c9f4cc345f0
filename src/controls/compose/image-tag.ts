import {
  ask,
  isFineTag,
  known,
  productionServices,
  type ComposeService,
  type ImageReference,
  type Truth,
} from '../../model/index.ts';
import { defineControl, failOr, pass, place, unknown } from '../define.ts';

const pulled = (all: readonly ComposeService[]): readonly ComposeService[] =>
  productionServices(all).filter(service => service.image && !service.build);

const isPinned = ({ digest, name, tag }: ImageReference): Truth =>
  digest === '' ? ask(tag, text => isFineTag(known(name) ?? '', text)) : 'yes';

export default defineControl({
  id: 'compose/image-tag',
  title: 'Published images are pinned to a minor version or finer',
  severity: 'medium',
  stage: 'stable',
  asks: 'Asks for a tag with at least a minor version on the images that the production compose files pull.',
  why: 'A moving tag pulls another version at the next start, sometimes one that cannot read the data.',
  remedy: 'Name the version that you tested, and let a bot raise it.',
  sources: ['CATALOG compose/image-tag', 'CIS Docker Benchmark 4.2'],
  fix: 'auto',
  drill: 'none',
  needs: ['composeService'],

  applies: ({ facts }) =>
    pulled(facts.all('composeService')).length > 0 || 'no compose file for production pulls an image',

  judge: ({ facts }) => {
    const images = pulled(facts.all('composeService')).flatMap(({ name, image, role }) =>
      image ? [{ name, image, role, pinned: isPinned(image) }] : [],
    );
    const findings = images
      .filter(({ pinned }) => pinned === 'no')
      .map(({ name, image }) => place(image.at, `${name} pulls ${image.text}, which moves`));
    const fixed = images.filter(({ pinned }) => pinned === 'yes');
    // An image of one's own gets its tag from the pipeline that built it.
    const open = images.find(
      ({ pinned, role }) => pinned === 'unclear' && role !== 'other' && role !== 'app',
    );
    if (findings.length === 0 && (open ?? fixed.length === 0))
      return unknown(`the tag of ${(open ?? images[0])?.image.text ?? 'the image'} is set from outside`);
    return failOr(
      findings,
      pass(fixed.map(({ name, image }) => place(image.at, `${name} is pinned by ${image.text}`))),
    );
  },
});

import { known, type ComposeService } from '../../model/index.ts';
import { defineControl, failOr, pass, place } from '../define.ts';

const pulled = (all: readonly ComposeService[]): readonly ComposeService[] =>
  all.filter(service => service.image && !service.build && service.stage !== 'development');

const isLoose = (tag: string): boolean => !/\d+\.\d+|\d{6,}|[0-9a-f]{7,}/.test(tag);

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
    const own = pulled(facts.all('composeService'));
    const findings = own.flatMap(({ name, image }) => {
      const tag = image && image.digest === '' ? known(image.tag) : undefined;
      return image && tag !== undefined && isLoose(tag)
        ? [place(image.at, `${name} pulls ${image.text}, which moves`)]
        : [];
    });
    return failOr(findings, pass(own.map(service => place(service.at, `${service.name} is pinned`))));
  },
});

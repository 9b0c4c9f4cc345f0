import { shippedImages } from '../../model/index.ts';
import { defineControl, failOr, passEvery, place } from '../define.ts';

export default defineControl({
  id: 'container/builds',
  title: 'What the image is built from exists',
  severity: 'high',
  stage: 'stable',
  asks: 'Asks whether each COPY source, requirements file and stage that a Dockerfile names exists and reaches the build, and whether compose builds in folders that exist.',
  why: 'An image that does not build is found out at the moment when it is needed most.',
  remedy: 'Correct the path, or the folder that is the build context.',
  sources: ['CATALOG container/builds', 'Docker documentation: COPY'],
  fix: 'advice',
  drill: 'none',
  needs: ['image', 'composeService', 'brokenCopy'],

  applies: ({ facts }) =>
    shippedImages(facts.all('image'), facts.all('composeService')).length > 0 ||
    facts.has('brokenCopy') ||
    'it has no Dockerfile',

  judge: ({ facts }) =>
    failOr(
      facts.all('brokenCopy').map(copy => place(copy.at, copy.says)),
      passEvery(
        shippedImages(facts.all('image'), facts.all('composeService')).map(image =>
          place(image.at, 'what it is built from exists'),
        ),
      ),
    ),
});

import { buildsBySource } from '../../model/index.ts';
import { absence, defineControl, fail, pass, place } from '../define.ts';

export default defineControl({
  id: 'container/dockerfile',
  title: 'An image definition says how the service is built',
  severity: 'high',
  stage: 'stable',
  asks: 'Asks for a Dockerfile, a Containerfile or the file of a platform that builds by itself.',
  why: 'Without one each deployment depends on what happens to be installed where it lands.',
  remedy: 'Write a Dockerfile for the service, or the file of the platform that it runs on.',
  sources: ['CATALOG container/dockerfile', '12-factor V'],
  fix: 'scaffold',
  drill: 'none',
  needs: ['image', 'platformFile', 'startCommand'],

  applies: () => true,

  judge: ({ facts }) => {
    const images = facts.all('image').map(image => place(image.at, 'builds the image'));
    const platforms = facts
      .all('platformFile')
      .filter(buildsBySource)
      .map(file => place(file.at, `${file.platform} builds it`));
    const proofs = [...images, ...platforms];
    return proofs.length > 0
      ? pass(proofs)
      : fail([absence('Dockerfile or platform file', ['the whole repository'])]);
  },
});

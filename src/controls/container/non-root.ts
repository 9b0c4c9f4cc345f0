import { ask, type Image } from '../../model/index.ts';
import { defineControl, every, place } from '../define.ts';

const finals = (images: readonly Image[]): readonly Image[] => images.filter(({ isFinal }) => isFinal);

export default defineControl({
  id: 'container/non-root',
  title: 'The image runs as an ordinary user',
  severity: 'high',
  stage: 'stable',
  asks: 'Asks for a USER other than root in the stage that runs.',
  why: 'Whoever breaks into the process is root in the container then, and one more mistake away from the host.',
  remedy: 'Create a user in the Dockerfile and switch to it with USER after everything is installed.',
  sources: ['CATALOG container/non-root', 'CIS Docker Benchmark 4.1'],
  fix: 'auto',
  drill: 'none',
  needs: ['image'],

  applies: ({ facts }) => facts.has('image') || 'it has no Dockerfile',

  judge: ({ facts }) =>
    every(finals(facts.all('image')), image => ask(image.user.value, user => !/^(root|0)(:|$)/.test(user)), {
      proof: image => place(image.user.at, 'runs as an ordinary user'),
      exception: image => place(image.user.at, `${image.path} runs as root`),
    }),
});

import { not, runsAsRoot, shippedImages } from '../../model/index.ts';
import { defineControl, every, place } from '../define.ts';

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
  needs: ['image', 'composeService'],

  applies: ({ facts }) =>
    shippedImages(facts.all('image'), facts.all('composeService')).length > 0 || 'it has no Dockerfile',

  judge: ({ facts }) =>
    every(shippedImages(facts.all('image'), facts.all('composeService')), image => not(runsAsRoot(image)), {
      proof: image => place(image.user.at, 'runs as an ordinary user'),
      exception: image =>
        place(
          image.user.at,
          `${image.path} runs as root${image.user.value.state === 'default' ? ': it names no USER' : ''}`,
        ),
    }),
});

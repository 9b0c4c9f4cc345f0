import { runsAsRoot, shippedImages } from '../../model/index.ts';
import { defineControl, failOr, passEvery, place, unknown } from '../define.ts';

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

  judge: ({ facts }) => {
    const images = shippedImages(facts.all('image'), facts.all('composeService'));
    const open = images.find(image => runsAsRoot(image) === 'unclear');
    const root = images.filter(image => runsAsRoot(image) === 'yes');
    if (root.length === 0 && open)
      return unknown(
        open.user.value.state === 'unclear'
          ? `${open.path}: ${open.user.value.because}`
          : `${open.path} starts as root and holds a program by which its entry point may step down`,
      );
    return failOr(
      root.map(image =>
        place(
          image.user.at,
          `${image.path} runs as root${image.user.value.state === 'default' ? ': it names no USER' : ''}`,
        ),
      ),
      passEvery(images.map(image => place(image.user.at, 'runs as an ordinary user'))),
    );
  },
});

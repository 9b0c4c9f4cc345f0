import type { BuildContext, Finding } from '../../model/index.ts';
import { defineControl, failOr, lowered, pass, place } from '../define.ts';

function findingsOf({ at, folder, ignoreFile, leaks, ballast }: BuildContext): readonly Finding[] {
  if (ignoreFile === '')
    return [
      place(at, `copies the whole context, and there is no ignore file in ${folder || 'the repository'}`),
    ];
  if (leaks.length > 0)
    return leaks.map(leak => place(at, `copies ${leak} too: ${ignoreFile} does not leave it out`));
  return ballast.map(each =>
    lowered(
      place(at, `copies ${each} too: ${ignoreFile} does not leave it out`),
      'secrets and history are left out; this makes the image large and slow to build',
    ),
  );
}

export default defineControl({
  id: 'container/dockerignore',
  title: 'An ignore file keeps secrets, history and caches out of the build context',
  severity: 'high',
  stage: 'stable',
  asks: 'Looks at what a copy of the whole build context brings into the image: the history, env files, virtual environments and caches that no ignore file leaves out.',
  why: 'What is copied stays in a layer for everybody who can pull the image, and each change of it builds everything again.',
  remedy:
    'Add a .dockerignore in the build context with .git, .env files, virtual environments, node_modules and caches.',
  sources: ['CATALOG container/dockerignore', 'Docker documentation: .dockerignore files'],
  fix: 'auto',
  drill: 'none',
  needs: ['buildContext'],

  applies: ({ facts }) => facts.has('buildContext') || 'no Dockerfile copies the whole build context',

  judge: ({ facts }) => {
    const contexts = facts.all('buildContext');
    return failOr(
      contexts.flatMap(findingsOf),
      pass(
        contexts.map(context =>
          place(context.at, `${context.ignoreFile} leaves out what must not be copied`),
        ),
      ),
    );
  },
});

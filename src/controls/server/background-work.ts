import type { LongWork } from '../../model/index.ts';
import { defineControl, failOr, followed, onProductionPath, pass, place } from '../define.ts';

const SAYS: Readonly<Record<LongWork['what'], string>> = {
  mail: 'waits for the mail server',
  program: 'waits for another program to end',
  training: 'trains a model while the caller waits',
  inference: 'runs a model while the caller waits',
  import: 'works through many rows while the caller waits',
};

export default defineControl({
  id: 'server/background-work',
  title: 'Long work is handed to a worker',
  severity: 'low',
  stage: 'stable',
  asks: 'Looks in handlers, and in the functions they call, for work that takes long: sending mail, running programs, training and running models, imports row by row.',
  why: 'The caller waits, runs into a timeout and tries again; a few such requests occupy all workers.',
  remedy:
    'Put the work into a queue or task that a worker takes, answer at once, and let the caller ask for the result.',
  sources: ['CATALOG server/background-work', '12-factor VIII'],
  fix: 'advice',
  drill: 'none',
  needs: ['longWork'],

  applies: ({ facts }) =>
    onProductionPath(facts.all('longWork')).length > 0 || 'no long work is seen in its handlers',

  judge: ({ facts }) => {
    const all = onProductionPath(facts.all('longWork'));
    return failOr(
      all
        .filter(({ handedTo }) => handedTo === '')
        .map(({ at, handler, handlerAt, callee, what }) =>
          followed(place(at, `${handler} ${SAYS[what]}: ${callee}`), [
            { at: handlerAt, says: 'the handler' },
          ]),
        ),
      pass(
        all.map(({ at, handler, callee, handedTo }) =>
          place(at, `${handler} hands ${callee} to ${handedTo}`),
        ),
      ),
    );
  },
});

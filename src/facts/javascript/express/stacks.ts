import type { ExposedError, StartPath } from '../../../model/index.ts';
import { defineExtractor, type ServiceView } from '../../define.ts';
import { catchersOf } from '../errors/catchers.ts';
import { readsFramework } from '../frameworks.ts';

const IN_FILES: readonly StartPath['command']['source'][] = ['image', 'compose', 'kubernetes'];

const mentions = (path: StartPath): boolean =>
  'NODE_ENV' in path.command.environment ||
  /NODE_ENV/.test([path.command.text, ...path.way.map(({ says }) => says)].join('\n'));

/** Files say how it is started, and none of them that this is production. A platform may say so by itself. */
function isUntold({ facts, node }: ServiceView): boolean {
  const paths = facts.all('startPath').filter(({ command }) => command.stage !== 'development');
  const isSetInCode = node
    .statements('NODE_ENV')
    .some(
      ({ statement }) =>
        statement.kind === 'assign' &&
        statement.targets.some(target => target.kind === 'attribute' && target.name === 'NODE_ENV'),
    );
  const isInFile = facts
    .all('envFile')
    .some(({ entries, isTemplate }) => !isTemplate && entries.some(({ name }) => name === 'NODE_ENV'));
  return (
    paths.length > 0 &&
    paths.every(path => IN_FILES.includes(path.command.source) && !mentions(path)) &&
    !isSetInCode &&
    !isInFile
  );
}

/** Where no own handler answers, Express sends the stack of an error, unless NODE_ENV says production. */
export default defineExtractor({
  id: 'javascript/express/stacks',
  reads: ['startPath', 'envFile'],
  produces: ['exposedError'],
  understands: readsFramework,
  *extract(view): Generator<ExposedError> {
    const { node } = view;
    const apps = node.imports('express') ? node.calls('express') : [];
    if (apps.length === 0 || catchersOf(node).some(({ answers }) => answers !== 'none') || !isUntold(view))
      return;
    for (const site of apps)
      if (node.reached(site) === 'yes')
        yield {
          kind: 'exposedError',
          at: node.at(site.scope, site.call),
          what: 'traceback',
          says: 'the error handler of Express, which is told nowhere that this is production,',
          catches: 'everything',
          handler: 'Express',
          isHealth: false,
          // Whoever starts the container may say it.
          reached: 'unclear',
        };
  },
});
